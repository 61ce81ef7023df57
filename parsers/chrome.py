"""What stands around an article: labels of index boxes, counters, tools, navigation, footers (data/chrome.toml).

Everything here judges one line at a time, a line being the text between two line breaks of the page. None of it ever
looks inside a sentence: 主动公开 and 微博 are words of reports as much as labels of pages.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

_SEPARATORS = re.compile(r"[\s|｜•·\[\]【】()（）<>《》「」:：,，、/\\_—―»›;；.。!！?？\u200b\ufeff]+")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?)"
)
_CLOCK = r"(?:\s{0,4}\d{1,2}:\d{2}(?::\d{2})?)?"
_DAY_FIRST = re.compile(_DATE.pattern + _CLOCK + r"[\s|｜]{1,12}")
_UNMARKED_DAY = re.compile(r"^\W?\w{2,6}(?:日期|时间)\s{0,4}(?:19|20)\d\d")
_UNMARKED_SOURCE = re.compile(r"^(?:信息|文章|稿件)?来源\s{0,4}([^\W\d_]{2,18})$")  # below a day
_SHORT_DAY = re.compile(r"\d{2}([-/.])\d{1,2}\1\d{1,2}(?!\d)")
_NAME_FIRST = re.compile(r"[^\W\d_]{2,16}[\s|｜]{1,12}(?=(?:19|20)\d\d)")  # of a paper, before the day
_DAY = re.compile(_DATE.pattern + _CLOCK)
# of the voice that reads the page out
_PLAYER = re.compile(r"\d{1,2}:\d{2}\s?/\s?\d{1,2}:\d{2}(?:\s?\d(?:\.\d{1,2})?\s?(?:[xX]|倍速))?")
_FORM_SIGNED = re.compile(
    r"[（(]?(?:单位负责人|分管负责人|负责人|审核人|填报人|填表人|制表人|填报单位|填报日期|联系人|联系电话)\s?[:：]"
)
_BRACKETED = re.compile(r"【[^【】]{1,8}】|\[[^\[\]]{1,8}\]")
_COUNT = re.compile(r"^\d{1,9}%?$")
_VOTES = re.compile(r"^(?:[(（]\d{1,6}[)）]|\d{1,3}%)$")  # under 顶一下, a line each
_LONGEST_LINE = 400  # longer lines are never chrome
_SENTENCE = re.compile("[。！；]|[，,].{6,}[，,。]")

_PATH_MARK = re.compile("首页|位置|当前所在|>>|»|›")
_TEXTS_OF_HEAD = 12  # lines of text in a row after which the head of a page is over
# kinds of labels whose line is the line under a title, not a row of an index box alone
INFO_KINDS = frozenset({"published", "dated", "updated", "source", "editor", "counter"})
_DAY_KINDS = frozenset({"published", "dated", "document_date"})
_FOOT_KINDS = (INFO_KINDS | {"tags"}) - {"dated"}  # 日期：2021年1月20日 signs a report


@cache
def chrome_data() -> Mapping[str, Any]:
    """The tables of data/chrome.toml."""
    return tomllib.loads(resources.files("parsers").joinpath("data/chrome.toml").read_text("utf-8"))


def squeeze(text: str) -> str:
    """NFKC without any white space or invisible character: the form in which phrases are compared."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


@cache
def label_kinds() -> Mapping[str, str]:
    """Label without white space -> kind: 索引号 -> index_number."""
    kinds = {label: kind for kind, labels in chrome_data()["labels"].items() for label in labels}
    return dict.fromkeys(chrome_data()["lines"]["counters"], "counter") | kinds


@cache
def _label_pattern() -> re.Pattern[str]:
    # letters of a label may stand apart: 索 引 号, 文        号
    labels = sorted(label_kinds(), key=len, reverse=True)
    spaced = "|".join(r"\s{0,12}".join(map(re.escape, label)) for label in labels)
    # and labels stand together without a space where a style sheet keeps them apart: 发布时间：2021-01-05来源：本局
    # the colon may be one of the style sheet where a day follows: 发布日期2023-01-17
    days = "|".join(label for label in labels if label_kinds()[label] in _DAY_KINDS and len(label) == 4)
    colon = rf"\s{{0,12}}[】\]]?[:：]|(?<=(?:{days}))\s{{0,4}}(?=(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d)"
    return re.compile(rf"({spaced})(?:{colon})")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(squeeze(phrase) for phrase in chrome_data()["lines"][name])


