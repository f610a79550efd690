"""The law of tables: a list in any layout and any kind of file is read as it stands, or what differs is asked about."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.files import read_bytes
from tests.laws.often import often
from tests.unit.prints import FORMS
from tests.unit.tabledraws import LISTS, case_of, is_right, wrongs
from tests.unit.tablefiles import WRITERS
from tests.unit.test_sheets import form_named


def test_a_list_is_read_as_it_stands_or_asked_about() -> None:
    """Most are read, since a reader that asks about everything is never wrong either."""
    ended: Counter[bool] = Counter()

    @settings(max_examples=often(150))
    @given(st.sampled_from([*WRITERS]), st.sampled_from(LISTS), st.integers(0, 10**6))
    def law(name: str, stem: str, seed: int) -> None:
        case = case_of(form_named(stem), Random(seed), name.endswith((".csv", ".txt")))
        file = read_bytes(name, WRITERS[name](case.sheet), FORMS)
        assert [*wrongs(case, file)] == []
        ended[is_right(case, file)] += 1

    law()
    assert ended[True] > ended[False], ended
