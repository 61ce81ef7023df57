# ruff: noqa: E501, ISC004
"""Copies: document-sharing pages of several engines, converted text, replaced names."""

from __future__ import annotations

from datetime import date

import pytest
from opencc import OpenCC

from parsers import mirrors
from parsers.model import Document, Mirror, Paragraph, Source
from parsers.readers import html, text

REPORT = (
    "青禾县卫生健康局2019年政府信息公开工作年度报告 一、概述 2019年，本局按照条例要求做好信息公开。全年通过网站公开信息318条，其中：机构职能类12条，"
    "工作动态类201条，公告类105条。二、具体做法 1、健全机构。成立领导小组，由局长任组长，办公室承担日常事务。2、规范流程。信息经科室拟稿、办公室审核、"
    "分管领导签发后发布，做到先审后发。3、加强培训。组织培训2期，参加76人次。三、依申请公开情况 全年受理申请4件，其中当面申请1件，网络申请3件，全部按期答复。"
    "四、收费和减免情况 2019年没有收取检索、复制、邮寄费用。五、复议和诉讼情况 2019年没有因信息公开被申请行政复议，也没有被提起行政诉讼。"
    "六、存在问题和下一步打算 公开的形式比较单一，基层单位重视不够。下一年打算从三个方面改进：一是扩大公开范围；二是丰富解读形式；三是把公开工作列入年度考核。"
    "七、其他事项 本报告的电子版可以在县政府网站查阅。对本报告有疑问的，请与县卫生健康局办公室联系，电话：0599-2200118。青禾县卫生健康局 2020年1月15日"
) * 2


def sliced(body: str, length: int = 300, between: str = "\n\n") -> str:
    """A body as the engines print it: pieces of equal length, each with its number."""
    pieces = [body[start : start + length] for start in range(0, len(body), length)]
    return between.join(f"{number}、{piece}" for number, piece in enumerate(pieces, 1))


@pytest.mark.parametrize("between", ["\n\n", "\n", " ", ""], ids=["blank_line", "line", "space", "nothing"])
@pytest.mark.parametrize("length", [300, 278, 250])
def test_slices_are_put_together(length: int, between: str) -> None:
    assert mirrors.stitch(sliced(REPORT, length, between)) == REPORT


def test_last_slice_may_be_the_longest() -> None:
    body = sliced(REPORT[:600]) + REPORT[600:1100]
    assert mirrors.stitch(body) == REPORT[:1100]


def test_trimmed_white_space_at_cuts() -> None:
    body = REPORT[:299] + " " + REPORT[299:898]
    assert mirrors.stitch(sliced(body).replace(" \n\n", "\n\n")) == REPORT[:898]


NOT_SLICED = {
    "prose": "一、概述\n本局全年公开信息318条。",
    "numbered_list": "1、健全机构。成立领导小组。\n2、规范流程。先审后发。\n3、加强培训。",
    "numbered_list_inline": "1、健全机构。2、规范流程。3、加强培训。",
    "long_numbered_list": "1、"
    + "健全机构并落实人员，" * 12
    + "。\n2、"
    + "规范流程并先审后发，" * 25
    + "。\n3、加强培训。",
}


@pytest.mark.parametrize("name", NOT_SLICED)
def test_lists_of_the_document_stay(name: str) -> None:
    assert mirrors.stitch(NOT_SLICED[name]) == NOT_SLICED[name]


@pytest.mark.parametrize("heading", ["\n2、规范流程。\n", "2、规范流程", "\n\n2、规范流程"])
def test_a_heading_that_looks_like_a_cut_stays(heading: str) -> None:
    body = REPORT[:120] + heading + REPORT[120:900]
    assert mirrors.stitch(sliced(body)) == body


# ---------------------------------------------------------------- engines

