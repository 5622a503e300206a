"""Dates, times, numbers and money as the reader's country writes them, and amounts as it means them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import content, formats
from workbook.entries import FeePlan, Invalid
from workbook.steps import drawn
from workbook.widgets.fields import read_share, read_values, typed_values

DAY = date(2026, 3, 2)
COUNTRIES = ["en", "en-US", "en-GB", "de-DE", "fr-FR", "de-CH", "en-IN", "pt-BR"]


@pytest.fixture(autouse=True)
def _the_house_afterwards() -> Iterator[None]:
    yield
    formats.read_by(formats.HOUSE)


def squeezed(text: str) -> str:
    """With plain spaces for those that keep words together."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tag", "day", "short", "clock", "number", "money", "long"),
    [
        ("en", "Mon 2 March 2026", "2 Mar 2026", "18:30", "1,234.5", "$1,234.50", "Monday 2 March"),
        ("en-US", "Mon, March 2, 2026", "Mar 2, 2026", "6:30 PM", "1,234.5", "$1,234.50", "Mon, Mar 2"),
        ("en-GB", "Mon 2 March 2026", "2 Mar 2026", "18:30", "1,234.5", "US$1,234.50", "Monday 2 March"),
        ("de-DE", "Mo., 2. März 2026", "02.03.2026", "18:30", "1.234,5", "1.234,50 $", "Mo., 2. März"),
        ("fr-FR", "lun. 2 mars 2026", "2 mars 2026", "18:30", "1 234,5", "1 234,50 $US", "lun. 2 mars"),
    ],
)
def test_each_country_reads_what_it_is_used_to(
    tag: str, day: str, short: str, clock: str, number: str, money: str, long: str
) -> None:
    formats.read_by(tag)
    assert formats.day(DAY) == day
    assert formats.short_date(DAY) == short
    assert squeezed(formats.clock(time(18, 30))) == clock
    assert squeezed(formats.moment(datetime(2026, 3, 2, 18, 30))) == f"{short}, {clock}"  # noqa: DTZ001
    assert squeezed(formats.number(1234.5)) == number
    assert squeezed(formats.money(Decimal("1234.50"), "USD")) == money
    whole = squeezed(formats.money(Decimal(1234), "USD"))
    assert whole == money.replace(".50", "").replace(",50", "")
    assert formats.long_day(DAY) == long


def test_a_language_that_nobody_knows_reads_as_the_house_writes() -> None:
    for tag in ("xx-YY", "", "☃", "-", "x" * 500, "../../etc", "de_DE\0"):
        formats.read_by(tag)
        assert formats.day(DAY) in ("Mon 2 March 2026", "Mo., 2. März 2026")
    formats.read_by("de-DE-u-nu-latn")
    assert formats.short_date(DAY) == "02.03.2026"
    formats.read_by("de-ZZ")
    assert formats.short_date(DAY) == "02.03.2026"


@pytest.mark.parametrize("tag", COUNTRIES)
@given(amount=st.decimals(0, 10**7, places=2))
def test_what_one_is_shown_can_be_typed(tag: str, amount: Decimal) -> None:
    formats.read_by(tag)
    for typed in (
        formats.amount_to_type(amount),
        formats.number(amount, 2),
        squeezed(formats.number(amount, 2)),
        formats.money(amount.quantize(Decimal("0.01")), "EUR"),
    ):
        assert formats.read_amount(typed) == amount


@pytest.mark.parametrize(
    ("tag", "typed", "meant"),
    [
        ("en-US", "1,234.50", "1234.50"),
        ("en-US", "$ 1,234", "1234"),
        ("en-GB", "£120.5", "120.5"),
        ("de-DE", "1.234,50", "1234.50"),
        ("de-DE", "1.234 €", "1234"),
        ("de-DE", "1 234,5 EUR", "1234.5"),
        ("fr-FR", "1 234,50 €", "1234.50"),
        ("de-CH", "1'234.50", "1234.50"),
        ("de-CH", "Fr. 1’234.50", "1234.50"),
        ("en-IN", "1,23,456", "123456"),
        ("en-US", "0.125", "0.125"),
        ("de-DE", "−5", "-5"),
    ],
)
def test_an_amount_is_read_as_its_country_means_it(tag: str, typed: str, meant: str) -> None:
    formats.read_by(tag)
    assert formats.read_amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("tag", "typed", "rule"),
    [
        ("en-US", "1.234,50", "“1.234,50” can't be read as an amount; write it like 120 or 1,234.50"),
        ("de-DE", "1,234.50", "“1,234.50” can't be read as an amount; write it like 120 or 1.234,50"),
        ("de-DE", "12.50", "“12.50” can't be read as an amount; write it like 120 or 1.234,50"),
        ("fr-FR", "1.234,50", "“1.234,50” can't be read as an amount; write it like 120 or 1 234,50"),
        ("en-US", "1.234", "“1.234” can mean two amounts. Write 1234 or 1.23."),
        ("de-DE", "1,234", "“1,234” can mean two amounts. Write 1234 or 1,23."),
        ("de-DE", "0.125", "“0.125” can't be read as an amount; write it like 120 or 1.234,50"),
        ("en-US", "2k", "“2k” can't be read as an amount; write it like 120 or 1,234.50"),
        ("de-DE", "2 Tsd.", "“2 Tsd.” can't be read as an amount; write it like 120 or 1.234,50"),
        ("en-GB", "a lot", "“a lot” can't be read as an amount; write it like 120 or 1,234.50"),
    ],
)
def test_an_amount_that_may_mean_another_is_asked_back_at_its_field(tag: str, typed: str, rule: str) -> None:
    formats.read_by(tag)
    with pytest.raises(Invalid) as refused:
        read_values(FeePlan, {"fee": typed})
    assert (refused.value.field, refused.value.rule) == ("fee", rule)


def test_a_share_is_typed_as_one_writes_it() -> None:
    formats.read_by("fr-FR")
    assert read_share("coinsurance", "12,5 %") == Decimal("0.125")
    assert read_share("coinsurance", "0,125") == Decimal("0.125")
    assert formats.percent(Decimal("0.125")) == "12,5 %"
    with pytest.raises(Invalid, match="as a share such as 0,2"):
        read_share("coinsurance", "20")


def test_a_form_shows_an_amount_as_it_is_typed_and_stores_it_as_before() -> None:
    plan = FeePlan(label="Elm Street", fee=Decimal("1234.50"), first=DAY)
    formats.read_by("de-DE")
    shown = typed_values(plan)
    assert (shown["fee"], shown["first"]) == ("1234,50", "2026-03-02")
    assert read_values(FeePlan, shown)["fee"] == plan.fee


def test_a_file_and_the_therapists_page_are_written_alike_for_every_reader() -> None:
    formats.read_by("de-DE")

    def rows(write: drawn.Writing) -> list[list[str]]:
        return [[write.date(DAY), write.day(DAY), write.number(54.41), write.money(Decimal(1940), "USD")]]

    told = drawn.table(["on"], rows)
    assert told.rows == [["2026-03-02", "Mon 2 March 2026", "54.4", "$1,940"]]
    assert told.shown is not None
    assert squeezed(" ".join(told.shown[0])) == "02.03.2026 Mo., 2. März 2026 54,4 1.940 $"
    with formats.as_the_house():
        assert formats.day(DAY) == content.day(DAY) == "Mon 2 March 2026"
    assert formats.day(DAY) == "Mo., 2. März 2026"
