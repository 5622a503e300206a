"""What holds of every course, and what months, sums, findings and notes say."""

from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import DataFrame

from workbook.entries import FeePlan, checked
from workbook.insight.costs import (
    charges,
    compare,
    course,
    finding,
    months,
    notes,
    plan_years_ended,
    summary,
)

FIRST = date(2026, 1, 6)
money = st.decimals(0, 2000, places=2)
maybe = st.none() | money
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
plans = st.builds(
    FeePlan,
    label=st.just("A"),
    fee=money,
    first=days,
    sessions=st.integers(1, 60),
    every_days=st.integers(1, 60),
    cover=st.sampled_from(["none", "in_network", "out_of_network"]),
    allowed=maybe,
    deductible_left=money,
    out_of_pocket_left=maybe,
    coinsurance=st.decimals(0, 1, places=4),
    copay=maybe,
    copay_before_deductible=st.booleans(),
    plan_year_ends=st.none() | days,
    next_deductible=maybe,
    next_out_of_pocket=maybe,
    extra=money,
)


def plan(fee: object = 100, **changes: object) -> FeePlan:
    return FeePlan(**{"label": "A", "fee": Decimal(str(fee)), "first": FIRST, **changes})  # type: ignore[arg-type]


@given(plans)
@settings(max_examples=60, deadline=None)
def test_whatever_the_plan_the_three_parts_make_up_the_fee_and_none_is_negative(plan: FeePlan) -> None:
    for charge in charges(plan):
        parts = (charge.you_pay, charge.insurer_pays, charge.written_off)
        assert sum(parts) == charge.fee == plan.fee
        assert min(parts) >= 0


@given(plans)
@settings(max_examples=60, deadline=None)
def test_totals_never_fall_and_are_the_sum_of_what_you_paid(plan: FeePlan) -> None:
    charged = charges(plan)
    assert [charge.total for charge in charged] == list(accumulate(charge.you_pay for charge in charged))


@given(plans)
@settings(max_examples=60, deadline=None)
def test_counters_never_rise_but_at_the_plan_years_turn(plan: FeePlan) -> None:
    for before, after in pairwise(charges(plan)):
        if plan_years_ended(plan, before.on) == plan_years_ended(plan, after.on):
            assert 0 <= after.deductible_left <= before.deductible_left
            if before.out_of_pocket_left is not None:
                assert after.out_of_pocket_left is not None
                assert 0 <= after.out_of_pocket_left <= before.out_of_pocket_left


@given(plans)
@settings(max_examples=60, deadline=None)
def test_the_months_add_up_to_the_course(plan: FeePlan) -> None:
    by_month = months(plan)
    assert sum(month.you_pay for month in by_month) == charges(plan)[-1].total
    assert sum(month.extra for month in by_month) == plan.extra * plan.sessions
    assert all((later.first - earlier.first).days in range(28, 32) for earlier, later in pairwise(by_month))
    assert summary(plan).month_mean <= summary(plan).month_most


def test_a_course_is_a_frame_of_exact_amounts_and_days() -> None:
    found = course(plan(sessions=3))
    assert list(found.columns) == [
        *("session", "on", "fee", "insurer_pays", "you_pay"),
        *("written_off", "deductible_left", "out_of_pocket_left", "total"),
    ]
    assert dict(found.dtypes.astype(str)) == dict.fromkeys(found.columns, "object") | {
        "session": "int64",
        "on": "datetime64[us]",
    }
    assert list(found["session"]) == [1, 2, 3]
    assert list(found["on"].dt.date) == [date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 20)]
    assert all(isinstance(amount, Decimal) for amount in found["you_pay"])
    assert list(found["out_of_pocket_left"]) == [None, None, None]


def test_a_course_without_sessions_has_the_same_columns_and_types() -> None:
    empty, full = course(plan(sessions=0)), course(plan(sessions=1))
    assert isinstance(empty, DataFrame)
    assert len(empty) == 0
    assert dict(empty.dtypes) == dict(full.dtypes)


def test_amounts_of_less_than_a_cent_are_rounded_half_up_first() -> None:
    (charge,) = charges(plan("99.995", sessions=1))
    assert charge.fee == charge.you_pay == Decimal("100.00")


def test_a_plan_year_that_ends_on_a_leap_day_ends_with_february_in_other_years() -> None:
    leap = plan(plan_year_ends=date(2028, 2, 29), first=date(2028, 1, 1))
    days = [date(2028, 2, 29), date(2028, 3, 1), date(2029, 2, 28), date(2029, 3, 1)]
    assert [plan_years_ended(leap, on) for on in days] == [0, 1, 1, 2]


def test_a_plan_year_that_ends_with_february_ends_on_the_leap_day_where_there_is_one() -> None:
    usual = plan(plan_year_ends=date(2027, 2, 28), first=date(2027, 1, 1))
    days = [date(2027, 3, 1), date(2028, 2, 29), date(2028, 3, 1)]
    assert [plan_years_ended(usual, on) for on in days] == [1, 1, 2]


