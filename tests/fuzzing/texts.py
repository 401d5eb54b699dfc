"""Texts, pages and Markdown as chance writes them: right in most places, and wrong anywhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")


def named(strategy: SearchStrategy[T]) -> SearchStrategy[T]:
    """Return the strategy under a short name: what it is made of would fill pages of a report."""

    @st.composite
    def made(draw: DrawFn) -> T:
        return draw(strategy)

    return made()


_WORDS = """
le roi mourut Chapitre II chapitre premier XIV PREMIÈRE PARTIE LIVRE IV. Notes Sommaire Table FIN
1 12 1917 12-15 p. cf. ibid. M. etc. C.R.M. [1] (1) [*] * ** *** ¹ ² † 1. 2) I. a) — – - « » “ ” ' ’
… . , ; : ! ? ( ) [ ] < > & / % € ° n° § = + × ½ Ⅳ 10h30 http://a.b/c a@b.fr l'an J.-C. Mme Dupont
dit-il. s'écria-t-elle, Paris, avant- _gras_ **gras** `code` # ## > | ~ ^ \\ { } $ $$x^2$$ @ ©
""".split()
_ODD = (
    "\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u200b", "\u200d",
    "\ufeff", "\u00ad", "\u00a0", "\u202f", "e\u0301", "\u0301", "ﬁ", "ſ", "İ", "ß", "𝕳", "😀", "👩‍👧",
    "\ue000", "\uffff", "٣", "①", "漢字", "я", "ﷺ", "Ã©", "%s", "{0}", "../", "\ud800", "\r", "\t",
    "9" * 400, "a" * 300, "IIIIIIIIII", "-" * 90, "1/0", "0000", "٣٣", "\n", "\n\n",
)  # fmt: skip
words = st.sampled_from(_WORDS)
odd = st.sampled_from(_ODD)
pieces = st.one_of(words, words, words, odd)
"""Words of a text, and now and then what nobody types."""
prose = st.builds(
    lambda glue, parts: glue.join(parts),
    st.sampled_from([" ", " ", " ", "", "\n"]),
    st.lists(pieces, max_size=12),
)
"""A line or two."""
lines = st.builds(
    lambda glue, parts: glue.join(parts),
    st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r", "\n    ", "\x0c"]),
    st.lists(prose, max_size=14),
)
"""A text."""
numbers = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "-1",
        "9",
        "10",
        "4294967296",
        "1e9",
        "nan",
        "inf",
        "1.5",
        "",
        "x",
        "²",
        "9" * 30,
    ]
)
"""What stands where a number is wanted."""
addresses = st.sampled_from(
    ["", "#a", "#b", "a.xhtml", "a.xhtml#a", "b.xhtml", "./a.xhtml", "../a", "/a", "c%20d", "%", "%zz",
     "%00", "http://a.b/", "http://[", "http://[::1", "//x", "//[", "mailto:a", "data:,x", "a" * 300,
     "x:y", "?q", "é", "a\\b", ".", "..", " ", "a:80/b",
     "http://a:b/", "http://a:99999/", "file:///etc/passwd", "con", "http://é.fr/", "http://\u2100/"]
)  # fmt: skip
"""What stands where an address or the name of a file is wanted."""


def strewn(names: Sequence[str]) -> SearchStrategy[str]:
    """Return names of which now and then one is unknown."""
    return st.sampled_from([*names, *names, *names, "x", "x:y"])


def tree(
    names: Sequence[str], attributes: Sequence[str], values: SearchStrategy[str], leaves: int = 20
) -> SearchStrategy[str]:
    """Return well-formed XML, elements within elements, whatever stands in which."""
    signs = st.sampled_from(["<!-- x -->", "<?x y?>", "<![CDATA[a]]>", "\n"])
    texts = prose.map(xml_text)

    def around(inner: SearchStrategy[str]) -> SearchStrategy[str]:
        inside = st.lists(inner, max_size=4).map("".join)
        return st.builds(_element, st.sampled_from(names), _told(attributes, values), inside)

    nested = st.recursive(st.one_of(texts, texts, signs), around, max_leaves=leaves)
    return st.lists(nested, max_size=4).map("".join)


def _told(names: Sequence[str], values: SearchStrategy[str]) -> SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(names), values, max_size=3)


def _element(name: str, attributes: dict[str, str], inside: str) -> str:
    told = "".join(f' {key}="{xml_text(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def xml_text(text: str) -> str:
    """Return text as XML can hold it."""
    told = text.encode("utf-8", "replace").decode()
    return escape("".join(sign for sign in told if sign >= " " or sign in "\n\t"))


_TAGS = (
    "p div h1 h2 h3 h6 a span i em b strong sup sub br hr table tr td th ul ol li dl dt dd blockquote "
    "pre code section aside nav header footer article body head title html img svg math mi mo mn msup "
    "mfrac mrow mtext script style template iframe input select option form ruby rt rp details summary "
    "center font q cite abbr del ins small figure figcaption epub:switch meta link base noscript object"
).split()
_ATTRIBUTES = (
    "id class href style epub:type role name lang hidden start type value title alt src align colspan "
    "dir xml:lang aria-label content property charset"
).split()
html_values = st.one_of(
    addresses,
    numbers,
    st.sampled_from(
        ["a", "b", "footnote", "footnotes noteref", "pagenum", "noteref", "doc-footnote", "doc-endnotes",
         "chapter", "toc", "landmarks", "page-list", "dropcap", "poem stanza", "calibre1", "fn1",
         "display:none", "font-size:200%;text-align:center", "margin-left:-9e99em", "color:red;;:",
         "text/html; charset=undefined", "utf-8", "fr", "en", "rtl", "title", "dc:creator"]
    ),
)  # fmt: skip
_ENTITIES = st.sampled_from(
    ["&eacute;", "&nbsp;", "&#0;", "&#x110000;", "&#xD800;", "&#", "&x;", "&amp;lt;", "&", "<", "<<p>",
     "</", "<!", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>", "<p", "<p class=", '"', "<!DOCTYPE html>"]
)  # fmt: skip
_tags = st.builds(
    lambda name, attributes, close: (
        f"</{name}>" if close else _element(name, attributes, "")[:-2] + ">"
    ),
    strewn(_TAGS),
    _told(_ATTRIBUTES, html_values),
    st.booleans(),
)
soup = st.lists(st.one_of(_tags, _tags, prose, words, _ENTITIES), max_size=30).map(" ".join)
"""Tags in any order, opened or closed or neither."""
markup = st.one_of(soup, tree(_TAGS, _ATTRIBUTES, html_values))
"""The inside of a page."""
_HEADS = st.sampled_from(
    ["", "<!DOCTYPE html><html><body>", '<html lang="fr"><head><title>Le Roi</title></head><body>',
     '<meta charset="utf-7"><body>', '<!DOCTYPE html><meta charset="undefined"><body>',
     '<?xml version="1.0" encoding="x-odd"?><html xmlns="http://www.w3.org/1999/xhtml"><body>',
     '<html><meta http-equiv="Content-Type" content="text/html; charset=idna"><body>',
     '<!DOCTYPE html [<!ENTITY a "b">]><html><body>']
)  # fmt: skip
_CODECS = st.sampled_from(
    ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252",
     "mac-roman", "cp850", "ascii"]
)  # fmt: skip


def written(text: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """Return text in one encoding or another, damaged now and then."""
    made = st.builds(
        lambda told, codec: told.encode("utf-8", "replace").decode().encode(codec, "replace"),
        text,
        _CODECS,
    )
    return damaged(made)


def damaged(data: SearchStrategy[bytes]) -> SearchStrategy[bytes]:
    """Return the bytes: whole most times, else cut, doubled, or with others in their midst."""
    return named(_damaged(data))


@st.composite
def _damaged(draw: DrawFn, data: SearchStrategy[bytes]) -> bytes:
    made = draw(data)
    kind = draw(st.integers(0, 9))
    if kind < 7 or not made:
        return made
    start = draw(st.integers(0, len(made) - 1))
    end = min(len(made), start + draw(st.sampled_from([1, 2, 4, 30, 500])))
    if kind == 7:
        return made[:start]
    if kind == 8:
        return made[:end] + made[start:end] * draw(st.integers(1, 9)) + made[end:]
    return made[:start] + draw(st.binary(max_size=9)) + made[end:]


html = written(st.builds(lambda head, inside: head + inside, _HEADS, markup))
"""A page."""
front = st.sampled_from(
    ["", "", "---\ntitle: Le Roi\nauthor: [A, B]\n---\n", "---\ntitle: {a: *b}\n---\n", "---\n: :\n---\n",
     "+++\ntitle = 'Le Roi'\ndate = 1917-10-24\n+++\n", "+++\na.b.c = [[1]]\n+++\n", "% Le Roi\n% Moi\n",
     "---\ntitle: !!python/object:os.system x\n---\n", "---\n- a\n- b\n---\n", "---\ntitle: >\n  a\n  b\n...\n",
     "---\ndate: 2001-99-99\ntitle: 1_000\n---\n", "---\n{[\n---\n", "+++\n" + "a." * 40 + "a = 1\n+++\n",
     "---\ntitle: &a [*a]\n---\n", "---\n? [a]\n: b\ntitle: c\n---\n", "---\ntitle: \x00\n---\n"]
)  # fmt: skip
_MARKS = st.sampled_from(
    ["# ", "## ", "> ", "- ", "1. ", "    ", "\t", "```\n", "~~~\n", ":::note\n", "[^1]: ", "[^1]", "[a](b)",
     "![x](y)", "[a]: /u", "***", "---\n", "===\n", "|a|b|\n|-|-|\n", "<div>", "</div>", "<!--", "$$", "\\",
     "{.x #y}", "  \n", "[[a]]", "*", "_", "`", "\n\n", "[", "](", "&amp;", "^a^", "~b~", "::: x\n", ":::"]
)  # fmt: skip
markdown = written(
    st.builds(
        lambda front, parts: front + "".join(parts),
        front,
        st.lists(st.one_of(_MARKS, prose, st.just("\n")), max_size=30),
    )
)
"""A Markdown text, front matter included."""
plain = written(lines)
"""A text."""
