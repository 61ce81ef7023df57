"""Invented example reports around the real ones, so that a trend, a broken balance and a broken carry-over can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.recording.articles import paragraphs
from scripts.recording.tables import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    GRANTED,
    NEW,
    OTHER_2019,
    PARTIAL,
    TOTAL,
    proactive_2019,
    proactive_2021,
    requests,
    review,
    statistics_2014,
)

EXAMPLE = "（说明：本页是随软件发布的示例页面，数字均为虚构，不是该单位公布的数据。）"


@dataclass(frozen=True)
class Year:
    """The figures of one example report. Outcomes are counts of natural persons; `firms` were all granted."""

    year: int
    disclosed: int
    wechat: int
    new: int
    carried_in: int = 0
    granted: int = 0
    partial: int = 0
    not_held: int = 0
    petition: int = 0
    carried_out: int = 0
    firms: int = 0
    reviews: int = 0
    issued: int = 0
    licences: int = 0
    penalties: int = 0
    items: tuple[int, int, int, int] = (
        30,
        5,
        210,
        4,
    )  # 许可, 其他服务事项, 处罚, 强制: items at the end of the last year
    stock: int = 20  # 规范性文件 open to the public at the end of the year (2019-2020)
    printed: dict[str, str] = field(default_factory=dict)  # row label → what its total cell prints instead

    @property
    def finished(self) -> int:
        return self.granted + self.partial + self.not_held + self.petition


def _row(year: Year, label: str, person: int, firm: int = 0) -> tuple[str, ...]:
    cells = [person, firm, 0, 0, 0, 0, person + firm]
    row = [str(cell) for cell in cells]
    row[APPLICANTS.index("总计")] = year.printed.get(label, row[-1])
    return tuple(row)


def _request_table(y: Year) -> str:
    rows = {
        NEW: _row(y, NEW, y.new, y.firms),
        CARRIED_IN: _row(y, CARRIED_IN, y.carried_in),
        GRANTED: _row(y, GRANTED, y.granted, y.firms),
        PARTIAL: _row(y, PARTIAL, y.partial),
        "1.本机关不掌握相关政府信息": _row(y, "1.本机关不掌握相关政府信息", y.not_held),
        "1.信访举报投诉类申请": _row(y, "1.信访举报投诉类申请", y.petition),
        TOTAL: _row(y, TOTAL, y.finished, y.firms),
        CARRIED_OUT: _row(y, CARRIED_OUT, y.carried_out),
    }
    if y.year < 2021:
        rows[OTHER_2019] = _row(y, OTHER_2019, 0)
    return requests(rows, year=y.year)


def _prose(authority: str, y: Year, website: int) -> str:
    return paragraphs(
        f"根据《中华人民共和国政府信息公开条例》要求，现公布{authority}{y.year}年政府信息公开工作年度报告。统计期限自{y.year}年1月1日起至{y.year}年12月31日止。",
        "一、概述",
        "本年度健全制度、明确责任，公开工作平稳推进。",
        "二、主动公开政府信息情况",
        f"全年主动公开政府信息{y.disclosed}条，其中网站公开{website}条，微信公开{y.wechat}条。",
        "三、依申请公开政府信息办理情况",
        f"全年收到政府信息公开申请{y.new + y.firms}件，均已答复。"
        if y.new + y.firms
        else "全年未收到政府信息公开申请。",
        "四、收费及减免情况",
        "本年度未收取费用。",
        "五、行政复议、行政诉讼情况",
        "本年度未发生因政府信息公开引起的行政复议、行政诉讼。"
        if not y.reviews
        else f"本年度行政复议{y.reviews}件，无行政诉讼。",
        "六、存在的主要问题及改进情况",
        "公开内容还不够丰富，今后将加强培训。",
        EXAMPLE,
    )


def _statistics(y: Year, website: int) -> str:
    received = y.new + y.firms
    values = {
        2: y.disclosed, 3: y.issued, 4: y.issued, 7: website, 9: y.wechat, 12: 3, 18: 4, 22: received, 25: received, 27: received, 28: received,
        30: received, 31: 0, 32: y.granted + y.firms, 33: y.partial, 42: y.not_held, 44: y.petition, 45: y.reviews, 46: y.reviews, 56: 1, 57: 1,
        58: 3, 59: 1, 60: 2, 63: 2, 64: 1, 65: 40,
    }  # fmt: skip
    return statistics_2014({number: str(value) for number, value in values.items()})


def body(authority: str, y: Year) -> str:
    """The article of one example year in the form that held then."""
    website = y.disclosed - y.wechat
    if y.year < 2014:
        return _prose(authority, y, website)
    if y.year < 2019:
        return _prose(authority, y, website) + _statistics(y, website)
    if y.year < 2021:
        proactive = proactive_2019(
            {
                "规章": ("0", "0", "0"),
                "规范性文件": (str(y.issued), str(y.issued), str(y.stock)),
                "行政许可": (str(y.items[0]), "0", str(y.licences)),
                "其他对外管理服务事项": (str(y.items[1]), "0", "12" if y.items[1] else "0"),
                "行政处罚": (str(y.items[2]), "0", str(y.penalties)),
                "行政强制": (str(y.items[3]), "0", "0"),
                "行政事业性收费": ("1", "0"),
                "政府集中采购": ("9", "310.5万元"),
            }
        )
    else:
        proactive = proactive_2021(
            {
                "规章": ("0", "0", "0"),
                "行政规范性文件": (str(y.issued), str(y.issued), "18"),
                "行政许可": (str(y.licences),),
                "行政处罚": (str(y.penalties),),
                "行政强制": ("0",),
                "行政事业性收费": ("0.25",),
            }
        )
    fee = f"{y.year}年，本机关未收取信息处理费。" if y.year >= 2021 else "没有需要报告的其他事项。"
    received = y.new + y.firms
    return (
        paragraphs(
            f"本报告依据《中华人民共和国政府信息公开条例》编制，统计期限自{y.year}年1月1日起至{y.year}年12月31日止。",
            "一、总体情况",
            f"（一）主动公开。全年主动公开政府信息{y.disclosed}条，其中微信公众号发布{y.wechat}条。",
            f"（二）依申请公开。全年新收政府信息公开申请{received}件。"
            if received
            else "（二）依申请公开。全年未收到政府信息公开申请。",
            "（三）监督保障。组织业务培训1次。",
            "二、主动公开政府信息情况",
        )
        + proactive
        + paragraphs("三、收到和处理政府信息公开申请情况")
        + _request_table(y)
        + paragraphs("四、政府信息公开行政复议、行政诉讼情况")
        + review((str(y.reviews), "0", "0", "0", str(y.reviews), *("0",) * 10))
        + paragraphs(
            "五、存在的主要问题及改进情况",
            "政策解读形式仍显单一，下一步将丰富图解、问答等形式。",
            "六、其他需要报告的事项",
            fee,
            EXAMPLE,
        )
    )


BEILUN = (
    Year(2011, 81, 0, 1, granted=1),
    Year(2013, 112, 0, 2, granted=2),
    Year(2014, 158, 20, 3, granted=2, not_held=1, issued=2),
    Year(2015, 203, 61, 5, granted=4, partial=1, issued=1),
    Year(2016, 240, 95, 4, granted=3, not_held=1, issued=3),
    Year(2017, 286, 120, 7, granted=5, partial=1, not_held=1, issued=2),
    Year(2018, 301, 144, 9, granted=7, not_held=2, reviews=1, issued=2),
    Year(2019, 322, 150, 8, granted=5, not_held=2, carried_out=1, issued=1, licences=8120, penalties=402),
    Year(
        2020, 415, 260, 10, 1, granted=6, partial=1, not_held=3, carried_out=1, issued=2, licences=7644, penalties=377
    ),
    Year(
        2021, 398, 231, 13, 1, granted=8, partial=2, not_held=3, carried_out=1, issued=1, licences=8901, penalties=451
    ),
    # what 2021 carried out is not what 2022 says it took over
    Year(
        2022,
        376,
        205,
        15,
        3,
        granted=9,
        partial=2,
        not_held=4,
        petition=1,
        carried_out=2,
        firms=2,
        issued=2,
        licences=9133,
        penalties=468,
    ),
    Year(
        2023,
        420,
        233,
        18,
        2,
        granted=12,
        partial=1,
        not_held=5,
        petition=1,
        carried_out=1,
        firms=3,
        reviews=1,
        licences=9518,
        penalties=502,
    ),
)
YINZHOU = (
    Year(
        2019,
        655,
        410,
        6,
        granted=3,
        not_held=3,
        issued=2,
        licences=11870,
        penalties=912,
        items=(16, 0, 365, 0),
        stock=22,
    ),
    Year(2021, 702, 505, 11, granted=7, partial=1, not_held=2, petition=1, issued=1, licences=12402, penalties=988),
    Year(2022, 731, 541, 14, granted=8, partial=1, not_held=4, carried_out=1, firms=1, licences=12990, penalties=1004),
    Year(2023, 750, 566, 12, 1, granted=8, not_held=4, carried_out=1, licences=13355, penalties=1041),
)
CIXI = (
    Year(2016, 188, 60, 2, granted=2),
    Year(2020, 290, 133, 7, granted=4, not_held=3, licences=6020, penalties=366),
    # the total of the finished applications prints 12 where its rows add up to 9
    Year(2021, 305, 148, 9, granted=6, not_held=3, licences=6333, penalties=371, printed={TOTAL: "12"}),
    Year(2022, 311, 160, 8, granted=5, partial=1, not_held=2, licences=6518, penalties=389),
)
JIANGBEI = (
    Year(2021, 266, 120, 5, granted=4, not_held=1, licences=4011, penalties=240),
    Year(2022, 274, 131, 6, granted=4, not_held=1, carried_out=1, licences=4102, penalties=255),
)
JIANGBEI_POPULATION_2011 = Year(2011, 64, 0, 0)
NINGHAI = (
    Year(2021, 201, 90, 3, granted=2, not_held=1, licences=3120, penalties=171),
    Year(2022, 215, 98, 4, granted=3, not_held=1, licences=3188, penalties=180),
)
KUNMING = {
    "http://www.kmpl.gov.cn/c/2026-01-22/7100631.shtml": (
        "昆明市盘龙区卫生健康局",
        Year(2025, 512, 301, 9, granted=5, not_held=3, petition=1, issued=1, licences=5120, penalties=311),
    ),
    "http://www.kmxs.gov.cn/c/2021-01-26/4888240.shtml": (
        "昆明市西山区卫生健康局",
        Year(2020, 333, 120, 4, granted=2, not_held=2, licences=4410, penalties=260),
    ),
    "http://www.kmxs.gov.cn/c/2023-01-28/6479831.shtml": (
        "昆明市西山区卫生健康局",
        Year(2022, 361, 144, 6, granted=4, not_held=2, licences=4533, penalties=275),
    ),
    "http://www.kmsm.gov.cn/c/2026-01-15/7097241.shtml": (
        "嵩明县卫生健康局",
        Year(2025, 188, 75, 2, granted=1, not_held=1, licences=1720, penalties=93),
    ),
    "http://www.kmcg.gov.cn/c/2023-02-06/5546530.shtml": (
        "昆明市呈贡区卫生健康局",
        Year(2022, 240, 99, 3, granted=2, partial=1, licences=2866, penalties=140),
    ),
}
