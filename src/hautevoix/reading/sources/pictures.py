"""What is read in a picture's place."""

from __future__ import annotations

import re

from hautevoix.reading.sources.formulas import readable

FILE = re.compile(
    r".*\.(?:jpe?g|png|gif|svg|webp)|(?:image|img|illustration|figure|photo|picture|cover"
    r"|couverture|logo|ornement|vignette|bandeau|cul-de-lampe|décoration|decoration)[\s_\d.:-]*",
    re.IGNORECASE,
)
# What a program sees in a picture, as Word and others write it down.
_AUTOMATIC = re.compile(
    r"une (?:image|photo) contenant\b"
    r"|an? (?:picture|image|close[- ]up|screenshot) (?:containing|of)"
    r"|.*(?:générée? automatiquement|automatically generated|généré par l[’']ia|ai[- ]generated)",
    re.IGNORECASE | re.DOTALL,
)
_TEX = re.compile(r"\{?\\[a-z]+")  # the picture of a formula, as Wikipedia has it


def picture_text(alt: str) -> str:
    r"""Return what is read for a picture: nothing where ``alt`` names a file or says « image ».

    Nor is what a program saw in it.

    >>> picture_text("Le pont de Tolbiac"), picture_text("image012.png"), picture_text("L")
    (' Le pont de Tolbiac ', '', 'L')
    >>> picture_text("Une image contenant texte. Description générée automatiquement")
    ''
    >>> picture_text(r"{\displaystyle x^{2}}")
    ' x² '
    """
    alt = " ".join((readable(alt) if _TEX.match(alt) else alt).split())
    if not alt or FILE.fullmatch(alt) or _AUTOMATIC.match(alt):
        return ""
    return alt if len(alt) == 1 else f" {alt} "
