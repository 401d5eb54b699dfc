"""The words of headings: « CHAPITRE PREMIER », « IV », « 2. Le pont », « ÉPILOGUE », « TABLE »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from hautevoix.reading.language.numerals import number
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.language.underscores import without_italic_marks


class Form(IntEnum):
    """How sure a line's wording makes it a heading, the surest first."""

    DIVISION = 1  # « Chapitre 2 », « PREMIÈRE PARTIE »
    NAMED = 2  # « ÉPILOGUE », « Préface de l'éditeur »
    NUMBER = 3  # « IV », « 2. Le pont »: a heading only in a sequence
    CAPITALS = 4  # « LE GUN-CLUB »: a heading only where it stands like one
    LOOSE = 5  # « Le pont »: the same, and weaker
    LISTED = 6  # « Le pont », which the table of contents names: its words alone say nothing


# The divisions of a book, the outermost first; those of one rank are never nested.
_RANKS = (
    ("tome", "volume"),
    ("partie", "époque", "journée"),
    ("livre", "acte", "chant", "cahier", "nuit", "soirée", "veillée"),
    (
        "chapitre",
        "chap.",
        "lettre",
        "épisode",
        "leçon",
        "entretien",
        "fable",
        "psaume",
        "promenade",
    ),
    ("scène", "tableau", "section", "article", "titre"),
    ("paragraphe",),
)
TIMES = frozenset("époque journée nuit soirée veillée".split())
"""Divisions named after a stretch of time, which a title may be about."""
RANK = {word: rank for rank, words in enumerate(_RANKS, 1) for word in words}
_DIVISIONS = "|".join(map(re.escape, RANK))
# « PREMIÈRE JOURNÉE DE TEMPÊTE » names a day, « PREMIÈRE JOURNÉE » a part of the book.
_OF = re.compile(r" (?:d(?:e|u|es)\b|d[’']|à\b|aux?\b|dans\b|sur\b|en\b)", re.IGNORECASE)
_NUMERAL = (
    r"(?:[IVXLC]{1,9}(?:er|re|e|ème)?|\d{1,4}(?:er|re|e|ème)?"
    r"|(?:(?:vingt|trente|quarante|cinquante|soixante|quatre-vingt)(?: et |-et-|-)?)?"
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-sept|-huit|-neuf)?|onze|douze"
    r"|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent"
    r"|premi(?:er|[eè]re)|seconde?|derni(?:er|[eè]re)|[a-zé]{2,9}i[eè]me))"
)
_DIVISION = re.compile(
    rf"(?P<word>{_DIVISIONS})\s+(?P<number>{_NUMERAL})(?![\w’'])(?P<rest>.*)", re.IGNORECASE
)
_ORDINAL = (
    r"(?:[IVXLC]{1,9}(?:er|re|e|ème)|\d{1,4}(?:er|re|e|ème)|premi(?:er|[eè]re)|seconde?"
    r"|derni(?:er|[eè]re)|(?:(?:vingt|trente|quarante|cinquante|soixante)(?: et |-et-|-))?"
    r"[a-zé]{2,9}i[eè]me)"
)
_ORDINAL_DIVISION = re.compile(
    rf"(?P<number>{_ORDINAL})\s+(?P<word>{_DIVISIONS})(?![\w’'])(?P<rest>.*)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:[-–—] ?|§ ?)?(?P<number>[IVXLC]{1,9}|\d{1,3}|1[5-9]\d\d|20\d\d)"
    r"(?:(?P<sep> ?[.)/](?: ?[-–—])?| ?[-–—:])(?!\d)(?P<rest>.*))?"
)
_NAMES = (
    "avant-propos|avertissements?|avis|préface|prologue|préambule|introduction|épilogue|conclusion"
    "|postface|appendices?|annexes?|dédicace|épître dédicatoire|remerciements|bibliographie"
    "|post-scriptum|intermède|prélude|entracte|argument|éclaircissements|notice|liminaire"
    "|pièces justificatives|personnages|distribution"
    "|note de l[’']éditeur|notes? liminaires?|chronologie|glossaire|index"
)
_NAMED = re.compile(
    rf"(?P<name>{_NAMES})(?P<rest>(?: (?:de|du|des|à|au|aux|sur|pour|par|[IVXLC]+|\d+)\b"
    r"| [dl][’']| ?[.:—–-]| générale?| biographique| historique).*)?",
    re.IGNORECASE,
)
CAST = frozenset({"personnages", "distribution"})
"""The names of headings over a play's people, who are named and quote nobody."""
_CONTENTS = re.compile(
    r"(?:table(?: (?:des|de) (?:matières?|chapitres?|divisions|lettres|contenus?|illustrations"
    r"|gravures)| analytique.{0,40})?|sommaire|contenu|contents)[ .:]*",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"notes?(?: et (?:références|éclaircissements|variantes)| (?:de|du|des|sur|aux?) .{1,50}"
    r"| finales| de bas de page| d[’'].{1,40}| [IVXLC\d]{1,6})?[ .:]*",
    re.IGNORECASE,
)
_CALL = re.compile(r" ?\[(?:\d{1,3}|[a-z]|\*{1,3})\]| ?\(\d{1,2}\)(?=\.?$)|[¹²³⁰-⁹]")
# « Chapitre 01 », « 01. Le pont »: a nought that only sorts file names.
_ZEROS = re.compile(rf"^((?:(?:{_DIVISIONS}) )?)0+(?=\d{{1,2}}(?:[ .:)–—-]|$))", re.IGNORECASE)
_SEPARATORS = " .:;,—–-\t)/"
_BLANKS = str.maketrans("\xa0\u202f", "  ")  # before a colon, where French has them
_PARTS = frozenset(".:—–-)/")
_LONGEST = 160
_LONGEST_NAMED = 90
_LONGEST_PHRASE = 50
_UPPER_START = re.compile(r"[«“\"(\[_ ]*[A-ZÀ-ÖØ-Þ\dŒ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line's wording says: ``label`` as printed, ``title`` what follows it on the line.

    ``between`` is what the line has between the two; a title from a line of its own gets « . ».
    """

    form: Form
    label: str
    title: str = ""
    word: str = ""
    number: int | None = None
    between: str = ". "

    @property
    def stands_alone(self) -> bool:
        """Tell whether it is a heading with no title: the line says nothing else."""
        # Pinned by notes-in-capitals-dotted, scenes-with-people.
        return not self.title and self.form <= Form.NUMBER

    @property
    def text(self) -> str:
        """The heading as it is read."""
        if not self.title:
            return self.label
        return f"{self.label}{self.between}{self.title}" if self.label else self.title


@lru_cache(maxsize=4096)  # the same line is looked at by several passes
def match_heading(text: str) -> Heading | None:
    """Return what ``text`` says if it is worded as a heading: not yet that it is one."""
    if not text.isascii():
        text = text.translate(_BLANKS)
    text = _CALL.sub("", text).strip(" _=*")
    if not text or len(text) > _LONGEST or text.endswith((",", ";")):
        return None
    return _division(text) or _named(text) or _number(text)


def _division(text: str) -> Heading | None:
    match = _DIVISION.fullmatch(text) or _ORDINAL_DIVISION.fullmatch(text)
    if match is None or (not text[0].isupper() and not text[0].isdigit()):
        return None
    if match["word"].lower() in TIMES and _OF.match(match["rest"]):
        return None
    value = number(match["number"])
    title = _title(match["rest"])
    if value is None or title is None:
        return None
    label = text[: match.start("rest")]
    between = _between(match["rest"], title)
    return Heading(Form.DIVISION, label, title, match["word"].lower(), value, between)


def _between(rest: str, title: str) -> str:
    return rest[: rest.find(title)] if title else ". "


def _title(rest: str) -> str | None:
    """Return the title after a heading's number: None if ``rest`` goes on as a sentence does."""
    title = rest.strip(_SEPARATORS)
    parted = rest.lstrip()[:1] in _PARTS or rest.startswith(("\t", "  "))
    if not title:
        return ""
    if not _UPPER_START.match(title) or (
        not parted and not title.isupper() and ends_sentence(rest)
    ):
        return None
    return _unstopped(rest.strip().lstrip(_SEPARATORS))


def _named(text: str) -> Heading | None:
    match = _NAMED.fullmatch(text)
    if match is None or not text[0].isupper() or len(text) > _LONGEST_NAMED:
        return None
    if match["rest"] and match["name"].lower() in CAST:
        return None
    if match["rest"] and ends_sentence(text) and not text.isupper() and len(text) > _LONGEST_PHRASE:
        return None
    return Heading(Form.NAMED, _unstopped(text), "", match["name"].lower())


def _number(text: str) -> Heading | None:
    match = _NUMBER.fullmatch(text)
    value = number(match["number"]) if match else None
    if match is None or value is None:
        return None
    rest = (match["sep"] or "") + (match["rest"] or "")
    title = _title(rest) if match["rest"] else ""
    if title is None:
        return None
    label = text[: match.end("number")].lstrip("-–— ")
    return Heading(Form.NUMBER, label, title, "", value, _between(rest, title))


def _unstopped(text: str) -> str:
    """Return ``text`` without the full stop that old headings end with; « … » and « etc. » stay."""
    return text[:-1].rstrip() if re.search(r"[^.]\.$", text) and not text.endswith("etc.") else text


def clean_title(text: str) -> str:
    """Return a heading's text as it is shown: no emphasis marks, no closing full stop."""
    flat = " ".join(without_italic_marks(_CALL.sub("", text)).strip(" =*").split())
    return _unstopped(_ZEROS.sub(r"\1", flat) if "0" in flat else flat)


def is_contents(text: str) -> bool:
    """Tell whether ``text`` is the heading of a table of contents."""
    # Pinned by only-notes, contents-at-the-head.
    return bool(text and text[0].isupper() and _CONTENTS.fullmatch(text))


def is_notes(text: str) -> bool:
    """Tell whether ``text`` is the heading of a section of notes."""
    # Pinned by notes-per-chapter.
    return bool(
        text and text[0].isupper() and len(text) < _LONGEST_NAMED and _NOTES.fullmatch(text)
    )
