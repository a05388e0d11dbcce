// Moments: RFC 3339 with seconds and an offset.

import { LeadgateError } from "../error.mjs";
import { reading } from "../given.mjs";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970; NaN where it is no moment, such as the 31st of February. @param {unknown} moment */
export function instant(moment) {
  if (typeof moment !== "string" || !MOMENT.test(moment)) return NaN;
  // Days that do not exist are counted on into the next month, and 24:00 into the next day.
  const civil = moment.slice(0, 19);
  const counted = Date.parse(`${civil}Z`);
  return Number.isNaN(counted) || new Date(counted).toISOString().slice(0, 19) !== civil ? NaN : Date.parse(moment);
}

/** The moment as text. @param {string | Date} moment @param {string} path */
export function momentOf(moment, path) {
  const text = reading(path, () => (moment instanceof Date && !Number.isNaN(moment.getTime()) ? moment.toISOString() : moment));
  if (typeof text !== "string" || Number.isNaN(instant(text))) throw new LeadgateError("wrong-time", "this is not a moment by RFC 3339", { path, help: "for example 2026-11-21T09:00:00+08:00" });
  return text;
}
