"use strict";

// Starts `privlint server` of the project's environment and connects it to the editor. Everything else is in the server.

const { l10n, commands, env, extensions, window, workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { find } = require("./find");

const PATTERNS = [
  "**/*.{kt,kts,java,py,pyi}",
  "**/{privlint,.privlint,pyproject}.toml",
  "**/AndroidManifest*.xml",
  "**/*.gradle",
];
const INSTALL = 'pip install "privlint[lsp]"';

let client;
let output;
let status;

async function activate(context) {
  output = window.createOutputChannel("privlint");
  status = window.createStatusBarItem("privlint", 2, -1);
  status.name = "privlint";
  status.command = "privlint.showOutput";
  context.subscriptions.push(
    output,
    status,
    commands.registerCommand("privlint.restart", restart),
    commands.registerCommand("privlint.showOutput", () => output.show()),
    workspace.onDidChangeConfiguration((event) => (event.affectsConfiguration("privlint") ? restart() : undefined)),
  );
  await start();
}

async function deactivate() {
  await client?.stop();
  client = undefined;
}

async function restart() {
  await deactivate();
  await start();
}

async function start() {
  const settings = workspace.getConfiguration("privlint");
  const command = find({
    setting: settings.get("path", ""),
    folders: (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    interpreter: await interpreter(),
    environment: process.env,
  });
  if (!command) {
    show("$(circle-slash) privlint", "");
    const set = l10n.t("Set the path");
    const said = l10n.t("privlint was not found. Install it into the project's environment: {0}", INSTALL);
    output.appendLine(said);
    window.showWarningMessage(said, set).then((chosen) => {
      if (chosen === set) {
        commands.executeCommand("workbench.action.openSettings", "privlint.path");
      }
    });
    return;
  }
  output.appendLine(`${command} server`);
  client = new LanguageClient(
    "privlint",
    "privlint",
    { command, args: ["server"], transport: TransportKind.stdio },
    {
      documentSelector: PATTERNS.map((pattern) => ({ scheme: "file", pattern })),
      initializationOptions: {
        language: settings.get("language", "") || env.language,
        wholeApp: settings.get("wholeApp", true),
      },
      outputChannel: output,
    },
  );
  try {
    await client.start();
    const version = client.initializeResult?.serverInfo?.version ?? "";
    show(`privlint ${version}`, command);
  } catch (error) {
    show("$(error) privlint", command);
    const open = l10n.t("Show the output");
    const said = l10n.t("privlint could not be started: {0}", String(error?.message ?? error));
    window.showErrorMessage(said, open).then((chosen) => (chosen === open ? output.show() : undefined));
  }
}

function show(text, tooltip) {
  status.text = text;
  status.tooltip = tooltip;
  status.show();
}

/** The interpreter chosen in the Python extension, where there is one. */
async function interpreter() {
  const python = extensions.getExtension("ms-python.python");
  if (!python) {
    return "";
  }
  try {
    const api = python.isActive ? python.exports : await python.activate();
    const environment = await api.environments.resolveEnvironment(api.environments.getActiveEnvironmentPath());
    return environment?.executable?.uri?.fsPath ?? "";
  } catch {
    return "";
  }
}

module.exports = { activate, deactivate };
