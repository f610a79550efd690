"""Every reason why a template cannot be read back, or reads less surely, is told with its place; the rest compiles."""

import io
import zipfile
from pathlib import Path

import pytest

from gengang.errors import TemplatesError
from gengang.form import FieldType, Form, PatternCell
from gengang.template import form_of, forms_of_folder, template_files, version_of
from tests.unit.wordfiles import SPACES, docx, p, run, sdt, tbl, tc, tr

NAME = tr("姓名", "{{ name | text }}")
MEMO = "{{ memo | text }}"
FOR, END = tr("{%tr for x in xs %}"), tr("{%tr endfor %}")
HEAD, ROW = tr("节次", "课题"), tr("{{ x.time | text }}", "{{ x.topic | text }}")


def form(*blocks: str) -> Form:
    return form_of(docx(*blocks), "foreign")


def faults(*blocks: str) -> list[tuple[str, str]]:
    return [(fault.level, fault.code) for fault in form(*blocks).faults]


def test_a_sound_template_has_no_fault_and_says_its_fields() -> None:
    blocks = ("登记表", tbl(NAME, tr("等级", '{{ grade | tick("优秀","合格") }}'), HEAD, FOR, ROW, END))
    data = docx(*blocks)
    compiled = form_of(data, "foreign")
    assert compiled.faults == ()
    assert compiled.usable
    assert compiled.title == "登记表"
    assert compiled.fields() == {"name": FieldType("text"), "grade": FieldType("tick", ("优秀", "合格"))}
    assert compiled.lists() == {"xs": {"time": FieldType("text"), "topic": FieldType("text")}}
    assert compiled.version == version_of(data)


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
    "loop_tag": (tbl(NAME, HEAD, tr("{% for x in xs %}"), ROW, END),),
    "loop_columns": (tbl(NAME, tr("{%tc for x in xs %}", "{{ x.a | text }}", "{%tc endfor %}")),),
    "loop_index": (tbl(NAME, HEAD, FOR, tr("{{ loop.index }}", "{{ x.a | text }}"), END),),
    "lists_touch": (tbl(NAME, HEAD, FOR, ROW, END, tr("{{ a | text }}", "{{ b | text }}"), tr("{%tr for y in ys %}"),
                        tr("{{ y.a | text }}", "{{ y.b | text }}"), END),),
    "merge_cut": (tbl(NAME, tr(tc("经历", merge="restart"), "节次"), tr("{%tr for x in xs %}", ""),
                      tr(tc("", merge="continue"), "{{ x.a | text }}"), tr("{%tr endfor %}", "")),),
    "picture_shared": (tbl(tr("照片", "{{ photo | picture }}{{ name | text }}")),),
    "picture_in_list": (tbl(NAME, HEAD, FOR, tr("{{ x.photo | picture }}", "{{ x.topic | text }}"), END),),
    "tag_over_lines": (tbl(tr("姓名", tc("{{ name", "| text }}"))),),
    "hidden_tag": (tbl(NAME, tr("备注", tc(p(run(MEMO, "<w:vanish/>"))))),),
    "deleted_tag": (tbl(NAME, tr("备注", tc(p(f"<w:del><w:r><w:delText>{MEMO}</w:delText></w:r></w:del>")))),),
    "field_code": (tbl(NAME, tr("备注", tc(p(f"<w:r><w:instrText>{MEMO}</w:instrText></w:r>")))),),
    "prompt_tag": (tbl(tr("中心", tc(p(sdt(run("{{ center | text }}"), "<w:showingPlcHdr/>"))))),),
    "symbol_tag": (tbl(tr("姓名", tc(p(run("{{ person | text }}", '<w:rFonts w:ascii="Wingdings"/>'))))),),
    "split_tag": (tbl(tr("姓名", tc(p(run("{{ na"), f"<w:ins>{run('me | text }} 补')}</w:ins>")))),),
    "glued_name": (tbl(tr("姓名", "{{p | text }}")),),
    "same_option": (tbl(tr("等级", '{{ grade | tick("优","优") }}')),),
    "empty_option": (tbl(tr("等级", '{{ grade | tick("","优") }}')),),
    "odd_option": (tbl(tr("等级", '{{ grade | tick("□","优") }}')),),
    "no_words": (tbl(tr("{{ name | text }}", "名")),),
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTY)
def test_what_cannot_be_read_back_is_an_error(code: str) -> None:
    compiled = form(*FAULTY[code])
    assert ("error", code) in [(fault.level, fault.code) for fault in compiled.faults]
    assert not compiled.usable


