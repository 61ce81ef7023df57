"""`scrapy article`: any page without the site around it."""

from __future__ import annotations

import json
from typing import Any

from crawler.chrome import without_chrome
from crawler.command import CommandError, SourceCommand
from crawler.terminal import table
from parsers.chrome import first_date, label_kinds
from parsers.model import Document, Grid, Paragraph, Source


class Command(SourceCommand):
    """Print title, date and body of a page or file as the chrome middleware leaves them."""

    summary = "Print title, date and body of any page or file, without the site around it"
    description = (
        "Print title, date, publisher, paragraphs and tables (as rows of cells) of any page or file, report or not, as "
        "the chrome middleware leaves them. --json prints one object with the keys title, published, date (that of "
        "publication, else 成文日期), publisher, body (list of paragraphs), tables (list of tables, each a list of "
        "rows of cells), links (url and text). Stores nothing."
    )
    with_files = False

    def show(self, name: str, source: Source, *, as_json: bool) -> int:
        document, unreadable = without_chrome(source)
        if document is None:
            raise CommandError(f"{name}: {unreadable.message if unreadable else 'could not be read'}")
        print(json.dumps(to_json(document), ensure_ascii=False, indent=1) if as_json else to_text(document))
        return 0


def rows_of(grid: Grid) -> list[list[str]]:
    """A table as rows of equal length: a merged cell's text at its anchor, "" at the other positions that it covers."""
    rows = [[""] * grid.cols for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def printed_day(document: Document) -> str | None:
    """The day that an index box gives the document itself (成文日期), for pages that do not say when they appeared."""
    days = (first_date(value) for label, value in document.index_box.items() if label_kinds()[label] == "document_date")
    day = next((day for day in days if day is not None), None)
    return day.isoformat() if day is not None else None


def to_json(document: Document) -> dict[str, Any]:
    """The keys that programs rely on. `text` is the body in one piece, the rows of its tables among the paragraphs."""
    published = document.published.isoformat() if document.published else None
    return {
        "title": document.title,
        "date": published or printed_day(document),
        "published": published,
        "publisher": document.publisher,
        "body": [block.text for block in document.blocks if isinstance(block, Paragraph)],
        "text": "\n".join(
            block.text if isinstance(block, Paragraph) else "\n".join("\t".join(row) for row in rows_of(block))
            for block in document.blocks
        ),
        "tables": [rows_of(block) for block in document.blocks if isinstance(block, Grid)],
        "links": [{"url": link.url, "text": link.text} for link in document.links],
        "format": document.format,
        "findings": [{"code": finding.code, "message": finding.message} for finding in document.findings],
    }


def to_text(document: Document) -> str:
    """The document in reading order for a terminal."""
    head = [document.title or "(no title)"]
    facts = [str(fact) for fact in (document.published, document.publisher) if fact]
    if facts:
        head.append("  ".join(facts))
    lines = [*head, ""]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["", *([block.caption] if block.caption else []), table(rows_of(block)), ""]
    if document.links:
        lines += ["", "links"] + [f"  {link.text or '-'}  {link.url}" for link in document.links]
    lines += [f"! {finding.message} ({finding.code})" for finding in document.findings]
    return "\n".join(lines)
