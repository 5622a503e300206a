"""How long a keystroke takes to be painted in a letter of 20,000 characters, marks of tone and all.

Measured in the page itself, from the key to the frame after the one in which the text changed.
Run it with `python -m pytest tests/bench/test_keystroke.py --benchmark-only`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.test_page_times import percentile
from tests.pages.conftest import start_serving, turn_to

KEYS = 60
TARGET_MS = 50
LETTER = ("You never listen to me. I love you, and I miss how we talked. " * 400)[:19_900]
WATCH = """() => {
  window.painted = [];
  let begun = 0;
  document.addEventListener("keydown", () => { begun = performance.now(); }, true);
  document.addEventListener("input", () => requestAnimationFrame(() => setTimeout(
    () => painted.push(performance.now() - begun))), true);
}"""


@pytest.fixture
def demo_tab(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The sample book's door."""
    served = start_serving(tmp_path, "--demo")
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(f"{served.address}#journal")
    yield tab
    tab.close()
    served.end()


def test_how_long_a_keystroke_takes_in_a_long_letter(benchmark, capsys, demo_tab: Page) -> None:
    demo_tab.get_by_role("button", name="Open as Robin").click()
    expect(demo_tab.get_by_role("button", name="Save session")).to_be_visible()
    turn_to(demo_tab, "Adopt a positive tone")
    box = demo_tab.get_by_role("textbox").first
    box.fill(LETTER)
    demo_tab.evaluate(WATCH)
    box.press("End")

    def type_on() -> None:
        for _ in range(KEYS):
            box.press("a")

    benchmark.pedantic(type_on, rounds=1)
    demo_tab.wait_for_function(f"painted.length >= {KEYS}")
    times = demo_tab.evaluate("painted")
    with capsys.disabled():
        print(f"\na keystroke in {len(LETTER):,} characters: {percentile(times, 50):.0f} ms, 95 of 100 under "
              f"{percentile(times, 95):.0f} ms (target {TARGET_MS} ms, {len(times)} keys)")  # fmt: skip
