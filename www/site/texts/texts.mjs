// The site's own texts by locale. What the form asks and what visitors are told of a decision are the policy's.

import { en } from "./en.mjs";
import { zh } from "./zh.mjs";

/** @typedef {typeof en} SiteTexts */

/** @type {Record<"en" | "zh", SiteTexts>} */
export const texts = { en, zh };
