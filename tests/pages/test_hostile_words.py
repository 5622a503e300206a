"""Five hundred strings that break other programs: here they are words, on every page that takes any."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.hostile import COUNT, SAMPLE, STRINGS, STRINGS_BY_KIND, packed
from tests.pages.conftest import Shelf, chart_in_sight, page_in_front, take, turn_to, unlock, unlocked
from workbook import content
from workbook.book import Book
from workbook.charts.wording import plain
from workbook.entries import (
    KINDS,
    AlternativeTry,
    Entry,
    FeePlan,
    Goal,
    GoalRating,
    Helps,
    Later,
    Settings,
    Skip,
    Thought,
    well_formed,
)
from workbook.steps.page import PageSpec, page_named, pages

Texts = dict[str, list[tuple[str, str]]]
"""By the id of an entry: its fields, as kind and name, with what each holds."""

BLOCKS = [well_formed(line) for line in packed(STRINGS)]
TYPED = [well_formed(line) for line in packed(tuple(kind[0] for kind in STRINGS_BY_KIND.values()))]
TITLES = [well_formed(words) for words in SAMPLE]
MANY = 40
"""Fields of text that all forms have together, at least."""
DAYS = [(date.today() + timedelta(days)).isoformat() for days in (7, 0, -7, 1, 8, -1)]  # noqa: DTZ011
"""Some fields want a day ahead, others one that has passed."""
FEW = 8
"""Fields of a line that take no free words, such as a currency, at most."""
FIRST_DAY = date(2026, 1, 5)
NOT_TYPED = (Skip, Later, AlternativeTry, Settings, Thought)
"""Kinds whose lines name something of ours and are not written by hand."""
ALWAYS_SHOWN = {
    *("Reflection.takeaway", "Reflection.helped", "Reflection.hurt", "Session.agenda", "Session.place"),
    *("Session.with_whom", "Session.tags", "Goal.title", "Goal.today", "Goal.good_enough", "GoalRating.seen"),
    *("Loop.name", "Loop.happens", "Loop.looks", "LoopCheck.note", "Helps.does", "Assignment.what"),
    *("AssignmentLog.noticed", "FeePlan.label", "CoverCall.called", "CoverCall.who", "CoverCall.answers"),
}
"""Fields that stand on the cards of a page; more may."""
TEXT_FIELDS = ".wb-field--line input, .wb-field--text textarea"
TEXT_FIELDS_IN_SIGHT = ", ".join(f"{fields}:visible" for fields in TEXT_FIELDS.split(", "))
FOREIGN = ", ".join(
    (
        "script",
        "iframe",
        "img",
        "image",
        "object",
        "embed",
        "base",
        "link",
        "meta",
        "video",
        "audio",
        "marquee",
        "template",
        "foreignObject",
        "animate",
        "math",
        "plaintext",
        "[onerror]",
        "[onload]",
        "[onfocus]",
        "[style*=inset]",
        "a[href^=javascript]",
        "form[action]",
    )
)
ENTRIES = "(all) => all.map((entry) => [entry.dataset.id, entry.textContent])"


@pytest.fixture
def locale() -> str:
    """The United States, so that the page with numbers has a list."""
    return "en-US"


@pytest.fixture
def requests(context: BrowserContext) -> list[str]:
    """What the browser asks for."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


def expect_unharmed(tab: Page, requests: list[str], shelf: Shelf) -> None:
    """No script ran, nothing foreign stands in the page, and nobody outside was asked."""
    assert tab.evaluate("window.__ran") is None
    assert tab.locator(".wb-root").locator(FOREIGN).count() == 0
    ours = (shelf.served.origin, f"blob:{shelf.served.origin}", "data:")
    assert [url for url in requests if not url.startswith(ours)] == []
    assert tab.title() == "Workbook"
    expect(tab.get_by_role("button", name="Lock", exact=True)).to_be_visible()


def test_there_are_five_hundred_of_every_kind() -> None:
    assert len(set(STRINGS)) == COUNT
    assert all(set(kind) & set(STRINGS) for kind in STRINGS_BY_KIND.values())


# Written through the book: every text field of every kind


def is_text(hint: Any) -> bool:
    """Whether a field is free text: a string with a length and no pattern."""
    if get_origin(hint) is not Annotated or get_args(hint)[0] is not str:
        return False
    return all(meta.pattern is None for meta in get_args(hint)[1:])


def words_for(hint: Any, blocks: Iterator[str]) -> Any:
    """Hostile words in the shape of a field; None if the field takes none."""
    plain = get_args(hint)[0] if get_origin(hint) is Annotated and not is_text(hint) else hint
    if is_text(hint):
        return next(blocks)
    if get_origin(plain) is tuple and is_text(get_args(plain)[0]):
        parts = get_args(plain)
        return tuple(islice(blocks, 1 if parts[-1] is Ellipsis else len(parts)))
    if get_origin(plain) is dict and is_text(get_args(plain)[1]):
        return {"asked": next(blocks)}
    return None


