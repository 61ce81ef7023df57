"""Readings for the storage tests, made of the parsers' types by hand: what a report says is chosen, not parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from parsers.model import (
    AgencyName,
    Cell,
    Check,
    Contact,
    Document,
    Figure,
    Finding,
    Grid,
    Identity,
    Meaning,
    Mention,
    Metric,
    Mirror,
    Origin,
    Outcome,
    Paragraph,
    Reading,
    Region,
    Report,
    Section,
    Severity,
    Status,
)
from storage.store import DocumentRecord

REGIONS = (
    Region("330000", "浙江省", "province", None),
    Region("330200", "宁波市", "prefecture", "330000"),
    Region("330204", "江东区", "county", "330200", 1984, 2016, successor="330212"),
    Region("330206", "北仑区", "county", "330200", 1987),
    Region("330212", "鄞州区", "county", "330200", 2002),
)
METRICS = (
    Metric("requests.received", "收到申请数", "requests received", "件", "Requests received in the year."),
    Metric("requests.carried_in", "上年结转", "requests carried in", "件", "Requests open from the year before."),
    Metric("disclosure.total", "主动公开政府信息数", "items disclosed", "条", "Items disclosed in the year."),
    Metric("fees.processing", "信息处理费", "processing fees", "元", "Fees charged."),
)
NAMES = (
    AgencyName("330206-health", "330206", "health", "宁波市北仑区卫生局", None, 2014),
    AgencyName("330206-health", "330206", "health", "宁波市北仑区卫生和计划生育局", 2014, 2018),
    AgencyName("330206-health", "330206", "health", "宁波市北仑区卫生健康局", 2019, None),
)
TEXT = """北仑区卫生局2012年政府信息公开工作年度报告
一、概述
全年主动公开政府信息515条，其中公众号推送23条。
二、依申请公开情况
全年收到申请12件，较上年有所减少。卫计系统共收取信息处理费0元。
三、存在的问题
更新不够及时，公 开渠道还须拓宽。"""


def figure(metric: str, value: float | None, raw: str, **more: Any) -> Figure:
    """A prose figure whose sentence is found in TEXT if it is there."""
    given: dict[str, Any] = {
        "meaning": Meaning.NUMBER if value else Meaning.ZERO if value == 0 else Meaning.BLANK,
        "source": Origin.PROSE,
        "evidence": f"共{raw}",
        "unit": "件",
    }
    return Figure(metric, value, raw, **(given | more))


def reading(
    text: str = TEXT, *, year: int | None = 2012, agency: str | None = "宁波市北仑区卫生局", **more: Any
) -> Reading:
    """A report of 北仑区's health authority with a table, sections, figures, mentions and checks."""
    lines = text.split("\n")
    heads = [line for line in lines if line[:1] in "一二三四五六" and line[1:2] == "、"]
    starts = [text.index(line) for line in heads]
    sections = tuple(
        Section(number, 1, head[0], head[2:], "overview" if number == 0 else None, start, end)
        for number, (head, start, end) in enumerate(zip(heads, starts, [*starts[1:], len(text)], strict=True))
    )
    known = agency is not None
    identity = Identity(
        agency=agency,
        agency_printed=agency,
        agency_id=more.pop("agency_id", "330206-health" if known else None),
        region_code=more.pop("region_code", "330206" if known else None),
        sector="health" if known else None,
        year=year,
        title=lines[0],
        published=more.pop("published", date(year + 1, 3, 1) if year else None),
        signed=None,
        period=(date(year, 1, 1), date(year, 12, 31)) if year else None,
        contact=Contact(phone="0574-00000000"),
        is_report=True,
    )
    table = Grid((Cell(0, 0, "自然人"), Cell(0, 1, "总计"), Cell(1, 0, "3"), Cell(1, 1, "12")), 2, 2)
    figures = more.pop(
        "figures",
        (
            figure("requests.received", 12, "12件", evidence="全年收到申请12件"),
            figure("disclosure.total", 515, "515条", unit="条", approximate=True),
            figure(
                "requests.received",
                3,
                "3",
                source=Origin.TABLE,
                applicant="natural_person",
                table_no=0,
                row=1,
                col=0,
                evidence="收到申请 / 自然人",
            ),
            figure("requests.carried_in", None, "", source=Origin.TABLE, table_no=0, row=1, col=1, evidence="上年结转"),
        ),
    )
    report = Report(
        identity,
        more.pop("form", "prose"),
        more.pop("status", Status.OK),
        text,
        sections,
        (table,),
        figures,
        (Mention(5, 8, 515, "条", "主动公开政府信息", False, "全年主动公开政府信息515条"),),
        more.pop("checks", (Check("t.sum", Severity.ERROR, Outcome.PASS, "12 = 12", "total", 12, 12),)),
    )
    page = Document((Paragraph("x"),), "html", title=lines[0], mirror=more.pop("mirror", None))
    findings = more.pop("findings", (Finding("row.unknown", Severity.WARNING, "unknown row", {"label": "其他"}),))
    assert not more, more
    return Reading(page, report, findings)


def no_report(text: str = "通知") -> Reading:
    return Reading(Document((Paragraph(text),), "html"), None, ())


def document(
    content: str = "a", url: str = "https://www.bl.gov.cn/art/1.html", day: int = 1, **more: Any
) -> DocumentRecord:
    """A document fetched on that day of January 2024."""
    given: dict[str, Any] = {
        "kind": "official",
        "site": "bl",
        "title": None,
        "fetched_at": f"2024-01-{day:02}T08:00:00+00:00",
        "status": 200,
        "media_type": "text/html",
        "charset": "utf-8",
        "archive_file": "ab/x.warc.gz",
        "archive_offset": 300,
    }
    return DocumentRecord(
        url=url, sha256=hashlib.sha256(content.encode()).hexdigest(), bytes=len(content), **(given | more)
    )


TAMPERED = Mirror("tampered", "some")


def with_text(one: Reading, text: str) -> Reading:
    assert one.report is not None
    return replace(one, report=replace(one.report, text=text))


def figures_of(one: Reading) -> Sequence[Figure]:
    assert one.report is not None
    return one.report.figures
