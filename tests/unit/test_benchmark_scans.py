"""The scans benchmark: what is written by hand or ticked is what the truth says; confidence is told by codec."""

import io
import random
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from benchmarks.reading.drawing import packed
from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import Template, templates_of, typed_form
from benchmarks.reading.judge import FormJudged, Judged, Verdict
from benchmarks.reading.truth import Stated, Truth
from benchmarks.scans import damage_held
from benchmarks.scans.__main__ import main
from benchmarks.scans.made import by_letters, set_otherwise
from benchmarks.scans.misread import Task, seen_in, tasks_of
from benchmarks.scans.names import WAYS, Line
from benchmarks.scans.pens import drawn_ticks, write_by_hand
from benchmarks.scans.piles import joined_pdf
from benchmarks.scans.reliability import plain_path, print_reliability
from benchmarks.scans.roster import roster_of
from benchmarks.scans.rows import TUNE, has_ticks, with_pen_ticks
from benchmarks.scans.struck import PENS, Told, numbered, print_table, spots_of, struck
from extractors.files import read_bytes
from gengang.reading import FieldReading
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN

TEMPLATES = templates_of(papers_of_family("tune2", 7))
TICKED = next(one for one in TEMPLATES if has_ticks(one.paper) and one.paper.stem.startswith("leave"))


def _values(docx: bytes, template: Template) -> dict[str, object]:
    [reading] = read_bytes("a.docx", docx, [template.form]).submissions
    return {name: found.value for name, found in reading.fields.items() if isinstance(found, FieldReading)}


def test_a_form_written_by_hand_says_what_was_typed() -> None:
    for number, template in enumerate(TEMPLATES[:6]):
        typed, written = (typed_form(template, random.Random(number)) for _ in range(2))
        write_by_hand(written, TUNE.hands[number % 2], random.Random(1))
        assert _values(packed(typed.drawn), template) == _values(packed(written.drawn), template)
        face = TUNE.hands[number % 2].family.encode()
        assert face in etree.tostring(written.drawn.parts["document"])


def test_a_pen_ticks_the_boxes_that_were_chosen(tmp_path: Path) -> None:
    made = with_pen_ticks(TICKED, random.Random(3), TUNE)
    (tmp_path / "form.docx").write_bytes(made.docx)
    [printed] = convert_office([tmp_path / "form.docx"], "pdf", tmp_path / "pdf", 60)
    assert printed.result is not None
    assert made.chosen is not None
    assert any(made.chosen)
    before = printed.result.read_bytes()
    after = drawn_ticks(before, made.chosen, random.Random(1))
    assert after is not None
    assert _ink(after) > _ink(before)
    assert drawn_ticks(before, (*made.chosen, True), random.Random(1)) is None


def test_a_pen_strikes_out_a_value_where_it_was_printed(tmp_path: Path) -> None:
    draft = typed_form(TICKED, random.Random(3))
    keys = numbered(draft)
    (tmp_path / "form.docx").write_bytes(packed(draft.drawn))
    [printed] = convert_office([tmp_path / "form.docx"], "pdf", tmp_path / "pdf", 60)
    assert printed.result is not None
    before = printed.result.read_bytes()
    spots = tuple(spots_of(before, keys))
    assert [spot.key for spot in spots if spot.key not in keys] == []
    assert len(spots) > len(keys) / 2
    for kind in PENS:
        after = struck(before, {spots[0]: kind}, random.Random(1))
        assert _ink(after) > _ink(before)


def test_what_was_accepted_though_struck_out_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([Told("a line", True, False, "1 name"), Told("a line", False, True, "1 phone"),
                 Told("", True, False, "2 name"), Told("", False, True, "2 phone")])  # fmt: skip
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["a", "line", "2", "1", "1"]
    assert lines[-3] == "clean forms: 2 values, 1 for nothing, 50.00%"
    assert lines[-2:] == ["silent: 1 name", "for nothing: 2 phone"]


