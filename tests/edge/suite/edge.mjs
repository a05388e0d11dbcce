// An edge that runs, and what is sent to it.

import { randomUUID } from "node:crypto";
import { load } from "leadgate";

/**
 * @typedef {object} Edge one that runs, with a database of its own
 * @property {(path: string, init?: RequestInit) => Promise<Response>} fetch as a client of its own
 * @property {(sql: string, ...values: unknown[]) => Promise<any[]>} sql
 * @property {() => string[]} lines of the log
 * @property {import("../../../www/edge/edge.mjs").Keys} keys
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Environment
 * @property {() => Promise<Edge>} open
 * @property {import("../../../www/edge/policy.mjs").Compiled} compiled
 */

let mobile = 15400100000;

/** Answers that lead into the queue `sdr_now`: somebody new each time. @param {Record<string, unknown>} [more] */
export function person(more = {}) {
  mobile += 1;
  return {
    company: `浦江软件 ${mobile}`, mobile: `${mobile}`, title: "产品经理", industry: "internet", province: "上海", source: "sem", main_need: "compare", project: "none", seats: 20, vendors_met: 3, ...more,
  };
}

/** A sending, with what a page that is honest claims. @param {Environment} environment @param {Record<string, unknown>} answers @param {Record<string, unknown>} [more] */
export function sendingOf({ compiled }, answers, more = {}) {
  const slice = load(compiled.slice);
  const { program, fields } = slice.describe();
  // The page knows what the slice has; the rest of what is typed goes to the edge alone.
  const shown = Object.fromEntries(Object.entries(answers).filter(([name]) => fields.some((field) => field.name === name)));
  const possible = () => slice.possible(/** @type {import("leadgate").Lead} */ (shown), { rest: "absent", onInvalid: "absent" }).outcomes;
  const claim = { v: 1, slice: program, now: Date.now(), possible: possible() };
  return { id: randomUUID(), answers, claim, locale: "en", hp: "", ...more };
}

/** @param {Edge} edge @param {unknown} body @param {Record<string, string>} [headers] */
export async function post(edge, body, headers = {}) {
  const response = await edge.fetch("/api/leads", { method: "POST", headers: { "content-type": "application/json", ...headers }, body: typeof body === "string" ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: /** @type {any} */ (await response.json()) };
}

/** @param {Edge} edge @param {Record<string, string>} fields @param {Record<string, string>} [headers] */
export async function postForm(edge, fields, headers = {}) {
  const response = await edge.fetch("/leads", { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: `${new URLSearchParams(fields)}` });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}

/** How many rows a table has. @param {Edge} edge @param {string} table */
export const count = async (edge, table) => Number((await edge.sql(`SELECT count(*) AS count FROM ${table}`))[0].count);

/** Who has the leads of the queue `sdr_now`, the first first. @param {Edge} edge */
export const members = async (edge) => (await edge.sql("SELECT member FROM leads WHERE queue = 'sdr_now' ORDER BY rowid")).map(({ member }) => member);

/** The members that a queue gives to so many leads. @param {Environment} environment @param {number} leads */
export function turns({ compiled }, leads) {
  const policy = load(compiled.program);
  const taken = [];
  for (let state; taken.length < leads;) {
    const assigned = policy.assign("sdr_now", state);
    taken.push(assigned.member ?? "nobody");
    state = assigned.state;
  }
  return taken;
}

/** Answers as a form sends them. @param {Record<string, unknown>} answers */
export const stringsOf = (answers) => Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, `${value}`]));

/** A client with an address of its own. @param {number} at @returns {Record<string, string>} */
export const client = (at) => ({ "cf-connecting-ip": `10.0.0.${at + 1}` });

/** A test with an edge of its own. @typedef {(name: string, body: (edge: Edge) => Promise<void>) => unknown} On */
