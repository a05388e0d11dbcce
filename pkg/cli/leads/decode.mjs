// Bytes of a file to text, in any encoding, with the place of the first bytes that are not text.

import { LeadgateError } from "../../src/error.mjs";

const NEWLINE = 0x0a;
/** How much of a file is looked at to guess what encoding it really has. */
const SAMPLE = 65_536;
/** A longer line than this is not kept, and the place of an error in it is near, not exact. */
const LONGEST_LINE = 4_194_304;

/**
 * A decoder for an encoding's name.
 * @param {string} encoding
 */
function decoderFor(encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new LeadgateError("unknown-encoding", `there is no encoding named \`${encoding}\``, {
      help: "for example utf-8, gbk, gb18030, big5, utf-16le, shift_jis, windows-1252",
      cause,
    });
  }
}

/**
 * The length of the shortest beginning that does not decode.
 * @param {Uint8Array} bytes
 * @param {string} encoding
 */
function firstBad(bytes, encoding) {
  const decodes = (/** @type {number} */ length) => {
    try {
      decoderFor(encoding).decode(bytes.subarray(0, length), { stream: length < bytes.length });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return bad;
}

/** @param {Uint8Array} bytes @param {number} [end] */
function newlines(bytes, end = bytes.length) {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < end; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/**
 * What to do about bytes that are not UTF-8.
 * @param {Uint8Array} beginning the file's first bytes
 * @param {Uint8Array} line the bytes around the error, from a line's beginning
 */
function suggestion(beginning, line) {
  const [first, second] = beginning;
  if (first === 0xff && (second === undefined || second === 0xfe)) return "the file begins like UTF-16: try --encoding utf-16le";
  if (first === 0xfe && (second === undefined || second === 0xff)) return "the file begins like UTF-16: try --encoding utf-16be";
  try {
    const text = new TextDecoder("gb18030", { fatal: true }).decode(line.subarray(0, SAMPLE), { stream: true });
    if (/\p{Script=Han}/u.test(text)) return "it reads as Chinese in GBK: try --encoding gbk";
  } catch {
    // Not GBK either.
  }
  return "name the file's encoding, for example --encoding gbk or --encoding windows-1252";
}

/**
 * Decodes chunks of bytes. Keeps what it needs of earlier chunks to name the place of an error: the bytes since the
 * last line end, which in every encoding but UTF-16 is a place where a character begins.
 */
export class Decoder {
  #encoding;
  #name;
  #decoder;
  /** @type {Uint8Array[]} */
  #line = [];
  /** Bytes and line ends before `#line`. */
  #bytes = 0;
  #lines = 0;
  #beginning = new Uint8Array();

  /**
   * @param {string} encoding
   * @param {string} name of the file, for errors
   */
  constructor(encoding, name) {
    this.#decoder = decoderFor(encoding);
    this.#encoding = this.#decoder.encoding;
    this.#name = name;
  }

  /** @param {Uint8Array} chunk */
  push(chunk) {
    if (this.#beginning.length < 2) this.#beginning = Buffer.concat([this.#beginning, chunk.subarray(0, 2)]);
    this.#line.push(chunk);
    let text;
    try {
      text = this.#decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw this.#error(cause);
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      for (const part of this.#line) {
        this.#bytes += part.length;
        this.#lines += newlines(part);
      }
      this.#line = [chunk.subarray(end)];
      this.#bytes -= chunk.length - end;
    } else if (this.#line.reduce((length, part) => length + part.length, 0) > LONGEST_LINE) {
      for (const part of this.#line) this.#bytes += part.length;
      this.#line = [];
    }
    return text;
  }

  /** The rest, when there are no more chunks. */
  end() {
    try {
      return this.#decoder.decode();
    } catch (cause) {
      throw this.#error(cause);
    }
  }

  /** @param {unknown} cause */
  #error(cause) {
    const line = Buffer.concat(this.#line);
    const utf16 = this.#encoding.startsWith("utf-16");
    const bad = utf16 ? line.length : firstBad(line, this.#encoding);
    const place = `${this.#name}: line ${this.#lines + newlines(line, bad - 1) + 1}`;
    return new LeadgateError("wrong-encoding", `the bytes there are not ${this.#encoding}`, {
      path: utf16 ? place : `${place}, byte ${this.#bytes + bad}`,
      help: this.#encoding === "utf-8" ? suggestion(this.#beginning, line) : undefined,
      cause,
    });
  }
}
