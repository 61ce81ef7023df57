"""The Datasette plugin: the search box over Chinese text, CSV that spreadsheets do not run, and a style sheet.

Datasette's own search hands the query to FTS5 as it is, which finds no Chinese word in an index of pairs of characters.
Our index is contentless, so Datasette sees no searchable table; this plugin adds the search to it, with the same
parameters (``_search``, ``_search_COLUMN``, ``_searchmode=raw``). Other databases are left alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.filters import FilterArguments  # type: ignore[import-untyped]
from datasette.utils import tilde_decode, tilde_encode  # type: ignore[import-untyped]
from datasette.utils.asgi import BadRequest, Response  # type: ignore[import-untyped]
from markupsafe import Markup

from storage import migrations, search
from storage.formulas import harmless_csv

_REPORTS = (
    "id IN (SELECT report_id FROM indexed_reports WHERE id IN"
    " (SELECT rowid FROM reports_index WHERE reports_index MATCH {expression}))"
)
_SECTIONS = "id IN (SELECT rowid FROM sections_index WHERE sections_index MATCH {expression})"
SEARCHED: dict[str, tuple[str, tuple[str, ...]]] = {
    "reports": (_REPORTS, ("title", "agency", "text")),
    "current_reports": (_REPORTS, ("title", "agency", "text")),
    "sections": (_SECTIONS, ("heading", "text")),
    "section_texts": (_SECTIONS, ("heading", "text")),
}
"""The tables with a search box: the condition, and the columns that can be searched by themselves."""

_REPORT_ID = re.compile(r"(?:\d{6}-\w+|unknown)-\d{4}-[0-9a-f]{8,16}")

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def _chinese_match(query: str | None, mode: str = "") -> str:
    return search.raw_expression(query or "") if mode == "raw" else search.match_expression(query or "")


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """The functions that queries use: what to MATCH for a query, and the text around the first hit."""
    conn.create_function("chinese_match", 1, _chinese_match, deterministic=True)
    conn.create_function("chinese_match", 2, _chinese_match, deterministic=True)
    conn.create_function("chinese_words", 1, lambda query: search.ranking_expression(query or ""), deterministic=True)
    conn.create_function(
        "chinese_excerpt", 2, lambda text, query: search.excerpt(text, query or ""), deterministic=True
    )


# last: Datasette's own hook says that the table cannot be searched
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Callable[[], Awaitable[Any]]:
    """The search on a table page, in place of Datasette's."""

    async def search_filters() -> Any:
        if table not in SEARCHED or not await datasette.get_database(database).execute_fn(migrations.is_ours):
            return None
        condition, columns = SEARCHED[table]
        raw = ", 'raw'" if request.args.get("_searchmode") == "raw" else ""
        where, params, said = [], {}, []
        context = {"supports_search": True}
        asked = {key: request.args[key] for key in request.args if key.startswith("_search") and key != "_searchmode"}
        for number, (key, words) in enumerate(asked.items()):
            column = key.removeprefix("_search").removeprefix("_")
            if column and column not in columns:
                raise BadRequest(f"Cannot search by column {column}: there are {', '.join(columns)}")
            if not words.strip():
                continue
            name = "search" if key == "_search" else f"search_{number}"
            expression = f"chinese_match(:{name}{raw})"
            if column:
                expression = f"'{column} : (' || {expression} || ')'"
            where.append(condition.format(expression=expression))
            params[name] = words
            said.append(f'search{f" column {column}" if column else ""} matches "{words}"')
            context["search"] = words
        return FilterArguments(where, params, said, context)

    return search_filters


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """In views and queries, which have no foreign keys, the id of a report leads to the report."""
    if not isinstance(value, str) or not _REPORT_ID.fullmatch(value):
        return None
    if column != "report_id" and (column, table) != ("id", "current_reports"):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, "reports", tilde_encode(value)), value)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """CSV as `scrapy export` writes it: text that a spreadsheet would run has an apostrophe before it."""

    def wrap(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and await _is_csv_of_ours(datasette, scope["path"]):
                await app(scope, receive, _HarmlessCsv(send))
            else:
                await app(scope, receive, send)

        return wrapped

    return wrap


async def _is_csv_of_ours(datasette: Any, path: str) -> bool:
    """Whether a path is that of a table, view or query of a database of ours as CSV."""
    path = path.removeprefix(datasette.setting("base_url").rstrip("/"))
    if not path.endswith(".csv"):
        return False
    route = path.removesuffix(".csv").split("/")[1]
    try:
        database = datasette.get_database(route=tilde_decode(route))
    except KeyError:
        return False
    return bool(await database.execute_fn(migrations.is_ours))


class _HarmlessCsv:
    """Stands before `send` and passes a CSV answer on as it comes, record by record."""

    def __init__(self, send: Callable[[Any], Awaitable[None]]) -> None:
        self._send = send
        self._is_csv = False
        self._rest = b""  # the beginning of a record

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message["headers"]}
            # without _dl=1 Datasette declares CSV as plain text
            self._is_csv = headers.get(b"content-type", b"").startswith((b"text/csv", b"text/plain"))
        elif self._is_csv:
            self._rest += message.get("body", b"")
            more = message.get("more_body", False)
            # a line break within quotes is none between records
            if more and (self._rest.count(b'"') % 2 or not self._rest.endswith(b"\r\n")):
                return
            message = {**message, "body": harmless_csv(self._rest.decode()).encode()}
            self._rest = b""
        await self._send(message)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[[], Any]]]:
    """The style sheet."""
    return [(r"^/-/nianbao\.css$", lambda: Response(STYLE, content_type="text/css; charset=utf-8"))]


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(datasette: Any) -> list[str]:
    """The style sheet's address."""
    return [datasette.urls.path("/-/nianbao.css")]
