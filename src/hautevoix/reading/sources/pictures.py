"""What is read in a picture's place."""

from __future__ import annotations

import re

from hautevoix.reading.sources.formulas import readable

FILE = re.compile(
    r".*\.(?:jpe?g|png|gif|svg|webp)|(?:image|img|illustration|figure|photo|picture|cover"
    r"|couverture|logo|ornement|vignette|bandeau|cul-de-lampe|décoration|decoration)[\s_\d.:-]*",
    re.IGNORECASE,
)
_TEX = re.compile(r"\{?\\[a-z]+")  # the picture of a formula, as Wikipedia has it


def picture_text(alt: str) -> str:
    r"""Return what is read for a picture: nothing where ``alt`` names a file or says « image ».

    >>> picture_text("Le pont de Tolbiac"), picture_text("image012.png"), picture_text("L")
    (' Le pont de Tolbiac ', '', 'L')
    >>> picture_text(r"{\displaystyle x^{2}}")
    ' x² '
    """
    alt = " ".join((readable(alt) if _TEX.match(alt) else alt).split())
    if not alt or FILE.fullmatch(alt):
        return ""
    return alt if len(alt) == 1 else f" {alt} "
