"""How words travel to online voices: verified, bounded in time and size, patient, and polite.

TLS is verified, redirects are not followed (a portal's login page is no voice), an exchange has
one deadline from name lookup to last byte, and an answer a size that it may not exceed. What may
pass is tried again after a growing random wait, or the one that the service asks for. After
several failures in a row nothing more is asked: the breaker. A connection serves one request
after the other.
"""

from __future__ import annotations

import email.utils
import queue
import random
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from hautevoix.errors import EngineError, HautevoixError, NetworkError, Secret
from hautevoix.localization import tr
from hautevoix.network.http_client import Answer, Unanswered, answer_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import requests

Understood = TypeVar("Understood")

_WORTH_RETRYING = frozenset({408, 425, 429, 500, 502, 503, 504})
_OF_THESE_WORDS = frozenset({400, 413, 422})  # what was asked is the matter, not the service
_REDIRECTS = range(300, 400)
_EXCERPT = 80  # characters of a refusal's text that are worth showing
_READ = 1 << 16  # bytes of it that are looked at: a key in it must be known before it is cut


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How a service is asked. Times are in seconds, sizes in bytes.

    ``deadline`` holds for one exchange; after ``attempts`` of them a clip is given up, and after
    ``breaker`` such clips in a row the service. The n-th wait is ``backoff`` × 2ⁿ and up to a
    quarter more, by chance; a service that asks for more than ``longest_wait`` is given up.
    """

    deadline: float = 30.0
    attempts: int = 4
    backoff: float = 1.0
    longest_wait: float = 60.0
    spacing: float = 0.3
    size_cap: int = 8 << 20
    breaker: int = 5


class Retry(Exception):  # noqa: N818 - a signal to try again, not an error of ours
    """An answer that another attempt may better; ``reason`` says what was wrong with this one.

    ``after`` is the wait in seconds that the service asked for. ``of_these_words`` says that the
    service itself is well: when attempts run out, the clip alone is lost.
    """

    def __init__(
        self, reason: str, *, after: float | None = None, of_these_words: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.of_these_words = of_these_words


class HttpClient:
    """Carries requests to one service, called ``name`` in errors; ``advice`` says what to do."""

    def __init__(
        self,
        name: str,
        advice: str,
        policy: RetryPolicy | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name = name
        self._advice = advice
        self._policy = policy or RetryPolicy()
        self._sleep = sleep
        self._last = float("-inf")
        self._lost_in_a_row = 0
        self._session: requests.Session | None = None

    def fetch(
        self,
        request: requests.PreparedRequest,
        understand: Callable[[Answer], Understood],
        also: Collection[int] = (),
    ) -> Understood:
        """Send ``request`` until ``understand`` makes something of an answer with status 200.

        Answers with one of the statuses ``also`` are no refusals, but for it to understand. It
        raises Again for an answer that is not what it should be. Raises NetworkError when the
        service can't be reached, keeps refusing, or gave nothing of use several times in a row;
        EngineError when it can't speak these words alone.
        """
        for attempt in range(self._policy.attempts):
            self._keep_distance()
            try:
                result = understand(self._granted(self._exchange(request), also))
            except Retry as again:
                if attempt + 1 == self._policy.attempts:
                    raise self._given_up(again) from None
                self._wait(attempt, again)
            else:
                self._lost_in_a_row = 0
                return result
        raise AssertionError  # the last attempt returns or raises

    def _given_up(self, again: Retry) -> HautevoixError:
        self._lost_in_a_row += 1
        if again.of_these_words and self._lost_in_a_row < self._policy.breaker:
            return EngineError(tr("{path}: {why}.", path=self._name, why=again.reason))
        times = (
            tr("{lost_in_a_row} sentences in a row", lost_in_a_row=self._lost_in_a_row)
            if again.of_these_words
            else tr("{attempts} attempts", attempts=self._policy.attempts)
        )
        return NetworkError(
            tr(
                "{name}: {reason} ({times}); nothing more was asked.",
                name=self._name,
                reason=again.reason,
                times=times,
            ),
            advice=self._advice,
        )

    def _wait(self, attempt: int, again: Retry) -> None:
        wait = self._policy.backoff * 2**attempt
        if again.after is not None:
            wait = max(wait, again.after)
            if again.after > self._policy.longest_wait:
                raise NetworkError(
                    tr(
                        "{name}: {reason}, and it asks to wait {after:.0f} s.",
                        name=self._name,
                        reason=again.reason,
                        after=again.after,
                    ),
                    advice=self._advice,
                )
        self._sleep(wait * (1 + random.random() / 4))  # noqa: S311 - spreads load, hides nothing

    def _keep_distance(self) -> None:
        wait = self._last + self._policy.spacing - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._last = time.monotonic()

    def _exchange(self, request: requests.PreparedRequest) -> Answer:
        """Send once; leave at the deadline, whatever the other end does.

        Timeouts of a socket start anew with each byte and don't cover name lookup, so the
        exchange has a thread of its own, which is left behind when its time is over. Its
        connection is kept for the next one, unless anything went wrong.
        """
        import requests  # noqa: PLC0415 - slow to import: not at the exchange's expense

        answers: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()
        over = threading.Event()
        session = self._session or requests.Session()
        self._session = None

        def run() -> None:
            try:
                answers.put(self._sent(request, session, over))
            except Exception as error:  # noqa: BLE001 - raised again below, in the caller's thread
                answers.put(error)

        threading.Thread(target=run, daemon=True).start()
        try:
            answer = answers.get(timeout=self._policy.deadline)
        except queue.Empty:
            raise Retry(
                tr("no whole answer within {deadline:g} s", deadline=self._policy.deadline)
            ) from None
        finally:
            over.set()
        if isinstance(answer, Exception):
            raise answer
        self._session = session
        return answer

    def _sent(
        self, request: requests.PreparedRequest, session: requests.Session, over: threading.Event
    ) -> Answer:
        cap, deadline = self._policy.size_cap, self._policy.deadline
        try:
            with opened(request, deadline, redirects=False, kept=session) as response:
                answer = answer_of(response, cap + 1, over)
        except Unanswered as lost:
            if not lost.untrusted:
                raise Retry(lost.reason) from lost
            raise NetworkError(
                tr(
                    "{name}: {reason}; someone may be listening.",
                    name=self._name,
                    reason=lost.reason,
                ),
                advice=tr("Check this machine's clock and certificates. Nothing was accepted."),
            ) from lost
        if len(answer.body) > cap:
            raise NetworkError(
                tr(
                    "{name}: an answer of over {cap} MB is no sentence; it was not "
                    "read to its end.",
                    name=self._name,
                    cap=cap >> 20,
                ),
                advice=self._advice,
            )
        return answer

    def _granted(self, answer: Answer, also: Collection[int]) -> Answer:
        """Return the answer if its status says that there is one."""
        if answer.status == HTTPStatus.OK or answer.status in also:
            return answer
        if answer.status in _WORTH_RETRYING:
            after = retry_after(answer.headers.get("retry-after", ""), time.time())
            raise Retry(tr("status {status}", status=answer.status), after=after)
        if answer.status in _OF_THESE_WORDS:
            reason = tr(
                "refused with status {status}{excerpt}",
                status=answer.status,
                excerpt=_excerpt(answer),
            )
            raise self._given_up(Retry(reason, of_these_words=True))
        if answer.status in _REDIRECTS:
            raise NetworkError(
                tr(
                    "{name}: redirected elsewhere (status {status}), as a network's "
                    "login page does.",
                    name=self._name,
                    status=answer.status,
                ),
                advice=self._advice,
            )
        raise NetworkError(
            tr(
                "{name}: refused with status {status}{excerpt}.",
                name=self._name,
                status=answer.status,
                excerpt=_excerpt(answer),
            ),
            advice=self._advice,
        )


def retry_after(header: str, now: float) -> float | None:
    """Return the seconds to wait that a Retry-After header asks for, None where it asks nothing.

    It holds seconds or a date (RFC 9110, § 10.2.3); ``now`` is in seconds since the epoch.

    >>> retry_after("7", 0), retry_after("Thu, 01 Jan 1970 00:00:10 GMT", 4), retry_after("x", 0)
    (7.0, 6.0, None)
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _excerpt(answer: Answer) -> str:
    """Return the beginning of a plain-text or JSON refusal, ready to follow in brackets."""
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(("text/plain", "application/json")):
        return ""
    text = " ".join(answer.body[:_READ].decode("utf-8", "replace").split())
    return f" ({Secret.redacted(text)[:_EXCERPT]})" if text else ""
