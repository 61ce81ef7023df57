"""Titles of annual disclosure reports, told apart from everything that is worded like one.

The statutory name is 政府信息公开工作年度报告 (Regulations on Open Government Information, 2007 art. 31, 2019 art. 49).
It is printed with the agency and the year before, between or behind the words, as 年报, 情况的报告 or
政务公开年度报告, and with Chinese digits. Notices about it, guides, catalogues, work summaries, statistics returns and
the yearly reports on websites, rule of law or budgets are not reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.identity.letters import flatten

_DIGITS = dict(zip("零〇○Оо一二三四五六七八九", "00000123456789", strict=True))
_CHINESE_YEAR = re.compile(r"(?:二|2)[零〇○ООOo0][零〇○ООOo0一二三123][零〇○ООOo0一二三四五六七八九0-9](?=年)")
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(年度|年)?")

# The object: what is disclosed. 信息公开 alone counts too; other kinds of disclosure are listed below.
_OBJECT = re.compile(r"(?:政府|政务|政府机关)?信息(?:主动)?公开|政务公开|政府公开信息")

# The kind of paper, searched behind the object, a few words at most between them.
_PAPER = re.compile(
    r"年度?(?:工作)?(?:情况)?(?:总结)?报告|年报|年度?工作情况(?:的)?报告|情况(?:的)?(?:工作)?报告|工作(?:的)?报告|报告"
)
_STRONG_PAPER = re.compile(r"年报|年度(?:工作)?(?:情况)?(?:总结)?报告")

# Words that make a title something else, wherever they stand.
_OTHER_PAPER = re.compile(
    r"通知|通报|指南|目录|考核|考评|决算|预算|报表|办法|规定|制度|方案|要点|批复|请示|复函|的函|申请表|模板|范本|样本|填报|填表"
    r"|报送|上报|印发|部署|召开|发布会|解读|读懂|图解|一图|问答|答记者|汇总|学年|公开课|说明$"
    r"|(?<!政府)网站工作|法治政府|依法行政|执法(?:工作)?年度|评比|表彰"
)
# The same, but agencies have these words in their names (质量检查站, 政府采购中心): not before the object.
_OTHER_PAPER_LATER = re.compile(
    r"编制|编写|撰写|起草|格式|意见|测评|评估|评议|清单|栏目|专栏|公开承诺|整改|培训|会议|投诉|职位|招聘|采购|招标|中标|自查|督查"
    r"|检查|调研|方法|须知|监督保障|优秀"
)
_NEWS = re.compile(
    r"(?:发布|公布|公开|出台|推出|晒出|完成|开展|做好|启动|扎实|顺利|圆满|积极|全面|按时|及时|认真|率先)$"
)
_SUMMARY = re.compile(r"总结")
_OFFICE = re.compile(r"(?:局|委|厅|政府|办公室|办|会|中心|院|所|处|站|社|队)$")

# Other kinds of yearly disclosure: of parties, schools, villages, firms, the environment.
_OTHER_OBJECT = re.compile(
    r"(?:党务|校务|院务|厂务|村务|居务|警务|检务|审务|狱务|财务|学校|高校|大学|学院|中学|小学"
    r"|企业|公司|环境|财政|预决算|基金会|慈善|产品|质量|价格|气候|土壤|排污)"
    r"(?:信息)?公开"
)
_PART_OF_YEAR = re.compile(r"季度|半年|[1-9]\d?-\d{1,2}月|月份|月报|季报|[一二三四五六七八九十]月(?!\d)|[上中下]旬")
_REQUESTS_ONLY = re.compile(r"依申请公开|申请公开")
_TABLE = re.compile(r"统计(?:报)?表|情况表|数据表|汇总")

_OPENING = re.compile(
    r"^(?:关于|现将|特此|现公布|公布|公开|转发|附件\d*[::]?|标题[::]|名称[::]|题目[::]|\d{1,2}[.、])+"
)
_LISTED_DATE = re.compile(r"^20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?|[\[(]?20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[\])]?$")
_LABEL = re.compile(r"[\[【]([^\]】]{1,20})[\]】]")  # 【年报】, 【区卫健局】
_SUFFIX = re.compile(r"[-_|—–]{1,2}[^-_|—–]{2,30}$|\.(?:docx?|pdf|html?|wps|xlsx?|txt)$")
_EDGE = "的、,,.。::;;-_—–·•|<>《》“”\"'[]【】()"

_OUTER_EDGE = "".join(letter for letter in _EDGE if letter not in "()《》")


@dataclass(frozen=True, slots=True)
class Title:
    """A title read: `text` without white space and site suffixes, agency and report year as far as it names them."""

    text: str
    agency_printed: str | None = None
    year: int | None = None
    years: tuple[int, ...] = ()  # every year named, in order; more than one is a doubt


def plain_years(text: str) -> str:
    """Chinese digits of years as Arabic ones: 二○一二年 → 2012年."""
    return _CHINESE_YEAR.sub(lambda match: "".join(_digit(letter) for letter in match[0]), text)


def _digit(letter: str) -> str:
    return letter if letter.isdigit() and letter.isascii() else "0" if letter in "OoОо" else _DIGITS[letter]


def read_title(text: str) -> Title | None:
    """Read a title or link text; None if it is not the title of an annual disclosure report."""
    return _read(text)[0]


def is_near_miss(text: str) -> bool:
    """True if the text speaks of disclosure or of an annual report, and names another kind of paper (notice, guide)."""
    return _read(text)[1] == "other"


def is_summary(text: str) -> bool:
    """True for a 政府信息公开工作总结: a report or not by its content, which a title cannot tell."""
    return _read(text)[1] == "summary"


def _read(text: str) -> tuple[Title | None, str]:
    """(title, kind): kind is report, summary, other (a near miss) or none (no title of this field)."""
    if not text or len(text) > 300:
        return None, "none"
    flat = plain_years(flatten(text))
    label = _LABEL.match(flat)
    flat = (flat[label.end() :] if label else flat).strip(_OUTER_EDGE)
    flat = _LISTED_DATE.sub("", flat).strip(_OUTER_EDGE)
    suffix = ""
    while (cut := _SUFFIX.search(flat)) and _OBJECT.search(flat[: cut.start()]):
        flat, suffix = flat[: cut.start()], cut[0]
    if len(flat) > 90:
        return None, "none"
    obj = _OBJECT.search(flat)
    if obj is None:
        about = "年报" in flat or "年度报告" in flat or "年度报表" in flat
        return None, "other" if about or _OTHER_PAPER.search(flat) else "none"
    if _OTHER_OBJECT.search(flat) or _PART_OF_YEAR.search(flat):
        return None, "other"
    bare = re.sub(r"\([^()]*\)", "", flat)
    later = bare if bare.startswith("关于") else bare[bare.find(obj[0]) :]
    if _OTHER_PAPER.search(bare) or _OTHER_PAPER_LATER.search(later.replace("编制机关", "")):
        return None, "other"
    paper = _PAPER.search(flat, obj.end())
    if paper is None:
        if _SUMMARY.search(flat, obj.end()):
            return None, "summary"
        return None, "other" if _TABLE.search(flat) else "none"
    if len(_without_known(flat[obj.end() : paper.start()])) > 8 or flat[paper.end() : paper.end() + 1] in ("制", "会"):
        return None, "none"
    years = tuple(int(match[1]) for match in _YEAR.finditer(flat))
    strong = _STRONG_PAPER.search(flat, obj.end()) or "年度" in flat
    before = flat[: obj.start()]
    if not strong and (not years or "总结" in flat):
        return None, "summary" if "总结" in flat else "none"
    if _REQUESTS_ONLY.search(flat) and not re.search(r"政府信息公开|信息公开工作", flat):
        return None, "other"
    if _NEWS.search(re.sub(r"20\d\d年?度?|[《“\"]", "", before)) and not _OPENING.match(flat):
        return None, "other"
    rest = flat[paper.end() :]
    if re.match(r"(?:已|将|的(?!公告|公示)|中|里|显示|情况)", rest) or re.search(r"20\d\d年(?:在|我|全|共)", rest):
        return None, "other"
    agency = _agency(before, rest + suffix + (f"({label[1]})" if label else ""), flat[obj.end() : paper.start()])
    return Title(_shown(text), agency, _report_year(flat, years), tuple(dict.fromkeys(years))), "report"


def _without_known(between: str) -> str:
    """What stands between object and paper beside the usual words and the year."""
    return re.sub(r"20\d\d|年度|年|工作|情况|的|实施|条例|贯彻落实|开展|执行|\(|\)|〈|〉", "", between)


def _report_year(flat: str, years: tuple[int, ...]) -> int | None:
    """The year of the report: one that carries 年度 before one with 年 before a bare number, the first of equals."""
    best, rank = None, -1
    for match in _YEAR.finditer(flat):
        if re.match(r"\d?\d月", flat[match.end() :]) and len(years) > 1:
            continue
        weight = {"年度": 2, "年": 1}.get(match[2] or "", 0)
        if weight > rank:
            best, rank = int(match[1]), weight
    return best


def _agency(before: str, rest: str, between: str) -> str | None:
    """The agency in the words before the object; else in brackets or behind a dash after the paper; else between.

    A division before the object and an office in brackets belong together: 青田县2012年…年度报告（县卫生局）.
    """
    first = _agency_words(before)
    behind = [*re.findall(r"[(\[【]([^)\]】]+)[)\]】]", rest), *re.findall(r"[-—–]+([^-—–]+)$", rest)]
    others = [name for place in behind if (name := _agency_words(place)) and _OFFICE.search(name)]
    if first and (_OFFICE.search(first) or not others or "人民政府" in others[0]):
        return first
    if first and others:
        return first + others[0].removeprefix(first[-1])
    last = _agency_words(between)
    return others[0] if others else last if last and _OFFICE.search(last) else None


def _agency_words(place: str) -> str | None:
    name = re.sub(r"[(\[【]?20\d\d[-—至]?(?:20\d\d)?年?度?[)\]】]?", "", place)
    name = _OPENING.sub("", name.strip(_EDGE)).strip(_EDGE)
    name = re.sub(r"(?:年度|本级|本部门|本机关|本单位|关于|工作|情况|的|[(].{0,12}[)])+$", "", name).strip(_EDGE)
    name = re.sub(r"^(?:年度|度|年)+", "", name)
    return name if re.search(r"[\u4e00-\u9fff]{2}", name) else None


def _shown(text: str) -> str:
    """The title as printed, without white space and without the site's name behind a dash."""
    shown = re.sub(r"\s+", "", text)
    while (cut := _SUFFIX.search(shown)) and _OBJECT.search(shown[: cut.start()]):
        shown = shown[: cut.start()]
    opening = re.match(r"^(?:标题|名称|题目)[::]", shown)
    return shown[opening.end() :] if opening else shown


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """How sure a list page's link is one to an annual report (0 no, 1 certain), and what its words say."""

    score: float
    year: int | None = None
    agency_printed: str | None = None


def judge_link(text: str, published: date | None = None) -> LinkVerdict:
    """Judge the text of a link on a list page; `published` is the date printed beside it.

    1.0: names object, paper and year. 0.8: without the year (the page decides). 0.5: the words of a column
    (政府信息公开年报) with no date: an entry that leads to a list as often as to a report. 0.3: a 工作总结, whose
    content decides. A report year that is not over when the link was published halves the score.
    """
    title, kind = _read(text)
    if title is None:
        return LinkVerdict(0.3 if kind == "summary" else 0.0)
    if title.year is None:
        return LinkVerdict(0.8 if published or title.agency_printed else 0.5, None, title.agency_printed)
    early = published is not None and published.year < title.year
    return LinkVerdict(0.5 if early else 1.0, title.year, title.agency_printed)
