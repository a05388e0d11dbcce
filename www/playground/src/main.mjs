// The playground starts here.

import { startChecking } from "./engine/author.mjs";
import { startDeciding } from "./engine/decider.mjs";
import { page } from "./shell/page.mjs";
import { firstState, keep } from "./storage.mjs";
import { createStore } from "./store.mjs";

const store = createStore(firstState());
document.getElementById("app")?.append(...page(store));
keep(store);
startChecking(store);
startDeciding(store);
