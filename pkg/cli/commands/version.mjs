// `leadgate version`

import { status } from "../exit.mjs";
import { packageVersion } from "../version.mjs";

/** @type {import("../arguments.mjs").Command} */
export const version = {
  name: "version",
  summary: "tells the versions of the package and of Node",
  usage: "[--json]",
  takes: [0, 0],
  options: { json: { type: "boolean", help: "as JSON" } },
  async run({ stdout }, { json }) {
    const [version, node] = [packageVersion(), process.versions.node];
    stdout.write(json ? `${JSON.stringify({ leadgate: version, node })}\n` : `leadgate ${version} on Node ${node}\n`);
    return status.ok;
  },
};
