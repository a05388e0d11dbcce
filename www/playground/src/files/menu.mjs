// Where files come from and go to: examples, the disk, downloads.

import { fill, h } from "../dom.mjs";
import { loaded } from "../golden/story.mjs";
import { ask } from "../shell/dialog.mjs";
import { nobody } from "../storage.mjs";
import { wordsOf } from "../words/words.mjs";
import { addressed, correctAddress } from "./address.mjs";
import { choose, isDocument, readFiles, saveAll, saveFile } from "./disk.mjs";
import { aboutOf, exampleFiles, exampleIds, isExample, isOriginal, MAIN } from "./examples.mjs";

/** @typedef {import("../store.mjs").State} State */

/**
 * @param {import("../store.mjs").Store} store
 * @param {{ forget: () => void, say: (message: string) => void }} page
 */
export function filesMenu(store, page) {
  let wanted = "";
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
    store.set({ ...nobody(), files, main, open: main, example, study: null, sound: null, decided: null });
  }

  /** @param {string} id @param {string | null} [lead] a golden lead to begin with */
  async function start(id, lead = null) {
    // What is wanted meanwhile is wanted more.
    wanted = id;
    try {
      if (id !== "" && (await mayLeave())) {
        const files = await exampleFiles(id);
        if (wanted === id) {
          replace(files, MAIN, id);
          store.set({ wanted: lead });
        }
      }
    } catch {
      page.say(wordsOf(store.get()).notLoaded(titleOf(id)));
    }
    select.value = store.get().example ?? "";
  }

  /** @param {string} id */
  const titleOf = (id) => aboutOf(id)?.title[store.get().locale] ?? wordsOf(store.get()).examples[id] ?? id;

  /** Goes where the address points: to a policy, or to a golden lead of the one that is there, in its language. Where it cannot, the address says where it is. */
  async function follow() {
    const { policy, lead, lang } = addressed();
    const { example, study } = store.get();
    if (policy !== null && policy !== example) {
      if (isExample(policy)) await start(policy, lead);
      correctAddress(store.get());
      if (lang) store.set({ locale: lang });
      return;
    }
    if (lang) store.set({ locale: lang });
    const golden = study?.outline?.golden.find(({ id }) => id === lead);
    if (study && golden) store.set(loaded(golden, study.written, store.get().life));
  }
  window.addEventListener("hashchange", follow);
  queueMicrotask(() => addressed().policy !== store.get().example && void follow());

  async function restore() {
    const say = wordsOf(store.get());
    const { example } = store.get();
    if (example === null || (await ask({ title: say.restoreTitle, text: say.restoreText, yes: say.restore, no: say.cancel })) === null) return;
    const files = await exampleFiles(example);
    page.forget();
    store.set({ files, main: MAIN, open: MAIN });
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
    fill(select, example === null ? h("option", { value: "" }, say.own) : null, exampleIds.map((id) => h("option", { value: id }, titleOf(id))));
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
