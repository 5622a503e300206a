"""Rule out violence: the same for everyone, its address unseen, and people to call."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.conftest import ROOT, Served
from tests.pages.conftest import PATIENCE_MS, Shelf, listening, turn_to, unlock, unlocked
from tests.pages.test_accessibility import look_all_over, tab_to, unfold
from workbook import content

SAFETY = content.prose("safety")["title"]
SENTENCES: list[str] = content.prose("safety")["sentences"]["items"]
TICKED = (0, 2, 3, 6)
"""Which of them the tests tick: a pattern that is looked for afterwards."""
MARKS = [number in TICKED for number in range(len(SENTENCES))]
WORDS_OF_SAFETY = re.compile(r"you(’re|'re| are) safe|no violence|all clear|nothing to worry", re.IGNORECASE)


@pytest.fixture
def locale() -> str:
    """The United States, whose numbers the page then shows first."""
    return "en-US"


@pytest.fixture
def at_home(tab: Page, shelf: Shelf) -> Page:
    """Ada's book, unlocked at home."""
    return unlocked(tab, shelf, f"{shelf.served.address}#home")


def ticks(tab: Page) -> Locator:
    return tab.get_by_role("checkbox")


def turn_to_safety(tab: Page) -> None:
    """Go to the page, and wait for the last thing on it."""
    turn_to(tab, SAFETY)
    expect(tab.locator(".wb-page--safety .wb-number").first).to_be_visible()


def tick_the_pattern(tab: Page) -> None:
    for number in TICKED:
        tab.get_by_role("checkbox", name=SENTENCES[number]).click()
    assert marks(tab) == MARKS


def marks(tab: Page) -> list[bool]:
    """Which boxes are ticked by now, in sight or not."""
    found = tab.locator("[role=checkbox]").evaluate_all(
        "all => all.map((each) => each.getAttribute('aria-checked'))"
    )
    return [mark == "true" for mark in found]


def choose_germany(tab: Page) -> None:
    tab.get_by_role("button", name="Other countries").click()
    tab.get_by_role("button", name="Germany").click()
    expect(tab.get_by_text("116 016", exact=True)).to_be_visible()


# The address


def test_the_address_stays_what_it_was_and_back_goes_where_it_would_have_gone(
    tab: Page, shelf: Shelf
) -> None:
    unlocked(tab, shelf)
    turn_to(tab, "Home")
    turn_to(tab, SAFETY)
    assert tab.url.endswith("/#home")
    tab.go_back()
    expect(tab.get_by_role("heading", level=1, name="Journal")).to_be_visible()
    tab.go_forward()
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_visible()


def test_no_link_says_where_it_leads(at_home: Page) -> None:
    assert at_home.get_by_role("link", name=SAFETY).get_attribute("href") == "#"
    assert at_home.locator("[href*=safety]").count() == 0


def test_a_reload_remembers_neither_page_nor_ticks(at_home: Page) -> None:
    turn_to_safety(at_home)
    tick_the_pattern(at_home)
    at_home.reload()
    unlock(at_home)
    expect(at_home.get_by_role("heading", level=1, name="Home")).to_be_visible()
    turn_to_safety(at_home)
    assert not any(marks(at_home))


def test_an_address_typed_by_hand_does_not_stay(tab: Page, shelf: Shelf) -> None:
    unlocked(tab, shelf, f"{shelf.served.address}#safety")
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_visible()
    expect(tab).to_have_url(re.compile("/#home$"))
    tab.evaluate("location.hash = '#safety'")
    expect(tab).to_have_url(re.compile("#home$"))
    expect(tab.get_by_role("heading", level=1, name="Home")).to_be_visible()


# The same for everyone


def test_a_tick_changes_nothing_on_the_page_but_itself(at_home: Page) -> None:
    turn_to_safety(at_home)
    own = '/ (aria-checked|data-lm-suppress-shortcuts)="\\w+"/g'  # the second one comes with the focus
    in_sight = "[...document.querySelectorAll('.wb-shell, .wb-page--safety')]"
    whole = f"() => {in_sight}.map((each) => each.outerHTML.replace({own}, ''))"
    before = at_home.evaluate(whole)
    tick_the_pattern(at_home)
    assert at_home.evaluate(whole) == before
    assert len(before) == 2


def test_advice_and_numbers_stand_below_the_sentences_whatever_is_ticked(at_home: Page) -> None:
    turn_to_safety(at_home)
    words = content.prose("safety")
    last = ticks(at_home).last.bounding_box()
    assert last
    for said in (*words["advice"]["paragraphs"], words["advice"]["now"]["words"], words["numbers"]["check"]):
        shown = at_home.get_by_text(said).bounding_box()
        assert shown
        assert shown["y"] > last["y"]
    assert at_home.locator(".wb-page--safety .wb-number").first.inner_text() == "1-800-799-7233"


def test_eight_sentences_are_asked_and_nothing_says_that_one_is_safe() -> None:
    assert len(set(SENTENCES)) == 8
    assert SENTENCES[-1] == "Does my partner have reason to fear me?"
    everything = (content.places.DATA / "content" / "en" / "safety.toml").read_text(encoding="utf-8")
    assert WORDS_OF_SAFETY.findall(everything) == []
    assert "What this page can't know" in everything


@pytest.mark.parametrize(
    "leave",
    [
        lambda tab: turn_to(tab, "Journal"),
        lambda tab: tab.get_by_role("button", name="Lock", exact=True).click(),
        lambda tab: tab.evaluate("""Object.defineProperty(document, "hidden", { get: () => true });
          document.dispatchEvent(new Event("visibilitychange"))"""),
        lambda tab: tab.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))"),
    ],
    ids=["another page", "lock", "another tab", "closing"],
)
def test_ticks_and_country_are_gone_once_the_page_is_out_of_sight(
    at_home: Page, leave: Callable[[Page], None]
) -> None:
    turn_to_safety(at_home)
    tick_the_pattern(at_home)
    choose_germany(at_home)
    leave(at_home)
    expect(at_home.locator("[role=checkbox][aria-checked=true]")).to_have_count(0)
    expect(at_home.locator("[aria-pressed=true]").filter(has_text="Germany")).to_have_count(0)


