"""Every diagnostic of the reading: its code, which stays, and its words, which may get better.

What a program looks for is the code (docs/texts.md lists them); nothing looks into the words.
"""

from __future__ import annotations

from hautevoix.model.messages import ALL, Hit, Message, in_order, settle, tell, tell_all

__all__ = ["Hit", "Message", "in_order", "messages", "settle", "tell", "tell_all"]


def messages() -> tuple[Message, ...]:
    """Return every kind of diagnostic, as listed here."""
    return tuple(value for value in globals().values() if isinstance(value, Message))


# -- the file

CHARSET_GUESSED = Message("charset-guessed", "not UTF-8: read as {charset}; check the accents")
PAGE_MISSING = Message("page-missing", "{path} is missing in the archive")
DETAIL_CUT = Message(
    "detail-cut", "its {name} has {count} characters: cut after {most}, “{words}…”"
)
FORMULA = Message(
    "formula",
    "the formula “{written}” is read as “{said}”",
    "{count} formulas (lines {lines}…) are read sign by sign: hear them",
    most=5,
)
OTHER_LANGUAGE = Message("other-language", "this looks like {language}, but is read as French")
LANGUAGE_UNLIKELY = Message(
    "language-unlikely",
    "the file says that it is in « {language} », its words don't: it is read as French",
)
OTHER_SCRIPT = Message(
    "other-script",
    "“{words}” is in {alphabet} script, which French voices can't read",
    left=True,
)
OTHER_SCRIPTS = Message(
    "other-script",
    "“{words}” and {more} more sentences are in {alphabet} script, which French voices can't read",
)
NO_WORDS = Message(
    "no-words",
    "“{words}”: no words, silent unless a lexicon has them",
    "“{words}” and {more} more paragraphs: no words, silent unless a lexicon has them",
    most=1,
)

# -- the sidecar

LANGUAGE_IGNORED = Message(
    "language-ignored", "the sidecar says that it is in « {language} »: it is read as French"
)
CORRECTION_IDLE = Message(
    "correction-idle", "the sidecar corrects “{words}”, which is nowhere in the text"
)

CHARACTER_IDLE = Message(
    "character-idle",
    "the sidecar casts “{words}”, whom nothing in the text says to speak; who speaks: {known}",
)
CHARACTER_TWICE = Message(
    "character-twice",
    "the sidecar casts “{words}” and “{other}”, who are one: what “{other}” has holds",
)
RETAKE_IDLE = Message(
    "retake-idle", "the sidecar has a retake of “{words}”, which is nowhere in the text"
)
CHAPTER_SKIPPED = Message(
    "chapter-skipped", "the chapter “{title}” is left out, as the sidecar wants it"
)

# -- left out of the reading

GUTENBERG = Message(
    "gutenberg-left-out",
    "Project Gutenberg's header, credits and licence are left out of the reading",
)
PAGE_NUMBERS = Message("page-number", "taken for page numbers and left out ({spread})")
RUNNING_HEADS = Message("running-head", "taken for running heads and left out ({spread})")
CONTENTS = Message("contents-left-out", "table of contents left out of the reading ({extent})")
TITLE_PAGE = Message("title-page-left-out", "title page left out of the reading ({extent}){title}")
TITLE_PAGE_LINE = Message("title-page-line", "on the title page, left out: “{words}”")
HALF_TITLE = Message("half-title-left-out", "title page repeated here: left out of the reading")
MATTER = Message(
    "matter-left-out", "title page, imprint or colophon left out of the reading: “{words}…”"
)
PUBLISHER = Message(
    "publisher-left-out",
    "publisher's matter left out of the reading ({extent}): “{words}…”",
)
ILLUSTRATION = Message(
    "illustration-left-out",
    "the mark of an illustration is left out of the reading: “{words}”",
    "the marks of {count} illustrations are left out of the reading (lines {lines}…)",
    most=5,
)
VERSE_NUMBERS = Message(
    "verse-number", "{count} numbers of verses in the margin are left out of the reading"
)
SILENCED = Message(
    "speech-silenced",
    "left out of the reading, as its style says « speak: never »: “{words}”",
    "{count} passages are left out of the reading, as their style says « speak: never » "
    "(lines {lines}…)",
    most=5,
)
NOTES_TITLE = Message(
    "note-heading-left-out", "“{words}” stands over notes: left out of the reading"
)
KEEPABLE = frozenset(
    message.code
    for message in (
        *(GUTENBERG, CONTENTS, TITLE_PAGE, TITLE_PAGE_LINE, HALF_TITLE, MATTER, PUBLISHER),
        *(ILLUSTRATION, PAGE_NUMBERS, RUNNING_HEADS, VERSE_NUMBERS),
    )
)
"""The codes of what a sidecar's ``keep`` has read after all."""

