"""When asking may be proposed: not before an agreed day, not after a no, anywhere in the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.conftest import ANA, SOFT, Couple
from workbook.book import Book, Store, asking, calendar
from workbook.book.today import next_thing
from workbook.entries import Entry, Moment, Raised, Talk
from workbook.store import Vault

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def talk(answer: str, on: date = MONDAY, agreed: date | None = None) -> Talk:
    return Talk(on=on, answer=answer, agreed=agreed)  # type: ignore[arg-type] # an answer by its name


def moment(on: date) -> Moment:
    return Moment(on=on, at=time(19, 30))


def proposals(book: Book, today: date) -> list[str]:
    """Everything by which the book would propose asking on a day: home, its next thing, calendars."""
    thing = next_thing(book, today)
    places = [each.place for each in asking.dates(book, today)]
    return [*(["home"] if thing and thing.name == "picked_moment" else []), *places]


def test_an_empty_book_holds_nothing_back(book: Book) -> None:
    assert asking.standing(book, MONDAY) == asking.Standing("open")
    assert asking.may_be_proposed(book, MONDAY)


def test_the_picked_moment_is_proposed_on_its_day(book: Book) -> None:
    book.write(moment(MONDAY))
    assert proposals(book, MONDAY) == ["home", "moment"]
    assert proposals(book, MONDAY - DAY) == ["moment"]
    assert proposals(book, MONDAY + DAY) == []


def test_until_the_agreed_day_nothing_is_proposed(book: Book) -> None:
    agreed = MONDAY + 7 * DAY
    book.write_many([talk("not yet", agreed=agreed), *(moment(MONDAY + n * DAY) for n in range(9))])
    for n in range(7):
        assert asking.standing(book, MONDAY + n * DAY) == asking.Standing("until", agreed, 1)
        assert proposals(book, MONDAY + n * DAY) == ["agreed"]
    assert asking.may_be_proposed(book, agreed)
    assert proposals(book, agreed) == ["home", "moment", "moment"]


@pytest.mark.parametrize("answer", asking.TIME_ASKED_FOR)
def test_without_an_agreed_day_the_partner_owns_the_clock(book: Book, answer: str) -> None:
    book.write_many([talk(answer), moment(MONDAY + 400 * DAY)])
    assert asking.standing(book, MONDAY + 400 * DAY).state == "theirs"
    assert proposals(book, MONDAY + 400 * DAY) == []


def test_after_a_no_nothing_is_proposed_until_they_raise_it(book: Book) -> None:
    book.write_many([talk("no"), moment(MONDAY + 400 * DAY)])
    assert asking.standing(book, MONDAY + 400 * DAY).state == "no"
    assert proposals(book, MONDAY + 400 * DAY) == []
    raised = book.write(Raised(on=MONDAY + 400 * DAY))
    assert asking.standing(book, MONDAY + 400 * DAY) == asking.Standing("open", raised=raised)
    assert proposals(book, MONDAY + 400 * DAY) == ["home", "moment"]


def test_a_no_is_not_undone_by_asking_again(book: Book) -> None:
    before, after = talk("not yet", MONDAY - DAY, MONDAY), talk("not yet", MONDAY + DAY, MONDAY + 2 * DAY)
    book.write_many([before, talk("no"), after])
    assert asking.standing(book, MONDAY + 9 * DAY).state == "no"


def test_that_they_raised_it_before_a_no_opens_nothing(book: Book) -> None:
    book.write_many([Raised(on=MONDAY), talk("no", MONDAY + DAY)])
    assert not asking.may_be_proposed(book, MONDAY + 2 * DAY)


def test_a_yes_ends_the_asking_and_closes_nothing(book: Book) -> None:
    book.write_many([talk("no"), talk("yes", MONDAY + DAY)])
    assert asking.standing(book, MONDAY + DAY).state == "yes"
    assert asking.may_be_proposed(book, MONDAY + DAY)


def test_whoever_asked_twice_is_not_led_to_ask_again(book: Book) -> None:
    agreed = MONDAY + DAY
    book.write_many([talk("not yet", agreed=agreed), talk("not yet", agreed, agreed), moment(agreed)])
    assert asking.standing(book, agreed).asks == asking.TWICE
    assert "home" not in proposals(book, agreed)
    book.write(Raised(on=agreed))
    assert asking.standing(book, agreed).asks == 0


def test_a_day_agreed_on_holds_although_a_later_answer_names_an_earlier_one(book: Book) -> None:
    later = MONDAY + 9 * DAY
    book.write_many([talk("not yet", agreed=later), talk("not yet", MONDAY + DAY, MONDAY + 2 * DAY)])
    assert asking.standing(book, MONDAY + 3 * DAY).agreed == later


def test_a_talk_before_the_agreed_day_is_found_out(book: Book) -> None:
    book.write(talk("not yet", agreed=MONDAY + 7 * DAY))
    assert asking.agreed_beyond(book, MONDAY) is None
    assert asking.agreed_beyond(book, MONDAY + DAY) == MONDAY + 7 * DAY
    assert asking.agreed_beyond(book, MONDAY + 7 * DAY) is None
    book.write(Raised(on=MONDAY + DAY))
    assert asking.agreed_beyond(book, MONDAY + DAY) is None


def test_sharing_a_talk_does_not_make_it_two(couple: Couple) -> None:
    couple.ana.share(couple.ana.write(talk("not yet", agreed=MONDAY)))
    assert asking.standing(couple.ana, MONDAY).asks == 1


def test_what_the_partner_asked_decides_nothing_for_oneself(couple: Couple) -> None:
    couple.ana.share(couple.ana.write(talk("no")))
    assert asking.standing(couple.ben, MONDAY) == asking.Standing("open")


def test_a_moment_goes_into_a_calendar_under_a_neutral_title(book: Book) -> None:
    book.write(Moment(on=MONDAY, at=time(19, 30), where="on a walk"))
    ics = calendar.appointments(asking.dates(book, MONDAY)).decode()
    assert "SUMMARY:Appointment" in ics
    assert "DTSTART:20261123T193000" in ics
    assert "walk" not in ics


def test_an_agreed_day_is_a_whole_day_in_a_calendar(book: Book) -> None:
    book.write(talk("not yet", agreed=MONDAY + DAY))
    ics = calendar.appointments(asking.dates(book, MONDAY)).decode()
    assert ics.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261124" in ics


days = st.integers(0, 20).map(lambda number: MONDAY + number * DAY)
talks = st.builds(
    lambda on, answer, wait: talk(answer, on, None if wait is None else on + wait * DAY),
    days,
    st.sampled_from(["yes", "not yet", "no", "no answer yet"]),
    st.none() | st.integers(0, 10),
)
histories = st.lists(talks | st.builds(Raised, on=days), max_size=6)


def held_back(history: Sequence[Entry], today: date) -> bool:
    """The rule told once more, from the last thing to the first, by a reader who knows only dates."""
    ordered = sorted(enumerate(history), key=lambda pair: (pair[1].on, pair[0]))  # type: ignore[attr-defined]
    latest = None
    for _, entry in reversed(ordered):
        if isinstance(entry, Raised):
            return False
        assert isinstance(entry, Talk)
        latest = latest or entry
        if latest.answer == "yes":
            return False
        waits = entry.answer != "yes" and entry.agreed is not None and today < entry.agreed
        if entry.answer == "no" or waits or latest.agreed is None:
            return True
    return False


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, today=st.integers(0, 32).map(lambda number: MONDAY + number * DAY))
def test_nothing_anywhere_proposes_asking_while_the_answer_holds_it_back(
    history: list[Entry], today: date
) -> None:
    book = memory()
    for entry in [*history, moment(today), moment(today + DAY)]:
        book.write(entry)
    assert asking.may_be_proposed(book, today) is not held_back(history, today)
    if held_back(history, today):
        assert set(proposals(book, today)) <= {"agreed"}
    book.lock()


def memory() -> Book:
    """A book of Ana's in memory."""
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member(*ANA)
    return store.unlock(*ANA)
