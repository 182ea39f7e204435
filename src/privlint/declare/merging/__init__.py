"""Manifests and modules in, the merged permissions and components of each app out.

`parts` says whose a manifest is, `variants` what is built, `names` fills in names, `fates` merges; `merge` is the door.
"""

from privlint.declare.merging.merge import Merged, merge

__all__ = ["Merged", "merge"]
