"""The reading benchmark: it runs on a few forms, what it draws is what the product prints, its judge can be failed."""

import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.reading.__main__ import accuracy
from benchmarks.reading.drawing import Drawn, Typed, filled_of, packed
from benchmarks.reading.editing import EDITS
from benchmarks.reading.families import FAMILIES, papers_of_family
from benchmarks.reading.filling import Template, printed_form, templates_of, truth_in, typed_form
from benchmarks.reading.judge import FormJudged, judge_file
from benchmarks.reading.media import ROWS
from benchmarks.reading.model import A4, Paper, Table
from benchmarks.reading.table import at_most, share, upper_bound
from benchmarks.reading.truth import Answers, Stated, Truth, drawn_answers
from benchmarks.reading.words import SAME
from extractors.files import read_bytes
from gengang.codecs import show
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.sheet import Row, squeezed
from gengang.synonyms import synonyms_of
from gengang.wordxml import sheet_of_word

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = templates_of(papers_of_family("tune", 7))
OTHERS = tuple(template for family in ("tune2", "held") for template in templates_of(papers_of_family(family, 7)))


def test_it_prints_a_row_for_each_medium(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["Word as filled", "Word edited", "several in one Word", "no form"]
    found = accuracy("tune", 4, 7, {row: ROWS[row] for row in rows}, tmp_path)
    printed = capsys.readouterr().out.splitlines()
    assert [len(judged) for judged in found.values()] == [4, 4, 4]
    assert [row for row in rows if any(line.startswith(f"{row}  ") for line in printed)] == rows
    assert (tmp_path / "failures.txt").is_file()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_thirty_templates_or_nearly_and_no_two_are_alike(family: str) -> None:
    papers = papers_of_family(family, 2016)
    templates = templates_of(papers)
    assert len(templates) >= 27
    assert [paper for paper in papers if not _is_ruled(paper)] == []
    assert len({template.form.version for template in templates}) == len(templates)
    assert [one.data for one in templates] == [one.data for one in templates_of(papers_of_family(family, 2016))]


def _is_ruled(paper: Paper) -> bool:
    """Every row of its tables covers every column."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return all(sum(cell.span for cell in row.cells) == len(table.widths) for table in tables for row in table.rows)


def test_the_readme_says_how_many_edits_there_are() -> None:
    assert f" {len(EDITS)} kinds of edits" in (ROOT / "README.md").read_text("utf-8")


def test_another_office_s_word_for_a_label_is_one_that_the_readers_know() -> None:
    known = synonyms_of((ROOT / "templates" / "synonyms.toml").read_text("utf-8")).groups
    assert [words for words in SAME.values() if not any({*map(squeezed, words)} <= group for group in known)] == []


def test_the_families_share_no_title_and_few_labels() -> None:
    families = [family.words for family in FAMILIES.values()]
    assert len(families) == 3
    for one, other in combinations(families, 2):
        titles = [{title for titles in words.titles.values() for title in titles} for words in (one, other)]
        labels = [{squeezed(label) for known in words.labels.values() for label in known} for words in (one, other)]
        assert not titles[0] & titles[1]
        assert len(labels[0] & labels[1]) <= min(map(len, labels)) // 5


def test_held_has_grids_sheets_and_rows_of_its_own() -> None:
    papers = papers_of_family("held", 2016)
    tables = [block for paper in papers for block in paper.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    assert len({table.widths for table in tables}) > 40  # the other families rule theirs into equal columns
    assert {paper.size for paper in papers} > {A4}
    assert {paper.wide for paper in papers} == {True, False}
    assert {row.whole for row in rows if row.of} == {row.head for row in rows if not row.of} == {True, False}
    assert any(line.slots for paper in papers for line in (*paper.header, *paper.footer))


def test_two_people_of_one_paper_are_two_people() -> None:
    paper = next(paper for paper in papers_of_family("held", 7) if paper.stem.startswith("pairing"))
    drawn = [drawn_answers(paper, random.Random(number)).values for number in range(9)]
    names = [(values["first__name"], values["second__name"]) for values in drawn]
    assert [first for first, second in names if first == second] == []


@pytest.mark.parametrize("template", [*TEMPLATES, *OTHERS], ids=lambda template: template.form.stem)
def test_the_blank_form_that_is_typed_into_is_the_one_the_product_prints(template: Template) -> None:
    lists: dict[str, tuple[dict[str, None], ...]] = {
        name: tuple({} for _ in range(2)) for name in template.form.lists()
    }
    printed = sheet_of_word(template.writer.fill({}, lists))
    blank = filled_of(
        template.paper, lambda slot, _: Typed((show(slot.codec, None, slot.options),)), dict.fromkeys(lists, 2)
    )
    assert words_of(sheet_of_word(packed(blank)).rows) == words_of(printed.rows)


def words_of(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[cell.text.strip() for cell in row.cells] for row in rows]


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_finds_a_form_says_whether_it_changed_it_and_leaves_one_that_opens(name: str) -> None:
    done = 0
    for number, template in enumerate((*TEMPLATES, *OTHERS)):
        chance = random.Random(f"{name} {number}")
        draft = typed_form(template, chance)
        before = parts_of(draft.drawn)
        says = EDITS[name](draft, chance)
        assert says == (parts_of(draft.drawn) != before), f"form {number}"
        if says:
            truth_in(draft, template)
            sheet_of_word(packed(draft.drawn))
            done += 1
        if done == 10:
            return
    assert done >= 3


def parts_of(drawn: Drawn) -> dict[str, bytes]:
    return {name: etree.tostring(part) for name, part in drawn.parts.items()}


# --- the judge ---

TRUTH = Truth(
    "f",
    "v1",
    {"name": Stated("张三"), "phone": Stated(None), "note": None, "score": Stated(None, sure=False)},
    {"rows": ({"day": Stated("2016-09-05")}, {"day": Stated("2016-09-06")})},
)


def accepted(value: str) -> FieldReading:
    return FieldReading("accepted", value, value)


FIELDS: dict[str, FieldReading | ListReading] = {
    "name": accepted("张三"),
    "phone": FieldReading("blank"),
    "note": FieldReading("missing"),
    "score": FieldReading("review", "90"),
    "rows": ListReading("accepted", ({"day": accepted("2016-09-05")}, {"day": accepted("2016-09-06")})),
}
READING = Reading("f", "v1", FIELDS)


def judged(**fields: FieldReading | ListReading) -> FormJudged:
    [form] = judge_file([TRUTH], FileReading("a", "", "word", (replace(READING, fields=FIELDS | fields),)))
    return form


def test_a_true_reading_is_right_in_every_field() -> None:
    assert {one.path: one.verdict for one in judged().fields} == {
        "name": "right",
        "phone": "right",
        "score": "unsure",
        "rows[1].day": "right",
        "rows[2].day": "right",
    }


@pytest.mark.parametrize(
    ("name", "found", "verdict"),
    [
        ("name", accepted("李四"), "wrong"),
        ("name", FieldReading("review", "张三"), "proposed"),
        ("name", FieldReading("review", "李四"), "open"),
        ("name", FieldReading("unread"), "open"),
        ("name", FieldReading("blank"), "lost"),
        ("name", FieldReading("missing"), "lost"),
        ("phone", accepted("13800000000"), "wrong"),
        ("phone", FieldReading("unread"), "open"),
        ("note", accepted("无"), "wrong"),
        ("note", FieldReading("review", "无"), "open"),
        ("score", accepted("90"), "wrong"),
        ("score", FieldReading("blank"), "lost"),
    ],
)
def test_a_planted_fault_is_reported(name: str, found: FieldReading, verdict: str) -> None:
    [told] = [one for one in judged(**{name: found}).fields if one.path == name]
    assert told.verdict == verdict


def test_a_row_that_was_dropped_is_lost_unless_the_list_asks() -> None:
    rows = ({"day": accepted("2016-09-06")},)
    silent = judged(rows=ListReading("accepted", rows))
    assert [one.verdict for one in silent.fields if one.path.startswith("rows")] == ["lost", "right"]
    asking = judged(rows=ListReading("review", rows))
    assert [one.verdict for one in asking.fields if one.path.startswith("rows")] == ["open", "right"]


def test_a_row_too_many_is_wrong() -> None:
    rows = tuple({"day": accepted(f"2016-09-0{day}")} for day in (5, 7, 6))
    fields = judged(rows=ListReading("accepted", rows)).fields
    assert [one.path for one in fields if one.verdict == "wrong"] == ["rows[+2].day"]


def test_a_row_too_many_that_is_only_proposed_is_open() -> None:
    days = [
        accepted("2016-09-05"),
        FieldReading("review", "2016-09-07"),
        FieldReading("review"),
        accepted("2016-09-06"),
    ]
    fields = judged(rows=ListReading("review", tuple({"day": day} for day in days))).fields
    assert [(one.path, one.verdict) for one in fields if one.path.startswith("rows")] == [
        ("rows[1].day", "right"), ("rows[2].day", "right"), ("rows[+2].day", "open"),
    ]  # fmt: skip


def test_a_form_of_another_name_is_not_identified_and_what_it_says_is_wrong() -> None:
    [form] = judge_file([TRUTH], FileReading("a", "", "word", (replace(READING, form="g"),)))
    assert not form.identified
    assert sum(one.verdict == "wrong" for one in form.fields) == 3


def test_a_submission_too_many_counts() -> None:
    forms = judge_file([TRUTH], FileReading("a", "", "word", (READING, READING)))
    assert [sum(one.verdict == "wrong" for one in form.fields) for form in forms] == [0, 3]
    assert [sum(one.verdict == "open" for one in form.fields) for form in forms] == [0, 1]


def test_what_the_product_prints_and_reads_is_right_but_for_the_fault_we_plant() -> None:
    template = next(one for one in TEMPLATES if "name" in one.form.fields())
    filled = printed_form(template, random.Random(3))
    reading = read_bytes("a.docx", filled.data, [template.form])
    [good] = judge_file([filled.truth], reading)
    planted = replace(filled.truth, fields={**filled.truth.fields, "name": Stated("另一人")})
    [bad] = judge_file([planted], reading)
    assert bad.count()["wrong"] == good.count()["wrong"] + 1


def test_answers_are_the_same_for_the_same_chance() -> None:
    draws: list[Answers] = [drawn_answers(TEMPLATES[0].paper, random.Random(5)) for _ in range(2)]
    assert draws[0] == draws[1]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 3, "0.00 %"), (2, 3, "66.66 %"), (99_996, 100_000, "99.99 %"), (10**9 - 1, 10**9, "99.99 %"),
     (29, 100, "29.00 %"), (7, 7, "100.00 %"), (0, 0, "-")],
)  # fmt: skip
def test_a_share_is_cut_and_only_the_whole_is_a_hundred(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


@pytest.mark.parametrize(
    ("hits", "trials", "shown"),
    [(0, 10_000, "0.030%"), (0, 12_300, "0.025%"), (0, 12_470, "0.025%"), (3, 3, "100.000%")],
)
def test_a_bound_is_never_shown_as_less_than_it_is(hits: int, trials: int, shown: str) -> None:
    assert at_most(hits, trials) == shown
    assert float(shown.rstrip("%")) / 100 >= upper_bound(hits, trials)


@pytest.mark.parametrize(
    ("hits", "trials", "bound"), [(0, 10_000, 0.0002995), (1, 100, 0.04656), (3, 3, 1.0), (0, 0, 1.0)]
)
def test_the_upper_bound_is_clopper_and_pearsons(hits: int, trials: int, bound: float) -> None:
    assert upper_bound(hits, trials) == pytest.approx(bound, rel=1e-3)
