"""Small whole apps written to a folder, and what the checks say of them."""

from __future__ import annotations

from pathlib import Path

from privlint import engine
from privlint.model.finding import Finding
from privlint.model.request import Request

ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools"'


def permissions(*names: str) -> str:
    """Write an AndroidManifest.xml; a name may carry further attributes: `CAMERA android:maxSdkVersion="22"`."""
    lines = []
    for name in names:
        short, _, more = name.partition(" ")
        full = short if "." in short else f"android.permission.{short}"
        lines.append(f'    <uses-permission android:name="{full}" {more}/>')
    return "\n".join([f"<manifest {ANDROID}>", *lines, "    <application />", "</manifest>", ""])


def gradle(*dependencies: str, minimum: int = 24, plugin: str = "com.android.application") -> str:
    """Write a build.gradle; a dependency is `implementation 'group:artifact:1'`, or only the coordinates."""
    lines = [one if " " in one else f"implementation '{one}:1.0'" for one in dependencies]
    inside = "\n".join(f"    {line}" for line in lines)
    return (
        f"plugins {{\n    id '{plugin}'\n}}\n\n"
        f"android {{\n    defaultConfig {{\n        minSdk {minimum}\n    }}\n}}\n\n"
        f"dependencies {{\n{inside}\n}}\n"
    )


def judged(folder: Path, files: dict[str, str], *select: str) -> tuple[Finding, ...]:
    """Write the files of an app, and give the active findings of the checks that begin with one of `select`."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    request = Request(paths=(str(folder),), select=select, today="2026-11-24", jobs=1)
    return tuple(one for one in engine.run(request).findings if not one.suppressed)


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    """List check, severity and line."""
    return [(one.check, one.severity, one.place.start.line) for one in findings]
