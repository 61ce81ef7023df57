"""HTML pages to blocks: the article without the site, paragraphs and tables in reading order.

Tables that hold figures become Grids: merged cells are spans of one Cell, and spans that cannot be right are repaired
(reaching past the table, covering another cell, one row too long). Tables that only lay out the page are unwrapped.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import cast
from urllib.parse import urljoin

from parsers import mirrors
from parsers.article import Article, extract_article, is_large_picture
from parsers.decode import decode
from parsers.dom import BLOCKS, HEADINGS, Element, clean, collapse, drop_invisible, lines_of
from parsers.model import Block, Cell, Document, Finding, Grid, Paragraph, Severity, Source

MAX_POSITIONS = 60_000  # rows times columns of one table; the largest form has 26 times 12
MAX_BLOCKS = 50_000  # of one page; the longest reports have about a thousand
MAX_TABLES = 2_000  # of one page
_MAX_COLUMNS = 400  # a wider span is a lie
_NUMBER = re.compile(r"\s*(\d{1,6})")
_PROSE = 80  # characters of a cell that reads as running text


def read(source: Source) -> Document:
    """Read a page.

    Raises Unreadable for bytes that are no text. A list page, or a page without an article, gives a document without
    blocks and the finding ``page.list`` or ``page.no_article``.
    """
    text, charset = decode(source.content, source.charset)
    restored = mirrors.restore(text)
    article = extract_article(restored.text, source.url)
    findings = [*restored.findings, *article.findings]
    if article.sharing is not None:
        return Document(
            blocks=tuple(_shared_blocks(article)),
            format="html",
            title=article.title,
            links=article.links,
            pictures=_pictures(article.body),
            picture_urls=_picture_urls(article.body, source.url),
            mirror=article.sharing.mirror,
            charset=charset,
            findings=(*findings, *article.sharing.findings),
        )
    builder = BlockBuilder()
    blocks: tuple[Block, ...] = ()
    if article.body is not None and not article.is_list:
        blocks = tuple(islice(builder.blocks(article.body), MAX_BLOCKS))
        if len(blocks) == MAX_BLOCKS:
            message = f"The page has more than {MAX_BLOCKS} paragraphs and tables; the rest was not read."
            findings.append(Finding("page.cut", Severity.ERROR, message))
    findings.extend(builder.findings)
    mirror, judged = mirrors.judge_copy(
        source.url,
        article.before,
        "\n".join(block.text for block in blocks if isinstance(block, Paragraph)),
        restored.mirror,
    )
    findings.extend(judged)
    if "\ufffd" in text:
        findings.append(
            Finding(
                "text.damaged",
                Severity.WARNING,
                f"{text.count(chr(0xFFFD))} characters of the page are damaged.",
                {"characters": text.count("\ufffd")},
            )
        )
    return Document(
        blocks=blocks,
        format="html",
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        index_box=article.index_box,
        links=article.links,
        pictures=_pictures(article.body),
        picture_urls=_picture_urls(article.body, source.url),
        further=article.further,
        mirror=mirror,
        charset=charset,
        findings=tuple(findings),
    )


def blocks_of(element: Element) -> tuple[Block, ...]:
    """Paragraphs and tables below an element of any tree, in reading order. The tree stays as it is."""
    tree = copy.deepcopy(element)
    tree.tail = None
    clean(tree)
    drop_invisible(tree)
    return tuple(BlockBuilder().blocks(tree))


def _shared_blocks(article: Article) -> Iterator[Block]:
    """Blocks of a document-sharing page: its slices put together, then the tables that stand between them."""
    if article.sharing is None:
        return
    for line in article.sharing.lines:
        text = collapse(line)
        if text:
            yield Paragraph(text)
    if article.body is not None:
        yield from (block for block in BlockBuilder().blocks(article.body) if isinstance(block, Grid))


def _pictures(body: Element | None) -> int:
    """Pictures below `body` that can hold a table or a page."""
    return 0 if body is None else sum(map(is_large_picture, body.iter("img")))


def _picture_urls(body: Element | None, url: str) -> tuple[str, ...]:
    """Where these pictures are, each once; a picture that loads late has its address in another attribute."""
    found: dict[str, str | None] = {}
    for image in () if body is None else body.iter("img"):
        if not is_large_picture(image):
            continue
        addresses = [image.get(name) or "" for name in ("data-src", "data-original", "_src", "src")]
        address = next((address.strip() for address in addresses if address and not address.startswith("data:")), "")
        try:
            if address:
                found.setdefault(urljoin(url, address))
        except ValueError:  # no address at all, such as http://[
            continue
    return tuple(found)


# ---------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class BlockBuilder:
    """Makes the blocks of a cleaned tree and keeps what it had to repair or leave out."""

    findings: list[Finding] = field(default_factory=list)
    tables: int = 0

    def blocks(self, root: Element) -> Iterator[Block]:
        """Paragraphs and grids below `root`, in reading order."""
        texts: list[str] = []
        level: int | None = HEADINGS.get(root.tag)
        children: Iterator[Element] = iter(root)
        current = root
        stack: list[tuple[Element, Iterator[Element], int | None]] = []
        if root.tag == "table" and (grid := self.grid(root)) is not None:
            yield grid
            return
        if root.text:
            texts.append(root.text)
        while True:
            for child in children:
                tag = child.tag
                if tag == "table":
                    if text := _joined(texts):
                        yield Paragraph(text, level)
                    grid = self.grid(child)
                    if grid is None:
                        stack.append((current, children, level))
                        current, children = child, iter(child)
                        break
                    if grid.cells:
                        yield grid
                elif tag in BLOCKS:
                    if text := _joined(texts):
                        yield Paragraph(text, level)
                    if len(child) == 0:
                        if text := collapse(child.text or ""):
                            yield Paragraph(text, HEADINGS.get(tag, level))
                    else:
                        stack.append((current, children, level))
                        current, children = child, iter(child)
                        level = HEADINGS.get(tag, level)
                        if child.text:
                            texts.append(child.text)
                        break
                elif tag in ("br", "hr"):
                    if text := _joined(texts):
                        yield Paragraph(text, level)
                elif isinstance(tag, str):
                    if child.text:
                        texts.append(child.text)
                    if len(child):
                        stack.append((current, children, level))
                        current, children = child, iter(child)
                        break
                if child.tail:
                    texts.append(child.tail)
            else:
                if current.tag in BLOCKS and (text := _joined(texts)):
                    yield Paragraph(text, level)
                if not stack:
                    if text := _joined(texts):
                        yield Paragraph(text, level)
                    return
                closed = current
                current, children, level = stack.pop()
                if closed.tail:
                    texts.append(closed.tail)

    # ------------------------------------------------------------ tables

    def grid(self, table: Element) -> Grid | None:
        """The table as a grid; None for one that only lays out the page, a grid without cells for one left out."""
        self.tables += 1
        rows = _rows(table)
        if self.tables > MAX_TABLES or sum(map(len, rows)) > MAX_POSITIONS:
            if self.tables <= MAX_TABLES + 1:
                self._too_large(len(rows), sum(map(len, rows)))
            return Grid((), 0, 0)
        nested = next(table.iterdescendants("table"), None) is not None
        if nested and _nests_layout(rows):
            return None
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        if table.get("role") == "presentation" or _is_layout(texts):
            return None
        cells, height, width, repaired = _place(rows, texts)
        if height * width > MAX_POSITIONS:
            self._too_large(height, width)
            return Grid((), 0, 0)
        if repaired:
            self.findings.append(
                Finding(
                    "table.span_repaired",
                    Severity.INFO,
                    f"{repaired} merged cells of a table reached over others or past its edge; they were cut back.",
                    {"cells": repaired, "first": next((c.text for c in cells if c.text), "")},
                )
            )
        caption = table.find("caption")
        name = collapse("".join(cast(Iterator[str], caption.itertext()))) if caption is not None else ""
        return Grid(tuple(cells), height, width, caption=name or None)

    def _too_large(self, rows: int, cells: int) -> None:
        self.findings.append(
            Finding(
                "table.too_large",
                Severity.ERROR,
                f"A table of {rows} rows with {cells} cells or columns is larger than any report's; it was not read.",
                {"rows": rows, "cells": cells},
            )
        )


def _joined(texts: list[str]) -> str:
    if not texts:
        return ""
    text = collapse("".join(texts))
    texts.clear()
    return text


def _cell_text(cell: Element) -> str:
    text = cell.text
    inside = len(cell)
    if not inside:
        return collapse(text) if text else ""
    if inside == 1 and (child := cell[0]).tag == "p" and not len(child) and (text is None or not text.strip()):
        tail = child.tail
        if tail is None or not tail.strip():
            text = child.text
            return collapse(text) if text else ""
    return "\n".join(line.text for line in lines_of(cell))


def _rows(table: Element) -> list[list[Element]]:
    """Cells of every row of the table itself, head first and foot last; cells outside a row make one."""
    head: list[list[Element]] = []
    body: list[list[Element]] = []
    foot: list[list[Element]] = []
    stray: list[Element] | None = None
    stack = [(child, body) for child in reversed(table)]
    while stack:
        element, part = stack.pop()
        tag = element.tag
        if tag == "tr":
            part.append([])
            stray = None
            cells = part[-1]
            inner = list(reversed(element))
            while inner:
                child = inner.pop()
                if child.tag in ("td", "th"):
                    cells.append(child)
                elif child.tag == "tr":
                    stack.append((child, part))
                elif child.tag not in ("table", "caption"):
                    inner.extend(reversed(child))
        elif tag in ("td", "th"):
            if stray is None:
                stray = []
                part.append(stray)
            stray.append(element)
        elif tag in ("thead", "tfoot", "tbody"):
            inner_part = {"thead": head, "tfoot": foot}.get(tag, body)
            stack.extend((child, inner_part) for child in reversed(element))
        elif isinstance(tag, str) and tag not in ("table", "caption", "colgroup", "col"):
            stack.extend((child, part) for child in reversed(element))
    return head + body + foot


def _nests_layout(rows: Sequence[Sequence[Element]]) -> bool:
    """Whether a table with tables inside is there for them: fewer than two rows of its own hold cells of figures."""
    own = 0
    for row in rows:
        plain = [cell for cell in row if next(cell.iterdescendants("table"), None) is None]
        if len(plain) < len(row) and len(plain) <= 1:
            continue
        filled = [text for cell in plain if (text := _cell_text(cell))]
        if len(filled) >= 2 and max(map(len, filled)) <= _PROSE:
            own += 1
    return own < 3 or own * 2 < len(rows)


def _is_layout(texts: Sequence[Sequence[str]]) -> bool:
    """Whether the table only places things: one column of text, or running text beside other things."""
    filled = [[text for text in row if text] for row in texts]
    if sum(map(len, filled)) <= 1:
        return True
    if max(len(row) for row in texts) <= 1:
        return True
    if max(map(len, filled)) <= 1 and max(len(text) for row in filled for text in row) > _PROSE:
        return True
    if sum(len(row) > 1 for row in filled) > 2:
        return False
    prose = sum(len(text) for row in filled for text in row if len(text) > _PROSE and "。" in text)
    total = sum(len(text) for row in filled for text in row)
    return prose * 10 > total * 8


# ---------------------------------------------------------------- merged cells


def _spans(cell: Element, below: int) -> tuple[int, int]:
    """Rows and columns of a cell; `below` are the rows left in the table, which 0 stands for."""
    down, across = cell.get("rowspan"), cell.get("colspan")
    if down is None and across is None:
        return 1, 1
    rows = _NUMBER.match(down) if down is not None else None
    cols = _NUMBER.match(across) if across is not None else None
    height = int(rows[1]) or below if rows is not None else 1
    return height, max(1, min(int(cols[1]), _MAX_COLUMNS)) if cols is not None else 1


def _place(rows: Sequence[Sequence[Element]], texts: Sequence[Sequence[str]]) -> tuple[list[Cell], int, int, int]:
    """Anchor cells with their spans, rows, columns, and how many spans were cut back.

    Cells go where a browser puts them: into the next free column. Where a row then is wider than most rows of the
    table because a merged cell above reaches into it, that cell is cut at this row.
    """
    height = len(rows)
    spans = [[_spans(cell, height - number) for cell in row] for number, row in enumerate(rows)]
    merged_rows = any(row_span != 1 for row in spans for row_span, _ in row)
    widths = [sum(col_span for _, col_span in row) for row in spans]
    usual = _usual_width(spans, widths) if merged_rows or any(map(int.__gt__, widths, map(len, spans))) else 0
    repaired = 0
    placed: list[Cell | _Placed] = []
    covered: dict[int, _Placed] = {}  # column -> the cell above that reaches into this row
    for number, (row, row_texts) in enumerate(zip(spans, texts, strict=True)):
        if covered:
            covered = {column: cell for column, cell in covered.items() if cell.row + cell.row_span > number}
        surplus = widths[number] + len(covered) - usual if usual and row else 0
        if surplus > 0 and covered:
            for cell in _overlong(covered, surplus):
                cell.row_span = number - cell.row
                covered = {column: other for column, other in covered.items() if other is not cell}
                repaired += 1
            surplus = widths[number] + len(covered) - usual
        cut = _overwide(row, surplus) if surplus > 0 else None
        column = 0
        if not covered and widths[number] == len(row) and (not merged_rows or all(span == 1 for span, _ in row)):
            placed.extend([Cell(number, col, text) for col, text in enumerate(row_texts)])
            continue
        for position, (row_span, width) in enumerate(row):
            while column in covered:
                column += 1
            if width > 1:
                if cut is not None and cut[0] == position:
                    width = cut[1]  # noqa: PLW2901 - the width that fits
                    repaired += 1
                free = next((w for w in range(1, width) if column + w in covered), width)
                if free != width:
                    width = free  # noqa: PLW2901
                    repaired += 1
            if row_span > height - number:
                row_span = height - number  # noqa: PLW2901
                repaired += 1
            if row_span == width == 1:
                placed.append(Cell(number, column, row_texts[position]))
                column += 1
                continue
            cell = _Placed(number, column, row_texts[position], row_span, width)
            placed.append(cell)
            if row_span > 1:
                # it reaches into this row as well, but nothing left of the next column is placed any more
                covered.update(dict.fromkeys(range(column, column + width), cell))
            column += width
    return (*_compact(placed), repaired)


@dataclass(slots=True)
class _Placed:
    """A merged cell while its table is laid out: its span may still change."""

    row: int
    col: int
    text: str
    row_span: int
    col_span: int


def _usual_width(spans: Sequence[Sequence[tuple[int, int]]], own: Sequence[int]) -> int:
    """The width that most rows have when every span is believed; 0 where no width is usual."""
    reaching: list[tuple[int, int]] = []  # (last row, columns)
    widths: Counter[int] = Counter()
    for number, row in enumerate(spans):
        reaching = [(last, width) for last, width in reaching if last >= number]
        widths[own[number] + sum([width for _, width in reaching])] += 1
        reaching += [(number + r - 1, c) for r, c in row if r > 1]
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return width if count * 2 > len(spans) else 0


def _overlong(covered: dict[int, _Placed], surplus: int) -> list[_Placed]:
    """The merged cells above that alone explain the surplus columns of a row: one of that width, or all together."""
    cells = list({id(cell): cell for cell in covered.values()}.values())
    exact = [cell for cell in cells if cell.col_span == surplus]
    if len(exact) == 1:
        return exact
    return cells if sum(cell.col_span for cell in cells) == surplus else []


def _overwide(row: Sequence[tuple[int, int]], surplus: int) -> tuple[int, int] | None:
    """The only merged cell of a row that is too wide for the table by `surplus` columns, and the width that fits."""
    if len(row) < 2:
        return None
    wide = [(position, c) for position, (_, c) in enumerate(row) if c > 1]
    if len(wide) == 1 and wide[0][1] > surplus:
        return wide[0][0], wide[0][1] - surplus
    return None


def _compact(placed: Sequence[Cell | _Placed]) -> tuple[list[Cell], int, int]:
    """The cells without rows and columns in which no cell begins: merging alone makes no row."""
    starts_of_rows, starts_of_cols = sorted({cell.row for cell in placed}), sorted({cell.col for cell in placed})
    if placed and starts_of_rows[-1] + 1 == len(starts_of_rows) and starts_of_cols[-1] + 1 == len(starts_of_cols):
        height, width = len(starts_of_rows), len(starts_of_cols)
        cells = []
        for cell in placed:
            if isinstance(cell, Cell):
                cells.append(cell)
                continue
            below, right = min(cell.row_span, height - cell.row), min(cell.col_span, width - cell.col)
            cells.append(Cell(cell.row, cell.col, cell.text, below, right))
        return cells, height, width
    rows = {row: index for index, row in enumerate(starts_of_rows)}
    cols = {col: index for index, col in enumerate(starts_of_cols)}
    compacted = []
    for cell in placed:
        row, col, below, right = rows[cell.row], cols[cell.col], cell.row_span, cell.col_span
        if below > 1:
            below = sum(start < cell.row + below for start in starts_of_rows[row : row + below])
        if right > 1:
            right = sum(start < cell.col + right for start in starts_of_cols[col : col + right])
        compacted.append(Cell(row, col, cell.text, below, right))
    return compacted, len(rows), len(cols)
