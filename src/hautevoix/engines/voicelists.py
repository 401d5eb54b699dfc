"""The list of voices that a server of speech may have: what ``GET …/audio/voices`` answers.

OpenAI's protocol has no such list, and servers that added one differ in its form. From their
sources: Kokoro-FastAPI gave names, then « id » and « name » for each; Speaches tells language and
sex; others name the list « data » or « items », or give it bare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import Voice
from hautevoix.parsing.bounded import json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = ("voices", "data", "items")
_IDENTITIES = ("id", "voice_id", "name")
_LANGUAGES = ("language", "lang", "locale")
_KOKORO = re.compile(r"([abefhijpz])([fm])_\w+")  # language, sex, name: « ff_siwis »
_KOKORO_LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-BR",
    "z": "zh",
}
_SEXES = {"f": "female", "female": "female", "m": "male", "male": "male"}
_WEIGHT = re.compile(r"\(\d+(?:\.\d+)?\)$")


def listed(body: bytes, about: str) -> tuple[Voice, ...]:
    """Return the voices in an answer, none where it is no list; ``about`` describes them.

    The French ones come first, then those of which no language is told, which may well speak it.

    >>> [voice.name for voice in listed(b'{"voices": ["af_sky", "alto", "ff_siwis"]}', "")]
    ['ff_siwis', 'alto', 'af_sky']
    >>> listed(b"<html>", "")
    ()
    """
    try:
        answer = json_value(body)
    except ValueError:
        return ()
    if isinstance(answer, dict):
        answer = next((answer[name] for name in _LISTS if name in answer), None)
    items = answer if isinstance(answer, list) else []
    found: dict[str, tuple[int, Voice]] = {}
    for rank, voice in _voices(items, about):
        found.setdefault(voice.name, (rank, voice))
    return tuple(voice for _, voice in sorted(found.values(), key=lambda ranked: ranked[0]))


def parts(name: str) -> tuple[str, ...]:
    """Return the voices that a name is blended of, as Kokoro's servers write it.

    >>> parts("ff_siwis(2)+af_sky(0.5)"), parts("ff_siwis")
    (('ff_siwis', 'af_sky'), ('ff_siwis',))
    """
    return tuple(_WEIGHT.sub("", part.strip()) for part in name.split("+"))


def _voices(items: list[object], about: str) -> Iterator[tuple[int, Voice]]:
    """Yield each voice, and how likely it is to be wanted: 0 the most."""
    for item in items:
        told = item if isinstance(item, dict) else {"id": item}
        name = _first(told, *_IDENTITIES)
        if not name or not name.isprintable():
            continue
        named = _KOKORO.fullmatch(name)
        usual = (_KOKORO_LANGUAGES[named[1]], named[2]) if named else ("", "")
        language = _first(told, *_LANGUAGES) or usual[0]
        sex = _SEXES.get((_first(told, "gender", "sex") or usual[1]).lower(), "")
        french = language.lower().startswith("fr")
        rank = 0 if french else 2 if language else 1
        yield rank, Voice(name, about, language or "fr", sex, "natural")


def _first(told: dict[str, object], *keys: str) -> str:
    """Return the first text among those values, nothing if there is none."""
    texts = (value.strip() for key in keys if isinstance(value := told.get(key), str))
    return next(filter(None, texts), "")
