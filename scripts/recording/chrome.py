"""The sites around the articles: a Zhejiang portal on Hanweb, Kunming's, Zibo's and a document-sharing site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote


@dataclass(frozen=True)
class Article:
    """A page of the recording: where it stands, its title, its date (YYYY-MM-DD) and the HTML of its body."""

    url: str
    title: str
    date: str
    publisher: str
    body: str
    index_number: str = ""


def hanweb_article(page: Article, site: str, column: str) -> str:
    """A detail page of Hanweb jcms: index box, font-size links, #zoom, counters filled by script, footer."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>{escape(page.title)}-{site}</title>
<meta name="SiteName" content="{site}"><meta name="ColumnName" content="{column}">
<meta name="ArticleTitle" content="{escape(page.title)}"><meta name="PubDate" content="{page.date} 09:30">
<meta name="ContentSource" content="{escape(page.publisher)}">
<script>var _counter = "/module/visitcount/visit.jsp?type=3";</script>
<style>.zoom{{font-size:16px}}</style></head>
<body>
<div class="top"><a href="/">首页</a> | <a href="/col/col1229055000/index.html">政务公开</a> | <a href="/wza/">无障碍浏览</a> | <a href="/old/">长者模式</a></div>
<div class="search"><input name="q"><span>热搜词：</span><a href="#">医保</a> <a href="#">社保</a></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt;&gt; <a href="#">政府信息公开</a> &gt;&gt; <a href="#">{column}</a></div>
<div class="left"><ul><li><a href="#">政府信息公开指南</a></li><li><a href="#">政府信息公开制度</a></li><li><a href="#">法定主动公开内容</a></li><li><a href="#">政府信息公开年报</a></li></ul></div>
<div class="main">
<table class="xxgk_table" width="100%"><tbody>
<tr><td>索&nbsp;引&nbsp;号</td><td>{page.index_number}</td><td>文&nbsp;&nbsp;&nbsp;&nbsp;号</td><td></td></tr>
<tr><td>主题分类</td><td>卫生</td><td>公开方式</td><td>主动公开</td></tr>
<tr><td>发布机构</td><td>{escape(page.publisher)}</td><td>成文日期</td><td>{page.date}</td></tr>
</tbody></table>
<h2 class="title">{escape(page.title)}</h2>
<div class="info"><span>发布日期：{page.date}</span> <span>来源：{escape(page.publisher)}</span> <span>浏览次数：<script>document.write("")</script></span>
<span>字体大小：<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a></span></div>
<div id="zoom" class="zoom">
<!--ZJEG_RSS.content.begin-->
{page.body}
<!--ZJEG_RSS.content.end-->
</div>
<div class="tools">【<a href="javascript:window.print()">打印本页</a>】 【<a href="javascript:window.close()">关闭本页</a>】 分享到： 微信 微博</div>
</div>
<div class="footer"><p>主办单位：{site}办公室　承办：大数据中心</p><p>浙ICP备00000000号　网站标识码：3302000000</p><p><a href="/map/">网站地图</a> | <a href="/about/">联系我们</a></p></div>
</body></html>
"""


def _record(page: Article) -> str:
    path = "/" + page.url.split("/", 3)[3]
    return (
        f'<record><![CDATA[<li><a href="{path}" title="{escape(page.title)}" target="_blank">{escape(page.title[:24])}</a>'
        f"<span>{page.date}</span></li>]]></record>"
    )


def hanweb_proxy_url(base: str, site: str, column_id: str, *, unit: str, webid: str) -> str:
    """The address of the second group of records, as the column page names it."""
    return (
        f"{base}/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid={webid}&path=/&columnid={column_id}"
        f"&unitid={unit}&webname={quote(site)}&permissiontype=0"
    )


def hanweb_column(
    pages: Sequence[Article], site: str, column: str, column_id: str, *, unit: str, webid: str, inlined: int
) -> str:
    """A column page: the list stands in a datastore inside a script; the records past `inlined` come from the proxy."""
    proxy = hanweb_proxy_url("", site, column_id, unit=unit, webid=webid)
    records = "\n".join(_record(page) for page in pages[:inlined])
    per_page = 10
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{column}-{site}</title>
<meta name="SiteName" content="{site}"><meta name="ColumnName" content="{column}"><meta name="ColumnType" content="{column}">
<script src="/script/jpage.js"></script></head>
<body>
<div class="top"><a href="/">首页</a> | <a href="/wza/">无障碍浏览</a></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt;&gt; {column}</div>
<div id="{unit}" class="list"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>
<totalrecord>{len(pages)}</totalrecord>
<totalpage>{-(-len(pages) // per_page)}</totalpage>
<recordset>
{records}
</recordset>
</datastore></script></div>
<script>$(function(){{ $("#{unit}").jpage({{ perPage: {per_page}, totalRecord: {len(pages)}, proxyUrl: '/module/web/jpage/dataproxy.jsp', groupSize: {max(1, inlined // per_page)}, webid: {webid}, columnid: {column_id}, unitid: {unit} }}); }});</script>
<div class="footer">主办单位：{site}办公室 浙ICP备00000000号</div>
</body></html>
"""


