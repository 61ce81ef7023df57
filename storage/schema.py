"""What every table, view and column means, and the views' SQL. `storage.migrations` makes the tables.

The descriptions here are the only ones: the Datasette metadata, the codebook of the exports and the documentation are
generated from them, and a test fails on a column that has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, in one sentence; `unit` where it is a quantity."""

    description: str
    unit: str | None = None

    @property
    def text(self) -> str:
        """The description with its unit."""
        return f"{self.description} [{self.unit}]" if self.unit else self.description


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view. `hidden`: machinery that no reader needs. `label`: the column that stands for a row."""

    title: str
    description: str
    columns: Mapping[str, Column]
    label: str | None = None
    sort: str | None = None
    sort_desc: str | None = None
    facets: tuple[str, ...] = ()
    hidden: bool = False
    size: int | None = field(default=None)  # rows on a page of the browser


def _columns(**described: str | Column) -> dict[str, Column]:
    return {
        name.rstrip("_"): column if isinstance(column, Column) else Column(column) for name, column in described.items()
    }


_OFFSET = "characters"
_REPORT = Column("The report this belongs to.")

TABLES: dict[str, Table] = {
    "reports": Table(
        "Reports · 年度报告",
        "Annual reports on the disclosure of government information (政府信息公开工作年度报告): one row for each "
        "document that was read as one. The same report may be here several times, from the authority's site, from "
        "copies and in versions; is_current marks the one to quote. Search: every word of the text, the title and the "
        "authority.",
        _columns(
            id="Authority, year and document: such as 330206-health-2012-1a2b3c4d.",
            agency_id="The line of the authority: region and sector, the same over all its renamings.",
            agency="Full name of the authority at the time of the report.",
            region_code="Division by GB/T 2260.",
            year=Column("The year reported on.", "year"),
            form="How the report is made: prose, a national form (statistics_2014, statutory_2019, statutory_2021) or "
            "a local one (kunming_2014, fujian_2014 …).",
            title="Title of the report as printed.",
            document_id="The document it was read from.",
            is_current="1 on the report to quote for its authority and year: official before copy before file, then "
            "the newest published, then the newest fetched; a tampered copy or an unread report only if there is no "
            "other. 0 also where the authority or the year is not known.",
            published="Date of publication that the page states; a copy's upload date is never taken.",
            signed="Date under the text.",
            period_start="First day of the period that the report says it covers.",
            period_end="Last day of the period that the report says it covers.",
            status="ok; suspect: a check failed; partial: something expected is missing or unknown; unparsed: could "
            "not be read.",
            text="The paragraphs of the report, one a line, without the site around them; table cells are in cells. "
            "Offsets elsewhere count its characters.",
            parser_version="Version of the parser that read it.",
            agency_printed="The authority's name as the report prints it.",
            declared_parts=Column("How many parts the report says it has (共六个部分).", "parts"),
            contact="Address, postcode, telephone, fax and mail of the authority as printed (JSON).",
            status_alone="The status by the report itself, before it was compared with other years.",
        ),
        label="title",
        sort_desc="year",
        facets=("year", "form", "status", "is_current"),
    ),
    "figures": Table(
        "Figures · 数据",
        "Every number that was read, with what was printed, where, and how. value is what was read; proposed is a "
        "repair that the arithmetic of the form forces, never put in place of value.",
        _columns(
            id="Report and number of the figure in it.",
            report_id=_REPORT,
            metric="What is counted.",
            applicant="Kind of applicant where the form splits by it (natural_person, business, research, "
            "social_welfare, legal_service, other), else total.",
            period="year, or cumulative where the form counts since the beginning.",
            value=Column("The number read, in unit; empty unless exactly one number can be read.", "see unit"),
            unit="Unit of value and proposed; money is always in 元.",
            raw="What is printed.",
            meaning="number; zero: a printed 0 or zero in words; blank: nothing printed; not_applicable: “/”, “-”, 无; "
            "text: printed but not a number.",
            source="table or prose.",
            evidence="The sentence, or the labels of the row and the column.",
            start=Column("Where the sentence begins in the report's text.", _OFFSET),
            end=Column("Where the sentence ends in the report's text.", _OFFSET),
            table_no="Number of the table in the report, from 0.",
            row="Row of the printed cell, from 0.",
            col="Column of the printed cell, from 0.",
            proposed=Column(
                "The only value left by the arithmetic of the form where the printed one fails it.", "see unit"
            ),
            reason="Why proposed is the only reading left, or how an unusual value was read.",
            approximate="1 where the text says about, more than, nearly (约, 余, 多, 近).",
        ),
        label="evidence",
        facets=("source", "meaning", "applicant"),
    ),
    "checks": Table(
        "Checks · 勾稽关系",
        "Every identity that was tested: sums of the forms, parts against totals, table against text, this year "
        "against last year. A failed check changes no figure.",
        _columns(
            id="Number of the row.",
            report_id=_REPORT,
            rule="The identity, by its id in the metric dictionary.",
            applicant="The column of the form that was tested; empty where the rule is not split.",
            severity="error: the form forces it; warning: real reports deviate; info: plausibility.",
            status="pass, fail, or not_testable: a side cannot be evaluated.",
            left=Column("Left side of the identity.", "unit of the metric"),
            right=Column("Right side of the identity.", "unit of the metric"),
            message="The identity with its numbers, in words.",
            metric="The row of the form that was tested, where the rule holds for each row.",
            origin="reading: from the report alone; else the comparison with other reports that made it, such as "
            "years.",
        ),
        label="rule",
        facets=("status", "severity", "rule"),
    ),
    "findings": Table(
        "Findings · 疑点",
        "Doubts and faults: what was unknown, unreadable, missing or strange, in reports and during crawls.",
        _columns(
            id="Number of the row.",
            run_id="The run that found it first.",
            document_id="The document it is about.",
            report_id="The report it is about.",
            code="Kind of finding.",
            severity="error, warning or info.",
            message="What was found, in a sentence.",
            data="The same for programs (JSON).",
            origin="reading: from reading the document; crawl: from fetching and comparing.",
        ),
        label="message",
        facets=("code", "severity", "origin"),
    ),
    "mentions": Table(
        "Mentions · 文中数量",
        "Every quantity in the text of a report, also those whose meaning is not in the metric dictionary.",
        _columns(
            id="Number of the row.",
            report_id=_REPORT,
            start=Column("Where the number begins in the report's text.", _OFFSET),
            end=Column("Where the number ends in the report's text.", _OFFSET),
            quantity=Column("The number.", "see unit"),
            unit="Its unit as printed (条, 件, 次, 元 …).",
            label="What it counts, as far as the words say.",
            approximate="1 for about, more than, nearly (约, 余, 多, 近).",
            sentence="The sentence around it.",
        ),
        label="sentence",
        facets=("unit",),
    ),
    "sections": Table(
        "Sections · 章节",
        "The numbered parts of the reports; their text is in section_texts. Search: every word of the part.",
        _columns(
            id="Number of the row.",
            report_id=_REPORT,
            position="Place in the report, from 0.",
            level="1 for 一、 2 for （一） 3 for 1.",
            number="The number as printed.",
            heading="The heading without its number.",
            topic="overview, proactive, requests, fees, review_litigation, problems or other.",
            start=Column("Where the part begins in the report's text.", _OFFSET),
            end=Column("Where the part ends in the report's text.", _OFFSET),
        ),
        label="heading",
        facets=("topic", "level"),
    ),
    "cells": Table(
        "Cells · 表格单元",
        "The tables of the reports as printed, a row for each printed cell.",
        _columns(
            report_id=_REPORT,
            table_no="Number of the table in the report, from 0.",
            row="Row, from 0.",
            col="Column, from 0.",
            text="What is printed in it.",
            row_span=Column("Rows it covers.", "rows"),
            col_span=Column("Columns it covers.", "columns"),
        ),
    ),
    "documents": Table(
        "Documents · 文件",
        "Everything that was fetched: one row for each content at a URL. The bytes are in the archive.",
        _columns(
            id="From the hash of URL and content.",
            url="Where it was fetched.",
            kind="official: the authority's site; mirror: a copy elsewhere; file: from disk.",
            site="The registered site.",
            title="Title of the page.",
            fetched_at="When it was fetched (UTC).",
            status="HTTP status; 200 for a file.",
            media_type="Media type as declared.",
            charset="Character set it was read in.",
            sha256="SHA-256 of the bytes.",
            bytes=Column("Size.", "bytes"),
            archive_file="WARC file, relative to the archive folder.",
            archive_offset=Column("Where its record begins in that file.", "bytes"),
            parent_id="The page that this one belongs to: as a further page of the article, a picture or a file of it.",
            etag="ETag that the server sent.",
            last_modified="Last-Modified that the server sent.",
            hint="What the crawler knew of it before reading: region, sector, year, link text (JSON).",
            format="What it was read as: html, text, docx, doc, rtf, xlsx, xls, pdf, ocr, mhtml.",
            mirror="What a copy says of itself: engine, uploader, number, completeness, tampering (JSON).",
            outcome="report, other (no annual report), unreadable, or attachment.",
            article_sha256="Hash of the article read in it: two documents that differ only around it agree here.",
            reading_sha256="Hash of all that was read in it.",
            run_id="The run that stored it.",
        ),
        label="url",
        sort_desc="fetched_at",
        facets=("kind", "site", "outcome", "format"),
    ),
    "attachments": Table(
        "Attachments · 附件",
        "What belongs to a page: further pages of the article, its pictures, its files; a file may belong to several.",
        _columns(
            parent_id="The page.",
            position="Place in the reading order, from 0.",
            document_id="The further page, picture or file.",
        ),
    ),
    "agencies": Table(
        "Authorities · 机关",
        "Authorities as lines that survive renaming and a new code of their region: one for each region and sector.",
        _columns(
            id="Region code and sector: such as 330206-health.",
            region_code="Division by GB/T 2260.",
            sector="Field of the authority, such as health.",
            name="Its present or last name.",
            successor="The line that took it over when its region was merged.",
        ),
        label="name",
        facets=("sector",),
    ),
    "agency_names": Table(
        "Names of authorities · 机关名称",
        "The names of an authority and the years in which they held (卫生局 → 卫生和计划生育局 → 卫生健康局).",
        _columns(
            agency_id="The authority.",
            name="The name.",
            valid_from=Column("First year; empty: before the register begins.", "year"),
            valid_to=Column("Last year; empty: to this day.", "year"),
        ),
    ),
    "regions": Table(
        "Regions · 行政区划",
        "Divisions at county level and above by GB/T 2260, with abolished ones.",
        _columns(
            code="Six digits of GB/T 2260.",
            name="Present or last name.",
            level="province, prefecture or county.",
            parent_code="The division it belongs to.",
            valid_from=Column("First year; empty: before the register begins.", "year"),
            valid_to=Column("Last year; empty: exists today.", "year"),
            successor="Code of the division that took it over.",
            other_names="Earlier names under the same code, with their years (JSON).",
        ),
        label="name",
        facets=("level",),
    ),
    "metrics": Table(
        "Metrics · 指标",
        "The dictionary of what is counted. Ids that begin with local. come from tables of a form that is not known.",
        _columns(
            id="Id in the metric dictionary.",
            label="Name as the form prints it.",
            label_en="Name in English.",
            unit="Unit of the stored values.",
            description="What exactly is counted.",
        ),
        label="label",
        size=200,
    ),
    "runs": Table(
        "Runs · 采集",
        "Crawls, imports and reparses.",
        _columns(
            id="Number of the run.",
            spider="The spider or command.",
            arguments="Its arguments (JSON).",
            started="When it began (UTC).",
            finished="When it ended (UTC); empty: running, or killed.",
            reason="Why it ended.",
            verdict="Whether it did what it was asked.",
            counts="What it did (JSON).",
        ),
        label="started",
        sort_desc="id",
        facets=("spider", "verdict"),
    ),
    "fetches": Table(
        "Fetches · 请求",
        "Every request of every run.",
        _columns(
            id="Number of the row.",
            run_id="The run.",
            url="What was requested.",
            status="HTTP status; empty: no answer.",
            fetched_at="When (UTC).",
            document_id="The document that holds this content.",
            error="What went wrong.",
        ),
        sort_desc="id",
        facets=("status", "run_id"),
    ),
    "report_keywords": Table(
        "Keywords · 关键词",
        "The words that tell a report from others (jieba, TF-IDF).",
        _columns(
            report_id=_REPORT,
            keyword="The word.",
            weight=Column("TF-IDF weight; larger tells more.", "no unit"),
        ),
        sort_desc="weight",
        facets=("keyword",),
    ),
    "indexed_reports": Table(
        "Numbers of the search index",
        "The number under which a report stands in the search index.",
        _columns(id="Number in reports_index.", report_id=_REPORT),
        hidden=True,
    ),
    "_sqlite_migrations": Table(
        "Steps of the schema",
        "Which steps of the schema this file has.",
        _columns(id="Number.", migration_set="Whose steps.", name="The step.", applied_at="When (UTC)."),
        hidden=True,
    ),
}
INDEXES = ("reports_index", "sections_index")
"""The FTS5 tables; they hold no text of their own."""


def _selected(order: str, *tables: str, **own: str | Column) -> dict[str, Column]:
    """The columns of a view, what a reader looks for first: its own, else those of the last table that has them."""
    described: dict[str, Column] = {}
    for table in tables:
        described |= TABLES[table].columns
    described |= _columns(**own)
    return {name: described[name] for name in order.split()}


_SHARED = {
    "region": Column("Name of the division."),
    "metric_label": Column("Name of the metric as the form prints it."),
}

VIEW_TABLES: dict[str, Table] = {
    "current_reports": Table(
        "Current reports · 现行年度报告",
        "One report for each authority and year, the one to quote, with its source and how many of its checks failed.",
        _selected(
            "id agency year title form status failed_checks findings figures published signed period_start period_end "
            "region kind url text site region_code agency_id document_id",
            "documents",
            "reports",
            **_SHARED,
            figures=Column("Numbers read in tables and text.", "figures"),
            failed_checks=Column("Checks that failed.", "checks"),
            findings=Column("Doubts and faults.", "findings"),
        ),
        facets=("year", "form", "status", "kind"),
        sort_desc="year",
    ),
    "current_figures": Table(
        "Current figures · 现行数据",
        "The figures of the current reports with authority, year and labels: the table for analysis.",
        _selected(
            "agency year metric_label applicant_label best unit raw meaning source evidence value proposed reason "
            "approximate metric applicant period form kind url region region_code agency_id report_id id",
            "documents",
            "reports",
            "figures",
            **_SHARED,
            applicant_label="Kind of applicant as the form prints it.",
            best=Column("proposed where there is one, else value.", "see unit"),
        ),
        facets=("year", "source", "meaning"),
    ),
    "series": Table(
        "Series · 时间序列",
        "Authority × year × metric, over renamed authorities: one value of the current report (all applicants, the "
        "year). The table is taken before the text; where readings of the same kind disagree there is no value.",
        _selected(
            "agency year metric_label value unit source repaired approximate readings all_values name_then region "
            "metric region_code agency_id report_id",
            "reports",
            "figures",
            **_SHARED,
            agency="Present or last name of the authority.",
            name_then="Name of the authority at the time of the report.",
            value=Column("The value; a repair proposal where there is one (repaired = 1).", "see unit"),
            source="Where the value was read: table or prose.",
            repaired="1 where the value is a repair proposal.",
            readings=Column("Different values read for it in the report; more than 1: they disagree.", "values"),
            all_values="These values, where they disagree.",
        ),
        facets=("year",),
    ),
    "coverage": Table(
        "Coverage · 发布情况",
        "Authority × year since 2008: published, late, missing or unreadable. A report is due on 31 January of the "
        "following year (on 31 March for the years before 2019). missing means that none is in this database, not that "
        "none was published: with years_here = 0 nobody may ever have looked, otherwise look at its site before you "
        "say so. Years that are not yet due, and years in which the authority did not exist, have no row.",
        _selected(
            "agency region year status due published days_late years_here report_id region_code agency_id",
            "reports",
            **_SHARED,
            agency="Present or last name of the authority.",
            region_code="Division by GB/T 2260.",
            status="published, late, missing (not in this database, which is not: not published) or unreadable.",
            due="The last day for publishing it.",
            published="The earliest date of publication that a page states; empty: none does.",
            days_late=Column("Days after the last day.", "days"),
            report_id="The report to quote.",
            years_here=Column(
                "Years of which this database has a report of the authority; with 0 its site may never have been "
                "crawled.",
                "years",
            ),
        ),
        facets=("status", "year"),
        sort_desc="years_here",  # authorities that somebody looked for come first
    ),
    "failed_checks": Table(
        "Failed checks · 勾稽不符",
        "Identities that do not hold, with both sides. Superseded versions and copies are included; is_current tells.",
        _selected(
            "agency year severity rule metric_label applicant left right difference message is_current form url region "
            "metric origin region_code agency_id report_id id",
            "documents",
            "reports",
            "checks",
            **_SHARED,
            difference=Column("left minus right.", "unit of the metric"),
        ),
        facets=("severity", "rule", "year", "is_current"),
    ),
    "section_texts": Table(
        "Section texts · 章节全文",
        "The parts of the reports with their text. Search: every word of the part.",
        _selected(
            "agency year heading text topic level number position is_current report_id id",
            "reports",
            "sections",
            text="The part as printed, heading and sub-parts included.",
        ),
        facets=("topic", "year", "level"),
    ),
}

VIEWS: dict[str, str] = {
    "current_reports": """\
