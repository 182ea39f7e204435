// The pages of privlint in; what a real browser has against them out. Ends with 1 where there is anything.
//
//   cd scripts/pages && npm install && node check.mjs
//
// Each page is opened wide, narrow, dark and as it prints, with axe-core's rules; it must ask for nothing, write nothing
// to the console, fit the width, and be there within two seconds, also with 5,000 findings.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, privlint, ROOT, start } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const MOST = 2000; // milliseconds until the page is there
const VIEWS = [
  { name: "wide", width: 1280, height: 900 },
  { name: "narrow", width: 360, height: 740 },
  { name: "dark", width: 1280, height: 900, colorScheme: "dark" },
  { name: "print", width: 794, height: 1123, media: "print" },
];
const NOTICE = "违反必要原则，收集与其提供的服务无关的个人信息";

const scratch = folder("pages");
const few = join(scratch, "few");
const many = join(scratch, "many");
privlint("scripts/make_large_app.py", few, "5");
privlint("scripts/make_large_app.py", many, "5000");
const pages = [];
for (const lang of ["en", "zh-CN"]) {
  pages.push(page(`report of an example, ${lang}`, "report", "examples/rides-undeclared", "--lang", lang));
  pages.push(page(`report of a clean app, ${lang}`, "report", "examples/maps", "--lang", lang));
  pages.push(page(`rectification, ${lang}`, "rectify", "examples/maps-undeclared", "--format", "html", "--notice", NOTICE, "--lang", lang));
}
pages.push(page("report, 5 findings", "report", few, "--lang", "en"));
pages.push(page("report, 5,000 findings", "report", many, "--lang", "en"));
pages.push(page("rectification, 5,000 findings", "rectify", many, "--format", "html", "--lang", "zh-CN"));

const browser = await start();
let faults = 0;
for (const { title, file, bytes } of pages) {
  for (const view of VIEWS) {
    const context = await browser.newContext({
      viewport: { width: view.width, height: view.height }, colorScheme: view.colorScheme || "light", bypassCSP: true,
    });
    const tab = await context.newPage();
    const said = [];
    tab.on("console", (message) => said.push(`console: ${message.text()}`));
    tab.on("pageerror", (error) => said.push(`error: ${error.message}`));
    tab.on("request", (request) => { if (!request.url().startsWith("file:")) said.push(`asks for ${request.url()}`); });
    if (view.media) await tab.emulateMedia({ media: view.media });
    const began = performance.now();
    await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
    await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const took = Math.round(performance.now() - began);
    if (took > MOST) said.push(`took ${took} ms`);
    const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) said.push(`is ${over} px wider than the window`);
    await tab.evaluate(AXE);
    const found = await tab.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    for (const one of found.violations) {
      said.push(`axe ${one.id} (${one.impact}): ${one.help}; ${one.nodes.length} ×, first ${one.nodes[0].target} ${one.nodes[0].html.slice(0, 160)}`);
    }
    console.log(`${said.length ? "FAULT" : "ok"}  ${title}, ${view.name}: ${took} ms, ${Math.round(bytes / 1024)} kB`);
    for (const line of said) console.log(`       ${line}`);
    faults += said.length;
    await context.close();
  }
}
await browser.close();
console.log(`${pages.length} pages in ${VIEWS.length} views, ${faults} faults`);
process.exitCode = faults ? 1 : 0;

function page(title, ...given) {
  const file = join(scratch, `${pages.length}.html`);
  const text = privlint(...given);
  writeFileSync(file, text);
  return { title, file, bytes: Buffer.byteLength(text) };
}
