"""Dates of metadata (ISO 8601, whole or in part) as a French reader prints them."""

from __future__ import annotations

import datetime as dt

from hautevoix.reading.sidecar import french_date

_YEAR = 4


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
