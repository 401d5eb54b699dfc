"""Abbreviations: eras, months and days."""

from __future__ import annotations

from hautevoix.french.abbreviations.contexts import (
    AFTER_CENTURY,
)
from hautevoix.french.abbreviations.entry import Abbreviation, entries

DATES: tuple[Abbreviation, ...] = (
    # ------------------------------------------------------------ eras
    *entries(
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
    *entries(
        "eras",
        {"s.": "siècles", "siècl.": "siècles"},
        before=rf"\b[IVXivx]+(?:e|er|ème|ᵉ|°)? ?(?:-|–|—|/|et|ou|au) ?{AFTER_CENTURY}"
        rf"|ième (?:et|ou|au) {AFTER_CENTURY}",
        ends=True,
    ),
    *entries(
        "eras",
        {"s.": "siècle", "siècl.": "siècle", "ss.": "siècles"},
        before=rf"{AFTER_CENTURY}|(?:1\d|2[01])e ",
        ends=True,
    ),
    # ------------------------------------------------------------ months and days, beside a day
    *entries(
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
    *entries(
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
    *entries(
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
    *entries(
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
    *entries(
        "months",
        {
            "lun.": "lundi",
            "mar.": "mardi",
            "mer.": "mercredi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
            "vend.": "vendredi",
        },
        before=(
            r"(?:\b(?:[Ff]ermée?s?|[Oo]uverte?s?|[Ss]auf|sf|[Cc]haque|tous les|(?:(?:lun|mar"
            r"|mercre|jeu|vendre|same)di|dimanche)(?: |, | et | au )(?:et |au )?|(?:lun|mar|mer"
            r"|jeu|ven|sam)\.(?:, | et | au |-)) ?)"
        ),
        after=r"(?=[ ,;:.)/-]|$)(?! ?\d)",
        ends=True,
    ),
    *entries(
        "months",
        {
            "lun.": "lundi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
        },
        before=r"\b(?:[Ll]e|[Dd]u|[Aa]u) ",
        after=r"(?=[,;:)]|$)",
        ends=True,
    ),
    *entries(
        "months",
        {
            "lun.": "lundi",
            "mar.": "mardi",
            "mer.": "mercredi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
        },
        after=r"(?=(?:, | et | au | ?[-–/] ?)(?:lun|mar|mer|jeu|ven|sam|dim)\.)",
    ),
    *entries(
        "months",
        {
            "lun.": "lundi",
            "mar.": "mardi",
            "mer.": "mercredi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
        },
        before=r"\b(?:[Dd]u|[Aa]u|[Ll]e|sauf) ",
        after=r" (?=(?:au|et) (?:lun|mar|mer|jeu|ven|sam|dim)|de \d{1,2} ?h|\d{1,2} ?h)",
    ),
    *entries(
        "months",
        {
            "janv.": "janvier",
            "févr.": "février",
            "avr.": "avril",
            "juil.": "juillet",
            "juill.": "juillet",
            "sept.": "septembre",
            "oct.": "octobre",
            "nov.": "novembre",
            "déc.": "décembre",
        },
        before=r"\b(?:[Dd]['’]|(?:[Dd]e|[Ee]n|[Ff]in|[Dd]ébut|à) |[Mm]i-)",
        after=r"(?= (?:à|au|et) |,)",
    ),
)
