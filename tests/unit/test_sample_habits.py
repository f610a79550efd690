"""Habits: the file stays a Word file, what was typed stands there, and no reader is silently wrong about it.

The truth comes from the habit; the reader is asked only whether it contradicts it.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.fields import readings_of_sheet
from gengang.codecs import Period, Value, id_check_character
from gengang.form import FieldType, Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.rendering import Writer, writer_of
from gengang.sample.habits import HABITS, Habit, Typed, habit_named, with_habits
from gengang.sample.papers_filled import Filled
from gengang.sample.stories import Kind
from gengang.submission import RowValues
from gengang.wordxml import sheet_of_word
from gengang.workspace import BUILT_IN

# What is new in the XML of the body after each habit, texts between > and <, or tags; empty where nothing is new.
SIGNS = {
    "spaced_names": r">\w([ 　]{1,2}\w){1,2}<",
    "rare_character_replaced": r"[□口*]<|[a-z]<|（\w\w）<",
    "private_character": "[\ue000-\uf8ff]<",
    "other_middle_dot": "[•‧・]",
    "keyboard_middle_dot": r"曼[.．。]买",
    "hyphen_for_dot": r"曼-买",
    "long_name_cut": ">阿卜杜热<",
    "traditional_family_name": ">[陳張趙]",
    "id_spelled": r"\d{6} \d{8} [\dX]{4}<|[０-９]{17}|x<|Ｘ<|\d{18} <",
    "id_of_excel": r">\d\.\d{5}E\+1\d<|>\d{15}000<",
    "id_wrong_check": r">\d{17}[\dX]<",
    "id_seventeen": r">\d{16}[\dX]<",
    "id_letter": r">\d*O\d*X?<",
    "born_differs": r">\d{4}年\d+月<",
    "gender_differs": ">[男女]<",
    "id_fifteen": r">\d{15}<",
    "phone_spelled": r"\d{3}[ 　-]\d{4}[ 　-]\d{4}<|\+86|[０-９]{11}|\d/0371",
    "phone_short": r">66\d{4}<|>1\d{9}<|\d、1",
    "id_and_phone_swapped": "",
    "dates_spelled": r"2016[-./．]1?\d|2016 年|>20161?\d|2016\. \d|年\d\d月\d\d日",
    "months_spelled": r"19\d\d[./-]\d|>19\d{4}<|年\d\d月<|月份<| 年 ",
    "two_digit_year": r">16[.年]\d",
    "dates_in_words": r"二[〇零]一六年|\d号<",
    "date_without_year": r">[十一二九]{1,2}月|>\d+[.月]\d+",
    "month_cut": r">19\d\d\.1<",
    "no_such_day": r"9月31日<|2月30日<|\.11\.31<",
    "old_calendar": ">八月十五<|>农历九月初九<|>丙申年八月廿五<",
    "number_in_words": ">[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+<",
    "number_with_unit": r">\d+[年分]<|> \d+ <|>　\d+<|>\d+\.0<",
    "number_vague": r">约\d|\d\+<|\d余<|\d左右<",
    "period_spelled": r">2016年9月1日[—到]|>2016\.9\.1[—-]|>2016/9/1~",
    "period_without_year": r">9\.1—11\.30<|>9月1日至11月30日<",
    "total_wrong": r">[\d.]+<",
    "score_outside": ">(105|-3|优|A|良好|满分)<",
    "score_spelled": r">\d+\.\d*0<|\d分<|> \d|>[０-９.]+<",
    "figures_full_width": "[０-９]",
    "subject_otherwise": ">语文、品德<|>语<",
    "stage_subject_otherwise": ">语文<|>语文（小学）<|>小学、语文<",
    "title_otherwise": ">(小高|小学高级|一级|中小学一级教师)<",
    "degree_otherwise": ">大学|（函授）<|>学士<",
    "all_ticked": "☑[^ ]+ ☑",
    "none_ticked": "□[^ ]+ □",
    "tick_spelled": "√|✓|■|☒|●",
    "tick_behind": r"[\u4e00-\u9fff][☑√□（]",
    "tick_of_a_font": "<w:sym |Wingdings 2",
    "word_without_boxes": r">[\u4e00-\u9fff]+<",
    "tick_between": r"[\u4e00-\u9fff] √ [\u4e00-\u9fff]",
    "labels_spaced": "[：:]<|　|  |>\\w<",
    "label_synonym": r">[\u4e00-\u9fff、]+<",
    "row_deleted": "",
    "list_row_deleted": "",
    "remark_row": ">(另附材料|补充说明|（此行|以上内容)",
    "column_added": "其他说明.*见附页",
    "blank_list_rows": "<w:tr>|<w:trHeight",
    "list_closed": "以下[空无]",
    "cells_joined": "",
    "value_in_label": ">：",
    "value_under_label": "<w:p>",
    "value_in_row_below": "<w:tr>",
    "cell_split": "<w:tc>",
    "row_in_two": '<w:vMerge w:val="continue"',
    "control_inline": "<w:sdt>",
    "control_block": "<w:sdt>",
    "control_cell": "<w:sdt>",
    "control_row": "<w:sdt>",
    "text_box": "<w:txbxContent>",
    "nested_table": "<w:tbl>",
    "smart_tag": "<w:smartTag ",
    "tracked_insertion": "<w:ins ",
    "tracked_correction": "<w:del .*<w:ins ",
    "tracked_deletion": "<w:del ",
    "comment": "<w:commentReference",
    "hidden_text": "<w:vanish/>",
    "date_in_header": "<w:headerReference",
    "control_untouched": "<w:showingPlcHdr",
    "prompt_left": ">此处填写|>（请填写）<|>例：张三<|>XXX<|>点击此处",
    "zero_width": "[\u200b\ufeff]",
    "blanks_around": r"  <|>　|> | <|\u00a0<",
    "broken_in_line": "<w:br/>",
    "broken_in_two": "<w:p>",
    "apostrophe": ">['’‘]0",
    "runs_split": "w:rsidR=.*<w:proofErr",
    "look_changed": "<w:b/>|FF0000|<w:u |<w:highlight|<w:sz ",
}

TRIED = ("activity_record", "appraisal", "assessment_register", "attendance", "development_plan", "lesson_taught",
         "personal_info", "registration", "training_log")  # fmt: skip
SEEDS = (0, 1)


@cache
def writer(stem: str) -> Writer:
    return writer_of((BUILT_IN / "forms" / f"{stem}.docx").read_bytes(), stem)


@cache
def forms() -> tuple[Form, ...]:
    return tuple(writer(path.stem).form for path in sorted((BUILT_IN / "forms").glob("*.docx")))


# --- papers to try the habits on ---

NAMED = {
    "school": "张村小学", "base_school": "安和县实验学校", "stage_subject": "小学语文", "subject": "语文",
    "title": "小学高级教师", "mentor_title": "一级教师", "degree": "本科", "ethnicity": "汉族", "backbone": "县级",
    "mentor_subject": "小学语文", "time": "上午第2节", "lesson_period": "3",
}  # fmt: skip
PEOPLE = ("陈军", "赵喆", "张建国", "阿卜杜热合曼·买买提", "王芳", "李𬱖")
PERSONS = frozenset((
    "name", "trainee", "mentor", "teacher", "speaker", "host", "filled_by", "principal", "contact", "signature",
    "self_signature", "mentor_signature", "trainee_signature", "principal_signature", "assessor", "witness",
))  # fmt: skip
TEXTS = ("跟岗听课记录在册", "初中一年级", "课堂教学有条理", "第二教学楼")


@cache
def stated(stem: str, seed: int) -> Filled:
    """A paper of any form as people fill it; a tenth of its places stay blank."""
    form, rng = writer(stem).form, Random(f"{stem}/{seed}")
    values = {name: value(name, kind, rng) for name, kind in form.fields().items() if kind.codec != "picture"}
    lists = {}
    for loop, columns in form.lists().items():
        rows = [{name: value(name, kind, rng) for name, kind in columns.items()} for _ in range(rng.randint(2, 4))]
        lists[loop] = tuple(row for row in rows if any(cell is not None for cell in row.values()))
    return Filled(cast(Kind, stem), "", "张村小学", values, lists)


def value(name: str, kind: FieldType, rng: Random) -> Value | None:
    if name not in PERSONS and rng.random() < 0.1:
        return None
    made: dict[str, Value] = {
        "text": rng.choice(PEOPLE) if name in PERSONS else NAMED.get(name, rng.choice(TEXTS)),
        "prose": "听课认真，收获很大。\n今后继续努力。",
        "id_number": id_number(rng),
        "phone": f"1380000{rng.randrange(10_000):04d}",
        "date": f"2016-{rng.randint(9, 11):02d}-{rng.randint(1, 30):02d}",
        "month": f"{rng.randint(1972, 1988)}-{rng.choice((1, 3, 10, 12)):02d}",
        "period": Period("2016-09-01", "2016-11-30"),
        "count": rng.randint(0, 30),
        "days": rng.choice(("10", "9.5", "0", "12")),
        "score": rng.choice(("12", "4.5", "92.5", "96")),
    }
    return made[kind.codec] if kind.codec in made else rng.choice(kind.options)


def id_number(rng: Random) -> str:
    first = f"00000019{rng.randint(72, 88)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randrange(1000):03d}"
    return first + id_check_character(first)


@cache
def document(stem: str, seed: int) -> bytes:
    filled = stated(stem, seed)
    return writer(stem).fill(filled.values, filled.lists)


@cache
def typed(name: str, stem: str, seed: int) -> Typed | None:
    return habit_named(name).apply(document(stem, seed), writer(stem).form, stated(stem, seed), Random(seed))


def every_typed(name: str, seeds: Sequence[int] = SEEDS) -> Iterator[tuple[str, int, Typed]]:
    """The habit on each form and paper that it applies to."""
    for stem in TRIED:
        for seed in seeds:
            found = typed(name, stem, seed)
            if found is not None:
                yield stem, seed, found


# --- is a reading silently wrong? ---


def read(data: bytes) -> Reading | None:
    readings = readings_of_sheet(sheet_of_word(data), forms()).readings
    return readings[0] if len(readings) == 1 else None


def silent_faults(form: Form, filled: Filled, found: Typed, reading: Reading) -> list[str]:
    """Fields that the reader accepts as something else, or calls blank though somebody wrote there."""
    values = {**filled.values, **found.values}
    faults = [
        f"{name}: {one.status} {one.value!r}, not {values.get(name)!r}"
        for name, one in reading.fields.items()
        if isinstance(one, FieldReading) and is_wrong(one, values.get(name), name in found.asked, name in found.gone)
    ]
    for name, columns in form.lists().items():
        rows = found.lists.get(name, filled.lists.get(name, ()))
        one = reading.fields[name]
        assert isinstance(one, ListReading)
        faults += list_faults(name, [{c: row.get(c) for c in columns} for row in rows], found.asked, one)
    return faults


def is_wrong(reading: FieldReading, wanted: Value | None, asked: bool, gone: bool) -> bool:
    if asked or gone:
        return reading.status in ("accepted", "blank")
    return (reading.status == "accepted" and reading.value != wanted) or (
        reading.status == "blank" and wanted is not None
    )


def list_faults(name: str, rows: Sequence[RowValues], asked: Sequence[str], reading: ListReading) -> list[str]:
    asked_here = [path for path in asked if path.startswith(f"{name}[")]
    if reading.status == "accepted":
        told = [{column: cell.value for column, cell in row.items()} for row in reading.rows]
        return [f"{name}: accepted {told}, not {rows}, asked {asked_here}"] if asked_here or told != rows else []
    if reading.status == "blank" and rows:
        return [f"{name}: called blank"]
    if len(reading.rows) != len(rows):
        return []
    return [
        f"{name}[{number}].{column}: {cell.status} {cell.value!r}, not {wanted.get(column)!r}"
        for number, (row, wanted) in enumerate(zip(reading.rows, rows, strict=True), 1)
        for column, cell in row.items()
        if is_wrong(cell, wanted.get(column), f"{name}[{number}].{column}" in asked_here, False)
    ]


def faults_of(name: str, seeds: Sequence[int] = SEEDS) -> Iterator[str]:
    for stem, seed, found in every_typed(name, seeds):
        try:
            reading = read(found.data)
        except IndexError as fault:
            yield f"{stem}/{seed}: {fault!r}"
            continue
        if reading is None or reading.form != stem:
            yield f"{stem}/{seed}: read as another form, or as several"
        else:
            wrong = silent_faults(writer(stem).form, stated(stem, seed), found, reading)
            yield from (f"{stem}/{seed} {fault}" for fault in wrong)


def body_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return package.read("word/document.xml").decode()


def new_in(after: str, before: str) -> str:
    """Texts and tags of a body that the other has not, or not as often."""
    tokens = Counter(pieces(after))
    tokens.subtract(pieces(before))
    return " ".join((+tokens).elements())


def pieces(xml: str) -> list[str]:
    texts = [f">{text}<" for text in re.findall(r">([^<>]+)<", xml)]
    return [*texts, *re.findall(r"<[^<>/][^<>]*>", xml)]


ALL = pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)


# --- each habit ---


def test_every_habit_has_a_name_of_its_own_and_a_sign() -> None:
    assert len({habit.name for habit in HABITS}) == len(HABITS)
    assert SIGNS.keys() == {habit.name for habit in HABITS}
    assert all(re.fullmatch(r"[ABD]\d\d", habit.id) for habit in HABITS)


@ALL
def test_what_was_typed_stands_in_a_sound_word_file(habit: Habit) -> None:
    found = list(every_typed(habit.name))
    assert found, "no form shows this habit"
    for stem, seed, one in found:
        before, after = body_of(document(stem, seed)), body_of(one.data)
        assert sheet_of_word(one.data).rows
        if SIGNS[habit.name]:
            assert re.search(SIGNS[habit.name], new_in(after, before), re.DOTALL), (stem, seed)
        else:
            assert pieces(after) != pieces(before)
            assert len(pieces(after)) <= len(pieces(before))


@ALL
def test_the_same_seed_gives_the_same_file(habit: Habit) -> None:
    stem, seed, found = next(every_typed(habit.name))
    again = habit.apply(document(stem, seed), writer(stem).form, stated(stem, seed), Random(seed))
    assert again == found


@ALL
def test_the_truth_changes_as_the_harm_says(habit: Habit) -> None:
    for stem, seed, found in every_typed(habit.name):
        changed = bool(found.values or found.lists)
        assert found.habits == (habit.name,)
        if habit.harm == "harmless":
            assert not changed
            assert not found.asked
        elif habit.harm == "typed":
            assert changed
            assert not found.asked
        else:
            assert found.asked or found.expect or found.gone
        assert_paths_are_of_the_form(writer(stem).form, stated(stem, seed), found)


def test_a_list_row_that_a_habit_leaves_empty_is_no_row_of_the_truth() -> None:
    """As on the paper: the only value of personal_info's first job is the prompt of an untouched control now."""
    first, second = stated("personal_info", 1).lists["jobs"]
    found = typed("control_untouched", "personal_info", 1)
    assert found is not None
    assert [first["unit"], first["post"]] == [None, None]
    assert found.lists["jobs"] == (second,)


