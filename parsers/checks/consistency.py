"""What one report says twice: tables against sentences, announced against actual parts, dates against the period.

Contradictions are checks; doubts that no rule can decide are findings. Nothing here changes a value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from parsers.checks.identities import (
    APPLICANTS,
    Cells,
    Key,
    Number,
    dictionary,
    format_number,
    index_figures,
    label,
)
from parsers.labels import label as read_label
from parsers.model import Check, Figure, Finding, Grid, Identity, Mention, Origin, Outcome, Section, Severity

_EXCERPT = 60  # characters of a sentence shown in a message
_NEAR = 0.1  # an approximate number of a sentence (25 余) may differ by this share from the table
_SLOW_TO_PUBLISH = timedelta(days=200)  # reports are signed in January to March and published at once


def check_report(
    identity: Identity,
    text: str,
    sections: Sequence[Section],
    tables: Sequence[Grid],
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    cells: Cells | None = None,
) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    """Compare what a report says in several places. Offsets of sections, figures and mentions are into `text`.

    `cells` is the index of the figures, if it is made already.
    """
    cells = index_figures(figures) if cells is None else cells
    prose = [figure for figure in figures if figure.source is Origin.PROSE]
    checks = (
        *_tables_against_prose(cells, prose),
        *_declared_parts(identity, text, sections, tables),
        *_dates(identity),
    )
    findings = (
        *_mentions_against_tables(cells, prose, mentions, text),
        *_section_numbers(sections),
        *_missing_attachment(text, tables, cells),
    )
    return checks, findings


# ---------------------------------------------------------------- tables against prose


def _tables_against_prose(cells: Cells, prose: Sequence[Figure]) -> Iterator[Check]:
    """Compare every number that a sentence and the tables give for one metric (rule table_vs_prose)."""
    seen: set[tuple[Key, Number]] = set()
    for figure in prose:
        key = (figure.metric, figure.applicant, figure.period)
        if figure.value is None or (key, figure.value) in seen:
            continue
        seen.add((key, figure.value))
        printed = _printed_or_derived(key, cells)
        if printed is None:
            continue
        value, place = printed
        sentence = f"prose “{_excerpt(figure)}”"
        name = label(figure.metric)
        if value is None:
            yield Check(
                rule="table_vs_prose",
                severity=Severity.WARNING,
                status=Outcome.NOT_TESTABLE,
                message=f"{name}: {sentence} gives {format_number(figure.value)}; {place} cannot be compared",
                applicant=figure.applicant,
                right=figure.value,
                metric=figure.metric,
            )
            continue
        same = _agree(value, figure)
        hint, severity = ("", Severity.WARNING) if same else _explained(key, value, figure.value, cells)
        yield Check(
            rule="table_vs_prose",
            severity=severity,
            status=Outcome.PASS if same else Outcome.FAIL,
            message=(
                f"{name}: {place} gives {format_number(value)}, {sentence} gives"
                f" {'about ' if figure.approximate else ''}{format_number(figure.value)}{hint}"
            ),
            applicant=figure.applicant,
            left=value,
            right=figure.value,
            metric=figure.metric,
        )


def _printed_or_derived(key: Key, cells: Cells) -> tuple[Number | None, str] | None:
    """Return what the tables say for a metric, and where: its own cell, or the sum of the rows that make it up."""
    metric, applicant, period = key
    cell = cells.get(key)
    if cell is not None:
        place = f"table {_place(cell.figure)}"
        if cell.blank and applicant == "total" and _is_split(metric, period, cells):
            return None, f"{place}, which is blank beside its columns,"
        return cell.value, place
    parts = dictionary().derived.get(metric)
    if parts is None:
        return None
    found = [cells.get((part, applicant, period)) for part in parts]
    readable = [cell for cell in found if cell is not None and cell.value is not None]
    if len(readable) < len(parts) or all(cell.blank for cell in readable):
        return None
    shown = " + ".join(f"{label(cell.figure.metric)} {cell.word}" for cell in readable if cell.value) or "all rows 0"
    return sum(cell.value or 0 for cell in readable), f"the table ({shown})"


def _is_split(metric: str, period: str, cells: Cells) -> bool:
    return any((cell := cells.get((metric, who, period))) is not None and bool(cell.value) for who in APPLICANTS)


def _place(figure: Figure) -> str:
    where = f" (row {figure.row + 1})" if figure.row is not None else ""
    return f"{(figure.table_no or 0) + 1}{where} “{figure.evidence[:_EXCERPT]}”"


def _excerpt(figure: Figure) -> str:
    sentence = " ".join(figure.evidence.split())
    if len(sentence) <= _EXCERPT:
        return sentence
    at = max(0, sentence.find(" ".join(figure.raw.split())) - _EXCERPT // 2)
    return f"{'…' * (at > 0)}{sentence[at : at + _EXCERPT]}{'…' * (at + _EXCERPT < len(sentence))}"


def _agree(value: Number, figure: Figure) -> bool:
    stated = figure.value or 0
    if figure.approximate:
        return abs(value - stated) <= _NEAR * max(abs(value), abs(stated))
    return abs(value - stated) < 0.005


def _explained(key: Key, value: Number, stated: Number, cells: Cells) -> tuple[str, Severity]:
    """Look for the row that the sentence may have meant instead; a known way of counting is no contradiction."""
    metric, applicant, period = key
    if metric == "requests.received.new":
        carried = cells.get(("requests.received.carried_in", applicant, period))
        if carried is not None and carried.value and value + carried.value == stated:
            return f"; the sentence counts the {carried.word} carried over as well", Severity.INFO
    proposed = cells[key].figure.proposed if key in cells else None
    if proposed is not None and proposed == stated:
        return f"; the proposed reading of the cell is {format_number(proposed)}", Severity.WARNING
    others = _siblings_with(metric, applicant, period, stated, cells)
    if len(others) == 1:
        return f"; the table prints {format_number(stated)} for {label(others[0].metric)}", Severity.WARNING
    return "", Severity.WARNING


def _siblings_with(metric: str, applicant: str, period: str, value: Number, cells: Cells) -> list[Figure]:
    """Return the other addends of the sums that a metric belongs to whose printed value is this one."""
    if not value:
        return []
    found: dict[str, Figure] = {}
    for identity in dictionary().identities:
        for side in (identity.left, identity.right):
            if metric in side:
                for other in side:
                    cell = cells.get((other, applicant, period))
                    if other != metric and cell is not None and cell.value == value:
                        found[other] = cell.figure
    return list(found.values())


# ---------------------------------------------------------------- quantities of sentences that name a table row


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words before a number that name what a table row counts: one of each group, none of `without`.

    `same` is False where the words are wider than the row: then a different number alone says nothing.
    """

    metric: str
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    same: bool = True


