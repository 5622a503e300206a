"""Backup, restore, merge and erase on the page of one's data, as a reader does them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import ADA, Shelf, turn_to, unlock
from workbook.book import Store, open_store
from workbook.entries import Goal


def section(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title)


def titles(shelf: Shelf) -> list[str]:
    return [each.entry.title for each in shelf.opened().entries(Goal)]


def elsewhere(copy: Path, title: str) -> None:
    """Write in a copy, as on another computer."""
    store: Store = open_store(copy)
    store.unlock("Ada", ADA).write(Goal(title=title))
    store.close()


def test_a_copy_is_made_written_elsewhere_merged_and_an_older_one_put_back(ada: Page, shelf: Shelf) -> None:
    copy = shelf.home / "stick" / "copy.db"
    shelf.opened().write(Goal(title="here first"))
    turn_to(ada, "Our data")
    backup = section(ada, "Make a backup")
    backup.get_by_label("File of the backup").fill(str(copy))
    backup.get_by_role("button", name="Make a backup").click()
    expect(backup).to_contain_text("opened again and counted: 2 records")
    elsewhere(copy, "written elsewhere")
    shelf.opened().write(Goal(title="written since"))

    merge = section(ada, "Merge a copy that was written elsewhere")
    merge.get_by_label("The other copy").set_input_files(copy)
    merge.get_by_role("button", name="Merge it").click()
    expect(merge).to_contain_text("2 records came from the other copy.")
    assert sorted(titles(shelf)) == ["here first", "written elsewhere", "written since"]
    merge.get_by_role("button", name="Back").click()
    merge.get_by_role("button", name="Merge it").click()
    expect(merge.get_by_role("alert")).to_contain_text("Choose the other copy's file.")

    restore = section(ada, "Go back to a backup")
    restore.get_by_label("Or a file of yours").set_input_files(copy)
    restore.get_by_role("button", name="See what would be lost").click()
    asked = section(ada, "Go back to this copy?")
    expect(asked).to_contain_text("Written since, and not in the copy: 1.")
    asked.get_by_role("button", name="Go back to this copy").click()
    expect(ada.get_by_text("The copy is in place.")).to_be_visible()
    unlock(ada, ADA)
    assert sorted(titles(shelf)) == ["here first", "written elsewhere"]


def test_a_file_that_is_gone_since_it_was_chosen_is_named(ada: Page, shelf: Shelf) -> None:
    copy = shelf.home / "copy.db"
    copy.write_bytes(b"soon gone")
    turn_to(ada, "Our data")
    merge = section(ada, "Merge a copy that was written elsewhere")
    merge.get_by_label("The other copy").set_input_files(copy)
    copy.unlink()
    merge.get_by_role("button", name="Merge it").click()
    expect(merge.get_by_role("alert")).to_contain_text("copy.db can't be read: it was moved or changed")


def test_what_is_no_copy_is_refused_and_a_cancel_leaves_no_backup(ada: Page, shelf: Shelf) -> None:
    (shelf.home / "words.txt").write_text("dear " * 99)
    before = shelf.book.read_bytes()
    turn_to(ada, "Our data")
    for title, label, start in (
        ("Merge a copy that was written elsewhere", "The other copy", "Merge it into this book"),
        ("Go back to a backup", "Or a file of yours", "See what would be lost"),
    ):
        card = section(ada, title)
        card.get_by_label(label).set_input_files(shelf.home / "words.txt")
        card.get_by_role("button", name=start).click()
        expect(card.get_by_role("alert")).to_contain_text("not a book of this program")
    backup = section(ada, "Make a backup")
    backup.get_by_label("File of the backup").fill(str(shelf.book))
    backup.get_by_role("button", name="Make a backup").click()
    expect(backup.get_by_role("alert")).to_contain_text("already")
    assert shelf.book.read_bytes() == before


def test_a_kind_then_everything_is_erased_and_the_first_page_is_as_on_the_first_day(
    ada: Page, shelf: Shelf
) -> None:
    shelf.opened().write_many([Goal(title="one"), Goal(title="two")])
    turn_to(ada, "Our data")
    kind = section(ada, "Erase all of a kind")
    kind.get_by_label("What you wrote").select_option(label="Goals, with their ratings (2)")
    kind.get_by_role("button", name="Erase this kind").click()
    asked = section(ada, "Erase all of this?")
    expect(asked).to_contain_text("sheets you printed")
    asked.get_by_role("button", name="Erase for good").click()
    expect(ada.get_by_text("2 erased, with every earlier version.")).to_be_visible()
    assert titles(shelf) == []

    everything = section(ada, "Erase everything")
    everything.get_by_label("To erase, type your name: Ada").fill("Adda")
    everything.get_by_role("button", name="Erase everything").click()
    expect(everything.get_by_role("alert")).to_contain_text("Type Ada")
    everything.get_by_label("To erase, type your name: Ada").fill("Ada")
    everything.get_by_role("button", name="Erase everything").click()
    expect(ada.get_by_role("button", name="Just look")).to_be_visible()
    assert list(shelf.book.parent.iterdir()) == []
    assert list((shelf.home / "state").rglob("*.json")) == []
