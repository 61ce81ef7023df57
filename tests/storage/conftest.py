from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.storage.build import METRICS, REGIONS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new database with the registers in it."""
    with Store(tmp_path / "reports.db") as opened:
        opened.seed(REGIONS, METRICS)
        yield opened
