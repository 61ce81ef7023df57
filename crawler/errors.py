"""Why a page was not taken, as a stable code. What a run could not do is a row, an exit status and a sentence."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError


class PageRefused(IgnoreRequest):
    """An answer that is no content, or an address that is not asked. `code` is a slug such as `blocked.challenge`."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


class StorageFailed(IgnoreRequest):
    """The archive or the database cannot be written to: a full disk, a lock that is never released. The run ends."""


class ReplayMissError(Exception):
    """An address that the replayed archive does not hold."""


STORAGE_FAILED = "storage.failed"

_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (ReplayMissError, "replay.missing"),
    (CannotResolveHostError, "host.unknown"),
    (DownloadConnectionRefusedError, "connection.refused"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "response.too_large"),
    (ResponseDataLossError, "response.truncated"),
    (DownloadFailedError, "connection.lost"),
    (UnsupportedURLSchemeError, "address.scheme"),
    (NotSupported, "address.scheme"),
    (OSError, "connection.lost"),
)


DOWNLOAD_FAILURES = tuple(kind for kind, _ in _CODES)
"""What a request fails with when the network is at fault and not this program."""


def describe(error: BaseException | None, url: str) -> tuple[str, str, int | None]:
    """A download's failure as (code, sentence, HTTP status if there was one)."""
    if error is None:
        return "download.failed", f"{url}: failed for an unknown reason", None
    if isinstance(error, PageRefused):
        return error.code, error.message, error.status
    if isinstance(error, HttpError):
        status = error.response.status
        return f"http.{status}", f"{url} answered {status}", status
    if isinstance(error, StorageFailed):
        return STORAGE_FAILED, str(error), None
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if "robots.txt" in text:
            return "robots.forbidden", f"{url}: the site's robots.txt asks not to fetch it", None
        if "redirections" in text:
            return "redirect.limit", f"{url}: too many redirects", None
        if "DOWNLOAD_MAXSIZE" in text:
            return "response.too_large", f"{url}: the answer grows past DOWNLOAD_MAXSIZE when decompressed", None
        return "request.ignored", f"{url}: {text}", None
    # a guarded name service answers with the refusal inside the downloader's own error
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PageRefused):
            return cause.code, cause.message, cause.status
        cause = cause.__cause__ or cause.__context__
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "download.failed")
    return code, f"{url}: {str(error) or type(error).__name__}", None


def is_block(code: str) -> bool:
    """Whether a failure is the site keeping us out, and not an accident."""
    return code.startswith("blocked.") or code in {"robots.forbidden", "http.403", "http.412", "http.429", "http.521"}
