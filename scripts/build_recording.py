"""Build the bundled recording: WARC files of pages that stand in for the network (`make recording`).

The same words give the same bytes: dates and record ids are fixed, so that a test can compare the files in the
repository with a fresh build.
"""

from __future__ import annotations

import io
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scripts.recording import articles, chrome, series
from scripts.recording.chrome import Article

RECORDED = "2026-10-01T08:00:00Z"
COLUMN = "政府信息公开年报"


@dataclass(frozen=True)
class Page:
    """One answer of the recording."""

    url: str
    body: str
    media_type: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    encoding: str = "utf-8"


def _art(base: str, column: str, number: int, date: str) -> str:
    year, month, day = date.split("-")
    return f"{base}/art/{year}/{int(month)}/{int(day)}/art_{column}_{number}.html"


def _examples(
    years: tuple[series.Year, ...], base: str, column: str, names: dict[int, str], first_number: int
) -> Iterator[Article]:
    """Example reports of one authority; `names` maps the first year of a name to the name printed from then on."""
    for y in years:
        name = names[max(first for first in names if first <= y.year)]
        date = f"{y.year + 1}-0{3 if y.year < 2019 else 1}-{10 + y.year % 15}"
        yield Article(
            url=_art(base, column, first_number + y.year, date),
            title=f"{name}{y.year}年政府信息公开工作年度报告",
            date=date,
            publisher=name,
            body=series.body(name, y),
            index_number=f"1133020600297{column[-4:]}/{y.year + 1}-{first_number + y.year}",
        )


def _hanweb_site(
    pages: list[Article], site: str, base: str, column: str, webid: str, unit: str, inlined: int, query: str = ""
) -> Iterator[Page]:
    """A Hanweb column with its articles, newest first; records past `inlined` are behind the proxy."""
    pages = sorted(pages, key=lambda page: page.date, reverse=True)
    yield Page(f"{base}/robots.txt", "User-agent: *\nDisallow: /manager/\n", "text/plain")
    yield Page(
        f"{base}/col/col{column}/index.html{query}",
        chrome.hanweb_column(pages, site, COLUMN, column, unit=unit, webid=webid, inlined=inlined),
    )
    if len(pages) > inlined:
        yield Page(
            chrome.hanweb_proxy_url(base, site, column, unit=unit, webid=webid),
            chrome.hanweb_proxy(pages[inlined:], len(pages)),
            "text/xml; charset=utf-8",
        )
    for page in pages:
        yield Page(page.url, chrome.hanweb_article(page, site, COLUMN))


def zhejiang() -> Iterator[Page]:
    """The authorities of Ningbo: a column with paging, real figures of two reports, examples around them."""
    column, base = "1229055259", "https://www.bl.gov.cn"
    health = {2008: "北仑区卫生局", 2014: "北仑区卫生和计划生育局", 2019: "宁波市北仑区卫生健康局"}
    real = Article(
        _art(base, column, 36012, "2013-03-12"),
        articles.BEILUN_2012_TITLE,
        "2013-03-12",
        "区卫生局",
        articles.BEILUN_2012,
        "11330206002973025/2013-36012",
    )
    pages = [real, *_examples(series.BEILUN, base, column, health, 34000)]
    yield from _hanweb_site(pages, "北仑区人民政府", base, column, "3021", "6101313", 10, "?number=BL02-08")

    column, base = "1229117192", "https://www.nbyz.gov.cn"
    real = Article(
        _art(base, column, 52020, "2021-01-08"),
        articles.YINZHOU_2020_TITLE,
        "2021-01-08",
        "鄞州区卫生健康局",
        articles.YINZHOU_2020,
        "11330212002971126X/2021-52020",
    )
    other = Article(  # a work report in the same column: not what the crawl is after
        _art(base, column, 52077, "2021-02-03"),
        "鄞州区卫生健康局2020年工作总结和2021年工作思路",
        "2021-02-03",
        "鄞州区卫生健康局",
        articles.paragraphs(
            "2020年，全区卫生健康系统全力抗击疫情，门急诊量1032万人次。", "2021年将继续推进医共体建设。"
        ),
        "11330212002971126X/2021-52077",
    )
    pages = [real, other, *_examples(series.YINZHOU, base, column, {2019: "鄞州区卫生健康局"}, 50000)]
    yield from _hanweb_site(pages, "鄞州区人民政府", base, column, "3030", "7201880", 20)

    column, base = "1229432696", "http://www.cixi.gov.cn"
    names = {2014: "慈溪市卫生和计划生育局", 2019: "慈溪市卫生健康局"}
    pages = list(_examples(series.CIXI, base, column, names, 3660000))
    pages[0] = Article(
        f"{base}/art/2017/3/17/art_{column}_3665108.html",
        pages[0].title,
        "2017-03-17",
        pages[0].publisher,
        pages[0].body,
    )
    yield from _hanweb_site(pages, "慈溪市人民政府", base, column, "3044", "5400121", 20)

    column, base = "1229138430", "http://www.nbjb.gov.cn"
    population = Article(
        f"{base}/art/2012/3/9/art_{column}_8066.html",
        "江北区人口和计划生育局2011年政府信息公开工作年度报告",
        "2012-03-09",
        "区人口计生局",
        series.body("江北区人口和计划生育局", series.JIANGBEI_POPULATION_2011),
    )
    pages = [population, *_examples(series.JIANGBEI, base, column, {2019: "江北区卫生健康局"}, 9000)]
    yield from _hanweb_site(pages, "江北区人民政府", base, column, "3028", "4400010", 20)

    column, base = "1229128365", "https://www.ninghai.gov.cn"
    pages = list(_examples(series.NINGHAI, base, column, {2019: "宁海县卫生健康局"}, 59000))
    yield from _hanweb_site(pages, "宁海县人民政府", base, column, "3047", "4700010", 20)


