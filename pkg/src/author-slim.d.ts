export * from "./author.js";
export * from "./start.js";
