"""The statutory tables as HTML with merged cells, from what each cell prints.

Forms: 国办公开办函〔2019〕60号 (report years 2019-2020), 国办公开办函〔2021〕30号 (2021-), 国办发〔2014〕32号 (2014-2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

REFUSED = (
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)
UNABLE = ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")
NOT_PROCESSED = (
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
)
OTHER_2021 = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)

NEW = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
GRANTED = "（一）予以公开"
PARTIAL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
OTHER_2019 = "（六）其他处理"
TOTAL = "（七）总计"
CARRIED_OUT = "四、结转下年度继续办理"

Row = Sequence[str]  # what the seven applicant cells print


def _cells(printed: Sequence[str]) -> str:
    return "".join(f'<td align="center">{escape(text) if text else "&nbsp;"}</td>' for text in printed)


def proactive_2019(values: Mapping[str, Sequence[str]]) -> str:
    """Part 二 of 2019: five blocks in one table; `values` maps a row label to what its cells print."""
    blocks: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("第二十条第（一）项", ("本年新制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "规范性文件")),
        ("第二十条第（五）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政许可", "其他对外管理服务事项")),
        ("第二十条第（六）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政处罚", "行政强制")),
        ("第二十条第（八）项", ("上一年项目数量", "本年增/减"), ("行政事业性收费",)),
        ("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
    )
    return _proactive(blocks, values)


def proactive_2021(values: Mapping[str, Sequence[str]]) -> str:
    """Part 二 of 2021: four blocks in one table."""
    blocks: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
        ("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
        ("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
        ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
    )
    return _proactive(blocks, values)


def _proactive(blocks: Sequence[tuple[str, Sequence[str], Sequence[str]]], values: Mapping[str, Sequence[str]]) -> str:
    width = {1: (3,), 2: (2, 1), 3: (1, 1, 1)}  # columns that the one, two or three values of a row share
    out = ['<table border="1" cellspacing="0" cellpadding="0" class="MsoNormalTable" style="border-collapse:collapse">']
    for title, columns, rows in blocks:
        spans = width[len(columns)]
        out.append(f'<tr><td colspan="4"><p align="center"><strong>{title}</strong></p></td></tr>')
        head = "".join(f'<td colspan="{span}">{escape(c)}</td>' for c, span in zip(columns, spans, strict=True))
        out.append(f"<tr><td>信息内容</td>{head}</tr>")
        for label in rows:
            cells = zip(values[label], spans, strict=True)
            body = "".join(f'<td colspan="{s}">{escape(v) if v else "&nbsp;"}</td>' for v, s in cells)
            out.append(f"<tr><td>{label}</td>{body}</tr>")
    out.append("</table>")
    return "\n".join(out)


def requests(values: Mapping[str, Row], *, year: int) -> str:
    """Part 三: rows × seven applicant columns. `values` maps a row label to seven printed cells; absent rows print 0."""
    zero = ("0",) * 7

    def row(label: str, lead: str) -> str:
        return f"<tr>{lead}{_cells(values.get(label, zero))}</tr>"

    groups: list[tuple[str, Sequence[str]]] = [
        ("（三）不予公开", REFUSED),
        ("（四）无法提供", UNABLE),
        ("（五）不予处理", NOT_PROCESSED),
    ]
    new_form = year >= 2021
    if new_form:
        groups.append(("（六）其他处理", OTHER_2021))
    height = 2 + sum(len(rows) for _, rows in groups) + (1 if new_form else 2)
    out = [
        '<table border="1" cellspacing="0" cellpadding="0" width="640">',
        (
            '<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
            '<td colspan="7"><p style="text-align:center">申请人情况</p></td></tr>'
        ),
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>',
        "<tr><td>商业<br/>企业</td><td>科研<br/>机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>",
        row(NEW, f'<td colspan="3">{NEW}</td>'),
        row(CARRIED_IN, f'<td colspan="3">{CARRIED_IN}</td>'),
        row(GRANTED, f'<td rowspan="{height}">三、本年度办理结果</td><td colspan="2">{GRANTED}</td>'),
        row(PARTIAL, f'<td colspan="2">{PARTIAL}</td>'),
    ]
    for group, rows in groups:
        for index, label in enumerate(rows):
            lead = f'<td rowspan="{len(rows)}">{group}</td>' if index == 0 else ""
            key = f"{group}{label}" if label.endswith("其他") else label
            out.append(row(key, f"{lead}<td>{escape(label)}</td>"))
    if not new_form:
        out.append(row(OTHER_2019, f'<td colspan="2">{OTHER_2019}</td>'))
    out.append(row(TOTAL, f'<td colspan="2">{TOTAL}</td>'))
    out.append(row(CARRIED_OUT, f'<td colspan="3">{CARRIED_OUT}</td>'))
    out.append("</table>")
    return "\n".join(out)


def review(printed: Sequence[str]) -> str:
    """Part 四: fifteen cells in one row, 行政复议 (5), 未经复议直接起诉 (5), 复议后起诉 (5)."""
    kinds = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    five = "".join(f"<td>{kind}</td>" for kind in kinds)
    tall = "".join(f'<td rowspan="2">{kind[:2]}<br/>{kind[2:]}</td>' for kind in kinds)
    return "\n".join(
        [
            '<table border="1" cellspacing="0" cellpadding="0" width="640">',
            '<tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>',
            f'<tr>{tall}<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>',
            f"<tr>{five}{five}</tr>",
            f"<tr>{_cells(printed)}</tr>",
            "</table>",
        ]
    )


STATISTICS_2014: tuple[tuple[str, str], ...] = (
    ("一、主动公开情况", "——"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("其中：主动公开规范性文件数", "条"),
    ("制发规范性文件总数", "件"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——"),
    ("1．政府公报公开政府信息数", "条"),
    ("2．政府网站公开政府信息数", "条"),
    ("3．政务微博公开政府信息数", "条"),
    ("4．政务微信公开政府信息数", "条"),
    ("5．其他方式公开政府信息数", "条"),
    ("二、回应解读情况", "——"),
    ("（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("（二）通过不同渠道和方式回应解读的情况", "——"),
    ("1．参加或举办新闻发布会总次数", "次"),
    ("其中：主要负责同志参加新闻发布会次数", "次"),
    ("2．政府网站在线访谈次数", "次"),
    ("其中：主要负责同志参加政府网站在线访谈次数", "次"),
    ("3．政策解读稿件发布数", "篇"),
    ("4．微博微信回应事件数", "次"),
    ("5．其他方式回应事件数", "次"),
    ("三、依申请公开情况", "——"),
    ("（一）收到申请数", "件"),
    ("1．当面申请数", "件"),
    ("2．传真申请数", "件"),
    ("3．网络申请数", "件"),
    ("4．信函申请数", "件"),
    ("（二）申请办结数", "件"),
    ("1．按时办结数", "件"),
    ("2．延期办结数", "件"),
    ("（三）申请答复数", "件"),
    ("1．属于已主动公开范围数", "件"),
    ("2．同意公开答复数", "件"),
    ("3．同意部分公开答复数", "件"),
    ("4．不同意公开答复数", "件"),
    ("其中：1．涉及国家秘密", "件"),
    ("2．涉及商业秘密", "件"),
    ("3．涉及个人隐私", "件"),
    ("4．危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("5．不是《条例》所指政府信息", "件"),
    ("6．法律法规规定的其他情形", "件"),
    ("5．不属于本行政机关公开数", "件"),
    ("6．申请信息不存在数", "件"),
    ("7．告知作出更改补充数", "件"),
    ("8．告知通过其他途径办理数", "件"),
    ("四、行政复议数量", "件"),
    ("（一）维持具体行政行为数", "件"),
    ("（二）被依法纠错数", "件"),
    ("（三）其他情形数", "件"),
    ("五、行政诉讼数量", "件"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("（二）被依法纠错数", "件"),
    ("（三）其他情形数", "件"),
    ("六、举报投诉数量", "件"),
    ("七、依申请公开信息收取的费用", "万元"),
    ("八、机构建设和保障经费情况", "——"),
    ("（一）政府信息公开工作专门机构数", "个"),
    ("（二）设置政府信息公开查阅点数", "个"),
    ("（三）从事政府信息公开工作人员数", "人"),
    ("1．专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("2．兼职人员数", "人"),
    ("（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    ("九、政府信息公开会议和培训情况", "——"),
    ("（一）召开政府信息公开工作会议或专题会议数", "次"),
    ("（二）举办各类培训班数", "次"),
    ("（三）接受培训人员数", "人次"),
)


def statistics_2014(values: Mapping[int, str]) -> str:
    """The national table of 2014: `values` maps the row's number (1 = 一、主动公开情况) to the printed number."""
    rows = [
        f"<tr><td>{escape(label)}</td><td align='center'>{unit}</td>"
        f"<td align='center'>{'' if unit == '——' else values.get(number, '0')}</td></tr>"
        for number, (label, unit) in enumerate(STATISTICS_2014, 1)
    ]
    return "\n".join(
        [
            '<p align="center">政府信息公开情况统计表</p>',
            '<table border="1" cellspacing="0" width="600">',
            "<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>",
            *rows,
            "</table>",
            "<p>（注：各级政府及部门的统计口径见填报说明）</p>",
        ]
    )


