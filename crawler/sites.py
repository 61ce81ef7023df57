"""The registered sites and mirrors: read from TOML once, checked loudly, frozen.

A site is data. Adding one touches no Python: an entry in a file of `settings/sites/`. A file is a spider.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parsers.identity.regions import all_regions

POLITE_DELAY = 1.0
"""Seconds between two requests to one host; a site may ask for more, never for less."""

MIRRORS_FILE = "mirrors.toml"

_SITE_KEYS = {
    "id", "region", "name", "platform", "urls", "articles", "column", "guess", "portal", "first_year", "min_reports",
    "delay", "encoding", "sector",
}  # fmt: skip
_FILE_KEYS = {"spider", "sector", "stores", "site"}
_ENGINE_KEYS = {"id", "name", "hosts", "path", "text", "robots"}
_PAGE_KEYS = {"url", "engine", "region", "sector", "year"}


class SiteError(ValueError):
    """A site file that cannot be used. The message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Site:
    """One authority's place on the web.

    `urls` are list pages; `{year}` in one stands for each year since `first_year`. `articles` are single reports.
    A site without both is registered so that coverage shows the gap. `guess` marks a derived address, `portal` a list
    that holds the reports of many departments. `first_year` and `min_reports` are what the list is known to hold.
    """

    id: str
    spider: str
    region: str
    sector: str
    name: str
    platform: str
    urls: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    guess: bool = False
    portal: bool = False
    first_year: int = 2008
    min_reports: int = 1
    delay: float | None = None
    encoding: str | None = None
    stores: tuple[str, ...] = ()  # hosts of object stores that keep its attachments

    @property
    def reachable(self) -> bool:
        return bool(self.urls or self.articles)

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(urlsplit(url).hostname or "" for url in (*self.urls, *self.articles))


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What one file of `settings/sites/` says: the spider's name and its sites."""

    spider: str
    sector: str
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """A document-sharing site: its hosts, the shape of its document addresses, whether its preview is text."""

    id: str
    name: str
    hosts: tuple[str, ...]
    path: str
    text: bool
    closed: bool = False  # its robots.txt asks everyone to stay away


@dataclass(frozen=True, slots=True)
class MirrorPage:
    """A registered copy of a report."""

    url: str
    engine: str
    region: str | None = None
    sector: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The document-sharing sites and the copies on them."""

    engines: tuple[Engine, ...]
    pages: tuple[MirrorPage, ...]

    def engine_of(self, url: str) -> Engine | None:
        host = urlsplit(url).hostname
        return next((engine for engine in self.engines if host in engine.hosts), None)


def load_directory(directory: Path) -> dict[str, SiteFile]:
    """Read every site file of a folder. Spider name → file. Raises SiteError."""
    if not directory.is_dir():
        raise SiteError(f"{directory} is not a folder; SITES_DIR names the folder with the site files")
    files: dict[str, SiteFile] = {}
    for path in sorted(directory.glob("*.toml")):
        if path.name == MIRRORS_FILE:
            continue
        loaded = load_file(path)
        if loaded.spider in files:
            raise SiteError(f"{path}: another file already defines the spider {loaded.spider!r}")
        files[loaded.spider] = loaded
    return files


def load_file(path: Path) -> SiteFile:
    """Read one site file. Raises SiteError that names the file and the entry."""
    from crawler.platforms import PLATFORMS  # noqa: PLC0415 - the families import nothing of this module's state

    data = _read_toml(path)
    _known_keys(data, _FILE_KEYS, str(path))
    spider = _text(data, "spider", str(path))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", spider):
        raise SiteError(f"{path}: spider = {spider!r} must be lower-case letters, digits and _")
    sector = data.get("sector", "health")
    stores = tuple(_texts(data, "stores", str(path)))
    entries = data.get("site", [])
    if not entries:
        raise SiteError(f"{path}: no [[site]] entry")
    codes = {region.code for region in all_regions()}
    sites: list[Site] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        where = f"{path}: site {entry.get('id') or f'number {number}'}"
        site = _site(entry, where, spider, sector, stores, codes)
        if site.platform not in PLATFORMS:
            raise SiteError(f"{where}: unknown platform {site.platform!r}; known are {', '.join(sorted(PLATFORMS))}")
        if site.id in seen:
            raise SiteError(f"{where}: the id is used twice")
        seen.add(site.id)
        sites.append(site)
    return SiteFile(spider, sector, tuple(sites))


def load_mirrors(path: Path) -> Mirrors:
    """Read the mirrors' file. Raises SiteError."""
    data = _read_toml(path)
    _known_keys(data, {"engine", "page"}, str(path))
    engines: dict[str, Engine] = {}
    hosts: set[str] = set()
    for number, entry in enumerate(data.get("engine", []), 1):
        where = f"{path}: engine {entry.get('id') or f'number {number}'}"
        _known_keys(entry, _ENGINE_KEYS, where)
        robots = entry.get("robots", "open")
        if robots not in {"open", "closed"}:
            raise SiteError(f"{where}: robots = {robots!r} must be open or closed")
        engine = Engine(
            id=_text(entry, "id", where),
            name=_text(entry, "name", where),
            hosts=tuple(_texts(entry, "hosts", where)),
            path=_text(entry, "path", where),
            text=bool(entry.get("text", True)),
            closed=robots == "closed",
        )
        if engine.id in engines:
            raise SiteError(f"{where}: the id is used twice")
        if hosts & set(engine.hosts):
            raise SiteError(f"{where}: {', '.join(sorted(hosts & set(engine.hosts)))} belongs to another engine too")
        hosts.update(engine.hosts)
        try:
            re.compile(engine.path)
        except re.error as error:
            raise SiteError(f"{where}: path is no regular expression: {error}") from None
        engines[engine.id] = engine
    pages: list[MirrorPage] = []
    seen: set[str] = set()
    codes = {region.code for region in all_regions()}
    for number, entry in enumerate(data.get("page", []), 1):
        where = f"{path}: page {entry.get('url') or f'number {number}'}"
        _known_keys(entry, _PAGE_KEYS, where)
        page = MirrorPage(
            url=_web_url(_text(entry, "url", where), where),
            engine=_text(entry, "engine", where),
            region=entry.get("region"),
            sector=entry.get("sector"),
            year=entry.get("year"),
        )
        if page.engine not in engines:
            raise SiteError(f"{where}: unknown engine {page.engine!r}; known are {', '.join(sorted(engines))}")
        if page.region is not None and page.region not in codes:
            raise SiteError(f"{where}: region {page.region!r} is no GB/T 2260 code")
        if page.url in seen:
            raise SiteError(f"{where}: the page is registered twice")
        seen.add(page.url)
        pages.append(page)
    return Mirrors(tuple(engines.values()), tuple(pages))


