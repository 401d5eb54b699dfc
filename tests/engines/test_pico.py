"""Pico: what it is told, how that sounds, and what its failures become."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.engines import pico, picosampa, picotext
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Manner, Span, Voice, Words

VOICE = Voice("fr-FR")
_PHONEMES = re.compile('<phoneme alphabet="xsampa" ph="[A-Za-z0-9@~ ]+"/>')


def said(text: str) -> Clip:
    """Return ``text`` spoken."""
    return pico.engine().speak(Words(text), VOICE)


def pronounced(ipa: str, end: str = "") -> Clip:
    """Return ``ipa`` spoken."""
    words = Words(f"mot{end}", (Span(0, 3, Manner.PHONEMES, ipa),))
    return pico.engine().speak(words, VOICE)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Ô temps, ô rage !", "oh temps, oh rage !"),
        ("Œuvre, sœurs, ŒUVRE, l’œil, Œdipe", "Oeuvre, soeurs, OeUVRE, l'euil, Édipe"),
        ("ex æquo, et cætera", "ex équo, et cétéra"),
        ("Ç'aurait été", "s'aurait été"),
        ("Y a-t-il ? Y va-t-il ? Monsieur Y vient.", "y a-t-il ? y va-t-il ? Monsieur Y vient."),
        ("Oui... peut-être…", "Oui, peut-être…"),
        ("Quoi ?! Non ! ! Si !!!", "Quoi ? Non ! Si !"),
        ("— Le vieux — un marin – riait.", "Le vieux, un marin, riait."),
        ("« Oui » — non", "« Oui », non"),
        ("Il (le chat) dort (bien).", "Il, le chat, dort, bien ."),
        ("dix\u202fans, dix\u200b-\u00adsept, e\u0301te\u0301", "dix ans, dix-sept, été"),
        ("Łódź, Dvořák, Søren, ﬂeur", "Lódz, Dvorák, Seuren, fleur"),
        ("<b>gras</b> & c:\\x [1] {2}", "b gras /b et c: x 1 2"),
        ("Ж 漢字", ""),
        ("IL Y A UN PLAN B", "IL Y A UN PLAN B"),
    ],
)
def test_it_is_told_what_it_can_say(written: str, told: str) -> None:
    """Signs that Pico misreads, names or keeps silent about become ones that it says."""
    assert picotext.told(Words(written)) == told


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("l'O N U", "loEny"),
        ("d’U R S S", "dyEREsEs"),
        ("qu'R T L", "kERteEl"),
        ("É N A", "2Ena"),
    ],
)
def test_letters_are_named_with_what_is_elided_before_them(written: str, phonemes: str) -> None:
    """Capitals parted by spaces are their French names, said in one breath."""
    told = picotext.told(Words(f"Dans {written} ?"))
    assert told == f'Dans <phoneme alphabet="xsampa" ph="{phonemes}"/> ?'


def test_a_lexicon_s_phonemes_are_said_with_what_is_elided() -> None:
    """IPA becomes Pico's phonemes; a sign that it has not leaves the word as it is written."""
    known = Words("L'ami d'Engels.", (Span(8, 14, Manner.PHONEMES, "ɛŋɡəls"),))
    assert picotext.told(known) == 'L\'ami <phoneme alphabet="xsampa" ph="dENg@ls"/>.'
    unknown = Words("L'ami d'Engels.", (Span(8, 14, Manner.PHONEMES, "ǃɛŋɡəls"),))
    assert picotext.told(unknown) == "L'ami d'Engels."


@given(st.text(max_size=300), st.sampled_from(["", "<play file='x'>", "\\", "漢", "x" * 200]))
def test_no_text_is_markup_or_endless(text: str, more: str) -> None:
    """Whatever the text: no markup but phonemes, no sign beyond Pico's, no word without end."""
    told = _PHONEMES.sub("", picotext.told(Words(text + more + text)))
    assert not set("<>&\\") & set(told)
    told.encode("cp1252")
    assert not re.search(rf"[^\W\d]{{{picotext.LONGEST + 1}}}|\d{{{picotext.LONGEST + 1}}}", told)


