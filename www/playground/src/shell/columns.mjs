// Columns whose widths the reader sets, with the pointer or the arrow keys.

import { h } from "../dom.mjs";
import { wordsOf } from "../words/words.mjs";

const KEY = "leadgate-playground-columns";
/** Per cent of the width that a column keeps. */
const LEAST = 18;
const STEP = 2;

/** @param {unknown} shares @returns {shares is [number, number]} */
const isUsable = (shares) => Array.isArray(shares) && shares.length === 2 && shares.every((share) => typeof share === "number" && share >= LEAST) && 100 - shares[0] - shares[1] >= LEAST;

/** Where the first two columns end, in per cent of the width. @returns {[number, number]} */
function remembered() {
  try {
    const shares = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (isUsable(shares)) return shares;
  } catch { /* Widths are not worth a word. */ }
  return [40, 26];
}

/**
 * @param {HTMLElement} grid
 * @param {import("../store.mjs").Store} store
 * @returns {[HTMLElement, HTMLElement]} the separators after the first and the second column
 */
export function columns(grid, store) {
  let shares = remembered();
  const separators = /** @type {[HTMLElement, HTMLElement]} */ ([separator(0), separator(1)]);

  /** @param {[number, number]} wanted */
  function set(wanted) {
    const [first, second] = wanted.map((share) => Math.round(share * 10) / 10);
    if (!isUsable([first, second])) return;
    shares = [first, second];
    show();
    try {
      localStorage.setItem(KEY, JSON.stringify(shares));
    } catch { /* As above. */ }
  }

  function show() {
    grid.style.setProperty("--first", `${shares[0]}fr`);
    grid.style.setProperty("--second", `${shares[1]}fr`);
    grid.style.setProperty("--third", `${100 - shares[0] - shares[1]}fr`);
    separators.forEach((element, at) => element.setAttribute("aria-valuenow", String(Math.round(at === 0 ? shares[0] : shares[0] + shares[1]))));
  }

  /** Moves a separator: what one of its neighbours gives, the other takes. @param {number} at @param {number} by per cent */
  const move = (at, by) => set(at === 0 ? [shares[0] + by, shares[1] - by] : [shares[0], shares[1] + by]);

  /** @param {number} at */
  function separator(at) {
    let last = 0;
    const element = h("div.separator", {
      role: "separator", tabindex: 0, "aria-orientation": "vertical", "aria-valuemin": LEAST, "aria-valuemax": 100 - LEAST, "data-at": at,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        move(at, by);
      },
      onpointerdown: (/** @type {PointerEvent} */ event) => {
        element.setPointerCapture(event.pointerId);
        last = event.clientX;
      },
      onpointermove: (/** @type {PointerEvent} */ event) => {
        if (!element.hasPointerCapture(event.pointerId)) return;
        move(at, ((event.clientX - last) / grid.clientWidth) * 100);
        last = event.clientX;
      },
    });
    return element;
  }

  show();
  store.watch(["locale"], (state) => separators.forEach((element) => element.setAttribute("aria-label", wordsOf(state).widen)));
  return separators;
}
