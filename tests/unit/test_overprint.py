"""Overprints: only the new words, each where the same template prints it, moved by the offset; nothing else at all."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from extractors.marks import codes_of_print
from gengang.facts import Actor, latest
from gengang.form import Form
from gengang.issued import Issued
from gengang.keyring import new_key
from gengang.offsets import offset_fact, offsets_of
from gengang.papers.appraisal import appraisal_values
from gengang.papers.certificate import completion_draft
from gengang.papers.certificate_code import facts_on, with_code
from gengang.papers.draft import Draft
from gengang.papers.figures import figures_of
from gengang.papers.overprint_pdf import Offset, joined, misplaced, overprint_of
from gengang.papers.overprint_word import alone
from gengang.papers.print_proof import page_texts
from gengang.papers.signing_sheets import (
    TITLES,
    cells_of,
    keepers_of,
    kept_alone,
    result_of,
    sheet_values,
    sheets_to_sign,
)
from gengang.press import press
from gengang.rendering import TICK, TICKED, Given, Kept, writer_of
from gengang.tools import convert_office
from gengang.wordmarks import marked
from tests.unit.cohorts import (
    FAILED,
    FONTS,
    OUR_SCHEME,
    PASSED,
    WITHHELD,
    papers_of,
    press_at,
    roster_of,
    verdicts_of,
    writers,
)
from tests.unit.rosters import paper

ME = Actor("王老师", "office", "办公室电脑", "papers")
FIGURES = figures_of(OUR_SCHEME, PASSED.key, papers_of(PASSED))
STEMS = ("appraisal", "assessment_register")
LONG = replace(PASSED, name="阿卜杜热合曼·买买提·艾则孜", school="XX县李河镇第一中心小学大王庄教学点")
ALSO = {TICK: TICKED}


def form(stem: str) -> Form:
    return writers()["forms", stem].form


def sheet(stem: str, cells: Mapping[str, Given | Kept], long: bool = False) -> bytes:
    """A person's sheet as it is printed, with these cells."""
    writer, person = writers()["forms", stem], LONG if long else PASSED
    values = sheet_values(writer.form, person, FIGURES, OUR_SCHEME, roster_of())
    return marked(writer.fill({**values, **cells}), Issued(stem, writer.form.version, person.key))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Prints by name: each form whole, blank and alone, also of somebody with a long name; a certificate."""
    words: dict[str, bytes] = {}
    for stem in STEMS:
        for name, long in (("", False), ("long-", True)):
            result = {"score": "95.5", "grade": "不合格" if long else "合格", "hours": 60}
            cells = cells_of(stem, result)
            words[f"{name}{stem}-whole"] = sheet(stem, cells, long)
            words[f"{name}{stem}-blank"] = sheet(stem, {}, long)
            words[f"{name}{stem}-alone"] = alone(sheet(stem, kept_alone(cells), long))
    words |= {
        f"crowded-{name}": crowded(cells) for name, cells in (("blank", {}), ("whole", {"college_score": "95.5"}))
    }
    draft = certificate(tmp_path_factory.mktemp("keys"))
    words["certificate"] = writers()["papers", draft.template].fill(draft.values)
    folder = tmp_path_factory.mktemp("prints")
    sources = [folder / f"{name}.docx" for name in words]
    for source in sources:
        source.write_bytes(words[source.stem])
    done = convert_office(sources, "pdf", folder / "pdf", 300.0, FONTS)
    return {one.source.stem: one.result.read_bytes() for one in done if one.result}


def crowded(cells: Mapping[str, Given]) -> bytes:
    """A register on which a word stands behind a figure."""
    document = docx.Document(io.BytesIO(writers()["forms", "assessment_register"].data))
    lines = (line for row in document.tables[0].rows for cell in row.cells for line in cell.paragraphs)
    next(line for line in lines if "college_score" in line.text).add_run("分整")
    drawn = io.BytesIO()
    document.save(drawn)
    return writer_of(drawn.getvalue(), "assessment_register").fill(cells)


def certificate(keys: Path) -> Draft:
    draft = completion_draft(PASSED, verdicts_of()[PASSED.key], OUR_SCHEME, roster_of(), date(2016, 12, 9), 7)
    assert isinstance(draft, Draft)
    said = facts_on(draft, writers()["papers", draft.template].form)
    return with_code(draft, new_key(keys, "2016-12-09T01:00:00Z").signed(said).text)


@pytest.mark.parametrize("long", ["", "long-"])
@pytest.mark.parametrize(("stem", "words"), [("appraisal", "95.5√60"), ("assessment_register", "95.595.560")])
def test_an_overprint_holds_the_cells_alone_each_where_the_sheet_has_it(
    printed: dict[str, bytes], stem: str, words: str, long: str
) -> None:
    made = overprint_of(printed[f"{long}{stem}-alone"], Offset(), pictures=False)
    assert "".join("".join(page_texts(made.pdf)).split()) == words
    assert made.pages == (2,) if stem == "appraisal" else made.pages == (1, 2)
    assert misplaced(made, Offset(), printed[f"{long}{stem}-whole"], ALSO) == ()


@pytest.mark.parametrize("long", ["", "long-"])
@pytest.mark.parametrize("stem", STEMS)
def test_filled_cells_move_nothing_on_the_sheet_that_was_signed(
    printed: dict[str, bytes], stem: str, long: str
) -> None:
    blank = overprint_of(printed[f"{long}{stem}-blank"], Offset(), pictures=False)
    assert misplaced(blank, Offset(), printed[f"{long}{stem}-whole"], {"□": TICKED}) == ()


def test_a_word_that_a_figure_moves_is_seen(printed: dict[str, bytes]) -> None:
    blank = overprint_of(printed["crowded-blank"], Offset(), pictures=False)
    assert {"分", "整"} <= {*misplaced(blank, Offset(), printed["crowded-whole"], {"□": TICKED})}


def test_an_offset_moves_every_letter_by_as_much(printed: dict[str, bytes]) -> None:
    offset, whole = Offset(1.5, -2.25), printed["appraisal-whole"]
    made = overprint_of(printed["appraisal-alone"], offset, pictures=False)
    assert misplaced(made, offset, whole, ALSO) == ()
    assert set(misplaced(made, Offset(), whole, ALSO)) == {*"95.5√60"}


def test_a_shell_gets_the_words_and_the_code_and_neither_frame_nor_title(printed: dict[str, bytes]) -> None:
    whole = printed["certificate"]
    made = overprint_of(whole, Offset(-2, 3), pictures=True)
    said, all_said = ("".join("".join(page_texts(pdf)).split()) for pdf in (made.pdf, whole))
    assert said == all_said.replace("结业证书", "", 1)
    assert codes_of_print(made.pdf) == codes_of_print(whole) != frozenset()
    assert misplaced(made, Offset(-2, 3), whole, {}) == ()
    assert len(made.pdf) < len(whole)


def test_nothing_of_the_sheet_is_left_in_the_file(printed: dict[str, bytes]) -> None:
    made = overprint_of(printed["appraisal-alone"], Offset(), pictures=False)
    for said in ("张三", PASSED.id_number, "跟岗"):
        assert said not in "".join(page_texts(made.pdf))
    assert page_texts(joined([made.pdf] * 3)) == page_texts(made.pdf) * 3
    assert joined([made.pdf] * 3) == joined([made.pdf] * 3)


def test_a_word_file_alone_says_the_same_without_the_marks() -> None:
    whole, part = sheet("appraisal", {"score": "95.5"}), alone(sheet("appraisal", {"score": Kept("95.5")}))
    assert alone(whole) != whole
    assert "\ue000".encode() not in part


# --- what is printed to be signed, and what goes in later ---


def test_each_copy_names_its_keeper_until_the_signed_one_is_in() -> None:
    for stem, keepers in (
        ("assessment_register", ["教体局存", "教师进修学校存", "基地学校存"]),
        ("personal_info", ["教体局存", "教师进修学校存"]),
    ):
        drafts = sheets_to_sign(form(stem), PASSED, (), OUR_SCHEME, roster_of())
        assert [one.values["keeper"] for one in drafts] == keepers == list(keepers_of(OUR_SCHEME, stem))
        assert len({one.file for one in drafts}) == len(keepers)
        assert not {"total", "college_score", "college_hours", "mentor_opinion"} & {*drafts[0].values}
        assert sheets_to_sign(form(stem), PASSED, (paper(stem, {"name": "张三"}),), OUR_SCHEME, roster_of()) == ()


def test_only_what_is_certain_is_put_in() -> None:
    verdict = verdicts_of()[PASSED.key]
    assert result_of(verdict) == {"score": str(verdict.score).rstrip("0").rstrip("."), "grade": "合格", "hours": 60}
    assert result_of(replace(verdict, score=None)) == {}
    assert result_of(replace(verdict, answer="cannot_tell")) == {}
    assert result_of(verdicts_of()[FAILED.key])["grade"] == "不合格"
    assert result_of(verdicts_of()[WITHHELD.key])["hours"] is None
    assert "score" not in appraisal_values(PASSED, FIGURES, OUR_SCHEME, roster_of())


def test_the_last_offset_of_a_paper_counts() -> None:
    facts = [offset_fact(*one, "手工输入", ME, "2016-12-09T08:00:00Z") for one in
             (("certificate", 1.0, -2.0), ("appraisal", 0.5, 0.5), ("certificate", 1.25, 0.0))]  # fmt: skip
    assert offsets_of(facts) == {"certificate": (1.2, 0.0), "appraisal": (0.5, 0.5)}
    assert len(latest(facts, "decision")) == 2


def test_sheets_for_the_longest_names_stay_on_both_sides_of_one_paper(tmp_path: Path) -> None:
    drafts = [sheets_to_sign(form(stem), LONG, (), OUR_SCHEME, roster_of())[0] for stem in TITLES]
    done = press(drafts, press_at(tmp_path))
    assert [(one.status, one.pages, one.findings) for one in done] == [("new", 2, ())] * 2
