"""bytes → trees of elements, from strangers: no entity, no network, no silent emptiness."""

from __future__ import annotations

import codecs
import re
import unicodedata
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree, html

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.reading.base.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_HEAD = 4096  # bytes in which a document says its charset
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})")
_DECLARATION = re.compile(r"<\?xml[^>]{0,400}\?>")
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?P<name>[^\[<>]{0,1000})(?:\[(?P<subset>(?:[^\]<]|<(?!!DOCTYPE))*)\]\s*)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<kind>%\s+)?(?P<name>[\w.:-]+)\s+(?:(?P<outside>SYSTEM|PUBLIC)\b"
    r"|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,40});")
_OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})  # those that XML itself knows
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONGEST_ENTITY = 200
_TOKEN = re.compile(
    r"<!--|-->|<(?P<close>/?)(?P<unseen>script|style|head|svg|title|template)\b[^<>]*>"
    r"|<[/!?]?[a-zA-Z][^<>]*>",
    re.IGNORECASE,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
_CLOSED = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)/>")
_MOST_DIGITS = 6
_LOST = 0.5  # share of the text that must have come through
_ENOUGH = 200  # characters below which that share says nothing
# Latin-1 on the web means Windows-1252 (WHATWG Encoding Standard, « Names and labels »).
_WINDOWS = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"})
# The charsets that a declaration may name, as Python calls them: those of the web (WHATWG Encoding
# Standard, « Names and labels ») and of old disks. Python knows others that are no charset of a
# text (« undefined », « idna », « punycode », which take time with the square of the length).
_CHARSETS = frozenset(
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp858"
    " cp866 cp874 iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8"
    " iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 mac-roman mac-cyrillic"
    " koi8-r koi8-u gbk gb18030 gb2312 big5 euc_jp iso2022_jp shift_jis euc_kr".split()
)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}+")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_MOST_ATTRIBUTES = 1_000  # of an element: the parser's time grows with the square of them


def markup_text(data: bytes, where: str) -> str:
    """Return the text of a markup file, NFC, in the charset that it declares if that holds.

    Raises ``InputError`` where no charset makes sense of it.
    """
    declared = _declared(data)
    text = None if declared is None else _decoded(data, declared)
    if text is None:
        found = decode(data)
        if found is None:
            raise InputError(
                tr("{where}: not a text, or in an unknown charset.", where=where),
                advice=tr(_ADVICE),
            )
        text = found.text
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.removeprefix("\ufeff")))


_ADVICE = noop("Save it as UTF-8.")


