export * from "./index.js";
export * from "./start.js";
