"""Plain text and Markdown to blocks.

What is kept of a text, for those who rebuild tables from it:

- One line is one Paragraph, its white space collapsed; blank lines are left out.
- Lines that are only separators of a flattened table (``|``, ``||||``) are kept as they are, each a Paragraph.
- A line that holds nothing but no-break or ideographic spaces is a blank cell when it stands below a short line:
  ``Paragraph(text="\\u00a0")``. Below a sentence it is left out.
- **Tab-indented cells**: where cells stand one a line behind a tab and rows are divided by blank lines, and where a
  line holds the cells of a row divided by tabs, every cell becomes one Paragraph with ``row`` set: the running number
  of its row in the document (0, 1, 2 …; rows of one table follow each other without a gap in the blocks). A blank
  cell is ``Paragraph(text="\\u00a0", row=n)``, so nothing has to be guessed to count columns. The lines of one cell
  are joined by one space. Merged cells are not marked in such a text: rows have different lengths.
- The same for cells that blank lines and a tab divide, as a browser copies cells with paragraphs in them.
- A tab before running text is an indent and nothing more.
- A table drawn with characters (┌─┬─┐ │, +---+ |) is a Grid with origin "table", its merged cells with it.
- A Markdown table with its rule line (``| --- | --- |``) is a Grid with origin "table"; a malformed one stays lines.
- Lines of the page around the text (发布时间, 浏览次数, font size, footer) are left out at the head and the foot;
  what they say is in `title`, `published`, `publisher` and `index_box`. The line above 发布时间 is the page's title
  and is left out too; the body's own title stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers import mirrors
from parsers.chrome import Facts, foot_lines, head_lines, labelled
from parsers.decode import decode
from parsers.dom import parse
from parsers.model import Block, Cell, Document, Finding, Grid, Link, Paragraph, Severity, Source
from parsers.readers.aligned import AlignedTable, Columns, find_aligned
from parsers.readers.boxes import find_boxes
from parsers.readers.html import blocks_of
from parsers.readers.typeset import Piece, display_width

BLANK = "\u00a0"
_SHORT = 40  # characters; a longer line is running text, not a cell
_WIDEST = 400  # characters of a line set with spaces
_LONGEST = 2_000_000  # characters of one text; more is cut with a finding
_LEAST_CELLS = 12  # tabs between blank lines that make the copy of a table
_BODY_RULE = re.compile(r"^\s*[=＝\-—*]{3,}\s*正\s?文\s*[=＝\-—*]{3,}\s*$")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])"
)
_RULE_CELL = re.compile(r"^:?-{2,}:?$")
_HEADING = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\((\S{1,500}?)\)")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def read(source: Source) -> Document:
    """Read a text file, a page's extracted text or a Markdown file.

    Raises Unreadable for bytes that are no text.
    """
    text, charset = decode(source.content, source.charset)
    findings: list[Finding] = []
    if len(text) > _LONGEST:
        findings.append(
            Finding("text.cut", Severity.ERROR, f"The text has {len(text)} characters; the first {_LONGEST} are read.")
        )
        text = text[:_LONGEST]
    restored = mirrors.restore(text)
    findings.extend(restored.findings)
    mirror = restored.mirror
    plain = restored.text.translate(_ZERO_WIDTH).replace("\r\n", "\n").replace("\r", "\n")
    lines = _with_rows_joined(plain).split("\n")
    shared = mirrors.read_sharing_lines(lines, source.url)
    if shared is not None:
        findings.extend(shared.findings)
        return Document(
            blocks=tuple(_blocks(shared.lines, markdown=False)),
            format="text",
            title=shared.title,
            mirror=shared.mirror,
            charset=charset,
            findings=tuple(findings),
        )
    body, facts, title = _without_chrome(lines)
    markdown = _is_markdown(source, lines)
    links = tuple(_links(body, facts, markdown))
    return Document(
        blocks=tuple(_blocks(body, markdown)),
        format="text",
        title=title,
        publisher=facts.publisher or facts.source,
        published=facts.published or facts.dated,
        index_box=facts.index_box,
        links=links,
        mirror=mirror,
        charset=charset,
        findings=tuple(findings),
    )


def _without_chrome(lines: list[str]) -> tuple[list[str], Facts, str | None]:
    """The lines of the article, what the lines around it say, and the page's title."""
    for index, line in enumerate(lines[:60]):
        if _BODY_RULE.match(line):
            # a saved page's own header: label and value one a line, then a rule with 正文
            facts = Facts()
            for header in lines[:index]:
                for label, value in labelled(header):
                    facts.note(label, value)
            body, inner, title = _without_chrome(lines[index + 1 :])
            return body, _merged(facts, inner), facts.title or title
    drop, facts, title_line = head_lines(lines)
    title = facts.title
    if title_line is not None:
        title = " ".join(lines[title_line].split()).lstrip("# ")
        drop.add(title_line)
    elif facts.title is not None and not drop:
        title = None
    end = foot_lines(lines)
    return [line for index, line in enumerate(lines[:end]) if index not in drop], facts, title


