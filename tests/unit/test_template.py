"""Every reason why a template cannot be read back, or reads less surely, is told with its place; the rest compiles."""

from pathlib import Path

import pytest

from gengang.errors import TemplatesError
from gengang.form import FieldType, Form, PatternCell
from gengang.template import form_of, forms_of_folder, version_of
from tests.unit.wordfiles import docx, p, run, sdt, tbl, tc, tr

NAME = tr("姓名", "{{ name | text }}")
FOR, END = tr("{%tr for x in xs %}"), tr("{%tr endfor %}")
HEAD, ROW = tr("节次", "课题"), tr("{{ x.time | text }}", "{{ x.topic | text }}")


def form(*blocks: str) -> Form:
    return form_of(docx(*blocks), "foreign")


def faults(*blocks: str) -> list[tuple[str, str]]:
    return [(fault.level, fault.code) for fault in form(*blocks).faults]


def test_a_sound_template_has_no_fault_and_says_its_fields() -> None:
    blocks = ("登记表", tbl(NAME, tr("等级", '{{ grade | tick("优秀","合格") }}'), HEAD, FOR, ROW, END))
    compiled = form(*blocks)
    assert compiled.faults == ()
    assert compiled.usable
    assert compiled.title == "登记表"
    assert compiled.fields() == {"name": FieldType("text"), "grade": FieldType("tick", ("优秀", "合格"))}
    assert compiled.lists() == {"xs": {"time": FieldType("text"), "topic": FieldType("text")}}
    assert compiled.version == version_of(docx(*blocks))


FAULTY: dict[str, tuple[str, ...]] = {
    "no_fields": ("只有字",),
    "bad_tag": (tbl(NAME, tr("其他", "{{ a.b.c | text }}")),),
    "broken_braces": (tbl(NAME, tr("其他", "{{ other | text }")),),
    "unknown_codec": (tbl(tr("姓名", "{{ name | txt }}")),),
    "no_options": (tbl(tr("等级", "{{ grade | tick }}")),),
    "two_codecs": (tbl(NAME, tr("姓名", "{{ name | date }}")),),
    "free_neighbours": (tbl(tr("姓名", "{{ first | text }} {{ last | text }}")),),
    "numbers_run_together": (tbl(tr("节数", "{{ heard | count }}{{ taught | count }}")),),
    "reserved_name": (tbl(tr("姓名", "{{ not | text }}")),),
    "loop_open": (tbl(NAME, HEAD, FOR, ROW),),
    "loop_close": (tbl(NAME, HEAD, ROW.replace("x.", ""), END),),
    "loop_row": (tbl(NAME, HEAD, tr("{%tr for x in xs %}{{ x.time | text }}"), END),),
    "loop_nested": (tbl(NAME, FOR, tr("{%tr for y in ys %}"), ROW, END, END),),
    "loop_place": (tbl(NAME), "{%tr for x in xs %}", tbl(ROW, END)),
    "loop_merge": (tbl(tr(tc("{%tr for x in xs %}", merge="restart"), "节次"), tr(tc("", merge="continue"),
                                                                              "{{ x.time | text }}"), END),),
    "loop_variable": (tbl(NAME, FOR, tr("{{ y.time | text }}"), END),),
    "loop_rows": (tbl(NAME, FOR, tr("{{ x.time | text }}"), tr("{{ x.topic | text }}"), END),),
    "loop_empty": (tbl(NAME, FOR, tr("——"), END),),
    "loop_field": (tbl(NAME, FOR, tr("{{ x.time | text }}", "{{ school | text }}"), END),),
    "list_twice": (tbl(NAME, FOR, ROW, END, FOR, ROW, END),),
    "name_is_list": (tbl(tr("姓名", "{{ xs | text }}"), HEAD, FOR, ROW, END),),
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTY)
def test_what_cannot_be_read_back_is_an_error(code: str) -> None:
    compiled = form(*FAULTY[code])
    assert ("error", code) in [(fault.level, fault.code) for fault in compiled.faults]
    assert not compiled.usable


