"""Tables that a page lost: rebuilt from the stream of text that is left of them.

Four states of decay occur: cells that still know their row; cells divided by ``|`` on a line; one cell a line; and no
border at all (``规章007``). In the last two the labels of the forms are the only landmarks: the stream is aligned to
them, and what stands between two labels are the cells of a row. Digits that ran together are cut only where one cut is
possible (`parsers.tables.splits`); else they stay together in one cell over all columns, which gives no value.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, pairwise

from parsers.forms import SUBTOTAL, FormTable
from parsers.labels import squeeze, unit_of
from parsers.model import Block, Cell, Finding, Grid, Meaning, Paragraph, Severity
from parsers.tables.grids import Slot, is_complete, leaf_order, resolve_column
from parsers.tables.lexicon import WEAK_COLUMNS, Token, is_single_character, lexicon, token
from parsers.tables.splits import Run, decide, told_by_prose
from parsers.tables.values import read_value

LONGEST_STREAM = 2_000_000
"""Characters between two tables beyond which no table is looked for in the text."""

# Words that stand in every copy of the tables, and hardly anywhere else.
_LANDMARKS = (
    "本年新收政府信息公开申请", "结转下年度继续办理", "信息内容", "结果维持", "指标名称", "统计指标", "计量单位",
    "工作项目", "第二十条第", "新收政府信息", "尚未审结", "统计数", "商业企业", "制发规范性文件总数",
    "政务微博公开政府信息数",
)  # fmt: skip
_LANDMARK = re.compile("|".join(_LANDMARKS))
_PIPES = re.compile(r"[|｜│┃¦]")
_ONLY_PIPES = re.compile(r"[\s|｜│┃¦+\-=:]*[|｜│┃¦][\s|｜│┃¦+\-=:]*")
_TITLE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
_TITLE_CORE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
_NOTE_CORE = re.compile(r"\(?本列数据的勾稽关系.{0,45}?第四项之和\)?")
_NOTE_END = "第四项之和"
_UNIT_NOTE = re.compile(r"\((?:计量)?单位[:为]?[^()]{1,6}\)")  # behind a label, part of it
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_BETWEEN = re.compile(r"[\d.,/\-—–%+\\条件次篇个项人场期份起宗例元万亿()无]{0,60}")
# A row that no form knows, between the numbers of the row before and its own.
_UNKNOWN_ROW = re.compile(
    r"[\d.,/\-—–条次件篇个项人元万]{1,40}?"
    r"((?<=[\d条次件篇个项人元])[^\d\s。；！？，：、.)年月日%][^\d\s。；！？，：]{1,30}?)"
    r"(?:[条次件篇个项人场期元])?[\d/\-—–]{1,30}"
)
# What, behind digits, says that they may belong to the text that follows: 2020年, 1、, 3%, 5余.
_BOUND_FORWARD = re.compile(r"[年月日时天周%、.,)余多几位名家号届批至~～]")
# A line of an unknown row with its numbers: words, then two numbers or more.
_UNKNOWN_LINE = re.compile(r"(\D\S{0,30}?(?:\s\D\S{0,20})?)((?:\s+[\d,./-]{1,12}){2,20})\s*")
_UNIT_HEAD = re.compile(r"(?:人\(次\)|人次|万元|亿元|[条件次篇个项人场期份起宗例元])")
_TAIL = re.compile(
    r"(?:人\(次\)|人次|万元|[条件次篇个项人场期份起宗例元])?[\d.,/\-—–]{0,60}(?:万元|亿元|元|[条件次个项])?"
)
_SOME_DIGIT = re.compile(r"\d")
_ROW_NUMBER = re.compile(r"[1-9]\d{0,2}")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_CELL = 40
_STATED = re.compile(r"(?<![\d.])(\d{3,9})\s*(?:余|多)?\s*(?:条|件|次|篇|人次|份|项)")


Position = tuple[int, int]
"""A paragraph of the stream and a character in it."""


@dataclass(slots=True)
class Piece:
    """A piece of text and where it stands."""

    text: str
    kind: str  # head | label | value | unit | run | text | prose
    token: Token
    start: Position
    end: Position
    whole: bool = True  # it is all of its paragraph


@dataclass(slots=True)
class Line:
    """A row to be: its labels, and its cells or the digits that are still to be cut into cells."""

    labels: list[str]
    known: Token | None = None
    unit: str | None = None
    values: list[str] = field(default_factory=list)
    run: str | None = None
    cut: Sequence[str] | None = None
    suspect: bool = False  # its cells cannot be counted off against the headings


@dataclass(slots=True)
class Section:
    """The headings of a table in the stream and the rows below them."""

    heads: list[Piece] = field(default_factory=list)
    order: list[tuple[Slot, list[Token]]] = field(default_factory=list)
    roles: list[tuple[str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    suspect: bool = False  # the rows have more cells than the headings announce

    @property
    def is_list(self) -> bool:
        """Whether the headings are those of a list; a stream without headings is read as one."""
        return not self.order and not any(p.token.columns or p.token.group for p in self.heads)


def rebuild(blocks: Sequence[Block], findings: list[Finding]) -> list[Block]:
    """Put a grid where the text of a lost table stands; the prose around it stays, even in the same paragraph."""
    if not any(isinstance(block, Paragraph) for block in blocks) or not _may_hold_a_table(blocks):
        return list(blocks)
    rebuilt: list[Block] = []
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        rebuilt.extend(_rebuild_run(run, findings))
        run = []
        if block is not None:
            rebuilt.append(block)
    return rebuilt


def _may_hold_a_table(blocks: Sequence[Block]) -> bool:
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.row is not None:
                return True
            texts.append(block.text)
    joined = "".join(texts)
    if "|" in joined or "｜" in joined or _LANDMARK.search(joined):
        return True
    short = "".join(text for text in texts if len(text) < _LONGEST_CELL)
    return _LANDMARK.search("".join(short.split())) is not None


def _rebuild_run(paragraphs: list[Paragraph], findings: list[Finding]) -> list[Block]:
    if not paragraphs:
        return []
    if sum(len(paragraph.text) for paragraph in paragraphs) > LONGEST_STREAM:
        findings.append(
            Finding("text.too_long", Severity.WARNING, "The text is too long to look for tables in it.", {})
        )
        return list(paragraphs)
    blocks = _rows_of_cells(paragraphs)
    out: list[Block] = []
    stream: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph):
            stream.append(block)
            continue
        out.extend(_rebuild_stream(stream))
        stream = []
        if block is not None:
            out.append(block)
    return out


# ---------------------------------------------------------------- cells that know their row


def _rows_of_cells(paragraphs: list[Paragraph]) -> list[Block]:
    """Grids from paragraphs with a row number and from lines of cells divided by pipes."""
    out: list[Block] = []
    rows: list[list[str]] = []
    held: list[Paragraph] = []
    number: int | None = None
    tagged = False

    def flush() -> None:
        nonlocal rows, held, number, tagged
        wide = sum(1 for row in rows if len(row) > 1)
        if wide >= 2 and (tagged or _is_table(rows)):
            out.append(_grid(rows))
        else:
            out.extend(held)
        rows, held, number, tagged = [], [], None, False

    for n, paragraph in enumerate(paragraphs):
        if not rows and (heads := _headings_of_rows(paragraphs, n)):
            rows, held, tagged = [heads], [paragraph], True
            continue
        if rows and _is_row_of_one_cell(paragraphs, n, tagged):
            rows.append([paragraph.text])
            held.append(paragraph)
            continue
        if paragraph.row is not None:
            if rows and not tagged:
                flush()
            if number is not None and paragraph.row == number:
                rows[-1].append(paragraph.text)
            else:
                if number is not None and paragraph.row != number + 1:
                    flush()
                rows.append([paragraph.text])
            number, tagged = paragraph.row, True
            held.append(paragraph)
            continue
        cells = _PIPES.split(paragraph.text) if _PIPES.search(paragraph.text) else []
        if tagged or (rows and not cells):
            flush()
        if not cells:
            out.append(paragraph)
            continue
        if _ONLY_PIPES.fullmatch(paragraph.text):
            (held if rows else out).append(paragraph)
            continue
        cells = [cell.strip() for cell in cells]
        if not cells[0]:
            cells = cells[1:]
        if cells and not cells[-1]:
            cells = cells[:-1]
        rows.append(cells or [""])
        held.append(paragraph)
    flush()
    return out


def _is_row_of_one_cell(paragraphs: Sequence[Paragraph], n: int, tagged: bool) -> bool:
    """Whether a line without any divider is a heading of a form over the whole width, with rows on either side."""
    paragraph = paragraphs[n]
    if paragraph.row is not None or _PIPES.search(paragraph.text) or len(paragraph.text) > _LONGEST_CELL:
        return False
    if not any(row.metric is None and not row.cells for _, row in token(paragraph.text).rows):
        return False
    following = _after_headings(paragraphs, n)
    if following is None:
        return False
    return following.row is not None if tagged else bool(following.row is None and _PIPES.search(following.text))


def _headings_of_rows(paragraphs: Sequence[Paragraph], n: int) -> list[str]:
    """The headings on a line of its own, when rows of cells follow after it; else nothing."""
    text = paragraphs[n].text
    words = text.split() if paragraphs[n].row is None and len(text) <= 2 * _LONGEST_CELL else []
    if len(words) < 2 or not all(token(word).role for word in words):
        return []
    following = _after_headings(paragraphs, n)
    return words if following is not None and following.row is not None else []


def _after_headings(paragraphs: Sequence[Paragraph], n: int) -> Paragraph | None:
    """The next paragraph but one or two that are headings of a form over the whole width."""
    return next((p for p in paragraphs[n + 1 : n + 4] if not _is_row_of_heading(p)), None)


def _is_row_of_heading(paragraph: Paragraph) -> bool:
    t = token(paragraph.text)
    return paragraph.row is None and any(row.metric is None and not row.cells for _, row in t.rows)


def _is_table(rows: list[list[str]]) -> bool:
    """Whether lines with pipes are a table: known labels, or numbers in rows of equal length."""
    tokens = [token(cell) for row in rows for cell in row]
    known = sum(1 for t in tokens if t.rows or t.columns)
    if known >= 3:
        return True
    lengths = {len(row) for row in rows if len(row) > 1}
    return len(lengths) == 1 and len(rows) >= 3 and sum(1 for t in tokens if t.numeric) * 4 >= len(tokens)


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    cols = max(len(row) for row in rows)
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(cells, len(rows), cols, None, "flattened")


# ---------------------------------------------------------------- a stream with labels as landmarks


def _rebuild_stream(paragraphs: list[Paragraph]) -> list[Block]:
    if not paragraphs:
        return []
    regions = list(_regions(_joined_labels(list(_pieces(paragraphs)))))
    if not regions:
        return list(paragraphs)
    stated = {int(n) for p in paragraphs if len(p.text) > _LONGEST_CELL for n in _STATED.findall(p.text)}
    out: list[Block] = []
    at: Position = (0, 0)
    for region in regions:
        out.extend(_text_between(paragraphs, at, region[0].start))
        out.append(_grid_of(region, stated))
        at = region[-1].end
    out.extend(_text_between(paragraphs, at, (len(paragraphs), 0)))
    return out


def _text_between(paragraphs: list[Paragraph], start: Position, end: Position) -> list[Paragraph]:
    """The text from `start` to `end`, without the separators and blank cells at its borders with a table."""
    found: list[Paragraph] = []
    for index in range(start[0], min(end[0] + 1, len(paragraphs))):
        paragraph = paragraphs[index]
        low = start[1] if index == start[0] else 0
        high = end[1] if index == end[0] else len(paragraph.text)
        if low == 0 and high == len(paragraph.text):
            found.append(paragraph)
        elif text := paragraph.text[low:high].strip():
            found.append(replace(paragraph, text=text))
    while found and start != (0, 0) and _is_separator(found[0].text):
        found.pop(0)
    while found and end[0] < len(paragraphs) and _is_separator(found[-1].text):
        found.pop()
    return found


def _is_separator(text: str) -> bool:
    return not text.strip() or bool(_ONLY_PIPES.fullmatch(text))


def _pieces(paragraphs: list[Paragraph]) -> Iterator[Piece]:
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if _ONLY_PIPES.fullmatch(text):
            continue
        t = token(text)
        kind = _kind(t)
        if kind == "text" and len(text) > 3 and (inner := list(_inner_pieces(text, index))):
            yield from inner
            continue
        if kind == "text" and (line := _UNKNOWN_LINE.fullmatch(text)):
            yield Piece(line[1], "text", token(line[1]), (index, 0), (index, line.end(1)), False)
            yield Piece(line[2], "run", token(""), (index, line.end(1)), (index, len(text)), False)
            continue
        if kind == "text" and (len(text) > _LONGEST_CELL or _SENTENCE.search(text)):
            kind = "prose"
        yield Piece(text, kind, t, (index, 0), (index, len(text)))


def _kind(t: Token) -> str:
    if t.value_like:
        return "value"
    if t.unit is not None:
        return "unit"
    if t.filler or (t.role and not t.rows) or (t.core and _TITLE.fullmatch(squeeze(t.text))):
        return "head"
    if t.rows or t.columns or t.group:
        return "label"
    return "text"


def _joined_labels(pieces: list[Piece]) -> list[Piece]:
    """Join labels that line breaks have cut: vertical ones of single characters, and parts of one label."""
    out: list[Piece] = []
    i = 0
    while i < len(pieces):
        best: tuple[int, Token, str] | None = None
        first = pieces[i]
        if first.whole and first.kind in ("text", "label", "head", "unit") and len(first.text) < _LONGEST_CELL:
            text = first.text
            for j in range(i + 1, min(i + 24, len(pieces))):
                follower = pieces[j]
                if not follower.whole or follower.kind not in ("text", "label", "head", "unit"):
                    break
                if j - i >= 4 and not is_single_character(follower.text):
                    break
                text += "\n" + follower.text
                t = token(text)
                all_known = all(p.kind in ("label", "head") for p in pieces[i : j + 1])
                if t.filler and first.token.filler:
                    if _NOTE_END in t.core and _NOTE_END not in first.token.core and not best:
                        best = (j, t, text)
                elif (t.rows or t.columns or t.filler) and not all_known:
                    best = (j, t, text)
        if best is None:
            out.append(first)
            i += 1
            continue
        j, t, text = best
        out.append(Piece(text, _kind(t), t, first.start, pieces[j].end))
        i = j + 1
    return out


# ---------------------------------------------------------------- labels and digits inside one paragraph


class _Squeezed:
    """A text in two spellings with the way back: `quiet` without white space (NFKC), `core` without punctuation too."""

    def __init__(self, text: str) -> None:
        self.text = text
        quiet: list[str] = []
        self.from_quiet: list[int] = []  # quiet character → character of the text
        core: list[str] = []
        self.from_core: list[int] = []  # core character → quiet character
        for i, char in enumerate(text):
            plain = char if "\u4e00" <= char <= "\u9fff" else squeeze(char)
            for c in plain:
                if c not in _DROPPED:
                    core.append(c)
                    self.from_core.append(len(quiet))
                quiet.append(c)
                self.from_quiet.append(i)
        self.quiet = "".join(quiet)
        self.core = "".join(core).replace("其它", "其他")
        self.from_quiet.append(len(text))
        self.from_core.append(len(quiet))

    def is_joined(self, at: int) -> bool:
        """Whether no white space stands in front of a quiet character."""
        return at > 0 and self.from_quiet[at] == self.from_quiet[at - 1] + 1


_DROPPED = frozenset("“”‘’\"'「」『』〝〞《》〈〉<>、,;:。·*_/-‐‑‒–—―")


def _is_row_length(text: str) -> bool:
    """Whether a text without any landmark can be one row at least: a label with its numbers."""
    return len(text) <= 4 * _LONGEST_CELL and not _SENTENCE.search(text) and bool(_SOME_DIGIT.search(text))


def _inner_pieces(text: str, block: int) -> Iterator[Piece]:
    """The labels of forms in a paragraph and the digits between them, where they follow each other as in a table."""
    if len(text) > _LONGEST_CELL and not _LANDMARK.search(text) and not _is_row_length(text):
        return
    squeezed = _Squeezed(text)
    hits = _hits(squeezed)
    if not hits:
        return
    chains: list[list[tuple[int, int, str]]] = [[hits[0]]]
    for hit in hits[1:]:
        low = chains[-1][-1][1]
        between = squeezed.quiet[low : hit[0]]
        if _BETWEEN.fullmatch(between):
            chains[-1].append(hit)
        elif len(between) <= 2 * _LONGEST_CELL and (unknown := _UNKNOWN_ROW.fullmatch(between)):
            chains[-1] += [(low + unknown.start(1), low + unknown.end(1), ""), hit]
        else:
            chains.append([hit])
    at = 0
    for chain in chains:
        if not _is_table_chain(chain, squeezed, len(text)):
            continue
        start, end = chain[0][0], chain[-1][1]
        tail = _TAIL.match(squeezed.quiet, end)
        stop = tail.end() if tail else end
        if _BOUND_FORWARD.match(squeezed.quiet, stop) and squeezed.is_joined(stop):
            stop += 1  # with a letter behind them the digits are no number of a cell
        first = squeezed.from_quiet[start]
        if before := text[at:first].strip():
            kind = "value" if _ROW_NUMBER.fullmatch(before) else "prose"
            t = token(before if kind == "value" else "")
            yield Piece(before if kind == "value" else text[at:first], kind, t, (block, at), (block, first), False)
        for n, (low, high, known) in enumerate(chain):
            following = chain[n + 1][0] if n + 1 < len(chain) else stop
            a, b, c = (squeezed.from_quiet[i] for i in (low, high, following))
            b = squeezed.from_quiet[high - 1] + 1
            t = token(text[a:b])
            yield Piece(text[a:b], _kind(t) if known else "text", t, (block, a), (block, b), False)
            if text[b:c].strip():
                yield Piece(text[b:c], "run", token(""), (block, b), (block, c), False)
        at = squeezed.from_quiet[stop]
    if at and text[at:].strip():
        yield Piece(text[at:], "prose", token(""), (block, at), (block, len(text)), False)


def _hits(squeezed: _Squeezed) -> list[tuple[int, int, str]]:
    """Labels of the forms in the text: (start, end) in the quiet spelling with their numbering, and the core."""
    starts = _core_starts()
    found: list[tuple[int, int, str]] = []
    core, quiet = squeezed.core, squeezed.quiet
    i = 0
    while i < len(core) - 1:
        length = 0
        for known in starts.get(core[i : i + 2], ()):
            if core.startswith(known, i):
                length = len(known)
                break
        for pattern in (_NOTE_CORE, _TITLE_CORE, _YEAR) if core[i] in "(本第12" else ():
            match = pattern.match(core, i)
            if match and match.end() - i > length:
                length = match.end() - i
        if not length:
            i += 1
            continue
        low, high = squeezed.from_core[i], squeezed.from_core[i + length - 1] + 1
        while high < len(quiet) and quiet[high] in "”’」』》":
            high += 1
        note = _UNIT_NOTE.match(quiet, high)
        if note:
            high = note.end()
        found.append(
            (_with_number(quiet, low, core[i : i + length], found[-1][1] if found else 0), high, core[i : i + length])
        )
        i += length
        while i < len(core) and squeezed.from_core[i] < high:
            i += 1
    return found


def _with_number(quiet: str, low: int, core: str, floor: int) -> int:
    """The start of a label with the list number and 其中 in front of it."""
    while low > floor and quiet[low - 1] in "“‘「『《〈":
        low -= 1
    for _ in range(3):
        before = quiet[floor:low]
        own = {row.enumerator for _, row in lexicon().rows.get(core, ()) if row.enumerator}
        moved = None
        for number in sorted(own, key=len, reverse=True):
            match = re.search(
                rf"(?:\({number}\)[、.,]?|{number}[、.,)])$"
                if number.isascii()
                else rf"(?:\({number}\)[、.,]?|{number}[、.,]?)$",
                before,
            )
            if match:
                moved = match.start()
                break
        if moved is None:
            match = _ANY_NUMBER.search(before)
            moved = match.start() if match else None
        if moved is None:
            match = re.search(r"其中[:、,]?$", before)
            moved = match.start() if match else None
        if moved is None:
            return low
        low = floor + moved
    return low


_ANY_NUMBER = re.compile(
    r"(?:\([一二三四五六七八九十]{1,3}\)|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}[、.,]|\(\d{1,2}\)|(?<![\d.])\d{1,2}[、.])$"
)


@cache
def _core_starts() -> dict[str, tuple[str, ...]]:
    """Every known core by its first two characters, longest first."""
    known = lexicon()
    cores = {*known.rows, *known.columns, *known.groups, *known.roles, "信息内容", "申请人情况"}
    found: dict[str, list[str]] = {}
    for core in sorted((core for core in cores if len(core) > 1 and "{" not in core), key=len, reverse=True):
        found.setdefault(core[:2], []).append(core)
    return {start: tuple(cores) for start, cores in found.items()}


def _is_table_chain(chain: list[tuple[int, int, str]], squeezed: _Squeezed, length: int) -> bool:
    """Whether labels that follow each other are a table: enough of them, with numbers between them or all of a line."""
    distinct = {core for _, _, core in chain if core}
    tail = _TAIL.match(squeezed.quiet, chain[-1][1])
    end = tail.end() if tail else chain[-1][1]
    numbers = sum(
        1
        for (_, high, _), low in zip(chain, [*(hit[0] for hit in chain[1:]), end], strict=True)
        if any(c.isdigit() for c in squeezed.quiet[high:low])
    )
    first = squeezed.quiet[: chain[0][0]]
    if length <= 4 * _LONGEST_CELL and (not first or _ROW_NUMBER.fullmatch(first)) and end == len(squeezed.quiet):
        # A short line of its own: 规章 0 0 0, or headings in a row.
        return numbers >= 1 or len(distinct) >= 2
    return len(distinct) >= 5 and numbers >= 1


# ---------------------------------------------------------------- regions and their grids


def _regions(pieces: list[Piece]) -> Iterator[list[Piece]]:
    region: list[Piece] = []
    for i, piece in enumerate(pieces):
        if piece.kind in ("head", "label", "value", "unit", "run") or (region and _is_cell_text(pieces, i)):
            region.append(piece)
            continue
        yield from _accepted(region)
        region = []
    yield from _accepted(region)


def _is_cell_text(pieces: list[Piece], i: int) -> bool:
    """Whether an unknown short text is a cell: the label of a row with a number, or a remark behind a number."""
    piece = pieces[i]
    if piece.kind != "text" or i == 0:
        return False
    following = pieces[i + 1 : i + 3]
    if following and following[0].kind == "unit":
        following = following[1:]
    if (
        following
        and following[0].kind in ("value", "run")
        and pieces[i - 1].kind in ("value", "run", "unit", "label", "text")
    ):
        return True
    return (
        len(piece.text) <= 12
        and not piece.token.enumerator
        and pieces[i - 1].kind == "value"
        and i + 1 < len(pieces)
        and pieces[i + 1].kind in ("label", "unit", "head")
    )


def _is_list_heading(piece: Piece) -> bool:
    t = piece.token
    return (
        piece.kind == "label"
        and bool(t.rows)
        and not t.columns
        and not t.group
        and all(table.kind == "list" and row.metric is None for table, row in t.rows)
    )


def _accepted(region: list[Piece]) -> Iterator[list[Piece]]:
    """The region without text of the prose at its ends, if it is a table."""
    # Headings of lists (一、主动公开情况) are headings of the prose too: before a statutory table they belong to it.
    lists = sum(1 for p in region if any(table.kind == "list" for table, _ in p.token.rows) and not p.token.columns)
    statutory = any(_TITLE.fullmatch(squeeze(p.text)) for p in region) or (
        sum(1 for p in region if p.token.columns or p.token.group or (p.token.rows and p.kind == "label")) > 2 * lists
    )
    while region and (
        region[0].kind in ("value", "unit", "text", "run") or (statutory and _is_list_heading(region[0]))
    ):
        region = region[1:]
    while region and (region[-1].kind in ("text", "head") or (statutory and _is_list_heading(region[-1]))):
        region = region[:-1]
    labels = {p.token.core for p in region if p.kind == "label"}
    heads = [p for p in region if p.kind == "head" or p.token.group or p.token.columns]
    values = sum(1 for p in region if p.kind in ("value", "run"))
    rows = sum(1 for p in region if p.token.rows)
    if not region or values < 1 or len(labels) + len(heads) < 3 or (not heads and rows < 5):
        return
    if heads or rows >= 5:
        yield region


def _grid_of(region: list[Piece], stated: set[int]) -> Grid:
    sections = _sections(region)
    _cut_runs(sections, stated)
    depth = max((len(line.labels) for section in sections for line in section.lines if not section.is_list), default=1)
    cells: list[Cell] = []
    row = 0
    for section in sections:
        row = _lay_headings(section, cells, row, max(depth, 1))
        for line in section.lines:
            _lay_line(section, line, cells, row, max(depth, 1))
            row += 1
    cols = max((cell.col + cell.col_span for cell in cells), default=1)
    return Grid(tuple(cells), max(row, 1), cols, None, "flattened")


def _sections(region: list[Piece]) -> list[Section]:
    sections = [Section()]
    current: Line | None = None
    is_open = True  # headings are being read
    for piece in region:
        section = sections[-1]
        if _is_heading(piece, section, is_open):
            if not is_open:
                sections.append(section := Section())
                current, is_open = None, True
            section.heads.append(piece)
            continue
        if is_open:
            _close(section)
            is_open = False
        if piece.kind in ("label", "text", "head") and not (
            piece.kind == "text"
            and current
            and current.values
            and len(piece.text) <= 12
            and _is_remark(section, current)
        ):
            if (
                current is not None
                and not section.is_list
                and not current.values
                and current.run is None
                and piece.kind == "label"
            ):
                current.labels.append(piece.text)
                current.known = piece.token
                continue
            if current is not None and not section.is_list:
                _give_back_blanks(current, piece, len(section.order))
            current = Line([piece.text], piece.token)
            section.lines.append(current)
        elif piece.kind == "unit":
            if current is None or current.values or current.run is not None:
                current = Line([""], None, piece.text)
                section.lines.append(current)
            else:
                current.unit = piece.text
        else:
            if current is None:
                current = Line([])
                section.lines.append(current)
            if current.run is not None or (piece.kind == "run" and current.values):
                # More digits behind those of the row: they may be the next row's, so all of them stay together.
                current.run = " ".join([*current.values, *([current.run] if current.run else []), piece.text])
                current.values = []
            elif piece.kind == "run":
                _take_run(section, current, piece.text)
            elif _is_empty_unit(section, current, piece.token):
                current.unit = piece.text
            elif not current.values and len(parts := piece.text.split()) == len(section.order) > 2:
                current.values = parts
            else:
                current.values.append(piece.text)
    if is_open:
        _close(sections[-1])
    return sections


def _is_empty_unit(section: Section, line: Line, t: Token) -> bool:
    """Whether an empty cell or a dash right behind the label stands for no unit: headings within a list have one."""
    has_units = any(role == "unit" for role, _ in section.roles)
    return has_units and line.unit is None and not line.values and bool(line.labels) and not t.numeric


def _is_remark(section: Section, line: Line) -> bool:
    return any(role == "remark" for role, _ in section.roles) and bool(line.values)


def _give_back_blanks(line: Line, piece: Piece, width: int) -> None:
    """Blank cells before a label stand for the merged labels above it, not for values of the row before."""
    deep = max((len(row.parents) for _, row in piece.token.rows), default=0)
    extra = len(line.values) - width
    if 0 < extra <= deep and all(not value.strip() for value in line.values[-extra:]):
        del line.values[-extra:]


def _is_heading(piece: Piece, section: Section, is_open: bool) -> bool:
    t = piece.token
    if piece.kind == "head" or t.group or (t.columns and t.core not in WEAK_COLUMNS):
        return True
    return is_open and bool(t.columns) and bool(section.heads) and not section.heads[-1].token.role


def _close(section: Section) -> None:
    tokens = [p.token for p in section.heads]
    if any(t.columns or t.group for t in tokens):
        section.order = _order(tokens)
    else:
        section.roles = [t.role or ("", "") for t in tokens if not _TITLE.fullmatch(squeeze(t.text))]


def _order(tokens: Sequence[Token]) -> list[tuple[Slot, list[Token]]]:
    """The columns that headings in one stream announce: broken into rows so that every label finds its group."""
    heads = [t for t in tokens if t.columns or t.group]
    found: list[list[tuple[Slot, list[Token]]]] = []
    present = {t.group for t in heads if t.group}
    for first in range(1, len(heads) + 1):
        for second in range(min(first + 1, len(heads)), len(heads) + 1):
            rows = [row for row in (heads[:first], heads[first:second], heads[second:]) if row]
            paths = leaf_order(rows)
            if paths is None:
                continue
            order = [(resolve_column(path)[0], path) for path in paths]
            if not all(slot for slot, _ in order) or len({slot for slot, _ in order}) != len(order):
                continue
            if all(_stands_under(slot, path, present) for slot, path in order):
                found.append(order)
    distinct = {tuple(slot for slot, _ in order): order for order in found}
    return next(iter(distinct.values())) if len(distinct) == 1 else []


def _stands_under(slot: Slot, path: Sequence[Token], present: set[str]) -> bool:
    """Whether the groups above a column are the form's own, none missing that the headings have."""
    groups = {t.group for t in path if t.group}
    return any(
        groups <= {*column.parents, column.under} and (column.under in groups or column.under not in present)
        for _, column in slot
    )


