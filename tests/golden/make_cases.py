"""Write the pages of the golden cases from the words of the bundled recording: python -m tests.golden.make_cases.

The figures in the expected.json files are not written here: they were taken from the five published reports.
"""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement
from warcio.archiveiterator import ArchiveIterator

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

PAGES = {
    "beilun-2012": ("zhejiang_health", "https://www.bl.gov.cn/art/2013/3/12/art_1229055259_36012.html"),
    "yinzhou-2020": ("zhejiang_health", "https://www.nbyz.gov.cn/art/2021/1/8/art_1229117192_52020.html"),
    "kunming-2014": ("yunnan_health", "https://wsjkw.km.gov.cn/c/2015-02-04/3395825.shtml"),
    "zhangdian-2017": (
        "shandong_health",
        "http://www.zhangdian.gov.cn/gongkai/site_zdqwsjkj/channel_c_5f9f6a3dc916f710ccee90ff_n_1605683975.5200/doc_5fb4785601f4b32c920dd6b1.html",
    ),
    "zhenhai-2016": ("mirrors", "https://m.wenkunet.com/p-943838.html"),
}


def recorded(recording: str, url: str) -> bytes:
    with (ROOT / "demo" / "recording" / f"{recording}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_headers.get_header("WARC-Target-URI") == url:
                return bytes(record.content_stream().read())
    raise LookupError(url)


def _rows(table: HtmlElement) -> list[list[tuple[str, bool]]]:
    """The rows of a table as (text, printed here): a position covered by a cell from above or the left is not."""
    grid: dict[tuple[int, int], tuple[str, bool]] = {}
    rows = table.xpath(".//tr")
    for r, tr in enumerate(rows):
        c = 0
        for td in tr.xpath("./td"):
            while (r, c) in grid:
                c += 1
            across, down = int(td.get("colspan", "1")), int(td.get("rowspan", "1"))
            for dr in range(down):
                grid[r + dr, c] = ("", False)
            grid[r, c] = (td.text_content(), True)
            c += 1 if across else 0
            for dr in range(down):
                for dc in range(1, across):
                    grid[r + dr, c - 1 + dc] = ("", None)  # type: ignore[assignment]
            c += across - 1
    width = max(c for _, c in grid) + 1
    return [
        [grid[r, c] for c in range(width) if (r, c) in grid and grid[r, c][1] is not None] for r in range(len(rows))
    ]


def tabbed_text(body: HtmlElement) -> str:
    """A page as a text extraction with one cell a line, indented by a tab; values often on a line of their own."""
    out: list[str] = []
    for element in body:
        if element.tag == "table":
            for number, row in enumerate(_rows(element)):
                for place, (text, here) in enumerate(row):
                    if here and text.strip().isdigit() and (number + place) % 3 == 0:
                        out += ["\t", text]
                    else:
                        out.append("\t" + (text if here else ""))
                out.append("")
        elif isinstance(element.tag, str):
            out += [element.text_content(), ""]
    return unescape("\n".join(out))


def piped_text(body: HtmlElement) -> str:
    """A page as a text extraction whose table is a soup of pipes: every cell and every separator on its own line."""
    out: list[str] = []
    for element in body:
        if element.tag == "table":
            for row in _rows(element):
                printed = [text.strip() for text, here in row if here]
                if len(printed) == 1:
                    out += [printed[0], "|", "||||"]
                elif len(printed) == 3:
                    out += ["|", printed[0], "|", *(x for p in printed[1:] for x in ((p, "|") if p else ("|",))), "||"]
                else:
                    out += [x for p in printed for x in ((p, "|") if p else ("|",))]
                    out.append("|")
        elif isinstance(element.tag, str):
            out.append(element.text_content())
    return "\n".join(out)


def main() -> None:
    for case, (recording, url) in PAGES.items():
        folder = HERE / case
        folder.mkdir(exist_ok=True)
        content = recorded(recording, url)
        (folder / "page.html").write_bytes(content)
        (folder / "source.json").write_text(json.dumps({"url": url}) + "\n", encoding="utf-8")
        tree = html.fromstring(content.decode("utf-8"))
        if case == "yinzhou-2020":
            (title,) = tree.xpath("//h2")
            text = "\n" + title.text_content() + "\n\n" + tabbed_text(tree.get_element_by_id("zoom"))
            (folder / "page.txt").write_text(text, encoding="utf-8")
        if case == "kunming-2014":
            (body,) = tree.xpath("//div[@class='detail_content']")
            head = (
                tree.xpath("//h1")[0].text_content()
                + "\n发布时间:2015-02-04 16:44\n浏览次数:282\n字号:[\n大\n中\n小\n]\n"
            )
            (folder / "page.txt").write_text(head + piped_text(body), encoding="utf-8")


if __name__ == "__main__":
    main()
