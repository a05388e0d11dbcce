/**
 * The smallest build that runs a program: `plain` where it computes nothing on values, `page` where it does, `full` where it uses what a page leaves out. A larger build runs it as
 * well, and decides the same.
 *
 * @example
 * import { needs } from "leadgate/needs";
 * import { init, load } from "leadgate/page/slim";
 * import page from "leadgate/page.wasm?url";
 * import plain from "leadgate/plain.wasm?url";
 *
 * await init(fetch(needs(program) === "plain" ? plain : page));
 */
export function needs(program: Uint8Array): "plain" | "page" | "full";
