"""Forked children for engines whose state leaks from one clip to the next, or that may crash.

A child starts from the parent's untouched state, and a crash takes one clip with it. One that
can bring its engine back to that state goes on with the next clip: forking, and touching the
memory that parent and child share, costs as much as eSpeak takes for a sentence.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.runtime.processes import Uninterrupted, follow, ignore_interruption, ready_to_follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Answering = Callable[[bytes], tuple[bytes, bool]]
    """From a request to its answer, and whether this process may be asked again."""

try:
    import fcntl
except ImportError:  # no Unix
    fcntl = None  # type: ignore[assignment]

CAN_FORK = hasattr(os, "fork")
DEADLINE = 120.0  # seconds; a sentence takes a fraction of one
_ANSWERS = 256  # from one child; a library that leaks a little never grows large

_PIPE = 1 << 20  # bytes: some twenty seconds of speech
_REQUEST = struct.Struct("<IQ")  # seconds that the answer may take, length
_ANSWER = struct.Struct("<BQ")  # kind, length
# An answer; the child's last; why there is none, in the engine's words or the exception's; that
# one died which had answered before.
_MORE, _LAST, _REFUSED, _FAILED, _DIED = range(5)


def in_child(
    work: Callable[[], Iterable[bytes]], what: str, *, deadline: float = DEADLINE
) -> bytes:
    """Return the bytes that ``work`` yields in a forked child of its own.

    ``what`` names the engine and ``deadline`` is in seconds. Raises EngineError if the child
    fails, dies or exceeds its time; it never outlives this call, nor (on Linux) this process.
    """
    return ForkedWorker(lambda _: (b"".join(work()), False)).ask(b"", what, deadline=deadline)


def in_new_python(module: str, request: bytes, what: str, *, deadline: float = DEADLINE) -> bytes:
    """Return what ``module``, run by a Python of its own, answers to ``request`` on its input.

    This is for systems that can't fork. ``what`` names the engine and ``deadline`` is in seconds.
    Raises EngineError if that process fails or exceeds its time.
    """
    command = [sys.executable, "-m", module]
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter and a module of ours, no shell
            command, input=request, capture_output=True, timeout=deadline, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise EngineError(_late(what, deadline)) from error
    except subprocess.CalledProcessError as error:
        raise EngineError(
            tr("{what} failed ({told}).", what=what, told=_told(error.returncode))
        ) from error
    return done.stdout


class ForkedWorker:
    """A forked child in which an engine speaks: started when asked, anew after any failure."""

    def __init__(self, work: Answering) -> None:
        """Take what the child does with each request; it fails by raising."""
        self._work = work
        self._child: _Child | None = None

    def close(self) -> None:
        """End the child; the next request has a new one."""
        child, self._child = self._child, None
        if child and child.parent == os.getpid():
            child.end()

    def ask(self, request: bytes, what: str, *, deadline: float = DEADLINE) -> bytes:
        """Return the child's answer to ``request``.

        ``what`` names the engine and ``deadline`` is in seconds. Raises EngineError if the child
        fails, dies or exceeds its time; then the next request has a new one.
        """
        ready_to_follow()
        with Uninterrupted() as held:
            child, self._child = self._child, None
            if child is None or child.parent != os.getpid():  # a fork of ours must not share it
                child = _Child(self._work)
            try:
                with held.interruptible():
                    kind, answer = child.ask(request, time.monotonic() + deadline, deadline)
            except _Silent:
                child.end()
                raise EngineError(_late(what, deadline)) from None
            except (EOFError, BrokenPipeError):
                told = _told(child.left())
                kind, answer = _DIED if child.answers else _FAILED, told.encode()
            except BaseException:  # Ctrl-C included: leave no child behind
                child.end()
                raise
            else:
                self._keep(child, kind)
        if kind == _DIED:  # of what came before, or killed while idle: a new one may do it
            return self.ask(request, what, deadline=deadline)
        if kind == _REFUSED:
            message, advice = decoded(tuple[str, str], answer)
            raise EngineError(message, advice=advice)
        if kind == _FAILED:
            raise EngineError(tr("{what} failed ({decode}).", what=what, decode=answer.decode()))
        return answer

    def _keep(self, child: _Child, kind: int) -> None:
        """Keep a child that has answered for the next request, if it is fit for one."""
        if kind != _MORE:
            child.left()
        elif child.answers == _ANSWERS:
            child.end()
        else:
            self._child = child


class _Silent(Exception):  # noqa: N818 - a state of the child, seen only here
    """Nothing came in time."""


class _Child:
    """A forked process and the pipes to and from it."""

    def __init__(self, work: Answering) -> None:
        self.parent = os.getpid()
        self.answers = 0
        asked, self._requests = os.pipe()
        self._answers, told = os.pipe()
        _widen(told)
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._requests)
            os.close(self._answers)
            _serve(work, asked, told, self.parent)
        os.close(asked)
        os.close(told)

    def ask(self, request: bytes, end: float, seconds: float) -> tuple[int, bytes]:
        """Return the kind of answer and the answer. Raises _Silent, EOFError, BrokenPipeError."""
        data = _REQUEST.pack(int(seconds) + 1, len(request)) + request
        while data:
            data = data[os.write(self._requests, data) :]
        kind, length = _ANSWER.unpack(self._read(_ANSWER.size, end))
        self.answers += 1
        return kind, self._read(length, end)

    def _read(self, length: int, end: float) -> bytes:
        chunks: list[bytes] = []
        while length:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise _Silent
            chunk = os.read(self._answers, length)
            if not chunk:
                raise EOFError
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)

    def end(self) -> None:
        """Kill it: closing the pipe is not enough where another fork holds it open too."""
        os.kill(self._pid, signal.SIGKILL)
        self.left()

    def left(self) -> int:
        """Return the exit code of one that leaves by itself."""
        os.close(self._requests)
        os.close(self._answers)
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)


def _widen(pipe: int) -> None:
    """Let the pipe hold a whole sentence, where it can: each filling costs a change of process."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # a user may have many pipes already
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _serve(work: Answering, asked: int, told: int, parent: int) -> NoReturn:
    """Answer until told to stop, and leave without running anything of the parent's."""
    status = 1
    try:
        gc.freeze()  # the parent's rubbish stays: to close it may take threads that are not here
        ignore_interruption()  # the parent answers, and ends this process
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        follow(parent)
        _answer_all(work, asked, told)
        status = 0
    finally:
        os._exit(status)


