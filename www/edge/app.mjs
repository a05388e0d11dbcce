// The edge as one application: routes and what guards them. It knows nothing of where it runs; worker.mjs and node.mjs bring the parts.

import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { answersOf, answersOfForm, isObject } from "./answers.mjs";
import { problemsOf } from "./complete.mjs";
import { canonical } from "./digests.mjs";
import { SECURITY_HEADERS } from "./headers.mjs";
import { clientOf } from "./limiter.mjs";
import { nameOfError } from "./log.mjs";
import { formPage, refusalPage, thanksPage } from "./pages.mjs";
import { STYLES } from "./styles.mjs";
import { localeOf } from "./texts.mjs";

/** Greatest size of what is sent, in bytes. */
const MOST_BYTES = 32 * 1024;
/** How much more is read of what is too large, in bytes. */
const MOST_DRAINED = 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const KEYS = ["id", "answers", "claim", "locale", "hp"];
const DAY = 24 * 3600 * 1000;

/**
 * A policy with what takes its sendings.
 * @typedef {object} Site
 * @property {import("./policy.mjs").EdgePolicy} policy
 * @property {import("./submit.mjs").Submit} submit
 * @property {ReturnType<typeof import("./digests.mjs").keyedDigest>} digest
 *
 * @typedef {object} Parts
 * @property {Site} main that of the landing page
 * @property {(name: string) => Site | undefined} siteNamed another one, whose addresses are below `/p/<name>`
 * @property {ReturnType<typeof import("./digests.mjs").keyedDigest>} digest
 * @property {import("./limiter.mjs").Limiter} limiter
 * @property {import("./log.mjs").Log} log
 * @property {() => number} clock milliseconds
 * @property {(context: import("hono").Context) => string} address of a client
 * @property {(context: import("hono").Context) => Promise<Response> | Response} assets what is no route of the application
 */

/**
 * Reads on for a while what is not wanted: who is still sending would see the connection break, and not the answer.
 * @param {ReadableStream<Uint8Array> | null} body
 * @returns {Promise<string>} how it begins, as much as a form may be
 */
async function drain(body) {
  if (body === null || body.locked) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let left = MOST_DRAINED; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return text;
    if (text.length < MOST_BYTES) text += decoder.decode(value.subarray(0, MOST_BYTES), { stream: true });
    left -= value.byteLength;
  }
  await reader.cancel();
  return text;
}

/** The language of a form that was posted, else the browser's. A page's address is not known: browsers send no referrer. @param {import("hono").Context} context */
async function languageOf(context) {
  /** @type {string} */
  let text;
  try {
    text = context.req.raw.bodyUsed ? await context.req.text() : await drain(context.req.raw.body);
  } catch {
    // What has broken off cannot be read again.
    text = "";
  }
  return localeOf(new URLSearchParams(text).get("locale") ?? context.req.header("accept-language"));
}

