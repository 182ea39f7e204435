"""`privlint completion bash|zsh|fish`: the commands and their options in; a script for a shell out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from privlint.cli import COMMANDS, streams
from privlint.cli.arguments import Option, Parser
from privlint.model.finding import Text

_SHELLS = ("bash", "zsh", "fish")
_FILES = frozenset({"FILE", "FOLDER", "PATH"})


def run(arguments: Sequence[str], language: str) -> int:
    """Write the script to standard output."""
    options = parser(language).read(arguments)
    if options is None:
        return 0
    if options.shell not in _SHELLS:
        raise Parser.wrong("completion", options.shell, _SHELLS)
    makers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    streams.write_utf8(makers[options.shell](commands(language)))
    return 0


def parser(language: str) -> Parser:
    """Describe the options."""
    about = Text(
        'Write a script that completes commands and options in a shell. In bash: eval "$(privlint completion bash)"',
        '生成补全命令和选项的 shell 脚本。bash 用法：eval "$(privlint completion bash)"',
    )
    made = Parser("completion", language, about, "bash|zsh|fish")
    made.positional("shell", Text("bash, zsh or fish", "bash、zsh 或 fish"))
    made.language_options()
    return made


def commands(language: str) -> dict[str, Parser]:
    """Give the parser of every command."""
    return {name: import_module(f"privlint.cli.{name}").parser(language) for name in COMMANDS}


def _bash(found: dict[str, Parser]) -> Iterator[str]:
    yield "_privlint() {"
    yield '    local word="${COMP_WORDS[COMP_CWORD]}" command="" each'
    yield '    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f'        case "$each" in {"|".join(found)}) command="$each"; break ;; esac'
    yield "    done"
    yield '    case "$command" in'
    for name, made in found.items():
        words = " ".join(option for one in made.options() for option in one.names)
        yield f'        {name}) [[ "$word" == -* ]] && COMPREPLY=($(compgen -W "{words}" -- "$word")) ;;'
    yield f'        *) COMPREPLY=($(compgen -W "{" ".join(found)} --version --help --lang" -- "$word")) ;;'
    yield "    esac"
    yield "}"
    yield "complete -o default -F _privlint privlint"


def _zsh(found: dict[str, Parser]) -> Iterator[str]:
    yield "#compdef privlint"
    yield "_privlint() {"
    yield "    local -a commands"
    yield "    commands=("
    for name, made in found.items():
        yield f"        {_quoted(f'{name}:{made.summary()}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then _describe command commands; return; fi"
    yield "    local command=${words[2]}"
    yield "    shift words; (( CURRENT-- ))"
    yield '    case "$command" in'
    for name, made in found.items():
        yield f"        {name}) _arguments \\"
        for one in made.options():
            for option in one.names:
                yield f"            {_quoted(_zsh_option(option, one))} \\"
        yield "            '*:path:_files' ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ "${funcstack[1]}" == _privlint ]]; then _privlint "$@"; else compdef _privlint privlint; fi'


def _zsh_option(option: str, one: Option) -> str:
    about = one.help.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    value = "" if not one.metavar else f":{one.metavar}:{'_files' if one.metavar in _FILES else ''}"
    return f"*{option}[{about}]{value}" if one.repeated else f"{option}[{about}]{value}"


def _fish(found: dict[str, Parser]) -> Iterator[str]:
    yield "complete -c privlint -n __fish_use_subcommand -f"
    for name, made in found.items():
        about = _fish_quoted(made.summary())
        yield f"complete -c privlint -n __fish_use_subcommand -a {name} -d {about}"
    for name, made in found.items():
        for one in made.options():
            where = f"complete -c privlint -n '__fish_seen_subcommand_from {name}'"
            names = " ".join(f"-l {each[2:]}" if each.startswith("--") else f"-s {each[1:]}" for each in one.names)
            value = "" if not one.metavar else " -r -F" if one.metavar in _FILES else " -x"
            yield f"{where} {names}{value} -d {_fish_quoted(one.help)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
