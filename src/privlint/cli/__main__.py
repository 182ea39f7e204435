"""`python -m privlint.cli`."""

from __future__ import annotations

from privlint.cli import main

raise SystemExit(main())
