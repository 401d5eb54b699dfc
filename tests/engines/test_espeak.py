"""eSpeak NG: the voice that is always there."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crews
from hautevoix.engines import espeak, isolation, libespeak
from hautevoix.engines.ipa import mnemonics
from hautevoix.errors import EngineError
from hautevoix.model import Manner, Span, Voice, Words
from hautevoix.workers.pool import Job, WorkerPool

SENTENCES = [
    "Il pleuvait depuis trois jours sur la vallée.",
    "« Attendez-moi ! » cria-t-elle, hors d'haleine.",
    "Le C R M décide ; le comité exécute.",
    "Où étiez-vous ?",
    "Mille neuf cent dix-sept.",
    "Un œuf, des œufs.",
]
FRENCH = Voice("fr")


@pytest.fixture
def engine() -> espeak.Espeak:
    """Return the engine as the entry point gives it."""
    return espeak.engine()


def spoken(sentence: str) -> bytes:
    """Return what a new engine makes of ``sentence``."""
    return espeak.engine().speak(Words(sentence), FRENCH).pcm


def phonemes(engine: espeak.Espeak, text: str, ipa: str) -> bytes:
    """Return ``text`` spoken as ``ipa`` says."""
    words = Words(text, (Span(0, len(text), Manner.PHONEMES, ipa),))
    return engine.speak(words, FRENCH).pcm


def test_the_same_words_give_the_same_bytes_in_any_order(engine: espeak.Espeak) -> None:
    """A clip depends on its words and voice alone, not on what was spoken before it."""
    first = {sentence: engine.speak(Words(sentence), FRENCH).pcm for sentence in SENTENCES}
    others = [*reversed(SENTENCES), *SENTENCES[::2], *SENTENCES[1::2]]
    assert all(engine.speak(Words(s), FRENCH).pcm == first[s] for s in others)


def test_a_voice_that_breathes_gives_the_same_bytes_at_any_time(engine: espeak.Espeak) -> None:
    """The noise in a whisper or a breath is the same noise tomorrow."""
    whole = [engine.speak(Words(SENTENCES[0]), voice).pcm for voice in engine.voices()]
    time.sleep(1.1)  # eSpeak's own seed is the clock's second
    again = [engine.speak(Words(SENTENCES[0]), voice).pcm for voice in engine.voices()]
    assert again == whole


def test_the_same_words_give_the_same_bytes_in_another_process(engine: espeak.Espeak) -> None:
    """A clip made by one worker could have been made by any other."""
    with WorkerPool(1) as pool:
        done = pool.run(Job(crews.giving, (crews.speak,)), SENTENCES[:3])
        elsewhere = [outcome.result for outcome in done]
    assert elsewhere == [engine.speak(Words(words), FRENCH).pcm for words in SENTENCES[:3]]


@pytest.mark.parametrize("hostile", ["\x01450S", "\x00", "\x0190P\x015R", "\x02", "\ud800", "\x9b"])
def test_control_characters_change_nothing(engine: espeak.Espeak, hostile: str) -> None:
    """A control character neither reaches eSpeak nor touches the clips that follow."""
    before = spoken(SENTENCES[0])
    clip = engine.speak(Words(f"Un {hostile} deux."), FRENCH)
    assert clip.frames > 0.3 * clip.rate
    assert engine.speak(Words(SENTENCES[0]), FRENCH).pcm == before


@pytest.mark.parametrize("nothing", ["", " ", "…", "— !", "\x00\x01", "« »"])
def test_nothing_to_say_is_silence(engine: espeak.Espeak, nothing: str) -> None:
    """Words without a letter or a digit give an empty clip, not an error."""
    assert engine.speak(Words(nothing), FRENCH).frames == 0


def test_a_killed_child_is_one_clear_error(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a clip's process dies, the error names the words; the next clip is untouched."""
    before = spoken(SENTENCES[0])

    def die(*_: object) -> tuple[bytes, bool]:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"", True

    with monkeypatch.context() as patch:
        patch.setattr(espeak, "_worker", lambda: isolation.ForkedWorker(die))
        with pytest.raises(EngineError, match="« Où étiez-vous \\? » failed \\(killed by signal 9"):
            engine.speak(Words("Où étiez-vous ?"), FRENCH)
    assert engine.speak(Words(SENTENCES[0]), FRENCH).pcm == before


