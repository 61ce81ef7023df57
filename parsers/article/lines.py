"""What a line of a page is: a link, the site's, chrome; and what it counts for when the text is looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.article.pictures import PICTURE
from parsers.chrome import LineKind, line_of, says_missing
from parsers.dom import Line

# of an authority or a site: signs a text as well
SITE_ONLY = re.compile("(?:网|网站|门户|政府|首页|平台|频道|委员会|[局厅委办])$")
DAY_ONLY = re.compile(
    r"^[\[(（【]?\s?(?:20|19)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s?[\])）】]?$"
)
_DAY_OF_LINK = re.compile(
    r"^[\[(（【]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?\s*|\s*[\[(（【]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?$"
)
NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,2}）")
CONTACT = re.compile(".{0,12}(?:地址|电话|邮编|邮箱|传真)[:：]")  # of the keeper of a site
MOST_LINES = 60_000  # of one page; what is below is neither trimmed nor weighed
_SENTENCE_WORTH = 20  # characters that the full stop of a line is worth


def is_link(line: Line) -> bool:
    """Whether a line is a link to another page, with or without the day that lists print beside it."""
    if line.linked == 0 or line.attachment:
        return False
    if line.linked * 10 > len(line.text) * 6:
        return True
    return line.linked * 10 > len(_DAY_OF_LINK.sub("", line.text)) * 6


def worth_of(line: Line) -> int:
    """What a line counts for: its characters outside links, more for a sentence, nothing for chrome."""
    if line.attachment or line.text == PICTURE:
        return 20
    if is_link(line) or DAY_ONLY.match(line.text):
        return 0
    if line_of(line.text) is not LineKind.TEXT:
        return 0
    worth = max(len(line.text) - line.linked, 0)
    return worth + _SENTENCE_WORTH if "。" in line.text else worth + line.in_table


def is_of_site(text: str) -> bool:
    """Whether a line is the site's: the name of an authority, or the address of the keeper."""
    return CONTACT.match(text) is not None or (len(text) < 30 and SITE_ONLY.search(text) is not None)


def stands_for_missing(lines: Sequence[Line]) -> bool:
    """Whether all that a page says is that there is no page."""
    if any(line.attachment or line.in_table or line.text == PICTURE for line in lines):
        return False
    return sum(len(line.text) for line in lines) < 300 and any(says_missing(line.text) for line in lines)
