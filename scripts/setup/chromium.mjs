// A Chromium and its driver, for tests alone.

import { existsSync } from "node:fs";
import { Failure } from "../failure.mjs";
import { ask } from "../run.mjs";
import * as debian from "./debian.mjs";

const DEBIAN_PACKAGES = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/** Where Debian keeps the two, or where the environment says they are. */
function present() {
  const [browser, driver] = [process.env.CHROMIUM ?? "/usr/bin/chromium", process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver"];
  return existsSync(browser) && existsSync(driver) ? { browser, driver } : undefined;
}

/** Whether there is a font for Chinese; without one, pages in Chinese are boxes on every screenshot. */
const hasChineseFont = () => ask("fc-list", [":lang=zh-cn", "family"]) !== "";

/** Finds them, or installs them. */
export async function setUpChromium() {
  const found = present();
  if (found && hasChineseFont()) return found;
  if (debian.canInstall()) {
    console.log(`set-up: ${DEBIAN_PACKAGES.join(" ")} with apt-get (a few minutes)`);
    await debian.install(DEBIAN_PACKAGES);
  }
  const installed = present();
  if (installed) return installed;
  throw new Failure("there is no Chromium here with its driver", [
    "on Debian, as root:",
    `  apt-get update && apt-get install --no-install-recommends ${DEBIAN_PACKAGES.join(" ")}`,
    "elsewhere, say where they are: CHROMIUM=… CHROMEDRIVER=…",
  ].join("\n"));
}
