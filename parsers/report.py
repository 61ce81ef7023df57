"""One source read as a report: the steps of the reading in their order, and nothing else.

Every step is a pure function of its own module; a step that finds something strange adds a finding, and no step
changes what another one read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.checks.consistency import check_report
from parsers.checks.identities import check_form, index_figures
from parsers.checks.repair import propose
from parsers.identity import identify
from parsers.model import (
    Check,
    Document,
    Figure,
    Finding,
    Grid,
    Identity,
    Outcome,
    Paragraph,
    Reading,
    Report,
    Severity,
    Source,
    Status,
    Unreadable,
)
from parsers.paging import PAGED, page_number
from parsers.prose import read_prose
from parsers.readers import ocr, read_document, sniff
from parsers.sections import find_sections
from parsers.tables import read_tables

PARSER_VERSION = "3"
"""Raised when the same bytes may give other rows than before; `scrapy reparse` then rewrites what it reads."""

# Findings after which a report is only partly read: something expected is missing, cut off or could not be understood.
_PARTIAL = (
    "agency.unknown", "article.paged", "attachment.missing", "cells.", "column.unknown", "figure.repeated",
    "format.cut", "format.part_damaged", "ocr.doubtful", "page.cut", "page.too_deep", "pdf.page_damaged",
    "pdf.scanned_pages", "picture.", "preview.", "prose.cut", "region.ambiguous", "region.unknown",
    "report.fragment", "report.no_figures", "row.ambiguous", "row.unknown", "table.blank", "table.missing",
    "table.rows_missing", "table.too_large", "table.unknown_form", "text.cut", "text.damaged",
    "text.lost", "text.order", "unit.", "value.unreadable", "year.unknown",
)  # fmt: skip

_SHORTEST = 60  # characters; less, without a figure, is the title and a link
# A body that says nothing of this is not the report that its title or the link to it announces.
_SUBJECT = ("公开", "申请", "公開", "申請")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\b", re.I)
_UNRELATED = Finding(
    "report.unrelated",
    Severity.WARNING,
    "The title announces a yearly report, and the body says nothing of disclosure: an error page, or another article.",
)

_BLANK_TABLES = Finding("table.blank", Severity.WARNING, "Nothing is printed in any cell of the report's tables.")
_LEAST_SENTENCES = 5  # of a report with blank tables; the notes of a blank form are fewer


def read(source: Source) -> Reading:
    """Read a source as far as it can be read.

    Raises Unreadable when no reader can make a document of its bytes. A document that is no annual report gives a
    Reading without a report. Attachments are read into the same report: the article's
    further pages, then its files; their blocks follow the page's own.
    """
    return interpret(read_document(source), source)


def interpret(document: Document, source: Source) -> Reading:
    """Read the blocks of a document (the article, without the site around it) as an annual report."""
    document, attachments = with_further_pages(document, source.url, source.attachments)
    attached, unread = _attached(attachments)
    parts = (document, *attached)
    document = _joined(parts, unread)
    tables = read_tables(document.blocks)
    text = "\n".join(block.text for block in tables.blocks if isinstance(block, Paragraph))
    identity = identify(document, text, source.hint)
    findings = [*document.findings, *tables.findings, *identity.findings]
    if not identity.is_report or (tables.blank_form and not _is_written(identity, text)):
        return Reading(document, None, tuple(findings))
    if tables.blank_form:
        findings.append(_BLANK_TABLES)
    links_file = any(_FILE.search(link.url) for link in document.links)
    if text.strip() and not tables.figures and not links_file and not _is_about_disclosure(text, identity.title):
        findings.append(_UNRELATED)
        return Reading(document, None, tuple(findings))
    sections = find_sections(text)
    prose = read_prose(text, sections, identity.year)
    form = tables.form or "prose"
    cells = index_figures(tables.figures)
    table_figures = propose(tables.figures, form, cells)
    figures = _with_way_of_reading((*table_figures, *prose.figures), tables.tables, parts)
    if figures[: len(table_figures)] != tables.figures:
        cells = index_figures(figures)
    consistency, doubts = check_report(identity, text, sections, tables.tables, figures, prose.mentions, cells)
    checks = (*check_form(figures, form, cells), *prose.checks, *consistency)
    findings += [*prose.findings, *doubts, *_missing(document, tables.tables, figures)]
    report = Report(
        identity=identity,
        form=form,
        status=_status(text, figures, checks, findings),
        text=text,
        sections=sections,
        tables=tables.tables,
        figures=figures,
        mentions=prose.mentions,
        checks=checks,
    )
    return Reading(document, report, tuple(findings))


def _is_written(identity: Identity, text: str) -> bool:
    """Whether the text beside blank tables is a report's: of a body and a year, with what it did in sentences."""
    return bool(identity.agency_printed and identity.year) and text.count("。") >= _LEAST_SENTENCES


