"""Descriptions of options in; a parser that speaks two languages and never ends the program out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import NamedTuple, NoReturn

from privlint.cli import language as languages
from privlint.cli import streams
from privlint.errors import UsageError
from privlint.model.finding import Text
from privlint.report.width import wrap


class _HelpWanted(Exception):  # noqa: N818 - not an error
    """Carries the text that `--help` asks for."""


class _Help(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002
        values: object,  # noqa: ARG002
        option_string: str | None = None,  # noqa: ARG002
    ) -> NoReturn:
        raise _HelpWanted(parser.format_help().rstrip())


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Wraps Chinese as well as English."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for part in text.split("\n") for line in wrap(part, width - len(indent)))


class _ChineseFormatter(_Formatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Option(NamedTuple):
    """One option, for those who list them: completion and the manual page."""

    names: tuple[str, ...]
    metavar: str  # "" for one without a value
    help: str
    repeated: bool


class Parser(argparse.ArgumentParser):
    """The parser of one subcommand."""

    def __init__(self, command: str, language: str, about: Text, usage: str) -> None:
        chinese = language.startswith("zh")
        super().__init__(
            prog=f"privlint {command}",
            usage=f"privlint {command} {usage}",
            description=about[language],
            formatter_class=_ChineseFormatter if chinese else _Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.color = False  # Python 3.14 would colour the help, whatever --color says
        self.language = language
        self.command = command
        self._many = ""  # the positional argument that may be repeated
        self._section = self.add_argument_group("选项" if chinese else "options")
        help_text = Text("show this help", "显示本帮助")
        self._section.add_argument("-h", "--help", action=_Help, nargs=0, help=help_text[language])

    def section(self, title: Text) -> None:
        """Put the options that follow under a title."""
        self._section = self.add_argument_group(title[self.language])

    def flag(self, *names: str, help: Text) -> None:  # noqa: A002
        """Add an option without a value."""
        self._section.add_argument(*names, action="store_true", help=help[self.language])

    def option(self, *names: str, help: Text, metavar: str, default: str = "") -> None:  # noqa: A002
        """Add an option with one value."""
        self._section.add_argument(*names, metavar=metavar, default=default, help=help[self.language])

    def repeated(self, *names: str, help: Text, metavar: str) -> None:  # noqa: A002
        """Add an option that may be given several times."""
        self._section.add_argument(*names, metavar=metavar, action="append", default=[], help=help[self.language])

    def positional(self, name: str, help: Text, nargs: str | None = None) -> None:  # noqa: A002
        """Add what stands without a dash."""
        self._many = name if nargs == "*" else ""
        title = Text("arguments", "参数")[self.language]
        self.add_argument_group(title).add_argument(name, nargs=nargs, help=help[self.language], metavar=name.upper())

    def language_options(self) -> None:
        """Add the options that every subcommand has."""
        languages_text = Text("language of the texts: en or zh-CN", "文字的语言：en 或 zh-CN")
        self.option("--lang", metavar="LANG", help=languages_text)
        colour = Text("auto, always or never", "auto、always 或 never")
        self.option("--color", metavar="WHEN", default="auto", help=colour)

    def report_options(self) -> None:
        """Add the options of the commands that write a report on the whole app for people."""
        self.option("--config", metavar="FILE", help=Text("use this manifest", "使用这份清单"))
        self.repeated(
            "--exclude", metavar="PATTERN", help=Text("leave these paths out; may be repeated", "排除这些路径，可重复")
        )
        self.option(
            "--today", metavar="DATE", help=Text("the day on which waivers are judged", "判断豁免是否到期所用的日期")
        )
        self.flag("--allow-incomplete", help=Text("files that were not examined are no fault", "允许有文件未能检查"))

    def read(self, arguments: Sequence[str]) -> argparse.Namespace | None:
        """Parse; None when help was asked for, and given. Raises UsageError for what is wrong, with a remedy."""
        head, literal = _split(arguments) if self._many else (list(arguments), [])
        try:
            options, unknown = self.parse_known_args(head)
        except _HelpWanted as wanted:
            streams.write([str(wanted)])
            return None
        for argument in unknown:
            if argument.startswith("-") or not self._many:
                self._refuse(argument)
        if self._many:  # paths may stand between options, which argparse does not see
            setattr(options, self._many, [*getattr(options, self._many), *unknown, *literal])
        if options.lang and not languages.tag(options.lang):
            raise self.wrong("--lang", options.lang, ("en", "zh-CN"))
        if options.color not in {"auto", "always", "never"}:
            raise self.wrong("--color", options.color, ("auto", "always", "never"))
        return options

    def options(self) -> tuple[Option, ...]:
        """List the options, in the order of the help."""
        return tuple(
            Option(
                names=tuple(action.option_strings),
                metavar=str(action.metavar or "") if action.nargs != 0 else "",
                help=str(action.help or ""),
                repeated=isinstance(action.default, list),
            )
            for action in self._actions
            if action.option_strings
        )

    def summary(self) -> str:
        """Give the first sentence of what the command does."""
        about = str(self.description or "")
        ends = [at for at in (about.find(". "), about.find("。"), about.find("：")) if at > 0]
        return about[: min(ends)] if ends else about.rstrip(".。")

    @staticmethod
    def wrong(option: str, value: str, choices: Sequence[str]) -> UsageError:
        """Say that an option does not take a value."""
        from privlint.model.spelling import closest

        meant = closest(value, choices)
        return UsageError(
            f"{option} does not take `{value}`; it takes {', '.join(choices)}",
            message_zh=f"{option} 不接受 `{value}`；可用的值：{'、'.join(choices)}",
            hint=f"Did you mean `{meant}`?" if meant else "",
            hint_zh=f"是否要写 `{meant}`？" if meant else "",
        )

    def error(self, message: str) -> NoReturn:
        """Turn what argparse found into our own error."""
        chinese = message
        for english, words in _ARGPARSE:
            chinese = chinese.replace(english, words)
        raise self._error(message, chinese)

    def _refuse(self, argument: str) -> NoReturn:
        from privlint.model.spelling import closest

        if not argument.startswith("-"):
            raise self._error(f"unexpected argument: {argument}", f"多余的参数：{argument}")
        name = argument.partition("=")[0]
        known = [option for option in self._option_string_actions if option.startswith("--")]
        meant = closest(name, known) if name.startswith("--") else ""
        raise self._error(f"no such option: {name}", f"没有这个选项：{name}", meant)

    def _error(self, message: str, chinese: str, meant: str = "") -> UsageError:
        help_command = f"`privlint {self.command} --help`"
        return UsageError(
            message,
            message_zh=chinese,
            hint=f"Did you mean `{meant}`?" if meant else f"{help_command} lists the options.",
            hint_zh=f"是否要写 `{meant}`？" if meant else f"{help_command} 列出全部选项。",
        )


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the command line at `--`: what comes behind is never an option."""
    at = list(arguments).index("--") if "--" in arguments else len(arguments)
    return list(arguments[:at]), list(arguments[at + 1 :])


_ARGPARSE = (
    ("argument ", "参数 "),
    ("expected one argument", "需要一个值"),
    ("the following arguments are required", "缺少参数"),
    ("ignored explicit argument", "不接受值"),
)
