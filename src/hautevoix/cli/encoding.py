"""Options for what is made of the sound, and what they mean together."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem

from hautevoix.cli.options import together
from hautevoix.localization import tr
from hautevoix.mastering import PROFILES, EncodingOptions, Format

_BIT_RATES = ("64", "80", "96", "112", "128", "160", "192", "256", "320")


class _Formats(click.ParamType):
    """A list of formats with commas between."""

    name = "formats"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Format, ...]:
        """Return the formats, each once. Fails on an unknown one."""
        known = [item.value for item in Format]
        names = [name.strip().lower() for name in value.split(",")]
        for name in names:
            if name not in known:
                self.fail(
                    tr("{name!r} is not one of {known}.", name=name, known=", ".join(known)),
                    param,
                    ctx,
                )
        return tuple(dict.fromkeys(Format(name) for name in names))

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the formats that may stand after the last comma."""
        before, comma, begun = incomplete.rpartition(",")
        return [
            CompletionItem(f"{before}{comma}{item.value}")
            for item in Format
            if item.value.startswith(begun) and item.value not in before.split(",")
        ]


sound = together(
    click.option(
        "--format",
        "formats",
        type=_Formats(),
        default="mp3",
        show_default=True,
        metavar="LIST",
        help="What to make, with commas between: mp3 (the whole book), m4b, "
        "chapters (an MP3 for each).",
    ),
    click.option(
        "--profile",
        type=click.Choice(list(PROFILES), case_sensitive=False),
        default="podcast",
        show_default=True,
        help="What loudness and files to aim at: podcast, for any player; acx, what Audible asks "
        "for, with an MP3 for each chapter.",
    ),
    click.option(
        "--bit-rate",
        type=click.Choice(_BIT_RATES),
        default=None,
        help="The sound's kilobits a second: more is finer, in larger files.  [default: 96; acx: "
        "192]",
    ),
    click.option(
        "--words",
        is_flag=True,
        help="Tell in the timeline where each word begins, as far as the voice's engine knows.",
    ),
)


def encoding(given: dict[str, Any], *, plotted: bool) -> EncodingOptions:
    """Return how the sound is to be. Raises click's errors for what does not go together."""
    profile = PROFILES[given["profile"]]
    bit_rate = int(given["bit_rate"]) if given["bit_rate"] else None
    if bit_rate and bit_rate < profile.bit_rate:
        raise click.BadParameter(
            tr(
                "the profile {profile} asks for {bit_rate} kb/s or more.",
                profile=profile.name,
                bit_rate=profile.bit_rate,
            ),
            param_hint="--bit-rate",
        )
    made = EncodingOptions(bit_rate, profile, given["formats"], words=given["words"])
    if plotted and not made.makes(Format.MP3):
        raise click.UsageError(tr("--plot draws the MP3: add mp3 to --format."))
    return made
