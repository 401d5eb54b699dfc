"""Which language a text is in: its words tell, whatever its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import epub, xhtml
from hautevoix.model import Sidecar
from hautevoix.reading import read
from hautevoix.reading.language.identify import NAMES, language_of
from hautevoix.reading.reader import read_data

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = (
    "The cat sat on the wall and looked at the birds. It was a cold morning, and there was nobody "
    "in the street but the old man who sold newspapers. He did not see her when she came out."
)
FRENCH = {
    "prose": (
        "Le chat était assis sur le mur et regardait les oiseaux. Il faisait froid ce matin-là."
    ),
    "1080": (
        "Carles li reis, nostre emperere magnes, set anz tuz pleins ad estet en Espaigne "
        ": tresqu'en la mer cunquist la tere altaigne. N'i ad castel ki devant lui "
        "remaigne."
    ),
    "1180": (
        "Artus, li boens rois de Bretaingne, la cui proesce nos enseingne que nos soiens "
        "preu et cortois, tint cort si riche come rois a cele feste qui tant coste."
    ),
    "1532": (
        "Grandgousier estoit bon raillard en son temps, aymant à boyre net autant que "
        "homme qui pour lors fust au monde, et mangeoit voluntiers salé."
    ),
    "1580": (
        "C'est icy un livre de bonne foy, lecteur. Il t'advertit dés l'entrée, que je ne "
        "m'y suis proposé aucune fin, que domestique et privée."
    ),
    "verse": (
        "Les sanglots longs\nDes violons\nDe l'automne\nBlessent mon cœu"
        "r\nD'une langueur\nMonotone."
    ),
    "play": (
        "HAMLET.\nQuoi ?\nHORATIO.\nRien, mon seigneur.\nHAMLET.\nParle donc !\nHORATIO.\nNon."
    ),
    "recipe": (
        "200 g de farine, 3 œufs, 1 sachet de levure, 20 cl de lait. Mélanger. Cuire 20 min."
    ),
    "telegraphic": (
        "Farine 250 g. Beurre 100 g. Fouetter blancs. Verser pâte moule beurré. Enfourner."
    ),
    "law": (
        "Art. 1. Sont abrogés : 1° les articles 3 à 7 du code rural ; 2° l'article 12 de la loi."
    ),
    "names": ("Paris, Lyon, Marseille, Toulouse, Nice, Nantes, Strasbourg, Montpellier, Bordeaux"),
    "quotes English": (
        "Hamlet dit : « To be, or not to be, that is the question: whether 'tis nobler in"
        " the mind to suffer the slings and arrows of outrageous fortune, or to take arms"
        " against a sea of troubles. » Le prince hésite, et la pièce avec lui."
    ),
    "quotes Latin": (
        "Il s'écrie : « Quo usque tandem abutere, Catilina, patientia nostra? quam diu "
        "etiam furor iste tuus nos eludet? quem ad finem sese effrenata iactabit audacia?"
        " » Le sénat se tait."
    ),
    "one word": "Candide",
    "two words": "The End",
    "Creole": (
        "Tout moun fèt lib, egal ego pou diyite kou wè dwa. Nou gen la rezon ak la "
        "konsyans epi nou fèt pou nou aji youn ak lot ak yon lespri fwatènite."
    ),
    "Occitan": (
        "Totas las personas naisson liuras e egalas en dignitat e en drech. Son dotadas "
        "de rason e de consciéncia e se devon comportar los unes amb los autres dins un "
        "esperit de paz."
    ),
}
OTHERS = {
    "en": ENGLISH,
    "de": (
        "Die Katze saß auf der Mauer und sah die Vögel an. Es war ein kalter Morgen, und "
        "niemand war auf der Straße als der alte Mann, der Zeitungen verkaufte."
    ),
    "es": (
        "El gato estaba sentado sobre el muro y miraba los pájaros. Era una mañana fría y"
        " no había nadie en la calle, sino el viejo que vendía los periódicos con su "
        "perro."
    ),
    "it": (
        "Il gatto sedeva sul muro e guardava gli uccelli. Era una mattina fredda e non "
        "c'era nessuno nella strada, se non il vecchio che vendeva i giornali."
    ),
    "pt": (
        "O gato estava sentado no muro e olhava os pássaros. Era uma manhã fria e não "
        "havia ninguém na rua, a não ser o velho que vendia os jornais."
    ),
    "nl": (
        "De kat zat op de muur en keek naar de vogels. Het was een koude morgen en er was"
        " niemand op straat dan de oude man die kranten verkocht."
    ),
    "la": (
        "Feles in muro sedebat et aves spectabat. Mane erat frigidum nec quisquam in via "
        "erat, sed senex qui cum cane suo ad forum ibat, ut omnia quae habebat venderet."
    ),
    "sv": (
        "Katten satt på muren och såg på fåglarna. Det var en kall morgon och det fanns "
        "ingen på gatan utom den gamle mannen som sålde tidningar."
    ),
    "pl": (
        "Kot siedział na murze i patrzył na ptaki. To był zimny ranek i nie było nikogo "
        "na ulicy, tylko stary człowiek, który był tam z psem."
    ),
}


@pytest.mark.parametrize("hint", ["fr", "en", "la"])
@pytest.mark.parametrize("kind", FRENCH)
def test_french_is_never_taken_for_another(kind: str, hint: str) -> None:
    """Of any century and kind, with long quotations, too short to tell; whatever the file says."""
    assert language_of([FRENCH[kind]], hint) in {"fr", None}


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named(code: str) -> None:
    """By their words alone, two sentences long."""
    assert language_of([OTHERS[code]]) == code
    assert code in NAMES


def test_a_long_translation_beside_its_original_is_french() -> None:
    """Paragraph by paragraph, in a book of which a part is sampled."""
    pair = [ENGLISH * 3, FRENCH["prose"] * 3]
    assert language_of(pair * 500) == "fr"
    assert language_of([ENGLISH * 3] * 1000) == "en"


def test_a_hint_lets_fewer_words_do() -> None:
    """A line that would be too short to tell, in a book that says the same."""
    line = ["Hello, this is the first of them."]
    assert language_of(line[:1], "en") == "en"
    assert language_of(["Hello world, this is it."], "fr") is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ENGLISH),
        ("a.md", f"# The wall\n\n{ENGLISH}\n"),
        ("a.html", f"<!DOCTYPE html><html lang='en'><body><p>{ENGLISH}</p></body></html>"),
    ],
)
def test_a_foreign_text_is_told_once_in_any_format(tmp_path: Path, name: str, content: str) -> None:
    """A doubt with its line, the language's name and code; a sidecar's « fr » settles it."""
    path = tmp_path / name
    path.write_text(content, "utf-8")
    book = read(path)
    assert (book.foreign, book.info.language) == ("English", "en")
    told = [
        diagnostic for diagnostic in book.diagnostics if "looks like English" in diagnostic.message
    ]
    assert len(told) == 1
    assert told[0].line > 0
    settled = read(path, Sidecar(language="fr"))
    assert (settled.foreign, settled.info.language) == ("", "fr")
    assert not any("English" in diagnostic.message for diagnostic in settled.diagnostics)


@pytest.mark.parametrize(
    ("words", "said", "foreign", "language"),
    [
        (ENGLISH, "en", "English", "en"),
        (ENGLISH, "fr", "English", "en"),
        (FRENCH["prose"], "en", "", "fr"),
        ("Zut !", "en", "", "en"),
    ],
)
def test_an_epub_s_own_word_is_a_hint(words: str, said: str, foreign: str, language: str) -> None:
    """Its words outweigh it; what is too short to tell is doubted, and never refused."""
    metadata = f"<dc:title>Le Livre</dc:title><dc:language>{said}</dc:language>"
    data = epub({"c.xhtml": xhtml(f"<p>{words}</p>")}, metadata=metadata)
    book = read_data(data, "livre.epub")
    assert (book.foreign, book.info.language) == (foreign, language)
    doubted = any(
        "the file says that it is in « en »" in diagnostic.message
        for diagnostic in book.diagnostics
    )
    assert doubted == (words == "Zut !")
