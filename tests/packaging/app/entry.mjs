// An application: the package by name, in whichever form its environment gets it.

import * as full from "leadgate";
import * as author from "leadgate/author";
import * as page from "leadgate/page";
import * as plain from "leadgate/plain";
import { input } from "./input.mjs";
import * as policies from "./policies.mjs";
import { report } from "./report.mjs";

export const decided = () => report({ full, page, plain, author }, { ...input, policies });
