"""What a run shows while it lasts and what it says at the end.

On a terminal a progress bar: reports read, failed, pages, rate, time left. Elsewhere a plain line now and then.
The summary says what was found, what failed, where the database is, and how to browse it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from tqdm import tqdm

from crawler.ledger import Ledger, ledger_of

LINE_EVERY = 20.0
"""Seconds between two plain lines."""

FAILURES_SHOWN = 20


class Progress:
    """Follows a run and sums it up."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._bar: tqdm[Any] | None = None
        self._loop: Any = None
        self._began = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("LEDGER_ENABLED", True):
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.response_received, signals.response_received)
        crawler.signals.connect(progress.item_done, signals.item_scraped)
        crawler.signals.connect(progress.engine_stopped, signals.engine_stopped)
        return progress

    @property
    def _ledger(self) -> Ledger:
        return ledger_of(self.crawler)

    def spider_opened(self, spider: Spider) -> None:
        self._began = time.monotonic()
        if sys.stderr.isatty():
            self._bar = tqdm(
                total=0, unit=" reports", desc=spider.name, file=sys.stderr, dynamic_ncols=True, leave=False
            )
            return
        self._loop = create_looping_call(self._line)
        self._loop.start(LINE_EVERY, now=False)

    def response_received(self) -> None:
        self._ledger.counts["pages"] += 1
        self._draw(0)

    def item_done(self) -> None:
        self._draw(1)

    def _draw(self, done: int) -> None:
        if self._bar is None:
            return
        counts = self._ledger.counts
        self._bar.total = max(counts["reports_asked"], self._bar.n + done)
        self._bar.set_postfix(failed=counts["reports_failed"], pages=counts["pages"], refresh=False)
        self._bar.update(done)

    def _line(self) -> None:
        counts = self._ledger.counts
        read = _read(counts)
        seconds = time.monotonic() - self._began
        left = max(0, counts["reports_asked"] - read - counts["reports_failed"])
        remaining = f", about {_duration(left * seconds / read)} left" if read and left else ""
        print(
            f"{read} reports read, {counts['reports_failed']} failed, {left} to go, {counts['pages']} pages, "
            f"{read / seconds:.2f} reports/s{remaining}",
            file=sys.stderr,
            flush=True,
        )

    def engine_stopped(self) -> None:
        """After the ledger closed its books."""
        if self._loop is not None and self._loop.running:
            self._loop.stop()
        if self._bar is not None:
            self._bar.close()
        if self._ledger.verdict is not None:
            try:
                print(summary(self._ledger), flush=True)
            except BrokenPipeError:  # the reader of the summary has gone; the exit status still says how the run went
                sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nothing more to say


def summary(ledger: Ledger) -> str:
    """The closing lines of a run."""
    counts, settings = ledger.counts, ledger.crawler.settings
    spider = ledger.crawler.spider
    name = spider.name if spider else "run"
    lines = [f"{name}: {ledger.verdict}" + (f" ({ledger.reason})" if ledger.reason not in {"", "finished"} else "")]
    reports = [
        f"{counts['reports_new']} new",
        f"{counts['reports_changed']} changed",
        f"{counts['reports_unchanged'] + counts['reports_known']} unchanged",
        f"{counts['reports_failed']} failed",
    ]
    if counts["reports_other_years"]:
        reports.append(f"{counts['reports_other_years']} of other years left out")
    lines.append(f"  reports   {', '.join(reports)}")
    if counts["documents_other"] or counts["files_other"]:
        lines.append(
            f"  others    {counts['documents_other']} documents that are no yearly report, "
            f"{counts['files_other']} files of other kinds"
        )
    warned = counts["checks_warning"] + counts["checks_info"]
    lines.append(f"  checks    {counts['checks_error']} failed, {warned} more to look at")
    if ledger.sites or counts["sites_unknown"]:
        good = sum(book.verdict() == "ok" for book in ledger.sites.values())
        unknown = f", {counts['sites_unknown']} registered without an address" if counts["sites_unknown"] else ""
        lines.append(f"  sites     {good} of {len(ledger.sites)} complete{unknown}")
    if ledger.failures:
        lines.append("  not done")
        lines += [
            f"    {message}" + ("" if code in message else f" ({code})")
            for code, message in ledger.failures[:FAILURES_SHOWN]
        ]
        if len(ledger.failures) > FAILURES_SHOWN:
            lines.append(f"    … and {len(ledger.failures) - FAILURES_SHOWN} more: table findings, run {ledger.run_id}")
    database = settings["REPORTS_DB"]
    option = "" if database == "data/reports.db" else f" -s REPORTS_DB={database}"
    lines += [f"  database  {database}", f"  browse    scrapy browse{option}"]
    return "\n".join(lines)


def _read(counts: Any) -> int:
    return int(
        counts["reports_new"] + counts["reports_changed"] + counts["reports_unchanged"] + counts["documents_other"]
    )


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
