// `leadgate init [policy] [-o folder]`

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { LeadgateError } from "../../src/error.mjs";
import { usageError } from "../arguments.mjs";
import { status } from "../exit.mjs";
import { nearest } from "../nearest.mjs";
import { continuousIntegration } from "../policy/ci.mjs";
import { reasonOf, writeWhole } from "../policy/files.mjs";
import { packageVersion } from "../version.mjs";

/** @param {string} path */
function makeFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new LeadgateError("unwritable-file", `\`${path}\` cannot be made: ${reasonOf(cause)}`, { path, help: "choose another folder with -o", cause });
  }
}

/** @type {import("../arguments.mjs").Command} */
export const init = {
  name: "init",
  summary: "lists the policies that come with leadgate, or copies one to begin with",
  usage: "[policy] [-o folder]",
  takes: [0, 1],
  options: { "out-folder": { type: "string", short: "o", value: "folder", help: "where to (default: a folder of the policy's name)" } },
  notes: ["nothing is overwritten: a file that is there already is named, and then nothing is written"],
  async run({ stdout, out, locale }, values, [name]) {
    const { policies } = await import("leadgate/policies");
    if (name === undefined) {
      if (values["out-folder"] !== undefined) throw usageError("`-o` is where a policy goes, and none is named", "leadgate init lists them");
      for (const { name, title, about } of policies) stdout.write(`${out.bold(name)}  ${title[locale]}\n    ${out.dim(about[locale])}\n`);
      return status.ok;
    }
    const policy = policies.find((policy) => policy.name === name);
    if (policy === undefined) {
      const near = nearest(name, policies.map(({ name }) => name));
      throw usageError(`there is no policy \`${name}\``, near ? `did you mean \`${near}\`?` : "leadgate init lists them");
    }
    const folder = values["out-folder"] ?? name;
    const { main, files } = await policy.open();
    const all = { ...files, "ci/github-actions.yml": continuousIntegration(folder, Object.keys(files).filter((path) => /^[^/]+\.yaml$/.test(path)), packageVersion()) };
    const taken = Object.keys(all).filter((path) => existsSync(join(folder, path)));
    if (taken.length > 0) throw new LeadgateError("file-exists", `\`${join(folder, taken[0])}\` is there already`, { path: join(folder, taken[0]), help: "choose another folder with -o; nothing was written" });
    for (const [path, content] of Object.entries(all)) {
      makeFolder(dirname(join(folder, path)));
      writeWhole(join(folder, path), content);
      stdout.write(`${out.green("wrote")} ${join(folder, path)}\n`);
    }
    stdout.write(`\n${out.dim("next:")} leadgate check ${join(folder, main)}\n`);
    return status.ok;
  },
};
