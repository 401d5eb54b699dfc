"""Script → Recording: what is spoken, what is kept, what is told."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import speakers
from fakes import HUM, Hummer, script
from hautevoix.errors import EngineError, NetworkError
from hautevoix.model import Clip, Recording, WordMark, Words
from hautevoix.recording import Cast, Fallback, record, speak
from hautevoix.workers.pool import WorkerPool
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Voice
    from hautevoix.storage.store import Store

LINES = [f"Voici la phrase numéro {name}." for name in ("un", "deux", "trois", "quatre", "cinq")]

"""How long something that is sure to come is waited for, on a machine however busy."""


def recorded(
    store: Store, lines: list[str], engine: Callable[[str], Any] = speakers.Diary, **more: Any
) -> Recording:
    """Return ``lines`` recorded by a speaker that notes what it is asked in the store's folder."""
    made = script([[(line, 300) for line in lines]])
    load = partial(engine, str(store.folder.parent / "asked"))
    with WorkerPool(2) as pool:
        return record(made, Cast(load, [HUM] * len(lines), **more), store, pool)


def asked(store: Store) -> list[str]:
    """Return what the speaker was asked so far, in alphabetical order."""
    diary = store.folder.parent / "asked"
    return sorted(diary.read_text("utf-8").splitlines()) if diary.exists() else []


def test_every_utterance_has_its_clip_in_order(store: Store) -> None:
    """Keys align with the utterances, whatever the order in which workers finished."""
    made = recorded(store, LINES)
    frames = [Clip.from_bytes(store.get(key or "") or b"").frames for key in made.keys]
    assert frames == [speakers.Diary("").speak(u.words, HUM).frames for u in made.script.utterances]
    assert made.losses == made.substitutes == ()


def test_the_same_words_are_spoken_once(store: Store) -> None:
    """A refrain costs one clip."""
    made = recorded(store, [LINES[0], LINES[1], LINES[0], LINES[0]])
    assert asked(store) == sorted(LINES[:2])
    assert made.keys[0] == made.keys[2] == made.keys[3] != made.keys[1]


def test_a_second_run_asks_only_for_what_is_missing(store: Store) -> None:
    """An inserted sentence is spoken alone; the others come from the store."""
    recorded(store, LINES[:3])
    before = asked(store)
    recorded(store, [LINES[0], LINES[3], *LINES[1:3]])
    assert asked(store) == sorted([*before, LINES[3]])


def test_another_voice_or_version_is_another_clip(store: Store) -> None:
    """What changes the sound changes the key: no stale clip is taken for the new voice's."""
    first = recorded(store, LINES[:1]).keys
    assert recorded(store, LINES[:1], speakers.NewDiary).keys != first


def test_a_damaged_clip_is_spoken_again_when_asked_to_verify(store: Store) -> None:
    """``verify`` finds a clip that rotted on disk and has it made anew."""
    made = recorded(store, LINES[:2])
    (key, _) = made.keys
    assert key
    path = store.path(key)
    path.write_bytes(path.read_bytes()[:-7])
    load = partial(speakers.Diary, str(store.folder.parent / "asked"))
    with WorkerPool(1) as pool:
        record(made.script, Cast(load, [HUM] * 2), store, pool, verify=True)
    assert asked(store).count(LINES[0]) == 2
    assert store.holds_whole(key)


@pytest.mark.parametrize("fault", ["refuse", "mute", "hush", "blare", "gabble", "drawl"])
def test_what_can_t_be_said_is_listed(store: Store, fault: str) -> None:
    """A refusal, no sound, silence, distortion, too short or too long: a loss with its reason."""
    lines = [LINES[0], f"Ici, {fault} : le moteur échoue tout à fait.", LINES[1]]
    made = recorded(store, lines)
    assert [key is None for key in made.keys] == [False, True, False]
    [(index, reason)] = made.losses
    assert index == 1
    assert "Ici" in reason


def test_a_clip_that_fails_its_check_is_asked_for_again(store: Store) -> None:
    """A voice that stumbles once is heard out: the second try counts."""
    made = recorded(store, ["Ici, stumble : la voix hésite une fois."])
    assert made.losses == ()
    assert len(asked(store)) == 2


def test_a_loss_is_tried_again_by_the_next_run(store: Store) -> None:
    """What was lost is not remembered as lost: the rerun asks for it, and for nothing else."""
    lines = [LINES[0], "Ici, refuse : non."]
    recorded(store, lines)
    recorded(store, lines)
    assert asked(store) == sorted([LINES[0], lines[1], lines[1]])


def test_when_nothing_can_be_said_the_error_is_raised(store: Store) -> None:
    """A book without a single clip is an error, not a list of losses."""
    with pytest.raises(EngineError, match="won't say"):
        recorded(store, ["Ici, refuse : non."])


