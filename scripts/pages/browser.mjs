// A browser in, pages of it out: a real Chromium that reaches no network and keeps nothing.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Start the browser; BROWSER names another one than the usual. */
export async function start() {
  const executablePath = process.env.BROWSER || PLACES.find(existsSync);
  if (!executablePath) throw new Error("no Chromium was found; name one in BROWSER");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Run privlint from this checkout, and give its standard output. Findings are no failure here. */
export function privlint(...given) {
  const python = process.env.PYTHON || join(ROOT, ".venv", "bin", "python");
  const env = { ...process.env, PYTHONPATH: join(ROOT, "src") };
  return execFileSync(python, given[0].endsWith(".py") ? given : ["-m", "privlint", ...given], {
    cwd: ROOT, env, encoding: "utf-8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"],
  });
}

/** A new empty folder. */
export function folder(name) {
  return mkdtempSync(join(tmpdir(), `privlint-${name}-`));
}
