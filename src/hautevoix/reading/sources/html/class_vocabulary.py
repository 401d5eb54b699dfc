"""What the classes, roles and types in markup mean: EPUB's and DAISY's vocabularies, ARIA's, and
the class names that Gutenberg, Wikisource, Standard Ebooks, Calibre, pandoc, LibreOffice, Word,
InDesign and TEI conversions use.
"""  # noqa: D205  (the list of those is one sentence)

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache


class Trait(Enum):
    """What a token of ``class``, ``role`` or ``epub:type`` says of its element."""

    SKIPPED = auto()  # navigation, buttons, what is for the eye alone
    MATTER = auto()  # title page, imprint, colophon: left out, and told
    PAGE = auto()  # the number of a printed page
    ORNAMENT = auto()  # a rule that is a picture or a letter of a font of its own
    CAPTION = auto()
    VERSE_NUMBER = auto()
    CALL = auto()
    BACK = auto()
    NOTE = auto()
    NOTES = auto()
    VERSE = auto()
    STANZA = auto()
    LINE = auto()
    EPIGRAPH = auto()
    QUOTE = auto()
    SIGNATURE = auto()
    SALUTATION = auto()
    DATELINE = auto()
    TITLE = auto()
    SUBTITLE = auto()
    AUTHOR = auto()
    DATE = auto()
    HEADING = auto()
    RAISED = auto()
    RIGHT = auto()
    ITALIC = auto()


