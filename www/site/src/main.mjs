// The form with script: steps, decisions as one answers, and sending without leaving the page.

import { LeadForm } from "./form.mjs";

new LeadForm().start();
