"""Who speaks: the engine, each role's voice, and who says what the engine can't."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix import engines
from hautevoix.errors import EngineError, InputError
from hautevoix.localization import noop, tr
from hautevoix.model import LEVELS, RATES, VOICE_ROLES, Role, VoiceSettings
from hautevoix.model.messages import tell
from hautevoix.pipeline.diagnostics import RATES_IGNORED
from hautevoix.scripting.speech import cast_name, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hautevoix.engines import Engine
    from hautevoix.model import Diagnostic, Recording, Script, Sidecar, Utterance, Voice
    from hautevoix.recording import Cast

AUTO = "auto"
NARRATOR = "narrator"
_OFFLINE_BEST_FIRST = ("kokoro", "piper", "pico", "espeak")


@dataclass(frozen=True, slots=True)
class Casting:
    """Who speaks a book: the engine, and each role's voice and level (in decibels).

    ``narrator`` is the voice of all roles that have none of their own; ``fallback`` says what
    the engine can't; ``diagnostics`` tell what was wished for in vain; ``provider`` is what the
    engine's models run on, empty for its own choice. ``characters`` has who plays those that the
    sidecar casts, by ``speech.key``.
    """

    engine: Engine
    narrator: Voice
    plays: Mapping[Role, tuple[Voice, float]]
    fallback: tuple[Engine, Voice] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    provider: str = ""
    others: Mapping[str, Voice] = field(default_factory=dict)
    characters: Mapping[str, tuple[Voice, float]] = field(default_factory=dict)

    @property
    def respelled(self) -> bool:
        """Whether any engine that speaks reads spellings: see ``Engine.respelled``."""
        several = (self.engine, *(engine for engine, _ in filter(None, [self.fallback])))
        return any(getattr(engine, "respelled", False) for engine in several)

    @property
    def parted(self) -> bool:
        """Whether dialogue sounds otherwise than what the narrator says between."""
        return bool(self.characters) or self.plays[Role.DIALOGUE] != self.plays[Role.BODY]

    def cast(self, script: Script) -> Cast:
        """Return what a recording of ``script`` needs: engines are made anew in each process."""
        from hautevoix.recording import Cast, Fallback  # noqa: PLC0415 - loads the speaking

        spare = None
        if self.fallback:
            engine, voice = self.fallback
            spare = Fallback(partial(engines.load, engine.name), voice)
        voices = tuple(map(self.voice_of, script.utterances))
        load = partial(engines.load, self.engine.name, self.provider)
        return Cast(load, voices, spare)

    def voice_of(self, utterance: Utterance) -> Voice:
        """Return who speaks an utterance: its retake's voice, its role's own, its chapter's."""
        voice = self._play(utterance)[0]
        if utterance.narrator and voice.name == self.narrator.name:
            voice = replace(self.others[utterance.narrator], rate=voice.rate)
        if utterance.voice and not cast_name(utterance.voice, self.characters):
            voice = replace(self._marked(utterance.voice), rate=voice.rate)
        retake = utterance.retake
        if retake and retake.voice:
            voice = replace(self.others[retake.voice], rate=voice.rate)
        if retake and self.engine.paced:
            voice = replace(voice, rate=voice.rate * retake.rate)
        return voice

    def levels(self, script: Script) -> tuple[float, ...]:
        """Return by how many decibels each utterance shall be louder."""
        return tuple(self._play(utterance)[1] for utterance in script.utterances)

    def _play(self, utterance: Utterance) -> tuple[Voice, float]:
        """Return the voice and the level of an utterance: its character's, or its role's.

        Whom a mark in the text names speaks before whom the text names.
        """
        played = cast_name(utterance.voice or utterance.character or "", self.characters)
        return self.characters[played] if played else self.plays[utterance.role]

    def _marked(self, name: str) -> Voice:
        """Return who speaks what a mark gives to ``name``. Raises EngineError if nobody does."""
        try:
            return engines.find_voice(self.engine, name, whole=False)
        except EngineError as error:
            raise EngineError(
                tr(
                    "{problem}; the mark [voix {name}] in the text asks for it.",
                    problem=error.message.removesuffix("."),
                    name=name,
                ),
                advice=tr(
                    "Name a voice of this engine, or cast « {name} » in the sidecar's "
                    "[characters].",
                    name=name,
                ),
            ) from error

    def names(self, recording: Recording) -> tuple[str, ...]:
        """Return who spoke each utterance, as « engine/voice »."""
        names = [
            f"{self.engine.name}/{self.voice_of(utterance).name}"
            for utterance in recording.script.utterances
        ]
        if self.fallback:
            engine, voice = self.fallback
            for index, _ in recording.substitutes:
                names[index] = f"{engine.name}/{voice.name}"
        return tuple(names)


