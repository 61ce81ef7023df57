"""Size of the search index and time of a query, beside a scan of the text; speed of storing.

    python -m tests.bench.search [REPORTS]

The texts are words of jieba's dictionary drawn by their frequency, 6,000 characters a report in six parts.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from storage import search
from storage.migrations import index_report
from storage.store import Store
from tests.storage.build import METRICS, NAMES, REGIONS, document, reading

QUERIES = (
    "卫",
    "公",
    "卫计",
    "公众",
    "生局",
    "信息",
    "公众号",
    "进行了",
    "政府信息",
    "信息公开",
    "国家政府",
    "中华人民共和国",
)


def texts(count: int, length: int = 6000) -> list[str]:
    """Reports' texts of that many characters, in six numbered parts."""
    frequencies = {word: number for word, number in search._jieba().dt.FREQ.items() if number}
    chance = random.Random(1)
    words, weights = list(frequencies), list(frequencies.values())
    made = []
    for _ in range(count):
        body = "".join(chance.choices(words, weights, k=length // 2))[:length]
        parts = [body[start : start + length // 6] for start in range(0, length, length // 6)]
        made.append(
            "\n".join(f"{number}、标题\n{part}。" for number, part in zip("一二三四五六七", parts, strict=False))
        )
    return made


def main(count: int) -> None:
    """Print the measurements."""
    made = texts(count)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "reports.db") as store:
        store.seed(REGIONS, METRICS, NAMES)
        some = made[: min(count, 100)]
        search.keywords("")
        begin = time.process_time()
        for number, text in enumerate(some):
            store.save(
                document(f"s{number}", f"https://s/{number}"), (), reading(text, year=1000 + number), NAMES, None, "1"
            )
        spent = time.process_time() - begin
        print(f"storing: {len(some) / spent:.0f} reports/s of CPU time (6,000 characters, keywords and index included)")
        begin = time.process_time()
        for text in some:
            search.keywords(text)
        print(f"  of it keywords by jieba: {(time.process_time() - begin) / len(some) * 1000:.1f} ms a report")
        begin = time.process_time()
        connection = store.db.conn
        connection.execute("BEGIN")
        for number, text in enumerate(made[len(some) :], start=len(some)):
            row = document(f"s{number}", f"https://s/{number}")
            connection.execute(
                "INSERT INTO documents (id, url, kind, fetched_at, status, sha256, bytes, outcome)"
                " VALUES (?, ?, 'official', '2024-01-01', 200, ?, 1, 'report')",
                (row.id, row.url, row.sha256),
            )
            connection.execute(
                "INSERT INTO reports (id, document_id, form, status, text, parser_version, status_alone)"
                " VALUES (?, ?, 'prose', 'ok', ?, '1', 'ok')",
                (row.id, row.id, text),
            )
            starts = [text.index(f"{part}、标题") for part in "一二三四五六"]
            connection.executemany(
                "INSERT INTO sections VALUES (NULL, ?, ?, 1, '一', '标题', NULL, ?, ?)",
                [
                    (row.id, place, start, end)
                    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True))
                ],
            )
            index_report(connection, row.id)
        connection.execute("COMMIT")
        if count > len(some):
            print(f"indexing: {(count - len(some)) / (time.process_time() - begin):.0f} reports/s of CPU time")
        text_bytes = sum(len(text.encode()) for text in made)
        print(f"text: {count} reports, {text_bytes / 1e6:.1f} MB")
        for index in ("reports_index", "sections_index"):
            sizes = connection.execute(f"SELECT sum(length(block)) FROM {index}_data").fetchone()[0]
            print(f"{index}: {sizes / 1e6:.1f} MB ({sizes / text_bytes:.2f} of the text)")
        print("query            hits   index ms   scan ms")
        for query in QUERIES:
            expression = search.match_expression(query)
            sql = "SELECT count(*) FROM reports_index WHERE reports_index MATCH ?"
            spent_index = []
            for _ in range(5):
                begin = time.perf_counter()
                hits = connection.execute(sql, (expression,)).fetchone()[0]
                spent_index.append((time.perf_counter() - begin) * 1000)
            begin = time.perf_counter()
            scanned = connection.execute(
                "SELECT count(*) FROM reports WHERE instr(text, ?) OR instr(title, ?)", (query, query)
            )
            truth = scanned.fetchone()[0]
            spent_scan = (time.perf_counter() - begin) * 1000
            agree = "" if hits == truth else f"  scan finds {truth}"
            print(f"{query:<10}\t{hits:>6}   {statistics.median(spent_index):>8.1f}   {spent_scan:>7.1f}{agree}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