def test_a_child_killed_while_idle_costs_nothing(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the system takes it away between two clips, the next clip is spoken all the same."""
    worker = isolation.ForkedWorker(libespeak.answer)
    monkeypatch.setattr(espeak, "_worker", lambda: worker)
    first = engine.speak(Words(SENTENCES[0]), FRENCH)
    assert worker._child
    os.kill(worker._child._pid, signal.SIGKILL)
    assert engine.speak(Words(SENTENCES[0]), FRENCH) == first
    worker.close()


def test_one_process_speaks_many_clips_and_then_gives_way(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clips cost no process each, yet none stays so long that what its library leaks would show."""
    children = []
    fork = os.fork

    def noted() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(isolation, "_ANSWERS", 3)
    worker = isolation.ForkedWorker(libespeak.answer)
    monkeypatch.setattr(espeak, "_worker", lambda: worker)
    clips = [engine.speak(Words(SENTENCES[0]), FRENCH) for _ in range(7)]
    assert len(children) == 3
    assert len(set(clips)) == 1
    for gone in children[:2]:
        with pytest.raises(ProcessLookupError):  # neither running nor defunct
            os.kill(gone, 0)


def test_a_child_closes_nothing_that_was_rubbish_before_it_was_born() -> None:
    """That may take threads which are not there, for ever; it is left to the parent."""

    class Rubbish:
        def __init__(self) -> None:
            self.itself = self
            self.closed_by: list[int] = closed_by

        def __del__(self) -> None:
            self.closed_by.append(os.getpid())

    def collect(_: bytes) -> tuple[bytes, bool]:
        gc.collect()
        return bytes(closed_by.count(os.getpid())), True

    closed_by: list[int] = []
    gc.collect()
    gc.disable()
    Rubbish()
    worker = isolation.ForkedWorker(collect)
    try:
        assert worker.ask(b"", "a collector") == b""
    finally:
        worker.close()
        gc.enable()
    gc.collect()
    assert closed_by == [os.getpid()]


def test_a_fork_of_the_user_has_a_child_of_its_own(engine: espeak.Espeak) -> None:
    """Two processes never share the pipes to a child: each hears its own words."""
    one, other = (Words(sentence) for sentence in SENTENCES[:2])
    expected = engine.speak(other, FRENCH).pcm
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, bytes([engine.speak(other, FRENCH).pcm == expected]))
        os._exit(0)
    assert engine.speak(one, FRENCH).pcm != expected
    assert os.read(reading, 1) == b"\x01"
    os.wait()


def test_a_library_that_does_not_leave_is_used_once() -> None:
    """Where closing leaves the library in place, with what it remembers, its process goes."""
    with WorkerPool(1) as pool:
        done = pool.run(Job(crews.giving, (crews.asked_with_library_kept,)), ["Bonjour."])
        assert [outcome.result for outcome in done] == [False]


def test_a_hung_child_ends_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clip that takes too long is given up, and its process does not stay behind."""
    children = []
    fork = os.fork

    def noted() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(EngineError, match=r"x did not answer within 0 s\."):
        isolation.in_child(hang, "x", deadline=0.2)
    with pytest.raises(ProcessLookupError):  # neither running nor defunct
        os.kill(children[0], 0)


def test_ctrl_c_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C comes out at once and the child is gone, even if it comes right at the fork."""
    children: list[int] = []
    real_fork = os.fork

    def interrupted() -> int:
        child = real_fork()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # in parent and child
        children.append(child)
        return child

    monkeypatch.setattr(os, "fork", interrupted)
    with pytest.raises(KeyboardInterrupt):  # and no EngineError at the deadline
        isolation.in_child(hang, "x", deadline=60)
    with pytest.raises(ProcessLookupError):  # neither running nor defunct
        os.kill(children[0], 0)


def test_a_child_leaves_ctrl_c_to_its_parent() -> None:
    """A terminal's Ctrl-C reaches the child too; it is the parent that answers."""

    def work() -> list[bytes]:
        os.kill(os.getpid(), signal.SIGINT)
        return [b"done"]

    assert isolation.in_child(work, "x") == b"done"


def hang() -> list[bytes]:
    """Never answer."""
    threading.Event().wait()
    return []