def with_further_pages(
    document: Document, url: str, attachments: Sequence[Source]
) -> tuple[Document, tuple[Source, ...]]:
    """An article with the blocks, links and pictures of its further pages after its own; and the other attachments.

    `url` is that of the first page. `further` of the answer are the pages that are named and not among the
    attachments; the finding about them goes when there are none left.
    """
    numbered = [(number, source) for source in attachments if (number := page_number(url, source.url)) is not None]
    findings = [finding for finding in document.findings if finding.code != PAGED]
    there: set[int] = set()
    whole = document
    for number, source in sorted(numbered, key=lambda one: one[0]):
        try:
            page = read_document(source)
        except Unreadable as error:
            findings.append(replace(error.finding, data={**error.finding.data, "attachment": source.url}))
            continue
        findings += [one for one in page.findings if one.code != PAGED and one not in findings]
        if number in there or not page.blocks:
            continue
        there.add(number)
        whole = replace(
            whole,
            blocks=(*whole.blocks, *page.blocks),
            links=tuple(dict.fromkeys((*whole.links, *page.links))),
            pictures=whole.pictures + page.pictures,
            picture_urls=tuple(dict.fromkeys((*whole.picture_urls, *page.picture_urls))),
            further=(*whole.further, *page.further),
        )
    named = {number: address for address in whole.further if (number := page_number(url, address)) is not None}
    missing = tuple(named[number] for number in sorted(named) if number not in there)
    paged = next((one for one in document.findings if one.code == PAGED), None)
    if paged is not None and (missing or len(there) + 1 < (paged.data.get("pages") or 0)):
        if there:
            message = f"The article has further pages; {len(there)} of them came along."
            paged = replace(paged, message=message, data={**paged.data, "next": next(iter(missing), None)})
        findings.append(paged)
    used = {source.url for _, source in numbered}
    rest = tuple(source for source in attachments if source.url not in used)
    return replace(whole, further=missing, findings=tuple(findings)), rest


def _attached(attachments: Sequence[Source]) -> tuple[list[Document], list[Finding]]:
    """The documents of the attached files; an attachment that cannot be read is a finding of the report.

    Pictures are the pages of one document, in the place of the first of them.
    """
    documents: list[Document] = []
    findings: list[Finding] = []
    pictures = [attachment for attachment in attachments if sniff(attachment) == "image"]
    for attachment in attachments:
        if attachment in pictures[1:]:
            continue
        try:
            if pictures[1:] and attachment is pictures[0]:
                documents.append(ocr.read_together(pictures))
            else:
                documents.append(read_document(attachment))
        except Unreadable as error:
            findings.append(replace(error.finding, data={**error.finding.data, "attachment": attachment.url}))
    return documents, findings


def _joined(parts: Sequence[Document], unread: Sequence[Finding]) -> Document:
    """The page with the blocks of its attachments after its own. A picture of it that was recognised is read."""
    document = parts[0]
    for attached in parts[1:]:
        pictures = attached.pictures * (-1 if attached.format == "ocr" else 1) + document.pictures
        document = replace(
            document,
            blocks=(*document.blocks, *attached.blocks),
            pictures=max(pictures, 0),
            findings=(*document.findings, *attached.findings),
        )
    return replace(document, findings=(*document.findings, *unread)) if unread else document


_RECOGNISED = "read by optical recognition"


def _with_way_of_reading(
    figures: Sequence[Figure], tables: Sequence[Grid], parts: Sequence[Document]
) -> tuple[Figure, ...]:
    """The figures, those from recognised pages and pictures marked as such.

    A table that was put together of several counts as recognised unless it stands as it is in a part with text.
    """
    printed = [part for part in parts if not any(finding.code == "ocr.read" for finding in part.findings)]
    if len(printed) == len(parts):
        return tuple(figures)
    grids = {block for part in printed for block in part.blocks if isinstance(block, Grid)}
    text = "\n".join(block.text for part in printed for block in part.blocks if isinstance(block, Paragraph))
    return tuple(
        figure
        if figure.reason or (figure.evidence in text if figure.table_no is None else tables[figure.table_no] in grids)
        else replace(figure, reason=_RECOGNISED)
        for figure in figures
    )


def _is_about_disclosure(text: str, title: str | None) -> bool:
    """Whether the body, its own title aside, speaks of disclosure or of requests."""
    words = re.sub(r"\s+", "", text).replace(re.sub(r"\s+", "", title or "") or "\n", "")
    return any(subject in words for subject in _SUBJECT)


def _missing(document: Document, tables: Sequence[Grid], figures: Sequence[Figure]) -> Iterator[Finding]:
    if document.pictures and document.format != "ocr":
        severity = Severity.INFO if tables else Severity.WARNING
        message = (
            f"The article has {'' if tables else 'no table and '}{document.pictures} pictures that were not read; "
            "one may hold a table."
        )
        yield Finding("picture.unread", severity, message, {"pictures": document.pictures})
    if not figures:
        yield Finding("report.no_figures", Severity.WARNING, "No figure was found in the report.")


def _status(text: str, figures: Sequence[Figure], checks: Sequence[Check], findings: Sequence[Finding]) -> Status:
    if len(text.strip()) < _SHORTEST and not figures:
        return Status.UNPARSED
    if any(check.status is Outcome.FAIL and check.severity is not Severity.INFO for check in checks):
        return Status.SUSPECT
    if any(finding.severity is not Severity.INFO and finding.code.startswith(_PARTIAL) for finding in findings):
        return Status.PARTIAL
    return Status.OK
