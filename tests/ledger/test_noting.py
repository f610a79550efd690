"""What a person saw on paper, counted or was told, in a real ledger on both databases; each is taken back again."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.judgements import Judgement
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.noted import Noted
from gengang.noting import listed_notes, record_copies, record_said, record_score, record_seen, take_back
from gengang.recording import Desk
from gengang.season import season_of
from gengang.settings import DATABASE_URL, Settings, settings_of
from gengang.status import season_status
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, listed
from tests.unit.rosters import roster, trainee
from tests.whole.test_commands import gengang

ZHANG = trainee()
SCHEME = (Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8")
DAY = date(2016, 12, 5)
SAID = datetime(2016, 10, 12, 9, 30)


@pytest.fixture
def desk(settings: Settings, ledger: Ledger) -> Desk:
    """A season with one trainee and no paper."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": SCHEME}, ME, AT)
    ledger.append([rules, *listed(ZHANG, schools=roster())])
    return Desk(settings, ME, AT)


def noted(ledger: Ledger) -> Noted:
    return season_of(ledger.read()).noted_of(ZHANG.key)


def status(desk: Desk) -> Mapping[str, Any]:
    [person] = season_status(desk.settings, None)["persons"]
    return dict(person)


def test_what_was_seen_counts_until_it_is_taken_back(desk: Desk, ledger: Ledger) -> None:
    told = record_seen(desk, "张三", "听课", 20, DAY, "李老师", "听课本一册")
    assert told.lines == ("已登记：听课查阅纸质材料20节（李老师，12月5日）。下次运行起按此计算。",)
    points = {one["item"]: one["points"] for one in status(desk)["verdict"]["points"]}
    assert points["R2"] == "20"
    record_seen(desk, ZHANG.key, "lessons_heard", 18, DAY, "李老师", "重数")
    assert [(one.number, one.note) for one in noted(ledger).seen] == [(18, "重数")]
    take_back(desk, "张三", "seen:lessons_heard", "看错了")
    assert noted(ledger) == Noted()
    assert verify(ledger) == ()


def test_copies_and_lines_are_kept_in_order(desk: Desk, ledger: Ledger) -> None:
    record_copies(desk, "张三", "鉴定表", 3, None, "", "")
    record_said(desk, "张三", "李老师来电，周五改到下周二", SAID, "")
    asked = record_said(desk, "张三", "李老师来电，改天再来", None, "赵老师")
    assert asked.exit_code == 1
    now = noted(ledger)
    assert [(one.form, one.number, one.by) for one in now.copies] == [("appraisal", 3, ME.user)]
    assert [(one.first, one.to) for one in now.moves] == [(date(2016, 10, 14), date(2016, 10, 18))]
    assert [(one.caller, one.time, one.by) for one in now.remarks] == [
        ("李老师", "09:30", ME.user),
        ("李老师", "02:30", "赵老师"),  # AT is in UTC
    ]
    codes = [one["code"] for one in status(desk)["findings"]]
    assert {"moved", "remark_unclear"} <= set(codes)
    assert listed_notes(desk, "张三").lines == (
        f"copies:appraisal  鉴定表纸质3份（{ME.user}，12月21日）",
        f"said:1  “李老师来电，周五改到下周二”（{ME.user}，10月12日 09:30）：10月14日改到10月18日",
        "said:2  “李老师来电，改天再来”（赵老师，12月21日 02:30）：像是要改期，没有听出从哪天改到哪天",
    )


def test_the_same_again_writes_nothing_and_a_number_is_not_used_twice(desk: Desk, ledger: Ledger) -> None:
    for _ in range(2):
        record_said(desk, "张三", "周五改到下周二", SAID, "")
        record_seen(desk, "张三", "上课", 3, DAY, "李老师", "")
    assert len(list(ledger.read(kinds=("decision",)))) == 2
    take_back(desk, "张三", "said:1", "记错了人")
    told = record_said(desk, "张三", "周四改到下周三", SAID, "")
    assert told.lines == ("已记下（said:2）。改期：10月13日改到10月19日。下次运行起按此计算。",)


