"""The register of divisions: names, years, successors, and names that several divisions bear."""

from __future__ import annotations

import time

import pytest

from parsers.identity import regions
from parsers.identity.regions import all_regions, decide, find, full_name, places, region, stem


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("330000", "浙江省", "province", None),
        ("330200", "宁波市", "prefecture", "330000"),
        ("330206", "北仑区", "county", "330200"),
        ("330211", "镇海区", "county", "330200"),
        ("330212", "鄞州区", "county", "330200"),
        ("370303", "张店区", "county", "370300"),
        ("530100", "昆明市", "prefecture", "530000"),
        ("110105", "朝阳区", "county", "110000"),
        ("429004", "仙桃市", "county", "420000"),
        ("659004", "五家渠市", "county", "650000"),
        ("460400", "儋州市", "prefecture", "460000"),
        ("330113", "临平区", "county", "330100"),
        ("330114", "钱塘区", "county", "330100"),
        ("530114", "呈贡区", "county", "530100"),
        ("232761", "加格达奇区", "county", "232700"),
    ],
)
def test_current_divisions(code: str, name: str, level: str, parent: str | None) -> None:
    found = region(code)
    assert found is not None
    assert (found.name, found.level, found.parent_code, found.valid_to) == (name, level, parent, None)


@pytest.mark.parametrize(
    ("code", "name", "last", "successor"),
    [
        ("330204", "江东区", 2016, "330212"),
        ("330227", "鄞县", 2002, "330212"),
        ("330183", "富阳市", 2014, "330111"),
        ("330283", "奉化市", 2016, "330213"),
        ("330185", "临安市", 2017, "330112"),
        ("330103", "下城区", 2021, "330105"),
        ("330104", "江干区", 2021, "330102"),
        ("330181", "萧山市", 2001, "330109"),
        ("530121", "呈贡县", 2011, "530114"),
        ("530122", "晋宁县", 2016, "530115"),
        ("110103", "崇文区", 2010, "110101"),
        ("310108", "闸北区", 2015, "310106"),
        ("371200", "莱芜市", 2019, "370100"),
        ("371202", "莱城区", 2019, "370116"),
        ("320502", "沧浪区", 2011, "320508"),
        ("410306", "吉利区", 2021, "410308"),
        ("350402", "梅列区", 2021, "350404"),
        ("430402", "江东区", 2001, "430405"),
        ("542301", "日喀则市", 2014, "540202"),
        ("469025", "定安县", 2007, "469021"),
        ("130103", "桥东区", 2015, "130102"),
        ("500112", "渝北区", 2025, "500157"),
    ],
)
def test_former_divisions(code: str, name: str, last: int, successor: str) -> None:
    former = next(row for row in regions.names_of_code(code) if row.name == name)
    assert (former.valid_to, former.successor) == (last, successor)


def test_a_code_that_is_renamed_keeps_its_names() -> None:
    assert [row.name for row in regions.names_of_code("420600")] == ["襄樊市", "襄阳市"]
    assert full_name("420600", 2008) == "襄樊市"
    assert full_name("420600", 2015) == "襄阳市"


def test_every_code_stands_once_with_its_parent_and_successor() -> None:
    rows = all_regions()
    codes = {row.code for row in rows}
    assert len(codes) == len(rows)
    assert {row.parent_code for row in rows} - {None} <= codes
    assert {row.successor for row in rows} - {None} <= codes


def test_the_divisions_of_today_are_complete() -> None:
    today = [row for row in all_regions() if row.valid_to is None]
    assert len([row for row in today if row.level == "province"]) == 34
    assert len([row for row in today if row.level == "prefecture"]) == 333
    assert 2840 <= len([row for row in today if row.level == "county"]) <= 2860


def test_no_division_of_the_years_of_the_reports_ends_without_a_successor() -> None:
    assert [row for row in all_regions() if row.valid_to and row.valid_to >= 2007 and not row.successor] == []


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("北仑区", 2012, {"330206"}),
        ("北仑", 2012, {"330206"}),
        ("宁波市北仑区", 2012, {"330206"}),
        ("浙江省宁波市北仑区", 2012, {"330206"}),
        ("江东区", 2014, {"330204"}),
        ("江东区", 1999, {"330204", "430402"}),
        ("鼓楼区", 2015, {"320106", "320302", "350102", "410204"}),
        ("南京市鼓楼区", 2015, {"320106"}),
        ("朝阳区", 2015, {"110105", "220104"}),
        ("城关区", 2015, {"540102", "620102"}),
        ("恩施州", 2015, {"422800"}),
        ("大厂县", 2015, {"131028"}),
        ("长安区", 2012, {"130102", "610116"}),
        ("浑南区", 2015, {"210112"}),
        ("崇川区", 2015, {"320602"}),
        ("崇川区", 2019, {"320602"}),
        ("崇川区", 2020, {"320613"}),
        ("崇川区", 2023, {"320613"}),
        ("永定区", 2013, {"350803", "430802"}),
        ("龙华区", 2015, {"440309", "460106"}),
        ("铜仁市", 2010, {"522201"}),
        ("铜仁市", 2012, {"520600"}),
        ("定州市", 2015, {"130682"}),
        ("巢湖市", 2010, {"341400"}),
        ("加格达奇区", 2012, {"232761"}),
        ("襄阳区", 2009, {"420607"}),
        ("无此县", 2015, set()),
    ],
)
def test_find(name: str, year: int, codes: set[str]) -> None:
    assert {row.code for row in find(name, year)} == codes


