"""One page: its size, its tags, its letters, and what fits on it."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.hostile import STRINGS
from tests.report.conftest import DAY, FOOT, glyphs_of, page_of, reader, tags_of, text_of
from workbook.charts import draw_goals, draw_scales, to_svg
from workbook.insight.goals import Standing
from workbook.report import Drawing, Paper, Part, Passage, TooLong, families, missing, readable, typeset

SIZES = {"a4": (595, 842), "us-letter": (612, 792)}
HOSTILE = (
    '#read("/etc/passwd")',
    "$x^2$ *bold* _it_ `raw` = heading",
    "#set page(width: 1cm); #pagebreak()",
    "<b>bold</b> &amp; @cite <label>",
    '"; #panic() // comment /* x */ \\u{41} -- ... ~',
)


def lines(*words: str) -> Part:
    """A part that says these words."""
    said = tuple(Passage(id=f"line:{place}", words=each, label="A day") for place, each in enumerate(words))
    return Part(title="What helped", passages=said)


def ladders(*titles: str) -> Part:
    """A part with a ladder for each title."""
    path = ((DAY, -1), (DAY + timedelta(days=30), 1))
    standings = [Standing(title, title, 1, 1, path) for title in titles]
    fonts = ", ".join(f"'{name}'" for name in families()[:4])
    svg = to_svg(draw_goals(standings, "paper"), fonts)
    return Part(
        title="Goals", finding="2 of 2.", drawing=Drawing(id="goals", svg=svg, alt="2 of 2 as hoped.")
    )


def scales() -> Part:
    """A part with one scale."""
    days = [DAY + timedelta(weeks=week) for week in range(9)]
    svg = to_svg(draw_scales({"Hope": (days, range(9))}, "paper"), "'Libertinus Serif'")
    return Part(title="Hope", drawing=Drawing(id="scales", svg=svg, alt="Hope: Rising lately."))


@pytest.mark.parametrize("paper", SIZES)
def test_it_is_one_page_of_the_paper_that_was_chosen(paper: Paper) -> None:
    made = typeset(page_of(ladders("A", "B"), scales(), lines("One thing."), paper=paper))
    (page,) = reader(made.pdf).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]
    assert made.picture.startswith(b"\x89PNG")


def test_it_is_tagged_and_says_its_title_its_language_and_what_each_drawing_shows() -> None:
    pdf = typeset(page_of(ladders("A", "B"), scales(), lines("One thing."))).pdf
    root = reader(pdf).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    tags = tags_of(pdf)
    assert [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"] == [
        "2 of 2 as hoped.",
        "Hope: Rising lately.",
    ]
    assert [tag["/S"] for tag in tags if tag["/S"].startswith("/H")] == ["/H1", "/H2", "/H2", "/H2"]
    assert any(tag["/S"] == "/LI" for tag in tags)


def test_it_names_nobody_and_no_day_on_which_it_was_made() -> None:
    made = dict(reader(typeset(page_of(lines("One thing."))).pdf).metadata or {})
    assert made.pop("/Creator").startswith("Typst ")
    assert made == {"/Title": "Notes"}
    named = reader(typeset(page_of(lines("One thing."), author="Ana")).pdf).metadata or {}
    assert named["/Author"] == "Ana"


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_or_code_comes_out_as_it_was_written(words: str) -> None:
    pdf = typeset(page_of(lines(words), Part(title=words), ladders(words), author=words)).pdf
    assert text_of(pdf).count("".join(words.split())) >= 3


def test_no_string_breaks_the_page_and_none_puts_a_box_on_it() -> None:
    for start in range(0, len(STRINGS), 40):
        some = [readable(each, frozenset()) or "" for each in STRINGS[start : start + 40]]
        lacking = missing(some)
        drawable = [each for each in (readable(words, lacking) for words in some) if each]
        pdf = typeset(page_of(lines(*drawable[:30]))).pdf
        assert len(reader(pdf).pages) == 1
        assert 0 not in glyphs_of(pdf)


def test_long_titles_and_words_without_an_end_stay_on_the_page() -> None:
    pdf = typeset(page_of(ladders("Title " * 50), lines("W" * 300, "https://a.example/" + "x" * 250))).pdf
    text = text_of(pdf)
    assert "W" * 300 in text
    assert "x" * 250 in text
    assert len(reader(pdf).pages) == 1


def test_what_is_too_long_is_refused_with_the_thing_to_leave_out() -> None:
    with pytest.raises(TooLong) as refused:
        typeset(page_of(ladders("A", "B"), lines("Short.", "word " * 4_000, "Short.")))
    assert refused.value.lines > 100
    assert refused.value.leave_out == ("line:1",)


def test_without_what_it_names_the_page_fits() -> None:
    said = ["An ordinary line, not very long."] * 50 + ["A few more words than the others have. " * 24]
    with pytest.raises(TooLong) as refused:
        typeset(page_of(ladders("A", "B"), lines(*said)))
    assert refused.value.leave_out == ("line:50",)
    assert len(reader(typeset(page_of(ladders("A", "B"), lines(*said[:50]))).pdf).pages) == 1


def test_where_no_one_thing_is_enough_several_are_named_and_words_before_a_drawing() -> None:
    said = ["An ordinary line, not very long."] * 54
    with pytest.raises(TooLong) as refused:
        typeset(page_of(ladders("A", "B"), lines(*said)))
    left = refused.value.leave_out
    assert len(left) in (2, 3)
    assert all(each.startswith("line:") for each in left)
    typeset(page_of(ladders("A", "B"), lines(*said[: -len(left)])))
    with pytest.raises(TooLong) as refused:
        typeset(page_of(ladders("A", "B"), lines(*said, *said[:3])))
    assert refused.value.leave_out == ("goals",)


def test_letters_shrink_before_a_page_is_refused() -> None:
    roomy = typeset(page_of(lines("An ordinary line."))).pdf
    full = typeset(page_of(lines(*["An ordinary line."] * 63))).pdf
    assert FOOT.replace(" ", "") in text_of(full)
    assert (min(sizes_of(roomy)), min(sizes_of(full))) == (0.88 * 10.5, 0.88 * 8.5)


def sizes_of(pdf: bytes) -> set[float]:
    """The sizes of the letters on the page, in points."""
    content = reader(pdf).pages[0].get_contents()
    assert content is not None
    return {round(float(operands[1]), 3) for operands, operator in content.operations if operator == b"Tf"}


def test_hebrew_arabic_greek_and_russian_are_written_in_real_letters() -> None:
    words = ("שלום, מה שלומך?", "مرحبا بكم", "Καλημέρα", "Привет")
    pdf = typeset(page_of(ladders(*words[:2]), lines(*words))).pdf
    text = text_of(pdf)
    assert all(word in text for each in words for word in re.findall(r"\w+", each))
    assert 0 not in glyphs_of(pdf)


def test_nothing_of_it_is_left_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TMPDIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    typeset(page_of(ladders("A"), lines("One thing that nobody else should read.")))
    assert list(os.scandir(tmp_path)) == []
