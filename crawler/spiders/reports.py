"""What all spiders share: arguments checked before anything is fetched, and the way of one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.archiving import UNREADABLE, stored_item
from crawler.attachments import INCOMPLETE, PICTURE_UNREAD, missing_links, mistaken
from crawler.chrome import without_chrome
from crawler.errors import describe
from crawler.items import DocumentItem, Page
from crawler.ledger import Ledger, ledger_of
from crawler.years import check_across_years
from parsers.identity.authorities import agency_id
from parsers.model import Hint
from storage.store import DocumentRecord


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
    """Base of the spiders: subclasses say where reports are, this class fetches one with what belongs to it."""

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
        """The request for a report, or for what is missing of a known one; None when there is nothing to ask for."""
        if target.url in self._asked:
            return None
        self._asked.add(target.url)
        if target.expected and not target.optional:
            self.ledger.found(target.site, target.url)
        known = self.ledger.store.document_for(target.url)
        if known is None or self.refresh:
            return self._page_request(target, known)
        if target.optional:
            self.ledger.found(target.site, target.url)
        self._recheck(target)
        if (completion := self._completion(target, known)) is None:
            self.ledger.known()
        return completion

    def _page_request(self, target: Target, known: DocumentRecord | None) -> Request:
        """The request for a report's page; for a `known` one only if it changed."""
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
            stored = store.neighbours(agency_id(hint.region_code, hint.sector), hint.year + 1).previous
            if stored is not None:
                check_across_years(store, stored.report_id)

    def _completion(self, target: Target, known: DocumentRecord) -> Request | None:
        """The request for the first thing that an earlier run did not get of a known report; None for a whole one.

        The page itself comes from the archive, and only if that has lost it from the site.
        """
        codes = (*INCOMPLETE, PICTURE_UNREAD) if self._pictures else INCOMPLETE
        if not self.ledger.store.has_finding(known.id, codes):
            return None
        try:
            item = stored_item(self.ledger.store, Path(self.settings["ARCHIVE_DIR"]), known)
        except UNREADABLE:
            return self._page_request(target, None)
        item.expected = target.expected and not target.optional
        item.document, item.unreadable = without_chrome(item.source)
        if not missing_links(item, target.stores, pictures=self._pictures):
            return None
        self.ledger.counts["reports_asked"] += 1
        request: Request = next(self._next_attachment(item, target.stores))
        return request

    @property
    def _pictures(self) -> bool:
        return bool(self.settings.getbool("FETCH_PICTURES"))

    def parse_report(self, response: Response, target: Target) -> Iterator[Any]:
        """One article: read without the site around it by the chrome middleware; what belongs to it is fetched next."""
        if response.status == 304:
            known: DocumentRecord = response.meta["known"]
            if (completion := self._completion(target, known)) is None:
                self.ledger.unchanged(target.url, known.id)
            else:
                yield completion
            return
        item = DocumentItem(
            page=response.meta["page"],
            kind=target.kind,
            site=target.site,
            hint=target.hint,
            expected=target.expected and not target.optional,
            document=response.meta.get("document"),
            unreadable=response.meta.get("unreadable"),
        )
        yield from self._next_attachment(item, target.stores)

    def _next_attachment(
        self, item: DocumentItem, stores: tuple[str, ...], asked: frozenset[str] = frozenset()
    ) -> Iterator[Any]:
        """The request for the next thing that belongs to a report and was not asked for yet; else the report."""
        links = missing_links(item, stores, pictures=self._pictures)
        link = next((link for link in links if link.url not in asked), None)
        if link is None:
            yield item
            return
        yield Request(
            link.url,
            callback=self.parse_attachment,
            errback=self.attachment_failed,
            cb_kwargs={"item": item, "stores": stores, "asked": asked | {link.url}},
            meta={"role": "attachment"},
            headers={"Referer": item.page.fetched.url},
            dont_filter=True,  # two articles may share a file
        )

    def parse_attachment(
        self, response: Response, item: DocumentItem, stores: tuple[str, ...], asked: frozenset[str]
    ) -> Iterator[Any]:
        page: Page = response.meta["page"]
        if message := mistaken(item, page):
            self.ledger.failed("attachment.mistaken", message, page.url, status=response.status, site=item.site)
        else:
            item.attachments.append(page)
        yield from self._next_attachment(item, stores, asked)

    def attachment_failed(self, failure: Failure) -> Iterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]
        item: DocumentItem = request.cb_kwargs["item"]
        code, message, status = describe(failure.value, request.url)
        self.ledger.failed(code, message, request.url, status=status, site=item.site)
        yield from self._next_attachment(**request.cb_kwargs)

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
