// The page: its head, its three columns, and the way between them where there is no room for all.

import { fill, h } from "../dom.mjs";
import { editor } from "../editor/editor.mjs";
import { problems } from "../editor/problems.mjs";
import { aboutOf } from "../files/examples.mjs";
import { filesMenu } from "../files/menu.mjs";
import { fileTabs } from "../files/tabs.mjs";
import { leadForm } from "../form/form.mjs";
import { goldenCount, goldenList, isGolden } from "../golden/golden.mjs";
import { eventsSection } from "../life/events.mjs";
import { outcomeOf } from "../result/decision.mjs";
import { resultColumn } from "../result/result.mjs";
import { wordsOf } from "../words/words.mjs";
import { columns } from "./columns.mjs";

/** @typedef {import("../store.mjs").State} State */

/** @param {import("../store.mjs").Store} store @param {import("../engine/decider.mjs").Act} act */
export function page(store, act) {
  const text = editor(store);
  const tabs = fileTabs(store);
  const said = h("p.said", { role: "status" });
  const goTo = (/** @type {{ file: string, line: number, column: number, endLine: number, endColumn: number }} */ place) => {
    // A file that is missing has no place to go to.
    if (!(place.file in store.get().files)) return;
    store.set({ open: place.file, view: "document" });
    text.goTo(place);
  };
  const list = problems(store, goTo, tabs.add);
  const showProblems = () => {
    store.set({ view: "document" });
    list.focus();
    list.scrollIntoView({ block: "nearest" });
  };
  const documentTitle = h("h2.spoken", { id: "document-title" });
  const documentPane = h("section.pane.document", { "aria-labelledby": "document-title" }, documentTitle, tabs.element, text.element, list);
  const grid = h("main.columns");
  const [first, second] = columns(grid, store);
  grid.append(documentPane, first, leadPane(store, (golden) => goTo({ file: store.get().main, line: golden.line, column: 1, endLine: golden.line, endColumn: 1 })), second, resultColumn(store, act, showProblems));
  store.watch(["view"], ({ view }) => { grid.dataset.view = view; });
  store.watch(["locale", "kept", "refusal"], (state) => {
    const say = wordsOf(state);
    document.documentElement.lang = state.locale === "zh" ? "zh-CN" : "en";
    document.title = say.title;
    documentTitle.textContent = say.document;
    said.textContent = state.kept ? (state.refusal ? say[state.refusal] : "") : say.notKept;
  });
  return [head(store, { forget: text.forget, say: (message) => { said.textContent = message; } }), said, grid, views(store)];
}

/** @param {import("../store.mjs").Store} store @param {Parameters<typeof filesMenu>[1]} services */
function head(store, services) {
  const name = h("h1");
  const lead = h("p.lead");
  const language = h("button.language", { type: "button", onclick: () => store.set({ locale: store.get().locale === "zh" ? "en" : "zh" }) });
  store.watch(["locale", "example"], (state) => {
    const say = wordsOf(state);
    fill(name, h("span.product", null, say.product), " ", h("span", null, say.page));
    lead.textContent = state.example === null ? say.lead : aboutOf(state.example)?.about[state.locale] ?? say.starterAbout;
    language.textContent = say.otherLanguage;
    language.lang = state.locale === "zh" ? "en" : "zh-CN";
  });
  return h("header.page-head", null, name, lead, filesMenu(store, services), language);
}

/** @param {import("../store.mjs").Store} store @param {(golden: import("leadgate/author").GoldenLead) => void} showGolden */
function leadPane(store, showGolden) {
  const title = h("h2.spoken", { id: "lead-title" });
  const answers = h("button", { type: "button", onclick: () => store.set({ leadView: "answers" }) });
  const golden = h("button", { type: "button", onclick: () => store.set({ leadView: "golden" }) });
  const origin = h("p.origin");
  const clear = h("button.link", { type: "button", onclick: () => store.set({ lead: {}, stage: null, life: { ...store.get().life, events: [], state: null }, golden: null, walk: null }) });
  const form = h("div.answers", null, h("div.form-head", null, origin, clear), leadForm(store), eventsSection(store));
  const list = goldenList(store, showGolden);
  store.watch(["leadView"], ({ leadView }) => {
    form.hidden = leadView !== "answers";
    list.hidden = leadView !== "golden";
    answers.setAttribute("aria-pressed", String(leadView === "answers"));
    golden.setAttribute("aria-pressed", String(leadView === "golden"));
  });
  store.watch(["locale", "study", "sound"], (state) => {
    const say = wordsOf(state);
    const { text, failed } = goldenCount(state);
    title.textContent = say.leadTitle;
    answers.textContent = say.answers;
    fill(golden, say.golden, " ", text ? h("span.badge", { "data-failed": String(failed) }, text) : null);
    clear.textContent = say.clear;
  });
  store.watch(["locale", "golden", "lead", "stage", "life", "study"], (state) => {
    const say = wordsOf(state);
    fill(origin, state.golden === null ? "" : [say.loaded(state.golden), isGolden(state) ? null : h("span.quiet", null, ` · ${say.changed}`)]);
    clear.disabled = Object.keys(state.lead).length === 0 && state.stage === null && state.life.events.length === 0 && state.life.state === null;
  });
  return h("section.pane.lead-pane", { "aria-labelledby": "lead-title" }, title,
    h("header.pane-head", null, h("div.segments", { role: "group", "aria-labelledby": "lead-title" }, answers, golden)), h("div.pane-body", null, form, list));
}

/** Buttons between the columns, and the outcome always in sight. @param {import("../store.mjs").Store} store */
function views(store) {
  const views = /** @type {const} */ (["document", "lead", "result"]);
  const buttons = views.map((view) => h("button", { type: "button", onclick: () => store.set({ view }) }));
  const nav = h("nav.views", null, buttons);
  const besides = window.matchMedia("(min-width: 800px)");
  besides.addEventListener("change", () => show(store.get()));
  store.watch(["view", "locale", "decided", "study"], show);

  /** @param {State} state */
  function show(state) {
    const say = wordsOf(state);
    nav.setAttribute("aria-label", say.views);
    const errors = state.study?.diagnostics.filter(({ severity }) => severity === "error").length ?? 0;
    const notes = { document: errors > 0 ? say.errors(errors) : "", lead: "", result: state.decided ? outcomeOf(state.decided) ?? "" : "" };
    const names = { document: say.viewDocument, lead: say.viewLead, result: say.viewResult };
    buttons.forEach((button, at) => {
      fill(button, h("span", null, names[views[at]]), notes[views[at]] ? h("small", { "data-view": views[at] }, notes[views[at]]) : null);
      // The document is always there where two columns are.
      const view = besides.matches && state.view === "document" ? "lead" : state.view;
      button.setAttribute("aria-pressed", String(view === views[at]));
    });
  }
  return nav;
}
