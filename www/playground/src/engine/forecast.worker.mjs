// Forecasts what a form costs, beside the check of documents: a long one must not hold that up.

import { forecast, init, LeadgateError } from "leadgate/author/slim";
import wasm from "leadgate/author.wasm?url";

const ready = init(fetch(wasm));

/** @typedef {{ forecast: import("leadgate/author").Forecast } | { refused: string, code: string }} Forecasted */

self.addEventListener("message", async ({ data: { program, known } }) => {
  try {
    await ready;
    self.postMessage({ forecast: forecast(program, { known }) });
  } catch (error) {
    self.postMessage({ refused: String(error instanceof Error ? error.message : error), code: error instanceof LeadgateError ? error.code : "" });
  }
});
