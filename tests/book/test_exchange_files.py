"""Exports on disk, and files that are none: whole or not at all, and refused with words for the person."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from stat import S_IMODE

import pytest

from tests.book.exchanging import bring, counts, exported, new_book, whys
from tests.conftest import ROOT
from workbook.book import exchange
from workbook.book.exchange import NoExport, NoImport
from workbook.entries import Goal, Session

SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from tests.book.exchanging import new_book
from workbook.book import exchange
from workbook.entries import Goal
book = new_book()
book.write_many([Goal(title="x", today="y" * 19_000) for _ in range(50)])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
exchange.write_folder(book, Path(sys.argv[1]), "csv")
"""


def test_an_export_is_for_its_owner_alone_and_overwrites_nothing(tmp_path: Path) -> None:
    book = new_book()
    book.write(Goal(title="x"))
    folder = tmp_path / "out"
    assert exchange.write_folder(book, folder, "csv") == 1
    assert {file.name for file in folder.iterdir()} == {"Goal.csv", "export.json", "README.txt"}
    assert {S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert S_IMODE(folder.stat().st_mode) == 0o700
    with pytest.raises(NoExport, match="not empty, and nothing is ever overwritten"):
        exchange.write_folder(book, folder, "csv")
    for place, why in ((folder / "Goal.csv", "not a folder"), (tmp_path / "no" / "way", "no folder")):
        with pytest.raises(NoExport, match=why):
            exchange.write_folder(book, place, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_is_stopped_or_fills_the_disk_leaves_nothing(tmp_path: Path) -> None:
    book = new_book()
    book.write_many([Goal(title="x"), Session(on=date(2026, 3, 2))])

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange.write_folder(book, tmp_path / "out", "csv", stop)
    command = [sys.executable, "-c", SMALL_DISK, str(tmp_path / "out")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "DiskFull: There is no room left" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_stopped_as_its_folder_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def make_and_stop(path: Path, *mode: int, **options: int) -> None:
        make(path, *mode, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", make_and_stop)
    with pytest.raises(KeyboardInterrupt):
        exchange.write_folder(new_book(), tmp_path / "out", "csv")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_takes_an_export_and_gives_it_back(tmp_path: Path) -> None:
    book, again = new_book(), new_book()
    book.write(Goal(title="x"))
    exchange.write_folder(book, tmp_path, "jsonl")
    exchange.take_in(again, exchange.read(exchange.files_at(tmp_path)))
    assert [each.entry for each in again.entries(Goal)] == [Goal(title="x")]


def test_a_zip_holds_the_same_files_with_neutral_names() -> None:
    book, again = new_book(), new_book()
    book.write(Goal(title="x"))
    data = exchange.zipped(book, "csv")
    assert set(zipfile.ZipFile(io.BytesIO(data)).namelist()) == set(exported(book))
    assert counts(bring(again, exchange.files_in("notes.zip", data))) == {"new": 1}
    with pytest.raises(NoImport, match="damaged"):
        exchange.files_in("notes.zip", data[:200])


def test_an_export_of_a_newer_version_names_the_version_it_needs() -> None:
    about = json.dumps({"format": 2, "program": "3.4.5"}).encode()
    with pytest.raises(NoImport, match=r"newer version of the program; install version 3\.4\.5"):
        exchange.read({"Goal.csv": exported(new_book()).get("Goal.csv", b""), "export.json": about})
    with pytest.raises(NoImport, match="damaged"):
        exchange.read({"export.json": b'{"format": "x"'})
    assert bring(new_book(), exported(new_book())).outcomes == []


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NoImport, match="no files of an export"):
        exchange.read(exchange.files_at(tmp_path))
    with pytest.raises(NoImport, match="can't be read"):
        exchange.files_at(tmp_path / "nowhere")
    assert whys(bring(new_book(), {"Other.csv": b"a,b\r\n1,2\r\n"})) == [
        "no kind of entry has this name; it was left alone"
    ]


def test_a_zip_file_whose_packed_bytes_are_damaged_is_refused_in_words() -> None:
    packed = bytearray(exchange.zipped(new_book(), "csv"))
    start = packed.index(b"export.json") + len(b"export.json")
    packed[start : start + 16] = bytes(16)
    with pytest.raises(NoImport, match="is damaged"):
        exchange.files_in("export.zip", bytes(packed))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"title\xff\r\n", "isn't UTF-8"),
        (b"name\r\nx\r\n", "it has no column title; this program doesn't know its column name"),
        (b"title,Mood\r\nx,4\r\n", "doesn't know its column mood"),
        (b"title,title\r\nx,y\r\n", "its first line has a column twice"),
        (b'title\r\n"x', "from here on this is not a CSV file, or it was cut off"),
        (b"title\r\nx,y,z\r\n", "it has 3 cells, and the first line has 1"),
        (b"title,until\r\nx,soon\r\n", "until: 'soon' is not a day"),
        (b"title,importance\r\nx,4\r\n", "importance: choose 1, 2 or 3"),
        (b"title,levels\r\nx,[1\r\n", "levels: this should be a list or a table in JSON"),
        (b"title,written_at\r\nx,yesterday\r\n", "written_at: write a moment as"),
    ],
)
def test_a_file_or_line_that_cannot_be_read_is_refused_with_the_reason(data: bytes, why: str) -> None:
    book = new_book()
    incoming = bring(book, {"Goal.csv": data})
    assert any(why in each for each in whys(incoming)), whys(incoming)
    assert book.entries(Goal) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("no json", "not a line of JSON"),
        ("[1]", "not an entry"),
        ('{"titel": "x"}', "it has no column title"),
        ('{"title": 5}', "title: Expected `str`"),
        ('{"title": "x", "levels": {"a": 1}}', "levels: "),
    ],
)
def test_a_line_of_json_that_is_no_entry_is_refused_and_the_others_come_in(line: str, why: str) -> None:
    book = new_book()
    incoming = bring(book, {"Goal.jsonl": f'{line}\n{{"title": "good"}}\n'.encode()})
    assert counts(incoming) == {"new": 1, "refused": 1}
    assert why in whys(incoming)[0]


