// Lists that stand in files of their own: several programs of one instance share what is loaded once.

import { shown } from "../encode.mjs";
import { LeadgateError } from "../error.mjs";
import { LivePolicy } from "./policy.mjs";

/**
 * @typedef {typeof import("../../wasm/full/leadgate.js")} Full
 * @typedef {import("../instance.mjs").Instance<any> & { glue: Pick<Full, "List" | "Draft" | "list_error" | "load_error" | "Engine"> }} FullInstance
 */

/** The list in the instance that runs now. */
const OPEN = Symbol("open");

export class List {
  #instance;
  #bytes = new Uint8Array();
  /** @type {import("../../wasm/full/leadgate.js").List | undefined} */
  #list;
  #generation = -1;

  /** @param {FullInstance} instance @param {Uint8Array} bytes */
  constructor(instance, bytes) {
    this.#instance = instance;
    const list = instance.call(() => {
      if (!(bytes instanceof Uint8Array)) throw new LeadgateError("wrong-type", "a list is a Uint8Array of bytes", { path: "list", help: "give what `compile` returned in `lists`, or a file's bytes" });
      this.#bytes = bytes.slice();
      return this[OPEN](instance);
    });
    /** @readonly */
    this.digest = list.digest();
    /** @readonly */
    this.entries = list.entries();
  }

  /** @param {FullInstance} instance */
  [OPEN](instance) {
    if (instance !== this.#instance) throw new LeadgateError("wrong-option", "the list was loaded by another build of the engine", { path: "lists", help: "load list and program with the same import of `leadgate`" });
    const { glue } = instance.start();
    let list = this.#list;
    if (list === undefined || this.#generation !== instance.generation) {
      list = glue.List.read(this.#bytes);
      if (list === undefined) {
        const [code, message, byte] = glue.list_error(this.#bytes).split("\n");
        throw new LeadgateError(code, message, { path: `byte ${byte}`, help: "compile the policy again with this version of Leadgate" });
      }
      this.#list = list;
      this.#generation = instance.generation;
    }
    return list;
  }

  /** Gives the engine's memory back, once no policy has the list any more. */
  free() {
    if (this.#generation === this.#instance.generation) this.#list?.free();
    this.#list = undefined;
  }
}

/** What a program names. @param {import("../../wasm/full/leadgate.js").Draft} draft */
function named(draft) {
  const words = draft.lists();
  return words.flatMap((name, at) => (at % 2 === 0 ? [{ name, digest: words[at + 1] }] : []));
}

/** The instance for a program that names lists: it loads the program with them, and again after a trap. */
class WithLists {
  #instance;
  #lists;

  /** @param {FullInstance} instance @param {Record<string, List>} lists */
  constructor(instance, lists) {
    this.#instance = instance;
    this.#lists = lists;
    this.glue = { ...instance.glue, Engine: { load: (/** @type {Uint8Array} */ bytes) => this.#load(bytes) } };
  }

  get generation() { return this.#instance.generation; }
  get memory() { return this.#instance.memory; }
  enter() { this.#instance.enter(); }
  leave() { this.#instance.leave(); }
  /** @param {unknown} error */
  after(error) { return this.#instance.after(error); }
  /** @template T @param {() => T} action */
  call(action) { return this.#instance.call(action); }
  start() {
    this.#instance.start();
    return this;
  }

  /** @param {Uint8Array} bytes */
  #load(bytes) {
    const draft = this.#instance.glue.Draft.read(bytes);
    if (draft === undefined) return undefined;
    try {
      const wanted = named(draft);
      const unknown = Object.keys(this.#lists).find((name) => !wanted.some((list) => list.name === name));
      if (unknown !== undefined) throw new LeadgateError("unknown-list", `the program names no list \`${unknown}\``, { path: `lists.${unknown}`, help: `its detached lists: ${wanted.map(({ name }) => name).join(", ") || "none"}` });
      for (const { name, digest } of wanted) {
        const list = Object.hasOwn(this.#lists, name) ? this.#lists[name] : undefined;
        if (list === undefined) throw new LeadgateError("missing-list", `the program needs the list \`${name}\`, which was not given`, { path: `lists.${name}`, help: `give the file that \`compile\` wrote beside the program, of the digest ${digest.slice(0, 12)}` });
        if (draft.attach(name, list[OPEN](this.#instance)) !== "") throw new LeadgateError("another-list", `the list \`${name}\` is not the one that the program names`, { path: `lists.${name}`, help: `the program wants the digest ${digest.slice(0, 12)}, and this one has ${list.digest.slice(0, 12)}` });
      }
    } catch (error) {
      draft.free();
      throw error;
    }
    return draft.finish();
  }
}

/**
 * Lists ready to be attached.
 * @param {FullInstance} instance @param {unknown} lists bytes, or lists that were loaded, by name
 */
function listsFrom(instance, lists) {
  return instance.call(() => {
    if (lists !== undefined && (lists === null || typeof lists !== "object" || Array.isArray(lists))) throw new LeadgateError("wrong-type", `\`lists\` cannot be ${shown(lists)}`, { path: "lists", help: "give lists by name: `{ free_mail: bytes }`" });
    return Object.fromEntries(Object.entries(lists ?? {}).map(([name, list]) => [name, list instanceof List ? list : new List(instance, list)]));
  });
}

/**
 * Loading, with lists.
 * @param {FullInstance} instance
 * @param {(program: Uint8Array) => import("../index.d.ts").Policy} load a program that names none
 */
export function withLists(instance, load) {
  /** @param {Uint8Array} program @param {Record<string, List>} lists */
  const open = (program, lists) => /** @type {import("../index.d.ts").Policy} */ (/** @type {unknown} */ (new LivePolicy(/** @type {any} */ (new WithLists(instance, lists)), program)));
  return {
    /**
     * @param {Uint8Array} program
     * @param {import("../index.d.ts").LoadOptions} [options]
     */
    load(program, options) {
      const lists = instance.call(() => options?.lists);
      if (lists === undefined) {
        try {
          return load(program);
        } catch (error) {
          // Told again, with the list's name.
          if (!(error instanceof LeadgateError && error.code === "missing-list")) throw error;
        }
      }
      return open(program, listsFrom(instance, lists));
    },

    /** @param {Uint8Array} bytes */
    loadList: (bytes) => new List(instance, bytes),

    /**
     * The lists that a program names and does not hold.
     * @param {Uint8Array} program
     * @returns {{ name: string, digest: string }[]}
     */
    listsOf(program) {
      return instance.call(() => {
        if (!(program instanceof Uint8Array)) throw new LeadgateError("wrong-type", "a program is a Uint8Array of bytes", { path: "program", help: "give what `compile` returned, or a file's bytes" });
        const draft = instance.glue.Draft.read(program);
        if (draft === undefined) {
          const [code, message, byte] = instance.glue.load_error(program).split("\n");
          throw new LeadgateError(code, message, { path: `byte ${byte}`, help: "compile the policy again with this version of Leadgate" });
        }
        const lists = named(draft);
        draft.free();
        return lists;
      });
    },
  };
}
