import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { OPERATIONS, type Operation } from '.';

type Direction = 'request' | 'response';

function faultyFields(operation: Operation, direction: Direction, body: object): string[] {
  const type: new () => object = OPERATIONS[operation][direction];
  return validateSync(plainToInstance(type, body), { forbidUnknownValues: false }).map(({ property }) => property);
}

describe("the contract's classes", () => {
  const answer = (asOf: unknown) => ({ items: [], notFound: [], asOf });

  it.each(['2026-11-24', '2026-11-24T10:15:00+03:00', '2026-11-24T07:15:00Z', '2026-11-24T10:15:00', null, undefined])(
    'take the date %s',
    (date) => {
      expect(faultyFields('stock', 'response', answer(date))).toEqual([]);
    },
  );

  it.each(['2026', '2026-11', '20261124', '2026-W48', '2026-02-30', '2026-11-24 10:15', '24.11.2026', '', 1764000000])(
    'refuse the date %s',
    (date) => {
      expect(faultyFields('stock', 'response', answer(date))).toEqual(['asOf']);
    },
  );

  it.each([[[[]]], [[null]], [['BP-4500/2']], [{}]])('refuse %j for the items', (items) => {
    expect(faultyFields('stock', 'response', { items })).toEqual(['items']);
  });

  const user = { id: 82 };

  it.each([{ phone: '+79161234506' }, { inviteCode: 'DEMO-2026' }, { phone: null, inviteCode: 'DEMO-2026' }])(
    'take a link by %j',
    (means) => {
      expect(faultyFields('link', 'request', { chatId: 82, user, ...means })).toEqual([]);
    },
  );

  it.each([{}, { phone: null }, { phone: '+79161234506', inviteCode: 'DEMO-2026' }, { phone: '' }])(
    'refuse a link by %j',
    (means) => {
      expect(faultyFields('link', 'request', { chatId: 82, user, ...means })).toEqual(['phone']);
    },
  );

  it('refuse an array for the user of a link', () => {
    expect(faultyFields('link', 'request', { chatId: 82, phone: '+7', user: [user] })).toEqual(['user']);
  });
});