def _ink(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    dark = sum(int((page.render(scale=2, grayscale=True).to_numpy() < 128).sum()) for page in document)
    document.close()
    return dark


def test_the_roster_has_the_person_once_among_others() -> None:
    made = with_pen_ticks(TEMPLATES[0], random.Random(5), TUNE)
    name = made.truth.fields["name"]
    assert name is not None
    people = roster_of(made.truth, random.Random(1)).trainees
    assert [one.key for one in people if one.name == name.value] == ["own"]
    assert len(people) > 50


def test_the_roster_has_those_whom_a_list_names_and_the_mentor_and_no_signer() -> None:
    said = {name: Stated(name) for name in ("周明", "陈丽", "李娜", "张村小学", "钱进")}
    fields = {"mentor": said["周明"], "base_school": said["张村小学"], "signer": said["钱进"], "school": None}
    roster = roster_of(Truth("roll", "", fields, {"persons": ({"name": said["陈丽"]}, {"name": said["李娜"]})}),
                       random.Random(1))  # fmt: skip
    assert all(map(roster.has_name, ("周明", "陈丽", "李娜")))
    assert not roster.has_name("钱进")
    assert roster.knows_alone("张村小学")


def test_long_texts_are_held_to_letters_and_marks() -> None:
    fields = tuple(Judged(path, verdict, True, True, alike=alike)
                   for path, verdict, alike in _LIKE_AND_UNLIKE)  # fmt: skip
    codecs = {("a", "name"): "text", ("a", "opinion"): "prose"}
    held = by_letters(FormJudged(Truth("a", "", {}, {}), fields, True, True), codecs)
    assert [one.verdict for one in held.fields] == ["right", "wrong", "wrong", "proposed", "right"]
    assert set_otherwise([held]) == 1


_LIKE_AND_UNLIKE: tuple[tuple[str, Verdict, bool], ...] = (
    ("opinion", "wrong", True), ("opinion", "wrong", False), ("name", "wrong", True), ("opinion", "open", True),
    ("opinion", "right", False),
)  # fmt: skip


def test_a_pile_is_its_forms_one_behind_the_other_with_blank_backs() -> None:
    one = pypdfium2.PdfDocument.new()
    one.new_page(100, 100)
    one.new_page(100, 100)
    data = io.BytesIO()
    one.save(data)
    joined, pages = joined_pdf([data.getvalue()] * 3, blank=True)
    assert pages == [(1, 2), (3, 4), (6, 7)]
    assert len(pypdfium2.PdfDocument(joined)) == 7


def test_a_name_is_taken_where_the_policy_takes_it_and_keeps_what_was_read_for_another() -> None:
    sure = Line("杨嗨", "杨海", "杨海", 0.999, overlooked=False)
    assert (sure.is_alike, sure.is_taken, sure.is_wrong, sure.pairs) == (True, True, True, {("海", "嗨")})
    assert not replace(sure, overlooked=True).is_taken
    assert not replace(sure, second="杨嗨").is_taken
    assert replace(sure, sure=0.89).pairs == set()
    assert replace(sure, first="杨", second="杨").pairs == set()


def test_confidence_is_told_by_codec_and_bin(capsys: pytest.CaptureFixture[str]) -> None:
    fields = (_judged("name", "right", 0.993), _judged("name", "open", 0.991), _judged("rows[2].day", "right", 0.3),
              _judged("name", "unsure", 0.9))  # fmt: skip
    form = FormJudged(Truth("a", "", {}, {}), fields, True, True)
    print_reliability([form], {("a", "name"): "text", ("a", "rows.day"): "date"})
    date, text = capsys.readouterr().out.splitlines()
    assert date.split()[:4] == ["date", "0.00-0.50", "1", "100.00%"]
    assert text.split()[:4] == ["text", "0.99-1.00", "2", "50.00%"]
    assert plain_path("rows[2].day") == "rows.day"


def _judged(path: str, verdict: Verdict, confidence: float) -> Judged:
    return Judged(path, verdict, False, True, "", "", confidence)


def test_the_held_damage_gives_files_that_are_pictures(tmp_path: Path) -> None:
    made = with_pen_ticks(TICKED, random.Random(3), TUNE)
    (tmp_path / "form.docx").write_bytes(made.docx)
    [printed] = convert_office([tmp_path / "form.docx"], "pdf", tmp_path / "pdf", 60)
    assert printed.result is not None
    pdf = printed.result.read_bytes()
    for damage in (damage_held.bilevel, damage_held.sealed_scan):
        sent = damage(pdf, random.Random(1))
        document = pypdfium2.PdfDocument(sent.data)
        assert [page.get_textpage().count_chars() for page in document] == [0] * len(document)
        document.close()
    assert damage_held.chat(pdf, random.Random(1)).ending in (".jpg", ".zip")


def test_every_character_of_the_table_is_printed_in_every_way_and_what_was_read_for_another_is_kept() -> None:
    face = str(BUILT_IN / "fonts" / "FandolFang-Regular.otf")
    tasks = [*tasks_of(face, 7)]
    known = [sorted(one for task in tasks if task.way == way for one in task.some) for way in range(WAYS)]
    assert known[2] == known[3]
    assert {*known[2]} <= {*known[0]}
    assert {"媛", "琳", "海"} <= {*known[3]}
    seen = seen_in(Task(face, 0, ("嫒", "海"), 7))
    assert seen.lines == 2 > seen.unlike >= len(seen.pairs)
    assert {(one, printed) for one, printed, _ in seen.pairs} <= {("媛", "嫒")}


def test_of_several_seeds_no_reliability_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks.scans", "--seed", "1", "2", "--reliability", "--forms", "0"])
    with pytest.raises(SystemExit):
        main()
    assert "--reliability takes one seed" in capsys.readouterr().err
