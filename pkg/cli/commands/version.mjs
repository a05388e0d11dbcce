// `leadgate version`

import { readFileSync } from "node:fs";
import { status } from "../exit.mjs";

/** @type {import("../arguments.mjs").Command} */
export const version = {
  name: "version",
  summary: "tells the versions of the package and of Node",
  usage: "[--json]",
  takes: [0, 0],
  options: { json: { type: "boolean", help: "as JSON" } },
  async run({ stdout }, { json }) {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const node = process.versions.node;
    stdout.write(json ? `${JSON.stringify({ leadgate: version, node })}\n` : `leadgate ${version} on Node ${node}\n`);
    return status.ok;
  },
};
