"use strict";

// Which program to run: what the settings, the project's folder and the environment say in; its path out.

const fs = require("node:fs");
const path = require("node:path");

const FOLDERS = [".venv", "venv", "env"];

/** The first of the candidates that is there; "" when none is. */
function find(where) {
  return candidates(where).find(isProgram) ?? "";
}

/** Where to look, in this order: the setting, the project's environments, Python's choice, VIRTUAL_ENV, the search path. */
function candidates({ setting = "", folders = [], interpreter = "", environment = {}, platform = process.platform }) {
  const windows = platform === "win32";
  const name = windows ? "privlint.exe" : "privlint";
  const bin = windows ? "Scripts" : "bin";
  if (setting) {
    const home = environment.HOME ?? environment.USERPROFILE ?? "~";
    const full = setting.startsWith("~") ? path.join(home, setting.slice(1)) : setting;
    return path.isAbsolute(full) ? [full] : folders.map((folder) => path.join(folder, full));
  }
  const found = folders.flatMap((folder) => FOLDERS.map((one) => path.join(folder, one, bin, name)));
  if (interpreter) {
    found.push(path.join(path.dirname(interpreter), name));
  }
  if (environment.VIRTUAL_ENV) {
    found.push(path.join(environment.VIRTUAL_ENV, bin, name));
  }
  const searched = (environment.PATH ?? environment.Path ?? "").split(path.delimiter).filter(Boolean);
  return [...found, ...searched.map((folder) => path.join(folder, name))];
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { candidates, find };
