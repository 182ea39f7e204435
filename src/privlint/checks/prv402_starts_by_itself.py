"""An SDK starts by itself before the user can agree: a provider that it brings runs before any code of the app.

## What it finds

A dependency that brings a content provider which starts SDKs that take data (Firebase and the like). Android makes
providers before the `Application` object, so no condition in the app's code comes first.

It stays silent where an AndroidManifest.xml takes the provider out (`tools:node="remove"`). Where it only switches the
collection off, the finding is information: the SDK still starts, and whatever else it does is not switched off. It is
information, too, where no notice of the vendor was read that says what the SDK takes.

## Why it matters

Among the conduct that the 2019 method names: starting to collect personal information, or opening permissions that can
collect it, before obtaining the user's consent (item 3.1).

## Bad

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.google.firebase:firebase-analytics:21.5.0' // expect: PRV402
}
```

```toml
[[sdk]]
name = "Google Analytics for Firebase"
purpose = "Know which screens are used"
data = ["installation-id", "advertising-id", "coarse-location", "transaction-history", "app-interactions"]
consent = "policy"
notice = "https://firebase.google.com/support/privacy"
coordinates = ["com.google.firebase:firebase-analytics"]
```

## Good

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.google.firebase:firebase-analytics:21.5.0'
}
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
    xmlns:tools="http://schemas.android.com/tools" package="com.example.notes">
    <application>
        <provider
            android:name="com.google.firebase.provider.FirebaseInitProvider"
            android:authorities="${applicationId}.firebaseinitprovider"
            tools:node="remove" />
    </application>
</manifest>
```

```toml
[[sdk]]
name = "Google Analytics for Firebase"
purpose = "Know which screens are used"
data = ["installation-id", "advertising-id", "coarse-location", "transaction-history", "app-interactions"]
consent = "policy"
notice = "https://firebase.google.com/support/privacy"
coordinates = ["com.google.firebase:firebase-analytics"]
```

## How to fix

Take the provider out in AndroidManifest.xml with the element that the finding gives, and start the SDK in code once the
user has agreed.

## How to suppress

On the line of the dependency, or alone on the line above it: `// privlint: ignore[PRV402] reason`. For a whole file,
and until a day: a `[[waive]]` table with `check = "PRV402"` and the path of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from privlint.checks import packaged, wording
from privlint.checks.findings import Mark, Verdict, at_place
from privlint.model.check import Check
from privlint.model.declared import AppDeclarations
from privlint.model.finding import Finding, Text
from privlint.model.judged import Project
from privlint.model.sdks import Provider, Sdk

ZH = """SDK 在用户同意之前自行启动：它带来的内容提供者先于应用的任何代码运行。

## 检查什么

依赖带来的内容提供者会启动收集信息的 SDK（如 Firebase）。Android 先创建内容提供者，再创建 `Application` 对象，
因此应用代码中的任何条件都来不及起作用。

AndroidManifest.xml 移除了该内容提供者（`tools:node="remove"`）时不报告。只关闭了收集开关时仅作提示：SDK 仍会启动，
其他行为没有关闭。没有读过厂商说明、不知道 SDK 收集什么时，也仅作提示。

## 为什么重要

《认定方法》列举的行为包括：征得用户同意前就开始收集个人信息或打开可收集个人信息的权限（第3.1项）。

## 反例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.google.firebase:firebase-analytics:21.5.0' // expect: PRV402
}
```

```toml
[[sdk]]
name = "Google Analytics for Firebase"
purpose = "了解哪些界面被使用"
data = ["installation-id", "advertising-id", "coarse-location", "transaction-history", "app-interactions"]
consent = "policy"
notice = "https://firebase.google.com/support/privacy"
coordinates = ["com.google.firebase:firebase-analytics"]
```

## 正例

```groovy
plugins {
    id 'com.android.application'
}

dependencies {
    implementation 'com.google.firebase:firebase-analytics:21.5.0'
}
```

```xml
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
    xmlns:tools="http://schemas.android.com/tools" package="com.example.notes">
    <application>
        <provider
            android:name="com.google.firebase.provider.FirebaseInitProvider"
            android:authorities="${applicationId}.firebaseinitprovider"
            tools:node="remove" />
    </application>
