// The one kind of error that Leadgate throws.

/** Something is wrong with what was given: a document, a program, a lead, a file. */
export class LeadgateError extends Error {
  /**
   * @param {string} code stable, for programs: `wrong-type`, `truncated-program` …
   * @param {string} message one sentence for people
   * @param {{ path?: string, help?: string, cause?: unknown }} [details] `path` names the field, or the file with line
   *   and byte; `help` says what to do
   */
  constructor(code, message, { path, help, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LeadgateError";
    /** @readonly */
    this.code = code;
    /** @readonly @type {string | undefined} */
    this.path = path;
    /** @readonly @type {string | undefined} */
    this.help = help;
  }
}