def _take_run(section: Section, line: Line, text: str) -> None:
    """Digits behind a label: a unit in front of them in a list, then one cell, several, or a run to be cut."""
    word = text.strip()
    if section.is_list:
        unit = _UNIT_HEAD.match(squeeze(word))
        if unit and unit_of(unit[0]) and line.unit is None:
            for i in range(1, len(word) + 1):
                if squeeze(word[:i]) == unit[0]:
                    line.unit, word = word[:i], word[i:].strip()
                    break
    width = sum(1 for role in section.roles if role[0] == "value") if section.is_list else len(section.order)
    if not word:
        return
    parts = word.split()
    if width and len(parts) == width and all(_one_cell(part) for part in parts):
        line.values = parts
    elif width == 1 and _one_cell(word):
        line.values = [word]
    elif width and set(word) <= {"/"} and len(word) == width:
        line.values = list(word)
    else:
        line.run = word


def _one_cell(text: str) -> bool:
    return read_value(text).meaning is not Meaning.TEXT


# ---------------------------------------------------------------- digits to cells


def _cut_runs(sections: Sequence[Section], stated: set[int]) -> None:
    for section in sections:
        if section.is_list and [role for role, _ in section.roles if role in ("code", "label")][:2] == [
            "code",
            "label",
        ]:
            section.suspect = not _take_row_numbers(section)
        _settle_width(section)
    runs: list[tuple[Line, Run]] = []
    known: dict[tuple[str, tuple[str, str]], int] = {}
    chosen = _list_table(sections)
    for section in sections:
        for line in section.lines:
            metrics, places = _names(section, line, chosen)
            line.suspect = section.suspect or (
                not section.is_list
                and not is_complete([slot for slot, _ in section.order], line.known.rows if line.known else ())
            )
            if line.suspect or not places:
                continue
            if line.run is not None:
                runs.append((line, Run(unicodedata.normalize("NFKC", line.run), metrics, places)))
                continue
            if len(line.values) == len(places):
                for metric, place, text in zip(metrics, places, line.values, strict=True):
                    value = read_value(text)
                    if metric is not None and isinstance(value.value, int):
                        known[metric, place] = value.value
    for section in sections:
        _doubt_scattered(section)
    for (line, run), (cut, _) in zip(runs, decide([run for _, run in runs], known), strict=True):
        line.cut = cut if cut is not None else told_by_prose(run, stated)


