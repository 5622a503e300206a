"""Colours that everyone can tell apart and read."""

import pytest

from workbook.charts.palette import DARK, LIGHT, MARKS, TEXTS


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


def test_no_two_tokens_share_a_colour_so_that_each_can_be_replaced() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert list(DARK) == list(LIGHT)
