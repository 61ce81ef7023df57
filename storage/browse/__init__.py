"""The database in the browser: Datasette with descriptions, queries, charts and Chinese search."""

from __future__ import annotations

import socket
from pathlib import Path

import uvicorn
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.plugins import pm  # type: ignore[import-untyped]

from storage.browse import metadata, plugin
from storage.store import open_database

TEMPLATES = Path(__file__).parent / "templates"
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 5000,
    "sql_time_limit_ms": 10_000,  # the views gather over all reports
    "facet_time_limit_ms": 2_000,
    "suggest_facets": False,  # each table names the facets that mean something
    "truncate_cells_html": 160,  # a report's text is thousands of characters
    "default_cache_ttl": 0,  # a crawl may be writing
}


def application(database: Path) -> Datasette:
    """Datasette on that database, opened for reading; a crawl may write to it meanwhile.

    Raises `storage.migrations.DatabaseError` when there is no such database.
    """
    with open_database(database):  # brings it up to date
        pass
    if not pm.is_registered(plugin):
        pm.register(plugin, "nianbao")
    return Datasette(
        [str(database)], metadata=metadata.metadata(database.stem), settings=SETTINGS, template_dir=str(TEMPLATES)
    )


def serve(database: Path, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve `application` until interrupted. Raises OSError when the address or the port cannot be used."""
    app = application(database)
    if not 0 < port < 65536:
        raise OSError(f"{port} is no port (1 to 65535)")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))  # before the address is printed: it is taken, or it is ours
        print(f"The database is at http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl+C ends)", flush=True)
        config = uvicorn.Config(app.app(), log_level="warning", lifespan="on", workers=1)
        uvicorn.Server(config).run(sockets=[listening])
