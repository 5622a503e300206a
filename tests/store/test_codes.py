"""Codes that people copy by hand."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.store.codes import ALPHABET, decode, encode
from workbook.store.errors import WrongCode


@given(st.binary(min_size=16, max_size=16) | st.binary(min_size=20, max_size=20))
def test_every_code_is_read_back_however_it_is_written(secret: bytes) -> None:
    code = encode(secret)
    for copied in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')}\n"):
        assert decode(copied, len(secret)) == secret


def test_a_code_is_groups_of_four_without_letters_that_look_alike() -> None:
    assert encode(bytes(16)) == "0000-0000-0000-0000-0000-0000-00"
    assert encode(b"\xff" * 20) == "-".join(["ZZZZ"] * 8)
    assert not set("ILOU") & set(ALPHABET)


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    assert decode("OoIi-LlIi" + "0" * 18, 16) == decode("0011-1111" + "0" * 18, 16)


@given(st.text(max_size=40))
def test_any_other_text_is_a_wrong_code_and_nothing_worse(text: str) -> None:
    for size in (16, 20):
        with suppress(WrongCode):
            assert len(decode(text, size)) == size


@pytest.mark.parametrize("code", ["0" * 25 + "1", "0" * 27, "0" * 25, "", "U" * 26])
def test_a_code_with_something_over_is_wrong(code: str) -> None:
    with pytest.raises(WrongCode):
        decode(code, 16)
