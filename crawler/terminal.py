"""Text for a terminal in which a Chinese character takes two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to a number of columns."""
    fill = " " * max(0, columns - width(text))
    return fill + text if right else text + fill


def cut(text: str, columns: int) -> str:
    """The text on one line, cut to a number of columns with an ellipsis."""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    taken, used = [], 1
    for character in text:
        used += width(character)
        if used > columns:
            break
        taken.append(character)
    return "".join(taken) + "…"


def wrap(text: str, columns: int | None = None, indent: str = "") -> str:
    """The text broken into indented lines; Chinese breaks anywhere, so lines are filled by width alone."""
    room = (columns or shutil.get_terminal_size((120, 40)).columns) - len(indent)
    lines, line, used = [], "", 0
    for character in " ".join(text.split()):
        if used + width(character) > room:
            head, gap, tail = line.rpartition(" ")
            # a word of Latin letters is not cut when a space stands near
            if gap and tail.isascii() and character != " " and len(tail) < room // 2:
                lines.append(head)
                line = tail
            else:
                lines.append(line)
                line = ""
            used = width(line)
            if character == " " and not line:
                continue
        line += character
        used += width(character)
    return "\n".join(indent + part for part in (*lines, line))


def table(
    rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset(), columns: int | None = None, indent: str = ""
) -> str:
    """Rows as aligned columns, within the terminal: the widest columns give way. `right` are columns of numbers."""
    if not rows:
        return ""
    count = max(len(row) for row in rows)
    cells = [[" ".join(row[i].split()) if i < len(row) else "" for i in range(count)] for row in rows]
    widths = [max(1, *(width(row[i]) for row in cells)) for i in range(count)]
    room = (columns or shutil.get_terminal_size((120, 40)).columns) - len(indent) - 2 * (count - 1)
    while sum(widths) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return "\n".join(
        indent + "  ".join(pad(cut(row[i], widths[i]), widths[i], right=i in right) for i in range(count)).rstrip()
        for row in cells
    )
