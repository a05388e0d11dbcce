// The playground starts here.

import { startChecking } from "./engine/author.mjs";
import { startDeciding } from "./engine/decider.mjs";
import { startForecasting } from "./engine/forecasts.mjs";
import { keepAddress } from "./files/address.mjs";
import { page } from "./shell/page.mjs";
import { firstState, keep } from "./storage.mjs";
import { createStore } from "./store.mjs";

const store = createStore(await firstState());
document.getElementById("app")?.append(...page(store, startDeciding(store)));
keep(store);
keepAddress(store);
startChecking(store);
startForecasting(store);