@cache
def _tool_words() -> re.Pattern[str]:
    names = ("tools", "sizes", "weak", "counters")
    words = {phrase for name in names for phrase in _phrases(name) if phrase not in ("+", "-")}
    return re.compile(rf"({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\d{{0,9}}[次人]?")


def _are_tools_run_together(text: str) -> bool:
    """Whether a text is three words of tools and more, which a style sheet keeps apart: 阅读99收藏分享"""
    end = 0
    words: list[str] = []
    while (match := _tool_words().match(text, end)) is not None:
        words.append(match[1])
        end = match.end()
    sure = _phrases("tools") | _phrases("counters")
    return end == len(text) and len(words) >= 3 and not sure.isdisjoint(words)


@cache
def _final_counter() -> re.Pattern[str]:
    counters = "|".join(sorted(chrome_data()["lines"]["counters"], key=len, reverse=True))
    return re.compile(rf"((?:{counters})\s{{0,4}}[:：]?\s{{0,4}}\d{{0,9}}\s{{0,4}}[次人]?\s{{0,4}})$")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{p})" if not p.startswith("(?i)") else f"(?i:{p[4:]})" for p in chrome_data()["patterns"][name])
    )


def first_date(text: str) -> date | None:
    """The first day printed in `text` as 2015-02-04, 2015/2/4 or 2015年2月4日; None for a day that does not exist."""
    for match in _DATE.finditer(text[:_LONGEST_LINE]):
        year, *parts = match.groups()
        month, day = (part for part in parts if part)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _short_day(value: str) -> date | None:
    """A day whose century is left out: 16-01-21 as the value of 发布日期."""
    match = _SHORT_DAY.match(value)
    return first_date(f"20{match[0]}") if match else None


def labelled(line: str) -> tuple[tuple[str, str], ...]:
    """Label and value pairs of a line that begins with a label and a colon: (("发布时间", "2015-02-04 16:44"), …).

    Labels come without white space. Empty for any other line.
    """
    if len(line) > _LONGEST_LINE or (":" not in line and "：" not in line and _UNMARKED_DAY.search(line) is None):
        return ()
    line = line.strip().lstrip("【[(（•·|").strip()
    name = _NAME_FIRST.match(line)
    day = _DAY_FIRST.match(line, name.end() if name else 0)
    if day is not None and (rest := labelled(line[day.end() :])):
        return (("发布时间", day[0].strip()), *rest)
    if _label_pattern().match(line) is None:
        return ()
    matches = list(_label_pattern().finditer(line))
    ends = [match.start() for match in matches[1:]] + [len(line)]
    return tuple(
        ("".join(match[1].split()), line[match.end() : end].strip(" \t\xa0\u3000|｜【[]】()（）"))
        for match, end in zip(matches, ends, strict=True)
    )


def published_within(line: str) -> date | None:
    """The day that a label of publication gives anywhere in a line: 状态：已结束 发布日期：2022-05-31"""
    for match in _label_pattern().finditer(line[:_LONGEST_LINE]):
        if label_kinds()["".join(match[1].split())] == "published" and (
            day := _DATE.match(line[match.end() :].strip())
        ):
            return first_date(day[0])
    return None


def is_label(text: str) -> str | None:
    """The kind of label that `text` is, standing alone in a cell: 索 引 号 -> index_number; None for anything else."""
    return _kind_of_label(text) if len(text) < 40 else None


@lru_cache(maxsize=4096)
def _kind_of_label(text: str) -> str | None:
    return label_kinds().get(squeeze(text).rstrip(":").strip("【】[]"))


def is_sentence(line: str) -> bool:
    """Whether the line reads as running text: it has a full stop, or commas with words between them."""
    return _SENTENCE.search(line) is not None


def is_breadcrumb(line: str) -> bool:
    """Whether the line is a path through the site: 当前位置：首页 > 信息公开 > …"""
    if len(line) >= 200 or _PATH_MARK.search(line) is None:
        return False
    return "。" not in line and _pattern("breadcrumb").search(line) is not None


