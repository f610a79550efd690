"""Papers of running text say what the form would say, and the grammar of the texts keeps its word."""

import importlib
import io
import pkgutil
import re
import zipfile
from collections.abc import Iterator, Mapping
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import gengang.sample
from gengang.codecs import prose_normal
from gengang.sample.papers_filled import Filled
from gengang.sample.prose import ESSAYS, LETTERS, ProsePaper, prose_from, prose_of
from gengang.sample.stories import Kind
from gengang.sample.texts_grammar import worded
from tests.unit.sample_papers import SEASONS, every_paper

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def every_prose() -> Iterator[tuple[Filled, ProsePaper]]:
    for paper in every_paper():
        if paper.kind in {*ESSAYS, *LETTERS}:
            yield paper, prose_from(paper, Random(f"{paper.person}/{paper.kind}/{paper.written}"))


def typed_in(data: bytes) -> tuple[list[str], int]:
    """Paragraphs of a Word file in normal form, and how many tables it has."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lines = [prose_normal("".join(text.text or "" for text in one.iter(f"{WORD}t"))) for one in root.iter(f"{WORD}p")]
    return lines, len(list(root.iter(f"{WORD}tbl")))


def test_prose_says_what_the_form_would_say_and_has_no_table() -> None:
    for paper, prose in every_prose():
        lines, tables = typed_in(prose.data)
        body = str(prose.values["prose_body"])
        assert prose_normal(body) == body
        assert set(body.split("\n")) <= set(lines)
        assert tables == 0
        kept = [name for name in ESSAYS.get(paper.kind, ("", ()))[1] if name in paper.values]
        assert all(str(paper.values[name]) in body for name in kept), paper.kind
        assert prose.written <= paper.written
        for name, value in prose.values.items():
            said = name in paper.values and name not in ("prose_title", "prose_body") and value is not None
            assert not said or value == paper.values[name], (paper.kind, name)


def test_prose_varies_and_at_times_leaves_something_out() -> None:
    made = [prose for _, prose in every_prose()]
    reports = [prose for prose in made if prose.kind == "study_report"]
    assert len({re.sub(r"——.*", "", prose.title) for prose in reports}) >= 6
    assert any(prose.values.get("school", "") is None for prose in made)
    assert any(prose.values.get(day, "") is None for prose in made for day, _ in ESSAYS.values())
    assert {prose.kind for prose in made} == {*ESSAYS, *LETTERS}


def test_prose_of_a_season_is_the_same_every_time() -> None:
    season = SEASONS[7]
    for kind in (*ESSAYS, *LETTERS):
        assert prose_of(season, kind, together=SEASONS) == prose_of(season, kind, together=SEASONS)
    assert prose_of(season, "reflection", 2).title != prose_of(season, "reflection", 3).title


@pytest.mark.parametrize(
    ("kind", "number"),
    [("attendance", 1), ("reflection", 4), ("leave_request", 1)],
    ids=["form", "reflection", "leave"],
)
def test_what_nobody_writes_is_refused(kind: Kind, number: int) -> None:
    with pytest.raises(ValueError, match="prose"):
        prose_of(SEASONS[0], kind, number)


# --- the grammar ---------------------------------------------------------------------------------------------------

plain_text = st.text(st.characters(exclude_characters="<>{}|", categories=("L", "N", "P")), max_size=8)


@given(
    st.lists(st.tuples(plain_text, st.lists(plain_text, min_size=1, max_size=4)), max_size=4), plain_text, st.integers()
)
def test_a_sentence_keeps_its_text_and_takes_one_of_each_choice(
    parts: list[tuple[str, list[str]]], word: str, seed: int
) -> None:
    template = "".join(f"{text}<{'|'.join(options)}>" for text, options in parts) + "{word}"
    made = worded(Random(seed), template, {"word": word})
    pattern = "".join(re.escape(text) + f"(?:{'|'.join(map(re.escape, options))})" for text, options in parts)
    assert re.fullmatch(pattern + re.escape(word), made, re.DOTALL)


def banks() -> Iterator[tuple[str, str]]:
    """Every string of the modules of texts."""
    for found in pkgutil.iter_modules(gengang.sample.__path__):
        if found.name.startswith("texts"):
            module: ModuleType = importlib.import_module(f"gengang.sample.{found.name}")
            for name, value in vars(module).items():
                if name.strip("_").isupper():
                    yield from ((f"{found.name}.{name}", text) for text in strings_in(value))


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from strings_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from strings_in(part)


def test_choices_are_closed_and_sentences_use_chinese_punctuation() -> None:
    wrong = [
        (name, text)
        for name, text in banks()
        if text.count("<") != text.count(">")
        or re.search(r"<[^<>|]*>|<\||\|\|", text)
        or re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text)
    ]
    assert wrong == []
    assert sum(len(text) for _, text in banks()) > 20_000
