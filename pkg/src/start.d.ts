/** Where the wasm of a build comes from: a module, its bytes, or the answer to a request for its file. */
export type Wasm = WebAssembly.Module | BufferSource | Response;

/** Starts the engine; once is enough. Throws a {@link LeadgateError} where it is not the wasm of this version. */
export function init(wasm: Wasm | Promise<Wasm>): Promise<void>;

/** Starts the engine at once. Browsers refuse to compile large modules so on their main thread, and workers on the edge compile none at all. */
export function initSync(wasm: WebAssembly.Module | BufferSource): void;
