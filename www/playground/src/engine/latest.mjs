// Asking a worker, where only the newest question matters.

/**
 * At most one question is under way. Of those asked meanwhile only the newest is kept, and what it overtook is never answered.
 * @template Q, A
 * @param {Worker} worker
 * @param {(answer: A) => void} answered
 * @param {(message: string) => void} failed the worker could not start or stopped
 */
export function latest(worker, answered, failed) {
  let busy = false;
  /** @type {(() => Q) | undefined} */
  let waiting;
  const send = (/** @type {() => Q} */ question) => {
    busy = true;
    worker.postMessage(question());
  };
  worker.addEventListener("message", ({ data }) => {
    busy = false;
    if (waiting) {
      const next = waiting;
      waiting = undefined;
      send(next);
    } else answered(data);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    failed(event.message || "the worker did not start");
  });
  return {
    /** The question is put together when it is sent. @param {() => Q} question */
    ask(question) {
      if (busy) waiting = question;
      else send(question);
    },
  };
}
