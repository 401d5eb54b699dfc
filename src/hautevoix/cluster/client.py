"""The connection to a Dask scheduler: encrypted unless on this machine, and deaf to code.

Workers may run what they like; here, what comes from them is read as plain data (msgpack) and
nothing else. Dask pickles results, their types, errors and warnings: none of those is opened.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from distributed import Client, Future, Security
from tornado.ioloop import IOLoop

from hautevoix.errors import EngineError, NetworkError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from hautevoix.model.options import ClusterOptions

_PLAIN = ("msgpack",)
_ANSWERING = 60.0  # seconds for it to answer later, however busy it is
_HOLDING = 20.0  # seconds for a worker to give what it has done
_PARTING = 5.0  # seconds for it to hear that we leave
_DASK = ("distributed", "distributed.client")  # its loggers that print


class _SilentError(Exception):
    """Nothing came in time."""


class LoopThread:
    """A thread with an event loop, in which a client talks; ``loop`` runs once this is made.

    Dask's own has ten seconds to begin, and a machine that stands still takes longer.
    Raises OSError where no loop can be had.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._runner.get_loop()
        self._running = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cluster client", daemon=True)
        self._thread.start()
        self._running.wait()

    @property
    def is_over(self) -> bool:
        """Whether the thread has ended, and its loop with it."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """End the thread, if it has not ended; a call that hangs in it is waited for a minute."""
        if not self.is_over:
            self.loop.add_callback(self._over.set)
            self._thread.join(_ANSWERING)

    def _run(self) -> None:
        with self._runner:
            self._runner.run(self._serve())

    async def _serve(self) -> None:
        self.loop = IOLoop.current()
        self._over = asyncio.Event()
        self._running.set()
        await self._over.wait()


class PlainClient(Client):  # type: ignore[misc] # Dask's own types are not read
    """A Dask client that unpickles nothing that a worker made.

    A task that failed beyond ``perform``'s reach is told as such, without Dask's reason.
    ``arrived`` gets the keys of tasks that are over: Dask's own callbacks start a thread that
    stays.
    """

    def __init__(self, *where: Any, **how: Any) -> None:
        self.arrived: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._talking = LoopThread()
        try:
            super().__init__(*where, loop=self._talking.loop, **how)
        except BaseException:
            self._talking.stop()
            raise

    def close(self, timeout: float = _PARTING) -> None:
        """Leave; unlike Dask's, its thread ends also where the scheduler is gone or silent.

        Dask closes it again when it is swept up: nothing is done then, be it after Ctrl-C.
        """
        if self._talking.is_over:
            return
        try:
            with contextlib.suppress(OSError):  # TimeoutError is one
                super().close(timeout=timeout)
        finally:
            self._talking.stop()

    async def _ensure_connected(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - Dask's
        await super()._ensure_connected(timeout=timeout)
        if self.scheduler_comm:
            self.scheduler_comm.comm.deserialize = False

    def subscribe_topic(self, topic: str, handler: Callable[..., Any]) -> None:
        """Subscribe to nothing: a warning of a worker's would bring its class along, pickled."""

    def _handle_key_in_memory(
        self,
        key: str | None = None,
        type: bytes | None = None,  # noqa: A002, ARG002 - Dask's names
        workers: Any = None,
    ) -> None:
        super()._handle_key_in_memory(key=key, workers=workers)
        self.arrived.put(str(key))

    def _handle_task_erred(
        self,
        key: str | None = None,
        exception: Any = None,  # noqa: ARG002 - Dask's names
        traceback: Any = None,  # noqa: ARG002 - likewise
    ) -> None:
        super()._handle_task_erred(key=key, exception="unread")
        self.arrived.put(str(key))


def security_of(options: ClusterOptions) -> Security:
    """Return what encrypts the connection: what is named, else what Dask's own settings name."""
    named = {
        "tls_ca_file": options.ca,
        "tls_client_cert": options.cert,
        "tls_client_key": options.key or options.cert,
    }
    given = {field: value for field, value in named.items() if value}
    return Security(require_encryption=options.address.startswith("tls://"), **given)