def hanweb_proxy(pages: Sequence[Article], total: int) -> str:
    """The proxy's answer: the same records as XML."""
    records = "\n".join(_record(page) for page in pages)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<datastore>\n<totalrecord>{total}</totalrecord>\n'
        f"<totalpage>{-(-total // 10)}</totalpage>\n<recordset>\n{records}\n</recordset>\n</datastore>\n"
    )


def kunming_article(page: Article) -> str:
    """A detail page of km.gov.cn: header with date and counter, font sizes one a line, the body in .detail_content."""
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{escape(page.title)}-昆明市卫生健康委员会</title>
<meta name="ArticleTitle" content="{escape(page.title)}"><meta name="PubDate" content="{page.date} 16:44"></head>
<body><div class="head"><ul><li><a href="/">首页</a></li><li><a href="/gk/">政务公开</a></li><li><a href="/hd/">政民互动</a></li></ul></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; 信息公开年报</div>
<div class="detail">
<div class="detail_cn_top"><h1>{escape(page.title)}</h1>
<div class="pub"><span>发布时间:{page.date} 16:44</span> <span>浏览次数:<em id="hits">282</em></span>
<span>字号:[ <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> ]</span></div></div>
<div class="detail_content">
{page.body}
</div>
<div class="share">分享到： <a href="#">微信</a> <a href="#">微博</a> <a href="#">打印</a> <a href="#">关闭</a></div></div>
<div class="foot">主办单位：昆明市卫生健康委员会　滇ICP备00000000号　网站标识码：5301000000</div></body></html>
"""


def gongkai_list(pages: Sequence[Article], agency: str) -> str:
    """A list page of Zibo's disclosure platform."""
    items = "\n".join(
        f'<li><a href="{page.url}" title="{escape(page.title)}" target="_blank">{escape(page.title)}</a><span class="date">{page.date}</span></li>'
        for page in pages
    )
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{agency}-政府信息公开年报</title><meta name="ColumnName" content="政府信息公开年报"></head>
<body><div class="nav"><a href="/">首页</a> <a href="/gongkai/">政府信息公开</a></div>
<div class="menu"><a href="#">政府信息公开指南</a><a href="#">政府信息公开制度</a><a href="#">法定主动公开内容</a><a href="#">依申请公开</a></div>
<div class="list"><ul>
{items}
</ul></div><div class="page">共1页 首页 上一页 下一页 尾页</div>
<div class="footer">主办：{agency} 鲁ICP备00000000号</div></body></html>
"""


def gongkai_article(page: Article, agency: str) -> str:
    """A detail page of Zibo's disclosure platform: a list of labels, the title twice, alternative editions."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(page.title)}</title><meta name="ArticleTitle" content="{escape(page.title)}">
<meta name="PubDate" content="{page.date} 10:12"></head>
<body><div class="nav"><a href="/">首页</a> <a href="/gongkai/">政府信息公开</a></div>
<div class="agency">{agency}</div>
<div class="box"><p>标题：{escape(page.title)}</p><p>索引号：{page.index_number}　文号：无文号</p><p>发文日期：{page.date}　发布机构：{escape(page.publisher)}</p></div>
<div class="content"><h1>{escape(page.title)}</h1><div class="sub">发布日期：{page.date} • 字号： <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> • | • <a href="#">打印</a></div>
<div class="editions">电子书 | H5 | 语音播报 | 图解</div>
<div class="article">
<p style="text-align:center">{escape(page.title)}</p>
{page.body}
</div></div>
<div class="footer">主办：{agency} 技术支持：信息中心 鲁ICP备00000000号</div></body></html>
"""


def sharing_page(
    title: str, slices: Sequence[str], number: str, uploader: str, uploaded: str, pages: int, size: str
) -> str:
    """A mobile page of wenkunet: previews named by page, the text cut into numbered slices, site footer."""
    previews = "\n".join(
        f'<div class="page"><img src="/img/{number}/{n}.gif" alt="{title}_第{n}页"><p>{title}_第{n}页</p><p>第{n}页 / 共{pages}页</p></div>'
        for n in range(1, pages + 1)
    )
    text = "\n".join(f"<p>{n}、{escape(part)}</p>" for n, part in enumerate(slices, 1))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}-文库网</title></head><body>
<div class="bar"><a href="#">收藏</a> <a href="#">分享(赏)</a></div>
<h1>{title}</h1>
<div class="meta">上传人:{uploader} 文档编号:{number} 上传时间:{uploaded} 格式:DOC 页数:{pages} 大小:{size}</div>
<div class="buttons"><a href="#">下载</a> <a href="#">相关</a> <a href="#">举报</a></div>
{previews}
<div class="tip">亲,该文档总共{pages}页,全部预览完了,如果喜欢就下载吧!</div>
<div class="desc"><h2>资源描述</h2>
{text}
</div>
<div class="more">展开阅读全文</div>
<div><h3>相关资源</h3><ul><li><a href="/p-1.html">年度工作总结.doc</a></li><li><a href="/p-2.html">工作计划.doc</a></li></ul><h3>相关搜索</h3></div>
<div class="pos">当前位置:首页 &gt; 办公文档 &gt; 学习计划</div>
<div>本站链接:文库 一言 我酷 合作</div><div>客服QQ:10000微博号:文库网官方知乎号:文库网</div>
<div>经营许可证编号: 粤ICP备0000000000号</div><div>文库网官网©版权所有2025营业执照举报</div></body></html>
"""
