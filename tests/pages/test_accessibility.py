"""Every state of every page, for people who use a screen reader, a keyboard, a phone or a dark screen."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import Served
from tests.pages.conftest import ADA, Shelf, cards, lock, state, turn_to, unlock
from tests.pages.looking import TOO_SMALL, UNTIED, cut_off_when_spaced, press_on
from workbook.steps.page import PageSpec, pages

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LOOKS = [(1280, "light"), (390, "dark")]
NARROWEST = 320
"""A window of 1280 at 400 %."""
PROGRESS = "Evaluate your progress"
FOCUS_SHOWS = """() => {
  const at = document.activeElement;
  const places = [at, at.nextElementSibling, at.closest("label")].filter(Boolean);
  return places.some((each) => {
    const style = getComputedStyle(each);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return hasOutline || style.boxShadow !== "none";
  });
}"""
NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? at.textContent;
  return `${at.tagName.toLowerCase()} ${label.trim()}`;
}"""


def found_by_axe(tab: Page, within: str | None = None) -> list[str]:
    """What axe finds on the page as it is shown now; one line a rule."""
    tab.evaluate("document.getAnimations().forEach((each) => each.finish())")
    response = Axe().run(tab, context=within, options=RULES).response
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in response["violations"]]


def look_all_over(tab: Page, what: str) -> None:
    """Axe finds nothing in any look, and nothing hangs over the side of the narrowest phone."""
    for width, scheme in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
        assert (what, width, scheme, found_by_axe(tab)) == (what, width, scheme, [])
    assert (what, tab.evaluate(TOO_SMALL, 44)) == (what, [])
    tab.set_viewport_size({"width": NARROWEST, "height": 800})
    assert (what, tab.evaluate("document.documentElement.scrollWidth")) == (what, NARROWEST)
    assert (what, cut_off_when_spaced(tab)) == (what, [])
    assert (what, tab.get_by_role("heading", level=1).count()) == (what, 1)
    assert (what, tab.locator("input:not([autocomplete=off]), textarea:not([autocomplete=off])").count()) == (
        what,
        0,
    )
    expect(tab).to_have_title("Workbook")
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(color_scheme="light")


def unfold(tab: Page) -> None:
    """Open everything that is folded on the page."""
    for folded in tab.locator("details:visible").all():
        folded.evaluate("each => { each.open = true; }")


def test_axe_finds_a_violation_that_is_there(ada: Page) -> None:
    assert found_by_axe(ada) == []
    ada.evaluate("document.querySelector('.wb-root').append(document.createElement('input'))")
    assert [line.partition(":")[0] for line in found_by_axe(ada)] == ["label"]


def test_the_door_of_a_new_book(tab: Page, bare_shelf: Shelf) -> None:
    tab.goto(bare_shelf.served.address)
    expect(tab.get_by_role("button", name="Just look")).to_be_visible()
    look_all_over(tab, "welcome")
    tab.get_by_role("button", name="Begin a book").click()
    expect(tab.get_by_role("button", name="Keep it")).to_be_visible()
    tab.get_by_role("button", name="Keep it").click()
    expect(tab.get_by_role("textbox", name="Name")).to_have_accessible_description(
        re.compile("Choose a name first")
    )
    look_all_over(tab, "keep, refused")
    tab.get_by_role("textbox", name="Name").fill("Zoë")
    tab.get_by_role("button", name="Use these six words").click()
    tab.get_by_role("button", name="Keep it").click()
    expect(tab.locator(".wb-code")).to_be_visible()
    look_all_over(tab, "recovery code")


def test_the_door_of_a_book(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address)
    unlock(tab, "wrong")
    expect(tab.get_by_role("alert").filter(has_text="passphrase")).to_be_visible()
    look_all_over(tab, "unlock, refused")
    tab.get_by_role("button", name="I forgot my passphrase").click()
    expect(tab.get_by_role("textbox", name="Recovery code")).to_be_visible()
    look_all_over(tab, "forgotten")


