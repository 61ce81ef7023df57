"""Datasette's metadata, generated from `storage.schema`: descriptions, labels, facets; and the queries and charts."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_encode  # type: ignore[import-untyped]

from storage import schema

TITLE = "年报 nianbao"
DESCRIPTION = (
    "Annual reports on the disclosure of government information (政府信息公开工作年度报告) of Chinese health "
    "authorities: every number with the place where it is printed, and every number that contradicts another marked."
)

QUERIES: dict[str, dict[str, Any]] = {
    "one_authority": {
        "title": "One authority over the years · 单一机关历年数据",
        "description": "Every metric of one authority, year by year, over its renamings. Give a part of its name.",
        "sql": """\
SELECT agency, metric_label, unit, year, value, all_values AS disagreeing, repaired, source, metric, report_id
FROM series
WHERE :authority <> '' AND (agency_id = :authority OR instr(agency, :authority) OR instr(name_then, :authority))
ORDER BY agency, metric, year""",
    },
    "sums_that_fail": {
        "title": "Whose numbers do not add up · 勾稽不符",
        "description": "Failed checks of the current reports, both sides. Leave year or authority empty for all.",
        "sql": """\
SELECT agency, year, severity, rule, metric_label, applicant, "left", "right", difference, message, report_id, url
FROM failed_checks
WHERE is_current = 1 AND (:year = '' OR year = CAST(:year AS INTEGER))
  AND (:authority = '' OR instr(agency, :authority))
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, year DESC, agency, rule""",
    },
    "figures_of_a_report": {
        "title": "Figures of one report with their evidence · 单份报告数据与出处",
        "description": "What was read, what is printed, and where. Give the report's id.",
        "sql": """\
SELECT f.metric, m.label AS metric_label, f.applicant, f.period, f.value, f.unit, f.raw, f.meaning, f.proposed,
       f.reason, f.source, f.table_no, f."row", f.col, f.start, f."end", f.evidence
FROM figures f JOIN metrics m ON m.id = f.metric
WHERE f.report_id = :report
ORDER BY f.table_no IS NULL, f.table_no, f."row", f.col, f.start""",
    },
    "not_published": {
        "title": "Who has not published · 未按时发布",
        "description": "Authorities whose report for the year is missing, late or unreadable in this database. "
        "years_here = 0: nothing of the authority is here, its site may never have been crawled.",
        "sql": """\
SELECT agency, region, year, status, due, published, days_late, years_here, report_id
FROM coverage
WHERE year = CAST(:year AS INTEGER) AND status <> 'published'
ORDER BY years_here = 0, CASE status WHEN 'missing' THEN 0 WHEN 'unreadable' THEN 1 ELSE 2 END, region_code""",
    },
    "compare_authorities": {
        "title": "One metric of all authorities · 同一指标各机关比较",
        "description": "Give the id of a metric (see the table metrics) and a year; leave the year empty for all.",
        "sql": """\
SELECT year, region, agency, value, unit, repaired, all_values AS disagreeing, report_id
FROM series
WHERE metric = :metric AND (:year = '' OR year = CAST(:year AS INTEGER))
ORDER BY year DESC, value DESC""",
    },
    "find": {
        "title": "Search, best first · 全文检索（按相关度）",
        "description": "The current reports that hold the words, or else some of them, with the place of the first "
        "hit. The search boxes of the tables find exactly what is typed.",
        "sql": """\
SELECT agency, year, title, chinese_excerpt(coalesce(title, '') || char(10) || text, :words) AS excerpt, exact,
       id AS report_id
FROM (
    SELECT r.*, f.rank AS relevance,
           i.id IN (SELECT rowid FROM reports_index WHERE reports_index MATCH chinese_match(:words)) AS exact
    FROM reports_index f
    JOIN indexed_reports i ON i.id = f.rowid
    JOIN reports r ON r.id = i.report_id
    WHERE reports_index MATCH chinese_words(:words) AND r.is_current = 1
    ORDER BY exact DESC, relevance
    LIMIT 100
)""",
    },
    "repair_proposals": {
        "title": "Repair proposals · 修正建议",
        "description": "Printed numbers that the arithmetic of the form contradicts, with the only reading that fits.",
        "sql": """\
SELECT agency, year, metric_label, applicant_label, raw, value, proposed, reason, evidence, report_id, url
FROM current_figures
WHERE proposed IS NOT NULL
ORDER BY agency, year, metric""",
    },
    "doubts": {
        "title": "Doubts about the current reports · 疑点",
        "description": "Findings of the current reports by kind. Leave code empty for all of them.",
        "sql": """\
