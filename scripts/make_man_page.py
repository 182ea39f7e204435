"""The commands and their options in; the manual pages `docs/man/privlint.1` and its Chinese twin out.

`--check` writes nothing and ends with 1 when a page is not what the commands say today.
"""

from __future__ import annotations

import sys
from pathlib import Path

from privlint import __version__
from privlint.cli import completion
from privlint.cli.arguments import Parser
from privlint.model.finding import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs" / "man" / "privlint.1", "zh-CN": ROOT / "docs" / "man" / "zh_CN" / "privlint.1"}
ABOUT = Text(
    "tells which personal data an app takes that its service does not need or that it never declared",
    "指出应用收集了哪些其服务并不需要、或从未声明的个人信息",
)
CODES = (
    ("0", Text("complete, nothing at or above --fail-on", "检查完整，没有达到 --fail-on 级别的发现")),
    ("1", Text("complete, with findings", "检查完整，有发现")),
    ("2", Text("the command line, the manifest or the rules are wrong", "命令行、清单或规则有误")),
    ("3", Text("incomplete: something was not examined", "不完整：有应检查的内容未能检查")),
    ("4", Text("a bug of privlint", "privlint 自身的缺陷")),
)
HEADS = {
    "name": Text("NAME", "名称"),
    "usage": Text("SYNOPSIS", "用法"),
    "commands": Text("COMMANDS", "命令"),
    "codes": Text("EXIT STATUS", "退出码"),
    "environment": Text("ENVIRONMENT", "环境变量"),
}
VARIABLES = (
    ("PRIVLINT_LANG", Text("language of the texts: en or zh-CN", "文字的语言：en 或 zh-CN")),
    ("PRIVLINT_CACHE_DIR", Text("where results and compiled rules are kept", "保存结果和已编译规则的文件夹")),
    ("NO_COLOR, FORCE_COLOR", Text("no colours, or colours where none would be", "不使用颜色，或强制使用颜色")),
)


def main() -> int:
    """Make both pages, or compare them."""
    stale = []
    for language, path in PAGES.items():
        made = page(language)
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            stale.append(path)
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} is not what the commands say; run scripts/make_man_page.py\n")
    return 1 if stale else 0


def page(language: str) -> str:
    """Make one page."""
    lines = [
        f'.TH PRIVLINT 1 "" "privlint {__version__}" "privlint"',
        f".SH {HEADS['name'][language]}",
        f"privlint \\- {_text(ABOUT[language])}",
        f".SH {HEADS['usage'][language]}",
        ".B privlint",
        ".I COMMAND",
        "…",
        f".SH {HEADS['commands'][language]}",
    ]
    for made in completion.commands(language).values():
        lines += _command(made)
    lines.append(f".SH {HEADS['codes'][language]}")
    for code, told in CODES:
        lines += [".TP", f".B {code}", _text(told[language])]
    lines.append(f".SH {HEADS['environment'][language]}")
    for variable, told in VARIABLES:
        lines += [".TP", f".B {_text(variable)}", _text(told[language])]
    return "\n".join(lines) + "\n"


def _command(made: Parser) -> list[str]:
    usage = str(made.usage).removeprefix("privlint ")
    lines = [f'.SS "{_text(usage)}"', _text(str(made.description))]
    for option in made.options():
        if set(option.names) == {"-h", "--help"}:
            continue
        value = f" \\fI{_text(option.metavar)}\\fR" if option.metavar else ""
        lines += [".TP", f"\\fB{_text(', '.join(option.names))}\\fR{value}", _text(option.help)]
    return lines


def _text(text: str) -> str:
    """Write a text so that it is nothing but text."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    raise SystemExit(main())
