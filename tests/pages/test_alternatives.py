"""Step 12 as a reader uses it: cards to sort, cards of one's own, one that is tried."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import Shelf, answer, cards, lock, turn_to, unlock, unlocked
from tests.pages.test_accessibility import look_all_over, tab_to, unfold
from tests.pages.test_bad_input import AWKWARD, LONGEST
from workbook.book import Book
from workbook.entries import Alternative, AlternativeTry, Sorting

TITLE = "Brainstorm all your alternatives"
TODAY = date.today()  # noqa: DTZ011 - the page goes by the reader's own day
NOW, MAYBE, NOT = "Could do now", "Maybe", "Not for me"


@pytest.fixture
def table(ada: Page) -> Page:
    """Ada's empty book on the page with the cards to sort."""
    turn_to(ada, TITLE)
    expect(on_top(ada)).to_be_visible()
    return ada


def on_top(tab: Page) -> Locator:
    return tab.locator(".wb-sort-top")


def column(tab: Page, place: str) -> Locator:
    return tab.get_by_role("region", name=place, exact=True)


def put(tab: Page, place: str) -> None:
    """Put the card on top somewhere."""
    on_top(tab).get_by_role("button", name=place, exact=True).click()


def seal(tab: Page) -> None:
    tab.locator(".wb-seal").get_by_role("button", name="Seal").click()


def sealed(tab: Page) -> None:
    seal(tab)
    expect(tab.locator(".wb-seal .wb-state")).to_contain_text("Saved")


def places(shelf: Shelf) -> list[dict[str, str]]:
    return [dict(each.entry.places) for each in shelf.opened().entries(Sorting)]


def test_cards_are_put_in_columns_and_sealed(table: Page, shelf: Shelf) -> None:
    expect(on_top(table)).to_contain_text("Therapy for one")
    expect(on_top(table)).to_contain_text("A doubt:")
    put(table, MAYBE)
    expect(on_top(table)).to_contain_text("Someone of your faith")
    expect(on_top(table).get_by_role("button", name=MAYBE)).to_be_focused()
    expect(table.locator(".wb-sorting-host > [role=status]")).to_have_text(
        "Therapy for one: Maybe. 1 of 11 sorted"
    )
    put(table, NOT)
    put(table, NOW)
    expect(column(table, NOW)).to_contain_text("A book")
    expect(table.get_by_text("You both see only the cards that you could both imagine")).to_be_visible()
    expect(table.get_by_text("Sealed. It waits for your partner")).to_have_count(0)
    sealed(table)
    expect(table.get_by_text("Sealed. It waits for your partner")).to_be_visible()
    assert places(shelf) == [{"individual therapy": "maybe", "faith leader": "not for me", "book": "now"}]
    (sorting,) = shelf.opened().entries(Sorting)
    assert sorting.room == "mine"


def test_moving_again_undoes_and_a_change_is_sealed_as_a_new_version(table: Page, shelf: Shelf) -> None:
    put(table, NOT)
    sealed(table)
    column(table, NOT).get_by_role("button", name="Could do now: Therapy for one").click()
    expect(column(table, NOW)).to_contain_text("Therapy for one")
    expect(column(table, NOT)).to_contain_text("Nothing here.")
    expect(table.locator(".wb-seal .wb-state")).to_contain_text("Saved as a draft")
    assert places(shelf) == [{"individual therapy": "not for me"}]
    sealed(table)
    assert places(shelf) == [{"individual therapy": "now"}]
    (sorting,) = shelf.opened().entries(Sorting)
    assert len(shelf.opened().versions(sorting.id)) == 2


def test_nothing_sorted_is_refused_in_words(table: Page, shelf: Shelf) -> None:
    seal(table)
    expect(
        table.get_by_role("alert").filter(has_text="Put at least one card somewhere first.")
    ).to_be_visible()
    assert places(shelf) == []


def test_a_half_sorted_table_is_back_after_the_lock(table: Page, shelf: Shelf) -> None:
    put(table, NOW)
    expect(table.locator(".wb-seal .wb-state")).to_contain_text("Saved as a draft")
    lock(table)
    unlock(table)
    turn_to(table, TITLE)
    expect(column(table, NOW)).to_contain_text("Therapy for one")
    assert places(shelf) == []


