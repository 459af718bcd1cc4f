import { Files } from './files';

describe('Files', () => {
  it('takes the type from the name, then from the sender', () => {
    const files = new Files(10);
    const typeOf = (name: string, declared?: string): string =>
      files.add('documents', name, Buffer.from('x'), declared).mimeType;
    expect(typeOf('a.pdf', 'text/plain')).toBe('application/pdf');
    expect(typeOf('справка', 'text/plain')).toBe('text/plain');
    expect(typeOf('справка')).toBe('application/octet-stream');
  });

  it('gives paths that hold nothing of the name but a plain extension', () => {
    const files = new Files(10);
    const paths = ['../../etc/passwd', 'прайс.xlsx', 'a.b/c', 'x.тест'].map(
      (name) => files.add('documents', name, Buffer.from('x')).path,
    );
    expect(paths).toEqual(['documents/file_0', 'documents/file_1.xlsx', 'documents/file_2', 'documents/file_3']);
  });

  it('forgets the oldest', () => {
    const files = new Files(2);
    const [first, second, third] = ['a', 'b', 'c'].map((name) => files.add('voice', name, Buffer.from(name)));
    expect([first, second, third].map((file) => files.find(file?.file_id ?? '')?.name)).toEqual([undefined, 'b', 'c']);
    expect(files.findByPath(first?.path ?? '')).toBeUndefined();
  });
});
