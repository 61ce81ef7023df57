"""The documents say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from crawler.platforms import PLATFORMS
from scripts.schema_page import page

ROOT = Path(__file__).resolve().parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def test_the_schema_page_is_generated() -> None:
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_every_platform_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for platform in PLATFORMS:
        assert f"`{platform}`" in text


@pytest.mark.parametrize("name", READMES)
def test_the_example_site_is_a_registered_one(name: str) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)
    (shown,) = tomllib.loads(block)["site"]
    sites = tomllib.loads((ROOT / "settings" / "sites" / "zhejiang_health.toml").read_text(encoding="utf-8"))["site"]
    (registered,) = [site for site in sites if site["id"] == shown["id"]]
    for key in ("region", "name", "platform", "urls"):
        assert shown[key] == registered[key]