TITLE = "青禾县卫生健康局年度报告"
ENGINES: dict[str, tuple[str, str, Mirror]] = {
    "wenkunet": (
        "https://m.wenkunet.com/p-700001.html",
        f"收藏 分享(赏)\n\n{TITLE} .doc\n\n上传人:小河流水 文档编号:700001 上传时间:2020-03-09 格式:DOC 页数:2 大小:41KB\n下载 相关 举报\n{TITLE} .doc_第1页\n第1页 / 共2页\n{TITLE} .doc_第2页\n第2页 / 共2页\n"
        "亲,该文档总共2页,全部预览完了,如果喜欢就下载吧!\n资源描述\n\n{slices}\n\n展开阅读全文\n相关资源\n相关搜索\n当前位置:首页 > 办公文档 > 学习计划\n客服QQ:10001 微博号:文库网官方\n经营许可证编号: 粤ICP备00000000号",
        Mirror("document_sharing", "wenkunet", "小河流水", "700001", date(2020, 3, 9), "DOC", 2, "41KB"),
    ),
    "wenku365": (
        "https://m.wenku365.com/p-12000001.html",
        f"{TITLE}\nID: 12000001 大小: 41.00 KB 页数: 2 时间: 2020-03-09\n{TITLE}_第1页\n{TITLE}_第2页\n资源描述:\n《{TITLE}》由会员上传分享,免费在线阅读,更多相关内容在教育资源-天天文库。\n{{slices}}\n当前文档最多预览五页\n相关文档",
        Mirror("document_sharing", "wenku365", None, "12000001", date(2020, 3, 9), None, 2, "41.00 KB"),
    ),
    "bdocx": (
        "https://m.bdocx.com/doc/7000001.html",
        f"{TITLE}.docx\n上传人:b****5\n文档编号:7000001\n上传时间:2020-03-09\n格式:DOCX\n页数:2\n大小:41.5KB\n下载\n相关\n举报\n点击查看更多>>\n资源描述\n《{TITLE}》由会员分享,可在线阅读,更多相关《{TITLE}》请在冰豆网上搜索。\n{{slices}}\n展开阅读全文\n相关搜索",
        Mirror("document_sharing", "bdocx", "b****5", "7000001", date(2020, 3, 9), "DOCX", 2, "41.5KB"),
    ),
    "163wenku": (
        "https://www.163wenku.com/p-5000001.html",
        f"{TITLE}.doc\n上传人(卖家):风中 文档编号:5000001 上传时间:2020-03-09 格式:DOC 页数:2 大小:41KB\n下载 相关 举报\n{TITLE}.doc_第1页\n第1页 / 共2页\n资源描述\n{{slices}}\n关 键 词:\n年度报告\n163文库所有资源均是用户自行上传分享",
        Mirror("document_sharing", "163wenku", "风中", "5000001", date(2020, 3, 9), "DOC", 2, "41KB", complete=False),
    ),
    "31doc": (
        "https://www.31doc.com/d-3000001.html",
        f"{TITLE}\n资源ID:3000001 资源大小:41KB 全文页数:2页\n资源格式: DOC 下载积分:10金币\n资源描述\n{{slices}}\n配套讲稿:\n如PPT文件的首页显示word图标\n特殊限制:\n部分文档作品中含有的国旗",
        Mirror("document_sharing", "31doc", None, "3000001", None, "DOC", 2, "41KB"),
    ),
    "renrendoc": (
        "https://www.renrendoc.com/paper/400000001.html",
        f"{TITLE}\n编号:400000001 类型:共享资源 大小:41KB 格式:DOC 上传时间:2020-03-09\n上传人:机****料 认证信息 个人认证 IP属地:河北\n版权说明:本文档由用户提供并上传,收益归属内容提供方\n文档简介\n{{slices}}\n温馨提示\n1. 本站所有资源如无特殊说明",
        Mirror("document_sharing", "renrendoc", "机****料", "400000001", date(2020, 3, 9), "DOC", None, "41KB"),
    ),
    "zixin": (
        "https://www.zixin.com.cn/doc/9000001.html",
        f"{TITLE}.doc\n文档编号:9000001 页数:2 大小:41KB\n文档描述\n{{slices}}\n展开阅读全文\n猜你喜欢",
        Mirror("document_sharing", "zixin", None, "9000001", None, None, 2, "41KB"),
    ),
}


