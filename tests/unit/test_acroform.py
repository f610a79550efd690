"""Fillable PDFs: what was entered counts, wherever its appearance is missing or old, and its name must agree."""

from collections.abc import Mapping
from io import BytesIO

import pikepdf
import pytest

from extractors.files import read_bytes
from extractors.layout import Rect
from gengang.codecs import Value
from gengang.reading import FieldReading, FileReading
from tests.unit.fillable import (
    COMB,
    COMBO,
    MULTILINE,
    RADIO,
    READ_ONLY,
    D,
    Entry,
    N,
    blank_print,
    filled,
    form,
    places,
)

ID = "00000019760305123X"
Fields = Mapping[str, tuple[str, Value | None]]


def place(name: str) -> list[Rect]:
    return [places()[name]]


def read(data: bytes) -> FileReading:
    return read_bytes("card.pdf", data, [form()])


def entered(*entries: Entry, needs_appearances: bool = False) -> Fields:
    """Status and value of every field that is not blank."""
    [reading] = read(filled(*entries, needs_appearances=needs_appearances)).submissions
    fields = {name: found for name, found in reading.fields.items() if isinstance(found, FieldReading)}
    return {name: (found.status, found.value) for name, found in fields.items() if found.status != "blank"}


def accepted(**values: Value) -> Fields:
    return {name: ("accepted", value) for name, value in values.items()}


@pytest.mark.parametrize("needed", [False, True])
def test_values_without_an_appearance_are_found_by_the_labels_beside_them(needed: bool) -> None:
    texts = {"name": "张三", "id_number": ID, "years": "12", "post": "一级教师"}
    texts |= {"签名：": "李四", "联系电话：": "13800138000"}
    entries = [Entry(f"field of {name}", place(name), text) for name, text in texts.items()]
    entries.append(Entry("text", place("summary"), "认真听课，收获很大。\r第二段 Unit 3。", flags=MULTILINE))
    assert entered(*entries, needs_appearances=needed) == accepted(
        name="张三", id_number=ID, years=12, post="一级教师", signer="李四", phone="13800138000",
        summary="认真听课，收获很大。\n第二段 Unit 3。",
    )  # fmt: skip


def test_an_appearance_that_shows_the_value_changes_nothing() -> None:
    long = "参加工作以来一直担任小学语文教学工作"
    found = entered(Entry("a", place("name"), "张三", "张三"), Entry("b", place("post"), long, long[:9]),
                    Entry("c", place("summary"), "一。\n二。", "一。\n二。", flags=MULTILINE))  # fmt: skip
    assert found == accepted(name="张三", post=long, summary="一。\n二。")


def test_a_value_that_its_appearance_contradicts_is_asked_about_unless_the_file_says_it_is_old() -> None:
    assert entered(Entry("a", place("name"), "张三", "李四")) == {"name": ("review", "张三")}
    assert entered(Entry("a", place("name"), "张三", "李四"), needs_appearances=True) == accepted(name="张三")
    [reading] = read(filled(Entry("a", place("name"), "张三", "李四"))).submissions
    assert "field_differs" in {finding.code for finding in reading.findings}


def test_an_appearance_without_a_value_is_a_proposal() -> None:
    assert entered(Entry("a", place("name"), None, "李四")) == {"name": ("review", "李四")}


@pytest.mark.parametrize("name", ["picked", "gender"])
def test_radio_buttons_tick_the_word_beside_them(name: str) -> None:
    rects = [*place("男"), *place("女")]
    radio = Entry(name, rects, "女", kind=N.Btn, flags=RADIO, states=["男", "女"])
    assert entered(radio) == accepted(gender="女")


def test_check_boxes_tick_the_word_beside_them_and_two_are_asked_about() -> None:
    def box(word: str, on: bool) -> Entry:
        return Entry(word, place(word), "Yes" if on else None, kind=N.Btn, states=["Yes"])

    assert entered(box("男", True), box("女", False)) == accepted(gender="男")
    assert entered(box("男", True), box("女", True)) == {"gender": ("review", None)}
    assert entered(box("男", False), box("女", False)) == {}


def test_a_box_whose_state_its_value_contradicts_is_asked_about() -> None:
    box = Entry("a", place("男"), "Yes", kind=N.Btn, states=["Yes"])
    with pikepdf.open(BytesIO(filled(box))) as pdf:
        pdf.pages[0].obj["/Annots"][0]["/AS"] = N.Off
        saved = BytesIO()
        pdf.save(saved)
    [reading] = read(saved.getvalue()).submissions
    assert reading.fields["gender"].status == "review"


