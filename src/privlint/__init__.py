"""privlint: which personal data an app takes, held against what it declares and what the law says it needs."""

__version__ = "0.1.0"