def _doubt_scattered(section: Section) -> None:
    """Mark rows whose labels stand apart from their numbers: several labels, then the units and numbers of all.

    With one column the number of a row beside an empty one may be either's: some tools print it in front of its label.
    """
    lines = section.lines
    empty = [not line.values and line.run is None and line.unit is None for line in lines]
    if not section.is_list:
        for n, line in enumerate(lines):
            beside = [i for i in (n - 1, n + 1) if 0 <= i < len(lines)]
            if len(section.order) == 1 and not empty[n] and any(empty[i] and _has_metric(lines[i]) for i in beside):
                line.suspect = True
        return
    for n in range(1, len(lines) - 1):
        if empty[n - 1] and _has_metric(lines[n - 1]) and not empty[n] and lines[n + 1].labels == [""]:
            at = n
            while at < len(lines) and (at == n or lines[at].labels == [""]):
                lines[at].suspect = True
                at += 1


def _has_metric(line: Line) -> bool:
    return line.known is not None and any(row.metric or row.cells for _, row in line.known.rows)


def _list_table(sections: Sequence[Section]) -> FormTable | None:
    votes: Counter[int] = Counter()
    tables: dict[int, FormTable] = {}
    for section in sections:
        for line in section.lines if section.is_list else ():
            for table, row in line.known.rows if line.known else ():
                if table.kind == "list":
                    votes[id(table)] += 2 + (line.known is not None and line.known.core == row.cores[0])
                    tables[id(table)] = table
    return tables[votes.most_common(1)[0][0]] if votes else None