def test_without_fork_the_bytes_are_the_same(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a system can't fork, a process of its own speaks each clip, to the same bytes."""
    forked = engine.speak(Words(SENTENCES[0]), FRENCH).pcm
    monkeypatch.setattr(espeak, "CAN_FORK", False)
    assert engine.speak(Words(SENTENCES[0]), FRENCH).pcm == forked


def test_every_voice_offered_speaks_with_its_own_sound(engine: espeak.Espeak) -> None:
    """Each voice of the list can be used, and no two of one region sound the same."""
    clips = [engine.speak(Words("Bonjour."), voice).pcm for voice in engine.voices()]
    assert all(clips)
    assert len(set(clips)) >= len(clips) - 2  # Belgium and Switzerland differ in numbers alone


def test_an_unknown_voice_is_an_error(engine: espeak.Espeak) -> None:
    """A voice that eSpeak doesn't have is told, not replaced by another."""
    with pytest.raises(EngineError, match="« klingon »"):
        engine.speak(Words("Bonjour."), Voice("klingon"))


def test_a_slower_voice_takes_longer(engine: espeak.Espeak) -> None:
    """A voice's rate is a factor of the reading pace."""
    calm, quick = (
        engine.speak(Words(SENTENCES[0]), Voice("fr", rate=rate)).frames for rate in (0.8, 1.25)
    )
    assert 1.3 < calm / quick < 1.8


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("bon", "bɔ̃"),
        ("brun", "bʁœ̃"),
        ("nuit", "nɥi"),
        ("chat", "ʃa"),
        ("jeu", "ʒø"),
        ("blanc", "blɑ̃"),
        ("vin", "vɛ̃"),
        ("homme", "ɔm"),
        ("pâte", "pɑːt"),
        ("yeux", "ˈjø"),
    ],
)
def test_phonemes_sound_as_the_word_they_spell(engine: espeak.Espeak, word: str, ipa: str) -> None:
    """A word's own pronunciation in IPA gives the very sound of the word."""
    assert phonemes(engine, "Xyz", ipa) == engine.speak(Words(word), FRENCH).pcm


def test_phonemes_replace_their_words_alone(engine: espeak.Espeak) -> None:
    """Within a sentence, a span with phonemes is said by them, the rest by its spelling."""
    text = "Le camarade Broad arrive."
    span = Span(12, 17, Manner.PHONEMES, "bʁɔd")
    said = engine.speak(Words(text, (span,)), FRENCH).pcm
    assert said == engine.speak(Words("Le camarade Brode arrive."), FRENCH).pcm
    assert said != engine.speak(Words(text), FRENCH).pcm


def test_phonemes_that_french_lacks_fall_back_on_the_words(engine: espeak.Espeak) -> None:
    """IPA outside our table leaves the word to its spelling."""
    assert phonemes(engine, "Bonjour.", "ǃxóõ") == spoken("Bonjour.")


@pytest.mark.parametrize("hostile", ["[[b'O~]]", "[[", "]] [[", "[", "[[[[a]]]]"])
def test_brackets_of_the_text_are_never_phonemes(engine: espeak.Espeak, hostile: str) -> None:
    """What an author put between brackets is text, even beside a span with phonemes."""
    text = f"{hostile} Zola"
    span = Span(len(hostile) + 1, len(text), Manner.PHONEMES, "zɔla")
    request = espeak._request(Words(text, (span,))).text
    assert request.count("[[") == request.count("]]") == 1
    assert engine.speak(Words(hostile + " bonjour"), FRENCH).frames > 0


def test_letters_are_named(engine: espeak.Espeak) -> None:
    """Capital letters parted by spaces are named one by one."""
    named = engine.speak(Words("C D"), FRENCH).frames
    assert named > 1.3 * engine.speak(Words("C"), FRENCH).frames
    assert spoken("Y") == phonemes(engine, "Y", "iɡʁˈɛk")
    assert spoken("C") == phonemes(engine, "C", "se")


@given(st.text(max_size=40))
def test_any_phonemes_are_taken_or_refused(ipa: str) -> None:
    """IPA of any kind gives eSpeak's plain signs or None: nothing can close the brackets early."""
    said = mnemonics(ipa)
    assert said is None or (said.isascii() and "[" not in said and "]" not in said)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_clip(text: str) -> None:
    """Whatever the text, the engine answers with whole samples."""
    assert len(espeak.engine().speak(Words(text), FRENCH).pcm) % 2 == 0


def test_what_is_stressed_changes_no_word_s_place(engine: espeak.Espeak) -> None:
    """It sounds otherwise, and every word is still told where it stands in the text."""
    plain = Words("Il a vraiment tout perdu, « personne » ne dit mot.")
    stressed = Words(plain.text, (Span(14, 18, Manner.EMPHASIS), Span(28, 36, Manner.EMPHASIS)))
    one, two = (engine.speak(words, FRENCH) for words in (plain, stressed))
    assert one.pcm != two.pcm
    assert [(w.start, w.end) for w in one.words] == [(w.start, w.end) for w in two.words]
