"""What the project says of itself, one module for each source that says it: bytes in, records with places out."""

from privlint.declare.manifest import find, read

# What build and packaging files say is read by `privlint.declare.tree`: a start that needs none of it does not pay.
__all__ = ["find", "read"]
