"""`FileFlow`s in; what an app reaches when it starts, and behind which conditions, out."""

from privlint.link.sdks import SdkTable
from privlint.link.start import MOST_CALLS, Search, Want
from privlint.link.vocabulary import Vocabulary

__all__ = ["MOST_CALLS", "SdkTable", "Search", "Vocabulary", "Want"]
