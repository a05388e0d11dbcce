// The policy's own texts, in the reader's language.

/**
 * The text for a path in the document, such as `scores.fit.need.seats` or `fields.seats`: in the language asked for,
 * otherwise in the first one that has it.
 * @param {import("../../src/author.d.ts").Texts} texts
 * @param {string} locale
 * @param {(string | null)[]} path parts; those that are null are left out
 * @returns {string | undefined}
 */
export function textAt(texts, locale, path) {
  const key = path.filter((part) => part !== null && part !== "").join(".");
  const blocks = [texts[locale], ...Object.keys(texts).sort().map((name) => texts[name])];
  return blocks.find((block) => block && Object.hasOwn(block, key))?.[key];
}
