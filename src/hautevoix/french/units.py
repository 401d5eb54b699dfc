"""Units of measure and of money: symbol → how one and how many are said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``cents`` names the hundredth, where two decimals are said as that."""

    one: str
    many: str
    feminine: bool = False
    cents: str = ""


def _regular(told: dict[str, str], *, feminine: bool = False) -> dict[str, Unit]:
    return {symbol: Unit(name, _many(name), feminine) for symbol, name in told.items()}


def _many(name: str) -> str:
    counted, par, per = name.partition(" par ")
    words = (word if word in ("Celsius", "Fahrenheit") else f"{word}s" for word in counted.split())
    return " ".join(words) + par + per


def _per(told: dict[str, tuple[str, str]], *, feminine: bool = False) -> dict[str, Unit]:
    return {symbol: Unit(one, many, feminine) for symbol, (one, many) in told.items()}


MEASURES: dict[str, Unit] = {
    **_regular(
        {
            "km": "kilomètre", "Km": "kilomètre", "Km2": "kilomètre carré",
            "Km²": "kilomètre carré", "hm": "hectomètre", "dam": "décamètre", "m": "mètre",
            "dm": "décimètre", "cm": "centimètre", "mm": "millimètre", "μm": "micromètre",
            "nm": "nanomètre", "kg": "kilogramme", "hg": "hectogramme", "g": "gramme",
            "gr": "gramme", "cg": "centigramme", "mg": "milligramme", "μg": "microgramme",
            "q": "quintal", "hl": "hectolitre", "hL": "hectolitre", "l": "litre", "L": "litre",
            "dl": "décilitre", "dL": "décilitre", "cl": "centilitre", "cL": "centilitre",
            "ml": "millilitre", "mL": "millilitre", "ha": "hectare", "km²": "kilomètre carré",
            "m²": "mètre carré", "dm²": "décimètre carré", "cm²": "centimètre carré",
            "mm²": "millimètre carré", "km2": "kilomètre carré", "m2": "mètre carré",
            "cm2": "centimètre carré", "mm2": "millimètre carré", "km³": "kilomètre cube",
            "m³": "mètre cube", "dm³": "décimètre cube", "cm³": "centimètre cube",
            "mm³": "millimètre cube", "mm3": "millimètre cube", "m3": "mètre cube",
            "dm3": "décimètre cube",
            "cm3": "centimètre cube", "km3": "kilomètre cube", "cc": "centimètre cube",
            "km/h": "kilomètre par heure", "kmh": "kilomètre par heure",
            "km/s": "kilomètre par seconde", "m/s": "mètre par seconde",
            "cm/s": "centimètre par seconde", "m/min": "mètre par minute",
            "tr/min": "tour par minute", "g/l": "gramme par litre", "g/L": "gramme par litre",
            "m/s²": "mètre par seconde carrée", "m/s2": "mètre par seconde carrée",
            "mg/l": "milligramme par litre", "kg/m³": "kilogramme par mètre cube",
            "°C": "degré Celsius",
            "° C": "degré Celsius", "°F": "degré Fahrenheit", "kW": "kilowatt",
            "MW": "mégawatt", "GW": "gigawatt", "W": "watt", "kWh": "kilowattheure",
            "MWh": "mégawattheure", "GWh": "gigawattheure", "TWh": "térawattheure",
            "V": "volt", "kV": "kilovolt", "mV": "millivolt", "mA": "milliampère",
            "kHz": "kilohertz", "kJ": "kilojoule", "kPa": "kilopascal", "hPa": "hectopascal",
            "mol": "mole", "Ko": "kilooctet", "ko": "kilooctet", "Mo": "mégaoctet",
            "Go": "gigaoctet", "To": "téraoctet", "µg": "microgramme",
            "cp": "comprimé", "Pa": "pascal", "MPa": "mégapascal", "mbar": "millibar",
            "kN": "kilonewton", "Gt": "gigatonne",
            "mmol/l": "millimole par litre", "mmol/L": "millimole par litre",
            "mol/l": "mole par litre", "mol/L": "mole par litre",
            "g/cm³": "gramme par centimètre cube",
            "mAh": "milliampèreheure", "Wh": "wattheure", "km/sec": "kilomètre par seconde",
            "dB": "décibel", "j": "jour",
            "hab": "habitant", "hab/km²": "habitant par kilomètre carré",
            "hab./km²": "habitant par kilomètre carré", "Ω": "ohm", "kt": "kilotonne",
        }
    ),
    **_per(
        {
            "mmHg": ("millimètre de mercure", "millimètres de mercure"),
            "mm Hg": ("millimètre de mercure", "millimètres de mercure"),
            "Hz": ("hertz", "hertz"), "MHz": ("mégahertz", "mégahertz"),
            "GHz": ("gigahertz", "gigahertz"),
            "Ga": ("milliard d'années", "milliards d'années"),
            "Ma": ("million d'années", "millions d'années"),
            "ka": ("millier d'années", "milliers d'années"),
            "tr/mn": ("tour par minute", "tours par minute"),
            "r.p.m.": ("tour par minute", "tours par minute"),
            "rpm": ("tour par minute", "tours par minute"),
            "m.p.h.": ("mille à l'heure", "milles à l'heure"),
            "mph": ("mille à l'heure", "milles à l'heure"),
            "dpi": ("point par pouce", "points par pouce"),
            "ppp": ("point par pouce", "points par pouce"),
            "kg/ha": ("kilogramme par hectare", "kilogrammes par hectare"),
            "px": ("pixel", "pixels"), "MP": ("mégapixel", "mégapixels"), "ch": ("cheval",
            "chevaux"),
            "CV": ("cheval", "chevaux"), "cv": ("cheval", "chevaux"), "bar": ("bar", "bars"),
            "q": ("quintal", "quintaux"), "qx": ("quintal", "quintaux"),
            "kil": ("kilo", "kilos"), "kilom": ("kilomètre", "kilomètres"),
            "hect": ("hectare", "hectares"), "kms": ("kilomètre", "kilomètres"),
            "kgs": ("kilogramme", "kilogrammes"), "ans": ("an", "ans"),
        }
    ),
    **_per(
        {
            "al": ("année-lumière", "années-lumière"),
            "s.-l.": ("seconde-lumière", "secondes-lumière"),
            "UI": ("unité internationale", "unités internationales"),
            "a.l.": ("année-lumière", "années-lumière"),
            "a.-l.": ("année-lumière", "années-lumière"),
        },
        feminine=True,
    ),
    **_regular(
        {
            "t": "tonne", "Mt": "mégatonne", "min": "minute", "mn": "minute", "mns": "minute",
            "s": "seconde",
            "sec": "seconde", "ms": "milliseconde", "kcal": "kilocalorie", "cal": "calorie",
            "lb": "livre", "lbs": "livre", "oz": "once",
        },
        feminine=True,
    ),
}  # fmt: skip
"""Symbols that follow a number; squares and cubes with a raised or a plain digit."""
del MEASURES["ans"]

