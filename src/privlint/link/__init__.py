"""`FileFlow`s in; what an app reaches when it starts, behind which conditions, and how it takes what it takes, out."""

from privlint.link.manner import Aim, Components, manner, wanted
from privlint.link.refusal import Reading
from privlint.link.sdks import SdkTable
from privlint.link.start import MOST_CALLS, Search, Want
from privlint.link.vocabulary import Vocabulary

__all__ = ["MOST_CALLS", "Aim", "Components", "Reading", "SdkTable", "Search", "Vocabulary", "Want", "manner", "wanted"]
