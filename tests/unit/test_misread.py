"""Names in which a character may be read for another go to a person, whatever two recognisers say; words do not."""

import pytest

from extractors.misread import may_be_misread, misread
from extractors.policy import Evidence, field_reading
from gengang.codecs import parse
from gengang.form import FieldType
from scripts.misread import Line, misread_in, table_of

SURE = Evidence("scan", True, 0.999, agreed=True)


def status(text: str, evidence: Evidence) -> str:
    return field_reading(FieldType("text"), text, parse("text", text), evidence, None).status


@pytest.mark.parametrize("read", sorted(misread()))
def test_a_name_with_such_a_character_waits_and_the_same_in_word_does_not(read: str) -> None:
    assert status(f"张{read}", SURE) == "review"
    assert status(f"张{read}", Evidence("word", True)) == "accepted"


@pytest.mark.parametrize(
    "text", ["张伟", "欧阳明华", "古丽娜尔·艾合买提江", "望川县草坪镇中心小学", "研究生学历（在职）"]
)
def test_other_names_and_what_is_longer_than_a_name_are_accepted(text: str) -> None:
    assert not may_be_misread(text)
    assert status(text, SURE) == "accepted"


def test_the_table_has_what_both_read_surely_and_wrong_and_no_part_of_a_character() -> None:
    lines = [Line("张缋", "张绩", "张绩", 0.99), Line("张釒", "张金", "张金", 0.99), Line("张垚", "张尧", "张尧", 0.9),
             Line("张喆", "张哲", "张喆", 0.99), Line("张勠芳", "张芳", "张芳", 0.99)]  # fmt: skip
    assert misread_in(lines) == {"绩": {"缋"}}
    assert table_of(lines, ["宋"]).endswith(
        "宋: 5 lines, 3 of them surely alike, 3 of these wrong.\n# character read, characters printed\n绩\t缋\n"
    )