ALONE = (
    "Km2",
    "Km²",
    "km²",
    "m²",
    "km³",
    "m³",
    "km/h",
    "kWh",
    "km",
    "kg",
    "cm",
    "mm",
    "°C",
    "ha",
    "cm²",
    "cm³",
    "m3",
    "m2",
    "km2",
)
"""Symbols that are said even where no number stands before them."""

MONEY: dict[str, Unit] = {
    "liv.": Unit("livre", "livres", feminine=True),
    **{
        s: Unit("franc", "francs", cents="centime")
        for s in (
            "F",
            "fr.",
            "fr",
            "frs",
            "frs.",
            "Fr",
            "Fr.",
            "Frs",
            "Frs.",
            "FF",
            "FRF",
            "f.",
            "f",
        )
    },
    **{s: Unit("franc suisse", "francs suisses", cents="centime") for s in ("CHF", "FS")},
    **{s: Unit("franc belge", "francs belges", cents="centime") for s in ("FB", "BEF")},
    **{s: Unit("euro", "euros", cents="centime") for s in ("€", "EUR", "Eur")},
    **{s: Unit("dollar", "dollars", cents="cent") for s in ("$ US", "$", "USD", "US$", "$US")},
    **{s: Unit("livre", "livres", feminine=True, cents="penny") for s in ("£", "GBP")},
    **{s: Unit("yen", "yens") for s in ("¥", "JPY")},
    **{s: Unit("rouble", "roubles") for s in ("₽", "RUB", "rbl.", "rbl")},
    **{s: Unit("centime", "centimes") for s in ("cent.", "cts", "ct.", "cts.", "c.", "¢")},
    **{s: Unit("mark", "marks") for s in ("DM", "Mk.", "RM")},
    **{s: Unit("florin", "florins") for s in ("fl.", "ƒ")},
    **{s: Unit("kopeck", "kopecks") for s in ("kop.", "kop")},
    **{s: Unit("livre tournois", "livres tournois", feminine=True) for s in ("l. t.", "l.t.")},
    **{s: Unit("shilling", "shillings") for s in ("sh.",)},
}
"""Currencies, old and new, by what print puts after (or before) the amount."""

