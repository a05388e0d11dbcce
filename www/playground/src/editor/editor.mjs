// The text of the open file.

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { h } from "../dom.mjs";
import { wordsOf } from "../words/words.mjs";
import { completion } from "./completion.mjs";
import { hangingIndent } from "./hanging.mjs";
import { rangeOf } from "./places.mjs";
import { highlight, theme } from "./theme.mjs";

/** @param {import("../store.mjs").Store} store */
export function editor(store) {
  const label = new Compartment();
  // Inside a shadow root the editor's styles are constructed sheets, which a strict style-src allows; in the document they would be style elements.
  const host = h("div.editor-host");
  const root = host.attachShadow({ mode: "open" });

  /** @param {string} path */
  const attributes = (path) => {
    const say = wordsOf(store.get());
    return EditorView.contentAttributes.of({ "aria-label": say.editor(path), "aria-description": say.editorHelp, tabindex: "0", spellcheck: "false", translate: "no" });
  };

  /** @param {string} path @param {string} text */
  const stateOf = (path, text) => EditorState.create({
    doc: text,
    extensions: [
      lintGutter(), lineNumbers(), foldGutter(), highlightActiveLineGutter(), highlightActiveLine(), highlightSpecialChars(), history(), drawSelection(),
      indentOnInput(), bracketMatching(), closeBrackets(), EditorState.tabSize.of(2), EditorView.lineWrapping, hangingIndent,
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
      /\.(ya?ml|json)$/i.test(path) ? [yaml(), completion(store)] : [],
      syntaxHighlighting(highlight), theme, label.of(attributes(path)),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        const text = update.state.doc.toString();
        const { files } = store.get();
        if (files[path] !== undefined && files[path] !== text) store.set({ files: { ...files, [path]: text } });
      }),
    ],
  });

  /** What was done to each file, so that going back to it can still be undone. @type {Map<string, EditorState>} */
  const states = new Map();
  let { open, files, main } = store.get();
  const view = new EditorView({ state: stateOf(open, files[open] ?? ""), root, parent: root });

  store.watch(["open", "files"], (state) => {
    for (const path of states.keys()) if (!(path in state.files)) states.delete(path);
    if (state.open !== open || state.main !== main) {
      if (open in state.files) states.set(open, view.state);
      ({ open, main } = state);
      view.setState(states.get(open) ?? stateOf(open, state.files[open] ?? ""));
      mark(state);
    }
    const text = state.files[open] ?? "";
    const { doc } = view.state;
    if (doc.length !== text.length || doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  });
  store.watch(["study"], mark);
  store.watch(["locale", "open"], () => view.dispatch({ effects: label.reconfigure(attributes(open)) }));

  /** @param {import("../store.mjs").State} state */
  function mark({ study }) {
    const found = (study?.diagnostics ?? []).filter(({ file }) => file === open);
    view.dispatch(setDiagnostics(view.state, found.map(({ severity, message, help, code, ...place }) => ({
      ...rangeOf(place, view.state.doc), severity, source: code, message: help ? `${message}\n${help}` : message,
    }))));
  }

  // Problems that come up under the text take room from it, and must not cover what is being typed.
  new ResizeObserver(() => {
    if (view.hasFocus) view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: "nearest", yMargin: 40 }) });
  }).observe(host);

  return {
    element: h("div.editor", null, host),
    view,
    /** Goes to a place in the open file. @param {{ line: number, column: number, endLine: number, endColumn: number }} place */
    goTo(place) {
      const { from, to } = rangeOf(place, view.state.doc);
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    /** Forgets what was done to the files, for they are others now. */
    forget() {
      states.clear();
    },
  };
}
