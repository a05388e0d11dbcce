// How long policies live, and what a trap leaves behind. The trap build is the page build with one more export, which stops the instance.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compile } from "leadgate/author";
import { LeadgateError, load as loadInFull } from "leadgate";
import { instance as full } from "../../pkg/src/full/build.mjs";
import { Instance } from "../../pkg/src/instance.mjs";
import { border } from "../../pkg/src/page/glue.mjs";
import { runtime } from "../../pkg/src/policy.mjs";

const built = new URL("../../target/wasm-tests/trap/", import.meta.url);
assert.ok(existsSync(built), "the trap build is not there: npm run build -- trap");
const glue = border();
/** What the instance exports. @type {any} */
let exported;

/** The call that traps next. @type {string | undefined} */
let armed;
/** @param {string} name */
function maybeTrap(name) {
  if (armed !== name) return;
  armed = undefined;
  exported.trap();
}

/** The engine, which traps in the call that is armed. */
const Engine = {
  load(/** @type {Uint8Array} */ bytes) {
    maybeTrap("load");
    return glue.Engine.load(bytes);
  },
};
const methods = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (glue.Engine.prototype));
for (const name of Object.getOwnPropertyNames(methods).filter((name) => !["constructor", "free"].includes(name))) {
  const method = methods[name];
  methods[name] = function trapping(/** @type {unknown[]} */ ...args) {
    maybeTrap(name);
    return method.apply(this, args);
  };
}

const instance = new Instance({ ...glue, Engine, initSync: (/** @type {{ module: any }} */ input) => (exported = glue.initSync(input)) }, { keeps: true });
const { load } = runtime(instance.from(() => readFileSync(new URL("leadgate_bg.wasm", built))));

/** @param {string} policy @param {number} points */
function programOf(policy, points) {
  const { program, diagnostics } = compile("policy.yaml", { "policy.yaml": `
leadgate: 1
policy: ${policy}
version: "1"
fields:
  email: { type: string, normalize: [trim, lowercase], format: email }
  seats: { type: int, min: 1, max: 1000 }
scores:
  fit: { range: [0, 100], rules: { size: { by: seats, points: { ">= 100": ${points} } } } }
route:
  outcomes: [sales, nurture]
  rows: [{ id: good, when: { fit: ">= 50" }, to: sales }]
  default: nurture
identity: [email]
` });
  assert.ok(program, JSON.stringify(diagnostics));
  return program;
}

const lead = { email: "A@b.example", seats: 120 };
const programs = [60, 40].map((points, at) => programOf(`p${at}`, points));
const outcomes = ["sales", "nurture"];

/** @param {string} code */
const failsWith = (code) => (/** @type {unknown} */ error) => {
  assert.ok(error instanceof LeadgateError, `${error}`);
  assert.equal(error.code, code);
  return true;
};

/** Every policy answers as it always did. @param {import("leadgate").Policy[]} policies */
function work(policies) {
  policies.forEach((policy, at) => {
    assert.equal(policy.decide(lead).outcome, outcomes[at]);
    assert.deepEqual(policy.decide(lead).identity, [[["email", "a@b.example"]]]);
    assert.equal(policy.explain(lead).scores[0].value, [60, 40][at]);
    assert.deepEqual(policy.possible({ email: lead.email }).outcomes.toSorted(), at === 0 ? ["nurture", "sales"] : ["nurture"]);
    assert.equal(policy.describe().policy, `p${at}`);
  });
}

/** Each question, with the calls into the engine that it makes at the latest for a text that was never seen. */
const questions = /** @type {const} */ ({
  decide: ["decide", "normal"],
  explain: ["ask"],
  possible: ["ask"],
});

for (const [question, calls] of Object.entries(questions)) {
  for (const call of calls) {
    test(`a trap of \`${call}\` in \`${question}\` fails that call, and the policies that were loaded before work on`, () => {
      const policies = programs.map((program) => load(program));
      work(policies);
      const { generation, memory } = instance;
      armed = call;
      assert.throws(() => policies[0][/** @type {keyof questions} */ (question)](lead), (error) => {
        assert.ok(/** @type {Error} */ (error).cause instanceof WebAssembly.RuntimeError);
        return failsWith("internal")(error);
      });
      assert.equal(armed, undefined);
      assert.equal(instance.generation, generation + 1);
      assert.notEqual(instance.memory, memory);
      work(policies.toReversed().toReversed());
      policies.forEach((policy) => policy.free());
    });
  }
}

for (const call of ["load", "describe"]) {
  test(`a trap of \`${call}\` while a policy is loaded`, () => {
    const before = programs.map((program) => load(program));
    armed = call;
    assert.throws(() => load(programs[0]), failsWith("internal"));
    work(before);
    work(programs.map((program) => load(program)));
  });
}

test("a trap while a policy that was loaded before is brought into the fresh instance", () => {
  const policies = programs.map((program) => load(program));
  armed = "decide";
  assert.throws(() => policies[1].decide(lead), failsWith("internal"));
  armed = "load";
  assert.throws(() => policies[0].decide(lead), failsWith("internal"));
  work(policies);
});