def assert_paths_are_of_the_form(form: Form, filled: Filled, found: Typed) -> None:
    paths = set(form.fields())
    for name, columns in form.lists().items():
        rows = found.lists.get(name, filled.lists.get(name, ()))
        paths |= {f"{name}[{number}].{column}" for number in range(1, len(rows) + 1) for column in columns}
    assert {*found.asked, *found.values, *found.gone} <= paths
    assert not {*found.asked} & {*found.values}
    assert all(found.values[name] is None for name in found.gone)


@ALL
def test_the_expected_findings_are_found(habit: Habit) -> None:
    for _, _, found in every_typed(habit.name):
        if found.expect:
            reading = read(found.data)
            assert reading is not None
            assert {*found.expect} <= {finding.code for finding in reading.findings}


@pytest.mark.parametrize("name", [habit.name for habit in HABITS])
def test_no_reader_is_silently_wrong(name: str) -> None:
    assert list(faults_of(name)) == []


# --- several at once ---


@settings(max_examples=60)
@given(
    st.sampled_from(TRIED),
    st.sampled_from(SEEDS),
    st.lists(st.sampled_from(HABITS), min_size=2, max_size=5, unique_by=id),
)
def test_several_habits_of_one_paper_are_each_in_the_truth(stem: str, seed: int, habits: list[Habit]) -> None:
    form, filled = writer(stem).form, stated(stem, seed)
    found = with_habits(document(stem, seed), form, filled, habits, Random(seed))
    assert {*found.habits} <= {habit.name for habit in habits}
    assert_paths_are_of_the_form(form, filled, found)
    reading = read(found.data)
    assert reading is not None
    assert silent_faults(form, filled, found, reading) == []


