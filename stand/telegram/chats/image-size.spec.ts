import { imageSize } from './image-size';

describe('imageSize', () => {
  it('reads a PNG', () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000280000001e00806000000', 'hex');
    expect(imageSize(png)).toEqual({ width: 640, height: 480 });
  });

  it('reads a JPEG behind its other segments', () => {
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc00011080064012c03011100', 'hex');
    expect(imageSize(jpeg)).toEqual({ width: 300, height: 100 });
  });

  it.each([[''], ['25504446'], ['ffd8'], ['ffd8ffe00010']])('finds no size in %s', (hex) => {
    expect(imageSize(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
