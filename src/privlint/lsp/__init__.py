"""An editor's messages on standard input in, diagnostics on standard output out. Only this package imports pygls."""

from __future__ import annotations

from privlint.errors import UsageError


def main(language: str = "") -> int:
    """Serve an editor until it says goodbye. `language` counts where the editor does not name one.

    Raises UsageError when the extra is not installed.
    """
    try:
        import pygls  # noqa: F401 - half a second, which only the server pays
    except ModuleNotFoundError as error:
        raise UsageError(
            "the language server needs pygls, which is not installed",
            message_zh="语言服务器需要 pygls，但尚未安装",
            hint='Install it with: pip install "privlint[lsp]"',
            hint_zh='安装方法：pip install "privlint[lsp]"',
        ) from error
    from privlint.lsp.features import serve

    return serve(language)