def select(sites: Sequence[Site], region: str | None, ids: str | None = None) -> tuple[Site, ...]:
    """The sites of a region and of everything in it: 330206 one county, 330200 a city with its counties, 33 a province.

    Several codes are separated by commas; `ids` narrows to single sites. Raises SiteError when a code or an id matches
    no registered site.
    """
    if ids:
        wanted = {part.strip() for part in ids.split(",")}
        if unknown := sorted(wanted - {site.id for site in sites}):
            raise SiteError(f"site={','.join(unknown)}: no such id; known are {', '.join(site.id for site in sites)}")
        sites = tuple(site for site in sites if site.id in wanted)
    if not region:
        return tuple(sites)
    chosen: dict[str, Site] = {}
    for code in (part.strip() for part in region.split(",")):
        prefix = below(code)
        found = [site for site in sites if site.region.startswith(prefix)]
        if not found:
            known = ", ".join(sorted({site.region for site in sites})[:12])
            raise SiteError(f"region={code}: no registered site there; known are {known} …")
        chosen.update((site.id, site) for site in found)
    return tuple(chosen.values())


def below(code: str) -> str:
    """What the codes of a division and of everything in it begin with: 330200 → 3302. Raises SiteError."""
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", code):
        raise SiteError(f"region={code!r} is no division code; write six digits such as 330206")
    return code[:2] if code.endswith("0000") else code[:4] if len(code) == 6 and code.endswith("00") else code


def _site(
    entry: Mapping[str, Any], where: str, spider: str, sector: str, stores: tuple[str, ...], codes: set[str]
) -> Site:
    _known_keys(entry, _SITE_KEYS, where)
    region = _text(entry, "region", where)
    if region not in codes:
        raise SiteError(f"{where}: region {region!r} is no GB/T 2260 code")
    urls = tuple(_web_url(url, where) for url in _texts(entry, "urls", where))
    articles = tuple(_web_url(url, where) for url in _texts(entry, "articles", where))
    column = entry.get("column")
    if column not in {None, "unknown"}:
        raise SiteError(f'{where}: column = {column!r} must be "unknown" or left out')
    if column == "unknown" and (urls or articles):
        raise SiteError(f'{where}: column = "unknown", and yet it has addresses')
    if column is None and not (urls or articles):
        raise SiteError(f'{where}: no urls and no articles; write column = "unknown" if they are not known')
    platform = entry.get("platform", "generic" if not urls else None)
    if platform is None:
        raise SiteError(f"{where}: platform is missing")
    delay = entry.get("delay")
    if delay is not None and (not isinstance(delay, int | float) or delay < POLITE_DELAY):
        raise SiteError(f"{where}: delay = {delay!r} is impolite; {POLITE_DELAY:g} s is the least")
    first_year, least = entry.get("first_year", 2008), entry.get("min_reports", 1)
    if not isinstance(first_year, int) or not 2008 <= first_year <= 2100:
        raise SiteError(f"{where}: first_year = {first_year!r}; reports exist since 2008")
    if not isinstance(least, int) or least < 1:
        raise SiteError(f"{where}: min_reports = {least!r} must be 1 or more")
    return Site(
        id=_text(entry, "id", where),
        spider=spider,
        region=region,
        sector=entry.get("sector", sector),
        name=_text(entry, "name", where),
        platform=platform,
        urls=urls,
        articles=articles,
        guess=bool(entry.get("guess", False)),
        portal=bool(entry.get("portal", False)),
        first_year=first_year,
        min_reports=least,
        delay=float(delay) if delay is not None else None,
        encoding=entry.get("encoding"),
        stores=stores,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SiteError(f"{path} does not exist") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(f"{path} is no valid TOML: {error}") from None


def _known_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(entry) - known):
        raise SiteError(f"{where}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SiteError(f"{where}: {key} is missing")
    return value


def _texts(entry: Mapping[str, Any], key: str, where: str) -> Sequence[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
        raise SiteError(f"{where}: {key} must be a list of texts")
    return value


def _web_url(url: str, where: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SiteError(f"{where}: {url!r} is no web address")
    return url
