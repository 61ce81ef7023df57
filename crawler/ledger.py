"""The books of a run: what was asked, what came, what failed, and the verdict that decides the exit status.

The ledger owns the run's store. Spiders and pipelines report to it; nothing else writes runs, fetches or the
crawl's own findings.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from crawler.errors import DOWNLOAD_FAILURES, STORAGE_FAILED, StorageFailed, is_block
from crawler.sites import Site
from parsers.identity.authorities import names_of
from parsers.identity.regions import all_regions
from parsers.metrics import all_metrics
from parsers.model import AgencyName, Finding, Outcome, Reading, Severity
from storage.store import Saved, Store, WriteError

logger = logging.getLogger("nianbao")

VERDICTS = ("ok", "short", "empty", "blocked", "error")
"""From best to worst; a run's verdict is that of its worst site."""


@dataclass(slots=True)
class SiteBook:
    """What happened on one site. `found` are the addresses of reports seen there, fetched now or known before."""

    site: Site
    found: set[str] = field(default_factory=set)
    lists_read: int = 0
    blocked: int = 0
    failed: int = 0

    def verdict(self) -> str:
        """ok: as many reports as are known to be there; short, empty: fewer, none; blocked, error: kept out, broken."""
        if self.blocked:
            return "blocked"
        if self.failed:
            return "error"
        if not self.found:
            return "empty"
        return "short" if len(self.found) < self.site.min_reports else "ok"


class Ledger:
    """Opens the store and the run, counts, and closes both."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.counts: Counter[str] = Counter()
        self.sites: dict[str, SiteBook] = {}
        self._found: set[str] = set()
        self.failures: list[tuple[str, str]] = []  # (code, sentence), in the order in which they happened
        self.verdict: str | None = None
        self.reason = ""
        self.run_id = 0
        self.recheck = False  # the last run was cut off: reports may lack their checks against other years
        self._store: Store | None = None
        self._closing: asyncio.Future[Any] | None = None
        self._open = crawler.settings.getbool("LEDGER_ENABLED", True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        ledger = cls(crawler)
        crawler.signals.connect(ledger.spider_opened, signals.spider_opened)
        crawler.signals.connect(ledger.spider_error, signals.spider_error)
        crawler.signals.connect(ledger.item_error, signals.item_error)
        crawler.signals.connect(ledger.spider_closed, signals.spider_closed)
        return ledger

    @property
    def store(self) -> Store:
        """The run's database; open from the start of the spider to its end."""
        if self._store is None:
            raise RuntimeError("the ledger is open only while the spider runs")
        return self._store

    # ------------------------------------------------------------ signals

    def spider_opened(self, spider: Spider) -> None:
        if not self._open:
            return
        path = Path(self.crawler.settings["REPORTS_DB"])
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = Store(path)
        sites: tuple[Site, ...] = getattr(spider, "sites", ())
        self._store.seed(all_regions(), all_metrics(), authorities_of(sites))
        arguments: Mapping[str, str] = getattr(spider, "arguments", {})
        self.recheck = self._store.interrupted(spider.name)
        self.run_id = self._store.start_run(spider.name, arguments)
        for site in getattr(spider, "selected", ()):
            self.sites[site.id] = SiteBook(site)

    def spider_error(self, failure: Failure, response: Response | None) -> None:
        where = response.url if response is not None else "start"
        if isinstance(failure.value, StorageFailed):
            self.failed(STORAGE_FAILED, str(failure.value), where)
            return
        self.failed("spider.error", f"{where}: {failure.type.__name__ if failure.type else ''}: {failure.value}", where)

    def item_error(self, item: Any, failure: Failure) -> None:
        where = getattr(getattr(item, "page", None), "url", "?")
        self.counts["reports_failed"] += 1
        if isinstance(failure.value, StorageFailed):
            self.failed(STORAGE_FAILED, str(failure.value), where, site=getattr(item, "site", None))
            return
        self.failed(
            "item.error",
            f"{where}: {failure.type.__name__ if failure.type else ''}: {failure.value}",
            where,
            site=getattr(item, "site", None),
        )

    def spider_closed(self, spider: Spider, reason: str) -> None:
        if self._store is None:
            return
        self.reason = reason
        try:
            self.verdict = self._verdict(spider, reason)
            self._store.finish_run(self.run_id, reason, self.verdict, dict(sorted(self.counts.items())))
        except WriteError as error:
            self.verdict = "error"
            if self._closing is None:
                self.failures.append((STORAGE_FAILED, f"REPORTS_DB={self._store.path}: {error}"))
        finally:
            self._store.close()
            self._store = None

    def _verdict(self, spider: Spider, reason: str) -> str:
        """The worst of the sites; for a run without sites, what its own failures say."""
        verdicts = {"ok"}
        if self.failures:
            verdicts.add("blocked" if all(is_block(code) for code, _ in self.failures) else "error")
        for book in self.sites.values():
            verdict = book.verdict()
            verdicts.add(verdict)
            if verdict in {"short", "empty"}:
                self._missing(book, verdict)
        if reason != "finished":
            verdicts.add("error")
        if (wanted := getattr(spider, "wanted", None)) and not self.counts["reports_found"]:
            self.failures.append(("reports.none", wanted))
            verdicts.add("empty")
        return max(verdicts, key=VERDICTS.index)

    def _missing(self, book: SiteBook, verdict: str) -> None:
        site = book.site
        advice = " (its address is a guess: correct it in settings/sites)" if site.guess else ""
        message = (
            f"{site.name}: {len(book.found)} reports where at least {site.min_reports} are known{advice}"
            if verdict == "short"
            else f"{site.name}: no report found at {(site.urls or site.articles)[0]}{advice}"
        )
        self.failures.append((f"site.{verdict}", message))
        self.finding(Finding(f"site.{verdict}", Severity.ERROR, message, {"site": site.id, "region": site.region}))

    # ------------------------------------------------------------ reports to the ledger

    def listed(self, site: Site, url: str, status: int, links: int, reports: int) -> None:
        """A list page was read: so many links on it, so many of them reports."""
        self.counts["lists"] += 1
        self.counts["links"] += links
        if book := self.sites.get(site.id):
            book.lists_read += 1
        self.store.record_fetch(self.run_id, url, status, _now())
        logger.info("%s: %d links, %d reports", url, links, reports)

    def found(self, site_id: str | None, url: str) -> None:
        """A report was seen, whether it is fetched now or known."""
        if book := self.sites.get(site_id or ""):
            book.found.add(url)
        self._found.add(url)
        self.counts["reports_found"] = len(self._found)

    def known(self) -> None:
        """A report that is stored already was not fetched again."""
        self.counts["reports_known"] += 1

    def unchanged(self, url: str, document_id: str) -> None:
        """The site says that a known document has not changed."""
        self.counts["reports_unchanged"] += 1
        self.store.record_fetch(self.run_id, url, 304, _now(), document_id)

    def fetched(self, url: str, status: int, document_id: str | None = None) -> None:
        self.store.record_fetch(self.run_id, url, status, _now(), document_id)

    def saved(self, saved: Saved, reading: Reading | None, *, expected: bool) -> None:
        """A document was stored."""
        self.counts["documents"] += 1
        if reading is None or reading.report is None:
            self.counts["reports_failed" if expected else "documents_other"] += 1
            return
        self.counts[f"reports_{saved.outcome}"] += 1
        for check in reading.report.checks:
            if check.status is Outcome.FAIL:
                self.counts[f"checks_{check.severity}"] += 1

    def failed(self, code: str, message: str, url: str, *, status: int | None = None, site: str | None = None) -> None:
        """Something could not be done. It is a row, a line of the summary, and part of the verdict."""
        if code == STORAGE_FAILED and self._closing is not None:
            return  # answers that were under way
        self.counts["failures"] += 1
        self.failures.append((code, message))
        if book := self.sites.get(site or ""):
            if is_block(code):
                book.blocked += 1
            else:
                book.failed += 1
        if code == STORAGE_FAILED:
            self._end()
        elif self._store is not None and self.run_id:
            try:
                self._store.record_fetch(self.run_id, url, status, _now(), None, f"{code}: {message}"[:500])
                self.finding(Finding(code, Severity.ERROR, message[:1000], {"url": url, "site": site}))
            except WriteError as error:
                self.failures.append((STORAGE_FAILED, f"REPORTS_DB={self._store.path}: {error}"))
                self._end()
        if code not in {"spider.error", "item.error"}:  # Scrapy logs those itself, with the traceback
            logger.error("%s (%s)", message, code)

    def _end(self) -> None:
        """Close the spider: what cannot be stored need not be fetched."""
        if self._closing is None and self.crawler.engine is not None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="storage_failed"))

    def finding(self, finding: Finding, document_id: str | None = None) -> None:
        """A doubt of the crawl itself."""
        self.store.save_findings([finding], self.run_id, document_id)


