"""A built editors/vscode/privlint.vsix in; what VS Code shows with it out, as pictures for people to look at.

    python scripts/look_at_vscode.py --code-server entry.js [--chromium PROGRAM] [--language zh-CN] FOLDER

It needs `pip install playwright`, a Chromium, node, and code-server from npm (`out/node/entry.js` of the package). It
opens a small app in a browser and takes pictures of the findings, the hover, the actions and the completion. Nothing is
asserted but that each of them appears: whether it is right is for the eye.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
MANIFEST = """\
[app]
name = "示例地图"
category = "map-navigation" # 2026

[[collect]]
data = "precise-location"
purpose = "显示用户位置并导航"
consent = "separate"
"""
SOURCE = """\
package com.example

import android.location.LocationManager
import android.telephony.TelephonyManager

class Phone(private val telephony: TelephonyManager, private val locations: LocationManager) {
    fun device(): String {
        val smile = "😀中文"; return smile + telephony.imei
    }

    fun here() = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER)
}
"""
SETTINGS = {
    "security.workspace.trust.enabled": False,
    "workbench.startupEditor": "none",
    "workbench.colorTheme": "Default Light Modern",
    "telemetry.telemetryLevel": "off",
}


def main() -> int:
    """Take the pictures."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _lay_out(work, options.language)
        server = [
            "node",
            options.code_server,
            "--extensions-dir",
            str(work / "ext"),
            "--user-data-dir",
            str(work / "user"),
        ]
        extension = str(ROOT / "editors" / "vscode" / "privlint.vsix")
        subprocess.run([*server, "--install-extension", extension], check=True, cwd=work)
        port = _free_port()
        command = [
            *server,
            "--auth",
            "none",
            "--bind-addr",
            f"127.0.0.1:{port}",
            "--disable-telemetry",
            str(work / "app"),
        ]
        with subprocess.Popen(command, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT) as running:
            try:
                _wait(port)
                return _pictures(options, f"http://127.0.0.1:{port}/?folder={work / 'app'}")
            finally:
                running.terminate()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code-server", required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--language", default="en")
    parser.add_argument("folder", type=Path)
    return parser.parse_args()


def _lay_out(work: Path, language: str) -> None:
    command = work / "app" / ".venv" / "bin" / "privlint"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m privlint.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (work / "app" / "privlint.toml").write_text(MANIFEST, encoding="utf-8")
    (work / "app" / "Phone.kt").write_text(SOURCE, encoding="utf-8")
    settings = work / "user" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({**SETTINGS, "privlint.language": language}), encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("code-server did not start")


def _pictures(options: argparse.Namespace, address: str) -> int:
    sync_playwright = import_module("playwright.sync_api").sync_playwright

    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 640})
        page.goto(address)
        page.wait_for_selector(".monaco-workbench", timeout=60_000)
        page.get_by_role("treeitem", name="Phone.kt").dblclick()
        page.wait_for_selector(".squiggly-error", timeout=60_000)
        page.keyboard.press("Control+B")  # the side bar away
        page.wait_for_selector(".codelens-decoration", timeout=60_000)
        _take(page, options.folder / "vscode-findings.png")
        word = page.locator(".view-line", has_text="telephony.imei").locator("span").last.bounding_box()
        if word is None:
            raise SystemExit("the word with the finding is not in view")
        at = (word["x"] + word["width"] - 12, word["y"] + 8)
        page.mouse.move(*at)
        page.wait_for_selector(".monaco-hover:visible", timeout=10_000)
        _take(page, options.folder / "vscode-hover.png")
        page.mouse.click(*at)
        page.keyboard.press("Escape")
        page.keyboard.press("Control+.")
        page.wait_for_selector(".action-widget", timeout=10_000)
        _take(page, options.folder / "vscode-actions.png")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+B")
        page.get_by_role("treeitem", name="privlint.toml").dblclick()
        page.wait_for_timeout(1500)
        page.keyboard.press("Control+B")
        page.keyboard.press("Control+End")
        page.keyboard.type('\n[[collect]]\ndata = "')
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".suggest-widget.visible", timeout=10_000)
        _take(page, options.folder / "vscode-completion.png")
        browser.close()
    return 0


def _take(page: Any, file: Path) -> None:
    page.wait_for_timeout(1500)  # until nothing moves any more
    page.screenshot(path=str(file))
    print(file)


if __name__ == "__main__":
    raise SystemExit(main())
