"""Gradle files in, modules and dependencies out, by their text alone: nothing is ever run.

`tokens` and `statements` read one script, `script` says what its statements mean, `values` looks names up, `catalog`
reads version catalogs, `convention` follows what is applied, `module` and `project` put it together.
"""

from privlint.declare.gradle.catalog import Catalog
from privlint.declare.gradle.catalog import read as read_catalog
from privlint.declare.gradle.project import Gradle, assemble
from privlint.declare.gradle.properties import read as read_properties
from privlint.declare.gradle.script import Script, scan

__all__ = ["Catalog", "Gradle", "Script", "assemble", "read_catalog", "read_properties", "scan"]
