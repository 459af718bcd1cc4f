import { LaneBook } from './lane-book';

describe(LaneBook.name, () => {
  it('knows of an item until it is forgotten, or its time is over', () => {
    const book = new LaneBook();
    book.note('a', 'claimed');
    book.note('a', 'stored', 1000);
    book.note('b', 'stored', 1000);
    expect([book.has('a', 999), book.has('b', 999), book.has('c', 999)]).toEqual([true, true, false]);
    expect([book.has('a', 1000), book.has('b', 1000)]).toEqual([true, false]);
    book.forget('a', 'claimed');
    expect([book.has('a', 999), book.has('a', 1000)]).toEqual([true, false]);
  });

  it('keeps nothing that is over', () => {
    const book = new LaneBook();
    book.note('a', 'stored', 1000);
    book.note('b', 'claimed');
    book.sweep(1000);
    expect([book.has('a', 0), book.has('b', 0)]).toEqual([false, true]);
  });
});