def test_a_score_counts_for_its_assessor_until_it_is_taken_back(desk: Desk, ledger: Ledger) -> None:
    told = record_score(desk, "张三", "行动研究报告", "5", "mentor", "李老师", DAY)
    assert told.lines == ("已登记：行动研究报告指导教师评5分（李老师，12月5日）。下次运行起按此计算。",)
    record_score(desk, "张三", "R9", "4.50", "college", "王老师", DAY)
    proposed = record_score(desk, ZHANG.key, "R11", "3", "base_school", "赵校长", DAY)
    assert proposed.lines[0].endswith("这是拟评，待指导教师评定或教师进修学校认定。")
    points = {one["item"]: (one["points"], one["how"]) for one in status(desk)["verdict"]["points"]}
    assert points["R9"] == ("4.5", "教师进修学校评4.5分（王老师，12月5日），另计4.5分。")
    assert points["R11"] == ("0", "基地校拟评3分，待指导教师评定或教师进修学校认定，最多5分。")
    assert listed_notes(desk, "张三").lines == (
        "score:R11:base_school  指导教师评价基地校评3分（赵校长，12月5日）",
        "score:R9:college  行动研究报告教师进修学校评4.5分（王老师，12月5日）",
        "score:R9:mentor  行动研究报告指导教师评5分（李老师，12月5日）",
    )
    record_score(desk, "张三", "R9", "6", "college", "王老师", DAY)
    assert Judgement("R9", Decimal(6), "教师进修学校", "王老师", DAY) in noted(ledger).scores
    take_back(desk, "张三", "score:R9:college", "评错了人")
    points = {one["item"]: (one["points"], one["how"]) for one in status(desk)["verdict"]["points"]}
    assert points["R9"][0] == "5"
    assert [one["code"] for one in status(desk)["findings"]].count("judgements_differ") == 0
    assert verify(ledger) == ()


def test_a_score_is_gone_with_its_person(desk: Desk, ledger: Ledger) -> None:
    record_score(desk, "张三", "R9", "5", "mentor", "李老师", DAY)
    [line] = ledger.read(kinds=("decision",))
    assert "李老师" not in str([line.data, line.subject])
    ledger.erase(ZHANG.key, ME, AT)
    assert noted(ledger) == Noted()


def test_names_stand_in_what_an_erasure_takes_away(desk: Desk, ledger: Ledger) -> None:
    record_said(desk, "张三", "张三老师来电，周五改到下周二", SAID, "李老师")
    [line] = ledger.read(kinds=("decision",))
    assert not {"张三", "李老师"} & set(str([line.data, line.subject]).split("'"))
    ledger.erase(ZHANG.key, ME, AT)
    assert noted(ledger) == Noted()


def test_the_commands_as_the_office_types_them(desk: Desk, ledger: Ledger) -> None:
    url = {DATABASE_URL: desk.settings.database_url} if desk.settings.database_url else {}

    def typed(*words: str) -> tuple[int, str]:
        ended = gengang("record", *words, workspace=desk.settings.workspace, **url)
        return ended.code, ended.words + ended.out

    assert typed("seen", "张三", "听课", "20", "--when", "2016-12-05", "--by", "王老师")[0] == 0
    assert typed("copies", "张三", "鉴定表", "3")[0] == 0
    assert typed("say", "张三", "李老师来电，周五改到下周二", "--at", "2016-10-12 09:30")[0] == 0
    assert typed("say", "张三", "改天再来", "--at", "2016-10-12")[0] == 1
    code, listing = typed("list", "张三")
    assert (code, listing.count("\n"), "said:1  “李老师来电" in listing) == (0, 4, True)
    assert typed("back", "张三", "said:2", "--why", "问清了")[0] == 0
    assert [one.path for one in noted(ledger).remarks] == ["@said:1"]
    scored = ("score", "张三", "R9", "5", "--as", "mentor", "--by", "李老师", "--on")
    assert typed(*scored, "2016-12-05")[0] == 0
    assert typed("back", "张三", "score:R9:mentor", "--why", "看错了行")[0] == 0
    assert "--on 应写成" in typed(*scored, "昨天")[1]
    assert typed("seen", "张三", "听课", "20", "--when", "12月5日") == (
        2,
        "--when 应写成 2016-12-05 的样子，现在是“12月5日”。\n",
    )
    assert "--at 应写成" in typed("say", "张三", "改天", "--at", "昨天")[1]


