"""收件登记簿: one line an arrival, whose number never changes; in print it reads back equal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.facts import Fact
from gengang.findings import Finding
from gengang.papers.inbox_register import VOLUME, Registered, register_drafts
from gengang.press import press
from gengang.registering import ERASED, register_rows
from tests.unit.cohorts import OUR_SCHEME, press_at
from tests.unit.ledgerlines import (
    AT,
    LI,
    ME,
    ZHANG,
    again,
    books,
    came,
    done,
    of,
    photo,
    read,
    reading,
    refused,
    shown,
)
from tests.unit.rosters import id_number

LEAVE = reading("leave_request", of(ZHANG))
REFLECTION = reading("reflection", of(ZHANG))
DAY = date(2016, 12, 6)


def rows(*facts: Fact) -> list[Registered]:
    return list(register_rows(books(*facts)))


def test_a_line_says_when_from_whom_what_and_what_became_of_it() -> None:
    path = "2016-12-06 张村小学/材料.zip"
    other = reading("reflection", of(LI))
    all_four = enumerate((LEAVE, REFLECTION, REFLECTION, other))
    scanned = [replace(one, pages=(2 * number + 1, 2 * number + 2)) for number, one in all_four]
    fault = Finding("encrypted", "“b.docx”：设有打开密码。", severity="error")
    [row] = rows(came(path, "2016-12-06"), *read(path, *scanned, medium="scan", faults=(fault,)))
    assert row == Registered(
        1, "2016-12-06（文件夹）", "张村小学", "张三请假条1份、教学反思2篇、李四教学反思1篇", 4, 8, "纸质",
        "已归档；退回1份（设有密码，请取消后再交）", "王老师",
    )  # fmt: skip


def test_a_date_that_nobody_states_waits_to_be_confirmed() -> None:
    sheet = replace(LEAVE, handed_in=DAY)
    facts = [came("a.docx"), *read("a.docx", LEAVE), came("b.pdf"), *read("b.pdf", sheet, medium="scan")]
    assert [row.received for row in rows(*facts)] == ["待确认", "2016-12-06（分隔页）"]


def test_what_went_back_came_again_or_was_erased_has_its_line_too() -> None:
    gone = replace(came("张三/c.docx"), personal=None, personal_hash="0")
    facts = [came("张三/a.docx"), refused("张三/a.docx", "empty_file"), again("李四/b.docx", "张三/a.docx"), gone,
             came("张三/d.docx")]  # fmt: skip
    assert [(row.number, row.sender, row.title, row.copies, row.medium, row.handled) for row in rows(*facts)] == [
        (1, "张三", "a.docx", 1, "", "退回1份（是空文件，请重新发送）"),
        (2, "李四", "b.docx", 1, "", "与第1号相同，不重复计"),
        (3, "送件人不明", ERASED, 1, "", "已按规定删除"),
        (4, "送件人不明", "d.docx", 1, "", "待读"),
    ]


def test_what_was_erased_of_a_file_neither_waits_nor_counts() -> None:
    gone = [replace(fact, personal=None, personal_hash="0")
            for fact in (*read("a.docx", LEAVE), *shown("b.jpg", photo("b.jpg")))]  # fmt: skip
    left = shown("c.zip", photo("1.jpg", "c.zip!1.jpg"), first=1)
    theirs = [replace(fact, personal=None, personal_hash="0") for fact in read("c.zip", LEAVE)]
    facts = [came("张三/a.docx", None, "a.docx"), came("张三/b.jpg", None, "b.jpg"), *gone,
             came("张三 听课/c.zip", None, "c.zip"), *theirs, *left]  # fmt: skip
    assert [(row.copies, row.handled) for row in rows(*facts)] == [
        (1, "已按规定删除"), (1, "已按规定删除"), (1, "佐证，已归档"),
    ]  # fmt: skip


def test_a_file_with_evidence_alone_is_filed_and_never_waits() -> None:
    both = [came("b.zip"), *read("b.zip", LEAVE), *shown("b.zip", photo("1.jpg", "b.zip!1.jpg"), first=1)]
    broken = Finding("unreadable_file", "“坏.pdf”打不开。", severity="error")
    two = [photo(name, f"c.zip!{name}") for name in ("听课1.jpg", "听课2.jpg")]
    facts = [came("张三 听课/a.jpg"), *shown("张三 听课/a.jpg", photo("a.jpg")), *both,
             came("李四/c.zip"), *shown("李四/c.zip", *two, faults=(broken,))]  # fmt: skip
    assert [(row.sender, row.title, row.copies, row.handled) for row in rows(*facts)] == [
        ("张三", "a.jpg", 1, "佐证，已归档"),
        ("张三", "请假条", 1, "已归档"),
        ("李四", "c.zip", 2, "佐证，已归档；退回1份（文件打不开，请另存为Word或PDF再交）"),
    ]


def test_a_picture_that_a_person_calls_a_form_goes_back() -> None:
    said = Fact("decision", f"{came('张三/a.jpg').subject}#0", {"path": "is"}, ME, AT, {"value": "form", "why": "看过"})
    [row] = rows(came("张三/a.jpg"), *shown("张三/a.jpg", photo("a.jpg", doubt=True)), said)
    assert row.handled == "退回1份（没有读出表格，请平放拍全四角后重拍）"


def test_a_field_or_a_person_in_doubt_is_counted_as_waiting() -> None:
    unnamed = reading("reflection", {"name": None})
    [row] = rows(came("a.zip"), *read("a.zip", LEAVE, unnamed))
    assert (row.sender, row.handled) == ("张三、送件人不明", "待核1份")


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["new", "same", "run", "read", "refused"]), max_size=24))
def test_the_numbers_are_the_ledgers_and_later_lines_change_none(kinds: Sequence[str]) -> None:
    facts: list[Fact] = []
    seen: list[tuple[int, str]] = []
    names: list[str] = []
    for number, kind in enumerate(kinds):
        name = f"张三/{number}.docx"
        if kind == "new" or (kind == "same" and not names):
            facts.append(came(name))
            names.append(name)
        elif kind == "same":
            facts.append(again(name, names[0]))
        elif kind == "run":
            facts.append(done(DAY, number))
        elif names:
            facts += read(names[-1], LEAVE) if kind == "read" else [refused(names[-1])]
        now = rows(*facts)
        assert [row.number for row in now] == list(range(1, len(now) + 1))
        assert [(row.number, row.taken_by) for row in now][: len(seen)] == seen
        seen = [(row.number, row.taken_by) for row in now]
    assert len(seen) == sum(fact.kind in ("arrival", "duplicate") for fact in facts)


# --- in print ---

ROW = Registered(1, "2016-12-06（文件夹）", "张村小学", "张三请假条", 1, 2, "纸质", "已读", "王老师")
LONG = Registered(
    12345, "2016-11-28（分隔页）、2016-12-06（分隔页）等3天",
    "青石岭回族自治乡第二九年一贯制寄宿制学校、张村小学等4家",
    "阿卜杜热合曼·买买提艾力·阿卜杜拉研修日志10篇、听课记录20份、教学反思3篇、上课记录3份、" * 3, 1000, 1999,
    "电子、纸质", "待核12份；退回2份（不是本项目的表格，请核对后重交）；退回1份（照片不清，请重拍）",
    "administrator",
)  # fmt: skip


def test_it_is_bound_in_volumes_that_fill_up_one_after_another() -> None:
    lines = [replace(ROW, number=number) for number in range(1, VOLUME + 3)]
    first, second = register_drafts(lines, OUR_SCHEME)
    assert (first.file, second.file) == ("收件登记簿/收件登记簿_第01册", "收件登记簿/收件登记簿_第02册")
    assert (len(first.lists["entries"]), len(second.lists["entries"])) == (VOLUME, 2)
    assert register_drafts(lines[:-1], OUR_SCHEME)[0] == first
    assert register_drafts((), OUR_SCHEME) == ()


def test_no_number_of_a_person_is_printed() -> None:
    [draft] = register_drafts([replace(ROW, title=f"{id_number()}.docx", sender="13800138000")], OUR_SCHEME)
    [row] = draft.lists["entries"]
    assert (row["title"], row["sender"]) == (f"000000********{id_number()[14:]}.docx", "138****8000")


def test_the_longest_and_the_shortest_line_read_back_equal_in_print(tmp_path: Path) -> None:
    empty = Registered(2, "待确认", "送件人不明", ERASED, 1, 0, "", "待读", "")
    [one] = press(register_drafts((ROW, LONG, empty), OUR_SCHEME), press_at(tmp_path))
    assert (one.status, one.findings) == ("new", ())
