// A policy's names and values as a TypeScript declaration.

import { textAt } from "./texts.mjs";

/**
 * @typedef {import("../../src/index.d.ts").Description} Description
 * @typedef {Description["fields"][number]} Field
 */

const TYPES = { string: "string", int: "number", double: "number", bool: "boolean", enum: "string" };

/** @param {readonly unknown[]} values */
const union = (values) => (values.length === 0 ? "never" : values.map((value) => JSON.stringify(value)).join(" | "));

/** A property's name, quoted where it has to be. @param {string} name */
const key = (name) => (/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name));

/** What a type named after the policy is called. @param {string} policy */
function typeName(policy) {
  const name = policy.split(/[^\p{ID_Continue}]+/u).filter(Boolean).map((word) => word[0].toUpperCase() + word.slice(1)).join("");
  return /^\p{ID_Start}/u.test(name) ? name : `Policy${name}`;
}

/** A text that cannot end the comment it stands in. @param {string | undefined} text */
const comment = (text) => (text === undefined ? [] : [`    /** ${text.replace(/\s+/g, " ").replaceAll("*/", "*\\/")} */`]);

/** @param {{ type: Field["type"], list?: true, values?: readonly unknown[] }} typed */
const valueType = ({ type, list, values }) => {
  const one = values && values.length > 0 && type !== "bool" ? union(values) : TYPES[type];
  return list ? `(${one})[]` : one;
};

/**
 * @param {Description} description
 * @param {import("../../src/author.d.ts").Texts} texts
 * @param {string} locale of the labels
 */
export function declaration({ policy, version, fields, scores, outputs, stages, outcomes, screen, messages, queues }, texts, locale) {
  const name = typeName(policy);
  return [
    `// The policy \`${policy.replace(/\s+/g, " ")}\`, version ${version.replace(/\s+/g, " ")}. Written by \`leadgate types\`; a change to the policy wants it written again.`,
    "",
    'import type { Shape } from "leadgate";',
    "",
    `/** For \`load<${name}>(program)\`. */`,
    `export interface ${name} extends Shape {`,
    "  fields: {",
    ...fields.flatMap((field) => [
      ...comment(textAt(texts, locale, ["fields", field.name])),
      `    ${key(field.name)}: { value: ${valueType(field)}; choice: ${union(field.choices ?? [])} };`,
    ]),
    "  };",
    `  scores: ${union(scores.map((score) => score.name))};`,
    "  outputs: {",
    ...outputs.map((output) => `    ${key(output.name)}: ${valueType(output)};`),
    "  };",
    `  stages: ${union(stages)};`,
    `  outcomes: ${outcomes.length === 0 ? "null" : union(outcomes)};`,
    `  screen: ${union(screen)};`,
    `  messages: ${union(messages)};`,
    `  queues: ${union(queues.map((queue) => queue.name))};`,
    "}",
    "",
  ].join("\n");
}