SELECT n.code, n.severity, r.agency, r.year, n.message, n.report_id
FROM findings n JOIN reports r ON r.id = n.report_id
WHERE r.is_current = 1 AND (:code = '' OR n.code = :code)
ORDER BY CASE n.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, n.code, r.year DESC""",
    },
}


def metadata(database: str) -> dict[str, Any]:
    """What Datasette is given as metadata for a database of that name."""
    return {
        "title": TITLE,
        "description_html": _start(database),
        "plugins": {"datasette-dashboards": {"overview": _dashboard(database)}},
        "databases": {
            database: {
                "description_html": _start(database),
                "tables": {name: _table(table) for name, table in schema.ALL.items()}
                | {name: {"hidden": True} for name in schema.INDEXES},
                "queries": {name: query | {"hide_sql": True} for name, query in QUERIES.items()},
            }
        },
    }


def _start(database: str) -> str:
    """Where to begin, for the first two pages; the links hold on both."""
    links = [(f"{tilde_encode(database)}/{name}", schema.VIEW_TABLES[name].title) for name in schema.VIEW_TABLES]
    links.append(("-/dashboards/overview", "Charts · 图表"))
    items = "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in links)
    return f"<p>{DESCRIPTION}</p><p>Begin with:</p><ul>{items}</ul>"


def _table(table: schema.Table) -> dict[str, Any]:
    given = {
        "title": table.title,
        "description": table.description,
        "columns": {name: column.text for name, column in table.columns.items()},
        "facets": list(table.facets),
        "label_column": table.label,
        "sort": table.sort,
        "sort_desc": table.sort_desc,
        "size": table.size,
        "hidden": table.hidden,
    }
    return {key: value for key, value in given.items() if value}


def _values(metric: str) -> str:
    return (
        f"SELECT year, agency, value FROM series WHERE metric = '{metric}' AND value IS NOT NULL"  # noqa: S608
        " [[AND region_code LIKE :region || '%']] ORDER BY agency, year"
    )


def _dashboard(database: str) -> dict[str, Any]:
    year = {"field": "year", "type": "ordinal", "title": "year", "axis": {"labelAngle": 0}}
    return {
        "title": "Overview · 总览",
        "description": "Of the current reports. Choose a province or another region by its code's first digits.",
        "settings": {"allow_fullscreen": False},
        "layout": [["requests", "failed"], ["coverage", "coverage"], ["disclosed", "forms"]],
        "filters": {
            "region": {"name": "Region (first digits of its code)", "type": "text", "default": ""},
        },
        "charts": {
            "requests": {
                "title": "Requests received (本年新收申请) by authority",
                "db": database,
                "query": _values("requests.received.new"),
                "library": "vega-lite",
                "display": {
                    "mark": {"type": "line", "point": True, "tooltip": True},
                    "encoding": {
                        "x": year,
                        "y": {"field": "value", "type": "quantitative", "title": "件", "impute": {"value": None}},
                        "color": {"field": "agency", "type": "nominal", "title": None},
                    },
                },
            },
            "failed": {
                "title": "Failed checks per year",
                "db": database,
                "query": "SELECT year, severity, count(*) AS checks FROM failed_checks WHERE is_current = 1"
                " [[AND region_code LIKE :region || '%']] GROUP BY year, severity ORDER BY year",
                "library": "vega-lite",
                "display": {
                    "mark": {"type": "bar", "tooltip": True},
                    "encoding": {
                        "x": year,
                        "y": {"field": "checks", "type": "quantitative", "title": "failed checks"},
                        "color": {
                            "field": "severity",
                            "type": "nominal",
                            "title": None,
                            "scale": {
                                "domain": ["error", "warning", "info"],
                                "range": ["#b2182b", "#ef8a62", "#bdbdbd"],
                            },
                        },
                    },
                },
            },
            "coverage": {
                "title": "Coverage: which report of which year is here",
                "db": database,
                "query": "SELECT agency, year, status, due, published FROM coverage WHERE years_here > 0"
                " [[AND region_code LIKE :region || '%']] ORDER BY region_code, year",
                "library": "vega-lite",
                "display": {
                    "mark": {"type": "rect", "tooltip": True, "stroke": "white"},
                    "height": {"step": 18},
                    "encoding": {
                        "x": year,
                        "y": {"field": "agency", "type": "nominal", "title": None, "axis": {"labelLimit": 260}},
                        "color": {
                            "field": "status",
                            "type": "nominal",
                            "title": None,
                            "scale": {
                                "domain": ["published", "late", "unreadable", "missing"],
                                "range": ["#1b7837", "#d9a441", "#762a83", "#e6e6e6"],
                            },
                        },
                        "tooltip": [{"field": name} for name in ("agency", "year", "status", "due", "published")],
                    },
                },
            },
            "disclosed": {
                "title": "Items disclosed (主动公开政府信息数) by authority",
                "db": database,
                "query": _values("disclosure.total"),
                "library": "vega-lite",
                "display": {
                    "mark": {"type": "line", "point": True, "tooltip": True},
                    "encoding": {
                        "x": year,
                        "y": {"field": "value", "type": "quantitative", "title": "条", "impute": {"value": None}},
                        "color": {"field": "agency", "type": "nominal", "title": None},
                    },
                },
            },
            "forms": {
                "title": "Reports by form and year",
                "db": database,
                "query": "SELECT year, form, count(*) AS reports FROM current_reports WHERE 1"
                " [[AND region_code LIKE :region || '%']] GROUP BY year, form ORDER BY year",
                "library": "vega-lite",
                "display": {
                    "mark": {"type": "bar", "tooltip": True},
                    "encoding": {
                        "x": year,
                        "y": {"field": "reports", "type": "quantitative", "title": "reports"},
                        "color": {"field": "form", "type": "nominal", "title": None},
                    },
                },
            },
        },
    }
