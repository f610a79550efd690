"""A text layer against its page: what other programs write reads the same, what is not seen is not believed."""

import unicodedata
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from extractors.fields import readings_of_sheet
from extractors.paper import Page, sheet_of_pages
from extractors.pdf import pages_of_pdf
from extractors.textlayer import with_own_letters
from gengang.findings import Finding
from gengang.reading import FieldReading, Reading
from gengang.sheet import squeezed
from tests.unit import repainted
from tests.unit.prints import FORMS, pdf_of
from tests.unit.repainted import remapped, shown_text, with_content


def pages_of(data: bytes) -> tuple[Page | None, ...]:
    pages = pages_of_pdf(data)
    assert not isinstance(pages, Finding)
    return pages


def read(data: bytes) -> Reading:
    pages = [page for page in pages_of(data) if page is not None]
    [reading] = readings_of_sheet(sheet_of_pages(pages, "pdf"), FORMS).readings
    return reading


def values(data: bytes) -> dict[str, object]:
    found = {name: one for name, one in read(data).fields.items() if isinstance(one, FieldReading)}
    return {name: (one.status, one.value) for name, one in found.items()}


# --- the same page as other programs write it ---

RADICALS = {unicodedata.normalize("NFKC", chr(point)): chr(point) for point in range(0x2F00, 0x2FD6)}
COMPATIBLE = {unicodedata.normalize("NFKC", chr(point)): chr(point) for point in range(0xF900, 0xFA0E)}


@pytest.mark.parametrize("change", [
    repainted.letter_by_letter, repainted.kerned, repainted.ruled_with_bars, repainted.ruled_with_dashes,
    repainted.ruled_with_dots,
])  # fmt: skip
def test_a_print_reads_the_same_however_it_was_painted(change: repainted.Change) -> None:
    assert values(repainted.repainted(pdf_of("appraisal"), change)) == values(pdf_of("appraisal"))


@pytest.mark.parametrize("twins", [RADICALS, COMPATIBLE], ids=["radicals", "compatible"])
def test_radicals_that_a_font_map_puts_for_characters_are_read_as_those(twins: dict[str, str]) -> None:
    changed = remapped(pdf_of("appraisal"), lambda text: twins.get(text, text))
    assert values(changed) == values(pdf_of("appraisal"))


def test_a_radical_beside_its_character_is_what_was_written() -> None:
    def letters(text: str) -> str:
        return "".join(char["text"] for char in with_own_letters([{"text": one, "fontname": "A"} for one in text]))

    assert letters("⼀一⼆") == "⼀一二"
    assert letters("⼀⻅ﬁ金") == "一见fi金"


# --- letters that are not what they draw ---

LIES: dict[str, Callable[[str], str | None]] = {
    "private": lambda text: chr(0xE000 + ord(text) % 0x1000),
    "unmapped": lambda _: None,
    "controls": lambda text: chr(ord(text) % 0x20),
    "next in Unicode": lambda text: chr(ord(text) + 1),
    "bytes of GBK": lambda text: text.encode("gbk", "replace")[:1].decode("latin-1"),
    "next digit": lambda text: str((int(text) + 1) % 10) if text.isdigit() else text,
}


@pytest.mark.parametrize("lie", LIES)
def test_a_page_whose_letters_are_not_what_they_draw_is_left_to_its_picture(lie: str) -> None:
    assert pages_of(remapped(pdf_of("training_log"), LIES[lie])) == (None,)


@pytest.mark.parametrize("lie", ["private", "next in Unicode", "unmapped"])
def test_one_font_that_lies_among_good_labels_is_enough(lie: str) -> None:
    changed = remapped(pdf_of("training_log"), LIES[lie], lambda name: "Fandol" in name)
    assert pages_of(changed) == (None,)


def test_a_font_whose_letters_are_called_after_each_other_is_found_out() -> None:
    with pikepdf.open(BytesIO(pdf_of("training_log"))) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing and "Fandol" in str(thing.BaseFont):
                thing["/ToUnicode"] = pdf.make_stream(repainted.moved_on(thing.ToUnicode.read_bytes()))
        assert pages_of(repainted.saved(pdf)) == (None,)


