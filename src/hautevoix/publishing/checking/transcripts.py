"""Transcripts against the sound and each other: cues in order, inside of it, the same words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.cues import read_cues
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.wording import mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.publishing.checking.cues import ReadCue

_AGREE = 0.5  # seconds that a cue may end after the sound, or begin before the one before it ends
_GAP = 60.0  # seconds without a cue, where text is read throughout: a part of it is missing
_WORD = re.compile(r"[^\W_]+")
_NAMED = re.compile(r"\A[^\n:]{1,80}(?<!\s):\n")
_AGAIN = noop("publish it again: hautevoix publish")
_WHOM = noop("people who read along lose the place, and the deaf the text")


def words_of(text: str) -> list[str]:
    """Return the words of a text, however it is set: without marks, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def check_transcript(
    where: str, data: bytes, suffix: str, duration: float
) -> tuple[list[ReadCue] | None, list[Finding]]:
    """Return a transcript's cues (None if it can't be read) and what is amiss in it.

    ``duration`` is the sound's, in seconds; 0 if it is not known.
    """
    try:
        cues = read_cues(data, suffix)
    except ValueError as error:
        what = tr("it is no transcript: {error}", error=error)
        told = Finding("transcript-unreadable", where, what, tr("apps show none"), tr(_AGAIN))
        return None, [told]
    if not cues:
        what = tr("there is nothing in it")
        return cues, [Finding("transcript-empty", where, what, tr("apps show none"), tr(_AGAIN))]
    return cues, [
        *mojibake(where, "\n".join(cue.text for cue in cues)),
        *_in_order(where, cues),
        *_inside(where, cues, duration),
    ]


def _in_order(where: str, cues: Sequence[ReadCue]) -> Iterator[Finding]:
    for cue in cues:
        if not cue.start < cue.end:
            yield _amiss("cue-empty", where, tr("a cue at {at:.1f} s has no length", at=cue.start))
            break
    for one, two in pairwise(cues):
        if two.start < one.start or two.start < one.end - _AGREE:
            what = tr("the cue at {at:.1f} s begins before the one before it ends", at=two.start)
            yield _amiss("cues-order", where, what)
            break
    if any(not cue.text.strip() for cue in cues):
        yield _amiss("cue-wordless", where, tr("a cue has no text"))


def _inside(where: str, cues: Sequence[ReadCue], duration: float) -> Iterator[Finding]:
    last = max(cue.end for cue in cues)
    if min(cue.start for cue in cues) < 0 or (duration and last > duration + _AGREE):
        what = tr(
            "a cue ends at {last:.1f} s, the sound at {duration:.1f} s",
            last=last,
            duration=duration,
        )
        yield _amiss("cues-beyond", where, what)
    times = [(0.0, 0.0), *((cue.start, cue.end) for cue in cues)]
    times += [(duration, duration)] if duration else []
    for (_, end), (start, _) in pairwise(times):
        if start - end > _GAP:
            what = tr("from {end:.0f} s to {start:.0f} s it has no text", end=end, start=start)
            yield _amiss("cues-gap", where, what)
            break


def same_words(
    where: str, cues: Sequence[ReadCue], other: str, others: Sequence[ReadCue]
) -> Iterator[Finding]:
    """Yield a finding if two transcripts of one sound don't say the same."""
    ours, theirs = _said(cues), _said(others)
    at = _parting(cues, theirs)
    if at is None or _parting(others, ours) is None:
        return
    what = tr(
        "its words are not those of {other}, from « {words} » on",
        other=other,
        words=" ".join(theirs[at : at + 4] or ours[at : at + 4]),
    )
    yield _amiss("transcript-words", where, what)


def _said(cues: Sequence[ReadCue]) -> list[str]:
    return words_of(" ".join(cue.text for cue in cues))


def _parting(cues: Sequence[ReadCue], words: Sequence[str]) -> int | None:
    """Return at which of the ``words`` the cues no longer say them, None if they say them all.

    Who says them may stand over them, as in SRT (« Candide: »); a line that ends in a colon may as
    well be said.
    """
    at = 0
    for cue in cues:
        for text in (cue.text, _NAMED.sub("", cue.text)):
            said = words_of(text)
            if words[at : at + len(said)] == said:
                at += len(said)
                break
        else:
            return at
    return at if at < len(words) else None


def _amiss(code: str, where: str, what: str) -> Finding:
    return Finding(code, where, what, tr(_WHOM), tr(_AGAIN))
