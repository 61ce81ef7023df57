"""Asks for a known page only if it changed: ETag and Last-Modified of the stored document, 304 for "as it was"."""

from __future__ import annotations

from scrapy import Request

from storage.store import DocumentRecord


class ConditionalMiddleware:
    """Sets the conditions of a request whose `meta["known"]` is the stored document of that address."""

    def process_request(self, request: Request) -> None:
        known: DocumentRecord | None = request.meta.get("known")
        if known is None:
            return
        if known.etag:
            request.headers.setdefault("If-None-Match", known.etag)
        if known.last_modified:
            request.headers.setdefault("If-Modified-Since", known.last_modified)
