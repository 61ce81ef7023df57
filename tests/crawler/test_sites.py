"""The site files: what is registered holds together, what is wrong is refused with a message that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.platforms import PLATFORMS
from crawler.sites import MIRRORS_FILE, POLITE_DELAY, Site, SiteError, load_directory, load_file, load_mirrors, select
from parsers.identity.authorities import names_of
from settings import base

DIRECTORY = Path(base.SITES_DIR)
FILES = load_directory(DIRECTORY)
SITES = [site for file in FILES.values() for site in file.sites]

ENTRY = """
[[site]]
id = "x"
region = "330206"
name = "宁波市北仑区卫生健康局"
platform = "hanweb_jpage"
urls = ["https://www.bl.gov.cn/col/col1/index.html"]
"""


def load(tmp_path: Path, text: str, head: str = 'spider = "x"\n') -> tuple[Site, ...]:
    path = tmp_path / "x.toml"
    path.write_text(head + text, encoding="utf-8")
    return load_file(path).sites


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.spider}-{site.id}")
def test_registered_site(site: Site) -> None:
    assert site.platform in PLATFORMS
    assert site.delay is None or site.delay >= POLITE_DELAY
    names = {name.name for name in names_of(site.region, site.sector)}
    assert site.name in names, f"{site.name} is no name of {site.region}: {sorted(names)}"


def test_every_division_of_zhejiang_is_registered() -> None:
    regions = {site.region for site in FILES["zhejiang_health"].sites}
    assert len(regions) == 1 + 11 + 90
    assert {code[:4] for code in regions} == {"3300", *(f"33{n:02}" for n in range(1, 12))}


def test_a_file_is_the_spider_of_its_name() -> None:
    assert all((DIRECTORY / f"{name}.toml").is_file() for name in FILES)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("platform", "platfrom"), "unknown key platfrom"),
        (('"hanweb_jpage"', '"hanweb"'), "unknown platform 'hanweb'"),
        (('"330206"', '"330299"'), "no GB/T 2260 code"),
        (('urls = ["https://www.bl.gov.cn/col/col1/index.html"]', ""), "no urls and no articles"),
        (('urls = ["https://www.bl.gov.cn/col/col1/index.html"]', "urls = []\ndelay = 0.1"), "no urls"),
        (('["https://www.bl.gov.cn/col/col1/index.html"]', '["www.bl.gov.cn"]'), "no web address"),
        (('["https://www.bl.gov.cn/col/col1/index.html"]', '["file:///etc/passwd"]'), "no web address"),
        (('id = "x"', 'id = "x"\ndelay = 0.2'), "impolite"),
        (('id = "x"', 'id = "x"\nmin_reports = 0'), "min_reports"),
        (('id = "x"', 'id = "x"\nfirst_year = 1999'), "first_year"),
        (('id = "x"', 'id = "x"\ncolumn = "unknown"'), "yet it has addresses"),
        (('id = "x"', ""), "id is missing"),
        (('name = "宁波市北仑区卫生健康局"', ""), "name is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_faulty_entry_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(SiteError, match=message) as caught:
        load(tmp_path, ENTRY.replace(*change))
    assert "x.toml" in str(caught.value)


def test_a_faulty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="used twice"):
        load(tmp_path, ENTRY + ENTRY)
    with pytest.raises(SiteError, match="no valid TOML"):
        load(tmp_path, "[[site")
    with pytest.raises(SiteError, match="unknown key provinz"):
        load(tmp_path, ENTRY, 'spider = "x"\nprovinz = "33"\n')
    with pytest.raises(SiteError, match=r"no \[\[site\]\]"):
        load(tmp_path, "")
    with pytest.raises(SiteError, match="does not exist"):
        load_file(tmp_path / "none.toml")


def test_an_authority_without_a_known_column_is_registered(tmp_path: Path) -> None:
    entry = '[[site]]\nid = "x"\nregion = "330206"\nname = "x"\ncolumn = "unknown"\n'
    assert not load(tmp_path, entry)[0].reachable


@pytest.mark.parametrize(
    ("region", "count"),
    [("330206", 1), ("330200", 11), ("330000", 102), ("33", 102), ("3302", 11), ("330206,330212", 2), (None, 102)],
)
def test_a_region_means_everything_in_it(region: str | None, count: int) -> None:
    assert len(select(FILES["zhejiang_health"].sites, region)) == count


@pytest.mark.parametrize("region", ["530100", "33020", "beilun", "999999"])
def test_a_region_without_sites_is_refused(region: str) -> None:
    with pytest.raises(SiteError, match=region):
        select(FILES["zhejiang_health"].sites, region)


def test_mirrors() -> None:
    mirrors = load_mirrors(DIRECTORY / MIRRORS_FILE)
    page = next(page for page in mirrors.pages if page.region == "330211")
    engine = mirrors.engine_of(page.url)
    assert engine is not None
    assert (engine.id, engine.text, engine.closed) == ("wenkunet", True, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[engine]]\nid="a"\nname="a"\nhosts=["a"]\npath="("', "no regular expression"),
        (
            '[[engine]]\nid="a"\nname="a"\nhosts=["a"]\npath="x"\n[[page]]\nurl="https://b/1"\nengine="b"',
            "unknown engine",
        ),
        ('[[engine]]\nid="a"\nname="a"\nhosts=["a"]\npath="x"\n[[page]]\nurl="b"\nengine="a"', "no web address"),
        ('[[engine]]\nid="a"\nname="a"\nhosts=["a"]\npath="x"\nrobot="x"', "unknown key robot"),
    ],
)
def test_a_faulty_mirrors_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / MIRRORS_FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match=message):
        load_mirrors(path)
