// The files beside the text: one tab each.

import { fill, h } from "../dom.mjs";
import { ask } from "../shell/dialog.mjs";
import { wordsOf } from "../words/words.mjs";
import { isPath } from "./disk.mjs";

/** @typedef {import("../store.mjs").State} State */

/** The document first, then the others by name. @param {State} state */
const pathsOf = ({ files, main }) => [main, ...Object.keys(files).filter((path) => path !== main).sort()];

/** @param {import("../store.mjs").Store} store */
export function fileTabs(store) {
  const strip = h("div.tab-strip", { role: "group" });
  const more = h("button.tab.add", { type: "button", onclick: () => add() }, "+");
  const actions = h("div.tab-actions");

  /** @param {string} value the suggested path @param {string | null} old the path that it may keep */
  function askPath(value, old) {
    const say = wordsOf(store.get());
    return ask({
      title: old === null ? say.addFile : say.renameFile, yes: old === null ? say.create : say.rename, no: say.cancel,
      input: { label: say.filePath, value, refuse: (path) => (!isPath(path) ? say.badPath : path !== old && path in store.get().files ? say.taken : null) },
    });
  }

  /** Adds an empty file, at a path that is known or asked for. @param {string} [path] */
  async function add(path) {
    const { files, main } = store.get();
    // Files that were opened one by one have lost their folders: the one that is looked for may be there already.
    const there = path && Object.keys(files).find((other) => other !== main && other.split("/").at(-1) === path.split("/").at(-1));
    if (path && there) return move(there, path);
    const wanted = path ?? (await askPath("lists/new.csv", null));
    if (wanted) store.set({ files: { ...store.get().files, [wanted]: store.get().files[wanted] ?? "" }, open: wanted });
  }

  async function rename() {
    const { open } = store.get();
    const wanted = await askPath(open, open);
    if (wanted && wanted !== open) move(open, wanted);
  }

  /** @param {string} from @param {string} to */
  function move(from, to) {
    const { [from]: text, ...others } = store.get().files;
    store.set({ files: { ...others, [to]: text }, open: to });
  }

  async function remove() {
    const say = wordsOf(store.get());
    const { open, main } = store.get();
    if ((await ask({ title: say.deleteTitle(open), text: say.deleteText, yes: say.delete, no: say.cancel })) === null) return;
    const { [open]: _, ...files } = store.get().files;
    store.set({ files, open: main });
  }

  let shape = "";
  store.watch(["files", "open", "main", "locale", "study"], (state) => {
    const paths = pathsOf(state);
    const flawed = new Set(state.study?.diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
    const now = JSON.stringify([state.locale, paths, state.open, [...flawed]]);
    if (now === shape) return;
    shape = now;
    const say = wordsOf(state);
    strip.setAttribute("aria-label", say.files);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.path : undefined;
    fill(strip, paths.map((path) => h("button.tab", { type: "button", "aria-pressed": path === state.open ? "true" : "false", "data-path": path, title: path, onclick: () => store.set({ open: path }) },
      path.split("/").at(-1), flawed.has(path) ? h("span.flaw", null, h("span.spoken", null, `, ${say.severity.error}`)) : null)));
    more.setAttribute("aria-label", say.addFile);
    more.title = say.addFile;
    fill(actions, state.open === state.main ? null : [h("button.link", { type: "button", onclick: rename }, say.renameFile), h("button.link", { type: "button", onclick: remove }, say.deleteFile)]);
    const active = [...strip.querySelectorAll("button")].find(({ dataset }) => dataset.path === state.open);
    active?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused !== undefined) active?.focus();
  });
  return { element: h("div.tabs", null, strip, more, actions), add };
}
