"""A book's own words: longest first, whole words, case as told, by words or by phonemes; PLS."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.errors import HautevoixError, InputError, RefusedError
from hautevoix.french import Narrator, read_pls, replay
from hautevoix.model import LexiconEntry, Manner, Span


def _say(text: str, *entries: LexiconEntry) -> str:
    said = Narrator(entries).say(text)
    assert replay(text, said.changes) == said.words.text
    return said.words.text


def test_the_longest_entry_wins() -> None:
    """« C.C. du Parti » is found before « C.C. »."""
    entries = LexiconEntry("C.C.", "Comité central"), LexiconEntry("C.C. du Parti", "le sommet")
    assert (
        _say("Au C.C. du Parti, au C.C., rien.", *entries)
        == "Au le sommet, au Comité central, rien."
    )


def test_only_whole_words_are_found() -> None:
    """An entry is not found inside a word."""
    assert _say("Le chat du château.", LexiconEntry("chat", "matou")) == "Le matou du château."


def test_case_counts_unless_told_otherwise() -> None:
    """« Vire » is not « vire », except for an entry that says so."""
    assert _say("Vire vire.", LexiconEntry("Vire", "Vir")) == "Vir vire."
    assert _say("Vire VIRE.", LexiconEntry("vire", "vir", any_case=True)) == "vir vir."


def test_no_rule_changes_what_the_lexicon_says() -> None:
    """What a person told stays, even where a rule would have something to say."""
    assert _say("Le XIV de la page 3.", LexiconEntry("XIV", "Quatorze M. X")) == (
        "Le Quatorze M. X de la page trois."
    )


def test_the_rules_still_see_what_stands_around() -> None:
    """A king whose name is told by phonemes keeps his number; figures around are still read."""
    assert _say("Charles X", LexiconEntry("Charles", ipa="ʃaʁl")) == "Charles dix"
    assert _say("à Louis 12 ans", LexiconEntry("Louis", "Loui")) == "à Loui douze ans"


def test_a_dotted_entry_that_ends_a_sentence_leaves_its_full_stop() -> None:
    """The stop of « C.R.M. » is heard where it also ends the sentence, and only there."""
    entry = LexiconEntry("C.R.M.", "Comité révolutionnaire")
    assert _say("C'était l'organe du C.R.M.", entry).endswith("Comité révolutionnaire.")
    assert _say("Le C.R.M. vint.", entry) == "Le Comité révolutionnaire vint."
    assert "révolutionnaire. Après" in _say("L'organe du C.R.M. Après, rien.", entry)


def test_phonemes_stand_as_a_span() -> None:
    """An entry by phonemes keeps its letters, and a span says how."""
    words = Narrator([LexiconEntry("Kérenski", ipa="keʁɛnski")]).say("De Kérenski à 2.").words
    assert words.text == "De Kérenski à deux."
    assert words.spans == (Span(3, 11, Manner.PHONEMES, "keʁɛnski"),)


def test_phonemes_and_words_go_together() -> None:
    """With both, the words are what is left where an engine takes no phonemes."""
    words = Narrator([LexiconEntry("Zinoviev", "Zinovieff", "zinɔvjɛf")]).say("12 Zinoviev").words
    assert words.text == "douze Zinovieff"
    assert words.spans == (Span(6, 15, Manner.PHONEMES, "zinɔvjɛf"),)


def test_letters_in_the_lexicon_are_letters() -> None:
    """An entry said as capitals parted by spaces is spelled."""
    words = Narrator([LexiconEntry("ONU", "O N U")]).say("l'ONU").words
    assert words.spans == (Span(2, 7, Manner.LETTERS),)


def test_a_word_of_the_lexicon_is_no_doubt() -> None:
    """What the lexicon settles is not reported any more."""
    assert Narrator([LexiconEntry("GRAND", "grand")]).say("Le GRAND bal.").unsure == ()


def test_corrections_come_before_the_lexicon() -> None:
    """A slip put right is then found in the lexicon."""
    narrator = Narrator([LexiconEntry("C.R.M.", "Comité")], [("C.R M.", "C.R.M.")])
    assert narrator.say("le C.R M. dirigeait").words.text == "le Comité dirigeait"


def test_corrections_hold_for_whole_words() -> None:
    """« ta Révolution » is corrected, « porta Révolution » is not."""
    narrator = Narrator(corrections=[("ta Révolution", "la Révolution")])
    assert narrator.say("ta Révolution").words.text == "la Révolution"
    assert narrator.say("porta Révolution").words.text == "porta Révolution"


def test_typography_does_not_hide_an_entry() -> None:
    """An entry is found whatever kind of space or accent the text has."""
    assert _say("le\u00a0 e\u0301te\u0301", LexiconEntry("le été", "l'été")) == "l'été"


@given(st.text(), st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=4))
def test_no_entry_makes_the_narrator_fail(text: str, pairs: list[tuple[str, str]]) -> None:
    """Whatever the entries, a text is said, and its changes replay."""
    said = Narrator([LexiconEntry(*pair) for pair in pairs], pairs).say(text)
    assert replay(text, said.changes) == said.words.text


_PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa"
    xml:lang="fr">
  <meta name="author" content="nous"/>
  <lexeme><grapheme>C.G.T.</grapheme><grapheme>CGT</grapheme><alias>Cégété</alias></lexeme>
  <lexeme>
    <grapheme>Kérenski</grapheme>
    <phoneme>kerenski</phoneme>
    <phoneme prefer="true">keʁɛnski</phoneme>
    <example>Kérenski et Cie</example>
  </lexeme>
  <lexeme><grapheme>muet</grapheme><phoneme alphabet="x-sampa">mHe</phoneme></lexeme>
</lexicon>"""


def test_a_pls_lexicon_is_read() -> None:
    """Each grapheme is an entry; the preferred phoneme wins; other alphabets are left out."""
    assert read_pls(_PLS) == (
        LexiconEntry("C.G.T.", "Cégété"),
        LexiconEntry("CGT", "Cégété"),
        LexiconEntry("Kérenski", "", "keʁɛnski"),
    )


@pytest.mark.parametrize(
    ("xml", "error"),
    [
        ("", InputError),
        ("<lexicon", InputError),
        ("<autre/>", InputError),
        ('<!DOCTYPE lexicon SYSTEM "file:///etc/passwd"><lexicon/>', RefusedError),
        ('<!DOCTYPE l [<!ENTITY a "b">]><lexicon>&a;</lexicon>', RefusedError),
    ],
)
def test_what_is_no_lexicon_is_refused(xml: str, error: type[HautevoixError]) -> None:
    """Broken XML, other XML and document types are told on one line."""
    with pytest.raises(error) as caught:
        read_pls(xml)
    assert "\n" not in str(caught.value)


@given(st.text())
def test_only_our_own_errors_leave_the_pls_reader(xml: str) -> None:
    """No text makes the reader fail otherwise."""
    with suppress(HautevoixError):
        read_pls(xml)
