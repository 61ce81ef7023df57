"""What goes into the archive comes out of it byte by byte; other people's archives are read; damage is named."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.archive import ArchiveError, Fetched, payload, read, records, write

WHEN = datetime(2024, 3, 1, 8, 30, 1, 250_000, tzinfo=UTC)
PAGE = "<p>信息公开</p>".encode("gb18030")


def fetched(body: bytes = PAGE, url: str = "https://www.bl.gov.cn/a.html?id=1", **headers: str) -> Fetched:
    given = {
        "Content-Type": "text/html; charset=gbk",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return Fetched(url, 200, WHEN, tuple(given.items()), body)


# ---------------------------------------------------------------- our own

CASES = {
    "page": fetched(),
    "empty": fetched(b""),
    "no headers": Fetched("https://a/", 200, WHEN, (), b"x"),
    "not found": Fetched("https://a/", 404, WHEN, (("Server", "nginx"),), b"gone"),
    "compressed": fetched(gzip.compress(PAGE), Content_Encoding="gzip"),
    "says compressed, is not": fetched(Content_Encoding="gzip"),
    "says chunked, is not": fetched(Transfer_Encoding="chunked"),
    "looks chunked": fetched(b"5\r\nhello\r\n0\r\n\r\n"),
    "Chinese header": fetched(Content_Disposition='attachment; filename="年报.doc"'),
    "two cookies": Fetched("https://a/", 200, WHEN, (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")), b""),
    "file": Fetched("file:///r/%E5%B9%B4.doc", 200, WHEN, (("Content-Type", "application/msword"),), b"\xd0\xcf"),
    "file without type": Fetched("file:///r/a", 200, WHEN, (("Last-Modified", "x"),), b"WARC/1.0\r\n\r\n"),
    "large": fetched(bytes(range(256)) * 20_000),
}


@pytest.mark.parametrize("name", CASES)
def test_comes_back_as_it_went_in(tmp_path: Path, name: str) -> None:
    file, offset = write(tmp_path, "ab12", CASES[name])
    back = read(tmp_path, file, offset)
    if name == "file without type":  # a resource record always has a type
        assert dict(back.headers) == {"Content-Type": "application/octet-stream", "Last-Modified": "x"}
        back = Fetched(back.url, back.status, back.fetched_at, CASES[name].headers, back.body)
    assert back == CASES[name]
    assert [one.body for one in records(tmp_path)] == [CASES[name].body]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, body: bytes, value: str) -> None:
    folder = tmp_path_factory.mktemp("archive")
    given = fetched(body, X_Any=value)
    assert read(folder, *write(folder, "ab12", given)) == given


def test_the_file_name_follows_from_the_document(tmp_path: Path) -> None:
    assert write(tmp_path, "ab12cd", fetched())[0] == "ab/ab12cd.warc.gz"
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["ab12cd.warc.gz"]


def test_writing_again_writes_nothing(tmp_path: Path) -> None:
    first = write(tmp_path, "ab12", fetched())
    path = tmp_path / first[0]
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert write(tmp_path, "ab12", fetched()) == first
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    file, offset = write(tmp_path, "ab12", fetched())
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes()[:-30])
    with pytest.raises(ArchiveError, match=r"ab12\.warc\.gz"):
        read(tmp_path, file, offset)
    assert read(tmp_path, *write(tmp_path, "ab12", fetched())) == fetched()


def test_the_time_is_kept_to_the_microsecond_and_in_utc(tmp_path: Path) -> None:
    china = Fetched("https://a/", 200, WHEN.astimezone(timezone(timedelta(hours=8))), (), b"")
    assert read(tmp_path, *write(tmp_path, "ab", china)).fetched_at == WHEN


@pytest.mark.parametrize("url", ["https://a/\r\nWARC-Type: request", "https://a/\x00"])
def test_a_url_cannot_forge_a_record(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        write(tmp_path, "ab", Fetched(url, 200, WHEN, (), b""))
    with pytest.raises(ValueError, match="control character"):
        write(tmp_path, "ab", Fetched("https://a/", 200, WHEN, (("X", "1\r\nY: 2"),), b""))


def test_warcio_reads_our_files(tmp_path: Path) -> None:
    file, offset = write(tmp_path, "ab12", fetched())
    with (tmp_path / file).open("rb") as stream:
        kinds = [
            (record.rec_type, iterator.get_record_offset())
            for iterator in [ArchiveIterator(stream)]
            for record in iterator
        ]
    assert kinds == [("warcinfo", 0), ("response", offset)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"ab/ab12\.warc\.gz.*missing"):
        read(tmp_path, "ab/ab12.warc.gz", 0)


# ---------------------------------------------------------------- other people's

CHUNKED = b"4\r\nabcd\r\n3;x=1\r\nefg\r\n0\r\n\r\n"


def foreign(path: Path, *, compressed: bool, count: int = 3) -> None:
    """A WARC as a crawler of others makes it: request, response, metadata, revisit and dns records."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        writer.write_record(
            writer.create_warc_record(
                "dns:a", "response", payload=io.BytesIO(b"1"), length=1, warc_content_type="text/dns"
            )
        )
        for number in range(count):
            url = f"https://a/{number}"
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(CHUNKED), length=len(CHUNKED), http_headers=headers
                )
            )
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
            writer.write_record(writer.create_revisit_record(url, "sha1:X", url, "2024-01-01T00:00:00Z"))


