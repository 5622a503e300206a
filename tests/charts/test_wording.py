"""People's words on a chart: whole, harmless, and within their column."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.wording import plain, wrapped


def test_words_are_kept_together_as_long_as_they_fit() -> None:
    assert wrapped("Talk about money without leaving", 120, 10, 3) == ["Talk about money", "without leaving"]


def test_what_has_no_room_ends_in_an_ellipsis() -> None:
    lines = wrapped("one evening a week that is ours and nobody else's", 90, 10, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_long_word_without_spaces_is_broken() -> None:
    lines = wrapped("お金について部屋を出ないで話す", 50, 10, 9)
    assert "".join(lines) == "お金について部屋を出ないで話す"
    assert max(map(len, lines)) == 5


def test_a_family_of_emoji_is_never_torn_apart() -> None:
    family = "👩‍👩‍👧‍👦"
    lines = wrapped(family * 6, 40, 10, 9)
    assert "".join(lines) == family * 6
    assert all(line.count(family) * len(family) == len(line) for line in lines)


def test_control_characters_and_overrides_of_direction_are_dropped() -> None:
    assert plain("a\x00b\x1b[31m\u202ec\ud800\ufffed\n\te") == "ab[31mcd e"


@given(st.text(max_size=300), st.integers(20, 300), st.integers(1, 4))
def test_any_text_becomes_a_few_lines_that_lose_nothing_unless_marked(text, width, at_most) -> None:
    lines = wrapped(text, width, 13, at_most)
    assert 1 <= len(lines) <= at_most
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for line in lines for c in line)
    whole = "".join("".join(lines).split())
    assert whole == "".join(plain(text).split()) or whole.endswith("…")
