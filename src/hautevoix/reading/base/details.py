"""What a publisher tells of a book, narrator to genre: the sidecar's keys, and what files say.

What a person writes is checked and refused where it is wrong; what a file says is taken where it
is right, because nobody can be asked.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import LONGEST_DESCRIPTION, LONGEST_DETAIL, BookDetails
from hautevoix.reading.base.diagnostics import DETAIL_CUT, in_order, tell
from hautevoix.reading.base.values import string, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hautevoix.model import Book

_ISBN_SIGNS = re.compile(r"^(?:urn:)?isbn(?:-1[03])?[:\s]*|[\s\u2010-\u2015-]", re.IGNORECASE)
_ISBN_13 = re.compile(r"97[89]\d{10}")
_ISBN_10 = re.compile(r"\d{9}[\dX]")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_SPACE = re.compile(r"\s+")
_LONGEST = 500  # characters that a file's word on rights or a publisher may have: a line


def isbn13(text: str) -> str:
    """Return an ISBN as thirteen digits, "" for what is none: its check digit must be right.

    One of ten becomes one of thirteen (ISO 2108:2017, annex B).

    >>> isbn13("ISBN 2-07-036002-4"), isbn13("978-2-07-036002-4"), isbn13("978-2-07-036002-5")
    ('9782070360024', '9782070360024', '')
    """
    digits = _ISBN_SIGNS.sub("", text.strip()).upper()
    if _ISBN_10.fullmatch(digits):
        weighed = sum((10 - at) * ("0123456789X".index(sign)) for at, sign in enumerate(digits))
        return "" if weighed % 11 else _with_check_digit(f"978{digits[:9]}")
    if not _ISBN_13.fullmatch(digits) or digits != _with_check_digit(digits[:12]):
        return ""
    return digits


def _with_check_digit(twelve: str) -> str:
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return f"{twelve}{-weighed % 10}"


def series_number(text: str) -> str:
    """Return a place in a series as libraries write it, "" for what is none.

    >>> series_number("3.0"), series_number("02"), series_number("2,5"), series_number("trois")
    ('3', '2', '2.5', '')
    """
    number = text.strip().replace(",", ".")
    return f"{float(number):g}" if _NUMBER.fullmatch(number) else ""


def said_details(said: Mapping[str, str]) -> BookDetails:
    """Return what a file says of its book, by our own names; what can't be right is left out."""
    known = {name: _SPACE.sub(" ", said.get(name, "")).strip() for name in DETAILS}
    known = {name: value for name, value in known.items() if len(value) <= _LONGEST}
    for name, take in (("isbn", isbn13), ("series_number", series_number)):
        known[name] = take(known.get(name, ""))
    if not known.get("series"):
        known["series_number"] = ""
    return over(BookDetails(), known)


def without_endless_details(book: Book) -> Book:
    """Return the book with a title, names and a description that can be shown and spoken."""
    told = [
        (field.name, value, LONGEST_DETAIL if field.name != "description" else LONGEST_DESCRIPTION)
        for field in fields(book.info)
        if isinstance(value := getattr(book.info, field.name), str)
    ]
    endless = [(name, value, most) for name, value, most in told if len(value) > most]
    cut: dict[str, Any] = {
        name: f"{value[:most].rsplit(' ', 1)[0]}…" for name, value, most in endless
    }
    doubts = [
        tell(DETAIL_CUT, 0, name=name, count=len(value), most=most, words=value[:40])
        for name, value, most in endless
    ]
    return replace(
        book,
        info=replace(book.info, **cut),
        diagnostics=in_order(book.diagnostics, doubts),
    )


def over(details: BookDetails, said: Mapping[str, str]) -> BookDetails:
    """Return the details with what is ``said`` in their place; a number goes with its series."""
    told = {name: value for name, value in said.items() if value}
    if told.get("series") and told["series"] != details.series:
        details = replace(details, series_number="")
    return replace(details, **told)


def _isbn(value: object, key: str, where: str) -> str:
    written = str(value) if isinstance(value, int) else string(value, key, where)
    isbn = isbn13(written)
    if not isbn:
        raise InputError(
            tr("{where}: “{key}” is no ISBN: {written}.", where=where, key=key, written=written),
            advice=tr("It has ten or thirteen digits, and the last one checks the others."),
        )
    return isbn


def _series_number(value: object, key: str, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise wrong(where, key, tr("a number"), value)
    number = series_number(str(value))
    if not number:
        raise InputError(
            tr("{where}: “{key}” is no place in a series: {value}.",
               where=where, key=key, value=value),
            advice=tr("Write a number such as 3 or 2.5."),
        )  # fmt: skip
    return number


def _line(value: object, key: str, where: str) -> str:
    line = _SPACE.sub(" ", string(value, key, where))
    if len(line) > LONGEST_DETAIL:
        raise InputError(
            tr(
                "{where}: “{key}” has {count} characters: {most} at most.",
                where=where,
                key=key,
                count=len(line),
                most=LONGEST_DETAIL,
            ),
            advice=tr("Shorten it."),
        )
    return line


DETAILS: dict[str, Callable[[object, str, str], str]] = {
    field.name: {"isbn": _isbn, "series_number": _series_number}.get(field.name, _line)
    for field in fields(BookDetails)
}
"""The sidecar's keys for a book's details, and what takes the value of each."""
