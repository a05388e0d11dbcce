// What a lead says about one field, as the form shows it.

/** @typedef {import("leadgate").Answer} Answer */
/** @typedef {"absent" | "value" | "declined" | "record"} Standing */

/** @param {Answer} answer @returns {Standing} */
export function standingOf(answer) {
  if (answer === null || answer === undefined) return "absent";
  if (typeof answer !== "object") return "value";
  if ("declined" in answer) return "declined";
  return "value" in answer && answer.source === "record" ? "record" : "value";
}

/** The value itself, where there is one. @param {Answer} answer @returns {string | number | boolean | undefined} */
export function valueOf(answer) {
  if (answer === null || answer === undefined) return undefined;
  if (typeof answer !== "object") return answer;
  if ("value" in answer) return answer.value ?? undefined;
  return "as" in answer ? answer.as : undefined;
}

/** The choice's id, where one was made. @param {Answer} answer */
export const choiceOf = (answer) => (typeof answer === "object" && answer !== null && "choice" in answer ? answer.choice : undefined);

/** An answer with another value; its source stays. @param {Answer} before @param {string | number | boolean | undefined} value @returns {Answer} */
export function withValue(before, value) {
  if (value === undefined) return undefined;
  return standingOf(before) === "record" ? { value, source: "record" } : value;
}

/** An answer in another standing; the value stays where the standing has one. @param {Answer} before @param {Standing} standing @returns {Answer} */
export function withStanding(before, standing) {
  const value = valueOf(before);
  if (standing === "declined") return { declined: true };
  if (standing === "absent" || value === undefined) return undefined;
  return standing === "record" ? { value, source: "record" } : value;
}
