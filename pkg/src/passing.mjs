// Texts that hardly ever come again, where many leads are decided one after another: each is written beside its lead, and not remembered. A page decides as somebody types, and does without.

import { AnswerError, PASSING } from "./encode.mjs";

/** After so many texts that were not remembered it is asked whether remembering is worth its while, and if not, again after so many leads. */
const TRIAL = 256;
const PAUSE = 16_384;

/**
 * Writes a text in UTF-8 to where the engine reads texts. Gives where it ends; −1 where there is no room for it, or it is not of the usual characters.
 * @param {string} text @param {Uint8Array} texts @param {number} at where it begins
 */
export function written(text, texts, at) {
  const { length } = text;
  if (at + 3 * length > texts.length) return -1;
  let end = at;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      texts[end] = unit;
      end += 1;
    } else if (unit < 0x800) {
      texts[end] = 0xc0 | unit >> 6;
      texts[end + 1] = 0x80 | unit & 0x3f;
      end += 2;
    } else {
      // Halves of surrogate pairs.
      if (unit >= 0xd800 && unit < 0xe000) return -1;
      texts[end] = 0xe0 | unit >> 12;
      texts[end + 1] = 0x80 | unit >> 6 & 0x3f;
      texts[end + 2] = 0x80 | unit & 0x3f;
      end += 3;
    }
  }
  return end;
}

/** Which fields' texts are worth remembering. */
export class Passing {
  /** How many leads were written, and at which of them texts are remembered again that were not worth it. */
  leads = 0;
  resume = Infinity;

  /** @param {import("./encode.mjs").FieldEncoder[]} fields @param {Uint8Array} kinds what the quick way through a lead does with each field */
  constructor(fields, kinds) {
    this.fields = fields;
    this.kinds = kinds;
    /** For each field, how many texts were not remembered, and since which lead that is counted. */
    this.misses = fields.map(() => 0);
    this.since = fields.map(() => 0);
  }

  /** Another lead is written. */
  lead() {
    this.leads += 1;
    if (this.leads >= this.resume) this.remember();
  }

  /** All texts are remembered again. */
  remember() {
    this.resume = Infinity;
    this.since.fill(this.leads);
    for (const field of this.fields) {
      if (this.kinds[field.index] === PASSING) field.remembers = true;
      this.kinds[field.index] = field.kind;
    }
  }

  /** A text was not remembered; a field whose texts hardly ever come again is not asked for them for a while. @param {number} at of the field */
  missed(at) {
    this.misses[at] += 1;
    if (this.misses[at] < TRIAL) return;
    const pointless = this.misses[at] * 4 > (this.leads - this.since[at]) * 3;
    this.misses[at] = 0;
    this.since[at] = this.leads;
    if (!pointless) return;
    this.fields[at].remembers = false;
    this.kinds[at] = PASSING;
    this.resume = Math.min(this.resume, this.leads + PAUSE);
  }

  /**
   * Looks at texts that are only written yet: of several answers that their fields cannot have, the first is told, whatever was decided before.
   * @param {number} before of which field @param {import("./encode.mjs").Encoder} encoder @param {{ invalid: (field: string, error: AnswerError) => void }} how
   */
  check(before, { values, views }, { invalid }) {
    for (const field of this.fields.slice(0, before)) {
      const { index, name } = field;
      const code = views().codes[index];
      if (this.kinds[index] !== PASSING || !(code < 0 && code > -Infinity)) continue;
      try {
        field.text(/** @type {string} */ (values[index]), views().engine);
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error;
        invalid(name, error);
        views().codes[index] = NaN;
      }
    }
  }

  /** As {@link written}. @param {string} text @param {Uint8Array} texts @param {number} at */
  write(text, texts, at) {
    return written(text, texts, at);
  }
}
