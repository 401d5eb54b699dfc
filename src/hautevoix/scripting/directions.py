"""Sentences of which marks or markup tell how they are spoken: other words, sounds, a language."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from hautevoix.model import Manner, Script, Span, SpeechSpan, Spoken, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Sounded = Callable[[str, str], Iterable[SpeechSpan]]
    """Gives, of words and the tag of their language, spans with their sounds."""

_FRENCH = ("", "fr")


class Director(Protocol):
    """Who says sentences of which something is told: ``french.Narrator``, or one around it."""

    def say_directed(
        self, texts: Sequence[tuple[str, Sequence[SpeechSpan]]], *, explain: bool = ...
    ) -> Iterable[Spoken]:
        """Return the words for each written text, whose spans tell words and sounds."""
        ...


def with_directions(
    script: Script, narrator: Director, sounded: Sounded, *, stressed: bool, explain: bool = False
) -> Script:
    """Return the script with the words of what its spans tell.

    ``sounded`` gives the sounds of another language's words; ``stressed``: emphasis is heeded.
    """
    told = [
        (index, utterance.written, tuple(_flat(utterance.written, utterance.speech, sounded)))
        for index, utterance in enumerate(script.utterances)
        if any(stressed or not span.emphasis for span in utterance.speech)
    ]
    if not told:
        return script
    spoken = narrator.say_directed([(text, spans) for _, text, spans in told], explain=True)
    utterances = list(script.utterances)
    for (index, _, _), said in zip(told, spoken, strict=True):
        utterance = utterances[index]
        words = _stressed(said, utterance.speech) if stressed else said.words
        changes, unsure = (said.changes, said.unsure) if explain else ((), ())
        utterances[index] = replace(utterance, words=words, changes=changes, unsure=unsure)
    return replace(script, utterances=tuple(utterances))


def _flat(text: str, spans: Sequence[SpeechSpan], sounded: Sounded) -> Iterator[SpeechSpan]:
    """Yield the spans that tell words or sounds, in order and apart: the innermost hold."""
    done = [span for span in spans if span.say or span.ipa]
    languages = sorted(
        (span for span in spans if span.language), key=lambda span: span.end - span.start
    )
    edges = sorted({edge for span in (*done, *languages) for edge in (span.start, span.end)})
    found: list[SpeechSpan] = []
    done.sort(key=lambda span: (span.start, span.end))
    last = 0
    for span in done:
        if span.start >= last:
            found.append(span)
            last = span.end
    for low, high in pairwise(edges):
        language = next((s.language for s in languages if s.start <= low and high <= s.end), "")
        if language not in _FRENCH and not any(s.start <= low < s.end for s in found):
            shift = (
                replace(each, start=each.start + low, end=each.end + low)
                for each in sounded(text[low:high], language)
            )
            found += shift
    yield from sorted(found, key=lambda span: span.start)


def _stressed(said: Spoken, spans: Iterable[SpeechSpan]) -> Words:
    """Return the words of ``said`` with a span for each stretch that is stressed."""
    words = said.words
    stretches = (_carried(said, span.start, span.end) for span in spans if span.emphasis)
    whole = (_in_words(words.text, start, end) for start, end in stretches if start < end)
    own = [Span(start, end, Manner.EMPHASIS) for start, end in whole]
    return replace(words, spans=tuple(sorted((*words.spans, *own), key=lambda s: s.start)))


def _in_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch from the beginning of its first word to the end of its last."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _carried(said: Spoken, start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of the written text is among the words: all that it became."""
    for change in said.changes:
        first, after, shift = start, end, 0
        for edit in change.edits:
            stop = edit.start + len(edit.before)
            grown = len(edit.after) - len(edit.before)
            if stop <= start:
                first += grown
            elif edit.start < start:  # it begins inside what was replaced
                first = edit.start + shift
            if stop <= end:
                after += grown
            elif edit.start < end:
                after = edit.start + shift + len(edit.after)
            shift += grown
        start, end = first, after
    return start, end
