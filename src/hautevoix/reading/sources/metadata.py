"""What files say of themselves, less what their programs put there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import BookInfo, TitleSource
from hautevoix.reading.base.details import said_details
from hautevoix.reading.base.sidecar import french_date

if TYPE_CHECKING:
    from collections.abc import Mapping

# Titles that programs put in, and names that are no author's.
_JUNK = re.compile(
    r"microsoft word\b.*|.*\.(?:docx?|odt|rtf|txt)|document ?\d*|sans titre.*|untitled.*|titre"
    r"|title|présentation.*|modèle.*|normal|word document",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"python-docx|user.*|utilisateur.*|admin.*|author|auteur|microsoft.*|pc|windows.*|[^@\n]*@.*"
    r"|\w{1,3}|[^\d\n]*\d.*|apache poi|libreoffice.*|unknown|inconnu",
    re.IGNORECASE,
)


_YEAR = 4  # digits
_LABELS = {
    "publisher": "publisher éditeur editeur maison_d'édition dc.publisher dcterms.publisher",
    "series": "series série serie cycle saga belongs_to_collection calibre:series",
    "series_number": "series_number series_index series_part group_position calibre:series_index"
    " tome volume numéro_de_série",
    "isbn": "isbn isbn_13 isbn13 isbn_10 isbn10 identifier book:isbn books:isbn dc.identifier",
    "rights": "rights droits copyright licence license dc.rights dcterms.rights",
    "genre": "genre category catégorie book:genre",
}
_DETAILS = {label: name for name, labels in _LABELS.items() for label in labels.split()}


def detail(label: str) -> str | None:
    """Return which of a book's details is meant by a label of a file's, None for no such one.

    A French « collection » is a publisher's list, no series.

    >>> detail("Éditeur"), detail("series-index"), detail("Collection")
    ('publisher', 'series_number', None)
    """
    return _DETAILS.get(re.sub(r"[-\s]", "_", label.strip().lower().replace("’", "'")))


def info_of(said: Mapping[str, str]) -> BookInfo:
    """Return what a document's properties say, by their Dublin Core names, but for the idle ones.

    A title such as « Document1 », an author such as « user » were put there by a program.
    """
    title, author = said.get("title", ""), said.get("creator", "")
    info = BookInfo(
        author=None if not author or _NOBODY.fullmatch(author) else author,
        language=language_code(said.get("language")),
        description=said.get("description"),
        details=said_details(said),
    )
    if not title or _JUNK.fullmatch(title):
        return info
    return replace(info, title=title, title_source=TitleSource.TEXT)


def language_code(tag: str | None) -> str:
    """Return the language of a tag (« fr-FR » is « fr »); French where it says nothing.

    >>> language_code("en_US"), language_code("C"), language_code(None)
    ('en', 'fr', 'fr')
    """
    primary = (tag or "").strip().lower().replace("_", "-").split("-", 1)[0]
    known = len(primary) in {2, 3} and primary.isalpha()  # BCP 47: a primary subtag of ISO 639
    return primary if known and primary not in {"und", "mul", "zxx"} else "fr"


def printed_date(text: str) -> str:
    """Return an ISO date as printed; January the first stands for a year alone.

    What is no ISO date comes back as it is.

    >>> printed_date("1917-10-24"), printed_date("1883-01-01"), printed_date("an II")
    ('24 octobre 1917', '1883', 'an II')
    """
    try:
        day = dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        iso = len(text) in {7, 10} and text[:_YEAR].isdecimal() and text[_YEAR] == "-"
        return text[:_YEAR] if iso else text.strip()
    return str(day.year) if (day.month, day.day) == (1, 1) else french_date(day)
