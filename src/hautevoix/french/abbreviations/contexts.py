"""What stands around abbreviations: patterns for ``before`` and ``after``."""

from __future__ import annotations

UPPER = "A-ZÀ-ÖØ-ÞŒŸ"

# What follows a title: a name, « le président », « de Rênal », « l'abbé », « X… », « *** ».
NAME = (
    rf" (?=[{UPPER}*]|(?:de|du|des|d['’]|le|la|les|l['’]|von|van|son|votre|notre)(?:\b|(?<=['’])))"
)
# « M. et Mme », « MM. et Mmes », « M. ou Mlle »: the name is that of both.
BETWEEN_TITLES = r" ?(?:,|/|et|&|ou|et/ou) ?"
AND_ANOTHER = (
    rf"(?={BETWEEN_TITLES}(?:M|MM|Mr|Dr|Drs|Pr|Mgr)\.? )"
    rf"|(?={BETWEEN_TITLES}(?:[Mm](?:onsieur|adame|ademoiselle)|Mmes?|M[ml]les?|Melles?|Vve)\b)"
)
PROPER = rf"[ -](?=[{UPPER}])"
NOBLE = rf" (?=(?:de |d['’]|du )[{UPPER}][a-zà-ÿ])"
SMALL_ROMAN = r"(?!(?:il|vil|xi?l)\b)[ivx][ivxlc]*\b(?!['’])"
# A Roman number is no « Le », « De », « L'avion » or « M. Dupont », which open the next sentence.
ROMAN = r"(?!MM?\.|[LCDM](?:er|re|e)\b)[IVXLCDM]+(?:er|re|e)?\b(?!['’])"
NUMBER = rf" ?(?=\d|{ROMAN}|{SMALL_ROMAN})"
ARABIC = r" ?(?=\d)"
RANGE = (
    r" ?(?=\d+(?:, \d+){0,6} ?(?:[-–—]|à|et) ?\d|[IVXLC]+ ?(?:[-–—]|à|et) ?[IVXLC]+\b"
    rf"|{SMALL_ROMAN} ?[-–—] ?[ivxlc]+\b)"
)
SEVERAL = (
    r"\b(?:[LlDdCcMmTtSs]es|[Aa]ux|[NnVv]os|[Ll]eurs|[Dd]eux|[Tt]rois|[Qq]uatre|[Pp]remiers"
    r"|[Dd]erniers|mêmes|[Qq]uelques|[Aa]utres) "
)
NOT_INITIAL = r"(?<!\d )(?<!\b[B-Z] )(?<!\b[A-Z]\. )(?<![A-Z]\.)"
# What geometry and formulas name by a letter: « le point M. », « n ≤ M. »; looked at only where
# it stands.
NOT_A_POINT = (
    r"$(?<!\b[Ll]e point )(?<!\b[dD]u point )(?<!\b[aA]u point )(?<!\b[Uu]n point )"
    r"(?<!\b[Ll]a droite )(?<!\b[Ll]e plan )(?<!\b[Dd]u plan )(?<!\b[Ll]e segment )"
    r"(?<![<>≤≥≠+×∈∉∪∩−] )(?<!\b[a-zA-Z] égale )(?<!\b[a-zA-Z] inférieur à )"
    r"(?<!\b[a-zA-Z] supérieur à )(?<!rieur ou égal à )(?<!\b[a-zA-Z] appartient à )"
)
FIRST = r"(?<![A-Z]\. )(?<![A-Z]\.)"
OF_A_CODE = r" ?(?=[LRDA]\. ?\*?\d)"
NOT_COUNTED = r"(?<!\d )(?<!\d)"
AFTER_NUMBER = r"(?:\d|\b[IVXLC]+) ?"
AFTER_RANK = r"(?:\d|\b[IVX]+)(?:e|re|er|nde?|ème|ᵉ) "
AFTER_A_LANGUAGES_ARTICLE = (
    r"(?:\b(?:[Dd]u|[Ll]e|[Aa]u|[Ee]n|bas|vieux|ancien|anc\.|moyen|haut|mot|verbe|terme|et|ou|trad\."
    r"|éd\.|texte) |[Ll]['’])"
)
AFTER_CENTURY = r"\b[IVXLCivxlc]+(?:e|er|ème|ᵉ|°) "
