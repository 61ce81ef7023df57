"""CMS families with plain list pages: the links stand in the page, and a number in the address makes the next page."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.platforms.base import ListPage, PageRequest, Platform
from crawler.platforms.hanweb import _with_query
from crawler.platforms.links import next_links, read_json_links, read_links

_CREATE_PAGE = re.compile(
    r"createPageHTML\s*\(\s*['\"]?(\d+)['\"]?\s*,\s*['\"]?(\d+)['\"]?\s*,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]",
    re.I,
)
_COUNT_PAGE = re.compile(r"(?:countPage|pageCount|totalPage)s?['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)
_OF_PAGES = re.compile(r"共\s*(?:<[^>]{0,80}>\s*)?(\d+)\s*(?:</[^>]{0,20}>\s*)?页")
_FILE = re.compile(r"([\w-]*?)(?:_(\d+))?\.(s?html?)$", re.I)


class Generic(Platform):
    """Any list: its links and the plain link to the next page. The fallback of all families."""

    id: ClassVar[str] = "generic"

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        if text.lstrip()[:1] in {"{", "["}:
            links, total = read_json_links(text, url)
            return ListPage(links, (), total)
        links = read_links(text, url)
        following = next_links(text, url) or self.numbered(text, url, page)
        return ListPage(links, tuple(PageRequest(target, number=page.number + 1) for target in following[:1]))

    def numbered(self, text: str, url: str, page: PageRequest) -> tuple[str, ...]:
        """The next page by its number, where the page's script says how many there are."""
        if match := _CREATE_PAGE.search(text):
            pages, current, name, extension = int(match[1]), int(match[2]), match[3], match[4]
            if current + 1 < pages:
                return (urljoin(url, f"{name}_{current + 1}.{extension}"),)
        return ()


class Trs(Generic):
    """TRS WCM 拓尔思: `index.html`, then `index_1.html` is page 2; `createPageHTML(pages, current, "index", "
    ""html")`."""

    id: ClassVar[str] = "trs"
    signatures: ClassVar[tuple[str, ...]] = (r"createPageHTML\s*\(", r"/t(?:19|20)\d{6}_\d+\.s?html?", r"TRS_Editor")

    def numbered(self, text: str, url: str, page: PageRequest) -> tuple[str, ...]:
        if by_script := super().numbered(text, url, page):
            return by_script
        pages = _COUNT_PAGE.search(text)
        if _CREATE_PAGE.search(text) is None and pages and page.number < int(pages[1]):
            return _numbered_file(url, page.number)
        return ()


class Ucap(Generic):
    """开普: `/c<channel>/<yyyymm>/<32 hex>.shtml`; lists are pages or a JSON service with `currpage`."""

    id: ClassVar[str] = "ucap"
    signatures: ClassVar[tuple[str, ...]] = (
        r"/c\d{4,8}t?/\d{6}/[0-9a-f]{32}\.shtml",
        r"UCAP-CONTENT",
        r"<ucapcontent>",
    )

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        result = super().read(text, url, page)
        if result.following or not result.links or "currpage" not in parse_qs(urlsplit(url).query):
            return result
        following = PageRequest(_with_query(url, "currpage", str(page.number + 1)), number=page.number + 1)
        return ListPage(result.links, (following,), result.total)

    def numbered(self, text: str, url: str, page: PageRequest) -> tuple[str, ...]:
        return super().numbered(text, url, page) or _by_page_count(text, url, page)


class Kunming(Generic):
    """Kunming's sites: articles `/c/YYYY-MM-DD/<id>.shtml`; `index.shtml`, then `index_2.shtml` is page 2."""

    id: ClassVar[str] = "kunming"
    signatures: ClassVar[tuple[str, ...]] = (r"/c/\d{4}-\d{2}-\d{2}/\d+\.shtml",)

    def numbered(self, text: str, url: str, page: PageRequest) -> tuple[str, ...]:
        return super().numbered(text, url, page) or _by_page_count(text, url, page)


class Gongkai(Generic):
    """Zibo's family: `/gongkai/site_<code>/channel_<…>/doc_<24 hex>.html`.

    The first eight hex digits of a document's id are the time of its import, years late for old reports: no date.
    """

    id: ClassVar[str] = "gongkai"
    signatures: ClassVar[tuple[str, ...]] = (r"/gongkai/(?:site_\w+/)?channel_[\w.]+", r"/doc_[0-9a-f]{24}\.html")


class Guangdong(Generic):
    """Guangdong: `/content/post_<id>.html`; `index_2.html` is page 2; the disclosure platform answers with JSON."""

    id: ClassVar[str] = "guangdong"
    signatures: ClassVar[tuple[str, ...]] = (r"/content/post_\d+\.html", r"/gkmlpt/")

    _SITE_ID = re.compile(r"""(?:SITE_ID|\bSID)['"]?\s*[:=]\s*['"]?(\d+)""")

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        parts = urlsplit(url)
        if "/gkmlpt/api/" in parts.path:
            links, total = read_json_links(text, url)
            following = PageRequest(_with_query(url, "page", str(page.number + 1)), number=page.number + 1)
            return ListPage(links, (following,) if links else (), total)
        site = self._SITE_ID.search(text)
        if "/gkmlpt/index" in parts.path and site and parts.fragment.isdigit():
            target = urljoin(url, f"/gkmlpt/api/all/{parts.fragment}?page=1&sid={site[1]}")
            return ListPage((), (PageRequest(target),))
        return super().read(text, url, page)


class Anhui(Generic):
    """Anhui: an AJAX fragment with `pageIndex`, or `/OpennessContent/showList/<branch>/<cat>/page_N.html`."""

    id: ClassVar[str] = "anhui"
    signatures: ClassVar[tuple[str, ...]] = (r"/OpennessContent/show", r"xxgk_navli", r"labelName=publicInfoList")

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        result = super().read(text, url, page)
        if result.following or not result.links:
            return result
        number = page.number + 1
        if "pageIndex" in parse_qs(urlsplit(url).query):
            return ListPage(result.links, (PageRequest(_with_query(url, "pageIndex", str(number)), number=number),))
        if found := re.search(r"/page_(\d+)\.html$", urlsplit(url).path):
            target = url[: url.rfind("/page_")] + f"/page_{int(found[1]) + 1}.html"
            return ListPage(result.links, (PageRequest(target, number=number),))
        return result


def _by_page_count(text: str, url: str, page: PageRequest) -> tuple[str, ...]:
    """`index_2.shtml` for page 2, as far as the page says how many there are (共 5 页)."""
    pages = _OF_PAGES.search(text) or _COUNT_PAGE.search(text)
    if pages and page.number < int(pages[1]):
        return _numbered_file(url, page.number + 1)
    return ()


def _numbered_file(url: str, number: int) -> tuple[str, ...]:
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    match = _FILE.match(name)
    stem, extension = (match[1] or "index", match[3]) if match else ("index", "html")
    return (urljoin(url, f"{folder}/{stem}_{number}.{extension}"),)
