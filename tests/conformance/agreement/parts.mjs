// An expression's parts, by where they stand in its text: as much of a parser as making it smaller needs. What it cannot read has no parts.

/**
 * @typedef {object} Part
 * @property {number} start
 * @property {number} end
 * @property {Part[]} children
 * @property {{ names: string[], range: Part, body: Part[], bind?: boolean }} [macro] what binds names for some of the children
 * @property {string} [name] of an identifier
 */

const RAW = /(?:[rR][bB]?|[bB][rR])(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/;
const QUOTED = /[bB]?(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/;
const NUMBER = /0x[\da-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?[uU]?/;
const TOKEN = new RegExp([/\s+|\/\/[^\n]*/, RAW, QUOTED, /`[^`]*`/, NUMBER, /[A-Za-z_]\w*|&&|\|\||[<>=!]=|[^]/].map(({ source }) => source).join("|"), "g");

const LEVELS = [["||"], ["&&"], ["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];
const MACROS = new Set(["all", "exists", "exists_one", "existsOne", "map", "filter", "optMap", "optFlatMap", "sortBy"]);
const PAIRS = new Set(["transformList", "transformMap", "transformMapEntry"]);
const TWO = new Set(["all", "exists", "exists_one", "existsOne"]);

/** @param {string} text @returns {Part} */
export function parts(text) {
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter((token) => !/^(?:\s|\/\/)/.test(token.text));
  let at = 0;
  const peek = () => tokens[at]?.text;
  const before = () => tokens[at - 1].end;
  /** @param {string} expected */
  const take = (expected) => {
    if (peek() !== expected) throw new Error(`\`${expected}\` expected at ${tokens[at]?.start}`);
    at += 1;
  };
  /** @param {string} maybe */
  const skip = (maybe) => peek() === maybe && (at += 1) > 0;
  const word = () => {
    const name = peek();
    if (!/^[A-Za-z_`]/.test(name ?? "")) throw new Error("a name expected");
    at += 1;
    return name;
  };
  /** @param {number} start @param {Part[]} children @param {Partial<Part>} [rest] @returns {Part} */
  const part = (start, children, rest) => ({ start, end: before(), children, ...rest });

  /** @returns {Part} */
  function whole() {
    const condition = binary(0);
    if (!skip("?")) return condition;
    const yes = whole();
    take(":");
    return part(condition.start, [condition, yes, whole()]);
  }

  /** @param {number} level @returns {Part} */
  function binary(level) {
    if (level === LEVELS.length) return unary();
    let left = binary(level + 1);
    while (LEVELS[level].includes(peek())) {
      at += 1;
      left = part(left.start, [left, binary(level + 1)]);
    }
    return left;
  }

  /** @returns {Part} */
  function unary() {
    const { start } = tokens[at] ?? { start: text.length };
    if (/^[!-]$/.test(peek() ?? "")) {
      const minus = peek() === "-";
      at += 1;
      const literal = minus && /^[\d.]/.test(peek() ?? "");
      const operand = unary();
      // A negative number is one literal.
      return part(start, literal && operand.children.length === 0 ? [] : [operand]);
    }
    return member();
  }

  /** @param {string} close @returns {Part[]} */
  function list(close) {
    const all = [];
    while (!skip(close)) {
      skip("?");
      all.push(whole());
      if (skip(":")) all.push(whole());
      if (peek() !== close) take(",");
    }
    return all;
  }

  /** @param {number} start @param {Part} target @param {string} name @param {Part[]} args */
  function called(start, target, name, args) {
    if (name === "bind" && target.name === "cel" && args[0]?.name) {
      return part(start, args.slice(1), { macro: { names: [args[0].name], range: args[1], body: args.slice(2), bind: true } });
    }
    const count = PAIRS.has(name) || (TWO.has(name) && args.length === 3) ? 2 : MACROS.has(name) ? 1 : 0;
    const names = args.slice(0, count).map((arg) => arg.name);
    if (count > 0 && names.every((one) => one !== undefined)) {
      return part(start, [target, ...args.slice(count)], { macro: { names: /** @type {string[]} */ (names), range: target, body: args.slice(count) } });
    }
    return part(start, target.name && /^(?:math|optional|sets|lists|regex|base64|strings|cel)$/.test(target.name) ? args : [target, ...args]);
  }

  /** @returns {Part} */
  function member() {
    let left = primary();
    for (;;) {
      if (skip(".")) {
        skip("?");
        const name = word();
        left = skip("(") ? called(left.start, left, name, list(")")) : part(left.start, [left]);
      } else if (skip("[")) {
        skip("?");
        const index = whole();
        take("]");
        left = part(left.start, [left, index]);
      } else {
        return left;
      }
    }
  }

  /** @returns {Part} */
  function primary() {
    const token = tokens[at];
    if (!token) throw new Error("an expression expected");
    const { start } = token;
    if (skip("(")) {
      const inner = whole();
      take(")");
      return part(start, inner.children, { macro: inner.macro, name: inner.name });
    }
    if (skip("[")) return part(start, list("]"));
    if (skip("{")) return part(start, list("}"));
    skip(".");
    const text = peek();
    at += 1;
    if (!/^[A-Za-z_]\w*$/.test(text)) {
      if (!/^[\d."'rRbB]/.test(text)) throw new Error(`\`${text}\` is no expression`);
      return part(start, []);
    }
    if (!skip("(")) return part(start, [], /^(?:true|false|null)$/.test(text) ? {} : { name: text });
    const args = list(")");
    // What `has` asks about must stay a selection.
    return part(start, text === "has" ? args[0].children : args);
  }

  const all = whole();
  if (at !== tokens.length) throw new Error(`something else at ${tokens[at].start}`);
  return all;
}

/** How many parts there are. @param {Part} part @returns {number} */
export const size = (part) => 1 + part.children.reduce((sum, child) => sum + size(child), 0);
