"""People's own words come back as they wrote them, whatever they hold."""

from __future__ import annotations

import pytest

from tests.book.conftest import ANA, DAY, SOME_ID
from workbook.book import Book, Store
from workbook.entries import Goal, Reflection, Session

ODD = {
    "emoji of several signs": "👩🏽‍❤️‍👨🏿 🏳️‍🌈 🇩🇪",
    "right to left": "שלום, אמרת ‏אתמול‏ (מחר)",
    "arabic with marks": "قُلْتَ إنَّكَ سَتَعُود",
    "combining and not composed": "e\u0301 and \u00e9",
    "markup": "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "markdown and latex": "**bold** [here](javascript:alert(1)) $\\LaTeX$ `code`",
    "quotes and sql": "'; DROP TABLE record; -- \"",
    "control characters": "tab\tnew\nline\r\nnul\x00bell\x07",
    "outside the basic plane": "𝒲𝑒 𐍈 \U0010ffff",
    "template": "{name} %s ${x} {{ y }}",
    "spaces": "  \u00a0\u2003\u200b\ufeff  ",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_words_come_back_as_written(store: Store, book: Book, text: str) -> None:
    book.write(Reflection(session=SOME_ID, helped=text, takeaway=f"a {text} b"))
    again = store.unlock(*ANA)
    (written,) = again.entries(Reflection)
    assert (written.entry.helped, written.entry.takeaway) == (text, f"a {text} b")
    assert again.frame(Reflection)["helped"].tolist() == [text]


def test_words_stay_unchanged_in_lists_too(book: Book) -> None:
    levels = ("👍", "שלום", "<b>", "", "e\u0301")
    book.write(Goal(title="<b>", levels=levels))
    book.write(Session(on=DAY, tags=("👍", "a;b", "a,b")))
    assert book.entries(Goal)[0].entry.levels == levels
    assert book.frame(Goal)["levels"].tolist() == [levels]
    assert book.frame(Session)["tags"].tolist() == [("👍", "a;b", "a,b")]


def test_half_a_character_becomes_the_sign_for_one_that_is_missing(book: Book) -> None:
    book.write(Goal(title="a\ud83d b", levels=("\udc00", "", "", "", "")))
    (written,) = book.entries(Goal)
    assert written.entry.title == "a\ufffd b"
    assert written.entry.levels == ("\ufffd", "", "", "", "")


def test_two_halves_become_the_character_they_make(book: Book) -> None:
    book.write(Goal(title="\ud83d\ude00"))
    assert book.entries(Goal)[0].entry.title == "😀"


def test_a_revision_with_half_a_character_is_kept(book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    book.revise(entry_id, title="b\udfff")
    assert book.entry(entry_id).entry.title == "b\ufffd"


def test_a_name_with_accents_unlocks_however_it_is_typed(store: Store, book: Book) -> None:
    store.join("Jos\u00e9 ", "six other words", book.invite())
    assert store.members() == ["Ana", "José"]
    assert store.unlock("Jose\u0301", "six other words").name == "Jos\u00e9"
