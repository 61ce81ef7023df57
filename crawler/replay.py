"""Serves a WARC archive in place of the network: `-s REPLAY=FILE_OR_FOLDER`.

No socket is opened and no name is resolved. Answers come as recorded: status, headers, compressed bodies, redirects. An
address that the archive does not hold is an error that names it. A missing robots.txt allows everything, as a 404 does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from w3lib.url import canonicalize_url

from crawler.errors import ReplayMissError
from crawler.ledger import ledger_of
from storage import archive
from storage.archive import ArchiveError, Fetched


class Replay:
    """The add-on that puts the archive in the network's place when REPLAY is set."""

    def update_settings(self, settings: BaseSettings) -> None:
        if not settings["REPLAY"]:
            raise NotConfigured
        check_replay(settings["REPLAY"])
        handler = "crawler.replay.ReplayHandler"
        settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler, "ftp": None, "s3": None}, "cmdline")
        settings.set("DOWNLOAD_DELAY", 0, "cmdline")  # nobody to be polite to
        settings.set("AUTOTHROTTLE_ENABLED", False, "cmdline")
        settings.set("RETRY_ENABLED", False, "cmdline")  # the same answer would come again
        settings.set("DOWNLOAD_SLOTS", {}, "cmdline")
        settings.set("HTTPPROXY_ENABLED", False, "cmdline")


def check_replay(replay: str | None) -> None:
    """Raise ValueError with a sentence when REPLAY names nothing that can be replayed."""
    if not replay:
        return
    path = Path(replay)
    if not path.exists():
        raise ValueError(f"REPLAY={path}: no such file or folder")
    try:
        archive.warc_files(path)
    except ArchiveError as error:
        raise ValueError(f"REPLAY={path}: {error.reason}") from None
    if path.is_file() and not archive.looks_like_warc(path):
        raise ValueError(f"REPLAY={path} is no WARC file")


class ReplayHandler(BaseDownloadHandler):
    """The download handler that answers from the archive. Of several records of one address the newest answers."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._damages: list[ArchiveError] = []
        self._records: Mapping[str, Fetched] = _newest(Path(crawler.settings["REPLAY"]), self._damages)

    async def download_request(self, request: Request) -> Response:
        while (
            self._damages
        ):  # told when the run is open for it: what was in a damaged record is missing without a trace
            damage = self._damages.pop()
            ledger_of(self.crawler).failed("replay.damaged", str(damage), damage.file.as_uri())
        recorded = self._records.get(request.url) or self._records.get(_key(request.url))
        if recorded is None:
            if urlsplit(request.url).path == "/robots.txt":
                return Response(request.url, status=404)
            raise ReplayMissError("not in the replayed archive")
        request.meta["recorded_at"] = recorded.fetched_at
        arguments: dict[str, Any] = {"url": request.url, "headers": Headers(_pairs(recorded)), "body": recorded.body}
        return responsetypes.from_args(**arguments)(status=recorded.status, **arguments)


def _newest(path: Path, damages: list[ArchiveError]) -> dict[str, Fetched]:
    records: dict[str, Fetched] = {}
    for recorded in archive.records(path.resolve(), damages.append):
        for key in (recorded.url, _key(recorded.url)):
            known = records.get(key)
            if known is None or recorded.fetched_at >= known.fetched_at:
                records[key] = recorded
    return records


def _key(url: str) -> str:
    """The address without what does not change the page: order of the query, escapes, fragment."""
    return str(canonicalize_url(url))


def _pairs(recorded: Fetched) -> list[tuple[str, str]]:
    return [(name, value) for name, value in recorded.headers if name.lower() != "transfer-encoding"]
