"""How a listener wants things read on which tastes differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Inclusive(StrEnum):
    """How inclusive writing is read: « étudiant·e·s invité·e·s »."""

    BOTH = "both"  # étudiants et étudiantes invités et invitées
    HEARD = "heard"  # both where they sound different: étudiants et étudiantes invités
    MASCULINE = "masculine"  # étudiants invités


@dataclass(frozen=True, slots=True)
class Habits:
    """What is read, and how; ``emoji``: their names are said."""

    inclusive: Inclusive = Inclusive.BOTH
    emoji: bool = True