def _merged(outer: Facts, inner: Facts) -> Facts:
    return replace(
        outer,
        title=outer.title or inner.title,
        publisher=outer.publisher or inner.publisher,
        source=outer.source or inner.source,
        published=outer.published or inner.published,
        dated=outer.dated or inner.dated,
        index_box={**inner.index_box, **outer.index_box},
    )


def _is_markdown(source: Source, lines: Sequence[str]) -> bool:
    if source.media_type == "text/markdown" or source.url.lower().split("?")[0].endswith((".md", ".markdown")):
        return True
    return any(_is_rule(line) for line in lines)


def _links(lines: Sequence[str], facts: Facts, markdown: bool) -> Iterator[Link]:
    if facts.address:
        yield Link(facts.address, "原文链接")
    if markdown:
        for line in lines:
            for match in _MARKDOWN_LINK.finditer(line[:2000]):
                if match[2].startswith(("http://", "https://")):
                    yield Link(match[2], match[1])


# ---------------------------------------------------------------- lines to blocks


def _blocks(lines: Sequence[str], markdown: bool) -> Iterator[Block]:
    index = 0
    row = 0
    previous: str | None = None  # text of the paragraph before, None below a grid or at the start
    cells = _cell_rows(lines)
    drawn = find_boxes(lines)
    ends = {start: area.end for start, area in cells.items()} | {start: table.end for start, table in drawn.items()}
    aligned = _aligned(lines, {n for start, end in ends.items() for n in range(start, end)})
    while index < len(lines):
        placed = drawn.get(index) or aligned.get(index)
        if placed is not None:
            yield placed.grid
            index = placed.end
            previous = None
            continue
        if markdown and (table := _markdown_table(lines, index)) is not None:
            grid, index = table
            yield grid
            previous = None
            continue
        if index in cells:
            area = cells[index]
            for texts in area.rows:
                yield from (Paragraph(text, row=row) for text in texts)
                row += 1
            index = area.end
            previous = None
            continue
        line = lines[index]
        if _TABLE.match(line) and (end := _table_end(lines, index)) is not None:
            yield from blocks_of(parse("\n".join(lines[index:end])).root)
            index = end
            previous = None
            continue
        index += 1
        text = " ".join(line.split())
        if not text:
            if line.strip(" \t") and previous is not None and len(previous) <= _SHORT and "。" not in previous:
                yield Paragraph(BLANK)
            continue
        if markdown:
            heading = _HEADING.match(text)
            text = _MARKDOWN_LINK.sub(r"\1", text[:_LONGEST]).replace("**", "").strip() or text
            if heading:
                yield Paragraph(heading[2].replace("**", "").strip() or heading[2], len(heading[1]))
                previous = heading[2]
                continue
        yield Paragraph(text)
        previous = text


_TABLE = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_LINES_OF_TABLE = 5_000


def _table_end(lines: Sequence[str], start: int) -> int | None:
    """The line after a table written in HTML, as Markdown has those with merged cells; None where it does not end."""
    opened = 0
    for index in range(start, min(len(lines), start + _LINES_OF_TABLE)):
        opened += lines[index].lower().count("<table") - len(_TABLE_END.findall(lines[index]))
        if opened <= 0:
            return index + 1
    return None


