"""Book → Script: what will be said, by whom, with which pauses."""

from typing import TYPE_CHECKING

from hautevoix.model.options import NotesPolicy, ReadingOptions
from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.scripting.script import write_script

__all__ = ["NotesPolicy", "ReadingOptions", "write_script"]
__getattr__ = lazy_imports(__name__, script=("write_script",))
