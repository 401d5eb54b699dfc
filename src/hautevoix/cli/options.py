"""Options that several commands share."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from hautevoix.cli import completing
from hautevoix.errors import InputError
from hautevoix.french import Counting
from hautevoix.localization import tr
from hautevoix.model import LONGEST_DETAIL, RATES, VOICE_ROLES, VoiceSettings
from hautevoix.model.options import (
    Habits,
    Inclusive,
    Liaisons,
    NotesPolicy,
    ReadingOptions,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Change, LexiconEntry

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Named(click.Path):
    """A path. An empty one, as an unset variable of a shell's gives, would mean this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path. Fails on an empty one."""
        if value == "":
            self.fail(tr("it is empty: fill it in or leave it out."), param, ctx)
        return super().convert(value, param, ctx)


class _Words(click.ParamType):
    """Words to be said or shown: UTF-8, whatever the locale says."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words. Fails on bytes that are no UTF-8."""
        try:
            return os.fsencode(value).decode("utf-8")
        except UnicodeError:
            return self.fail(tr("it is not UTF-8."), param, ctx)


TEXT = _Named(path_type=Path)
WORDS = _Words()
STORE = "HAUTEVOIX_STORE"
"""The environment variable that tells where spoken clips are kept."""
SHARED_STORE = "HAUTEVOIX_SHARED_STORE"
"""The environment variable that tells where clips are shared with other machines."""


def together(*options: Decorator) -> Decorator:
    """Return one decorator that adds ``options`` in the order in which help shows them."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def filled(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """Refuse an empty text, as a sidecar's is, and one that is no title."""
    if given is not None and not given.strip():
        raise click.BadParameter(tr("it is empty: fill it in or leave it out."))
    if given is not None and len(given) > LONGEST_DETAIL:
        raise click.BadParameter(
            tr("it has {count} characters: {most} at most.", count=len(given), most=LONGEST_DETAIL)
        )
    return given


titles = together(
    click.option(
        "--title",
        type=WORDS,
        metavar="TITLE",
        callback=filled,
        help="The title, in place of the text's own.",
    ),
    click.option(
        "--author",
        type=WORDS,
        metavar="NAME",
        callback=filled,
        help="The author, in place of the text's own.",
    ),
)

counting = click.option(
    "--counting",
    type=click.Choice([choice.value for choice in Counting], case_sensitive=False),
    default=Counting.FRANCE.value,
    show_default=True,
    help="Whose numbers: soixante-dix, or septante as in Belgium and Switzerland.",
)

liaisons = click.option(
    "--liaisons",
    type=click.Choice([choice.value for choice in Liaisons], case_sensitive=False),
    default=None,
    help="How many liaisons the reader makes: as in a novel, or as in a sermon.  [default: "
    "the sidecar's, else usual]",
)

habits = together(
    click.option(
        "--inclusive",
        type=click.Choice([choice.value for choice in Inclusive], case_sensitive=False),
        default=Inclusive.BOTH.value,
        show_default=True,
        help="How « étudiant·e·s » is read: both genders, « étudiants et étudiantes »; both only "
        "where they differ to the ear; the masculine.",
    ),
    click.option(
        "--emoji/--no-emoji",
        default=True,
        help="Say emoji by their names, or pass over them.  [default: yes]",
    ),
)


def habits_of(options: dict[str, Any]) -> Habits:
    """Return what the options say of tastes in reading."""
    return Habits(Inclusive(options["inclusive"]), emoji=options["emoji"])


listener = together(
    click.option(
        "--model",
        envvar="HAUTEVOIX_LISTENER",
        metavar="NAME|DIR",
        help="Which Whisper model listens: tiny, base, small, medium… (larger ones hear better, "
        "slower), or the folder of one.  [default: base]",
    ),
    click.option(
        "--fetch",
        is_flag=True,
        help="Download that model if it is not on this machine: base has 145 MB.",
    ),
)

lexicon = click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=TEXT,
    metavar="FILE",
    help="A file that tells how words are said (TOML or PLS); can be given again. The "
    "sidecar's [lexicon] goes before it, your own lexicon after.",
)

reading = together(
    titles,
    click.option(
        "--notes",
        type=click.Choice([policy.value for policy in NotesPolicy], case_sensitive=False),
        default=NotesPolicy.END.value,
        show_default=True,
        help="When footnotes are read: after the whole book, their chapter, paragraph or sentence; "
        "or never.",
    ),
    click.option("--note-cue", is_flag=True, help="Ring a soft bell before each footnote."),
    click.option(
        "--opening/--no-opening",
        default=True,
        help="Say title, author and date first.  [default: yes]",
    ),
    click.option(
        "--closing/--no-closing",
        default=True,
        help="Say at the end that the voice is synthetic.  [default: yes]",
    ),
    counting,
    liaisons,
    habits,
    lexicon,
)


