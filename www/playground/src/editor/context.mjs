// Where in a document the cursor stands: by indentation and brackets, for a text that is being written is rarely whole YAML.

/**
 * @typedef {object} Context
 * @property {string[]} path keys from the top; `[]` is an item of a list
 * @property {"key" | "value"} at whether a key or a value is being written
 * @property {string} word what there is of it
 */

/** What a line opens before the cursor. @param {string} text @returns {{ keys: string[], at: "key" | "value", word: string } | null} null inside quotes or a comment */
function scan(text) {
  /** @type {{ close: string, key: string | null }[]} */
  const frames = [{ close: "", key: null }];
  let word = "";
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    const frame = frames[frames.length - 1];
    if (quote) {
      if (character === quote) quote = "";
      else word += character;
    } else if ((character === '"' || character === "'") && word === "") quote = character;
    else if (character === "#" && (at === 0 || text[at - 1] === " ")) return null;
    else if ((character === "{" || character === "[") && word === "") frames.push({ close: character === "{" ? "}" : "]", key: null });
    else if (character === frame.close) {
      frames.pop();
      word = "";
    } else if (character === "," && frame.close !== "") {
      frame.key = null;
      word = "";
    } else if (character === ":" && (at + 1 === text.length || text[at + 1] === " ") && frame.close !== "]") {
      frame.key = word.trim();
      word = "";
    } else if (word !== "" || character !== " ") word += character;
  }
  if (quote) return null;
  const keys = frames.flatMap(({ close, key }) => (close === "]" ? ["[]"] : key !== null ? [key] : []));
  const last = frames[frames.length - 1];
  return { keys, at: last.close === "]" || last.key !== null ? "value" : "key", word };
}

/** How far a line is indented, past the dashes of a list; how many dashes there are; and the rest. @param {string} line */
function parts(line) {
  const [, space, dashes, rest] = /** @type {RegExpMatchArray} */ (line.match(/^( *)((?:- +)*)(.*)$/));
  return { indent: space.length, inner: space.length + dashes.length, items: dashes.split("-").length - 1, rest };
}

/**
 * @param {string[]} lines those before the cursor's, from the top
 * @param {string} line the cursor's, up to the cursor
 * @returns {Context | null} null where nothing can be said
 */
export function contextOf(lines, line) {
  const own = parts(line);
  const here = scan(own.rest);
  if (!here) return null;
  /** @type {string[]} */
  const path = [...Array.from({ length: own.items }, () => "[]"), ...here.keys];
  let below = own.indent;
  // A list may stand as far left as the key that it belongs to.
  let listed = own.items > 0;
  for (let at = lines.length - 1; at >= 0 && (below > 0 || listed); at -= 1) {
    if (/^\s*(#|$)/.test(lines[at])) continue;
    const { indent, inner, items, rest } = parts(lines[at]);
    const key = rest.match(/^(?:"([^"]*)"|'([^']*)'|([^\s#:{[][^:]*?)):(?: |$)/);
    const encloses = inner < below || (listed && items === 0 && indent === below);
    if (!key || !encloses) {
      if (items > 0 && indent < below && below <= inner) {
        path.unshift(...Array.from({ length: items }, () => "[]"));
        below = indent;
        listed = true;
      }
      continue;
    }
    path.unshift(...Array.from({ length: items }, () => "[]"), key[1] ?? key[2] ?? key[3]);
    below = indent;
    listed = items > 0;
  }
  return { path, at: here.at, word: here.word };
}
