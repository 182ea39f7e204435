// The pages of privlint on examples in; the pictures of docs/img/ out: look at them before you commit them.
//
//   cd scripts/pages && npm install && node pictures.mjs
//
// A picture depends on the fonts of the machine, so no test compares them.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, privlint, ROOT, start } from "./browser.mjs";

const TODAY = ["--today", "2026-11-25"];
const REPORT = ["report", "examples/maps-undeclared", ...TODAY];
const RECTIFY = [
  "rectify", "examples/maps-undeclared", "--format", "html", ...TODAY, "--notice-date", "2026-11-24",
  "--due", "+10 working days", "--notice", "违反必要原则，收集与其提供的服务无关的个人信息",
];
const SHOTS = [
  { name: "report.png", given: [...REPORT, "--lang", "en"], height: 1400 },
  { name: "report.zh-CN.png", given: [...REPORT, "--lang", "zh-CN"], height: 1400 },
  { name: "report-dark.png", given: [...REPORT, "--lang", "en"], colorScheme: "dark" },
  { name: "report-narrow.png", given: [...REPORT, "--lang", "zh-CN"], width: 390, height: 844 },
  { name: "report-findings.png", given: [...REPORT, "--lang", "en"], at: "#findings" },
  { name: "report-print.png", given: [...REPORT, "--lang", "zh-CN"], width: 794, height: 1123, media: "print" },
  { name: "rectification.zh-CN.png", given: [...RECTIFY, "--lang", "zh-CN"] },
  { name: "rectification.png", given: [...RECTIFY, "--lang", "en"] },
];

const scratch = folder("pictures");
const browser = await start();
for (const shot of SHOTS) {
  const file = join(scratch, `${shot.name}.html`);
  writeFileSync(file, privlint(...shot.given));
  const context = await browser.newContext({
    viewport: { width: shot.width || 1200, height: shot.height || 1000 }, colorScheme: shot.colorScheme || "light",
    deviceScaleFactor: 1,
  });
  const tab = await context.newPage();
  if (shot.media) await tab.emulateMedia({ media: shot.media });
  await tab.goto(pathToFileURL(file).href + (shot.at || ""), { waitUntil: "load" });
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: join(ROOT, "docs", "img", shot.name) });
  console.log(`docs/img/${shot.name}`);
  await context.close();
}
await browser.close();
