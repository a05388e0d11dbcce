// How far a long run has come, on one line of a terminal.

import { grouped } from "./bars.mjs";

/** Milliseconds between two looks. */
const INTERVAL = 200;

export class Progress {
  #stream;
  #enabled;
  #started;
  #last;
  #shown = false;
  #clock;

  /**
   * @param {NodeJS.WriteStream} stream
   * @param {{ enabled: boolean, rows: string, clock?: () => number }} options `rows` is the word for what is counted
   */
  constructor(stream, { enabled, rows, clock = () => performance.now() }) {
    this.#stream = stream;
    this.#enabled = enabled;
    this.#clock = clock;
    this.#started = this.#last = clock();
    this.rows = rows;
  }

  /** Seconds since the beginning. */
  get seconds() {
    return (this.#clock() - this.#started) / 1000;
  }

  /**
   * @param {number} rows
   * @param {number | undefined} share of the file, where its size is known
   */
  update(rows, share) {
    if (!this.#enabled || this.#clock() - this.#last < INTERVAL) return;
    this.#last = this.#clock();
    const percent = share === undefined ? "" : ` · ${(100 * Math.min(1, share)).toFixed(0)} %`;
    this.#stream.write(`\r\u001b[K${grouped(rows)} ${this.rows} · ${grouped(rows / this.seconds)}/s${percent}`);
    this.#shown = true;
  }

  /** Takes the line away, so that something else can be written. */
  clear() {
    if (this.#shown) this.#stream.write("\r\u001b[K");
    this.#shown = false;
  }
}
