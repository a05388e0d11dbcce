// Lines that are wrapped go on below their own text, not below the margin: indentation is what says what belongs where.

import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

/** Characters that the rest of a line stands further in than its beginning. */
const FURTHER = 2;
/** Deeper than this, a narrow window would have no room left. */
const DEEPEST = 12;

const depths = Array.from({ length: DEEPEST + 1 }, (_, indent) => indent);
const decorations = depths.map((indent) => Decoration.line({ class: `cm-hanging-${indent}` }));

// By class, for browsers copy style attributes when they edit text, and the page's policy refuses such copies.
const styles = EditorView.baseTheme(Object.fromEntries(depths.map((indent) => [`.cm-line.cm-hanging-${indent}`, { paddingLeft: `calc(6px + ${indent + FURTHER}ch)`, textIndent: `-${indent + FURTHER}ch` }])));

/** @param {import("@codemirror/view").EditorView} view */
function decorate(view) {
  /** @type {RangeSetBuilder<Decoration>} */
  const builder = new RangeSetBuilder();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      builder.add(line.from, line.from, decorations[Math.min(line.text.length - line.text.trimStart().length, DEEPEST)]);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const plugin = ViewPlugin.fromClass(class {
  /** @param {import("@codemirror/view").EditorView} view */
  constructor(view) {
    this.decorations = decorate(view);
  }

  /** @param {import("@codemirror/view").ViewUpdate} update */
  update({ docChanged, viewportChanged, view }) {
    if (docChanged || viewportChanged) this.decorations = decorate(view);
  }
}, { decorations: (made) => made.decorations });

export const hangingIndent = [plugin, styles];
