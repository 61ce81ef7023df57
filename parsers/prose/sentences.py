"""Sentences and headings of a report's text, with offsets. No sentence crosses a line of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.model import Section

LONGEST = 3000
"""Characters of a sentence at most; text without full stops is cut there."""

LONGEST_HEADING = 60

_SENTENCE = re.compile(rf"[^。！？\n]{{1,{LONGEST}}}[。！？]*[”』」）)]*")
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十]{1,3}[)）]、?|[0-9０-９]{1,2}[、.．](?!\d)|[（(]\d{1,2}[)）])"
)


# （四）咨询情况。
_HEADING_WITH_STOP = re.compile(r"^[^，；。]{4,24}(?:情况|工作|建设|保障|管理|公开|诉讼|培训|减免|机制)。$")


_ENUMERATOR = r"(?:\d{1,2}[、.．]|[（(]\d{1,2}[)）]、?|[①-⑳])"
_LIST_LINE = (
    rf"[ 　\t]{{0,8}}(?![一二三四五六七八九十]{{1,3}}[、.．]){_ENUMERATOR}?[^\n。，,；;\d０-９]{{2,30}}"
    rf"(?:{_ENUMERATOR}[^\n。，,；;\d０-９]{{2,30}})?[\d０-９][\d０-９,，.]*\s?"
    r"(?:条|件|次|份|篇|例|宗|起|期|则|项|个|名|人|场|元|万元){1,2}"
    r"(?:[（(][^（）()\n]{0,30}[)）])?[。；;，,、]?[ 　\t]{0,8}"
)
_LINES_OF_A_LIST = re.compile(rf"^{_LIST_LINE}(?:\n{_LIST_LINE})+$", re.MULTILINE)
_NEXT_LINE = re.compile(rf"\n[ 　\t]{{0,8}}{_ENUMERATOR}?")


def with_lists_on_one_line(text: str) -> str:
    """The text with commas for the line breaks in a list of lines (收到申请数：6件 / 其中：当面申请1件 / 网络申请5件).

    Every offset stays what it was; spaces stand for the numbers of the lines.
    """
    return _LINES_OF_A_LIST.sub(lambda match: _NEXT_LINE.sub(_comma, match[0]), text)


def _comma(match: re.Match[str]) -> str:
    return "，".ljust(len(match[0]))


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` without white space around it; `paragraph` counts the lines of the text."""

    start: int
    end: int
    paragraph: int
    numbered: bool  # opens with a number of a list or a heading


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the report a sentence stands: the heading over it and the topic of its section."""

    heading: str
    topic: str | None
    above: str = ""  # the headings of all sections around it, the outermost first


def sentences(text: str, sections: Sequence[Section] = (), marks: Sequence[int] | None = None) -> Iterator[Sentence]:
    """The sentences of the text in order. A heading that runs on into its text without a break is one of its own.

    With `marks` (ascending offsets), only the lines that hold one of them, and short numbered lines, which may be
    headings.
    """
    glued = {section.start: end for section in sections if (end := _heading_end(text, section)) is not None}
    offset = next_mark = 0
    for number, line in enumerate(text.split("\n")):
        begin, offset = offset, offset + len(line) + 1
        if marks is not None:
            while next_mark < len(marks) and marks[next_mark] < begin:
                next_mark += 1
            marked = next_mark < len(marks) and marks[next_mark] < offset
            if not marked and not (len(line) <= LONGEST_HEADING and _NUMBERED.match(line)):
                continue
        for match in _SENTENCE.finditer(line):
            printed = match[0]
            start = begin + match.start() + len(printed) - len(printed.lstrip())
            end = begin + match.start() + len(printed.rstrip())
            if end <= start:
                continue
            numbered = _NUMBERED.match(text, start, end) is not None
            heading = glued.get(start, start)
            if start < heading < end:
                yield Sentence(start, heading, number, numbered)
                start, numbered = heading, False
            yield Sentence(start, end, number, numbered)


def _heading_end(text: str, section: Section) -> int | None:
    """Where the heading of a section ends, if more text follows on its line with no break between."""
    at = text.find(section.heading, section.start, section.start + len(section.heading) + 8)
    if at < 0 or not section.heading:
        return None
    end = at + len(section.heading)
    return end if text[end : end + 1].strip() and text[end] not in "，,。；;：:、）)" else None


class Outline:
    """Looks up the place of a sentence; to be asked in reading order."""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        self._text = text
        self._sections = sorted(sections, key=lambda section: (section.start, section.level))
        self._open: list[Section] = []
        self._next = 0
        self._line_heading = ""

    def pass_by(self, sentence: Sentence) -> None:
        """Take note of a sentence whose place is not asked for."""
        if sentence.numbered and sentence.end - sentence.start <= LONGEST_HEADING:
            printed = self._text[sentence.start : sentence.end]
            if not printed.endswith(("。", "；")) or _HEADING_WITH_STOP.search(printed):
                self._line_heading = printed

    def place(self, sentence: Sentence) -> Place:
        """The innermost section around the sentence; without sections, the last short numbered line before it."""
        while self._next < len(self._sections) and self._sections[self._next].start <= sentence.start:
            section = self._sections[self._next]
            while self._open and self._open[-1].level >= section.level:
                self._open.pop()
            self._open.append(section)
            self._next += 1
        heading = self._line_heading
        self.pass_by(sentence)
        if not self._open:
            return Place(heading, None)
        topic = next((section.topic for section in reversed(self._open) if section.topic), None)
        above = "\n".join(section.heading for section in self._open)
        return Place(self._open[-1].heading or heading, topic, above)
