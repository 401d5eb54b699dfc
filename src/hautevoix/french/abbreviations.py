"""The one table of abbreviations: what each is said, where, and whether it can end a sentence.

The normaliser and the sentence splitter both read it. An entry holds when ``before`` matches the
end of what precedes and ``after`` the beginning of what follows; the first that holds wins.
Sources: the Lexique des règles typographiques en usage à l'Imprimerie nationale, « Abréviations »,
and what printed books of the 18th to 21st centuries were seen to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hautevoix.french.names import SOVEREIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

UPPER = "A-ZÀ-ÖØ-ÞŒŸ"

# What follows a title: a name, « le président », « de Rênal », « l'abbé », « X… », « *** ».
_NAME = (
    rf" (?=[{UPPER}*]|(?:de|du|des|d['’]|le|la|les|l['’]|von|van|son|votre|notre)(?:\b|(?<=['’])))"
)
# « M. et Mme », « MM. et Mmes », « M. ou Mlle »: the name is that of both.
_BETWEEN_TITLES = r" ?(?:,|/|et|&|ou|et/ou) ?"
_AND_ANOTHER = (
    rf"(?={_BETWEEN_TITLES}(?:M|MM|Mr|Dr|Drs|Pr|Mgr)\.? )"
    rf"|(?={_BETWEEN_TITLES}(?:[Mm](?:onsieur|adame|ademoiselle)|Mmes?|M[ml]les?|Melles?|Vve)\b)"
)
_PROPER = rf"[ -](?=[{UPPER}])"
_NOBLE = rf" (?=(?:de |d['’]|du )[{UPPER}][a-zà-ÿ])"
_SMALL_ROMAN = r"(?!(?:il|vil|xi?l)\b)[ivx][ivxlc]*\b(?!['’])"
# A Roman number is no « Le », « De », « L'avion » or « M. Dupont », which open the next sentence.
_ROMAN = r"(?!MM?\.|[LCDM](?:er|re|e)\b)[IVXLCDM]+(?:er|re|e)?\b(?!['’])"
_NUMBER = rf" ?(?=\d|{_ROMAN}|{_SMALL_ROMAN})"
_ARABIC = r" ?(?=\d)"
_RANGE = (
    r" ?(?=\d+(?:, \d+){0,6} ?(?:[-–—]|à|et) ?\d|[IVXLC]+ ?(?:[-–—]|à|et) ?[IVXLC]+\b"
    rf"|{_SMALL_ROMAN} ?[-–—] ?[ivxlc]+\b)"
)
_SEVERAL = (
    r"\b(?:[LlDdCcMmTtSs]es|[Aa]ux|[NnVv]os|[Ll]eurs|[Dd]eux|[Tt]rois|[Qq]uatre|[Pp]remiers"
    r"|[Dd]erniers|mêmes|[Qq]uelques|[Aa]utres) "
)
_NOT_INITIAL = r"(?<!\d )(?<!\b[B-Z] )(?<!\b[A-Z]\. )(?<![A-Z]\.)"
_FIRST = r"(?<![A-Z]\. )(?<![A-Z]\.)"
_OF_A_CODE = r" ?(?=[LRDA]\. ?\*?\d)"
_NOT_COUNTED = r"(?<!\d )(?<!\d)"
_AFTER_NUMBER = r"(?:\d|\b[IVXLC]+) ?"
_AFTER_RANK = r"(?:\d|\b[IVX]+)(?:e|re|er|nde?|ème|ᵉ) "
_AFTER_A_LANGUAGES_ARTICLE = (
    r"(?:\b(?:[Dd]u|[Ll]e|[Aa]u|[Ee]n|bas|vieux|ancien|anc\.|moyen|haut|mot|verbe|terme|et|ou|trad\."
    r"|éd\.|texte) |[Ll]['’])"
)
_AFTER_CENTURY = r"\b[IVXLCivxlc]+(?:e|er|ème|ᵉ|°) "


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One entry; ``ends``: a sentence may end with its last full stop.

    ``leads``: it leads to what follows it (« p. ex. »), and seldom stands last in a sentence, or
    never where it does not end one either (« cf. »).
    What is ``written`` without a full stop may have one all the same (« Dr. »); a space in it may
    be missing in print; and a small first letter may be a capital, which is then said as one.
    """

    written: str
    spoken: str
    group: str
    after: str = ""
    before: str = ""
    ends: bool = False
    leads: bool = False

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether this is what stands at ``text[start:end]``."""
        if self.after and not _compiled(self.after).match(text, end):
            return False
        before = text[max(0, start - 24) : start]
        return not self.before or bool(_compiled(f"(?:{self.before})$").search(before))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _entries(
    group: str,
    told: dict[str, str],
    *,
    after: str = "",
    before: str = "",
    ends: bool = False,
    leads: bool = False,
) -> Iterator[Abbreviation]:
    for written, spoken in told.items():
        yield Abbreviation(written, spoken, group, after, before, ends, leads)


def _many(told: dict[str, str]) -> dict[str, str]:
    """Return the same abbreviations, said in the plural."""
    return {
        written: spoken + ("" if spoken[-1] in "sx" else "x" if spoken.endswith("eau") else "s")
        for written, spoken in told.items()
    }


_PLACES = {
    "p.": "page",
    "pp.": "pages",
    "pag.": "page",
    "art.": "article",
    "chap.": "chapitre",
    "ch.": "chapitre",
    "vol.": "volume",
    "t.": "tome",
    "tom.": "tome",
    "fig.": "figure",
    "fab.": "fable",
    "figg.": "figures",
    "pl.": "planche",
    "tab.": "tableau",
    "tabl.": "tableau",
    "mes.": "mesure",
    "sect.": "section",
    "sc.": "scène",
    "col.": "colonne",
    "fasc.": "fascicule",
    "fol.": "folio",
    "ff.": "folios",
    "num.": "numéro",
    "par.": "paragraphe",
    "parag.": "paragraphe",
    "ps.": "psaume",
    "vv.": "vers",
    "not.": "note",
    "arts.": "articles",
    "al.": "alinéa",
    "app.": "appendice",
    "ann.": "annexe",
    "tit.": "titre",
    "part.": "partie",
    "str.": "strophe",
    "doc.": "document",
    "cah.": "cahier",
    "ms.": "manuscrit",
    "v.": "vers",
    "ép.": "épître",
    "éq.": "équation",
    "prop.": "proposition",
    "cant.": "canton",
    "livr.": "livraison",
    "rég.": "régiment",
}
"""What leads to a place in a book, before its number."""


_LINES = {"l.": "ligne", "f.": "folio", "n.": "note", "q.": "question", "liv.": "livre"}
"""The same, which after a number may be a unit."""


_COUNTED = {
    "p.": "page",
    "vol.": "volume",
    "fig.": "figure",
    "pl.": "planche",
    "chap.": "chapitre",
    "art.": "article",
    "ill.": "illustration",
    "fol.": "folio",
    "col.": "colonne",
}
"""What a number may count, before the full stop: « 12 p. in-4° »."""


TABLE: tuple[Abbreviation, ...] = (
    # ------------------------------------------------------------ titles, before a name
    *_entries(
        "titles",
        {"M.": "monsieur", "MM.": "messieurs"},
        after=f"{_NAME}|{_AND_ANOTHER}",
        before=_NOT_INITIAL,
    ),
    *_entries(
        "titles",
        {
            "Ctesse": "comtesse",
            "Csse": "comtesse",
            "Vtesse": "vicomtesse",
            "Mquis": "marquis",
            "Mqse": "marquise",
            "SS. PP.": "saints pères",
            "Messrs.": "messieurs",
            "Messrs": "messieurs",
            "lieut.-col.": "lieutenant-colonel",
            "sous-lieut.": "sous-lieutenant",
            "Mme": "madame",
            "Mmes": "mesdames",
            "Mlle": "mademoiselle",
            "Mlles": "mesdemoiselles",
            "Melle": "mademoiselle",
            "Mgr": "monseigneur",
            "Mgrs": "messeigneurs",
        },
    ),
    *_entries(
        "titles",
        {
            "Dr": "docteur",
            "Drs": "docteurs",
            "Dre": "docteure",
            "Pr": "professeur",
            "Pr.": "professeur",
            "Prs": "professeurs",
            "Mr": "monsieur",
            "Mrs": "madame",
            "Me": "maître",
            "Vve": "veuve",
            "Gal": "général",
            "Gén.": "général",
            "Gl": "général",
            "Cel": "colonel",
            "Cdt": "commandant",
            "Cne": "capitaine",
            "Lt": "lieutenant",
            "Sgt": "sergent",
            "Cap.": "capitaine",
            "Prof.": "professeur",
            "Lieut.": "lieutenant",
            "Lt-col.": "lieutenant-colonel",
            "Lt-Col.": "lieutenant-colonel",
            "Lt-Cel": "lieutenant-colonel",
            "lt-col.": "lieutenant-colonel",
            "s.-lieut.": "sous-lieutenant",
            "lieut.-gén.": "lieutenant-général",
            "Dlle": "demoiselle",
            "Dlles": "demoiselles",
            "Sr": "sieur",
            "Chev.": "chevalier",
        },
        after=f"{_PROPER}|{_AND_ANOTHER}",
        before=_NOT_INITIAL,
    ),
    *_entries(
        "titles",
        {
            "Gal": "général",
            "gal.": "général",
            "gén.": "général",
            "Gén.": "général",
            "Cel": "colonel",
            "Cdt": "commandant",
            "cdt.": "commandant",
            "Cne": "capitaine",
            "cne.": "capitaine",
            "Lt": "lieutenant",
            "lt.": "lieutenant",
            "lieut.": "lieutenant",
            "Dr": "docteur",
            "Pr": "professeur",
            "Pr.": "prince",
            "Sr": "sieur",
        },
        after=_NOBLE,
        before=_NOT_INITIAL,
    ),
    *_entries(
        "titles",
        {
            "Cte": "comte",
            "Vte": "vicomte",
            "Vcte": "vicomte",
            "Mqs": "marquis",
            "Bne": "baronne",
            "Pce": "prince",
            "Psse": "princesse",
        },
        after=rf" (?=[{UPPER}]|d[eu]\b|d['’])",
    ),
    *_entries(
        "titles",
        {"MM": "messieurs"},
        after=rf" (?=[{UPPER}][a-zà-ÿ]|d[eu] |d['’])",
        before=_NOT_INITIAL,
    ),
    *_entries(
        "titles",
        {"gal": "général", "cel": "colonel", "sr": "sieur", "sgr": "seigneur", "mis": "marquis"},
        before=r"\b(?:[Ll]e|[Dd]u|[Aa]u|[Ll]edit|[Dd]udit) ",
        after=rf"{_PROPER}|{_NOBLE}",
    ),
    *_entries(
        "titles",
        {"Sr": "sieur", "sr": "sieur", "Dlle": "demoiselle", "Dme": "dame"},
        before=r"\b(?:[Ll]edit|[Dd]udit|[Aa]udit|[Ll]adite|led\.|lad\.|dud\.|aud\.) ",
    ),
    *_entries(
        "titles",
        {"Mal": "maréchal", "Cen": "citoyen", "Vble": "vénérable", "Bx": "bienheureux"},
        before=r"\b(?:[Ll]e|[Aa]u) ",
        after=rf"{_PROPER}|{_NOBLE}",
    ),
    *_entries(
        "titles",
        {
            "card.": "cardinal",
            "prés.": "président",
            "chanc.": "chancelier",
            "év.": "évêque",
            "archev.": "archevêque",
            "maréch.": "maréchal",
            "proc.": "procureur",
            "cons.": "conseiller",
            "gouv.": "gouverneur",
            "secr.": "secrétaire",
        },
        before=r"\b(?:[Ll]e |[Dd]u |[Aa]u |[Ll]['’]|[Dd]['’])",
        after=rf" (?=[{UPPER}]|de |du |d['’])",
    ),
    *_entries(
        "titles",
        {"Mes": "maîtres"},
        before=r"\b(?:de|par|pour|contre|et|avocats?|notaires?|études?|cabinet|Me [^,;]{1,16},) ",
        after=rf" (?=[{UPPER}][a-zà-ÿ])",
    ),
    *_entries(
        "titles",
        {"Srs": "sieurs"},
        before=r"\b(?:[Ll]es|[Dd]es|[Aa]ux|[Ll]esdits|[Dd]esdits) ",
    ),
    *_entries("titles", {"M.": "monsieur"}, before=r"\w, ", after=r", (?=vo[ts]|avec |l['’]expr)"),
    *_entries("titles", {"Jr": "junior", "Jr.": "junior"}, before=r"[a-z],? ", ends=True),
    *_entries(
        "titles",
        {"Dr": "docteur", "Pr": "professeur"},
        before=r"\b(?:[LlCc]e|[DdAa]u|[Uu]n|[MmSsTt]on|[NnVv]otre) ",
        after=r" (?=[a-zà-ÿ]{2})",
    ),
    *_entries("titles", {"Mis": "marquis"}, before=r"\b(?:[Ll]e|[Dd]u|[Aa]u) ", after=r" (?=d)"),
    *_entries("titles", {"Mise": "marquise"}, before=r"\b(?:[Ll]a) ", after=r" (?=d)"),
    *_entries(
        "titles",
        {
            "gén.": "général",
            "col.": "colonel",
            "cap.": "capitaine",
            "gal.": "général",
            "cdt.": "commandant",
            "cne.": "capitaine",
            "lt.": "lieutenant",
            "lieut.": "lieutenant",
            "prof.": "professeur",
            "adj.": "adjudant",
            "amb.": "ambassadeur",
        },
        after=_PROPER,
    ),
    *_entries(
        "titles",
        {
            "S. M. I.": "Sa Majesté Impériale",
            "LL. MM. II.": "Leurs Majestés Impériales",
            "LL. MM.": "Leurs Majestés",
            "S. M. T. C.": "Sa Majesté Très Chrétienne",
            "S. M. C.": "Sa Majesté Catholique",
            "S. M. B.": "Sa Majesté Britannique",
            "N. S. P.": "Notre Saint-Père",
            "N. T. S. P.": "Notre Très Saint-Père",
            "N. T. C. F.": "nos très chers frères",
            "M. T. C. F.": "mes très chers frères",
            "LL. AA. SS.": "Leurs Altesses Sérénissimes",
            "LL. AA. II.": "Leurs Altesses Impériales",
            "V. Exc.": "Votre Excellence",
            "V. Ém.": "Votre Éminence",
            "S. A. R.": "Son Altesse Royale",
            "S. A. I.": "Son Altesse Impériale",
            "S. A. S.": "Son Altesse Sérénissime",
            "LL. AA. RR.": "Leurs Altesses Royales",
            "LL. AA.": "Leurs Altesses",
            "V. A. R.": "Votre Altesse Royale",
            "S. Exc.": "Son Excellence",
            "LL. EE.": "Leurs Excellences",
            "S. Ém.": "Son Éminence",
            "S. Em.": "Son Éminence",
            "NN. SS.": "nos seigneurs",
        },
        ends=True,
        leads=True,
    ),
    *_entries(
        "titles",
        {"S. M.": "Sa Majesté", "V. M.": "Votre Majesté", "V. A.": "Votre Altesse"},
        after=rf"(?! [{UPPER}])(?! ?-)"
        rf"|(?= (?:{SOVEREIGN}\b|L['’]|Impériale|Royale|Catholique|Très|Ils?\b|Elles?\b|On\b))",
        before=_NOT_INITIAL,
        ends=True,
        leads=True,
    ),
    *_entries(
        "titles",
        {
            "N.-S. J.-C.": "Notre-Seigneur Jésus-Christ",
            "N. S. J.-C.": "Notre-Seigneur Jésus-Christ",
            "N.-S.": "Notre-Seigneur",
            "J.-C.": "Jésus-Christ",
            "J. -C.": "Jésus-Christ",
            "N.-D.": "Notre-Dame",
        },
        ends=True,
    ),
    *_entries(
        "titles",
        {"S. A.": "Son Altesse", "S. E.": "Son Excellence", "S. S.": "Sa Sainteté"},
        after=r",? (?=(?:le|la|l['’]|Mgr|Monseigneur|M\.|Pie|Léon|Jean|Paul|Benoît|Grégoire"
        r"|Clément)\b)",
    ),
    *_entries("titles", {"R. M.": "révérende mère"}, before=r"\b[Ll]a ", after=_PROPER),
    *_entries("titles", {"S. G.": "Sa Grandeur"}, after=r" (?=Mgr|Monseigneur|l['’]|le )"),
    *_entries(
        "titles",
        {
            "R. P.": "révérend père",
            "RR. PP.": "révérends pères",
            "T. R. P.": "très révérend père",
        },
        after=_PROPER,
    ),
    # ------------------------------------------------------------ saints
    *_entries(
        "saints",
        {"St": "Saint", "Ste": "Sainte", "Sts": "Saints", "Stes": "Saintes"},
        after=_PROPER,
    ),
    *_entries(
        "saints",
        {"S.": "saint"},
        after=r" (?=(?:Augustin|Jérôme|Ambroise|Irénée|Cyprien|Athanase|Bonaventure|Anselme|Basile"
        rf"|Grégoire|Jean Chrysostome|Thomas d['’]Aquin)\b(?! [{UPPER}]))",
        before=_NOT_INITIAL,
    ),
    *_entries("saints", {"SS.": "saints"}, after=_PROPER),
    # ------------------------------------------------------------ companies
    *_entries(
        "companies", {"Cie": "compagnie", "Cies": "compagnies", "cie": "compagnie"}, ends=True
    ),
    *_entries(
        "companies",
        {"Ce": "compagnie"},
        before=r"(?:& |[^,;:.!?…] et )",
        after=r"(?=[ ,;.)]|$)(?! \w)",
        ends=True,
    ),
    *_entries(
        "companies",
        {
            "Sté": "société",
            "Stés": "sociétés",
            "Ets": "établissements",
            "Éts": "établissements",
            "Éts.": "établissements",
        },
    ),
    # ------------------------------------------------------------ eras
    *_entries(
        "eras",
        {
            "av. J.-C.": "avant Jésus-Christ",
            "av. J-C": "avant Jésus-Christ",
            "av. J.C.": "avant Jésus-Christ",
            "av. JC": "avant Jésus-Christ",
            "avant J.-C.": "avant Jésus-Christ",
            "avant J.C.": "avant Jésus-Christ",
            "après J.-C.": "après Jésus-Christ",
            "après J.C.": "après Jésus-Christ",
            "avant JC": "avant Jésus-Christ",
            "après JC": "après Jésus-Christ",
            "ap. J.-C.": "après Jésus-Christ",
            "ap. J-C": "après Jésus-Christ",
            "ap. J.C.": "après Jésus-Christ",
            "ap. JC": "après Jésus-Christ",
            "apr. J.-C.": "après Jésus-Christ",
            "apr. J-C": "après Jésus-Christ",
            "apr. JC": "après Jésus-Christ",
            "av. n. è.": "avant notre ère",
            "av. notre ère": "avant notre ère",
            "n. è.": "notre ère",
            "av. l'è. c.": "avant l'ère chrétienne",
            "de n. è.": "de notre ère",
        },
        ends=True,
    ),
    *_entries(
        "eras",
        {"s.": "siècles", "siècl.": "siècles"},
        before=rf"\b[IVXivx]+(?:e|er|ème|ᵉ|°)? ?(?:-|–|—|/|et|ou|au) ?{_AFTER_CENTURY}"
        rf"|ième (?:et|ou|au) {_AFTER_CENTURY}",
        ends=True,
    ),
    *_entries(
        "eras",
        {"s.": "siècle", "siècl.": "siècle", "ss.": "siècles"},
        before=rf"{_AFTER_CENTURY}|(?:1\d|2[01])e ",
        ends=True,
    ),
    # ------------------------------------------------------------ months and days, beside a day
    *_entries(
        "months",
        {
            "janv.": "janvier",
            "jan.": "janvier",
            "févr.": "février",
            "fév.": "février",
            "fevr.": "février",
            "avr.": "avril",
            "juil.": "juillet",
            "juill.": "juillet",
            "sept.": "septembre",
            "septemb.": "septembre",
            "oct.": "octobre",
            "octob.": "octobre",
            "nov.": "novembre",
            "novemb.": "novembre",
            "déc.": "décembre",
            "décemb.": "décembre",
            "dec.": "décembre",
            "vend.": "vendémiaire",
            "vendém.": "vendémiaire",
            "brum.": "brumaire",
            "frim.": "frimaire",
            "niv.": "nivôse",
            "pluv.": "pluviôse",
            "vent.": "ventôse",
            "germ.": "germinal",
            "flor.": "floréal",
            "prair.": "prairial",
            "mess.": "messidor",
            "therm.": "thermidor",
            "fruct.": "fructidor",
        },
        before=r"\d(?:er|[°º])?\)? ",
        ends=True,
    ),
    *_entries(
        "months",
        {
            "janv.": "janvier",
            "févr.": "février",
            "juil.": "juillet",
            "sept.": "septembre",
            "oct.": "octobre",
            "nov.": "novembre",
            "déc.": "décembre",
            "avr.": "avril",
        },
        after=r" (?=1\d{3}\b|20\d\d\b|an )",
    ),
    *_entries(
        "months",
        {
            "7bre": "septembre",
            "8bre": "octobre",
            "9bre": "novembre",
            "10bre": "décembre",
            "Xbre": "décembre",
            "xbre": "décembre",
        },
    ),
    *_entries(
        "months",
        {
            "lun.": "lundi",
            "mar.": "mardi",
            "mer.": "mercredi",
            "merc.": "mercredi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "vend.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
        },
        after=r" (?=(?:1er|[1-9]|[12]\d|3[01])(?: (?:janv|f[ée]v|mars|avr|mai\b|juin|juil|ao[ûu]t"
        r"|sept|oct|nov|d[ée]c)|/| (?:au|et) (?:lun|mar|mer|jeu|ven|sam|dim)))"
        r"|(?= ?[,:] \d{1,2} ?h)",
    ),
    # ------------------------------------------------------------ references, before a number
    *_entries("references", _many(_PLACES), after=_RANGE),
    *_entries("references", _many(_PLACES), before=_SEVERAL, after=_NUMBER),
    *_entries("references", _PLACES, after=_NUMBER),
    *_entries(
        "references",
        {"ann.": "annexe", "app.": "appendice", "fig.": "figure", "tab.": "tableau"},
        after=r" (?=[A-Z](?:[,;:)]|\.?$| et\b|\. [A-ZÀ-Þ]))",
    ),
    *_entries("references", {"P.": "Pages", "T.": "Tomes"}, before=_FIRST, after=_RANGE),
    *_entries("references", {"P.": "Page", "T.": "Tome"}, before=_FIRST, after=_NUMBER),
    *_entries("references", {"l.": "livre"}, before=_NOT_COUNTED, after=rf" ?(?={_ROMAN})"),
    *_entries("references", {"art.": "articles"}, before=_SEVERAL, after=_OF_A_CODE),
    *_entries("references", {"art.": "article"}, after=_OF_A_CODE),
    *_entries("references", {"v.": "verset"}, before=r"\b[Ss]ourate [\dIVXLC]{1,7}, "),
    *_entries("references", {"art.": "article"}, before=r"[,;(] ", after=r"(?= «)"),
    *_entries("references", _many(_LINES), after=_RANGE, before=_NOT_COUNTED),
    *_entries("references", _many(_LINES), before=_SEVERAL, after=_NUMBER),
    *_entries("references", _LINES, after=_NUMBER, before=_NOT_COUNTED),
    *_entries("references", {"op.": "opus"}, after=_ARABIC),
    *_entries("references", {"a.": "acte"}, after=rf" (?={_ROMAN},? sc)"),
    *_entries(
        "references", {"fo": "folio", "fº": "folio", "f°": "folio", "fos": "folios"}, after=_ARABIC
    ),
    *_entries(
        "references", {"r°": "recto", "rº": "recto", "v°": "verso", "vº": "verso"}, before=r"\d ?"
    ),
    *_entries(
        "references",
        {
            "et s.": "et suivants",
            "et ss.": "et suivants",
            "et suiv.": "et suivants",
            "sqq.": "et suivants",
            "sq.": "et suivant",
        },
        before=rf"\b(?:[Aa]rt|[Aa]l|[Cc]hap|ch|§|n°|v|vv|ff?|fol|f°|numéros?|nos|vers|articles?"
        rf"|alinéas?|paragraphes?|folios?|chapitres?|versets?)\.? ?(?:[LRDA]\. ?)?[\d-]{{0,7}}"
        rf"{_AFTER_NUMBER}(?:[rv]°,? ?)?",
        ends=True,
    ),
    *_entries(
        "references",
        {
            "et s.": "et suivantes",
            "et ss.": "et suivantes",
            "et suiv.": "et suivantes",
            "et sv.": "et suivantes",
            "et svv.": "et suivantes",
            "sqq.": "et suivantes",
            "sq.": "et suivante",
            "ss.": "et suivantes",
            "suiv.": "suivantes",
        },
        before=_AFTER_NUMBER,
        ends=True,
    ),
    *_entries(
        "references",
        {"éd.": "édition", "édit.": "édition"},
        before=_AFTER_RANK,
        ends=True,
    ),
    *_entries(
        "references",
        {
            "arr.": "arrondissement",
            "arrdt": "arrondissement",
            "arrt": "arrondissement",
            "arrt.": "arrondissement",
            "arrond.": "arrondissement",
            "circ.": "circonscription",
            "part.": "partie",
            "al.": "alinéa",
            "col.": "colonne",
            "civ.": "civile",
            "Civ.": "civile",
            "sect.": "section",
            "mvt": "mouvement",
            "mvt.": "mouvement",
            "mouv.": "mouvement",
            "rgt": "régiment",
            "régt": "régiment",
            "bn": "bataillon",
            "escadr.": "escadron",
            "mill.": "millénaire",
            "dyn.": "dynastie",
            "dim.": "dimanche",
            "liv.": "livre",
            "vol.": "volume",
            "leç.": "leçon",
            "quest.": "question",
            "trim.": "trimestre",
            "sem.": "semestre",
            "Rép.": "République",
            "rép.": "république",
            "ét.": "étage",
            "rég.": "régiment",
            "bat.": "bataillon",
            "div.": "division",
            "édit.": "édition",
            "dép.": "département",
            "sess.": "session",
            "sér.": "série",
            "livr.": "livraison",
        },
        before=_AFTER_RANK,
        ends=True,
    ),
    *_entries("references", {"cl.": "classe"}, before=_AFTER_RANK),
    *_entries(
        "references",
        {"ch.": "chambre"},
        before=_AFTER_RANK,
        after=r"(?=,|\)| [A-Z]\b| (?:civ|corr|mixte|com|soc|crim|d['’]acc))",
    ),
    *_entries("references", {"p.": "pièces"}, before=r"\d ", after=r"(?= de canon\b)"),
    *_entries("references", _COUNTED, before=r"(?<!\d)(?<!\d )1 ", ends=True),
    *_entries(
        "references",
        {**_many(_COUNTED), "pp.": "pages", "ff.": "feuillets"},
        before=r"(?<!\d)\d{1,4} ",
        ends=True,
    ),
    # ------------------------------------------------------------ scholarly
    *_entries(
        "scholarly",
        {"cf.": "confer", "conf.": "confer", "cfr.": "confer"},
        after=r"(?= )",
        leads=True,
    ),
    *_entries(
        "scholarly",
        {
            "cat. exp.": "catalogue d'exposition",
            "cat. expo.": "catalogue d'exposition",
            "n. acq. fr.": "nouvelles acquisitions françaises",
            "nouv. acq. fr.": "nouvelles acquisitions françaises",
            "Arch. nat.": "Archives nationales",
            "Arch. dép.": "Archives départementales",
            "Arch. dépt.": "Archives départementales",
            "Arch. départ.": "Archives départementales",
            "Arch. mun.": "Archives municipales",
            "Arch. comm.": "Archives communales",
            "Arch. dipl.": "Archives diplomatiques",
            "Arch. parl.": "Archives parlementaires",
            "Bibl. nat.": "Bibliothèque nationale",
            "Bibl. mun.": "Bibliothèque municipale",
            "Bibl. roy.": "Bibliothèque royale",
            "Bibl. imp.": "Bibliothèque impériale",
            "Bibl. impér.": "Bibliothèque impériale",
            "L. a. s.": "Lettre autographe signée",
            "P. a. s.": "Pièce autographe signée",
            "s. v.": "sub verbo",
            "S. v.": "Sub verbo",
            "Cass. civ.": "Cassation civile",
            "Cass. crim.": "Cassation criminelle",
            "Cass. soc.": "Cassation sociale",
            "Cass. com.": "Cassation commerciale",
            "Cass. req.": "Cassation, requêtes",
            "Cass. ass. plén.": "Cassation, assemblée plénière",
            "Trib. civ.": "Tribunal civil",
            "trib. civ.": "tribunal civil",
            "Trib. corr.": "Tribunal correctionnel",
            "trib. corr.": "tribunal correctionnel",
            "T. corr.": "Tribunal correctionnel",
            "Trib. com.": "Tribunal de commerce",
            "trib. com.": "tribunal de commerce",
            "Bull. civ.": "Bulletin civil",
            "Bull. crim.": "Bulletin criminel",
        },
        ends=True,
        leads=True,
    ),
    *_entries(
        "scholarly",
        {
            "ibid.": "ibidem",
            "ib.": "ibidem",
            "id.": "idem",
            "op. cit.": "opere citato",
            "l. c.": "loco citato",
            "loc. cit.": "loco citato",
            "art. cit.": "article cité",
            "éd. cit.": "édition citée",
            "trad. cit.": "traduction citée",
            "ms. cit.": "manuscrit cité",
            "coll. part.": "collection particulière",
            "art. cité": "article cité",
            "éd. citée": "édition citée",
            "pl. h. t.": "planches hors texte",
            "h. t.": "hors texte",
            "orig. aut.": "original autographe",
            "orig. autogr.": "original autographe",
            "nouv. éd.": "nouvelle édition",
            "Hist. nat.": "Histoire naturelle",
            "Rév. fr.": "Révolution française",
            "Min. centr.": "Minutier central",
            "Aff. étr.": "Affaires étrangères",
            "Aff. étrang.": "Affaires étrangères",
            "ouvr. cité": "ouvrage cité",
            "ouv. cit.": "ouvrage cité",
            "et al.": "et alii",
            "s. l. n. d.": "sans lieu ni date",
            "s. d.": "sans date",
            "s. l.": "sans lieu",
            "S. d.": "Sans date",
            "S. l. n. d.": "Sans lieu ni date",
            "L. c.": "Loco citato",
            "q. v.": "que l'on consultera",
        },
        ends=True,
    ),
    *_entries(
        "scholarly", {"Arch.": "Archives"}, after=rf" (?=de |du |des |[{UPPER}][a-zà-ÿ]|d['’])"
    ),
    *_entries(
        "scholarly",
        {
            "A. N.": "Archives nationales",
            "A.N.": "Archives nationales",
            "B. N.": "Bibliothèque nationale",
            "B.N.": "Bibliothèque nationale",
        },
        after=r",? (?=[A-Z]{1,2} ?\d|mss?\b|fr\.|lat\.|n\. ?a|nouv|Min\.|fonds|Est)",
    ),
    *_entries(
        "scholarly",
        {
            "Corresp.": "Correspondance",
            "Corr.": "Correspondance",
            "corresp.": "correspondance",
            "Ordonn.": "Ordonnances",
            "Reg.": "Registre",
            "reg.": "registre",
        },
        after=rf" (?=(?:de|des|du|secr|gén|litt|inéd|M\.|MM\.)\b|d['’]|[{UPPER}][a-zà-ÿ]|M\.)",
    ),
    *_entries(
        "scholarly",
        {"Hist.": "Histoire", "Catal.": "Catalogue"},
        after=r" (?=des? |du |d['’]|gén|litt)",
    ),
    *_entries("scholarly", {"Catal.": "Catalogue"}, after=_PROPER),
    *_entries("scholarly", {"Voy.": "Voyez", "voy.": "voyez"}, after=r"(?= )", leads=True),
    *_entries("scholarly", {"var.": "variante"}, after=r" ?(?=:|«|[A-Z]\b)"),
    *_entries("scholarly", {"dict.": "dictionnaire"}, after=r" (?=[a-z]{3})"),
    *_entries(
        "scholarly",
        {
            "crit.": "critique",
            "hist.": "historique",
            "géogr.": "géographique",
            "univ.": "universel",
        },
        before=r"\b(?:[Dd]ict|[Éé]d)\. ",
    ),
    *_entries("scholarly", {"rel.": "reliure"}, after=r" (?=d['’]|de |en |anc|mod|orig)"),
    *_entries("scholarly", {"n.": "note"}, before=r"\bla ", after=r" (?=préc|suiv|ci-|\d)"),
    *_entries("scholarly", {"Parl.": "Parlement"}, before=r"\bdu ", ends=True),
    *_entries(
        "scholarly", {"min.": "ministre"}, before=r"\b(?:[Ll]e|[Dd]u|[Aa]u) ", after=r" (?=des? )"
    ),
    *_entries(
        "scholarly",
        {"inf.": "infanterie", "cav.": "cavalerie", "art.": "artillerie"},
        before=r"(?:régiment|rég\.|rgt|brigade|division|div\.|bat\.|bataillon|officiers?|corps"
        r"|capitaine|colonel|général|soldats?) (?:d['’]|de )",
        ends=True,
    ),
    *_entries(
        "scholarly",
        {"Inv.": "Inventaire", "inv.": "inventaire", "cat.": "catalogue", "réf.": "référence"},
        after=r" (?=n°|nº|no |\d|[A-Z]\d)",
    ),
    *_entries(
        "scholarly",
        {"cat.": "catalogue"},
        before=r"\b(?:[Ll]e|[Dd]u|[Aa]u|[Cc]e|[Uu]n) ",
        after=r" (?=de |du |des |d['’])",
    ),
    *_entries("scholarly", {"in-fol.": "in-folio", "in-f°": "in-folio"}, ends=True),
    *_entries(
        "scholarly",
        {"fr.": "français", "lat.": "latin", "gr.": "grec"},
        before=r"(?:\b[Mm]s\.|[Mm]anuscrit|fonds|[Nn]at\.,|[Nn]ationale,|B[nN]F,|B\. ?[nN]\.,) ",
        after=r"(?= ?\d|[,;)])",
    ),
    *_entries(
        "scholarly",
        {"fr.": "français", "lat.": "latins", "gr.": "grecs"},
        before=r"(?:\b[Mm]ss\.?|[Mm]anuscrits) ",
        after=r"(?= ?\d|[,;)])",
    ),
    *_entries(
        "scholarly",
        {
            "allem.": "allemand",
            "all.": "allemand",
            "angl.": "anglais",
            "ital.": "italien",
            "esp.": "espagnol",
            "espagn.": "espagnol",
            "lat.": "latin",
            "gr.": "grec",
            "hébr.": "hébreu",
            "franç.": "français",
            "néerl.": "néerlandais",
            "sanscr.": "sanscrit",
            "provenç.": "provençal",
        },
        before=_AFTER_A_LANGUAGES_ARTICLE,
        after=r"(?= [\w«(]|[,;:)])",
    ),
    *_entries(
        "scholarly",
        {
            "subst.": "substantif",
            "masc.": "masculin",
            "fém.": "féminin",
            "plur.": "pluriel",
            "interj.": "interjection",
            "étym.": "étymologie",
        },
        ends=True,
    ),
    *_entries("scholarly", {"sing.": "singulier"}, before=r"[\w,;:()] ?", ends=True),
    *_entries("scholarly", {"fig.": "figuré", "pr.": "propre"}, before=r"\b[Aa]u ", ends=True),
    *_entries(
        "scholarly",
        {
            "i. e.": "c'est-à-dire",
            "e. g.": "par exemple",
            "v. g.": "par exemple",
            "I. e.": "C'est-à-dire",
            "E. g.": "Par exemple",
        },
        ends=True,
        leads=True,
    ),
    *_entries(
        "scholarly", {"vs": "versus", "vs.": "versus"}, before=r"\w ", after=r"(?= )", leads=True
    ),
    # what scholars call the ancients and their books, before a book's number
    *_entries(
        "scholarly",
        {
            "Hom.": "Homère",
            "Hés.": "Hésiode",
            "Hérod.": "Hérodote",
            "Thuc.": "Thucydide",
            "Xén.": "Xénophon",
            "Plat.": "Platon",
            "Arist.": "Aristote",
            "Esch.": "Eschyle",
            "Soph.": "Sophocle",
            "Aristoph.": "Aristophane",
            "Polyb.": "Polybe",
            "Diod.": "Diodore",
            "Strab.": "Strabon",
            "Plut.": "Plutarque",
            "Cic.": "Cicéron",
            "Caes.": "César",
            "Virg.": "Virgile",
            "Verg.": "Virgile",
            "Hor.": "Horace",
            "Ov.": "Ovide",
            "Ovid.": "Ovide",
            "Lucr.": "Lucrèce",
            "Juv.": "Juvénal",
            "Plin.": "Pline",
            "Sén.": "Sénèque",
            "Suét.": "Suétone",
            "Tac.": "Tacite",
            "T. Liv.": "Tite-Live",
            "Tit. Liv.": "Tite-Live",
        },
        after=r",? (?=[A-ZÀ-Þ][a-zà-ÿ]{0,9}[.,],? ?(?:[IVXLC]+\b|[ivxl]+\b|\d))"
        r"|, (?=[A-ZÀ-Þ][\w’' ]{2,30}, (?:[IVXLC]+\b|[ivxl]+\b|\d))",
    ),
    *_entries(
        "scholarly",
        {
            "Il.": "Iliade",
            "En.": "Énéide",
            "Én.": "Énéide",
            "Aen.": "Énéide",
            "Géorg.": "Géorgiques",
            "Georg.": "Géorgiques",
            "Buc.": "Bucoliques",
            "Métam.": "Métamorphoses",
            "Mét.": "Métamorphoses",
            "Met.": "Métamorphoses",
            "Sat.": "Satires",
            "Ann.": "Annales",
            "Hist.": "Histoires",
            "Rép.": "République",
            "Théog.": "Théogonie",
            "Tusc.": "Tusculanes",
            "Phars.": "Pharsale",
            "Verr.": "Verrines",
            "Catil.": "Catilinaires",
            "Phil.": "Philippiques",
            "Éth.": "Éthique",
            "Conf.": "Confessions",
            "Inf.": "Enfer",
            "Purg.": "Purgatoire",
        },
        after=r",? (?=[IVX]+[,.] ?\d|[ivx]+[,.] ?\d)",
    ),
    *_entries("scholarly", {"ca": "circa", "circ.": "circa"}, after=r" (?=\d{3})"),
    *_entries("scholarly", {"c.": "circa", "v.": "vers"}, after=r" (?=1\d{3}\b)", before=r"\("),
    *_entries(
        "scholarly",
        {"v.": "voir", "V.": "Voir"},
        after=r" (?=p\.|pp\.|pages?\b|chapitre|tome|volume|article|figure|aussi|note|n\.|chap"
        r"|art\.|ci-|le |la |les |l['’]|t\.|vol\.|fig|plus|infra|supra)",
        before=r"(?:\(|^|[.;:—–] )",
    ),
    *_entries(
        "scholarly",
        {
            "éd.": "éditeur",
            "édit.": "éditeur",
            "dir.": "directeur",
            "trad.": "traducteur",
            "coord.": "coordinateur",
        },
        before=r"\(",
        after=r"(?=\))",
    ),
    *_entries(
        "scholarly",
        {"éds.": "éditeurs", "dirs.": "directeurs", "eds.": "éditeurs", "ed.": "éditeur"},
        before=r"\(",
        after=r"(?=\))",
    ),
    *_entries(
        "scholarly",
        {
            "trad.": "traduction",
            "éd.": "édition",
            "édit.": "édition",
            "Éd.": "Éditions",
            "coll.": "collection",
            "trad. fr.": "traduction française",
            "bull.": "bulletin",
            "mém.": "mémoires",
            "gaz.": "gazette",
            "concl.": "conclusions",
            "rapp.": "rapport",
            "préf.": "préface",
            "introd.": "introduction",
            "intr.": "introduction",
            "bibl.": "bibliothèque",
            "suppl.": "supplément",
            "append.": "appendice",
            "dict.": "dictionnaire",
            "encycl.": "encyclopédie",
            "impr.": "imprimerie",
            "libr.": "librairie",
            "rev.": "revue",
        },
        after=rf" (?=«|(?:de|du|des|fr|fran|angl|all|ital|esp|par|d['’])\b|d['’]|[{UPPER}]"
        r"|(?:p|pp|t|vol)\.|(?:à|au|aux)\b)|(?=,|\))",
    ),
    *_entries(
        "scholarly",
        {
            "fr.": "française",
            "franç.": "française",
            "angl.": "anglaise",
            "all.": "allemande",
            "ital.": "italienne",
            "esp.": "espagnole",
        },
        before=r"(?:traduction|édition|version|trad\.|éd\.) ",
    ),
    *_entries("scholarly", {"dir.": "direction"}, before=r"\bla "),
    *_entries("scholarly", {"mss": "manuscrits", "mss.": "manuscrits"}),
    *_entries("scholarly", {"ms.": "manuscrit"}, after=rf" (?=[{UPPER}]\b)"),
    *_entries(
        "scholarly",
        {"ms.": "manuscrit"},
        before=r"\b(?:[Ll]e|[Dd]u|[Aa]u|[Cc]e|[Uu]n|même|premier|second|dernier|autre) ",
        ends=True,
    ),
    *_entries(
        "scholarly",
        {"ms.": "manuscrit", "mss.": "manuscrits", "mss": "manuscrits", "ouvr.": "ouvrage"},
        after=r" (?=[a-zà-ÿ])",
    ),
    # ------------------------------------------------------------ law
    *_entries(
        "scholarly",
        {
            "C. civ.": "Code civil",
            "C. pén.": "Code pénal",
            "C. com.": "Code de commerce",
            "C. comm.": "Code de commerce",
            "C. trav.": "Code du travail",
            "C. rur.": "Code rural",
            "C. for.": "Code forestier",
            "C. proc. civ.": "Code de procédure civile",
            "C. pr. civ.": "Code de procédure civile",
            "C. proc. pén.": "Code de procédure pénale",
            "C. pr. pén.": "Code de procédure pénale",
            "C. instr. crim.": "Code d'instruction criminelle",
            "C. inst. crim.": "Code d'instruction criminelle",
            "Cons. const.": "Conseil constitutionnel",
            "Cons. d'État": "Conseil d'État",
            "trib. adm.": "tribunal administratif",
            "Gaz. Pal.": "Gazette du Palais",
        },
        ends=True,
    ),
    *_entries(
        "scholarly",
        {
            "req.": "requête",
            "déc.": "décision",
            "règl.": "règlement",
            "ord.": "ordonnance",
            "circ.": "circulaire",
            "décr.": "décret",
            "délib.": "délibération",
            "D.": "décret",
            "L.": "loi",
        },
        after=r" (?=n°|nº|\(UE\)|\(CE\))",
    ),
    *_entries("scholarly", {"aff.": "affaire"}, after=r" (?=\d|C-\d|n°)"),
    *_entries("scholarly", {"Const.": "Constitution"}, before=r"\bla "),
    *_entries("scholarly", {"Cass.": "Cassation"}, after=r",? (?=\d{1,2}(?:er)? |[123]r?e)"),
    # ------------------------------------------------------------ editors' marks
    *_entries(
        "marks",
        {
            "N.E.": "note de l'éditeur",
            "N.D.E.": "note de l'éditeur",
            "N.d.E.": "note de l'éditeur",
            "N.D.É.": "note de l'éditeur",
            "N.d.É.": "note de l'éditeur",
            "NDE": "note de l'éditeur",
            "N. de l'É.": "note de l'éditeur",
            "N. de l'E.": "note de l'éditeur",
            "N. d. E.": "note de l'éditeur",
            "NdE": "note de l'éditeur",
            "N.D.T.": "note du traducteur",
            "N.d.T.": "note du traducteur",
            "NDT": "note du traducteur",
            "N.T.": "note du traducteur",
            "NdT": "note du traducteur",
            "N. d. T.": "note du traducteur",
            "N. du T.": "note du traducteur",
            "N. D. T.": "note du traducteur",
            "N.D.L.R.": "note de la rédaction",
            "N.d.l.R.": "note de la rédaction",
            "N.D.R.": "note de la rédaction",
            "N.d.R.": "note de la rédaction",
            "NDR": "note de la rédaction",
            "N.d.l.r.": "note de la rédaction",
            "NDLR": "note de la rédaction",
            "N.R.": "note de la rédaction",
            "n.d.l.r.": "note de la rédaction",
            "ndlr": "note de la rédaction",
            "N.D.A.": "note de l'auteur",
            "N.d.A.": "note de l'auteur",
            "NDA": "note de l'auteur",
            "N. d. A.": "note de l'auteur",
            "NdA": "note de l'auteur",
            "N. de l'A.": "note de l'auteur",
            "N.A.": "note de l'auteur",
            "N.d.l.A.": "note de l'auteur",
            "N.D.L.E.": "note de l'éditeur",
            "N.D.L.T.": "note de la traductrice",
            "N. B.": "nota bene",
            "N.-B.": "nota bene",
            "NB": "nota bene",
            "N.B.": "nota bene",
            "n. b.": "nota bene",
            "P.-S.": "post-scriptum",
            "P.S.": "post-scriptum",
            "P. S.": "post-scriptum",
            "P.S": "post-scriptum",
        },
        ends=True,
    ),
    # ------------------------------------------------------------ others
    *_entries(
        "others",
        {"etc.": "et cetera", "&c.": "et cetera", "etc": "et cetera", "ETC.": "et cetera"},
        ends=True,
    ),
    *_entries(
        "others",
        {
            "c.-à-d.": "c'est-à-dire",
            "c. -à-d.": "c'est-à-dire",
            "c.à.d.": "c'est-à-dire",
            "c. à d.": "c'est-à-dire",
            "c-à-d.": "c'est-à-dire",
            "c-à-d": "c'est-à-dire",
            "càd": "c'est-à-dire",
            "p. ex.": "par exemple",
            "par ex.": "par exemple",
        },
        ends=True,
        leads=True,
    ),
    *_entries(
        "others",
        {
            "p.-ê.": "peut-être",
            "S. V. P.": "s'il vous plaît",
            "S.V.P.": "s'il vous plaît",
            "svp": "s'il vous plaît",
            "s.v.p.": "s'il vous plaît",
            "env.": "environ",
            "c.q.f.d.": "ce qu'il fallait démontrer",
            "C.Q.F.D.": "ce qu'il fallait démontrer",
            "CQFD": "ce qu'il fallait démontrer",
            "qqch.": "quelque chose",
            "qqn": "quelqu'un",
            "qqch": "quelque chose",
        },
        ends=True,
    ),
    *_entries(
        "others",
        {
            "env.": "environ",
            "max.": "maximum",
            "min.": "minimum",
            "tél.": "téléphone",
            "th.": "thermostat",
        },
        after=r" ?:? ?(?=\d)",
    ),
    *_entries(
        "others",
        {"max.": "maximum", "min.": "minutes", "sec.": "secondes"},
        before=r"\d ",
        ends=True,
    ),
    *_entries(
        "others",
        {"fr.": "francs", "frs.": "francs"},
        before=r"(?:\d|millions?|milliards?) de |\b(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf"
        r"|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cents?|mille) ",
        ends=True,
    ),
    *_entries(
        "others",
        {
            "pers.": "personnes",
            "pers": "personnes",
            "pts": "points",
            "pts.": "points",
            "sach.": "sachets",
        },
        before=r"\d ",
        ends=True,
    ),
    *_entries(
        "others",
        {"alt.": "altitude", "lat.": "latitude", "long.": "longitude"},
        before=r"(?:\b[Dd]['’]|\b(?:de|en) )",
        ends=True,
    ),
    *_entries(
        "others",
        {"alt.": "altitude", "lat.": "latitude", "long.": "longitude", "sup.": "superficie"},
        after=r" ?:? (?=\d)",
    ),
    *_entries("others", {"ch.-l.": "chef-lieu", "dépt": "département", "dépt.": "département"}),
    *_entries(
        "others",
        {
            "ap.-midi": "après-midi",
            "apr.-midi": "après-midi",
            "gvt": "gouvernement",
            "led.": "ledit",
            "lad.": "ladite",
            "dud.": "dudit",
            "aud.": "audit",
            "lesd.": "lesdits",
            "desd.": "desdits",
        },
    ),
    *_entries("others", {"dép.": "départ", "arr.": "arrivée"}, after=r" ?:? (?=\d{1,2} ?[h:] ?\d)"),
    *_entries("others", {"c/": "contre"}, before=r"[\w.] ", after=rf" (?=[{UPPER}])"),
    *_entries(
        "others", {"r.": "rue"}, before=r"\d(?: bis| ter)?,? ", after=rf" (?=d[eu]|[{UPPER}])"
    ),
    *_entries(
        "others",
        {"Mt": "Mont", "Mts": "Monts", "Gd": "Grand", "Gde": "Grande", "Pt": "Petit"},
        after=_PROPER,
        before=r"(?:\A|\b(?:[Ll]e|[Ll]a|[Ll]es|[Dd]u|[Dd]e|[Dd]es|[Aa]u|[Aa]ux|à|rue|place|et),? )",
    ),
    *_entries(
        "others",
        {"bât.": "bâtiment", "esc.": "escalier", "appt": "appartement", "appt.": "appartement"},
        after=rf" (?=\d|[{UPPER}]\b)",
    ),
    *_entries(
        "others", {"aff.": "affaire"}, before=r"\b(?:l['’]|une |cette )", after=rf" (?=[{UPPER}d])"
    ),
    *_entries(
        "others",
        {"ct.": "courant", "ct": "courant", "crt.": "courant", "crt": "courant", "c.": "courant"},
        before=r"\b(?:[Dd]u|[Ll]e|[Aa]u) (?:[1-9]|[12]\d|3[01]) ",
        after=r"(?![\w'’/])",
    ),
    *_entries("others", {"M°": "métro"}, after=_PROPER),
    *_entries("others", {"T°": "température"}, after=r" ?:? ?(?=\d)"),
    *_entries("others", {"tlj": "tous les jours"}),
    *_entries("others", {"sf": "sauf"}, after=r" (?=lun|mar|mer|jeu|ven|sam|dim|vac)"),
    *_entries(
        "others",
        {"min.": "mineur", "maj.": "majeur"},
        before=r"\b(?:ut|do|ré|mi|fa|sol|la|si|dièse|bémol) ",
        ends=True,
    ),
    *_entries("others", {"rens.": "renseignements"}, after=r"(?= ?(?:au|à la|et|sur|:)(?: |$))"),
    *_entries(
        "others",
        {
            "diam.": "diamètre",
            "haut.": "hauteur",
            "larg.": "largeur",
            "prof.": "profondeur",
            "épaiss.": "épaisseur",
            "circonf.": "circonférence",
        },
        before=r"(?:m|mètres?) de ",
        ends=True,
    ),
    *_entries("others", {"b.": "bat"}, before=r"[a-z]{2} ", after=rf" (?=[{UPPER}][\w’'-]+ \d)"),
    *_entries("scholarly", {"dir.": "directive"}, after=r" (?=\d{2,4}/|n°)"),
    *_entries("others", {"frat.": "fraternité"}, before=r"\bet "),
    *_entries("others", {"auj.": "aujourd'hui"}, after=r"(?= \w)"),
    *_entries(
        "others",
        {"apr.": "après", "av.": "avant"},
        after=r" (?=l['’]|la |le |son |notre |\d{3,4}\b)",
    ),
    *_entries(
        "others",
        {
            "av.": "avenue",
            "fg": "faubourg",
            "fbg": "faubourg",
            "pl.": "place",
            "imp.": "impasse",
            "rte": "route",
            "sq.": "square",
        },
        after=rf" (?=[{UPPER}]|(?:de|du|des|de la)\b|d['’])",
        before=r"(?:\d|bis|,|\b(?i:le|la|les|l['’]|du|de|au|aux|sur|cet|cette)) ?",
    ),
    *_entries(
        "others",
        {
            "bd": "boulevard",
            "Bd": "Boulevard",
            "boul.": "boulevard",
            "bld": "boulevard",
            "blvd": "boulevard",
        },
        after=rf" (?=[{UPPER}]|(?:de|du|des|de la)\b|d['’])",
    ),
    *_entries(
        "others",
        {
            "Hte": "Haute",
            "Bse": "Basse",
            "Ht": "Haut",
            "Htes": "Hautes",
            "Htes.": "Hautes",
            "Bses": "Basses",
            "Nvelle": "Nouvelle",
        },
        after=_PROPER,
    ),
    *_entries("others", {"ex.": "exemple"}, before=r"\b[Pp]ar "),
    *_entries("others", {"ap.": "après", "apr.": "après"}, before=r"\b[Dd]['’]"),
    *_entries(
        "others",
        {
            "anc.": "ancien",
            "qq.": "quelques",
            "qques": "quelques",
            "nomb.": "nombreux",
            "extr.": "extrait",
            "temp.": "température",
        },
        after=r"(?= [a-zà-ÿ])",
    ),
    *_entries("others", {"Ch.": "Charles", "Ph.": "Philippe"}, after=_PROPER, before=_NOT_INITIAL),
    *_entries(
        "others",
        {"Ch.": "Charles", "Ph.": "Philippe"},
        after=_NOBLE,
        before=rf"(?<!, )(?<!\bbis )(?<!\ble ){_NOT_INITIAL}",
    ),
    *_entries("others", {"ch.": "chemin"}, after=r" (?=de fer\b)"),
    # ------------------------------------------------------------ known to the splitter alone:
    # amounts and units, which other rules say, and first names too uncertain to be said in full
    *_entries("", {"l.": "", "liv.": "", "s.": ""}, before=r"\d ?", after=r",? (?=\d+ ?[sd]\b)"),
    *_entries(
        "",
        {
            "fr.": "",
            "frs.": "",
            "cent.": "",
            "h.": "",
            "km.": "",
            "kg.": "",
            "m.": "",
            "hect.": "",
            "lat.": "",
            "long.": "",
            "alt.": "",
            "liv.": "",
            "kil.": "",
            "kilom.": "",
        },
        ends=True,
    ),
    *_entries(
        "",
        {"P.-D.G.": "", "P.D.G.": "", "D.G.": ""},
        after=rf" (?!(?:L[ea]s?|L['’]|Une?|Des?|Du|À)\b)(?=[{UPPER}])",
    ),
    *_entries(
        "",
        {"f.": "", "c.": "", "ct.": "", "cts.": "", "sh.": "", "kop.": "", "fl.": "", "rbl.": ""},
        before=r"\d ",
        ends=True,
    ),
    *_entries(
        "first names",
        {
            "Th.": "",
            "Chr.": "",
            "Aug.": "",
            "Alex.": "",
            "Alph.": "",
            "Ed.": "",
            "Edm.": "",
            "Em.": "",
            "Ém.": "",
            "Eug.": "",
            "Ferd.": "",
            "Fr.": "",
            "Fréd.": "",
            "Gust.": "",
            "Guill.": "",
            "Jos.": "",
            "Just.": "",
            "Nic.": "",
            "Phil.": "",
            "Vict.": "",
            "Wm.": "",
            "Is.": "",
            "Ant.": "",
            "Aut.": "",
            "Barth.": "",
            "Bern.": "",
            "Cl.": "",
            "Fél.": "",
            "Georg.": "",
            "Jac.": "",
            "Jacq.": "",
            "Ls.": "",
            "Léop.": "",
            "Marg.": "",
            "Math.": "",
            "Mich.": "",
            "Seb.": "",
            "Séb.": "",
            "Tim.": "",
            "Vinc.": "",
            "Rob.": "",
        },
        after=_PROPER,
    ),
    *_entries(
        "",
        {
            "Matt.": "",
            "Rom.": "",
            "Cor.": "",
            "Gen.": "",
            "Ex.": "",
            "Lév.": "",
            "Deut.": "",
            "Ps.": "",
            "Prov.": "",
            "Apoc.": "",
            "réf.": "",
            "tél.": "",
            "no.": "",
            "nos.": "",
            "t.": "",
        },
        after=_NUMBER,
    ),
)
"""Every abbreviation; to add one, add it to the entries of its kind, and a case to the tests."""