def test_the_fallback_says_what_the_engine_can_t(store: Store) -> None:
    """Its sentence is in the book, told as a substitute; the others keep the engine's voice."""
    lines = [LINES[0], "Ici, refuse : non.", LINES[1]]
    fallback = Fallback(partial(speakers.Plain, ""), HUM)
    made = recorded(store, lines, fallback=fallback)
    assert None not in made.keys
    assert made.losses == ()
    assert [index for index, _ in made.substitutes] == [1]


def test_what_the_fallback_can_t_say_either_is_lost(store: Store) -> None:
    """Two engines failing on it, the sentence is listed."""
    lines = [LINES[0], "Ici, refuse : non."]
    fallback = Fallback(partial(speakers.Diary, str(store.folder.parent / "second")), HUM)
    made = recorded(store, lines, fallback=fallback)
    assert [index for index, _ in made.losses] == [1]
    assert made.substitutes == ()


def test_a_sentence_that_kills_its_worker_is_lost_alone(store: Store) -> None:
    """A crash costs the sentence that causes it, after three tries, and no other."""
    lines = [LINES[0], "Ici, crash : adieu.", *LINES[1:]]
    made = recorded(store, lines)
    assert [index for index, _ in made.losses] == [1]
    assert "died or hung 3 times" in made.losses[0][1]


def test_a_failing_network_ends_the_work_and_keeps_what_was_spoken(store: Store) -> None:
    """A failure at request k of n: n − k + 1 requests remain for the rerun."""
    lines = [*LINES[:3], "Ici, offline : rien.", LINES[3]]
    made = script([[(line, 300) for line in lines]])
    diary = str(store.folder.parent / "asked")
    with pytest.raises(NetworkError), WorkerPool(1) as pool:
        record(made, Cast(partial(speakers.Diary, diary), [HUM] * 5), store, pool)
    assert asked(store) == sorted(lines[:4])
    Path(diary).unlink()
    with WorkerPool(1) as pool:
        record(made, Cast(partial(speakers.Cured, diary), [HUM] * 5), store, pool)
    assert asked(store) == sorted(lines[3:])


def test_progress_counts_what_was_there_already(store: Store) -> None:
    """The bar starts at what is ready and ends at the whole."""
    recorded(store, LINES[:2])
    seen: list[tuple[int, int]] = []
    made = script([[(line, 300) for line in LINES]])
    load = partial(speakers.Diary, str(store.folder.parent / "asked"))
    cast = Cast(load, [HUM] * 5)
    with WorkerPool(2) as pool:
        record(made, cast, store, pool, progress=lambda *at: seen.append(at))
    assert seen == [(2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize(("times", "stored"), [(1, 1), (2, 0)])
def test_ctrl_c_finishes_the_clip_in_hand_and_a_second_one_leaves(
    store: Store, times: int, stored: int
) -> None:
    """One Ctrl-C keeps the clip that is being spoken; two wait for nothing."""
    diary = store.folder.parent / "asked"
    process = subprocess.Popen(
        [sys.executable, Path(speakers.__file__), store.folder, diary],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + PATIENCE
    while not (diary.exists() and diary.stat().st_size):
        assert time.monotonic() < end, "the worker never started"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.stdout
    assert process.stdout.readline() == b"stopping\n"
    if times == 2:
        process.send_signal(signal.SIGINT)
    else:
        diary.with_name("asked.go").touch()
    process.communicate(timeout=PATIENCE)
    assert len(list(store.folder.glob("*/*"))) == stored


class Teller(Hummer):
    """A hummer that tells its words, and takes few characters at a time."""

    limit = 24
    shift = 0

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum; the words begin as many 40 ms after the silence as characters stand before them."""
        clip = super().speak(words, voice)
        starts = [match.span() for match in re.finditer(r"\w+", words.text)]
        marks = (
            WordMark(start + self.shift, end, round((30 + 40 * start) * clip.rate / 1000))
            for start, end in starts
        )
        return Clip(clip.pcm, clip.rate, tuple(marks))


def test_words_of_a_long_sentence_s_parts_are_the_sentence_s() -> None:
    """Joined from parts, a clip tells every word of the whole, where its sound went."""
    text = "Une phrase, une autre phrase, et une toute dernière."
    clip = speak(Teller(), Words(text), HUM)
    assert [text[word.start : word.end] for word in clip.words] == re.findall(r"\w+", text)
    samples = np.abs(np.frombuffer(clip.pcm, "<i2").astype(int))
    loud = np.flatnonzero(samples > 500)
    begun = loud[np.diff(loud, prepend=-clip.rate) > 0.05 * clip.rate]
    parts = [0, 12, 30]  # where the sentence is cut
    firsts = [word.frame for word in clip.words if word.start in parts]
    assert len(firsts) == len(begun) == 3
    assert np.abs(begun - firsts).max() < 0.005 * clip.rate


def test_words_that_are_not_there_are_not_kept() -> None:
    """An engine that tells of words outside of the text is heard, and not believed."""
    teller = Teller()
    teller.shift = 9
    clip = speak(teller, Words("Un mot."), HUM)
    assert clip.frames
    assert clip.words == ()
