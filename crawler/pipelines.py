"""A document becomes rows: parse (pure), then store (one transaction), then the checks over several years."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.attachments import attachment_links, in_order, missing_attachment, put_together
from crawler.errors import StorageFailed
from crawler.items import DocumentItem
from crawler.ledger import Ledger, ledger_of
from crawler.years import check_across_years
from parsers.identity.authorities import names_of
from parsers.model import AgencyName, Reading
from parsers.report import PARSER_VERSION, interpret
from storage.store import Saved, Store, WriteError


class ParsePipeline:
    """Reads the document as a report."""

    def process_item(self, item: DocumentItem) -> DocumentItem:
        read_item(item)
        return item


def read_item(item: DocumentItem) -> None:
    """Read the document of an item with its attachments; a file that is named and not there is a finding."""
    document, attachments = put_together(item)
    if document is None:
        return
    in_order(item, document)
    there = {page.url for page in item.attachments}
    missing = [missing_attachment(document, link) for link in attachment_links(document) if link.url not in there]
    document = replace(document, findings=(*document.findings, *missing))
    item.reading = interpret(document, replace(item.source, attachments=attachments))


class StorePipeline:
    """Writes the document and what was read in it, and tells the ledger."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: DocumentItem) -> DocumentItem:
        ledger = ledger_of(self.crawler)
        try:
            saved = store_item(ledger.store, item, ledger.run_id)
            self._report(ledger, item, saved)
        except WriteError as error:
            raise StorageFailed(
                f"REPORTS_DB={ledger.store.path}: {error}; {item.page.url} was not stored. "
                "Look at its disk and at who else uses it, and run this again"
            ) from error
        return item

    @staticmethod
    def _report(ledger: Ledger, item: DocumentItem, saved: Saved) -> None:
        page = item.page
        report = item.reading.report if item.reading else None
        for one, document_id in ((page, saved.document_id), *((file, file.document_id) for file in item.attachments)):
            if not one.stored:
                ledger.fetched(one.url, one.fetched.status, document_id)
        ledger.saved(saved, item.reading, expected=item.expected or item.unreadable is not None)
        if report is not None:
            ledger.found(item.site, page.url)
        elif item.unreadable is not None:
            ledger.failed(item.unreadable.code, f"{page.url}: {item.unreadable.message}", page.url, site=item.site)
        elif item.expected:
            ledger.failed(
                "document.not_report",
                f"{page.url}: announced as a yearly report, but it reads as none",
                page.url,
                site=item.site,
            )


def store_item(store: Store, item: DocumentItem, run_id: int | None) -> Saved:
    """Write one item and, when it is a report, the checks against its neighbours in time."""
    page, reading = item.page, item.reading
    title = (reading.document.title if reading else None) or item.hint.link_text
    if reading and reading.report:
        title = reading.report.identity.title or title
    document = replace(page.record(item.kind, item.site, title), hint=item.hint)
    attachments = [
        replace(attached.record(item.kind, item.site, None, parent_id=document.id), hint=item.hint)
        for attached in item.attachments
    ]
    if reading is None:
        findings = [item.unreadable] if item.unreadable else []
        return store.save_unreadable(document, attachments, findings, run_id, PARSER_VERSION)
    saved = store.save(document, attachments, reading, names_for(reading), run_id, PARSER_VERSION)
    if saved.report_id is not None and saved.outcome != "unchanged":
        check_across_years(store, saved.report_id)
    return saved


def names_for(reading: Reading) -> tuple[AgencyName, ...]:
    """The names over the years of the authority that a report is of."""
    identity = reading.report.identity if reading.report else None
    if identity is None or identity.region_code is None or identity.sector is None:
        return ()
    return names_of(identity.region_code, identity.sector)
