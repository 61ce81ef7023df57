"""`scrapy audit`: one report checked before or after it is published."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from crawler.chrome import without_chrome
from crawler.command import CommandError, SourceCommand
from crawler.items import DocumentItem, Page
from crawler.pipelines import read_item
from crawler.terminal import table, wrap
from parsers.metrics import all_metrics
from parsers.model import Check, Figure, Finding, Meaning, Origin, Outcome, Reading, Report, Severity, Source
from storage.archive import Fetched

# The applicants of 申请人情况 in the forms since 2019, as those print them.
_APPLICANTS = {
    "total": "总计",
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "social_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
}


class Command(SourceCommand):
    """Print the figures, failed checks and repair proposals of one report; write nothing."""

    summary = "Check one report: its figures, what does not add up, what was probably meant"
    description = (
        "Read one report and print its figures, the failed checks with both sides, and proposals for misprints with "
        "their reasons. Writes nothing. Any format: HTML, MHTML, text, DOC, DOCX, XLS, XLSX, PDF; a web address is "
        "fetched politely, with the further pages and the files of the article. Exit status: 0 nothing wrong, 1 a "
        "check of severity error fails, 2 the source could not be read or is no yearly report. --json prints "
        "everything for a program."
    )
    with_files = True

    def show(self, name: str, source: Source, *, as_json: bool) -> int:
        reading, unreadable = read(source)
        if reading is None:
            raise CommandError(f"{name}: {unreadable.message if unreadable else 'could not be read'}")
        report = reading.report
        if as_json:
            print(json.dumps(to_json(reading), ensure_ascii=False, indent=1))
        elif report is not None:
            print(to_text(report, reading.findings))
        if report is None:
            title = f" ({reading.document.title})" if reading.document.title else ""
            raise CommandError(
                f"{name}: this is no annual disclosure report{title}; `scrapy article` shows what was read"
            )
        return int(any(failed(check) and check.severity is Severity.ERROR for check in report.checks))


def read(source: Source) -> tuple[Reading | None, Finding | None]:
    """A source through the same steps as in a crawl."""
    document, unreadable = without_chrome(source)
    if document is None:
        return None, unreadable
    item = DocumentItem(_page(source), "file", hint=source.hint, document=document)
    item.attachments = [_page(attached) for attached in source.attachments]
    read_item(item)
    return item.reading, None


def _page(source: Source) -> Page:
    fetched = Fetched(source.url, 200, datetime.now(UTC), (), source.content)
    return Page(source.url, source.content, fetched, source.media_type, source.charset)


def failed(check: Check) -> bool:
    return check.status is Outcome.FAIL


# ---------------------------------------------------------------- for a program


def to_json(reading: Reading) -> dict[str, Any]:
    """Everything that was read, as JSON types."""
    report = reading.report
    answer: dict[str, Any] = {
        "report": None,
        "title": reading.document.title,
        "format": reading.document.format,
        "findings": [_plain(asdict(finding)) for finding in reading.findings],
    }
    if report is not None:
        answer["report"] = {
            **_plain(asdict(report.identity)),
            "form": report.form,
            "status": report.status.value,
            "figures": [_plain(asdict(figure)) for figure in report.figures],
            "checks": [_plain(asdict(check)) for check in report.checks],
            "mentions": [_plain(asdict(mention)) for mention in report.mentions],
            "sections": [_plain(asdict(section)) for section in report.sections],
        }
        del answer["report"]["findings"]  # they are among the findings of the reading
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


# ---------------------------------------------------------------- for a person


def to_text(report: Report, findings: tuple[Finding, ...]) -> str:
    """The report as a person checks it: what it is, its figures, what does not add up, what was probably meant."""
    identity = report.identity
    labels = {metric.id: metric.label for metric in all_metrics()}
    agency = identity.agency or identity.agency_printed or "(authority not found)"
    lines = [f"{agency}  {identity.year or '(year not found)'}  form {report.form}  {report.status.value}"]
    dates = [f"{word} {day}" for word, day in (("published", identity.published), ("signed", identity.signed)) if day]
    if dates:
        lines.append("  ".join(dates))
    for number, grid in enumerate(report.tables):
        figures = [figure for figure in report.figures if figure.source is Origin.TABLE and figure.table_no == number]
        if figures:
            lines += [
                "",
                f"Table {number + 1}" + (f": {grid.caption}" if grid.caption else ""),
                _figures(figures, labels),
            ]
    prose = [figure for figure in report.figures if figure.source is Origin.PROSE]
    if prose:
        rows = [[_label(figure, labels), _value(figure), _around(figure)] for figure in prose]
        lines += ["", "Text", table(rows, right=frozenset({1}), indent="  ")]
    lines += ["", *_checks(report)]
    lines += _proposals(report, labels)
    if findings:
        lines += ["", "Remarks"]
        lines += [f"  {finding.severity.value:8}{finding.message} ({finding.code})" for finding in findings]
    return "\n".join(lines)


def _around(figure: Figure) -> str:
    """The sentence, from a little before the number: a terminal shows only its beginning."""
    place = figure.evidence.find(figure.raw)
    return figure.evidence if place < 40 else "…" + figure.evidence[place - 24 :]


def _figures(figures: list[Figure], labels: dict[str, str]) -> str:
    """One table: a line for each metric; a column for each applicant where the form splits by applicant."""
    columns = list(dict.fromkeys((figure.applicant, figure.period) for figure in figures))
    metrics = list(dict.fromkeys(figure.metric for figure in figures))
    cells = {(figure.metric, figure.applicant, figure.period): figure for figure in figures}
    rows: list[list[str]] = []
    if len(columns) > 1:
        heads = [_APPLICANTS.get(applicant, applicant) for applicant, _ in columns]
        periods = [{"year": "", "cumulative": "累计"}.get(period, period) for _, period in columns]
        rows.append(["", *(f"{head}{period}" for head, period in zip(heads, periods, strict=True))])
    for metric in metrics:
        row = [labels.get(metric, metric)]
        for applicant, period in columns:
            figure = cells.get((metric, applicant, period))
            row.append(_value(figure) if figure else "")
        rows.append(row)
    return table(rows, right=frozenset(range(1, len(columns) + 1)), indent="  ")


def _label(figure: Figure, labels: dict[str, str]) -> str:
    label = labels.get(figure.metric, figure.metric)
    return label if figure.applicant == "total" else f"{label} ({_APPLICANTS.get(figure.applicant, figure.applicant)})"


def _value(figure: Figure) -> str:
    """The value; a blank, a dash and an unreadable cell are told apart; a proposal stands behind an arrow."""
    if figure.value is not None:
        text = f"{figure.value:g}" if isinstance(figure.value, float) else str(figure.value)
    else:
        text = {Meaning.BLANK: "·", Meaning.NOT_APPLICABLE: figure.raw.strip() or "/"}.get(
            figure.meaning, f"?{figure.raw.strip()}"
        )
    return text if figure.proposed is None else f"{text}→{figure.proposed}"


def _checks(report: Report) -> list[str]:
    passed = sum(check.status is Outcome.PASS for check in report.checks)
    wrong = [check for check in report.checks if failed(check)]
    untested = len(report.checks) - passed - len(wrong)
    lines = [f"Checks: {passed} hold, {len(wrong)} fail, {untested} could not be tested"]
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    for check in sorted(wrong, key=lambda check: order[check.severity]):
        sides = (
            f"  {_side(check.left)} ≠ {_side(check.right)}" if check.left is not None or check.right is not None else ""
        )
        who = f" [{_APPLICANTS.get(check.applicant, check.applicant)}]" if check.applicant else ""
        lines.append(f"  {check.severity.value:8}{check.rule}{who}{sides}")
        if check.message:
            lines.append(wrap(check.message, indent="          "))
    return lines


def _proposals(report: Report, labels: dict[str, str]) -> list[str]:
    proposed = [figure for figure in report.figures if figure.proposed is not None]
    if not proposed:
        return []
    lines = ["", "Probably meant (the arithmetic of the form leaves no other reading)"]
    for figure in proposed:
        lines.append(f"  {_label(figure, labels)}: printed {figure.raw.strip() or 'nothing'}, meant {figure.proposed}")
        if figure.reason:
            lines.append(wrap(figure.reason, indent="    "))
    return lines


def _side(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"