# The people to call


@pytest.fixture
def speaking(browser: Browser, complaints: list[str]) -> Iterator[Callable[[str], Page]]:
    """A tab of a browser in another language."""
    contexts: list[BrowserContext] = []

    def tab_in(locale: str) -> Page:
        contexts.append(browser.new_context(locale=locale))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        return listening(contexts[-1].new_page(), complaints)

    yield tab_in
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(("locale", "first"), [("en-GB", "0808 2000 247"), ("fr-FR", "3919")])
def test_the_country_is_at_first_that_of_the_browser_s_language(
    speaking: Callable[[str], Page], shelf: Shelf, locale: str, first: str
) -> None:
    tab = unlocked(speaking(locale), shelf)
    turn_to(tab, SAFETY)
    expect(tab.locator(".wb-number").first).to_have_text(first)
    expect(tab.get_by_role("button", name="Germany")).to_be_hidden()


@pytest.mark.parametrize("locale", ["de", "en-IN"])
def test_without_a_country_that_is_listed_none_is_chosen_and_all_can_be(
    speaking: Callable[[str], Page], shelf: Shelf, locale: str
) -> None:
    tab = unlocked(speaking(locale), shelf)
    turn_to(tab, SAFETY)
    countries = tab.get_by_role("group", name="Choose a country").get_by_role("button")
    expect(countries).to_have_count(20)
    expect(tab.locator(".wb-helpline")).to_have_count(0)
    countries.filter(has_text="Switzerland").click()
    expect(tab.get_by_text("Look it up on the site.")).to_be_visible()
    expect(tab.get_by_role("button", name="Other countries")).to_be_focused()


def test_a_number_is_copied_and_that_is_said(context: BrowserContext, at_home: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn_to_safety(at_home)
    at_home.get_by_role("button", name="Copy number: National Domestic Violence Hotline").click()
    expect(at_home.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert at_home.evaluate("navigator.clipboard.readText()") == "1-800-799-7233"


def test_a_copy_that_the_browser_refuses_is_said(at_home: Page) -> None:
    at_home.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    turn_to_safety(at_home)
    at_home.get_by_role("button", name="Copy number: National Domestic Violence Hotline").click()
    expect(at_home.get_by_text("That couldn't be copied.")).to_be_visible()


def test_the_page_can_be_used_by_keyboard_alone(at_home: Page) -> None:
    at_home.get_by_role("link", name=SAFETY).focus()
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_role("heading", level=1, name=SAFETY)).to_be_focused()
    expect(at_home.locator(".wb-page--safety .wb-number").first).to_be_visible()
    tab_to(at_home, f"button {SENTENCES[2]}")
    at_home.keyboard.press("Space")
    expect(at_home.get_by_role("checkbox", name=SENTENCES[2])).to_be_checked()
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_role("checkbox", name=SENTENCES[2])).not_to_be_checked()
    tab_to(at_home, "button Other countries")
    at_home.keyboard.press("Enter")
    tab_to(at_home, "button Poland")
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_text("800 120 002", exact=True)).to_be_visible()


def test_axe_finds_nothing_in_any_look(at_home: Page) -> None:
    turn_to_safety(at_home)
    unfold(at_home)
    tick_the_pattern(at_home)
    at_home.get_by_role("button", name="Other countries").click()
    look_all_over(at_home, "safety, ticked and unfolded")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program whose list of numbers can be spoilt."""
    for name in ("workbook", "data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def test_a_spoilt_list_says_what_is_left_out_and_a_lost_one_that_it_is(
    copy: Path, serve: Callable[..., Served], tab: Page
) -> None:
    numbers = copy / "data" / "helplines.csv"
    good = numbers.read_text(encoding="utf-8")
    numbers.write_text(f"{good}US,Another,1800 CALL ME,,a.org,women,,\nUK,Third,0808,,b.org,women,,\n")
    last = len(good.splitlines())
    tab.goto(serve(cwd=copy, env={"PYTHONPATH": str(copy)}).address)
    tab.get_by_role("button", name="Just look").click()
    turn_to(tab, SAFETY)
    expect(tab.locator(".wb-number").first).to_have_text("1-800-799-7233")
    expect(tab.get_by_text(f"line {last + 1}: “1800 CALL ME” is not a number")).to_be_visible()
    expect(tab.get_by_text(f"line {last + 2}: “UK” is not a country's two letters")).to_be_visible()
    numbers.unlink()
    tab.get_by_role("button", name="Lock", exact=True).click()
    tab.get_by_role("button", name="Just look").click()
    turn_to(tab, SAFETY)
    expect(tab.get_by_text("The list of numbers can't be read")).to_be_visible()
    expect(tab.get_by_text("Call the local emergency number.", exact=False).first).to_be_visible()
    expect(ticks(tab)).to_have_count(8)


# Alone


def test_alone_under_its_own_name_it_says_that_the_name_stays(tab: Page, shelf: Shelf) -> None:
    tab.goto(shelf.served.address.replace("/?", "/05-safety?"))
    unlock(tab)
    expect(tab.get_by_text("the browser's history keeps that name")).to_be_visible()
    expect(tab.get_by_text("JupyterLab keeps the names")).to_have_count(0)
    expect(tab).to_have_title("Workbook")
    tick_the_pattern(tab)