def test_a_single_unknown_sign_makes_its_cell_doubtful_and_no_more() -> None:
    changed = remapped(pdf_of("appraisal"), lambda text: "\ue123" if text == "杨" else text)
    found, right = values(changed), values(pdf_of("appraisal"))
    assert {name for name in right if found[name] != right[name]} == {"mentor"}
    assert found["mentor"][0] == "review"  # type: ignore[index]


# --- letters that nobody sees ---


def blank_place() -> tuple[float, float]:
    """Lower left of a cell of the printed log that nobody filled, in points from the page's lower left."""
    [page] = pages_of(pdf_of("training_log"))
    assert page is not None
    pairs = [pair for row in sheet_of_pages([page], "pdf").rows for pair in pairwise(row.cells)]
    [cell] = [cell for label, cell in pairs if squeezed(label.text) == "问题与思考"]
    assert cell.place.box is not None
    return cell.place.box[0] * page.width + 10, page.height - cell.place.box[1] * page.height - 30


HIDDEN = "没有人看见的字"
UNSEEN = {
    "in no mode": (10.0, "3 Tr"),
    "white": (10.0, "1 1 1 rg"),
    "nearly white": (10.0, "0.98 g"),
    "tiny": (1.0, ""),
}


@pytest.mark.parametrize("way", UNSEEN)
def test_what_the_eye_does_not_see_is_no_value_but_is_told(way: str) -> None:
    x, y = blank_place()
    drawn = shown_text(HIDDEN, x, y, *UNSEEN[way])
    reading = read(with_content(pdf_of("training_log"), drawn, "STSong-Light"))
    assert reading.fields["questions"].status == "blank"
    assert "unseen_text" in {finding.code for finding in reading.findings}


def test_the_same_words_in_black_are_a_value() -> None:
    x, y = blank_place()
    reading = read(with_content(pdf_of("training_log"), shown_text(HIDDEN, x, y), "STSong-Light"))
    assert reading.fields["questions"].value == HIDDEN  # type: ignore[union-attr]


def covered(cover: str) -> Reading:
    x, y = blank_place()
    drawn = f"{shown_text(HIDDEN, x, y)} q {cover.format(x=x - 2, y=y - 4)} Q"
    return read(with_content(pdf_of("training_log"), drawn, "STSong-Light"))


def test_words_under_a_white_box_or_a_picture_are_no_value() -> None:
    picture = "90 0 0 20 {x} {y} cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 20C0C020> EI"
    boxed, pictured = covered("1 g {x} {y} 90 20 re f"), covered(picture)
    assert boxed.fields["questions"].status == "blank"
    assert pictured.fields["questions"].status == "unread"
    for reading in (boxed, pictured):
        assert HIDDEN not in str(reading.fields)


def test_words_outside_the_page_as_it_is_cut_are_no_value() -> None:
    with pikepdf.open(BytesIO(pdf_of("training_log"))) as pdf:
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
        pdf.pages[0].mediabox = pikepdf.Array([-200, 0, width, height])
        pdf.pages[0].cropbox = pikepdf.Array([0, 0, width, height])
        data = with_content(repainted.saved(pdf), shown_text(HIDDEN, -150, 400), "STSong-Light")
    found, whole = values(data), values(pdf_of("training_log"))
    changed = {name: one for name, one in found.items() if one != whole[name]}
    assert changed == {"mentor_signature": ("unread", None)}  # blank, at the height of the words that are cut off
    [page] = pages_of(data)
    assert page is not None
    loose = [line.text for line in page.loose]
    assert loose
    assert not any(HIDDEN in text for text in loose)


def test_a_word_that_is_struck_out_is_asked_about() -> None:
    x, y = blank_place()
    drawn = shown_text("很好", x, y) + f" q 0.5 w {x - 1} {y + 3.5} m {x + 21} {y + 3.5} l S Q"
    reading = read(with_content(pdf_of("training_log"), drawn, "STSong-Light"))
    assert reading.fields["questions"].status == "review"


def test_a_blank_page_has_a_text_layer() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    [page] = pages_of(repainted.saved(pdf))
    assert page is not None
    assert not page.loose