def authorities_of(sites: Iterable[Site]) -> list[AgencyName]:
    """The authorities that a report is expected of: those of the registered sites, under all their names."""
    seen: dict[tuple[str, str], None] = {}
    for site in sites:
        seen.setdefault((site.region, site.sector))
    return [name for region, sector in seen for name in names_of(region, sector)]


def ledger_of(crawler: Crawler) -> Ledger:
    """The ledger of a crawl."""
    ledger = crawler.get_extension(Ledger)
    if ledger is None:
        raise RuntimeError("crawler.ledger.Ledger is missing from EXTENSIONS")
    return ledger


class QuietLogFormatter(LogFormatter):
    """Items are whole reports: their address says enough. What the spider reports itself is not logged twice.

    A traceback is for a fault of this program; that a host cannot be reached or a disk is full is a sentence.
    """

    def __init__(self) -> None:
        super().__init__()
        for name in ("core.engine", "core.scraper", "downloadermiddlewares.robotstxt"):
            logging.getLogger(f"scrapy.{name}").addFilter(_without_traceback)

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        return {"level": logging.DEBUG, "msg": "stored %(url)s", "args": {"url": _url_of(item)}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        return {"level": logging.ERROR, "msg": "could not process %(url)s", "args": {"url": _url_of(item)}}


def _without_traceback(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, StorageFailed):
        return False  # the ledger says it
    if isinstance(error, DOWNLOAD_FAILURES):
        record.exc_info = None
    return True


def _url_of(item: Any) -> str:
    return getattr(getattr(item, "page", None), "url", "?")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