SELECT r.id, r.agency, r.year, r.title, r.form, r.status,
       (SELECT count(*) FROM checks c WHERE c.report_id = r.id AND c.status = 'fail') AS failed_checks,
       (SELECT count(*) FROM findings n WHERE n.report_id = r.id) AS findings,
       (SELECT count(*) FROM figures f WHERE f.report_id = r.id) AS figures,
       r.published, r.signed, r.period_start, r.period_end, g.name AS region, d.kind, d.url, r.text, d.site,
       r.region_code, r.agency_id, r.document_id
FROM reports r
JOIN documents d ON d.id = r.document_id
LEFT JOIN regions g ON g.code = r.region_code
WHERE r.is_current = 1""",
    "current_figures": """\
SELECT r.agency, r.year, m.label AS metric_label,
       CASE f.applicant WHEN 'total' THEN '总计' WHEN 'natural_person' THEN '自然人' WHEN 'business' THEN '商业企业'
            WHEN 'research' THEN '科研机构' WHEN 'social_welfare' THEN '社会公益组织'
            WHEN 'legal_service' THEN '法律服务机构'
            WHEN 'other' THEN '其他' ELSE f.applicant END AS applicant_label,
       coalesce(f.proposed, f.value) AS best, f.unit, f.raw, f.meaning, f.source, f.evidence, f.value, f.proposed,
       f.reason, f.approximate, f.metric, f.applicant, f.period, r.form, d.kind, d.url, g.name AS region, r.region_code,
       r.agency_id, f.report_id, f.id
