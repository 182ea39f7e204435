"use strict";

// src/ and the packages that it uses in; one file, and the licences of those packages, out.

const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");

async function main() {
  const made = await esbuild.build({
    entryPoints: ["src/extension.js"],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    external: ["vscode"],
    minify: true,
    metafile: true,
    outfile: "dist/extension.js",
  });
  fs.writeFileSync("dist/licences.txt", notices(Object.keys(made.metafile.inputs)));
}

function notices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const match = /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(input);
    if (match) {
      folders.add(match[0]);
    }
  }
  return [...folders].sort().map(notice).join("\n\n");
}

function notice(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) {
    throw new Error(`${folder} has no licence file`);
  }
  return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
