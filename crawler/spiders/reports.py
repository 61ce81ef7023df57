"""What all spiders share: arguments checked before anything is fetched, and the way of one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.attachments import attachment_links, may_follow
from crawler.errors import describe
from crawler.items import DocumentItem, Page
from crawler.ledger import Ledger, ledger_of
from crawler.years import check_across_years
from parsers.model import Document, Hint, Link

ATTACHMENTS_MAX = 8
"""Files of one article that are fetched."""


class SpiderArgumentError(ValueError):
    """A spider argument that cannot be used. The message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Target:
    """A report to fetch: what is known of it before. `expected` is False for a link that only might be one."""

    url: str
    hint: Hint
    site: str | None
    kind: str
    stores: tuple[str, ...] = ()
    expected: bool = True
    optional: bool = False  # an address made from a year: no report there is no fault


class ReportSpider(Spider):
    """Base of the spiders: subclasses say where reports are, this class fetches one with its attachments."""

    arguments: Mapping[str, str]
    _asked: set[str]  # reports met in this run: a list and a registration may name the same
    takes: ClassVar[Mapping[str, str]] = {}
    """Argument → what it means, for messages."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        cls.check_arguments(kwargs, crawler.settings)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.arguments = dict(kwargs)
        spider._asked = set()
        spider.prepare(crawler.settings)
        return spider

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> None:
        """Raise SpiderArgumentError for an argument that cannot be used, before anything is opened or fetched."""
        for name in arguments:
            if name not in cls.takes:
                known = "; ".join(f"-a {key}={meaning}" for key, meaning in cls.takes.items()) or "none"
                raise SpiderArgumentError(f"{cls.name} takes no argument {name!r}. It takes: {known}")

    def prepare(self, settings: BaseSettings) -> None:
        """Make what `start` needs from the checked arguments."""

    @property
    def ledger(self) -> Ledger:
        return ledger_of(self.crawler)

    @property
    def refresh(self) -> bool:
        return self.arguments.get("refresh") == "1"

    # ------------------------------------------------------------ one report

    def report_request(self, target: Target) -> Request | None:
        """The request for a report; None when it is known and not to be fetched again."""
        if target.url in self._asked:
            return None
        self._asked.add(target.url)
        if target.expected and not target.optional:
            self.ledger.found(target.site, target.url)
        known = self.ledger.store.document_for(target.url)
        if known is not None and not self.refresh:
            if target.optional:
                self.ledger.found(target.site, target.url)
            self.ledger.known()
            self._recheck(target)
            return None
        self.ledger.counts["reports_asked"] += 1
        return Request(
            target.url,
            callback=self.parse_report,
            errback=self.report_failed,
            cb_kwargs={"target": target},
            meta={
                "role": "detail",
                "known": known,
                "hint": target.hint,
                "title": target.hint.link_text or "",
                "handle_httpstatus_list": [304],
            },
            dont_filter=True,  # Scrapy's filter would drop a redirect to a known address without a word
        )

    def _recheck(self, target: Target) -> None:
        """After a run that was cut off: a stored report may lack its checks against the years around it."""
        hint = target.hint
        if self.ledger.recheck and hint.region_code and hint.sector and hint.year:
            store = self.ledger.store
            stored = store.neighbours(f"{hint.region_code}-{hint.sector}", hint.year + 1).previous
            if stored is not None:
                check_across_years(store, stored.report_id)

    def parse_report(self, response: Response, target: Target) -> Iterator[Any]:
        """One article: read without the site around it by the chrome middleware; its files are fetched next."""
        if response.status == 304:
            known = response.meta["known"]
            self.ledger.unchanged(target.url, known.id)
            return
        page: Page = response.meta["page"]
        document: Document | None = response.meta.get("document")
        item = DocumentItem(
            page=page,
            kind=target.kind,
            site=target.site,
            hint=target.hint,
            expected=target.expected and not target.optional,
            document=document,
            unreadable=response.meta.get("unreadable"),
        )
        links = attachment_links(document) if document else []
        followed = [link for link in links if may_follow(link.url, page.fetched.url, target.stores)]
        yield from self._next_attachment(item, followed[:ATTACHMENTS_MAX])

    def _next_attachment(self, item: DocumentItem, links: list[Link]) -> Iterator[Any]:
        if not links:
            yield item
            return
        yield Request(
            links[0].url,
            callback=self.parse_attachment,
            errback=self.attachment_failed,
            cb_kwargs={"item": item, "rest": links[1:]},
            meta={"role": "attachment"},
            headers={"Referer": item.page.fetched.url},
            dont_filter=True,  # two articles may share a file
        )

    def parse_attachment(self, response: Response, item: DocumentItem, rest: list[Link]) -> Iterator[Any]:
        item.attachments.append(response.meta["page"])
        yield from self._next_attachment(item, rest)

    def attachment_failed(self, failure: Failure) -> Iterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]
        arguments = request.cb_kwargs
        item: DocumentItem = arguments["item"]
        code, message, status = describe(failure.value, request.url)
        self.ledger.failed(code, message, request.url, status=status, site=item.site)
        yield from self._next_attachment(item, arguments["rest"])

    def report_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        target: Target = request.cb_kwargs["target"]
        code, message, status = describe(failure.value, request.url)
        if target.optional and code in {"http.404", "page.missing", "page.empty"}:
            self.ledger.fetched(request.url, status or 404)
            return
        self.ledger.counts["reports_failed"] += 1
        self.ledger.failed(code, message, request.url, status=status, site=target.site)


def check_year(text: str | None) -> int | None:
    """The year of `-a year=`; raises SpiderArgumentError."""
    if text is None:
        return None
    if not re.fullmatch(r"20[0-9]{2}", text):
        raise SpiderArgumentError(f"year={text!r} is no report year; write four digits such as 2020")
    if int(text) > datetime.now(UTC).year:
        raise SpiderArgumentError(f"year={text}: that year has not begun; year= is the year reported on")
    return int(text)


def check_refresh(text: str | None) -> None:
    if text not in {None, "0", "1"}:
        raise SpiderArgumentError(f"refresh={text!r}: write refresh=1 to fetch again what is known")