@pytest.mark.parametrize("column", ["id", "source_id", "author", "source_author", "shared_from"])
def test_half_a_character_in_what_an_export_says_of_an_entry_keeps_nothing_out(column: str) -> None:
    line = json.dumps({"title": "Walks", column: "\ud800"}).encode()
    book = new_book()
    for what in ("new", "here"):
        assert [each.what for each in bring(book, {"Goal.jsonl": line}).outcomes] == [what]


def test_a_line_that_is_nested_without_end_is_refused_and_the_others_come_in() -> None:
    deep = '{"title": "x", "levels": ' + "[" * 900 + "]" * 900 + "}"
    found = bring(new_book(), {"Goal.jsonl": f'{deep}\n{{"title": "Walks"}}'.encode()})
    assert [each.what for each in found.outcomes] == ["refused", "new"]


def test_a_file_that_a_spreadsheet_saved_its_own_way_comes_in() -> None:
    book = new_book()
    head = "on;together;paid;tags;place;;"
    lines = [head, '13.03.2026;alone;120,00;"[""a""]";\'=1+1;;', "02.03.2026;;;;;;", "soon;;;;;;", ";;;;;;"]
    incoming = bring(book, {"session (1).csv": "\r\n".join(lines).encode("utf-16")})
    assert counts(incoming) == {"new": 2, "refused": 1}
    assert [each.entry for each in book.entries(Session)] == [
        Session(on=date(2026, 3, 13), together="alone", paid=Decimal("120.00"), tags=("a",), place="=1+1"),
        Session(on=date(2026, 3, 2)),
    ]


def test_a_row_without_an_id_comes_in_once_however_often_it_comes() -> None:
    book, data = new_book(), b"title\r\nsame\r\nsame\r\nother\r\n"
    assert counts(bring(book, {"Goal.csv": data})) == {"new": 3}
    assert counts(bring(book, {"Goal.csv": data})) == {"here": 3}
