"""Books that are still being written, as pages: the newest build of each, which renews itself.

What a page says of the last build comes from who builds, as ``Status``; the rest is read from the
books' folders as each build is told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from hautevoix.errors import HautevoixError
from hautevoix.localization import language, ntr, tr
from hautevoix.publishing.book_files import MP3_TYPE, described
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.files import type_of
from hautevoix.publishing.markup import attributes, tag
from hautevoix.publishing.page import Surroundings, write_page
from hautevoix.publishing.page_head import head, read_web
from hautevoix.publishing.preview import private, without_invalid_range
from hautevoix.publishing.state import File, Identity, PublishedBook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.requests import Request

    from hautevoix.publishing.built_book import BuiltBook

_PAGE = ("live-place.js", "live.js")
_NEVER = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Status:
    """What a book's page says: ``line`` in a few words, ``told`` what the last build found.

    ``heading`` stands over what was found, which is shown when it is clicked.
    ``build`` is another text for each build that made something new, empty before the first.
    """

    build: str = ""
    line: str = ""
    told: tuple[str, ...] = ()
    working: bool = False
    failed: bool = False
    heading: str = ""


@dataclass(slots=True)
class LiveBook:
    """One text's book: ``folder`` is where it is built, ``page`` its newest page, if there is one.

    ``changed`` are the rows of the timeline that the build before had not, or had otherwise.
    """

    name: str
    folder: Path
    status: Status = field(default_factory=Status)
    built: BuiltBook | None = None
    page: bytes = b""
    changed: tuple[int, ...] = ()
    _shown: str = ""

    def tell(self, status: Status) -> None:
        """Take in what became of the book; a new build is read from its folder."""
        if status.build != self._shown:
            try:
                self._read(status.build)
            except HautevoixError as error:
                status = Status(self._shown, str(error), failed=True)
        self.status = status

    def state(self) -> dict[str, object]:
        """Return what the page asks for again and again."""
        status = self.status
        count = len(self.changed)
        return {
            "build": status.build,
            "line": status.line,
            "told": status.told,
            "heading": status.heading,
            "working": status.working,
            "failed": status.failed,
            "changed": self.changed,
            "changes": ntr("{count} sentence is new", "{count} sentences are new", count),
        }

    def file(self, name: str) -> Path | None:
        """Return the file that a page knows by ``name``: the sound of its build, the cover."""
        if not self.built:
            return None
        if name == self._sound():
            return self.built.mp3
        return self.built.cover if self.built.cover and name == self.built.cover.name else None

    def _sound(self) -> str:
        return f"{self.built.key}.mp3" if self.built else ""

    def _read(self, build: str) -> None:
        """Read the book and write its page. Raises HautevoixError."""
        before = self.built
        self.built = read_built_book(self.folder)
        self.changed = changed(before, self.built) if before else ()
        around = Surroundings(feed=False, live=build, banner=_banner(), scripts=_PAGE)
        self.page = write_page(self.built, self._work(self.built), around=around)
        self._shown = build

    def _work(self, built: BuiltBook) -> PublishedBook:
        """Return the book as a page wants it: by names of this server's own."""
        cover = f"{self.name}/{built.cover.name}" if built.cover else ""
        work = PublishedBook(
            self.name,
            (),
            Identity(f"live:{self.name}", 0),
            face=(cover, ""),
            audio=File(f"{self.name}/{self._sound()}", built.mp3.stat().st_size, MP3_TYPE),
        )
        return described(work, built)


def changed(before: BuiltBook, after: BuiltBook) -> tuple[int, ...]:
    """Return the rows of ``after`` that say, or sound, what none of ``before`` did.

    Length stands for the sound: another take, voice or spelling hardly ever has the very same.
    """
    left = Counter(_rows(before))
    new = []
    for row, told in enumerate(_rows(after)):
        if left[told]:
            left[told] -= 1
        else:
            new.append(row)
    return tuple(new)


def _rows(built: BuiltBook) -> list[tuple[str, str, float]]:
    """Return what tells each row of a timeline from others: who says what, for how long."""
    texts = {
        sentence.utterance: sentence.text
        for part in built.edition.parts
        for block in part.blocks
        for sentence in block.sentences
    }
    return [
        (built.speakers[row], texts.get(row, ""), round(span.end - span.start, 2))
        for row, span in enumerate(built.spans)
    ]


def live_site(books: Sequence[LiveBook]) -> Starlette:
    """Return what serves the pages of ``books``, to this machine alone."""
    by_name = {book.name: book for book in books}

    async def index(_request: Request) -> Response:
        if len(books) == 1:
            return RedirectResponse(f"/{books[0].name}/")
        return HTMLResponse(_index(books), headers=_NEVER)

    async def page(request: Request) -> Response:
        book = by_name.get(request.path_params["book"])
        if not book:
            return Response(status_code=404)
        return HTMLResponse(book.page or _empty(book.name), headers=_NEVER)

    async def state(request: Request) -> Response:
        book = by_name.get(request.path_params["book"])
        return JSONResponse(book.state(), headers=_NEVER) if book else Response(status_code=404)

    async def file(request: Request) -> Response:
        without_invalid_range(request.scope)
        return _file(by_name, request.path_params["book"], request.path_params["name"])

    return private(
        [
            Route("/", index),
            Route("/index.html", index),
            Route("/{book}/", page),
            Route("/{book}/state.json", state),
            Route("/{book}/{name}", file),
        ]
    )


def _file(books: Mapping[str, LiveBook], book: str, name: str) -> Response:
    """Return a file of a book; 404 where it is that of another build: the page goes too then."""
    path = books[book].file(name) if book in books else None
    if not path or not path.is_file():
        return Response(status_code=404)
    return FileResponse(path, media_type=type_of(path.name), headers=_NEVER)


def _banner() -> str:
    """Return where a page tells of the last build."""
    words = {
        "data_gone": tr("The build that watches has ended: start it again to go on."),
        "data_hear": tr("Hear what is new"),
    }
    inner = (
        '<p><span id="live-line" role="status"></span> '
        '<button type="button" id="live-new" hidden></button></p>'
        '<details id="live-told" hidden><summary></summary><ul></ul></details>'
    )
    return tag("aside", inner, id="live", class_="live", **words) + "\n"


def _empty(name: str) -> str:
    """Return the page of a book of which nothing has been built yet."""
    script = f"'use strict';\n{_ALONE}{read_web('live.js')}"
    return _page(name, _banner(), f"<script>\n{script}</script>")


_ALONE = "const facts = { live: '' }; const depart = () => {}; const arrive = () => {};\n"
"""What a page without a player does with its place: nothing."""


def _index(books: Sequence[LiveBook]) -> str:
    """Return the page that lists several books."""
    rows = [
        tag("li", tag("a", escape(_title(book)), href=f"{book.name}/") + _said(book))
        for book in books
    ]
    return _page(tr("Being written"), tag("ul", "\n".join(rows), class_="moments"), "")


def _title(book: LiveBook) -> str:
    return book.built.edition.title if book.built else book.name


def _said(book: LiveBook) -> str:
    return " " + tag("small", escape(book.status.line)) if book.status.line else ""


def _page(title: str, body: str, script: str) -> str:
    heading = f'<header class="title-page"><h1 class="title">{escape(title)}</h1></header>'
    told = f"<head>\n{head(title, title)}</head>\n<body>\n{body}{heading}\n{script}\n</body>"
    return f"<!DOCTYPE html>\n<html{attributes(lang=language())}>\n{told}\n</html>\n"
