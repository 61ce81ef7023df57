"""Every template with every body: the blocks of the article alone, its title, its date, its files."""

from __future__ import annotations

import pytest

from tests.html.pages import BLIND, BODIES, TEMPLATES
from tests.html.score import wrong

BLIND_RIGHT = 112  # all; a number lower than all is only for templates that are new

CASES = [(name, kind) for name in TEMPLATES if name not in BLIND for kind in BODIES]


@pytest.mark.parametrize(("name", "kind"), CASES, ids=[f"{name}-{kind}" for name, kind in CASES])
def test_page(name: str, kind: str) -> None:
    assert wrong(name, BODIES[kind]) == []


def test_blind_pages_right() -> None:
    right = sum(not wrong(name, body) for name in sorted(BLIND) for body in BODIES.values())
    assert right >= BLIND_RIGHT
