// What can stand where the cursor is: keys out of the document's schema, names out of the document itself.

import { autocompletion } from "@codemirror/autocomplete";
import schema from "../../../../schema/leadgate.schema.json" with { type: "json" };
import { outlineOf } from "../parts.mjs";
import { contextOf } from "./context.mjs";

/** @typedef {import("leadgate/author").Outline} Outline */
/** @typedef {{ label: string, detail?: string, type?: string, apply?: string }} Option */
/** @typedef {Record<string, any>} Schema */

/** A schema with its references and alternatives followed. @param {Schema | undefined} node @returns {Schema[]} */
function followed(node) {
  if (!node) return [];
  if (node.$ref) return followed(/** @type {Record<string, Schema>} */ (schema.$defs)[node.$ref.replace("#/$defs/", "")]);
  return node.anyOf ? [node, ...node.anyOf.flatMap(followed)] : [node];
}

/** What the schema says about a path. @param {string[]} path */
function schemaAt(path) {
  /** @type {Schema[]} */
  let nodes = [schema];
  for (const key of path) {
    nodes = nodes.flatMap((node) => {
      if (key === "[]") return followed(node.items);
      const next = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : node.additionalProperties;
      return typeof next === "object" ? followed(next) : [];
    });
  }
  return nodes;
}

/** @param {string[]} labels @param {string} detail @returns {Option[]} */
const named = (labels, detail) => labels.map((label) => ({ label, detail }));

/** Names of the document that may stand as a key. @param {string[]} path @param {Outline} outline @returns {Option[]} */
function nameKeys(path, outline) {
  const fields = named(outline.fields.map(({ name }) => name), "field");
  const derives = named(outline.derives, "derive");
  const results = [...named(outline.scores.map(({ name }) => name), "score"), ...named(outline.outputs, "output")];
  switch (path.at(-1)) {
    case "when": return [...fields, ...derives, ...results, ...named(outline.stages.length > 0 ? ["stage"] : [], "stage")];
    case "lead": return fields;
    case "prior": return named(["answered", "declined", "unanswered"], "state");
    case "expect": return [...results, ...named(["route", "stage", "screen", "outcome", "faults"], "decision")];
    default: return [];
  }
}

/** Names of the document that may stand as a value. @param {string[]} path @param {Outline} outline @returns {Option[]} */
function nameValues(path, outline) {
  const keys = path.filter((key) => key !== "[]");
  const [key, holder] = [keys.at(-1) ?? "", keys.at(-2)];
  const stages = named(outline.stages, "stage");
  const outcomes = named(outline.outcomes, "outcome");
  if (holder === "when" || holder === "lead" || holder === "expect" || holder === "state") {
    if (key === "stage") return stages;
    if (key === "route" || key === "outcome") return outcomes;
    return named(outline.fields.find(({ name }) => name === key)?.values ?? [], "value");
  }
  switch (key) {
    case "by": return [...named(outline.fields.map(({ name }) => name), "field"), ...named(outline.derives, "derive")];
    case "field": case "require": return named(outline.fields.map(({ name }) => name), "field");
    case "to": case "from": return path[0] === "stages" ? stages : path[0] === "route" ? outcomes : [];
    case "default": case "on_fault": return path[0] === "route" ? outcomes : [];
    case "sum": return named(outline.scores.map(({ name }) => name), "score");
    case "identity": return named(outline.fields.map(({ name }) => name), "field");
    default: return [];
  }
}

/**
 * @param {string[]} lines before the cursor's
 * @param {string} line up to the cursor
 * @param {Outline | null} outline
 * @returns {{ word: string, options: Option[] } | null}
 */
export function optionsAt(lines, line, outline) {
  const context = contextOf(lines, line);
  if (!context) return null;
  const { path, at, word } = context;
  const nodes = schemaAt(path);
  if (at === "key") {
    const keys = nodes.flatMap(({ properties = {} }) => Object.entries(properties).map(([label, { description }]) => ({ label, detail: description, type: "property", apply: `${label}: ` })));
    const names = outline ? nameKeys(path, outline).map((option) => ({ ...option, apply: `${option.label}: ` })) : [];
    return { word, options: [...keys, ...names] };
  }
  const values = nodes.flatMap((node) => [...(node.enum ?? []), ...(node.type === "boolean" ? [true, false] : [])]).map((value) => ({ label: String(value), type: "constant" }));
  return { word, options: [...values, ...(outline ? nameValues(path, outline) : [])] };
}

/** @param {import("../store.mjs").Store} store */
export const completion = (store) => autocompletion({
  icons: false,
  override: [({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const lines = state.doc.sliceString(0, line.from).split("\n").slice(0, -1);
    const found = optionsAt(lines, line.text.slice(0, pos - line.from), outlineOf(store.get()));
    if (!found || found.options.length === 0 || (found.word === "" && !explicit)) return null;
    return { from: pos - found.word.length, options: found.options, validFor: /^[\w.]*$/ };
  }],
});
