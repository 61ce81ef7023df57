"""Strips the site around an article: a spider middleware that reads every document before the spider sees it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.items import DocumentItem, Page
from parsers.model import Document, Finding, Hint, Source, Unreadable
from parsers.readers import read_document


def without_chrome(source: Source) -> tuple[Document | None, Finding | None]:
    """The document of a source, or the finding that says why no reader could make one."""
    try:
        return read_document(source), None
    except Unreadable as error:
        return None, error.finding


class ChromeMiddleware(BaseSpiderMiddleware):
    """Puts the document without the site on `response.meta`, and on items that come without a response."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_spider_input(self, response: Response) -> None:
        page: Page | None = response.meta.get("page")
        if page is None or response.meta.get("role") != "detail":
            return
        hint: Hint = response.meta.get("hint") or Hint()
        response.meta["document"], response.meta["unreadable"] = without_chrome(page.source(hint))

    def get_processed_item(self, item: Any, response: Response | None) -> Any:
        if isinstance(item, DocumentItem) and item.document is None and item.unreadable is None:
            item.document, item.unreadable = without_chrome(item.source)
        return item
