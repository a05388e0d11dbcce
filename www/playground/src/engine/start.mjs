// Starting an engine in a worker, again where it did not come.

/**
 * @param {() => Promise<void>} begin
 * @returns whether it is there; one that did not come is asked for again with the next question
 */
export function starting(begin) {
  /** @type {Promise<void> | undefined} */
  let started;
  const start = () => (started ??= begin().catch((error) => {
    started = undefined;
    throw error;
  }));
  // It comes before the first question does. Whoever asks is told what went wrong.
  start().catch(() => {});
  return start;
}

/** What a worker says of its engine that did not come. @param {unknown} error */
export const notStarted = (error) => ({ unloaded: true, error: String(error instanceof Error ? error.message : error) });
