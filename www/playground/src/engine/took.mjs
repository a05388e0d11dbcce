// How long things took, where the browser's own tools and the project's measurements find it.

/** @param {string} name @param {number} ms until now */
export function took(name, ms) {
  const end = performance.now();
  performance.measure(name, { start: Math.max(0, end - ms), end });
}
