// The declaration that the type tests use is the one that the command writes now.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("the declaration of the shipped policy is current", () => {
  const folder = mkdtempSync(join(tmpdir(), "leadgate-types-"));
  try {
    const target = join(folder, "policy.d.ts");
    const { status, stderr } = spawnSync(process.execPath, [join(root, "pkg/cli/main.mjs"), "types", join(root, "policies/saas-inbound/policy.yaml"), "-o", target, "--locale", "en"], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.equal(
      readFileSync(new URL("saas-inbound.d.ts", import.meta.url), "utf8"), readFileSync(target, "utf8"),
      "the policy has changed: node pkg/cli/main.mjs types policies/saas-inbound/policy.yaml --locale en -o tests/node/typed/saas-inbound.d.ts",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
