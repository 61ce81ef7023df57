"""Read Rich Text Format, which offices save as .rtf or under the name of a .doc (RTF specification 1.9.1).

What is read is what is printed, as in the other readers of Word's formats: insertions kept, deletions and hidden text
dropped, fields as their last result, list numbers as the file prints them, headers and footers left out, notes and
text boxes after the block that refers to them.

striprtf, the library at hand, loses which cells are merged and prints deleted text (a deleted 9 before a 3 gives 93).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parsers.model import Block, Document, Finding, Paragraph, Severity, Source
from parsers.readers.container import file_name, tracked_changes, unreadable
from parsers.readers.grids import EDGE_TOLERANCE, MAX_CELLS, BlockCell, captioned, collapse, table_blocks

MAX_GROUPS = 500  # groups in groups; Word makes some twenty
MAX_TABLES = 20  # tables in tables
MAX_BLOCKS = 100_000
_TOKEN = re.compile(rb"\\([A-Za-z]{1,40})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
_SKIPPED = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "nonesttables", "shprslt", "sp", "xe", "tc", "txe", "rxe",
    "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "comment",
}  # fmt: skip
_STARRED = frozenset({"nesttableprops", "shpinst", "shptxt", "footnote"})  # read although marked as optional
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}


@dataclass(slots=True)
class _Group:
    """What a closing brace restores."""

    skipped: bool = False
    starred: bool = False
    font: int = -1
    fallback: int = 1  # characters after \\u that repeat it for old readers
    hidden: bool = False
    deleted: bool = False
    ends: str = ""  # "story" or "row", where the group holds one


@dataclass(slots=True)
class _Edge:
    """The definition of a cell: its right edge, and whether it continues the cell above or to the left."""

    right: int
    joins_above: bool
    joins_left: bool


@dataclass(slots=True)
class _RowShape:
    left: int = 0
    edges: list[_Edge] = field(default_factory=list)
    above: bool = False
    beside: bool = False


@dataclass(slots=True)
class _Table:
    """An open table: finished rows, the finished cells of the open row, the blocks of the open cell."""

    rows: list[list[BlockCell]] = field(default_factory=list)
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Story:
    """The main text, a note or a text box."""

    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)  # open ones, from the outside in
    level: int = 0  # of the open paragraph: how many tables it stands in
    outline: int | None = None
    beside: list[Block] = field(default_factory=list)  # notes and boxes of the open paragraph


def read(source: Source) -> Document:
    """Read an RTF file. Raises Unreadable for one that is cut off or past a limit."""
    return _Reader(source).document()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.group = _Group()
        self.groups: list[_Group] = []
        self.story = _Story()
        self.stories: list[_Story] = []
        self.shape = _RowShape()
        self.shapes: list[_RowShape] = []
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.pending = bytearray()  # bytes of characters not yet decoded
        self.units: list[int] = []  # UTF-16 units not yet decoded
        self.to_skip = 0
        self.in_fonts = -1  # depth of the font table
        self.count = 0
        self.behind = 0  # bytes after the end of the document
        self.pictures = self.inserted = self.deleted = self.hidden = self.nested = self.covered = 0

    def document(self) -> Document:
        """Read all tokens."""
        content = self.source.content
        position, end = 0, len(content)
        while position < end:
            match = _TOKEN.match(content, position)
            if match is None:  # a line end, or a lone backslash at the end
                position += 1
                continue
            position = match.end()
            word, argument, code, symbol, brace, text = match.groups()
            if word is not None:
                number = int(argument) if argument is not None else None
                if word == b"bin":
                    position += max(number or 0, 0)
                else:
                    self.word(word.decode("ascii"), number)
            elif code is not None:
                self.encoded(bytes.fromhex(code.decode("ascii")))
            elif symbol is not None:
                self.symbol(symbol)
            elif brace == b"{":
                self.open()
            elif brace == b"}":
                self.close()
                if not self.groups:
                    self.behind = len(content[position:].strip(b"\0 \t\r\n"))
                    break
            else:
                self.encoded(text)
        if self.groups:
            raise unreadable(self.source, "format.truncated", f"the file ends inside {len(self.groups)} open groups")
        self.flush()
        self.end_paragraph()
        self.close_tables(0)
        return Document(captioned(self.story.blocks), "rtf", pictures=self.pictures, findings=self.findings())

    # ------------------------------------------------------------ characters

    def encoded(self, content: bytes) -> None:
        """Text in the code page of its font."""
        if self.to_skip:
            skipped = min(self.to_skip, len(content))
            self.to_skip -= skipped
            content = content[skipped:]
        if content and not self.group.skipped:
            if self.units:
                self.flush()
            self.pending += content

    def put(self, text: str) -> None:
        """Printed text of the open paragraph."""
        if self.group.skipped or not text:
            return
        if self.group.deleted:
            self.deleted += 1
        elif self.group.hidden:
            self.hidden += bool(text.strip())
        else:
            self.story.text.append(text)

    def flush(self) -> None:
        """Decode what waits to be decoded."""
        if self.units:
            units = b"".join(unit.to_bytes(2, "little") for unit in self.units)
            self.units.clear()
            self.put(units.decode("utf-16-le", "replace"))
        if self.pending:
            content = bytes(self.pending)
            self.pending.clear()
            page = self.fonts.get(self.group.font, self.page)
            if page == "cp1252" and not content.isascii():  # a Latin font on Chinese text: its bytes say so
                page = next((p for p in (self.page, *self.fonts.values()) if p in _CHARSETS.values()), page)
            self.put(content.decode(page, "replace"))

    def symbol(self, symbol: bytes) -> None:
        """A control symbol."""
        if symbol == b"*":
            self.group.starred = True
        elif symbol in (b"\r", b"\n"):
            self.word("par", None)
        elif self.to_skip and symbol in _SYMBOLS:
            self.to_skip -= 1
        else:
            self.flush()
            self.put(_SYMBOLS.get(symbol, ""))

    # ------------------------------------------------------------ groups

    def open(self) -> None:
        """An opening brace."""
        self.flush()
        self.to_skip = 0
        if len(self.groups) >= MAX_GROUPS:
            raise unreadable(self.source, "format.nesting", f"groups are nested deeper than {MAX_GROUPS}")
        self.groups.append(self.group)
        self.group = replace(self.group, starred=False, ends="")

    def close(self) -> None:
        """A closing brace."""
        self.flush()
        self.to_skip = 0
        if self.group.ends == "story":
            self.end_paragraph()
            self.close_tables(0)
            inner, self.story = self.story, self.stories.pop()
            self.story.beside += inner.blocks
        elif self.group.ends == "row":
            self.shape = self.shapes.pop()
        if self.groups:
            self.group = self.groups.pop()
        if len(self.groups) < self.in_fonts:
            self.in_fonts = -1

    def destination(self, name: str) -> None:
        """The first word of a group that is text of its own, or none that prints."""
        if name == "fonttbl":
            self.in_fonts = len(self.groups)
        if name == "pict" and not self.group.skipped:
            self.pictures += 1
        if name in _SKIPPED:
            self.group.skipped = True
        elif self.group.skipped:
            return
        elif name in ("footnote", "shptxt"):
            self.group.ends = "story"
            self.stories.append(self.story)
            self.story = _Story()
        elif name == "nesttableprops":
            self.group.ends = "row"
            self.shapes.append(self.shape)
            self.shape = _RowShape()

    # ------------------------------------------------------------ words

    def word(self, name: str, number: int | None) -> None:
        """A control word."""
        if name == "u":
            self.unicode(number or 0)
            return
        if self.to_skip and name in _CHARACTERS:
            self.to_skip -= 1
            return
        self.flush()
        self.to_skip = 0
        if self.group.starred:
            self.group.starred = False
            if name not in _STARRED:
                self.group.skipped = True
        if name in _SKIPPED or name in _STARRED:
            self.destination(name)
        elif name == "ansicpg":
            self.page = _PAGES.get(number or 0, "cp1252")
        elif name == "uc":
            self.group.fallback = min(max(number or 0, 0), 10)
        elif name == "f":
            self.group.font = number or 0
        elif self.in_fonts >= 0:
            if name == "fcharset" and number in _CHARSETS:
                self.fonts[self.group.font] = _CHARSETS[number]
        elif not self.group.skipped:
            self.printed(name, number)

    def unicode(self, number: int) -> None:
        """A UTF-16 unit, followed by its substitute for old readers."""
        if self.pending:
            self.flush()
        if not self.group.skipped:
            self.units.append(number % 65_536)
        self.to_skip = self.group.fallback

    def printed(self, name: str, number: int | None) -> None:
        """A word that prints, ends or forms something."""
        group, story, shape = self.group, self.story, self.shape
        if name in _CHARACTERS:
            self.put(_CHARACTERS[name])
        elif name == "v":
            group.hidden = number != 0
        elif name == "deleted":
            group.deleted = number != 0
        elif name == "revised":
            self.inserted += number != 0
        elif name == "plain":
            group.hidden = group.deleted = False
        elif name == "pard":
            story.level, story.outline = 0, None
        elif name == "intbl":
            story.level = max(story.level, 1)
        elif name == "itap":
            story.level = max(number or 0, 0)
        elif name == "outlinelevel":
            story.outline = number
        elif name in ("par", "sect", "page"):
            self.end_paragraph()
        elif name in ("cell", "nestcell"):
            self.end_cell(1 if name == "cell" else max(story.level, 2))
        elif name in ("row", "nestrow"):
            self.end_row(1 if name == "row" else max(story.level, 2))
        elif name == "trowd":
            self.shape = _RowShape()
        elif name == "trleft":
            shape.left = number or 0
        elif name in ("clvmrg", "clmrg"):
            shape.above, shape.beside = shape.above or name == "clvmrg", shape.beside or name == "clmrg"
        elif name == "cellx" and len(shape.edges) < 1000:
            shape.edges.append(_Edge(number or 0, shape.above, shape.beside))
            shape.above = shape.beside = False

    # ------------------------------------------------------------ paragraphs and tables

    def end_paragraph(self) -> None:
        """Put the open paragraph where it stands."""
        story = self.story
        text = "".join(story.text)
        story.text.clear()
        level = story.outline + 1 if story.outline is not None and 0 <= story.outline < 9 else None
        blocks: list[Block] = [Paragraph(line, level) for line in map(collapse, text.split("\n")) if line]
        if not blocks and story.level == 0 and not story.beside:
            return  # an empty line between a table and its next row prints nothing
        self.count += len(blocks)
        if self.count > MAX_BLOCKS:
            raise unreadable(self.source, "format.too_large", f"it has more than {MAX_BLOCKS} paragraphs")
        self.place(story.level).extend(blocks)
        if story.beside:
            place = self.place(story.level)
            place += story.beside
            story.beside = []

    def place(self, level: int) -> list[Block]:
        """The blocks of the open cell of the table of that level, or of the story."""
        self.close_tables(level)
        tables = self.story.tables
        if level > MAX_TABLES:
            raise unreadable(self.source, "format.nesting", f"tables are nested deeper than {MAX_TABLES}")
        while len(tables) < level:
            tables.append(_Table())
        return tables[-1].blocks if tables else self.story.blocks

    def close_tables(self, level: int) -> None:
        """End the tables deeper than a level."""
        tables = self.story.tables
        while len(tables) > level:
            table = tables.pop()
            if table.cells or table.blocks:  # the row was never ended: its text is not lost
                table.cells.append(tuple(table.blocks))
                table.rows.append(self.row(table.cells, _RowShape()))
            laid_out = table_blocks(table.rows, EDGE_TOLERANCE)
            self.nested += laid_out.nested
            self.covered += laid_out.covered
            (tables[-1].blocks if tables else self.story.blocks).extend(laid_out.blocks)

    def end_cell(self, level: int) -> None:
        """The end of a cell of the table of that level."""
        self.story.level = level
        self.end_paragraph()
        blocks = self.place(level)
        self.story.tables[-1].cells.append(tuple(blocks))
        blocks.clear()
        self.count += 1
        if self.count > MAX_CELLS:
            raise unreadable(self.source, "format.too_large", f"its tables have more than {MAX_CELLS} cells")

    def end_row(self, level: int) -> None:
        """The end of a row of the table of that level."""
        self.place(level)
        table = self.story.tables[-1]
        if table.cells:
            table.rows.append(self.row(table.cells, self.shape))
            table.cells = []

    def row(self, cells: list[tuple[Block, ...]], shape: _RowShape) -> list[BlockCell]:
        """Cells between the edges that the row defines; cells without an edge follow at even distances."""
        row: list[BlockCell] = []
        left = float(shape.left)
        for index, blocks in enumerate(cells):
            edge = shape.edges[index] if index < len(shape.edges) else _Edge(int(left) + 1000, False, False)
            right = max(float(edge.right), left + 1)
            if edge.joins_left and row:
                self.covered += bool(blocks)
                row[-1] = replace(row[-1], right=right)
            else:
                row.append(BlockCell(left, right, blocks, edge.joins_above))
            left = right
        return row

    def findings(self) -> tuple[Finding, ...]:
        """What was left out or is doubtful, one finding for each kind."""
        name = file_name(self.source)
        found = tracked_changes(name, self.inserted, self.deleted)
        for count, code, severity, message in (
            (self.behind, "format.cut", Severity.WARNING, "goes on after the end of its document; that was left out"),
            (self.hidden, "format.hidden_text", Severity.INFO, "holds hidden text, which was left out"),
            (self.nested, "table.nested", Severity.WARNING, "has a table inside a cell of another table"),
            (self.covered, "table.covered_text", Severity.INFO, "has text under a merged cell, which is not printed"),
        ):
            if count:
                found.append(Finding(code, severity, f"{name} {message}", {"count": count}))
        return tuple(found)