def entries(lexicons: tuple[Path, ...]) -> tuple[LexiconEntry, ...]:
    """Return what the lexicon files say, then what the user's own says of other words."""
    from hautevoix.reading import read_lexicon, user_lexicon  # noqa: PLC0415 - see facades

    given = [entry for path in lexicons for entry in read_lexicon(path)]
    known = {entry.written for entry in given}
    own = user_lexicon(platformdirs.user_config_path("hautevoix"))
    return (*given, *(entry for entry in own if entry.written not in known))


def _parts(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, VoiceSettings], ...]:
    from hautevoix.pipeline.casting import parse_voice_settings  # noqa: PLC0415 - only who casts loads it

    try:
        return tuple(parse_voice_settings(text) for text in given)
    except InputError as error:
        raise click.BadParameter(str(error)) from error


def finite(
    _context: click.Context, _parameter: click.Parameter, given: float | None
) -> float | None:
    """Refuse « nan », which lies within every range."""
    if given is not None and math.isnan(given):
        raise click.BadParameter(tr("« nan » is no number."))
    return given


voice = together(
    click.option(
        "--engine",
        default="auto",
        show_default=True,
        metavar="NAME",
        shell_complete=completing.engine_names,
        envvar="HAUTEVOIX_ENGINE",
        help="Which program speaks; auto: the best that is ready offline. See: hautevoix voices",
    ),
    click.option(
        "--voice",
        metavar="NAME",
        shell_complete=completing.voice_names,
        callback=filled,
        help="Which of the engine's voices; with Kokoro also a blend: ff_siwis:70,if_sara:30.  "
        "[default: the engine's first French one]",
    ),
    click.option(
        "--provider",
        type=click.Choice(["cpu", "cuda", "coreml", "directml"]),
        default=None,
        envvar="HAUTEVOIX_PROVIDER",
        help="What computes Kokoro's and Piper's voices: the processor, or the graphics card of "
        "NVIDIA (cuda), Apple (coreml), Windows (directml), if your ONNX Runtime has it.  "
        "[default: cpu]",
    ),
)

cast = together(
    click.option(
        "--cast",
        "parts",
        multiple=True,
        shell_complete=completing.role_names,
        callback=_parts,
        metavar="ROLE=VOICE,…",
        help="Give a role a voice, rate and level (dB) of its own: "
        "quote=fr+f3,rate=0.9,level=-2. Can be given again; narrator holds for all roles. "
        f"Roles: {', '.join(VOICE_ROLES)}.",
    ),
    click.option(
        "--rate",
        type=click.FloatRange(*RATES),
        default=None,
        callback=finite,
        metavar="FACTOR",
        help="How fast all speak: 0.9 is calmer, 1.1 brisker.  [default: 1]",
    ),
)

roles = together(
    cast,
    click.option(
        "--fallback",
        metavar="ENGINE",
        shell_complete=completing.engine_names,
        callback=filled,
        help="Another engine, for sentences that the first one fails to say.  [default: none; they "
        "are listed as missing]",
    ),
)


def parts(options: dict[str, Any]) -> tuple[tuple[str, VoiceSettings], ...]:
    """Return the parts that the options give, the narrator's rate among them."""
    given = dict(options["parts"])
    if options["rate"] is not None:
        given["narrator"] = replace(given.get("narrator", VoiceSettings()), rate=options["rate"])
    return tuple(given.items())


def source(path: Path, options: dict[str, Any], *, explain: bool = False) -> Source:
    """Return the text with what the options say of it."""
    how = ReadingOptions(
        NotesPolicy(options["notes"]),
        options["opening"],
        options["closing"],
        explain=explain,
        cue=options["note_cue"],
    )
    return Source(
        path,
        options["title"],
        options["author"],
        how,
        lexicon=entries(options["lexicons"]),
        counting=Counting(options["counting"]),
        liaisons=chosen_liaisons(options),
        habits=habits_of(options),
        any_language=options.get("any_language", False),
    )


def chosen_liaisons(options: dict[str, Any]) -> Liaisons | None:
    """Return what the option says; None leaves it to the sidecar."""
    return Liaisons(options["liaisons"]) if options["liaisons"] else None


def change_line(change: Change) -> str:
    """Return what one rule changed, on a line.

    >>> from hautevoix.model import Change, Edit
    >>> change_line(Change("cardinal", (Edit(3, "25", "vingt-cinq"),)))
    'cardinal: « 25 » → « vingt-cinq »'
    """
    shown = ", ".join(f"« {edit.before} » → « {edit.after} »" for edit in change.edits)
    return tr("{rule}: {shown}", rule=change.rule, shown=shown)
