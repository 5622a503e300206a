"""Whether loops get calmer: what is read from loops and checks, and what is said about it."""

from datetime import date, timedelta

import pytest
from pandas import DataFrame, Timestamp

from workbook.insight.loops import Path, Point, Tried, finding, heat, path_finding, tries

DAY = date(2026, 8, 1)


def loops_frame(*rows: tuple[str, str, int | None]) -> DataFrame:
    """Rows of id, name and heat, written on 1 August."""
    frame = DataFrame(rows, columns=["id", "name", "heat"]).assign(happens="it gets late", does="go quiet")
    frame["written_at"] = Timestamp(2026, 8, 1, 9)
    return frame.astype({"heat": "Int64"})


def checks_frame(*rows: tuple[str, date, int | None, Tried]) -> DataFrame:
    """Rows of loop, day, heat and tried, in the order in which they were written."""
    frame = DataFrame(rows, columns=["loop", "on", "heat", "tried"])
    frame["on"] = frame["on"].astype("datetime64[us]")
    frame["written_at"] = [Timestamp(2026, 9, 1, 12, minute) for minute in range(len(rows))]
    return frame.astype({"heat": "Int64"})


def week(number: int) -> date:
    return DAY + timedelta(weeks=number)


def path(*heats: int | None, tried: Tried = "yes", name: str = "A loop") -> Path:
    return Path(name, name, tuple(Point(week(number), value, tried) for number, value in enumerate(heats)))


def test_a_path_begins_with_the_loops_own_heat_and_goes_on_in_time_order() -> None:
    checks = checks_frame(
        ("a", week(2), 5, "yes"), ("a", week(1), None, "no chance"), ("b", week(1), 3, "a little")
    )
    first, second = heat(loops_frame(("a", "Dishes", 8), ("b", "", None)), checks)
    assert first.points == (
        Point(DAY, 8, None),
        Point(week(1), None, "no chance"),
        Point(week(2), 5, "yes"),
    )
    assert first.rated == [(DAY, 8), (week(2), 5)]
    assert (first.now, second.now) == (5, 3)
    assert [first.name, second.name] == ["Dishes", "it gets late"]


def test_of_several_checks_on_a_day_the_last_written_counts_and_before_the_loops_own_heat() -> None:
    checks = checks_frame(("a", DAY, 7, "no chance"), ("a", DAY, 6, "yes"), ("gone", DAY, 1, "yes"))
    (only,) = heat(loops_frame(("a", "Dishes", 8)), checks)
    assert only.points == (Point(DAY, 6, "yes"),)


def test_without_loops_there_are_no_paths() -> None:
    assert heat(loops_frame(), checks_frame()) == []
    assert finding([]) == "No loops yet."


@pytest.mark.parametrize(
    ("heats", "words"),
    [
        ((), "No heat noted yet."),
        ((None, None), "No heat noted yet."),
        ((9, 8, 7, None), "Too early to tell: 3 of 8 ratings."),
        ((9, 9, 8, 7, 6, 4, 3, 2), "Calmer lately, which doesn't say why."),
        ((1, 2, 3, 4, 6, 7, 8, 9), "Hotter lately, which doesn't say why."),
        ((5, 3, 6, 4, 5, 3, 6, 4), "Can't tell yet: between 3 and 6, the last 5."),
        ((5, 5, 5, 5, 5, 5, 5, 5), "Can't tell yet: 5 each time, the last 5."),
    ],
)
def test_the_finding_of_one_loop_is_careful(heats, words) -> None:
    assert path_finding(path(*heats)) == words
    assert finding([path(*heats)]) == words


def test_the_finding_of_several_loops_counts_them_and_keeps_its_doubt() -> None:
    calmer, early = path(9, 9, 8, 7, 6, 4, 3, 2), path(3)
    assert finding([early, calmer, early]) == (
        "Of 3 loops, 1 calmer lately, 2 too early to tell, which doesn't say why."
    )
    assert finding([early, early]) == "Of 2 loops, 2 too early to tell."


def test_tries_are_counted_and_a_little_counts() -> None:
    tried = path(5, 5).points + path(5, tried="a little").points + path(5, tried="no chance").points
    assert tries(Path("a", "a", tried)) == "Tried 3 of 4 times."
    assert tries(path(5)) == "Tried once."
    assert tries(path(5, tried="no chance")) == "Not tried yet."
    assert tries(Path("a", "a", (Point(DAY, 5, None),))) == ""