def test_a_card_can_wait_at_the_bottom_and_can_be_dragged(table: Page) -> None:
    table.get_by_role("button", name="Put it to the bottom").click()
    expect(on_top(table)).to_contain_text("Someone of your faith")
    on_top(table).drag_to(column(table, MAYBE))
    expect(column(table, MAYBE)).to_contain_text("Someone of your faith")
    expect(on_top(table)).to_contain_text("A book")


def test_on_a_phone_there_is_one_list_of_radio_groups(table: Page, shelf: Shelf) -> None:
    table.set_viewport_size({"width": 390, "height": 844})
    expect(table.get_by_role("radiogroup", name="A retreat")).to_be_visible()
    expect(on_top(table)).to_have_count(0)
    answer(table, "A retreat", NOT)
    answer(table, "A doctor", NOW)
    expect(table.locator(".wb-sorting")).to_contain_text("2 of 11 sorted")
    answer(table, "A retreat", MAYBE)
    sealed(table)
    assert places(shelf) == [{"retreat": "maybe", "doctor": "now"}]
    table.set_viewport_size({"width": 1280, "height": 900})
    expect(column(table, MAYBE)).to_contain_text("A retreat")


def add(tab: Page, what: str) -> None:
    tab.get_by_role("textbox", name="What", exact=True).fill(what)
    tab.get_by_role("button", name="Add a card").click()


def test_a_card_of_ones_own_can_be_sorted_picked_and_erased_with_all_of_it(table: Page, shelf: Shelf) -> None:
    add(table, "Walk by the weir")
    expect(table.locator(".wb-sorting")).to_contain_text("0 of 12 sorted")
    table.set_viewport_size({"width": 390, "height": 844})
    answer(table, "Walk by the weir", NOW)
    sealed(table)
    answer(table, "From what you could do now", "Walk by the weir")
    table.get_by_role("button", name="Try it").click()
    expect(cards(table).filter(has_text="since")).to_contain_text("Walk by the weir")
    (own,) = shelf.opened().entries(Alternative)
    assert [each.entry.tries for each in shelf.opened().entries(AlternativeTry)] == [own.id]
    table.get_by_role("button", name="Erase: Walk by the weir").first.click()
    lock(table)
    book = shelf.opened()
    assert [len(book.entries(kind)) for kind in (Alternative, AlternativeTry, Sorting)] == [0, 0, 0]


@pytest.mark.parametrize("again", ["Walk by the weir", " walk  by the WEIR ", "A retreat"])
def test_a_second_card_of_the_same_name_is_refused_at_its_field(
    table: Page, shelf: Shelf, again: str
) -> None:
    add(table, "Walk by the weir")
    expect(cards(table).first).to_contain_text("Walk by the weir")
    add(table, again)
    expect(table.locator("[data-field=what] .wb-error:visible")).to_contain_text(
        "a card of this name already"
    )
    assert len(shelf.opened().entries(Alternative)) == 1


def test_a_card_of_ones_own_can_be_changed_under_its_own_name(table: Page, shelf: Shelf) -> None:
    add(table, "Walk by the weir")
    table.get_by_role("button", name="Edit: Walk by the weir").click()
    form = table.locator("form").filter(has=table.get_by_role("button", name="Save changes"))
    form.locator("summary").click()
    form.get_by_role("textbox", name="Where to find it").fill("<a href='javascript:alert(1)'>the weir</a>")
    form.get_by_role("button", name="Save changes").click()
    expect(cards(table).first).to_contain_text("<a href='javascript:alert(1)'>the weir</a>")
    assert table.locator(".wb-page--alternatives a").count() == 0


def pick(tab: Page, shelf: Shelf) -> None:
    """Seal a sorting with one card that could be done now, and choose it."""
    put(tab, NOW)
    sealed(tab)
    answer(tab, "From what you could do now", "Therapy for one")


