/** The wasm of a build, in environments that import such files as modules; others fetch or read the file. */
declare const module: WebAssembly.Module;
export default module;
