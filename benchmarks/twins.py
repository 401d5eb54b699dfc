"""PDFs beside the Word documents of the same texts: what the reading of the PDF loses.

Ten texts, each set in its own way (page, type, columns, notes, heads, hyphens), are made into a PDF
and a DOCX by LibreOffice, or printed by Chromium; the Word document, or the text itself, tells what
is right. Paragraphs, chapters and notes count as found where their words are the same. Prints
precision and recall of each, and how many words of a thousand the Word document doesn't have.

    python benchmarks/twins.py [--keep FOLDER] [NAME…]
"""

from __future__ import annotations

import argparse
import html
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.reading import read

if TYPE_CHECKING:
    from hautevoix.model import Book

_SENTENCES = """
Le vieux passeur détacha sa barque avant l'aube et descendit la rivière sans allumer sa lanterne.
On racontait, dans les villages du bord de l'eau, qu'il n'avait jamais perdu un seul voyageur.
La meunière, qui se levait tôt, le voyait passer comme une ombre entre les saules.
Personne n'osait lui demander ce que contenaient les caisses qu'il portait jusqu'à l'écluse.
Il répondait toujours que la rivière connaissait son chemin et que cela suffisait.
L'instituteur avait noté dans un cahier les crues des cinquante dernières années.
Trois d'entre elles avaient emporté le pont de bois, et la quatrième le moulin lui-même.
Au printemps suivant, les ingénieurs arrivèrent avec leurs chaînes et leurs jalons.
Ils mesurèrent la largeur du lit, la hauteur des berges et la vitesse du courant.
Le maire offrit un banquet sous les platanes, où l'on but plus que de raison.
Seule la couturière refusa de signer la pétition que l'on faisait circuler de porte en porte.
« Vous regretterez l'eau libre », disait-elle à ceux qui voulaient bien l'écouter.
Les enfants, quant à eux, ne pensaient qu'aux écrevisses et aux nids des martins-pêcheurs.
Vers la fin de l'été, une sécheresse comme on n'en avait pas vu depuis longtemps vida les puits.
Il fallut aller chercher l'eau à la source, par un sentier que les ronces avaient envahi.
Le curé bénit les champs, les bêtes et même la pompe à incendie que l'on venait d'acheter.
Quand la pluie revint enfin, elle tomba sept jours et sept nuits sans s'interrompre.
Les caves se remplirent, les routes disparurent et le passeur reprit du service.
Il transporta d'abord les malades, ensuite les vieillards, enfin le bétail qui pouvait marcher.
À chaque traversée, il regardait du côté du barrage, dont on entendait gronder les vannes.
Le télégraphe ne fonctionnait plus depuis la veille ; on envoya un cavalier à la préfecture.
Il revint couvert de boue, avec une lettre que le maire lut deux fois avant de la replier.
La digue tiendrait, assurait-on, pourvu que l'on ouvrît les deux grandes portes.
Mais les portes étaient rouillées, et les clefs dormaient au fond d'un tiroir de la mairie.
Ce fut la couturière qui les trouva, en cherchant tout autre chose.
Elle les tendit au passeur sans un mot, et celui-ci comprit ce qu'on attendait de lui.
Il partit seul, malgré les cris de sa sœur et les prières de l'instituteur.
Une heure plus tard, le niveau commença de baisser sous les fenêtres du presbytère.
On le chercha longtemps, d'une rive à l'autre, avec des perches et des torches.
Sa barque fut retrouvée le lendemain, intacte, amarrée au tronc d'un saule.
La bibliothèque municipale conserve encore le cahier, dont plusieurs pages sont illisibles.
Un professeur de géographie l'étudia pendant deux hivers et publia une courte notice.
Les chiffres concordent, écrivait-il, avec ceux des stations voisines, à quelques pouces près.
Rien n'indique cependant que le passeur ait su lire, ni même signer son nom.
""".strip().split("\n")
_HEADINGS = """Le passeur de la rivière|La pétition|L'été des puits vides|Sept jours de pluie
Les deux clefs|Le cahier des crues|La notice du professeur|Ce que disait la meunière
Retour au moulin|Les portes rouillées""".replace("\n", "|").split("|")
_NOTES = """Archives de la commune, registre des délibérations, folio 12.
Le mot désigne ici la partie basse de la rive, que les eaux recouvrent en hiver.
Voir la notice du professeur, qui donne la liste complète des stations de mesure.
Ce banquet est raconté tout autrement dans les souvenirs de la couturière.
Environ trois mètres, d'après l'échelle gravée sur la pile du pont.""".split("\n")
_VERSE = """Rivière aux eaux dormantes,|Tu portes nos chansons
Sous l'ombre des attentes|Et l'or de nos moissons.""".replace("\n", "|").split("|")