def problem_of(options: ClusterOptions) -> str:
    """Return why the connection can't be encrypted as it must be; nothing if it can."""
    try:
        security = security_of(options)
        context = security.get_connection_args("client").get("ssl_context")
    except (OSError, ValueError, TypeError) as error:  # ssl.SSLError is an OSError
        return str(error)
    return "" if context or not security.require_encryption else tr("no certificate is named")


class Connection:
    """A scheduler that answers; a context manager. Every failure is a NetworkError."""

    def __init__(self, options: ClusterOptions) -> None:
        """Connect. Raises NetworkError where nobody answers, or a certificate is not trusted."""
        self._address = options.address
        for name in _DASK:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # we tell what users need
        try:
            self._client = PlainClient(
                options.address,
                security=security_of(options),
                serializers=_PLAIN,
                deserializers=_PLAIN,
                set_as_default=False,
            )
        except OSError as error:  # TimeoutError is one
            raise self.lost() from error

    def close(self) -> None:
        """Leave; what is not begun of our tasks is forgotten there."""
        self._client.close()

    def submit(
        self, function: Callable[..., Any], *arguments: Any, workers: Collection[str] | None = None
    ) -> Future:
        """Have a function called by one of ``workers`` (None: of all)."""
        at = list(workers) if workers else None
        return self._client.submit(function, *arguments, pure=False, workers=at)

    def submit_all(
        self,
        function: Callable[..., Any],
        *arguments: Sequence[Any],
        keys: Sequence[str],
        workers: Collection[str] | None = None,
    ) -> list[Future]:
        """Have a function called for each of ``arguments``, as ``map`` would; ``keys`` name them.

        A scheduler has nearly as much to do for one call that comes alone as for many at once.
        """
        at = list(workers) if workers else None
        called = self._client.map(function, *arguments, key=list(keys), pure=False, workers=at)
        return cast("list[Future]", called)

    def arrived(self, patience: float) -> list[str]:
        """Return the keys of tasks that are over, as soon as there is one; none after a while.

        ``patience`` is in seconds.
        """
        keys: list[str] = []
        with contextlib.suppress(queue.Empty):
            keys.append(self._client.arrived.get(timeout=patience))
            while True:
                keys.append(self._client.arrived.get_nowait())
        return [*dict.fromkeys(keys)]

    def results(self, futures: Sequence[Future]) -> list[Any] | None:
        """Return what finished tasks gave; None where a worker that holds one falls silent.

        Raises EngineError for a pickled one.
        """
        asked = partial(self._client.gather, list(futures), asynchronous=True)
        try:
            with self._told():
                found = self._client.sync(asked, callback_timeout=_HOLDING)
        except _SilentError:
            return None
        except TypeError as error:  # Dask's, for data that is not what we read
            raise EngineError(
                tr("A worker's answer is not plain data; it was not opened."),
                advice=tr("Is the same Hautevoix installed there?"),
            ) from error
        return cast("list[Any]", found)

    def threads(self) -> int:
        """Return how many tasks can be done at once; 0 where there is no worker."""
        return int(self._identity(0)["total_threads"])

    def workers(self) -> dict[str, int]:
        """Return the workers' addresses, and how many tasks each does at once."""
        known = self._identity(-1)["workers"]
        return {address: int(known[address]["nthreads"]) for address in sorted(known)}

    def holders(self, future: Future) -> list[str]:
        """Return which workers hold what a task gave: who did it."""
        asked = partial(self._client.scheduler.who_has, keys=[future.key])
        return [str(address) for address in self._answer(asked).get(future.key, ())]

    def _identity(self, workers: int) -> dict[str, Any]:
        asked = partial(self._client.scheduler.identity, n_workers=workers)
        return cast("dict[str, Any]", self._answer(asked))

    def _answer(self, asked: Callable[[], Any]) -> Any:
        try:
            with self._told():
                return self._client.sync(asked, callback_timeout=_ANSWERING)
        except _SilentError as error:
            raise self.lost() from error

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            raise _SilentError from error
        except OSError as error:  # Dask's CommClosedError among them
            raise self.lost() from error

    def lost(self) -> NetworkError:
        """Return what tells that the scheduler is gone."""
        return NetworkError(
            tr("The scheduler {address} does not answer.", address=self._address),
            advice=tr("What was spoken is kept; the same command goes on from there."),
        )