# Each token that matches the whole pattern has the trait. EPUB 3 Structural Semantics Vocabulary,
# DAISY z3998, DPUB-ARIA 1.1; the rest as found in the wild.
_PATTERNS = {
    Trait.SKIPPED: (
        r"toc|doc-toc|landmarks|page-list|doc-pagelist|lo[itv]|toc-brief|tdm|table-?des-?matieres"
        r"|table-?of-?contents|navigation|banner|contentinfo|search|complementary|menu(?:bar)?"
        r"|toolbar|dialog|alert|doc-tip|noprint|mw-editsection|mw-jump-link|navbox|catlinks"
        r"|printfooter|ws-noexport|ws-header|headertemplate|navigation-not-searchable|breadcrumbs?|fil-ariane|cookie.*"
        r"|katex-html|mathjax_preview|share.*|partage.*|pg-?(?:header|footer)|pg-boilerplate|pgheader|screen-reader-text|navlinks?"
    ),
    Trait.MATTER: (
        r"titlepage|halftitlepage|halftitle|title-page|copyright-page|copyright|imprint|colophon"
        r"|doc-colophon|doc-cover|cover|doc-credits?|credits|imprimatur|seriespage|other-credits"
        r"|contributors|errata|doc-errata|index|doc-index|ws-cover|also-by"
    ),
    Trait.PAGE: (
        r"pagebreak|doc-pagebreak|(?:x-ebookmaker-)?page-?(?:num(?:ber)?|no|nr|number\w*)s?"
        r"|num(?:ero)?-?(?:de-?)?page|ws-pagenum|folio|pb|pagenumbers?|newpage|epub-pagebreak"
    ),
    Trait.ORNAMENT: (
        r"orn(?:ement|ament)?s?|asterisme?s?|ast[eé]risques?|fleurons?|cul-?de-?lampe|separat(?:or|eur|ion)s?"
        r"|scene-?break|section-?break|transition|vignette|dinkus"
    ),
    Trait.CAPTION: r"(?:fig-?|image-?|photo-?)?captions?|l[eé]gendes?(?:-\w+)?|figcaption|legend",
    Trait.VERSE_NUMBER: (
        r"line-?_?num(?:ber)?s?|lineno|linenum|num(?:[eé]ro)?s?-?_?(?:de-?_?)?vers|no?-?vers|ln"
        r"|verse-?_?num(?:ber)?s?|vnum|poem-?line-?num(?:ber)?s?"
    ),
    Trait.CALL: (
        r"noteref|doc-noteref|(?:foot|end)?note-?_?(?:ref(?:erence)?|call|anchor|link)|fnref"
        r"|fnanchor|appel-?_?(?:de-?_?)?notes?|appelnote|appel|sd(?:foot|end)noteanc|reference"
        r"|(?:foot|end)note-?reference|msofootnotereference|msoendnotereference|noteanchor"
        r"|_idfootnotelink|_idfootnoteanchor|footnote-marker|renvoi|notecall|call|fn-?link"
    ),
    Trait.BACK: (
        r"doc-backlink|(?:foot|end)?note-?_?back(?:-?_?(?:ref|link))?|back-?_?(?:link|ref)|referrer"
        r"|mw-cite-backlink|reversefootnote|sd(?:foot|end)notesym|noteback|fn-?back|retour"
        r"|footnote-backref|return-link|_idfootnoteanchor-back"
    ),
    Trait.NOTE: (
        r"footnote|endnote|rearnote|doc-footnote|doc-endnote|sdfootnote|sdendnote|fn|fnote"
        r"|(?:foot|end)note-?_?(?:body|text|content|item)|msofootnotetext|msoendnotetext|footnotep"
        r"|_idfootnote|note-?de-?bas-?de-?page|notebas(?:de)?page|notebaspage|nbp"
    ),
    Trait.NOTES: (
        r"footnotes|endnotes|rearnotes|doc-endnotes|references|_idfootnotes|footnotes-list"
        r"|footnotes-end-of-document|notes|notes-?de-?bas-?de-?page"
    ),
    Trait.VERSE: (
        r"z3998:(?:poem|verse|hymn|song|lyrics|poetry)|poem\w*|poetry(?:-container)?|verses?|poesie"
        r"|poésie|poeme|poème|lg|line-?block|versif\w*|strophes?|stanza|lyrics|poésies|couplets?"
    ),
    Trait.STANZA: r"stanza|strophes?|lg|couplets?|poem-?stanza|linegroup|line-group",
    Trait.LINE: r"l|line|verse|vers\d?|v|i\d{1,2}|indent\d{1,2}|verse-?line|poem-?line|poetryline",
    Trait.EPIGRAPH: r"epigraph\w*|[eé]pigraphes?|exergues?|doc-epigraph|inscription",
    Trait.QUOTE: (
        r"block-?_?quot(?:e|ation)?s?|citations?|quot(?:e|ation)s?|extraits?|extract|cit|letter"
        r"|z3998:letter|doc-pullquote|quotations"
    ),
    Trait.SIGNATURE: r"signatures?|signed|signe|z3998:(?:signature|sender)|signataires?|closer",
    Trait.SALUTATION: r"salutations?|salute|z3998:salutation|opener",
    Trait.DATELINE: r"dateline|z3998:dateline|lieu-?date|date-?lieu",
    Trait.TITLE: (
        r"title|titre|book-?title|fulltitle|titre-?(?:du-?)?livre|doc-?title|maintitle|ws-title|mso-?title"
    ),
    Trait.SUBTITLE: r"subtitle|doc-subtitle|sous-?_?titre|book-?subtitle|mso-?subtitle",
    Trait.AUTHOR: r"author|auteur|byline|z3998:author|doc-?author|book-?author|ws-author",
    Trait.DATE: r"date|docdate|doc-?date",
    Trait.HEADING: (
        r"(?:chapter|part|section|livre|partie|chap)-?_?(?:title|heading|head|num(?:ber)?|titre)"
        r"|(?:titre|title|heading|h|head|niveau|t)-?_?[1-6]|chapitres?|inter-?titres?|chap|heading"
        r"|(?:num(?:[eé]ro)?s?|no|label)-?_?(?:de-?_?|du-?_?)?(?:chap(?:itre|ter)?|partie|part)s?"
        r"|(?:chap(?:itre|ter)?|partie|part)-?_?(?:num(?:[eé]ro)?s?|no|label)"
        r"|titre-?_?(?:de-?_?)?(?:chapitre|partie|section)s?|tit(?:re)?chap\w*|mso-?heading\d?"
    ),
    Trait.RAISED: r"super(?:script)?|sup|exposant|exp|vertical-?super",
    Trait.RIGHT: r"r|right|ar|txt-?right|align-?right|droite|tright|rightalign|author-sign",
    Trait.ITALIC: r"i|it|ital(?:ic|ique)?s?|em|emphasis",
}
_COMPILED = {trait: re.compile(pattern) for trait, pattern in _PATTERNS.items()}
# Calibre and InDesign number what repeats: « titre1_2 », « footnote3 », « CharOverride-1 ».
_TAIL = re.compile(r"[-_]\d+$|(?<=[a-z]{4})\d+$")
_LONGEST = 60


@lru_cache(maxsize=4096)
def traits(tokens: str) -> frozenset[Trait]:
    """Return what the white-space separated ``tokens`` say, all of them together.

    >>> sorted(trait.name for trait in traits("calibre5 pagenum"))
    ['PAGE']
    """
    return frozenset(trait for token in tokens.lower().split() for trait in _of(token[:_LONGEST]))


@lru_cache(maxsize=4096)
def _of(token: str) -> frozenset[Trait]:
    stems = {token, _TAIL.sub("", token)}
    return frozenset(
        trait
        for trait, pattern in _COMPILED.items()
        if any(pattern.fullmatch(stem) for stem in stems)
    )