def test_habits_that_find_nothing_leave_the_file_alone() -> None:
    plain = document("attendance", 0)
    form, filled = writer("attendance").form, stated("attendance", 0)
    found = with_habits(plain, form, filled, [habit_named("id_spelled"), habit_named("all_ticked")], Random(1))
    assert found == Typed(plain)
    assert habit_named("id_spelled").apply(plain, form, filled, Random(1)) is None


def test_rows_are_counted_as_they_stand_after_one_is_gone() -> None:
    form, filled = writer("registration").form, stated("registration", 0)
    habits = [habit_named("list_row_deleted"), habit_named("id_wrong_check")]
    for seed in range(20):
        found = with_habits(document("registration", 0), form, filled, habits, Random(seed))
        [rows] = found.lists.values()
        assert len(rows) == len(filled.lists["nominees"]) - 1
        assert all(row in filled.lists["nominees"] for row in rows)
        [path] = found.asked
        reading = read(found.data)
        assert reading is not None
        assert path in {finding.field for finding in reading.findings}


def test_a_document_that_somebody_else_rearranged_is_left_alone() -> None:
    form, filled = writer("appraisal").form, stated("appraisal", 0)
    rearranged = habit_named("remark_row").apply(document("appraisal", 0), form, filled, Random(1))
    assert rearranged is not None
    assert habit_named("phone_spelled").apply(rearranged.data, form, filled, Random(1)) is None


def test_a_field_printed_twice_says_the_same_in_both_places() -> None:
    form = writer("lesson_taught").form
    filled = Filled("training_log", "", "", {"name": "陈军", "topic": "分数的意义"})
    plain = writer("lesson_taught").fill(filled.values, filled.lists)
    found = habit_named("traditional_family_name").apply(plain, form, filled, Random(1))
    assert found is not None
    assert found.values == {"name": "陳军"}
    assert "陈军" not in body_of(found.data)
