// Reads CSV (RFC 4180) out of chunks of text, in bounded memory.
//
// More is accepted than the standard names: LF and CR as line ends beside CRLF, quotes inside a field that does not begin with one,
// and a last line without line end. What cannot be read (text after a closing quote, a quote that is never closed, a record that is
// too long) is a record with an error; the reader goes on after it.

/** Characters. No lead is longer; a longer record is a file that is not what it seems to be. */
const LONGEST_RECORD = 1_048_576;

const [QUOTE, LF, CR] = ["\"", "\n", "\r"];

/**
 * @typedef {object} CsvRecord
 * @property {number} line where it begins, from 1
 * @property {string[]} fields
 * @property {{ code: string, message: string, help?: string }} [error] why it could not be read
 */

/** Delimiters that are recognised by themselves, in order of preference. */
const DELIMITERS = [",", ";", "\t", "|"];

/**
 * The delimiter of a header line: the one that it holds most of, outside quotes.
 * @param {string} header
 */
export function delimiterOf(header) {
  const bare = header.replace(/"(?:[^"]|"")*"/g, "");
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

export class CsvReader {
  #delimiter;
  #text = "";
  /** Where the next record begins in `#text`, and on which line. */
  #at = 0;
  #line = 1;
  /** Set while a record that is too long is passed over: whether that happens between quotes. */
  #passing = /** @type {{ quoted: boolean } | undefined} */ (undefined);

  /** @param {{ delimiter?: string }} [options] without a delimiter, the first line tells */
  constructor({ delimiter } = {}) {
    this.#delimiter = delimiter;
  }

  /** What separates fields, once the first line was seen. */
  get delimiter() {
    return this.#delimiter;
  }

  /**
   * Records that are complete with this chunk.
   * @param {string} chunk
   * @returns {Generator<CsvRecord>}
   */
  *push(chunk) {
    this.#text = this.#text.slice(this.#at) + chunk;
    this.#at = 0;
    yield* this.#records(false);
  }

  /** The records that remain when there are no more chunks. @returns {Generator<CsvRecord>} */
  *end() {
    yield* this.#records(true);
  }

  /** @param {boolean} final @returns {Generator<CsvRecord>} */
  *#records(final) {
    if (this.#passing) this.#pass(final);
    if (this.#delimiter === undefined && !this.#findDelimiter(final)) return;
    while (this.#at < this.#text.length && !this.#passing) {
      const from = this.#at;
      const record = this.#next(final) ?? this.#overlong();
      if (!record) return;
      if (this.#at - from > LONGEST_RECORD && !record.error) Object.assign(record, { fields: [], error: tooLong() });
      if (record.error || record.fields.length > 1 || record.fields[0] !== "") yield record;
    }
  }

  /** @param {boolean} final */
  #findDelimiter(final) {
    while (this.#text[this.#at] === LF || (this.#text[this.#at] === CR && (this.#at + 1 < this.#text.length || final))) {
      this.#advance(this.#at, 1);
    }
    if (final && this.#at === this.#text.length) return false;
    const end = this.#lineEnd(this.#at, final) ?? (this.#text.length > LONGEST_RECORD ? LONGEST_RECORD : undefined);
    if (end === undefined) return false;
    this.#delimiter = delimiterOf(this.#text.slice(this.#at, end));
    return true;
  }

  /**
   * Where the line that holds `from` ends; undefined when that is not known yet.
   * @param {number} from
   * @param {boolean} final
   */
  #lineEnd(from, final) {
    const text = this.#text;
    const lf = text.indexOf(LF, from);
    const cr = text.slice(from, lf === -1 ? undefined : lf).indexOf(CR);
    if (cr !== -1 && (from + cr + 1 < text.length || final)) return from + cr;
    if (lf !== -1) return lf;
    return final ? text.length : undefined;
  }

  /** Goes past the line end at `end`. @param {number} end @param {number} lines that the record took */
  #advance(end, lines) {
    const crlf = this.#text[end] === CR && this.#text[end + 1] === LF;
    this.#at = end + (crlf ? 2 : 1);
    this.#line += lines;
  }

