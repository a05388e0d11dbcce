// Files in one archive, stored as they are: policies are small, and a download needs no more.

const encoder = new TextEncoder();

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ CRC[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

/** Numbers in little-endian order: pairs of width in bytes and value. @param {...[2 | 4, number]} numbers */
function record(...numbers) {
  const bytes = new Uint8Array(numbers.reduce((length, [width]) => length + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01, the format's earliest: the archive of the same files is the same bytes whenever it is made. */
const DATE = 0x0021;

/**
 * A .zip archive.
 * @param {Record<string, string>} files texts by path
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function zip(files) {
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {Uint8Array[]} */
  const directory = [];
  let offset = 0;
  const paths = Object.keys(files).sort();
  for (const path of paths) {
    const [name, content] = [encoder.encode(path), encoder.encode(files[path])];
    /** @type {[2 | 4, number][]} */
    const facts = [[2, 20], [2, FLAGS], [2, 0], [2, 0], [2, DATE], [4, crc32(content)], [4, content.length], [4, content.length], [2, name.length], [2, 0]];
    const head = record([4, 0x04034b50], ...facts);
    parts.push(head, name, content);
    directory.push(record([4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name);
    offset += head.length + name.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, paths.length], [2, paths.length], [4, size], [4, offset], [2, 0]);
  const whole = [...parts, ...directory, end];
  const bytes = new Uint8Array(whole.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of whole) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