def yunnan() -> Iterator[Page]:
    """昆明市卫生局 2014 with its table; examples of its districts."""
    page = Article(
        "https://wsjkw.km.gov.cn/c/2015-02-04/3395825.shtml",
        articles.KUNMING_2014_TITLE,
        "2015-02-04",
        "昆明市卫生局",
        articles.KUNMING_2014,
    )
    yield Page("https://wsjkw.km.gov.cn/robots.txt", "not found", "text/plain", "404 Not Found")
    yield Page(page.url, chrome.kunming_article(page))
    hosts = set()
    for url, (name, year) in series.KUNMING.items():
        host, date = url.split("/c/")[0], url.split("/")[4]
        if host not in hosts:
            yield Page(f"{host}/robots.txt", "not found", "text/plain", "404 Not Found")
            hosts.add(host)
        title = f"{name}{year.year}年政府信息公开工作年度报告"
        yield Page(url, chrome.kunming_article(Article(url, title, date, name, series.body(name, year))))


def shandong() -> Iterator[Page]:
    """张店区 2017 on Zibo's disclosure platform."""
    base = "http://www.zhangdian.gov.cn/gongkai/site_zdqwsjkj/"
    page = Article(
        base + "channel_c_5f9f6a3dc916f710ccee90ff_n_1605683975.5200/doc_5fb4785601f4b32c920dd6b1.html",
        articles.ZHANGDIAN_2017_TITLE,
        "2018-02-01",
        "张店区卫计局",
        articles.ZHANGDIAN_2017,
        "11370303MB2859521Q/2018-None",
    )
    yield Page("http://www.zhangdian.gov.cn/robots.txt", "not found", "text/plain", "404 Not Found")
    yield Page(base, chrome.gongkai_list([page], "张店区卫生健康局"))
    yield Page(page.url, chrome.gongkai_article(page, "张店区卫生健康局"))


def mirrors() -> Iterator[Page]:
    """镇海区 2016 on a document-sharing site."""
    yield Page("https://m.wenkunet.com/robots.txt", "User-agent: *\nAllow: /\n", "text/plain")
    yield Page(
        "https://m.wenkunet.com/p-943838.html",
        chrome.sharing_page(
            articles.ZHENHAI_2016_TITLE,
            articles.sliced(articles.ZHENHAI_2016, 5),
            "943838",
            "瓦拉西瓦",
            "2019-10-15",
            5,
            "32KB",
        ),
    )


RECORDINGS = {"zhejiang_health": zhejiang, "yunnan_health": yunnan, "shandong_health": shandong, "mirrors": mirrors}


def record(pages: Iterator[Page]) -> bytes:
    """The WARC bytes of some pages: one gzip member a record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for page in pages:
        body = page.body.encode(page.encoding)
        headers = [
            ("Content-Type", page.media_type),
            ("Content-Length", str(len(body))),
            ("Date", "Thu, 01 Oct 2026 08:00:00 GMT"),
        ]
        warc_headers = {
            "WARC-Date": RECORDED,
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, page.url)}>",
        }
        writer.write_record(
            writer.create_warc_record(
                page.url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders(page.status, headers, protocol="HTTP/1.1"),
                warc_headers_dict=warc_headers,
            )
        )
    return out.getvalue()


def main(folder: Path) -> None:
    """Write one WARC file a spider into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pages in RECORDINGS.items():
        content = record(pages())
        (folder / f"{name}.warc.gz").write_bytes(content)
        sys.stdout.write(f"{name}.warc.gz: {len(content):,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
