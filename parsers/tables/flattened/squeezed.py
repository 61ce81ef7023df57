"""Labels and digits inside one paragraph without separators: 规章007."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.labels import squeeze
from parsers.tables.flattened.pieces import Piece, kind_of
from parsers.tables.lexicon import lexicon, token

# Words that stand in every copy of the tables, and hardly anywhere else.
_LANDMARKS = (
    "本年新收政府信息公开申请", "结转下年度继续办理", "信息内容", "结果维持", "指标名称", "统计指标", "计量单位",
    "工作项目", "第二十条第", "新收政府信息", "尚未审结", "统计数", "商业企业", "制发规范性文件总数",
    "政务微博公开政府信息数",
)  # fmt: skip
LANDMARK = re.compile("|".join(_LANDMARKS))
_TITLE_CORE = re.compile(r"第二十条第?\([一二三四五六七八九十]{1,2}\)项?")
_NOTE_CORE = re.compile(r"\(?本列数据的勾稽关系.{0,45}?第四项之和\)?")
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
_TAIL = re.compile(
    r"(?:人\(次\)|人次|万元|[条件次篇个项人场期份起宗例元])?[\d.,/\-—–]{0,60}(?:万元|亿元|元|[条件次个项])?"
)
_SOME_DIGIT = re.compile(r"\d")
_ROW_NUMBER = re.compile(r"[1-9]\d{0,2}")
SENTENCE = re.compile(r"[。；！？]")
LONGEST_CELL = 40


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
    return len(text) <= 4 * LONGEST_CELL and not SENTENCE.search(text) and bool(_SOME_DIGIT.search(text))


def inner_pieces(text: str, block: int) -> Iterator[Piece]:
    """The labels of forms in a paragraph and the digits between them, where they follow each other as in a table."""
    if len(text) > LONGEST_CELL and not LANDMARK.search(text) and not _is_row_length(text):
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
        elif len(between) <= 2 * LONGEST_CELL and (unknown := _UNKNOWN_ROW.fullmatch(between)):
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
            yield Piece(text[a:b], kind_of(t) if known else "text", t, (block, a), (block, b), False)
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
    if length <= 4 * LONGEST_CELL and (not first or _ROW_NUMBER.fullmatch(first)) and end == len(squeezed.quiet):
        # A short line of its own: 规章 0 0 0, or headings in a row.
        return numbers >= 1 or len(distinct) >= 2
    return len(distinct) >= 5 and numbers >= 1
