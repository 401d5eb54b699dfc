"""One utterance to one clip: cut to the engine's limit, spoken, checked, joined."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.engines.spelled import taken
from hautevoix.errors import EngineError
from hautevoix.french import cut
from hautevoix.localization import tr
from hautevoix.model import Clip, WordMark, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.engines import Engine
    from hautevoix.model import Voice

ATTEMPTS = 2
"""How often an engine is asked for a clip that fails the checks."""

_SPEAKABLE = re.compile(r"[^\W_]")
_LETTERS = re.compile(r"[^\W\d_]")
_OTHERS = re.compile(r"[\d]|[^\w\s.,;:!?…«»“”\"'’()\[\]—–-]")  # figures and signs: said in words

# French is read aloud at some 15 letters a second. No voice reads three times as fast, nor five
# times as slowly: that is a clip cut short, or a voice gone astray.
_LETTERS_A_SECOND = 15.0
_FASTEST = 3.0  # times as fast as that
_SLOWEST = 5.0  # times as slowly
_SLOWEST_EXTRA = 4.0  # seconds: breath and silence around a word or two
_FEWEST_TO_JUDGE = 12  # letters; a shorter clip may end as soon as it likes
_LETTERS_A_SIGN = 12  # « 9 » or « % » may stand for a whole word

_SILENCE = 0.001  # of full scale (−60 dBFS): what no listener takes for speech
_FULL_SCALE = 32767  # of 16-bit samples
_CLIPPED = 0.02  # of all samples at full scale: a voice that saws

_JOIN_MS = 120  # the pause where an engine's limit cut a sentence after a stop or comma
_JOIN_IN_PHRASE_MS = 30  # and elsewhere


def speak(engine: Engine, words: Words, voice: Voice, limit: int | None = None) -> Clip:
    """Return ``words`` spoken by ``engine``, however long they are.

    They are cut to ``limit`` characters at a time; None: to the engine's own. Raises EngineError
    when it can't, or when what it gives is no speech of these words after ATTEMPTS; NetworkError
    comes through.
    """
    words, limit = taken(engine, words), limit or engine.limit
    pieces = tuple(parted(words, limit)) if limit else (words,)
    clips = [_tried(engine, piece, voice) for piece in pieces]
    return clips[0] if len(clips) == 1 else _joined(clips, pieces, words.text)


def parted(words: Words, limit: int) -> Iterator[Words]:
    """Yield ``words`` in pieces of at most ``limit`` characters, cut where a reader would breathe.

    A span goes with its piece; one that a cut goes through loses its manner.
    """
    position = 0
    for text in cut(words.text, limit):
        start = words.text.index(text, position)
        position = end = start + len(text)
        spans = tuple(
            replace(span, start=span.start - start, end=span.end - start)
            for span in words.spans
            if start <= span.start and span.end <= end
        )
        yield Words(text, spans)


def _tried(engine: Engine, words: Words, voice: Voice) -> Clip:
    problem = ""
    for _ in range(ATTEMPTS):
        clip = engine.speak(words, voice)
        problem = _problem(clip, words, voice)
        if not problem:
            return clip if _well_marked(clip, words.text) else replace(clip, words=())
    raise EngineError(
        tr(
            "{engine}: {problem} for « {shortened} ».",
            engine=engine.name,
            problem=problem,
            shortened=shortened(words.text),
        )
    )


def _well_marked(clip: Clip, text: str) -> bool:
    """Tell whether the words' marks are in order, inside the text and inside the clip."""
    ends = [0, *(word.end for word in clip.words)]
    frames = [0, *(word.frame for word in clip.words)]
    return (
        all(before <= word.start < word.end for before, word in zip(ends, clip.words, strict=False))
        and ends[-1] <= len(text)
        and sorted(frames) == frames
        and frames[-1] <= clip.frames
    )