FROM figures f
JOIN reports r ON r.id = f.report_id AND r.is_current = 1
JOIN documents d ON d.id = r.document_id
JOIN metrics m ON m.id = f.metric
LEFT JOIN regions g ON g.code = r.region_code""",
    "series": """\
SELECT coalesce(a.name, r.agency) AS agency, r.year, m.label AS metric_label,
       CASE (SELECT count(DISTINCT coalesce(o.proposed, o.value)) FROM figures o
             WHERE o.report_id = f.report_id AND o.metric = f.metric AND o.applicant = 'total' AND o.period = 'year'
             AND o.source = f.source)
       WHEN 1 THEN coalesce(f.proposed, f.value) END AS value,
       f.unit, f.source, f.proposed IS NOT NULL AS repaired, f.approximate,
       (SELECT count(DISTINCT coalesce(o.proposed, o.value)) FROM figures o
        WHERE o.report_id = f.report_id AND o.metric = f.metric AND o.applicant = 'total' AND o.period = 'year'
       ) AS readings,
       (SELECT group_concat(DISTINCT coalesce(o.proposed, o.value)) FROM figures o
        WHERE o.report_id = f.report_id AND o.metric = f.metric AND o.applicant = 'total' AND o.period = 'year'
        HAVING count(DISTINCT coalesce(o.proposed, o.value)) > 1) AS all_values,
       r.agency AS name_then, g.name AS region, f.metric, r.region_code, r.agency_id, f.report_id
