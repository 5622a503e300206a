"""The people to call: every country that is promised, and a file corrected by hand that went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook import helplines
from workbook.helplines import COLUMNS, Left

HEADER = ",".join(COLUMNS)
GOOD = "IE,Women's Aid,1800 341 900,,womensaid.ie,women,,"
NUMBERS = {
    "US": ["1-800-799-7233", "988"],
    "GB": ["0808 2000 247", "0808 801 0327", "0808 802 4040"],
    "CA": [""],
    "AU": ["1800 737 732"],
    "IE": ["1800 341 900"],
    "NZ": ["0800 733 843"],
    "DE": ["116 016"],
    "AT": ["0800 222 555"],
    "CH": [""],
    "FR": ["3919"],
    "ES": ["016"],
    "IT": ["1522"],
    "PT": ["800 202 148"],
    "NL": ["0800-2000"],
    "SE": ["116 016"],
    "NO": ["116 006"],
    "DK": ["1888"],
    "FI": [""],
    "PL": ["800 120 002"],
    "MX": [""],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a list of one's own lies."""
    return tmp_path / "helplines.csv"


def left(file: Path, *rows: str, header: str = HEADER) -> tuple[Left, ...]:
    """What is left out of a file with these rows; the good line behind them still stands."""
    file.write_text("\n".join([header, *rows, GOOD]), encoding="utf-8")
    found = helplines.read(file)
    assert [line.number for line in found.lines] == ["1800 341 900"]
    return found.left


def test_every_country_has_the_numbers_that_are_known_and_no_other() -> None:
    found = helplines.read()
    assert found.left == ()
    numbers: dict[str, list[str]] = {}
    for line in found.lines:
        numbers.setdefault(line.country, []).append(line.number)
    assert numbers == NUMBERS
    assert [line.text_line for line in found.lines if line.text_line] == ["START to 88788"]


def test_a_line_without_a_number_has_a_site_and_every_line_says_whom_it_is_for() -> None:
    for line in helplines.read().lines:
        assert line.number or line.site, line.name
        assert line.serves, line.name


def test_only_what_a_dated_source_says_has_a_date() -> None:
    dates = {line.name: line.source_date for line in helplines.read().lines if line.source_date}
    assert dates == {
        "Frauenhelpline gegen Gewalt": "2021-05",
        "National Domestic Violence Hotline": "2026-09",
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "IE,Women's Aid,1800 CALL ME,,womensaid.ie,women,,",
            "“1800 CALL ME” is not a number that can be called",
        ),
        ("IE,Women's Aid,１８００,,womensaid.ie,women,,", "“１８００” is not a number that can be called"),
        ("UK,Helpline,0808,,helpline.org,women,,", "“UK” is not a country's two letters"),
        ("ZZ,Helpline,0808,,helpline.org,women,,", "“ZZ” is not a country's two letters"),
        (",Helpline,0808,,helpline.org,women,,", "“” is not a country's two letters"),
        ("GB,,0808,,helpline.org,women,,", "it has no name"),
        ("GB,Helpline,,,,women,,", "it has neither a number nor a site"),
        ("GB,Helpline,0808,,helpline.org,women,", "it has 7 columns, and the first line has 8"),
        ("GB,Helpline,0808,,helpline.org,women, men,,", "it has 9 columns, and the first line has 8"),
        ('GB,"Helpline,0808,,helpline.org,women,,', "its quotation marks don't match"),
        (
            "GB,Helpline,0808,,helpline.org,women,,2026-13",
            "“2026-13” is not a date such as 2026-09 or 2026-09-14",
        ),
        (
            "GB,Helpline,0808,,helpline.org,women,,lately",
            "“lately” is not a date such as 2026-09 or 2026-09-14",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_named(file: Path, row: str, why: str) -> None:
    assert left(file, row) == (Left(2, why),)


def test_lines_are_counted_as_an_editor_counts_them(file: Path) -> None:
    assert [each.line for each in left(file, "", "GB,,1,,,,,", "", "XX,Helpline,1,,,,,")] == [3, 5]


def test_a_column_that_is_missing_is_named_and_the_lines_stand_without_it(file: Path) -> None:
    short = ",".join(name for name in COLUMNS if name != "text_line")
    file.write_text(f"{short}\nIE,Women's Aid,1800 341 900,womensaid.ie,women,,\n", encoding="utf-8")
    found = helplines.read(file)
    assert found.left == (Left(1, "the column “text_line” is missing"),)
    assert [(line.number, line.text_line) for line in found.lines] == [("1800 341 900", "")]


def test_columns_may_stand_in_another_order_and_after_a_mark_of_their_encoding(file: Path) -> None:
    file.write_text("number,name,country,site\n1522,1522,IT,1522.eu\n", encoding="utf-8-sig")
    assert [line.number for line in helplines.read(file).lines] == ["1522"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", f"name,number\n{GOOD}".encode()])
def test_a_file_without_a_line_to_use_says_why_and_raises_nothing(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    found = helplines.read(file)
    assert found.lines == ()
    assert found.left[0].line == 1


def test_a_file_that_is_gone_says_so_and_raises_nothing(file: Path) -> None:
    assert helplines.read(file).left == (Left(1, "the file can't be read (FileNotFoundError)"),)


def test_a_date_is_said_no_more_exactly_than_it_is_known(file: Path) -> None:
    rows = ["GB,One,1,,,,,2026-09", "GB,Two,2,,,,,2026-09-14", "GB,Three,3,,,,,"]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    said = [helplines.dated(line) for line in helplines.read(file).lines]
    assert said == ["September 2026", "14 September 2026", ""]