KUNMING_2014: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "一、主动公开政府信息情况",
        (
            ("1.政府(部门)网站公开(不含政府信息公开网站)", "条", "502"),
            ("2.新闻发布会", "场", "0"),
            ("", "条", "0"),
            ("3.政府公报", "期", "0"),
            ("", "条", "0"),
            ("4.其他便于公众知晓的方式", "条", "868|微博"),
            ("设立公开查阅点数", "个", "1"),
            ("公开查阅点查阅数", "人(次)", "1280"),
        ),
    ),
    (
        "二、依申请公开情况",
        (
            ("全年收到政府信息公开申请数", "件", "2"),
            ("其中:1.现场书面申请数", "件", "0"),
            ("2.电子邮件形式申请数", "件", "0"),
            ("3.传真形式申请数", "件", "0"),
            ("4.信函邮寄形式申请数", "件", "2"),
            ("5.其他形式申请数", "件", "0"),
            ("全年已办理答复的依申请公开数", "件", "2"),
            ("其中:1.同意公开数", "件", "2"),
            ("2.同意部分公开数", "件", "0"),
            ("3.“非《条例》所指政府信息”数", "件", "0"),
            ("4.“信息不存在”数", "件", "0"),
            ("5.“非本机关职权范围”数", "件", "0"),
            ("6.“申请内容不明确”数", "件", "0"),
            ("7.“重复申请”数", "件", "0"),
            ("8.不予公开总数", "件", "0"),
            ("其中:(1)“国家秘密”数", "件", "0"),
            ("(2)“商业秘密”数", "件", "0"),
            ("(3)“个人隐私”数", "件", "0"),
            ("(4)“过程中信息且影响安全稳定”数", "件", "0"),
            ("(5)“危机安全和稳定”数", "件", "0"),
            ("(6)“法律法规规定的其他情形”数", "件", "0"),
            ("9.其他", "件", "0"),
        ),
    ),
    (
        "三、咨询情况",
        (
            ("政府信息公开咨询(查询)数", "人(次)", "69218"),
            ("其中:1.96128电话查询数", "人(次)", "246"),
            ("2.网络查询数", "人(次)", "68947|网站"),
            ("3.现场咨询数", "人(次)", "25"),
            ("4.其它方式(请说明)", "人(次)", "0|无"),
            ("政府信息公开咨询(查询)处理数", "人(次)", "307"),
            ("其中:1.96128电话答复数", "人(次)", "246"),
            ("2.网络答复数", "人(次)", "36"),
            ("3.现场咨询答复数", "人(次)", "25"),
            ("4.其他方式答复数", "人(次)", "0|无"),
        ),
    ),
    (
        "四、行政复议、诉讼及申诉情况",
        (
            ("因政府信息公开被行政复议数", "件", "0"),
            ("其中:1.维持原行政行为数", "件", "0"),
            ("2.决定撤销、变更或确认该具体行政行为", "件", "0"),
            ("因政府信息公开而引发的行政诉讼数", "件", "0"),
            ("其中:1.判决撤销或部分撤销数", "件", "0"),
            ("2.判决变更数", "件", "0"),
            ("因政府信息公开而引发的行政诉讼费用", "元", "0"),
            ("因政府信息公开而引发的申诉数", "件", "0"),
            ("其中:1.信访数", "件", "0"),
            ("2.举报数", "件", "0"),
            ("3.其他方式", "件", "0"),
        ),
    ),
    (
        "五、收费和减免情况",
        (
            ("依申请公开收费金额", "元", "0"),
            ("其中:1.检索费", "元", "0"),
            ("2.复制费(含光盘、纸张)", "元", "0"),
            ("3.邮寄费", "元", "0"),
            ("对依申请公开减免费用金额", "元", "0"),
            ("其中:1.检索费", "元", "0"),
            ("2.复制费(含光盘、纸张)", "元", "0"),
            ("3.邮寄费", "元", "0"),
        ),
    ),
    (
        "六、实施重大决策听证、重要事项公示、重点工作通报情况",
        (
            ("组织重大决策听证", "项", "0"),
            ("发布重要事项公示信息", "条", "93"),
            ("发布重点工作通报事项", "项", "93"),
        ),
    ),
)


def kunming_2014() -> str:
    """The Kunming form of 2014 with the figures of 昆明市卫生局: one table, a title row a part, labels that span two rows."""
    out = ['<p align="center">2014年昆明市卫生局政府信息公开工作统计表</p>', '<table border="1" cellspacing="0">']
    for number, (title, rows) in enumerate(KUNMING_2014):
        first = "政府信息公开形式和公开数量" if number == 0 else "工作项目"
        out.append(f'<tr><td colspan="4"><b>{title}</b></td></tr>')
        out.append(f"<tr><td>{first}</td><td>单位</td><td>数量</td><td>备注</td></tr>")
        for index, (label, unit, printed) in enumerate(rows):
            value, _, remark = printed.partition("|")
            continued = index + 1 < len(rows) and not rows[index + 1][0]
            lead = f"<td{' rowspan=2' if continued else ''}>{escape(label)}</td>" if label else ""
            out.append(f"<tr>{lead}<td>{unit}</td><td>{value}</td><td>{remark or '&nbsp;'}</td></tr>")
    out.append("</table>")
    return "\n".join(out)
