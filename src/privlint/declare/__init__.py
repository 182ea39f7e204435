"""What the project says of itself, one module for each source that says it: bytes in, records with places out."""

from privlint.declare.manifest import find, read

__all__ = ["find", "read"]
