"""Pages that stand where the article should be, and short reports that are none of them."""

from __future__ import annotations

import pytest

from crawler.blocked import judge

URL = "https://www.ds.example/art/2024/1/2/art_1_2.html"
TITLE = "东山区卫生健康局2023年政府信息公开工作年度报告"
SHORT_REPORT = f"""<html><head><title>{TITLE}</title><noscript>请开启JavaScript并刷新该页</noscript></head>
<body><h1>{TITLE}</h1><p>一、总体情况。本年度主动公开信息12条。</p><p>二、未收到申请。</p><p>三、无行政复议。页面不存在隐私信息。</p></body></html>"""
MENU = "".join(f"<li><a href='/c{n}/'>栏目名称第{n}号</a></li>" for n in range(60))
FRONT = f"<html><head><title>东山区人民政府</title></head><body><ul>{MENU}</ul><p>欢迎</p></body></html>"

BLOCKED = {
    "jsl-521": (521, {"set-cookie": ""}, "<script>document.cookie=('_')+('_')</script>", "blocked.challenge"),
    "jsl-second": (
        521,
        {},
        '<script>go({"bts":["1"],"chars":"abc","ct":"x","ha":"md5"})</script>',
        "blocked.challenge",
    ),
    "jsl-200": (200, {}, "<html><script>var x='__jsl_clearance_s'</script></html>", "blocked.challenge"),
    "ruishu-412": (412, {}, "<html><script>$_ts=window['$_ts'];_$aB=1</script></html>", "blocked.challenge"),
    "ruishu-202": (202, {}, "<html><meta r='m'><script>_$ck</script></html>", "blocked.challenge"),
    "wzws": (200, {}, "<html><body>请开启JavaScript并刷新该页</body></html>", "blocked.challenge"),
    "wzws-491": (491, {"wzws-ray": ""}, "<html><body>-</body></html>", "blocked.challenge"),
    "cloud": (200, {}, "<html><body><h2>云防御</h2>正在检查</body></html>", "blocked.challenge"),
    "firewall": (200, {}, "<html><body>您的请求可能存在威胁，已被拦截</body></html>", "blocked.refused"),
    "login": (200, {}, "<form>用户登录 <input name=u> 请输入用户名</form>", "blocked.login"),
    "soft-404": (200, {}, "<html><title>提示</title><body>您访问的页面不存在或已删除</body></html>", "page.missing"),
    "busy": (200, {}, "<html><body>系统繁忙，请稍后再试</body></html>", "page.error"),
    "empty": (200, {}, "   ", "page.empty"),
    "no-text": (200, {}, "<html><body><div></div></body></html>", "page.empty"),
    "front": (200, {}, FRONT, "page.front"),
}


@pytest.mark.parametrize("name", BLOCKED)
def test_no_content(name: str) -> None:
    status, headers, text, code = BLOCKED[name]
    verdict = judge(status, headers, text, asked=URL, answered=URL, title=TITLE)
    assert verdict is not None
    assert verdict[0] == code


def test_a_redirect_to_the_front_page() -> None:
    verdict = judge(200, {}, SHORT_REPORT, asked=URL, answered="https://www.ds.example/", title=TITLE)
    assert verdict is not None
    assert verdict[0] == "page.front"


def test_a_short_report_that_holds_the_words_is_a_page() -> None:
    # 页面不存在 stands in the text: only a page that is short without scripts and is not the article counts
    assert judge(200, {}, SHORT_REPORT, asked=URL, answered=URL, title=TITLE) is None


def test_a_long_page_that_quotes_a_mark_is_a_page() -> None:
    words = "本年度通过政府网站公开信息。" * 80
    text = f"<html><body><h1>{TITLE}</h1><p>{words}网站曾提示：页面不存在。</p></body></html>"
    assert judge(200, {}, text, asked=URL, answered=URL, title=TITLE) is None


def test_a_list_is_not_taken_for_a_front_page() -> None:
    assert judge(200, {}, FRONT, asked=URL, answered=URL, title=None) is None


def test_an_article_among_many_links_is_a_page() -> None:
    text = FRONT.replace("欢迎", TITLE)
    assert judge(200, {}, text, asked=URL, answered=URL, title=TITLE) is None


def test_an_http_error_stays_one() -> None:
    assert judge(404, {}, "<html><body>Not Found</body></html>", asked=URL, answered=URL, title=TITLE) is None
