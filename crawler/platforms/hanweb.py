"""Hanweb 大汉: the three ways in which its sites list their articles.

`jpage`: records in the page source inside a data store, more of them from `dataproxy.jsp`. `jpaas`: the list is
an answer of a page-building API whose parameters stand in the page. `xxgk`: the disclosure catalogue, one
report per year by address.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

from crawler.platforms.base import ListLink, ListPage, PageRequest, Platform
from crawler.platforms.links import next_links, read_links, tree

_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.I)
_TOTAL_RECORD = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>|totalRecord\s*[:=]\s*['\"]?(\d+)", re.I)
_PROXY = re.compile(r"""proxyUrl\s*[:=]\s*['"]([^'"]+)['"]""", re.I)
_UNIT = re.compile(r"""unitid['"]?\s*[:=]\s*['"]?(\d+)|jpageform_(\d+)""", re.I)
_WEB = re.compile(r"""webid['"]?\s*[:=]\s*['"]?(\d+)""", re.I)
_COLUMN = re.compile(r"/col(\d+)/|columnid['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)

JPAAS_PAGE_SIZE = 50
"""Entries asked for at once; the API takes 50."""


class HanwebJpage(Platform):
    """jcms with jpage: `/col/col<ID>/index.html`, articles `/art/Y/M/D/art_<column>_<article>.html`."""

    id: ClassVar[str] = "hanweb_jpage"
    signatures: ClassVar[tuple[str, ...]] = (
        r"<datastore>",
        r"/module/web/jpage/",
        r"jpageform_\d+",
        r"\$\.jpage\(",
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html",
    )

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        records = list(_elements(text, "record"))
        if not records:
            return ListPage(read_links(text, url), _plain_next(text, url, page))
        links = _distinct(link for record in records for link in read_links(_record_html(record), url))
        total = _number(_TOTAL_RECORD.search(text))
        if total is not None and page.number == 1 and len(records) >= total:
            return ListPage(links, (), total)
        return ListPage(links, self._next(text, url, page, complete=total is None and page.number > 1), total)

    def _next(self, text: str, url: str, page: PageRequest, *, complete: bool) -> tuple[PageRequest, ...]:
        group = next(_elements(text, "nextgroup"), None)
        href = _HREF.search(_record_html(group)) if group else None
        if href is not None:
            target = urljoin(url, html.unescape(href.group(1)))
        elif "dataproxy.jsp" in url:
            # without a total an answer that names no next group is the last one
            if complete:
                return ()
            target = url
        else:
            built = self._proxy(text, url)
            if built is None:
                return ()
            target = built
        number = page.number + 1
        wanted = _page_of(target)
        if "dataproxy.jsp" in url:  # an answer may name its own group again: count on from the one asked for
            wanted = max(wanted or 0, (_page_of(url) or 0) + 1)
        return (PageRequest(_with_query(target, "page", str(wanted or number)), number=number),)

    @staticmethod
    def _proxy(text: str, url: str) -> str | None:
        """The list service's address, put together from the script of a page that names no next group."""
        unit, web = _number(_UNIT.search(text)), _number(_WEB.search(text))
        column = _number(_COLUMN.search(url)) or _number(_COLUMN.search(text))
        proxy = _PROXY.search(text)
        if unit is None or column is None or (proxy is None and "jpage" not in text):
            return None
        address = urljoin(url, proxy.group(1) if proxy else "/module/web/jpage/dataproxy.jsp")
        query = {"page": 2, "appid": 1, "path": "/", "columnid": column, "unitid": unit, "permissiontype": 0}
        if web is not None:
            query["webid"] = web
        return f"{address.split('?')[0]}?{urlencode(query)}"


class HanwebJpaas(Platform):
    """jpaas: a script of the column page carries the parameters of the list; the list is JSON with HTML in it."""

    id: ClassVar[str] = "hanweb_jpaas"
    signatures: ClassVar[tuple[str, ...]] = (
        r"/api-gateway/jpaas-publish-server/", r"querydata\s*=\s*[\"']\{", r"/art/\d{4}/art_[0-9a-f]{32}\.html",
    )  # fmt: skip

    _QUERY = re.compile(r"<script\b[^>]{0,2000}?\bquerydata\s*=\s*\"(\{[^\"]{1,4000}\})\"[^>]{0,500}>", re.I)
    _QUERY_SINGLE = re.compile(r"<script\b[^>]{0,2000}?\bquerydata\s*=\s*'(\{[^']{1,4000}\})'[^>]{0,500}>", re.I)
    _SERVICE = re.compile(r"""\burl\s*=\s*["']([^"']*/build/unit[^"']*)["']""", re.I)
    _CATALOGUE = re.compile(r"""['"]?xxgkId['"]?\s*[:=]\s*['"]([\w.-]{1,60})['"]""")
    _COUNT = re.compile(r"""\bcount\s*=\s*["'](\d+)["']""")

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        if page.number > 1 or text.lstrip()[:1] == "{":
            return self._answer(text, url, page)
        inlined = read_links(text, url)
        return ListPage(inlined, tuple(self._units(text, url)))

    def _units(self, text: str, url: str) -> Iterator[PageRequest]:
        scripts: list[tuple[str, dict[str, str]]] = []
        for pattern in (self._QUERY, self._QUERY_SINGLE):
            for match in pattern.finditer(text):
                parameters = _literal(html.unescape(match.group(1)))
                service = self._SERVICE.search(match.group(0))
                if parameters:
                    target = service.group(1) if service else "/api-gateway/jpaas-publish-server/front/page/build/unit"
                    scripts.append((urljoin(url, html.unescape(target)), parameters))
        lists = [unit for unit in scripts if re.search(r"列表|list|分页", unit[1].get("tagId", ""), re.I)]
        catalogue = self._CATALOGUE.search(text)
        for target, parameters in (lists or scripts)[:3]:
            query: dict[str, object] = {"pageNo": 1, "pageSize": JPAAS_PAGE_SIZE}
            if catalogue:
                query["search"] = json.dumps({"xxgkId": catalogue.group(1), "xxgkType": "", "className": ""})
            address = (
                f"{target}{'&' if '?' in target else '?'}{urlencode({**parameters, 'paramJson': json.dumps(query)})}"
            )
            # the API refuses a request that does not come from its page
            yield PageRequest(address, number=2, headers=(("Referer", url), ("X-Requested-With", "XMLHttpRequest")))

    def _answer(self, text: str, url: str, page: PageRequest) -> ListPage:
        try:
            data = json.loads(text).get("data") or {}
            fragment = str(data.get("html") or "") if isinstance(data, dict) else ""
        except (ValueError, AttributeError, RecursionError):
            return ListPage(())
        links = read_links(fragment, urljoin(url, "/"))
        total = _number(self._COUNT.search(fragment))
        if not links:
            return ListPage((), (), total)
        asked = json.loads(parse_qs(urlsplit(url).query).get("paramJson", ["{}"])[0])
        number = int(asked.get("pageNo", 1))
        if total is not None and number * int(asked.get("pageSize", JPAAS_PAGE_SIZE)) >= total:
            return ListPage(links, (), total)
        following = _with_query(url, "paramJson", json.dumps({**asked, "pageNo": number + 1}))
        return ListPage(links, (PageRequest(following, number=page.number + 1, headers=page.headers),), total)


class HanwebXxgk(Platform):
    """The catalogue: `xxgkAnnualReport.jsp?area=…&fbtime=<year>` is a report; `search.jsp` is a table of articles."""

    id: ClassVar[str] = "hanweb_xxgk"
    signatures: ClassVar[tuple[str, ...]] = (
        r"/module/xxgk/(?:xxgkAnnualReport|search|search_custom|subjectinfo|tree)\.jsp",
    )

    _PAGES = re.compile(r"共\s*(?:<[^>]{0,80}>\s*)?(\d+)\s*(?:</[^>]{0,20}>\s*)?页")

    def read(self, text: str, url: str, page: PageRequest) -> ListPage:
        links = self._rows(text, url) or read_links(text, url)
        pages = _number(self._PAGES.search(text))
        if links and pages and page.number < pages:
            following = _with_query(url, "currpage", str(page.number + 1))
            return ListPage(links, (PageRequest(following, page.number + 1, page.headers),))
        return ListPage(links, _plain_next(text, url, page))

    @staticmethod
    def _rows(text: str, url: str) -> tuple[ListLink, ...]:
        """Rows whose link carries title, date and number as attributes (mc, rq, wh)."""
        root = tree(text)
        if root is None:
            return ()
        fragments = (
            f'<li><a href="{html.escape(link.get("href") or "")}">{html.escape(link.get("mc") or "")}</a>'
            f"<i>{html.escape(link.get('rq') or '')}</i></li>"
            for link in root.iter("a")
            if link.get("mc") and link.get("href")
        )
        return _distinct(link for fragment in fragments for link in read_links(fragment, url))


def _plain_next(text: str, url: str, page: PageRequest) -> tuple[PageRequest, ...]:
    return tuple(PageRequest(target, number=page.number + 1) for target in next_links(text, url))


def _elements(text: str, name: str) -> Iterator[str]:
    """The contents of the data store's elements of a name, out of their CDATA sections; read in one pass."""
    position = 0
    while (begin := text.find(f"<{name}>", position)) >= 0:
        begin += len(name) + 2
        end = text.find(f"</{name}>", begin)
        if end < 0:
            return
        position = end
        yield text[begin:end].strip().removeprefix("<![CDATA[").removesuffix("]]>")


def _record_html(record: str) -> str:
    return record if "<" in record else html.unescape(record)


def _distinct(links: Iterator[ListLink]) -> tuple[ListLink, ...]:
    return tuple({link.url: link for link in links}.values())


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return next((int(group) for group in match.groups() if group), None)


def _page_of(url: str) -> int | None:
    value = parse_qs(urlsplit(url).query).get("page", [""])[0]
    return int(value) if value.isdigit() and len(value) < 6 else None


def _with_query(url: str, key: str, value: str) -> str:
    """The address with one query parameter set; the rest stays letter by letter as the site wrote it."""
    setting = f"{key}={quote(value, safe='')}"
    changed, times = re.subn(rf"(?<=[?&]){re.escape(key)}=[^&#]*", lambda _: setting, url, count=1)
    if times:
        return changed
    return f"{url}{'&' if '?' in url else '?'}{setting}"


def _literal(text: str) -> dict[str, str]:
    """A Python-like dict of texts, as these pages write it; empty when it is something else."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return {}
    return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}
