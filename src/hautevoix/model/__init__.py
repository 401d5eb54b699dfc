"""The nouns of the house: frozen values that flow one way, from a text to a release.

No I/O and no clock here. Times are integer frames or milliseconds, never floats.
"""

from __future__ import annotations

from hautevoix.model.script import (
    PAUSES,
    Role,
    Script,
    Utterance,
)
from hautevoix.model.sidecar import (
    LEVELS,
    RATES,
    VOICE_ROLES,
    LexiconEntry,
    Part,
    Sidecar,
)
from hautevoix.model.sound import (
    Clip,
    Mark,
    Readiness,
    Recording,
    Timeline,
    Voice,
    WordMark,
)
from hautevoix.model.text import (
    Book,
    BookInfo,
    Call,
    Chapter,
    Doubt,
    Kind,
    Note,
    Paragraph,
    Picture,
    TitleSource,
)
from hautevoix.model.wording import (
    Change,
    Edit,
    Liaisons,
    Manner,
    Span,
    Spoken,
    Unsure,
    Words,
)

__all__ = [
    "LEVELS",
    "PAUSES",
    "RATES",
    "VOICE_ROLES",
    "Book",
    "BookInfo",
    "Call",
    "Change",
    "Chapter",
    "Clip",
    "Doubt",
    "Edit",
    "Kind",
    "LexiconEntry",
    "Liaisons",
    "Manner",
    "Mark",
    "Note",
    "Paragraph",
    "Part",
    "Picture",
    "Readiness",
    "Recording",
    "Role",
    "Script",
    "Sidecar",
    "Span",
    "Spoken",
    "Timeline",
    "TitleSource",
    "Unsure",
    "Utterance",
    "Voice",
    "WordMark",
    "Words",
]
