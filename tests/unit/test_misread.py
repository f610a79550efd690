"""Which letters were read for others: the file keeps what it knew, and a name waits for what may name somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from extractors.misread import (
    MISREAD,
    UNKNOWN,
    Printed,
    file_of,
    has_strange_letter,
    letters_of_others,
    may_be_another_name,
    misread_of,
    with_pairs,
)

LETTERS, PRINTED = some.sampled_from("子颖城国时"), some.sampled_from("予颍珹囝曰")
KNOWN = some.dictionaries(LETTERS, some.builds(Printed, some.frozensets(PRINTED), some.just(frozenset[str]())))


@given(KNOWN, some.sets(some.tuples(LETTERS, PRINTED, some.booleans())))
def test_what_was_misread_before_stays_in_the_list_of_it(
    known: dict[str, Printed], more: set[tuple[str, str, bool]]
) -> None:
    found = with_pairs(known, more)
    assert {*found} == {*known, *(letter for letter, *_ in more)}
    for letter, printed in found.items():
        before = known.get(letter, Printed(frozenset(), frozenset()))
        surely = {other for own, other, sure in more if own == letter and sure}
        assert printed.surely == before.surely | surely
        assert printed.both == before.both | {other for own, other, _ in more if own == letter}
        assert not printed.surely & printed.seldom


@given(KNOWN, some.sets(some.tuples(LETTERS, PRINTED, some.booleans())))
def test_a_file_of_misread_letters_is_read_as_it_was_written(
    known: dict[str, Printed], more: set[tuple[str, str, bool]]
) -> None:
    found = with_pairs(known, more)
    assert misread_of(file_of(found).splitlines()[1:]) == found


@pytest.mark.parametrize(("name", "another", "letters"), [
    ("王城", True, "城"),  # 珹 is a name's
    ("周海明", False, "明"),  # 嗨 and 叨 are none's, 玥 was seldom read so
    ("林佳", False, ""), ("华佳", False, ""), ("江佳", True, "江"),  # 啉 and 牮 are no surnames, 冮 is one
    ("余佳", False, "余"), ("李喆", False, ""), ("李嫩", True, "嫩"), ("江明江", True, "江明"),
    ("古丽娜尔·艾合买提江", False, ""),  # few characters write such a name
])  # fmt: skip
def test_a_name_may_be_another_s_where_what_was_printed_may_stand_in_one(
    name: str, another: bool, letters: str
) -> None:
    assert may_be_another_name(name) == another
    assert letters_of_others(name) == frozenset(letters)


@pytest.mark.parametrize(("name", "strange"), [("何司", True), ("金限", True), ("李喆", False), ("司明", False)])
def test_a_letter_that_is_usual_but_in_no_names_is_rather_another_s(name: str, strange: bool) -> None:
    assert has_strange_letter(name) == strange


def test_a_letter_of_which_nobody_kept_what_was_printed_may_be_any() -> None:
    letter = next(letter for letter, printed in MISREAD.items() if UNKNOWN in printed.surely)
    assert may_be_another_name("王" + letter)
    assert may_be_another_name(letter + "佳")
