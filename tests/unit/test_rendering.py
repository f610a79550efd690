"""A template is filled to the letter, whatever stands in a value; what does not fit is refused; proof sees a change."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from extractors.fields import readings_of_sheet
from gengang.codecs import Value
from gengang.form import Form
from gengang.reading import accepted_values
from gengang.rendering import Drawing, Picture, RenderingError, proof_findings, writer_of
from gengang.submission import RowValues, Submission
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import docx, p, run, tbl, tc, tr

LIST = (tr("题目", "节次"), tr(tc("{%tr for one in xs %}", span=2)),
        tr("{{ one.topic | text }}", "{{ one.number | count }}"), tr(tc("{%tr endfor %}", span=2)))  # fmt: skip
TEMPLATE = docx("记录", tbl(tr("姓名", "{{ name | text }}"), tr("感想", "{{ gains | prose }}"),
                          tr("等级", '{{ grade | tick("A&B","C<D") }}')), "", tbl(*LIST),
                header=p("编号：{{ number | count }}"), footer=p("日期：{{ day | date }}"))  # fmt: skip
WRITER = writer_of(TEMPLATE, "record")


def read_back(data: bytes, form: Form) -> Submission | None:
    found = readings_of_sheet(sheet_of_word(data), [form]).readings
    return accepted_values(found[0]) if found else None


def back(**values: Value) -> Submission:
    found = read_back(WRITER.fill(values), WRITER.form)
    assert found is not None
    return found


@pytest.mark.parametrize("value", ["甲&乙", "a<b>c", "{{ name }}", "{_{ x }_}", "{_% if %_}", "{% raw %}", "{# no #}",
                                   '"引号"', "\\n", "𬱖", "阿卜杜热合曼·买买提", "姓名：李四"])  # fmt: skip
def test_a_value_is_written_to_the_letter(value: str) -> None:
    assert back(name=value, gains=value).values["name"] == value
    assert back(name=value, gains=value).values["gains"] == value


@pytest.mark.parametrize("control", ["\x07", "\x0b", "\x0c", "\x00", "\x1f", "\u200b", "\ufffe"])
def test_a_control_character_neither_breaks_the_file_nor_makes_a_page(control: str) -> None:
    data = WRITER.fill({"name": f"张{control}三"})
    found = read_back(data, WRITER.form)
    assert found is not None
    assert found.values["name"] == "张三"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b'w:type="page"' not in package.read("word/document.xml")


def test_paragraphs_headers_footers_lists_and_odd_options_come_back() -> None:
    rows: tuple[RowValues, ...] = ({"topic": "背影", "number": 1}, {"topic": "春 & 秋", "number": None})
    values: RowValues = {"name": None, "gains": "第一段\n第二段", "grade": "A&B", "number": 7, "day": "2016-09-05"}
    stated = Submission("record", values, {"xs": rows})
    data = WRITER.fill_submission(stated)
    found = read_back(data, WRITER.form)
    assert found is not None
    assert (dict(found.values), found.rows("xs")) == (values, rows)
    assert proof_findings(WRITER.form, data, stated, read_back) == ()


def test_equal_values_give_equal_bytes() -> None:
    assert WRITER.fill({"name": "张三"}) == WRITER.fill({"name": "张三"})


def test_a_name_that_the_template_does_not_have_is_refused() -> None:
    with pytest.raises(RenderingError, match="nickname"):
        WRITER.fill({"nickname": "三"})
    with pytest.raises(RenderingError, match="ys"):
        WRITER.fill({}, {"ys": ()})


def test_a_template_with_an_error_is_not_compiled() -> None:
    with pytest.raises(RenderingError, match="t1/r1/c2"):
        writer_of(docx(tbl(tr("姓名", "{{ name | nonsense }}"))), "bad")


def test_equal_bytes_are_compiled_once_and_others_under_the_same_name_anew() -> None:
    first, again = (writer_of(bytes(bytearray(TEMPLATE)), "record") for _ in range(2))
    assert first is again
    other = writer_of(docx(tbl(tr("姓名", "{{ family_name | text }}"))), "record")
    assert list(other.form.fields()) == ["family_name"]


def test_a_tag_that_an_editor_cut_or_made_chinese_is_filled() -> None:
    cut = p(run("{{ na"), run("me ｜ text }}"))
    writer = writer_of(docx(tbl(tr("姓名", tc(cut)), tr("等级", "{{ grade | tick（“优”，‘良’） }}"))), "cut")
    found = read_back(writer.fill({"name": "张三", "grade": "良"}), writer.form)
    assert found is not None
    assert dict(found.values) == {"name": "张三", "grade": "良"}


def test_a_picture_is_placed_and_seen() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    writer = writer_of(docx(tbl(tr("照片", "{{ photo | picture }}"), tr("姓名", "{{ name | text }}"))), "card")
    found = read_back(writer.fill({"photo": Picture(drawn.getvalue(), 20), "name": "张&三"}), writer.form)
    assert found is not None
    assert dict(found.values) == {"photo": "present", "name": "张&三"}


def test_a_drawing_is_drawn_when_it_is_printed_and_not_before() -> None:
    drawn: list[tuple[str, int]] = []

    def square(colour: str, side: int, _fonts: Path | None) -> Picture:
        drawn.append((colour, side))
        file = io.BytesIO()
        Image.new("RGB", (side, side), colour).save(file, "PNG")
        return Picture(file.getvalue(), 20)

    writer = writer_of(docx(tbl(tr("照片", "{{ photo | picture }}"), tr("姓名", "{{ name | text }}"))), "card")
    drawing = Drawing(square, ("red", 4))
    assert drawn == []
    found = read_back(writer.fill({"photo": drawing, "name": "张三"}), writer.form)
    assert drawn == [("red", 4)]
    assert found is not None
    assert dict(found.values) == {"photo": "present", "name": "张三"}
    assert drawing == Drawing(square, ("red", 4), Path("elsewhere")) != Drawing(square, ("blue", 4))


def test_beside_a_picture_words_of_a_choice_may_hold_any_sign() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    tag = "{{ grade ｜ tick（“A&B”，“C<D”） }}"
    writer = writer_of(docx(tbl(tr("照片", "{{ photo | picture }}"), tr("等级", tag))), "card")
    found = read_back(writer.fill({"photo": Picture(drawn.getvalue(), 20), "grade": "A&B"}), writer.form)
    assert found is not None
    assert found.values["grade"] == "A&B"


def test_a_tag_without_a_codec_prints_a_blank_field_as_nothing() -> None:
    writer = writer_of(docx(tbl(tr("学历", "{{ degree }}"))), "card")
    found = read_back(writer.fill({}), writer.form)
    assert found is not None
    assert dict(found.values) == {"degree": None}


def test_the_proof_names_the_field_that_reads_otherwise() -> None:
    data = WRITER.fill({"name": "张三"})
    stated = Submission("record", {"name": "李四"}, {"xs": ({"topic": "春"},)})
    found = proof_findings(WRITER.form, data, stated, read_back)
    assert [(finding.code, finding.field) for finding in found] == [("proof_differs", "name"), ("proof_differs", "xs")]
    assert [one.code for one in proof_findings(WRITER.form, docx("别的"), stated, read_back)] == ["proof_unread"]