@dataclass(frozen=True)
class Setting:
    """How a text is set: lengths in centimetres, ``size`` in points."""

    name: str
    chapters: int = 5
    page: tuple[float, float] = (14.8, 21.0)
    margin: float = 1.8
    font: str = "Liberation Serif"
    size: float = 11.0
    indent: float = 0.5
    gap: float = 0.0
    justified: bool = True
    hyphens: bool = False
    columns: int = 1
    notes: bool = True
    head: str = ""
    foot: str = "{n}"
    heading: str = "{title}"
    heading_size: float = 16.0
    new_pages: bool = False
    bookmarks: bool = False
    verse: bool = False
    dialogue: bool = False
    browser: bool = False


SETTINGS = (
    Setting("roman", hyphens=True, head="LE PASSEUR", heading="Chapitre {roman}. {title}"),
    Setting("lettre", chapters=1, page=(21.0, 29.7), indent=0, gap=0.3, notes=False,
            foot="", head="", justified=False, size=12, font="Liberation Sans"),
    Setting("memoire", page=(21.0, 29.7), margin=2.5, indent=0, gap=0.25,
            heading="{number}. {title}",
            foot="Anne Kervella — Mémoire sur les crues — Page {n} sur {count}", bookmarks=True),
    Setting("revue", page=(21.0, 29.7), columns=2, size=9.5, hyphens=True, indent=0.35,
            head="Revue des rivières", heading_size=13),
    Setting("poche", page=(10.8, 17.8), margin=1.2, size=9, hyphens=True, new_pages=True,
            heading="CHAPITRE {number}", head="Le passeur de la rivière", foot="- {n} -"),
    Setting("dialogues", dialogue=True, indent=0.6, heading="{roman}", heading_size=14, foot="{n}"),
    Setting("vers", verse=True, justified=False, notes=False, heading_size=13),
    Setting("notes", chapters=6, page=(16.0, 24.0), size=12, hyphens=True, head="Notes et notices",
            heading="{number}. {title}", heading_size=12.5, bookmarks=True),
    Setting("page", browser=True, page=(21.0, 29.7), margin=2.0, indent=0, gap=0.4, notes=False,
            font="DejaVu Serif", justified=False),
    Setting("colonnes", browser=True, page=(21.0, 29.7), margin=1.5, columns=2, notes=False,
            font="DejaVu Sans", size=9, indent=0.4, hyphens=True),
)  # fmt: skip


@dataclass
class Text:
    """What is set: chapters of (heading, paragraphs); a paragraph may hold « {{note}} »."""

    title: str
    chapters: list[tuple[str, list[str]]] = field(default_factory=list)


def composed(setting: Setting) -> Text:
    """Return the text of a setting: always the same one."""
    draw = random.Random(setting.name)  # noqa: S311 - nothing secret
    text = Text("Le passeur de la rivière")
    for number in range(1, setting.chapters + 1):
        title = _HEADINGS[(number - 1) % len(_HEADINGS)]
        roman = ("I", "II", "III", "IV", "V", "VI")[number - 1]
        heading = setting.heading.format(title=title, number=number, roman=roman)
        paragraphs = [_paragraph(setting, draw) for _ in range(draw.randint(8, 12))]
        if setting.verse:
            paragraphs[3:3] = ["\n".join(_VERSE)] * 2
        text.chapters.append((heading, paragraphs))
    return text


def _paragraph(setting: Setting, draw: random.Random) -> str:
    if setting.dialogue and draw.random() < 0.4:  # two in five
        return f"— {draw.choice(_SENTENCES)}"
    sentences = draw.sample(_SENTENCES, draw.randint(2, 7))
    if setting.notes and draw.random() < 0.3:  # three in ten
        at = draw.randrange(len(sentences))
        sentences[at] = re.sub(r"(.)$", r"{{" + draw.choice(_NOTES) + r"}}\1", sentences[at])
    return " ".join(sentences)


