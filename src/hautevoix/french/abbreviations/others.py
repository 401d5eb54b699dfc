"""Abbreviations: all others that are said."""

from __future__ import annotations

from hautevoix.french.abbreviations.contexts import (
    NOBLE,
    NOT_INITIAL,
    PROPER,
    UPPER,
)
from hautevoix.french.abbreviations.entry import Abbreviation, entries

OTHERS: tuple[Abbreviation, ...] = (
    *entries(
        "others",
        {"etc.": "et cetera", "&c.": "et cetera", "etc": "et cetera", "ETC.": "et cetera"},
        ends=True,
    ),
    *entries(
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
    *entries(
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
    *entries(
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
    *entries(
        "others",
        {"max.": "maximum", "min.": "minutes", "sec.": "secondes"},
        before=r"\d ",
        ends=True,
    ),
    *entries(
        "others",
        {"fr.": "francs", "frs.": "francs"},
        before=r"(?:\d|millions?|milliards?) de |\b(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf"
        r"|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cents?|mille) ",
        ends=True,
    ),
    *entries(
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
    *entries(
        "others",
        {"alt.": "altitude", "lat.": "latitude", "long.": "longitude"},
        before=r"(?:\b[Dd]['’]|\b(?:de|en) )",
        ends=True,
    ),
    *entries(
        "others",
        {"alt.": "altitude", "lat.": "latitude", "long.": "longitude", "sup.": "superficie"},
        after=r" ?:? (?=\d)",
    ),
    *entries("others", {"ch.-l.": "chef-lieu", "dépt": "département", "dépt.": "département"}),
    *entries(
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
    *entries("others", {"dép.": "départ", "arr.": "arrivée"}, after=r" ?:? (?=\d{1,2} ?[h:] ?\d)"),
    *entries("others", {"c/": "contre"}, before=r"[\w.] ", after=rf" (?=[{UPPER}])"),
    *entries(
        "others", {"r.": "rue"}, before=r"\d(?: bis| ter)?,? ", after=rf" (?=d[eu]|[{UPPER}])"
    ),
    *entries(
        "others",
        {"Mt": "Mont", "Mts": "Monts", "Gd": "Grand", "Gde": "Grande", "Pt": "Petit"},
        after=PROPER,
        before=r"(?:\A|\b(?:[Ll]e|[Ll]a|[Ll]es|[Dd]u|[Dd]e|[Dd]es|[Aa]u|[Aa]ux|à|rue|place|et),? )",
    ),
    *entries(
        "others",
        {"bât.": "bâtiment", "esc.": "escalier", "appt": "appartement", "appt.": "appartement"},
        after=rf" (?=\d|[{UPPER}]\b)",
    ),
    *entries(
        "others", {"aff.": "affaire"}, before=r"\b(?:l['’]|une |cette )", after=rf" (?=[{UPPER}d])"
    ),
    *entries(
        "others",
        {"ct.": "courant", "ct": "courant", "crt.": "courant", "crt": "courant", "c.": "courant"},
        before=r"\b(?:[Dd]u|[Ll]e|[Aa]u) (?:[1-9]|[12]\d|3[01]) ",
        after=r"(?![\w'’/])",
    ),
    *entries(
        "others",
        {"ouv.": "ouvert"},
        after=r" (?=du (?:lun|mar|mer|jeu|ven|sam|dim|\d)|tlj|tous |le \w+ de |de \d|l['’]été)",
    ),
    *entries("others", {"M°": "métro"}, after=PROPER),
    *entries("others", {"T°": "température"}, after=r" ?:? ?(?=\d)"),
    *entries("others", {"tlj": "tous les jours"}),
    *entries("others", {"sf": "sauf"}, after=r" (?=lun|mar|mer|jeu|ven|sam|dim|vac)"),
    *entries(
        "others",
        {"min.": "mineur", "maj.": "majeur"},
        before=r"\b(?:ut|do|ré|mi|fa|sol|la|si|dièse|bémol) ",
        ends=True,
    ),
    *entries("others", {"rens.": "renseignements"}, after=r"(?= ?(?:au|à la|et|sur|:)(?: |$))"),
    *entries(
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
    *entries("others", {"b.": "bat"}, before=r"[a-z]{2} ", after=rf" (?=[{UPPER}][\w’'-]+ \d)"),
    *entries("scholarly", {"dir.": "directive"}, after=r" (?=\d{2,4}/|n°)"),
    *entries("others", {"frat.": "fraternité"}, before=r"\bet "),
    *entries("others", {"auj.": "aujourd'hui"}, after=r"(?= \w)"),
    *entries(
        "others",
        {"apr.": "après", "av.": "avant"},
        after=r" (?=l['’]|la |le |son |notre |\d{3,4}\b)",
    ),
    *entries(
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
    *entries(
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
    *entries(
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
        after=PROPER,
    ),
    *entries("others", {"ex.": "exemple"}, before=r"\b[Pp]ar "),
    *entries("others", {"ap.": "après", "apr.": "après"}, before=r"\b[Dd]['’]"),
    *entries(
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
    *entries("others", {"Ch.": "Charles", "Ph.": "Philippe"}, after=PROPER, before=NOT_INITIAL),
    *entries(
        "others",
        {"Ch.": "Charles", "Ph.": "Philippe"},
        after=NOBLE,
        before=rf"(?<!, )(?<!\bbis )(?<!\ble ){NOT_INITIAL}",
    ),
    *entries("others", {"ch.": "chemin"}, after=r" (?=de fer\b)"),
)
