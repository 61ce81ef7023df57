"""One source by its address or path, for commands that read and store nothing: same downloader, same politeness."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess, CrawlerProcessBase
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.items import DocumentItem
from crawler.ledger import ledger_of
from crawler.replay import check_replay
from crawler.spiders.files import DOCUMENTS
from crawler.spiders.reports import ReportSpider, Target
from parsers.model import Hint, Source


class FetchError(Exception):
    """A source that could not be fetched or opened. The message is for people."""


class FetchSpider(ReportSpider):
    """Fetches one page, with its files when asked, and keeps it for the caller."""

    name = "fetch"
    takes: ClassVar[Mapping[str, str]] = {"url": "https://…", "files": "1 (the article's files too)"}
    custom_settings = {  # noqa: RUF012 - declared so by Scrapy
        "ITEM_PIPELINES": {},
        "LEDGER_ENABLED": False,
        "ARCHIVE_ENABLED": False,
        "LOG_LEVEL": "CRITICAL",  # the command says what failed, once
    }
    fetched: DocumentItem | None = None

    def prepare(self, settings: BaseSettings) -> None:
        self.fetched = None

    async def start(self) -> AsyncIterator[Any]:
        url = self.arguments["url"]
        yield Request(
            url,
            callback=self.parse_report,
            errback=self.report_failed,
            cb_kwargs={"target": Target(url, Hint(), None, "official")},
            meta={"role": "detail", "hint": Hint(), "title": ""},
        )

    def _next_attachment(
        self, item: DocumentItem, stores: tuple[str, ...], asked: frozenset[str] = frozenset()
    ) -> Iterator[Any]:
        self.fetched = item
        if self.arguments.get("files") == "1":
            yield from super()._next_attachment(item, stores, asked)


def source_of(target: str, process: CrawlerProcessBase | None, *, files: bool) -> Source:
    """The source behind a path or a web address. Raises FetchError with the reason, UsageError for an empty target."""
    if target.startswith(("http://", "https://")):
        return _from_web(target, process, files=files)
    path = Path(target.removeprefix("file://"))
    if not path.exists():
        raise FetchError(f"{target}: no such file. A web address begins with http:// or https://")
    if path.is_dir():
        raise FetchError(f"{target} is a folder; `scrapy crawl files -a path={target}` reads all of it")
    if not path.is_file():
        raise FetchError(f"{target} is neither a file nor a folder")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FetchError(f"{target}: {error.strerror or error}") from None
    kind = DOCUMENTS.get(path.suffix.lower())
    return Source(content, path.resolve().as_uri(), kind, hint=Hint(link_text=path.stem))


def _from_web(url: str, process: CrawlerProcessBase | None, *, files: bool) -> Source:
    if process is None:
        raise UsageError(f"{url}: no crawler to fetch it with")
    try:
        check_replay(process.settings["REPLAY"])
    except ValueError as error:
        raise FetchError(str(error)) from None
    crawler = process.create_crawler(FetchSpider)
    process.crawl(crawler, url=url, files="1" if files else "0")
    assert isinstance(process, AsyncCrawlerProcess)  # noqa: S101 - settings/base.py leaves Scrapy's asyncio default
    process.start()
    spider = crawler.spider
    item = spider.fetched if isinstance(spider, FetchSpider) else None
    if item is None:
        failures = ledger_of(crawler).failures if not process.bootstrap_failed else []
        raise FetchError(failures[-1][1] if failures else f"{url} could not be fetched")
    return item.source