def filler(hint: Any, number: int) -> Any:
    """A plain value for a field that takes no free text and has to have one."""
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(plain) is Literal:
        return get_args(plain)[0]
    by_type = {date: FIRST_DAY + timedelta(days=number), time: time(18), Decimal: Decimal(120), int: 1}
    return by_type[plain]


def hostile_entry(kind: type[Entry], number: int, parents: dict[str, list[str]]) -> Entry:
    """An entry of a kind with hostile words in each field of text, and as plain as can be besides."""
    hints, values = get_type_hints(kind, include_extras=True), {}
    blocks = islice(cycle(BLOCKS), number, None)
    for field in msgspec.structs.fields(kind):
        words = words_for(hints[field.name], blocks)
        if words is not None:
            values[field.name] = words
        elif hints[field.name] is str:
            values[field.name] = parents[field.name][number]
        elif field.required:
            values[field.name] = filler(hints[field.name], number)
    return kind(**values)


def write_everything(book: Book) -> Texts:
    """Write every block into every text field of every kind. Returns what stands in each entry."""
    parents: dict[str, list[str]] = {}
    texts: Texts = defaultdict(list)
    for kind in KINDS:
        if kind in NOT_TYPED or not any(takes_words(hint) for hint in hints_of(kind)):
            continue
        entries = [hostile_entry(kind, number, parents) for number in range(len(BLOCKS))]
        parents[kind.__name__.lower()] = ids = book.write_many(entries)
        for entry_id, entry in zip(ids, entries, strict=True):
            for about in (entry_id, *(getattr(entry, name) for name in references(kind))):
                texts[about] += words_in(entry)
    return texts


def hints_of(kind: type[Entry]) -> list[Any]:
    return list(get_type_hints(kind, include_extras=True).values())


def takes_words(hint: Any) -> bool:
    return words_for(hint, cycle(BLOCKS)) is not None


def references(kind: type[Entry]) -> list[str]:
    """The fields that hold the id of another entry."""
    return [name for name, hint in get_type_hints(kind, include_extras=True).items() if hint is str]


def words_in(entry: Entry) -> list[tuple[str, str]]:
    """Each text of an entry, under its kind and field."""
    found = []
    for name, hint in get_type_hints(type(entry), include_extras=True).items():
        value = getattr(entry, name)
        if takes_words(hint):
            texts = (
                value.values() if isinstance(value, dict) else (value,) if isinstance(value, str) else value
            )
            found += [(f"{type(entry).__name__}.{name}", text) for text in texts]
    return found


def views() -> list[tuple[PageSpec, str]]:
    """Every page, and the small cards one by one."""
    cards = [card["title"] for card in content.prose("cards")["fan"]["cards"]]
    listed = [(spec, "") for spec in pages() if spec.listed]
    return listed + [(page_named("cards"), name) for name in cards]


def in_front(tab: Page, spec: PageSpec, card: str = "") -> Locator:
    """Turn to a page, or to a small card, and wait until every control of it stands."""
    turn_to(tab, "Home" if card else spec.title)
    if card:
        take(tab, card)
    return page_in_front(tab)


def all_cards(page: Locator) -> Locator:
    """Every card of a page, unfolded."""
    for cards in page.locator(".wb-list").all():
        expect(cards.locator("li").first).to_be_attached()
    shown, more = page.locator(".wb-entry"), page.locator(".wb-cards > button:visible")
    while more.count():
        before = shown.count()
        more.first.click()
        expect(shown).not_to_have_count(before)
    return shown


def test_what_is_in_the_book_is_shown_as_it_is_on_every_page(
    tab: Page, shelf: Shelf, requests: list[str]
) -> None:
    book = shelf.opened()
    texts = write_everything(book)
    book.lock()
    unlocked(tab, shelf)
    shown: dict[str, list[bool]] = defaultdict(list)
    for spec, card in views():
        for entry_id, said in all_cards(in_front(tab, spec, card)).evaluate_all(ENTRIES):
            for field, words in texts[entry_id]:
                shown[field].append(words in said)
    assert {field for field, found in shown.items() if any(found) and not all(found)} == set()
    assert {field for field, found in shown.items() if all(found)} >= ALWAYS_SHOWN
    expect_unharmed(tab, requests, shelf)


def test_each_of_them_is_one_card_word_for_word(tab: Page, shelf: Shelf, requests: list[str]) -> None:
    book = shelf.opened()
    book.write_many([Helps(does=words) for words in STRINGS])
    book.lock()
    unlocked(tab, shelf, f"{shelf.served.address}#accountability")
    all_cards(in_front(tab, page_named("accountability")))
    titles = tab.locator(".wb-entry:visible h3").evaluate_all("(all) => all.map((each) => each.textContent)")
    assert titles == [well_formed(words) for words in reversed(STRINGS)]
    expect_unharmed(tab, requests, shelf)


def chart_words(tab: Page, question: str) -> tuple[list[str], str]:
    """What the cells of a chart's table say, and what its drawing says without spaces."""
    picture = chart_in_sight(tab, question)
    picture.get_by_role("button", name="Show as table").click()
    cells = picture.locator("td, th").evaluate_all("(all) => all.map((each) => each.textContent)")
    drawn = picture.locator("svg text").evaluate_all("(all) => all.map((each) => each.textContent).join('')")
    return cells, "".join(drawn.split())


