"""Text as listeners read it: no mojibake, no markup where none is shown, nothing invisible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.publishing.checking.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

# UTF-8 that was read as Windows-1252 or Latin-1: its first byte becomes Ã, Â, Å or « â€ », the next
# one what stands at 80 to BF there. In French no word has these letters before such signs.
_SECOND = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[ÃÂÅ][{_SECOND}]|Ã |â[€\u0080][{_SECOND}]|\ufffd")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]{1,6});")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AROUND = 20  # characters that are shown on both sides


def mojibake(where: str, text: str) -> Iterator[Finding]:
    """Yield a finding if text was read in another encoding than it was written in."""
    found = _MOJIBAKE.search(text)
    if found:
        shown = text[max(0, found.start() - _AROUND) : found.end() + _AROUND].strip()
        what = tr("its text is garbled: « {shown} »", shown=shown)
        yield Finding(
            "mojibake",
            where,
            what,
            tr("listeners read signs in place of letters, and search finds nothing"),
            tr("save the text as UTF-8, then build or publish it again"),
        )


def check_title(where: str, title: str) -> Iterator[Finding]:
    """Yield what is amiss in a title, which every app shows as it stands."""
    yield from mojibake(where, title)
    markup = _MARKUP.search(title)
    if markup:
        yield Finding(
            "title-markup",
            where,
            tr("a title has markup: « {markup} »", markup=markup[0]),
            tr("apps show it as it stands; Apple rejects it"),
            tr("write the title as plain text: in the sidecar (title = …), or in podcast.toml"),
        )
    if _INVISIBLE.search(title):
        yield Finding(
            "title-control",
            where,
            tr("a title has control characters"),
            tr("apps show boxes, or drop the whole text"),
            tr("type the title anew: in the sidecar (title = …), or in podcast.toml"),
        )
