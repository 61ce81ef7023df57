"""Who reports, for which year, and the dates of the report: all read from the document, never guessed.

What several places of a document say is compared; where they differ the more prominent one holds and a finding says so.
The hint of the crawler settles only what the document leaves open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from parsers.identity import authorities, regions
from parsers.identity.agency import Printed, agencies_in, read_agency
from parsers.identity.authorities import Office
from parsers.identity.contact import contact_in, declared_parts_in
from parsers.identity.dates import period_in, published_in, read_date, signed_in
from parsers.identity.letters import flatten
from parsers.identity.title import Title, is_near_miss, is_summary, plain_years, read_title
from parsers.model import Block, Contact, Document, Finding, Grid, Hint, Identity, Region, Severity
from parsers.sections import find_sections

__all__ = ["identify"]

_TOP_LINES = 8  # lines of the text in which its own title can stand
_HEAD = 2500  # letters in which the preamble lies
_TAIL = 500
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*|第\s*\d+\s*页.{0,12}")
_FIRST_SECTION = re.compile(r"(?:^|[\n。]|报告|年报)[ \t\u3000\u00a0]*(?:一[ \t\u3000]*[、．.]|第一部分|[（(]一[）)])")
_TITLE_END = re.compile(r"年度报告|年报|工作报告|情况的?报告|总结报告")
_AFTER_TITLE = re.compile(r"$|[ \t\u3000\u00a0一(（根按为依本现2特遵第]")
_PUBLISHERS = ("发布机构", "发布单位", "公开主体", "发文机关", "发文单位", "责任单位", "信息来源", "来源")
_ABOUT_REPORT = re.compile(
    r"(?P<year>20\d\d)年(?!\d?\d月\d?\d日(?:起)?(?:施行|实施)|新?(?:修订|颁布|公布|施行|实施))[^。;]{0,30}?信息公开(?!条例)"
)
_REPORTS_OF = re.compile(r"^(?:20\d\d年度?)?(?:[\u4e00-\u9fff]{2,20}?)?(?:20\d\d年度?)?")
_LIKE_A_TITLE = re.compile(r"公开.{0,20}(?:报告|年报)")
_LINE_DATE = re.compile(r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?")
_LIKE_A_TITLE = re.compile(r"公开.{0,20}(?:报告|年报)")
_NUMBER_CELL = re.compile(r"\s*[\d０-９][\d０-９.,，]*\s*(?:元|万元|件|条)?\s*")
_FORM_LABELS = (
    *("主动公开", "申请", "答复", "行政复议", "行政诉讼", "予以公开", "同意公开", "不予公开", "规范性文件", "行政许可"),
    *("行政处罚", "结转", "政府公报", "传真", "信函", "当面", "统计指标", "计量单位", "历年累计"),
)
_STATISTICS_OF = re.compile(r"(?P<agency>[\u4e00-\u9fff]{2,30}?)?(?:20\d\d年度?)?(?:政府)?信息公开(?:工作)?情况统计表")
_TABLE_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)年度?(?!\d?\d月)")
_NOTICE = re.compile(r"(?:现将|就)[^。]{0,40}(?:通知|函告)如下|请(?:各单位|各部门|你单位)[^。]{0,40}(?:编制|报送|上报)")
_OF_A_BUREAU = re.compile(r"我[局委厅]|本[局委厅]|[局委]机关|[局委]属")
_REACH = 20_000  # letters in which a text is asked how it speaks of itself
_ENOUGH_TOPICS = 4  # of the seven topics; a news article or summary of other work has fewer


class _Page:
    """The text and those parts of it that are read more than once, each flattened when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [line.strip() for line in text[:200_000].split("\n")]
        self.first_section = _FIRST_SECTION.search(text, 0, 6000)

    @cached_property
    def preamble(self) -> str:
        """What stands before the first section, as printed."""
        return self.text[: min(self.first_section.start() + 1, _HEAD) if self.first_section else _HEAD]

    @cached_property
    def opening(self) -> str:
        """The preamble flattened, years in Arabic digits."""
        return plain_years(flatten(self.preamble))

    @cached_property
    def head(self) -> str:
        """The first part of the text flattened, years in Arabic digits."""
        return plain_years(flatten(self.text[:_HEAD]))

    @cached_property
    def tail(self) -> str:
        """The last part of the text flattened."""
        return flatten(self.text[-_TAIL:])


