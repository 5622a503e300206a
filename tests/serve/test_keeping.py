"""The commands that keep a book: what they say, what they leave, and their status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import PATIENCE, ROOT
from workbook.book import BookBusy, Store
from workbook.cli import main
from workbook.entries import Goal
from workbook.store import Hardness, Vault
from workbook.store.hardness import LOWEST

SOFT = Hardness(memory=64, passes=1)
ANA = ("Anamaria", "six words that ana knows well")
Do = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "system"))
    monkeypatch.delenv("WORKBOOK_BOOK", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A book with one goal."""
    place = tmp_path / "closet of zebedee" / "book.db"
    begun(place)
    return place


def begun(place: Path, hardness: Hardness = SOFT) -> None:
    store = Store(Vault.open(place, hardness=hardness))
    store.create_member(*ANA)
    write(store, "first")
    store.close()


def write(store: Store, title: str) -> None:
    book = store.unlock(*ANA)
    book.write(Goal(title=title))
    book.lock()


def add(place: Path, title: str) -> None:
    store = Store(Vault.open(place, hardness=SOFT))
    write(store, title)
    store.close()


def goals(place: Path) -> list[str]:
    store = Store(Vault.open(place, hardness=SOFT))
    found = sorted(each.entry.title for each in store.unlock(*ANA).entries(Goal))
    store.close()
    return found