def test_a_chart_says_them_in_its_drawing_and_its_table(tab: Page, shelf: Shelf, requests: list[str]) -> None:
    titles = [words for words in TITLES if words.strip()]
    book = shelf.opened()
    goals = book.write_many([Goal(title=words) for words in titles])
    book.write_many([GoalRating(goal=goal, level=1, on=FIRST_DAY) for goal in goals])
    book.write_many([FeePlan(label=words, fee=Decimal(100), first=FIRST_DAY) for words in titles[:4]])
    book.lock()
    unlocked(tab, shelf, f"{shelf.served.address}#charts")
    cells, drawn = chart_words(tab, "Are we moving?")
    assert set(titles) - set(cells) == set()
    assert [words for words in titles if len(words) < 30 and "".join(plain(words).split()) not in drawn] == []
    expect_unharmed(tab, requests, shelf)


# Typed into every form of every page


def fields_of_text(page: Locator) -> list[Locator]:
    """Every field of a page that takes words; each form is unfolded first."""
    page.locator("form details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    return page.locator(TEXT_FIELDS).locator("visible=true").all()


def as_held(field: Locator, words: str) -> str:
    """What a field makes of line breaks: an input turns each into a space, an area holds one kind."""
    one_line = field.evaluate("(each) => each.tagName") == "INPUT"
    return re.sub("\r\n?|\n", " " if one_line else "\n", words)


def type_everywhere(page: Locator) -> list[str]:
    """Fill each field of a page with each line of the sample. Returns what the fields hold in the end."""
    fields = fields_of_text(page)
    for shift in range(len(TYPED)):
        for place, field in enumerate(fields):
            words = TYPED[(place + shift) % len(TYPED)]
            field.fill(words)
            expect(field).to_have_value(as_held(field, words))
    return held(page)


def held(page: Locator) -> list[str]:
    return [field.input_value() for field in fields_of_text(page)]


def fill_the_rest(page: Locator) -> None:
    """Give every field that needs a day or an amount one that is plain."""
    for kind, value in (("date", DAYS[0]), ("money", "120"), ("percent", "20 %")):
        for field in page.locator(f".wb-field--{kind} input:visible").all():
            field.fill(value)
    for field in page.locator(".wb-field--number input:visible").all():
        field.fill(field.input_value() or "20")


def answer_plainly(field: Locator, again: int) -> str:
    """Answer a field that refused in a way that it takes. Returns the words that still stood there."""
    if field.get_by_role("radio").count():
        field.get_by_role("radio").first.check(force=True)
        return ""
    box = field.locator("input, textarea").first
    words = box.input_value().strip()
    box.fill(DAYS[again] if box.get_attribute("type") == "date" else "")
    return words if words not in (*DAYS, "") else ""


def save_all(page: Locator) -> list[str]:
    """Save each form. Returns what its fields refused, because they take no free words."""
    refused = []
    for form in page.locator(".wb-form-host form:visible").all():
        saved = form.locator(".wb-state[data-mood=good]")
        error = form.locator(".wb-field:has(> .wb-error:visible)")
        for again in range(len(DAYS)):
            form.locator("button[type=submit]").click()
            expect(saved.or_(error).first).to_be_visible()
            if not error.count():
                break
            refused.append(answer_plainly(error.first, again))
        expect(saved).to_be_visible()
    return [words for words in refused if words]


def texts_in(value: Any) -> list[str]:
    """Every string within a value."""
    if isinstance(value, str):
        return [value.strip()]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in texts_in(part)]


def texts_in_book(book: Book) -> list[str]:
    return [
        text
        for kind in KINDS
        for each in book.entries(kind)
        for text in texts_in(msgspec.to_builtins(each.entry))
    ]


def test_what_is_typed_into_any_form_is_back_after_a_reload_and_saved_as_it_is(
    tab: Page, shelf: Shelf, requests: list[str]
) -> None:
    unlocked(tab, shelf, f"{shelf.served.address}#home")
    typed = {}
    for spec, card in views():
        page = in_front(tab, spec, card)
        typed[spec.name, card] = type_everywhere(page)
        for form in page.locator(f"form:has({TEXT_FIELDS_IN_SIGHT})").all():
            expect(form.locator(".wb-state")).to_contain_text("Saved as a draft")
    assert sum(map(len, typed.values())) >= MANY
    tab.reload()
    unlock(tab)
    refused: Counter[str] = Counter()
    for spec, card in views():
        page = in_front(tab, spec, card)
        assert held(page) == typed[spec.name, card]
        fill_the_rest(page)
        refused.update(save_all(page))
    wanted = Counter(words.strip() for each in typed.values() for words in each) - refused
    assert wanted - Counter(texts_in_book(shelf.opened())) == Counter()
    assert refused.total() <= FEW, refused
    expect_unharmed(tab, requests, shelf)