</manifest>
```

```toml
[[sdk]]
name = "Google Analytics for Firebase"
purpose = "了解哪些界面被使用"
data = ["installation-id", "advertising-id", "coarse-location", "transaction-history", "app-interactions"]
consent = "policy"
notice = "https://firebase.google.com/support/privacy"
coordinates = ["com.google.firebase:firebase-analytics"]
```

## 如何修复

按提示给出的元素在 AndroidManifest.xml 中移除该内容提供者，用户同意后再在代码中启动 SDK。

## 如何抑制

写在该依赖所在行，或单独写在上一行：`// privlint: ignore[PRV402] 理由`。针对整个文件并设定期限：
`[[waive]]`，写明 `check = "PRV402"` 和文件路径。
"""

CHECK = Check(
    id="PRV402",
    slug="starts-by-itself",
    title=Text("SDK that starts by itself, before the user can agree", "SDK 自行启动，用户尚未同意"),
    severity="warning",
    clauses=("cn-method-2019/3.1", "cn-method-2019/5.1"),
)

_TAKING = frozenset({"ads", "analytics", "anti-fraud", "attribution", "crash", "push", "session-replay"})


def check(project: Project) -> Iterator[Finding]:
    """Tell of each SDK that takes data and that a provider starts which nothing takes out."""
    if project.declared is None or not project.whole:
        return
    providers = [
        (sdk, one) for _, sdk in packaged.catalogue(project) for one in sdk.providers if one.verified and one.starts
    ]
    for found in packaged.sdks(project):
        if not found.dependencies or not (found.sdk.stated or found.sdk.kind in _TAKING):
            continue
        for starter, provider in providers:
            if _brings(starter, found) and not _removed(project.declared, provider):
                yield _finding(project, found, starter, provider)
                break


def _brings(starter: Sdk, found: packaged.Found) -> bool:
    """Tell whether an SDK comes with the provider of another: by itself, or as one product of a family."""
    if starter.id == found.sdk.id:
        return True
    patterns = [text for one in starter.artifacts for text in one.coordinates if text.endswith(":*")]
    return any(fnmatchcase(one.name, pattern) for one in found.dependencies for pattern in patterns)


def _removed(declared: AppDeclarations, provider: Provider) -> bool:
    """Tell whether an AndroidManifest.xml takes a provider out, or says what keeps it from starting anything."""
    if any(one.kind == "provider" and one.name in {"", provider.name} for one in declared.removals):
        return True
    said = (f'android:name="{name}" android:value="{value}"' for name, value in _meta_data(declared).items())
    return any(one in provider.remove for one in said)


def _meta_data(declared: AppDeclarations) -> dict[str, str]:
    return {name: value for one in declared.components for name, value in one.meta_data if one.reach != "none"}


def _switched_off(declared: AppDeclarations, *sdks: Sdk) -> str:
    """Name the entry of an AndroidManifest.xml that switches off what an SDK collects; "" for none."""
    said = _meta_data(declared)
    for sdk in sdks:
        for switch in sdk.switches:
            if switch.kind == "manifest" and switch.turns == "off" and switch.known:
                for name in switch.members:
                    if said.get(name) == switch.off:
                        return name
    return ""


def _finding(project: Project, found: packaged.Found, starter: Sdk, provider: Provider) -> Finding:
    sdk = found.sdk
    data = sdk.stated
    names = wording.names(project, data)
    off = _switched_off(project.declared, starter, sdk) if project.declared else ""
    notes = [Text(provider.note_en, provider.note_zh)] if provider.note_en else []
    if off:
        notes.append(
            Text(
                f"{off} switches its collection off; the provider still starts the SDK",
                f"{off} 已关闭其收集，但内容提供者仍会启动该 SDK",
            )
        )
    taken = Text(f" (its notice names {names.en})", f"（其公示收集{names.zh}）") if data else Text("", "")
    verdict = Verdict(
        message=Text(
            f"{sdk.name_en}{taken.en} is started by a content provider before the user can agree",
            f"{sdk.name_zh}{taken.zh}由内容提供者启动，此时用户尚未同意",
        ),
        why=Text(
            "Providers run before any code of the app, so no condition on the user's consent comes first.",
            "内容提供者先于应用的任何代码运行，因此没有任何同意条件能先于它起作用。",
        ),
        help=Text(
            f"take it out in AndroidManifest.xml, and start the SDK after the user has agreed:\n{provider.remove}",
            f"在 AndroidManifest.xml 中移除它，并在用户同意后再启动 SDK：\n{provider.remove}",
        ),
        clauses=CHECK.clauses,
        notes=tuple(notes),
    )
    debug = all(one.reach == "debug" for one in found.dependencies)
    mark = Mark(
        place=found.dependencies[0].place,
        label=Text(f"brings {provider.name.rpartition('.')[2]}", f"带来 {provider.name.rpartition('.')[2]}"),
        subject=f"sdk:{sdk.id}",
        severity="info" if off or debug or not data else "warning",
        apps=found.apps,
    )
    return at_place(project, CHECK, mark, verdict)
