// Forms that ask only what can still change the outcome: the element, and its state for hosts with an interface of their own.

export { LeadgateError } from "../error.mjs";
export { resumeForm, startForm } from "./saved.mjs";
export { defineLeadgateForm, LeadgateForm } from "./element.mjs";
export { answerOf, DECLINED } from "./question.mjs";
