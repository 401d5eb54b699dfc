"""Folders on other machines, by fsspec: s3://…, sftp://…; opened, and their failures in words."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any

from hautevoix.errors import NetworkError, Secret
from hautevoix.localization import tr
from hautevoix.runtime.installation import adding, getting

if TYPE_CHECKING:
    from hautevoix.errors import HautevoixError

_EXTRA = "upload"  # the smallest that brings fsspec
_PASSWORD = re.compile(r"(//[^/@]*?):([^/]*)@")
_RENAMES = {"file", "local", "sftp", "ssh", "ftp", "smb", "webdav", "webhdfs"}


def opened(address: str, misunderstood: type[HautevoixError]) -> tuple[Any, str]:
    """Return the file system of an address (fsspec has no types) and the folder in it.

    Raises NetworkError where no host answers, and ``misunderstood`` where something is not
    installed or the address means nothing. From now on no message holds the address's password.
    """
    if held := _PASSWORD.search(address):
        Secret(held[2])
    try:
        import fsspec  # noqa: PLC0415 - an optional extra, wanted by those who name a host
    except ImportError as error:
        raise misunderstood(
            tr("{address} can't be reached without fsspec.", address=shown(address)),
            advice=tr("Install it: {getting}", getting=getting(_EXTRA)),
        ) from error
    try:
        # Its log would come before our line, with a traceback.
        logging.getLogger("paramiko").addHandler(logging.NullHandler())
        system, root = fsspec.core.url_to_fs(address, skip_instance_cache=True)
    except ImportError as error:
        lacking = getattr(error.__cause__, "name", None)  # s3fs, paramiko: named as their packages
        raise misunderstood(
            tr("{target} can't be opened: {error}.", target=shown(address), error=error),
            advice=tr("Get it: {adding}", adding=adding(lacking)) if lacking else "",
        ) from error
    except failures() as error:
        kind = NetworkError if _is_unreachable(error) else misunderstood
        raise kind(
            tr("{target} can't be opened: {error}.", target=shown(address), error=why(error))
        ) from error
    return system, str(root).rstrip("/")


def shown(address: str) -> str:
    """Return an address as it may be told: without its password.

    >>> shown("sftp://moi:secret@host/livres"), shown("s3://bucket/livres")
    ('sftp://moi@host/livres', 's3://bucket/livres')
    """
    return _PASSWORD.sub(r"\1@", address)


def failures() -> tuple[type[Exception], ...]:
    """Return what a back end raises when its host fails; not all of it is an OSError."""
    named = (
        ("paramiko", "SSHException"),
        ("botocore.exceptions", "BotoCoreError"),
        ("aiohttp", "ClientError"),
    )
    loaded = ((sys.modules.get(module), name) for module, name in named)
    others = (getattr(module, name) for module, name in loaded if module)
    return OSError, EOFError, ValueError, *others


def why(error: Exception) -> str:
    """Return on one line what a back end says of a failure; some say nothing."""
    return " ".join(str(error).split()).rstrip(".") or tr("the connection broke")


def protocols(system: Any) -> set[str]:
    """Return what a file system speaks: « s3 », or « sftp » and « ssh »."""
    return {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}


def renames(system: Any) -> bool:
    """Tell whether a host can rename a file; object stores can't, and put files whole."""
    return not _RENAMES.isdisjoint(protocols(system))


def _is_unreachable(error: Exception) -> bool:
    """Tell whether a host gave no answer; one that refuses a password did."""
    paramiko = sys.modules.get("paramiko")
    refused = paramiko is not None and isinstance(error, paramiko.AuthenticationException)
    return not isinstance(error, ValueError) and not refused
