"""Step 4, consider your budget: what a course of therapy costs, and who pays."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from workbook.book import Book, Written
from workbook.content import today
from workbook.entries import Affordable, CoverCall, FeePlan, Invalid, checked
from workbook.formats import amount_to_type, day, money, percent
from workbook.insight import costs
from workbook.insight.span import ALL_DAYS, Span
from workbook.steps.collection import Kept, completed
from workbook.steps.drawn import Writing, none_of, rests_on, table
from workbook.steps.page import Page, page
from workbook.widgets import Card, Field, Form, Sheet, Showing, Table, read_values
from workbook.widgets.fields import read_share, typed_values

Values = dict[str, Any]

FIRST = (
    "label",
    "fee",
    "every_days",
    "cover",
    "allowed",
    "deductible_left",
    "coinsurance",
    "copay",
    "copay_before_deductible",
    "out_of_pocket_left",
    "plan_year_ends",
    "next_deductible",
    "next_out_of_pocket",
)
MORE = ("sessions", "first", "extra")


@page("budget", part="own", number=4)
def budget(p: Page) -> None:
    """Up to four plans side by side, what can be managed, the calls, and sheets to take along."""
    p.opening()
    p.entries(
        "plan",
        Kept(
            kind=FeePlan,
            prose=p.text,
            first=FIRST,
            more=MORE,
            describe=lambda plan: _card(p, plan),
            read=_values,
            show=_shown,
            start=_start,
            live=lambda typed: _live(p, typed),
            at_most=4,
        ),
    )
    words = p.text["picture"]
    p.chart(words["question"], lambda narrow: draw_costs(p.book, words, narrow))
    p.table(p.text["compare"]["title"], lambda: _compare(p))
    _affordable(p)
    p.entries("call", _calls(p))
    for sheet in p.text["sheets"]:
        items = list(p.text["questions"].values()) if sheet.get("questions") else sheet["items"]
        p.add(Sheet(sheet["title"], items, intro=sheet["intro"], room=sheet.get("room", False)))


def _start() -> Values:
    return {
        "every_days": 7,
        "cover": "none",
        "sessions": 12,
        "first": today().isoformat(),
        "copay_before_deductible": False,
    }


def _values(typed: Values) -> Values:
    """What was typed, as values for a FeePlan; a share may be written with a sign."""
    read = read_values(FeePlan, {name: value for name, value in typed.items() if name != "coinsurance"})
    return read | {"coinsurance": read_share("coinsurance", typed.get("coinsurance"))}


def _shown(plan: Any) -> Values:
    share = percent(plan.coinsurance) if plan.coinsurance else ""
    return typed_values(plan) | {"coinsurance": share}


def _currency(book: Book) -> str:
    return book.settings().currency


def _live(p: Page, typed: Values) -> str:
    """The total and the month at once, from a fee and a rhythm on."""
    if not str(typed.get("fee") or "").strip():
        return ""
    try:
        values = completed(
            FeePlan, _values(dict.fromkeys((*FIRST, *MORE)) | typed) | {"label": typed.get("label") or "–"}
        )
        plan = checked(FeePlan(**values))
        sums = costs.summary(plan)
    except (Invalid, OverflowError):
        return ""
    words, currency = p.text["form"], _currency(p.book)
    sentence = words["live"].format(
        total=money(sums.you_pay + sums.extra, currency),
        sessions=plan.sessions,
        month=money(sums.a_month.to_integral_value(ROUND_HALF_UP), currency),
    )
    paid = words["insurer"].format(insurer=money(sums.insurer_pays, currency)) if sums.insurer_pays else ""
    return " ".join(part for part in (sentence, paid, *costs.notes(plan)) if part)


def _plans(book: Book) -> list[FeePlan]:
    return [each.entry for each in book.own(FeePlan)]


def _card(p: Page, written: Written[FeePlan]) -> Card:
    words, plan, currency = p.text["cards"], written.entry, _currency(p.book)
    total = costs.summary(plan).you_pay
    return Card(
        id=written.id,
        title=plan.label,
        meta=words["fee"].format(fee=money(plan.fee, currency)),
        lines=(("", words["total"].format(total=money(total, currency), sessions=plan.sessions)),),
    )


def draw_costs(book: Book, words: Values, narrow: bool, during: Span = ALL_DAYS) -> Showing:
    """What each of one's fee plans costs in the months of these days, against what one can manage."""
    from workbook.charts import draw_costs, to_svg

    given, currency = _plans(book), _currency(book)
    if not given:
        return Showing(empty=words["empty"])
    named = {_told_apart(given, place): plan for place, plan in enumerate(given)}
    months = {label: costs.months(plan, during) for label, plan in named.items()}
    plans = [plan for label, plan in named.items() if months[label]]
    if not plans:
        return Showing(empty=none_of(words, during))
    limit = _limit(book)
    return Showing(
        finding=costs.finding(plans, limit, lambda amount: money(amount, currency), during),
        rests_on=rests_on(words, len(plans)),
        svg=to_svg(
            draw_costs(
                {label: each for label, each in months.items() if each},
                limit,
                lambda amount: money(amount, currency),
                "narrow" if narrow else "wide",
            )
        ),
        table=table(words["columns"], lambda write: _session_rows(plans, currency, during, write)),
    )


