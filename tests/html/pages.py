# ruff: noqa: E501
"""Own pages in the structure of the CMS families that Chinese government sites run on, crossed with bodies of reports.

Every template wraps a body in the furniture of a family: menus, index box, counters, tools, related lists, footer.
The right answer is known by construction: the blocks of the body alone, the title, the date. A third of the templates
(`BLIND`) is only ever counted: nothing is tuned on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Body:
    """An article body: markup, the lines it prints as paragraphs, and its tables as rows of anchor texts."""

    markup: str
    lines: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the furniture of a page prints about the article."""

    agency: str = "青禾县卫生健康局"
    title: str = "青禾县卫生健康局2022年度政府信息公开工作报告"
    day: date = date(2023, 1, 16)
    index: str = "11339901MB0000001K/2023-00017"
    site: str = "青禾县人民政府"
    host: str = "www.qinghe-example.gov.cn"


MENU = ("首页", "走进青禾", "新闻中心", "政务公开", "政务服务", "互动交流", "数据开放", "专题专栏")
COLUMNS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")
RELATED = (
    "县卫健局召开年中工作会议",
    "健康素养知识竞赛举行",
    "关于夏季游泳场所抽检结果的通报",
    "村卫生室招聘启事",
    "无偿献血活动预告",
    "义诊活动走进山区",
)


def links(words: tuple[str, ...], tag: str = "li", path: str = "/col/col{n}/index.html") -> str:
    return "".join(
        f'<{tag}><a href="{path.format(n=1000 + n)}" target="_blank">{w}</a></{tag}>' for n, w in enumerate(words)
    )


# ---------------------------------------------------------------- bodies


def p(*lines: str) -> str:
    return "".join(f"<p>　　{line}</p>\n" for line in lines)


LONG_LINES = (
    "依照《中华人民共和国政府信息公开条例》的规定，青禾县卫生健康局编制本年度报告。报告所列数据自2022年1月1日起，至2022年12月31日止。",
    "如对报告内容有疑问，请与本局办公室联系（地址：青禾县河东路18号；邮编：339901；电话：0599-2200118）。",
    "一、总体情况",
    "本局把公开作为日常工作的一部分，全年经政府网站发布信息238条，其中政策解读6条，经微信公众号推送文章412篇。",
    "（一）主动公开。机构职能、权责清单、重点领域信息均按时更新，无一逾期。",
    "（二）依申请公开。全年收到书面申请3件，均在期限内答复，没有收取费用。",
    "二、主动公开政府信息情况",
    "本年制发规范性文件2件，废止1件，现行有效11件。",
    "三、存在的主要问题及改进情况",
    "一是解读的形式不多；二是基层站所更新不及时。下一年将加强培训，按季度通报。",
    "六、其他需要报告的事项",
    "无。",
    "青禾县卫生健康局",
    "2023年1月13日",
)
FOUR_LINES = (
    "2022年，我局未收到政府信息公开申请。",
    "未发生行政复议和行政诉讼。",
    "青禾县卫生健康局",
    "2023年1月10日",
)
PROACTIVE = (
    ("第二十条第（一）项",),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("规范性文件", "2", "1", "11"),
)
LITIGATION = (
    ("行政复议", "行政诉讼"),
    ("结果维持", "结果纠正", "总计", "未经复议直接起诉", "复议后起诉"),
    ("1", "0", "1", "0", "0"),
)


def table(rows: tuple[tuple[str, ...], ...], width: int, cell: str = "{}", attributes: str = 'border="1"') -> str:
    """Rows as a table; a row with fewer cells than columns gives its last cell the rest, its first one in row 0."""
    out = [f"<table {attributes}><tbody>"]
    for row in rows:
        out.append("<tr>")
        for n, text in enumerate(row):
            span = width - len(row) + 1 if n == len(row) - 1 else 1
            out.append(f"<td{f' colspan={span}' if span > 1 else ''}>{cell.format(text)}</td>")
        out.append("</tr>")
    return "".join(out) + "</tbody></table>"


LONG = Body(p(*LONG_LINES), LONG_LINES)
SHORT = Body(p(*FOUR_LINES), FOUR_LINES)
BREAKS = Body("　　" + "<br>\n　　".join(FOUR_LINES) + "<br><br>", FOUR_LINES)
TABLES = Body(table(PROACTIVE, 4) + "<p>&nbsp;</p>" + table(LITIGATION, 5), (), (PROACTIVE, LITIGATION))
MIXED_LINES = (
    "一、主动公开政府信息情况",
    "二、行政复议、行政诉讼情况",
    "三、其他需要报告的事项",
    "没有其他需要报告的事项。",
)
MIXED = Body(
    p(MIXED_LINES[0]) + table(PROACTIVE, 4) + p(MIXED_LINES[1]) + table(LITIGATION, 5) + p(*MIXED_LINES[2:]),
    MIXED_LINES,
    (PROACTIVE, LITIGATION),
)
WORD = Body(
    "".join(
        '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly">'
        + "".join(
            f'<span style="font-size:16.0pt;font-family:仿宋_GB2312">{line[n : n + 5]}</span>'
            for n in range(0, len(line), 5)
        )
        + "<span lang=EN-US><o:p></o:p></span></p>\n"
        for line in LONG_LINES
    )
    + table(
        PROACTIVE, 4, '<p class="MsoNormal" align="center"><span style="font-size:10.5pt">{}<o:p></o:p></span></p>'
    ),
    LONG_LINES,
    (PROACTIVE,),
)
ATTACHMENT = Body(
    '<p>附件：<a href="/module/download/downfile.jsp?classid=0&filename=3f2a.pdf">年度报告全文.pdf</a></p>',
    ("附件：年度报告全文.pdf",),
    attachments=("年度报告全文.pdf",),
)
NOTICE_LINES = (
    "各乡镇卫生院、局属各单位：",
    "现将2022年度政府信息公开工作有关事项通知如下，请认真执行。",
    "附件：1.年度报告文本.docx",
    "2.统计表.xlsx",
    "青禾县卫生健康局",
    "2023年1月13日",
)
NOTICE = Body(
    p(*NOTICE_LINES[:2])
    + '<p>附件：<a href="./P020230116331234.docx">1.年度报告文本.docx</a></p><p><a href="./P020230116331235.xlsx">2.统计表.xlsx</a></p>'
    + '<p style="text-align:right">青禾县卫生健康局</p><p style="text-align:right">2023年1月13日</p>',
    NOTICE_LINES,
    attachments=("1.年度报告文本.docx", "2.统计表.xlsx"),
)
ONE_LINE = Body("<p>本年度没有需要公开的事项，也没有收到申请。</p>", ("本年度没有需要公开的事项，也没有收到申请。",))
DIVS = Body(
    "<div>"
    + "".join(f"<div><span>&nbsp;&nbsp;&nbsp;&nbsp;{line}</span></div><div><br></div>" for line in LONG_LINES)
    + "</div>",
    LONG_LINES,
)
SECTION_LINES = (
    "一、总体情况",
    "全年主动公开信息57条。",
    "二、申请办理情况",
    "收到申请1件，已答复。",
    "三、下一步打算",
    "加强培训。",
)
SECTIONS = Body(
    "".join(
        f"<section><h3>{SECTION_LINES[n]}</h3><p>{SECTION_LINES[n + 1]}</p></section>"
        for n in range(0, len(SECTION_LINES), 2)
    ),
    SECTION_LINES,
)
ITEMS = Body(
    "<p>2022年本局公开的信息分为：</p><ul><li>机构职能3条</li><li>通知公告41条</li><li>人事信息6条</li><li>财政信息2条</li></ul>",
    ("2022年本局公开的信息分为：", "机构职能3条", "通知公告41条", "人事信息6条", "财政信息2条"),
)
APPLICATIONS = (
    ("申请人情况", "自然人", "法人", "总计"),
    ("一、本年新收申请数量", "3", "0", "3"),
    ("二、上年结转申请数量", "0", "0", "0"),
    ("（一）予以公开", "2", "0", "2"),
    ("（二）不予公开", "", "", "1"),
    ("四、结转下年度继续办理", "0", "0", "0"),
)
ONE_TABLE = Body(table(APPLICATIONS, 4), (), (APPLICATIONS,))
PICTURES = Body(
    '<p style="text-align:center"><img src="./W020230116.jpg" width="700"></p><p><img src="./W020230117.jpg" width="700"></p>',
    (),
)
BODIES = {
    "long": LONG,
    "four_lines": SHORT,
    "breaks": BREAKS,
    "tables_only": TABLES,
    "mixed": MIXED,
    "word": WORD,
    "attachment": ATTACHMENT,
    "notice": NOTICE,
    "one_line": ONE_LINE,
    "divs": DIVS,
    "sections": SECTIONS,
    "items": ITEMS,
    "one_table": ONE_TABLE,
    "pictures": PICTURES,
}

# ---------------------------------------------------------------- templates

Template = Callable[[Facts, str], str]
TEMPLATES: dict[str, Template] = {}
URLS: dict[str, str] = {}
BLIND: set[str] = set()


def template(url: str, *, blind: bool = False) -> Callable[[Template], Template]:
    def register(function: Template) -> Template:
        TEMPLATES[function.__name__] = function
        URLS[function.__name__] = url
        if blind:
            BLIND.add(function.__name__)
        return function

    return register


def metas(f: Facts, clock: str = "09:12") -> str:
    return (
        f'<meta name="SiteName" content="{f.site}"><meta name="ColumnName" content="政府信息公开年报">'
        f'<meta name="ArticleTitle" content="{f.title}"><meta name="PubDate" content="{f.day} {clock}">'
        f'<meta name="ContentSource" content="{f.agency}">'
    )


def footer(f: Facts) -> str:
    return (
        f'<div class="footer"><p>主办单位：{f.site}办公室　承办单位：县大数据中心　技术支持：某某网络公司</p>'
        f"<p>浙ICP备05000000号-1　网站标识码：3399010001　浙公网安备33990102000001号</p>"
        f'<p><a href="/map.html">网站地图</a> | <a href="/us.html">联系我们</a> | <a href="/law.html">隐私声明</a></p></div>'
    )


@template("http://{host}/art/2023/1/16/art_1229012345_1234567.html")
def hanweb_old(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f)}</head><body>
<div id="hiddenLocation" style="display:none;"><span id="ss_webid">2011</span><span id="col1_name">政府信息公开年报</span></div>
<div class="top"><ul>{links(MENU)}</ul></div>
<table class="wz"><tr><td>当前位置：</td><td><a href="/">首页</a></td><td><table><tr><td>&gt;<a href="/a">政务公开</a></td></tr></table></td></tr></table>
<div class="con"><p class="con-title"><!--<$[标题]>begin-->{f.title}<!--<$[标题]>end--></p>
<div class="small-title"><span>发布日期：{f.day}</span><span>浏览次数： </span><span>信息来源：<!--<$[信息来源]>begin-->{f.agency}<!--<$[信息来源]>end--></span></div>
<div class="main-txt" id="zoom"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{body}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div>
<div class="word"><span onclick="window.print()">打印</span><span>关闭</span></div></div>{footer(f)}</body></html>"""


@template("http://{host}/art/2023/1/16/art_1229012345_7654321.html")
def hanweb_box_table(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site} 政府信息公开年报 {f.title}</title>{metas(f)}</head><body>
<div class="head"><div class="nav"><ul>{links(MENU)}</ul></div><div>无障碍浏览 | 长者模式</div></div>
<div class="left"><ul>{links(COLUMNS)}</ul></div>
<table width="100%" class="xxgk_box"><tr><td>索&nbsp;引&nbsp;号：</td><td>{f.index}</td><td>文&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;号：</td><td></td></tr>
<tr><td>主题分类：</td><td>其他</td><td>公开方式：</td><td>主动公开</td></tr><tr><td>发布机构：</td><td>{f.agency}</td><td>成文日期：</td><td>2023-01-13</td></tr></table>
<h1>{f.title}</h1><div>发布日期：{f.day} 浏览次数：<script>document.write(1)</script> 字体：[ <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a> ]</div>
<table width="100%"><tr><td class="bt_content"><!--<$[信息内容]>begin-->{body}<!--<$[信息内容]>end--></td></tr></table>
<div>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭本页</a>】</div>{footer(f)}</body></html>"""


