"""One HTTP exchange: TLS verified, proxies as the system has them, every failure in words.

Who asks decides what a failure means: another attempt, a clip that is lost, a finding.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from threading import Event

    import requests

_CHUNK = 1 << 16  # bytes read at once
_REFUSED_CERTIFICATE = noop("the certificate can't be verified")


class Unanswered(Exception):  # noqa: N818 - what it means is for the asker to say
    """Nothing, or nothing whole, came back; ``reason`` says why, without a full stop.

    ``untrusted``: the certificate is at fault, so that nothing was accepted and another attempt
    is none to make.
    """

    def __init__(self, reason: str, *, untrusted: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.untrusted = untrusted


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; ``headers`` have names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def prepared(method: str, url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """Return a request, ready to be sent. Raises Unanswered for an address that is none."""
    import requests  # noqa: PLC0415 - slow to import

    try:
        with requests.Session() as session:
            return session.prepare_request(requests.Request(method, url, headers=dict(headers)))
    except (requests.exceptions.RequestException, ValueError) as error:
        raise Unanswered(str(error)) from error


@contextmanager
def opened(
    request: requests.PreparedRequest,
    timeout: float,
    *,
    redirects: bool,
    kept: requests.Session | None = None,
) -> Iterator[requests.Response]:
    """Send ``request``, and give its answer while the body is still to be read.

    ``timeout`` is in seconds, to connect and between two pieces of the answer; ``redirects``:
    they are followed; ``kept`` is a session whose connection stays for the next request (None:
    it is closed). Raises Unanswered, also for what fails while the body is read.
    """
    import requests  # noqa: PLC0415 - slow to import

    try:
        with nullcontext(kept) if kept else requests.Session() as session:
            settings = session.merge_environment_settings(request.url, {}, True, None, None)  # noqa: FBT003 - its API
            try:
                response = session.send(
                    request, timeout=timeout, allow_redirects=redirects, **settings
                )
            except requests.exceptions.RequestException:
                raise
            except (
                OSError,
                ValueError,
            ) as error:  # no certificates; a bad redirect
                raise Unanswered(_reason(error)) from error
            with response:
                yield response
    except requests.exceptions.SSLError as error:
        raise Unanswered(tr(_REFUSED_CERTIFICATE), untrusted=True) from error
    except requests.exceptions.Timeout as error:
        raise Unanswered(tr("no whole answer within {timeout:g} s", timeout=timeout)) from error
    except requests.exceptions.RequestException as error:
        raise Unanswered(_reason(error)) from error


def answer_of(response: requests.Response, most: int, over: Event | None = None) -> Answer:
    """Return an answer with the first ``most`` bytes of its body, fewer once ``over`` is set."""
    body = b""
    for chunk in response.iter_content(_CHUNK) if most else ():
        body += chunk
        if len(body) >= most or (over and over.is_set()):
            break
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, body[:most])


def _reason(error: Exception) -> str:
    """Return a failure of the network in words that help."""
    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text:
        return tr("its name can't be resolved: is this machine online?")
    if "refused" in text:
        return tr("the connection was refused")
    if type(error).__name__ == "TooManyRedirects":
        return tr("it redirects without end")
    return tr("the connection failed ({name})", name=type(error).__name__)
