"""Words as a narrator says them → how each is spelled for an engine that reads by eSpeak NG.

``Pronouncer(…).pronounced(words)`` marks the words that such an engine would say wrong with a
spelling that it says right: words and names by tables, heteronyms by their neighbours, liaisons
made or kept apart, and nothing read as English. What is written stays as it is.
"""

from typing import TYPE_CHECKING

from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.pronunciation.naming import occurrences
    from hautevoix.pronunciation.pronouncer import Pronounced, Pronouncer
    from hautevoix.pronunciation.tables import Name, names

__all__ = ["Name", "Pronounced", "Pronouncer", "names", "occurrences"]
__getattr__ = lazy_imports(
    __name__,
    pronouncer=("Pronounced", "Pronouncer"),
    naming=("occurrences",),
    tables=("Name", "names"),
)