def _aligned(lines: Sequence[str], taken: set[int]) -> dict[int, AlignedTable]:
    """First line of every table that is set with spaces -> the table. Pages are divided by form feeds.

    From page to page the columns move, so places are compared within a page only.
    """
    found: dict[int, AlignedTable] = {}
    if not any(_is_divided(line) for n, line in enumerate(lines) if n not in taken):
        return found
    starts = [0, *(n for n, line in enumerate(lines) if n and line.startswith("\f"))]
    columns: Columns | None = None
    meeting = {measure: _meeting(lines, measure) for measure in (_squares, _squares_of_one)}
    ways = [(measure, gap) for measure in meeting for gap in (_GAP, _NARROW_GAP)]
    ways = [way for way in ways if meeting[way[0]] == max(meeting.values())]
    for start, end in pairwise([*starts, len(lines)]):
        area = range(start, end)
        apart = [[[] if n in taken else list(_pieces(lines[n], *way)) for n in area] for way in ways]
        if not any(len(line) > 1 for line in apart[0]):
            columns = None
            continue
        tried = [find_aligned(pieces, columns, exact=False) for pieces in apart]
        page = max(tried, key=lambda found: found.figures)
        columns = page.columns
        for table in page.tables:
            found[start + table.start] = AlignedTable(start + table.start, start + table.end, table.grid)
    return found


_GAP = re.compile(r"[ \u00a0]{2,}|\t|\u3000")
_NARROW_GAP = re.compile(r"[ \u00a0]+|\t|\u3000")  # between cells that fill their columns
_RULE_LINE = re.compile(r"[\s=\-─━—_+|]*[=\-─━—_]{5,}[\s=\-─━—_+|]*")


def _is_divided(line: str) -> bool:
    """Whether a line has several pieces."""
    return len(line) <= _WIDEST and _GAP.search(line.strip()) is not None and not _RULE_LINE.fullmatch(line)


def _meeting(lines: Sequence[str], measure: Callable[[str], int]) -> int:
    """How many numbers stand under one of the line above that begins or ends where they do."""
    found = 0
    above: list[Piece] = []
    for line in lines:
        pieces = [piece for piece in _pieces(line, measure, _GAP) if piece.left and piece.text.isdigit()]
        found += sum(any(piece.left == other.left or piece.right == other.right for other in above) for piece in pieces)
        above = pieces or above
    return found


def _pieces(line: str, measure: Callable[[str], int], gap: re.Pattern[str]) -> Iterator[Piece]:
    """The pieces of a line that gaps divide, placed by the squares that characters take."""
    if len(line) > _WIDEST or _RULE_LINE.fullmatch(line):
        return
    at = 0.0
    start = 0
    text = line.rstrip()
    for space in [*gap.finditer(text), None]:
        end = space.start() if space else len(text)
        word = text[start:end]
        size = measure(word)
        if word.strip():
            left = at + len(word) - len(word.lstrip())
            yield Piece(" ".join(word.split()), left, at + size)
        at += size + (measure(space.group()) if space else 0)
        start = space.end() if space else len(text)


def _squares(text: str) -> int:
    return sum(map(display_width, text)) - text.count("\f") - text.count("\r")


def _squares_of_one(text: str) -> int:
    return len(text) - text.count("\f") - text.count("\r")


@dataclass(frozen=True, slots=True)
class _CellArea:
    """Lines of a text that are table cells: the line after them, and the cells of every row."""

    end: int
    rows: tuple[tuple[str, ...], ...]


_BETWEEN_ROWS = "\n" * 5
_BETWEEN_CELLS = re.compile(r"\n\n(?=\t)|(?<=\t)\n\n")


def _with_rows_joined(text: str) -> str:
    """Rows on one line each where a browser copied a table with a paragraph in every cell.

    It sets a blank line on either side of the tab between two cells, and four between two rows.
    """
    if text.count("\n\n\t\n\n") < _LEAST_CELLS:
        return text
    rows = [_BETWEEN_CELLS.sub("", row) for row in text.split(_BETWEEN_ROWS)]
    joined = rows[:1]
    for above, row in pairwise(rows):
        joined += ["\n" if "\t" in above.rsplit("\n", 1)[-1] + row.split("\n", 1)[0] else _BETWEEN_ROWS, row]
    return "".join(joined)