_ENQUIRIES = ("咨询", "查询")
_ANSWERED = ("答复", "回复", "处理")
_WORDINGS = (
    _Wording("consult.received.hotline", (("电话", "热线", "专线"), _ENQUIRIES), (*_ANSWERED, "现场", "网")),
    _Wording("consult.received.onsite", (("现场", "当面", "窗口"), _ENQUIRIES), (*_ANSWERED, "电话", "网")),
    _Wording("consult.received.network", (("网络", "网上", "在线"), _ENQUIRIES), (*_ANSWERED, "电话", "现场")),
    _Wording("consult.received.network", (("网络", "网上", "在线"), ("交办", "留言", "来信")), _ANSWERED, same=False),
)
_CLAUSE_END = re.compile(r"[，。；、,;!！?？\n\t|]")
_OTHER_YEAR = re.compile(r"上年|去年|上一年|往年|同比|比上|较上|增长|增加|下降|减少|计划|目标|历年|以来")
_BETWEEN = re.compile(r"(?:总数|合计|共计|累计|共|计|为|达|了|数|:|：|约|近|\s){0,4}")
_SHORTEST_LABEL = 5  # characters of a row label that are specific enough to be looked for in sentences


def _mentions_against_tables(
    cells: Cells, prose: Sequence[Figure], mentions: Sequence[Mention], text: str
) -> Iterator[Finding]:
    """Report quantities of sentences that name a table row in its own words and give another number.

    Quantities that were read as figures are compared by `_tables_against_prose`.
    """
    taken = [(figure.start, figure.end) for figure in prose if figure.start is not None and figure.end is not None]
    labels: dict[str, Figure] | None = None
    for mention in mentions if cells else ():
        if any(start < mention.end and mention.start < end for start, end in taken):
            continue
        clause = _clause_before(text, mention)
        if not clause or _OTHER_YEAR.search(mention.sentence):
            continue
        if labels is None:
            labels = _unmistakable_labels(
                cell.figure for (_, who, period), cell in cells.items() if who == "total" and period == "year"
            )
        row = _named_row(clause, labels)
        wording = None
        if row is None:
            wording = next((wording for wording in _WORDINGS if _says(clause, wording)), None)
            if wording is not None and (cell := cells.get((wording.metric, "total", "year"))) is not None:
                row = cell.figure
        if row is None or row.value is None or _same_quantity(row, mention):
            continue
        others = [
            other
            for other in _siblings_with(row.metric, "total", "year", mention.quantity, cells)
            if mention.quantity >= 10
        ]
        if wording is not None and not wording.same and not others:
            continue
        hint = (
            f", and {format_number(mention.quantity)} for “{others[0].evidence[:_EXCERPT]}”" if len(others) == 1 else ""
        )
        unit = mention.unit or ""
        yield Finding(
            "prose.differs_from_table",
            Severity.WARNING,
            f"The text says “{clause}{format_number(mention.quantity)}{unit}”; the table has"
            f" {format_number(row.value)} for “{row.evidence[:_EXCERPT]}”{hint}.",
            {"metric": row.metric, "table": row.value, "prose": mention.quantity, "start": mention.start},
        )


