"""Whom an intake's receipts go to and what they say, from the ledger's lines and a day alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.acknowledging import bag_gaps, told_of
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.papers.missing import CHAT_LIMIT
from gengang.reading import Reading
from gengang.receiving import names_of, sender_of
from tests.unit.ledgerlines import (
    EVERYONE,
    GUIDE,
    LI,
    ZHANG,
    again,
    books,
    came,
    done,
    of,
    of_paper,
    photo,
    read,
    reading,
    refused,
    shown,
    told,
)
from tests.unit.rosters import id_number, roster, trainee
from tests.unit.seasons import AFTER, DAYS, attendance, heard, log, register, season

D6, D7 = date(2016, 12, 6), date(2016, 12, 7)
LEAVE = reading("leave_request", of(ZHANG))
REFLECTION = reading("reflection", of(ZHANG))
FOLDER = "2016-12-06 张村小学"


def texts(*facts: Fact, as_of: date = D6) -> dict[str, str]:
    """File -> its texts, one under another."""
    return {one.file: "\n".join(one.texts) for one in told_of(books(*facts, as_of=as_of))}


def test_whoever_sends_evidence_is_thanked_for_it() -> None:
    path = f"{FOLDER}/材料.zip"
    pieces = [photo("张三 听课.jpg", "材料.zip!张三 听课.jpg"), photo("李四 1.jpg", "材料.zip!李四 1.jpg"),
              photo("2.jpg", "材料.zip!2.jpg"), photo("张三 3.jpg", "材料.zip!张三 3.jpg")]  # fmt: skip
    found = texts(came(path), *read(path, LEAVE), *shown(path, *pieces, first=1))
    [said] = found.values()
    assert said.startswith("张村小学：今收到张三请假条1份、佐证材料"), said
    assert sum(map(int, re.findall("佐证材料([0-9]+)份", said))) == 4, said


# --- to whom ---


@pytest.mark.parametrize(
    ("path", "mail", "name"),
    [
        ("2016-12-06 张村小学/a.docx", "", "张村小学"),
        ("20161206张小/a.docx", "", "张村小学"),
        ("李河中学/张村小学/a.docx", "", "张村小学"),
        ("2016-12-06 张村小学交来的材料/张三/a.docx", "", "张村小学"),
        ("2016-12-06 交来/张三/a.docx", "", "张三"),
        ("2016年12月6日 张村小学交来/照片/a.docx", "", "张村小学"),
        ("2016-12-06/李四/a.docx", "王会计", "李四"),
        ("a.docx", "王会计", "王会计"),
        ("a.docx", "李河中学", "李河中学"),
        ("a.docx", "李四", "李四"),
        ("a.docx", "", "张三"),
        ("新建文件夹/a.docx", "", "张三"),
    ],
)
def test_a_schools_folder_a_persons_the_mail_and_then_the_paper_says_from_whom(path: str, mail: str, name: str) -> None:
    found = books(came(path), *read(path, LEAVE))
    [arrived] = found.season.door.arrived
    [held] = found.season.papers
    assert sender_of(names_of(EVERYONE), arrived, mail, held).name == name


def test_a_refused_file_of_nobody_knows_no_sender() -> None:
    assert texts(came("a.docx"), refused("a.docx")) == {
        "收件回执/2016-12-06 送件人不明": "送件人不明：退回1份（不是本项目的表格，请核对后重交）。"
    }


# --- what it says ---


def seventeen_lessons() -> list[Fact]:
    """Everything of 张三 in one zip, but three of the twenty lessons."""
    logs = [log(day, *heard(2 if number < 7 else 1), key=f"log{number}#0") for number, day in enumerate(DAYS[:10])]
    full = [one for one in season() if one.submission.form != "training_log"]
    readings = [of_paper(one, ZHANG) for one in (*logs, *full)]
    return [came(f"{FOLDER}/张三.zip", "2016-12-06"), *read(f"{FOLDER}/张三.zip", *readings, LEAVE)]


def test_what_came_is_counted_and_what_is_missing_is_told_in_its_own_unit() -> None:
    poor = "第 1 页图片只有 300×400 像素，太不清晰，读出的内容都要核对。"
    facts = [*seventeen_lessons(), came(f"{FOLDER}/1.jpg"), refused(f"{FOLDER}/1.jpg", "unknown_form", poor)]
    [text] = texts(*facts).values()
    assert text.startswith("张村小学：今收到张三研修日志10篇、考勤表1份、个人信息登记表1份、教学反思3篇、")
    assert "请假条1份；缺听课记录3节、" in text
    assert text.endswith("；退回1份（照片不清，请重拍）。")


def test_who_owes_nothing_any_more_is_told_so() -> None:
    path = f"{FOLDER}/张三.zip"
    [text] = texts(came(path), *read(path, *(of_paper(one, ZHANG) for one in season())), as_of=AFTER).values()
    assert "；材料已交齐：张三。" in text


def test_a_person_is_not_told_what_the_mentor_owes_nor_the_mentor_what_the_person_owes() -> None:
    one, two = "张三/a.docx", "周明/考勤表.docx"
    found = texts(came(one), *read(one, REFLECTION), came(two), *read(two, of_paper(attendance(), ZHANG)))
    trainee_text, mentor_text = found["收件回执/2016-12-06 张三"], found["收件回执/2016-12-06 周明"]
    assert trainee_text.startswith("张三：今收到教学反思1篇；缺个人学习计划、")
    assert "考勤表" not in trainee_text
    assert "考核登记表" not in trainee_text
    assert mentor_text.startswith("周明：今收到张三考勤表1份；张三缺")
    assert "学习计划" not in mentor_text
    assert "李四缺个人研修方案、考勤表、考核登记表" in mentor_text


def test_a_school_is_told_of_the_sign_up_that_it_owes() -> None:
    path = "2016-09-05 王沟学校/a.docx"
    [text] = texts(came(path), refused(path, "blank_form"), as_of=date(2016, 9, 5)).values()
    assert text == "王沟学校：缺报名表（小学尚未报名等2人）；退回1份（表没有填写，请填好再交）。"


def test_a_photo_to_be_taken_again_and_a_lost_page_are_asked_for() -> None:
    path = "张三/1.jpg"
    poor = replace(LEAVE, findings=(Finding("low_resolution", "太不清晰。"), Finding("no_such", "别的。")))
    cut = replace(REFLECTION, findings=(Finding("page_missing", "缺第2页。请对方补齐后再交。"),))
    [text] = texts(came(path), *read(path, poor, cut, medium="scan")).values()
    assert text.endswith("；另请补正：请假条照片不清，请重拍、教学反思缺第2页，请补齐。")


def test_a_member_that_could_not_be_read_goes_back_once() -> None:
    path = "张三/a.zip"
    fault = Finding("encrypted", "“b.docx”：设有打开密码。", severity="error")
    [text] = texts(came(path), *read(path, LEAVE, REFLECTION, faults=(fault,))).values()
    assert text.endswith("；退回1份（设有密码，请取消后再交）。")


def test_what_came_before_is_not_counted_again() -> None:
    first, second = "张三/a.docx", "张三/b.docx"
    [text] = texts(came(first), *read(first, LEAVE), again(second, first)).values()
    assert text.startswith("张三：今收到请假条1份；另有1份与以前交的相同，不重复计；缺")


# --- when, and how often ---


def test_a_run_without_new_arrivals_tells_nobody() -> None:
    facts = [came("张三/a.docx"), *read("张三/a.docx", LEAVE), told(0, D6), done(D6)]
    assert texts(*facts) == {}
    assert texts(*facts[:-1]) != {}


def test_a_killed_run_and_the_next_one_give_the_same_receipts_under_the_same_names() -> None:
    facts = [came("张三/a.docx"), *read("张三/a.docx", LEAVE)]
    before = texts(*facts, as_of=D6)
    assert list(texts(*facts, told(0, D6), as_of=D7)) == list(before) == ["收件回执/2016-12-06 张三"]
    assert list(texts(*facts, as_of=D7)) == ["收件回执/2016-12-07 张三"]


def test_a_second_intake_of_the_day_tells_only_what_is_new_and_has_its_own_name() -> None:
    first = [came("张三/a.docx"), *read("张三/a.docx", LEAVE), told(0, D6), done(D6, 1)]
    second = [came("张三/b.docx"), *read("张三/b.docx", REFLECTION)]
    [(file, text)] = texts(*first, *second).items()
    assert file == "收件回执/2016-12-06 张三 第2次"
    assert text.startswith("张三：今收到教学反思1篇；缺")
    assert [*texts(*first, *second, as_of=D7)] == ["收件回执/2016-12-07 张三"]


def test_namesakes_and_senders_of_one_file_name_each_have_their_own_file() -> None:
    other = trainee("张三", "李河中学", "初中", "数学", id_number("19800101", "001"))
    two = reading("reflection", of(other))
    facts = [came("a.docx"), *read("a.docx", LEAVE), came("b.docx"), *read("b.docx", two),
             came("c.eml"), refused("c.eml", "no_attachment", sender="A:B"),
             came("d.eml"), refused("d.eml", "no_attachment", sender="a?b")]  # fmt: skip
    found = told_of(books(*facts, people=roster(ZHANG, other), as_of=D6))
    assert [one.file.partition(" ")[2] for one in found] == ["张村小学张三", "李河中学张三", "A_B", "a_b（2）"]


FILES = st.lists(
    st.tuples(st.sampled_from([FOLDER, "李河中学", "张三", ""]), st.sampled_from([LEAVE, REFLECTION, None]),
              st.sampled_from(["", "王会计"])), max_size=8)  # fmt: skip


@settings(max_examples=40)
@given(FILES, st.integers(0, 8))
def test_every_arrival_is_told_of_once_whenever_a_run_ended(
    files: Sequence[tuple[str, Reading | None, str]], ended: int
) -> None:
    lines: list[list[Fact]] = []
    for number, (folder, one, sender) in enumerate(files):
        path = f"{folder}/{number}.docx".lstrip("/")
        gave = [refused(path, sender=sender)] if one is None else list(read(path, one, sender=sender))
        lines.append([came(path), *gave])
    before, after = [*chain(*lines[:ended])], [*chain(*lines[ended:])]
    counted = 0
    for facts in (before, [*before, told(0, D6), done(D6), *after]):
        found = told_of(books(*facts, as_of=D6))
        assert len({one.file.lower() for one in found}) == len(found)
        assert all(len(text) <= CHAT_LIMIT for one in found for text in one.texts)
        said = "".join(text for one in found for text in one.texts)
        counted += said.count("今收到") + said.count("退回")
        names = [one.sender for one in found]
        assert len(names) == len(set(names))
    assert counted >= bool(before) + bool(after)
    assert not told_of(books(*before, *after, told(0, D6), done(D6), as_of=D6))


# --- what is not in the bag ---


def test_what_the_checklist_asks_and_no_bag_held_is_told() -> None:
    bagged = [replace(of_paper(one, ZHANG), bag=ZHANG.key) for one in (attendance(), register())]
    elsewhere = of_paper(season()[-1], ZHANG)  # the 鉴定表, sent by mail
    facts = [came("袋.pdf"), *read("袋.pdf", *bagged, medium="scan"), came("b.docx"), *read("b.docx", elsewhere)]
    [(name, sentence)] = bag_gaps(books(*facts))
    lacking, other = sentence.split("；")
    assert name == "张三"
    assert lacking.startswith(
        "材料袋里还缺：附件4 个人信息登记表、个人学习计划、个人专业发展规划、个人研修方案、附件1 研修日志、"
    )
    assert "考勤表" not in lacking
    assert other == "材料袋里没有、但已另外收到：附件2 鉴定表"


def test_a_full_bag_and_a_person_without_one_are_not_told_of() -> None:
    full = [replace(of_paper(one, ZHANG), bag=ZHANG.key) for one in season()]
    assert list(bag_gaps(books(came("袋.pdf"), *read("袋.pdf", *full, medium="scan")))) == []
    assert list(bag_gaps(books(came("b.docx"), *read("b.docx", LEAVE)))) == []


def test_what_another_says_it_is_does_not_fill_the_bag() -> None:
    wrong = replace(of_paper(attendance(), LI), bag=ZHANG.key)
    assert list(bag_gaps(books(came("袋.pdf"), *read("袋.pdf", wrong, medium="scan")))) == []


def test_a_mentors_bag_is_asked_for_the_mentors_paper() -> None:
    own = replace(reading("mentor_summary", {"name": GUIDE.name}), bag=GUIDE.key)
    assert list(bag_gaps(books(came("袋.pdf"), *read("袋.pdf", own, medium="scan")))) == []