def test_the_door_of_the_demo(tab: Page, demo: Served) -> None:
    tab.goto(demo.address)
    expect(tab.get_by_role("button", name="Open as Robin")).to_be_visible()
    look_all_over(tab, "demo")


def test_every_page_of_an_empty_book(ada: Page) -> None:
    look_all_over(ada, "journal, empty")
    ada.get_by_role("textbox", name="Takeaway").fill("x" * 20_001)
    ada.get_by_role("button", name="Save session").click()
    expect(ada.get_by_text("20,000 characters")).to_be_visible()
    look_all_over(ada, "journal, refused")
    for spec in pages():
        leaf(ada, spec)
        unfold(ada)
        look_all_over(ada, f"{spec.title}, empty and unfolded")
        refuse_all(ada)
        assert (spec.title, ada.evaluate(UNTIED), found_by_axe(ada)) == (spec.title, [], [])
    lock(ada)
    assert found_by_axe(ada) == []


def leaf(tab: Page, spec: PageSpec) -> None:
    """Turn to a page as another one leads to it, listed or not, and wait until its controls stand."""
    tab.evaluate("page => window.dispatchEvent(new CustomEvent('wb-go', { detail: { page } }))", spec.address)
    expect(tab.get_by_role("heading", level=1, name=spec.title, exact=True)).to_be_visible()
    page = tab.locator(f".wb-page--{spec.address}")
    expect(page.locator("summary, button, input").locator("visible=true").first).to_be_visible()


def refuse_all(tab: Page) -> None:
    """Save every form of the page as it is, and wait for what becomes of each."""
    forms = tab.locator(".wb-page form:has(.wb-state)").locator("visible=true")
    forms.evaluate_all("(all) => all.forEach((each) => each.requestSubmit())")
    for form in forms.all():
        expect(form.locator(".wb-state").last).not_to_be_empty()


def test_the_journal_of_a_full_book(full_ada: Page) -> None:
    expect(cards(full_ada).first).to_be_visible()
    unfold(full_ada)
    look_all_over(full_ada, "journal, full")
    full_ada.get_by_role("button", name="Edit: Session 25").click()
    expect(full_ada.get_by_role("heading", name="Edit:")).to_be_visible()
    full_ada.get_by_role("button", name="Earlier versions: Session 25").click()
    expect(full_ada.locator(".wb-versions")).to_be_visible()
    look_all_over(full_ada, "edit form and history")
    full_ada.get_by_role("searchbox", name="Search").fill("nothing holds this")
    expect(full_ada.get_by_text("No session fits that.")).to_be_visible()
    look_all_over(full_ada, "nothing found")


def test_goals_and_charts_of_a_full_book(full_ada: Page) -> None:
    turn_to(full_ada, PROGRESS)
    expect(full_ada.get_by_role("img", name="Are we moving?")).to_be_visible()
    full_ada.get_by_role("button", name="Rate: We eat together").click()
    expect(full_ada.get_by_role("button", name="Save rating")).to_be_visible()
    full_ada.get_by_role("button", name="Show as table").click()
    look_all_over(full_ada, "ladder and table")
    full_ada.get_by_role("button", name="Erase: We talk about money").click()
    expect(full_ada.get_by_role("button", name="Undo")).to_be_visible()
    assert found_by_axe(full_ada) == []
    turn_to(full_ada, "Charts")
    expect(full_ada.get_by_role("img", name="Which way?")).to_be_visible()
    expect(full_ada.get_by_role("img", name="Are we moving?")).to_be_visible()
    toggles = full_ada.get_by_role("button", name="Show as table")
    while toggles.count():
        toggles.first.click()
    look_all_over(full_ada, "charts and tables")


def test_the_list_of_pages_on_a_phone(full_ada: Page) -> None:
    full_ada.set_viewport_size({"width": 390, "height": 800})
    menu = full_ada.get_by_role("button", name="Pages")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert found_by_axe(full_ada) == []
    full_ada.get_by_role("link", name="Charts").click()
    expect(full_ada.get_by_role("heading", level=1, name="Charts")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "false")


