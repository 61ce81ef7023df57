"""The day of publication: in the meta tags, beside the title, below the text, in the address of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from parsers.article.head import PageHead
from parsers.article.headings import is_under_title
from parsers.chrome import (
    Facts,
    LineKind,
    first_date,
    is_sentence,
    label_kinds,
    labelled,
    line_of,
    published_within,
    squeeze,
)
from parsers.dom import Line
from parsers.model import Finding, Severity

_URL_DATES = (
    re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/"),  # Hanweb
    re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\."),  # TRS
    re.compile(r"/c/(\d{4})-(\d{2})-(\d{2})/\d+\.s?html"),  # Kunming
)
_DATE_METAS = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time")
DAY_BELOW_TITLE = re.compile(r"^[^。，]{0,30}(?<!\d)20\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)[^。，]{0,30}$")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")


def publication_date(facts: Facts, head: PageHead, url: str) -> tuple[date | None, Finding | None]:
    """The day of publication, and a finding where the page and its head state different days."""
    meta = next((day for name in _DATE_METAS if (day := first_date(head.metas.get(name, "")))), None)
    if meta is not None:
        differs = None
        if facts.published is not None and facts.published != meta:
            differs = Finding(
                "date.differs",
                Severity.INFO,
                f"The page prints {facts.published} as its date, its meta tag says {meta}.",
                {"printed": facts.published.isoformat(), "meta": meta.isoformat()},
            )
        return facts.published or meta, differs
    return facts.published or facts.dated or _date_of_address(url) or facts.updated, None


def date_below_title(above: Sequence[Line], heading: str | None, facts: Facts) -> None:
    """The day printed without a label on one of the two lines below the title."""
    if facts.published or facts.dated:
        return
    if heading is None:  # a picture stands in its place
        under = (line.text for line in reversed(above) if not labelled(line.text) and is_under_title(line.text))
        facts.dated = first_date(next(under, ""))
        return
    end = squeeze(heading)[-12:]
    for index in range(len(above) - 1, -1, -1):
        if squeeze(above[index].text).endswith(end):
            for line in above[index + 1 : index + 3]:
                if not is_sentence(line.text):
                    facts.dated = facts.dated or day_of(line.text)
            for line in above[max(0, index - 3) : index]:
                if "来源" in line.text and "星期" not in line.text:
                    facts.dated = facts.dated or first_date(line.text)
            return


def day_of(text: str) -> date | None:
    """The day that a line below a title prints: other days may come first, as in 开始时间：… 发布日期：…"""
    return published_within(text) or first_date(text)


def read_below(texts: Sequence[str], facts: Facts) -> None:
    """Read the day and the publisher from lines below a body: 来源：… 发布日期：…"""
    for text in texts:
        if line_of(text) is LineKind.FOOTER:
            return
        for label, value in labelled(text):
            if label_kinds()[label] in ("published", "dated", "source", "publisher"):
                facts.note(label, value)


def is_byline(text: str) -> bool:
    """Whether a line below a title states the day of publication: the day a report signs with has no clock."""
    if len(text) >= 60 or is_sentence(text):
        return False
    return DAY_BELOW_TITLE.search(text) is not None or (
        _CLOCK.search(text) is not None and first_date(text) is not None
    )


def _date_of_address(url: str) -> date | None:
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                return None
    return None
