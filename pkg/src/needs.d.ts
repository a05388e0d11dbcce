/**
 * The smallest build that runs a program: `plain` where it computes nothing on values, `page` where it does, `full` where it uses what a page leaves out. A larger build runs it as
 * well, and decides the same.
 *
 * @example
 * import { needs } from "leadgate/needs";
 * import * as page from "leadgate/page";
 * import * as plain from "leadgate/plain";
 *
 * const policy = (needs(program) === "plain" ? plain : page).load(program);
 */
export function needs(program: Uint8Array): "plain" | "page" | "full";