def _names(section: Section, line: Line, chosen: FormTable | None) -> tuple[list[str | None], list[tuple[str, str]]]:
    """Metric and place of each value column in this row, as far as they are certain."""
    rows = line.known.rows if line.known else ()
    if section.is_list:
        places = [("total", period) for role, period in section.roles if role == "value"]
        found = {row.metric for table, row in rows if table is chosen}
        metric = found.pop() if len(found) == 1 else None
        return [metric] * len(places), places
    metrics: list[str | None] = []
    places = []
    for slot, _ in section.order:
        given = {
            table.metric(row, column) if table.rows else column.metric
            for table, column in slot
            for t, row in (rows if table.rows else ((table, None),))
            if t is table
        } - {None}
        metrics.append(given.pop() if len(given) == 1 else None)
        places.append((slot[0][1].applicant, slot[0][1].period))
    return metrics, places


def _take_row_numbers(section: Section) -> bool:
    """Take the running number of each row, which the stream has behind the row before; whether all were there.

    Digits that are the number of the next row and digits of a value cannot be told apart one by one. They can where
    every row has its number: 1, 2, 3 … for the rows with a metric, or for all of them.
    """
    lines = section.lines
    for numbered in (
        [line for line in lines if line.known and any(row.metric for _, row in line.known.rows)],
        [line for line in lines if line.labels],
    ):
        number = {id(line): str(n) for n, line in enumerate(numbered, 1)}
        rests: list[str | None] = []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            printed = line.values[-1] if line.values else line.run or ""
            own = number.get(id(following), "") if following else ""
            rests.append(printed[: len(printed) - len(own)].rstrip() if printed.endswith(own) else None)
        if not numbered or lines[0] is numbered[0] or any(rest is None for rest in rests):
            continue
        for line, rest in zip(lines, rests, strict=True):
            if line.values:
                line.values = [*line.values[:-1], *([rest] if rest else [])]
            elif line.run is not None:
                line.run = None
                _take_run(section, line, rest or "")
        section.lines = [line for line in lines if line.labels or line.values or line.run]
        return True
    return False


