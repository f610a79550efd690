"""The forms hold every agreed field, with its codec, and each tag stands whole in one run."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from gengang.template import form_of
from tests.unit.agreed_forms import AGREED, LISTS

FORMS = Path(__file__).parents[2] / "templates" / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LYING = ("registration", "attendance", "question_response", "score_sheet")
TAG = re.compile(r"\{\{ (?P<name>[a-z0-9_.]+) \| (?P<codec>[a-z_]+)(?:\((?P<options>[^)]*)\))? \}\}")


def run_texts(stem: str) -> list[str]:
    """The text of every run of the form's body, in order."""
    with zipfile.ZipFile(FORMS / f"{stem}.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return ["".join(text.text or "" for text in run.iter(f"{W}t")) for run in body.iter(f"{W}r")]


def drawn_fields(stem: str) -> dict[str, str]:
    """Field name -> codec with its options, of the tags that stand whole in one run."""
    matches = [match for text in run_texts(stem) for match in TAG.finditer(text)]
    return {match["name"]: match["codec"] + _options(match["options"]) for match in matches}


def _options(text: str | None) -> str:
    return "" if text is None else "(" + text.replace('"', "") + ")"


@pytest.mark.parametrize("stem", AGREED)
def test_a_form_holds_exactly_the_agreed_fields(stem: str) -> None:
    assert drawn_fields(stem) == AGREED[stem]


@pytest.mark.parametrize("stem", AGREED)
def test_every_tag_is_in_one_run(stem: str) -> None:
    texts = run_texts(stem)
    assert "".join(texts).count("{{") == sum(len(TAG.findall(text)) for text in texts)


@pytest.mark.parametrize("stem", LISTS)
def test_lists_are_looped_by_rows_of_their_own(stem: str) -> None:
    loops = [text for text in run_texts(stem) if "{%" in text]
    wanted = [part for loop in LISTS[stem] for part in (f"{{%tr for {loop} %}}", "{%tr endfor %}")]
    assert loops == wanted


def test_the_forms_are_those_that_were_agreed() -> None:
    assert {path.stem for path in FORMS.glob("*.docx")} == AGREED.keys() == LISTS.keys()
    assert len(AGREED) == 43


@pytest.mark.parametrize("stem", AGREED)
def test_no_form_has_a_fault(stem: str) -> None:
    assert form_of((FORMS / f"{stem}.docx").read_bytes(), stem).faults == ()


@pytest.mark.parametrize("stem", AGREED)
def test_a_form_is_a4_and_names_itself_and_its_version_in_the_footer(stem: str) -> None:
    document = docx.Document(str(FORMS / f"{stem}.docx"))
    [section] = document.sections
    lengths = [section.page_width, section.page_height, section.top_margin]
    width, height, top = (round(length.mm) if length is not None else 0 for length in lengths)
    assert (width, height) == ((297, 210) if stem in LYING else (210, 297))
    assert "2016版" in section.footer.paragraphs[0].text
    assert top >= 22  # room for the page mark