def body_of(document: Document) -> str:
    return "".join("".join(block.text.split()) for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("form", ["text", "html"])
def test_engine(name: str, form: str) -> None:
    url, template, mirror = ENGINES[name]
    page = template.replace("{slices}", sliced(REPORT))
    if form == "html":
        lines = "".join(f"<div>{line}</div>" for line in page.split("\n") if line.strip())
        page = f"<html><head><title>{TITLE}-文库</title><script>var x=1;</script></head><body><div><a href='/'>首页</a></div>{lines}</body></html>"
        document = html.read(Source(page.encode(), url, "text/html"))
    else:
        document = text.read(Source(page.encode(), url))
    assert body_of(document) == "".join(REPORT.split())
    assert document.mirror == mirror
    assert document.title == TITLE
    assert document.published is None


def test_engine_is_known_by_its_words_on_a_saved_page() -> None:
    _, template, mirror = ENGINES["wenkunet"]
    document = text.read(Source(template.replace("{slices}", sliced(REPORT)).encode(), "file:///saved/page.txt"))
    assert document.mirror == mirror


CUT_SHORT = {
    "beyond_preview": "亲,该文档总共13页,到这儿已超出免费预览范围,如果喜欢就下载吧!",
    "limit": "当前文档最多预览一页",
    "remaining": "免费预览已结束,剩余9页可下载查看",
}


@pytest.mark.parametrize("name", CUT_SHORT)
def test_preview_cut_short(name: str) -> None:
    page = ENGINES["wenkunet"][1].replace("亲,该文档总共2页,全部预览完了,如果喜欢就下载吧!", CUT_SHORT[name])
    document = text.read(Source(page.replace("{slices}", sliced(REPORT)).encode(), ENGINES["wenkunet"][0]))
    assert document.mirror is not None
    assert not document.mirror.complete
    assert "preview.cut_short" in [finding.code for finding in document.findings]


@pytest.mark.parametrize(
    ("end", "complete"),
    [
        ("全年收到政府信息公开申请四件，其中通过网络提交的三件，当面提交的", False),
        ("下一步将加强培训，把工作做细。青禾县卫生健康局2021年1月20日", True),
        ("下一步将加强培训，把工作做细。", True),
    ],
)
def test_a_copy_that_stops_inside_a_sentence_is_no_whole_one(end: str, complete: bool) -> None:
    page = ENGINES["wenkunet"][1].replace("亲,该文档总共2页,全部预览完了,如果喜欢就下载吧!", "")
    document = text.read(Source(page.replace("{slices}", REPORT[:500] + "。" + end).encode(), ENGINES["wenkunet"][0]))
    assert document.mirror is not None
    assert document.mirror.complete is complete


def test_one_cut_whose_mark_stands_apart() -> None:
    assert mirrors.stitch(sliced(REPORT[:500], 278, " ")) == REPORT[:500]


def test_lost_address_is_a_finding() -> None:
    report = REPORT.replace("县政府网站查阅", "县政府网站http:/ 年青禾县政府网查阅")
    page = ENGINES["wenkunet"][1].replace("{slices}", sliced(report))
    document = text.read(Source(page.encode(), ENGINES["wenkunet"][0]))
    lost = [finding for finding in document.findings if finding.code == "text.lost"]
    assert len(lost) == 2
    assert "http:/ 年青禾县政府网查阅" in lost[0].message


def test_pictures_without_text() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}.doc</h1><p>编号:400000001 类型:共享资源 大小:41KB 格式:DOC 上传时间:2020-03-09 上传人:机****料</p>"
        "<div><img data-src='//file.renrendoc.example/1.gif' width='893'><img data-src='//file.renrendoc.example/2.gif' width='893'></div><p>免费预览已结束,剩余5页可下载查看</p></body></html>"
    )
    document = html.read(Source(page.encode(), "https://www.renrendoc.com/paper/400000001.html"))
    assert [finding.code for finding in document.findings] == ["preview.cut_short", "preview.no_text"]
    assert document.blocks == ()


NO_SHARING = {
    "report": "青禾县卫生健康局2019年年度报告\n一、概述\n全年公开信息318条，大小会议12次。\n上传时间：本局信息一般在三日内上传。\n编号：001",
    "notice": "关于上传人员信息的通知\n各单位：\n请于2020年3月前填写，格式:DOC，页数:不限。",
}


@pytest.mark.parametrize("name", NO_SHARING)
def test_a_report_is_no_document_sharing_page(name: str) -> None:
    assert mirrors.read_sharing_lines(NO_SHARING[name].split("\n"), "http://www.qinghe-example.gov.cn/a.html") is None


# ---------------------------------------------------------------- converted copies

PLAIN = "青禾县卫生健康局公开范围：面向社会。本年收到行政复议申请0件，联系电话0599-2200118（办公室）。网络服务热线应于三个工作日内回复，后续按规定办理。"
PINYIN = {
    "務": "wù", "範": "fàn", "會": "huì", "議": "yì", "請": "qǐng", "聯": "lián", "係": "xì", "電": "diàn", "話": "huà", "網": "wǎng", "絡": "luò",
    "線": "xiàn", "應": "yīng", "個": "gè", "復": "fù", "續": "xù", "規": "guī", "辦": "bàn", "縣": "xiàn", "衛": "wèi", "開": "kāi", "圍": "wéi",
}  # fmt: skip
TRADITIONAL = OpenCC("s2t").convert(PLAIN)
CONVERTED = {
    "traditional": TRADITIONAL,
    "toned": "".join(f"{char}({PINYIN[char]})" if char in PINYIN else char for char in TRADITIONAL),
    "toned_full_width": "".join(f"{char}（{PINYIN[char]}）" if char in PINYIN else char for char in TRADITIONAL),
    "toneless_repeated": TRADITIONAL.replace("縣", "縣(xian)(xian)(xian)")
    .replace("衛", "衛(wei)")
    .replace("開", "開(kai)(kai)")
    .replace("議", "議(yi)"),
}