@pytest.mark.usefixtures("pico_library")
@pytest.mark.parametrize(
    ("written", "ipa"),
    [
        *(("cœur", "kœʁ"), ("œuvre", "œvʁ"), ("bœuf", "bœf"), ("bœufs", "bø"), ("nœud", "nø")),
        *(("œil", "œj"), ("mœurs", "mœʁ"), ("oui", "wi"), ("lui", "lɥi"), ("lieu", "ljø")),
        *(("brun", "bʁœ̃"), ("vin", "vɛ̃"), ("banc", "bɑ̃"), ("bon", "bɔ̃"), ("gai", "ɡɛ")),
        *(("chat", "ʃa"), ("je", "ʒə"), ("vigne", "viɲ"), ("ring", "ʁiŋ"), ("rose", "ʁoz")),
        *(("tu", "ty"), ("tout", "tu"), ("hop", "ɔp"), ("dé", "de"), ("fil", "fil")),
        *(("mou", "mu"), ("dune", "dyn"), ("pas", "pɑ"), ("sou", "su"), ("robe", "ʁɔb")),
        ("C G T", "seʒete"),
    ],
)
def test_a_word_sounds_as_its_phonemes(written: str, ipa: str) -> None:
    """A word that is spelled and the same in phonemes are the same samples: each row is right."""
    assert said(f"{written}.") == pronounced(ipa, ".")


def test_each_phoneme_of_the_table_is_heard() -> None:
    """No row of the table but « h », which is mute in French, is a sound that Pico drops."""
    rows = {**picosampa._VOWELS, **picosampa._CONSONANTS}
    assert [ipa for ipa in rows if not picosampa.sampa(ipa)] == ["h"]


@pytest.mark.usefixtures("pico_library")
@pytest.mark.parametrize("letter", ["a", "x", "é", "1"])
def test_a_long_word_is_said(letter: str) -> None:
    """A word of 200 letters, at which Pico by itself hangs or falls silent, is said whole."""
    short = said(letter * picotext.LONGEST).frames
    assert said(letter * 5 * picotext.LONGEST).frames > 3 * short


@pytest.mark.usefixtures("pico_library")
def test_a_hang_ends_at_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Pico can't end is an EngineError, and it speaks on."""
    before = said("Bonjour.")
    monkeypatch.setattr(pico, "DEADLINE", 0.5)
    with pytest.raises(EngineError, match="did not answer"):
        pico._asked("a" * 140, "Pico")
    monkeypatch.undo()
    assert said("Bonjour.") == before


@pytest.mark.usefixtures("pico_library")
def test_without_a_fork_it_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory can't be kept clear, a Python for each clip gives the same bytes."""
    sentence = "Les sœurs, à l'O N U, ont-elles ri ?"
    forked = [said(sentence), said("Non."), said(sentence)]
    assert forked[0] == forked[2]
    monkeypatch.setattr(pico, "CAN_FORK", False)
    assert said(sentence) == forked[0]


@pytest.mark.usefixtures("pico_library")
def test_its_rate_is_kept() -> None:
    """A voice at half its rate takes longer, at twice shorter, within what Pico can."""
    engine = pico.engine()
    words = Words("Il pleuvait depuis trois jours sur la vallée.")
    lengths = [engine.speak(words, Voice("fr-FR", rate=rate)).frames for rate in (0.5, 1, 2)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 2 * lengths[2]


@pytest.mark.usefixtures("pico_library")
def test_it_is_ready_where_its_library_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is not needed; the version tells the library's, as its sound depends on it."""
    monkeypatch.setenv("PATH", "")
    assert pico.engine().check().ready
    assert pico.engine().version.startswith("0.")


def test_without_library_and_command_it_tells_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not being installed is a state with advice; speaking all the same is an EngineError."""
    monkeypatch.setattr(pico, "_embedded", lambda: False)
    monkeypatch.setenv("PATH", "")
    engine = pico.engine()
    assert "py-nanotts" in engine.check().missing
    assert "apt install libttspico-utils" in engine.check().missing
    with pytest.raises(EngineError, match="not installed"):
        engine.speak(Words("Bonjour."), VOICE)


@pytest.mark.usefixtures("pico_command")
@pytest.mark.parametrize(
    ("text", "reason"),
    [("Ici, il échoue.", "Cannot open resource file"), ("Il reste muet.", "wrote no sound")],
)
def test_its_failures_are_told(text: str, reason: str) -> None:
    """A failing or silent command is an EngineError with what it said."""
    with pytest.raises(EngineError, match=reason):
        said(text)


@pytest.mark.usefixtures("pico_command")
def test_markup_in_a_text_is_not_markup() -> None:
    """A text's own angle brackets can't change Pico's speed: the command gets but one pair."""
    assert said("Un <speed level='500'>deux</speed> & trois.").frames > pico.RATE


def test_what_is_stressed_is_higher_and_louder_and_nothing_else() -> None:
    """The markup stands around the very words, phonemes among them too."""
    spans = (Span(3, 16, Manner.EMPHASIS), Span(9, 16, Manner.PHONEMES, "bʁœj"))
    told = picotext.told(Words("Un grand Broglie, là.", spans))
    assert told == (
        "Un <pitch level='130'><volume level='130'>grand <phoneme alphabet=\"xsampa\" ph=\"bR9j\"/>"
        "</volume></pitch>, là."
    )
