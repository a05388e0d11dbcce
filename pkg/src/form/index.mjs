// Forms that ask only what can still change the outcome: the element, and its state for hosts with an interface of their own.

export { LeadgateError } from "../error.mjs";
export { resumeForm } from "./resume.mjs";
export { startForm } from "./state.mjs";
export { defineLeadgateForm, LeadgateForm } from "./element.mjs";
export { answerOf, DECLINED } from "./question.mjs";