def _is_certain_order(section: Section) -> bool:
    """Whether the order of the columns below headings of several rows is certain, although the stream lost the rows.

    The form's own order is. Any other one may come from headings that were read line by line across the groups;
    only 总计 may stand elsewhere, where the sums say so.
    """
    for table in {id(table): table for slot, _ in section.order for table, _ in slot}.values():
        columns = [next((c for t, c in slot if t is table), None) for slot, _ in section.order]
        if not any(column.under or column.parents for column in table.columns) or None in columns:
            continue
        indexes = [column.index for column in columns if column is not None]
        if indexes == sorted(indexes):
            continue
        # Within their group columns stand in the order of one printed row, whatever it is.
        parts = [column.under for column in columns if column is not None and column.applicant != "total"]
        if not table.rows or any(not after and before for before, after in pairwise(parts)):
            return False
        whole = next((i for i, column in enumerate(columns) if column is not None and column.applicant == "total"), -1)
        subtotal = [i for i, column in enumerate(columns) if column is not None and column.applicant == SUBTOTAL]
        held = 0
        for line in section.lines:
            numbers = [read_value(text).value or 0 for text in line.values]
            if len(numbers) == len(columns) and any(numbers):
                left_out = {whole, *subtotal}
                held += 1 if numbers[whole] == sum(n for i, n in enumerate(numbers) if i not in left_out) else -1
        if whole < 0 or held < 2:
            return False
    return True


