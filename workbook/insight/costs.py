"""What a course of therapy costs: session by session, month by month, and compared with others.

All amounts are Decimal, in the book's currency, rounded half up to the cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from workbook.entries import AMOUNTS, FeePlan
from workbook.insight.schedule import dates
from workbook.insight.span import ALL_DAYS, Span

if TYPE_CHECKING:
    from pandas import DataFrame

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
COUNTS = (8, 12, 20, 26)
"""How many sessions a course is compared at: trials of couple therapy use 8 to 26."""
DAYS_A_MONTH = Decimal("30.4375")
"""A twelfth of a year of 365¼ days."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one session costs, and who pays: you_pay + insurer_pays + written_off = fee.

    deductible_left, out_of_pocket_left: after this session; the latter None where there is no maximum.
    total: what you have paid so far, with this session.
    """

    session: int
    on: date
    fee: Decimal
    insurer_pays: Decimal
    you_pay: Decimal
    written_off: Decimal
    deductible_left: Decimal
    out_of_pocket_left: Decimal | None
    total: Decimal


class Month(NamedTuple):
    """What a calendar month costs. first: its first day."""

    first: date
    you_pay: Decimal
    extra: Decimal

    @property
    def total(self) -> Decimal:
        """What you pay, and the extra costs of getting there."""
        return self.you_pay + self.extra


@dataclass(frozen=True, slots=True)
class Summary:
    """What a plan comes to. you_pay + insurer_pays + written_off = the fees; extra comes on top.

    a_month: what you pay in a month of the plan's rhythm, as fee and rhythm alone tell it.
    month_mean, month_most: the calendar months from the first session to the last, those that begin or end
    half-way too, with the extra costs: their mean, and the dearest of them.
    """

    label: str
    sessions: int
    you_pay: Decimal
    insurer_pays: Decimal
    written_off: Decimal
    extra: Decimal
    a_month: Decimal
    month_mean: Decimal
    month_most: Decimal


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of the two counters of a plan year."""

    deductible: Decimal
    out_of_pocket: Decimal | None


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def whole(amount: Decimal) -> str:
    """The amount without cents or currency, such as "1,940"."""
    return f"{amount.quantize(Decimal(1), ROUND_HALF_UP):,}"


def course(plan: FeePlan) -> DataFrame:
    """One row a session: session, on, fee, insurer_pays, you_pay, written_off, deductible_left,
    out_of_pocket_left, total, as `Charge` describes them.

    `session` is int64, `on` datetime64[us], amounts are Decimal in object columns; out_of_pocket_left is
    None where there is no maximum. The extra cost of a session is in none of them: see `months`.
    """
    import numpy as np
    from pandas import DataFrame, Series

    names = [field.name for field in fields(Charge)]
    rows = [astuple(charge) for charge in charges(plan)]
    values = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    columns: dict[str, Series[Any]] = {
        name: Series(list(column), dtype="object") for name, column in values.items()
    }
    columns["session"] = columns["session"].astype("int64")
    columns["on"] = Series(np.array(values["on"], dtype="datetime64[D]").astype("datetime64[us]"))
    return DataFrame(columns)


def charges(plan: FeePlan) -> list[Charge]:
    """What each session of a plan costs, in order.

    plan: one that `entries.checked` accepts. Both counters restart on the first session after the plan
    year's end, and again each year; with next year's figures, or today's where those are not given.
    """
    plan = _to_the_cent(plan)
    left, year, total = _Left(plan.deductible_left, plan.out_of_pocket_left), 0, NOTHING
    charged: list[Charge] = []
    for session, on in enumerate(_days(plan), start=1):
        if plan_years_ended(plan, on) > year:
            left, year = _restarted(plan), plan_years_ended(plan, on)
        share, left = _share(plan, left)
        paid = _split(plan, share)
        total += paid["you_pay"]
        charged.append(
            Charge(
                session=session,
                on=on,
                fee=plan.fee,
                deductible_left=left.deductible,
                out_of_pocket_left=left.out_of_pocket,
                total=total,
                **paid,
            )
        )
    return charged