@dataclass(frozen=True, slots=True)
class _Who:
    """The agency as far as it could be settled."""

    agency: str | None = None
    printed: str | None = None
    region: Region | None = None
    sector: str | None = None


def identify(document: Document, text: str, hint: Hint) -> Identity:
    """Read the identity of a document.

    `text` is its paragraphs joined by "\\n" (table cells left out). `is_report` is False for notices, lists, guides,
    the blank form and everything else that is no annual disclosure report; of those only the title is filled in.
    """
    page = _Page(text)
    lines = page.lines
    page_title = read_title(document.title) if document.title else None
    own_title, title_line = _own_title(lines)
    link_title = read_title(hint.link_text) if hint.link_text else None
    title = _merged(page_title, own_title) or _merged(link_title, None)
    findings: list[Finding] = []
    if not _is_report(document, text, lines, title, page_title, own_title, findings):
        shown = document.title or (title.text if title else None)
        return Identity(title=shown, findings=tuple(findings))

    period = period_in(page.opening) or period_in(page.head)
    published = document.published or published_in(lines, dict(document.index_box))
    signed, signer = signed_in(lines, title_line)
    below = _under_title(lines, title_line)
    if signed is None and below:
        signed = next((made for line in below if (made := read_date(line))), None)
    contact = contact_in(page.preamble, text)

    titles = [made for made in (page_title, own_title) if made] or ([link_title] if link_title else [])
    year = _year(titles, period, page, published, document, hint, findings)
    who = _who(titles, below, signer, document, page, year, contact, hint, findings)
    sector = who.sector
    code = who.region.code if who.region else None
    return Identity(
        agency=who.agency,
        agency_printed=who.printed,
        agency_id=authorities.agency_id(code, sector) if code and sector else None,
        region_code=code,
        sector=sector,
        year=year,
        title=title.text if title else document.title,
        published=published,
        signed=signed,
        period=period,
        contact=contact,
        declared_parts=declared_parts_in(page.preamble) if page.first_section else None,
        is_report=True,
        findings=tuple(findings),
    )


# ---------------------------------------------------------------- the title, and whether this is a report


def _own_title(lines: Sequence[str]) -> tuple[Title | None, int | None]:
    """The title that the text itself begins with, over up to three lines or run on into the first paragraph."""
    filled = ((number, line) for number, line in enumerate(lines) if line and not _PAGE_NUMBER.fullmatch(line))
    top = list(islice(filled, _TOP_LINES))
    for position, (number, line) in enumerate(top):
        if len(line) > 90:
            for match in _TITLE_END.finditer(line, 0, 110):
                if _AFTER_TITLE.match(line, match.end()):
                    made = read_title(line[: match.end()])
                    if made:
                        return made, number
            continue
        if line.endswith(("。", "；", ";")) or _LINE_DATE.match(line):
            continue
        for joined in (1, 2, 3):
            part = top[position : position + joined]
            words = "".join(words for _, words in part)
            if len(words) > 90 or (joined > 1 and (_LINE_DATE.search(part[-1][1]) or "时间" in part[-1][1])):
                break
            made = read_title(words)
            if made:
                return made, part[-1][0]
    return None, None


def _merged(first: Title | None, second: Title | None) -> Title | None:
    """The page's title, or the text's own where that says more."""
    if first is None or second is None:
        return first or second
    if first.agency_printed is None and second.agency_printed is not None and first.year in (None, second.year):
        return second
    return first


