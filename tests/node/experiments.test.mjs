// Experiments through the package, and their vectors by an independent implementation.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "leadgate";
import { compile } from "leadgate/author";
import { load as loadPage } from "leadgate/page";

const vectorsPath = fileURLToPath(new URL("../vectors/experiments.json", import.meta.url));
/** @type {{ buckets: { name: string, text: string, bucket: number }[], arms: { experiment: string, arms: [string, number][], text: string, arm: string }[] }} */
const vectors = JSON.parse(readFileSync(vectorsPath, "utf8"));

test("the vectors are those of an implementation from the documentation alone", () => {
  const { status, stdout, stderr, error } = spawnSync("python3", [fileURLToPath(new URL("../experiments/check.py", import.meta.url)), vectorsPath], { encoding: "utf8" });
  if (error) assert.fail(`python3 does not run (${error.message}); it checks experiments independently and is on every Debian: apt-get install python3`);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^32 buckets and 96 arms/);
});

test("the package finds the arms and buckets of the vectors", () => {
  // Names of experiments are ASCII.
  const arms = vectors.arms.filter(({ experiment, text }) => /^[a-z0-9_]+$/.test(experiment) && text !== "");
  assert.ok(arms.length >= 60);
  for (const name of new Set(arms.map(({ experiment, arms }) => JSON.stringify([experiment, arms])))) {
    const [experiment, weights] = /** @type {[string, [string, number][]]} */ (JSON.parse(name));
    const rows = weights.map(([arm]) => `{ when: { ${experiment}: "${arm}" }, then: "${arm}" }`);
    const values = weights.map(([arm]) => `"${arm}"`).join(", ");
    const { program, diagnostics } = compile("p.yaml", { "p.yaml": `
leadgate: 1
policy: p
version: "1"
fields: { text: { type: string } }
experiments: { ${experiment}: { by: text, arms: { ${weights.map(([arm, weight]) => `"${arm}": ${weight}`).join(", ")} } } }
derive: { bucket_of: 'bucket(text, "${experiment}")' }
scores: { low: { rules: { low: { by: bucket_of, points: { ${Array.from({ length: 100 }, (_, at) => `"${at}": ${at + 1}`).join(", ")} } } } } }
tables: { arm: { hit: first, outputs: { arm: [${values}, none] }, rows: [${rows.join(", ")}, { then: none }] } }
` });
    assert.ok(program, diagnostics.map(({ rendered }) => rendered).join("\n"));
    const policy = load(program);
    for (const { text, arm } of arms.filter((item) => item.experiment === experiment && JSON.stringify(item.arms) === JSON.stringify(weights))) {
      const { scores, tables } = policy.decide({ text });
      assert.equal(tables.arm, arm, `${experiment} ${text}`);
      assert.equal(scores.low, /** @type {any} */ (vectors.buckets.find((item) => item.name === experiment && item.text === text)).bucket + 1);
    }
    assert.equal(policy.decide({}).tables.arm, "none");
    assert.deepEqual([.../** @type {string[]} */ (policy.possible({}).tables.arm)].sort(), [...weights.map(([arm]) => arm), "none"].sort());
    assert.throws(() => loadPage(program), { code: "program-capability" });
  }
});
