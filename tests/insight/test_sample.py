"""The made-up couple's files: valid entries, and the story that they are there to tell."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from pandas import DataFrame, to_datetime

from workbook import places
from workbook.entries import SCALES, Goal, GoalRating, Reflection, Session, checked
from workbook.insight.change import scale_finding, trend
from workbook.insight.goals import finding, standings

NAMES = ("Robin", "Kim")
LEVELS = ("much_less", "less", "as_hoped", "more", "much_more")


def rows(name: str) -> list[dict[str, str]]:
    with (places.DATA / "sample" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(author: str) -> list[date]:
    on = {row["key"]: date.fromisoformat(row["on"]) for row in rows("sessions")}
    return [on[row["session"]] for row in rows("reflections") if row["author"] == author]


def answers(author: str, scale: str) -> list[int | None]:
    mine = (row for row in rows("reflections") if row["author"] == author)
    return [int(row[scale]) if row[scale] else None for row in mine]


def test_there_are_two_members_sixteen_sessions_and_five_goals() -> None:
    assert [row["name"] for row in rows("members")] == ["Robin", "Kim"]
    assert (len(rows("sessions")), len(rows("goals"))) == (16, 5)


def test_the_first_agenda_says_that_all_is_made_up() -> None:
    assert rows("sessions")[0]["agenda"].startswith("Made-up example")


@pytest.mark.parametrize("row", rows("sessions"), ids=lambda row: row["key"])
def test_each_session_is_a_valid_entry(row) -> None:
    tags, paid = tuple(filter(None, row["tags"].split(";"))), Decimal(row["paid"]) if row["paid"] else None
    texts = {name: row[name] for name in ("together", "with_whom", "place", "agenda")}
    entry = checked(Session(on=date.fromisoformat(row["on"]), tags=tags, paid=paid, **texts))
    assert date(2026, 1, 1) <= entry.on <= date(2026, 7, 31)
    assert (row["room"] == "mine") == (entry.together == "alone")


def test_each_reflection_is_a_valid_entry_on_a_session_its_author_can_read() -> None:
    sessions = {row["key"]: row for row in rows("sessions")}
    for row in rows("reflections"):
        scales = {scale: int(row[scale]) if row[scale] else None for scale in SCALES}
        texts = {name: row[name] for name in ("helped", "hurt", "takeaway")}
        checked(Reflection(session=row["session"], **scales, **texts))
        session = sessions[row["session"]]
        assert session["room"] == "ours" or session["author"] == row["author"]


def test_each_goal_is_a_valid_entry_with_five_levels_or_none() -> None:
    for row in rows("goals"):
        described = tuple(row[name] for name in LEVELS)
        assert all(described) or not any(described)
        until = date.fromisoformat(row["until"]) if row["until"] else None
        grades = {"importance": int(row["importance"]), "difficulty": int(row["difficulty"])}
        checked(Goal(title=row["title"], levels=described if any(described) else None, until=until, **grades))


def test_each_rating_is_a_valid_entry_on_a_goal_its_author_can_read() -> None:
    goals = {row["key"]: row for row in rows("goals")}
    for row in rows("goal_ratings"):
        on = date.fromisoformat(row["on"])
        checked(GoalRating(goal=row["goal"], level=int(row["level"]), on=on, seen=row["seen"]))
        goal = goals[row["goal"]]
        assert goal["room"] == "ours" or goal["author"] == row["author"]


def test_each_common_goal_and_each_kept_talk_was_agreed_to_by_the_other() -> None:
    agreed = {row["to"]: row["author"] for row in rows("agreements")}
    for name in ("goals", "drive_homes"):
        for row in rows(name):
            if row["room"] == "ours":
                assert {row["author"], agreed[row["key"]]} == {"Robin", "Kim"}


def test_robins_satisfaction_rose_by_more_than_chance_and_kims_cannot_be_told() -> None:
    totals = {
        who: [int(r["total"]) for r in rows("satisfaction_scores") if r["author"] == who] for who in NAMES
    }
    assert all(0 <= total <= 81 for each in totals.values() for total in each)
    assert [totals[who][-1] - totals[who][0] for who in NAMES] == [9, 3]


def test_everyone_who_writes_is_a_member_and_every_key_is_used_once() -> None:
    names = {row["name"] for row in rows("members")}
    for name in ("sessions", "reflections", "goals", "goal_ratings"):
        assert {row["author"] for row in rows(name)} == names
    keys = [row["key"] for name in ("sessions", "goals") for row in rows(name)]
    assert len(set(keys)) == len(keys)


def test_robins_closeness_rises_and_kims_hope_cannot_be_told_yet() -> None:
    closeness, hope = answers("Robin", "closeness"), answers("Kim", "hope")
    assert trend(days("Robin"), closeness).verdict == "rising"
    assert scale_finding(trend(days("Kim"), hope), hope) == "Can't tell yet. Between 3 and 6, the last 5."


def test_kim_felt_less_understood_in_each_of_the_last_three() -> None:
    third_last, second_last, last = answers("Kim", "understood")[-3:]
    assert third_last > second_last > last


def test_three_of_robins_five_goals_are_where_they_were_hoped_to_be() -> None:
    goals = DataFrame(rows("goals")).rename(columns={"key": "id"})
    ratings = DataFrame([row for row in rows("goal_ratings") if row["author"] == "Robin"])
    ratings["on"] = to_datetime(ratings["on"])
    ratings["written_at"] = ratings["on"]
    assert finding(standings(goals, ratings)) == "3 of 5 at or above what you hoped."