@template("http://{host}/xxgk/nb/art/2023/art_16d8eb765f574217ba89698511f84d21.html")
def hanweb_new(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f, "16:40:21")}<meta name="ColId" content="12290"></head><body>
<div class="dqwz">您现在的位置：<a href="/">首页</a> &gt; <a href="/xxgk">政府信息公开</a> &gt; 年报</div>
<div class="wrap"><h3>{f.title}</h3><div class="info"><span>时间：{f.day} 16:40</span><span>来源：{f.agency}</span><span>字号：<a href="javascript:doZoom(18)">大</a><a href="javascript:doZoom(16)">中</a></span></div>
<div class="box"><ul><li>文件编号：</li><li>生成日期：2023-01-13</li><li>发布机构：{f.agency}</li></ul></div>
<div id="zoom" class="neirong">{body}</div></div>
<div class="gongneng"><a>分享到：</a><a>微信</a><a>微博</a></div>{footer(f)}</body></html>"""


@template("http://{host}/module/xxgk/xxgkAnnualReport.jsp?area=11339901MB0000001K&fbtime=2022")
def hanweb_module(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>政府信息公开年度报告</title></head><body>
<div style="text-align:center;font-size:20px"><b>{f.title}</b></div><div style="text-align:right">发布时间：{f.day}</div>
<div>{body}</div></body></html>"""