def _compare(p: Page) -> Table | None:
    """What courses of several lengths cost, the plans side by side."""
    words, plans, currency = p.text["compare"], _plans(p.book), _currency(p.book)
    if not plans:
        return None
    counts = [words["sessions"].format(count=count) for count in costs.COUNTS]
    rows = [
        [
            _told_apart(plans, place),
            money(costs.summary(plan).month_most, currency),
            *(money(each.you_pay + each.extra, currency) for each in costs.compare([plan])),
        ]
        for place, plan in enumerate(plans)
    ]
    return Table([words["plan"], words["a_month"], *counts], rows)


def _told_apart(plans: list[FeePlan], place: int) -> str:
    """A plan's name; with its place among the plans where another one has the same name."""
    label = plans[place].label
    return label if [plan.label for plan in plans].count(label) == 1 else f"{label} ({place + 1})"


def _session_rows(plans: list[FeePlan], currency: str, during: Span, write: Writing) -> list[list[Any]]:
    return [
        [plan.label, row.session, write.date(row.on)]
        + [
            write.money(each, currency)
            for each in (row.fee, row.you_pay, row.insurer_pays, row.written_off, row.total)
        ]
        for plan in plans
        for row in costs.charges(plan)
        if during.holds(row.on)
    ]


def _affordable(p: Page) -> None:
    words, limit = p.text["affordable"], _limit(p.book)
    field = Field(name="a_month", kind="money", label=words["label"], hint=words["hint"])
    p.form(
        "affordable",
        Form(
            [field],
            values={"a_month": amount_to_type(limit) if limit is not None else ""},
            save=words["save"],
            title=words["title"],
            on_save=lambda typed: _save_affordable(p, typed),
        ),
    )


def _limit(book: Book) -> Decimal | None:
    own = [each.entry for each in book.own(Affordable)]
    return own[-1].a_month if own else None


def _save_affordable(p: Page, typed: Values) -> Values:
    p.book.write(Affordable(**completed(Affordable, read_values(Affordable, typed))))
    p.wrote()
    return typed


def _calls(p: Page) -> Kept:
    """Notes of calls: who said what, question by question."""
    names = tuple(p.text["questions"])
    questions = {name: {"label": text, "kind": "text"} for name, text in p.text["questions"].items()}
    return Kept(
        kind=CoverCall,
        prose={
            "form": p.text["call"],
            "fields": p.text["call"]["fields"],
            "cards": p.text["calls"],
        },
        first=("on", "called", "who", "reference"),
        questions=tuple(
            Field(name=name, kind="text", label=words["label"]) for name, words in questions.items()
        ),
        describe=lambda call: _call_card(p, call),
        read=lambda typed: _call_values(typed, names),
        show=lambda call: typed_values(call) | call.answers,
        in_full=lambda call: _call_lines(p, call),
        start=lambda: {"on": today().isoformat()},
    )


def _call_values(typed: Values, names: tuple[str, ...]) -> Values:
    answers = {name: words for name in names if (words := (typed.get(name) or "").strip())}
    return read_values(CoverCall, typed) | {"answers": answers}


def _call_lines(p: Page, call: CoverCall) -> list[tuple[str, str]]:
    fields = p.text["call"]["fields"]
    lines = [(fields["on"]["label"], day(call.on)), (fields["called"]["label"], call.called)]
    lines += [(fields[name]["label"], getattr(call, name)) for name in ("who", "reference")]
    lines += [(p.text["questions"].get(name, name), words) for name, words in call.answers.items()]
    return [(label, words) for label, words in lines if words]


def _call_card(p: Page, written: Written[CoverCall]) -> Card:
    call = written.entry
    title = f"{day(call.on)} · {call.called}" if call.called else day(call.on)
    told = _call_lines(p, call)[1 + bool(call.called) :]
    return Card(id=written.id, title=title, on=call.on, lines=tuple(told))