MULTIPLES = {
    "k": ("mille", "mille"),
    "K": ("mille", "mille"),
    "M": ("million", "millions"),
    "Md": ("milliard", "milliards"),
    "Mds": ("milliard", "milliards"),
    "Mrd": ("milliard", "milliards"),
    "G": ("milliard", "milliards"),
    "Mio": ("million", "millions"),
}
"""What stands before a currency's symbol: « 3 M€ »."""

RATES: dict[str, str] = {
    **{
        symbol: MEASURES[symbol].one
        for symbol in (
            *ALONE, "m", "mn", "min", "s", "g", "mg", "t", "l", "L", "dl", "dL", "ml", "mL", "mol",
            "mm3", "mm³", "mm²", "kcal",
            "kW", "MW", "hab", "j",
        )
    },
    **{f"{short}.": name for short, name in (("sem", "semaine"), ("pers", "personne"))},
    **{f"{short}.": name for short, name in (("hab", "habitant"), ("trim", "trimestre"))},
    "h": "heure", "sem": "semaine", "pers": "personne", "an": "an", "mois": "mois", "jour": "jour",
    "heure": "heure", "minute": "minute", "seconde": "seconde", "semaine": "semaine",
    "nuit": "nuit", "trimestre": "trimestre", "personne": "personne", "habitant": "habitant",
    "élève": "élève", "place": "place", "lit": "lit", "foyer": "foyer", "ménage": "ménage",
    "famille": "famille", "enfant": "enfant", "repas": "repas", "litre": "litre", "kilo": "kilo",
    "mètre": "mètre", "tonne": "tonne", "hectare": "hectare", "page": "page", "ligne": "ligne",
    "baril": "baril", "once": "once", "tête": "tête", "unité": "unité", "bouteille": "bouteille",
    "part": "part", "image": "image", "mot": "mot", "carton": "carton", "colis": "colis",
    "sec": "seconde", "ko": "kilooctet", "Mo": "mégaoctet", "Go": "gigaoctet", "cm": "centimètre",
    "oz": "once", "séance": "séance", "dose": "dose", "prise": "prise", "tour": "tour",
    "battement": "battement",
}  # fmt: skip
"""What an amount may go by, after a slash: « 8 h/nuit », « 25 kg/m² »."""

COUNTED = frozenset(
    word
    for unit in (*MEASURES.values(), *MONEY.values())
    for name in (unit.one, unit.many)
    for word in name.split()
) - {"jour", "jours"} | {"heure", "heures"}
"""The words that end the name of a unit, after which a slash is « par »: « jour/nuit » is not."""
