"""Reports printed in many ways and with many faults: never a wrong figure, and all of them where nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model import Grid, Paragraph
from parsers.tables import TableReading, read_tables
from tests.tables.renderings import FAULTS, PRINTS, Key, report

SEEDS = st.integers(0, 10**9)


def values(reading: TableReading) -> dict[Key, object]:
    return {
        (figure.metric, figure.applicant, figure.period): figure.value
        for figure in reading.figures
        if not figure.metric.startswith("local.")
    }


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", PRINTS)
@settings(max_examples=4, deadline=None, derandomize=True)
@given(seed=SEEDS)
def test_no_wrong_figure(way: str, fault: str, seed: int) -> None:
    blocks, truth = report(seed, way, fault)
    read = {key: value for key, value in values(read_tables(blocks)).items() if value is not None}
    assert {key: value for key, value in read.items() if truth.get(key) != value} == {}


@pytest.mark.parametrize(
    "way", ["as_grids", "as_one_grid", "as_pages", "as_text_lines", "as_text_rows", "as_text_spaces"]
)
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_where_nothing_is_lost(way: str, seed: int) -> None:
    blocks, truth = report(seed, way, "clean")
    read = values(read_tables(blocks))
    printed = {key: value for key, value in truth.items() if value is not None}
    found = sum(1 for key, value in printed.items() if read.get(key) == value)
    assert found >= 0.97 * len(printed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=SEEDS, way=st.sampled_from(sorted(PRINTS)), fault=st.sampled_from(sorted(FAULTS)))
def test_every_figure_has_its_place(seed: int, way: str, fault: str) -> None:
    reading = read_tables(report(seed, way, fault)[0])
    assert reading.tables == tuple(block for block in reading.blocks if isinstance(block, Grid))
    seen = set()
    for figure in reading.figures:
        assert figure.table_no is not None
        texts = {cell.text.strip() for cell in reading.tables[figure.table_no].cells}
        cell = next(
            cell for cell in reading.tables[figure.table_no].cells if (cell.row, cell.col) == (figure.row, figure.col)
        )
        assert cell.text == figure.raw
        assert set(figure.evidence.split(" / ")) <= texts
        seen.add((figure.metric, figure.applicant, figure.period))
    assert len(seen) == len(reading.figures)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=SEEDS, way=st.sampled_from(sorted(PRINTS)), fault=st.sampled_from(sorted(FAULTS)))
def test_nothing_is_lost(seed: int, way: str, fault: str) -> None:
    blocks = report(seed, way, fault)[0]
    before = sorted(char for char in "".join(map(text_of, blocks)) if char.isalnum())
    after = sorted(char for char in "".join(map(text_of, read_tables(blocks).blocks)) if char.isalnum())
    assert after == before


def text_of(block: object) -> str:
    if isinstance(block, Paragraph):
        return block.text
    assert isinstance(block, Grid)
    return "".join(cell.text for cell in block.cells)


def test_grids_have_no_overlapping_cells() -> None:
    for seed in range(20):
        for way in PRINTS:
            for grid in read_tables(report(seed, way, "clean")[0]).tables:
                places = [
                    (row, col)
                    for cell in grid.cells
                    for row in range(cell.row, cell.row + cell.row_span)
                    for col in range(cell.col, cell.col + cell.col_span)
                ]
                assert len(places) == len(set(places))
                assert all(row < grid.rows and col < grid.cols for row, col in places)
