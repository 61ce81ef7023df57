"""Copies of reports on document-sharing sites: from the registered list, or one by its address."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from crawler.sites import MIRRORS_FILE, MirrorPage, Mirrors, SiteError, below, load_mirrors
from crawler.spiders.reports import ReportSpider, SpiderArgumentError, Target, check_refresh, check_year
from parsers.model import Hint


class MirrorsSpider(ReportSpider):
    """A copy is kept apart from the authority's own page and never quoted before it."""

    name = "mirrors"
    takes: ClassVar[Mapping[str, str]] = {
        "url": "https://… (one page, registered or not)",
        "region": "330211",
        "year": "2016",
        "refresh": "1 (fetch again what is known)",
    }

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> None:
        super().check_arguments(arguments, settings)
        check_year(arguments.get("year"))
        check_refresh(arguments.get("refresh"))
        try:
            pages = _choose(load_mirrors(Path(settings["SITES_DIR"]) / MIRRORS_FILE), arguments)
        except SiteError as error:
            raise SpiderArgumentError(str(error)) from None
        if not pages:
            raise SpiderArgumentError(
                "no registered copy fits; add a [[page]] to settings/sites/mirrors.toml or use -a url="
            )

    def prepare(self, settings: BaseSettings) -> None:
        self.mirrors = load_mirrors(Path(settings["SITES_DIR"]) / MIRRORS_FILE)
        self.pages = _choose(self.mirrors, self.arguments)
        self.wanted = "no report was found on the asked pages"

    async def start(self) -> AsyncIterator[Any]:
        for page in self.pages:
            hint = Hint(page.region, page.sector, page.year)
            if request := self.report_request(Target(page.url, hint, page.engine, "mirror")):
                yield request


def _choose(mirrors: Mirrors, arguments: Mapping[str, str]) -> tuple[MirrorPage, ...]:
    url = arguments.get("url")
    if url is not None:
        return (_single(mirrors, url),)
    region, year = arguments.get("region"), arguments.get("year")
    pages = mirrors.pages
    if region:
        pages = tuple(page for page in pages if page.region and page.region.startswith(below(region)))
    if year:
        pages = tuple(page for page in pages if page.year in {None, int(year)})
    return tuple(page for page in pages if not _engine(mirrors, page).closed)


def _engine(mirrors: Mirrors, page: MirrorPage) -> Any:
    return next(engine for engine in mirrors.engines if engine.id == page.engine)


def _single(mirrors: Mirrors, url: str) -> MirrorPage:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SpiderArgumentError(f"url={url!r} is no web address; write https://…")
    known = next((page for page in mirrors.pages if page.url == url), None)
    if known is not None:
        return known
    if parts.hostname.endswith(".gov.cn"):
        raise SpiderArgumentError(
            f"{parts.hostname} is the authority's own site, no copy: register it in settings/sites, or read it with "
            f"`scrapy audit {url}`"
        )
    engine = mirrors.engine_of(url)
    if engine is not None and engine.closed:
        raise SpiderArgumentError(f"{engine.name} asks robots to stay away from all its pages; it is not fetched")
    if engine is not None and not engine.text:
        raise SpiderArgumentError(f"{engine.name} shows its documents as pictures: there is no text to read on {url}")
    if engine is not None and not re.match(engine.path, parts.path):
        raise SpiderArgumentError(f"{url} is no document page of {engine.name} (those are like {engine.path})")
    return MirrorPage(url, engine.id if engine else "unknown")
