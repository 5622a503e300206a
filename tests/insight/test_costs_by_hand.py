"""Courses of therapy worked out by hand, session by session, with pencil and paper.

Sessions are weekly from 6 January 2026 (6, 13, 20, 27 January, 3 February …) unless a plan says otherwise.
`you`, `insurer` and `off` list what each session costs whom; "30*3" stands for three times 30. `left` is the
deductible and the out-of-pocket amount after the last session, "-" where there is no maximum.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workbook.entries import FeePlan, checked
from workbook.insight.costs import course

IN: dict[str, Any] = {"cover": "in_network"}
OUT: dict[str, Any] = {"cover": "out_of_network"}
MONEY = {
    "fee",
    "allowed",
    "deductible_left",
    "out_of_pocket_left",
    "coinsurance",
    "copay",
    "next_deductible",
    "next_out_of_pocket",
}

# (name, plan, you, insurer, off, left)
BY_HAND: list[tuple[str, dict[str, Any], str, str, str, str]] = [
    ("no cover: the fee, each time", {"fee": 100}, "100*3", "0*3", "0*3", "0 -"),
    (
        "no cover: what is known of an insurance counts for nothing",
        {"fee": 100, "allowed": 80, "deductible_left": 500, "coinsurance": "0.2"},
        *("100*2", "0*2", "0*2", "500 -"),
    ),
    (
        "a fee of zero touches nothing",
        IN | {"fee": 0, "allowed": 100, "deductible_left": 50},
        *("0*2", "0*2", "0*2", "50 -"),
    ),
    (
        # The sliding fee is below the allowed amount: base 35; 20 % of 35 = 7.
        "a sliding fee of 35 where 120 are allowed",
        IN | {"fee": 35, "allowed": 120, "coinsurance": "0.2"},
        *("7*2", "28*2", "0*2", "0 -"),
    ),
    (
        # 5 × 150 of the deductible, 50 left; then 50 + 30 % of 100, and 70 above the allowed; then 45 + 70.
        "out of network: deductible of 800",
        OUT | {"fee": 220, "allowed": 150, "deductible_left": 800, "coinsurance": "0.3"},
        *("220*5 150 115*6", "0*5 70 105*6", "0*12", "0 -"),
    ),
    (
        # 20 % of 160 = 32, and 20 above the allowed.
        "out of network: no deductible",
        OUT | {"fee": 180, "allowed": 160, "coinsurance": "0.2"},
        *("52*2", "128*2", "0*2", "0 -"),
    ),
    (
        # 300 + 6 × 30 = 480; 20 are left to the maximum; then nothing.
        "in network: deductible and maximum",
        IN | {"fee": 150, "deductible_left": 300, "coinsurance": "0.2", "out_of_pocket_left": 500},
        *("150*2 30*6 20 0*3", "0*2 120*6 130 150*3", "0*12", "0 0"),
    ),
    (
        # 25 % of 120 = 30; 200 − 120 = 80 nobody pays.
        "in network: what exceeds the allowed amount is written off",
        IN | {"fee": 200, "allowed": 120, "coinsurance": "0.25"},
        *("30*2", "90*2", "80*2", "0 -"),
    ),
    (
        # 1,000 − 120 − 120.
        "in network: a deductible that no session uses up",
        IN | {"fee": 200, "allowed": 120, "deductible_left": 1000, "coinsurance": "0.2"},
        *("120*2", "0*2", "80*2", "760 -"),
    ),
    (
        # 50 + 10 % of 50 = 55; then 10 % of 100.
        "an allowed amount above the fee: the fee counts",
        IN | {"fee": 100, "allowed": 150, "deductible_left": 50, "coinsurance": "0.1"},
        *("55 10", "45 90", "0*2", "0 -"),
    ),
    (
        # 150 of 200; then 50 + 30; then 30.
        "a copay after the deductible",
        IN | {"fee": 150, "deductible_left": 200, "copay": 30},
        *("150 80 30", "0 70 120", "0*3", "0 -"),
    ),
    (
        "a copay before the deductible leaves it untouched",
        IN | {"fee": 150, "deductible_left": 200, "copay": 30, "copay_before_deductible": True},
        *("30*3", "120*3", "0*3", "200 -"),
    ),
    ("a copay above the fee: the fee", IN | {"fee": 20, "copay": 30}, "20*2", "0*2", "0*2", "0 -"),
    (
        # 90 + the 10 that are left of the fee; then 30.
        "a copay where the deductible leaves less than it",
        IN | {"fee": 100, "deductible_left": 90, "copay": 30},
        *("100 30", "0 70", "0*2", "0 -"),
    ),
    (
        # Insurer 150 − 40 = 110; you 220 − 110.
        "a copay out of network",
        OUT | {"fee": 220, "allowed": 150, "copay": 40},
        *("110*2", "110*2", "0*2", "0 -"),
    ),
    (
        # 100 of the maximum left. Then d = 150, share = 100: the deductible falls by 100, from 250 to 150.
        "the maximum reached in the middle of a session, within the deductible",
        IN | {"fee": 150, "deductible_left": 400, "coinsurance": "0.2", "out_of_pocket_left": 250},
        *("150 100 0", "0 50 150", "0*3", "150 0"),
    ),
    (
        "a maximum that is reached already",
        IN | {"fee": 100, "deductible_left": 100, "coinsurance": "0.2", "out_of_pocket_left": 0},
        *("0*2", "100*2", "0*2", "100 0"),
    ),
    (
        # Shares 45, 45, 10, 0; the 70 above the allowed amount never end.
        "out of network: the maximum does not cover what exceeds the allowed amount",
        OUT | {"fee": 220, "allowed": 150, "coinsurance": "0.3", "out_of_pocket_left": 100},
        *("115*2 80 70", "105*2 140 150", "0*4", "0 0"),
    ),
    (
        # Year one: 150, 150, 30. Year two: 100 + 20 % of 50 = 110, then 30.
        "the plan year's turn before the fourth session",
        IN
        | {"fee": 150, "deductible_left": 300, "coinsurance": "0.2"}
        | {"plan_year_ends": date(2026, 1, 20), "next_deductible": 100},
        *("150*2 30 110 30", "0*2 120 40 120", "0*5", "0 -"),
    ),
    (
        # The session of 13 January is still in the old year. 150; 50 + 20; again 150; 50 + 20.
        "next year's deductible unknown: today's",
        IN | {"fee": 150, "deductible_left": 200, "coinsurance": "0.2", "plan_year_ends": date(2026, 1, 13)},
        *("150 70 150 70", "0 80 0 80", "0*4", "0 -"),
    ),
    (
        # 50, then the 30 that are left of 80; next year 30, then nothing.
        "the maximum restarts too",
        IN
        | {"fee": 100, "coinsurance": "0.5", "out_of_pocket_left": 80}
        | {"plan_year_ends": date(2026, 1, 13), "next_out_of_pocket": 30},
        *("50 30 30 0", "50 70 70 100", "0*4", "0 0"),
    ),
    (
        # 6 January and 2 November 2026, 29 August 2027, 24 June 2028: the year turns twice, after 30 June.
        "a course over three plan years",
        IN | {"fee": 100, "deductible_left": 60, "every_days": 300, "plan_year_ends": date(2026, 6, 30)},
        *("60*3 0", "40*3 100", "0*4", "0 -"),
    ),
    (
        "next year's deductible known to be zero",
        IN
        | {"fee": 100, "deductible_left": 100, "plan_year_ends": date(2026, 1, 6)}
        | {"next_deductible": 0},
        *("100 0", "0 100", "0*2", "0 -"),
    ),
    (
        # The turn lies after the course.
        "a plan year that ends later changes nothing",
        IN | {"fee": 100, "deductible_left": 150, "plan_year_ends": date(2026, 12, 31), "next_deductible": 9},
        *("100 50 0", "0 50 100", "0*3", "0 -"),
    ),
    (
        # Half of 100.05 = 50.025, half up.
        "half a cent goes up",
        IN | {"fee": "100.05", "coinsurance": "0.5"},
        *("50.03*2", "50.02*2", "0*2", "0 -"),
    ),
    (
        # 12.345, half up; an even-handed rounding would say 12.34.
        "a share of many digits",
        IN | {"fee": 100, "coinsurance": "0.12345"},
        *("12.35*2", "87.65*2", "0*2", "0 -"),
    ),
    (
        "a coinsurance of all of it",
        IN | {"fee": 120, "allowed": 100, "coinsurance": 1},
        *("100*2", "0*2", "20*2", "0 -"),
    ),
    (
        "a deductible smaller than one session",
        IN | {"fee": 80, "deductible_left": 30},
        *("30 0", "50 80", "0*2", "0 -"),
    ),
    (
        # 40 + 40 + the 20 that are left of 100.
        "a copay before the deductible counts toward the maximum",
        IN
        | {"fee": 150, "deductible_left": 500, "copay": 40, "copay_before_deductible": True}
        | {"out_of_pocket_left": 100},
        *("40*2 20 0", "110*2 130 150", "0*4", "500 0"),
    ),
    (
        # Without a copay there is nothing that could come before it.
        "copay before the deductible ticked, but no copay given",
        IN | {"fee": 100, "deductible_left": 100, "coinsurance": "0.2", "copay_before_deductible": True},
        *("100 20", "0 80", "0*2", "0 -"),
    ),
]


def amounts(words: str) -> list[Decimal]:
    """ "30*3 20" -> 30, 30, 30, 20."""
    parts = (word.partition("*") for word in words.split())
    return [Decimal(amount) for amount, _, times in parts for _ in range(int(times or 1))]


def fee_plan(given: dict[str, Any], sessions: int) -> FeePlan:
    exact = {name: Decimal(value) if name in MONEY else value for name, value in given.items()}
    return checked(FeePlan(label="By hand", first=date(2026, 1, 6), sessions=sessions, **exact))


@pytest.mark.parametrize(
    ("given", "you", "insurer", "off", "left"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND]
)
def test_a_course_agrees_with_one_worked_out_by_hand(given, you, insurer, off, left) -> None:
    found = course(fee_plan(given, len(amounts(you))))
    assert list(found["you_pay"]) == amounts(you)
    assert list(found["insurer_pays"]) == amounts(insurer)
    assert list(found["written_off"]) == amounts(off)
    assert found["total"].iloc[-1] == sum(amounts(you))
    deductible, maximum = left.split()
    assert found["deductible_left"].iloc[-1] == Decimal(deductible)
    assert found["out_of_pocket_left"].iloc[-1] == (None if maximum == "-" else Decimal(maximum))