def ready_engine(name: str = AUTO, provider: str = "") -> Engine:
    """Return the engine called ``name``; for ``auto`` the best that is ready and offline.

    ``provider`` is what its models shall run on, empty for its own choice.

    Raises EngineError if it is unknown or not ready, saying what it lacks.
    """
    candidates = _OFFLINE_BEST_FIRST if name == AUTO else (name,)
    missing: list[str] = []
    for candidate in candidates:
        try:
            engine = engines.load(candidate, provider)
            readiness = engine.check()
        except EngineError as error:
            if name != AUTO:
                raise
            missing.append(str(error).removesuffix("."))
            continue
        if readiness.ready:
            return engine
        missing.append(readiness.missing)
    raise EngineError(
        tr(
            "The engine « {candidates} » is not ready: {missing}.",
            candidates=candidates[0],
            missing=missing[0],
        ),
        advice=tr("See: hautevoix voices"),
    )


def best_first(names: Iterable[str]) -> list[str]:
    """Return engines' names as one would try them: a stranger's, then ours, natural ones first."""
    order = {name: place for place, name in enumerate(_OFFLINE_BEST_FIRST)}
    return sorted(names, key=lambda name: (order.get(name, -1), name))


_FORM = noop("Write ROLE=VOICE,rate=0.9,level=-2.")


def better_than(name: str) -> str:
    """Return how to get the best offline engine, where ``name`` is not it; else nothing."""
    best = _OFFLINE_BEST_FIRST[0]
    if name == best or name not in _OFFLINE_BEST_FIRST:
        return ""
    readiness = engines.load(best).check()
    return readiness.remedy or readiness.missing


def parse_voice_settings(text: str) -> tuple[str, VoiceSettings]:
    """Return the role and the part that ``text`` tells, as an option has it.

    Raises InputError, naming the nearest role, or what can't be read.

    >>> parse_voice_settings("quote=fr+f3,rate=0.9,level=-2")
    ('quote', VoiceSettings(voice='fr+f3', rate=0.9, level=-2.0))
    >>> parse_voice_settings("note=rate=1.1")
    ('note', VoiceSettings(voice=None, rate=1.1, level=0.0))
    """
    role, _, how = text.partition("=")
    if role in VOICE_ROLES and not how:
        raise InputError(
            tr("« {text} » says nothing of {role}.", text=text, role=role), advice=tr(_FORM)
        )
    if role not in VOICE_ROLES:
        near = difflib.get_close_matches(role, VOICE_ROLES, n=1)
        hint = (
            tr("Did you mean {near}?", near=near[0])
            if near
            else tr("Roles: {voice_roles}.", voice_roles=", ".join(VOICE_ROLES))
        )
        raise InputError(tr("« {text} » casts no role.", text=text), advice=f"{hint} {tr(_FORM)}")
    part = VoiceSettings()
    for item in how.split(","):
        key, parted, value = item.rpartition("=")
        if not parted:  # « ff_siwis:70,if_sara:30 » is one voice, a blend
            part = replace(part, voice=f"{part.voice},{item}" if part.voice else item)
        elif key == "rate":
            part = replace(part, rate=_number(value, RATES, text))
        elif key == "level":
            part = replace(part, level=_number(value, LEVELS, text))
        else:
            raise InputError(
                tr("« {text} »: a part has a rate and a level, no « {key} ».", text=text, key=key)
            )
    return role, part


