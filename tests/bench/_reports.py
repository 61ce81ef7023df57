"""Reports as sites print them, drawn at random: no two pages share a figure, so that no cache knows a page beforehand.

The tables are those of tests/tables/renderings.py, the sentences those of tests/prose/cases, the sites those of
tests/html/pages.py with the menus, scripts and styles that make a page of a portal 40 to 110 KB large.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from parsers.model import Block, Grid, Paragraph, Source
from tests.html.pages import TEMPLATES, URLS, Facts
from tests.prose import cases
from tests.tables.renderings import (
    article_sheets,
    as_collapsed_text,
    grid,
    list_sheet,
    one_grid,
    requests_sheet,
    review_sheet,
)

SITES = ("hanweb_old", "hanweb_new", "trs", "ucap", "kunming", "zibo", "guangdong", "anhui")
PLACES = (
    "宁波市北仑区",
    "宁波市鄞州区",
    "淄博市张店区",
    "昆明市盘龙区",
    "杭州市余杭区",
    "苏州市吴江区",
    "青岛市崂山区",
)
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_STYLE = "".join(f".c{n} li a{{float:left;color:#3{n % 10}6;padding:{n}px 0 0 {n}px}}\n" for n in range(120))
_SCRIPT = "".join(f"$('#tab{n}').on('click', function () {{ slide({n}, 'box{n}', 300); }});\n" for n in range(120))
_CELL = 'class="MsoNormal" align="center" style="text-align:center;line-height:18.0pt;mso-line-height-rule:exactly"'
_FONT = 'style="font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体;color:black"'


def _paragraph(line: str, word: bool) -> str:
    if not word:
        return f"<p>　　{line}</p>\n"
    runs = (f"<span {_FONT}>{line[at : at + 24]}</span>" for at in range(0, len(line), 24))
    return f'<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt">{"".join(runs)}<o:p></o:p></p>\n'


def _table(table: Grid, word: bool) -> str:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        spans = "".join(
            f' {name}="{span}"'
            for name, span in (("rowspan", cell.row_span), ("colspan", cell.col_span))
            if span > 1
        )  # fmt: skip
        inner = f"<p {_CELL}><span {_FONT}>{cell.text}<o:p></o:p></span></p>" if word else cell.text
        rows[cell.row].append(f'<td width="43" valign="center"{spans}>{inner}</td>')
    printed = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return f'<table border="1" cellspacing="0" cellpadding="0"><tbody>{printed}</tbody></table>\n'


def _counting(draw: random.Random, number: int) -> list[str]:
    """Lines of prose with counts of their own in them."""
    lines: list[str] = []
    while len(lines) < number:
        lines += draw.choice(draw.choice(_CASES)).lines
    digits = str.maketrans("23456789", "".join(draw.choice("23456789") for _ in range(8)))
    return [line if "年" in line else line.translate(digits) for line in lines[:number]]


def _telling(draw: random.Random) -> str:
    """A paragraph without a count: most of a report is."""
    return "。".join("，".join(draw.sample(_CLAUSES, draw.randint(2, 5))) for _ in range(draw.randint(1, 3))) + "。"


def _lines(draw: random.Random, counting: int, telling: int) -> list[Block]:
    lines = [*_counting(draw, counting), *(_telling(draw) for _ in range(telling))]
    draw.shuffle(lines)
    return [Paragraph(line) for line in lines]


_CLAUSES = (
    "本局坚持以公开为常态、不公开为例外", "围绕疾病防控和基层医疗服务", "健全了信息发布审核机制",
    "明确专人负责信息的报送与更新", "按照“谁主管、谁公开、谁负责”的原则", "及时回应群众关切的热点问题",
    "对网站栏目作了梳理和调整", "加强政策文件的解读", "通过座谈会、宣传栏和广播等方式", "把公开工作列入科室年度考核",
    "组织工作人员学习新修订的《条例》", "严格执行保密审查制度", "个别科室对公开工作重视不够",
    "解读材料的形式还比较单一", "基层站所信息更新不够及时", "将继续完善公开目录和指南",
    "进一步提高工作人员的业务能力", "方便群众查询医疗机构和医务人员信息", "推动公立医院公开服务价格和就诊流程",
    "落实政务公开专区建设要求", "依法保障公众的知情权和监督权", "配合做好政府网站集约化管理",
    "定期检查各单位公开情况并通报", "对拟公开的信息逐条把关", "注重保护个人隐私", "确保公开的内容真实、准确、完整",
    "受到群众好评", "取得了较好的效果",
)  # fmt: skip
_CASES = [cases.load(name) for name in ("open", "second", "third", "fourth", "sixth", "seventh", "ninth")]


def statutory(draw: random.Random) -> list[Block]:
    """The blocks of a report with the form of 2021: its six sections and its three tables."""
    article = one_grid(article_sheets("statutory_2021", draw))
    requests, review = requests_sheet("statutory_2021", draw), review_sheet("statutory_2021", draw)
    lines = [_lines(draw, *numbers) for numbers in ((4, 8), (0, 6), (1, 2))]
    heads = [Paragraph(heading) for heading in HEADINGS]
    return [
        heads[0], *lines[0], heads[1], article, heads[2], grid(requests), heads[3], grid(review),
        heads[4], *lines[1], heads[5], *lines[2],
    ]  # fmt: skip


def statistics(draw: random.Random) -> list[Block]:
    """Prose and below it the list of the years 2014 to 2018."""
    return [*_lines(draw, 8, 16), grid(list_sheet("statistics_2014", draw))]


def prose(draw: random.Random) -> list[Block]:
    """A report of some forty lines under numbered headings."""
    heads = ("概述", "主动公开情况", "依申请公开情况", "收费及减免情况", "复议和诉讼情况", "问题和措施")
    return [
        block
        for number, heading in zip("一二三四五六", heads, strict=True)
        for block in (Paragraph(f"{number}、{heading}"), *_lines(draw, 2, 4))
    ]


def _facts(draw: random.Random, years: Sequence[int]) -> Facts:
    agency, year = f"{draw.choice(PLACES)}卫生健康局", draw.choice(years)
    day = date(year + 1, 1, draw.randint(8, 30))
    return replace(Facts(), agency=agency, title=f"{agency}{year}年政府信息公开工作年度报告", day=day)


def as_page(blocks: Sequence[Block], draw: random.Random, years: Sequence[int], word: bool) -> Source:
    """The blocks on the page of a site; `word` prints them in the markup that Word leaves behind."""
    facts = _facts(draw, years)
    body = "".join(
        _paragraph(block.text, word) if isinstance(block, Paragraph) else _table(block, word) for block in blocks
    )
    site = draw.choice(SITES)
    menu = "".join(
        f'<li class="c{n}"><a href="/col/col{n}/index.html">栏目{draw.randint(1, 99)}</a></li>' for n in range(120)
    )
    markup = TEMPLATES[site](facts, body)
    markup = markup.replace("</head>", f"<style>{_STYLE}</style><script>{_SCRIPT}</script></head>", 1)
    markup = markup.replace("<body>", f'<body><div class="topnav"><ul>{menu}</ul></div>', 1)
    return Source(markup.encode(), URLS[site].format(host=facts.host, x="gk"), "text/html", "utf-8")


def as_text(blocks: Sequence[Block], draw: random.Random, years: Sequence[int]) -> Source:
    """The blocks as a text, a row of a table on a line."""
    facts = _facts(draw, years)
    lines = [facts.title]
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["\t".join(cell.text for cell in block.cells if cell.row == row) for row in range(block.rows)]
    return Source("\n".join(lines).encode(), "file:///report.txt")


def as_stream(draw: random.Random, years: Sequence[int]) -> Source:
    """The form of 2021 as a text without any border between cells."""
    sheets = [
        *article_sheets("statutory_2021", draw),
        requests_sheet("statutory_2021", draw),
        review_sheet("statutory_2021", draw),
    ]
    return as_text(as_collapsed_text(sheets, draw), draw, years)
