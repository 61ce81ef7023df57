"""The CMS families of government sites: one class each, told apart by their marks."""

from __future__ import annotations

import re

from crawler.platforms.base import ListLink, ListPage, PageRequest, Platform
from crawler.platforms.hanweb import HanwebJpaas, HanwebJpage, HanwebXxgk
from crawler.platforms.paged import Anhui, Generic, Gongkai, Guangdong, Kunming, Trs, Ucap

__all__ = ["PLATFORMS", "ListLink", "ListPage", "PageRequest", "Platform", "detect"]

PLATFORMS: dict[str, Platform] = {
    platform.id: platform
    for platform in (
        HanwebJpaas(), HanwebXxgk(), HanwebJpage(), Kunming(), Gongkai(), Ucap(), Guangdong(), Anhui(), Trs(),
        Generic(), )
}  # fmt: skip
"""Family id → family, in the order in which `detect` asks them."""


def detect(html: str, url: str) -> str:
    """The family that made a page, by the number of its marks found in address and page; "generic" when none fits."""
    text = f"{url}\n{html[:500_000]}"
    marks = {
        platform.id: sum(bool(re.search(mark, text, re.I)) for mark in platform.signatures)
        for platform in PLATFORMS.values()
    }
    best = max(marks, key=lambda family: marks[family])
    return best if marks[best] else "generic"
