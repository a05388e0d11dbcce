// What it takes to ask more than a page asks; a page does not download it.

/**
 * @typedef {import("../engine.mjs").Loaded} Loaded
 * @typedef {import("../engine.mjs").How} How
 * @typedef {ReturnType<typeof partsOf>} Parts
 */

/** @param {Loaded} loaded */
export const partsOf = (loaded) => ({
  made: loaded.made,
  engine: () => /** @type {import("../engine.mjs").FullEngine} */ (loaded.current().engine),
  results: () => loaded.current().results,
  memory: () => loaded.instance.memory,
  /** @param {Record<string, unknown>} lead @param {How} how */
  write: (lead, how) => loaded.write(lead, how),
  /** @param {number} wrong @param {How} how */
  drop: (wrong, how) => loaded.drop(wrong, how),
  /** @param {import("../index.d.ts").Options | undefined} options @param {boolean} open */
  how: (options, open) => loaded.how(options, open),
  /** @param {import("../index.d.ts").NextOptions} [options] */
  asking: (options) => loaded.asking(options),
  /** @param {How} how @param {number[]} numbers */
  decision: (how, numbers) => loaded.decision(how, numbers),
  decisive: () => loaded.decisive(),
});