def _settle_width(section: Section) -> None:
    """Hold the number of cells in the rows against the number of headings.

    Where most rows have as many cells as there are headings, a row with more lines loses blank ones, if there is one
    way only. Where a row has more printed cells than headings, a heading was not recognised: no row is read then.
    """
    width = len(section.order)
    if section.is_list:
        width = sum(1 for role, _ in section.roles if role not in ("label", "unit"))
    rows = [line for line in section.lines if line.values]
    exact = sum(1 for line in rows if len(line.values) == width)
    for line in rows if not section.is_list and width else ():
        blanks = [i for i, value in enumerate(line.values) if not value.strip()]
        surplus = len(line.values) - width
        if 0 < surplus <= min(3, len(blanks)) and exact * 2 > len(rows):
            ways = {
                tuple(value for i, value in enumerate(line.values) if i not in left_out)
                for left_out in combinations(blanks, surplus)
            }
            if len(ways) == 1:
                line.values = list(ways.pop())
    if section.is_list:
        section.suspect |= bool(section.roles) and all(role != "label" for role, _ in section.roles)
    else:
        section.suspect = not is_complete([slot for slot, _ in section.order]) or not _is_certain_order(section)
    section.suspect |= any(
        max(sum(1 for value in line.values if value.strip()), len((line.run or "").split())) > (width or 1)
        for line in section.lines
    )


