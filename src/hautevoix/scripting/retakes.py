"""Sentences that the sidecar wants said otherwise: other words, another pace, voice or take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.model import Script, Utterance
    from hautevoix.model.sidecar import Retake
    from hautevoix.scripting.script import Speaker


def with_retakes(script: Script, retakes: Sequence[Retake], narrator: Speaker) -> Script:
    """Return the script whose utterances know their retake, and have the words that it gives.

    ``narrator`` tells how those words are said.
    """
    wanted = {joined(retake.words): retake for retake in retakes}
    if not wanted:
        return script
    given = [retake.say for retake in wanted.values() if retake.say]
    said = dict(zip(given, narrator.say_all(given), strict=True))

    def retaken(utterance: Utterance) -> Utterance:
        retake = wanted.get(joined(utterance.written))
        if not retake:
            return utterance
        words = said[retake.say].words if retake.say else utterance.words
        return replace(utterance, retake=retake, words=words)

    return replace(script, utterances=tuple(map(retaken, script.utterances)))


def joined(text: str) -> str:
    r"""Return a text on one line, one space between two words.

    >>> joined("Il vit  la mer,\nenfin.")
    'Il vit la mer, enfin.'
    """
    return " ".join(text.split())