def test_one_is_picked_and_looked_at_again_with_one_tap(table: Page, shelf: Shelf) -> None:
    expect(table.get_by_text("Once you have sealed a sorting")).to_be_visible()
    expect(table.get_by_role("button", name="Try it")).to_be_hidden()
    pick(table, shelf)
    expect(table.get_by_text("Once you have sealed a sorting")).to_be_hidden()
    table.get_by_role("button", name="In two weeks").click()
    table.get_by_role("button", name="Try it").click()
    expect(table.get_by_role("heading", name="Going on")).to_be_visible()
    tried = shelf.opened().entries(AlternativeTry)[0].entry
    assert (tried.tries, tried.since, tried.look_again) == (
        "individual therapy",
        TODAY,
        TODAY + timedelta(days=14),
    )
    table.get_by_role("button", name="on to therapy", exact=True).click()
    expect(table.get_by_role("heading", name="Looked at")).to_be_visible()
    assert shelf.opened().entries(AlternativeTry)[0].entry.became == "on to therapy"


def test_a_day_before_the_beginning_is_refused_at_its_field(table: Page, shelf: Shelf) -> None:
    pick(table, shelf)
    table.get_by_label("Look again on").fill((TODAY - timedelta(days=1)).isoformat())
    table.get_by_role("button", name="Try it").click()
    expect(table.locator("[data-field=look_again] .wb-error")).to_contain_text(
        "a day after the one you begin on"
    )
    assert shelf.opened().entries(AlternativeTry) == []


def trying(book: Book, look_again: date) -> None:
    book.write(AlternativeTry(tries="book", since=TODAY - timedelta(days=9), look_again=look_again))


@pytest.mark.parametrize(("days", "proposed"), [(1, 0), (0, 1), (-3, 1)])
def test_home_asks_from_the_chosen_day_on(tab: Page, shelf: Shelf, days: int, proposed: int) -> None:
    trying(shelf.opened(), TODAY + timedelta(days=days))
    home = unlocked(tab, shelf, f"{shelf.served.address}#home")
    expect(home.get_by_role("heading", level=1, name="Home")).to_be_visible()
    expect(home.get_by_text("the day to look again")).to_have_count(proposed)
    if proposed:
        home.get_by_role("button", name="Look at it").click()
        expect(home.get_by_role("heading", name="Time to look again")).to_be_visible()
        home.get_by_role("button", name="kept", exact=True).click()
        expect(home.get_by_role("heading", name="Looked at")).to_be_visible()
        turn_to(home, "Home")
        expect(home.get_by_text("the day to look again")).to_have_count(0)


def test_awkward_and_long_words_are_kept_as_typed(table: Page, shelf: Shelf) -> None:
    add(table, AWKWARD)
    expect(cards(table).first).to_contain_text(AWKWARD)
    table.set_viewport_size({"width": 390, "height": 844})
    answer(table, AWKWARD, NOW)
    sealed(table)
    expect(table.get_by_role("radiogroup", name="From what you could do now")).to_contain_text(AWKWARD)
    add(table, "x" * LONGEST)
    expect(table.locator("[data-field=what] .wb-error:visible")).to_contain_text("up to 300 characters")
    assert table.locator(".wb-page--alternatives img, .wb-page--alternatives script").count() == 0


def test_the_cards_are_sorted_by_keyboard_alone(table: Page, shelf: Shelf) -> None:
    table.get_by_role("heading", level=1).focus()
    tab_to(table, f"button {NOW}")
    for _ in range(11):
        table.keyboard.press("Enter")
    expect(table.get_by_text("Every card has a place.")).to_be_focused()
    tab_to(table, "button Maybe: Therapy for one")
    table.keyboard.press("Enter")
    expect(column(table, MAYBE).get_by_role("button", name="Could do now: Therapy for one")).to_be_focused()
    tab_to(table, "button Seal my sorting")
    table.keyboard.press("Enter")
    expect(table.locator(".wb-seal .wb-state")).to_contain_text("Saved")
    expect(table.get_by_role("button", name="Seal the change")).to_be_focused()
    assert len(places(shelf)[0]) == 11


def test_axe_finds_nothing_while_sorting_and_after(table: Page) -> None:
    look_all_over(table, "nothing sorted")
    for place in (NOW, MAYBE, NOT):
        put(table, place)
    add(table, "Walk by the weir")
    sealed(table)
    unfold(table)
    look_all_over(table, "sorted, sealed and unfolded")
