// The nearest of some names to a misspelt one.

/** Letter changes between two words, neighbours swapped counting once. @param {string} left @param {string} right */
function distance(left, right) {
  const [a, b] = [[...left], [...right]];
  let before = /** @type {number[]} */ ([]);
  let above = b.map((_, index) => index).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length];
}

/** What people vary in names without meaning another one. @param {string} name */
const plain = (name) => name.toLowerCase().replace(/[\s_.-]+/g, "");

/**
 * The candidate that `name` most likely stands for, if any is near.
 * @param {string} name
 * @param {Iterable<string>} candidates
 * @returns {string | undefined}
 */
export function nearest(name, candidates) {
  if (name.length > 60) return undefined;
  const wanted = plain(name);
  let best;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = distance(wanted, plain(candidate));
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}
