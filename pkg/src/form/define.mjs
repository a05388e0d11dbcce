// Defines <leadgate-form> with the page's engine, which is fetched when the first program is.

import { defineLeadgateForm } from "./element.mjs";

defineLeadgateForm({ load: async (program) => (await import("../page/web.mjs")).load(program) });
