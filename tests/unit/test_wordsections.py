"""Several people's forms in one Word file, each under its own header or all under one."""

import io

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement

from extractors.fields import readings_of_sheet
from gengang.codecs import Value
from gengang.reading import FieldReading
from gengang.template import form_of
from gengang.wordxml import sheet_of_word

TITLE = "教师外出培训登记表"


def saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def form_into(document: Document, name: str, phone: str) -> None:
    document.add_paragraph(TITLE)
    table = document.add_table(1, 4)
    for cell, text in zip(table.rows[0].cells, ("姓名", name, "联系电话", phone), strict=True):
        cell.text = text


def template() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "填报单位：{{ school | text }}"
    document.sections[0].footer.paragraphs[0].text = "填表日期：{{ filled_on | date }}"
    form_into(document, "{{ name | text }}", "{{ phone | phone }}")
    return saved(document)


PEOPLE = (("张三", "13800138000"), ("李四", "13800138001"), ("王五", "13800138002"))


def together(schools: tuple[str, ...], days: tuple[str, ...]) -> bytes:
    """Forms one after another, each in a section; a section without a school of its own shows the one before."""
    document = docx.Document()
    for number, (name, phone) in enumerate(PEOPLE):
        section = document.sections[0] if not number else document.add_section(WD_SECTION.NEW_PAGE)
        if number < len(schools):
            section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = f"填报单位：{schools[number]}"
            section.footer.paragraphs[0].text = f"填表日期：{days[number]}"
        form_into(document, name, phone)
    return saved(document)


def with_settings_changed(data: bytes) -> bytes:
    """The file after somebody changed the page of every section while changes were tracked."""
    document = docx.Document(io.BytesIO(data))
    for section in document.sections:
        change = OxmlElement("w:sectPrChange")
        change.append(OxmlElement("w:sectPr"))
        section._sectPr.append(change)
    return saved(document)


def read(data: bytes) -> list[dict[str, Value | None]]:
    found = readings_of_sheet(sheet_of_word(data), [form_of(template(), "training")])
    return [{name: one.value if isinstance(one, FieldReading) and one.status == "accepted" else None
             for name, one in reading.fields.items()} for reading in found.readings]  # fmt: skip


@pytest.mark.parametrize(
    ("schools", "days", "truth"),
    [
        (("张村小学", "李村小学", "王村中学"), ("2016年9月5日", "2016年9月6日", "2016年9月7日"),
         (("张村小学", "2016-09-05"), ("李村小学", "2016-09-06"), ("王村中学", "2016-09-07"))),
        (("张村小学", "张村小学", "张村小学"), ("2016年9月5日",) * 3, (("张村小学", "2016-09-05"),) * 3),
        (("张村小学",), ("2016年9月5日",), (("张村小学", "2016-09-05"),) * 3),
        (("张村小学", "李村小学"), ("2016年9月5日", "2016年9月6日"),
         (("张村小学", "2016-09-05"), ("李村小学", "2016-09-06"), ("李村小学", "2016-09-06"))),
    ],
    ids=["each its own", "each the same", "one for all", "the last as the one before"],
)  # fmt: skip
def test_what_stands_over_and_under_a_form_is_its_own(
    schools: tuple[str, ...], days: tuple[str, ...], truth: tuple[tuple[str, str], ...]
) -> None:
    assert read(together(schools, days)) == [
        {"school": school, "filled_on": day, "name": name, "phone": phone}
        for (name, phone), (school, day) in zip(PEOPLE, truth, strict=True)
    ]


def test_a_tracked_change_of_a_section_is_no_section() -> None:
    plain = together(("张村小学", "李村小学", "王村中学"), ("2016年9月5日", "2016年9月6日", "2016年9月7日"))
    assert read(with_settings_changed(plain)) == read(plain)
