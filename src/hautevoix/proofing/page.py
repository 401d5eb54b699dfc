"""proof.html: one page that needs nothing but the MP3 beside it, to decide sentence by sentence."""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from hautevoix.localization import language, tr
from hautevoix.proofing.report import told

if TYPE_CHECKING:
    from hautevoix.proofing.report import Report

_INERT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_PLACE = re.compile("%%([A-Z]+)%%")
_SAYING = ("proof.html", "proof.js")
_WORDS = re.compile(r"\[\[(.+?)\]\](?!\])")
"""What a person reads, in the page and its script, as it stands there in English."""


def write_page(report: Report) -> str:
    """Return the page: web/proof.html with its style, its script and the report in it."""
    parts = {
        "TITLE": escape(report.title),
        "STYLE": _web("proof.css"),
        "LANGUAGE": language(),
        "SCRIPT": _WORDS.sub(lambda words: _in_script(tr(words[1])), _web("proof.js")),
        # « < » could end the element that holds it; JSON may write any sign by its number.
        "REPORT": json.dumps(told(report), ensure_ascii=False).translate(_INERT),
    }
    page = _WORDS.sub(lambda words: tr(words[1]), _web("proof.html"))
    return _PLACE.sub(lambda place: parts[place[1]], page)


def words() -> tuple[str, ...]:
    """Return what the page says, in English: for the catalogue."""
    return tuple(found for name in _SAYING for found in _WORDS.findall(_web(name)))


def _in_script(text: str) -> str:
    """Return a text as it stands between single quotes in the script."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _web(name: str) -> str:
    return files("hautevoix.proofing").joinpath(f"web/{name}").read_text(encoding="utf-8")
