"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const test = require("node:test");
const { candidates, find } = require("../src/find");

function program(...parts) {
  const file = path.join(...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  return file;
}

function folder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), "privlint-"));
}

test("the project's environment goes before the search path", () => {
  const root = folder();
  const onPath = program(root, "bin", "privlint");
  const where = { folders: [path.join(root, "app")], environment: { PATH: path.dirname(onPath) } };
  assert.strictEqual(find(where), onPath);
  const own = program(root, "app", ".venv", "bin", "privlint");
  assert.strictEqual(find(where), own);
});

test("the chosen interpreter's neighbour is found", () => {
  const root = folder();
  const own = program(root, "conda", "bin", "privlint");
  assert.strictEqual(find({ interpreter: path.join(root, "conda", "bin", "python"), environment: {} }), own);
});

test("a setting is the only candidate", () => {
  const root = folder();
  program(root, ".venv", "bin", "privlint");
  assert.strictEqual(find({ setting: path.join(root, "gone"), folders: [root], environment: {} }), "");
  assert.deepStrictEqual(candidates({ setting: "tools/privlint", folders: ["/a", "/b"], environment: {} }), [
    path.join("/a", "tools/privlint"),
    path.join("/b", "tools/privlint"),
  ]);
});

test("a folder or a file that cannot be run is no program", () => {
  const root = folder();
  fs.mkdirSync(path.join(root, ".venv", "bin", "privlint"), { recursive: true });
  fs.mkdirSync(path.join(root, "venv", "bin"), { recursive: true });
  fs.writeFileSync(path.join(root, "venv", "bin", "privlint"), "", { mode: 0o644 });
  assert.strictEqual(find({ folders: [root], environment: {} }), "");
});

test("Windows names it otherwise", () => {
  const found = candidates({ folders: ["C:/app"], environment: {}, platform: "win32" });
  assert.strictEqual(found[0], path.join("C:/app", ".venv", "Scripts", "privlint.exe"));
});