test("a trap in another policy while a lead is read leaves no decision on what is gone", () => {
  const policies = programs.map((program) => load(program));
  const crooked = {
    seats: 120,
    get email() {
      armed = "decide";
      assert.throws(() => policies[1].decide(lead), failsWith("internal"));
      return "c@d.example";
    },
  };
  assert.throws(() => policies[0].decide(crooked), failsWith("unreadable-lead"));
  work(policies);
});

test("after free every question says so, and freeing again does nothing", () => {
  const [policy, other] = programs.map((program) => load(program));
  policy.free();
  policy.free();
  for (const ask of [() => policy.decide(lead), () => policy.explain(lead), () => policy.possible(lead), () => policy.describe()]) assert.throws(ask, failsWith("freed"));
  assert.equal(other.decide(lead).outcome, "nurture");
});

test("a policy is freed at the end of a block that uses it", () => {
  const policy = load(programs[0]);
  policy[Symbol.dispose]();
  assert.throws(() => policy.decide(lead), failsWith("freed"));
});

test("a policy can be freed after a trap", () => {
  const policies = programs.map((program) => load(program));
  armed = "decide";
  assert.throws(() => policies[0].decide(lead), failsWith("internal"));
  policies[0].free();
  assert.throws(() => policies[0].decide(lead), failsWith("freed"));
  assert.equal(policies[1].decide(lead).outcome, "nurture");
});

test("a getter that frees the policy it is read by gives no decision out of freed memory", () => {
  const policy = load(programs[0]);
  const email = "e@f.example";
  const decided = policy.decide({ seats: 120, get email() { policy.free(); return email; } });
  assert.equal(decided.outcome, "sales");
  assert.throws(() => policy.decide(lead), failsWith("freed"));
});

test("the full build gives memory back: by free at once, and otherwise when nothing refers to a policy", async () => {
  for (let count = 0; count < 200; count += 1) loadInFull(programs[0]).free();
  const settled = full.memory.buffer.byteLength;
  for (let count = 0; count < 5_000; count += 1) loadInFull(programs[0]).free();
  assert.equal(full.memory.buffer.byteLength, settled);

  setFlagsFromString("--expose-gc");
  const collect = /** @type {() => void} */ (runInNewContext("gc"));
  const forgotten = async () => {
    for (let count = 0; count < 500; count += 1) loadInFull(programs[0]);
    collect();
    // Finalizers run in turns of their own.
    for (let turns = 0; turns < 5; turns += 1) await turn();
  };
  for (let round = 0; round < 3; round += 1) await forgotten();
  const high = full.memory.buffer.byteLength;
  for (let round = 0; round < 10; round += 1) await forgotten();
  // When finalizers run is the host's affair, so some policies more or fewer may live at once; 5,000 that stayed would take many MiB.
  assert.ok(full.memory.buffer.byteLength < high + (1 << 20), `${high} ${full.memory.buffer.byteLength}`);
});

test("the page build gives no memory back, and is replaced before it has much: whatever is loaded, and whatever is asked", () => {
  const policies = programs.map((program) => load(program));
  const { generation } = instance;
  let most = 0;
  for (let count = 0; count < 4_000; count += 1) {
    load(programs[0]);
    if (count % 8 === 0) work(policies);
    most = Math.max(most, instance.memory.buffer.byteLength);
  }
  assert.ok(instance.generation > generation, "it was never replaced");
  assert.ok(most < 10 << 20, `${most}`);
});

test("an instance is not replaced while a question is open: a getter may ask others as often as it likes", () => {
  const [outer, inner] = programs.map((program) => load(program));
  const { generation } = instance;
  const crooked = {
    seats: 120,
    get email() {
      for (let count = 0; count < 4_000; count += 1) load(programs[0]);
      assert.equal(inner.decide(lead).outcome, "nurture");
      assert.equal(instance.generation, generation);
      return lead.email;
    },
  };
  assert.equal(outer.decide(crooked).outcome, "sales");
  assert.equal(outer.decide(lead).outcome, "sales");
  assert.equal(instance.generation, generation + 1);
});

test("the memory may grow at any moment: between a decision and each text of its identity", () => {
  const { program } = compile("policy.yaml", { "policy.yaml": `
leadgate: 1
policy: grows
version: "1"
fields: { company: { type: string }, name: { type: string }, city: { type: string } }
route: { outcomes: [all], default: all }
identity: [[company, name, city]]
` });
  assert.ok(program);
  const policy = load(program);
  for (let count = 0; count < 20_000; count += 1) {
    const answers = { company: `公司 ${count}`, name: `name ${count}`, city: "x".repeat(count % 97 + 1) };
    assert.deepEqual(policy.decide(answers).identity, [Object.entries(answers)]);
  }
});

test("no build that ships has the export that traps", () => {
  for (const name of ["full", "page", "plain", "author"]) {
    const module = new WebAssembly.Module(readFileSync(new URL(`../../pkg/wasm/${name}/leadgate_bg.wasm`, import.meta.url)));
    assert.ok(!WebAssembly.Module.exports(module).some(({ name }) => /trap/.test(name)), name);
  }
  assert.ok(WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(new URL("leadgate_bg.wasm", built)))).some(({ name }) => name === "trap"));
});