# -- understood by guess

TITLE_GUESSED = Message(
    "title-guessed", "the title “{title}” is a guess, from note {label}, which no call names"
)
HEADING_GUESSED = Message("heading-guessed", "“{title}” is taken for a heading")
EPIGRAPH_GUESSED = Message(
    "epigraph-guessed",
    "taken for an epigraph, because “{whose}” ends it",
    "{count} epigraphs are a guess (lines {lines}…)",
    most=5,
)
JOINED = Message(
    "paragraph-joined",
    "the paragraph cut by {cut} is joined: “{ends} | {begins}”",
    "{count} paragraphs cut by page breaks or notes were joined (lines {lines})",
    most=30,
    shown=ALL,
)

# -- notes

_SAME = "; the same of {more} more ({places}…)"
_CALL = "call [{label}] has no note: taken out of the text"
_AGAIN = "note {label} is called again: it is read once"
_NOTE = "note [{label}] is called nowhere: read with the notes"
CALL_WITHOUT_NOTE = Message("call-without-note", _CALL, _CALL + _SAME, most=20, shown=20)
NOTE_CALLED_AGAIN = Message("note-called-again", _AGAIN, _AGAIN + _SAME, most=20, shown=20)
NOTE_WITHOUT_CALL = Message("note-without-call", _NOTE, _NOTE + _SAME, most=20, shown=20)
BRACKETED = Message(
    "notes-in-brackets",
    "",
    '{count} asides in brackets are read where they stand (lines {lines}…): `notes = "brackets"` '
    "in the sidecar makes notes of them",
    most=0,
)

# -- marks that tell how the text is spoken

MARK_MISREAD = Message(
    "mark-misread", "“{written}” is no mark that can be understood: it is read as it stands"
)
MARK_UNCLOSED = Message(
    "mark-unclosed", "“{written}” is never closed: it holds to the end of its chapter"
)
MARK_UNOPENED = Message("mark-unopened", "“{written}” closes nothing: it is left out")
MARK_LOST = Message("mark-lost", "“{written}” stands where nothing is read: nothing comes of it")
MARKS_OFF = Message(
    "marks-off",
    "“{written}” looks like a mark, and is read as text: `marks = true` in the sidecar has marks "
    "heeded",
    "“{written}” and {more} more look like marks, and are read as text: `marks = true` in the "
    "sidecar has marks heeded",
    most=1,
)

# -- slips of optical recognition, flagged and never put right by a guess


def _slip(code: str, what: str, outcome: str = "") -> Message:
    one, many = "“{words}” looks like a slip ", "“{words}” and {more} more look like "
    said = f": {outcome}" if outcome else ""
    return Message(
        code,
        f"{one}({what}){said}",
        f"{many}{what} (lines {{lines}}…){said}",
        most=5,
        left=not outcome,
    )


SLIP_CAPITAL = _slip("slip-capital", "a capital after a pronoun or « ne »")
SLIP_ACRONYM = _slip("slip-acronym", "an acronym cut in two")
SLIP_DIGIT = _slip("slip-digit", "a digit within a word")
SLIP_STOP = _slip("slip-full-stop", "a full stop in mid-sentence")
SLIP_LOST = _slip("slip-lost-character", "a character that was lost")
SLIP_CHARSET = _slip("slip-charset", "UTF-8 read as another charset")
SLIP_ACCENT = _slip("slip-accent", "« A » for « À »", "said as « À »")
SLIP_THOU = _slip("slip-thou", "« ta » or « tes » in a text that never says « tu »")