def _answer_all(work: Answering, asked: int, told: int) -> None:
    kind = _MORE
    with os.fdopen(asked, "rb") as requests, os.fdopen(told, "wb") as answers:
        while kind == _MORE and (head := requests.read(_REQUEST.size)):
            seconds, length = _REQUEST.unpack(head)
            signal.alarm(seconds)  # should the parent be gone by then
            kind, answer = _answer(work, requests.read(length))
            signal.alarm(0)
            answers.write(_ANSWER.pack(kind, len(answer)))
            answers.write(answer)
            answers.flush()


def _answer(work: Answering, request: bytes) -> tuple[int, bytes]:
    try:
        answer, again = work(request)
    except EngineError as error:
        return _REFUSED, encoded((error.message, error.advice))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent tells it
        return _FAILED, f"{type(error).__name__}: {error}".encode("utf-8", "replace")
    return (_MORE if again else _LAST), answer


def _late(what: str, deadline: float) -> str:
    return tr("{what} did not answer within {deadline:.0f} s.", what=what, deadline=deadline)


def _told(code: int) -> str:
    """Return an exit code in words: a negative one is a signal's.

    >>> _told(-9), _told(1)
    ('killed by signal 9', 'exit code 1')
    """
    return (
        tr("killed by signal {value}", value=-code)
        if code < 0
        else tr("exit code {code}", code=code)
    )