def says_missing(line: str) -> bool:
    """Whether the line says that the page asked for is not there: 您访问的页面不存在或已被删除"""
    return len(line) < 80 and _pattern("missing").search(line) is not None


def is_footer(line: str) -> bool:
    """Whether the line belongs to the foot of a site: copyright, licence, sponsor."""
    if len(line) >= _LONGEST_LINE or not any(mark in line for mark in chrome_data()["patterns"]["footer_marks"]):
        return False
    if "本报告" in line:
        return False
    # a sentence about the keeper of a site is text: 督促运维单位及时更新。
    return _pattern("footer_sure" if is_sentence(line) else "footer").search(line) is not None


def is_sure_footer(line: str) -> bool:
    """Whether only the foot of a site has such a line: copyright or licence, not the organisers of an event."""
    return len(line) < _LONGEST_LINE and _pattern("footer_sure").search(line) is not None


class LineKind(StrEnum):
    """What a line is when it stands alone at the head or the foot of an article."""

    TEXT = "text"
    INFO = "info"  # label and value: 发布时间：2015-02-04
    TOOL = "tool"  # counters, print, close, share, previous and next
    PATH = "path"  # 当前位置：首页 > …
    FOOTER = "footer"  # copyright, licence, sponsor
    SIZE = "size"  # a piece of the font size tool: 大
    WEAK = "weak"  # a word of tools that cells of reports hold as well: 微博
    MARK = "mark"  # nothing but separators


@lru_cache(maxsize=4096)
def line_of(text: str) -> LineKind:
    """Tell what a line is, by itself."""
    text = text.strip()
    if len(text) > _LONGEST_LINE:
        return LineKind.TEXT
    if is_breadcrumb(text):
        return LineKind.PATH
    if is_info(text):
        return LineKind.INFO
    if len(text) <= 120:
        # tools before the labels: 【我要纠错】 责任编辑：王五
        label = _label_pattern().search(text) if text[0:1] in ("【", "[") and ("：" in text or ":" in text) else None
        if label is not None and _kind_of_tokens(text[: label.start()]) is LineKind.TOOL:
            return LineKind.INFO if is_info(text[label.start() :]) else LineKind.TEXT
        if any(mark in text for mark in chrome_data()["patterns"]["lone_marks"]) and (
            _pattern("lone").search(unicodedata.normalize("NFKC", text)) is not None
        ):
            return LineKind.TOOL
        kind = _kind_of_tokens(text)
        if kind is not None:
            return kind
    return LineKind.FOOTER if is_footer(text) else LineKind.TEXT


def _kind_of_tokens(text: str) -> LineKind | None:
    text = _PLAYER.sub(" ", text)
    if 6 <= len(text) <= 30 and _are_tools_run_together(squeeze(text)):
        return LineKind.TOOL
    dated = _DAY.search(text) is not None
    if dated:
        text = _final_counter().sub(r" \1", _DAY.sub(" ", text))
    tokens = [token for token in map(squeeze, _SEPARATORS.split(text)) if token]
    if not tokens:
        return LineKind.MARK if text and not dated else None
    tools, sizes, weak, menu, counters = map(_phrases, ("tools", "sizes", "weak", "menu", "counters"))
    seen: set[LineKind] = set()
    counted = False
    unknown = 0
    for token in tokens:
        if token in counters or token.rstrip("0123456789次人") in counters:
            counted = True
            seen.add(LineKind.TOOL)
        elif token in tools:
            seen.add(LineKind.TOOL)
        elif token in sizes:
            seen.add(LineKind.SIZE)
        elif token in weak or (token in menu and ("|" in text or "｜" in text)):
            seen.add(LineKind.WEAK)
        elif not (counted and (token in ("次", "人", "人次") or _COUNT.match(token.rstrip("次人")))):
            unknown += 1
    # the line under a title may name the publisher without a label: 某局 2023-01-16 打印
    if unknown and not (unknown == 1 and dated and LineKind.TOOL in seen and len(text) < 60):
        # more tools than the list knows: 【告诉好友】【打印此文】【关闭窗口】
        bracketed = len(_BRACKETED.findall(text))
        return LineKind.TOOL if bracketed >= 3 and len(tokens) == bracketed and unknown * 2 <= bracketed else None
    if LineKind.TOOL in seen or len(tokens) >= 4 or (len(tokens) >= 2 and ("|" in text or "｜" in text)):
        return LineKind.TOOL
    return LineKind.SIZE if LineKind.SIZE in seen else LineKind.WEAK


