// One wasm instance of a build: started when it is first needed, and replaced after a trap, or where it gives no memory back and has taken much.

import { LeadgateError } from "./error.mjs";

/**
 * The part of wasm-bindgen's glue that starts and restarts a module.
 * @typedef {object} Glue
 * @property {(input: { module: any }) => unknown} initSync
 * @property {() => void} __wbg_reset_state replaces the instance by a fresh one
 */

/** @typedef {() => WebAssembly.Module | BufferSource} Source where a build's wasm comes from */

/** @param {WebAssembly.Module | BufferSource} wasm */
function moduleOf(wasm) {
  // Sandboxes of edge runtimes hand in modules of another realm; the glue would take them for bytes.
  if (!(wasm instanceof WebAssembly.Module) && Object.prototype.toString.call(wasm) === "[object WebAssembly.Module]") Object.setPrototypeOf(wasm, WebAssembly.Module.prototype);
  return wasm;
}

/** @param {unknown} cause */
export const wrongWasm = (cause) => new LeadgateError("wrong-wasm", "what was given as the engine's wasm cannot be started", {
  help: "give the .wasm file of the same build and of this version of the package",
  cause,
});

/** How large the memory of an instance that gives none back may be, in bytes, before it is replaced; twice as much where that left time for fewer questions. */
const ROOM = 8 << 20;
const FEW = 64;

/** @template {Glue} G */
export class Instance {
  /** Counts instances: what belongs to another one is gone. */
  generation = 0;
  /** @type {Source | undefined} */
  #source;
  /** @type {{ memory: WebAssembly.Memory } | undefined} */
  #exports;
  #started = false;
  /** The instance must not be called any more. */
  #gone = false;

  /** Questions that have not been answered yet, and how many the instance was asked. */
  #open = 0;
  #asked = 0;
  #room = ROOM;

  /**
   * @param {G} glue
   * @param {{ keeps?: boolean }} [build] `keeps`: it gives no memory back
   */
  constructor(glue, { keeps = false } = {}) {
    this.glue = glue;
    this.keeps = keeps;
  }

  /** Says where the wasm comes from; what was said first holds. @param {Source} source */
  from(source) {
    this.#source ??= source;
    return this;
  }

  /** Starts the build with what is given, where that has not happened yet. @param {WebAssembly.Module | BufferSource} wasm */
  use(wasm) {
    if (this.#exports === undefined) this.#source = () => wasm;
    this.start();
  }

  /** Starts the build where that has not happened yet. */
  start() {
    if (this.#exports !== undefined) return this;
    if (this.#gone) this.#replace();
    // The glue keeps the module, and wants it once.
    if (this.#started) return this.#run(undefined);
    if (this.#source === undefined) throw new LeadgateError("not-started", "the engine has no wasm yet", { help: "call `init` or `initSync` first, or import the entry without `/slim`" });
    const module = moduleOf(this.#source());
    try {
      return this.#run(module);
    } catch (cause) {
      throw wrongWasm(cause);
    }
  }

  /** @param {WebAssembly.Module | BufferSource | undefined} module */
  #run(module) {
    this.#exports = /** @type {{ memory: WebAssembly.Memory }} */ (this.glue.initSync({ module }));
    this.#started = true;
    return this;
  }

  /** The memory of the current instance. */
  get memory() {
    return /** @type {{ memory: WebAssembly.Memory }} */ (this.start().#exports).memory;
  }

  /** A question begins; {@link leave} ends it. The instance of a build that gives no memory back is replaced between questions once it has taken much. */
  enter() {
    if (this.keeps && this.#open === 0) this.#refresh();
    this.#open += 1;
  }

  /** A question was answered, or has failed. */
  leave() {
    this.#open -= 1;
  }

  #refresh() {
    this.#asked += 1;
    if (this.#exports === undefined || this.#exports.memory.buffer.byteLength <= this.#room) return;
    if (this.#asked < FEW) this.#room *= 2;
    this.#asked = 0;
    this.#abandon();
  }

  /** What belongs to the instance is gone; the next call starts another. */
  #abandon() {
    this.generation += 1;
    this.#exports = undefined;
    this.#gone = true;
  }

  #replace() {
    this.glue.__wbg_reset_state();
    this.#gone = false;
  }

  /**
   * Calls into the instance; see {@link after}.
   * @template T
   * @param {() => T} action
   * @returns {T}
   */
  call(action) {
    this.enter();
    try {
      this.start();
      return action();
    } catch (error) {
      throw this.after(error);
    } finally {
      this.leave();
    }
  }

  /**
   * What to throw after a call has thrown. A trap leaves an instance in an unknown state, so it is replaced; nothing is tried a second time, and what
   * was loaded into it has to be loaded again. What else is thrown comes from getters and the like of what was given.
   * @param {unknown} error
   */
  after(error) {
    if (error instanceof LeadgateError) return error;
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) return new LeadgateError("unreadable-input", "what was given cannot be read: something in it throws", { help: "give plain values", cause: error });
    this.#abandon();
    try {
      this.#replace();
    } catch {
      // There may be no room for another instance now; the next call tries again.
    }
    return new LeadgateError("internal", "the engine stopped unexpectedly; this is a mistake in Leadgate", {
      help: "please report it with the document and the lead that led to it",
      cause: error,
    });
  }
}
