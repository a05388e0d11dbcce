// What is not there is reported and left out, never measured as something else.

/** An engine cannot be measured on this machine as it is; the message says what to do. */
export class Unavailable extends Error {
  name = "Unavailable";
}

/** Imports a peer's package. */
export async function peer(load) {
  try {
    return await load();
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND") throw new Unavailable("the peers are not installed: `npm ci --prefix benches`");
    throw error;
  }
}