@pytest.fixture
def door(tab: Page, shelf: Shelf) -> Page:
    """The door of Ada's book, with nothing pressed yet, on the way to the journal."""
    tab.goto(f"{shelf.served.address}#journal")
    expect(tab.get_by_role("button", name="Unlock")).to_be_visible()
    return tab


def tab_to(tab: Page, name: str, at_most: int = 60) -> None:
    """Press Tab until the focus is on what has this name; it shows at every stop."""
    for _ in range(at_most):
        tab.keyboard.press("Tab")
        assert tab.evaluate(FOCUS_SHOWS), tab.evaluate(NAME_OF_FOCUS)
        if tab.evaluate(NAME_OF_FOCUS) == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_a_session_can_be_written_by_keyboard_alone(door: Page) -> None:
    door.keyboard.press("Tab")
    assert door.evaluate(NAME_OF_FOCUS) == "button Leave this page"
    tab_to(door, "input Passphrase")
    door.keyboard.type(ADA)
    door.keyboard.press("Enter")
    expect(door.get_by_role("heading", level=1, name="Journal")).to_be_focused()
    tab_to(door, "input Not answered")
    for _ in range(8):
        door.keyboard.press("ArrowRight")
    expect(
        door.get_by_role("radiogroup", name="Closeness today").get_by_role("radio", name="7")
    ).to_be_checked()
    tab_to(door, "textarea Takeaway")
    door.keyboard.type("ask before fixing")
    tab_to(door, "button Save session")
    door.keyboard.press("Enter")
    expect(state(door)).to_contain_text("That was session 1")
    expect(door.get_by_role("button", name="Save session")).to_be_focused()
    tab_to(door, "button Edit: Session 1 · " + today(door))


def today(tab: Page) -> str:
    """The day on the first card, as it stands there."""
    return cards(tab).first.get_by_role("heading").inner_text().partition(" · ")[2]


def test_the_whole_book_is_walked_by_keyboard(tab: Page, demo: Served) -> None:
    tab.goto(demo.address)
    expect(tab.get_by_role("button", name="Open as Robin")).to_be_visible()
    while press_on(tab).name != "button Open as Robin":
        pass
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_focused()
    for spec in [each for each in pages() if each.listed]:
        while tab.evaluate(NAME_OF_FOCUS) != f"a {spec.title}":
            press_on(tab)
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", level=1, name=spec.title)).to_be_focused()
        assert (spec.title, press_on(tab).place) == (spec.title, "page")
        leaf(tab, spec)
        assert (spec.title, found_by_axe(tab)) == (spec.title, [])
        while press_on(tab).place == "page":
            pass


def test_going_back_by_keyboard_nothing_hides_under_the_way_out(full_ada: Page) -> None:
    full_ada.set_viewport_size({"width": NARROWEST, "height": 480})
    expect(cards(full_ada).first).to_be_visible()
    full_ada.get_by_role("button", name="Erase: Session 25").focus()
    full_ada.evaluate("window.scrollBy(0, 10_000)")
    stops = [press_on(full_ada, "Shift+Tab")]
    while stops[-1].place == "page":
        stops.append(press_on(full_ada, "Shift+Tab"))
    assert len(stops) > 20


def test_pages_are_changed_by_keyboard_alone(door: Page) -> None:
    unlock(door)
    expect(door.get_by_role("heading", level=1, name="Journal")).to_be_focused()
    door.keyboard.press("Shift+Tab")
    for _ in range(30):
        if door.evaluate(NAME_OF_FOCUS) == f"a {PROGRESS}":
            break
        door.keyboard.press("Shift+Tab")
    door.keyboard.press("Enter")
    expect(door.get_by_role("heading", level=1, name=PROGRESS)).to_be_focused()
