"""What is said to users, in their language: English in the source, French in ``locales/``.

The language is that of ``HAUTEVOIX_LANG``, or else of the system: ``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES``, ``LANG``, as gettext takes them. A language without a catalogue is English.
Only what people read is translated: neither what programs read (keys, codes, states) nor what is
said in an audiobook, which is French whoever builds it.
"""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache
from pathlib import Path
from string import Formatter

DOMAIN = "hautevoix"
LOCALES = Path(__file__).with_name("locales")
SOURCE = "en"
LANGUAGES = ("fr",)
"""Those that there is a catalogue for."""
VARIABLE = "HAUTEVOIX_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_FRENCH_NUMBERS = str.maketrans({",": "\u00a0", ".": ",", "%": "\u00a0%"})


def tr(message: str, /, **values: object) -> str:
    """Return ``message`` in the user's language, each ``{name}`` in it replaced by its value.

    Without values, braces stand for themselves. ``message`` is a literal, or one that ``noop``
    marked: what is found in the source gets into the catalogue.

    >>> tr("{path}: no such file.", path="a.txt")
    'a.txt: no such file.'
    """
    catalogue = _catalogue(language())
    if "strerror" in values:  # the system's own words, which it says in English
        values["strerror"] = catalogue.gettext(str(values["strerror"]))
    return _filled(catalogue.gettext(message) if message else "", values)


def ntr(one: str, many: str, count: int, /, **values: object) -> str:
    """Return ``one`` or ``many``, as the user's language counts; ``{count}`` is filled in too.

    >>> ntr("{count} book", "{count} books", 1), ntr("{count} book", "{count} books", 0)
    ('1 book', '0 books')
    """
    return _filled(_catalogue(language()).ngettext(one, many, count), {"count": count, **values})


def noop(message: str) -> str:
    """Return ``message`` as it is, for the catalogue: a constant that ``tr`` is given later."""
    return message


_SYSTEM = (
    noop("Permission denied"),
    noop("Operation not permitted"),
    noop("No such file or directory"),
    noop("No such device or address"),
    noop("Is a directory"),
    noop("Not a directory"),
    noop("Directory not empty"),
    noop("File exists"),
    noop("File name too long"),
    noop("File too large"),
    noop("Too many levels of symbolic links"),
    noop("Too many open files"),
    noop("Read-only file system"),
    noop("No space left on device"),
    noop("Disk quota exceeded"),
    noop("Input/output error"),
    noop("Invalid argument"),
    noop("Broken pipe"),
    noop("Address already in use"),
    noop("Cannot allocate memory"),
    noop("Resource temporarily unavailable"),
)
"""What Linux says of failures that a user may meet, for translators (``os.strerror``)."""


def nnoop(one: str, many: str) -> tuple[str, str]:
    """Return both as they are, for the catalogue: constants that ``ntr`` is given later."""
    return one, many


def language() -> str:
    """Return the code of the user's language, of those that there are catalogues for.

    The locale « C » is English whatever ``LANGUAGE`` says, as for programs of GNU.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return _known(given)
    told = next(filter(None, map(os.environ.get, _LOCALE)), "") or locale.getlocale()[0] or ""
    if told.partition(".")[0] in {"C", "POSIX"}:
        return SOURCE
    return _known(os.environ.get("LANGUAGE") or told)


def _known(told: str) -> str:
    """Return the first language of a list that is known: « fr_CA:en », « French_France »: fr."""
    for name in told.split(":"):
        code = name.lower()[:2]
        if code in {SOURCE, *LANGUAGES}:
            return code
    return SOURCE


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALES, [code], fallback=True)


class _Numbers(Formatter):
    """Fills a template; signs and spaces are those of the language."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a value as its field wants it."""
        text: str = super().format_field(value, format_spec)
        if isinstance(value, int | float) and language() != SOURCE:
            return text.translate(_FRENCH_NUMBERS)
        return text


def _filled(template: str, values: dict[str, object]) -> str:
    return _Numbers().vformat(template, (), values) if values else template
