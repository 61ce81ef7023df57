"""The spider of a province: its sites are data, its list pages are read by the CMS families."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.chrome import without_chrome
from crawler.errors import describe
from crawler.items import Page
from crawler.platforms import PLATFORMS, ListLink, ListPage, PageRequest, detect
from crawler.sites import Site, SiteError, select
from crawler.spiders.reports import ReportSpider, SpiderArgumentError, Target, check_refresh, check_year
from parsers.decode import decode
from parsers.identity.authorities import names_of
from parsers.identity.title import read_title
from parsers.model import Document, Finding, Hint, Paragraph, Severity, Unreadable

_PLAUSIBLE = re.compile(r"(?:信息|政务)公开.{0,12}(?:报告|年报|总结)|年度报告|年报$|^\s*20\d\d\s*年?度?\s*$")
_NOT_A_REPORT = re.compile(
    r"指南|目录|通知|通报|计划|预算|决算|公报|网站.{0,6}(?:年度)?(?:工作)?报[表告]|法治政府|依法行政|解读|图解|须知|制度|办法|培训|会议"
)
_SECTOR_WORDS = {"health": re.compile(r"卫|健康|计生|人口|疾控|爱卫|医")}
_SECTION_MARK = re.compile(r"[一二三四五六]、|（[一二三]）")
_LONG_ENOUGH = 120
"""Characters of a column page's own article from which it can be a report."""


