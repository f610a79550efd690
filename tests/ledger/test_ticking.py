"""What a person ticks, writes and asks for, in a real ledger on both databases; each is taken back, and goes with whom
it names.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.errors import WorkspaceError
from gengang.facts import Fact, canonical, subjects_of
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.office.kinds import Asking
from gengang.papers.excerpts import base_excerpts, key_of_text, suggestions_of
from gengang.recording import Desk
from gengang.season import season_of
from gengang.settings import DATABASE_URL, Settings
from gengang.ticking import ask, listed, tick, unask, untick, write
from gengang.ticks import NOTHING_TOLD, Told
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, came, key_of, read
from tests.unit.facts_of_papers import listed as roster_lines
from tests.unit.rosters import id_number, roster, trainee
from tests.whole.test_commands import gengang

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
SCHEME = (Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8")
GAINS = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。"
WISH = "建议把研修时间分散安排，避开期中考试。"
NOW = "2016-12-20T02:00:00Z"


@pytest.fixture
def desk(settings: Settings, ledger: Ledger) -> Desk:
    """A season with two trainees, of whom one handed in a report."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": SCHEME}, ME, AT)
    report = read("总结.docx", "study_report", ZHANG, {"gains": GAINS, "suggestions": WISH})
    people = roster_lines(ZHANG, LI, schools=roster())
    ledger.append([rules, *people, came("2016-10-20 张村小学/总结.docx", "2016-10-20"), report])
    return Desk(settings, ME, NOW, "王老师")


def told(ledger: Ledger) -> Told:
    return season_of(ledger.read()).told


def test_a_tick_stands_until_it_is_taken_back_and_an_unproposed_one_is_said(desk: Desk, ledger: Ledger) -> None:
    first = tick(desk, "通报批评", ["李四"], "2016-10", "", "没有日志")
    assert (first.exit_code, first.lines[0]) == (0, "已勾选：通报批评（2016-10）　李四。下次印材料时写入。")
    second = tick(desk, "表彰名单", ["张三"], "", "优秀学员", "")
    assert (second.exit_code, second.lines[1]) == (1, "请核对：张三不在表彰名单的候选之列，按您的勾选办理。")
    assert [(one.person, one.month, one.group) for one in told(ledger).ticks] == [
        (LI.key, "2016-10", ""), (ZHANG.key, "", "优秀学员"),
    ]  # fmt: skip
    untick(desk, "通报批评", [LI.key], "2016-10", "已补交")
    untick(desk, "commended", ["张三"], "", "重新考虑")
    for list_name, name, month, group, why in (
        ("黑名单", "张三", "", "", "x"), ("通报批评", "张三", "", "", "x"), ("通报批评", "张三", "2016-12", "", "x"),
        ("通报批评", "张三", "2016-10", "", " "), ("表彰名单", "王五", "", "", "x"),
        ("表彰名单", "张三", "", "没有这类", "x"),
    ):  # fmt: skip
        with pytest.raises(WorkspaceError):
            tick(desk, list_name, [name], month, group, why)
    assert told(ledger) == NOTHING_TOLD
    assert verify(ledger) == ()


def test_a_part_is_written_rewritten_and_taken_back(desk: Desk, ledger: Ledger) -> None:
    write(desk, "学员情况通报", "基地校管理", "初稿", "2016-10", ())
    write(desk, "学员情况通报", "基地校管理", "定稿", "2016-10", ())
    write(desk, "终结性学情报告", "主要做法", "做法", "", ())
    assert told(ledger).text("bulletin", "base", "2016-10") == "定稿"
    assert told(ledger).text("bulletin", "base", "2016-11") == ""
    assert told(ledger).text("report", "practices") == "做法"
    write(desk, "学员情况通报", "基地校管理", "", "2016-10", ())
    assert told(ledger).text("bulletin", "base", "2016-10") == ""
    for paper, part, text, month in (
        ("学员情况通报", "基地校管理", "", "2016-11"), ("学员情况通报", "没有", "x", "2016-10"),
        ("学员情况通报", "基地校管理", "x", ""), ("意见建议汇总", "00000", "x", ""), ("没有", "x", "x", ""),
    ):  # fmt: skip
        with pytest.raises(WorkspaceError):
            write(desk, paper, part, text, month, ())


def test_words_that_name_somebody_or_rest_on_their_words_go_with_them(desk: Desk, ledger: Ledger) -> None:
    write(desk, "学员情况通报", "好经验好做法", "李四的课堂值得一看。", "2016-10", ())
    with pytest.raises(WorkspaceError, match="99999"):
        write(desk, "学员情况通报", "基地校管理", "集体备课扎实。", "2016-10", ["99999"])
    papers = [one.paper for one in season_of(ledger.read()).papers]
    [excerpt] = base_excerpts(papers, None, date(2016, 10, 31))
    [wish] = suggestions_of(papers)
    write(desk, "学员情况通报", "基地校管理", "集体备课扎实。", "2016-10", [excerpt.number])
    write(desk, "意见建议汇总", wish.number, "明年分两段安排。", "", ())
    tick(desk, "通报批评", ["李四", "张三"], "2016-10", "", "没有日志")
    facts = tuple(ledger.read())
    assert {"part-bulletin-2016-10-base", f"part-reply-{wish.key}"} <= set(subjects_of(ZHANG.key, facts))
    assert "part-bulletin-2016-10-practice" in subjects_of(LI.key, facts)
    ledger.erase(ZHANG.key, ME, AT)
    left = told(ledger)
    assert [one.part for one in left.written] == ["practice"]
    assert [one.person for one in left.ticks] == [LI.key]
    ledger.erase(LI.key, ME, AT)
    assert told(ledger) == NOTHING_TOLD
    assert verify(ledger) == ()


