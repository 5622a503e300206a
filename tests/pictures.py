"""Takes the README's pictures from the made-up couple's book: `python -m tests.pictures [FOLDER]`."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT, launch
from tests.pages.conftest import start_serving, turn_to

FOLDER = ROOT / ".github" / "pictures"
MOST_BYTES = 200_000
COLOURS = 128
PATIENCE_MS = 90_000


class Picture(NamedTuple):
    """One picture: its file, how large and in which colours, and what to do before it is taken."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    prepare: Callable[[Page], None]


def home(tab: Page) -> None:
    """The first page, as it is."""
    expect(tab.locator(".wb-page--home .wb-next").first).to_be_visible()


def charts(tab: Page) -> None:
    """The charts, from the ladders on."""
    turn_to(tab, "Charts")
    for name in ("Are we moving?", "Which way?"):
        expect(tab.get_by_role("img", name=name)).to_be_visible()
    into_sight(tab, "Are we moving?")


def journal(tab: Page) -> None:
    """A new session, half answered."""
    tab.get_by_role("button", name="Pages").click()
    turn_to(tab, "Journal")
    page = tab.locator(".wb-page--journal")
    page.get_by_role("radiogroup", name="Closeness today").get_by_role("radio", name="7", exact=True).check(
        force=True
    )
    into_sight(tab, "Session date")


def into_sight(tab: Page, words: str) -> None:
    """Scroll until these words stand near the top."""
    place = tab.get_by_text(words, exact=True).locator("visible=true").first
    place.evaluate("each => window.scrollBy(0, each.getBoundingClientRect().top - 72)")


PICTURES = [
    Picture("home.png", 1280, 860, "light", home),
    Picture("charts.png", 1280, 860, "light", charts),
    Picture("phone.png", 390, 844, "dark", journal),
]


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """The picture as a PNG of few colours. Raises ValueError for one that is too heavy for a README."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        locale="en",
        device_scale_factor=1 if picture.width > 400 else 2,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    tab.goto(address)
    tab.get_by_role("button", name="Open as").first.click()
    picture.prepare(tab)
    tab.evaluate("document.activeElement.blur()")
    tab.mouse.move(0, 0)
    tab.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(tab.screenshot(animations="disabled"))).convert("RGB")
    context.close()
    made = io.BytesIO()
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    if len(made.getvalue()) > MOST_BYTES:
        raise ValueError(f"{picture.name} has {len(made.getvalue()):,} bytes, more than {MOST_BYTES:,}")
    return made.getvalue()


def main(folder: Path = FOLDER) -> None:
    """Serve the made-up couple's book, and take every picture of it."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        served = start_serving(Path(home), "--demo", ahead="no")
        try:
            browser = launch(playwright)
            for picture in PICTURES:
                made = take(browser, served.address, picture)
                (folder / picture.name).write_bytes(made)
                print(f"{folder / picture.name}: {len(made):,} bytes")
            browser.close()
        finally:
            served.end()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
