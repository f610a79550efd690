"""What people type for a tag: told with what to do, and spelt right where only one thing can be meant."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.codecs import CODECS
from gengang.tag_faults import suspects
from gengang.tag_spelling import codec_of_word, mended_tag
from gengang.tags import BadTag, tag_of

NAME, GRADE = "{{ name | text }}", '{{ grade | tick("优秀","合格") }}'
FOR, END = "{%tr for x in xs %}", "{%tr endfor %}"

MENDED = [
    # braces
    ("｛｛ name | text ｝｝", NAME), ("｛｛name｜text｝｝", NAME), ("{ { name | text } }", NAME),
    ("{{{ name | text }}}", NAME),
    ("{{ name | text }", NAME), ("{ name | text }}", NAME), ("{ name | text }", NAME), ("{{ name | text }}}", NAME),
    ("{{ name | text", NAME), ("name | text }}", NAME), ("｛% for x in xs %｝", FOR), ("｛％tr endfor％｝", END),
    # quotes, bars, blanks and what else stands in a tag
    ("{{ grade | tick(优秀,合格) }}", GRADE), ("{{ grade | tick（“优秀” “合格”） }}", GRADE),
    ("{{ grade : tick('优秀','合格') }}", GRADE), ("{{ grade | tick(优秀/合格) }}", GRADE),
    ("{{- name | text -}}", NAME), ("{{p name | text }}", NAME), ("{{r name | text }}", NAME),
    ("{{p | text }}", "{{ p | text }}"), ("{%tr\u00a0for x in xs %}", FOR),
    # codecs
    ("{{ name | txt }}", NAME), ("{{ name | Text }}", NAME), ("{{ name | string }}", NAME), ("{{ name | 文字 }}", NAME),
    ("{{ grade | ticks('优秀','合格') }}", GRADE), ("{{ grade | checkbox(优秀,合格) }}", GRADE),
    ("{{ id | idcard }}", "{{ id | id_number }}"), ("{{ day | dates }}", "{{ day | date }}"),
    ("{{ x.day | data }}", "{{ x.day | date }}"),
    # words of a choice
    ('{{ g | tick("是","是","否") }}', '{{ g | tick("是","否") }}'),
    ('{{ g | tick("","是","否") }}', '{{ g | tick("是","否") }}'),
    ('{{ g | choice("小 学","初 中") }}', '{{ g | choice("小学","初中") }}'),
    ('{{ g | tick("Ａ级","B级") }}', '{{ g | tick("A级","B级") }}'),
    # loops
    ("{% for x in xs %}", FOR), ("{%tr end for %}", END), ("{% endfor %}", END), ("{%- tr for x in xs -%}", FOR),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "right"), MENDED)
def test_what_is_meant_is_told_and_spelt_right(typed: str, right: str) -> None:
    [found] = suspects(f"姓名：{typed} 日")
    assert (f"姓名：{typed} 日"[found.start : found.end], found.mended) == (typed, right)
    assert right in found.message
    assert suspects(right) == ()


TOLD = [
    ("{%tc for x in y %}", "往下加行"), ("{%tr for x in xs[:3] %}", "不能截取"), ("{% if a %}", "请删掉"),
    ("{%tr for x in xs|sort %}", "不能截取"), ("{{ xs[0] | text }}", "每格写一个"), ("{{ a.b.c }}", "每格写一个"),
    ("{{ loop.index }}", "请删掉"), ("{{ a-b | date }}", "改成 a_b"), ("{{ a b | date }}", "改成 a_b"),
    ("{{ 3a | text }}", "不以数字开头"), ("{{ a | e | e }}", "只能有一个类型"), ("{{ a + b }}", "请写成"),
    ("{# 注 #}", "请删掉"), ("{{ n | number }}", "count 或 score 或 money"), ("{{ d | day }}", "date 或 days"),
    ("{{ n | 拼音 }}", "text 一行文字"), ("{{ g | tick }}", "没写可选的词"), ('{{ g | tick("","") }}', "空的"),
    ('{{ g | tick("□","是") }}', "换一个"), ("{{ a | text }} }}", "不成对"), ("{{ }}", "请写成"),
    ("{{ name | text)}}", "请写成"), ('{{ a | text("x" }}', "请写成"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "advice"), TOLD)
def test_what_may_mean_several_things_is_told_and_left(typed: str, advice: str) -> None:
    [found] = suspects(typed)
    assert advice in found.message
    assert found.mended is None


PRINTED = ["备注{注}", "{姓名：{{ name | text }}}", "a | b", "{1}", NAME, f"{NAME}{GRADE}", "{{ name }}", FOR, "{a,b}",
           "{{ x。day ｜ ｄａｔｅ }}", '{{ g | tick("{a}","b") }}', "{{ g｜tick（「优」、「良」） }}"]  # fmt: skip


@pytest.mark.parametrize("text", PRINTED)
def test_printed_braces_and_right_tags_are_no_suspects(text: str) -> None:
    assert suspects(text) == ()


def test_several_suspects_stand_in_order_and_apart() -> None:
    text = f"甲｛｛ a | text ｝｝乙{NAME}丙{{{{ b | txt }}}}丁{{{{ c | date"
    found = suspects(text)
    assert [text[one.start : one.end] for one in found] == ["｛｛ a | text ｝｝", "{{ b | txt }}", "{{ c | date"]


BITS = ["{", "}", "{{", "}}", "｛｛", "｝｝", "{%", "%}", "{#", "#}", "%", " ", "|", "｜", "name", "text", "tick", "(",
        ")", '"优"', "“良”", ",", "tr", "for", "in", "endfor", ".", "p ", "姓名", "-", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=14).map("".join))
def test_mending_a_line_leaves_nothing_that_could_be_mended(text: str) -> None:
    found = suspects(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert one.mended is None or not isinstance(tag_of(one.mended), BadTag)
        assert one.mended is None or not [two for two in suspects(one.mended) if two.mended]


@pytest.mark.parametrize("codec", CODECS)
def test_a_codec_s_own_name_and_small_slips_of_it_mean_it(codec: str) -> None:
    assert codec_of_word(codec) == codec_of_word(codec.upper()) == codec
    slips = {codec[:n] + codec[n + 1 :] for n in range(1, len(codec) - 1)} - {*CODECS}
    assert {codec_of_word(slip) for slip in slips} <= {codec, None}


def test_a_word_that_means_nothing_is_left() -> None:
    assert codec_of_word("拼音") is None
    assert mended_tag("姓名") is None