def is_tool(line: str) -> bool:
    """Whether nothing but tools of a page stand on the line: counters, font size, print, share, previous and next."""
    return line_of(line) is LineKind.TOOL


def is_menu(line: str) -> bool:
    """Whether the line is an entry of a site's menu; such words also head sections, so only a run of them is chrome."""
    return squeeze(line) in _phrases("menu")


def is_info(line: str) -> bool:
    """Whether the line is the one under a title or a row of an index box: 发布时间：… 来源：… 浏览次数：…"""
    pairs = labelled(line)
    if pairs:
        # 名称：, 时间： and 分类： also open lines of reports; alone they need a short value
        if len(pairs) > 1 or label_kinds()[pairs[0][0]] == "summary":
            return True
        label, value = pairs[0]
        if label in ("时间", "发布") and value and first_date(value) is None:
            return False
        return len(value) <= 80 and not is_sentence(value)
    return False


@dataclass(slots=True)
class Facts:
    """What head lines and index boxes say: first word wins."""

    title: str | None = None
    publisher: str | None = None
    source: str | None = None
    published: date | None = None
    dated: date | None = None  # a day printed under another name (公开日期, 时间): published when nothing says so
    updated: date | None = None  # 更新时间: published when nothing else has a day
    index_box: dict[str, str] = field(default_factory=dict)
    address: str | None = None

    def note(self, label: str, value: str) -> None:
        """Record one label (without white space) and its value as printed; empty values and 无文号-like ones stay."""
        kind = label_kinds().get(label)
        value = value.strip()
        if kind is None or not value:
            return
        if kind == "published":
            self.published = self.published or first_date(value) or _short_day(value)
        elif kind == "dated":
            self.dated = self.dated or first_date(value)
        elif kind == "updated" and label.startswith("更新"):
            self.updated = self.updated or first_date(value)
        elif kind == "title":
            self.title = self.title or value
        elif kind == "source":
            if value.startswith(("http://", "https://")):
                self.address = self.address or value.split()[0]
                return
            self.source = self.source or value
        elif kind == "address":
            if value.startswith(("http://", "https://")):
                self.address = self.address or value.split()[0]
            return
        elif kind == "publisher":
            self.publisher = self.publisher or value
        if kind in ("editor", "source", "counter"):
            self.dated = self.dated or first_date(value)
        if kind not in ("updated", "editor", "download", "counter", "tags"):
            self.index_box.setdefault(label, value)


def head_lines(lines: Sequence[str], limit: int = 60) -> tuple[set[int], Facts, int | None]:
    """Find the site's lines at the head of an article.

    Returns the indexes of the lines to leave out, the facts they state, and the index of the line that is the page's
    title (it stands directly above the line 发布时间 or its like), if there is one. The title is not among the former.
    """
    facts = Facts()
    kinds: list[LineKind] = []
    texts = 0
    for line in lines[:limit]:
        kind = line_of(line)
        if kind in (LineKind.TEXT, LineKind.FOOTER) and line.strip():
            texts += 1
            if len(line.strip()) > 90 or is_sentence(line) or texts > _TEXTS_OF_HEAD:
                break
        elif kind in (LineKind.INFO, LineKind.TOOL, LineKind.PATH):
            texts = 0
        kinds.append(kind)
    drop = {i for i, kind in enumerate(kinds) if kind in (LineKind.INFO, LineKind.TOOL, LineKind.PATH)}
    first_info: int | None = None
    for index in sorted(drop):
        pairs = labelled(lines[index]) if kinds[index] is LineKind.INFO else ()
        if kinds[index] is LineKind.TOOL:
            facts.dated = facts.dated or first_date(lines[index])
        for label, value in pairs:
            facts.note(label, value)
        under_title = {label_kinds()[label] for label, _ in pairs} & INFO_KINDS or (
            kinds[index] is LineKind.TOOL and squeeze(lines[index]).startswith(tuple(_phrases("counters")))
        )
        if first_info is None and under_title and not _is_below_value(lines, index):
            first_info = index
    for index, kind in enumerate(kinds):
        named = _UNMARKED_SOURCE.match(lines[index].strip()) if kind is LineKind.TEXT and index - 1 in drop else None
        if named is not None:
            drop.add(index)
            facts.source = facts.source or named[1]
    _join(kinds, drop)
    _runs_of_menu(lines[: max(drop, default=-1) + 1], drop)
    title = None
    if first_info is not None:
        above = [i for i in range(first_info) if i not in drop and lines[i].strip()]
        # the same line at the foot of a short text has no text below it
        below = any(i not in drop and lines[i].strip() for i in range(first_info + 1, len(lines)))
        if above and below and len(squeeze(lines[above[-1]])) >= 4:
            title = above[-1]
    return drop, facts, title


