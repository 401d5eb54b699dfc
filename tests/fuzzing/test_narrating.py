"""Any text is said: in words alone, the same when said again, no longer than it may be."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fuzzing import texts
from fuzzing.doors import fuzzed, told
from hautevoix.french import Counting, Narrator, cut, replay, sentences
from hautevoix.model import LexiconEntry, Words
from hautevoix.model.options import Habits, Inclusive, Liaisons
from hautevoix.pronunciation.pronouncer import Pronouncer

_SAID = frozenset(" .,;:!?…’'\"“”«»()–—-")
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"})
_TOLD = frozenset({"note call", "sign", "slip", "mojibake", "digits"})
_LONGEST = (
    80  # words for a sign: « 777 777 » has two letters a digit, and there are dates and units
)

_digits = st.one_of(
    st.integers(0, 10**15).map(str),
    st.integers(0, 9999).map(str),
    st.sampled_from(["0", "00", "1er", "2e", "1 000", "1.000.000", "12,5", "12.5", "1/2", "3-4", "XIV", "MCM"]),
)  # fmt: skip
_units = st.sampled_from(
    "€ $ £ % ‰ ° °C km kg m² km/h h min s Mo kWh F fr. ans pages siècle mai janvier av. J.-C. × = + - / : , ; "
    "( ) [ ] « » — … ! ? . ' ’ n° p. art. t. § & @ # * ^ _ ~ < > | \\ ½ ² ₂ ⁻¹ √ ∞ ≤ α →".split()
)  # fmt: skip
_frames = st.sampled_from(
    ["le {} mai {}", "{}h{}", "{}:{}:{}", "{}/{}/{}", "de {} à {}", "n° {}", "p. {}-{}", "{} {}", "{}{}",
     "({})", "{}e", "{} %", "-{}", "+{}", "{}.{}", "{},{}", "Louis {}", "an {}", "{} × {} = {}", "[{}]",
     "{} °C", "x{}", "{}x", "07 {} {} {} {}", "{}-{}-{}", "{} ; {}", "vers {}", "« {} »", "{}'{}\"", "#{}"]
)  # fmt: skip
_framed = st.builds(
    lambda frame, parts: frame.format(*parts), _frames, st.lists(_digits, min_size=5, max_size=5)
)
writings = texts.named(
    st.builds(
        lambda glue, parts: glue.join(parts),
        st.sampled_from([" ", " ", "", ", ", ". "]),
        st.lists(st.one_of(texts.pieces, _framed, _digits, _units), max_size=9),
    )
)
_habits = st.builds(Habits, st.sampled_from(Inclusive), st.booleans())
_entries = st.lists(
    st.builds(
        LexiconEntry,
        st.one_of(texts.words, _digits),
        st.one_of(st.just(""), texts.words, _digits),
        st.sampled_from(["", "a", "ʁwa"]),
        st.booleans(),
    ),
    max_size=3,
)
_corrections = st.lists(st.tuples(texts.words, texts.words), max_size=2)


@fuzzed(120)
@given(writings, st.sampled_from(Counting), _habits)
def test_the_narrator(text: str, counting: Counting, habits: Habits) -> None:
    """Words, spaces and marks come out, in bounded number; said again, nothing changes."""
    narrator = Narrator(counting=counting, habits=habits)
    said = told(narrator.say, text)
    assert said is not None
    words = said.words.text
    assert all(sign in _SAID or unicodedata.category(sign) in _LETTERS for sign in words)
    assert len(words) <= _LONGEST * (len(text) + 1)
    assert replay(text, said.changes) == words
    assert narrator.say(words).words == said.words


@fuzzed(60)
@given(writings)
def test_nothing_that_means_something_is_dropped(text: str) -> None:
    """No edit takes out a digit in silence: it leads to a word, or a doubt names it."""
    said = Narrator().say(text)
    doubted = {doubt.token for doubt in said.unsure if doubt.kind in _TOLD}
    for change in said.changes:
        for edit in change.edits:
            if re.search(r"\d", edit.before) and not re.search(r"\w", edit.after):
                assert edit.before in doubted, change


@fuzzed(60)
@given(writings, _entries, _corrections)
def test_the_narrator_with_a_lexicon(
    text: str, lexicon: list[LexiconEntry], corrections: list[tuple[str, str]]
) -> None:
    """Whatever a lexicon says: spans lie within the words, in order."""
    said = told(Narrator(lexicon, corrections).say, text)
    assert said is not None
    spans_lie_within(said.words)
    assert replay(text, said.changes) == said.words.text


def spans_lie_within(words: Words) -> None:
    """Assert that spans stand in order, within the text, and don't overlap."""
    end = 0
    for span in words.spans:
        assert end <= span.start < span.end <= len(words.text)
        end = span.end


@fuzzed(60)
@given(writings, st.sampled_from(Liaisons), _entries)
def test_the_pronouncer(text: str, style: Liaisons, lexicon: list[LexiconEntry]) -> None:
    """Spellings stand on the words that they spell, and no word is changed."""
    words = Narrator(lexicon).say(text).words
    found = told(Pronouncer(style).pronounced, words)
    assert found is not None
    assert found.text == words.text
    spans_lie_within(found)


@fuzzed(60)
@given(writings, st.integers(1, 60))
def test_sentences_are_the_text(text: str, limit: int) -> None:
    """Put together again they give the text back; so do their pieces, but for words that are long."""
    found = told(sentences, text)
    assert found is not None
    assert " ".join(found) == text
    for sentence in found:
        parts = cut(sentence, limit)
        assert "".join(parts).replace(" ", "") == sentence.replace(" ", "")
        assert all(len(part) <= limit for part in parts)
