// Where a visit came from, as fields of a lead: what the address and the referrer say, nothing decided. It needs no engine and no DOM.

/** By the link's own words: UTM parameters, and what Baidu Tongji calls them. */
const WORDS = /** @type {const} */ (["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "hmsr", "hmmd", "hmpl", "hmcu", "hmkw"]);

/** What advertising systems put on the links to their customers; the last one also stands on links that nobody paid for. */
const CLICK_IDS = /** @type {const} */ (["gclid", "gbraid", "wbraid", "dclid", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid", "bd_vid", "qhclickid", "qz_gdt", "gdt_vid", "clickid", "fbclid"]);

/** Under which names search engines write what was searched for. @type {[host: RegExp, names: string[]][]} */
const SEARCHED = [
  [/(^|\.)baidu\.com$/, ["wd", "word"]],
  [/(^|\.)(so\.com|sm\.cn|bing\.com|duckduckgo\.com)$|(^|\.)google\.[a-z.]+$/, ["q"]],
  [/(^|\.)sogou\.com$/, ["query", "keyword"]],
  [/^so\.toutiao\.com$/, ["keyword"]],
];

/** No field is longer, in code points: an address is anybody's to write. */
const LONGEST = 500;

/** UTF-8 behind per cent signs as text; anything else, such as the GBK of old Baidu links, stays as it is written. @param {string} text */
function decoded(text) {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** @param {string} text */
const cut = (text) => (text.length > LONGEST ? Array.from(text).slice(0, LONGEST).join("") : text);

/** The parameters of a query by their names in lower case; of several with one name the first that is not empty. @param {string[]} queries */
function parametersOf(queries) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const part of queries.flatMap((query) => query.split("&"))) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = decoded(part.slice(0, equals)).toLowerCase();
    const value = cut(decoded(part.slice(equals + 1)).trim());
    if (value !== "" && !found.has(name)) found.set(name, value);
  }
  return found;
}

/** @param {unknown} text @returns {URL | undefined} */
function addressOf(text) {
  try {
    return new URL(String(text));
  } catch {
    return undefined;
  }
}

/** @param {string} host */
const siteOf = (host) => host.replace(/^www\./, "");

/** @type {import("./visit.d.ts").visitOf} */
export function visitOf(url, referrer) {
  /** @type {import("./visit.d.ts").Visit} */
  const visit = {};
  const page = addressOf(url);
  const before = addressOf(referrer);
  if (page) {
    // Pages that route by their fragment have parameters behind it as well.
    const fragment = page.hash.indexOf("?");
    const parameters = parametersOf([page.search.slice(1), fragment < 0 ? "" : page.hash.slice(fragment + 1)]);
    for (const name of WORDS) {
      const value = parameters.get(name);
      if (value !== undefined) visit[name] = value;
    }
    const click = CLICK_IDS.find((name) => parameters.has(name));
    if (click !== undefined) visit.click_id = click;
    if (page.pathname !== "") visit.landing_path = cut(decodedPath(page.pathname));
  }
  const host = before?.hostname.toLowerCase() ?? "";
  if (before && host !== "" && siteOf(host) !== siteOf(page?.hostname.toLowerCase() ?? "")) {
    visit.referrer_host = cut(host);
    const parameters = parametersOf([before.search.slice(1)]);
    const names = SEARCHED.find(([engine]) => engine.test(host))?.[1] ?? [];
    const term = names.map((name) => parameters.get(name)).find((value) => value !== undefined);
    if (term !== undefined) visit.referrer_term = term;
  }
  return visit;
}

/** A plus in a path is a plus. @param {string} path */
function decodedPath(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