@template("http://{host}/zwgk/nb/202301/t20230116_894429.htm")
def trs(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_{f.site}门户网站</title>{metas(f)}</head><body>
<div class="header"><ul>{links(MENU)}</ul><form><input name="q" value="请输入关键字"><button>搜索</button></form></div>
<ul class="breadcrumb"><li><a href="../../">首页</a></li><li>&gt; 年报</li></ul>
<div class="detail"><h2>{f.title}</h2><ul class="infos"><li><i>时间：</i>{f.day} 09:12</li><li><i>来源：</i>{f.agency}</li><li>打印</li></ul>
<div class="article-body"><div class="TRS_Editor"><style>.TRS_Editor P{{line-height:1.5}}</style>{body}</div></div>
<div id="qr">扫一扫在手机打开当前页面</div></div>
<div class="rel"><h4>相关阅读</h4><ul>{links(RELATED)}</ul></div>{footer(f)}</body></html>"""


@template("http://{host}/zfxxgk/ndbg/202301/t20230116_22.html")
def trs_preappend(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body>
<div class="wz_top"><a href="/">首页</a> &gt; <a href="../">政府信息公开</a> &gt; <a href="./">年度报告</a></div>
<div class="zwxl-table"><table><tbody><tr><td class="bt">索 引 号</td><td>{f.index}</td><td class="bt">发布机构</td><td>{f.agency}</td></tr>
<tr><td class="bt">标　　题</td><td colspan="3">{f.title}</td></tr><tr><td class="bt">文　　号</td><td></td><td class="bt">发布日期</td><td>{f.day}</td></tr></tbody></table></div>
<div class="zwxl-title">{f.title}</div><div class="bar">字号：<span>大</span> <span>中</span> <span>小</span>　<span>打印</span></div>
<div class="zwxl-article"><!-- 正文s --><div class="view TRS_UEDITOR trs_paper_default trs_web">{body}</div><!-- 正文e --></div>
<div class="bottom-links"><a href="t1.html">上一篇：2021年度报告</a><a href="t3.html">下一篇：没有了</a></div>{footer(f)}</body></html>"""


@template("http://{host}/{x}/t17873020.shtml")
def trs_guangxi(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title} - {f.site}网站 - www.qinghe-example.gov.cn</title>{metas(f)}</head><body>
<div class="gov-head"><a>长者助手</a><a>无障碍</a></div><div class="nav">{links(MENU, "span")}</div>
<div class="article"><div class="article-crumb">当前位置：<a href="/">首页</a>&gt;<a href="/z">政府信息公开</a></div>
<h1>{f.title}</h1><div class="article-inf">{f.day} 09:12　　来源：{f.agency}　作者：　　字体：【大 中 小】　　打印</div>
<div class="article-con">{body}</div>
<div class="files"><dl><dt>文件下载：</dt></dl></div><div class="relevant">关联文件：</div></div>{footer(f)}</body></html>"""


@template("http://{host}/wsjkj/c102326/202301/698270b46fa14e40ac780f0bf25742e2.shtml")
def ucap(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f)}</head><body>
<div class="header-menu"><ul>{links(MENU)}</ul></div><h2 class="siteTit">{f.agency}</h2><h3>政府信息公开</h3>
<div class="article-tb"><table class="table_content"><tr><td>名称</td><td colspan="3">{f.title}</td></tr><tr><td>索引号</td><td>{f.index}</td><td>分类</td><td>信息公开年报&nbsp;&nbsp;其他</td></tr>
<tr><td>发布机构</td><td>{f.agency}</td><td>公开日期</td><td><publishtime>{f.day}</publishtime></td></tr><tr><td>时效</td><td colspan="3"> </td></tr></table></div>
<h1 class="article-title"><ucaptitle>{f.title}</ucaptitle></h1><div class="article-content" id="zoomcon"><ucapcontent>{body}</ucapcontent></div>{footer(f)}</body></html>"""


@template("http://{host}/xfxxxgk/c101039/202301/8beaa5747df44d938268497012eb4c86.shtml")
def ucap_suzhou(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-年度报告</title></head><body>
<div class="nav2">{links(COLUMNS, "dd")}</div><div class="con"><div class="title">{f.title}</div>
<div class="fbrq">发布日期：{f.day} 访问量：<b>31</b>次 来源：{f.agency} 【字体：<a>大</a> <a>中</a> <a>小</a>】</div><div id="UCAP-CONTENT">{body}</div>
<div class="bdsharebuttonbox">分享到：<a>QQ空间</a><a>新浪微博</a></div></div><div class="foot">版权所有：{f.site}<br>苏ICP备000000号</div></body></html>"""


@template("http://{host}/c/2023-01-16/3395825.shtml")
def kunming(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_{f.agency}</title></head><body>
<div id="top"><div class="logo">{f.agency}</div><ul class="menu">{links(MENU)}</ul></div>
<div class="detail"><div class="detail_cn_top"><h1>{f.title}</h1><p>发布时间:{f.day} 16:44</p><p>浏览次数:<span id="hits">28</span></p><p>字号:[<a>大</a><br><a>中</a><br><a>小</a>]</p></div>
<div class="detail_content">{body}</div><div class="detail_bottom"><a href="#">打印本页</a> <a href="#">关闭窗口</a></div></div>{footer(f)}</body></html>"""


@template("http://{host}/c/2023-01-16/5546530.shtml")
def kunming_district(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="w1200 head">{links(MENU, "a")}</div>
<div class="weizhi">您当前的位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/b">法定主动公开内容</a></div>
<div class="info_table"><p>索引号：015116516-202301-487917　　主题分类：政府信息公开年报</p><p>发布机构：{f.agency}　　发布日期：{f.day} 10:00</p><p>名　　称：{f.title}</p><p>文　　号：　　关键字：</p></div>
<div class="con_txt_title">{f.title}</div><div class="conTxt">{body}</div>{footer(f)}</body></html>"""


@template("http://{host}/gongkai/site_qhxwsjkj/channel_5f9f6a3dc916f710ccee90ee/doc_63c0e300a068ab69c06185bf.html")
def zibo(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body>
<div class="g-top"><a href="/">网站首页</a><a href="/w">无障碍</a></div><div class="g-name">{f.agency}</div>
<div class="g-left">{links(COLUMNS)}</div>
<div class="g-box"><div>标题: {f.title}</div><div>索引号: {f.index} 文号: 无文号</div><div>发文日期: 2023-01-13 发布机构: {f.agency}</div></div>
<div class="g-art"><div class="g-tit">{f.title}</div><div class="g-time">发布日期：{f.day}</div><ul><li>字号:</li><li>|</li><li>打印</li></ul>
<div class="g-text">{body}</div></div><div class="g-foot"><p>主办：{f.site}</p><p>鲁ICP备00000000号</p></div></body></html>"""


@template("http://{host}/gongkai/channel_c_5f9fa491_n_1605682537.1781/doc_63c0e300a068ab69c06185be.html")
def zibo_editions(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site}-{f.title}</title></head><body>
<table width="1000" align="center"><tr><td><div>{links(MENU, "span")}</div></td></tr><tr><td><table width="100%"><tr><td width="220" valign="top"><ul>{links(COLUMNS)}</ul></td>
<td valign="top"><p>索引号：{f.index}</p><p>发文日期：2023-01-13　发布机构：{f.agency}</p><p style="text-align:center"><strong>{f.title}</strong></p>
<p>发布日期：{f.day}</p><p><a href="e.html">电子书</a> | <a href="h5.html">H5</a> | <a href="v.html">语音播报</a> | <a href="t.html">图解</a></p><div>{body}</div></td></tr></table></td></tr>
<tr><td align="center">版权所有：{f.site}　网站标识码：3703000001</td></tr></table></body></html>"""


@template("http://{host}/zwgk/content/post_8899638.html")
def guangdong(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{f.title} - {f.site}门户网站</title>{metas(f)}</head><body>
<div class="mainNav"><ul>{links(MENU)}</ul></div><div class="curb"><h1>您当前所在的位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/x">部门年报</a></h1></div>
<div class="article"><div class="article-title"><h1>{f.title}</h1></div><div class="article-attr"><span class="date">发表时间：<b>{f.day} 18:04:59</b></span><span>信息来源：<b>{f.agency}</b></span><span>浏览量：<b>-</b></span></div>
<div class="setFont"><span>A+大</span><span>A+中</span><span>A+小</span></div><div class="article-content" id="zoomcon">{body}</div>
<div class="share">分享到：</div></div><div class="friendLink"><dl><dt>友情链接</dt><dd>省政府网站</dd><dd>市政府网站</dd></dl></div>{footer(f)}</body></html>"""


@template("http://{host}/gkmlpt/content/10/2/post_10229.html")
def guangdong_platform(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{f.title}</title>{metas(f)}</head><body>
<div class="header"><div class="logo">{f.site}政府信息公开平台</div><div class="tab">{links(COLUMNS, "div")}</div></div>
<div class="content"><div class="classify"><table><tr><td class="first">索引号:</td><td><span>{f.index}</span></td><td>分类:</td><td></td></tr><tr><td>发布机构:</td><td>{f.agency}</td><td>成文日期:</td><td>2023-01-13</td></tr>
<tr><td>名称:</td><td colspan="3">{f.title}</td></tr><tr><td>文号:</td><td></td><td>发布日期:</td><td>{f.day}</td></tr><tr><td>主题词:</td><td colspan="3"></td></tr></table></div>
<h1 class="title document-number">{f.title}</h1><div class="date-row">发布日期：{f.day} 浏览次数：<span>-</span></div><div class="article-content">{body}</div>
<div class="tool"><a>保存</a><a>打印</a><a>收藏</a></div></div><script>window._CONFIG={{DETAIL:{{}},TREE:[]}}</script>{footer(f)}</body></html>"""


@template("http://{host}/OpennessContent/show/1712345.html")
def anhui(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_{f.site}</title></head><body><div class="xxgk_top">{links(MENU, "a")}</div>
<div class="xxgk_nav"><ul>{links(COLUMNS)}</ul></div><table class="xxgk_content"><tr><td>索引号：</td><td>{f.index}</td><td>信息分类：</td><td>政府信息公开年报</td></tr>
<tr><td>内容分类：</td><td>卫生</td><td>发文日期：</td><td>2023-01-13</td></tr><tr><td>发布机构：</td><td>{f.agency}</td><td>生成日期：</td><td>2023-02-20</td></tr></table>
<div class="wzbt">{f.title}</div><div class="wzfbxx">来源：{f.agency}　发布时间：{f.day} 15:20　文字大小：[<a>大</a> <a>中</a> <a>小</a>]　背景色：<i></i><i></i></div>
<div class="wzcon j-fontContent">{body}</div><div class="ewm">扫一扫在手机打开当前页</div>{footer(f)}</body></html>"""


@template("http://{host}/public/1821/64884333.html")
def anhui_public(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.site}信息公开网</title></head><body>
<div class="is-nav">{links(COLUMNS, "p")}</div><div class="is-newscontnet"><div class="is-title">{f.title}</div>
<div class="is-info">作者：办公室　来源：{f.agency}　发布时间：{f.day} 08:30　浏览：55 次　【字体：大 中 小】</div><div class="is-newsbody">{body}</div>
<div class="is-pn"><p>上一篇：<a href="a.html">县卫健局2021年度报告</a></p><p>下一篇：<a href="b.html">县卫健局指南</a></p></div></div>{footer(f)}</body></html>"""


@template("http://{host}/html/wsj/gb2312/20130312.htm")
def old_tables(f: Facts, body: str) -> str:
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{f.title}</TITLE></HEAD><BODY bgColor=#ffffff>
<TABLE width=778 align=center border=0><TR><TD><IMG src="banner.gif" width=778></TD></TR><TR><TD bgColor=#3366cc><A href="i.htm">首页</A> | <A href="j.htm">机构职能</A> | <A href="z.htm">政策法规</A> | <A href="t.htm">通知公告</A></TD></TR></TABLE>
<TABLE width=778 align=center border=0><TR><TD width=160 vAlign=top><TABLE><TR><TD><A href=1.htm>卫生要闻</A></TD></TR><TR><TD><A href=2.htm>疾病控制</A></TD></TR><TR><TD><A href=3.htm>卫生监督</A></TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TR><TD align=center><FONT size=4><B>{f.title}</B></FONT></TD></TR><TR><TD align=center>发布日期：{f.day}　　阅读次数：120</TD></TR><TR><TD><FONT style="font-size:14px">{body}</FONT></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印</A>】 【<A href="javascript:window.close()">关闭</A>】</TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD align=center>版权所有　{f.site}<BR>地址：青禾县河东路1号　电话：0599-2200000<BR>建议使用1024*768分辨率浏览</TD></TR></TABLE></BODY></HTML>"""


@template("http://{host}/news/show.asp?id=3025")
def old_asp(f: Facts, body: str) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>{f.agency}</title></head><body><form name=form1>
<table width=980><tr><td colspan=2 class=bg>{links(MENU, "span", "list.asp?c={n}")}</td><tr><td width=200 valign=top>{links(RELATED, "div", "show.asp?id={n}")}<td valign=top>
<table width=760 cellpadding=4><tr><td align=center height=50><span class=STYLE3>{f.title}</span><tr><td align=center>作者：admin　　来源：本站　　发布时间：{f.day.year}-{f.day.month}-{f.day.day} 8:22:10　　点击数：1024
<tr><td class=nr>{body}<tr><td align=right>[<a href="#">返回顶部</a>]　[<a href="javascript:window.close()">关闭窗口</a>]</table></table></form>
<table width=980><tr><td align=center>Copyright &copy; 2009 {f.agency}<br>您是第 123456 位访问者</table></body></html>"""


@template("http://{host}/info/3589/78347.htm")
def boda(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.site}</title><META Name="keywords" Content="x" /></head><body>
<div class="header">{links(MENU)}</div><div class="position">当前位置: <a href="../index.htm">网站首页</a>&gt;&gt;<a href="x.htm">政府信息公开</a>&gt;&gt;正文</div>
<form name="_newscontent_fromname"><div class="content-title"><h3>{f.title}</h3><i>发布日期：{f.day}&nbsp;&nbsp;&nbsp;&nbsp;浏览次数：<script>_showDynClicks("wbnews", 1, 2)</script></i></div>
<div id="vsb_content_2" class="content-con"><div class="v_news_content">{body}</div></div><p>上一条：<a href="1.htm">公告一</a></p><p>下一条：<a href="2.htm">公告二</a></p></form>{footer(f)}</body></html>"""


@template("http://{host}/html/2023/nianbao_0116/16100.html")
def yunnan(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.agency}</title><meta name="PubDate" content="{f.day} 11:20:36"></head><body>
<div class="top-bar"><span>今天是：2026年5月3日 星期日</span></div><div class="nav">{links(MENU, "a")}</div>
<div class="show"><div class="show-title">{f.title}</div><div class="show-info"><span>来源：{f.agency}</span><span>时间：{f.day} 11:20:36</span><span>点击：次</span></div>
<div class="show-detail">{body}</div><div class="show-tags">责任编辑：张三</div></div>{footer(f)}</body></html>"""


@template("http://{host}/col/col1229850907/index.html")
def column_is_report(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site} 政府信息公开年报</title></head><body><div class="nav">{links(MENU)}</div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/xxgk">政府信息公开</a> &gt; 县卫健局</div>
<div class="main"><div class="side"><ul>{links(COLUMNS)}</ul><ul>{links(("2021年", "2020年", "2019年", "2018年"))}</ul></div>
<div class="right"><div class="rt">{f.title}</div><div class="rd">发布时间：{f.day}</div><div class="rc">{body}</div></div></div>{footer(f)}</body></html>"""


@template("http://{host}/view.php?id=3025")
def plain_divs(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title} | {f.site}</title></head><body><div><div><a href="/">首页</a> <a href="/1">动态</a> <a href="/2">公开</a> <a href="/3">服务</a></div></div>
<div><div><div>{f.title}</div><div>{f.day.year}年{f.day.month}月{f.day.day}日　来源：{f.agency}</div><div>{body}</div></div>
<div><div>热门文章</div><ul>{links(RELATED)}</ul></div></div><div><div>主办：{f.site}　备案号：黑ICP备000号</div></div></body></html>"""


@template("http://{host}/columns/uuid/202301/30/a.html")
def section_tags(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><header><nav><ul>{links(MENU)}</ul></nav></header>
<main><aside><h4>栏目导航</h4><ul>{links(COLUMNS)}</ul></aside><section class="xq"><h1>{f.title}</h1><p class="meta"><time>{f.day}</time> <span>{f.agency}</span></p>
<section class="zw">{body}</section><p class="tools">打印 | 关闭 | 收藏</p></section></main><footer><p>{f.site}版权所有</p><p>冀ICP备00000000号</p></footer></body></html>"""


@template("http://{host}/detail/cid/1672/aid/126491")
def sentences_in_foot(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}--{f.site}</title></head><body><div class="hd"><p>欢迎访问{f.site}门户网站！</p>{links(MENU, "a")}</div>
<div class="bd"><p class="t1">{f.title}</p><p class="t2">信息来源：{f.agency}　发布时间：{f.day}　阅读：<em>77</em></p><div class="t3">{body}</div></div>
<div class="ft"><p>版权所有：{f.site}。未经书面授权，不得转载本网站信息，转载请注明出处。</p><p>本网站由县人民政府办公室主办，县大数据中心承办，如有意见请发送邮件至本站信箱，我们将尽快回复。</p><p>新ICP备00000000号</p></div></body></html>"""


@template("http://{host}/gi_news/58176889527135")
def sidebar_after(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site}：{f.title}</title></head><body><div id="header">{links(MENU)}</div>
<div id="main"><div id="left"><h2>{f.title}</h2><div id="time">发布日期：{f.day}　来源：{f.agency}　点击率：12</div><div id="content_area">{body}</div></div>
<div id="right"><h5>最新文章</h5><ul>{links(RELATED)}</ul><h5>通知公告</h5><ul>{links(RELATED[::-1])}</ul></div></div><div id="footer">主办单位：{f.site}　苏ICP备11000000号</div></body></html>"""


@template("http://{host}/xxgk/show/991.html")
def dl_box(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="m-nav">{links(MENU, "a")}</div>
<dl class="box"><dt>索引号：</dt><dd>{f.index}</dd><dt>主题分类：</dt><dd>卫生</dd><dt>发文机关：</dt><dd>{f.agency}</dd><dt>成文日期：</dt><dd>2023-01-13</dd><dt>有效性：</dt><dd>有效</dd></dl>
<h2>{f.title}</h2><p>发布时间：{f.day}</p><article>{body}</article><p>（来源：{f.agency}）</p>{footer(f)}</body></html>"""


@template("http://{host}/xxgk/2023/0116/a.html")
def box_inside_body(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f)}</head><body><div class="nav">{links(MENU, "a")}</div>
<div id="zoom"><table class="idx"><tr><td>索引号</td><td>{f.index}</td><td>公开方式</td><td>主动公开</td></tr><tr><td>发布机构</td><td>{f.agency}</td><td>文号</td><td>无</td></tr></table>
<h1>{f.title}</h1><p>发布时间：{f.day}　字体：大 中 小</p>{body}<p>打印　关闭</p></div>{footer(f)}</body></html>"""


@template("http://{host}/a/b/c.html")
def font_container(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><center><table width=900><tr><td>{links(MENU, "span")}</td></tr></table>
<table width=900><tr><td align=center><h2>{f.title}</h2></td></tr><tr><td align=center>{f.agency}　{f.day}　<a href="javascript:window.print()">打印</a></td></tr><tr><td><font id="Zoom">{body}</font></td></tr></table>
<table width=900><tr><td>网站维护：{f.agency}信息中心</td></tr></table></center></body></html>"""


@template("http://{host}/zwgk/a1.html")
def tabs_hidden(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f)}</head><body><div class="nav">{links(MENU, "a")}</div>
<div class="tab"><a>文字版</a><a>图文版</a></div><div class="pop" style="display: none">您访问的链接即将离开本站，是否继续？本站对链接的内容不负责任。</div>
<div class="art"><h1>{f.title}</h1><div class="x">发布时间：{f.day} 来源：{f.agency}</div><div class="pages_content">{body}<p style="display:none">0123456789隐藏的统计代码</p></div></div>
<div class="qr" style="DISPLAY:none">二维码</div>{footer(f)}</body></html>"""


@template("http://{host}/zwgk/a2.html")
def broken_markup(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="nav"><ul>{links(MENU)}<div class="main"><div class="bt">{f.title}</div>
<div class="xx">来源：{f.agency} 发布日期：{f.day} 【大 中 小】<div class="nr_box"><font face=宋体><span>{body}</font></div></div>
<p>【打印】【关闭】<div class=copyright>{f.site} 版权所有 ICP备案编号：湘ICP备00000号</body>"""


@template("http://{host}/zwgk/a3.html")
def no_dates_no_tools(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title><meta name="PubDate" content="{f.day}"></head><body>
<div class="h"><a href="/">首页</a><a href="/n">新闻</a><a href="/g">公开</a></div><div class="c"><h1>{f.title}</h1>{body}</div><div class="f">技术支持：某公司　京ICP备000000号</div></body></html>"""


@template("http://{host}/ztzl/a4.html")
def cell_holds_all(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_{f.agency}</title></head><body><table width="980" align="center"><tr><td colspan="2">{links(MENU, "span")}</td></tr>
<tr><td width="200" valign="top"><table>{"".join(f'<tr><td><a href="{n}.htm">{w}</a></td></tr>' for n, w in enumerate(COLUMNS))}</table></td>
<td valign="top"><p align="center"><font size="5">{f.title}</font></p><p align="center">索引号：{f.index}　发布机构：{f.agency}</p><p align="center">发布时间：{f.day}</p><hr>{body}<hr><p align="right"><a href="#">TOP</a>　<a href="javascript:print()">打印此文</a></p></td></tr>
<tr><td colspan="2" align="center">主办：{f.site}<br>联系电话：0599-2200000　邮编：339901</td></tr></table></body></html>"""


@template("http://{host}/ztzl/a5.html")
def sidebar_between(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site} - {f.title}</title></head><body><div class="a1">{links(MENU, "a")}<span>今天是2026年5月3日 星期日</span></div>
<div class="a2"><div class="a3"><h1>{f.title}</h1><div>日期：{f.day}</div><div class="a4">{body}</div><div>相关附件：</div><div>政策解读：</div><div>关联文件：</div></div>
<div class="a5"><div class="a6">通知公告</div>{links(RELATED, "p")}<div class="a6">服务热线</div><p>12345</p></div></div>
<div class="a7"><p>县卫生健康局版权所有 未经许可不得转载</p><p>ICP备案号：闽ICP备00000000号</p></div></body></html>"""


@template("http://{host}/ztzl/a6.html")
def loose_body(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body>{links(MENU, "a")}<hr><center><b>{f.title}</b></center><center>{f.agency}　{f.day}　点击：9</center>{body}
<hr><center>版权所有：{f.site}</center></body></html>"""


@template("http://{host}/ztzl/a7.html")
def unlabelled_meta(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.site}-{f.host}</title><meta name="description" content="x"></head><body><div class="wrap"><div class="crumbs"><a href="/">首页</a> / <a href="/a">公开</a> / 年报</div>
<div class="post"><div class="post-h"><strong>{f.title}</strong></div><div class="post-m"><span>{f.day}</span><span>{f.agency}</span><span>阅读 35</span></div><div class="post-b"><div><div>{body}</div></div></div>
<div class="post-f"><a href="/x1">返回列表</a></div></div></div><div class="copy">Copyright © 2020-2025 All Rights Reserved {f.site}</div></body></html>"""


@template("http://{host}/article/view.asp?nid=881")
def asp_unclosed(f: Facts, body: str) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{f.site}卫生信息网</title></head><body>
<table width=1000><tr><td>{links(MENU, "b", "cls.asp?i={n}")}<tr><td><table><tr><td width=220 valign=top>{links(COLUMNS, "p", "cls.asp?i={n}")}<td valign=top>
<table width=700><tr><td align=center><b><font size=4>{f.title}</font></b><tr><td align=center>[ 作者：办公室　转贴自：本站原创　点击数：201　更新时间：2023-2-2　文章录入：admin ]　{f.day}
<tr><td>{body}<tr><td align=right>[ <a href="#">收藏</a> ] [ <a href="javascript:window.print()">打印</a> ] [ <a href="#">返回顶部</a> ]</table></table></table>
<table width=1000><tr><td align=center>版权所有：{f.agency}　Copyright &copy; 2008-2010 All Rights Reserved<br>您是本站第 20931 位访客</table></body></html>"""


@template("http://{host}/portal/x/y.do?id=ff8080")
def divs_without_names(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div><div>{links(MENU, "div")}</div></div><main><nav>{links(COLUMNS, "div")}</nav>
<section><h1>{f.title}</h1><p><time>{f.day}</time> <span>{f.agency}</span> <span>浏览 18 次</span></p><section>{body}</section><p>收藏 | 打印 | 关闭</p></section></main>
<footer><p>主办：{f.site}</p></footer></body></html>"""


@template("http://{host}/site/doc.html")
def two_columns_of_cells(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site}－{f.title}</title></head><body><table align="center"><tr><td>{links(MENU, "span")}</td></tr></table>
<table align="center"><tr><td width="200"><ul>{links(COLUMNS)}</ul></td><td><table><tr><td><b>{f.title}</b></td></tr><tr><td>发布时间：{f.day}　作者：　浏览：12</td></tr><tr><td><p><a href="a">图文版</a> | <a href="b">H5</a></p><div>{body}</div></td></tr></table></td></tr></table>
<table align="center"><tr><td>主办：{f.site}　闽ICP备00000000号　电话：0599-2200000</td></tr></table></body></html>"""


@template("http://{host}/show-12-345-1.html")
def meta_between_rules(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.agency}</title></head><body><div class="hd"><a href="/">{f.site}</a><a href="/wza">无障碍</a><a href="/gh">关怀版</a></div>
<div class="dq">您的位置：<a href="/">首页</a>-&gt;<a href="/l">年报</a></div><div class="zt"><h4>{f.title}</h4><div class="ly"><em>信息来源：{f.agency}</em><em>浏览次数：<i id="c"></i></em><em>发布时间：{f.day} 10:10</em><em>[<a>字体放大</a>] [<a>缩小</a>]</em></div>
<div class="wz" id="wz">{body}</div><div class="syp"><p>上一篇： <a href="1.html">县疾控中心2022年年报</a></p><p>下一篇： <a href="2.html">县妇保院2022年年报</a></p></div>
<div class="xg"><h5>相关文章</h5><ul>{links(RELATED)}</ul></div></div><div class="ft">{f.site} 版权所有　备案号：皖ICP备00000000号</div></body></html>"""


@template("http://{host}/cms/html/2023/0116/77.html")
def mobile(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{f.title}</title></head><body><div><a href="/">返回</a><b>{f.site}</b><a href="/m">菜单</a></div>
<div><p>{f.title}</p><p>{f.day} {f.agency}</p><div>{body}</div><div><a href="/z">赞 3</a><a href="/s">转发</a></div></div><div>客户端下载</div></body></html>"""


@template("http://{host}/xxgk/doc/99.html")
def box_below(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.agency}-{f.title}</title></head><body><div class="nav">{links(MENU, "a")}</div><div class="bb"><div class="tt">{f.title}</div><div class="nn">{body}</div>
<div class="ii"><span>发布机构：{f.agency}</span>　<span>发布日期：{f.day}</span>　<span>责任编辑：李四</span></div><div class="jj">【<a href="#">我要纠错</a>】【<a href="#">打印</a>】【<a href="#">关闭</a>】</div></div>
<div class="ff">{f.site}主办　县大数据中心承办　网站标识码：3399010001</div></body></html>"""


@template("http://{host}/old/news/2023-1/11.htm")
def center_and_rules(f: Facts, body: str) -> str:
    return f"""<html><head><title>{f.agency}网站</title></head><body><center><a href="/">首页</a>&nbsp;<a href="/jg">机构</a>&nbsp;<a href="/dt">动态</a></center><hr>
<center><h3>{f.title}</h3></center><center>（{f.day}）</center><hr width="80%"><div>{body}</div><hr><center><a href="/">返回首页</a></center><center>{f.agency}制作维护</center></body></html>"""


# ---------------------------------------------------------------- the second blind part

NEWS = (
    "7月3日上午，县卫生健康局召开年中工作会议，回顾上半年的各项任务，对下半年重点工作作出安排，各股室负责人参加会议，会后进行了座谈交流。",
    "近日，县疾控中心组织人员深入乡镇集市开展健康义诊，现场发放资料八百余份，测量血压二百余人次，受到赶集群众的普遍欢迎和一致好评。",
    "为保障高温天气下的饮水安全，县卫生监督所对城区二次供水单位进行了一次全面检查，共检查单位二十三家，发出意见书五份，限期整改。",
    "县人民医院远程会诊中心正式启用，群众在家门口就能享受到省城专家的诊疗服务，首批接入的乡镇卫生院共有九家，年内实现全覆盖。",
)


@template("http://{host}/art/2023/1/16/art_59324_9988776.html")
def hanweb_layout_path(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{f.site} 信息公开年报 {f.title}</title>{metas(f)}</head><body>
<div id='hiddenLocation' style='display:none;'><span id='ss_webid'>1</span><span id='ss_cateid'></span><span id='col1_name'>政务公开</span><span id='title1_name'>{f.title}</span></div>
<table width="1000" align="center"><tr><td><a href="/">首页</a></td><td><a href="/col/col1/index.html">新闻中心</a></td></tr></table>
<table width="100%"><tr><td width="5%"><img src="/images/i/dqwz.gif"></td><td>当前位置：</td><td><table cellspacing="0"><tr><td><a href="/index.html">首页</a></td></tr></table></td><td><table><tr><td>&gt;&gt;<a href="/col/col2/index.html">信息公开年报</a></td></tr></table></td></tr></table>
<table id="c" width="94%" align="center"><tr><td id="title" class="title" align="center"><!--<$[标题名称(html)]>begin-->{f.title}<!--<$[标题名称(html)]>end--></td></tr>
<tr><td align="center"><table><tr><td>发布日期：{f.day}</td><td>浏览次数：<script src="/script/0/count.js"></script></td><td>字号：[ <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a> ]</td></tr></table></td></tr>
<tr><td class="con"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><div>{body}</div><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></td></tr>
<tr><td align="right"><a href="javascript:window.print()">打印本页</a>　<a href="javascript:window.close()">关闭窗口</a></td></tr></table>
<table width="1000" align="center"><tr><td align="center">主办单位：{f.site}　承办单位：{f.site}办公室<br>浙ICP备05000000号　技术支持：大汉版通</td></tr></table></body></html>"""


@template("http://{host}/zfxxgk/fdzdgknr/nb/202301/t20230116_5566778.shtml")
def trs_igi(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}_{f.agency}</title>{metas(f)}<meta name="ColumnType" content="政府信息公开"></head><body>
<div class="xxgk-header"><h1>{f.site}</h1><p>政府信息公开</p></div><div class="container"><div class="fl-left"><h3>{f.agency}</h3><ul class="tree">{links(COLUMNS)}</ul></div>
<div class="fl-right"><div class="scroll_wrap"><table class="headInfo"><tbody><tr><td><strong>索&nbsp;&nbsp;引&nbsp;&nbsp;号：</strong></td><td>{f.index}</td><td><strong>主题分类：</strong></td><td>综合政务</td></tr>
<tr><td><strong>发文机关：</strong></td><td>{f.agency}</td><td><strong>成文日期：</strong></td><td>2023年01月13日</td></tr><tr><td><strong>标　　题：</strong></td><td colspan="3">{f.title}</td></tr>
<tr><td><strong>发文字号：</strong></td><td></td><td><strong>发布日期：</strong></td><td>{f.day.year}年{f.day.month:02}月{f.day.day:02}日</td></tr></tbody></table>
<p class="share-box"><span>分享：</span><a class="weixin" title="微信"></a><a class="weibo"></a></p><div id="mainText"><div class="Custom_UnionStyle">{body}</div></div>
<div class="fj"><p>扫一扫在手机打开当前页</p></div></div></div></div>{footer(f)}</body></html>"""


@template("http://{host}/zwgk/zfxxgknb/content_{x}.htm")
def gov_cn(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}_政府信息公开年报_{f.site}</title><meta name="firstpublishedtime" content="{f.day}-09:12:00"><meta name="lanmu" content="政府信息公开年报"></head><body>
<div class="header_mini"><a href="/">首页</a><a href="/home.htm">简</a> | <a href="/big5">繁</a> | <a href="/en">EN</a> | <a href="/reg">登录</a></div><div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zw">政务</a></div>
<div class="article oneColumn pub_border"><h1>{f.title}</h1><div class="pages-date">{f.day} 09:12<span class="font">来源：{f.agency}</span><span class="font">【字体：<span>大</span> <span>中</span> <span>小</span>】</span><span class="pages_print">打印</span><span>分享</span></div>
<div class="pages_content" id="UCAP-CONTENT">{body}<div class="editor"><span>【我要纠错】</span> 责任编辑：王五</div></div><div class="related"><div class="related-title">相关稿件</div><ul class="list01">{links(RELATED[:3])}</ul></div></div>
<div class="footer"><p>链接：<a href="/a">省政府</a><a href="/b">市政府</a></p><p>主办单位：{f.site}办公室　运行维护单位：县大数据中心</p><p>网站标识码3399010001　京ICP备05000000号</p></div></body></html>"""


@template("http://{host}/wcm/longcms/show.jsp?id=8080")
def inspur(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site} {f.agency} {f.title}</title></head><body><div id="head"><div class="weather">今天是2026年5月3日 星期日 晴 12~20℃</div><ul id="menu">{links(MENU)}</ul></div>
<div id="sitemap">您现在的位置：<a href="/">{f.site}</a> → <a href="/1">政务公开</a> → <a href="/2">年度报告</a></div>
<div class="box_1"><div class="wz_title">{f.title}</div><div class="wz_sub"><label>发布时间:</label><em>{f.day} 09:12:33</em><label>信息来源:</label><em>{f.agency}</em><label>浏览量:</label><em id="pv"></em><a class="a1">收藏</a><a class="a2">打印</a></div>
<div class="wz_article">{body}</div><div class="wz_file"></div><div class="wz_next"><p>上一篇：<a href="8.htm">2021年政府信息公开工作年度报告</a></p><p>下一篇：没有了</p></div></div>
<div class="box_2"><div class="tt">站内要闻</div>{"".join(f'<dl><dt><a href="/n/{n}.htm">{RELATED[n]}</a></dt><dd>{text}<a href="/n/{n}.htm">[详细]</a></dd></dl>' for n, text in enumerate(NEWS))}</div>
<div id="bottom"><p>{f.site}主办　联系电话：0599-2200000</p><p>鲁ICP备00000000号 鲁公网安备 37000002000001号</p></div></body></html>"""


@template("http://{host}/html/2023/0116/53118.html")
def sidebar_longer_than_article(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="t"><a href="/">首页</a><a href="/x">信息公开</a><a href="/b">办事</a></div>
<div class="w"><div class="l"><div class="lt">图片新闻</div>{"".join(f'<div class="li"><h5>{RELATED[n]}</h5><p>{text}</p></div>' for n, text in enumerate(NEWS))}</div>
<div class="r"><div class="rt">{f.title}</div><div class="ri">日期：{f.day} 来源：{f.agency} 点击：33</div><div class="rc">{body}</div></div></div>
<div class="b">Copyright 2020 {f.site} 版权所有 豫ICP备00000000号</div></body></html>"""


@template("http://{host}/html/2023/0116/53119.html")
def news_before_title(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.agency}</title></head><body><div class="t"><a href="/">首页</a><a href="/x">信息公开</a></div>
<div class="intro"><p>{f.agency}是县人民政府工作部门，负责拟订全县卫生健康事业发展规划并组织实施，统筹规划全县卫生健康资源配置，指导区域规划的编制和实施。</p><p>{NEWS[2]}</p></div>
<div class="content-main"><h2 class="tc">{f.title}</h2><p class="tc gray">发布日期：{f.day}&nbsp;&nbsp;点击数：90</p><div>{body}</div></div>
<div class="foot-w"><p>地址：青禾县河东路18号　电话：0599-2200118</p><p>主办：{f.agency}　闽ICP备00000000号</p></div></body></html>"""


@template("http://{host}/szf/zfxxgk/nb/index.html")
def platform_two_panes(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}--{f.site}政府信息公开</title></head><body>
<div class="gk_top"><img src="/gk.png" alt="政府信息公开"><form><input type="text" value="请输入搜索内容"><a>搜索</a></form></div>
<div class="gk_wrap"><div class="gk_left"><div class="gk_item"><h3><a href="zn">政府信息公开指南</a></h3></div><div class="gk_item"><h3><a href="zd">政府信息公开制度</a></h3></div><div class="gk_item"><h3><a href="nr">法定主动公开内容</a></h3><ul><li>机构职能</li><li>领导信息</li><li>财政信息</li></ul></div><div class="gk_item on"><h3><a href="nb">政府信息公开年报</a></h3></div><div class="gk_item"><h3><a href="ysq">依申请公开</a></h3></div></div>
<div class="gk_right"><div class="years"><a href="?y=2022" class="on">2022年</a><a href="?y=2021">2021年</a><a href="?y=2020">2020年</a></div><div class="gk_title">{f.title}</div><div class="gk_meta"><span>{f.day}</span><span>来源：{f.agency}</span><span>字体显示：</span><span>大</span><span>中</span><span>小</span></div><div class="gk_text">{body}</div></div></div>
{footer(f)}</body></html>"""


@template("http://{host}/ReadNews.asp?NewsID=1203")
def readnews_2008(f: Facts, body: str) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{f.site}--{f.title}</title><style>td{{font-size:9pt}}</style></head><body topmargin=0>
<div align=center><center><table border=0 width=776 cellspacing=0><tr><td width=776><img src=images/top.jpg></td></tr><tr><td bgcolor=#0066cc align=center><font color=#ffffff><a href=index.asp>首 页</a> ┊ <a href=type.asp?t=1>机构设置</a> ┊ <a href=type.asp?t=2>政策法规</a> ┊ <a href=type.asp?t=3>工作动态</a></font></td></tr></table>
<table border=0 width=776><tr><td width=180 valign=top><table width=100% border=1><tr><td align=center>热点文章</td></tr>{"".join(f"<tr><td>·<a href=ReadNews.asp?NewsID={n}>{w}</a></td></tr>" for n, w in enumerate(RELATED))}</table></td>
<td width=596 valign=top><table width=100%><tr><td height=40 align=center><font color=red size=4><b>{f.title}</b></font></td></tr><tr><td align=center>双击自动滚屏　发布者：admin　发布时间：{f.day.year}/{f.day.month}/{f.day.day}　阅读：305次　【字体：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】</td></tr><tr><td><hr size=1></td></tr>
<tr><td style="line-height:150%">{body}</td></tr><tr><td align=right>【<a href=#>发表评论</a>】【<a href=#>告诉好友</a>】【<a href=#>打印此文</a>】【<a href=#>关闭窗口</a>】</td></tr></table></td></tr></table>
<table border=0 width=776><tr><td align=center>{f.agency} 主办　县信息中心 技术支持<br>最佳分辨率1024×768</td></tr></table></center></div></body></html>"""


@template("https://mp.weixin.qq.com/s/AbCdEf")
def wechat(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{f.title}"><meta property="og:site_name" content="微信公众平台"><title></title></head><body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary">
<h1 class="rich_media_title" id="activity-name">{f.title}</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">原创</span><span class="rich_media_meta rich_media_meta_nickname"><a href="javascript:void(0);">青禾卫健</a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text">{f.day}</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><section><section>{body}</section></section></div></div>
<div class="rich_media_tool"><a>阅读原文</a><div>阅读 <span>1024</span></div><span>赞</span><span>在看</span></div></div></div><div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div></body></html>"""


@template("http://{host}/m/detail?id=77")
def mobile_sections(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{f.title}</title></head><body><header class="bar"><a class="back" href="javascript:history.go(-1)"></a><h1>信息公开</h1><a class="icon-menu" href="#nav"></a></header>
<div class="page-group"><div class="content"><div class="tit-xq">{f.title}</div><div class="date-xq"><span>{f.day}</span><span>来源:{f.agency}</span></div><div class="txt-xq">{body}</div><div class="btn-xq"><a href="/m">返回首页</a><a href="#top">返回顶部</a></div></div></div>
<nav class="tabbar"><a href="/m/1">首页</a><a href="/m/2">公开</a><a href="/m/3">服务</a><a href="/m/4">我的</a></nav><footer>{f.site}<br>网站标识码：3399010001</footer></body></html>"""


@template("http://{host}/system/2023/01/16/030155.shtml")
def word_export(f: Facts, body: str) -> str:
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 11"><title>{f.title}</title><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal{{margin:0cm}}</style></head>
<body lang=ZH-CN style='text-justify-trim:punctuation'><div class=Section1 style='layout-grid:15.6pt'><p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:宋体'>{f.title}</span></b></p><p class=MsoNormal align=center><span lang=EN-US>{f.day}</span><span lang=EN-US><o:p>&nbsp;</o:p></span></p>{body}</div></body></html>"""


@template("http://{host}/xxgk/detail/2023011600012.html")
def kaipu(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="{f.site}"><meta name="ArticleTitle" content="{f.title}"><meta name="PubDate" content="{f.day} 08:00"><title>{f.title} | {f.site}</title></head><body class="zoombody">
<div class="wza_bar"><a>无障碍</a><a>适老化</a></div><div class="nav_box">{links(MENU, "div")}</div><div class="dqwz_box"><span>当前位置：</span><a href="/">首页</a><i>/</i><a href="/xxgk">政府信息公开</a><i>/</i><span>正文</span></div>
<div class="detail_box"><div class="detail_sy"><ul><li><b>索引号</b><span>{f.index}</span></li><li><b>发布机构</b><span>{f.agency}</span></li><li><b>生成日期</b><span>2023-01-13</span></li><li><b>是否有效</b><span>是</span></li></ul></div>
<div class="detail_bt">{f.title}</div><div class="detail_ly"><span>时间：{f.day}</span><span>浏览：<b>0</b></span><span>来源：{f.agency}</span></div><div class="detail_nr" id="zoomnr">{body}</div><div class="detail_fj"><p>附件下载：</p></div><div class="detail_db"><a>打印</a><a>关闭</a></div></div>
<div class="xgwd"><div class="xgwd_t">相关文档</div><ul>{links(RELATED[:4])}</ul></div>{footer(f)}</body></html>"""


@template("http://{host}/Item/4431.aspx")
def powereasy(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title} - {f.agency}网站</title></head><body><form method="post" action="/Item/4431.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwULLTE">
<div class="top_date">2026年5月3日 星期日 农历三月十七</div><div class="menu_li">{links(MENU, "dd")}</div><div class="ggao"><span>公告：</span><marquee>{NEWS[0]}</marquee></div>
<div class="c_main"><div class="c_path">您现在的位置： <a href="/">{f.agency}</a> &gt;&gt; <a href="/n">年度报告</a> &gt;&gt; 正文</div><div class="c_title_text">{f.title}</div><div class="c_title_author"><span>作者：佚名</span> | <span>文章来源：本站原创</span> | <span>更新时间：{f.day.year}-{f.day.month}-{f.day.day}</span> | <span>点击数：<b>151</b></span></div>
<div class="c_content_text" id="fontzoomx">{body}</div><div class="c_content_function">【<a href="#">收藏本页</a>】【<a href="#">打印</a>】【<a href="#">关闭</a>】</div><ul class="c_prenext"><li>上一篇：<a href="1.aspx">关于举行学术讲座的通知</a></li><li>下一篇：<a href="2.aspx">关于做好夏季防病工作的通知</a></li></ul></div>
<div class="c_side"><h3>推荐文章</h3><ul>{links(RELATED)}</ul></div><div class="bot">{f.agency}　地址：河东路18号　Powered by PowerEasy</div></form></body></html>"""


@template("http://{host}/gov/zw/20230116/8.html")
def paragraphs_in_cells(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>欢迎访问{f.site}网站</title></head><body><table width="1002" align="center"><tbody><tr><td><table><tbody><tr>{links(MENU, "td")}</tr></tbody></table></td></tr></tbody></table>
<table width="1002" align="center"><tbody><tr><td valign="top"><table width="100%"><tbody><tr><td class="lm">您的位置： 首页 &gt; 政务公开 &gt; 信息公开年报</td></tr><tr><td class="bt18"><strong>{f.title}</strong></td></tr><tr><td class="xx12">【发布时间：{f.day}】 【来源：{f.agency}】 【浏览次数：<script></script>次】 【打印】 【关闭】</td></tr>
<tr><td><table width="95%" align="center"><tbody><tr><td class="nr14"><p></p><div>{body}</div><p></p></td></tr></tbody></table></td></tr><tr><td></td></tr></tbody></table></td>
<td width="240" valign="top"><table><tbody><tr><td class="rtt">便民电话</td></tr><tr><td>急救：120</td></tr><tr><td>卫生监督：0599-2200120</td></tr><tr><td>疾病控制：0599-2200121</td></tr><tr><td>妇幼保健：0599-2200122</td></tr></tbody></table></td></tr></tbody></table>
<table width="1002" align="center"><tbody><tr><td align="center">版权所有：{f.site}　ICP备案：晋ICP备00000000号</td></tr></tbody></table></body></html>"""


@template("http://{host}/doc/2023/01/16/1187.html")
def split_title(f: Facts, body: str) -> str:
    cut = len(f.agency)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}-{f.site}门户网站</title></head><body><div class="top-nav">{links(MENU, "a")}</div>
<div class="layout"><div class="art-hd"><h1>{f.title[:cut]}<br/>{f.title[cut:]}</h1><div class="art-info"><span>发布时间：{f.day}</span><span>来源：{f.agency}</span><span>访问量：<i>--</i></span><span>[ 打印 ]</span></div></div>
<div class="art-bd">{body}</div><div class="art-ft"><p>信息来源：{f.agency}</p><p>审核：李四　校对：张三</p></div></div>
<div class="wx"><p>扫一扫，关注“青禾发布”微信公众号</p></div><div class="yq"><select><option>国务院部门网站</option></select></div>{footer(f)}</body></html>"""


@template("http://{host}/eportal/ui?pageId=3001&articleKey=5566&columnId=44")
def eportal(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title><meta name="PubDate" content="{f.day} 10:01:02"></head><body><div class="column" id="col1"><div class="portlet" id="p1"><div><ul class="eui-menu">{links(MENU)}</ul></div></div></div>
<div class="column" id="col2"><div class="portlet" id="p2"><div class="easysite-path"><a href="/">网站首页</a>&gt;<a href="/x">政府信息公开</a></div></div><div class="portlet" id="p3"><div><div class="easysite-news-title"><h2>{f.title}</h2><p><span>{f.day} 10:01</span><span>来源： {f.agency}</span><span class="easysite-isspan">浏览量：<b>20</b></span></p></div>
<div class="easysite-news-content"><div class="easysite-news-text" id="easysiteText">{body}</div></div><div class="easysite-news-operation"><span>【打印】</span><span>【关闭】</span></div></div></div></div>
<div class="column" id="col3"><div class="portlet" id="p4"><p>网站主办单位：{f.site}办公室</p><p>技术支持：某软件公司　赣ICP备00000000号</p></div></div></body></html>"""


@template("http://{host}/nb/2022.html")
def bare(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><h3 align="center">{f.title}</h3><p align="center">{f.day}</p>
{body}</body></html>"""


@template("http://{host}/xxgk/view?docId=9921")
def abstract_and_contacts(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.site}-政府信息公开-{f.title}</title></head><body><div class="hd-w">{links(MENU, "a")}</div><div class="bd-w"><div class="bd-l"><p class="jg">{f.agency}</p><p>负责人：陈某某</p><p>办公时间：周一至周五8:00-12:00，14:30-17:30（法定节假日除外）</p><p>办公地址：青禾县河东路18号</p><p>联系电话：0599-2200118</p></div>
<div class="bd-r"><table class="sy" border="1"><tr><th>索引号</th><td>{f.index}</td><th>信息分类</th><td>年报</td></tr><tr><th>发布机构</th><td>{f.agency}</td><th>发布日期</th><td>{f.day}</td></tr><tr><th>信息名称</th><td colspan="3">{f.title}</td></tr><tr><th>内容概述</th><td colspan="3">{f.title}</td></tr></table>
<p class="bt-r">{f.title}</p><div class="nr-r">{body}</div><p class="gn-r"><a>打印本页</a> | <a>关闭窗口</a></p></div></div>{footer(f)}</body></html>"""


# ---------------------------------------------------------------- the third blind part


@template("http://{host}/zfxxgk_2/zfxxgknb/202301/t20230116_7001.htm")
def lead_in_head(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}-{f.site}</title></head><body><header class="site-h"><a href="/">{f.site}</a>{links(MENU, "span")}</header>
<div class="art"><div class="art-top"><h1>{f.title}</h1><p class="src">{f.agency}　{f.day.year}年{f.day.month}月{f.day.day}日　浏览量：12</p></div><div class="art-mid"><div class="art-cell">{body}</div></div><div class="art-end"><span>编辑：赵六</span><span>来源：{f.agency}</span></div></div>
<div class="site-f"><p>{f.site}主办　{f.site}办公室承办</p><p>互联网信息服务备案号：川ICP备00000000号</p></div></body></html>"""


@template("http://{host}/web/index.php?m=content&a=show&catid=12&id=331")
def phpcms(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title} - 年度报告 - {f.agency}</title><meta name="keywords" content="年度报告"><meta name="description" content="{f.title}"></head><body><div class="header"><div class="logo"></div><div class="nav-bar">{links(MENU)}</div><div class="subnav">大家都在搜：{links(("核酸检测", "疫苗接种", "献血"), "span")}</div></div>
<div class="main"><div class="col-left"><div class="crumbs"><a href="/">首页</a><span> &gt; </span><a href="/c">信息公开</a> &gt; 年度报告 &gt; </div><div id="Article"><h1>{f.title}<br/><span>{f.day} 15:30:02　　来源：{f.agency}　　点击：<span id="hits"></span></span></h1><div class="content">{body}</div><div class="bk10"></div><p class="f14"><strong>上一篇：</strong><a href="330">关于公布举报电话的公告</a><br/><strong>下一篇：</strong><a href="332">关于开展培训的通知</a></p></div></div>
<div class="col-auto"><div class="box"><h5 class="title-2">频道总排行</h5><ul class="content digg">{links(RELATED)}</ul></div><div class="box"><h5>频道本月排行</h5><ul>{links(RELATED[::-1])}</ul></div></div></div><div class="foot">Powered by PHPCMS © 2023</div></body></html>"""


@template("http://{host}/plus/view.php?aid=120")
def dedecms(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_{f.agency}官网</title></head><body class="articleview"><div class="w960 center"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a href="/">主页</a> &gt; <a href="/nb">年报</a> &gt; </div><div class="viewbox"><div class="title"><h2>{f.title}</h2></div><div class="info"><small>时间:</small>{f.day} 10:20<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>91次</div><div class="content"><table width="100%"><tr><td>{body}</td></tr></table></div><div class="dede_pages"></div><div class="newdigg">顶一下 (0) 0% 踩一下 (0) 0%</div><div class="context"><ul><li>上一篇：没有了</li><li>下一篇：<a href="b.html">公告</a></li></ul></div></div></div>
<div class="pright"><dl><dt><strong>栏目列表</strong></dt><dd>{links(COLUMNS)}</dd></dl></div></div><div class="footer"><p class="powered">Powered by DedeCMS © 2004-2012</p></div></body></html>"""


@template("http://{host}/Government/PublicInfoShow.aspx?ID=881")
def epoint(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><form id="form1"><div class="ewb-top">{links(MENU, "a")}</div><div class="ewb-route">当前位置：<a href="/">首页</a><span>&gt;</span><a href="/i">信息公开</a></div>
<div class="ewb-pub"><table class="ewb-tab"><tr><td class="lb">信息索引号</td><td>{f.index}</td><td class="lb">生成日期</td><td>2023-01-13</td><td class="lb">公开日期</td><td>{f.day}</td></tr><tr><td class="lb">文件编号</td><td></td><td class="lb">公开时限</td><td>长期公开</td><td class="lb">发布机构</td><td>{f.agency}</td></tr><tr><td class="lb">公开形式</td><td>网站</td><td class="lb">公开方式</td><td>主动公开</td><td class="lb">公开范围</td><td>面向全社会</td></tr><tr><td class="lb">内容概述</td><td colspan="5">{f.agency}年度报告</td></tr></table>
<div class="ewb-tt">{f.title}</div><div id="ewb-nr">{body}</div><div class="ewb-close"><a href="javascript:window.close()">关闭</a></div></div><div class="ewb-ft"><p>主办：{f.site}</p><p>苏ICP备00000000号</p></div></form></body></html>"""


@template("http://{host}/zwgk/show/8a8a.html")
def right_contacts_no_marks(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div><h1><a href="/">{f.site}</a></h1>{links(MENU, "a")}</div><div><div><h2>{f.title}</h2><p>{f.day}</p>{body}</div><div><h3>服务指南</h3><p>办理预防接种证请携带户口簿到辖区接种门诊，工作日均可办理，不收取任何费用。</p><p>咨询电话12320，二十四小时有人接听，欢迎拨打。</p><h3>值班安排</h3><p>周六：李四　周日：王五</p></div></div><div>{f.site}　{f.agency}承办　青ICP备00000000号</div></body></html>"""


@template("http://{host}/zwgk/pages/2023/1.html")
def print_bar_above(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.site}_{f.title}</title></head><body><div class="x0">{links(MENU, "a")}</div><div class="x1"><div class="x2">{f.title}</div><div class="x3"><div>发布日期：{f.day}</div><div>来源：{f.agency}</div><div>字体：<a>大</a><a>中</a><a>小</a></div><div><a>打印</a><a>关闭</a></div><div>扫一扫在手机打开当前页</div></div><div class="x4">{body}</div><div class="x5"><img src="/end.gif"></div></div>
<div class="x6"><h4>最新公开</h4>{links(RELATED, "p")}</div><div class="x7">{f.site}版权所有 陕ICP备00000000号 您是第<b>881</b>位访问者</div></body></html>"""


@template("http://{host}/xxgk/jcms_files/jcms1/web8/site/art/2023/1/16/art_388_5521.html")
def jcms_deep(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.agency}信息公开目录 {f.title}</title></head><body><table width="100%"><tr><td><table width="760" align="center"><tr><td><table class="xxgkbk" border="1"><tr><td bgcolor="#eee">索引号</td><td>{f.index}</td><td bgcolor="#eee">文件编号</td><td>&nbsp;</td></tr><tr><td>公开方式</td><td>主动公开</td><td>公开时限</td><td>长期</td></tr><tr><td>发布机构</td><td>{f.agency}</td><td>生成日期</td><td>2023-01-13</td></tr></table></td></tr>
<tr><td align="center"><font color="#d50008" size="5">{f.title}</font></td></tr><tr><td align="center">发布日期：{f.day}　浏览次数：9　字号：[大 中 小]</td></tr><tr><td><table width="100%"><tr><td>{body}</td></tr></table></td></tr><tr><td align="right"><a href="#">打印本页</a> <a href="#">关闭窗口</a></td></tr></table></td></tr></table></body></html>"""


@template("http://{host}/sub/nb2022/")
def annual_special(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.site}各部门政府信息公开年度报告</title></head><body><div class="banner"><h1>政府信息公开年度报告</h1></div><div class="yearbar">{links(("2022", "2021", "2020"), "span")}</div>
<div class="flex"><div class="deps"><h3>县政府部门</h3>{links(("县发展改革局", "县教育局", "县公安局", "县民政局", "县财政局", "县卫生健康局"), "p")}</div><div class="paper"><div class="paper-t">{f.title}</div><div class="paper-d">发布时间：{f.day}</div><div class="paper-c">{body}</div></div></div>{footer(f)}</body></html>"""


@template("http://{host}/info/1042/3301.htm")
def vsb_school(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}-{f.agency}</title><meta name="pageType" content="3"><meta name="pageTitle" content="{f.title}"></head><body><div class="hd">{links(MENU)}</div><div class="ny"><div class="ny-l"><h2>信息公开</h2><ul>{links(COLUMNS)}</ul></div><div class="ny-r"><div class="weizhi"> 当前位置： <a href="/">首页</a> &gt; 信息公开 &gt; 正文 </div><form name="_newscontent_fromname"><div class="main_tit"><h2>{f.title}</h2><p>作者： 时间：{f.day} 点击数：<span id="dynclicks_wbnews"></span></p></div><div id="vsb_content_1025"><div class="v_news_content2">{body}</div></div><div id="div_vote_id"></div><p>上一条：<a href="3300.htm">值班电话</a></p></form></div></div><div class="ft"><p>{f.agency} 地址：青禾县河东路18号 邮编：339901</p></div></body></html>"""


@template("http://{host}/cms-content/detail/5f0.html")
def vue_like(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html lang="zh-cn"><head><meta charset="utf-8"><title>{f.title}</title></head><body><div id="app"><div class="el-header"><div>{links(MENU, "div")}</div></div><div class="el-main"><div class="el-row"><div class="el-col-18"><div class="card"><div class="card-title">{f.title}</div><div class="card-sub"><span>{f.day} 11:00:00</span><span>{f.agency}</span><span>点击量 32</span></div><div class="card-body"><div class="ql-editor">{body}</div></div></div></div><div class="el-col-6"><div class="card"><div class="card-title">热点</div>{"".join(f'<div class="row"><a href="/d/{n}">{w}</a><span>2023-01-0{n + 1}</span></div>' for n, w in enumerate(RELATED))}</div></div></div></div><div class="el-footer"><p>版权所有 {f.site}</p></div></div></body></html>"""


@template("http://{host}/zwgk/y/2023-01/16/content_5512.htm")
def old_daily(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><center><table width=960><tr><td align=left><a href="/"><img src=/l.gif></a></td><td align=right>{f.day.year}年5月3日　星期三　<a href=/>设为首页</a></td></tr></table><table width=960><tr><td><span>青禾政府网</span> <a href="/">www.qinghe-example.gov.cn</a>　{f.day.year}年{f.day.month:02}月{f.day.day:02}日　来源：{f.agency}</td><td>【字体：<a>大</a> <a>中</a> <a>小</a>】</td><td>【E-mail推荐 <input> <input type=image>】</td></tr><tr><td colspan=3 align=center class=p2><br>{f.title}<br><br></td></tr><tr><td colspan=3><table><tr><td class=p1>{body}</td></tr></table></td></tr></table><table width=960><tr><td align=center>版权所有：{f.site}门户网站</td></tr></table></center></body></html>"""


@template("http://{host}/xwzx/2023116/n9910.html")
def intro_then_body(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title} {f.site}</title></head><body><ul class="n1">{links(MENU)}</ul><div class="n2"><h1 class="n3">{f.title}</h1><h2 class="n4"><span>{f.agency}</span><span>2023-01-16</span></h2><div class="n5"><b>视力保护：</b><i></i><i></i><b>字号：</b><em>T</em><em>|</em><em>T</em></div><div class="n6">{body}</div><ul class="n7"><li>责任编辑：钱七</li></ul></div><div class="n8"><div>延伸阅读</div><p><a href="/1">{RELATED[0]}</a></p><p><a href="/2">{RELATED[1]}</a></p></div><div class="n9">{f.site}　网站标识码：3399010001</div></body></html>"""


# ---------------------------------------------------------------- the fourth blind part


@template("http://{host}/zwgk/zfxxgk/nb/t9001.html", blind=True)
def summary_box_above(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}_政府信息公开_{f.site}</title></head><body><div class="g-hd">{links(MENU, "a")}</div><div class="g-bd"><div class="g-hd2"><div class="m-title">{f.title}</div><div class="m-info"><span>来源：{f.agency}</span><span>{f.day} 09:00</span><span>阅读量：8</span></div><div class="m-daodu">导读：本报告由{f.agency}编制。</div></div><div class="g-mn">{body}</div></div><div class="g-ft"><p>{f.site} 版权所有</p></div></body></html>"""


@template("http://{host}/nszx/2023-01/16/c_55.htm", blind=True)
def left_tree_with_counts(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="gb2312"><title>{f.agency}-信息公开</title></head><body><table width="990" align="center"><tr><td colspan="3"><img src="top.jpg" width="990" height="150"></td></tr><tr><td width="190" valign="top"><div>信息公开目录</div>{"".join(f"<div>+ <a href='{n}.htm'>{w}</a> ({n * 7})</div>" for n, w in enumerate(COLUMNS))}<div>在线访谈</div><div>局长信箱</div></td><td width="600" valign="top"><div align="center" style="font-size:22px;font-weight:bold">{f.title}</div><div align="center">{f.day.year}-{f.day.month:02}-{f.day.day:02}　　来源：{f.agency}　　浏览：<span>12</span>次</div><div>{body}</div><div align="center"><a href="#">【打 印】</a><a href="#">【关 闭】</a></div></td><td width="200" valign="top"><div>便民提示</div><div>流感高发季节请注意保暖，勤洗手，常通风。</div><div>接种门诊每周一、三、五开放。</div></td></tr></table><div align="center">{f.agency}版权所有</div></body></html>"""


@template("http://{host}/zfxxgk/show-88.html", blind=True)
def title_twice(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}-{f.agency}</title></head><body><div class="hh">{links(MENU, "a")}<p>当前位置：首页 &gt; 信息公开 &gt; {f.title}</p></div><div class="aa"><p class="a1">{f.title}</p><p class="a2">发布人：管理员　发布日期：{f.day}　浏览次数：3</p><div class="a3">{body}</div><div class="a4">分享到： <a>QQ</a> <a>微信</a></div><p class="a5">上一条：<a href="1">县卫健局2021年年报</a>　下一条：<a href="3">没有了</a></p></div><div class="bb"><span>友情链接：</span>{links(("国家卫生健康委", "省卫生健康委"), "span")}</div><div class="cc">{f.agency}　京ICP备00000000号</div></body></html>"""


@template("http://{host}/gongkai/nb/77.html", blind=True)
def two_info_lines(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div id="page"><div id="hd"><a href="/">{f.site}</a></div><div id="bd"><div class="zx"><h2>{f.title}</h2><div class="i1">文章来源：{f.agency}</div><div class="i2">发布时间：{f.day}　点击：44　字号：<a>T</a>|<a>T</a></div><hr/>{body}<hr/><div class="i3">相关附件</div><div class="i3">相关链接</div></div><div class="yx"><div class="yt">办事指南</div>{links(("出生医学证明", "生育登记", "医师注册", "护士注册"))}<div class="yt">联系方式</div><div>电话：0599-2200118</div></div></div><div id="ft">{f.site}主办</div></div></body></html>"""


@template("http://{host}/index.php/Home/Article/detail/id/12.html", blind=True)
def footer_in_wrapper(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.agency}</title><meta name="description" content="{f.title}"></head><body><div class="all"><div class="n">{links(MENU, "a")}</div><h3 class="tt">{f.title}</h3><div class="tm">时间：{f.day}</div>{body}<div class="bq"><div>地址：青禾县河东路18号</div><div>电话：0599-2200118</div><div>Copyright © 2019 {f.agency}</div></div></div></body></html>"""


@template("http://{host}/web/detail.html?aid=9", blind=True)
def tab_panels(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title} - {f.site}</title></head><body><div class="topbar">欢迎您，今天是<span>2026年5月3日</span></div><div class="menu2">{links(MENU)}</div><div class="main2"><div class="tabs"><span class="cur">正文</span><span>解读</span><span>附件</span></div><div class="panel"><div class="hd-t">{f.title}</div><div class="hd-s">发布机构：{f.agency} | 发布时间：{f.day} | 有效性：有效</div><div class="hd-b">{body}</div></div><div class="panel" style="display:none"><p>暂无解读。</p></div></div><div class="foot2"><div>网站地图 | 关于我们 | 联系我们</div><div>{f.site}</div></div></body></html>"""


@template("http://{host}/xxgk/gkml/2023/8.html", blind=True)
def box_right_of_title(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="gkml"><div class="gkml-h">{f.site}信息公开目录</div><table class="gkml-t"><tr><td rowspan="3" class="big">{f.title}</td><td>索引号</td><td>{f.index}</td></tr><tr><td>发布日期</td><td>{f.day}</td></tr><tr><td>发布机构</td><td>{f.agency}</td></tr></table><div class="gkml-c">{body}</div><div class="gkml-d">打印　关闭　收藏</div></div></body></html>"""


@template("http://{host}/cn/info_9.aspx", blind=True)
def comments_below(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title} {f.agency}</title></head><body><div id="wrap"><div id="menu">{links(MENU)}</div><div id="article"><h1>{f.title}</h1><div class="infobar">{f.day}　{f.agency}　人气：51</div><div class="txt">{body}</div></div><div id="comment"><h4>网友评论</h4><div class="c"><b>游客</b><p>请问去年的报告在哪里可以看到？希望一并公布，谢谢。</p></div><div class="c"><b>游客</b><p>内容很详细，点赞，希望继续保持。</p></div><p>以上评论仅代表网友个人观点，不代表本站立场。</p></div><div id="bottom">{f.agency} 版权所有 技术支持：某公司</div></div></body></html>"""


# ---------------------------------------------------------------- titles, parts and names that mislead


@template("http://{host}/wjw/nb/2023/9.html")
def title_broken_in_two(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}-{f.agency}</title></head><body><div id="hd"><div class="mn">{links(MENU, "span")}</div></div>
<div id="bd"><div class="pos"><span>您当前所在位置：</span><a href="/">首页</a><em>&gt;</em><a href="/nb">年报</a></div><div class="rcol"><h5>通知公告</h5><ul>{"".join(f'<li><a href="/{n}">{w}</a><em>2023-03-0{n + 1}</em></li>' for n, w in enumerate(RELATED))}</ul></div>
<div class="lcol"><h2>{f.agency}<br/>{f.title.removeprefix(f.agency)}</h2><p class="ly">信息来源：办公室&nbsp;&nbsp;日期：{f.day.year}/{f.day.month:02}/{f.day.day:02}&nbsp;&nbsp;阅读：<b>3021</b>次</p><hr/><div class="detail">{body}</div></div></div><div id="ft"><p>{f.agency} 版权所有</p></div></body></html>"""


@template("http://{host}/nb/show.asp?id=312")
def title_is_a_picture(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}-{f.agency}网站</title></head><body><div id="menu">{links(MENU, "div")}</div><div id="mid"><div id="midL"><p class="lt">最新公告</p>{"".join(f'<p class="li"><a href="/{n}">{w}</a></p>' for n, w in enumerate(RELATED))}</div>
<div id="midR"><div id="tpic"><img src="/upload/t0116.jpg" alt=""></div><div id="tinfo">{f.day.year}/{f.day.month}/{f.day.day} 15:20:11　本站编辑　阅读 77</div><div id="tbody">{body}</div></div></div><div id="end"><div>{f.agency}主办 ｜ 浙ICP备00000000号</div></div></body></html>"""


@template("http://{host}/zfxxgk/ndbg/index.html")
def years_and_bureaus_above(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾县政府信息公开年报专栏</title><meta name="ArticleTitle" content=""><meta name="PubDate" content=""></head><body><div class="tp">{links(MENU)}</div>
<div class="nb"><div class="nb-y">{"".join(f'<a href="?y={y}">{y}年年报</a>' for y in range(2024, 2008, -1))}</div><div class="nb-d">{"".join(f'<span><a href="?d={w}">县{w}</a></span>' for w in ("教育局", "科技局", "民政局", "财政局", "水利局"))}</div>
<div class="nb-a"><p class="p_t"><strong>{f.title}</strong></p><p class="p_d">{f.day}</p><div class="p_b">{body}</div></div></div><div class="ft"><span>浙ICP备00000000号</span><span>技术支持：某公司</span></div></body></html>"""


@template("http://{host}/zhengce/content/2023-01/16/content_9.htm")
def box_with_number_below_title(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}（青卫发〔2023〕9号）_政府信息公开专栏</title><meta name="firstpublishedtime" content="{f.day}-10:22:00"></head><body><div class="top">{links(MENU)}</div><div class="bn">首页 &gt; 信息公开 &gt; 文件</div>
<table class="bd1"><tbody><tr><td><table><tbody><tr><td><b>索　引　号：</b></td><td>{f.index}</td><td><b>主题分类：</b></td><td>卫生、体育</td></tr><tr><td><b>发文机关：</b></td><td>{f.agency}</td><td><b>成文日期：</b></td><td>2023年01月13日</td></tr><tr><td><b>标　　题：</b></td><td colspan="3">{f.title}</td></tr><tr><td><b>发文字号：</b></td><td>青卫发〔2023〕9号</td><td><b>发布日期：</b></td><td>{f.day.year}年{f.day.month:02}月{f.day.day:02}日</td></tr></tbody></table></td></tr></tbody></table>
<div class="wrap"><table width="750"><tr><td class="b12c" id="UCAP-CONTENT">{body}</td></tr></table></div><div class="fx">【字体：<a>大</a> <a>中</a> <a>小</a>】<a>打印</a></div><div class="foot2"><p>主办单位：{f.site}办公室</p><p>晋ICP备00000000号</p></div></body></html>"""


@template("http://{host}/news/20230116")
def article_with_header_and_footer(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{f.title} | {f.agency}</title><meta property="og:title" content="{f.title}"><meta property="article:published_time" content="{f.day}T15:30:00+08:00"></head><body><header><nav><ul>{links(MENU)}</ul></nav></header><main><nav class="bread"><a href="/">首页</a><a href="/n">新闻</a></nav>
<article><header><h1>{f.title}</h1><p class="byline">{f.agency} · {f.day.year}年{f.day.month}月{f.day.day}日 15:30</p></header>{body}<footer><a href="/t">标签：年报</a></footer></article><aside><h2>最新发布</h2><ul>{links(RELATED)}</ul></aside></main><footer><small>© {f.agency}　湘ICP备00000000号</small></footer></body></html>"""


@template("http://m.{host}/a/9912.html")
def comments_longer_than_article(f: Facts, body: str) -> str:
    remarks = (
        "建议室外场地的开放时间再延长一些，下班以后过去往往快要关门了，希望考虑上班族的需要。",
        "停车场经常满，希望增加非机动车停放点并安排人员疏导，谢谢管理方。",
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="m-top"><a class="back" href="/">返回</a><span>公告</span></div><div class="m-menu" hidden><ul>{links(MENU)}</ul></div>
<article><h1>{f.title}</h1><div class="m-meta"><time>{f.day}</time><span>{f.agency}</span></div><div class="m-text">{body}</div></article><div class="m-like"><span>赞 12</span></div>
<section class="m-cmt"><h2>全部评论(2)</h2>{"".join(f"<div class='cm'><b>游客</b><p>{text}</p><a href='#'>回复</a></div>" for text in remarks)}</section><div class="m-foot">粤ICP备00000000号</div></body></html>"""


@template("http://{host}/c/detail?cid=40")
def panel_named_like_a_body(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}_{f.site}</title></head><body><div class="tp">{links(MENU)}</div>
<div class="lay"><div class="lay-l"><div class="blk-h">{f.title}</div><div class="blk-i">发布时间：{f.day} 10:00　来源：{f.agency}</div><div class="blk-b">{body}</div></div>
<div class="lay-r"><div class="news_text"><h4>健康提示</h4><p>换季时节早晚温差大，注意添减衣物。室内每天通风两次，每次半小时。有发热咳嗽请到发热门诊就诊。</p></div></div></div><div class="ft">赣ICP备00000000号</div></body></html>"""


@template("http://{host}/doc/8.html")
def cards_are_articles(f: Facts, body: str) -> str:
    cards = "".join(
        f"<article><h3><a href='/{n}'>{w}</a></h3><p>日前，{w}，取得了预期的效果。有关单位作了汇报。下一步将继续推进。</p></article>"
        for n, w in enumerate(RELATED[:3])
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><header><ul>{links(MENU)}</ul></header><main><div class="doc"><h1>{f.title}</h1><p class="m">{f.day} | {f.agency}</p><div class="doc-b">{body}</div></div><div class="cards">{cards}</div></main><footer>晋ICP备00000000号</footer></body></html>"""


@template("http://{host}/zwgk/nb/20230116.html")
def second_edition_for_telephones(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title>{metas(f)}</head><body><div class="nav1">{links(MENU)}</div><div class="con1"><h1 class="t1">{f.title}</h1><div class="s1">发布时间：{f.day}　来源：{f.agency}</div><div class="article-content pc">{body}</div></div>
<div class="wap1"><div class="t2">{f.title}</div><div class="article-content" style="display:none">{body}</div></div><div class="ft1">吉ICP备00000000号</div></body></html>"""


@template("http://{host}/gongkai/doc_63c0.html")
def box_of_lines_in_one_cell(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>政府信息公开</title></head><body><table width="960" align="center"><tr><td colspan="2"><img src="b.jpg"></td></tr><tr><td width="200" valign="top">{links(MENU, "p")}</td><td valign="top">索引号：{f.index}<br>信息分类：其他<br>发文机构：{f.agency}<br>生成日期：2023-1-13<br>公开日期：{f.day.year}-{f.day.month}-{f.day.day}<br><center><b><font size="5">{f.title}</font></b></center><br><div>{body}</div><br>【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr><tr><td colspan="2" align="center">{f.site}办公室 版权所有<br>皖ICP备00000000号</td></tr></table></body></html>"""


@template("http://{host}/detail/72.html")
def title_in_two_paragraphs(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{f.title}</title></head><body><div class="z1">{links(MENU)}</div><div class="z2"><p class="z3"><a href="/">首页</a>&gt;<a href="/nb">年报</a></p><p class="z4">{f.title[:9]}</p><p class="z4">{f.title[9:]}</p><p class="z5">{f.day}</p>{body}<p class="z6">来源：{f.agency}</p><p class="z7">阅读：3</p></div><div class="z8"><p>鄂ICP备00000000号</p></div></body></html>"""


@template("http://{host}/zwgk/202301/t20230116_77.html")
def labels_in_brackets_and_voice(f: Facts, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>【部门年报】{f.title}_{f.site}</title><meta name="PubDate" content="{f.day} 10:00:00"></head><body><div class="Top">{links(MENU)}</div><div class="xl-table"><ul><li><span>[ 索引号 ]</span><span>{f.index}</span></li><li><span>[ 主题分类 ]</span><span>卫生</span></li><li><span>[ 发布机构 ]</span><span>{f.agency}</span></li><li><span>[ 发布日期 ]</span><span>{f.day}</span></li></ul></div>
<p class="xl-tit">{f.title}</p><div class="xl-bar"><ul class="share"><li><a>分享到微信</a></li></ul><span>字体：<a>大</a><a>小</a></span><span><a>打印</a></span></div><div class="xl-article"><div class="audio">语音播报 <span>00:00</span> / <span>12:30</span></div>{body}</div><div class="qr"><p>扫一扫在手机打开当前页</p></div><div class="Bottom"><p>渝ICP备00000000号</p></div></body></html>"""


@template("http://{host}/n1/2023/0116/c9-41.html")
def source_line_above_title(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.title}_年度报告_{f.site}</title></head><body><table width="1000"><tr><td>{links(MENU, "span")}</td></tr></table><table width="1000"><tr><td width="740" valign="top"><table><tr><td>{f.day.year}.{f.day.month:02}.{f.day.day:02} 09:12　来源：{f.site}网　责任编辑：张三</td></tr><tr><td align="center"><h1>{f.title}</h1></td></tr><tr><td>{body}</td></tr></table></td>
<td width="240" valign="top"><table border="1"><tr><th>索引号</th><td>{f.index}</td></tr><tr><th>发文单位</th><td>{f.agency}</td></tr><tr><th>文号</th><td>&nbsp;</td></tr></table><table><tr><th>最新文件</th></tr>{"".join(f'<tr><td><a href="/{n}">{w}</a></td></tr>' for n, w in enumerate(RELATED))}</table></td></tr></table><table width="1000"><tr><td align="center">{f.site}主办 晋ICP备00000000号</td></tr></table></body></html>"""


@template("http://{host}/xwnb/2023.html")
def date_and_source_below_text(f: Facts, body: str) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{f.agency}</title></head><body><div class="header"><img src="logo.png" width="90" height="40"><div class="tel">咨询电话：0599-2200118</div></div><div class="nav"><ul>{links(MENU)}</ul></div><div class="inner"><div class="sub-l"><div class="sub-t">信息公开</div><ul>{links(COLUMNS)}</ul></div><div class="sub-r"><div class="art-t">{f.title}</div><div class="art-c">{body}</div><div class="art-b"><span>信息来源：办公室</span><span>发布日期：{f.day}</span><span>浏览：210</span></div></div></div><div class="footer">Copyright © {f.agency} 豫ICP备00000000号</div></body></html>"""


def page(name: str, body: Body, facts: Facts | None = None) -> tuple[str, str]:
    """Markup and address of a template with a body."""
    facts = facts or Facts()
    return TEMPLATES[name](facts, body.markup), URLS[name].format(host=facts.host, x="gk")