@pytest.mark.parametrize("code", sorted({*FAULTY} - {"no_fields", "no_words"}))
def test_an_error_says_where_and_what_to_do(code: str) -> None:
    [fault, *_] = [fault for fault in form(*FAULTY[code]).faults if fault.code == code]
    assert fault.place.startswith(("t1/", "表格外第"))
    assert fault.message.endswith("。")
    assert "请" in fault.message


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
    ((tbl(NAME, FOR, ROW, END),), "no_heads"),
    ((tbl(NAME, HEAD, tr("{%tr for x in xs %}", "说明"), ROW, END),), "loop_words"),
    ((tbl(NAME), tbl(tr("{{ other | text }}"))), "no_label"),
    (("{{ other | text }}", tbl(NAME)), "no_label"),
    ((tbl(tr("学段", '{{ stage | tick("小学","小学高年级") }}')),), "word_in_word"),
])  # fmt: skip
def test_what_reads_less_surely_is_a_warning_and_keeps_nothing_out(blocks: tuple[str, ...], code: str) -> None:
    assert faults(*blocks) == [("warning", code)]
    assert form(*blocks).usable


DOWN = tc("", merge="continue")
LABELLED: dict[str, tuple[str, ...]] = {
    "beside": (tbl(tr("姓名", "{{ a | text }}", "{{ b | text }}")),),
    "over": (tbl(tr("姓名", "学校"), tr("{{ a | text }}", "{{ b | text }}"), tr("{{ c | text }}", "{{ d | text }}")),),
    "heading": (tbl(tr("主要事迹"), tr("{{ a | prose }}")),),
    "in the cell": (tbl(tr(tc("主要事迹：", "{{ a | prose }}"))),),
    "stacked": (tbl(tr("意见", tc("{{ a | prose }}", "{{ b | text }}"))),),
    "merged downwards": (tbl(tr(tc("住址", merge="restart"), "{{ a | text }}"), tr(DOWN, "{{ b | text }}")),),
    "paragraph": ("登记表", tbl(NAME), "一、研修概况", "{{ a | prose }}"),
    "one column": (tbl(NAME, tr("获奖情况"), FOR, tr("{{ x.a | text }}"), END),),
    "label beside a list": (tbl(NAME, tr(tc("获奖", merge="restart"), "题目"), tr(DOWN, "{%tr for x in xs %}"),
                                tr(DOWN, "{{ x.a | text }}"), tr(DOWN, "{%tr endfor %}")),),
    "good and not good": (tbl(tr("等级", '{{ grade | tick("合格","不合格") }}')),),
}  # fmt: skip


@pytest.mark.parametrize("name", LABELLED)
def test_a_label_may_stand_where_offices_print_it(name: str) -> None:
    assert faults(*LABELLED[name]) == []


def test_a_bare_field_over_or_under_the_page_is_lost_while_it_is_blank() -> None:
    bare, labelled = p("{{ unit | text }}"), p("单位：{{ unit | text }}")
    for data in (docx(tbl(NAME), header=bare), docx(tbl(NAME), footer=bare)):
        assert [fault.code for fault in form_of(data, "f").faults] == ["unplaced"]
    assert form_of(docx(tbl(NAME), header=labelled), "f").faults == ()


def test_a_list_spelt_wrong_is_not_told_again_for_each_of_its_columns() -> None:
    assert [code for _, code in faults(tbl(NAME, HEAD, tr("{% for x in xs %}"), ROW, END))] == [
        "loop_tag",
        "loop_close",
    ]


@pytest.mark.parametrize(
    ("name", "level"), [("comments", "warning"), ("footnotes", "error"), ("diagrams/data1", "error")]
)
def test_a_tag_beside_the_text_is_told(name: str, level: str) -> None:
    changed = io.BytesIO(docx(tbl(NAME)))
    with zipfile.ZipFile(changed, "a") as package:
        package.writestr(f"word/{name}.xml", f"<w:a {SPACES}><w:t>{{{{ memo | </w:t><w:t>text }}}}</w:t></w:a>")
    assert [(fault.level, fault.code) for fault in form_of(changed.getvalue(), "f").faults] == [(level, "unread_part")]


DIGITS = [("count", "date"), ("id_number", "phone"), ("score", "month"), ("count", 'choice("1","2")')]


@pytest.mark.parametrize(("first", "second"), DIGITS)
def test_digits_that_run_together_are_an_error(first: str, second: str) -> None:
    assert faults(tbl(tr("数量", f"{{{{ a | {first} }}}}{{{{ b | {second} }}}}"))) == [
        ("error", "numbers_run_together")
    ]
    assert faults(tbl(tr("数量", f"{{{{ a | {first} }}}} {{{{ b | {second} }}}}"))) == []


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
    assert [(fault.code, fault.place) for fault in left_out] == [("unknown_codec", "bad.docx 第1个表 第1行第2格")]


def test_a_mended_copy_beside_its_template_is_not_read_with(tmp_path: Path) -> None:
    for name in ("a.docx", "a.fixed.docx", "b.fixed.docx"):
        (tmp_path / name).write_bytes(docx(tbl(NAME)))
    assert [path.name for path in template_files(tmp_path)] == ["a.docx", "b.fixed.docx"]


def test_a_folder_without_a_usable_template_is_told_with_all_faults(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(docx(*FAULTY["unknown_codec"]))
    with pytest.raises(TemplatesError, match="text"):
        forms_of_folder(tmp_path)
    with pytest.raises(TemplatesError, match="找不到"):
        forms_of_folder(tmp_path / "nirgends")
