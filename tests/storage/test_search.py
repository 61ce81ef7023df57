"""The search finds what a substring scan finds, and nothing else."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import search
from storage.store import Store
from tests.storage.build import NAMES, TEXT, document, no_report, reading, with_text

TEXTS = (
    TEXT,
    "卫生和计划生育局通过微信公众号公开信息。\n一、主动公开情况\n公布规范性文件12件，WiFi覆盖。",
    "一、概述\n本单位无依申请公开，附PDF文件“年报”（2012）；费用0.5元 100% a*b c-d NEAR OR",
    "卫\n计",
    "卫 计 局",
    "ＰＤＦ１２３ ℃ ﬁ",
)


def scan(text: str, words: str) -> bool:
    """The truth: every word of the query stands in the normalised text, in one line of it."""
    words += '"' * (words.count('"') % 2)
    wanted = [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', words)]
    wanted = [search.normalise(word).strip() for word in wanted if search.normalise(word).strip()]
    lines = [re.sub(r"[^\S\n]+", " ", line) for line in search.normalise(text).split("\n")]
    return bool(wanted) and all(any(word in line for line in lines) for word in wanted)


@pytest.fixture
def indexed() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize=\"{search.TOKENIZER}\")")
    yield connection
    connection.close()


def found(connection: sqlite3.Connection, expression: str) -> set[int]:
    return {number for (number,) in connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,))}


def put(connection: sqlite3.Connection, texts: tuple[str, ...] | list[str]) -> None:
    connection.executemany(
        "INSERT INTO t (rowid, text) VALUES (?, ?)",
        [(number, search.index_text(text)) for number, text in enumerate(texts)],
    )


QUERIES = [
    "卫", "计", "局", "卫计", "公众号", "生局", "政府信息公开", "主动公开政府信息", "信息 公开", "公众号 卫计",
    '"信息 公开"', '"政府信息', '""', '"', "'", "“年报”", "（2012）", "(2012)", "，", "。", "0.5", "100%", "a*b", "c-d",
    "pdf", "PDF", "WiFi", "wifi", "NEAR", "OR", "NEAR(", "NOT 卫", "12", "1", "2", "515条", "件，W", "text:卫", "^卫",
    "卫*", "卫+计", "-卫", "{text}:卫", "无此词", "１２", "℃", "fi", "; DROP TABLE t", "卫 OR 无此词", "概 述",
    "计\n局",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_found_is_what_a_scan_finds(indexed: sqlite3.Connection, query: str) -> None:
    put(indexed, TEXTS)
    assert found(indexed, search.match_expression(query)) == {
        number for number, text in enumerate(TEXTS) if scan(text, query)
    }


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("卫生计局信息公开，。12a \n“"), max_size=40), min_size=1, max_size=5),
    st.text(st.sampled_from("卫生计局信息公开，。12a “"), min_size=1, max_size=6),
)
def test_any_query_on_any_text(texts: list[str], query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize=\"{search.TOKENIZER}\")")
    put(connection, texts)
    assert found(connection, search.match_expression(query)) == {n for n, text in enumerate(texts) if scan(text, query)}
    connection.close()


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30), st.data())
def test_every_part_of_any_text_is_found(text: str, data: st.DataObject) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize=\"{search.TOKENIZER}\")")
    put(connection, [text])
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    plain = search.normalise(part)
    # A combining mark joins the character before it, so a part may be another text than in the whole.
    if plain and '"' not in plain and not re.search(r"\s", plain) and plain in search.normalise(text):
        assert found(connection, search.match_expression(f'"{part}"')) == {0}
    connection.close()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("卫计", {0, 4}),
        ("卫计 AND 公众号", {0}),
        ("公众号 NOT 卫计", {1}),
        ("公众号 OR 卫计局", {0, 1, 4}),
        ("(公众号 OR 卫计局) AND 微信", {1}),
        ("text:公众号", {0, 1}),
        ("{text}: 公众号", {0, 1}),
        ("NEAR(微信 公开, 8)", {1}),
        ('"政府信息公开"', {0}),
        ("政府信息 + 公开", {0}),
        ("公众*", {0, 1}),
        ("公众号推送23条。", {0}),
        ("wifi OR pdf", {1, 2, 5}),
    ],
)
def test_raw_keeps_the_operators(indexed: sqlite3.Connection, query: str, numbers: set[int]) -> None:
    put(indexed, TEXTS)
    assert found(indexed, search.raw_expression(query)) == numbers


@pytest.mark.parametrize("query", ["(", "AND", '"卫', "NEAR(", "卫 AND", "{a", ":", "^", "+"])
def test_raw_nonsense_is_refused_by_sqlite_alone(indexed: sqlite3.Connection, query: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        found(indexed, search.raw_expression(query))


def test_keywords_tell_a_report_from_others() -> None:
    words = dict(search.keywords(TEXT * 3))
    assert "北仑区" in words
    assert not set(words) & search.EVERYWHERE
    assert search.keywords("") == ()


def test_ranking_finds_texts_with_some_of_the_words(indexed: sqlite3.Connection) -> None:
    put(indexed, TEXTS)
    assert found(indexed, search.ranking_expression("公众号的规范性文件")) >= {0, 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("公众号", "…息515条，其中公众号推送23条。 二…"),
        ("公开渠道", "…更新不够及时，公 开渠道还须拓宽。"),
        ("无此", None),
        ("", None),
    ],
)
def test_excerpt(query: str, expected: str | None) -> None:
    assert search.excerpt(TEXT, query, width=8) == expected


# ---------------------------------------------------------------- the index in the database


def hits(store: Store, words: str, table: str = "reports") -> int:
    expression = search.match_expression(words)
    return int(
        store.db.execute(f"SELECT count(*) FROM {table}_index WHERE {table}_index MATCH ?", [expression]).fetchone()[0]
    )


def test_the_index_follows_the_reports(store: Store) -> None:
    store.save(document(), (), reading(), NAMES, None, "1")
    assert (hits(store, "公众号"), hits(store, "公众号", "sections")) == (1, 1)
    store.save(document(), (), with_text(reading(), "一、概述\n微博"), NAMES, None, "2")
    assert (hits(store, "公众号"), hits(store, "微博"), hits(store, "公众号", "sections")) == (0, 1, 0)
    store.save(document(), (), no_report(), NAMES, None, "3")
    assert hits(store, "微博") == 0
    assert store.db.execute("SELECT count(*) FROM indexed_reports").fetchone() == (0,)


def test_words_across_the_end_of_a_section_are_not_found_in_sections(store: Store) -> None:
    store.save(document(), (), reading(), NAMES, None, "1")
    assert hits(store, "0元") == 1
    assert hits(store, "元三", "sections") == 0


def test_the_index_is_sound_after_many_changes(store: Store) -> None:
    for version in range(30):
        text = TEXT + f"\n四、其他\n第{version}版{'改' * (version % 7)}"
        store.save(document(str(version % 3), f"https://x/{version % 3}"), (), reading(text), NAMES, None, str(version))
    for table in ("reports", "sections"):
        store.db.execute(f"INSERT INTO {table}_index ({table}_index) VALUES ('integrity-check')")
    assert hits(store, "公众号") == 3
    assert hits(store, "第29版") == 1
    assert hits(store, "第26版") == 0


@pytest.mark.filterwarnings("ignore")  # jieba's own
def test_keywords_are_those_of_jieba() -> None:
    import jieba.analyse

    text = TEXT * 3 + "The WiFi of the hospital, 卫计局 and 健康北仑"
    tags = jieba.analyse.extract_tags(text, topK=200, withWeight=True)
    wanted = [(word, round(weight, 6)) for word, weight in tags if word not in search.EVERYWHERE]
    assert list(search.keywords(text, 200)) == wanted
