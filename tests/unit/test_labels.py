"""A field is called by the words that a clerk sees beside it."""

import pytest

from gengang.labels import label_of, labels_of
from tests.unit.wordfiles import form_with, tbl, tc, tr

FORM = form_with(
    "单位：{{ school | text }}",
    tbl(tr("姓　名", "{{ name | text }}", "意见",
           tc("{{ opinion | prose }}", "签名：{{ signer | text }}    {{ day | date }}"))),
    "",
    tbl(tr("日期", "课题"), tr(tc("{%tr for x in xs %}", span=2)), tr("{{ x.date | date }}", "{{ x.topic | text }}"),
        tr(tc("{%tr endfor %}", span=2))),
    "",
    tbl(tr("教学过程", "点评"), tr("{{ process | prose }}", "{{ thoughts | prose }}")),
    "应到{{ due | days }}天，缺勤{{ absent | days }}天",
    "兹有{{ who | text }}老师（工作单位：{{ unit | text }}）",
    "学校（盖章）：{{ seal | text }}",
)  # fmt: skip


@pytest.mark.parametrize(("path", "label"), [
    ("name", "姓名"), ("opinion", "意见"), ("signer", "意见·签名"), ("day", "意见·日期"), ("xs[2].date", "第2行日期"),
    ("xs[1].topic", "第1行课题"), ("nobody", "nobody"), ("school", "单位"), ("xs", "“日期、课题”各行"),
    ("process", "教学过程"), ("thoughts", "点评"), ("absent", "缺勤"), ("unit", "工作单位"), ("seal", "学校"),
])  # fmt: skip
def test_a_path_is_told_in_printed_words(path: str, label: str) -> None:
    assert label_of(FORM, path) == label


def test_every_field_and_column_has_a_label() -> None:
    paths = {f"{slot.loop}.{slot.name}" if slot.loop else slot.name for slot in FORM.slots()}
    assert labels_of(FORM).keys() == paths