  /**
   * The next record; undefined when the text ends inside it.
   * @param {boolean} final
   * @returns {CsvRecord | undefined}
   */
  #next(final) {
    const end = this.#lineEnd(this.#at, final);
    if (end === undefined) return undefined;
    const line = this.#text.slice(this.#at, end);
    if (line.includes(QUOTE)) return this.#quoted(final);
    /** @type {CsvRecord} */
    const record = { line: this.#line, fields: line.split(/** @type {string} */ (this.#delimiter)) };
    this.#advance(end, 1);
    return record;
  }

  /**
   * The next record, with quotes in it.
   * @param {boolean} final
   * @returns {CsvRecord | undefined}
   */
  #quoted(final) {
    const text = this.#text;
    const delimiter = /** @type {string} */ (this.#delimiter);
    const fields = [];
    const line = this.#line;
    let lines = 1;
    let at = this.#at;
    for (;;) {
      if (text[at] !== QUOTE) {
        const lineEnd = this.#lineEnd(at, final);
        if (lineEnd === undefined) return undefined;
        const next = text.indexOf(delimiter, at);
        const last = next === -1 || next >= lineEnd;
        fields.push(text.slice(at, last ? lineEnd : next));
        if (last) {
          this.#advance(lineEnd, lines);
          return { line, fields };
        }
        at = next + delimiter.length;
        continue;
      }
      const close = this.#closingQuote(at + 1, final);
      if (close === undefined) return final ? this.#unclosed(line + lines - 1, at) : undefined;
      const raw = text.slice(at + 1, close);
      lines += raw.split(/\r\n|\n|\r/).length - 1;
      fields.push(raw.includes(QUOTE) ? raw.replaceAll('""', QUOTE) : raw);
      at = close + 1;
      if (text.startsWith(delimiter, at)) {
        at += delimiter.length;
        continue;
      }
      const atEnd = at >= text.length || text[at] === LF || text[at] === CR;
      const lineEnd = this.#lineEnd(at, final);
      if (lineEnd === undefined) return undefined;
      this.#advance(lineEnd, lines);
      if (atEnd) return { line, fields };
      return { line, fields: [], error: { code: "text-after-quote", message: `there is text after the closing quote of field ${fields.length}`, help: "a quote inside a quoted field is written twice" } };
    }
  }

  /**
   * The quote that closes a field; undefined when it is not there, or the text ends right after a quote that may be half of two.
   * @param {number} from
   * @param {boolean} final
   */
  #closingQuote(from, final) {
    const text = this.#text;
    let at = text.indexOf(QUOTE, from);
    while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
    return at === -1 || (at + 1 === text.length && !final) ? undefined : at;
  }

  /**
   * The file ends between quotes: the line where they open is the mistake, and what follows it is read as lines again.
   * @param {number} line
   * @param {number} quote
   * @returns {CsvRecord}
   */
  #unclosed(line, quote) {
    this.#line = line;
    this.#advance(this.#lineEnd(quote, true) ?? this.#text.length, 1);
    return { line, fields: [], error: { code: "unclosed-quote", message: "a quote that is opened here is never closed", help: "a quote inside a quoted field is written twice" } };
  }

  /** The record that the text ends in, if it is too long to wait for. @returns {CsvRecord | undefined} */
  #overlong() {
    if (this.#text.length - this.#at <= LONGEST_RECORD) return undefined;
    const record = { line: this.#line, fields: [], error: tooLong() };
    this.#passing = { quoted: false };
    this.#pass(false);
    return record;
  }

  /** Goes on to the end of a record that is too long. @param {boolean} final */
  #pass(final) {
    const text = this.#text;
    const passing = /** @type {{ quoted: boolean }} */ (this.#passing);
    for (let at = this.#at; at < text.length; at++) {
      const char = text[at];
      if (char === QUOTE) passing.quoted = !passing.quoted;
      else if (char === LF || char === CR) {
        if (char === CR && at + 1 === text.length && !final) {
          this.#at = at;
          return;
        }
        if (!passing.quoted) {
          this.#passing = undefined;
          this.#advance(at, 1);
          return;
        }
        this.#line++;
        if (char === CR && text[at + 1] === LF) at++;
      }
    }
    this.#at = text.length;
    if (final) this.#passing = undefined;
  }
}

const tooLong = () => ({
  code: "record-too-long",
  message: `the record is longer than ${LONGEST_RECORD} characters`,
  help: "is a quote opened and never closed, or --delimiter another one?",
});
