"""``podcast.toml``: what a podcast says of itself, read, checked and written."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from hautevoix.errors import InputError
from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import LARGEST_TOML, file_bytes, toml_table
from hautevoix.publishing.apple import CATEGORIES
from hautevoix.publishing.typography import clean, one_line

if TYPE_CHECKING:
    from pathlib import Path

BOOK, CHAPTER = "book", "chapter"
EPISODES = (BOOK, CHAPTER)
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_HOST = re.compile(r"[A-Za-z0-9._-]+|(?=[^:]*:)[0-9A-Fa-f.:]+")  # or IPv6
_FEED = re.compile(r"https?://[\x21-\x7e]+")  # in ASCII, as it is to stand in the feed
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Podcast:
    """A podcast's own facts. ``base_url`` ends in a slash; empty texts are unknown.

    ``licence`` is an SPDX name (« cc-by-4.0 ») or the address of a text; ``cover`` a picture's
    path; ``episodes`` is empty for « as before »; ``ai_content`` discloses the synthetic voice
    in the feed's metadata. ``applepodcastsverify`` is the code by which Apple sees whose feed it
    is, ``new_feed_url`` where the feed has moved to.
    """

    title: str = ""
    description: str = ""
    author: str = ""
    email: str = ""
    language: str = "fr"
    base_url: str = ""
    category: str = "Arts"
    subcategory: str = "Books"
    explicit: bool = False
    licence: str = ""
    copyright: str = ""
    cover: str = ""
    episodes: str = ""
    ai_content: bool = True
    applepodcastsverify: str = ""
    new_feed_url: str = ""


QUESTIONS = {
    "title": noop("Title of the podcast"),
    "description": noop("What is it about (in a sentence or two)"),
    "author": noop("Who publishes it"),
    "email": noop("Contact address (public: it guards the feed against takeover)"),
    "base_url": noop("Address where the site will be (https://…)"),
    "licence": noop("Licence (such as cc-by-4.0 or cc0-1.0; may be left empty)"),
}
"""What ``publish --init`` asks for, in its order."""


def read_podcast(path: Path) -> Podcast:
    """Return what the file says; an absent file says nothing. Raises InputError."""
    try:
        told = toml_table(file_bytes(path, 4 * LARGEST_TOML).decode())
    except FileNotFoundError:
        return Podcast()
    except (OSError, ValueError) as error:
        raise InputError(tr("{path} can't be read: {error}.", path=path, error=error)) from error
    _reject_unknown(path, told)
    values: dict[str, Any] = {name: _tidy(value) for name, value in told.items()}
    podcast = Podcast(**values)
    if podcast.cover:
        podcast = replace(podcast, cover=str(path.parent / podcast.cover))
    return checked(podcast, str(path))


def _reject_unknown(path: Path, told: dict[str, Any]) -> None:
    kinds = {field.name: type(field.default) for field in fields(Podcast)}
    for name, value in told.items():
        if name not in kinds:
            raise InputError(
                tr("{path}: « {name} » is unknown.", path=path, name=name),
                advice=tr("Known are: {kinds}.", kinds=", ".join(kinds)),
            )
        if type(value) is not kinds[name]:
            wanted = tr("true or false") if kinds[name] is bool else tr("a text in quotes")
            raise InputError(
                tr("{path}: « {name} » must be {wanted}.", path=path, name=name, wanted=wanted)
            )


def _tidy(value: str | bool) -> str | bool:  # noqa: FBT001 - a value, not a switch
    return clean(value).strip() if isinstance(value, str) else value


def checked(podcast: Podcast, where: str) -> Podcast:
    """Return the podcast with its address in ASCII. Raises InputError; ``where`` is blamed."""
    problems = {
        tr("« {what} » is no way to cut episodes; choose book or chapter", what=podcast.episodes): (
            podcast.episodes not in {"", *EPISODES}
        ),
        tr("« {what} » is no language code such as fr or fr-CA", what=podcast.language): (
            not _LANGUAGE.fullmatch(podcast.language)
        ),
        tr("« {what} » is no mail address", what=podcast.email): (
            bool(podcast.email) and not _MAIL.fullmatch(podcast.email)
        ),
        tr("« {what} » is no address of a feed", what=podcast.new_feed_url): (
            bool(podcast.new_feed_url) and not _FEED.fullmatch(podcast.new_feed_url)
        ),
        tr("« {what} » is no category of Apple's", what=podcast.category): (
            podcast.category not in CATEGORIES
        ),
        tr(
            "« {what} » is no part of the category « {category} »",
            what=podcast.subcategory,
            category=podcast.category,
        ): (
            bool(podcast.subcategory)
            and podcast.subcategory not in CATEGORIES.get(podcast.category, ())
        ),
    }
    for problem, found in problems.items():
        if found:
            raise InputError(tr("{path}: {why}.", path=where, why=problem))
    return replace(
        podcast,
        title=one_line(podcast.title),
        author=one_line(podcast.author),
        base_url=ascii_url(podcast.base_url, where) if podcast.base_url else "",
    )


def ascii_url(url: str, where: str) -> str:
    """Return an address in ASCII with a slash at its end. Raises InputError.

    >>> ascii_url("https://éditions.fr/à lire", "here")
    'https://xn--ditions-9xa.fr/%C3%A0%20lire/'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise InputError(
            tr("{where}: « {url} » is no address of a site.", where=where, url=url)
        ) from error
    if (
        parts.scheme not in {"http", "https"}
        or not _HOST.fullmatch(host)
        or parts.query
        or parts.fragment
        or parts.username is not None
    ):
        raise InputError(
            tr("{where}: « {url} » is no address of a site.", where=where, url=url),
            advice=tr("Give one such as https://example.org/livres/"),
        )
    if ":" in host:
        host = f"[{host}]"
    path = quote(parts.path, safe="/%~!$&'()*+,;=:@")
    return urlunsplit((parts.scheme, host + port, path.rstrip("/") + "/", "", ""))


def missing(podcast: Podcast) -> list[str]:
    """Return the names of what the standards ask for and the podcast does not say."""
    return [name for name in QUESTIONS if name != "licence" and not getattr(podcast, name)]


def to_toml(podcast: Podcast) -> str:
    """Return the file that says it: every key, so that a person sees what can be said."""
    lines = [tr("# What your podcast says of itself; for more: hautevoix publish --help.")]
    in_full = replace(podcast, episodes=podcast.episodes or BOOK)
    for name, value in asdict(in_full).items():
        # A JSON string is a TOML string too, but for DEL, which TOML wants escaped.
        told = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        lines.append(f"{name} = {told}")
    return "\n".join(lines) + "\n"