class SiteSpider(ReportSpider):
    """Lists of registered sites → links that are yearly reports → the reports."""

    sites: ClassVar[tuple[Site, ...]] = ()
    selected: tuple[Site, ...] = ()
    wanted: str | None = None
    takes: ClassVar[Mapping[str, str]] = {
        "region": "330206 (a county, a city with its counties, or several with commas)",
        "site": "beilun (the id of an entry in settings/sites, or several with commas)",
        "year": "2020 (the year reported on)",
        "refresh": "1 (fetch again what is known)",
    }

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        slots = {
            host: {"delay": site.delay, "concurrency": 1} for site in cls.sites if site.delay for host in site.hosts
        }
        if slots:
            settings.set("DOWNLOAD_SLOTS", {**settings.getdict("DOWNLOAD_SLOTS"), **slots}, "spider")

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str], settings: BaseSettings) -> None:
        super().check_arguments(arguments, settings)
        check_year(arguments.get("year"))
        check_refresh(arguments.get("refresh"))
        try:
            chosen = select(cls.sites, arguments.get("region"), arguments.get("site"))
        except SiteError as error:
            raise SpiderArgumentError(str(error)) from None
        if not any(site.reachable for site in chosen):
            names = "、".join(site.name for site in chosen[:3])
            raise SpiderArgumentError(
                f"no address is registered for {names}; add `urls` to its entry in settings/sites/{cls.name}.toml"
            )

    def prepare(self, settings: BaseSettings) -> None:
        chosen = select(self.sites, self.arguments.get("region"), self.arguments.get("site"))
        self.selected = tuple(site for site in chosen if site.reachable)
        self.unreachable = tuple(site for site in chosen if not site.reachable)
        self.year = check_year(self.arguments.get("year"))
        self.pages_max = settings.getint("LIST_PAGES_MAX")
        if self.year is not None:
            self.wanted = f"no report for {self.year} was found on the registered sites"
        self._lists: set[tuple[str, str]] = set()
        self._seen: dict[tuple[str, str], set[str]] = {}  # (site, first page of a list) → articles seen in it

    async def start(self) -> AsyncIterator[Any]:
        for site in self.unreachable:
            message = f"{site.name}: its column of yearly reports is not known, nothing was asked"
            self.ledger.finding(
                Finding("site.unknown", Severity.INFO, message, {"site": site.id, "region": site.region})
            )
            self.ledger.counts["sites_unknown"] += 1
        this_year = datetime.now(UTC).year
        for site in self.selected:
            platform = PLATFORMS[site.platform]
            years = range(site.first_year, this_year)
            for page in platform.start(site.urls, years):
                if page.detail:
                    if self.year in {None, page.year}:
                        hint = Hint(site.region, site.sector, page.year)
                        target = Target(page.url, hint, site.id, "official", site.stores, optional=True)
                        if request := self.report_request(target):
                            yield request
                elif request := self._list_request(site, page, first=page.url):
                    yield request
            for url in site.articles:
                target = Target(url, Hint(site.region, site.sector), site.id, "official", site.stores)
                if self._is_wanted(url) and (request := self.report_request(target)):
                    yield request

    def _is_wanted(self, url: str) -> bool:
        """Whether a single article may be of the wanted year: the date in its address says so, or nothing does."""
        if self.year is None:
            return True
        named = {int(text) for text in re.findall(r"(?<!\d)(20[0-3]\d)(?=[-/]?\d{0,4}[-/_]|$)", url)}
        return not named or bool(named & {self.year, self.year + 1})

    # ------------------------------------------------------------ lists

    def _list_request(self, site: Site, page: PageRequest, first: str) -> Request | None:
        """The request for a page of a list; None for one that was asked before."""
        if (site.id, page.url) in self._lists:
            return None
        self._lists.add((site.id, page.url))
        return Request(
            page.url,
            callback=self.parse_list,
            errback=self.list_failed,
            headers=dict(page.headers),
            cb_kwargs={"site": site, "page": page, "first": first},
            meta={"role": "list"},
            priority=10,  # lists before articles: the run learns early how much there is
            dont_filter=True,  # Scrapy's filter would drop a redirect to a known address without a word
        )

    def parse_list(self, response: Response, site: Site, page: PageRequest, first: str) -> Iterator[Any]:
        """One page of a list: its reports, and the next page while it brings something new."""
        kept = response.meta["page"]
        try:
            text, _ = decode(response.body, site.encoding or kept.charset)
        except Unreadable as error:
            self.ledger.failed(
                error.finding.code, f"{response.url}: {error.finding.message}", response.url, site=site.id
            )
            return
        result = self._read_list(text, response.url, site, page)
        reports = [(link, expected) for link in result.links if (expected := self.judge(link, site)) is not None]
        self.ledger.listed(site, page.url, response.status, len(result.links), len(reports))
        if page.number == 1:
            yield from self._column_report(response, site)
        for link, expected in reports:
            if request := self._follow(link, site, response.url, expected=expected):
                yield request
        seen = self._seen.setdefault((site.id, first), set())
        fresh = {link.url for link in result.links} - seen
        seen |= fresh
        done = result.total is not None and len(seen) >= result.total
        if (fresh or page.number == 1) and not done:
            for following in result.following:
                if page.number >= self.pages_max:
                    message = f"{first}: the list goes on after {self.pages_max} pages (LIST_PAGES_MAX)"
                    self.ledger.failed("list.too_long", message, first, site=site.id)
                    return
                if request := self._list_request(site, following, first):
                    yield request

    def _read_list(self, text: str, url: str, site: Site, page: PageRequest) -> ListPage:
        """Read by the registered family; by the one that the page shows, or by any, when that finds no report."""
        result = PLATFORMS[site.platform].read(text, url, page)
        if result.following or any(self.judge(link, site) is not None for link in result.links):
            return result
        for family in dict.fromkeys((detect(text, url), "generic")):
            if family == site.platform:
                continue
            other = PLATFORMS[family].read(text, url, page)
            if any(self.judge(link, site) is not None for link in other.links) or (
                other.following and not result.links
            ):
                if family != "generic":
                    message = f"{url}: registered as {site.platform}, but it looks like {family}"
                    self.ledger.finding(Finding("site.platform", Severity.WARNING, message, {"site": site.id}))
                return other
        return result

    def judge(self, link: ListLink, site: Site) -> bool | None:
        """True: the title is that of a yearly report of this authority. False: it may be one. None: it is not."""
        title = read_title(link.text)
        if title is None:
            if _NOT_A_REPORT.search(link.text) or not _PLAUSIBLE.search(link.text):
                return None
            if site.portal and not self._names_authority(link.text, site):
                return None
            return False
        agency = title.agency_printed or ""
        if site.portal:
            return True if self._names_authority(link.text, site) else None
        words = _SECTOR_WORDS.get(site.sector)
        if agency and words and not words.search(agency) and re.search(r"[局委厅办院中心]$", agency):
            return None  # another department's report in the same column
        return True

    def _names_authority(self, text: str, site: Site) -> bool:
        """Whether a title on a portal's common list names this authority, by one of its names or by its sector."""
        plain = "".join(text.split())
        if any(name.name in plain for name in names_of(site.region, site.sector)):
            return True
        words = _SECTOR_WORDS.get(site.sector)
        return bool(words and words.search(plain) and re.search(r"卫(?:生|健|计)|健康|计生|人口", plain))

    def _follow(self, link: ListLink, site: Site, list_url: str, *, expected: bool) -> Request | None:
        host, own = urlsplit(link.url).hostname or "", urlsplit(list_url).hostname or ""
        if host != own and host not in site.hosts and host not in site.stores and not host.endswith(".gov.cn"):
            message = f"{list_url} lists {link.text!r} on {host}, which is no government host; it was not fetched"
            self.ledger.finding(Finding("link.offsite", Severity.WARNING, message, {"url": link.url, "site": site.id}))
            return None
        title = read_title(link.text)
        year = title.year if title else None
        # a title without a year: a report is published in the year after the one it is about
        likely = year or (link.date.year - 1 if link.date else None)
        if self.year is not None and likely not in {None, self.year}:
            self.ledger.counts["reports_other_years"] += 1
            if expected and (book := self.ledger.sites.get(site.id)):
                book.found.add(link.url)
            return None
        hint = Hint(site.region, site.sector, year, link.text, link.date)
        return self.report_request(Target(link.url, hint, site.id, "official", site.stores, expected))

    def _column_report(self, response: Response, site: Site) -> Iterator[Any]:
        """The report that stands on the column page itself, read like any other; nothing when there is none."""
        page: Page = response.meta["page"]
        hint = Hint(site.region, site.sector)
        document, unreadable = without_chrome(page.source(hint))
        if document is None or not is_report(document):
            return
        self.ledger.found(site.id, page.url)
        self.ledger.counts["reports_asked"] += 1
        response.meta.update(document=document, unreadable=unreadable)
        yield from self.parse_report(response, Target(page.url, hint, site.id, "official", site.stores))

    def list_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        site: Site = request.cb_kwargs["site"]
        code, message, status = describe(failure.value, request.url)
        advice = " (the address is a guess: correct it in settings/sites)" if site.guess else ""
        self.ledger.failed(code, f"{site.name}: {message}{advice}", request.url, status=status, site=site.id)


def is_report(document: Document) -> bool:
    """Whether a column page is itself a report: a report's title over an article with a report's parts."""
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    if sum(map(len, paragraphs)) < _LONG_ENOUGH or sum(bool(_SECTION_MARK.match(text)) for text in paragraphs) < 2:
        return False
    return any(read_title(line) for line in (document.title or "", *paragraphs[:3]) if line)
