"""Finds the spiders: those written in Python, and one for each file of `settings/sites/`."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.sites import MIRRORS_FILE, SiteError, load_file
from crawler.spiders.sites import SiteSpider


class SiteSpiderLoader:
    """Scrapy's loader plus the site files. A file is read when its spider is asked for, so that a fault in one of them
    stops no other spider."""

    def __init__(self, settings: BaseSettings) -> None:
        self._python = SpiderLoader(settings)
        self._directory = Path(settings["SITES_DIR"])

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(settings)

    def _files(self) -> dict[str, Path]:
        return {path.stem: path for path in sorted(self._directory.glob("*.toml")) if path.name != MIRRORS_FILE}

    def load(self, spider_name: str) -> type[Spider]:
        """The class of a spider. Raises KeyError when there is none, SiteError when its file cannot be used."""
        path = self._files().get(spider_name)
        if path is None:
            return self._python.load(spider_name)
        loaded = load_file(path)
        if loaded.spider != path.stem:
            raise SiteError(f"{path}: spider = {loaded.spider!r} must be the name of the file")
        return type(
            f"{path.stem.title().replace('_', '')}Spider",
            (SiteSpider,),
            {"name": loaded.spider, "sites": loaded.sites, "__doc__": f"The authorities of {path.name}."},
        )

    def list(self) -> list[str]:
        return sorted({*self._files(), *self._python.list()})

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        return self._python.find_by_request(request)
