"""Abbreviations: ranks of armies and fleets, in small letters."""

from __future__ import annotations

from hautevoix.french.abbreviations.contexts import UPPER
from hautevoix.french.abbreviations.entry import Abbreviation, entries

RANKS: tuple[Abbreviation, ...] = (
    *entries(
        "titles",
        {
            "sgt": "sergent",
            "sgt.": "sergent",
            "serg.": "sergent",
            "sgt-chef": "sergent-chef",
            "cdt": "commandant",
            "cdt.": "commandant",
            "lt": "lieutenant",
            "lt.": "lieutenant",
            "lieut.": "lieutenant",
            "capt.": "capitaine",
            "cap.": "capitaine",
            "cne": "capitaine",
            "cpl": "caporal",
            "cpl.": "caporal",
            "cap.-chef": "caporal-chef",
            "adj.": "adjudant",
            "adj.-chef": "adjudant-chef",
            "adjt": "adjudant",
            "gal": "général",
            "gén.": "général",
            "col.": "colonel",
            "cel": "colonel",
            "slt": "sous-lieutenant",
            "amal": "amiral",
            "mal": "maréchal",
            "mar.": "maréchal",
            "brig.": "brigadier",
            "mdl": "maréchal des logis",
            "Adj.": "adjudant",
            "Cpl": "caporal",
            "Col.": "colonel",
            "Adj": "adjudant",
            "Ltt": "lieutenant",
            "Slt": "sous-lieutenant",
            "asp.": "aspirant",
            "insp.": "inspecteur",
            "comm.": "commissaire",
            "cap": "capitaine",
            "capt": "capitaine",
            "Capt.": "capitaine",
            "Capt": "capitaine",
        },
        after=(
            rf" (?=(?:de |d['’])?[{UPPER}][{UPPER}a-zà-ÿ’'-]+|de (?:division|brigade|corps|armée"
            rf"|vaisseau|frégate|corvette)\b)"
        ),
        before=(
            r"(?:\A|[.,;:(«] |\b(?:[LlDd]e|[Ll]es|[Dd]u|[Aa]u|[Aa]ux|et|un|notre|[Cc]e|par"
            r"|[Ll]['’]|[Dd]e l['’]|[Mm]on) ?|[Ll]['’])"
        ),
    ),
)
