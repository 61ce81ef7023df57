"""A small real web server on this machine, and pages for it: a column, reports, and everything that goes wrong."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_plus

YEARS = range(2019, 2024)


@dataclass(frozen=True)
class Answer:
    """What the server sends. `seconds` is how long it waits first."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    seconds: float = 0.0


Reply = Answer | Callable[[int, dict[str, str]], Answer]
"""An answer, or a function of the number of earlier requests for that address and the request's headers."""


@dataclass
class Web:
    """Routes of one server, and what was asked of it."""

    routes: dict[str, Reply] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, text: str, encoding: str = "utf-8", declared: str | None = "utf-8") -> str:
        kind = "text/html" + (f"; charset={declared}" if declared else "")
        self.routes[path] = Answer(text.encode(encoding), headers=(("Content-Type", kind),))
        return self.base + path


@contextmanager
def serve() -> Iterator[Web]:
    """Run a server until the block ends."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            before = web.asked[self.path]
            web.asked[self.path] += 1
            web.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
            web.times.append(time.monotonic())
            # clients differ in what they escape
            routes = {unquote_plus(path): reply for path, reply in web.routes.items()}
            reply = routes.get(unquote_plus(self.path), Answer(b"<html><body>no such page</body></html>", 404))
            answer = reply if isinstance(reply, Answer) else reply(before, web.headers[self.path])
            if answer.seconds:
                time.sleep(answer.seconds)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if answer.status != 304:
                    self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def gzipped(text: str, encoding: str = "utf-8") -> Answer:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    return Answer(gzip.compress(text.encode(encoding), mtime=0), headers=headers)


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(b"", status, (("Location", to),))


# ---------------------------------------------------------------- pages


def title(year: int, agency: str = "北仑区卫生健康局") -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def report(year: int, agency: str = "北仑区卫生健康局", files: str = "", charset: str = "utf-8") -> str:
    """A short report in prose with the site around it."""
    name = title(year, agency)
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{name}</title>
<meta name="ArticleTitle" content="{name}"><meta name="PubDate" content="{year + 1}-01-20 09:30"></head><body>
<div class="head"><a href="/">首页</a><a href="/col/col9/index.html">政务公开</a></div>
<div class="path">当前位置：首页 &gt; 政府信息公开年报</div>
<h1>{name}</h1><div class="info">发布日期：{year + 1}-01-20 浏览次数：<span id="hits"></span> 字号：[ 大 中 小 ]</div>
<div id="zoom"><p>根据《中华人民共和国政府信息公开条例》的要求，现公布{agency}{year}年度政府信息公开工作年度报告。
所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。</p>
<p>一、总体情况</p>
<p>{year}年，全局主动公开政府信息{year - 1800}条，其中通过政府网站公开{year - 1900}条，通过其他渠道公开100条。</p>
<p>二、政府信息依申请公开情况</p>
<p>{year}年共受理政府信息公开申请{year % 100}件，均按时答复。</p>
<p>三、复议、诉讼和申诉情况</p><p>{year}年未发生针对本单位有关政府信息公开事务的行政复议、行政诉讼。</p>
<p>四、存在的问题和改进措施</p><p>公开的时效有待提高，来年将完善工作制度，充实公开内容。</p>
<p>{agency}</p><p>{year + 1}年1月20日</p>{files}</div>
<div class="foot">主办单位：北仑区人民政府 备案号：浙ICP备00000000号 <a href="/map">网站地图</a></div></body></html>"""


def column(links: list[tuple[str, str, str]], total: int | None = None, following: str = "") -> str:
    """A jpage column with (address, title, date) records."""
    records = "".join(
        f'<record><![CDATA[<li><a href="{url}" title="{text}">{text[:12]}…</a><i>{date}</i></li>]]></record>'
        for url, text, date in links
    )
    group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if following else ""
    return f"""<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body><div id="6101"></div>
<script type="text/xml"><datastore>{group}<totalrecord>{total or len(links)}</totalrecord>
<recordset>{records}</recordset></datastore></script></body></html>"""


def ordinary(web: Web) -> list[str]:
    """A good column of five reports; returns their addresses, newest first."""
    paths = [f"/art/{year + 1}/1/20/art_1_{year}.html" for year in reversed(YEARS)]
    for path, year in zip(paths, reversed(YEARS), strict=True):
        web.page(path, report(year))
    links = [(path, title(year), f"{year + 1}-01-20") for path, year in zip(paths, reversed(YEARS), strict=True)]
    links.append(("/art/2023/1/3/art_1_1.html", "北仑区卫生健康局2022年工作总结", "2023-01-03"))
    web.page("/col/col1/index.html", column(links))
    return [web.base + path for path in paths]
