"""Book → Script: what will be said, by whom, with which pauses."""

from hautevoix.scripting.notes import NotesPolicy
from hautevoix.scripting.script import Reading, write_script

__all__ = ["NotesPolicy", "Reading", "write_script"]
