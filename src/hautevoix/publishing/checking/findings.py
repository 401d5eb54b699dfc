"""A finding: what is wrong, why it matters and to whom, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from hautevoix.localization import noop, tr

AGAIN = noop("build it again with Hautevoix")
"""How most of what is amiss in an MP3 is mended."""
LONGEST_TITLE = 200
"""Characters: longer ones are cut everywhere (Apple stops at 255 bytes in places)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something amiss at ``where``; ``advice``: worth mending, but nobody rejects it.

    ``code`` names its kind for programs, and stays when the words get better.
    """

    code: str
    where: str
    what: str
    why: str
    mend: str
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """What the ear gets: integrated loudness in LUFS, true peak in dBTP, length in seconds.

    ``power`` is the RMS of all samples in dBFS, where it was measured; ``silences`` are the
    stretches in which nothing is heard, each from its start to its end in seconds.
    """

    loudness: float
    peak: float
    duration: float
    power: float = float("-inf")
    silences: tuple[tuple[float, float], ...] = ()


def ascii_name(where: str, name: str) -> list[Finding]:
    """Return a finding if a file's name or address is not plain ASCII without spaces."""
    if name.isascii() and not any(char.isspace() for char in name):
        return []
    return [
        Finding(
            "name-not-ascii",
            where,
            tr("the name « {name} » has characters beyond ASCII or spaces", name=name),
            tr("Apple Podcasts and some hosts can't fetch it"),
            tr("use letters, digits and hyphens only"),
        )
    ]


def title_length(where: str, title: str) -> list[Finding]:
    """Return a finding for a title that nobody would see whole."""
    if len(title) <= LONGEST_TITLE:
        return []
    return [
        Finding(
            "title-long",
            where,
            tr(
                "a title has {title} characters: « {title2}… »", title=len(title), title2=title[:40]
            ),
            tr("players and directories cut it"),
            tr("shorten it to {longest_title} characters at most", longest_title=LONGEST_TITLE),
        )
    ]
