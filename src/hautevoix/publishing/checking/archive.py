"""An EPUB's container: the files of its ZIP, each read once and none too large."""

from __future__ import annotations

import zipfile
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from lxml import etree

from hautevoix.localization import tr
from hautevoix.parsing.zip_errors import ZIP_ERRORS

if TYPE_CHECKING:
    from typing import BinaryIO

_LARGEST = 64 << 20  # bytes of a text in it: the longest chapter has some 2 million
_CONTAINER = "META-INF/container.xml"
_OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_STORED, _ENCRYPTED = 0, 1


class Archive:
    """A ZIP file that is read as an EPUB. Raises ValueError where it is none, OSError."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the ZIP's list of files."""
        try:
            self.zip = zipfile.ZipFile(file)
        except ZIP_ERRORS as error:
            if isinstance(error, OSError):  # the disk's, or it is no file: who opened it tells
                raise
            raise ValueError(tr("it is no ZIP archive, or it breaks off")) from error
        self._infos = {info.filename: info for info in self.zip.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of its files, folders left out."""
        return [name for name in self._infos if not name.endswith("/")]

    def starts_right(self) -> bool:
        """Tell whether « mimetype » comes first, stored, without extra field, with the right text.

        https://www.w3.org/TR/epub-33/#sec-zip-container-mime
        """
        first = min(self._infos.values(), key=lambda info: info.header_offset, default=None)
        plain = first is not None and first.compress_type == _STORED and not first.extra
        return bool(
            plain
            and first
            and first.filename == "mimetype"
            and self.read("mimetype") == b"application/epub+zip"
        )

    def read(self, name: str) -> bytes:
        """Return a file. Raises ValueError if it is not there, too large or damaged."""
        info = self._infos.get(name)
        if info and info.file_size > _LARGEST:
            raise ValueError(tr("« {name} » is too large", name=name))
        if info and info.flag_bits & _ENCRYPTED:
            raise ValueError(tr("« {name} » is encrypted", name=name))
        return self.head(name, _LARGEST)

    def head(self, name: str, most: int) -> bytes:
        """Return the first bytes of a file. Raises as ``read`` does."""
        info = self._infos.get(name)
        if info is None:
            raise ValueError(tr("« {name} » is not in it", name=name))
        try:
            with self.zip.open(info) as member:
                return member.read(most)
        except ZIP_ERRORS as error:
            raise ValueError(tr("« {name} » is damaged", name=name)) from error

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return self._infos[name].file_size

    def xml(self, name: str) -> etree._Element:
        """Return a file's tree; no entity is resolved. Raises ValueError if it has none."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(tr("« {name} » is no XML: {msg}", name=name, msg=error.msg)) from error

    def package(self) -> str:
        """Return the name of the package document. Raises ValueError if none is told."""
        found = self.xml(_CONTAINER).find(f".//{_OCF}rootfile")
        path = "" if found is None else (found.get("full-path") or "")
        if path not in self._infos:
            raise ValueError(tr("it names no package document (OPF) that is in it"))
        return path


def target(base: str, href: str) -> tuple[str, str]:
    """Return the file and the fragment that a reference in the file ``base`` leads to.

    >>> target("EPUB/c1.smil", "c1.xhtml#s%31")
    ('EPUB/c1.xhtml', 's1')
    """
    path, fragment = urldefrag(href)
    name = normpath(join(dirname(base), unquote(path))) if path else base
    return name, unquote(fragment)


def is_elsewhere(href: str) -> bool:
    """Tell whether a reference leads out of the book.

    >>> is_elsewhere("https://example.org/"), is_elsewhere("c1.xhtml#s1")
    (True, False)
    """
    return ":" in href.split("/", 1)[0].split("#", 1)[0] or href.startswith("//")
