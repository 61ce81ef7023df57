# ruff: noqa: E501
"""What stands around the article: title, date, publisher, index box, links, and pages that are none."""

from __future__ import annotations

import time
from datetime import date

import pytest

from parsers import report
from parsers.article import extract_article, is_attachment
from parsers.model import Document, Grid, Link, Paragraph, Source, Status
from parsers.readers.html import read
from tests.html.pages import BODIES, Facts
from tests.html.pages import page as sample

URL = "http://www.qinghe-example.gov.cn/zwgk/nb/a.html"
TITLE = "青禾县卫生健康局2022年政府信息公开工作年度报告"
BODY = "<p>本局全年公开信息318条，受理申请4件，均已答复。</p><p>没有收取费用，没有复议和诉讼。</p>"


def page(around: str, head: str = "", title: str = TITLE) -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{around}</body></html>"


def document(around: str, head: str = "", title: str = TITLE, url: str = URL) -> Document:
    return read(Source(page(around, head, title).encode(), url, "text/html"))


def texts(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


ZOOM = f"<div id='zoom'>{BODY}</div>"
META = (
    '<meta name="ArticleTitle" content="{}"><meta name="PubDate" content="{}"><meta name="ContentSource" content="{}">'
)

TITLES = {
    "meta": (page(ZOOM, META.format(TITLE, "", ""), "年报-青禾县人民政府"), TITLE),
    "meta_null": (page(f"<h1>{TITLE}</h1>{ZOOM}", META.format("null", "", ""), "青禾县人民政府"), TITLE),
    "meta_cut": (page(f"<h2>{TITLE}</h2>{ZOOM}", META.format(TITLE[:20], "", "")), TITLE),
    "meta_cut_with_dots": (page(f"<h2>{TITLE}</h2>{ZOOM}", META.format(TITLE[:20] + "...", "", "")), TITLE),
    "upper_case_meta": (page(ZOOM, f"<META NAME='ARTICLETITLE' CONTENT='{TITLE}'>", "x"), TITLE),
    "heading": (page(f"<h3>{TITLE}</h3>{ZOOM}", title="青禾县人民政府 年报"), TITLE),
    "heading_in_two_lines_without_a_container": (
        page(
            f"<main><h1>青禾县卫生健康局<br>关于2022年政府信息公开工作的报告</h1><p>2023-01-16 字号：大中小</p>{BODY}</main>",
            title="青禾县卫生健康局",
        ),
        "青禾县卫生健康局关于2022年政府信息公开工作的报告",
    ),
    "heading_in_two_lines": (page(f"<h1>青禾县卫生健康局<br>2022年政府信息公开工作年度报告</h1>{ZOOM}"), TITLE),
    "site_after": (page(ZOOM, title=f"{TITLE}-青禾县人民政府"), TITLE),
    "site_and_column_after": (page(ZOOM, title=f"{TITLE}_政府信息公开年报_青禾县人民政府门户网站"), TITLE),
    "site_before": (
        page(f"<div>{TITLE}</div><div>发布时间：2023-01-16</div>{ZOOM}", title=f"青禾县人民政府 {TITLE}"),
        TITLE,
    ),
    "dash_in_title": (page(ZOOM, title="1-10月青禾县投资结构趋稳 - 青禾县人民政府网站"), "1-10月青禾县投资结构趋稳"),
    "ucap_tag": (page(f"<ucaptitle>{TITLE}</ucaptitle><ucapcontent>{BODY}</ucapcontent>", title="青禾县"), TITLE),
    "above_the_date": (
        page(f"<p><b>{TITLE}</b></p><p>发布日期：2023-01-16 浏览次数：3</p>{ZOOM}", title="信息公开"),
        TITLE,
    ),
    "index_box_cell_by_cell_inside": (
        page(
            f"<div>当前位置： 首页 &gt; 县卫健局 &gt; 信息公开年报</div><div class='wzcon'><table><tr><td>索引号：</td><td>0031/2023-1</td><td>信息分类：</td><td>年报</td></tr>"
            f"<tr><td>发布机构：</td><td>县卫健局</td><td>发布日期：</td><td>2023-01-16</td></tr></table><h1>{TITLE}</h1><div>发布时间：2023-01-16 16:41 来源：县卫健局</div><div>{BODY}</div></div>",
            title="青禾县",
        ),
        TITLE,
    ),
    "in_two_lines_below_the_box": (
        page(
            f"<table><tr><td>索引号：</td><td>0031/2023-1</td></tr><tr><td>标题：</td><td>{TITLE}</td></tr><tr><td>发布日期：</td><td>2023-01-16</td></tr></table>"
            f"<div class='c'><p align='center'><b>青禾县卫生健康局2022年</b><br><b>政府信息公开工作年度报告</b></p>{BODY}</div>",
        ),
        TITLE,
    ),
    "inside_the_body": (
        page(f"<div id='zoom'><p>{TITLE}</p><p>发布日期：2023-01-16 来源：本局</p>{BODY}</div>", title="信息公开"),
        TITLE,
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_title(name: str) -> None:
    markup, expected = TITLES[name]
    assert extract_article(markup, URL).title == expected


@pytest.mark.parametrize("name", TITLES)
def test_body_is_the_same_whatever_the_title(name: str) -> None:
    found = read(Source(TITLES[name][0].encode(), URL))
    assert texts(found)[-2:] == ["本局全年公开信息318条，受理申请4件，均已答复。", "没有收取费用，没有复议和诉讼。"]
    assert len(texts(found)) == 2


def test_title_that_the_body_prints_again_stays_in_the_body() -> None:
    found = document(f"<h1>{TITLE}</h1><p>发布时间：2023-01-16</p><div id='zoom'><p>{TITLE}</p>{BODY}</div>")
    assert found.title == TITLE
    assert texts(found)[0] == TITLE


DATES = {
    "meta": (page(ZOOM, META.format(TITLE, "2023-01-16 09:12", "")), date(2023, 1, 16)),
    "meta_seconds": (page(ZOOM, META.format(TITLE, "2023-01-16 09:12:44", "")), date(2023, 1, 16)),
    "line": (page(f"<p>发布时间：2023年1月16日</p>{ZOOM}"), date(2023, 1, 16)),
    "line_slashes": (page(f"<p>发表日期：2023/1/16 8:00</p>{ZOOM}"), date(2023, 1, 16)),
    "day_first": (page(f"<h1>{TITLE}</h1><p>2023-01-16 来源：本局</p>{ZOOM}"), date(2023, 1, 16)),
    "colon_of_the_style_sheet": (
        page(
            f"<ul><li><span>索引号</span><span>0031/2023-1</span></li><li><span>发布日期</span><span>2023-01-16</span></li><li><span>有效性</span><span>有效</span></li></ul><h1>{TITLE}</h1>{ZOOM}"
        ),
        date(2023, 1, 16),
    ),
    "no_century": (page(f"<div>{TITLE}</div><div>发布日期: 23-01-16 浏览次数: 12</div>{ZOOM}"), date(2023, 1, 16)),
    "paper_first": (
        page(f"<h1>{TITLE}</h1><div>青禾新闻网　2023年01月16日07:55　来源：青禾日报</div><div>{BODY}</div>"),
        date(2023, 1, 16),
    ),
    "other_days_first": (
        page(
            f"<div><div>{TITLE}</div><div><span>状态：已结束</span><span>开始时间：2023-02-01</span><span>发布日期：2023-01-16</span></div>{BODY}</div>"
        ),
        date(2023, 1, 16),
    ),
    "no_label": (page(f"<h1>{TITLE}</h1><p><span>2023-01-16</span></p>{ZOOM}"), date(2023, 1, 16)),
    "box_disclosed": (
        page(f"<table><tr><td>公开日期</td><td>2023-01-16</td><td>生成日期</td><td>2024-05-05</td></tr></table>{ZOOM}"),
        date(2023, 1, 16),
    ),
    "published_before_disclosed": (
        page(f"<p>公开日期：2023-02-01</p><p>发布日期：2023-01-16</p>{ZOOM}"),
        date(2023, 1, 16),
    ),
    "generated_is_none": (page(f"<p>生成日期：2024-05-05</p><p>页面生成时间：2024-05-28 15:46</p>{ZOOM}"), None),
    "collected_is_none": (page(f"<p>采集时间：2025-12-30T21:37:37+08:00</p>{ZOOM}"), None),
    "meta_empty": (page(f"<p>发布时间：2023-01-16</p>{ZOOM}", META.format(TITLE, "", "")), date(2023, 1, 16)),
    "no_such_day": (page(f"<p>发布时间：2023-02-31</p>{ZOOM}"), None),
    "in_the_text_only": (page("<div id='zoom'><p>截至2022年12月31日，公开信息3条。</p></div>"), None),
}


@pytest.mark.parametrize("name", DATES)
def test_published(name: str) -> None:
    markup, expected = DATES[name]
    assert extract_article(markup, URL).published == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/art/2023/1/6/art_1229_40.html", date(2023, 1, 6)),
        ("/zwgk/202301/t20230106_894429.htm", date(2023, 1, 6)),
        ("/c/2023-01-06/3395825.shtml", date(2023, 1, 6)),
        ("/gongkai/channel_5f9f/doc_63c0e300a068ab69c06185bf.html", None),
        ("/col/col1229/art/2023/art_16d8eb765f574217ba89698511f84d21.html", None),
        ("/art/2023/13/41/art_1229_40.html", None),
    ],
)
def test_published_from_the_address(path: str, expected: date | None) -> None:
    assert extract_article(page(ZOOM), "http://www.qinghe-example.gov.cn" + path).published == expected


def test_dates_that_differ_are_a_finding() -> None:
    found = document(f"<p>发布时间：2023-01-16</p>{ZOOM}", META.format(TITLE, "2023-01-20", ""))
    assert found.published == date(2023, 1, 16)
    assert [finding.code for finding in found.findings] == ["date.differs"]


BOXES = {
    "table": "<table><tr><td>索&nbsp;引&nbsp;号：</td><td>1133/2023-7</td><td>文&nbsp;&nbsp;&nbsp;&nbsp;号：</td><td>青卫〔2023〕1号</td></tr><tr><td>发布机构：</td><td>县卫健局</td><td>成文日期：</td><td>2023-01-13</td></tr></table>",
    "table_without_colons": "<table><tr><th>索引号</th><td>1133/2023-7</td><th>文　号</th><td>青卫〔2023〕1号</td></tr><tr><th>发布机构</th><td>县卫健局</td><th>成文日期</th><td>2023-01-13</td></tr></table>",
    "one_cell_a_pair": "<table><tr><td>索引号：1133/2023-7</td><td>文号：青卫〔2023〕1号</td></tr><tr><td>发布机构：县卫健局</td><td>成文日期：2023-01-13</td></tr></table>",
    "list": "<ul><li><b>索引号：</b>1133/2023-7</li><li><b>文号：</b>青卫〔2023〕1号</li><li><b>发布机构：</b>县卫健局</li><li><b>成文日期：</b>2023-01-13</li></ul>",
    "definitions": "<dl><dt>索引号：</dt><dd>1133/2023-7</dd><dt>文号：</dt><dd>青卫〔2023〕1号</dd><dt>发布机构：</dt><dd>县卫健局</dd><dt>成文日期：</dt><dd>2023-01-13</dd></dl>",
    "one_line": "<p>索引号: 1133/2023-7 文号: 青卫〔2023〕1号 发布机构: 县卫健局 成文日期: 2023-01-13</p>",
    "spans": "<div><span>索引号：1133/2023-7</span><span>文号：青卫〔2023〕1号</span><span>发布机构：县卫健局</span><span>成文日期：2023-01-13</span></div>",
}


@pytest.mark.parametrize("name", BOXES)
def test_index_box(name: str) -> None:
    found = document(f"{BOXES[name]}<h1>{TITLE}</h1>{ZOOM}")
    assert {label: found.index_box.get(label) for label in ("索引号", "文号", "发布机构", "成文日期")} == {
        "索引号": "1133/2023-7",
        "文号": "青卫〔2023〕1号",
        "发布机构": "县卫健局",
        "成文日期": "2023-01-13",
    }
    assert found.publisher == "县卫健局"
    assert len(found.blocks) == 2


def test_blank_value_is_not_the_next_label() -> None:
    found = document(
        f"<table><tr><td>文号</td><td></td><td>主题词</td><td></td></tr><tr><td>发布机构</td><td>县卫健局</td></tr></table><h1>{TITLE}</h1>{ZOOM}"
    )
    assert dict(found.index_box) == {"发布机构": "县卫健局"}


def test_publisher_from_meta_when_there_is_no_box() -> None:
    assert document(ZOOM, META.format(TITLE, "2023-01-16", "县卫健局办公室")).publisher == "县卫健局办公室"


# ---------------------------------------------------------------- links

FILES = {
    "relative": ("<a href='./P020230116.pdf'>全文</a>", Link("http://www.qinghe-example.gov.cn/zwgk/nb/P020230116.pdf", "全文")),
    "root": ("<a href='/upload/a.docx'>全文.docx</a>", Link("http://www.qinghe-example.gov.cn/upload/a.docx", "全文.docx")),
    "other_host": ("<a href='https://oss.example.com/site/attach/0/a.xls'>表</a>", Link("https://oss.example.com/site/attach/0/a.xls", "表")),
    "no_scheme": ("<a href='//oss.example.com/a.xls'>表</a>", Link("http://oss.example.com/a.xls", "表")),
    "hanweb": (
        "<a href='/module/download/downfile.jsp?classid=0&showname=%E8%A1%A8.xls&filename=9f.xls'></a>",
        Link("http://www.qinghe-example.gov.cn/module/download/downfile.jsp?classid=0&showname=%E8%A1%A8.xls&filename=9f.xls", "表.xls"),
    ),
    "onclick": ("<a href='#' onclick=\"downloadFj('统计表','./rules.docx')\">统计表</a>", Link("http://www.qinghe-example.gov.cn/zwgk/nb/rules.docx", "统计表")),
    "onclick_on_a_span": ("<span onclick=\"window.open('/f/rules.pdf')\">统计表</span>", Link("http://www.qinghe-example.gov.cn/f/rules.pdf", "统计表")),
    "javascript": ("<a href=\"javascript:openFile('/f/rules.pdf');\">统计表</a>", Link("http://www.qinghe-example.gov.cn/f/rules.pdf", "统计表")),
    "viewer": ("<iframe src='/pdfjs/web/viewer.html?file=/f/nb.pdf'></iframe>", Link("http://www.qinghe-example.gov.cn/f/nb.pdf", "nb.pdf")),
    "embedded": ("<embed src='/f/nb.pdf'>", Link("http://www.qinghe-example.gov.cn/f/nb.pdf", "nb.pdf")),
}  # fmt: skip


@pytest.mark.parametrize("place", ["inside", "below"])
@pytest.mark.parametrize("name", FILES)
def test_attachment(name: str, place: str) -> None:
    markup, link = FILES[name]
    around = (
        f"<div id='zoom'>{BODY}<p>附件：{markup}</p></div>"
        if place == "inside"
        else f"{ZOOM}<div class='fj'>{markup}</div>"
    )
    assert link in document(around).links


def test_only_an_attachment() -> None:
    found = document(
        f"<h1>{TITLE}</h1><p>发布时间：2023-01-16</p><div id='zoom'><p><a href='nb.pdf'>年度报告.pdf</a></p></div>"
    )
    assert found.links == (Link("http://www.qinghe-example.gov.cn/zwgk/nb/nb.pdf", "年度报告.pdf"),)
    assert texts(found) == ["年度报告.pdf"]
    assert "page.list" not in [finding.code for finding in found.findings]


def test_links_that_lead_nowhere_are_left_out() -> None:
    found = document(
        f"<div id='zoom'>{BODY}<p><a href='javascript:void(0)'>a</a><a href='#top'>b</a><a href='mailto:x@y.cn'>c</a><a href='http://[bad'>d</a></p></div>"
    )
    assert found.links == ()


def test_base_element() -> None:
    found = document(f"<div id='zoom'>{BODY}<a href='x.pdf'>x</a></div>", "<base href='http://static.example.com/f/'>")
    assert found.links == (Link("http://static.example.com/f/x.pdf", "x"),)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/b.PDF", True), ("b.doc?x=1", True), ("/f/b.wps#p", True), ("/api/document/download?fileUrl=x", True),
        ("/api/file?fileName=%E8%A1%A8.xls", True), ("/a/b.html", False), ("/pdf/", False), ("/doc", False), ("", False),
        ("http://www.a.com", False), ("index.jsp?name=pdf", False),
    ],
)  # fmt: skip
def test_is_attachment(address: str, expected: bool) -> None:
    assert is_attachment(address) is expected


