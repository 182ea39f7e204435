"""`python -m privlint`: the same as the command `privlint`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        del sys.path[0]  # the working folder: a tree to be examined must not lend us its modules

    from privlint.cli import command

    command()
