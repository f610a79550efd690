"""What a page mark says is what it was made from, whatever the form is called; other codes are no marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.issued import Issued, PageMark, mark_of_text, text_of_mark

STEMS = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True),
    st.from_regex(r"[请假申表汇总]{1,8}[a-z0-9]{0,4}", fullmatch=True),
)
HEX = st.text("0123456789abcdef", min_size=12, max_size=12)
PEOPLE = st.one_of(st.just(""), HEX.map("P-{}".format))


@given(stem=STEMS, version=HEX, person=PEOPLE, page=st.integers(0, 3))
def test_a_mark_reads_as_it_was_written(stem: str, version: str, person: str, page: int) -> None:
    mark = PageMark(Issued(stem, version, person), page)
    assert mark_of_text(text_of_mark(mark)) == mark


ANY_STEMS = st.one_of(STEMS, st.from_regex(r"[A-Za-z0-9_. -]{1,12}", fullmatch=True), st.text("Aé听&_.-1", min_size=1))


@given(stem=ANY_STEMS, version=HEX, person=PEOPLE)
def test_a_mark_is_known_as_its_template_s_whatever_that_is_called(stem: str, version: str, person: str) -> None:
    issued = Issued(stem, version, person)
    mark = mark_of_text(text_of_mark(PageMark(issued, 1)))
    assert mark is not None
    assert (mark.issued.version, mark.issued.person) == (version, person)
    assert mark.issued.names(stem)
    assert issued.names(stem)


@pytest.mark.parametrize(
    ("stem", "other"), [("leave", "leave_request"), ("2.1", "2.2"), ("A-1", "A_1"), ("请假", "请销假")]
)
def test_another_template_is_not_named(stem: str, other: str) -> None:
    assert not Issued(stem, "0" * 12).names(other)


@given(version=HEX, person=HEX)
def test_a_plain_form_needs_only_what_a_code_packs_densest(version: str, person: str) -> None:
    text = text_of_mark(PageMark(Issued("assessment_register", version, f"P-{person}"), 1))
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(text) <= 60


@pytest.mark.parametrize(
    "text", ["", "https://example.invalid/1", "GG1/APPRAISAL", "GG2/A/0123456789AB/P-1/1", "GG1/A/B/C/D"]
)
def test_another_code_is_no_mark(text: str) -> None:
    assert mark_of_text(text) is None
