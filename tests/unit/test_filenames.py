"""What names say: passing files, stated dates, and what Windows allows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.filenames import is_ignored, legal_name, stated_date

DAY = date(2016, 12, 6)


def test_ordinary_names_are_not_ignored() -> None:
    for name in ("张三.docx", "a.part1.rar", "tmp.docx", "thumbs.docx", "无后缀"):
        assert not is_ignored(name), name


@pytest.mark.parametrize(
    ("path", "stated"),
    [
        ("2016-12-06 张村小学/a.docx", DAY),
        ("2016.12.6张村小学/a.docx", DAY),
        ("2016年12月6日 张村小学/a.docx", DAY),
        ("20161206/a.docx", DAY),
        ("2016-12-05/2016-12-06/a.docx", DAY),
        ("2016-12-06/张村小学/a.docx", DAY),
        ("张村小学/2016-12-06.docx", None),
        ("2016-13-06/a.docx", None),
        ("2016-12/a.docx", None),
        ("201612067/a.docx", None),
        ("张村小学/a.docx", None),
        ("a.docx", None),
    ],
)
def test_a_folder_states_the_receipt_date(path: str, stated: date | None) -> None:
    assert stated_date(path) == stated


@given(st.text(min_size=1))
def test_every_name_we_write_is_legal_on_windows(name: str) -> None:
    legal = legal_name(name)
    assert legal
    assert not set(legal) & set('<>:"/\\|?*')
    assert not legal.endswith((".", " "))
    assert len(legal.encode()) <= 110
    assert legal_name(legal) == legal


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("张三.docx", "张三.docx"),
        ("CON.docx", "_CON.docx"),
        ("a.docx. ", "a.docx"),
        ("...", "_"),
        ("a\udcff.docx", "a_.docx"),
        ("报名表\u202excod.exe", "报名表_xcod.exe"),
        ("a\x01b\nc\u200b\x9f.docx", "a_b_c__.docx"),
        ("字" * 80 + ".docx", "字" * 35 + ".docx"),
    ],
)
def test_legal_names_stay_recognisable(name: str, legal: str) -> None:
    assert legal_name(name) == legal
