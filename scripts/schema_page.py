"""The schema page, generated from the descriptions beside the schema: python -m scripts.schema_page > docs/schema.md."""

from __future__ import annotations

import sys

from storage.schema import TABLES, VIEW_TABLES, Table


def page() -> str:
    """Every table and view with its columns, as Markdown."""
    parts = [
        "# The schema",
        "Generated from `storage/schema.py` by `python -m scripts.schema_page > docs/schema.md`.",
        "Text is UTF-8, dates are ISO 8601, money is in 元. Tables are STRICT; foreign keys are on.",
    ]
    for heading, tables in (("Tables", TABLES), ("Views", VIEW_TABLES)):
        parts.append(f"## {heading}")
        parts += [_table(name, table) for name, table in tables.items() if not table.hidden]
    return "\n\n".join(parts) + "\n"


def _table(name: str, table: Table) -> str:
    rows = [
        f"| `{column}` | {about.description.replace('|', chr(92) + '|')} | {about.unit or ''} |"
        for column, about in table.columns.items()
    ]
    head = [
        f"### `{name}`",
        "",
        f"{table.title}. {table.description}",
        "",
        "| column | what it holds | unit |",
        "| --- | --- | --- |",
    ]
    return "\n".join([*head, *rows])


if __name__ == "__main__":
    sys.stdout.write(page())
