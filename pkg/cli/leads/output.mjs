// Writing to a stream as fast as it takes it, and no faster.

import { once } from "node:events";
import { LeadgateError } from "../../src/error.mjs";

/** Characters gathered before they are handed to the stream. */
const CHUNK = 65_536;

export class Output {
  #open;
  /** @type {import("node:stream").Writable | undefined} */
  #stream;
  #text = "";
  /** @type {Error | undefined} */
  #error;

  /**
   * @param {() => Promise<import("node:stream").Writable>} open is called when there is something to write, so that a
   *   run that fails before that leaves an older file as it was
   */
  constructor(open) {
    this.#open = open;
  }

  /** Nobody reads any more: the other end of the pipe was closed. */
  get broken() {
    return /** @type {NodeJS.ErrnoException | undefined} */ (this.#error)?.code === "EPIPE";
  }

  /** @param {string} text */
  write(text) {
    this.#text += text;
  }

  /** Hands over what was gathered, if that is enough, and waits until the stream wants more. */
  async flush(all = false) {
    this.#check();
    if (this.broken || this.#text === "" || (!all && this.#text.length < CHUNK)) return;
    if (!this.#stream) {
      this.#stream = await this.#open();
      this.#stream.on("error", (error) => { this.#error ??= error; });
    }
    const text = this.#text;
    this.#text = "";
    if (!this.#stream.write(text)) await once(this.#stream, "drain").catch(() => {});
  }

  /** Writes the rest; ends the stream where it is a file. @param {{ close: boolean }} options */
  async end({ close }) {
    await this.flush(true);
    if (close && this.#stream && !this.#error) {
      const finished = once(this.#stream, "finish").catch(() => {});
      this.#stream.end();
      await finished;
    }
    this.#check();
  }

  #check() {
    if (!this.#error || this.broken) return;
    throw new LeadgateError("unwritable-file", `the output cannot be written: ${this.#error.message}`, { cause: this.#error });
  }
}
