// The edge's own pages have the colours and sizes of the landing page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { STYLES } from "../../www/edge/styles.mjs";

test("every token is the landing page's, by light and by dark", () => {
  /** @param {string} css @returns {string[][]} names with their values, in all places where they stand */
  const tokens = (css) => [...css.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]);
  const site = tokens(readFileSync(new URL("../../www/site/styles/tokens.css", import.meta.url), "utf8"));
  const edge = tokens(STYLES);
  const names = new Set(edge.map(([name]) => name));
  assert.deepEqual(edge, site.filter(([name]) => names.has(name)));
  for (const [, name] of STYLES.matchAll(/var\(--([\w-]+)\)/g)) assert.ok(names.has(name), `--${name} is used and not there`);
});
