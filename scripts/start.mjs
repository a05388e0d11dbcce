// `npm start`: sets up what is missing, builds, and serves landing page, playground and edge on this machine until Ctrl-C.
// `npm start -- --policy huiju` tells the pages of that policy as well.
// `npm start -- --once` starts, looks whether everything answers, and ends.

import { join } from "node:path";
import { parseArgs } from "node:util";
import { terminalOf } from "../pkg/cli/terminal/terminal.mjs";
import { Failure, runMain } from "./failure.mjs";
import { root } from "./paths.mjs";
import { writePolicies } from "./policies.mjs";
import { setUpNodeModules } from "./setup/node-modules.mjs";
import { requireRust } from "./setup/rust.mjs";
import { buildWasm } from "./wasm/build.mjs";

const TEXTS = {
  en: {
    landing: "landing page", chinese: "landing page in Chinese", playground: "playground", edge: "edge", policy: "form by the policy", others: "forms by other policies are at /p/NAME/:",
    by: { workerd: "the edge runs in Cloudflare's workerd, with D1 and Durable Objects on this machine", node: "the edge runs under Node, with SQLite" },
    kept: "leads and keys are kept in",
    more: "npm run sample decides 2,000 sample leads, npm test runs every test; Ctrl-C ends this",
  },
  zh: {
    landing: "落地页（英文）", chinese: "落地页（中文）", playground: "规则演练场", edge: "边缘服务", policy: "按该政策判定的表单", others: "其他政策的表单位于 /p/NAME/：",
    by: { workerd: "边缘服务运行在 Cloudflare workerd 中，D1 与 Durable Objects 都在本机", node: "边缘服务运行在 Node 中，使用 SQLite" },
    kept: "线索与密钥保存在",
    more: "npm run sample 判定 2,000 条示例线索，npm test 运行全部测试；按 Ctrl-C 结束",
  },
};

await runMain(async () => {
  const { values } = parseArgs({ options: { once: { type: "boolean" }, node: { type: "boolean" }, port: { type: "string" }, data: { type: "string" }, policy: { type: "string" } } });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) throw new Failure(`\`${values.port}\` is not a port`, "give a number below 65536; 0 is any free one");
  requireRust();
  await setUpNodeModules();
  await buildWasm();
  writePolicies();
  // Both need the npm packages and the engine, which may have been installed and built just now.
  const { buildWww } = await import("./www/all.mjs");
  await buildWww();
  const { baseOf, formPolicies, MAIN } = await import("../www/shared/policies.mjs");
  const names = formPolicies().map(({ name }) => name);
  const chosen = values.policy ?? MAIN;
  if (chosen !== MAIN && !names.includes(chosen)) throw new Failure(`no policy with a form is called \`${chosen}\``, `there are ${[MAIN, ...names].join(", ")}`);
  const { serve } = await import("./www/edge.mjs");
  const folder = values.data ?? join(root, "www", ".dev");
  const served = await serve({ folder, port, workerd: !values.node });
  let stop = () => {};
  const stopped = new Promise((/** @type {(value: void) => void} */ resolve) => { stop = () => resolve(); });
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const { out, locale } = terminalOf(process);
    const say = TEXTS[locale];
    const base = baseOf(chosen);
    const own = chosen === MAIN ? [] : [[`${say.policy} ${chosen}`, `${base}/`], [`${say.policy} ${chosen}`, `${base}/zh/`], [say.edge, `${base}/api/policy`]];
    const addresses = [...own, [say.landing, "/"], [say.chinese, "/zh/"], [say.playground, `/playground/${own.length > 0 ? `#policy=${chosen}` : ""}`], [say.edge, "/api/policy"]];
    console.log(["", ...addresses.map(([name, path]) => `  ${served.address}${path}  ${out.dim(name)}`), "", `  ${say.others} ${names.join(", ")}`, `  ${say.by[served.by]}`, `  ${say.kept} ${folder}`, `  ${say.more}`, ""].join("\n"));
    if (values.once) return await answers(served.address, addresses.map(([, path]) => path));
    const broken = await Promise.race([stopped.then(() => false), served.ended.then(() => true)]);
    if (broken) throw new Failure("the edge has ended by itself", "start it again; `npm start -- --node` runs it under Node");
  } finally {
    await served.close();
  }
});

/** Whether every address answers. @param {string} address @param {string[]} paths */
async function answers(address, paths) {
  for (const path of paths) {
    const { status } = await fetch(`${address}${path}`);
    console.log(`  ${status} ${path}`);
    if (status !== 200) throw new Failure(`${path} answers with ${status}`);
  }
}
