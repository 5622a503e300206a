"""Ctrl+S saves the form one is in, says where there is nothing to save, and never seals or shares."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.conftest import Shelf, answer, lock, state, turn_to
from workbook.entries import Preference, Reflection

PREVENTED = """key => {
  const event = new KeyboardEvent("keydown",
    { key, code: "KeyS", ctrlKey: true, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_the_keys_save_what_is_typed_and_seal_nothing(ada: Page, shelf: Shelf) -> None:
    quiet = ada.locator(".wb-quiet")
    ada.get_by_role("textbox", name="Takeaway").fill("ask before fixing")
    ada.keyboard.press("Control+s")
    expect(ada.get_by_text("That was session 1.")).to_be_visible()
    assert [each.entry.takeaway for each in shelf.opened().entries(Reflection)] == ["ask before fixing"]
    ada.keyboard.press("Control+s")
    expect(state(ada)).to_have_text("Nothing new to save.")
    ada.get_by_role("textbox", name="Takeaway").fill("the plum tree")
    ada.get_by_role("heading", level=1).click()  # beside the form, as one clicks to think
    assert ada.evaluate(PREVENTED, "ы") is True
    expect(ada.get_by_text("That was session 2.")).to_be_visible()
    turn_to(ada, "Be sensitive to gender and to private needs")
    answer(ada, "A therapist who is", "a woman")
    ada.keyboard.press("Meta+s")
    expect(state(ada)).to_have_text("Keys alone don't do this. Press “Seal my preferences” when you mean it.")
    assert shelf.opened().entries(Preference) == []
    turn_to(ada, "Home")
    assert ada.evaluate(PREVENTED, "s") is True
    expect(quiet).to_have_text("Nothing to save here.")
    expect(quiet).to_be_empty()
    assert len(shelf.opened().entries(Reflection)) == 2
    lock(ada)
    assert ada.evaluate(PREVENTED, "S") is True
    expect(quiet).to_have_text("Nothing to save here.")