def _unmistakable_labels(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Map the row labels that stand once in the tables and are long enough to be looked for in sentences."""
    found: defaultdict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.value is None:
            continue
        for piece in figure.evidence.split(" / "):
            core = _without_count(piece)
            if len(core) >= _SHORTEST_LABEL:
                found[core][figure.metric] = figure
    return {core: next(iter(rows.values())) for core, rows in found.items() if len(rows) == 1}


@lru_cache(maxsize=2048)
def _without_count(label_: str) -> str:
    """A row's label without the word for a number at its end: 现场接待人数 → 现场接待人."""
    return read_label(label_).core.removesuffix("数量").removesuffix("总数").removesuffix("数")


def _clause_before(text: str, mention: Mention) -> str:
    before = text[max(0, mention.start - _EXCERPT) : mention.start]
    return re.sub(r"\s+", "", _CLAUSE_END.split(before)[-1])


def _named_row(clause: str, labels: dict[str, Figure]) -> Figure | None:
    for core, figure in labels.items():
        at = clause.rfind(core)
        if at >= 0 and _BETWEEN.fullmatch(clause, at + len(core)):
            return figure
    return None


def _says(clause: str, wording: _Wording) -> bool:
    return all(any(word in clause for word in group) for group in wording.groups) and not any(
        word in clause for word in wording.without
    )


def _same_quantity(row: Figure, mention: Mention) -> bool:
    value = row.value or 0
    if mention.approximate:
        return abs(value - mention.quantity) <= _NEAR * max(abs(value), abs(mention.quantity))
    return abs(value - mention.quantity) < 0.005


def _sentence_before(text: str, end: int, most: int) -> str:
    """Return the sentence that ends at an offset, or its last `most` characters."""
    return re.split(r"[。\n]", text[max(0, end - most) : end])[-1]


# ---------------------------------------------------------------- parts and sections

_NUMERALS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
_PARTS = re.compile(r"[一二三四五六七八九十\d]{1,3}\s{0,2}个?(?:部分|方面)")
_ANNEX = re.compile(r"附[件表]|统计表|情况表")


def _declared_parts(
    identity: Identity, text: str, sections: Sequence[Section], tables: Sequence[Grid]
) -> Iterator[Check]:
    """Compare the announced number of parts (共六个部分) with the sections of the first level (rule declared_parts)."""
    declared = identity.declared_parts
    actual = sum(section.level == 1 for section in sections)
    if declared is None or not actual:
        return
    announced = _PARTS.search(text)
    sentence = _sentence_before(text, announced.end(), 600) if announced else ""
    annexed = declared == actual + 1 and bool(_ANNEX.search(sentence)) and bool(tables)
    annex = "; the annexed table is one of them" if annexed else ""
    holds = annexed or declared == actual
    yield Check(
        rule="declared_parts",
        severity=Severity.WARNING,
        status=Outcome.PASS if holds else Outcome.FAIL,
        message=f"The report announces {declared} parts and has {actual} numbered sections of the first level{annex}",
        left=declared,
        right=actual,
    )


def _section_numbers(sections: Sequence[Section]) -> Iterator[Finding]:
    """Report numbers that stand twice or are left out in the running count of sections of one level."""
    runs: list[list[Section]] = [[section for section in sections if section.level == 1]]
    under: list[Section] = []
    for section in sections:
        if section.level == 1:
            runs.append(under)
            under = []
        elif section.level == 2:
            under.append(section)
    runs.append(under)
    for run in runs:
        for first, second in pairwise(run):
            before, after = section_number(first.number), section_number(second.number)
            if before is None or after is None or after == before + 1 or (after == 1 != before):
                continue
            top = first.level == 1
            data = {"first": first.start, "second": second.start, "number": second.number}
            severity = Severity.WARNING if top else Severity.INFO
            if before == after:
                yield Finding(
                    "section.number_repeated",
                    severity,
                    f"Two {'top ' * top}sections are numbered {second.number}: “{first.heading[:_EXCERPT]}” and"
                    f" “{second.heading[:_EXCERPT]}”.",
                    data,
                )
            else:
                yield Finding(
                    "section.number_skipped",
                    severity,
                    f"{'Top s' if top else 'S'}ection {second.number} “{second.heading[:_EXCERPT]}” follows"
                    f" {first.number} “{first.heading[:_EXCERPT]}”.",
                    data,
                )


def section_number(printed: str) -> int | None:
    """Read the number of a heading: 十二, （三）, 4. — None if it is none below 100."""
    digits = re.sub(r"[^一二三四五六七八九十0-9]", "", printed)
    if digits.isascii() and digits.isdigit():
        return int(digits) if len(digits) < 3 else None
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _NUMERALS.get(digits)
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return None
    return 10 * (_NUMERALS.get(tens, 0) if tens else 1) + (_NUMERALS.get(ones, 0) if ones else 0)


# ---------------------------------------------------------------- dates


def _dates(identity: Identity) -> Iterator[Check]:
    """Compare the dates of a report with the year that it reports on and with each other."""
    if identity.year is not None:
        end = date(identity.year, 12, 31)
        if identity.signed is not None:
            yield _date_check(
                "dates.signed_in_year",
                identity.signed >= end,
                f"The report for {identity.year} is signed {identity.signed}",
                ", before the year that it reports on has ended",
            )
        if identity.published is not None:
            yield _date_check(
                "dates.published_in_year",
                identity.published >= end,
                f"The report for {identity.year} is published {identity.published}",
                ", before the year that it reports on has ended",
            )
        if identity.period is not None:
            start, last = identity.period
            yield _date_check(
                "dates.period",
                start.year <= last.year == identity.year,
                f"The report for {identity.year} states the period {start} to {last}",
                ", which is another year",
            )
    if identity.signed is not None and identity.published is not None:
        wait = identity.published - identity.signed
        year_off = "; the year of the signature is probably misprinted" if wait > _SLOW_TO_PUBLISH else ""
        yield _date_check(
            "dates.signed_before_published",
            timedelta(0) <= wait <= _SLOW_TO_PUBLISH,
            f"The report is signed {identity.signed} and published {identity.published}",
            year_off or ", before it was signed",
            Severity.INFO,
        )


def _date_check(rule: str, holds: bool, says: str, fault: str, severity: Severity = Severity.WARNING) -> Check:
    return Check(
        rule=rule,
        severity=severity,
        status=Outcome.PASS if holds else Outcome.FAIL,
        message=says if holds else says + fault,
    )


# ---------------------------------------------------------------- attachments

_NAMED_ATTACHMENT = re.compile(
    r"^[ \t\u3000]*附(?:件|表)?[ \t\u3000]{0,4}[一二三四五六\d]{0,2}[ \t\u3000]{0,4}[:：.、]?[ \t\u3000]{0,4}"
    r"(?P<name>[^\n]{0,80}(?:统计表|情况表|统计报表|数据表|汇总表|一览表|报表)[^\n]{0,20})$",
    re.MULTILINE,
)
_REFERRED_ATTACHMENT = re.compile(r"见附[件表]|附后")
_STATISTICS = re.compile(r"统计表|情况表|统计报表")


def _missing_attachment(text: str, tables: Sequence[Grid], cells: Cells) -> Iterator[Finding]:
    """Report a table that the text announces as its attachment when the report has no table at all."""
    if tables or cells:
        return
    named = _NAMED_ATTACHMENT.search(text)
    referred = (_sentence_before(text, found.end(), _EXCERPT) for found in _REFERRED_ATTACHMENT.finditer(text))
    name = named["name"] if named else next((sentence for sentence in referred if _STATISTICS.search(sentence)), "")
    if not name:
        return
    name = " ".join(name.split())
    yield Finding(
        "attachment.missing",
        Severity.WARNING,
        f"The text names an attached table (附件：{name}), and the report has no table.",
        {"name": name},
    )