def test_a_folder_without_a_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="还没有台账"):
        listed_notes(Desk(settings_of(tmp_path, {}), ME, AT), "张三")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (lambda desk: record_seen(desk, "张三", "听课", 0, DAY, "", ""), "1或更多"),
        (lambda desk: record_seen(desk, "张三", "听课", 1, date(2017, 1, 1), "", ""), "还没有到"),
        (lambda desk: record_seen(desk, "张三", "每日听课", 1, DAY, "", ""), "分段核对"),
        (lambda desk: record_seen(desk, "张三", "游泳", 1, DAY, "", ""), "可用的有：到岗工作日、听课"),
        (lambda desk: record_seen(desk, "李四", "听课", 1, DAY, "", ""), "花名册里没有"),
        (lambda desk: record_copies(desk, "张三", "鉴定表", -1, None, "", ""), "不能是负数"),
        (lambda desk: record_copies(desk, "张三", "鉴定表", 1, date(2017, 1, 1), "", ""), "还没有到"),
        (lambda desk: record_copies(desk, "张三", "菜谱", 1, None, "", ""), "没有“菜谱”这种材料"),
        (lambda desk: record_said(desk, "张三", " ", None, ""), "请写下说了什么"),
        (lambda desk: record_said(desk, "张三", "周五改到下周二", datetime(2017, 1, 1), ""), "还没有到"),
        (lambda desk: record_score(desk, "张三", "R9", "7", "mentor", "李", DAY), "应评0到6分"),
        (lambda desk: record_score(desk, "张三", "R9", "-1", "mentor", "李", DAY), "应评0到6分"),
        (lambda desk: record_score(desk, "张三", "R9", "4.999", "mentor", "李", DAY), "最多两位小数"),
        (lambda desk: record_score(desk, "张三", "R9", "NaN", "mentor", "李", DAY), "应评0到6分"),
        (lambda desk: record_score(desk, "张三", "R9", "五分", "mentor", "李", DAY), "现在是“五分”"),
        (lambda desk: record_score(desk, "张三", "R2", "7", "mentor", "李", DAY), "不是由人评分的项目"),
        (lambda desk: record_score(desk, "张三", "R9", "5", "教师", "李", DAY), "mentor 指导教师、base_school 基地校"),
        (lambda desk: record_score(desk, "张三", "R9", "5", "mentor", " ", DAY), "--by"),
        (lambda desk: record_score(desk, "张三", "R9", "5", "mentor", "李", date(2017, 1, 1)), "还没有到"),
        (lambda desk: record_score(desk, "李四", "R9", "5", "mentor", "李", DAY), "花名册里没有"),
        (lambda desk: take_back(desk, "张三", "seen:lessons_heard", "理由"), "登记着的有：没有"),
        (lambda desk: take_back(desk, "张三", "seen:lessons_heard", " "), "--why"),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_said_and_writes_nothing(
    desk: Desk, ledger: Ledger, record: Any, words: str
) -> None:
    with pytest.raises(WorkspaceError, match=words):
        record(desk)
    assert list(ledger.read(kinds=("decision",))) == []


def test_nothing_is_recorded_before_the_first_run(settings: Settings, ledger: Ledger) -> None:
    assert list(ledger.read()) == []
    with pytest.raises(WorkspaceError, match="请先运行"):
        record_seen(Desk(settings, ME, AT), "张三", "听课", 1, DAY, "", "")