def _cell_rows(lines: Sequence[str]) -> dict[int, _CellArea]:
    """First line of every area of cells -> the area."""
    areas: dict[int, _CellArea] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        area = None
        if line.startswith("\t"):
            area = _indented(lines, index)
        elif "\t" in line.strip(" \n"):
            area = _divided(lines, index)
        if area is None:
            index += 1
        else:
            areas[index] = area
            index = area.end
    return areas


def _indented(lines: Sequence[str], start: int) -> _CellArea | None:
    """Cells one a line behind a tab, rows divided by blank lines; None where the tab is only an indent."""
    rows: list[list[list[str]]] = [[]]
    index = last = start
    blank = 0
    while index < len(lines):
        line = lines[index]
        text = " ".join(line.split())
        if line.startswith("\t") and "\t" not in line.strip("\t").strip() and len(text) <= 3 * _SHORT:
            if blank and rows[-1]:
                rows.append([])
            rows[-1].append([text] if text else [])
            blank = 0
            last = index
        elif not line.strip(" "):
            blank += 1
        elif rows[-1] and blank <= 1 and len(text) <= _SHORT and _continues(lines, index, rows[-1][-1], blank):
            # a cell of several lines: only its first one is indented
            rows[-1][-1].append(text)
            blank = 0
            last = index
        else:
            break
        index += 1
    cells = [cell for row in rows for cell in row]
    values = [" ".join(filter(None, cell)) for cell in cells]
    if len(cells) < 6 or len([row for row in rows if len(row) > 1]) < 2 or sum("。" in value for value in values) > 2:
        return None
    return _CellArea(
        last + 1, tuple(tuple(" ".join(filter(None, cell)) or BLANK for cell in row) for row in rows if row)
    )


def _continues(lines: Sequence[str], index: int, cell: Sequence[str], blank: int) -> bool:
    if not any(cell) and not blank:
        return True  # the indented line was empty: its text stands on the next one
    if _NUMBERED.match(lines[index]) or "。" in lines[index]:
        return False
    # a line of its own belongs to the cell only when cells follow it at once
    following = next((line for line in lines[index + 1 : index + 3] if line.strip(" ")), "")
    return following.startswith("\t")


def _divided(lines: Sequence[str], start: int) -> _CellArea | None:
    """Rows one a line, their cells divided by tabs (copied from a spreadsheet); None for fewer than two such rows."""
    rows: list[tuple[str, ...]] = []
    index = last = start
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            if index - last > 1:
                break
            index += 1
            continue
        parts = [" ".join(part.split()) for part in line.strip("\n").split("\t")]
        if len(parts) < 2 or max(map(len, parts)) > 3 * _SHORT:
            break
        rows.append(tuple(part or BLANK for part in parts))
        last = index
        index += 1
    return _CellArea(last + 1, tuple(rows)) if len(rows) >= 2 else None


# ---------------------------------------------------------------- Markdown tables


def _split_row(line: str) -> list[str] | None:
    """Cells of a Markdown row; None for a line that is none. An escaped bar belongs to its cell."""
    stripped = line.strip()
    if not stripped.startswith("|") or not stripped.endswith("|") or len(stripped) < 3:
        return None
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", stripped[1:-1])]


def _is_rule(line: str) -> bool:
    cells = _split_row(line)
    return cells is not None and all(_RULE_CELL.match(cell) for cell in cells)


def _markdown_table(lines: Sequence[str], start: int) -> tuple[Grid, int] | None:
    """The well-formed table that begins at line `start`, and the line after it."""
    if start + 1 >= len(lines) or not _is_rule(lines[start + 1]):
        return None
    header = _split_row(lines[start])
    if header is None or len(header) != len(_split_row(lines[start + 1]) or ()):
        return None
    rows = [header]
    index = start + 2
    while index < len(lines) and (cells := _split_row(lines[index])) is not None:
        if len(cells) != len(header):
            return None
        rows.append(cells)
        index += 1
    cells_of_grid = tuple(
        Cell(row, col, "\n".join(part.strip() for part in re.split(r"<br\s*/?>", text.replace("**", ""))).strip())
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    return Grid(cells_of_grid, rows=len(rows), cols=len(header)), index