# ---------------------------------------------------------------- cells to a grid


def _lay_headings(section: Section, cells: list[Cell], row: int, depth: int) -> int:
    """Lay the headings of a section out; gives the next free row."""
    for piece in section.heads:
        if _TITLE.fullmatch(squeeze(piece.text)):
            cells.append(Cell(row, 0, piece.text, 1, depth + max(len(section.order), 1)))
            row += 1
    heads = [p for p in section.heads if not _TITLE.fullmatch(squeeze(p.text))]
    if not heads:
        return row
    if not section.order:
        cells.extend(Cell(row, col, piece.text) for col, piece in enumerate(heads))
        return row + 1
    fillers = [p for p in heads if not (p.token.columns or p.token.group)]
    levels = max(len(path) for _, path in section.order)
    if fillers:
        cells.append(Cell(row, 0, fillers[0].text, levels, depth))
        cells.extend(Cell(row, depth, piece.text, 1, len(section.order)) for piece in fillers[1:])
    if len(fillers) > 1:
        row += 1
        cells[-len(fillers)] = replace(cells[-len(fillers)], row_span=levels + 1)
    for level in range(levels):
        col = 0
        while col < len(section.order):
            path = section.order[col][1]
            if level >= len(path):
                col += 1
                continue
            width = 1
            if level + 1 < len(path):
                while (
                    col + width < len(section.order) and section.order[col + width][1][: level + 1] == path[: level + 1]
                ):
                    width += 1
            height = levels - level if level + 1 == len(path) else 1
            cells.append(Cell(row + level, depth + col, path[level].text, height, width))
            col += width
    return row + levels


