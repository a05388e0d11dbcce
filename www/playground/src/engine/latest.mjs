// Asking a worker, where only the newest question matters.

/**
 * At most one question is under way. Of those asked meanwhile only the newest is kept, and what it overtook is never answered.
 * @template Q, A
 * @param {() => Worker} begin
 * @param {(answer: A) => void} answered
 * @param {(message: string) => void} failed the worker could not start or stopped; the next question begins another
 */
export function latest(begin, answered, failed) {
  let busy = false;
  /** @type {(() => Q) | undefined} */
  let waiting;
  /** @type {Worker | undefined} */
  let worker = started();

  function started() {
    const begun = begin();
    begun.addEventListener("message", ({ data }) => {
      busy = false;
      if (waiting) {
        const next = waiting;
        waiting = undefined;
        send(next);
      } else answered(data);
    });
    begun.addEventListener("error", (event) => {
      event.preventDefault();
      begun.terminate();
      // Nothing that it was asked is answered any more.
      worker = undefined;
      busy = false;
      waiting = undefined;
      failed(event.message || "the worker did not start");
    });
    return begun;
  }

  const current = () => (worker ??= started());
  const send = (/** @type {() => Q} */ question) => {
    busy = true;
    current().postMessage(question());
  };
  return {
    /** The question is put together when it is sent. @param {() => Q} question */
    ask(question) {
      if (busy) waiting = question;
      else send(question);
    },

    /** Says something besides the questions. @param {unknown} message @param {Transferable[]} transfer */
    post: (message, transfer) => current().postMessage(message, transfer),
  };
}
