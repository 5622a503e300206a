"""Colours that everyone can tell apart and read."""

import re
from importlib.resources import files

import pytest

from workbook.charts.palette import GROUNDS, LIGHT, MARKS, TEXTS

THEME = files("workbook").joinpath("widgets/assets/theme.css").read_text(encoding="utf-8")
PAIRS = re.findall(r"--chart-(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", THEME)
STATED = {token: light for token, light, _ in PAIRS}
DARK = {token: dark for token, _, dark in PAIRS}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("tokens", "least"), [(TEXTS, 4.5), (MARKS, 3.0)], ids=["texts", "marks"])
def test_every_colour_with_a_meaning_stands_out_from_the_paper(theme, tokens, least) -> None:
    assert min(contrast(theme[token], theme["paper"]) for token in tokens) >= least


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_dots_and_labels_stand_out_from_what_lies_behind_them(theme, ground) -> None:
    assert contrast(theme["quiet"], theme[ground]) >= 4.5
    assert contrast(theme["mark"], theme[ground]) >= 3


def test_no_two_tokens_share_a_colour_so_that_each_can_be_replaced() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)


def test_the_page_knows_every_token_and_states_the_same_light_colours() -> None:
    assert STATED == LIGHT
    assert set(DARK) == set(LIGHT)
