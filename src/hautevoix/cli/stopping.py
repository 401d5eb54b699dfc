"""What asks a command to stop: Ctrl-C, a terminal that closes, a system that shuts down.

Each is noted as it comes, for what is loading may take a KeyboardInterrupt for a failure of its
own (numpy makes an ImportError of it), and a destructor swallows it. Light, as ``main`` is.
"""

from __future__ import annotations

import signal

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_came: list[int] = []


def listen() -> None:
    """Have each of them raise KeyboardInterrupt, but those that our starter ignores (nohup)."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _note)


def asked() -> bool:
    """Tell whether one has come."""
    return bool(_came)


def exit_code() -> int:
    """Return 128 and the number of the signal that came first; SIGINT's, if none was seen."""
    return 128 + (_came[0] if _came else signal.SIGINT)


def heed() -> None:
    """Raise KeyboardInterrupt if one has come, as it was lost on its way."""
    if _came:
        raise KeyboardInterrupt


def deafen() -> None:
    """Ignore what comes now: Python gives up its handling before it ends, and would be killed."""
    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _note(number: int, _frame: object) -> None:
    _came.append(number)
    raise KeyboardInterrupt
