"""A template is mended where one thing alone can be meant, tells each thing done, and is left alone everywhere else."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.form import FieldType
from gengang.rendering import writer_of
from gengang.template import form_of
from gengang.template_mending import mended_template
from tests.laws.foreign import Strip, docx_of, templates
from tests.unit.packing import part_replaced
from tests.unit.wordfiles import docx, p, run, sdt, tbl, tc, tr

NAME = tr("姓名", "{{ name | text }}")
HEAD, ROW = tr("节次", "课题"), ("{{ x.time | text }}", "{{ x.topic | text }}")
WHOLE = "<w:cantSplit/>"
DOWN = tc("", merge="continue")
FOR, END = "{%tr for x in xs %}", "{%tr endfor %}"


def body_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def usable_after(*blocks: str, header: str = "") -> tuple[str, ...]:
    """What was done; the result has no error."""
    mended = mended_template(docx(*blocks, header=header))
    form = form_of(mended.data, "f")
    assert form.usable, form.faults
    writer_of(mended.data, "f").fill({})
    return mended.did


MENDED: dict[str, tuple[str, ...]] = {
    "full-width braces": (tbl(tr("姓名", "｛｛ name | text ｝｝")),),
    "codec": (tbl(tr("姓名", "{{ name | txt }}")),),
    "quotes": (tbl(tr("性别", "{{ gender | choice(男,女) }}")),),
    "split": (tbl(tr("姓名", tc(p(run("{{ na"), run("me |", "<w:b/>"), run(" text }}"))))),),
    "split by a change": (tbl(tr("姓名", tc(p(run("{{ na"), f"<w:ins>{run('me | text }} 补')}</w:ins>")))),),
    "split by a link": (tbl(tr("姓名", tc(p(run("{{ na"), f"<w:hyperlink>{run('me | text }}')}</w:hyperlink>")))),),
    "break inside": (tbl(tr("姓名", tc(p(run("{{ name\n| text }}"))))),),
    "Enter inside": (tbl(tr("姓名", tc("{{ name", "| text }}"))),),
    "Enter inside, words behind": (tbl(tr("姓名", tc("{{ name", "| text }} 签名")),),),
    "prompt": (tbl(tr("姓名", tc(p(sdt(run("{{ center | text }}"), "<w:showingPlcHdr/>"))))),),
    "symbol font": (tbl(tr("姓名", tc(p(run("{{ person | text }}", '<w:rFonts w:ascii="Wingdings"/>'))))),),
    "symbol font, two texts in its run": (tbl(tr("姓名", tc(p(run("{{ person | text }}\n{{ day | date }}",
                                                                '<w:rFonts w:ascii="Wingdings"/>'))))),),
    "loop in one row": (tbl(NAME, HEAD, tr(FOR + ROW[0], ROW[1] + END)),),
    "plain loop in one row": (tbl(NAME, HEAD, tr("{% for x in xs %}" + ROW[0], ROW[1] + "{% endfor %}")),),
    "loop begins in its row": (tbl(NAME, HEAD, tr(tc(FOR, ROW[0]), ROW[1]), tr(END)),),
    "loop ends in its row": (tbl(NAME, HEAD, tr(FOR), tr(ROW[0], tc(ROW[1], END))),),
    "loop not closed": (tbl(NAME, HEAD, tr(FOR), tr(*ROW)),),
    "loop not closed, in its row": (tbl(NAME, HEAD, tr(FOR + ROW[0], ROW[1])),),
    "two loops": (tbl(NAME, HEAD, tr(FOR + ROW[0], ROW[1] + END), tr("日期"),
                      tr("{%tr for y in ys %}{{ y.day | date }}{%tr endfor %}")),),
    "label cut": (tbl(NAME, tr(tc("经历", merge="restart"), "节次", "课题"), tr(FOR, "", ""),
                      tr(tc("", merge="continue"), *ROW), tr(END, "", "")),),
    "label cut by wide rows": (tbl(NAME, tr(tc("经历", merge="restart"), "节次", "课题"), tr(tc(FOR, span=3)),
                                   tr(tc("", merge="continue"), *ROW), tr(tc(END, span=3)),
                                   tr(tc("", merge="continue"), "合计", "{{ n | count }}")),),
    "loop in one row beside a label": (tbl(NAME, tr(tc("经历", merge="restart"), "节次", "课题"),
                                           tr(tc("", merge="continue"), FOR + ROW[0], ROW[1] + END)),),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_is_safe_is_mended_told_and_then_done(name: str) -> None:
    assert not form_of(docx(*MENDED[name]), "f").usable or name in ("split", "split by a link", "break inside")
    assert usable_after(*MENDED[name])
    again = mended_template(mended_template(docx(*MENDED[name])).data)
    assert again.did == ()


def test_a_box_that_stands_in_a_run_with_a_tag_stays_a_box() -> None:
    font = '<w:rFonts w:ascii="Wingdings"/>'
    data = docx(tbl(tr("姓名", tc(p(run("{{ person | text }}\no", font))))))
    assert font in body_of(mended_template(data).data)


def test_each_thing_done_is_told() -> None:
    done = usable_after(tbl(tr("姓名", "｛｛ name | txt ｝｝"), HEAD, tr(FOR + ROW[0], ROW[1] + END)))
    assert done == ("把 ｛｛ name | txt ｝｝ 改成 {{ name | text }}", "给列表 xs 的开始、结束标记各加了一行",
                    "让 1 个列表行不跨页断开")  # fmt: skip


@pytest.mark.parametrize(
    "front", ["", "<w:trPr/>", "<w:trPr></w:trPr>", "<w:trPr><w:jc/></w:trPr>", "<w:tblPrEx></w:tblPrEx>"]
)
def test_a_list_s_row_is_kept_on_one_page(front: str) -> None:
    row = tr(*ROW).replace("<w:tr>", f"<w:tr>{front}")
    body = body_of(mended_template(docx(tbl(NAME, HEAD, tr(FOR), row, tr(END)))).data)
    kept = row.replace(front, "") if front.startswith("<w:trPr") else row
    inside = "<w:cantSplit/><w:jc/>" if "jc" in front else "<w:cantSplit/>"
    before = "<w:tblPrEx></w:tblPrEx>" if "PrEx" in front else ""
    assert kept.replace(f"<w:tr>{before}", f"<w:tr>{before}<w:trPr>{inside}</w:trPr>", 1) in body


def test_a_header_is_mended_too() -> None:
    assert usable_after(tbl(NAME), header=p("单位：{{ unit | txt }}"))


LEFT: dict[str, tuple[str, ...]] = {
    "nothing wrong": (tbl(NAME, HEAD, tr(FOR), tr(*ROW, properties=WHOLE), tr(END)),),
    "several codecs": (tbl(tr("数", "{{ n | number }}")),),
    "two free texts": (tbl(tr("姓名", "{{ a | text }} {{ b | text }}")),),
    "bad name": (tbl(tr("日期", "{{ birth-day | date }}")),),
    "column loop": (tbl(NAME, tr("{%tc for x in xs %}", "{{ x.a | text }}", "{%tc endfor %}", properties=WHOLE)),),
    "slice": (tbl(NAME, tr("{%tr for x in xs[:3] %}"), tr(*ROW, properties=WHOLE), tr(END)),),
    "loop over another's field": (tbl(NAME, tr(FOR + "{{ y.a | text }}" + END, properties=WHOLE)),),
    "nested": (tbl(NAME, tr(FOR), tr("{%tr for y in ys %}{{ y.a | text }}{%tr endfor %}", properties=WHOLE), tr(END)),),
    "not closed, two rows": (tbl(NAME, tr(FOR), *(tr(cell, properties=WHOLE) for cell in ROW)),),
    "closed without beginning": (tbl(NAME, tr(*ROW, properties=WHOLE), tr(END)),),
    "label begins in the list": (tbl(NAME, tr(tc("经历", merge="restart"), FOR + ROW[0], ROW[1] + END,
                                              properties=WHOLE), tr(DOWN, "合计", "{{ n | count }}")),),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_may_mean_several_things_is_left(name: str) -> None:
    data = docx(*LEFT[name])
    assert mended_template(data).data is data


def test_a_word_file_with_other_names_for_its_spaces_is_left() -> None:
    data = docx(tbl(tr("姓名", "｛｛ name | text ｝｝")))
    changed = part_replaced(data, "word/document.xml", lambda part: re.sub(rb"\bw:", b"word:", part))
    assert mended_template(data).did == ("把 ｛｛ name | text ｝｝ 改成 {{ name | text }}",)
    assert mended_template(changed).did == ()


def test_only_the_tag_changes_in_the_xml() -> None:
    wrong, right = "<w:t>甲&#x4E59;｛｛ a | text ｝｝</w:t>", '<w:t xml:space="preserve">甲乙{{ a | text }}</w:t>'
    odd = f"<w:p w:rsidR='00A1'  ><w:pPr ><w:jc w:val='left'/></w:pPr><w:r>{wrong}</w:r><w:r/></w:p>"
    data = docx("登记表", tbl(NAME), odd, tbl(tr("备注", "{{ memo | text }}")))
    before, after = body_of(data), body_of(mended_template(data).data)
    assert after == before.replace(wrong, right)


def test_every_other_part_stays_byte_for_byte() -> None:
    data = docx(tbl(tr("姓名", "{{ name | txt }}")), header=p("表头"))
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(io.BytesIO(mended_template(data).data)) as two:
        assert one.namelist() == two.namelist()
        assert [name for name in one.namelist() if one.read(name) != two.read(name)] == ["word/document.xml"]
        assert [info.compress_type for info in one.infolist()] == [info.compress_type for info in two.infolist()]


@settings(max_examples=50)
@given(templates())
def test_a_template_that_is_right_keeps_its_fields_and_words(model: tuple[Strip, ...]) -> None:
    data = docx_of(model)
    form = form_of(data, "f")
    if form.usable:
        mended = mended_template(data)
        assert (mended.data is data) == (not form.lists())
        assert form_of(mended.data, "f").rows == form.rows


SLIPS = [("{{", "｛｛"), ("}}", "｝｝"), (" | text", "｜txt"), ("{%tr for", "{% for"), ("{%tr endfor", "{% end for"),
         ('"', ""), (" | date", " | data"), (" | count", " | int")]  # fmt: skip


@settings(max_examples=100)
@given(templates(), st.lists(st.sampled_from(SLIPS), min_size=1, max_size=3, unique=True))
def test_slips_of_a_right_template_are_mended(model: tuple[Strip, ...], slips: list[tuple[str, str]]) -> None:
    data = docx_of(model)
    form = form_of(data, "f")
    if not form.usable or any("&" in word or "<" in word for kind in form.fields().values() for word in kind.options):
        return
    changed = part_replaced(data, "word/document.xml", lambda part: _with_slips(part.decode(), slips).encode())
    mended = form_of(mended_template(changed).data, "f")
    assert (mended.fields(), mended.lists(), mended.usable) == (form.fields(), form.lists(), True)


def _with_slips(xml: str, slips: list[tuple[str, str]]) -> str:
    for right, slip in slips:
        xml = _slipped(xml, right, slip)
    return xml


def _slipped(xml: str, right: str, slip: str) -> str:
    """The slip in every tag; quotes only between the brackets of options."""
    if right != '"':
        return xml.replace(right, slip)
    return re.sub(r"(?:tick|choice)\([^)]*\)", lambda found: found[0].replace("&quot;", ""), xml)


def test_a_mended_choice_has_its_words() -> None:
    mended = mended_template(docx(tbl(tr("性别", "{{ gender | choice(男,女) }}"))))
    assert form_of(mended.data, "f").fields() == {"gender": FieldType("choice", ("男", "女"))}
