"""Names of authorities over the reforms, and the lines that they form."""

from __future__ import annotations

import pytest

from parsers.identity.agency import read_agency
from parsers.identity.authorities import agency_id, names_of, office_at, sectors
from parsers.identity.regions import all_regions, present_code, region


def test_one_line_over_three_names() -> None:
    rows = names_of("330206", "health")
    assert [(row.name, row.valid_from, row.valid_to) for row in rows] == [
        ("宁波市北仑区卫生局", None, 2014),
        ("宁波市北仑区卫生和计划生育局", 2014, 2018),
        ("宁波市北仑区卫生健康局", 2019, None),
    ]
    assert {row.agency_id for row in rows} == {"330206-health"}


def test_a_merged_region_ends_its_line() -> None:
    rows = names_of("330204", "health")
    assert rows[-1].name == "宁波市江东区卫生和计划生育局"
    assert rows[-1].valid_to == 2016


@pytest.mark.parametrize(
    ("code", "sector", "newest"),
    [
        ("330000", "health", "浙江省卫生健康委员会"),
        ("530100", "health", "昆明市卫生健康委员会"),
        ("310115", "health", "上海市浦东新区卫生健康委员会"),
        ("330206", "population", "宁波市北仑区人口和计划生育局"),
        ("330206", "government", "宁波市北仑区人民政府"),
        ("330206", "government-office", "宁波市北仑区人民政府办公室"),
        ("321322", "development-reform", "宿迁市沭阳县发展和改革局"),
        ("330206", "natural-resources", "宁波市北仑区自然资源局"),
        ("330000", "finance", "浙江省财政厅"),
    ],
)
def test_newest_names(code: str, sector: str, newest: str) -> None:
    assert names_of(code, sector)[-1].name == newest


def test_a_renamed_prefecture_has_its_old_name_in_its_years() -> None:
    names = [row.name for row in names_of("420600", "health")]
    assert names[:2] == ["襄樊市卫生局", "襄阳市卫生局"]


def test_an_unknown_region_or_sector_has_no_names() -> None:
    assert names_of("999999", "health") == ()
    assert names_of("330206", "astronomy") == ()


@pytest.mark.parametrize(
    ("printed", "sector", "full"),
    [
        ("卫生局", "health", "卫生局"),
        ("卫生厅", "health", "卫生厅"),
        ("卫计局", "health", "卫生和计划生育局"),
        ("卫生计生局", "health", "卫生和计划生育局"),
        ("卫计委", "health", "卫生和计划生育委员会"),
        ("卫生计生委", "health", "卫生和计划生育委员会"),
        ("卫生和计划生育局", "health", "卫生和计划生育局"),
        ("卫生计划生育委员会", "health", "卫生和计划生育委员会"),
        ("卫健局", "health", "卫生健康局"),
        ("卫健委", "health", "卫生健康委员会"),
        ("卫生健康委", "health", "卫生健康委员会"),
        ("卫生健康委员会", "health", "卫生健康委员会"),
        ("卫生和人口计划生育局", "health", "卫生和人口计划生育局"),
        ("人口计生局", "population", "人口和计划生育局"),
        ("计生委", "population", "人口和计划生育委员会"),
        ("人口和计划生育局", "population", "人口和计划生育局"),
        ("人民政府", "government", "人民政府"),
        ("政府办", "government-office", "人民政府办公室"),
        ("人民政府办公厅", "government-office", "人民政府办公厅"),
        ("发改局", "development-reform", "发展和改革局"),
        ("发改委", "development-reform", "发展和改革委员会"),
        ("公安局", "public-security", "公安局"),
        ("人社局", "human-resources", "人力资源和社会保障局"),
        ("环保局", "environment", "环境保护局"),
        ("市场监管局", "market-regulation", "市场监督管理局"),
        ("安监局", "emergency", "安全生产监督管理局"),
        ("医保局", "medical-security", "医疗保障局"),
    ],
)
def test_printed_offices(printed: str, sector: str, full: str) -> None:
    office = office_at(f"某某区{printed}", len(printed) + 3)
    assert office is not None
    assert (office.sector, office.full, office.printed) == (sector, full, printed)


@pytest.mark.parametrize("words", ["北仑区人民医院", "卫生监督所", "区委", "柴桥街道办事处", "疾病预防控制中心"])
def test_no_office(words: str) -> None:
    assert office_at(words, len(words)) is None


def test_ids() -> None:
    assert agency_id("330206", "health") == "330206-health"
    assert len(sectors()) >= 40
    assert all(sector == sector.lower() and " " not in sector for sector in sectors())


@pytest.mark.parametrize("year", [2010, 2012, 2017, 2022])
def test_the_full_name_of_every_health_authority_leads_back_to_its_region(year: int) -> None:
    wrong = []
    for place in all_regions():
        held = (place.valid_from or 0) <= year <= (place.valid_to or 9999)
        rows = [
            row for row in names_of(place.code, "health") if (row.valid_from or 0) <= year <= (row.valid_to or 9999)
        ]
        for row in rows[:1] if held else ():
            made = read_agency(row.name, year)
            line = [present_code(found.code) for found in made.regions] if made and made.office else []
            if line != [present_code(place.code)]:
                wrong.append((row.name, made))
    assert wrong == []


@pytest.mark.parametrize("year", [2010, 2012, 2022])
def test_a_name_without_its_prefecture_is_right_or_open(year: int) -> None:
    for place in all_regions():
        if (place.valid_from or 0) <= year <= (place.valid_to or 9999):
            name = region(place.code, year)
            assert name is not None
            made = read_agency(name.name + "卫生局", year)
            assert made is not None
            assert place.code in {found.code for found in made.regions}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("320602", [("南通市崇川区卫生局", 1991, 2014), ("南通市崇川区卫生和计划生育局", 2014, 2018),
                    ("南通市崇川区卫生健康局", 2019, None)]),
        ("520521", [("毕节地区大方县卫生局", None, 2011), ("毕节市大方县卫生局", 2011, 2014),
                    ("毕节市大方县卫生和计划生育局", 2014, 2018), ("毕节市大方县卫生健康局", 2019, None)]),
    ],
)  # fmt: skip
def test_the_names_of_an_authority_whose_region_changed_its_code(
    code: str, names: list[tuple[str, int | None, int | None]]
) -> None:
    rows = names_of(code, "health")
    assert [(row.name, row.valid_from, row.valid_to) for row in rows] == names
    assert {(row.agency_id, row.region_code) for row in rows} == {(agency_id(code, "health"), present_code(code))}