def _is_report(
    document: Document,
    text: str,
    lines: Sequence[str],
    title: Title | None,
    page_title: Title | None,
    own_title: Title | None,
    findings: list[Finding],
) -> bool:
    entries = _entries(document, text, lines)
    if entries:
        findings.append(Finding("page.list", Severity.INFO, f"a list of {entries} reports, not a report"))
        return False
    if title is not None and title.year is None and title.agency_printed is None and _is_blank(document, text):
        findings.append(Finding("form.blank", Severity.INFO, "the blank form of the report: no agency, year or figure"))
        return False
    near_miss = bool(document.title) and page_title is None and is_near_miss(document.title or "")
    if title is not None and not near_miss:
        if _NOTICE.search(text, 0, _HEAD) and len(_topics(text)) < _ENOUGH_TOPICS:
            findings.append(Finding("report.notice", Severity.INFO, f"a notice about annual reports: {title.text}"))
            return False
        return True
    column = len(document.title or "") <= 10 and own_title is not None  # the page is headed by its column
    if column and own_title is not None and own_title.year and not _NOTICE.search(text, 0, _HEAD):
        return True
    if near_miss and (own_title is None or own_title.year is None):
        findings.append(
            Finding("report.near_miss", Severity.INFO, f"not an annual report by its title: {document.title}")
        )
        return False
    notice = _NOTICE.search(text, 0, _HEAD)
    by_sections = text.count("信息公开") >= 3 and len(_topics(text)) >= _ENOUGH_TOPICS and not notice
    by_table = not document.title and not notice and _has_form(document)
    if not (by_sections or by_table):
        if document.title and is_summary(document.title):
            findings.append(Finding("report.summary", Severity.INFO, f"a work summary, not a report: {document.title}"))
        return False
    if _is_blank(document, text):
        findings.append(Finding("form.blank", Severity.INFO, "the blank form of the report: no agency, year or figure"))
        return False
    shown = document.title or next((line for line in lines if line), "")
    if by_sections:
        message = f"taken for an annual report by its sections; its title does not say so: {shown[:60]}"
        findings.append(Finding("title.unusual", Severity.WARNING, message))
    else:
        message = f"the table of an annual report without its title; the rest may be missing: {shown[:60]}"
        findings.append(Finding("report.fragment", Severity.WARNING, message))
    return True


def _entries(document: Document, text: str, lines: Sequence[str]) -> int:
    """How many reports a list page lists; 0 for a page that is no list: it has sections, tables, or one title only."""
    likely = (line for line in lines[:300] if 8 <= len(line) <= 90 and _LIKE_A_TITLE.search(line))
    entries = [made for line in likely if (made := read_title(line))]
    different = {(made.agency_printed, made.year) for made in entries}
    if len(different) < 2 or sum(len(line) for line in lines) > 120 * len(entries):
        return 0
    if any(isinstance(block, Grid) for block in document.blocks) or _topics(text):
        return 0
    return len(entries)


def _topics(text: str) -> set[str]:
    return {section.topic for section in find_sections(text) if section.level == 1 and section.topic}


def _has_form(document: Document) -> bool:
    """True if the document holds a filled-in table of an annual report, by labels that occur together only there."""
    words = [_words_of(block) for block in document.blocks]
    flat = re.sub(r"\s+", "", "".join(words)[:100_000])
    numbers = sum(bool(_NUMBER_CELL.fullmatch(word)) for words_ in words for word in words_.split("\n"))
    return numbers >= 5 and sum(label in flat for label in _FORM_LABELS) >= 5


def _words_of(block: Block) -> str:
    return "\n".join(cell.text for cell in block.cells) if isinstance(block, Grid) else block.text


