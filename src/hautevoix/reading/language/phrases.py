"""How French greets, dates, signs, credits and lets speak: phrases told by their words alone."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:janv(?:ier|\.)|févr?(?:ier|\.)|mars|avril|mai|juin|juil(?:let|\.)|août|sept(?:embre|\.)"
    r"|oct(?:obre|\.)|nov(?:embre|\.)|déc(?:embre|\.)|vendémiaire|brumaire|frimaire|nivôse"
    r"|pluviôse|ventôse|germinal|floréal|prairial|messidor|thermidor|fructidor)"
)
# A place before its comma, else a name of few words: « Discours prononcé au banquet du » is none.
_PLACE = (
    r"(?:(?!.{0,40}\bpar\b)[A-ZÀ-ÖØ-Þ][\w’' -]{1,40}, ?\(?|(?-i:[A-ZÀ-ÖØ-Þ][\w’'-]*"
    r"(?: (?:de|du|des|la|le|les|en|sur|sous|[A-ZÀ-ÖØ-Þ][\w’'-]*)){0,5}) ?\(?)"
)
_DATELINE = re.compile(
    rf"{_PLACE}?(?:ce |le |ce \w+ |le \w+ )?"
    rf"(?:\d{{1,2}}|1er|1ᵉʳ)(?: \(\d{{1,2}}\))? {_MONTH}(?: \(\d{{1,2}} \w+\))?"
    r"(?:,? (?:an )?[\dIVX]{2,5})?"
    r"(?:,? .{1,30})?[.)]{0,2}",
    re.IGNORECASE,
)
# « CE QUI SE PASSAIT À BREST LE 23 AOÛT 1828 » is a title.
_TELLS = re.compile(
    r"\b(?:qui|que|qu[’']|où|comment|pourquoi|s[e’']|n[e’'])\b|\b[qns][’']", re.IGNORECASE
)
_PLACE_YEAR = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’' -]{2,30}, (?:1[5-9]|20)\d\d\.?")
_ADDRESS = re.compile(
    r"(?:(?:[Mm]on|[Mm]a|[Mm]es|[Cc]her|[Cc]hère|[Cc]hers|[Cc]hères|Très|Bien|Aux?|À)\b.{0,60}"
    r"|(?:Camarades?|Citoyen(?:ne)?s?|Monsieur|Messieurs|Madame|Mesdames|Mademoiselle|Sire"
    r"|Monseigneur|Compagnons|Amis?|Frères?|Excellence|Maître|Docteur|Peuples?|Ouvriers|Prolétaires"
    r"|Français(?:es)?|Soldats|Concitoyens|Travailleurs|Paysans)\b.{0,60})[,!](?: ?[,!])?",
)
BYLINE = re.compile(
    r"(?:(?:paroles|texte) )?(?:par|by|de(?! L[’']))[ :]+"
    r"(?P<author>(?:M\. |Mme )?(?-i:[A-ZÀ-ÖØ-Þ]).{2,60})",
    re.IGNORECASE,
)
"""The line that says who wrote what it stands under."""
BURDEN = re.compile(
    r"(?:(?:premier|deuxième|second|troisième|dernier|\d\w{1,2}) )?"
    r"(?:refrain|couplet|strophe|antistrophe|épode|ch(?:œ|oe)ur)(?: [ivx\d]{1,4})?[ .:]*",
    re.IGNORECASE,
)
"""What is sung again, or by whom: it heads a stanza, not a chapter, and signs nothing."""
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|tableau|tabl\.|planche|pl\.|photo(?:graphie)?|carte|graphique|schéma|encadré"
    r"|illustration) ?(?:n° ?)?(?:\d{1,3}|[IVXL]{1,6})\b ?[-–—:.]",
    re.IGNORECASE,
)
"""How what stands under a picture or over a table begins."""
_DIALOGUE = re.compile(r"(?:[—–―]|--|- ) ?(?=[^\s—–-])")
_NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'-]*\.?|d[eu]|des|la|le|von|van|d[’'][A-ZÀ-ÖØ-Þ]\w+|&)"
NAME = re.compile(rf"(?:[A-ZÀ-ÖØ-Þ][\wÀ-ÿ’'-]*\.?)(?:[ -]{_NAME_WORD}){{0,4}}\.?")
_ARTICLE = re.compile(
    r"(?:l[ea]s?|une?|des?|du|aux?|à|en|sur|pour|mon|ma|mes|ce|cette|ces|l[’']\w+|d[’']\w+) ",
    re.IGNORECASE,
)
_LONGEST_SALUTATION = 60
LONGEST_NAME = 45
"""Characters of a name that signs, or that says whose words stand above."""
_LONGEST_DATELINE = 70


def is_salutation(text: str) -> bool:
    """Tell whether ``text`` greets those whom a letter or a speech is for."""
    # Pinned by notes-of-indesign, letter.
    return len(text) <= _LONGEST_SALUTATION and bool(_ADDRESS.fullmatch(text.strip()))


def is_dateline(text: str) -> bool:
    """Tell whether ``text`` is only a place and a date, or a date."""
    # Pinned by notes-of-indesign, letter.
    text = text.strip(" _")
    if len(text) > _LONGEST_DATELINE:
        return False
    dated = _DATELINE.fullmatch(text) or _PLACE_YEAR.fullmatch(text)
    return dated is not None and _TELLS.search(text) is None


def looks_like_name(text: str) -> bool:
    """Tell whether ``text`` is one or more names of a person, each with its capital."""
    # Pinned by caps-signature-is-no-heading.
    text = text.strip(" _")
    named = len(text) <= LONGEST_NAME and NAME.fullmatch(text)
    return bool(named) and not _ARTICLE.match(text)


def is_dialogue(text: str) -> bool:
    """Tell whether ``text`` opens with the dash of someone who speaks."""
    # Pinned by notes-of-indesign, epigraph-or-dialogue.
    return bool(_DIALOGUE.match(text)) and not text.startswith("---")
