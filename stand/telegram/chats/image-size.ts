export interface ImageSize {
  width: number;
  height: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads the size from the header of a PNG or JPEG; nothing for what is neither. */
export function imageSize(content: Buffer): ImageSize | undefined {
  if (content.length >= 24 && content.subarray(0, 8).equals(PNG_SIGNATURE)) {
    return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
  }
  return content.length >= 4 && content.readUInt16BE(0) === 0xffd8 ? jpegSize(content) : undefined;
}

/** Walks the segments up to the frame header (ITU-T T.81, B.2.2), whose markers are C0…CF but C4, C8 and CC. */
function jpegSize(content: Buffer): ImageSize | undefined {
  let position = 2;
  while (position + 9 < content.length && content[position] === 0xff) {
    const marker = content.readUInt8(position + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: content.readUInt16BE(position + 5), width: content.readUInt16BE(position + 7) };
    }
    position += 2 + content.readUInt16BE(position + 2);
  }
  return undefined;
}
