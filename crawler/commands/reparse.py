"""`scrapy reparse`: the whole archive read again, without the network."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from tqdm import tqdm

from crawler.archiving import UNREADABLE, stored_item
from crawler.chrome import without_chrome
from crawler.command import BaseCommand
from crawler.pipelines import read_item, store_item
from parsers.identity.regions import all_regions
from parsers.metrics import all_metrics
from parsers.model import Finding, Outcome, Severity
from storage.migrations import DatabaseError
from storage.store import DocumentRecord, Store


class Command(BaseCommand):
    """Parse every archived document again: same rows for same bytes and parser, new rows for a better parser."""

    summary = "Parse the whole archive again, offline"
    description = (
        "Parse every document of the database again from the archive, without the network. With the same parser "
        "nothing changes; after the parser was improved the reports are rewritten. REPORTS_DB and ARCHIVE_DIR name "
        "what is read; --site narrows it to one site's documents."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="ID", help="only the documents of this site (its id in settings/sites)")

    def answer(self, args: list[str], opts: argparse.Namespace, settings: Settings) -> int:
        database, folder = Path(settings["REPORTS_DB"]), Path(settings["ARCHIVE_DIR"])
        if not database.exists():
            raise UsageError(f"{database} does not exist; `scrapy crawl` makes it", print_help=False)
        counts: Counter[str] = Counter()
        try:
            opened = Store(database)
        except DatabaseError as error:
            raise UsageError(f"REPORTS_DB={database}: {error}", print_help=False) from None
        with opened as store:
            if opts.site and next(iter(store.documents(site=opts.site)), None) is None:
                raise UsageError(f"--site {opts.site}: {database} has no document of that site", print_help=False)
            store.seed(all_regions(), all_metrics())
            run = store.start_run("reparse", {"site": opts.site} if opts.site else {})
            records = list(store.documents(site=opts.site) if opts.site else store.documents())
            for record in tqdm(records, unit=" documents", disable=not sys.stderr.isatty(), leave=False):
                self._document(store, folder, record, run, counts)
            verdict = "error" if counts["failed"] else "ok"
            store.finish_run(run, "finished", verdict, counts)
        print(
            f"reparse: {verdict}\n"
            f"  reports   {counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged, "
            f"{counts['failed']} failed\n"
            f"  others    {counts['other']} documents that are no yearly report\n"
            f"  checks    {counts['checks']} failed\n"
            f"  database  {database}"
        )
        return int(counts["failed"] > 0)

    @staticmethod
    def _document(store: Store, folder: Path, record: DocumentRecord, run: int, counts: Counter[str]) -> None:
        try:
            item = stored_item(store, folder, record)
        except UNREADABLE as error:
            counts["failed"] += 1
            finding = Finding("archive.unreadable", Severity.ERROR, f"{record.url}: {error}", {"url": record.url})
            store.save_findings([finding], run, record.id)
            print(finding.message, file=sys.stderr)
            return
        item.document, item.unreadable = without_chrome(item.source)
        read_item(item)
        saved = store_item(store, item, run)
        report = item.reading.report if item.reading else None
        if report is None:
            counts["other" if item.unreadable is None else "unreadable"] += 1
            return
        counts[saved.outcome] += 1
        counts["checks"] += sum(
            check.status is Outcome.FAIL and check.severity is Severity.ERROR for check in report.checks
        )
