"""What every engine must keep, as tests that its author runs with pytest.

::

    from hautevoix.engines.contract import EngineContract

    class TestMine(EngineContract):
        def engine(self):
            return Mine()

Each test states one promise that the rest of the house relies on. Override ``same_bytes`` where
a service can't promise it, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING
from unittest import SkipTest

from hautevoix.engines.guard import FASTEST_RATE, SLOWEST_RATE
from hautevoix.engines.interruption import interrupted
from hautevoix.engines.isolation import CAN_FORK
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Manner, Readiness, Span, Voice, Words

if TYPE_CHECKING:
    from hautevoix.engines.protocol import Engine

SENTENCES = (
    "Il pleuvait depuis trois jours sur la vallée.",
    "« Attendez-moi ! » cria-t-elle, hors d'haleine.",
    "Où étiez-vous, le soir du vingt-quatre octobre ?",
)
SILENCES = ("", " ", "…", "— !", "« »", "\u00a0", "\x00")
ODDITIES = (
    "a",
    "Y",
    "œ",
    "É\u0301",  # one accent too many
    "L'e\u0301te\u0301.",  # accents apart from their letters
    "Un \x00\x01 \x0150S \x1b[2J deux.",
    "[[b'O~]] ]] [[ <break time='9s'/> </speak> & &amp; ; $(x) `x` \\ % {0} -v -f",
    "-h",
    "Un 🎉 deux \u200b trois \u202e quatre \ufeff cinq.",
    "\ud800 un demi-signe",
    "Ж 漢字 ع",
    "oui " * 20,
    "x" * 90,
)
_NAME = re.compile(r"[\w.+@-]{1,80}", re.ASCII)
_LONG = 1_500  # characters
_AUDIBLE = 300  # of 32,768


def _processor_seconds() -> float:
    """Return the time that the processor has given to this process and its children so far."""
    return sum(os.times()[:4])


class EngineContract(ABC):
    """The promises, a test each; ``engine`` returns the engine to be tried, ready to speak."""

    same_bytes = True
    """Whether the same words give the same bytes, as every engine on this machine promises."""

    @abstractmethod
    def engine(self) -> Engine:
        """Return the engine, as its entry point makes it."""

    def say(self, words: str | Words) -> Clip:
        """Return ``words`` spoken by the engine's first voice."""
        engine = self.engine()
        said = words if isinstance(words, Words) else Words(words)
        return engine.speak(said, engine.voices()[0])

    def test_it_says_who_it_is(self) -> None:
        """A name that fits a command line, a version for the keys of clips, limits that hold."""
        engine = self.engine()
        assert _NAME.fullmatch(engine.name)
        assert engine.version
        assert engine.limit is None or engine.limit > 0
        assert engine.speakers is None or engine.speakers > 0

    def test_it_tells_when_words_leave_the_machine(self) -> None:
        """An online engine has a notice for the user, an offline one has none."""
        engine = self.engine()
        assert bool(engine.notice) == engine.online

    def test_it_is_ready(self) -> None:
        """Being ready is told without an exception."""
        assert self.engine().check() == Readiness(ready=True)

    def test_its_voices_can_be_chosen(self) -> None:
        """At least one voice, each with a name of its own that fits a command line."""
        names = [voice.name for voice in self.engine().voices()]
        assert names
        assert len(set(names)) == len(names)
        assert all(_NAME.fullmatch(name) for name in names)

    def test_words_become_sound(self) -> None:
        """Whole 16-bit samples at a sensible rate, loud enough, of a sentence's length."""
        for sentence in SENTENCES:
            clip = self.say(sentence)
            assert len(clip.pcm) % 2 == 0
            assert SLOWEST_RATE <= clip.rate <= FASTEST_RATE
            assert 0.5 < clip.frames / clip.rate < 20, f"{sentence}: not its length"
            loudest = max(abs(sample) for sample in memoryview(clip.pcm).cast("h"))
            assert loudest > _AUDIBLE, f"{sentence}: silent"

    def test_words_it_tells_stand_in_text_and_sound(self) -> None:
        """Where it tells when words begin: in order, inside the text and inside the clip."""
        for sentence in (*SENTENCES, *ODDITIES):
            with contextlib.suppress(EngineError):
                clip = self.say(sentence)
                end = frame = 0
                for word in clip.words:
                    assert end <= word.start < word.end <= len(sentence), sentence
                    assert frame <= word.frame <= clip.frames, sentence
                    end, frame = word.end, word.frame

    def test_more_words_take_longer(self) -> None:
        """Nothing is cut off: three sentences take longer than each of them."""
        whole = self.say(" ".join(SENTENCES[:2])).frames
        assert whole > 1.2 * max(self.say(sentence).frames for sentence in SENTENCES[:2])

    def test_a_clip_depends_on_its_words_alone(self) -> None:
        """The same words give the same bytes, whatever was spoken in between."""
        first = [self.say(sentence) for sentence in SENTENCES]
        again = [self.say(sentence) for sentence in reversed(SENTENCES)][::-1]
        if self.same_bytes:
            assert first == again
        else:
            assert [clip.rate for clip in first] == [clip.rate for clip in again]

    def test_it_answers_in_time(self) -> None:
        """A sentence takes seconds, not minutes.

        They are the processor's, of this process and of the children that it waited for; by the
        clock it may be ten times as long, as other programs take their share of a busy machine.
        """
        worked, started = _processor_seconds(), time.monotonic()
        self.say(SENTENCES[0])
        assert _processor_seconds() - worked < 60
        assert time.monotonic() - started < 600

    def test_ctrl_c_comes_out(self) -> None:
        """KeyboardInterrupt amid speech comes out at once; the engine then speaks as before.

        No child process stays behind. Tried where there is fork, in a process of its own.
        """
        if not CAN_FORK:
            raise SkipTest("Ctrl-C is tried in a forked process, which this system has not")
        engine = self.engine()
        voice = engine.voices()[0]

        def speak() -> Clip:
            return engine.speak(Words(SENTENCES[0]), voice)

        before = speak()

        def compare() -> str:
            after = speak()
            fits = after == before if self.same_bytes else after.frames
            return "" if fits else "after Ctrl-C, the same words give another clip"

        problem = interrupted(speak, compare)
        assert not problem, problem

    def test_nothing_to_say_is_silence(self) -> None:
        """Words without a letter or a digit give an empty clip, not an error."""
        assert [self.say(nothing).frames for nothing in SILENCES] == [0] * len(SILENCES)

    def test_odd_words_are_said_or_refused(self) -> None:
        """Whatever the words: a clip or an EngineError; and the next clip is as it was."""
        before = self.say(SENTENCES[0])
        for oddity in ODDITIES:
            with contextlib.suppress(EngineError):
                assert len(self.say(oddity).pcm) % 2 == 0, oddity
        if self.same_bytes:
            assert self.say(SENTENCES[0]) == before

    def test_long_words_are_said_to_their_end(self) -> None:
        """As many characters as its limit allows (or many) are said whole."""
        engine = self.engine()
        room = min(engine.limit or _LONG, _LONG) - 1
        unit = SENTENCES[0] + " "
        times = max(1, room // len(unit))
        once = self.say(SENTENCES[0]).frames
        assert self.say((unit * times).strip()).frames > 0.6 * times * once

    def test_spans_are_taken(self) -> None:
        """Letters to be named and words with phonemes are said, in whatever way it can."""
        text = "Le C R M et Trotski."
        spans = (Span(3, 8, Manner.LETTERS), Span(12, 19, Manner.PHONEMES, "tʁɔtski"))
        assert self.say(Words(text, spans)).frames
        unknown = (Span(12, 19, Manner.PHONEMES, "ǃxóõ]]"),)
        assert self.say(Words(text, unknown)).frames

    def test_every_voice_speaks(self) -> None:
        """Each voice on offer says something; a slow one takes no less time than a quick one."""
        engine = self.engine()
        for voice in engine.voices():
            assert engine.speak(Words("Bonjour."), voice).frames, f"{voice.name} says nothing"
        name = engine.voices()[0].name
        slow, quick = (
            engine.speak(Words(SENTENCES[0]), Voice(name, rate=rate)).frames for rate in (0.8, 1.2)
        )
        assert slow >= quick