def _declared(data: bytes) -> str | None:
    """Return the declared charset, unless a mark or the bytes themselves say otherwise."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    match = _DECLARED.match(data[:_HEAD].lstrip()) or _META.search(data[:_HEAD])
    name = match[1].decode("ascii", "replace").lower() if match else None
    if name is None or name.startswith(("utf-16", "utf16", "ucs")):
        return None
    return "cp1252" if name in _WINDOWS else name


def _decoded(data: bytes, charset: str) -> str | None:
    for name in ("utf-8", charset):
        try:
            if codecs.lookup(name).name in _CHARSETS:
                return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _check_attributes(text: str, where: str) -> None:
    """Raise RefusedError for an element of attributes without number."""
    for match in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub(" ", match[0]).split()) > _MOST_ATTRIBUTES:
            message = tr(
                "{where}: an element of more than {most_attributes} attributes: refused.",
                where=where,
                most_attributes=_MOST_ATTRIBUTES,
            )
            raise RefusedError(message, advice=tr("Save it as plain text."))


def parse_xml(text: str, where: str) -> Element | None:
    """Return the root of the XML ``text``; None if it is not well formed.

    Named entities of HTML stand for their characters. Raises ``RefusedError`` for a document that
    declares entities which reach outside or build on one another.
    """
    text = _without_declarations(text, where)
    _check_attributes(text, where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise _too_deep(where) from None
        return None


def _without_declarations(text: str, where: str) -> str:
    text = _DECLARATION.sub("", text, count=1)
    own: dict[str, str] = {}
    match = _DOCTYPE.search(text[: 1 << 16])
    if match:
        own = _entities(match["subset"] or "", where)
        text = text[: match.start()] + "\n" * match[0].count("\n") + text[match.end() :]
    elif "<!ENTITY" in text:
        raise _entities_refused(where)
    return _REFERENCE.sub(lambda m: _character(m, own), text)


def _entities(subset: str, where: str) -> dict[str, str]:
    """Return the plain entities that a document declares for itself."""
    found: dict[str, str] = {}
    for match in _ENTITY.finditer(subset):
        value = match["double"] or match["single"] or ""
        plain = "&" not in value.replace("&#", "") and "<" not in value
        if match["kind"] or match["outside"] or not plain or len(value) > _LONGEST_ENTITY:
            raise _entities_refused(where)
        found[match["name"]] = value
    return found


def _entities_refused(where: str) -> RefusedError:
    message = tr(
        "{where}: it declares entities that reach outside it or multiply: refused.", where=where
    )
    return RefusedError(message, advice=tr("Get it from a source you trust."))


def _character(match: re.Match[str], own: dict[str, str]) -> str:
    name = match[1]
    if name in _OWN:
        return match[0]
    if name in own:
        return own[name]
    found = html5.get(f"{name};")
    return f"&amp;{name};" if found is None else "".join(f"&#{ord(char)};" for char in found)


def parse_html(text: str, where: str) -> Element:
    """Return the root of the HTML ``text``, however it is written.

    Raises ``InputError`` if it has no element, ``RefusedError`` if it is nested so deep that the
    parser would drop what is inside, which it does without a word.
    """
    text = _DECLARATION.sub("", text, count=1)
    _check_attributes(text, where)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise InputError(
            tr("{where}: there is no text in it.", where=where), advice=tr(_GIVE)
        ) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _too_deep(where)
    _check_whole(root, text, where)
    return root


_GIVE = noop("Give a file with a text.")


def _too_deep(where: str) -> RefusedError:
    message = tr("{where}: its elements are nested too deep to be a text: refused.", where=where)
    return RefusedError(message, advice=tr("Save it as plain text."))


def _check_whole(root: Element, text: str, where: str) -> None:
    """Compare what came through with the source stripped of tags, roughly."""
    seen = sum(len(piece) for piece in root.itertext())
    if seen * 4 > len(text):
        return
    written = _written(text)
    if written > _ENOUGH and seen < _LOST * written:
        message = tr(
            "{where}: the HTML is so damaged that most of its text would be lost.", where=where
        )
        raise InputError(message, advice=tr("Open it in a browser and save it anew."))


def _written(text: str) -> int:
    """Count the characters outside tags, comments and what no reader sees."""
    count = done = 0
    inside = ""
    for match in _TOKEN.finditer(text):
        if not inside:
            count += match.start() - done
        opened = match["unseen"]
        if inside == "--" or (match[0] == "<!--" and not inside):
            inside = "" if match[0] == "-->" else "--"
        elif opened and not match["close"] and not inside:
            inside = opened.lower()
        elif opened and match["close"] and opened.lower() == inside:
            inside = ""
        done = match.end()
    return count if inside else count + len(text) - done


def parse_page(text: str, where: str) -> Element:
    """Return the root of a page of an EPUB: XHTML if it is well formed, else as HTML."""
    root = parse_xml(text, where)
    if root is not None:
        return root
    return parse_html(_CLOSED.sub(_opened, text), where)


def _opened(match: re.Match[str]) -> str:
    """Give ``<a id="x"/>`` the end tag that HTML needs to see."""
    name = match[1]
    return match[0] if name.lower() in _VOID else f"<{name}{match[2]}></{name}>"


def local(tag: object) -> str:
    """Return an element's name without its namespace, in small letters; "" for a comment."""
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace or prefix."""
    value = element.get(name)
    if value is not None:
        return value
    return next((str(v) for k, v in element.attrib.items() if local(k) == name), None)


def pieces(element: Element) -> Iterator[str]:
    """Yield the stretches of text in ``element``, in order."""
    return (str(text) for text in element.itertext())


def content(element: Element) -> str:
    """Return all text in ``element`` on one line."""
    return " ".join("".join(pieces(element)).split())


def number(text: str | None, default: int) -> int:
    """Return the number that an attribute holds, ``default`` for none or nonsense."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else default