def test_months_keep_the_extra_cost_apart_and_name_those_without_a_session() -> None:
    # 6 January, 7 March (60 days later), 6 May.
    found = months(plan(every_days=60, sessions=3, extra=Decimal(15)))
    assert [month.first for month in found] == [date(2026, month, 1) for month in range(1, 6)]
    assert [month.you_pay for month in found] == [100, 0, 100, 0, 100]
    assert [month.extra for month in found] == [15, 0, 15, 0, 15]
    assert [month.total for month in found] == [115, 0, 115, 0, 115]


def test_the_summary_of_a_plan_agrees_with_the_hand() -> None:
    # Twelve Tuesdays, four each in January, February and March; 12 × 100 over 84 days of 30.4375 a month.
    found = summary(plan(sessions=12, extra=Decimal(10)))
    assert (found.you_pay, found.insurer_pays, found.written_off, found.extra) == (1200, 0, 0, 120)
    assert found.a_month == Decimal("434.82")
    assert (found.month_mean, found.month_most) == (440, 440)


def test_the_month_of_a_short_course_is_no_more_than_all_of_it() -> None:
    assert summary(plan(sessions=1)).a_month == 100


def test_a_plan_without_sessions_has_no_summary() -> None:
    with pytest.raises(ValueError, match="at least one session"):
        summary(plan(sessions=0))


def test_plans_are_compared_at_8_12_20_and_26_sessions() -> None:
    out = plan(
        220,
        cover="out_of_network",
        allowed=Decimal(150),
        deductible_left=Decimal(800),
        coinsurance=Decimal("0.3"),
    )
    # 5 × 220 + 150 = 1,250 for six; then 115 each.
    found = compare([plan(60), out])
    assert [(each.sessions, each.you_pay) for each in found[:4]] == [
        (8, 480),
        (12, 720),
        (20, 1200),
        (26, 1560),
    ]
    assert [each.you_pay for each in found[4:]] == [1480, 1940, 2860, 3550]


@pytest.mark.parametrize(
    ("a_month", "words"),
    [
        (None, "Between 300 and 400 a month."),
        (400, "No month is over what you can manage."),
        (350, "2 of 3 months are over what you can manage, by 50."),
        (299, "3 of 3 months are over what you can manage, by up to 101."),
    ],
)
def test_the_finding_holds_the_months_against_what_one_can_manage(a_month, words) -> None:
    # Eleven Tuesdays: 4 in January, 4 in February, 3 in March.
    limit = None if a_month is None else Decimal(a_month)
    assert finding([plan(sessions=11)], limit) == words


def test_the_finding_names_each_plan_where_there_are_several_and_writes_money_as_told() -> None:
    found = finding([plan(sessions=4), plan(50, sessions=4, label="B")], Decimal(300), lambda a: f"${a}")
    assert found == (
        "A: The only month is over what you can manage, by $100.00. B: No month is over what you can manage."
    )


COVERED = {"cover": "in_network", "allowed": Decimal(100), "sessions": 4}
TURN = {"plan_year_ends": date(2026, 1, 13)}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sessions": 4, "allowed": Decimal(50)}, []),
        (COVERED, []),
        (
            COVERED | {"allowed": None},
            ["You gave no allowed amount, so the whole fee counts as allowed."],
        ),
        (
            COVERED | {"allowed": Decimal(150)},
            ["The allowed amount is above the fee, so the fee counts."],
        ),
        (
            COVERED | {"cover": "out_of_network", "allowed": Decimal(80)},
            ["You pay the part of the fee above the allowed amount, and it counts toward nothing."],
        ),
        (
            COVERED | {"copay": Decimal(20), "coinsurance": Decimal("0.2")},
            ["You gave a copay, so the coinsurance is left out."],
        ),
        (
            COVERED | TURN,
            [
                "From session 3 on, a new plan year counts.",
                "You gave no figures for next year, so today's are used.",
            ],
        ),
        (
            COVERED | TURN | {"next_deductible": Decimal(0), "out_of_pocket_left": Decimal(9)},
            [
                "From session 3 on, a new plan year counts.",
                "You gave no out-of-pocket maximum for next year, so today's is used.",
            ],
        ),
        (
            COVERED | TURN | {"next_out_of_pocket": Decimal(9)},
            [
                "From session 3 on, a new plan year counts.",
                "You gave no deductible for next year, so today's is used.",
            ],
        ),
        (
            COVERED | TURN | {"next_deductible": Decimal(0)},
            ["From session 3 on, a new plan year counts."],
        ),
        (
            COVERED | {"first": date(2026, 12, 20), "deductible_left": Decimal(10)},
            ["You gave no end of the plan year, so nothing starts over here."],
        ),
    ],
)
def test_the_notes_say_what_the_figures_take_for_granted(given, said) -> None:
    assert notes(checked(plan(**given))) == said
