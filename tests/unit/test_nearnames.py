"""Near names by their kinds, and the index that finds all of them and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.characters import characters, look_alike, plain_form, sound_alike
from gengang.nearnames import ORDER, NearKind, near_kinds, near_names


@pytest.mark.parametrize(
    ("written", "name", "kinds"),
    [
        ("张伟", "张玮", ("同音", "形近")),
        ("李思", "李四", ("同音",)),
        ("王芳菲", "王方飞", ("同音",)),  # two characters, each by its sound
        ("单静", "善静", ("同音",)),  # a surname's own reading
        ("未来", "末来", ("形近",)),
        ("陳偉", "陈伟", ("繁体",)),
        ("於海", "于海", ("异体",)),
        ("萧红", "肖虹", ("异体", "同音")),
        ("郭□", "郭鋆", ("缺字",)),
        ("郭jun", "郭鋆", ("缺字",)),
        ("阿卜杜热", "阿卜杜热合曼·买买提", ("截短",)),
        ("阿卜·杜热", "阿卜杜·热", ("间隔号",)),
        ("张三", "张三丰", ("少一字",)),
        ("張三豐", "张三", ("多一字",)),
        ("张三", "张强", ("差一字",)),
        ("张三", "张三", ()),
        ("阿卜 杜热", "阿卜·杜热", ()),
        ("阿卜杜热", "阿卜·杜热", ()),  # a blank stands for a dot, and blanks are not kept
        ("张三", "李四", ()),
        ("张", "章", ()),
        ("", "张三", ()),
        ("□□", "张三", ()),
    ],
)
def test_kinds(written: str, name: str, kinds: tuple[NearKind, ...]) -> None:
    assert near_kinds(written, name) == kinds


def test_every_kind_but_the_former_name_is_met_above() -> None:
    [mark] = [mark for mark in test_kinds.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    met = {kind for _, _, kinds in mark.args[1] for kind in kinds}
    assert met == set(ORDER) - {"曾用名"}


ONE = st.sampled_from("张章王玉未末伟玮偉芳方陈陳肖萧蕭于於単单善三四鋆𬱖頔·□a")
NAME = st.text(ONE, min_size=1, max_size=5)


@st.composite
def names_and_a_slip(draw: st.DrawFn) -> tuple[list[str], str]:
    """Some names, and one of them with something left out, put in, or replaced."""
    names = draw(st.lists(NAME, min_size=1, max_size=12))
    name = draw(st.sampled_from(names))
    at, more = draw(st.integers(0, len(name))), draw(st.text(ONE, max_size=2))
    return names, name[:at] + more + name[at + draw(st.integers(0, 2)) :]


@given(names_and_a_slip())
def test_the_index_finds_what_is_near_and_nothing_else(drawn: tuple[list[str], str]) -> None:
    names, written = drawn
    wanted = {name: kinds for name in names if (kinds := near_kinds(written, name))}
    assert near_names(tuple(names)).near(written) == wanted


@given(NAME, NAME)
def test_a_slip_of_one_character_is_one_both_ways(one: str, other: str) -> None:
    both = {"繁体", "异体", "同音", "形近", "差一字"}
    assert set(near_kinds(one, other)) & both == set(near_kinds(other, one)) & both or "缺字" in (
        *near_kinds(one, other),
        *near_kinds(other, one),
    )


def test_relations_of_characters_hold_both_ways() -> None:
    few = list(characters())[::300]
    for one in few:
        assert plain_form(plain_form(one)) == plain_form(one)
        assert sound_alike(one, one)
        for other in few:
            assert look_alike(one, other) == look_alike(other, one)
            assert sound_alike(one, other) == sound_alike(other, one)


def test_a_character_of_no_table_is_like_none_but_itself() -> None:
    assert "\ue000" not in characters()
    assert not look_alike("\ue000", "张")
    assert not sound_alike("\ue000", "张")
    assert near_kinds("王\ue000", "王芳") == ("差一字",)
