"""docs/条款.md: every clause of the county has its row, and every row a test that stands there and names the clause."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from gengang.schemefile import scheme_from_toml
from gengang.workspace import preset_text
from tests.unit.test_explaining import READ

ROOT = Path(__file__).resolve().parents[2]
CLAUSES = [one.id for one in scheme_from_toml(preset_text("county-2016")).clauses]
_ROW = re.compile(r"^\| ([A-Z]-\w+) \| ([^|]+) \| (tests/[\w/]+\.py)::(\w+) \|$", re.MULTILINE)
ROWS = [found.groups() for found in _ROW.finditer((ROOT / "docs" / "条款.md").read_text(encoding="utf-8"))]
# What the county's text says, clause by clause; a letter behind a number is one test of several in a sentence.
SAID = {
    "T": [f"{n:02d}" for n in range(1, 5)],
    "E": ["01", "02", "03a", "03b", "03c", "04a", "04b", "05", "06", "07"],
    "C": [f"{n:02d}" for n in range(1, 5)],
    "B": [f"{n:02d}" for n in range(1, 7)],
    "M": [f"{n:02d}" for n in range(1, 8)],
    "L": ["01", "02", *(f"03{letter}" for letter in "abcdef"), "04", "05", "06", "07"],
    "W": [f"{n:02d}" for n in range(1, 9)],
    "G": [f"{n:02d}" for n in range(11)],
    "Z": [f"{n:02d}" for n in range(1, 16)],
}


def test_the_scheme_has_every_clause_of_the_text_and_no_other() -> None:
    assert sorted(CLAUSES) == sorted(chain.from_iterable([f"{kind}-{n}" for n in many] for kind, many in SAID.items()))


def test_every_clause_has_one_row_in_the_schemes_order() -> None:
    assert [row[0] for row in ROWS] == CLAUSES
    table = (ROOT / "docs" / "条款.md").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^\| [A-Z]", table)) == len(ROWS)


@cache
def parsed(path: str) -> tuple[str, frozenset[str]]:
    """A test file's text, and the names of its tests."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return text, frozenset(one.name for one in ast.parse(text).body if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize(("id", "path", "test"), [(row[0], row[2], row[3]) for row in ROWS], ids=CLAUSES)
def test_the_test_of_a_clause_is_there_and_names_it(id: str, path: str, test: str) -> None:
    text, tests = parsed(path)
    assert test in tests
    assert re.search(rf"\b{re.escape(id)}\b", text), f"{path} does not name {id}"


def test_what_is_only_read_says_so() -> None:
    assert {row[0] for row in ROWS if row[1].startswith("只供阅读")} == set(READ)
    assert all(row[3] == "test_what_no_program_checks_is_shown_as_it_is_read" for row in ROWS if row[0] in READ)
