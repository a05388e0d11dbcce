// The landing page. `npm run build:www` builds it with what stands beside it in www/dist.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { landingPages, policyPages } from "./site/build/plugin.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("site"),
  publicDir: here("site/public"),
  plugins: [landingPages()],
  build: {
    outDir: here("dist"),
    // The playground's build lies in the same folder; scripts/www/build.mjs clears the rest.
    emptyOutDir: false,
    target: "es2022",
    // A data address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [here("site/index.html"), here("site/zh/index.html"), ...policyPages(here("site"))] },
  },
});
