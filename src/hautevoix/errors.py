"""Everything that can go wrong, foreseen: one tree, one line for the user, one exit code each.

::

    HautevoixError
    ├── InputError        3   a text, sidecar or lexicon can't be read
    ├── RefusedError      4   it could be read, but must not be: DRM, a limit, an attack
    ├── EngineError       5   an engine or a voice is unknown, missing or failing
    ├── NetworkError      6   the network, or the service at its other end
    ├── DiskError         7   disk or permission; memory, processes, open files
    ├── PublishingError   8   what was made can't be published as it is
    ├── LockedError       9   another process is at work on the same book or site
    ├── StoreError       10   the store of clips is damaged beyond mending
    └── TimeUpError      11   the time that was given is up; the same command goes on

A message says what happened and where; ``advice`` says what to do next. What it says of an option
is a sentence of its own, and left out where the command at hand has no such option. No message
holds a ``Secret`` or the password of an address, wherever its words come from.
Anything else that escapes is a bug (exit code 70).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

DONE_WITH_LOSSES = 1
USAGE = 2
BUG = 70


_HIDDEN = "•••"
_LONGEST = 1_000  # characters of a message; those that name two long paths have 600
_BREAKS = re.compile(r"[^\S\u00a0]+")
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s(?=\w)")
_COMMAND = re.compile(r": (?!-).*")
_OPTION = re.compile(r"(?<![\w./=-])--?[a-z][a-z-]*")
_WORD_OF_ITS_OWN = 6  # characters below which a key (« x », « none ») may be a part of other words
_PASSWORD = re.compile(r"(?<=://)([^\s/@:]*):[^\s/@]+(?=@)")  # sftp://name:password@host/


_SHORTEST = 3  # characters: to hide every « a » would hide nothing, and leave no message readable


class Secret:
    r"""A key or a password: what prints it prints dots, and no error's message holds it.

    Blanks and line ends around it, which copying brings along, are no part of it.

    >>> key = Secret("sk-123\r\n")
    >>> key, f"{key}", str(HautevoixError("status 401: wrong key sk-123."))
    (Secret(•••), '•••', 'status 401: wrong key •••.')
    >>> key.revealed()
    'sk-123'
    """

    __slots__ = ("_value",)
    _told: ClassVar[set[str]] = set()
    """Those that this process knows; no message may hold them."""

    def __init__(self, value: str) -> None:
        """Keep ``value``, and keep it out of messages from now on."""
        self._value = value.strip()
        if len(self._value) >= _SHORTEST:
            self._told.add(self._value)

    def __bool__(self) -> bool:
        """Tell whether there is one."""
        return bool(self._value)

    def __str__(self) -> str:
        """Return dots."""
        return _HIDDEN

    def __repr__(self) -> str:
        """Return dots."""
        return f"Secret({_HIDDEN})"

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is the same secret."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Return what fits ``==``."""
        return hash((Secret, self._value))

    def __reduce__(self) -> tuple[object, ...]:
        """Be known, and kept out of messages, in a worker process too."""
        return Secret, (self._value,)

    def revealed(self) -> str:
        """Return the value, for the one who asks for it by name: the request's header."""
        return self._value

    @property
    def sendable(self) -> bool:
        """Whether a header of HTTP can hold it: visible ASCII (RFC 9110, § 5.5)."""
        return self._value.isascii() and self._value.isprintable()

    @classmethod
    def redacted(cls, text: str) -> str:
        """Return ``text`` with dots for every known secret and for passwords in addresses.

        >>> Secret.redacted("s3://me:pass@host/book can't be reached")
        "s3://me:•••@host/book can't be reached"
        """
        for value in sorted(cls._told, key=len, reverse=True):
            word = re.escape(value)
            edge = r"(?<!\w){}(?!\w)" if len(value) < _WORD_OF_ITS_OWN else "{}"
            text = re.sub(edge.format(word), _HIDDEN, text)
        return _PASSWORD.sub(rf"\1:{_HIDDEN}", text)


