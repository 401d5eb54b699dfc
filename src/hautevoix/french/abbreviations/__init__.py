"""The one table of abbreviations: what each is said, where, and whether it can end a sentence.

The normaliser and the sentence splitter both read it. An entry holds when ``before`` matches the
end of what precedes and ``after`` the beginning of what follows; the first that holds wins.
Sources: the Lexique des règles typographiques en usage à l'Imprimerie nationale, « Abréviations »,
and what printed books of the 18th to 21st centuries were seen to do.
"""

from __future__ import annotations

from hautevoix.french.abbreviations.ancients import ANCIENTS
from hautevoix.french.abbreviations.common import COMMON
from hautevoix.french.abbreviations.contexts import UPPER
from hautevoix.french.abbreviations.dates import DATES
from hautevoix.french.abbreviations.entry import Abbreviation
from hautevoix.french.abbreviations.law import LAW
from hautevoix.french.abbreviations.learned import LEARNED
from hautevoix.french.abbreviations.others import OTHERS
from hautevoix.french.abbreviations.people import PEOPLE
from hautevoix.french.abbreviations.ranks import RANKS
from hautevoix.french.abbreviations.references import REFERENCES
from hautevoix.french.abbreviations.shorthand import SHORTHAND
from hautevoix.french.abbreviations.unsaid import UNSAID

__all__ = ["TABLE", "UPPER", "Abbreviation"]

TABLE: tuple[Abbreviation, ...] = (
    *RANKS,
    *PEOPLE,
    *DATES,
    *REFERENCES,
    *LEARNED,
    *ANCIENTS,
    *LAW,
    *OTHERS,
    *SHORTHAND,
    *COMMON,
    *UNSAID,
)
"""Every abbreviation; to add one, add it to the entries of its kind, and a case to the tests."""
