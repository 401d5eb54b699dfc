"""How formats show themselves: by a file's first bytes, or by its name."""

from __future__ import annotations

import re

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OPENING = re.compile(
    rb"(?:\s|<!--.{0,2000}?-->|<\?xml.{0,300}?\?>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    rb"<(?:p|div|br|h[1-6]|span|body|meta|title|section)\b[^<>]{0,300}>", re.IGNORECASE
)
_HTML_HEAD = 4096  # bytes that tell a page from a text
_FEWEST_TAGS = 4  # in them, where the page has no head
_PAGE = re.compile(r".*\.(?:x?html?|xht)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"</?[a-zA-Z][\w-]{0,60}(?:\s[^<>]{0,300})?/?>")

_ESCAPED = re.compile(r"\\[\[\]'\"*_$<>#]")  # as pandoc writes « [2] »
_HEADING = re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE)
_SIGNS = re.compile(
    r"^\[\^[^\]\n]{1,40}\]: |^ {0,3}#{1,6} +\S|\]\([^()\s]{1,200}\)|(?<!\*)\*\*[^\s*][^*\n]{0,200}"
    r"\*\*|^!\[|^> \S|^ {0,3}```",
    re.MULTILINE,
)
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[\w-]+[ \t]*:|#|\s*\n)|\+\+\+[ \t]*\r?\n|% \S")
_MARKDOWN = re.compile(r".*\.(?:md|markdown|mdown|mkd|mkdn|mdwn|mdtxt|qmd|rmd)", re.IGNORECASE)
_FEWEST_SIGNS = 3  # of Markdown in a text whose name does not say so
_MARKDOWN_HEAD = 1 << 16

_XML = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE[^>]{0,300}>\s*)?"
_MARKS = (
    ("rtf", re.compile(rb"\{\\rtf")),
    ("fb2", re.compile(_XML + rb"<FictionBook\b")),
    ("docbook", re.compile(_XML + rb"<(?:book|article)\b[^>]{0,300}docbook", re.IGNORECASE)),
    ("opml", re.compile(_XML + rb"<opml\b")),
)  # fmt: skip
# XML of any kind: it or its type is declared, or its first tag has a namespace; « <Il vint,
# dit-elle.> » is text.
_ROOT = re.compile(
    rb"\s*(?P<told><\?xml\b[^>]{0,300}\?>)?(?:\s|<!--.{0,2000}?-->|<\?[^>]{0,300}\?>"
    rb"|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,2000}\]\s*)?>)*"
    rb"<(?P<name>[A-Za-z][\w.:-]{0,60})(?P<sure>[^<>]{0,2000}?\bxmlns\b|(?<=<svg)[\s>])?",
    re.DOTALL,
)
_NAMES = {"tex": "latex", "latex": "latex", "rst": "rst", "org": "org", "textile": "textile",
          "mediawiki": "mediawiki", "wiki": "mediawiki", "typ": "typst", "t2t": "t2t"}  # fmt: skip


def is_pdf(data: bytes, _where: str) -> bool:
    """Tell whether ``data`` is a PDF: its mark may stand anywhere in the first KiB (ISO 32000)."""
    return b"%PDF-" in data[:1024]


def is_zip(data: bytes, _where: str) -> bool:
    """Tell whether ``data`` is a ZIP archive, whole or not."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def is_ole(data: bytes, _where: str) -> bool:
    """Tell whether ``data`` is a compound file: old Word, or a Word document with a password."""
    return data.startswith(OLE)


def is_for_pandoc(data: bytes, where: str) -> bool:
    """Tell whether ``data`` is in a format that is left to pandoc."""
    return pandoc_format(data, where) is not None


def pandoc_format(data: bytes, where: str) -> str | None:
    """Return pandoc's name of the format, if it is one that is left to it."""
    head = data[:2048].removeprefix(b"\xef\xbb\xbf")
    marked = next((name for name, mark in _MARKS if mark.match(head)), None)
    return marked or _NAMES.get(where.rsplit(".", 1)[-1].lower() if "." in where else "")


def is_html(data: bytes, where: str = "") -> bool:
    """Tell whether ``data`` is HTML, from its first bytes; one tag is enough if its name says so.

    Tags would else be read aloud. Under the name of a page too, text without any is plain text.
    """
    head = data[:_HTML_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _OPENING.match(head):
        return True
    if head.lstrip()[:1] == b"<" and len(_TAGS.findall(head)) >= _FEWEST_TAGS:
        return True
    return bool(_PAGE.fullmatch(where) and _TAG.search(head)) and xml_root(data) is None


def xml_root(data: bytes) -> str | None:
    """Return the name of the element that ``data`` is, if it is XML: « svg », « rss », « TEI »."""
    head = data[:_HTML_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    found = _ROOT.match(head)
    sure = found and (found["told"] or found["sure"] or b"<!DOCTYPE" in found[0])
    return found["name"].decode() if found and sure else None


def is_markdown(data: bytes, where: str) -> bool:
    """Tell whether ``data`` is Markdown: its name says so, or several of its marks do."""
    if _MARKDOWN.fullmatch(where):
        return True
    head = data[:_MARKDOWN_HEAD].decode("utf-8", "replace")
    if _FRONT.match(head) or len(_ESCAPED.findall(head)) >= _FEWEST_SIGNS:
        return True
    return len(_SIGNS.findall(head)) >= _FEWEST_SIGNS and _HEADING.search(head) is not None