def test_a_list_shows_what_it_stores_under_another_word() -> None:
    options = pikepdf.Array([pikepdf.Array([pikepdf.String(code), pikepdf.String(word)])
                             for code, word in (("1", "小学"), ("2", "初中"))])  # fmt: skip
    assert entered(Entry("a", place("stage"), "2", kind=N.Ch, flags=COMBO, extra={"Opt": options})) == accepted(
        stage="初中"
    )


def test_a_comb_is_one_text() -> None:
    assert entered(Entry("a", place("id_number"), ID, flags=COMB, extra={"MaxLen": 18})) == accepted(id_number=ID)


def test_read_only_fields_rich_texts_and_foreign_encodings_are_read() -> None:
    rich = Entry("a", place("name"), flags=READ_ONLY, extra={"RV": pikepdf.String("<body><p>张三</p></body>")})
    assert entered(rich) == accepted(name="张三")
    assert entered(Entry("a", place("name"), pikepdf.String("张三".encode("gbk")))) == accepted(name="张三")


def test_a_field_with_several_places_says_the_same_in_each() -> None:
    assert entered(Entry("a", [*place("name"), *place("签名：")], "张三")) == accepted(name="张三", signer="张三")


def test_what_no_viewer_shows_is_no_value() -> None:
    assert entered(Entry("a", place("name"), "张三", shown=2), Entry("b", place("post"), "高级", shown=36)) == {}


def test_a_name_that_agrees_with_its_place_is_accepted_and_one_that_does_not_is_asked_about() -> None:
    assert entered(
        Entry("page1.name", place("name"), "张三"), Entry("f[0].years[0]", place("years"), "12")
    ) == accepted(name="张三", years=12)
    assert entered(Entry("name", place("post"), "张三")) == {"name": ("review", "张三"), "post": ("review", "张三")}
    swapped = entered(Entry("name", place("post"), "张三"), Entry("post", place("name"), "一级教师"))
    assert {status for status, _ in swapped.values()} == {"review"}


def told(field: str, *entries: Entry) -> list[str]:
    """The codes of what is said of a field."""
    [reading] = read(filled(*entries)).submissions
    return [finding.code for finding in reading.findings if finding.field == field]


def test_what_is_wrong_with_a_value_under_its_own_name_is_told_and_not_that_the_name_differs() -> None:
    wrong = "000000197603051234"
    assert entered(Entry("id_number", place("id_number"), wrong)) == {"id_number": ("review", wrong)}
    assert told("id_number", Entry("id_number", place("id_number"), wrong)) == ["id_checksum"]
    assert told("years", Entry("years", place("years"), "约12")) == ["count_shape"]
    assert told("years", Entry("years", place("years"), "1 2")) == ["figures_apart"]
    assert told("name", Entry("name", place("name"), "张三", "李四")) == ["needs_eyes"]


def test_a_name_that_differs_is_told_beside_what_is_wrong_with_what_stands_in_the_place() -> None:
    wrong = "000000197603051234"
    swapped = (Entry("id_number", place("post"), ID), Entry("post", place("id_number"), wrong))
    assert told("id_number", *swapped) == ["id_checksum", "name_differs"]


def test_a_signed_field_is_ink_that_nobody_read() -> None:
    signed = Entry("a", place("签名："), D(Type=N.Sig), "Digitally signed by 李四", kind=N.Sig)
    assert entered(signed)["signer"] == ("unread", None)


def test_a_form_that_one_program_alone_can_draw_is_refused_with_what_to_do() -> None:
    with pikepdf.open(BytesIO(blank_print())) as pdf:
        pdf.Root["/AcroForm"] = D(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root["/NeedsRendering"] = True
        saved = BytesIO()
        pdf.save(saved)
    [finding] = read(saved.getvalue()).findings
    assert finding.code == "dynamic_form"
    assert "打印" in finding.message


def test_fields_without_end_and_in_circles_are_read_as_far_as_they_go() -> None:
    with pikepdf.open(BytesIO(filled(Entry("a", place("name"), "张三")))) as pdf:
        parent = pdf.pages[0].obj["/Annots"][0]["/Parent"]
        parent["/Parent"] = parent
        saved = BytesIO()
        pdf.save(saved)
    [reading] = read(saved.getvalue()).submissions
    assert reading.fields["name"].status == "accepted"
