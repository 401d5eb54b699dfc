"""eSpeak NG in process: its library and French data come with the wheel ``espeakng-loader``.

eSpeak keeps state from one clip to the next (the same sentence twice gives different bytes, a
control character changes the speed of all that follows), so a process apart opens the library for
each clip and closes it again. Where the system can't fork, that is a new Python for each clip,
slower and just as right. Capital letters parted by spaces are named one by one, as eSpeak does by
itself.
"""

from __future__ import annotations

import atexit
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.engines import libespeak
from hautevoix.engines.ipa import mnemonics
from hautevoix.engines.isolation import CAN_FORK, ForkedWorker, in_new_python
from hautevoix.engines.libespeak import RATE, SEED, Order, answer
from hautevoix.engines.wordmarks import marked
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Manner, Readiness, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Span, Words

# eSpeak's words are English ones: at its 140, French with the pauses between sentences and
# paragraphs comes to some 155 words a minute, a narrator's pace (its own default is 175). The
# pitch range lies under its default of 50, which sings; chosen for long listening.
PACE = 140
PITCH_RANGE = 42

_LICENCE = "GPL-3.0-or-later"
_VOICES = (
    Voice("fr", "French of France", "fr", "male", "robotic", _LICENCE),
    Voice("fr-be", "French of Belgium", "fr-BE", "male", "robotic", _LICENCE),
    Voice("fr-ch", "French of Switzerland", "fr-CH", "male", "robotic", _LICENCE),
)
_VARIANTS = {"m": ("male", range(1, 9)), "f": ("female", range(1, 6))}

# Each becomes a space of its own, so that what follows keeps its place.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPEAKABLE = re.compile(r"\w")
# Commands amid the text (its docs/markup.md): pitch and loudness of what is stressed. Heard: a
# quarter higher on that word alone.
_HIGHER, _AS_BEFORE = "\x01+25P\x01+30A", "\x01-25P\x01-30A"


class Espeak:
    """The engine that is always there: offline, fast, small, and a robot to the ear."""

    name = "espeak"
    online = False
    notice = ""
    speakers = None
    paced = True
    respelled = True
    stresses = True
    limit = 5000  # characters: no sentence, but a text without any stop takes minutes

    @property
    def version(self) -> str:
        """The wheel's version, which fixes both library and data, and our own settings."""
        from importlib.metadata import version  # noqa: PLC0415 - not needed to list engines

        return f"{version('espeakng-loader')}/{PACE}/{PITCH_RANGE}/{SEED}"

    def check(self) -> Readiness:
        """Tell whether the library and its data are there."""
        try:
            _asked(b"", tr("eSpeak NG"))
        except EngineError as error:
            return Readiness(ready=False, missing=str(error))
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return the three regional voices, then French with eSpeak's variants of timbre."""
        variants = tuple(
            Voice(
                f"fr+{letter}{number}",
                tr("variant {number}", number=number),
                "fr",
                sex,
                "robotic",
                _LICENCE,
            )
            for letter, (sex, numbers) in _VARIANTS.items()
            for number in numbers
        )
        return _VOICES + variants

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak in a process apart. Raises EngineError if that one fails or hangs."""
        request = _request(words)
        if not _SPEAKABLE.search(request.text):
            return Clip(b"", RATE)
        if voice.name not in _names():
            raise EngineError(
                tr("eSpeak NG has no voice called « {voice} ».", voice=voice.name),
                advice=tr("See: hautevoix voices"),
            )
        pace = round(PACE * voice.rate)
        order = Order(request.text, voice.name, pace, PITCH_RANGE, request.phonemes)
        what = tr("eSpeak NG on « {shortened} »", shortened=_shortened(request.text))
        clip = Clip.from_bytes(_asked(order.to_bytes(), what))
        heard = ((request.origin(word.start), word.frame) for word in clip.words)
        return replace(clip, words=marked(words.text, heard, clip.frames))


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(voice.name for voice in Espeak().voices())


@dataclass(frozen=True, slots=True)
class _Request:
    """What eSpeak is given; ``replaced`` tells, in order, what stands for what of the words.

    It holds (start in the text, its end, start in the words, its end).
    """

    text: str
    phonemes: bool = False
    replaced: tuple[tuple[int, int, int, int], ...] = ()

    def origin(self, position: int) -> int:
        """Return the index in the words of what stands at ``position``."""
        shift = 0
        for start, end, first, after in self.replaced:
            if position < start:
                break
            if position < end:
                return first
            shift = after - end
        return position + shift


def _request(words: Words) -> _Request:
    """Return what to give to eSpeak: phonemes go between « [[ » and « ]] », spellings in place.

    A text's own brackets mean nothing where no span has phonemes, and else are taken out.
    """
    text = _CONTROLS.sub(" ", words.text)
    said = [*_stress(words), *((span, told) for span in words.spans if (told := _told(span)))]
    if not said:
        return _Request(text)
    in_brackets = any(span.manner is Manner.PHONEMES for span, _ in said)
    bare = _inert if in_brackets else str
    parts: list[str] = []
    replaced: list[tuple[int, int, int, int]] = []
    done = length = 0
    for span, told in sorted(said, key=lambda pair: (pair[0].start, pair[0].end)):
        if span.start < done:
            continue  # overlaps the one before
        parts += [bare(text[done : span.start]), told]
        start = length + span.start - done
        length = start + len(told)
        replaced.append((start, length, span.start, span.end))
        done = span.end
    parts.append(bare(text[done:]))
    return _Request("".join(parts), phonemes=in_brackets, replaced=tuple(replaced))


def _stress(words: Words) -> Iterator[tuple[Span, str]]:
    """Yield empty spans at the edges of what is stressed, with eSpeak's commands to stand there.

    The second is right before the next word: amid a word, eSpeak tells its place wrong.
    """
    for span in words.spans:
        if span.manner is Manner.EMPHASIS:
            yield replace(span, end=span.start), _HIGHER
            following = _SPEAKABLE.search(words.text, span.end)
            if following:
                yield replace(span, start=following.start(), end=following.start()), _AS_BEFORE


def _told(span: Span) -> str:
    """Return what stands for a span in what eSpeak is given; nothing for its own text."""
    if span.manner is Manner.RESPELLED:
        return span.spelling
    phonemes = mnemonics(span.ipa) if span.manner is Manner.PHONEMES else ""
    return f"[[{phonemes}]]" if phonemes else ""


def _inert(text: str) -> str:
    return text.replace("[", " ").replace("]", " ")


@functools.cache
def _worker() -> ForkedWorker:
    worker = ForkedWorker(answer)
    atexit.register(worker.close)
    return worker


def _asked(request: bytes, what: str) -> bytes:
    """Return libespeak's answer, from a process apart; ``what`` names this in errors."""
    if CAN_FORK:
        return _worker().ask(request, what)
    return in_new_python(libespeak.__name__, request, what)


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def engine() -> Espeak:
    """Return the engine, for the entry point."""
    return Espeak()
