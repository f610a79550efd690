"""A line that ends at the margin above a label: its paragraph ended there, and nothing of it is lost."""

import pytest

from extractors.fields import readings_of_sheet
from extractors.layout import Rect
from extractors.paper import Page, PrintedLine, sheet_of_pages
from gengang.form import Form
from gengang.reading import FieldReading
from tests.unit.wordfiles import form_with, p

ENDS_AT_MARGIN = "二、跟岗期间，深感自身理论水平不足，尤其是在作业设计方面。这是我最大的体会"


def form_of(label: str) -> Form:
    rank = f"{label}{{{{ rank | choice('合格', '不合格') }}}}"
    return form_with(p("跟岗学习鉴定书"), p("工作表现：{{ work | prose }}"), p(rank), p("校长（签名）：{{ signer }}"))


def read_of(form: Form, *lines: str) -> tuple[dict[str, FieldReading], list[str]]:
    """Fields of a page with these lines, each as wide as its letters, and the codes of its findings."""
    printed = tuple(PrintedLine(Rect(100, 100 + 40 * at, 100 + 36 * len(text), 130 + 40 * at), text, 0.99, text,
                                each=(0.99,) * len(text)) for at, text in enumerate(lines))  # fmt: skip
    [reading] = readings_of_sheet(sheet_of_pages([Page(1, 1655, 2340, loose=printed)], "scan"), [form]).readings
    fields = {name: one for name, one in reading.fields.items() if isinstance(one, FieldReading)}
    return fields, [finding.code for finding in reading.findings]


@pytest.mark.parametrize("label", ["综合评定：", "综合评定", "等级："])
def test_a_paragraph_that_ends_at_the_margin_is_not_the_next_labels(label: str) -> None:
    fields, _ = read_of(form_of(label), "跟岗学习鉴定书", "工作表现：一、我听课。", ENDS_AT_MARGIN,
                        f"{label}合格", "校长（签名）：")  # fmt: skip
    assert fields["rank"].value == "合格"
    assert fields["work"].value == f"一、我听课。\n{ENDS_AT_MARGIN}"
    assert fields["work"].status == "review"


def test_what_stands_above_a_label_too_short_to_part_at_is_told_and_the_text_before_it_asked_about() -> None:
    fields, codes = read_of(form_of("等级"), "跟岗学习鉴定书", "工作表现：一、我听课。", ENDS_AT_MARGIN,
                            "等级合格", "校长（签名）：")  # fmt: skip
    assert fields["work"].status == "review"
    assert "unread_content" in codes


def test_a_text_whose_line_begins_with_a_label_is_told_as_well() -> None:
    fields, codes = read_of(form_of("综合评定："), "跟岗学习鉴定书", "工作表现：" + ENDS_AT_MARGIN, "综合评定：良好",
                            "综合评定：合格", "校长（签名）：")  # fmt: skip
    assert fields["work"].status == "review" or "unread_content" in codes


def test_a_note_of_the_form_below_a_day_at_the_margin_is_that_note_whatever_of_its_marks_was_lost() -> None:
    form = form_with(p("跟岗学习鉴定书"), p("校长签名：{{ signer }}　　　　　　　　　　　　　　　　{{ day | date }}"),
                     p("说明：出勤用“√”表示，事假用“○”表示，病假用“△”表示。"))  # fmt: skip
    fields, codes = read_of(form, "跟岗学习鉴定书", "校长签名：张三            2016年12月4日",
                            "说明：出勤用“√”表示，事假用“”表示，病假用“△”表示。")  # fmt: skip
    assert (fields["day"].value, fields["day"].status) == ("2016-12-04", "accepted")
    assert "unread_content" not in codes
