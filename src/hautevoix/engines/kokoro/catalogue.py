"""Kokoro's voices: those that can be had, those installed here, and blends of them."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from hautevoix.engines.assets import Asset, Offer, fingerprint
from hautevoix.errors import EngineError
from hautevoix.localization import noop, tr
from hautevoix.model import Voice

if TYPE_CHECKING:
    from pathlib import Path

RECOMMENDED = "ff_siwis"
ENGINE = "kokoro"
_LICENCE = "Apache-2.0"
_ACCENTS = {
    "a": ("en", noop("American")),
    "b": ("en", noop("British")),
    "e": ("es", noop("Spanish")),
    "f": ("fr", ""),
    "h": ("hi", noop("Hindi")),
    "i": ("it", noop("Italian")),
    "j": ("ja", noop("Japanese")),
    "p": ("pt", noop("Brazilian")),
    "z": ("zh", noop("Chinese")),
}


@functools.cache
def model() -> Asset:
    """Return the model that all the voices share."""
    return _known()[0]


@functools.cache
def offers() -> tuple[Offer, ...]:
    """Return the voices that can be installed, the French one first."""
    _, assets = _known()
    return tuple(_offer(name, asset) for name, asset in assets.items())


@functools.cache
def _known() -> tuple[Asset, dict[str, Asset]]:
    text = resources.files("hautevoix.engines.kokoro").joinpath("voices.toml").read_text("utf-8")
    table = tomllib.loads(text)
    told, voices = table["model"], table["voices"]
    file = told["file"]
    wheels = tuple(told["wheels"])
    shared = Asset(f"kokoro/{file}", told["url"], file, told["size"], told["sha256"], wheels=wheels)
    assets = {
        name: Asset(
            f"kokoro/{name}.bin",
            f"{voices['base_url']}/{name}.bin",
            f"voices/{name}.bin",
            voices["size"],
            sha256,
        )
        for name, sha256 in voices["sha256"].items()
    }
    return shared, assets


def _offer(name: str, asset: Asset) -> Offer:
    quality = "natural" if name == RECOMMENDED else tr("natural, with an accent")
    return Offer(
        engine=ENGINE,
        name=name,
        description=_description(name),
        quality=quality,
        licence=_LICENCE,
        sex=_sex(name),
        assets=(model(), asset),
        minor=name != RECOMMENDED,
    )


def _description(name: str) -> str:
    """Return what a voice's name tells: the second part is its own, the first letter its accent.

    >>> _description("if_sara"), _description("ff_siwis")
    ('Sara, Italian accent', 'Siwis, French of France')
    """
    accent = _ACCENTS[name[0]][1]
    return (
        tr("{capitalize}, {accent} accent", capitalize=name[3:].capitalize(), accent=tr(accent))
        if accent
        else tr("Siwis, French of France")
    )


def _sex(name: str) -> str:
    return "female" if name[1] == "f" else "male"


def installed() -> tuple[Voice, ...]:
    """Return the voices installed, the French one first; none without the model."""
    if not model().path.is_file():
        return ()
    return tuple(
        Voice(
            offer.name,
            offer.description,
            _ACCENTS[offer.name[0]][0],
            offer.sex,
            offer.quality,
            offer.licence,
            build=_build((offer.name,)),
        )
        for offer in offers()
        if style_file(offer.name).is_file()
    )


def style_file(name: str) -> Path:
    """Return where the style of the voice called ``name`` lies or would lie."""
    return model().path.with_name(f"{name}.bin")


def _build(names: tuple[str, ...]) -> str:
    """Return what tells apart the same names with another model or other styles."""
    prints = [fingerprint(path) for path in (model().path, *map(style_file, names))]
    return hashlib.sha256(" ".join(prints).encode()).hexdigest()[:16]


def blend(name: str) -> Voice | None:
    """Return the voice that is mixed of several, as « ff_siwis:70,if_sara:30 » names it.

    None where ``name`` has not that form. Raises EngineError where one of them is not installed.
    """
    shares = parts(name)
    if shares is None:
        return None
    there = {voice.name: voice for voice in installed()}
    for part, _ in shares:
        if part not in there:
            known = any(offer.name == part for offer in offers())
            advice = (
                tr("Get it: hautevoix voices install {part}", part=part)
                if known
                else tr("See: hautevoix voices")
            )
            raise EngineError(
                tr("The blend « {name} » needs the voice {part}.", name=name, part=part),
                advice=advice,
            )
    names = tuple(part for part, _ in shares)
    sexes = {there[part].sex for part in names}
    sex = sexes.pop() if len(sexes) == 1 else ""
    return Voice(name, "a blend", "fr", sex, "natural", _LICENCE, build=_build(names))


def styles(name: str) -> tuple[tuple[str, float], ...]:
    """Return the files of a voice's or a blend's styles, each with its share of 1."""
    shares = parts(name) or ((name, 1.0),)
    return tuple((str(style_file(part)), share) for part, share in shares)


def parts(name: str) -> tuple[tuple[str, float], ...] | None:
    """Return each part of a blend with its share of 1; None where ``name`` is no blend's.

    Raises EngineError for a share that is no positive number. Without a share, parts are equal.

    >>> parts("ff_siwis:70,if_sara:30")
    (('ff_siwis', 0.7), ('if_sara', 0.3))
    >>> parts("ff_siwis")
    """
    if "," not in name and ":" not in name:
        return None
    pairs = [part.partition(":") for part in name.split(",")]
    weights = [_weight(weight if parted else "1", name) for _, parted, weight in pairs]
    total = sum(weights)
    names = [part.strip() for part, _, _ in pairs]
    return tuple((part, weight / total) for part, weight in zip(names, weights, strict=True))


def _weight(text: str, name: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not 0 < weight < 1e6:  # a share, whatever the whole is; not infinity
        raise EngineError(
            tr("The blend « {name} »: « {text} » is no share.", name=name, text=text),
            advice=tr("Write VOICE:SHARE,VOICE:SHARE, as in ff_siwis:70,if_sara:30."),
        )
    return weight
