// Where files come from and go to: examples, the disk, downloads.

import { fill, h } from "../dom.mjs";
import { ask } from "../shell/dialog.mjs";
import { newLife } from "../life/life.mjs";
import { wordsOf } from "../words/words.mjs";
import { choose, isDocument, readFiles, saveAll, saveFile } from "./disk.mjs";
import { exampleFiles, exampleIds, isOriginal, MAIN } from "./examples.mjs";

/** @typedef {import("../store.mjs").State} State */

/**
 * @param {import("../store.mjs").Store} store
 * @param {{ forget: () => void, say: (message: string) => void }} page
 */
export function filesMenu(store, page) {
  const label = h("span.spoken");
  const select = h("select", { onchange: () => start(select.value) });
  const summary = h("summary");
  const items = h("div.menu-items");
  const menu = h("details.menu", { onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close() }, summary, items);
  document.addEventListener("pointerdown", ({ target }) => !(target instanceof Node && menu.contains(target)) && menu.removeAttribute("open"));
  menu.addEventListener("focusout", ({ relatedTarget }) => relatedTarget instanceof Node && !menu.contains(relatedTarget) && menu.removeAttribute("open"));

  function close() {
    menu.removeAttribute("open");
    summary.focus();
  }

  /** Whether the files may go. */
  async function mayLeave() {
    const { example, files } = store.get();
    const say = wordsOf(store.get());
    return isOriginal(example, files) || (await ask({ title: say.replaceTitle, text: say.replaceText, yes: say.goOn, no: say.cancel })) !== null;
  }

  /** @param {Record<string, string>} files @param {string} main @param {string | null} example */
  function replace(files, main, example) {
    page.forget();
    store.set({ files, main, open: main, example, lead: {}, fresh: true, stage: null, life: newLife(), golden: null, study: null, sound: null, decided: null });
  }

  /** @param {string} id */
  async function start(id) {
    if (id !== "" && (await mayLeave())) replace(exampleFiles(id), MAIN, id);
    select.value = store.get().example ?? "";
  }

  async function restore() {
    const say = wordsOf(store.get());
    const { example } = store.get();
    if (example === null || (await ask({ title: say.restoreTitle, text: say.restoreText, yes: say.restore, no: say.cancel })) === null) return;
    page.forget();
    store.set({ files: exampleFiles(example), main: MAIN, open: MAIN });
  }

  /** @param {boolean} folder */
  async function open(folder) {
    const say = wordsOf(store.get());
    const chosen = await choose({ folder });
    if (!chosen || chosen.length === 0) return;
    const { files, refused } = await readFiles(chosen);
    refused.forEach(({ name, why }) => page.say(say[why](name)));
    const documents = Object.keys(files).filter(isDocument).sort((a, b) => a.split("/").length - b.split("/").length);
    const main = documents.length > 1 && !documents.includes(MAIN) ? await ask({ title: say.chooseMain, yes: say.goOn, no: say.cancel, options: documents }) : documents.includes(MAIN) ? MAIN : documents[0];
    if (main === null) return;
    // Lists alone are added to what is there.
    if (main === undefined && !folder && Object.keys(files).length > 0) return store.set({ files: { ...store.get().files, ...files }, open: Object.keys(files)[0] });
    if (main === undefined) return page.say(say.noDocument);
    if (await mayLeave()) replace(inFolderOf(files, main), main.split("/").at(-1) ?? main, null);
  }

  store.watch(["locale", "example", "files", "open"], (state) => {
    const say = wordsOf(state);
    const { example, files, open: path } = state;
    label.textContent = say.startFrom;
    fill(select, example === null ? h("option", { value: "" }, say.own) : null, exampleIds.map((id) => h("option", { value: id }, say.examples[id] ?? id)));
    select.value = example ?? "";
    summary.textContent = say.files;
    const item = (/** @type {string} */ text, /** @type {() => void} */ act, disabled = false) => h("button", { type: "button", disabled, onclick: () => { close(); act(); } }, text);
    if (menu.open && items.contains(document.activeElement)) return;
    fill(items, item(say.openFiles, () => open(false)), item(say.openFolder, () => open(true)),
      item(say.downloadFile(path), () => saveFile(path, store.get().files[path])), item(say.downloadAll, () => saveAll(store.get().study?.outline?.policy || "policy", store.get().files)),
      isDocument(path) ? item(say.format, () => store.set({ layOut: path })) : null,
      example === null ? null : item(say.restore, restore, isOriginal(example, files)));
  });
  return h("div.files-menu", null, h("label", null, label, select), menu);
}

/** The files as the document sees them: by paths inside its folder. @param {Record<string, string>} files @param {string} main */
function inFolderOf(files, main) {
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(folder)).map(([path, text]) => [path.slice(folder.length), text]));
}
