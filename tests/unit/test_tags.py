"""The grammar of a tag, with what Word and input methods make of its marks."""

import pytest

from gengang.form import FieldType
from gengang.tags import BadTag, EndTag, ForTag, ValueTag, pieces_of, plain_tag, tag_of

GRADE = ValueTag("grade", FieldType("tick", ("优秀", "合格")))


@pytest.mark.parametrize(("text", "tag"), [
    ("{{ name | text }}", ValueTag("name", FieldType("text"))), ("{{name|text}}", ValueTag("name", FieldType("text"))),
    ("{{ name }}", ValueTag("name", FieldType(""))), ("{{ x.day | date }}", ValueTag("day", FieldType("date"), "x")),
    ('{{ grade | tick("优秀","合格") }}', GRADE), ("{{ grade ｜ tick（“优秀”，‘合格’） }}", GRADE),
    ("{{\u3000grade | tick('优秀', \"合格\",) }}", GRADE), ("{{ 姓名 | text }}", ValueTag("姓名", FieldType("text"))),
    ("{%tr for x in xs %}", ForTag("x", "xs")), ("{%tr endfor %}", EndTag()),
    ("{% endfor %}", BadTag("{% endfor %}")), ("{{ 3a | text }}", BadTag("{{ 3a | text }}")),
    ("{{ grade | tick(优秀) }}", BadTag("{{ grade | tick(优秀) }}")),
])  # fmt: skip
def test_a_tag_says_its_field(text: str, tag: object) -> None:
    assert tag_of(text) == tag


def test_a_line_is_printed_text_and_tags_in_order() -> None:
    assert pieces_of("签名：{{ a | text }}  {{ b | date }}日") == (
        "签名：", ValueTag("a", FieldType("text")), "  ", ValueTag("b", FieldType("date")), "日")  # fmt: skip
    assert pieces_of("") == ()


def test_jinja_reads_the_plain_tag() -> None:
    assert plain_tag("{{ g ｜ tick（“优”） }}") == '{{ g | tick("优") }}'
