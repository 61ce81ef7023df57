"""The data of forms and metrics: complete, consistent, and refused when they contradict themselves."""

from __future__ import annotations

import pytest

from parsers.forms import all_forms, load_form
from parsers.labels import MONEY_UNITS
from parsers.metrics import KINDS, all_metrics, kinds

VALUES = {
    "statutory_2019": {"20_1": 6, "20_5": 6, "20_6": 6, "20_8": 2, "20_9": 2, "requests": 161, "review_litigation": 15},
    "statutory_2021": {"20_1": 6, "20_5": 1, "20_6": 2, "20_8": 1, "requests": 175, "review_litigation": 15},
    "statistics_2014": {"statistics": 65},
    "kunming_2014": {"statistics": 62},
    "fujian_2011": {"statistics": 34},
    "fujian_2014": {"statistics": 32},
    "dingxi": {"statistics": 70},
    "luan": {"statistics": 20},
}


@pytest.mark.parametrize("form_id", VALUES)
def test_every_cell_of_a_form_has_a_metric(form_id: str) -> None:
    form = next(form for form in all_forms() if form.id == form_id)
    found = {}
    for table in form.tables:
        columns = [c for c in table.columns if c.role == "value" and c.applicant != "subtotal"]
        rows = table.rows or (None,)
        found[table.id] = sum(1 for row in rows for column in columns if table.metric(row, column))
    assert found == VALUES[form_id]


def test_every_form_is_expected() -> None:
    assert {form.id for form in all_forms()} == set(VALUES)


def test_metrics() -> None:
    metrics = all_metrics()
    assert len(metrics) == len({metric.id for metric in metrics}) >= 175
    assert all(metric.label and metric.label_en and metric.description and metric.unit for metric in metrics)
    assert set(kinds().values()) == set(KINDS)
    assert all((metric.unit in MONEY_UNITS) == (kinds()[metric.id] == "money") for metric in metrics)


GOOD = """
id = "local_2010"
title = "A local form"
first_year = 2010
[[tables]]
id = "statistics"
kind = "list"
title = "统计表"
columns = [{ role = "label", label = "指标" }, { role = "value", label = "数量" }]
rows = [{ label = "行政复议数", unit = "件", metric = "review.total" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("review.total", "review.sum", "unknown metric"),
        ('kind = "list"', 'kind = "tree"', "unknown kind"),
        ('unit = "件"', 'units = "件"', "unknown keys"),
        ('role = "value"', 'role = "number"', "unknown role"),
        (
            'metric = "review.total" }',
            'metric = "review.total" }, { label = "行政 复议数", unit = "件", metric = "litigation.total" }',
            "duplicate row",
        ),
        (
            'metric = "review.total" }',
            'metric = "review.total" }, { label = "复议", metric = "review.total" }',
            "metric review.total twice",
        ),
        ('label = "行政复议数"', 'label = "行政复议数", parents = ["情况"]', "parent is no row"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(old: str, new: str, message: str) -> None:
    load_form(GOOD)
    with pytest.raises(ValueError, match=message):
        load_form(GOOD.replace(old, new))
