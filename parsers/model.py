"""The types that the parsers hand to each other and to their callers.

Everything here is data: frozen, comparable, without behaviour beyond looking itself up. `storage` may import
this module and no other one of `parsers`.

The way of a report through these types::

    Source (bytes) ─ read_document ─► Document (blocks) ─ interpret ─► Reading (report, figures, checks, findings)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding or a failed check weighs: the form forces it, real reports deviate, plausibility only."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Meaning(StrEnum):
    """What a printed cell or sentence says. 0, blank, "/" and unreadable are four different things."""

    NUMBER = "number"
    ZERO = "zero"  # a printed 0, or zero stated in words (未收到申请)
    BLANK = "blank"  # nothing printed
    NOT_APPLICABLE = "not_applicable"  # "/", "-", "—", 无 in a cell
    TEXT = "text"  # printed, and no single number can be read from it


class Origin(StrEnum):
    """Where a figure was read."""

    TABLE = "table"
    PROSE = "prose"


class Outcome(StrEnum):
    """The result of a check."""

    PASS = "pass"  # noqa: S105 - the outcome of a check
    FAIL = "fail"
    NOT_TESTABLE = "not_testable"


class Status(StrEnum):
    """The state of a report as a whole."""

    OK = "ok"
    SUSPECT = "suspect"  # a check failed
    PARTIAL = "partial"  # something expected is missing or unknown
    UNPARSED = "unparsed"  # a report whose content could not be read


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt or a fault, as a row of data.

    `code` is a stable slug such as ``row.unknown``; `message` is a sentence for people that names the thing;
    `data` holds what a program needs to act on it (JSON types only).
    """

    code: str
    severity: Severity
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


# ---------------------------------------------------------------- what comes in


@dataclass(frozen=True, slots=True)
class Hint:
    """What the crawler knows about a document before it is read: its site's registration and the link to it.

    A hint settles what the document leaves open (which 鼓楼区?); it never overrides what the document prints.
    """

    region_code: str | None = None  # GB/T 2260, six digits
    sector: str | None = None  # such as "health"
    year: int | None = None
    link_text: str | None = None
    link_date: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document and where they come from. `media_type` and `charset` are as declared, never trusted."""

    content: bytes
    url: str  # file:///… for files
    media_type: str | None = None
    charset: str | None = None
    hint: Hint = field(default_factory=Hint)
    attachments: tuple[Source, ...] = ()  # files that belong to the same report


# ---------------------------------------------------------------- the document of blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between two line breaks of the page, white space collapsed, never empty.

    `heading_level` is what the markup says (h1 = 1); headings by numbering are found later, in the text.
    `row` is set on a cell of a table that a text source prints one cell a line: the running number of its row.
    A blank cell of such a table is a no-break space.
    """

    text: str
    heading_level: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell: its anchor position, the cells it spans, and its text as printed (lines joined by "\\n")."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: anchor cells only, each position covered by at most one of them.

    `rows` and `cols` are the extent after merged cells are expanded. `origin` says how it was made:
    "table" (the document has a table there), "flattened" (rebuilt from a stream of text) or "stitched"
    (several tables of the document joined, because a page break or a title row had cut them).
    """

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    caption: str | None = None  # the text line printed directly above, when it names the table
    origin: str = "table"

    def covering(self) -> dict[tuple[int, int], Cell]:
        """Map every covered (row, col) to the cell printed there; uncovered positions are absent."""
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the article: absolute URL and its text. Attachments are links whose target is a file."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a copy says of itself. Its upload date is never the report's date."""

    # "document_sharing" | "converted" (pinyin, Traditional) | "tampered" (names replaced) | "copy" (as it was)
    kind: str
    engine: str | None = None  # such as "wenkunet"
    uploader: str | None = None
    document_number: str | None = None
    uploaded: date | None = None
    file_format: str | None = None
    pages: int | None = None
    size: str | None = None
    complete: bool = True  # False when the preview is cut short