def _number(text: str, limits: tuple[float, float], where: str) -> float:
    low, high = limits
    try:
        value = float(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise InputError(
            tr(
                "« {where} »: « {text} » is no number between {low:g} and {high:g}.",
                where=where,
                text=text,
                low=low,
                high=high,
            )
        )
    return value


def casting(
    engine: Engine,
    sidecar: Sidecar,
    voice_settings: tuple[tuple[str, VoiceSettings], ...] = (),
    fallback: str | None = None,
    provider: str = "",
) -> Casting:
    """Return who speaks what: by ``voice_settings``, else the sidecar, else as the narrator speaks.

    A part without a voice is played by the narrator's. Rates that the engine can't keep are left
    out, and told. Raises EngineError for a voice or an engine that isn't there.
    """
    parts = {**dict(sidecar.voices), **dict(voice_settings)}
    diagnostics = () if engine.paced else _rates_in_vain(engine, parts, sidecar)
    if diagnostics:
        parts = {role: replace(part, rate=1.0) for role, part in parts.items()}
    narrator = parts.get(NARRATOR, VoiceSettings())
    asked = {role for role, part in voice_settings if part.voice}
    own = _voice(engine, NARRATOR, narrator.voice, asked=asked)
    plays: dict[Role, tuple[Voice, float]] = {}
    for role in Role:
        part = parts.get(role, VoiceSettings())
        voice = _voice(engine, role, part.voice, asked=asked) if part.voice else own
        plays[role] = replace(voice, rate=narrator.rate * part.rate), narrator.level + part.level
    spare = _understudy(fallback, narrator.rate)
    narrating = replace(own, rate=narrator.rate)
    others = {name: _other(engine, name, table) for table, name in _other_voices(sidecar)}
    characters = {}
    usual = plays[Role.DIALOGUE][0]
    for name, part in sidecar.characters:
        voice = _other(engine, part.voice, "[characters]") if part.voice else usual
        rate = narrator.rate * part.rate if engine.paced else narrator.rate
        characters[key(name)] = replace(voice, rate=rate), narrator.level + part.level
    return Casting(engine, narrating, plays, spare, diagnostics, provider, others, characters)


def _other_voices(sidecar: Sidecar) -> Iterator[tuple[str, str]]:
    """Yield each voice that a sidecar gives to a chapter or a sentence, after its table."""
    yield from (("[[chapters]]", entry.voice) for entry in sidecar.chapters if entry.voice)
    yield from (("[[retakes]]", retake.voice) for retake in sidecar.retakes if retake.voice)


def _other(engine: Engine, name: str, table: str) -> Voice:
    """Return the voice called ``name``. Raises EngineError, which says who asks for it."""
    try:
        return engines.find_voice(engine, name, whole=False)
    except EngineError as error:
        raise EngineError(
            tr(
                "{problem}; the sidecar's {table} asks for it.",
                problem=error.message.removesuffix("."),
                table=table,
            ),
            advice=error.advice,
        ) from error


def _rates_in_vain(
    engine: Engine, parts: Mapping[str, VoiceSettings], sidecar: Sidecar
) -> tuple[Diagnostic, ...]:
    """Return a doubt for the rates that roles, characters and sentences have, if any has one."""
    asked = [(role, part.rate) for role, part in parts.items()]
    asked += [(name, part.rate) for name, part in sidecar.characters]
    asked += [(f"« {retake.words} »", retake.rate) for retake in sidecar.retakes]
    rates = [f"{who} {rate:g}" for who, rate in asked if rate != 1.0]
    if not rates:
        return ()
    return (tell(RATES_IGNORED, 0, rates=", ".join(rates), engine=engine.name),)


def _voice(engine: Engine, role: str, name: str | None, *, asked: set[str]) -> Voice:
    """Return a role's voice. Raises EngineError, which says so where the sidecar asks for it."""
    try:
        return engines.find_voice(engine, name, whole=role == NARRATOR)
    except EngineError as error:
        if name is None or role in asked:
            raise
        raise EngineError(
            tr(
                "{value}; the sidecar's [voices] gives it to {role}.",
                value=error.message.removesuffix("."),
                role=role,
            ),
            advice=tr(
                "Change the sidecar. Or, for this engine, say --cast {role}=VOICE. {advice}",
                role=role,
                advice=error.advice,
            ),
        ) from error


def _understudy(name: str | None, rate: float) -> tuple[Engine, Voice] | None:
    """Return the fallback engine and its first voice, at the narrator's rate."""
    if not name:
        return None
    engine = ready_engine(name)
    return engine, replace(engines.find_voice(engine, None), rate=rate)