@pytest.mark.parametrize("code", sorted({*FAULTY} - {"no_fields", "loop_open", "name_is_list"}))
def test_an_error_says_where_and_what_to_do(code: str) -> None:
    [fault, *_] = [fault for fault in form(*FAULTY[code]).faults if fault.code == code]
    assert fault.place.startswith("t1/") or fault.place.startswith("表格外第")
    assert fault.message.endswith("。") or "标记" in fault.message


MORE = ("{%tc for x in y %}", "{% if a %}", "{{ xs[0] | text }}", "{{ a | e | e }}", "{%tr for x in xs[:3] %}",
        "{{ a + b }}", "{%p endfor %}", "{{ 3 | text }}")  # fmt: skip


@pytest.mark.parametrize("tag", MORE)
def test_what_jinja_knows_more_is_no_tag_of_ours(tag: str) -> None:
    assert {"bad_tag", "loop_columns"} & {code for _, code in faults(tbl(NAME, tr(tag)))}


def test_no_word_document_is_a_form_with_one_error() -> None:
    broken = form_of(b"no word", "broken")
    assert [fault.code for fault in broken.faults] == ["not_word"]
    assert not broken.usable


@pytest.mark.parametrize(("blocks", "code"), [
    ((tbl(tr("姓名", "{{ name }}")),), "no_codec"),
    ((tbl(tr("姓名", '{{ name | text }}{{ gender | choice("男","女") }}')),), "free_beside_closed"),
])  # fmt: skip
def test_what_reads_less_surely_is_a_warning_and_keeps_nothing_out(blocks: tuple[str, ...], code: str) -> None:
    assert faults(*blocks) == [("warning", code)]
    assert form(*blocks).usable


def test_free_text_beside_a_closed_field_is_normal() -> None:
    line = "签名：{{ signer | text }}    {{ signed_on | date }}"
    assert faults(tbl(tr("意见", tc("{{ opinion | prose }}", line)))) == []


def test_a_tag_in_several_runs_a_control_or_chinese_marks_is_one_tag() -> None:
    pieces = p(run("{{ gra"), run("de｜tick（“优秀”，"), run("“合格”） }}"))
    compiled = form(tbl(tr("等级", tc(pieces)), tr("姓名", sdt(tc("{{ name | text }}")))))
    assert compiled.faults == ()
    assert compiled.fields() == {"grade": FieldType("tick", ("优秀", "合格")), "name": FieldType("text")}


def test_a_name_used_twice_is_one_field() -> None:
    assert list(form(tbl(NAME, tr("姓名", "{{ name | text }}"))).fields()) == ["name"]


def test_a_picture_that_the_template_prints_is_known() -> None:
    [row] = form(tbl(tr(tc(p("<w:r><w:drawing/></w:r>")), "{{ name | text }}"))).rows
    assert [cell.pictures for cell in row.cells] == [1, 0]
    assert PatternCell(()).pictures == 0


def test_a_folder_gives_its_usable_templates_and_names_the_faults_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(docx(tbl(NAME)))
    (tmp_path / "bad.docx").write_bytes(docx(*FAULTY["unknown_codec"]))
    (tmp_path / "~$good.docx").write_bytes(b"lock")
    forms, left_out = forms_of_folder(tmp_path)
    assert [one.stem for one in forms] == ["good"]
    assert [(fault.code, fault.place) for fault in left_out] == [("unknown_codec", "bad.docx t1/r1/c2")]


def test_a_folder_without_a_usable_template_is_told_with_all_faults(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(docx(*FAULTY["unknown_codec"]))
    with pytest.raises(TemplatesError, match="text"):
        forms_of_folder(tmp_path)
    with pytest.raises(TemplatesError, match="找不到"):
        forms_of_folder(tmp_path / "nirgends")