def months(plan: FeePlan, during: Span = ALL_DAYS) -> list[Month]:
    """What each calendar month costs, from the first session's to the last one's, those without one too.

    during: only whole months of which at least one day is among these.
    """
    extra = cents(plan.extra)
    by_month: dict[date, Month] = {}
    for charge in charges(plan):
        first = charge.on.replace(day=1)
        known = by_month.get(first, Month(first, NOTHING, NOTHING))
        by_month[first] = Month(first, known.you_pay + charge.you_pay, known.extra + extra)
    if not by_month:
        return []
    firsts = _months_between(min(by_month), max(by_month))
    return [
        by_month.get(first, Month(first, NOTHING, NOTHING)) for first in firsts if _touches(during, first)
    ]


def compare(plans: Iterable[FeePlan], counts: Sequence[int] = COUNTS) -> list[Summary]:
    """What so many sessions cost with each plan: for each plan in turn, one Summary a count, each ≥ 1."""
    return [summary(replace(plan, sessions=count)) for plan in plans for count in counts]


def summary(plan: FeePlan) -> Summary:
    """The sums of a plan, and its months. Raises ValueError for one without a session."""
    charged = charges(plan)
    if not charged:
        raise ValueError("there should be at least one session")
    totals = [month.total for month in months(plan)]
    you_pay = charged[-1].total
    return Summary(
        label=plan.label,
        sessions=plan.sessions,
        you_pay=you_pay,
        insurer_pays=sum((charge.insurer_pays for charge in charged), NOTHING),
        written_off=sum((charge.written_off for charge in charged), NOTHING),
        extra=cents(plan.extra) * len(charged),
        a_month=_by_rhythm(plan, you_pay),
        month_mean=cents(sum(totals, NOTHING) / len(totals)),
        month_most=max(totals),
    )


def finding(
    plans: Sequence[FeePlan],
    a_month: Decimal | None = None,
    money: Callable[[Decimal], str] = whole,
    during: Span = ALL_DAYS,
) -> str:
    """What the months of each plan show against what one can manage: one sentence a plan.

    plans: such as have a month `during` these days. a_month: what one can manage a month, if that is known.
    money: writes an amount as the reader does.
    """
    said = [_finding([month.total for month in months(plan, during)], a_month, money) for plan in plans]
    if len(plans) == 1:
        return said[0]
    return " ".join(f"{plan.label}: {words}" for plan, words in zip(plans, said, strict=True))


def notes(plan: FeePlan) -> list[str]:
    """What the figures of a plan take for granted, and what a reader may stumble over."""
    if plan.cover == "none":
        return []
    return [*_notes_on_allowed(plan), *_notes_on_copay(plan), *_notes_on_plan_year(plan)]


def plan_years_ended(plan: FeePlan, on: date) -> int:
    """How many plan years have ended before this day; 0 where no end is given.

    One that ends with February does so in leap years and in others.
    """
    ends = plan.plan_year_ends
    if ends is None:
        return 0
    next_begins = ends + timedelta(days=1)
    if (next_begins.month, next_begins.day) == (3, 1):
        this_year = date(on.year, 3, 1) - timedelta(days=1)
    else:
        this_year = ends.replace(year=on.year)
    return max(0, on.year - ends.year + (on > this_year))


def _days(plan: FeePlan) -> list[date]:
    return dates(plan.first, plan.every_days, plan.sessions)


def _to_the_cent(plan: FeePlan) -> FeePlan:
    given = {name: getattr(plan, name) for name in AMOUNTS}
    return replace(plan, **{name: cents(value) for name, value in given.items() if value is not None})


def _restarted(plan: FeePlan) -> _Left:
    deductible, maximum = plan.next_deductible, plan.next_out_of_pocket
    return _Left(
        plan.deductible_left if deductible is None else deductible,
        plan.out_of_pocket_left if maximum is None else maximum,
    )


def _base(plan: FeePlan) -> Decimal:
    """The part of the fee that the insurer looks at; all of it where there is no cover."""
    if plan.cover == "none" or plan.allowed is None:
        return plan.fee
    return min(plan.fee, plan.allowed)


