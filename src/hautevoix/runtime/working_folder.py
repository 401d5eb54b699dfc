"""The folder where the user is: it may have been removed, and then no name leads anywhere."""

from __future__ import annotations

import os

from hautevoix.errors import DiskError
from hautevoix.localization import tr


def check_working_folder() -> None:
    """Raise DiskError where it is gone: relative names mean nothing, and no process starts."""
    try:
        os.getcwd()  # noqa: PTH109 - nothing is made of it
    except OSError as error:
        raise DiskError(
            tr("The folder where you are is not there: {strerror}.", strerror=error.strerror),
            advice=tr("Go to another one (cd), and try again."),
        ) from error