def test_pictures_large_enough_for_a_page() -> None:
    found = document(
        f"<div id='zoom'>{BODY}<img src='W1.jpg'><img src='W2.png' width='800' height='1100'><img src='x.gif' width='16'><img src='/icons/icon_doc.gif'><img></div><img src='banner.jpg'>"
    )
    assert found.pictures == 2


# ---------------------------------------------------------------- containers

CONTAINERS = {
    "empty_known_one": f"<div id='zoom'></div><div class='TRS_Editor'>{BODY}</div>",
    "script_only_known_one": f"<div id='zoom'><script>load('text')</script></div><div class='TRS_Editor'>{BODY}</div>",
    "two_editors": "<div class='x'><div class='TRS_Editor'><p>本局全年公开信息318条，受理申请4件，均已答复。</p></div><div class='TRS_Editor'><p>没有收取费用，没有复议和诉讼。</p></div></div>",
    "editor_in_editor": f"<div class='TRS_Editor'><div class='TRS_Editor'>{BODY}</div></div>",
    "container_shown_by_script": f"<div id='zoom' style='display:none'>{BODY}</div>",
    "comment_anchors": f"<div><div>浏览</div><!--<$[信息内容]>begin-->{BODY}<!--<$[信息内容]>end--><div>打印</div></div>",
    "comment_anchors_spaced": f"<div><span>甲</span><!-- 正文 开始 -->{BODY}<!-- 正文 结束 --></div>",
    "cell": f"<table><tr><td class='bt_content'>{BODY}</td></tr></table>",
    "font": f"<font id='Zoom'>{BODY}</font>",
    "loose": BODY,
    "nothing_but_text": "本局全年公开信息318条，受理申请4件，均已答复。<br>没有收取费用，没有复议和诉讼。",
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_container(name: str) -> None:
    assert texts(document(f"<h1>{TITLE}</h1><p>发布时间：2023-01-16</p>{CONTAINERS[name]}")) == [
        "本局全年公开信息318条，受理申请4件，均已答复。",
        "没有收取费用，没有复议和诉讼。",
    ]


CONTENT = {
    "publisher_and_day": "<p>青禾县卫生健康局</p><p>2023年1月13日</p>",
    "words_of_menus": "<p>依申请公开</p><p>政务公开</p><p>无</p>",
    "contact": "<p>地址：河东路18号</p><p>邮编：339901</p><p>电话：0599-2200118</p>",
    "attachment_line": "<p>附件：统计表</p>",
    "tool_words": "<p>政务微博</p><p>微信</p><p>更多</p>",
    "one_link": "<p><a href='http://www.a.gov.cn'>http://www.a.gov.cn</a></p>",
}


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("place", ["above", "below"])
def test_content_that_looks_like_chrome_stays(name: str, place: str) -> None:
    inside = BODY + CONTENT[name] if place == "below" else CONTENT[name] + BODY
    found = document(f"<h1>{TITLE}</h1><p>发布时间：2023-01-16</p><div id='zoom'>{inside}</div>")
    assert len(found.blocks) == 2 + CONTENT[name].count("<p>")


# ---------------------------------------------------------------- pages without an article

LIST = "".join(
    f"<li><a href='{year}.html' title='t'>青禾县卫生健康局{year}年政府信息公开工作年度报告</a><span>[{year + 1}-01-16]</span></li>"
    for year in range(2012, 2023)
)
NO_ARTICLE = {
    "list": (
        f"<h2>政府信息公开年报</h2><ul class='infoList'>{LIST}</ul><div>首页 上一页 下一页 尾页</div>",
        "page.list",
    ),
    "list_in_a_known_container": (f"<div class='news_content'><ul>{LIST}</ul></div>", "page.list"),
    "table_of_links": (
        f"<table>{LIST.replace('<li>', '<tr><td>').replace('<span>', '</td><td>').replace('</span></li>', '</td></tr>')}</table>",
        "page.list",
    ),
    "challenge": (
        "<script>go({bts:[1,2],chars:'x'})</script><noscript>请开启JavaScript并刷新该页</noscript>",
        "page.no_article",
    ),
    "empty": ("", "page.no_article"),
    "missing": (
        "<div><img src='4.png'><p>很抱歉，您要访问的页面不存在或已被删除！</p><p>1.网址有错误，请检查地址是否完整；</p><a href='/'>返回首页</a><p>5秒后自动跳转</p></div>",
        "page.no_article",
    ),
    "not_loaded": ("<div>正在加载，请稍候...</div><div>主办：青禾县人民政府</div>", "page.no_article"),
    "missing_below_a_heading": (
        "<div><h2>提示信息</h2><p>该信息已被删除。</p><p><a href='javascript:history.back()'>点击这里返回上一页</a></p></div>",
        "page.no_article",
    ),
    "list_with_summaries": (
        "".join(
            f"<div><h4><a href='/{n}.html'>青禾县召开第{n}次安全生产会议</a></h4><p>近日，青禾县召开第{n}次会议，各部门负责人参加...</p><span>2023-05-1{n}</span></div>"
            for n in range(6)
        ),
        "page.list",
    ),
    "front_page": (
        "<div>今天是2023年5月6日 星期六 <a>简体</a> <a>繁體</a></div><div><h3>要闻</h3><ul>"
        + "".join(f"<li><a href='/{n}.html'>青禾县召开第{n}次防汛抗旱工作会议</a></li>" for n in range(6))
        + "</ul></div>",
        "page.list",
    ),
    "menu_only": ("<ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li></ul>", "page.no_article"),
}


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_no_article(name: str) -> None:
    markup, code = NO_ARTICLE[name]
    found = document(markup, title="政府信息公开年报-青禾县人民政府")
    assert found.blocks == ()
    assert code in [finding.code for finding in found.findings]


def test_list_page_keeps_its_links() -> None:
    found = document(NO_ARTICLE["list"][0])
    assert len([link for link in found.links if "年度报告" in link.text]) == 11


@pytest.mark.parametrize(
    ("path", "call", "following"),
    [
        ("t20230116_7.htm", "createPageHTML(3, 0, 't20230116_7', 'htm')", "t20230116_7_1.htm"),
        ("t20230116_7_1.htm", "createPageHTML(3, 1, 't20230116_7', 'htm')", "t20230116_7_2.htm"),
        ("t20230116_7_2.htm", "createPageHTML(3, 2, 't20230116_7', 'htm')", None),
    ],
)
def test_article_on_several_pages(path: str, call: str, following: str | None) -> None:
    base = "http://www.qinghe-example.gov.cn/nb/"
    found = document(f"{ZOOM}<script>{call}</script>", url=base + path)
    (paged,) = [finding for finding in found.findings if finding.code == "article.paged"]
    assert paged.data["next"] == (base + following if following else None)


PAGERS = {
    "first": ("a_7.html", '<a href="a_7_2.html">[2]</a> <a href="a_7_3.html">[3]</a><a href="a_7_2.html">下一页</a>',
              ["a_7_2.html", "a_7_3.html"], 1),
    "arrow": ("a.html", '<a href="./a_1.html"><span>下一页&gt;&gt;</span></a>', ["a_1.html"], 1),
    "page one has two names": ("a.html", '<a href="a_1.html">1</a><a href="a_2.html">2</a><a href="a_2.html">下一页</a>',
                               ["a_2.html"], 1),
    "query": ("show?id=7", '<a href="show?id=7&pageNo=2">下一页</a>', ["show?id=7&pageNo=2"], 1),
    "second": ("a_2.html", '<a href="a.html">上一页</a><a href="a_3.html">下一页</a>', ["a_3.html"], None),
    "bare numbers": ("a.html", '<span>1</span><a href="a_2.html">2</a> <a href="a_3.html">[ 3 ]</a>', ["a_2.html", "a_3.html"], 1),
    "a footnote": ("a.html", '<a href="#n2">2</a><a href="b_2.html"><sup>3</sup></a>', [], 0),
    "next article": ("a_1_2020.html", '<a href="a_1_2021.html">下一页</a>', [], 0),
    "another name": ("a.html", '<a href="b_2.html">下一页</a>', [], 0),
    "another folder": ("a.html", '<a href="x/a_2.html">下一页</a>', [], 0),
    "another host": ("a.html", '<a href="http://www.other-example.gov.cn/nb/a_2.html">下一页</a>', [], 0),
    "a file": ("a.html", '<a href="a_2.pdf">下一页</a>', [], 0),
    "no word": ("a.html", '<a href="a_2.html">统计表</a><p>见下一页</p>', [], 0),
    "no address": ("a.html", '<a href="http://[">下一页</a><a href="javascript:next()">下一页</a>', [], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGERS)
def test_links_to_the_pages_of_an_article(name: str) -> None:
    path, links, further, page = PAGERS[name]
    base = "http://www.qinghe-example.gov.cn/nb/"
    found = document(f"{ZOOM}<div>{links}</div>", url=base + path)
    assert found.further == tuple(base + address for address in further)
    paged = [finding.data["page"] for finding in found.findings if finding.code == "article.paged"]
    assert paged == ([] if page == 0 else [page])


@pytest.mark.parametrize(("pages", "partial"), [(2, True), (1, False)])
def test_report_on_several_pages_is_partial(pages: int, partial: bool) -> None:
    agency = "宁波市鄞州区卫生健康局"
    facts = Facts(agency=agency, title=f"{agency}2022年政府信息公开工作年度报告", site="宁波市鄞州区人民政府")
    markup, url = sample("trs", BODIES["sections"], facts)
    call = f"<script>createPageHTML({pages}, 0, 't20230116_894429', 'htm')</script></body>"
    reading = report.read(Source(markup.replace("</body>", call).encode(), url, "text/html", "utf-8"))
    assert ("article.paged" in [finding.code for finding in reading.findings]) is partial
    assert reading.report is not None
    assert (reading.report.status is Status.PARTIAL) is partial


def test_article_on_one_page() -> None:
    assert document(f"{ZOOM}<script>createPageHTML(1, 0, 't', 'htm')</script>").findings == ()


SUFFIXED = {
    "网站名与域名": (f"{TITLE}-青禾县人民政府-www.qinghe-example.gov.cn", TITLE),
    "全角连接号在前": (f"青禾县人民政府－{TITLE}", TITLE),
    "网站与栏目在前": (f"青禾县政府网-政府信息公开-{TITLE}", TITLE),
    "门户网站在后": (f"{TITLE}_青禾县人民政府门户网站", TITLE),
    "栏目与网站在后": (f"{TITLE} | 政府信息公开年报 | 青禾县人民政府", TITLE),
    "机关名是标题的一半": ("青禾县卫生健康局-2022年度报告摘要", "青禾县卫生健康局-2022年度报告摘要"),
    "栏目与网站名各异": (f"{TITLE}_信息公开_青禾之窗_青禾县人民政府", TITLE),
    "栏目短于标题": ("李秋实_领导之窗_青禾县人民政府", "李秋实"),
    "网站在前也在后": (f"青禾县政府网_{TITLE}_青禾县人民政府", TITLE),
    "以连接号开头": (f"－{TITLE}－", TITLE),
    "只有连接号": ("－－", None),
}


@pytest.mark.parametrize("name", SUFFIXED)
def test_title_element_without_the_site(name: str) -> None:
    printed, title = SUFFIXED[name]
    markup = f"<html><head><title>{printed}</title></head><body><div id='zoom'><p>全年主动公开信息三条。</p></div></body></html>"
    assert read(Source(markup.encode(), "http://a.example/1.html", "text/html", "utf-8")).title == title


# ---------------------------------------------------------------- hostile input

HOSTILE = {
    "deep_divs": "<div>" * 20_000 + "内容只有一行。" + "</div>" * 20_000,
    "deep_tables": "<table><tr><td>" * 3_000 + "内容只有一行。",
    "deep_fonts": "<font>" * 5_000 + "<p>内容只有一行。</p>",
    "unclosed_paragraphs": "<p>" * 20_000 + "内容只有一行。",
    "angle_brackets": "<" * 50_000 + "<p>内容只有一行。</p>",
    "long_attribute": f"<p style='{'a' * 1_000_000}'>内容只有一行。</p>",
    "labels": ("<p>" + "索" + " " * 390 + "</p>") * 20 + "<p>" + "发布时间：" * 70 + "</p><p>内容只有一行。</p>",
    "paths": ("<p>" + ">>" * 95 + "</p>") * 50 + "<p>内容只有一行。</p>",
    "quotes": '<a onclick="' + "'" * 50_000 + '">x</a><p>内容只有一行。</p>',
    "comments": "<!--" * 20_000 + "--><p>内容只有一行。</p>",
    "zero_bytes": "<p>内\0容只有\0一行。</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup(name: str) -> None:
    started = time.process_time()
    found = read(Source(HOSTILE[name].encode(), URL))
    assert any("内容只有一行。" in text for text in texts(found))
    assert time.process_time() - started < 5


TOO_LARGE = {
    "cells": "<tr>" + "<td>1</td>" * 100 + "</tr>",
    "spans": "<tr>" + "<td rowspan=60000 colspan=1000>1</td>" * 100 + "</tr>",
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_table_too_large(name: str) -> None:
    found = document(f"<div id='zoom'><p>一、概述</p><table>{TOO_LARGE[name] * 800}</table><p>二、其他</p></div>")
    assert texts(found) == ["一、概述", "二、其他"]
    assert not any(isinstance(block, Grid) for block in found.blocks)
    assert [finding.code for finding in found.findings] == ["table.too_large"]


KEPT = {
    "bookmarks_around_paragraphs": (
        f"<h1>{TITLE}</h1><div class='x'><p><a name='OLE_LINK1'>本局全年公开信息318条，均已答复。</a></p><p><a name='_Toc2'>没有收取费用。</a></p></div>",
        ["本局全年公开信息318条，均已答复。", "没有收取费用。"],
    ),
    "organisers_of_an_event": (
        (
            f"<h1>{TITLE}</h1><div>日期：2023-01-16 点击：8</div><div class='x'><p>现将比赛的有关事项通知如下。</p><p>主办单位：县总工会</p><p>承办单位：县体育中心</p></div>"
            "<div class='f'><p>主办单位：青禾县人民政府</p><p>浙ICP备00000000号</p></div>"
        ),
        ["现将比赛的有关事项通知如下。", "主办单位：县总工会", "承办单位：县体育中心"],
    ),
    "day_of_an_event": (
        f"<h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div id='zoom'><p>时间：2023年2月6日（周一）上午9时</p><p>地点：县体育馆</p><p>欢迎参加。</p></div>",
        ["时间：2023年2月6日（周一）上午9时", "地点：县体育馆", "欢迎参加。"],
    ),
    "attachments_that_are_pages": (
        f"<h1>{TITLE}</h1><div id='zoom'><p>现将年度报告报送，请予汇总。</p><p>附件：</p><p><a href='/1.html'>1.县疾控中心年报</a></p><p><a href='/2.html'>2.县妇保院年报</a></p><p><a href='/3.html'>3.县监督所年报</a></p></div>",
        ["现将年度报告报送，请予汇总。", "附件：", "1.县疾控中心年报", "2.县妇保院年报", "3.县监督所年报"],
    ),
    "names_under_a_form": (
        f"<h1>{TITLE}</h1><div id='zoom'><p>本局没有收到申请。</p><p>填报人：任某</p><p>审核人：郑某</p></div><div>编辑：王某</div>",
        ["本局没有收到申请。", "填报人：任某", "审核人：郑某"],
    ),
    "folded_text": (
        f"<h1>{TITLE}</h1><div id='zoom'><div><p>本局没有收到申请。</p></div><div style='display:none'><p>没有收取费用。</p></div><a href='javascript:;'>展开全文</a></div>",
        ["本局没有收到申请。", "没有收取费用。", "展开全文"],
    ),
    "second_part_outside_the_editor": (
        (
            f"<div class='c'><h1>{TITLE}</h1><div>2023-01-16 来源：县卫健局</div><div class='TRS_Editor'><p>一、概述</p><p>本局没有收到申请。</p></div>"
            "<div class='rest'><p>二、收费</p><p>没有收取费用。</p><p>没有减免费用。</p><p>没有退还费用。</p></div></div>"
        ),
        ["一、概述", "本局没有收到申请。", "二、收费", "没有收取费用。", "没有减免费用。", "没有退还费用。"],
    ),
    "votes_and_survey_below": (
        (
            f"<h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div class='c'><p>本局没有收到申请。</p><p>没有收取费用。</p></div><div><div>顶一下</div><div>(0)</div><div>0%</div></div>"
            "<div><p>您对本页面内容是否满意？</p><label><input type='radio'>满意</label><label><input type='radio'>一般</label><label><input type='radio'>不满意</label></div>"
        ),
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "facts_whose_colons_are_the_style_sheet's": (
        f"<div>{TITLE}</div><div><div>发布时间<span>2023-01-16 17:02:11</span></div><div>来源<span>县卫健局</span></div></div><div><p>本局没有收到申请。</p><p>没有收取费用。</p></div>",
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "comments_below": (
        f"<div><div>{TITLE}</div><div>2023-01-16 09:20　人气：55</div><div><p>本局没有收到申请。</p><p>没有收取费用。</p></div><div><h4>评论（1）</h4><p>匿名：希望越来越好。</p></div></div>",
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "tools_without_spaces_below": (
        f"<div>{TITLE}</div><div>2023-01-16</div><div><p>本局没有收到申请。</p><p>没有收取费用。</p></div><div><span>阅读 99</span><span>收藏</span><span>分享</span></div>",
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "letter_to_fill_in_below": (
        (
            f"<h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div><div class='c'><p>本局没有收到申请。</p><p>没有收取费用。</p></div>"
            "<form><h4>我要写信</h4><label>姓名：</label><input><label>手机：</label><input type='tel'><textarea></textarea><button>提交</button></form></div>"
        ),
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "form_around_the_page": (
        f"<form><input type='hidden' value='x'><input name='q'><h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div><p>本局没有收到申请。</p><p>没有收取费用。</p></div></form>",
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "voice_with_its_speed": (
        f"<h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div><div><p>语音朗读：</p><span>00:00 / 05:21</span><span>1.5x</span></div><div><p>本局没有收到申请。</p><p>没有收取费用。</p></div></div>",
        ["本局没有收到申请。", "没有收取费用。"],
    ),
    "abstract_repeats_the_beginning": (
        (
            f"<h1>{TITLE}</h1><div>时间：2023-01-16</div><div class='i'>本局把公开作为日常工作的一部分，全年公开信息318条，...</div><div class='c'>"
            "<p>本局把公开作为日常工作的一部分，全年公开信息318条，受理申请4件。</p><p>没有收取费用。</p></div>"
        ),
        ["本局把公开作为日常工作的一部分，全年公开信息318条，受理申请4件。", "没有收取费用。"],
    ),
    "panels_with_links_to_the_top": (
        (
            f"<h1>{TITLE}</h1><div>发布时间：2023-01-16</div><div><div class='p'><p>一、概述</p><p>本局没有收到申请。</p><div><a href='#top'>返回顶部</a></div></div>"
            "<div class='p'><p>二、收费</p><p>没有收取费用。</p><div><a href='#top'>返回顶部</a></div></div></div>"
        ),
        ["一、概述", "本局没有收到申请。", "二、收费", "没有收取费用。"],
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_nothing_of_the_text_is_lost(case: str) -> None:
    around, expected = KEPT[case]
    assert texts(document(around)) == expected