def _is_below_value(lines: Sequence[str], index: int) -> bool:
    """Whether a line stands below the value of a label that has a line of its own: cells of an index box."""
    above = labelled(lines[index - 2]) if index > 1 else ()
    return len(above) == 1 and not above[0][1] and not labelled(lines[index - 1])


def _join(kinds: Sequence[LineKind], drop: set[int]) -> None:
    """Add the doubtful lines that hang on chrome: sizes and closing marks below it, anything doubtful between two."""
    certain = sorted(drop)
    for here, there in pairwise(certain):
        if there - here <= 12 and all(
            kinds[i] in (LineKind.SIZE, LineKind.WEAK, LineKind.MARK) for i in range(here + 1, there)
        ):
            drop.update(range(here + 1, there))
    for index, kind in enumerate(kinds):
        if index - 1 in drop and kind in (LineKind.SIZE, LineKind.MARK):
            drop.add(index)
    # a separator that opens a flattened table is not the site's
    for index in sorted(drop, reverse=True):
        if (
            kinds[index] is LineKind.MARK
            and index + 1 not in drop
            and index - 1 in drop
            and kinds[index - 1] is not LineKind.SIZE
        ):
            drop.discard(index)


def _runs_of_menu(lines: Sequence[str], drop: set[int]) -> None:
    """Add the entries of menus: three or more in a row, chrome between them counted with them."""
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and (index in drop or is_menu(lines[index])):
            run.append(index)
            continue
        if sum(is_menu(lines[i]) for i in run) >= 3:
            drop.update(run)
        run = []


def foot_lines(lines: Sequence[str], limit: int = 80, with_site: bool = True) -> int:
    """How many of `lines` come before the site's lines at the foot of an article.

    `with_site` is False for lines of a container that cannot hold the foot of the site: then only what stands at the
    very end is looked at.
    """
    end = len(lines)
    # everything below the first line of a site's foot, when nothing below reads as running text
    for index in range(max(0, end - limit) if with_site else end, end):
        if line_of(lines[index]) is LineKind.FOOTER and not any(
            is_sentence(line) and line_of(line) is LineKind.TEXT and len(line) > 30 for line in lines[index + 1 :]
        ):
            end = index
            break
    sure = end
    while end > 0:
        line = lines[end - 1].strip()
        kind = line_of(line)
        labels = {label_kinds()[label] for label, _ in labelled(line)} if kind is LineKind.INFO else set()
        if labels and not labels <= _FOOT_KINDS and not (len(labels) > 1 and labels & INFO_KINDS):
            break
        opens_menu = line.endswith(("：", ":")) and is_menu(line[:-1])
        if kind is LineKind.TEXT and line and not opens_menu and _VOTES.match(line) is None:
            break
        end -= 1
        if kind in (LineKind.INFO, LineKind.TOOL, LineKind.PATH, LineKind.FOOTER):
            sure = end
    # the names under a form are the report's: 填报人：… 审核人：…
    while 0 < sure < len(lines) and _FORM_SIGNED.match(lines[sure - 1]) and _FORM_SIGNED.match(lines[sure]):
        sure += 1
    return sure
