// How often one client may send: a bucket of sendings that fills again with time.

/** Sendings that a client may make at once. */
const BURST = 10;
/** Milliseconds in which one more may be made. */
const REFILL = 6_000;
/** Clients that are remembered; whoever sent least lately is forgotten first. */
const CLIENTS = 10_000;

/**
 * What counts as one client: an address, of IPv6 the network of it. Whoever has one such address has all 2^64 of its network.
 * @param {string} address
 */
export function clientOf(address) {
  const [plain] = address.split("%");
  if (!plain.includes(":")) return plain;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  const [before, after] = plain.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  // An IPv4 address at the end is two groups.
  const behind = (after ?? []).reduce((groups, group) => groups + (group.includes(".") ? 2 : 1), 0);
  const groups = after ? [...before, ...Array(Math.max(0, 8 - before.length - behind)).fill("0"), ...after] : before;
  return `${groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, "")).join(":")}::/64`;
}

/** @typedef {{ take(client: string, now: number): Promise<number> | number }} Limiter seconds to wait, or 0 */

/** @param {{ burst?: number, refill?: number, clients?: number }} [limits] @returns {Limiter & { readonly size: number }} */
export function createLimiter({ burst = BURST, refill = REFILL, clients = CLIENTS } = {}) {
  /** @type {Map<string, { left: number, at: number }>} */
  const buckets = new Map();
  return {
    get size() { return buckets.size; },
    take(client, now) {
      const known = buckets.get(client);
      const left = known ? Math.min(burst, known.left + Math.max(0, now - known.at) / refill) : burst;
      const allowed = left >= 1;
      buckets.delete(client);
      buckets.set(client, { left: allowed ? left - 1 : left, at: now });
      if (buckets.size > clients) buckets.delete(/** @type {string} */ (buckets.keys().next().value));
      return allowed ? 0 : Math.ceil(((1 - left) * refill) / 1000);
    },
  };
}
