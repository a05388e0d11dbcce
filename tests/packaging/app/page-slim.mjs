// A page that fetches the wasm, so that it compiles while it arrives.

import { decidedWith } from "./slim.mjs";

const url = (/** @type {string} */ name) => new URL(`./node_modules/leadgate/wasm/${name}/leadgate_bg.wasm`, location.href);
try {
  const answers = await decidedWith({ full: fetch(url("full")), page: fetch(url("page")), author: fetch(url("author")) });
  document.body.textContent = JSON.stringify({ answers, evaluates: false });
} catch (error) {
  document.body.textContent = JSON.stringify({ failed: `${/** @type {Error} */ (error).stack}` });
}
document.body.dataset.done = "";
