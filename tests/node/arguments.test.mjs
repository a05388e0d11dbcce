import assert from "node:assert/strict";
import { test } from "node:test";
import { helpOf, parse } from "../../pkg/cli/arguments.mjs";
import { commands } from "../../pkg/cli/commands/index.mjs";
import { nearest } from "../../pkg/cli/nearest.mjs";

const decide = await commands.decide();
const format = await commands.format();

test("options and arguments are read in any order", () => {
  const { values, args } = parse(decide, ["p.yaml", "-o", "out.csv", "--map", "a=b", "leads.csv", "--map=c=d", "--on-invalid", "refuse"]);
  assert.deepEqual(args, ["p.yaml", "leads.csv"]);
  assert.deepEqual({ ...values }, { "out-file": "out.csv", map: ["a=b", "c=d"], "on-invalid": "refuse" });
});

test("a lone dash is an argument, and after two dashes everything is", () => {
  assert.deepEqual(parse(decide, ["p.yaml", "-"]).args, ["p.yaml", "-"]);
  assert.deepEqual(parse(format, ["--", "--check"]).args, ["--check"]);
});

for (const [what, command, argv, message, help] of /** @type {[string, import("../../pkg/cli/arguments.mjs").Command, string[], string, string][]} */ ([
  ["an unknown option", decide, ["--encodng", "gbk", "a", "b"], "`decide` has no option `--encodng`", "did you mean `--encoding`?"],
  ["an option unlike any", decide, ["--frobnicate", "a", "b"], "`decide` has no option `--frobnicate`", "leadgate decide --help tells what it takes"],
  ["a value that is not a choice", decide, ["--on-invalid", "refused", "a", "b"], "`--on-invalid refused` is none of refuse, absent", "did you mean `refuse`?"],
  ["too few arguments", decide, ["a"], "usage: leadgate decide <policy.yaml|policy.lgp> <leads.csv|leads.jsonl|-> [-o file]", "leadgate decide --help tells what it takes"],
  ["too many arguments", decide, ["a", "b", "c"], "usage: leadgate decide <policy.yaml|policy.lgp> <leads.csv|leads.jsonl|-> [-o file]", "leadgate decide --help tells what it takes"],
])) {
  test(`${what} is told with what to do`, () => {
    assert.throws(() => parse(command, argv), { name: "LeadgateError", code: "usage", message, help });
  });
}

test("a missing value is told", () => {
  assert.throws(() => parse(decide, ["a", "b", "--encoding"]), { code: "usage", message: /--encoding.*missing/ });
});

test("help is asked for without the other arguments", () => {
  assert.equal(parse(decide, ["--help"]).values.help, true);
});

test("help names every option of every command", async () => {
  for (const [name, load] of Object.entries(commands)) {
    const command = await load();
    const help = helpOf(command);
    assert.equal(command.name, name);
    for (const option of Object.keys(command.options)) assert.ok(help.includes(`--${option}`), `${name} --${option}`);
  }
});

for (const [name, candidates, expected] of /** @type {[string, string[], string | undefined][]} */ ([
  ["saets", ["seats", "name"], "seats"],
  ["Seats", ["seats"], "seats"],
  ["has-project", ["has_project"], "has_project"],
  ["Account Tier", ["account.tier"], "account.tier"],
  ["finanec", ["finance", "retail"], "finance"],
  ["端口", ["端口数", "行业"], "端口数"],
  ["x", ["seats"], undefined],
  ["id", ["industry", "seats"], undefined],
  ["a".repeat(10_000), ["a"], undefined],
])) {
  test(`the nearest to ${name.slice(0, 20)} is ${expected}`, () => assert.equal(nearest(name, candidates), expected));
}
