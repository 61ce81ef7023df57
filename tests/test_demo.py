"""The demo as a user runs it: the recorded crawl, its database, and the database in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parents[1]
SCRAPY = [sys.executable, "-m", "scrapy"]
CRAWLS = (
    ("zhejiang_health", "-a", "region=330200"),
    ("mirrors",),
    ("yunnan_health", "-a", "region=530100"),
    ("shandong_health", "-a", "region=370303"),
)
VIEWS = ("current_reports", "current_figures", "series", "coverage", "failed_checks")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


def crawl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "REPORTS_DB": folder / "demo.db",
        "ARCHIVE_DIR": folder / "archive",
        "REPLAY": ROOT / "demo" / "recording",
    }
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    return subprocess.run(
        [*SCRAPY, "crawl", *arguments, *options], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    for arguments in CRAWLS:
        done = crawl(folder, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"{arguments[0]}: ok" in done.stdout + done.stderr
    return folder / "demo.db"


@pytest.fixture(scope="module")
def rows(demo: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{demo}?mode=ro", uri=True)
    yield connection
    connection.close()


def value(rows: sqlite3.Connection, query: str, *parameters: object) -> object:
    (row,) = rows.execute(query, parameters)
    return row[0]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_rows(rows: sqlite3.Connection, view: str) -> None:
    assert value(rows, f"SELECT count(*) FROM {view}")


def test_reports(rows: sqlite3.Connection) -> None:
    assert value(rows, "SELECT count(*) FROM reports") == 35
    assert value(rows, "SELECT count(*) FROM reports WHERE agency_id IS NULL OR year IS NULL") == 0
    assert value(rows, "SELECT count(*) FROM reports WHERE title LIKE '%工作总结%'") == 0


def test_a_trend_over_renamed_authorities(rows: sqlite3.Connection) -> None:
    years = rows.execute(
        "SELECT year, value FROM series WHERE agency_id = '330206-health' AND metric = 'requests.received.new'"
        " ORDER BY year"
    ).fetchall()
    assert years == list(zip(range(2011, 2024), [1, 0, 2, 3, 5, 4, 7, 9, 8, 10, 13, 17, 21], strict=True))


@pytest.mark.parametrize(
    ("report", "rule"),
    [
        ("330212-health-2020-%", "CD.balance"),
        ("330282-health-2021-%", "D.outcome_sum"),
        ("330206-health-2022-%", "CD.carry_year"),
        ("370303-health-2017-%", "prose.breakdown"),
    ],
)
def test_a_failed_check(rows: sqlite3.Connection, report: str, rule: str) -> None:
    assert value(rows, "SELECT count(*) FROM failed_checks WHERE report_id LIKE ? AND rule = ?", report, rule)


def test_the_copy_is_a_mirror_with_its_own_date(rows: sqlite3.Connection) -> None:
    query = "SELECT d.kind, r.published FROM reports r JOIN documents d ON d.id = r.document_id WHERE r.agency_id = ?"
    assert rows.execute(query, ["330211-health"]).fetchall() == [("mirror", None)]


def test_every_document_is_in_the_archive(rows: sqlite3.Connection, demo: Path) -> None:
    for file, offset in rows.execute("SELECT archive_file, archive_offset FROM documents"):
        assert (demo.parent / "archive" / file).stat().st_size > offset


def test_the_same_crawl_again_writes_no_row(demo: Path, rows: sqlite3.Connection) -> None:
    tables = ("documents", "reports", "sections", "cells", "figures", "mentions", "checks", "findings")
    before = [rows.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables[:-1]]
    done = crawl(demo.parent, *CRAWLS[0])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 new, 0 changed, 27 unchanged, 0 failed" in done.stdout + done.stderr
    assert before == [rows.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables[:-1]]


# ---------------------------------------------------------------- in the browser


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*SCRAPY, "browse", "--port", str(port), "-s", f"REPORTS_DB={demo}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    flags = (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    )  # fmt: skip
    for flag in flags:
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER), env={**os.environ, "NO_PROXY": "*"}))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


needs_browser = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed")


@needs_browser
@pytest.mark.parametrize(
    ("words", "reports"), [("卫计", 1), ("公众号", 1), ("生局", 1), ("疫", 1), ("没有这样的词", 0)]
)
def test_the_search_box(browser: webdriver.Chrome, address: str, words: str, reports: int) -> None:
    browser.get(f"{address}/demo/reports")
    box = browser.find_element(By.NAME, "_search")
    box.send_keys(words)
    box.submit()
    WebDriverWait(browser, 30).until(lambda page: "_search=" in page.current_url)
    found = browser.find_elements(By.CSS_SELECTOR, "table.rows-and-columns tbody tr")
    assert bool(found) == bool(reports)


@needs_browser
def test_charts_are_drawn(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/-/dashboards/overview")
    WebDriverWait(browser, 30).until(lambda page: page.find_elements(By.CSS_SELECTOR, "svg, canvas"))
