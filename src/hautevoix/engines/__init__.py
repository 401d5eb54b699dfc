"""Words → Clip: the voices, one Protocol, one entry-point group.

An engine comes in through the entry-point group ``hautevoix.engines``, ours as a stranger's:
the entry point's name is the engine's, its value a callable without arguments that returns an
``Engine``.
"""

from hautevoix.engines.protocol import Composing, Engine, Movable, Respelled
from hautevoix.engines.registry import GROUP, load, names
from hautevoix.engines.voices import find_voice

__all__ = ["GROUP", "Composing", "Engine", "Movable", "Respelled", "find_voice", "load", "names"]