FROM reports r
JOIN figures f ON f.report_id = r.id
JOIN metrics m ON m.id = f.metric
LEFT JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = r.region_code
WHERE r.is_current = 1 AND f.applicant = 'total' AND f.period = 'year' AND coalesce(f.proposed, f.value) IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM figures o
    WHERE o.report_id = f.report_id AND o.metric = f.metric AND o.applicant = 'total' AND o.period = 'year'
    AND coalesce(o.proposed, o.value) IS NOT NULL
    AND (o.source > f.source OR o.source = f.source AND o.rowid < f.rowid)
  )""",
    "coverage": """\
WITH RECURSIVE years(year, due) AS (
    SELECT 2008, '2009-03-31'
    UNION ALL
    SELECT year + 1, (year + 2) || CASE WHEN year + 1 < 2019 THEN '-03-31' ELSE '-01-31' END
    FROM years WHERE year + 1 < CAST(strftime('%Y', 'now') AS INTEGER)
),
lives(agency_id, first_year, last_year) AS (
    SELECT agency_id, min(coalesce(valid_from, 0)), max(coalesce(valid_to - 1, 9999))
    FROM agency_names GROUP BY agency_id
),
read(agency_id, year, readable, published, report_id) AS (
    SELECT r.agency_id, r.year, max(r.status <> 'unparsed'), min(r.published),
           max(CASE r.is_current WHEN 1 THEN r.id END)
    FROM reports r
    JOIN documents d ON d.id = r.document_id
    WHERE r.agency_id IS NOT NULL
    GROUP BY r.agency_id, r.year
),
unread(agency_id, year) AS (
    SELECT DISTINCT json_extract(hint, '$.region_code') || '-' || json_extract(hint, '$.sector'),
           json_extract(hint, '$.year')
    FROM documents WHERE outcome = 'unreadable' AND hint IS NOT NULL
)
SELECT a.name AS agency, g.name AS region, y.year,
       CASE WHEN r.readable = 1 AND r.published > y.due THEN 'late'
            WHEN r.readable = 1 THEN 'published'
            WHEN r.readable = 0 OR u.year IS NOT NULL THEN 'unreadable'
            ELSE 'missing' END AS status,
       y.due, r.published,
       CASE WHEN r.published > y.due THEN CAST(julianday(r.published) - julianday(y.due) AS INTEGER) END AS days_late,
       coalesce(h.years, 0) AS years_here, r.report_id, a.region_code, a.id AS agency_id
