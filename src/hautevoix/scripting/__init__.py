"""Book → Script: what will be said, by whom, with which pauses."""

from typing import TYPE_CHECKING

from hautevoix.facades import facade
from hautevoix.wishes import NotesPolicy, Reading

if TYPE_CHECKING:
    from hautevoix.scripting.script import write_script

__all__ = ["NotesPolicy", "Reading", "write_script"]
__getattr__ = facade(__name__, script=("write_script",))
