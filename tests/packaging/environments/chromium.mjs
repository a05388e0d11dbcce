import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** As scripts/setup/chromium.mjs finds it. */
const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Serves a folder under the strictest policy of contents that wasm allows. @param {string} folder */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url ?? "/", "http://host").pathname));
    const type = TYPES[extname(path)];
    if (!type || !path.startsWith(folder) || !existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": type, "content-security-policy": CSP });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return { server, port: /** @type {import("node:net").AddressInfo} */ (server.address()).port };
}

/** A page that loads one script. @param {string} script */
const html = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>leadgate</title><body><script type="module" src="./${script}"></script>`;

/** Names of the package replaced by addresses, as in a page that no bundler has seen. @param {string} folder @param {string} file @param {string} entry */
function unbundled(folder, file, entry) {
  const { exports } = JSON.parse(readFileSync(join(folder, "node_modules", "leadgate", "package.json"), "utf8"));
  const address = (/** @type {string} */ name) => {
    const [own, folder, last] = [name.replace("leadgate", "."), name.replace("leadgate", ".").replace(/[^/]*$/, ""), name.replace(/.*\//, "")];
    const found = exports[own] ?? exports[`${folder}*`];
    return `./node_modules/leadgate/${(found.browser ?? found.default).replace("*", last)}`;
  };
  const own = [file, entry, "policies.mjs"];
  for (const path of own) {
    const text = readFileSync(join(folder, path), "utf8");
    writeFileSync(join(folder, `unbundled-${path}`), text.replace(/"(leadgate[^"]*)"/g, (_, name) => `"${address(name)}"`).replace(/"\.\/([^"/]+)"/g, (whole, name) => (own.includes(name) ? `"./unbundled-${name}"` : whole)));
  }
  return `unbundled-${file}`;
}

/**
 * Opens pages of a folder and answers with what each says.
 * @param {string} folder
 */
export async function openBrowser(folder) {
  const { server, port } = await serve(folder);
  const browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  return {
    /** @param {string} path of a page, below the folder */
    async open(path) {
      const page = await browser.newPage();
      try {
        /** @type {string[]} */
        const errors = [];
        page.on("pageerror", (error) => errors.push(error.message));
        page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
        await page.goto(`http://127.0.0.1:${port}/${path}`);
        await page.waitForSelector("body[data-done]", { timeout: 30_000 }).catch((error) => { throw new Error(`${error.message}\n${errors.join("\n")}`); });
        const { answers, evaluates, failed } = JSON.parse(await page.textContent("body") ?? "{}");
        if (failed) throw new Error(failed);
        return { answers, evaluates, errors };
      } finally {
        await page.close();
      }
    },
    /** @param {string} script below the folder */
    page(script) {
      const path = `${script.replaceAll("/", "-")}.html`;
      writeFileSync(join(folder, path), html(script));
      return this.open(path);
    },
    unbundled(/** @type {string} */ file, /** @type {string} */ entry) {
      return this.page(unbundled(folder, file, entry));
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
