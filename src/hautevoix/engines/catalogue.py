"""The Piper voices that can be had, and those that are installed here."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from hautevoix.engines.assets import Asset, Offer, fingerprint, folder
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Voice
from hautevoix.parsing.bounded import file_bytes, json_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0"
RECOMMENDED = "fr_FR-siwis-medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Offer):
    """A voice of the catalogue; ``speakers`` holds the (name, sex) of each if it has several."""

    speakers: tuple[tuple[str, str], ...] = ()

    def try_out(self, files: Mapping[Asset, Path]) -> None:
        """Check that the two files are a French voice, by loading them where Piper is there."""
        config, model = (files[asset] for asset in self.assets)
        found = read_config(config)
        if found is None or not is_french(found):
            raise EngineError(
                tr("{value}.onnx.json is not the configuration of a French voice.", value=self.name)
            )
        try:
            import onnxruntime  # noqa: PLC0415 - heavy, and an extra
        except ImportError:
            return
        try:
            onnxruntime.InferenceSession(model.read_bytes(), providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors have no common base but this
            raise EngineError(
                tr("{value}.onnx can't be loaded: it is no whole model.", value=self.name)
            ) from error


_LARGEST_CONFIG = 16 << 20  # bytes of a voice's configuration: those of many speakers have 100,000


@functools.cache
def entries() -> tuple[Entry, ...]:
    """Return the catalogue, the recommended voice first."""
    text = resources.files("hautevoix.engines").joinpath("piper_voices.toml").read_text("utf-8")
    return tuple(_entry(name, table) for name, table in tomllib.loads(text).items())


def _entry(name: str, table: dict[str, Any]) -> Entry:
    """Return an entry from its table; the model comes last: a voice is there when its model is."""
    path, model, config = (table.pop(key) for key in ("path", "model", "config"))

    def asset(known: dict[str, Any], suffix: str) -> Asset:
        file = f"{name}.onnx{suffix}"
        mirrored = f"{path}/{file}"
        return Asset(
            file, f"{BASE_URL}/{mirrored}", mirrored, **known, given=suffix, keyed=not suffix
        )

    assets = (asset(config, ".json"), asset(model, ""))
    speakers = tuple(table.pop("speakers", {}).items())
    sex = table.pop("sex", "/".join(of for _, of in speakers))
    return Entry(engine="piper", name=name, assets=assets, speakers=speakers, sex=sex, **table)


def model_file(name: str) -> Path:
    """Return where the model of the voice called ``name`` lies or would lie."""
    return folder() / f"{name}.onnx"


def config_file(model: Path) -> Path:
    """Return where a model's configuration lies: beside it, as Piper has it."""
    return model.with_name(model.name + ".json")


def installed() -> tuple[Voice, ...]:
    """Return the French voices of the models installed, the catalogue's first, in its order."""
    order = {entry.name: index for index, entry in enumerate(entries())}
    names = [path.stem for path in folder().glob("*.onnx") if config_file(path).is_file()]
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    return tuple(voice for name in names for voice in _voices(name))


def _voices(name: str) -> tuple[Voice, ...]:
    """Return a model's voices: its own, and one for each speaker where it has several."""
    path = model_file(name)
    config = read_config(config_file(path))
    if config is None or not is_french(config):
        return ()
    known = next((entry for entry in entries() if entry.name == name), None)
    about = (
        (known.description, known.quality, known.licence)
        if known
        else (tr("installed by hand"), "", "")
    )
    build = fingerprint(path)
    sexes = dict(known.speakers) if known else {}
    sex = known.sex.partition("/")[0] if known else ""

    def voice(called: str, of_sex: str, description: str) -> Voice:
        return Voice(called, description, "fr", of_sex, *about[1:], build=build)

    told = config.get("speaker_id_map") if config["num_speakers"] > 1 else None
    speakers = filter(str.isprintable, told) if isinstance(told, dict) else ()
    own = [voice(name, sex, about[0])]
    return tuple(own) + tuple(
        voice(f"{name}+{speaker}", sexes.get(speaker, ""), f"speaker {speaker}")
        for speaker in speakers
    )


def read_config(path: Path) -> dict[str, Any] | None:
    """Return a voice's configuration, None where it is none."""
    try:
        config = json_value(file_bytes(path, _LARGEST_CONFIG))
    except (OSError, ValueError):
        return None
    if not isinstance(config, dict):
        return None
    wanted = {"audio": dict, "espeak": dict, "phoneme_id_map": dict, "num_speakers": int}
    fits = all(isinstance(config.get(key), kind) for key, kind in wanted.items())
    return config if fits and isinstance(config["audio"].get("sample_rate"), int) else None


def is_french(config: dict[str, Any]) -> bool:
    """Tell whether a configuration is a French voice's."""
    language = config.get("language")
    code = language.get("code", "") if isinstance(language, dict) else ""
    return str(code or config["espeak"].get("voice", "")).startswith("fr")
