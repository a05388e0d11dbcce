import { Certificate } from "./index.js";

/** In whose words a certificate is told. What is not given is called as the policy calls it. */
export interface Style {
  /** `zh…` is Chinese, everything else English. */
  locale?: string;
  /** What a field's question is called. */
  field?: (name: string) => string;
  /** What an outcome, a stage or a value of an output is called; `goal` is `route`, `stage` or the output's name. */
  value?: (goal: string, value: string | number | boolean) => string;
  /** What a score is called. */
  score?: (name: string) => string;
}

/** Why no question can change what a form is there to find out, a sentence each: the result, the remaining questions by their reasons, and between which points scores still lie. */
export function certificateLines(certificate: Certificate, style?: Style): string[];

/** The same as one text: "The 4 remaining questions cannot change the route: it is sales, whatever is answered, declined or left out. …" */
export function certificateText(certificate: Certificate, style?: Style): string;
