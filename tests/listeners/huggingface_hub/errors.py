"""As the hub has them."""


class HfHubHTTPError(OSError):
    """An answer that is none."""


class LocalEntryNotFoundError(FileNotFoundError, ValueError):
    """Not downloaded yet, and it can't be."""


class HFValidationError(ValueError):
    """No name of a repository."""
