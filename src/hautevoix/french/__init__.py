"""written → spoken: French as a narrator says it, by ordered, named, explainable rules.

``Narrator(…).say(text)`` gives the words with every change told; ``sentences`` and ``cut`` part a
paragraph for engines; ``cardinal`` and ``ordinal`` spell numbers; ``read_pls`` reads lexicons.
"""

from typing import TYPE_CHECKING

from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.french.boundaries import cut, sentences
    from hautevoix.french.ipa import strange_ipa, strange_sign
    from hautevoix.french.lexicon import idle
    from hautevoix.french.narrator import Narrator
    from hautevoix.french.numbers import Counting, cardinal, decimal, ordinal
    from hautevoix.french.pls import read_pls
    from hautevoix.french.roman import roman_value
    from hautevoix.french.rule import replay

__all__ = [
    "Counting",
    "Narrator",
    "cardinal",
    "cut",
    "decimal",
    "idle",
    "ordinal",
    "read_pls",
    "replay",
    "roman_value",
    "sentences",
    "strange_ipa",
    "strange_sign",
]
__getattr__ = lazy_imports(
    __name__,
    boundaries=("cut", "sentences"),
    ipa=("strange_ipa", "strange_sign"),
    lexicon=("idle",),
    narrator=("Narrator",),
    numbers=("Counting", "cardinal", "decimal", "ordinal"),
    pls=("read_pls",),
    roman=("roman_value",),
    rule=("replay",),
)
