// The edge on Cloudflare's workerd: leads in D1, rotations in Durable Objects, files from the assets binding.

import { DurableObject } from "cloudflare:workers";
import others from "./built/others.bin";
import program from "./built/program.bin";
import slice from "./built/slice.bin";
import texts from "./built/texts.txt";
import schema from "./schema.sql";
import { d1Database, migrateD1 } from "./database/d1.mjs";
import { createEdge } from "./edge.mjs";
import { createLimiter } from "./limiter.mjs";
import { unpack } from "./packed.mjs";
import { openPolicy } from "./policy.mjs";
import { createRotation } from "./rotation.mjs";

const compiled = { program: new Uint8Array(program), slice: new Uint8Array(slice), texts: JSON.parse(texts) };
const further = unpack(new Uint8Array(others));

/** Limiters share out clients, so that no single one sees all of them. */
const LIMITERS = 16;

/** A queue's rotation: one object for each queue, so that its assignments come one after another wherever they are asked for. */
export class Rotation extends DurableObject {
  /** @type {import("./rotation.mjs").QueueRotation | undefined} */
  #rotation;

  /** @param {string} queue @param {string} [policy] one of the other policies */
  #of(queue, policy = "") {
    const { storage } = this.ctx;
    this.#rotation ??= createRotation(openPolicy(further[policy] ?? compiled).full, queue, {
      get: (key) => storage.get(key),
      put: (entries) => storage.put(entries),
      delete: async (keys) => void (await storage.delete(keys)),
      list: async (start, limit) => [...await storage.list({ start, limit })],
    });
    return this.#rotation;
  }

  /** @param {string} queue @param {string} lead @param {number} now @param {import("./rotation.mjs").Known} [about] @param {string} [policy] */
  assign(queue, lead, now, about, policy) {
    return this.#of(queue, policy).assign(lead, now, about);
  }

  /** @param {string} queue @param {string} lead @param {string} [policy] */
  release(queue, lead, policy) {
    return this.#of(queue, policy).release(lead);
  }
}

/** How often clients may send. Kept in memory: who waits until it is evicted has waited long enough. */
export class Limiter extends DurableObject {
  #limiter = createLimiter();

  /** @param {string} client @param {number} now */
  take(client, now) {
    return this.#limiter.take(client, now);
  }
}

/** @type {ReturnType<typeof createEdge> | undefined} */
let edge;
/** @type {Promise<void> | undefined} */
let ready;

/** @param {any} env */
function edgeOf(env) {
  edge ??= createEdge({
    compiled,
    others: further,
    keys: JSON.parse(env.KEYS),
    database: d1Database(env.LEADS),
    rotations: (policy) => (queue) => {
      const object = env.ROTATION.get(env.ROTATION.idFromName(`${policy.id}/${queue}`));
      return { assign: (lead, now, about) => object.assign(queue, lead, now, about, policy.id), release: (lead) => object.release(queue, lead, policy.id) };
    },
    limiter: {
      take(client, now) {
        const shard = Number.parseInt(client.slice(0, 4), 16) % LIMITERS;
        return env.LIMITER.get(env.LIMITER.idFromName(`${shard}`)).take(client, now);
      },
    },
    address: (context) => context.req.header("cf-connecting-ip") ?? "",
    assets: async (context) => {
      const response = await context.env.ASSETS.fetch(context.req.raw);
      // Its headers cannot be added to.
      return new Response(response.body, response);
    },
  });
  return edge;
}

export default {
  /** @param {Request} request @param {any} env @param {any} context */
  async fetch(request, env, context) {
    // For development: a database that is new has no tables. In production, schema.sql is run once before.
    if (env.SETUP === "1") await (ready ??= migrateD1(env.LEADS, schema));
    return edgeOf(env).fetch(request, env, context);
  },
};
