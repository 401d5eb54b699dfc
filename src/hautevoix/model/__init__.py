"""The nouns of the house: frozen values that flow one way, from a text to a release.

No I/O and no clock here. Times are integer frames or milliseconds, never floats.
"""

from __future__ import annotations

from hautevoix.model.script import (
    LONGEST_PAUSE,
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
    Sidecar,
    VoiceSettings,
)
from hautevoix.model.sound import (
    Clip,
    FrameSpan,
    Readiness,
    Recording,
    Timeline,
    Voice,
    WordMark,
)
from hautevoix.model.text import (
    LONGEST_DESCRIPTION,
    LONGEST_DETAIL,
    Book,
    BookDetails,
    BookInfo,
    Chapter,
    Diagnostic,
    Kind,
    Note,
    NoteReference,
    Paragraph,
    Picture,
    SpeechSpan,
    TitleSource,
)
from hautevoix.model.wording import (
    Change,
    Edit,
    Manner,
    Span,
    Spoken,
    Unsure,
    Words,
)

__all__ = [
    "LEVELS",
    "LONGEST_DESCRIPTION",
    "LONGEST_DETAIL",
    "LONGEST_PAUSE",
    "PAUSES",
    "RATES",
    "VOICE_ROLES",
    "Book",
    "BookDetails",
    "BookInfo",
    "Change",
    "Chapter",
    "Clip",
    "Diagnostic",
    "Edit",
    "FrameSpan",
    "Kind",
    "LexiconEntry",
    "Manner",
    "Note",
    "NoteReference",
    "Paragraph",
    "Picture",
    "Readiness",
    "Recording",
    "Role",
    "Script",
    "Sidecar",
    "Span",
    "SpeechSpan",
    "Spoken",
    "Timeline",
    "TitleSource",
    "Unsure",
    "Utterance",
    "Voice",
    "VoiceSettings",
    "WordMark",
    "Words",
]
