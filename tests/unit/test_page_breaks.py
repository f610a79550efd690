"""What a page break does to a form: a cell goes on over it, and a page shows only what several forms print alike."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
import pytest
from docx.oxml.ns import qn

from extractors.fields import readings_of_sheet
from extractors.files import read_bytes
from gengang.codecs import Value
from gengang.form import Form
from gengang.reading import FieldReading, Reading
from gengang.rendering import writer_of
from gengang.sheet import Cell, Line, Place, Row, Sheet, squeezed
from gengang.tools import convert_office
from scripts.word_drawing import A4, add_lines, add_table, label, new_document, printed, save, title, value
from scripts.word_drawing import Line as DrawnLine
from scripts.word_drawing import Row as DrawnRow
from tests.unit.prints import TEMPLATES
from tests.unit.wordfiles import form_with, tbl, tr

NOTE = "注：此表一式三份，县教体局、教师进修学校、本人各存一份。"
DAYS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
LONG = {"prose": "".join(f"{day}日听课两节，写下反思一篇。" for day in DAYS),
        "other": "".join(f"{day}日评课，说了三点建议。" for day in DAYS)}  # fmt: skip


def template(folder: Path, stem: str, above: int, rows: Sequence[DrawnRow], note: str = NOTE) -> bytes:
    """A form with so many empty lines above its table."""
    document = new_document(A4)
    add_lines(document, [title(f"试验表{stem}"), *[DrawnLine(" ", 12)] * above])
    add_table(document, tuple(rows))
    add_lines(document, [DrawnLine(note, 9)])
    for whole in [
        *document.element.iter(qn("w:cantSplit"))
    ]:  # our own forms keep rows whole, those of most offices not
        whole.getparent().remove(whole)
    save(document, folder / f"{stem}.docx")
    return (folder / f"{stem}.docx").read_bytes()


WHO = DrawnRow((label("姓名", 40), value("name | text", 40), label("学校", 40), value("school | text", 40)), 10)
SHAPES = {
    "one cell": (WHO, DrawnRow((printed("个人小结\n{{ prose | prose }}", 160),), 20),
                 DrawnRow((label("审核人", 40), value("signer | text", 120)), 10)),
    "side by side": (WHO, DrawnRow((label("听课记录", 80), label("评课记录", 80)), 10),
                     DrawnRow((printed("{{ prose | prose }}", 80), printed("{{ other | prose }}", 80)), 20),
                     DrawnRow((label("审核人", 40), value("signer | text", 120)), 10)),
    "label and cell": (WHO, DrawnRow((label("小结", 40), printed("{{ prose | prose }}", 120)), 20),
                       DrawnRow((label("审核人", 40), value("signer | text", 120)), 10)),
}  # fmt: skip


def read_prints(folder: Path, filled: Mapping[str, tuple[Form, bytes]]) -> dict[str, Reading]:
    """Each document printed and read as one file."""
    for name, (_, data) in filled.items():
        (folder / f"{name}.docx").write_bytes(data)
    made = convert_office([folder / f"{name}.docx" for name in filled], "pdf", folder / "pdf", 300, TEMPLATES / "fonts")
    found = {}
    for one in made:
        assert one.result is not None
        form, _ = filled[one.source.stem]
        [found[one.source.stem]] = read_bytes("a.pdf", one.result.read_bytes(), [form]).submissions
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_what_goes_on_behind_a_page_break_is_never_lost(shape: str, tmp_path: Path) -> None:
    stated: dict[str, Value] = {"name": "张三", "school": "大营小学", "signer": "李四", **LONG}
    filled = {}
    for above in range(20, 35, 3):
        writer = writer_of(template(tmp_path, f"{above}", above, SHAPES[shape]), f"t{above}")
        filled[f"f{above}"] = (writer.form, writer.fill({k: v for k, v in stated.items() if k in writer.form.fields()}))
    over = 0
    for name, reading in read_prints(tmp_path, filled).items():
        for field, found in reading.fields.items():
            assert isinstance(found, FieldReading)
            assert found.status in ("accepted", "review", "unread"), (name, field)
            assert found.status == "unread" or squeezed(str(found.value)) == squeezed(str(stated[field])), (
                name,
                field,
                found,
            )
        over += len(reading.pages or ()) > 1
    assert over >= 2


def test_a_cell_at_the_foot_of_a_page_behind_which_one_is_lost_is_never_accepted(tmp_path: Path) -> None:
    stated: dict[str, Value] = {"name": "张三", "school": "大营小学", "prose": "很好。\n" * 39 + "很好。"}
    writer = writer_of(template(tmp_path, "x", 26, SHAPES["label and cell"]), "x")
    (tmp_path / "f.docx").write_bytes(writer.fill({**stated, "signer": "李四"}))
    [made] = convert_office([tmp_path / "f.docx"], "pdf", tmp_path / "pdf", 300, TEMPLATES / "fonts")
    assert made.result is not None
    with pikepdf.open(made.result) as pdf:
        assert len(pdf.pages) > 1
        del pdf.pages[1:]
        pdf.save(tmp_path / "front.pdf")
    [reading] = read_bytes("a.pdf", (tmp_path / "front.pdf").read_bytes(), [writer.form]).submissions
    statuses = {name: one.status for name, one in reading.fields.items() if isinstance(one, FieldReading)}
    assert statuses == {"name": "accepted", "school": "accepted", "prose": "review", "signer": "missing"}


# --- rows of a page, without a page ---


def page_of(*rows: tuple[int, float, Sequence[str]]) -> Sheet:
    """Rows of one table: the page, how far down its lower edge is, and what its cells say."""
    made = []
    for number, (page, bottom, texts) in enumerate(rows, 1):
        box = (0.1, bottom - 0.05, 0.9, bottom)
        cells = (Cell(tuple(map(Line, text.split("\n"))), column, place=Place(page, box, f"t1/r{number}/c{column + 1}"))
                 for column, text in enumerate(texts))  # fmt: skip
        made.append(Row(tuple(cells), 1))
    return Sheet(tuple(made), "pdf")


def statuses(form: Form, sheet: Sheet) -> dict[str, tuple[str, object]]:
    [reading] = readings_of_sheet(sheet, [form]).readings
    return {name: (one.status, one.value) for name, one in reading.fields.items() if isinstance(one, FieldReading)}


PERSON = tr("姓名", "{{ name | text }}", "学校", "{{ school | text }}")
OPINIONS = form_with(tbl(PERSON, tr("导师意见：{{ one | prose }}"), tr("学校意见：{{ two | prose }}")))
WHOSE = (1, 0.8, ("姓名", "张三", "学校", "大营小学"))


def test_a_row_that_goes_on_at_the_head_of_a_page_is_one() -> None:
    found = statuses(OPINIONS, page_of(WHOSE, (1, 0.95, ("导师意见：认真听课，",)), (2, 0.1, ("也认真评课。",)),
                                       (2, 0.2, ("学校意见：同意。",))))  # fmt: skip
    assert squeezed(str(found["one"][1])) == squeezed("认真听课，也认真评课。")
    assert found["two"] == ("accepted", "同意。")


def test_a_row_in_other_words_at_the_head_of_a_page_is_nobodys_for_sure() -> None:
    found = statuses(OPINIONS, page_of(WHOSE, (1, 0.95, ("导师意见：认真听课。",)), (2, 0.1, ("校方看法：同意。",))))
    assert not {"accepted", "blank", "missing"} & {found["one"][0], found["two"][0]}


def test_rows_without_any_words_are_nobodys_to_join() -> None:
    bare = form_with(
        tbl(
            tr("姓名", "{{ name | text }}", "学校", "{{ school | text }}"),
            tr("听课", "评课"),
            tr("{{ one | prose }}", "{{ two | prose }}"),
            tr("{{ three | prose }}", "{{ four | prose }}"),
        )
    )
    found = statuses(bare, page_of(WHOSE, (1, 0.85, ("听课", "评课")), (1, 0.95, ("甲", "乙")), (2, 0.1, ("丙", "丁"))))
    assert "accepted" not in {found[name][0] for name in ("one", "two", "three", "four")}


def test_a_row_of_the_form_stays_one_at_the_head_of_a_page() -> None:
    found = statuses(OPINIONS, page_of(WHOSE, (1, 0.95, ("导师意见：认真听课。",)), (2, 0.1, ("学校意见：同意。",))))
    assert (found["one"], found["two"]) == (("accepted", "认真听课。"), ("accepted", "同意。"))