def _share(plan: FeePlan, left: _Left) -> tuple[Decimal, _Left]:
    """Your share of the base of one session, and what is left of the counters after it."""
    if plan.cover == "none":
        return plan.fee, left
    base = _base(plan)
    copay_first = plan.copay is not None and plan.copay_before_deductible
    toward = NOTHING if copay_first else min(base, left.deductible)
    share = toward + _beyond_deductible(plan, base - toward)
    if left.out_of_pocket is None:
        return share, _Left(left.deductible - toward, None)
    share = min(share, left.out_of_pocket)
    return share, _Left(left.deductible - min(toward, share), left.out_of_pocket - share)


def _beyond_deductible(plan: FeePlan, rest: Decimal) -> Decimal:
    if plan.copay is not None:
        return min(plan.copay, rest)
    return cents(plan.coinsurance * rest)


def _split(plan: FeePlan, share: Decimal) -> dict[str, Decimal]:
    """Who pays the fee. Out of network nothing is written off: what exceeds the base is yours."""
    base = _base(plan)
    insurer = base - share
    written_off = plan.fee - base if plan.cover == "in_network" else NOTHING
    return {
        "insurer_pays": insurer,
        "you_pay": plan.fee - insurer - written_off,
        "written_off": written_off,
    }


def _by_rhythm(plan: FeePlan, you_pay: Decimal) -> Decimal:
    """A course that is shorter than a month costs no more in a month than it does in all."""
    return min(you_pay, cents(you_pay * DAYS_A_MONTH / (plan.sessions * plan.every_days)))


def _finding(totals: Sequence[Decimal], a_month: Decimal | None, money: Callable[[Decimal], str]) -> str:
    low, high = money(min(totals)), money(max(totals))
    if a_month is None:
        return f"{high} a month." if low == high else f"Between {low} and {high} a month."
    over = [total - a_month for total in totals if total > a_month]
    if not over:
        return "No month is over what you can manage."
    months = "The only month" if len(totals) == 1 else f"{len(over)} of {len(totals)} months"
    by = f"by {'up to ' if len(set(over)) > 1 else ''}{money(max(over))}"
    return f"{months} {'is' if len(over) == 1 else 'are'} over what you can manage, {by}."


def _touches(during: Span, month: date) -> bool:
    """Whether a day of the month that begins on this day is among these."""
    after = (month + timedelta(days=31)).replace(day=1)
    return (during.first is None or during.first < after) and (during.last is None or month <= during.last)


def _months_between(first: date, last: date) -> list[date]:
    """The first day of each month from that of `first` to that of `last`."""
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(month // 12, month % 12 + 1, 1) for month in range(begin, end + 1)]


def _notes_on_allowed(plan: FeePlan) -> list[str]:
    if plan.allowed is None:
        return ["You gave no allowed amount, so the whole fee counts as allowed."]
    if plan.allowed > plan.fee:
        return ["The allowed amount is above the fee, so the fee counts."]
    if plan.allowed < plan.fee and plan.cover == "out_of_network":
        return ["You pay the part of the fee above the allowed amount, and it counts toward nothing."]
    return []


def _notes_on_copay(plan: FeePlan) -> list[str]:
    if plan.copay is not None and plan.coinsurance:
        return ["You gave a copay, so the coinsurance is left out."]
    return []


def _notes_on_plan_year(plan: FeePlan) -> list[str]:
    days = _days(plan)
    restart = next((n for n, on in enumerate(days, start=1) if plan_years_ended(plan, on)), None)
    if restart is not None:
        return [f"From session {restart} on, a new plan year counts.", *_note_on_next_year(plan)]
    counts = plan.deductible_left > 0 or plan.out_of_pocket_left is not None
    if plan.plan_year_ends is None and counts and days and days[-1].year > days[0].year:
        return ["You gave no end of the plan year, so nothing starts over here."]
    return []


def _note_on_next_year(plan: FeePlan) -> list[str]:
    no_deductible = plan.next_deductible is None
    no_maximum = plan.next_out_of_pocket is None and plan.out_of_pocket_left is not None
    if no_deductible and (no_maximum or plan.next_out_of_pocket is None):
        return ["You gave no figures for next year, so today's are used."]
    if no_deductible:
        return ["You gave no deductible for next year, so today's is used."]
    if no_maximum:
        return ["You gave no out-of-pocket maximum for next year, so today's is used."]
    return []
