"""Book → Script: what will be said, by whom, with which pauses."""

from hautevoix.scripting.notes import NotesPolicy
from hautevoix.scripting.pauses import PAUSES
from hautevoix.scripting.script import Reading, write_script

__all__ = ["PAUSES", "NotesPolicy", "Reading", "write_script"]
