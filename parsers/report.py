"""One source read as a report: the steps of the reading in their order, and nothing else.

Every step is a pure function of its own module; a step that finds something strange adds a finding, and no step
changes what another one read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.checks.consistency import check_report
from parsers.checks.identities import check_form
from parsers.checks.repair import propose
from parsers.identity import identify
from parsers.model import (
    Check,
    Document,
    Figure,
    Finding,
    Grid,
    Outcome,
    Paragraph,
    Reading,
    Report,
    Severity,
    Source,
    Status,
    Unreadable,
)
from parsers.prose import read_prose
from parsers.readers import read_document
from parsers.sections import find_sections
from parsers.tables import read_tables

PARSER_VERSION = "1"
"""Raised when the same bytes may give other rows than before; `scrapy reparse` then rewrites what it reads."""

# Findings after which a report is only partly read: something expected is missing, cut off or could not be understood.
_PARTIAL = (
    "agency.unknown", "article.paged", "attachment.missing", "cells.", "column.unknown", "format.cut",
    "format.part_damaged", "ocr.doubtful", "page.cut", "page.too_deep", "pdf.page_damaged", "pdf.scanned_pages",
    "picture.", "preview.", "prose.cut", "region.ambiguous", "region.unknown", "report.fragment",
    "report.no_figures", "row.ambiguous", "row.unknown", "table.missing", "table.rows_missing", "table.too_large",
    "table.unknown_form", "text.cut", "text.damaged", "text.lost", "value.unreadable", "year.unknown",
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


def read(source: Source) -> Reading:
    """Read a source as far as it can be read.

    Raises Unreadable when no reader can make a document of its bytes. A document that is no annual report gives a
    Reading without a report. Attachments are read into the same report: their blocks follow the page's own.
    """
    return interpret(read_document(source), source)


def interpret(document: Document, source: Source) -> Reading:
    """Read the blocks of a document (the article, without the site around it) as an annual report."""
    document = _with_attachments(document, source.attachments)
    tables = read_tables(document.blocks)
    text = "\n".join(block.text for block in tables.blocks if isinstance(block, Paragraph))
    identity = identify(document, text, source.hint)
    findings = [*document.findings, *tables.findings, *identity.findings]
    if not identity.is_report or tables.blank_form:
        return Reading(document, None, tuple(findings))
    links_file = any(_FILE.search(link.url) for link in document.links)
    if text.strip() and not tables.figures and not links_file and not _is_about_disclosure(text, identity.title):
        findings.append(_UNRELATED)
        return Reading(document, None, tuple(findings))
    sections = find_sections(text)
    prose = read_prose(text, sections, identity.year)
    form = tables.form or "prose"
    table_figures = propose(tables.figures, form)
    figures = (*table_figures, *prose.figures)
    consistency, doubts = check_report(identity, text, sections, tables.tables, figures, prose.mentions)
    checks = (*check_form(figures, form), *prose.checks, *consistency)
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


def _with_attachments(document: Document, attachments: Sequence[Source]) -> Document:
    """Append the blocks of the attached files; an attachment that cannot be read is a finding of the report."""
    for attachment in attachments:
        try:
            attached = read_document(attachment)
        except Unreadable as error:
            finding = replace(error.finding, data={**error.finding.data, "attachment": attachment.url})
            document = replace(document, findings=(*document.findings, finding))
            continue
        document = replace(
            document,
            blocks=(*document.blocks, *attached.blocks),
            pictures=document.pictures + attached.pictures,
            findings=(*document.findings, *attached.findings),
        )
    return document


def _is_about_disclosure(text: str, title: str | None) -> bool:
    """Whether the body, its own title aside, speaks of disclosure or of requests."""
    words = re.sub(r"\s+", "", text).replace(re.sub(r"\s+", "", title or "") or "\n", "")
    return any(subject in words for subject in _SUBJECT)


def _missing(document: Document, tables: Sequence[Grid], figures: Sequence[Figure]) -> Iterator[Finding]:
    if document.pictures and not tables:
        message = (
            f"The article has no table and {document.pictures} pictures; figures that stand in a picture are not read."
        )
        yield Finding("picture.unread", Severity.WARNING, message, {"pictures": document.pictures})
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
