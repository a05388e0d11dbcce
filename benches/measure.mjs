// Measures one engine in a process of its own, and prints what came out as one line of JSON. run.mjs starts it.
//
//   node benches/measure.mjs speed ENGINE SHAPES ROUNDS MILLISECONDS
//   node benches/measure.mjs check ENGINE SHAPES
//   node benches/measure.mjs growth ENGINE DOCUMENT ROUNDS MILLISECONDS
//   node benches/measure.mjs growth-check ENGINE DOCUMENT
//   node benches/measure.mjs cold ENGINE
//   node benches/measure.mjs columns ENGINE ROUNDS MILLISECONDS
//   node benches/measure.mjs columns-check ENGINE

import { isDeepStrictEqual } from "node:util";
import { columned, engines } from "./engines/index.mjs";
import { Batch, compare, Subject } from "./timing.mjs";
import { generate } from "./workload/leads.mjs";

/** Calls the engine with every lead and compares the results with the oracle's. Speed means nothing before this has passed. */
async function agree(decide, oracle, leads) {
  for (const [index, lead] of leads.entries()) {
    const expected = oracle(lead);
    const actual = await decide(lead);
    if (!isDeepStrictEqual(actual, expected)) {
      throw new Error(`lead ${index} comes out as ${JSON.stringify(actual)}, not as ${JSON.stringify(expected)}: ${JSON.stringify(lead)}`);
    }
  }
  return leads.length;
}

async function workloadOf(engine, shapes) {
  const { score } = await import("./workload/oracle.mjs");
  const leads = generate(shapes);
  const decide = await engine.prepare(await engine.ahead?.());
  return { decide, score, leads, agreed: await agree(decide, score, leads) };
}

async function growthOf(engine, document) {
  const { grown } = await import("./workload/grow.mjs");
  const made = grown[document]();
  const leads = generate("eight");
  const decide = await engine.prepareGrown(made);
  return { decide, leads, agreed: await agree(decide, made.oracle, leads) };
}

/** Many leads in a call, and after it the results row by row. */
async function columnsOf(engine) {
  const { score } = await import("./workload/oracle.mjs");
  const leads = generate("eight");
  const { run, count, at } = await engine.prepare(await engine.ahead?.(), leads);
  const found = run();
  for (let row = 0; row < count; row++) {
    const [expected, actual] = [score(leads[row % leads.length]), at(found, row)];
    if (!isDeepStrictEqual(actual, expected)) throw new Error(`row ${row} comes out as ${JSON.stringify(actual)}, not as ${JSON.stringify(expected)}`);
  }
  return { run, count, score, leads, agreed: count };
}

const tasks = {
  async "columns-check"(engine) {
    const { agreed } = await columnsOf(engine);
    return { agreed };
  },
  async columns(engine, rounds, milliseconds) {
    const { run, count, score, leads, agreed } = await columnsOf(engine);
    const timing = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
    return { agreed, ...await compare(new Batch(run, count), new Subject(score, leads), timing) };
  },
  async check(engine, shapes) {
    const { agreed } = await workloadOf(engine, shapes);
    return { agreed };
  },
  async speed(engine, shapes, rounds, milliseconds) {
    const { decide, score, leads, agreed } = await workloadOf(engine, shapes);
    const timing = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
    return { agreed, ...await compare(new Subject(decide, leads, engine), new Subject(score, leads), timing) };
  },
  async "growth-check"(engine, document) {
    const { agreed } = await growthOf(engine, document);
    return { agreed };
  },
  async growth(engine, document, rounds, milliseconds) {
    const { decide, leads, agreed } = await growthOf(engine, document);
    const { score } = await import("./workload/oracle.mjs");
    const timing = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
    return { agreed, ...await compare(new Subject(decide, leads, engine), new Subject(score, leads), timing) };
  },
  /** From nothing imported to the first decision; the process's own start is not counted. */
  async cold(engine) {
    const [lead] = generate("eight");
    const prepared = await engine.ahead?.();
    const began = performance.now();
    const decide = await engine.prepare(prepared);
    await decide(lead);
    return { milliseconds: performance.now() - began };
  },
};

const [task, name, ...rest] = process.argv.slice(2);
const engine = [...engines, ...columned].find((candidate) => candidate.name === name);
try {
  console.log(JSON.stringify(await tasks[task](engine, ...rest)));
} catch (error) {
  if (error.name === "Unavailable") console.log(JSON.stringify({ unavailable: error.message }));
  else console.log(JSON.stringify({ failed: error.message }));
}
