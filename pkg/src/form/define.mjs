// Defines <leadgate-form> with the page's engine, of which the smallest build that runs it is fetched after the first program.

import { needs } from "../needs.mjs";
import { defineLeadgateForm } from "./element.mjs";

defineLeadgateForm({ load: async (program) => (await (needs(program) === "plain" ? import("../plain/web.mjs") : import("../page/web.mjs"))).load(program) });
