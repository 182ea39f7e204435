"""Gradle files in, modules and dependencies out, by their text alone: nothing is ever run.

`tokens` and `statements` read one script; `script` says what its statements mean, with `dependencies`, `android` and
`constants`, in the records of `written`; `values` looks names up; `catalog` reads catalogs; `convention` follows
what is applied; `module` and `project` put it together.
"""

from privlint.declare.gradle.catalog import Catalog
from privlint.declare.gradle.catalog import read as read_catalog
from privlint.declare.gradle.project import Gradle, assemble
from privlint.declare.gradle.properties import read as read_properties
from privlint.declare.gradle.script import scan
from privlint.declare.gradle.written import Script

__all__ = ["Catalog", "Gradle", "Script", "assemble", "read_catalog", "read_properties", "scan"]
