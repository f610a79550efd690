"""What is written to Excel is text, whatever it looks like: no value that somebody typed becomes a formula."""

import io

import openpyxl
from hypothesis import example, given
from hypothesis import strategies as st

from gengang.workbook import Column, workbook_bytes
from tests.unit.packing import members_of

STARTS = st.sampled_from(["=", "+", "-", "@", "\t=", "\r=", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "{=1}", ""])
TEXTS = st.builds(lambda start, rest: start + rest, STARTS, st.text(max_size=20))


@given(TEXTS)
@example("=1+1")
@example("a\x0bb")
@example("\ud800")
@example("\ufffe")
def test_a_value_in_a_workbook_is_text_and_no_formula(text: str) -> None:
    data = workbook_bytes({"名单": ((Column("name", ("姓名",)),), [{"name": text}])})
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
    assert cell.data_type == ("s" if text else "n")
    assert len(str(cell.value or "").replace("\r\n", "\n")) == len(text.replace("\r\n", "\n"))
    assert b"<f>" not in members_of(data)["xl/worksheets/sheet1.xml"]
