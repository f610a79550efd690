"""The doctor says where a fault stands as a person counts, proves what Word and print give back, and mends beside."""

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.files import read_bytes
from gengang.errors import MachineError, WorkspaceError
from gengang.form import Form
from gengang.reading import FileReading
from gengang.template import form_of
from gengang.template_doctor import Examined, Wish, examine, fix_template
from gengang.template_trials import differences, stated_for, trials_of
from tests.unit.wordfiles import EDGES, docx, p, ruled, tbl, tc, tr

TEMPLATES = Path(__file__).parents[2] / "templates"
PLAIN = Wish(stress=False, fonts=TEMPLATES / "fonts")
STRESS = Wish(stress=True, fonts=TEMPLATES / "fonts")
NAME = tr("姓名", "{{ name | text }}", "单位", "{{ school | text }}")
HEAD = tr("节次", "课题")
ROW = tr("{{ x.time | text }}", "{{ x.topic | text }}", properties="<w:cantSplit/>")
FOR, END = tr("{%tr for x in xs %}"), tr("{%tr endfor %}")


def checked(folder: Path, *blocks: str, wish: Wish = PLAIN, name: str = "a", header: str = "") -> Examined:
    path = folder / f"{name}.docx"
    path.write_bytes(docx(*blocks, header=header))
    [examined] = examine([path], read_bytes, wish)
    return examined