def _is_blank(document: Document, text: str) -> bool:
    """True for a form that nobody has filled in: no year, no agency, no number in any cell."""
    if re.search(r"20\d\d|二[〇○零0]", text) or any(made.regions for made in agencies_in(flatten(text[:_HEAD]))):
        return False
    cells = [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    return not any(_NUMBER_CELL.fullmatch(cell) for cell in cells)


# ---------------------------------------------------------------- the year


def _year(
    titles: Sequence[Title],
    period: tuple[date, date] | None,
    page: _Page,
    published: date | None,
    document: Document,
    hint: Hint,
    findings: list[Finding],
) -> int | None:
    votes: Counter[int] = Counter()
    named: list[tuple[str, int]] = []
    for title, place in zip(titles, ("title", "title of the text"), strict=False):
        if title.year:
            votes[title.year] += 5
            named.append((place, title.year))
    if period:
        votes[period[1].year] += 3
        named.append(("period", period[1].year))
    if not votes:
        named = _years_of_text(page, document)
        votes.update({value: 1 for _, value in named})
        if len(votes) > 1:
            said = ", ".join(f"{place} {value}" for place, value in named)
            message = f"no title names the year: {said}"
            findings.append(Finding("year.unknown", Severity.WARNING, message, {"candidates": sorted(votes)}))
            return None
    if not votes:
        return _year_from_outside(published, hint, findings)
    year = votes.most_common(1)[0][0]
    if len(votes) > 1:
        said = ", ".join(f"{place} {value}" for place, value in named)
        data = {"year": year, "said": [[place, value] for place, value in named]}
        findings.append(Finding("year.conflict", Severity.WARNING, f"the years differ: {said}; {year} taken", data))
    if hint.year and hint.year != year:
        message = f"the link was for {hint.year}, the report says {year}"
        findings.append(Finding("year.hint_conflict", Severity.WARNING, message, {"hint": hint.year, "year": year}))
    if published and published.year < year:
        message = f"published {published.isoformat()}, before the report year {year} began"
        findings.append(Finding("year.after_publication", Severity.WARNING, message, {"year": year}))
    return year


def _years_of_text(page: _Page, document: Document) -> list[tuple[str, int]]:
    """The year as the text and its tables name it where no title and no period do: all must agree."""
    out: list[tuple[str, int]] = []
    about = _ABOUT_REPORT.search(page.head)
    if about:
        out.append(("first sentence", int(about["year"])))
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    heads = "\n".join(cell.text for grid in grids for cell in grid.cells if cell.row < 2)
    captions = "\n".join([*(grid.caption or "" for grid in grids), heads])
    in_tables = {int(match[1]) for match in _TABLE_YEAR.finditer(flatten(captions[:5000]))}
    out += [("table", value) for value in sorted(in_tables)]
    return out


def _year_from_outside(published: date | None, hint: Hint, findings: list[Finding]) -> int | None:
    link = read_title(hint.link_text) if hint.link_text else None
    year = (link.year if link else None) or hint.year
    if year:
        message = f"the document names no report year; {year} is from the link to it"
        findings.append(Finding("year.from_hint", Severity.INFO, message, {"year": year}))
        return year
    data = {"candidate": published.year - 1} if published else {}
    suffix = f"; published {published.isoformat()}" if published else ""
    findings.append(Finding("year.unknown", Severity.WARNING, f"the document names no report year{suffix}", data))
    return None


# ---------------------------------------------------------------- the agency


def _under_title(lines: Sequence[str], title_line: int | None) -> list[str]:
    """The lines directly under the title: agency and date, before the text begins."""
    start = 0 if title_line is None else title_line + 1
    out: list[str] = []
    for line in [line for line in lines[start : start + 8] if line][:4]:
        if len(line) > 45 or re.match(r"[一1１][、.．]|根据|第一|[（(]一", line):
            break
        out.append(line)
    return out


def _who(
    titles: Sequence[Title],
    below: Sequence[str],
    signer: str | None,
    document: Document,
    page: _Page,
    year: int | None,
    contact: Contact,
    hint: Hint,
    findings: list[Finding],
) -> _Who:
    words = [title.agency_printed for title in titles if title.agency_printed]
    if not titles:  # the heading of the statistics table names the agency too
        statistics = next((match for line in page.lines if (match := _STATISTICS_OF.search(flatten(line[:80])))), None)
        words = [statistics["agency"]] if statistics and statistics["agency"] else []
    in_titles = [made for name in words if (made := read_agency(name, year))]
    in_titles.sort(key=lambda made: made.office is not None and not _usual_in(made.office, year))
    box = [document.publisher or "", *(document.index_box.get(label, "") for label in _PUBLISHERS)]
    context = _Context(page, contact, year, hint, "\n".join((*(title.text for title in titles), *box)))
    primary = next((made for made in in_titles if made.office or made.zone or made.rest), None)
    elsewhere: list[Printed] = []
    if primary is None or not primary.regions:
        in_lines = [made for line in below if (made := _agency_line(line, year))]
        signers = [made] if signer and (made := read_agency(signer, year)) else []
        publishers = [made for name in box if name and (made := read_agency(name, year))]
        elsewhere = [*in_lines, *signers, *publishers]
        running: list[Printed] = []
        if primary is None or not any(_same_office(made, primary) for made in elsewhere):
            running = _frequent([*agencies_in(page.head, year), *agencies_in(page.tail, year)])
            elsewhere += running
        if primary is None and in_titles:
            primary = _signer_of(in_titles[0], [*in_lines, *signers])
        elif primary is None and words:
            primary = next((made for made in [*in_lines, *signers] if made.office and made.regions), None)
        elif primary is None:
            primary = _reporting([*in_lines, *signers], publishers, running, page, hint)
    if primary is None:
        if not words:
            return _who_from_hint(hint, year, findings)
        message = f"the agency {words[0]} names no known division and no known office"
        findings.append(Finding("agency.unknown", Severity.WARNING, message, {"printed": words[0]}))
        return _Who(printed=words[0])
    region_only = primary.office is None and primary.zone is None and not primary.rest
    of_the_site = hint.sector is not None and hint.region_code in {place.code for place in primary.regions}
    if region_only and of_the_site and _OF_A_BUREAU.search(page.text, 0, _REACH):
        return _who_from_hint(hint, year, findings)
    place, printed = _place(primary, [*in_titles, *elsewhere], context, findings)
    return _named(primary, printed, place, year, hint, findings)


@dataclass(frozen=True, slots=True)
class _Context:
    """What decides between divisions of one name."""

    page: _Page
    contact: Contact
    year: int | None
    hint: Hint
    around: str  # titles and publishers

    def decide(self, places: Sequence[Region]) -> Region | None:
        words = "\n".join((self.around, self.page.head, self.page.tail, self.contact.address or ""))
        return regions.decide(places, words, self.year, self.contact.postcode)


def _agency_line(line: str, year: int | None) -> Printed | None:
    words = re.sub(r"20\d\d年.*$|[（(].*$", "", flatten(line))
    made = read_agency(words, year) if words else None
    return made if made and (made.office or made.zone) else None


def _frequent(running: Sequence[Printed]) -> list[Printed]:
    """The agencies of the running text, the most frequent first, those with a region before bare ones."""
    times = Counter(made.words for made in running)
    once = {made.words: made for made in running}
    return sorted(once.values(), key=lambda made: (not made.regions, -times[made.words]))


def _reporting(
    signed: Sequence[Printed],
    publishers: Sequence[Printed],
    running: Sequence[Printed],
    page: _Page,
    hint: Hint,
) -> Printed | None:
    """Who reports when no title says so: who signs, else whom the site is registered for, else who publishes.

    A portal of the government publishes for its bureaus: a text that speaks of 我局 is not the government's.
    """
    bureau = _OF_A_BUREAU.search(page.text, 0, _REACH) is not None
    able = [
        made
        for made in (*signed, *publishers, *running)
        if made.zone or (made.office and not (bureau and made.office.sector.startswith("government")))
    ]
    first = next((made for made in able if made in signed), None)
    hinted = next((made for made in able if made.office and made.office.sector == hint.sector), None)
    return first or hinted or (able[0] if able else None)


def _signer_of(region_only: Printed, signers: Sequence[Printed]) -> Printed:
    """A title that names a division alone is the report of whoever signs for that division, else of its government."""
    codes = {place.code for place in region_only.regions}
    for made in signers:
        same = not made.regions or codes & {place.code for place in made.regions}
        if made.office and same and not made.office.sector.startswith("government"):
            return made if made.regions else replace(made, regions=region_only.regions, bare=None)
    return region_only


def _place(
    primary: Printed, ranked: Sequence[Printed], context: _Context, findings: list[Finding]
) -> tuple[Region | None, str]:
    """The division of the agency, and the agency as printed in full where the document prints it so elsewhere."""
    if primary.zone:
        return primary.regions[0], primary.words
    if primary.regions:
        return _decided(primary, context, findings), primary.words
    for made in ranked:
        if _same_office(made, primary):
            return _decided(made, context, findings), made.words
    hint = context.hint
    known = regions.region(hint.region_code, context.year) if hint.region_code else None
    if known and _fits((known,), primary.bare):
        _inferred(primary, known, "the registration of the site", findings)
        return known, primary.words
    for made in ranked:
        if made.regions and _fits(made.regions, primary.bare):
            return _inferred(
                primary, _decided(made, context, findings), f"{made.words} in the text", findings
            ), primary.words
    address = context.contact.address or ""
    named = [place.regions for place in regions.places(address) if _fits(place.regions, primary.bare)]
    if named:
        place = _decided(replace(primary, regions=named[-1]), context, findings)
        return _inferred(primary, place, f"the address {address}", findings), primary.words
    message = f"which division {primary.words} belongs to is not said"
    findings.append(Finding("region.unknown", Severity.WARNING, message, {"printed": primary.words}))
    return None, primary.words


def _same_office(made: Printed, primary: Printed) -> bool:
    """True if `made` is an office of the same sector with a region that `primary` can be short for."""
    if not made.regions or made.office is None or primary.office is None:
        return False
    return made.office.sector == primary.office.sector and _fits(made.regions, primary.bare)


def _fits(places: Sequence[Region], bare: str | None) -> bool:
    """True if a division can be what 区, 县, 市, 省 alone stands for here."""
    if not bare:
        return True
    endings = {"州": "州", "旗": "旗", "省": "省区", "市": "市", "县": "县", "区": "区", "盟": "盟"}[bare]
    level_ok = {"省": "province", "州": "prefecture", "盟": "prefecture"}.get(bare)
    return any(
        place.name[-1] in endings
        and (level_ok is None or place.level == level_ok)
        and not (bare == "区" and place.level == "province" and len(places) > 1)
        for place in places
    )


def _inferred(primary: Printed, place: Region | None, source: str, findings: list[Finding]) -> Region | None:
    if place is not None:
        message = f"{primary.words} is taken as that of {regions.full_name(place.code)} by {source}"
        data = {"printed": primary.words, "region": place.code}
        findings.append(Finding("region.inferred", Severity.INFO, message, data))
    return place


def _decided(made: Printed, context: _Context, findings: list[Finding]) -> Region | None:
    places, hinted_code = made.regions, context.hint.region_code
    if len(places) > 1:
        hinted = [place for place in places if hinted_code and _related(place.code, hinted_code)]
        if len(hinted) == 1:
            return hinted[0]
        best = context.decide(hinted or places)
        if best is None:
            names = ", ".join(regions.full_name(place.code) or "" for place in places)
            data = {"printed": made.words, "candidates": [place.code for place in places]}
            findings.append(Finding("region.ambiguous", Severity.WARNING, f"{made.words} can be of {names}", data))
        return best
    place = places[0]
    if hinted_code and not _related(place.code, hinted_code):
        message = f"the site is registered for {regions.full_name(hinted_code)}, the document is of {made.words}"
        data = {"hint": hinted_code, "region": place.code}
        findings.append(Finding("region.hint_conflict", Severity.WARNING, message, data))
    return place


def _related(code: str, hinted: str) -> bool:
    """True if one is the other, contains it, or took it over."""
    if regions.is_within(code, hinted) or regions.is_within(hinted, code):
        return True
    place = regions.region(code)
    return bool(place and place.successor and regions.is_within(place.successor, hinted))


def _named(
    primary: Printed, printed: str, place: Region | None, year: int | None, hint: Hint, findings: list[Finding]
) -> _Who:
    office, zone = primary.office, primary.zone
    if zone and office is None and not primary.rest:
        return _Who(zone.full + zone.committee, printed, place, "zone-administration")
    if office is None and not primary.rest and place:
        message = f"the title names only {printed}; taken as the report of its government"
        findings.append(Finding("agency.region_only", Severity.INFO, message, {"printed": printed}))
        return _Who((regions.full_name(place.code, year) or "") + "人民政府", printed, place, "government")
    if office is None:
        full = (zone.full if zone else regions.full_name(place.code, year) or "") + primary.rest if place else None
        message = f"{printed} is no office of the register; it has no line of authority"
        findings.append(Finding("agency.sector_unknown", Severity.WARNING, message, {"printed": printed}))
        return _Who(full, printed, place)
    if not _usual_in(office, year):
        message = f"{printed} reports for {year}, when an authority of that name was not usual"
        findings.append(
            Finding("agency.name_out_of_period", Severity.WARNING, message, {"printed": printed, "year": year})
        )
    if hint.sector and hint.sector != office.sector:
        message = f"the site is registered for {hint.sector}, the document is of {printed}"
        findings.append(Finding("sector.hint_conflict", Severity.INFO, message, {"hint": hint.sector}))
    if place is None:
        return _Who(None, printed, None, office.sector)
    full = (zone.full if zone else regions.full_name(place.code, year) or "") + office.full
    return _Who(full, printed, place, office.sector)


def _usual_in(office: Office, year: int | None) -> bool:
    """True if the name fits the year, two years of slow reform on either side allowed."""
    return year is None or (office.valid_from or 0) - 2 <= year <= (office.valid_to or 9999) + 2


def _who_from_hint(hint: Hint, year: int | None, findings: list[Finding]) -> _Who:
    place = regions.region(hint.region_code, year) if hint.region_code else None
    if place is None or hint.sector is None:
        findings.append(Finding("agency.unknown", Severity.WARNING, "the document names no agency"))
        return _Who(region=place)
    names = authorities.names_of(place.code, hint.sector)
    fitting = [row for row in names if year is None or (row.valid_from or 0) <= year <= (row.valid_to or 9999)]
    name = (fitting or names)[-1].name if names else None
    message = f"the document names no agency; {name} is from the registration of the site"
    findings.append(Finding("agency.from_hint", Severity.INFO, message, {"agency": name}))
    return _Who(name, None, place, hint.sector)