def test_find_within() -> None:
    assert [row.code for row in find("鼓楼区", 2015, within="350000")] == ["350102"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330206", "宁波市北仑区"),
        ("330200", "宁波市"),
        ("330000", "浙江省"),
        ("110105", "北京市朝阳区"),
        ("429004", "湖北省仙桃市"),
        ("321322", "宿迁市沭阳县"),
        ("653130", "喀什地区巴楚县"),
        ("419001", "河南省济源市"),
    ],
)
def test_full_names(code: str, name: str) -> None:
    assert full_name(code) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("南京市鼓楼区人民政府", "320106"),
        ("开封市委、市政府；鼓楼区卫生局；开封市龙亭区", "410204"),
        ("登录福州日报查看鼓楼区的信息", "350102"),
        ("鼓楼区卫生局", None),
        ("徐州市和福州市", None),
    ],
)
def test_a_shared_name_is_decided_by_the_places_beside_it(text: str, code: str | None) -> None:
    chosen = decide(find("鼓楼区", 2015), text, 2015)
    assert (chosen.code if chosen else None) == code


@pytest.mark.parametrize(("postcode", "code"), [("100020", "110105"), ("130012", "220104"), ("310000", None)])
def test_a_postcode_names_the_province(postcode: str, code: str | None) -> None:
    chosen = decide(find("朝阳区", 2015), "", 2015, postcode=postcode)
    assert (chosen.code if chosen else None) == code


def test_places_in_reading_order_and_ordinary_words_left_out() -> None:
    text = "全市城区居民，淄博市张店区与汕尾市城区，我县和县医院，安徽省马鞍山市和县。"
    assert [text[place.start : place.end] for place in places(text)] == [
        "淄博市",
        "张店区",
        "汕尾市",
        "城区",
        "安徽省",
        "马鞍山市",
        "和县",
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("宁波市", "宁波"),
        ("大厂回族自治县", "大厂"),
        ("和县", "和县"),
        ("内蒙古自治区", "内蒙古"),
        ("沙县区", "沙县"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("恩施土家族苗族自治州", "恩施"),
        ("浦东新区", "浦东"),
    ],
)
def test_stems(name: str, short: str) -> None:
    assert stem(name) == short


def test_looking_up_takes_microseconds() -> None:
    find("北仑区", 2012)
    begun = time.process_time()
    for _ in range(2000):
        find("北仑区", 2012)
    assert (time.process_time() - begun) / 2000 < 50e-6


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("320602", "320613"),  # 崇川区
        ("230704", "230719"),  # 友好区
        ("340203", "340209"),  # 弋江区
        ("350403", "350404"),  # 三元区
        ("360721", "360704"),  # 赣县, renamed later
        ("421302", "421303"),  # 曾都区: the lists have both codes for some years
        ("469003", "460400"),  # 儋州市
        ("522422", "520521"),  # 大方县, whose prefecture became a city
        ("522423", "520522"),  # 黔西县: 黔西市 is another name
        ("632128", "630225"),  # 循化撒拉族自治县
        ("320611", "320611"),  # 港闸区 joined 崇川区
        ("371203", "371203"),  # 钢城区 came to another city
        ("341421", "341421"),  # 庐江县 too
        ("469025", "469025"),  # held by 定安县 first, by 白沙黎族自治县 since 2007
        ("330206", "330206"),
        ("999999", "999999"),
    ],
)
def test_a_division_whose_code_alone_changed(former: str, present: str) -> None:
    assert regions.present_code(former) == present
    assert regions.names_of_line(former) == regions.names_of_line(present)


def test_a_name_of_a_code_belongs_to_one_line() -> None:
    held = [row for row in all_regions() if regions.present_code(row.code) == row.code]
    rows = [(name.code, name.name, name.valid_to) for row in held for name in regions.names_of_line(row.code)]
    assert len(rows) == len(set(rows))
    assert {row.code for row in all_regions()} == {code for code, _, _ in rows}