class HautevoixError(Exception):
    """A foreseen failure: ``str(error)`` is its one line, ``advice`` what to do about it.

    >>> str(InputError("letters/x.txt: no such file.", advice="Check the name."))
    'letters/x.txt: no such file. Check the name.'
    """

    exit_code: ClassVar[int] = BUG
    options: ClassVar[Container[str] | None] = None
    """Those of the command at hand, the only ones that advice names; None: it may name any."""
    for_all: ClassVar[bool] = False
    """Whether what comes next would fail of the same: then a command stops at the first."""

    def __init__(self, message: str, *, advice: str = "") -> None:
        """Keep ``message`` (what and where) and ``advice`` (what to do next) on one line."""
        self.message = _line(message)
        self.advice = fitting(_line(advice), self.options)
        super().__init__(self.message, self.advice)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, advice included."""
        return _rebuild, (type(self), self.message, self.advice)

    def __str__(self) -> str:
        """Return the message and the advice as one line."""
        return f"{self.message} {self.advice}".strip()


def on_one_line(text: str) -> str:
    r"""Return ``text`` without line breaks; a no-break space, as French has them, stays one.

    >>> on_one_line("no  such\nfile\u00a0: a.txt")
    'no such file\xa0: a.txt'
    """
    return " ".join(_BREAKS.split(text.strip()))


def fitting(advice: str, options: Container[str] | None) -> str:
    """Return the sentences of ``advice`` that name no options but these; all, if it is None.

    What follows a colon is a command of its own, with its own options.

    >>> fitting("Free some space. Or choose another folder with -o.", {"--rate"})
    'Free some space.'
    >>> fitting("Build it again: hautevoix build TEXT --force", {"--rate"})
    'Build it again: hautevoix build TEXT --force'
    """
    if options is None:
        return advice
    sentences = _SENTENCE_ENDS.split(advice)
    return " ".join(one for one in sentences if all(name in options for name in named(one)))


def named(advice: str) -> list[str]:
    """Return the options that ``advice`` names, but for those of a command after a colon."""
    sentences = _SENTENCE_ENDS.split(advice)
    return [name for one in sentences for name in _OPTION.findall(_COMMAND.sub("", one))]


def _line(text: str) -> str:
    """Return ``text`` on one line that can be read: a key of a megabyte is told by its ends."""
    line = Secret.redacted(on_one_line(text))
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half]} […] {line[-half:]}"


def _rebuild(kind: type[HautevoixError], message: str, advice: str) -> HautevoixError:
    return kind(message, advice=advice)


class InputError(HautevoixError):
    """A text, a sidecar or a lexicon can't be read."""

    exit_code = 3


class RefusedError(HautevoixError):
    """The input could be read but must not be: DRM, a limit, an attack."""

    exit_code = 4


class EngineError(HautevoixError):
    """An engine or a voice is unknown, missing or failing."""

    exit_code = 5


class NetworkError(HautevoixError):
    """The network failed, or the service at its other end did."""

    exit_code = 6
    for_all = True


class DiskError(HautevoixError):
    """A disk is full, a folder can't be written, a permission is missing.

    Or the system gives no more of something else: memory, processes, open files.
    """

    exit_code = 7
    for_all = True


class PublishingError(HautevoixError):
    """What was made can't be published as it is."""

    exit_code = 8


class LockedError(HautevoixError):
    """Another process is at work on the same book or site."""

    exit_code = 9


class StoreError(HautevoixError):
    """The store of clips is damaged beyond what it can mend by itself."""

    exit_code = 10
    for_all = True


class TimeUpError(HautevoixError):
    """The time that the user gave is up: what was made is kept, and the same command goes on."""

    exit_code = 11
    for_all = True


_RISING = (
    0,
    DONE_WITH_LOSSES,
    TimeUpError.exit_code,
    LockedError.exit_code,
    PublishingError.exit_code,
    InputError.exit_code,
    RefusedError.exit_code,
    EngineError.exit_code,
    USAGE,
    NetworkError.exit_code,
    DiskError.exit_code,
    StoreError.exit_code,
    BUG,
)


def gravest(codes: Iterable[int]) -> int:
    """Return the exit code of a command of which several things went wrong; 0 if nothing did.

    From the lightest to the gravest: a loss within one book (1); what passes by itself (11, 9);
    what concerns one input (8, 3, 4, 5); what would stop all others too (2, 6, 7, 10); a bug (70).
    A signal (128 and more) never meets another code: it stops the command.

    >>> gravest([1, 5, 3]), gravest([0, 3, 7]), gravest([])
    (5, 7, 0)
    """
    return max(codes, key=_RISING.index, default=0)
