// The conformance tests of CEL as lines for the runner: plain data of `@bufbuild/cel-spec`, in proto3 JSON.

import { tests } from "@bufbuild/cel-spec/testdata/conformance.js";

/**
 * @typedef {{ [kind: string]: any }} Typed a value or a type in the suite's proto3 JSON
 * @typedef {object} Test
 * @property {string} id its place in the suite; a second test of the same name has `#2` behind it
 * @property {string} section the first part of the place
 * @property {object} line what the runner is asked
 * @property {Typed} [value] what must come out
 * @property {string} [type] the type that must be deduced, as the runner writes it
 * @property {boolean} fails it must fail while it is evaluated
 * @property {boolean} checkOnly
 * @property {any} original
 */

/** @param {any} suite @param {string[]} place @returns {{ place: string[], test: any }[]} */
const flat = (suite, place) => [
  ...(suite.tests ?? []).map((/** @type {any} */ test) => ({ place, test })),
  ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => flat(inner, [...place, inner.name])),
];

/** A type as the runner writes it. @param {Typed} type @returns {string} */
function typeText(type) {
  const [[kind, of]] = Object.entries(type);
  /** @param {any[]} types */
  const all = (types) => types.map(typeText).join(", ");
  switch (kind) {
    case "primitive":
      return { INT64: "int", UINT64: "uint" }[/** @type {string} */ (of)] ?? of.toLowerCase();
    case "listType":
      return `list(${typeText(of.elemType)})`;
    case "mapType":
      return `map(${all([of.keyType, of.valueType])})`;
    case "abstractType":
      return `${of.name}(${all(of.parameterTypes)})`;
    default:
      return kind;
  }
}

/** @type {Map<string, number>} */
const seen = new Map();

/** @param {{ place: string[], test: any }} found @returns {Test} */
function toTest({ place, test: { original } }) {
  const name = [...place, original.name].join("/");
  const count = (seen.get(name) ?? 0) + 1;
  seen.set(name, count);
  const id = count === 1 ? name : `${name}#${count}`;
  const { expr, bindings = {}, container, typeEnv, disableCheck, checkOnly = false, value, typedResult, evalError } = original;
  return {
    id,
    section: place[0],
    line: {
      id, expr, container, disable_check: disableCheck, check_only: checkOnly || undefined, type_env: typeEnv,
      bindings: Object.fromEntries(Object.entries(bindings).map(([variable, bound]) => [variable, bound.value])),
    },
    // A test that expects nothing expects `true`.
    value: evalError || checkOnly ? undefined : (typedResult?.result ?? value ?? { boolValue: true }),
    type: typedResult?.deducedType && typeText(typedResult.deducedType),
    fails: evalError !== undefined,
    checkOnly,
    original,
  };
}

/** All tests, in the order of the suite. */
export const suite = flat(tests, []).map(toTest);
