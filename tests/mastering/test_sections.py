from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.mastering import aac, mp3
from hautevoix.mastering.pieces import Plan, Stretch
from hautevoix.mastering.profiles import PODCAST
from hautevoix.mastering.sections import FRAME, STRAY, AacSection, heard_at, placed, sections

PAUSE = 4 * FRAME
HOUR = 3600 * 44100
Sizes = list[tuple[int, int]]  # for each piece: a number that its clip is known by, MP3 frames

sizes = st.lists(st.tuples(st.integers(0, 10**9), st.integers(40, 6000)), min_size=1, max_size=120)


def plan(clip: int, pause: int = PAUSE) -> Plan:
    """Return a piece of one clip."""
    return Plan((Stretch(str(clip), 0.0, pause),), (0,), 64, PODCAST)


def cut(book: Sizes) -> list[AacSection]:
    """Return the sections of a book."""
    lengths = [length * mp3.FRAME for _, length in book]
    return list(sections([plan(clip) for clip, _ in book], lengths))


def of_frames(lengths: list[int]) -> list[AacSection]:
    """Return sections of so many MP3 frames."""
    return [AacSection((plan(0),), length * mp3.FRAME, 64) for length in lengths]


@given(sizes)
def test_sections_are_the_book(book: Sizes) -> None:
    """Every piece is in one section, in order; no sample is lost or added."""
    made = cut(book)
    assert [part.stretches[0].clip for section in made for part in section.plans] == [
        str(clip) for clip, _ in book
    ]
    assert sum(section.length for section in made) == sum(size for _, size in book) * mp3.FRAME


@given(st.lists(st.integers(3, 9000), min_size=1, max_size=300))
def test_a_section_stands_at_most_10_ms_from_its_place(lengths: list[int]) -> None:
    """64, 192, 320 or 448 samples early or late, whatever came before; on the AAC frames' grid.

    No frame of sound is left out, only a last one, which lies in the silence; in the end none.
    """
    book = of_frames(lengths)
    stand = placed(book)
    start = frames = 0
    for section, part in zip(book, stand, strict=True):
        assert (part.section, part.start) == (section, start)
        assert abs(part.heard - part.start) in {64, 192, 320, STRAY}
        assert part.heard - stand[0].heard == frames * FRAME
        assert section.length - part.frames * FRAME < FRAME
        start += section.length
        frames += part.frames
    assert stand[-1].frames * FRAME >= book[-1].length
    assert STRAY == 448


def test_nothing_adds_up_in_ten_hours() -> None:
    """Six hundred sections of a minute: the last one stands no further off than the first few."""
    for length in range(2300, 2309):  # every remainder that MP3 frames leave on AAC's
        stand = placed(of_frames([length] * 600))
        assert stand[-1].start + length * mp3.FRAME > 10 * HOUR
        assert abs(stand[-1].heard - stand[-1].start) <= STRAY


@given(st.lists(st.integers(3, 9000), min_size=1, max_size=50), st.data())
def test_what_stands_in_a_section_is_heard_with_it(lengths: list[int], data: st.DataObject) -> None:
    """Any place of the timeline is found in the M4B, as far off as its section; the start at 0."""
    stand = placed(of_frames(lengths))
    part = data.draw(st.sampled_from(stand))
    offset = data.draw(st.integers(0, part.section.length - 1))
    expected = part.heard + offset if part.start + offset else 0
    assert heard_at(part.start + offset, stand) == expected
    end = stand[-1].start + stand[-1].section.length
    assert heard_at(end, stand) == stand[-1].heard + stand[-1].section.length


@given(sizes, sizes, sizes)
def test_what_stands_before_and_after_an_edit_is_not_encoded_again(
    before: Sizes, edited: Sizes, after: Sizes
) -> None:
    """Whatever is put in between, sections that it does not touch keep their keys.

    (From where two sections meet, on either side.)
    """
    ends = [(17, 6000)]  # a minute or more always ends a section
    first, rest = before + ends, after + ends
    kept = {aac.key(section) for part in (first, rest) for section in cut(part)}
    whole = {aac.key(section) for section in cut(first + edited + ends + rest)}
    assert kept <= whole


def test_a_section_is_a_minute_or_so() -> None:
    """Whether pieces are of 3 s or of 140 s: sections of about a minute, none of an hour."""
    for length in (115, 1000, 5360):
        made = cut([(number, length) for number in range(60 * 3600 // length)])
        seconds = [section.length / 44100 for section in made]
        assert 10 < np.mean(seconds) < 200
        assert max(seconds) < 900


def test_no_section_ends_where_there_is_no_pause() -> None:
    """Frames overlap, so that pieces without silence at their end stay together."""
    parts = [plan(number, pause=PAUSE - 1) for number in range(20)]
    assert len(list(sections(parts, [6000 * mp3.FRAME] * 20))) == 1
