// Failures that are not mistakes in these scripts: said in words, without a stack.

/** Something that the reader can do something about. */
export class Failure extends Error {
  /**
   * @param {string} message what went wrong, one sentence
   * @param {string} [help] what to do about it
   */
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}

/**
 * Runs a script's main function and turns its end into an exit status.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\nleadgate: ${error.message}`);
    if (error.help) console.error(error.help.replace(/^/gm, "  "));
    process.exitCode = 1;
  }
}
