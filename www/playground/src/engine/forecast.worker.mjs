// Forecasts what a form costs, beside the check of documents: a long one must not hold that up.

import { forecast, init, LeadgateError } from "leadgate/author/slim";
import wasm from "leadgate/author.wasm?url";
import { notStarted, starting } from "./start.mjs";

const ready = starting(() => init(fetch(wasm)));

/** @typedef {{ forecast: import("leadgate/author").Forecast } | { refused: string, code: string }} Forecasted */

self.addEventListener("message", async ({ data: { program, known } }) => {
  try {
    await ready();
  } catch (error) {
    return self.postMessage({ refused: notStarted(error).error, code: "unloaded" });
  }
  try {
    self.postMessage({ forecast: forecast(program, { known }) });
  } catch (error) {
    self.postMessage({ refused: String(error instanceof Error ? error.message : error), code: error instanceof LeadgateError ? error.code : "" });
  }
});
