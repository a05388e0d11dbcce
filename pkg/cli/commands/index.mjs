// The commands by name, each loaded when it is asked for.

/** @type {Record<string, () => Promise<import("../arguments.mjs").Command>>} */
export const commands = {
  cel: async () => (await import("./cel.mjs")).cel,
  check: async () => (await import("./check.mjs")).check,
  compile: async () => (await import("./compile.mjs")).compile,
  decide: async () => (await import("./decide.mjs")).decide,
  explain: async () => (await import("./explain.mjs")).explain,
  forecast: async () => (await import("./forecast.mjs")).forecast,
  format: async () => (await import("./format.mjs")).format,
  help: async () => (await import("./help.mjs")).help,
  init: async () => (await import("./init.mjs")).init,
  priors: async () => (await import("./priors.mjs")).priors,
  types: async () => (await import("./types.mjs")).types,
  version: async () => (await import("./version.mjs")).version,
};

/** All commands in a line each. */
export async function overview() {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const column = Math.max(...all.map(({ name }) => name.length));
  return [
    "leadgate decides what a B2B lead is worth and where it goes, from one policy document.",
    "",
    "usage: leadgate <command> …",
    "",
    ...all.map(({ name, summary }) => `  ${name.padEnd(column)}  ${summary}`),
    "",
    "leadgate help <command> tells more about one.",
  ].join("\n");
}
