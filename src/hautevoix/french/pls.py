"""Lexicons of others: the W3C's Pronunciation Lexicon Specification, version 1.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from hautevoix.errors import InputError, RefusedError
from hautevoix.french.ipa import strange_ipa, strange_sign
from hautevoix.localization import tr
from hautevoix.model import LexiconEntry

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"


def read_pls(xml: str) -> tuple[LexiconEntry, ...]:
    """Return the entries of a PLS 1.0 document: one for each grapheme of each lexeme.

    A lexeme's first ``alias`` is what is spoken; its preferred, else its first ``phoneme`` in IPA
    says how (https://www.w3.org/TR/pronunciation-lexicon/, § 4). Nothing outside the document is
    ever read: a document type is refused. Raises InputError where this is no such lexicon,
    RefusedError for a document type.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.take
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    try:
        parser.Parse(xml.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise InputError(
            tr("The lexicon is no well-formed XML: {error}.", error=error),
            advice=tr("Correct that line."),
        ) from error
    if not reader.is_lexicon:
        raise InputError(
            tr("This is no pronunciation lexicon: its root is not a PLS 1.0 <lexicon>."),
            advice=tr("Give a W3C PLS 1.0 file."),
        )
    return tuple(reader.entries)


def _refuse(*_: object) -> None:
    raise RefusedError(
        tr("The lexicon declares a document type, which could name other files."),
        advice=tr("Remove its <!DOCTYPE …>."),
    )


@dataclass(slots=True)
class _Reader:
    entries: list[LexiconEntry] = field(default_factory=list)
    is_lexicon: bool = False
    alphabet: str = "ipa"
    _depth: int = 0
    _text: list[str] = field(default_factory=list)
    _graphemes: list[str] = field(default_factory=list)
    _aliases: list[str] = field(default_factory=list)
    _phonemes: list[str] = field(default_factory=list)
    _in_ipa: bool = True
    _preferred: bool = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element's start."""
        tag = _local(name)
        if not self._depth:
            self.is_lexicon = tag == "lexicon"
            self.alphabet = attributes.get("alphabet", "ipa")
        self._depth += 1
        self._text.clear()
        self._in_ipa = attributes.get("alphabet", self.alphabet) == "ipa"
        self._preferred = attributes.get("prefer", "") in ("true", "1")
        if tag == "lexeme":
            self._graphemes, self._aliases, self._phonemes = [], [], []

    def take(self, text: str) -> None:
        """Keep an element's text."""
        self._text.append(text)

    def close(self, name: str) -> None:
        """Keep what an element said; make entries where a lexeme ends."""
        self._depth -= 1
        tag = _local(name)
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if tag == "grapheme" and text:
            self._graphemes.append(text)
        elif tag == "alias" and text:
            self._aliases.insert(0 if self._preferred else len(self._aliases), text)
        elif tag == "phoneme" and text and self._in_ipa:
            self._phonemes.insert(0 if self._preferred else len(self._phonemes), text)
        elif tag == "lexeme":
            self._finish()

    def _finish(self) -> None:
        spoken = self._aliases[0] if self._aliases else ""
        ipa = self._phonemes[0] if self._phonemes else ""
        if ipa and (sign := strange_sign(ipa)) is not None:
            raise strange_ipa(ipa, sign, f"<grapheme> “{', '.join(self._graphemes)}”")
        if spoken or ipa:
            self.entries += [LexiconEntry(written, spoken, ipa) for written in self._graphemes]


def _local(name: str) -> str:
    """Return an element's name if it is PLS's own."""
    namespace, _, local = name.rpartition(" ")
    return local if namespace in (_NAMESPACE, "") else ""
