// Free ports.

import { createServer } from "node:net";

/** Whether a port of this machine is free. @param {number} port @returns {Promise<number | undefined>} the port; 0 asks for any */
function free(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}

/** A free port; the wanted one where it is free. @param {number} [wanted] */
export async function freePort(wanted = 0) {
  const port = (await free(wanted)) ?? (await free(0));
  if (port === undefined) throw new Error("no port of this machine is free");
  return port;
}