def do(*args: object, typed: str = "") -> Result:
    """Run a command here, with this typed into it."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=typed)


def fails(result: Result, *words: str) -> None:
    """It ended with one line for the person."""
    assert result.exit_code == 2, result.output
    assert re.fullmatch(r"[^\n]+\n", result.stderr), result.stderr
    assert all(word in result.stderr for word in words), result.stderr


def test_a_backup_is_told_with_its_place_and_its_records(file: Path, tmp_path: Path) -> None:
    done = do("backup", tmp_path / "copy.db", "--book", file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{tmp_path / 'copy.db'}: 2 records, opened again and counted." in done.stdout
    assert goals(tmp_path / "copy.db") == ["first"]
    fails(do("backup", tmp_path / "copy.db", "--book", file), "already")
    (tmp_path / "folder").mkdir()
    for number in ("", "-2"):
        assert do("backup", tmp_path / "folder", "--book", file).exit_code == 0
        assert list((tmp_path / "folder").glob(f"book-????-??-??{number}.db"))
    fails(do("backup", tmp_path / "new.db", "--book", tmp_path / "none.db"), "no book here yet")


def test_restoring_says_what_would_be_lost_and_asks_first(file: Path, tmp_path: Path) -> None:
    do("backup", tmp_path / "copy.db", "--book", file)
    add(file, "written since")
    for typed in ("n\n", ""):
        refused = do("restore", tmp_path / "copy.db", "--book", file, typed=typed)
        assert refused.exit_code == 2
        assert "Lost: 1 record written since" in refused.stdout
        assert "Nothing was changed." in refused.stderr
        assert goals(file) == ["first", "written since"]
    done = do("restore", tmp_path / "copy.db", "--book", file, typed="y\n")
    assert done.exit_code == 0
    assert goals(file) == ["first"]
    kept = re.search(r"The book as it was is now (\S.*\.db)\.", done.stdout)
    assert kept
    assert goals(Path(kept[1])) == ["first", "written since"]
    assert do("restore", kept[1], "--yes", "--book", file).exit_code == 0
    assert goals(file) == ["first", "written since"]


def test_merging_says_what_came_and_nothing_twice(file: Path, tmp_path: Path) -> None:
    do("backup", tmp_path / "copy.db", "--book", file)
    add(file, "here"), add(tmp_path / "copy.db", "there")
    done = do("merge", tmp_path / "copy.db", "--book", file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 records came from the other copy; 0 erased there are erased here." in done.stdout
    assert goals(file) == ["first", "here", "there"]
    again = do("merge", tmp_path / "copy.db", "--book", file)
    assert again.stdout == "Your book already holds everything that the other copy holds.\n"
    do("merge", file, "--book", tmp_path / "copy.db")
    assert goals(tmp_path / "copy.db") == goals(file)


def test_merging_looks_at_the_outcome_first_where_one_says_who_one_is(tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    begun(here, LOWEST)
    do("backup", there, "--book", here)
    store = Store(Vault.open(there, hardness=SOFT))
    write(store, "there")
    with store._vault._database.writing() as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql(
            "UPDATE record SET sealed = randomblob(400) WHERE rowid = (SELECT max(rowid) FROM record)"
        )
    store.close()
    (tmp_path / "words").write_text(f"{ANA[1]}\n")
    before = here.read_bytes()
    who = ["--member", ANA[0], "--passphrase-file", tmp_path / "words"]
    fails(do("merge", there, "--book", here, *who), "doesn't fit together")
    assert here.read_bytes() == before


def test_bad_input_is_one_line_and_changes_nothing(file: Path, tmp_path: Path) -> None:
    begun(tmp_path / "theirs.db")
    (tmp_path / "half.db").write_bytes(file.read_bytes()[:9000])
    before = file.read_bytes()
    for command in (["merge"], ["restore", "--yes"]):
        for source, words in {
            "theirs.db": "another book",
            "half.db": "damaged or incomplete",
            "missing.db": "no such file",
        }.items():
            fails(do(*command, tmp_path / source, "--book", file), words)
        fails(do(*command, file, "--book", file), "the book itself")
    assert file.read_bytes() == before


def test_stopping_a_backup_leaves_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook.store.backup.count_whole", stop)
    ended = do("backup", tmp_path / "out" / "copy.db", "--book", file)
    assert ended.exit_code == 130
    assert "Stopped. No backup was made." in ended.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_doctor_finds_a_sound_book_sound_and_tells_nothing_of_it(file: Path, tmp_path: Path) -> None:
    """Run as a program, as someone would whose output is shown in public."""
    store = Store(Vault.open(file, hardness=SOFT))
    book_id, member_id = store.unlock(*ANA).id, store.unlock(*ANA).member_id(ANA[0])
    store.close()
    home = tmp_path / "home of zebedee"
    home.mkdir()
    file.parent.chmod(0o700)
    env = os.environ | {"HOME": str(home), "USER": "zebedee", "LOGNAME": "zebedee"}
    command = [sys.executable, "-m", "workbook", "doctor", "--book", str(file)]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert (ended.returncode, ended.stderr) == (0, "")
    for heading in ("Book", "Permissions", "Versions", "Browser", "Disk", "Notebooks"):
        assert re.search(rf"^{heading}$", ended.stdout, re.MULTILINE)
    assert "1 member" in ended.stdout
    assert re.search(r"^0 bad", ended.stdout, re.MULTILINE)
    for told in ("zebedee", ANA[0], "ana", str(tmp_path), "/tmp", book_id, member_id, file.name):
        assert told not in ended.stdout.replace("pandas", "").replace("sounds", ""), told


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.chmod(0o644), "open to other accounts"),
        (lambda file: file.write_bytes(b"dear " * 99), "It doesn't open"),
        (lambda file: file.write_bytes(b""), "workbook restore"),
    ],
)
def test_doctor_says_what_is_bad_what_to_do_and_status_1(
    file: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(file)
    ended = do("doctor", "--book", file)
    assert ended.exit_code == 1
    assert words in ended.stdout
    assert "→" in ended.stdout
    assert "zebedee" not in ended.output


def test_doctor_says_it_in_its_own_words_where_a_book_that_opened_cannot_be_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: Store) -> list[str]:
        raise BookBusy(str(file))

    monkeypatch.setattr(Store, "members", busy)
    ended = do("doctor", "--book", file)
    assert ended.exit_code == 1
    assert "another program is using it" in ended.stdout
    assert str(file) not in ended.output


def test_doctor_reads_over_a_file_that_is_named_after_no_day(file: Path) -> None:
    folder = file.with_name(f"{file.stem}-backups")
    folder.mkdir(exist_ok=True)
    (folder / "9999-99-99.db").touch()
    ended = do("doctor", "--book", file)
    assert (ended.exit_code, "automatic backups is 0 days old" in ended.stdout) == (0, True)


def test_doctor_says_where_a_book_lies_badly_and_looks_without_one(file: Path, tmp_path: Path) -> None:
    synced = tmp_path / "Dropbox" / "book.db"
    do("backup", synced, "--book", file)
    assert "synchronised with a cloud" in do("doctor", "--book", synced).stdout
    none = do("doctor", "--book", tmp_path / "none.db")
    assert (none.exit_code, "none yet" in none.stdout) == (0, True)
    assert not (tmp_path / "none.db").exists()