/** @param {Parts} parts */
export function createApp({ main, siteNamed, digest, limiter, log, clock, address, assets }) {
  const app = new Hono();
  const isPage = (/** @type {import("hono").Context} */ context) => /^(\/p\/[^/]+)?\/leads$/.test(context.req.path);

  /** Where the pages begin from which a form was posted. @param {import("hono").Context} context */
  function baseOf(context) {
    const name = /^\/p\/([^/]+)\//.exec(context.req.path)?.[1];
    return name !== undefined && siteNamed(name) ? `/p/${name}` : "";
  }

  /**
   * A person who posts a form is answered with a page, a program with JSON.
   * @param {import("hono").Context} context @param {400 | 403 | 409 | 413 | 415 | 422 | 429 | 503} status @param {import("./answers.mjs").Refusal[]} errors @param {number} [seconds] to wait
   */
  async function refused(context, status, errors, seconds = 0) {
    log({ event: "refused", status, codes: errors.map(({ code }) => code) });
    if (isPage(context)) return context.html(refusalPage(await languageOf(context), baseOf(context), errors[0].code, seconds), status);
    if (!context.req.raw.bodyUsed) await drain(context.req.raw.body);
    return context.json({ errors }, status);
  }

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value);
    // What was answered to one visitor is nobody else's.
    if (context.req.method === "POST") context.res.headers.set("cache-control", "no-store");
  });

  app.onError(async (error, context) => {
    log({ event: "error", error: nameOfError(error) });
    context.header("retry-after", "5");
    if (isPage(context)) return context.html(refusalPage(await languageOf(context), baseOf(context), "unavailable", 0), 503);
    return context.json({ errors: [{ code: "unavailable", path: "", message: "this did not work; try again" }] }, 503);
  });

  /** @type {[import("hono").MiddlewareHandler, import("hono").MiddlewareHandler, import("hono").MiddlewareHandler]} */
  const guarded = [
    // Browsers say where a request comes from; a form on another site has no business here.
    async (context, next) => (context.req.header("sec-fetch-site") === "cross-site" ? refused(context, 403, [{ code: "cross-site", path: "", message: "this is sent from the site's own pages only" }]) : next()),
    // Before the size is looked at: what is too large is work as well.
    async (context, next) => {
      const now = clock();
      // Of an address nothing is kept but a digest that means something for a day.
      const wait = await limiter.take(await digest("client", `${Math.floor(now / DAY)}`, clientOf(address(context))), now);
      if (wait === 0) return next();
      context.header("retry-after", `${wait}`);
      return refused(context, 429, [{ code: "too-often", path: "", message: `try again in ${wait} seconds` }], wait);
    },
    bodyLimit({ maxSize: MOST_BYTES, onError: (context) => refused(context, 413, [{ code: "too-large", path: "", message: "this is more than any form sends" }]) }),
  ];

  /** Sendings as JSON. @param {import("hono").Context} context @param {Site} site */
  async function takeJson(context, { policy, submit }) {
    if (typeOf(context) !== "application/json") return refused(context, 415, [{ code: "wrong-content-type", path: "", message: "send application/json" }]);
    /** @type {unknown} */
    let body;
    try {
      body = JSON.parse(await context.req.text());
    } catch {
      return refused(context, 400, [{ code: "not-json", path: "", message: "this is not JSON" }]);
    }
    if (!isObject(body)) return refused(context, 400, [{ code: "wrong-type", path: "", message: "send an object" }]);
    const unknown = Object.keys(body).filter((key) => !KEYS.includes(key));
    if (unknown.length > 0) return refused(context, 422, unknown.slice(0, 10).map((key) => ({ code: "unknown-key", path: key.slice(0, 100), message: "there is no such key" })));
    const { id, claim, hp } = body;
    if (typeof id !== "string" || !UUID.test(id)) return refused(context, 422, [{ code: "wrong-id", path: "id", message: "the id is not a UUID in lower case" }]);
    const taken = answersOf(body.answers, policy.visitorFields);
    const problems = problemsOf(policy, taken);
    if (problems.length > 0) return refused(context, 422, problems);
    const sending = { id, answers: taken.answers, claim, locale: localeOf(body.locale) };
    if (typeof hp === "string" && hp !== "") log({ event: "honeypot" });
    const outcome = await (typeof hp === "string" && hp !== "" ? submit.pretend(sending) : submit.submit(sending));
    if ("refusals" in outcome) return refused(context, 422, outcome.refusals);
    if ("used" in outcome) return refused(context, 409, [{ code: "used-id", path: "id", message: "another sending has this id: load the page again" }]);
    return context.json(outcome.verdict);
  }

  /** Sendings of browsers without script. @param {import("hono").Context} context @param {Site} site */
  async function takeForm(context, { policy, submit, digest: own }) {
    const form = typeOf(context) === "application/x-www-form-urlencoded" ? new URLSearchParams(await context.req.text()) : undefined;
    if (!form) return refused(context, 415, [{ code: "wrong-content-type", path: "", message: "send application/x-www-form-urlencoded" }]);
    const locale = localeOf(form.get("locale") ?? context.req.header("accept-language"));
    const taken = answersOfForm(form, policy.visitorFields);
    const { answers } = taken;
    const incomplete = problemsOf(policy, taken);
    const id = form.get("id") ?? "";
    const sending = { id: UUID.test(id) ? id : await idOf(answers, own), answers, locale };
    const trapped = (form.get("hp") ?? "") !== "";
    if (trapped) log({ event: "honeypot" });
    const outcome = incomplete.length > 0 ? { refusals: incomplete } : await (trapped ? submit.pretend(sending) : submit.submit(sending));
    if ("verdict" in outcome) return context.redirect(`${policy.base}/thanks?${new URLSearchParams({ m: outcome.verdict.message ?? "", lang: locale })}`, 303);
    const problems = "refusals" in outcome ? outcome.refusals : [{ code: "used-id", path: "", message: "" }];
    log({ event: "refused", status: 422, codes: problems.map(({ code }) => code) });
    return context.html(formPage(policy, locale, form, problems), 422);
  }

  /** A form without script has no id: the same answers on the same day are one sending. @param {import("leadgate").Lead} answers @param {Site["digest"]} own */
  async function idOf(answers, own) {
    const hex = await own("form", `${Math.floor(clock() / DAY)}`, canonical(answers));
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** @param {import("hono").Context} context @param {Site} site */
  const thank = (context, { policy }) => context.html(thanksPage(policy, localeOf(context.req.query("lang")), context.req.query("m") ?? ""));
  /** @param {import("hono").Context} context @param {Site} site */
  const describe = (context, { policy }) => context.json({ policy: policy.id, version: policy.version, slice: policy.sliceDigest }, 200, { "cache-control": "no-cache" });

  /** An address of one site: at the root for the landing page's, below `/p/<name>` for the others. @param {"get" | "post"} method @param {string} path @param {(context: import("hono").Context, site: Site) => Response | Promise<Response>} take */
  const everySite = (method, path, take) => {
    const guards = method === "post" ? guarded : [];
    app.on(method, [path], ...guards, (context) => take(context, main));
    app.on(method, [`/p/:policy${path}`], ...guards, (context) => {
      const site = siteNamed(context.req.param("policy") ?? "");
      return site ? take(context, site) : path.startsWith("/api/") ? noAddress(context) : context.notFound();
    });
  };
  everySite("post", "/api/leads", takeJson);
  everySite("post", "/leads", takeForm);
  everySite("get", "/thanks", thank);
  everySite("get", "/api/policy", describe);
  app.get("/edge.css", (context) => context.body(STYLES, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=3600" }));
  for (const path of ["/api/*", "/p/:policy/api/*"]) app.all(path, noAddress);
  app.get("*", async (context) => assets(context));
  app.notFound((context) => context.text("not found", 404));
  return app;
}

/** @param {import("hono").Context} context */
const noAddress = (context) => context.json({ errors: [{ code: "not-found", path: "", message: "there is no such address" }] }, 404);

/** @param {import("hono").Context} context */
const typeOf = (context) => (context.req.header("content-type") ?? "").split(";")[0].trim().toLowerCase();