# -- LibreOffice: a flat document, from which it makes both

_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:language="fr"
 fo:country="FR" fo:hyphenate="{hyphens}" style:font-name="{font}" fo:font-family="{font}"
 fo:font-size="{size}pt"/></style:default-style>
<style:style style:name="Text_20_body" style:family="paragraph"><style:paragraph-properties
 fo:text-indent="{indent}cm" fo:margin-bottom="{gap}cm" fo:text-align="{align}"/></style:style>
<style:style style:name="Verse" style:family="paragraph"><style:paragraph-properties
 fo:margin-left="1.5cm" fo:margin-bottom="0.4cm" fo:margin-top="0.4cm"/></style:style>
<style:style style:name="Heading_20_1" style:family="paragraph" style:default-outline-level="1">
<style:paragraph-properties fo:margin-top="0.8cm" fo:margin-bottom="0.4cm"
 fo:keep-with-next="always"{broken}/><style:text-properties fo:font-size="{heading}pt"
 fo:font-weight="bold"/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties
 fo:font-size="{small}pt"/></style:style>
<text:notes-configuration text:note-class="footnote" text:footnotes-position="page"
 text:start-numbering-at="document" style:num-format="1"/>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="{width}cm"
 fo:page-height="{height}cm" fo:margin="{margin}cm">
 <style:columns fo:column-count="{columns}" fo:column-gap="0.7cm"/>
 <style:footnote-sep style:width="0.018cm" style:rel-width="25%" style:color="#000000"
 style:distance-before-sep="0.1cm" style:distance-after-sep="0.1cm"/>
 </style:page-layout-properties>
 <style:header-style><style:header-footer-properties fo:margin-bottom="0.4cm"/></style:header-style>
 <style:footer-style><style:header-footer-properties fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">
{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""
_NOTE = re.compile(r"\{\{(.*?)\}\}")


def flat(setting: Setting, text: Text) -> str:
    """Return the text as a flat OpenDocument file."""
    number = iter(range(1, 1000))

    def noted(match: re.Match[str]) -> str:
        label = next(number)
        return (
            f'<text:note text:id="n{label}" text:note-class="footnote"><text:note-citation>{label}'
            f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">{match[1]}'
            "</text:p></text:note-body></text:note>"
        )

    rows = []
    for heading, paragraphs in text.chapters:
        if setting.chapters > 1:
            rows.append(
                f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{heading}</text:h>'
            )
        for paragraph in paragraphs:
            style = "Verse" if "\n" in paragraph else "Text_20_body"
            said = _NOTE.sub(noted, html.escape(paragraph, quote=False))
            said = said.replace("\n", "<text:line-break/>")
            rows.append(f'<text:p text:style-name="{style}">{said}</text:p>')
    return _FLAT.format(
        hyphens=str(setting.hyphens).lower(), font=setting.font, size=setting.size,
        indent=setting.indent, gap=setting.gap, align="justify" if setting.justified else "start",
        broken=' fo:break-before="page"' if setting.new_pages else "", heading=setting.heading_size,
        small=setting.size - 2, width=setting.page[0], height=setting.page[1],
        margin=setting.margin, columns=setting.columns,
        head=_furniture("header", setting.head), foot=_furniture("footer", setting.foot),
        body="".join(rows),
    )  # fmt: skip


def _furniture(kind: str, said: str) -> str:
    if not said:
        return ""
    said = said.replace("{n}", '<text:page-number text:select-page="current">1</text:page-number>')
    said = said.replace("{count}", "<text:page-count>9</text:page-count>")
    return f'<style:{kind}><text:p text:style-name="C">{said}</text:p></style:{kind}>'


def by_office(setting: Setting, text: Text, folder: Path) -> tuple[Path, Book]:
    """Make the PDF and the Word document; return the one, and the book that the other is."""
    source = folder / f"{setting.name}.fodt"
    source.write_text(flat(setting, text), "utf-8")
    marks = str(setting.bookmarks).lower()
    pdf = f'pdf:writer_pdf_Export:{{"ExportBookmarks":{{"type":"boolean","value":"{marks}"}}}}'
    for target in (pdf, "docx"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir"]
        subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True)  # noqa: S603
    return folder / f"{setting.name}.pdf", read(folder / f"{setting.name}.docx")


# -- a browser: the page and its text

_PAGE = """<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: {width}cm {height}cm; margin: {margin}cm }}
body {{ font: {size}pt "{font}"; columns: {columns}; text-align: {align}; hyphens: {hyphens} }}
p {{ text-indent: {indent}cm; margin: 0 0 {gap}cm }} h2 {{ font-size: {heading}pt }}
</style><body>{body}</body></html>"""


def by_browser(setting: Setting, text: Text, folder: Path) -> tuple[Path, Book]:
    """Print the PDF; return it, and the book that the page itself is."""
    rows = []
    for heading, paragraphs in text.chapters:
        rows.append(f"<h2>{heading}</h2>")
        rows.extend(f"<p>{html.escape(p, quote=False)}</p>" for p in paragraphs)
    page = folder / f"{setting.name}.html"
    page.write_text(
        _PAGE.format(
            title=text.title, width=setting.page[0], height=setting.page[1], margin=setting.margin,
            size=setting.size, font=setting.font, columns=setting.columns, indent=setting.indent,
            align="justify" if setting.justified else "left", gap=setting.gap,
            hyphens="auto" if setting.hyphens else "manual", heading=setting.heading_size,
            body="".join(rows),
        ),
        "utf-8",
    )  # fmt: skip
    pdf = folder / f"{setting.name}.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*command, f"--print-to-pdf={pdf}", str(page)], check=True, capture_output=True)  # noqa: S603
    return pdf, read(page)


# -- what is lost


@dataclass(frozen=True)
class Score:
    """How many are found, right, and there."""

    right: int
    found: int
    there: int

    def __str__(self) -> str:
        """Precision and recall."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.there if self.there else 1.0
        return f"{precision:.3f} {recall:.3f}"

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.there + other.there)


def _score(found: list[str], truth: list[str]) -> Score:
    one, two = Counter(map(_plain, found)), Counter(map(_plain, truth))
    return Score((one & two).total(), one.total(), two.total())


def _plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def _paragraphs(book: Book) -> list[str]:
    return [paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs]


def _words(book: Book) -> list[str]:
    return re.findall(r"\w+", " ".join([*_paragraphs(book), *(note.text for note in book.notes)]))


def compare(found: Book, truth: Book) -> tuple[list[Score], float]:
    """Return the scores of paragraphs, chapters and notes, and the words cut of a thousand."""
    titles = [[chapter.title or "" for chapter in book.chapters] for book in (found, truth)]
    notes = [
        [f"{call.label} {p.text[: call.position][-20:]} {book.notes[call.note].text}"
         for chapter in book.chapters for p in chapter.paragraphs for call in p.references
         if call.note is not None]
        for book in (found, truth)
    ]  # fmt: skip
    known = set(_words(truth))
    words = _words(found)
    cut = 1000 * sum(word not in known for word in words) / max(len(words), 1)
    pairs = ((_paragraphs(found), _paragraphs(truth)), titles, notes)
    return [_score(*pair) for pair in pairs], cut


def main() -> int:
    """Print a row for each text, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="texts to try; all, if none is named")
    parser.add_argument("--keep", type=Path, help="where the files are to stay")
    options = parser.parse_args()
    if not shutil.which("soffice") or not shutil.which("chromium"):
        print("LibreOffice (soffice) and chromium are needed to make the PDFs.")
        return 1
    total = [Score(0, 0, 0)] * 3
    print(
        f"{'text':12}{'paragraphs':>13}{'chapters':>13}{'notes':>13}{'words cut':>11}{'seconds':>9}"
    )
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for setting in SETTINGS:
            if options.names and setting.name not in options.names:
                continue
            make = by_browser if setting.browser else by_office
            pdf, truth = make(setting, composed(setting), folder.resolve())
            start = time.perf_counter()
            scores, cut = compare(read(pdf), truth)
            took = time.perf_counter() - start
            columns = "".join(f"{score!s:>13}" for score in scores)
            print(f"{setting.name:12}{columns}{cut:11.1f}{took:9.2f}")
            total = [one + two for one, two in zip(total, scores, strict=True)]
    print(f"{'all':12}{''.join(f'{score!s:>13}' for score in total)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
