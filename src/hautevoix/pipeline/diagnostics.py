"""Every diagnostic of a build beyond those of the reading: of its cover, and of who speaks."""

from __future__ import annotations

from hautevoix.model.messages import Message

COVER_LEFT_OUT = Message("cover-left-out", "the cover is left out: {problem}")
RATES_IGNORED = Message(
    "rates-ignored",
    "the rates asked for ({rates}) change nothing: "
    "the voices of the engine « {engine} » have one pace.",
)
NO_OTHER_TAKE = Message(
    "no-other-take",
    "no other take of “{words}” can be spoken by this engine: give it a rate or a spelling",
)
WORKER_LEFT_OUT = Message(
    "worker-left-out",
    "a worker of the cluster, {worker}, would not speak as this machine does ({why}): "
    "it is given no work",
)


def messages() -> tuple[Message, ...]:
    """Return every kind of diagnostic, as listed here."""
    return tuple(value for value in globals().values() if isinstance(value, Message))