FROM agencies a
CROSS JOIN years y
LEFT JOIN (SELECT agency_id, count(*) AS years FROM read GROUP BY agency_id) h ON h.agency_id = a.id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN lives l ON l.agency_id = a.id
LEFT JOIN read r ON r.agency_id = a.id AND r.year = y.year
LEFT JOIN unread u ON u.agency_id = a.id AND u.year = y.year
WHERE r.year IS NOT NULL OR u.year IS NOT NULL
   OR (y.due < date('now')
       AND y.year BETWEEN max(coalesce(l.first_year, 0), coalesce(g.valid_from, 0))
                      AND min(coalesce(l.last_year, 9999), coalesce(g.valid_to - 1, 9999)))""",
    "failed_checks": """\
SELECT r.agency, r.year, c.severity, c.rule, m.label AS metric_label, c.applicant, c."left", c."right",
       c."left" - c."right" AS difference, c.message, r.is_current, r.form, d.url, g.name AS region, c.metric,
       c.origin, r.region_code, r.agency_id, c.report_id, c.id
FROM checks c
JOIN reports r ON r.id = c.report_id
JOIN documents d ON d.id = r.document_id
LEFT JOIN metrics m ON m.id = c.metric
LEFT JOIN regions g ON g.code = r.region_code
WHERE c.status = 'fail'""",
    "section_texts": """\
SELECT r.agency, r.year, s.heading, substr(r.text, s.start + 1, s."end" - s.start) AS text, s.topic, s.level,
       s.number, s.position, r.is_current, s.report_id, s.id
FROM sections s
JOIN reports r ON r.id = s.report_id""",
}
"""The SELECT of each view, as kept in the file."""

ALL: dict[str, Table] = TABLES | VIEW_TABLES
