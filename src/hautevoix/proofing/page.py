"""proof.html: one page that needs nothing but the MP3 beside it, to decide sentence by sentence."""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from hautevoix.proofing.report import told

if TYPE_CHECKING:
    from hautevoix.proofing.report import Report

_INERT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_PLACE = re.compile("%%([A-Z]+)%%")


def write_page(report: Report) -> str:
    """Return the page: web/proof.html with its style, its script and the report in it."""
    parts = {
        "TITLE": escape(report.title),
        "STYLE": _web("proof.css"),
        "SCRIPT": _web("proof.js"),
        # « < » could end the element that holds it; JSON may write any sign by its number.
        "REPORT": json.dumps(told(report), ensure_ascii=False).translate(_INERT),
    }
    return _PLACE.sub(lambda place: parts[place[1]], _web("proof.html"))


def _web(name: str) -> str:
    return files("hautevoix.proofing").joinpath(f"web/{name}").read_text(encoding="utf-8")
