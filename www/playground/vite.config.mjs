// The playground as static files: `npm run build:playground`.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: here,
  base: "/playground/",
  // Nothing becomes a data: address: the page's policy allows none.
  build: { outDir: "../dist/playground", emptyOutDir: true, target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800 },
  worker: { format: "es" },
});