def _problem(clip: Clip, words: Words, voice: Voice) -> str:
    """Return what is wrong with a clip, nothing if it is well."""
    import numpy as np  # noqa: PLC0415 - workers that only read scripts never load it

    if not _SPEAKABLE.search(words.text):
        return ""
    if not clip.frames:
        return tr("no sound")
    samples = np.frombuffer(clip.pcm, "<i2", count=clip.frames)
    loudest = max(-int(samples.min()), int(samples.max()))
    if loudest < _SILENCE * 32768:
        return tr("only silence")
    if loudest >= _FULL_SCALE:  # few clips come so far: the samples are counted for them alone
        sawn = np.count_nonzero((samples >= _FULL_SCALE) | (samples <= -_FULL_SCALE))
        if sawn > _CLIPPED * clip.frames:
            return tr("a distorted clip (it exceeds full scale)")
    return _misjudged(clip.frames / clip.rate, words.text, voice.rate)


def _misjudged(seconds: float, text: str, rate: float) -> str:
    """Return what is wrong with a clip's length, nothing if it is plausible.

    >>> _misjudged(3.0, "Attendre pour agir, c'est la mort.", 1.0)
    ''
    >>> _misjudged(0.5, "Attendre pour agir, c'est la mort.", 1.0)
    'a clip of 0.5 s, too short'
    """
    letters = len(_LETTERS.findall(text))
    at_most = letters + _LETTERS_A_SIGN * len(_OTHERS.findall(text))
    pace = _LETTERS_A_SECOND * rate
    if letters >= _FEWEST_TO_JUDGE and seconds < letters / pace / _FASTEST:
        return tr("a clip of {seconds:.1f} s, too short", seconds=seconds)
    if seconds > at_most / pace * _SLOWEST + _SLOWEST_EXTRA:
        return tr("a clip of {seconds:.1f} s, too long", seconds=seconds)
    return ""


def _joined(clips: Sequence[Clip], pieces: Sequence[Words], text: str) -> Clip:
    """Return the clips as one: their own silences in between give way to a short pause."""
    rate = clips[0].rate
    if any(clip.rate != rate for clip in clips):
        raise EngineError(tr("The engine gave the parts of one sentence at different rates."))
    pcm = bytearray()
    marks: list[WordMark] = []
    place = 0  # of the piece, in the text
    for index, (clip, piece) in enumerate(zip(clips, pieces, strict=True)):
        last = index + 1 == len(clips)
        first, end = _bounds(clip, start=index > 0, end=not last)
        place = text.index(piece.text, place)
        marks += _moved(clip.words, place, len(pcm) // 2, (first, end))
        place += len(piece.text)
        pcm += clip.pcm[2 * first : 2 * end]
        if not last:
            breathes = piece.text[-1:] in ".!?…;:,)»—–"
            pause = _JOIN_MS if breathes else _JOIN_IN_PHRASE_MS
            pcm += bytes(2 * (rate * pause // 1000))
    return Clip(bytes(pcm), rate, tuple(marks))


def _moved(
    words: Iterable[WordMark], place: int, frame: int, bounds: tuple[int, int]
) -> Iterator[WordMark]:
    """Yield the marks of a part that stands at ``place`` in the text, and at ``frame``.

    ``bounds`` are the frames of it that are kept.
    """
    first, end = bounds
    for word in words:
        inside = min(max(word.frame, first), end) - first
        yield WordMark(word.start + place, word.end + place, frame + inside)


def _bounds(clip: Clip, *, start: bool, end: bool) -> tuple[int, int]:
    """Return the frames between the clip's silence at the ends asked for, with 10 ms of it."""
    import numpy as np  # noqa: PLC0415 - as above

    samples = np.frombuffer(clip.pcm, "<i2", count=clip.frames)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 4 * _SILENCE * 32768)
    if not loud.size:
        return 0, 0
    margin = clip.rate // 100
    first = max(0, int(loud[0]) - margin) if start else 0
    last = int(loud[-1]) + 1 + margin if end else clip.frames
    return first, min(last, clip.frames)


def shortened(text: str, length: int = 60) -> str:
    """Return ``text`` as a message names it: cut where it is longer than ``length``."""
    return text if len(text) <= length else text[: length - 1] + "…"
