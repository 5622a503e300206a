"""Which number a session has: counted by both alike, whoever wrote it down and when."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbook.insight.sessions import numbered

Written = tuple[str, date, str]
DAY = date(2026, 3, 2)
ANY_SESSIONS = st.lists(
    st.tuples(
        st.integers(0, 6).map(lambda days: DAY + timedelta(days=days)), st.sampled_from(["Ana", "Ben"])
    ),
    max_size=20,
).map(lambda found: [(f"s{place}", on, author) for place, (on, author) in enumerate(found)])


def test_the_first_session_is_number_one_whenever_it_was_written_down() -> None:
    written = [
        ("b", DAY + timedelta(days=7), "Ana"),
        ("a", DAY, "Ana"),
        ("c", DAY + timedelta(days=9), "Ana"),
    ]
    assert numbered(written) == {"a": 1, "b": 2, "c": 3}


def test_a_session_that_both_wrote_down_counts_once() -> None:
    written = [("a", DAY, "Ana"), ("b", DAY, "Ben"), ("c", DAY + timedelta(days=7), "Ben")]
    assert numbered(written) == {"a": 1, "b": 1, "c": 2}


def test_two_sessions_of_one_day_are_paired_in_the_order_of_writing() -> None:
    written = [("a1", DAY, "Ana"), ("a2", DAY, "Ana"), ("b1", DAY, "Ben"), ("b2", DAY, "Ben")]
    assert numbered(written) == {"a1": 1, "b1": 1, "a2": 2, "b2": 2}


def test_no_session_has_no_number() -> None:
    assert numbered([]) == {}


@given(ANY_SESSIONS)
def test_every_session_has_a_number_and_none_is_left_out(written: list[Written]) -> None:
    numbers = numbered(written)
    assert set(numbers) == {session for session, _, _ in written}
    assert set(numbers.values()) == set(range(1, max(numbers.values(), default=0) + 1))


@given(ANY_SESSIONS)
def test_a_later_day_never_has_a_lower_number(written: list[Written]) -> None:
    numbers, days = numbered(written), {session: on for session, on, _ in written}
    for one in days:
        for other in days:
            assert days[one] >= days[other] or numbers[one] < numbers[other]


@given(ANY_SESSIONS)
def test_one_member_s_sessions_never_share_a_number(written: list[Written]) -> None:
    numbers = numbered(written)
    for author in ("Ana", "Ben"):
        own = [numbers[session] for session, _, by in written if by == author]
        assert len(own) == len(set(own))


@given(ANY_SESSIONS)
def test_as_many_numbers_as_the_busier_member_of_each_day_wrote_down(written: list[Written]) -> None:
    per_day: dict[date, dict[str, int]] = {}
    for _, on, author in written:
        counts = per_day.setdefault(on, {})
        counts[author] = counts.get(author, 0) + 1
    expected = sum(max(counts.values()) for counts in per_day.values())
    assert len(set(numbered(written).values())) == expected


@given(ANY_SESSIONS)
def test_the_order_between_days_and_members_does_not_matter(written: list[Written]) -> None:
    """Only the order in which one member wrote down the sessions of one day says which is which."""
    regrouped = sorted(written, key=lambda each: (each[2], each[1]))
    assert numbered(regrouped) == numbered(written)