@pytest.fixture(params=["a member per record", "plain", "one stream"])
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / ("a.warc" if request.param == "plain" else "a.warc.gz")
    foreign(path, compressed=request.param == "a member per record")
    if request.param == "one stream":
        path.write_bytes(gzip.compress(path.read_bytes()))
    return path


def test_other_archives_are_read(archive: Path) -> None:
    found = list(records(archive))
    assert [one.url for one in found] == ["https://a/0", "https://a/1", "https://a/2"]
    assert {one.body for one in found} == {b"abcdefg"}
    assert all(one.header("transfer-encoding") is None for one in found)


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    foreign(tmp_path / "x" / "b.warc", compressed=False, count=1)
    foreign(tmp_path / "a.warc.gz", compressed=True, count=2)
    (tmp_path / "notes.txt").write_text("no archive")
    assert [one.url for one in records(tmp_path)] == ["https://a/0", "https://a/1", "https://a/0"]


def test_a_folder_without_archives_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no WARC file"):
        list(records(tmp_path))


@pytest.mark.parametrize("compressed", [True, False], ids=["compressed", "plain"])
@pytest.mark.parametrize("cut", range(5, 100, 12))
def test_a_cut_file_says_where_and_keeps_what_is_whole(tmp_path: Path, cut: int, compressed: bool) -> None:
    path = tmp_path / "a.warc.gz"
    foreign(path, compressed=compressed)
    whole = [one.body for one in records(path)]
    path.write_bytes(path.read_bytes()[: path.stat().st_size * cut // 100])
    damages: list[ArchiveError] = []
    found = [one.body for one in records(path, damages.append)]
    assert found == whole[: len(found)]
    assert all(one.file == path for one in damages)
    at_a_border = not compressed and path.read_bytes().endswith((b"\r\n", b"\r\n\r"))
    assert len(damages) == (0 if at_a_border else 1)


@pytest.mark.parametrize("compressed", [True, False], ids=["compressed", "plain"])
def test_damage_in_the_middle_costs_one_record(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "a.warc.gz"
    foreign(path, compressed=compressed)
    content = bytearray(path.read_bytes())
    with path.open("rb") as stream:
        iterator = ArchiveIterator(stream)
        offset = next(
            iterator.offset for record in iterator if record.rec_headers.get_header("WARC-Target-URI") == "https://a/1"
        )
    spot = offset + 40 if compressed else content.index(b"efg", offset)
    content[spot] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=rf"a\.warc\.gz, record at byte {offset}: "):
        list(records(path))
    damages: list[ArchiveError] = []
    assert [one.url for one in records(path, damages.append)] == ["https://a/0", "https://a/2"]
    assert [one.offset for one in damages][:1] == [offset]


def test_something_else_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"<html>not an archive</html>")
    with pytest.raises(ArchiveError, match=r"a\.warc, record at byte 0"):
        list(records(path))


def test_a_file_of_one_directory_after_a_bad_one_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"nothing")
    foreign(tmp_path / "b.warc", compressed=False, count=1)
    damages: list[ArchiveError] = []
    assert len(list(records(tmp_path, damages.append))) == 1
    assert [one.file.name for one in damages] == ["a.warc"]


# ---------------------------------------------------------------- content encoding


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (PAGE, None),
        (PAGE, "gzip"),
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE[:5]) + gzip.compress(PAGE[5:]), "x-gzip"),
        (zlib.compress(PAGE), "deflate"),
        (raw_deflate(PAGE), "deflate"),
        (gzip.compress(zlib.compress(PAGE)), "deflate, gzip"),
    ],
    ids=["none", "only said", "gzip", "two members", "zlib", "bare deflate", "twice"],
)
def test_payload(body: bytes, encoding: str | None) -> None:
    assert payload(fetched(body, **({"Content_Encoding": encoding} if encoding else {}))) == PAGE


@pytest.mark.parametrize(
    ("body", "encoding", "words"),
    [
        (gzip.compress(bytes(10**6)), "gzip", "more than 1000 bytes"),
        (gzip.compress(PAGE)[:-12], "gzip", "cut short"),
        (b"x", "br", "br is not supported"),
    ],
    ids=["bomb", "cut", "unknown"],
)
def test_payload_refuses(body: bytes, encoding: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        payload(fetched(body, Content_Encoding=encoding), limit=1000)
