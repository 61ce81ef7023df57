"""Dependencies point one way: crawler → storage, parsers; storage → parsers.model; parsers → nothing of ours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("crawler", "parsers", "storage", "settings", "scripts", "tests")
ALLOWED = {
    "parsers": {"parsers"},
    "storage": {"storage", "parsers.model"},
    "settings": {"settings"},
    "crawler": {"crawler", "storage", "parsers", "settings"},
}
# What a pure parser must not reach: network, disk, clock, a framework. Package data comes by importlib.resources.
IMPURE = {
    "scrapy", "sqlite3", "sqlite_utils", "jieba", "datasette", "warcio", "requests", "httpx", "aiohttp",
    "urllib.request", "socket", "subprocess", "tempfile", "shutil", "os", "pathlib.Path", "time", "random", "threading",
    "asyncio", "logging",
}  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


FILES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = ALLOWED[package]
    for module in imports(path):
        if within(module, set(OURS)) and module not in {"parsers"}:
            assert within(module, allowed), f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize(
    "path",
    [p for p in FILES if p.relative_to(ROOT).parts[0] == "parsers"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_parsers_are_pure(path: Path) -> None:
    for module in imports(path):
        assert not within(module, IMPURE), f"{path.relative_to(ROOT)} imports {module}"


def test_only_storage_knows_sql() -> None:
    for path in FILES:
        if path.relative_to(ROOT).parts[0] != "storage":
            assert not any(
                within(module, {"sqlite3", "sqlite_utils", "datasette", "warcio"}) for module in imports(path)
            ), path


def test_only_crawler_knows_scrapy() -> None:
    for path in FILES:
        if path.relative_to(ROOT).parts[0] not in {"crawler"}:
            assert not any(within(module, {"scrapy", "twisted"}) for module in imports(path)), path