def told(examined: Examined) -> list[tuple[str, str, str]]:
    return [(fault.level, fault.code, fault.place) for fault in examined.faults]


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed, which saves seconds where no page is asked for."""
    monkeypatch.setenv("PATH", "")


def test_without_room_for_a_print_the_machine_is_named_and_no_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(MachineError, match="不是表格有问题"):
        checked(tmp_path, ruled(NAME))


# --- places ---


def test_a_place_is_told_with_page_table_row_and_cell(tmp_path: Path) -> None:
    page = p('<w:r><w:br w:type="page"/></w:r>')
    nested = tc(p("家庭"), ruled(tr("父亲", "{{ father | txt }}")), p(""))
    found = checked(tmp_path, "登记表", ruled(NAME, tr("等级", "{{ grade | tick }}")), page,
                    "姓名：{{ signer | txt }}", ruled(tr("备注", "{{ memo | 拼音 }}"), tr("成员", nested)),
                    header=p("单位：{{ unit | txt }}"))  # fmt: skip
    places = [(fault.code, fault.place) for fault in found.faults]
    assert places == [
        ("no_options", "第1页 第1个表 第2行第2格"), ("unknown_codec", "第2页 第2个表 第1行第2格"),
        ("unknown_codec", "第2页 第2个表 第2行第2格里的小表 第1行第2格"), ("unknown_codec", "第1页 页眉第1段"),
        ("unknown_codec", "第2页 表格外第2段"),
    ]  # fmt: skip


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_page_is_left_out_and_said(tmp_path: Path) -> None:
    found = checked(tmp_path, "登记表", ruled(tr("姓名", "{{ name | txt }}")), wish=STRESS)
    assert told(found) == [("error", "unknown_codec", "第1个表 第1行第2格")]
    assert "LibreOffice" in found.unprinted


@pytest.mark.usefixtures("no_office")
def test_a_place_inside_a_message_is_told_in_words_too(tmp_path: Path) -> None:
    found = checked(tmp_path, "登记表", ruled(NAME, tr("姓名", "{{ name | date }}")))
    [fault] = found.faults
    assert "（第1个表 第1行第2格）" in fault.message


# --- Word ---


def test_a_sound_template_comes_back_from_word_and_print_without_a_fault(tmp_path: Path) -> None:
    found = checked(tmp_path, "登记表", ruled(NAME, tr("日期", "{{ day | date }}", "等级", '{{ g | tick("优","良") }}'),
                                           tr(tc("经历"), tc("{{ story | prose }}", span=3)), HEAD, FOR, ROW, END),
                    wish=STRESS)  # fmt: skip
    assert told(found) == []
    assert [(one.kind, one.clipped) for one in found.prints] == [
        (kind, ()) for kind in ("usual", "blank", "longest", "one_row", "many_rows")
    ]
    assert [one.differences for one in found.prints if one.kind != "longest"] == [()] * 4
    assert found.prints[-1].pages > found.prints[0].pages == 1


@pytest.mark.usefixtures("no_office")
def test_neighbours_that_word_does_not_give_back_apart_are_an_error_told_once(tmp_path: Path) -> None:
    found = checked(tmp_path, "登记表", ruled(tr("听课", "{{ who | text }}{{ heard | count }}节")))
    assert told(found) == [("error", "free_beside_closed", "第1个表 第1行第2格")]


@pytest.mark.usefixtures("no_office")
def test_a_field_that_word_does_not_give_back_is_an_error(tmp_path: Path) -> None:
    mixed = '节次{{ ticked | tick("是") }}{{ id | id_number }}{{ way | choice("甲、乙","丙/丁") }}、'
    found = checked(tmp_path, "登记表", ruled(NAME), mixed)
    assert told(found) == [("error", "not_read_back", "表格外第2段")] * 3


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("times", [0, 2])
def test_what_is_not_known_again_is_an_error(tmp_path: Path, times: int) -> None:
    def read(name: str, data: bytes, forms: Sequence[Form]) -> FileReading:
        found = read_bytes(name, data, forms)
        return replace(found, submissions=found.submissions * times)

    (tmp_path / "a.docx").write_bytes(docx("登记表", ruled(NAME)))
    [found] = examine([tmp_path / "a.docx"], read, PLAIN)
    assert told(found) == [("error", "not_known_again", "")]


def test_every_trial_of_the_shipped_forms_comes_back_from_word() -> None:
    for path in sorted((TEMPLATES / "forms").glob("*.docx")):
        form = form_of(path.read_bytes(), path.stem)
        trials = trials_of(path.read_bytes(), form)
        assert isinstance(trials, tuple)
        for trial in trials:
            [reading] = read_bytes("a.docx", trial.docx, [form]).submissions
            assert differences(form, trial.stated, reading) == (), (path.stem, trial.kind)


def test_a_trial_writes_something_else_in_every_place() -> None:
    form = form_of((TEMPLATES / "forms" / "appraisal.docx").read_bytes(), "appraisal")
    free = [value for name, value in stated_for(form, "usual").values.items() if not form.fields()[name].options]
    assert len({*map(str, free)}) == len(free)
    assert max(len(str(value)) for value in stated_for(form, "longest").values.values()) > 300
    assert "阿卜杜热合曼·买买提" in str(stated_for(form, "longest").values["name"])


# --- print ---


def test_a_row_of_fixed_height_clips_what_is_long(tmp_path: Path) -> None:
    fixed = tr("事由", "{{ reason | prose }}", properties='<w:trHeight w:val="400" w:hRule="exact"/>')
    found = checked(tmp_path, "登记表", ruled(NAME, fixed), wish=STRESS)
    assert told(found) == [("warning", "exact_height", "第1页 第1个表 第2行第2格"),
                           ("warning", "clipped", "第1页 第1个表 第2行第2格")]  # fmt: skip


@pytest.mark.usefixtures("no_office")
def test_a_list_s_row_that_a_page_may_cut_in_two_is_told(tmp_path: Path) -> None:
    cut = ROW.replace("<w:cantSplit/>", '<w:cantSplit w:val="0"/>')
    found = checked(tmp_path, "登记表", ruled(NAME, HEAD, FOR, cut, END))
    assert told(found) == [("warning", "row_splits", "第1个表 第4行第1格")]


def test_a_table_without_lines_cannot_be_read_from_paper(tmp_path: Path) -> None:
    found = checked(tmp_path, "登记表", tbl(NAME, tr("日期", "{{ day | date }}")), wish=STRESS)
    assert told(found)[0] == ("warning", "no_borders", "第1页 第1个表 第1行第1格")


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("based_on", ["", "Plain"])
def test_lines_of_a_table_may_come_from_its_style(tmp_path: Path, based_on: str) -> None:
    styles = (
        f'<w:style w:type="table" w:styleId="Plain"><w:tblPr><w:tblBorders>{EDGES}</w:tblBorders></w:tblPr></w:style>'
    )
    styles += f'<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="{based_on}"/></w:style>'
    styled = tbl(NAME).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>')
    packed = io.BytesIO(docx("登记表", styled))
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr("word/styles.xml", f"<w:styles {spaces}>{styles}</w:styles>")
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    [found] = examine([tmp_path / "a.docx"], read_bytes, PLAIN)
    assert [fault.code for fault in found.faults] == ([] if based_on else ["no_borders"])


def test_pictures_of_the_pages_are_kept_where_they_are_wanted(tmp_path: Path) -> None:
    checked(tmp_path, "登记表", ruled(NAME), wish=Wish(False, tmp_path / "pages", PLAIN.fonts), name="leave")
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["leave_写得最长_1.png", "leave_照常填写_1.png", "leave_空白表_1.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in (tmp_path / "pages").iterdir())


# --- templates beside each other ---


@pytest.mark.usefixtures("no_office")
def test_twins_in_one_folder_are_told(tmp_path: Path) -> None:
    other = ruled(tr("姓名", "{{ trainee | text }}", "单位", "{{ unit | text }}"))
    (tmp_path / "other.docx").write_bytes(docx("登记表", other))
    found = checked(tmp_path, "登记表", ruled(NAME))
    assert [(fault.level, fault.code) for fault in found.faults] == [("warning", "twin")]
    assert "other.docx" in found.faults[0].message


@pytest.mark.usefixtures("no_office")
def test_a_form_that_would_be_taken_for_another_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.docx").write_bytes(docx("登记表", ruled(tr("姓名", "{{ trainee | text }}"))))
    assert told(checked(tmp_path, "登记表", ruled(NAME))) == [("warning", "mistaken", "")]
    assert checked(tmp_path, "请假审批单", ruled(tr("请假事由", "{{ why | prose }}"))).faults == ()


# --- mending ---


@pytest.mark.usefixtures("no_office")
def test_a_mended_copy_stands_beside_the_template_which_stays(tmp_path: Path) -> None:
    path = tmp_path / "送教.docx"
    path.write_bytes(docx("登记表", ruled(tr("姓名", "｛｛ name | txt ｝｝"))))
    before = path.read_bytes()
    fixed = fix_template(path)
    assert fixed.path == tmp_path / "送教.fixed.docx"
    assert fixed.did == ("把 ｛｛ name | txt ｝｝ 改成 {{ name | text }}",)
    assert path.read_bytes() == before
    [again] = examine([tmp_path / "送教.fixed.docx"], read_bytes, PLAIN)
    assert (again.faults, again.form.stem) == ((), "送教")
    assert fix_template(tmp_path / "送教.fixed.docx").path is None


@pytest.mark.usefixtures("no_office")
def test_what_is_no_word_file_is_told_and_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"no word")
    assert fix_template(path).path is None
    [found] = examine([path], read_bytes, STRESS)
    assert [fault.code for fault in found.faults] == ["not_word"]
    with pytest.raises(WorkspaceError, match="打不开"):
        examine([tmp_path / "nirgends.docx"], read_bytes, PLAIN)


# --- the command ---


def said(*words: str | Path) -> tuple[int, list[str], str]:
    """Exit code, lines on standard output, standard error of `gengang forms check …`."""
    program = Path(sys.executable).with_name("gengang")
    ran = subprocess.run([program, "forms", "check", *words], capture_output=True, text=True, encoding="utf-8",
                         check=False, timeout=120)  # fmt: skip
    return ran.returncode, ran.stdout.splitlines(), ran.stderr


def test_the_command_tells_faults_trials_and_what_it_mended(tmp_path: Path) -> None:
    (tmp_path / "good.docx").write_bytes(docx("培训登记表", ruled(NAME, tr("日期", "{{ day | date }}"))))
    (tmp_path / "bad.docx").write_bytes(docx("考核登记表", ruled(tr("姓名", "{{ name | txt }}"))))
    code, lines, words = said(tmp_path / "good.docx", tmp_path / "bad.docx")
    assert (code, lines) == (2, [
        "good.docx: 没有问题", "bad.docx: 1处错误；有错误的模板不会被使用，请改好再查",
        "  错误  第1页 第1个表 第1行第2格  字段 name 的类型 txt 不认识，应是 text，请改成 {{ name | text }}。",
    ])  # fmt: skip
    assert "试印  照常填写1页；空白表1页；写得最长1页。" in words
    code, lines, _ = said("--fix", "--no-stress", tmp_path / "bad.docx")
    assert (code, lines[2:]) == (0, [
        "  已改  把 {{ name | txt }} 改成 {{ name | text }}",
        "  改好的另存为 bad.fixed.docx，原文件没有动。请打开核对，再用它换下原来的模板。",
        "bad.fixed.docx: 没有问题",
    ])  # fmt: skip
    code, lines, _ = said("--fix", "--no-stress", tmp_path / "good.docx")
    assert (code, lines) == (0, ["good.docx: 没有问题", "  没有能自动改的地方。"])


def test_warnings_alone_end_with_nought(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx("登记表", ruled(NAME, tr("学历", "{{ degree }}"))))
    code, lines, _ = said("--no-stress", tmp_path / "a.docx")
    assert (code, lines[0]) == (0, "a.docx: 1处提醒，可以使用")
