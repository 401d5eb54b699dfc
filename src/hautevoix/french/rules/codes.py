"""Numbers that are names: social security, bank accounts, plates, references, post codes."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, digit_by_digit, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS


def grouped(written: str, c: Counting) -> str:
    """Return groups of figures one by one, and letters by name, as on a form.

    >>> grouped("AB-123-CD", Counting.FRANCE)
    'A B cent vingt-trois C D'
    """
    said: list[str] = []
    for piece in re.findall(r"[A-Za-z]+|\d+|[/_.]", written):
        if piece.isdigit():
            said.append(_group(piece, c))
        elif piece.isalpha():
            said.append(" ".join(piece.upper()))
        else:
            said.append({"/": "barre", "_": "tiret bas", ".": "point"}[piece])
    return " ".join(said)


def _group(figures: str, c: Counting) -> str:
    if figures[0] == "0" and len(figures) > 1:
        zeros = len(figures) - len(figures.lstrip("0"))
        rest = figures[zeros:]
        return " ".join([*["zéro"] * zeros, *([number(rest, counting=c)] if rest else [])])
    return number(figures, counting=c) if len(figures) <= 4 else digit_by_digit(figures)  # a year


@rule(
    "social-security",
    r"(?<![\w,.])(?P<x>[1-478] ?\d\d ?[0-9]\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?[-/]? ?"
    r"(?:clé ?:? ?)?\d\d)?)(?![\w]|[,.]\d| \d)",
    why="The number of a person at the social security is said group by group.",
    needs=DIGITS,
    starts="1-8",
)
def _social_security(match: re.Match[str], c: Counting) -> str | None:
    plain = re.sub(r"[^\dAB]", "", match["x"])
    if plain == match["x"] and not _NIR.search(
        match.string[max(0, match.start() - 40) : match.start()]
    ):
        return None
    groups = [plain[:1], plain[1:3], plain[3:5], plain[5:7], plain[7:10], plain[10:13], plain[13:]]
    return " ".join(grouped(group, c) for group in groups if group)


_NIR = re.compile(r"(?i:sécurité sociale|\bnir\b|\binsee\b|\bsécu\b|\bn°|\bassuré)")


@rule(
    "bank-accounts",
    r"(?<![\w])(?P<x>[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)(?![\w])",
    why="The number of an account is said group by group.",
    needs=DIGITS,
    starts="A-Z",
)
def _bank_accounts(match: re.Match[str], c: Counting) -> str:
    groups = match["x"].split(" ")
    if len(groups) == 1:
        groups = re.findall(".{1,4}", match["x"])
    return " ".join(grouped(group, c) for group in groups)


@rule(
    "plates",
    r"(?<![\w-])(?P<x>[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2})(?![\w-])|(?<![\w,.-])"
    r"(?P<old>\d{1,4} [A-Z]{2,3} (?:\d\d|2[AB]|97\d))(?![\w]|[,.]\d)",
    why="A car's plate is said by letters and numbers.",
    needs=DIGITS,
    starts="A-Z0-9",
)
def _plates(match: re.Match[str], c: Counting) -> str:
    return grouped(match["x"] or match["old"], c)


_LED = (
    r"(?i:r[ée]f(?:érence)?s?\.?|code(?: article| produit| client| promo| barre)?|dossier|commande"
    r"|facture|devis|contrat|série|lot|modèle|immatricul[a-zé]*"
    r"|identifiant|matricule|compte|client|siret|siren|siège|vol|train|bus|ligne|norme|brevet|NOR|ECLI|permis|passeport|carte|colis|suivi|ticket"
    r"|n°|numéro|produit|article|version|bon|chèque|police|isbn|issn|doi|ean|iso|nf|en|bic|rcs|naf|ape|tva|licence|chassis|châssis|imei)"
)


@rule(
    "references-codes",
    rf"\b{_LED}(?: (?:n°|numéro|de|d['’]))?(?: ?:)? ?(?P<x>(?=[A-Z0-9/_.-]*\d)"
    rf"(?=[A-Z0-9/_.-]*[A-Z-])(?:[A-Z0-9]{{1,12}}[-/_.]){{1,6}}[A-Z0-9]{{1,12}}|(?=[A-Z]*\d)"
    rf"(?=\d*[A-Z])[A-Z0-9]{{4,16}})(?![\w]|[-/]\w)",
    why="A reference is said by letters and groups of figures.",
    needs=(DIGITS, "-/_.ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def _references_codes(match: re.Match[str], c: Counting) -> str | None:
    x = match["x"]
    if not re.search("[A-Z]", x) and "issn" not in match[0].lower():
        return None  # « n° 2016-1088 » is a law's
    if re.fullmatch(r"[LRDA]\.?\d+(?:-\d+)*", x) or re.fullmatch(r"[IVXLC]+[-/][IVXLC]+", x):
        return None
    return grouped(x, c)


@rule(
    "mixed-codes",
    r"(?<![\w.,/-])(?P<x>[A-Z]{1,5}-\d{1,8}(?:-[A-Z0-9]{1,8}){1,4}|\d{4}-[A-Z]{1,5}-\d{1,8}|[A-Z]{2,5}-\d{3,8}|[CTF]-\d{1,4}/\d\d)(?![\w]|-\w)",
    why="Letters and figures that hyphens join are said one by one.",
    needs=(DIGITS, "-"),
    starts="A-Z0-9",
)
def _mixed_codes(match: re.Match[str], c: Counting) -> str:
    return grouped(match["x"], c)


@rule(
    "company-numbers",
    r"\b(?:(?i:siren|siret|rcs(?: [A-Z][a-zé-]{1,20})?)(?: ?:)?(?: n°)?) ?"
    r"(?P<x>\d{3} ?\d{3} ?\d{3}(?: ?\d{5})?)(?!\d)",
    why="A company's number is said by groups of three figures.",
    needs=DIGITS,
)
def _company_numbers(match: re.Match[str], c: Counting) -> str:
    plain = match["x"].replace(" ", "")
    groups = [plain[:3], plain[3:6], plain[6:9], plain[9:]]
    return " ".join(_group(group, c) for group in groups if group)


RULES: tuple[Rule, ...] = (
    _bank_accounts,
    _social_security,
    _company_numbers,
    _plates,
    _references_codes,
    _mixed_codes,
)