def test_two_suggestions_of_one_number_have_a_reply_each(desk: Desk, ledger: Ledger) -> None:
    texts = _of_one_number("补充.docx")
    rows = tuple({"question": text, "response": None} for text in texts)
    ledger.append([came("2016-10-21 张村小学/补充.docx", "2016-10-21"),
                   read("补充.docx", "question_response", LI, {}, items=rows)])  # fmt: skip
    found = {one.text: one for one in suggestions_of(held.paper for held in season_of(ledger.read()).papers)}
    first, second = (found[text] for text in texts)
    assert first.key[-5:] == second.key[-5:]
    assert (first.number, second.number) == (first.key, second.key)
    assert found[WISH].number == found[WISH].key[-5:]
    with pytest.raises(WorkspaceError, match="没有第"):
        write(desk, "意见建议汇总", first.key[-5:], "答复。", "", ())
    write(desk, "意见建议汇总", first.number, "答复一。", "", ())
    write(desk, "意见建议汇总", found[WISH].number, "答复三。", "", ())
    assert [told(ledger).text("reply", one.key) for one in (first, second, found[WISH])] == ["答复一。", "", "答复三。"]


def _of_one_number(name: str) -> tuple[str, str]:
    """Two suggestions of a paper whose numbers are the same."""
    seen: dict[str, str] = {}
    for number in range(10_000):
        text = f"建议第{number}条：多安排听课。"
        own = key_of_text(key_of(name), text)[-5:]
        if own in seen:
            return seen[own], text
        seen[own] = text
    raise AssertionError("no two of them")


def test_who_was_asked_for_what_is_kept_by_debtor_and_goes_with_whom_it_is_about(desk: Desk, ledger: Ledger) -> None:
    assert (
        ask(desk, "学员", Asking(person="李四"), "微信", date(2016, 12, 8), "群里提醒")
        .lines[0]
        .endswith("1个对象，6项材料（12月8日，微信）。")
    )
    ask(desk, "派出学校", Asking(), "电话", None, "")
    known = told(ledger)
    times = known.times_asked()
    assert len(times["trainee", LI.key, "", "研修报告"]) == 1
    assert ("trainee", ZHANG.key, "", "研修报告") not in times
    school = next(one for one in roster().schools if one.name == LI.school)
    [once] = times["school", school.key, LI.key, "附件4 个人信息登记表"]
    assert (once.how, once.on, once.by) == ("电话", date(2016, 12, 20), "王老师")
    open_lines = canonical([[fact.data, fact.subject] for fact in ledger.read(kinds=("decision",))])
    assert not any(canonical(word)[1:-1] in open_lines for word in ("李四", "王老师", "群里提醒"))
    unask(desk, known.asked[0].number, "记错了人")
    assert ("trainee", LI.key, "", "研修报告") not in told(ledger).times_asked()
    ledger.erase(LI.key, ME, AT)
    assert {one.about for one in told(ledger).asked} <= {"", ZHANG.key}
    lines = len(list(ledger.read()))
    for to, how, on in (
        ("学员", "", None), ("学员", "用微信在群里反复提醒了很多次", None), ("没有", "微信", None),
        ("学员", "微信", date(2017, 1, 1)), ("承办单位", "微信", None),
    ):  # fmt: skip
        with pytest.raises(WorkspaceError):
            ask(desk, to, Asking(), how, on, "")
    assert len(list(ledger.read())) == lines


def test_the_commands_as_the_office_types_them(desk: Desk, ledger: Ledger) -> None:
    url = {DATABASE_URL: desk.settings.database_url} if desk.settings.database_url else {}

    def typed(*words: str) -> tuple[int, str]:
        ended = gengang("papers", *words, workspace=desk.settings.workspace, **url)
        return ended.code, ended.words + ended.out

    part = desk.settings.workspace / "做法.txt"
    part.write_bytes("语文组先听后上再评。\r\n".encode("gb18030"))
    for _ in range(2):  # the same again writes nothing
        assert typed("tick", "通报批评", "李四", "--month", "2016-10", "--why", "没有日志")[0] == 0
    assert typed("write", "学员情况通报", "好经验好做法", "--file", str(part), "--month", "2016-10")[0] == 0
    assert typed("asked", "--to", "学员", "--person", "李四", "--how", "微信", "--on", "2016-12-08")[0] == 0
    code, words = typed("told")
    assert (code, len(words.strip().splitlines())) == (0, 3)
    assert len(list(ledger.read(kinds=("decision",)))) == 3
    assert "语文组先听后上再评。" in words
    assert listed(replace(desk, by="")).lines == tuple(words.strip().splitlines())
    [asked] = told(ledger).asked
    assert typed("asked", "--back", str(asked.number), "--why", "记错")[0] == 0
    assert typed("untick", "通报批评", "李四", "--month", "2016-10", "--why", "补交了")[0] == 0
    assert typed("write", "学员情况通报", "好经验好做法", "--month", "2016-10")[0] == 0
    assert told(ledger) == NOTHING_TOLD
    assert typed("write", "学员情况通报", "好经验好做法", "--file", "没有.txt", "--month", "2016-10")[0] == 2


def test_taking_back_says_whose_word_it_is(desk: Desk, ledger: Ledger) -> None:
    tick(desk, "通报批评", ["李四"], "2016-10", "", "没有日志")
    untick(replace(desk, by="周科长"), "通报批评", ["李四"], "2016-10", "已补交")
    *_, last = ledger.read(kinds=("decision",))
    assert (last.personal or {}) == {"value": None, "why": "已补交", "by": "周科长"}