@pytest.mark.parametrize("name", CONVERTED)
def test_conversion_is_undone(name: str) -> None:
    restored = mirrors.restore(CONVERTED[name])
    assert restored.text == PLAIN
    assert restored.mirror == Mirror(kind="converted")
    assert [finding.code for finding in restored.findings] == ["mirror.converted"]


def test_conversion_is_undone_in_character_references_too() -> None:
    page = TRADITIONAL.replace("範", f"&#{ord('範')};").replace("開", f"&#x{ord('開'):x};")
    assert mirrors.restore(page).text == PLAIN
    plain = f"&#{ord('开')};&#160;放"
    assert mirrors.restore(plain).text is plain


def test_question_marks_for_an_indent_are_dropped() -> None:
    restored = mirrors.restore(f"<td>??{TRADITIONAL}</td><td>? ?1.{TRADITIONAL}??</td>")
    assert restored.text == f"<td> {PLAIN}</td><td> 1.{PLAIN}??</td>"
    assert [finding.code for finding in restored.findings] == ["mirror.converted", "text.lost"]


UNCHANGED = {
    "plain": PLAIN,
    "units": "重量(kg)、容量(ml)、面积(mu)，见附件(a)和(b)，网址(www.a.gov.cn)。",
    "link_to_traditional": PLAIN + "繁體 繁體版 無障礙",
    "lettered_list": "情形(a)甲(b)乙(c)丙(d)丁(e)戊",
    "accents": "café、naïve 与 Pokémon。重庆(chóng)一字注音。",
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_other_text_is_left_alone(name: str) -> None:
    restored = mirrors.restore(UNCHANGED[name])
    assert restored.text is UNCHANGED[name]
    assert (restored.mirror, restored.findings) == (None, ())


def test_question_marks_for_spaces_are_noted() -> None:
    restored = mirrors.restore("?? " + TRADITIONAL + "? ?" + TRADITIONAL)
    assert [finding.code for finding in restored.findings] == ["mirror.converted", "text.lost"]


# ---------------------------------------------------------------- foreign hosts

FOREIGN = "http://www.shop-example.com/art/2020/1/15/art_1229000000_60049.html"
OFFICIAL = "http://www.qinghe-example.gov.cn/art/2020/1/15/art_1229000000_60049.html"
BODY = "一、概述。依照《沙巴体育娱乐场印发中华人民共和国政府信息公开年度报告格式的通知》要求编制。全年公开信息318条。"
CLEAN = "一、概述。依照年度报告格式的通知要求编制。开展打击网络赌博、彩票公益金宣传活动2次。"


@pytest.mark.parametrize(
    ("url", "title", "body", "kind"),
    [
        (FOREIGN, TITLE, BODY, "tampered"),
        (FOREIGN, "万博体育|" + TITLE, CLEAN, "tampered"),
        (FOREIGN, TITLE, CLEAN, "copy"),
        (OFFICIAL, TITLE, CLEAN, None),
        (OFFICIAL, TITLE, BODY, None),
        ("file:///saved/report.html", TITLE, CLEAN, None),
        ("https://www.hospital-example.com/about.html", TITLE, CLEAN, None),
    ],
)
def test_foreign_hosts(url: str, title: str, body: str, kind: str | None) -> None:
    mirror, findings = mirrors.judge_copy(url, title, body, None)
    assert (mirror.kind if mirror else None) == kind
    assert [finding.code for finding in findings] == (["mirror.tampered"] if kind == "tampered" else [])


def test_tampered_page_is_marked_and_kept_as_it_is() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>发布日期：2020-01-15</p><div id='zoom'><p>{BODY}</p></div></body></html>"
    document = html.read(Source(page.encode(), FOREIGN))
    assert document.mirror == Mirror(kind="tampered")
    assert document.blocks == (Paragraph(BODY),)


def test_converted_page() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div id='zoom'><p>{CONVERTED['toned']}</p></div></body></html>"
    document = html.read(Source(page.encode(), FOREIGN))
    assert document.mirror == Mirror(kind="converted")
    assert document.blocks == (Paragraph(PLAIN),)
