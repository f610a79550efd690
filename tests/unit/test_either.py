"""What only one of two recognisers saw in a field is neither taken nor called blank."""

import pytest

from extractors.fields import readings_of_sheet
from extractors.layout import Rect
from extractors.paper import Page, PrintedLine, sheet_of_pages
from gengang.reading import FieldReading
from tests.unit.wordfiles import form_with, p

DAYS = ("due", "there", "leave", "absent")
PRINTED = "应到{{ due | days }}天、实到{{ there | days }}天、请假{{ leave | days }}天、缺勤{{ absent | days }}天"


@pytest.mark.parametrize(("first", "second", "wanted"), [
    ("应到9天、实到8天、请假天、缺勤0天", "应到9天、实到8天、请假1天、缺勤0天", ("1", "review")),
    ("应到9天、实到8天、请假1天、缺勤0天", "应到9天、实到8天、请假天、缺勤0天", ("1", "review")),
    ("应到9天、实到8天、请假天、缺勤0天", "应到9天、实到8天、请假天、缺勤0天", (None, "blank")),
    ("应到9天、实到8天、请假1天、缺勤0天", "应到9天、实到8天、请假1天、缺勤0天", ("1", "accepted")),
])  # fmt: skip
def test_a_number_that_one_of_them_did_not_see_is_for_a_person(
    first: str, second: str, wanted: tuple[str | None, str]
) -> None:
    form = form_with(p("跟岗学习考勤表"), p(PRINTED), p("签名：{{ signer | text }}"))
    lines = [("跟岗学习考勤表", "跟岗学习考勤表"), (first, second), ("签名：", "签名：")]
    printed = tuple(PrintedLine(Rect(100, 100 + 60 * at, 100 + 36 * len(one), 130 + 60 * at), one, 0.99, two,
                                each=(0.99,) * len(one)) for at, (one, two) in enumerate(lines))  # fmt: skip
    [reading] = readings_of_sheet(sheet_of_pages([Page(1, 1655, 2340, loose=printed)], "scan"), [form]).readings
    leave = reading.fields["leave"]
    assert isinstance(leave, FieldReading)
    assert (leave.value if leave.value is None else str(leave.value), leave.status) == wanted
    others = [reading.fields[name] for name in DAYS if name != "leave"]
    assert all(isinstance(one, FieldReading) and one.status == "accepted" for one in others)