@dataclass(frozen=True, slots=True)
class Document:
    """What a format reader makes of a source: blocks in reading order, without the site around them.

    `title`, `publisher` and `published` are what the page says outside the article body (heading, meta tags, the
    line 发布时间); the title is not repeated in `blocks` unless the body prints it again.
    """

    blocks: tuple[Block, ...]
    format: str  # html | text | docx | doc | rtf | xlsx | xls | pdf | ocr | mhtml
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    index_box: Mapping[str, str] = field(default_factory=dict)  # 索引号, 文号, 发布机构 … as printed
    links: tuple[Link, ...] = ()
    pictures: int = 0  # pictures inside the article large enough to hold a table or a page
    picture_urls: tuple[str, ...] = ()  # their absolute URLs in reading order, where they have one
    further: tuple[str, ...] = ()  # absolute URLs of the pages on which the article goes on, in their order
    mirror: Mirror | None = None
    charset: str | None = None
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- what goes out


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and the text up to the next heading of its level or above. Offsets are into the text."""

    position: int  # 0, 1, 2 … in reading order
    level: int  # 1 for 一、 2 for （一） 3 for 1.
    number: str  # as printed: 一, （二）, 3
    heading: str  # without the number
    topic: str | None  # overview | proactive | requests | fees | review_litigation | problems | other | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact block of the preamble, as printed."""

    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one metric with the place where it stands and what was printed there.

    `value` is in `unit` (money always 元); None unless exactly one number can be read. `raw` is the printed text.
    Table figures have `table_no`, `row`, `col` (the anchor of the printed cell) and `evidence` made of the printed
    row and column labels; prose figures have `start`, `end` and `evidence`, the sentence, which covers them.
    """

    metric: str
    value: int | float | None
    raw: str
    meaning: Meaning
    source: Origin
    evidence: str
    unit: str | None = None
    applicant: str = "total"
    period: str = "year"  # year | cumulative
    start: int | None = None
    end: int | None = None
    table_no: int | None = None
    row: int | None = None
    col: int | None = None
    approximate: bool = False
    proposed: int | float | None = None
    reason: str | None = None  # why `proposed` is the only reading left, or how an unusual value was read


@dataclass(frozen=True, slots=True)
class Mention:
    """Every quantity expression of the prose: a number, its unit, and what it counts as far as the words say."""

    start: int
    end: int
    quantity: int | float
    unit: str | None
    label: str
    approximate: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Check:
    """One identity evaluated once. `left` and `right` are the two sides; None where a side cannot be evaluated.

    `metric` names the table row or the quantity that the check is about where a rule is evaluated once per metric
    (row sums of the request table, table against prose); None for a rule that stands once in a form.
    """

    rule: str
    severity: Severity
    status: Outcome
    message: str
    applicant: str | None = None
    left: int | float | None = None
    right: int | float | None = None
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, for which year, and the dates of the report, as far as the document says so."""

    agency: str | None = None  # full name: 宁波市北仑区卫生局
    agency_printed: str | None = None
    agency_id: str | None = None  # 330206-health
    region_code: str | None = None
    sector: str | None = None
    year: int | None = None
    title: str | None = None
    published: date | None = None
    signed: date | None = None
    period: tuple[date, date] | None = None
    contact: Contact = field(default_factory=Contact)
    declared_parts: int | None = None  # 共六个部分
    is_report: bool = False  # False for a notice, a list page, a work report, the blank form
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report read: what `reports` and its child tables hold.

    Offsets are into `text`, the paragraphs joined by "\\n".
    """

    identity: Identity
    form: str  # prose | statistics_2014 | statutory_2019 | statutory_2021 | kunming_2014 | …
    status: Status
    text: str
    sections: tuple[Section, ...] = ()
    tables: tuple[Grid, ...] = ()  # table_no is the index
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to one source: the document and, if it is an annual report, the report. Findings are about both."""

    document: Document
    report: Report | None
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- registers


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260 at county level or above, with the years in which it existed."""

    code: str
    name: str
    level: str  # province | prefecture | county
    parent_code: str | None
    valid_from: int | None = None  # first year, None = before the register begins
    valid_to: int | None = None  # last year, None = exists today
    successor: str | None = None  # the code that took it over


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name of an authority in the years in which it held."""

    agency_id: str
    region_code: str
    sector: str
    name: str
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity of the dictionary. `unit` is the unit of stored values (money: 元)."""

    id: str
    label: str
    label_en: str
    unit: str | None
    description: str


class Unreadable(Exception):  # noqa: N818 - it names the source's state
    """A source that no reader can turn into a document.

    `finding` names the reason; the caller records it and goes on.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