def _lay_line(section: Section, line: Line, cells: list[Cell], row: int, depth: int) -> None:
    values = list(line.cut) if line.cut is not None else line.values
    if section.is_list:
        _lay_list_line(section, line, values, cells, row)
        return
    for col, text in enumerate(line.labels):
        span = depth - col if col == len(line.labels) - 1 else 1
        cells.append(Cell(row, col, text, 1, span))
    width = len(section.order)
    if width and len(values) == width and not line.suspect:
        cells.extend(Cell(row, depth + col, text) for col, text in enumerate(values))
    elif line.run is not None or values:
        printed = line.run if line.run is not None else " ".join(values)
        cells.append(Cell(row, depth, printed, 1, max(width, 1) + line.suspect))


def _lay_list_line(section: Section, line: Line, values: list[str], cells: list[Cell], row: int) -> None:
    roles = section.roles or [("label", "year"), ("unit", "year"), ("value", "year")]
    at = {role: col for col, (role, _) in reversed(list(enumerate(roles)))}
    label_col, unit_col = at.get("label", 0), at.get("unit")
    if line.labels:
        cells.append(Cell(row, label_col, line.labels[-1]))
    if line.unit is not None:
        cells.append(Cell(row, unit_col if unit_col is not None else len(roles), line.unit))
    rest = [col for col, (role, _) in enumerate(roles) if role not in ("label", "unit") and col > label_col]
    numbers = [col for col in rest if roles[col][0] == "value"]
    if not (values or line.run is not None):
        return
    if not rest:  # no heading explains the values: laid behind them, over two columns
        cells.append(Cell(row, len(roles), line.run if line.run is not None else " ".join(values), 1, 2))
        return
    if line.run is not None:
        targets = numbers
    elif len(values) in (len(rest), len(rest) - 1) and (len(values) == len(rest) or roles[rest[-1]][0] == "remark"):
        targets = rest[: len(values)]
    else:
        targets = []
    if values and len(values) == len(targets) and not line.suspect:
        cells.extend(Cell(row, col, text) for col, text in zip(targets, values, strict=True))
        return
    printed = line.run if line.run is not None else " ".join(values)
    if line.suspect or not section.roles:
        numbers = [rest[0], rest[-1] + 1]  # two columns at least, so that no single number is read from it
    low, high = (numbers[0], numbers[-1]) if numbers else (rest[0], rest[-1])
    cells.append(Cell(row, low, printed, 1, high - low + 1))
