"""Papers of meetings, of the showcase and of the archive: what is told stands there, what is not is a ruled blank."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.drafting import Judged, Spent
from gengang.meetings import AgendaItem, Meeting
from gengang.office import archive, showcase
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.office.meeting_words import BLANK, clock, held_at, slots
from gengang.office.name_order import in_list_order
from gengang.packet_plan import HANDBOOK, OFFICE, private_in
from gengang.packet_stock import why_not_bound
from gengang.papers.draft import Draft
from gengang.papers.figures import figures_of
from gengang.papers.print_proof import page_texts, stated_of
from gengang.press import Pressed, press
from gengang.rendering import proof_findings
from gengang.schemefile import scheme_from_toml
from gengang.season import Season
from gengang.ticks import Tick, Told
from tests.unit.cohorts import (
    FAILED,
    FONTS,
    GUIDE,
    OUR_SCHEME,
    PASSED,
    TEMPLATES,
    WITHHELD,
    debts_of,
    papers_of,
    press_at,
    read_back,
    roster_of,
    verdicts_of,
    writers,
)
from tests.unit.prints import FORMS
from tests.unit.rosters import id_number, roster, trainee
from tests.unit.seasons import AFTER
from tests.unit.test_meetings import SHOWCASE

ALL = (*showcase.KINDS, *archive.KINDS)
IN_THE_ROOM = ("会议通知", "已确定的表彰名单", "议程", "主持词", "参会人员名单", "座次图", "汇报顺序", "汇报材料目录",
               "展示材料清单", "成果汇编目录", "新闻通稿")  # fmt: skip

EVERYTHING = Asking()


def material(*meetings: Meeting, spent: tuple[Spent, ...] = ()) -> Material:
    """The small cohort with what is told of its meetings."""
    people = roster_of()
    figures = {one.key: figures_of(OUR_SCHEME, one.key, papers_of(one)) for one in people.trainees}
    season = Season(people, (), (), meetings={one.event: one for one in meetings})
    judged = Judged(OUR_SCHEME, season, verdicts_of(), figures, debts_of(), AFTER)
    return Material(judged, {form.stem: form for form in FORMS}, FONTS, spent=spent)


def drafts(
    name: str, *meetings: Meeting, asking: Asking = EVERYTHING, spent: tuple[Spent, ...] = ()
) -> tuple[Draft, ...]:
    [kind] = [one for one in ALL if one.name == name]
    return kind.drafts(material(*meetings, spent=spent), asking)


def of_showcase(name: str, *meetings: Meeting, spent: tuple[Spent, ...] = ()) -> Draft:
    return drafts(name, *meetings, asking=Asking(event="成果汇报会"), spent=spent)[-1]


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Pressed]]:
    """Every paper of the showcase and of one person's volume, printed at once."""
    folder = tmp_path_factory.mktemp("showcase")
    asking = Asking(event="成果汇报会", person=WITHHELD.key)
    made = {kind.name: kind.drafts(material(SHOWCASE), asking)[-1] for kind in ALL if kind.name != "通讯录"}
    made["通讯录"] = drafts("通讯录")[0]
    done = press(tuple(made.values()), press_at(folder))
    return folder, dict(zip(made, done, strict=True))


def test_every_paper_is_proved_and_printed(pressed: tuple[Path, dict[str, Pressed]]) -> None:
    _, done = pressed
    assert {name: one.findings for name, one in done.items() if one.status != "new"} == {}
    assert {name for name, one in done.items() if one.pages != 1} <= {"会议通知", "缺件及未到情况"}


def test_papers_for_the_room_name_no_number_phone_score_or_failing(pressed: tuple[Path, dict[str, Pressed]]) -> None:
    folder, done = pressed
    for name in IN_THE_ROOM:
        text = "".join(page_texts((folder / "outbox" / f"{done[name].file}.pdf").read_bytes()))
        for person in (PASSED, WITHHELD, FAILED, GUIDE):
            assert person.id_number not in text
            assert not person.phone or person.phone not in text
        for word in ("得分", "不合格", "缓发", "未交", "缺勤", "13800138000", "XX同志"):
            assert word not in text, (name, word)


def test_a_paper_with_a_private_number_is_never_bound_for_the_room(pressed: tuple[Path, dict[str, Pressed]]) -> None:
    folder, done = pressed
    at = press_at(folder)
    assert why_not_bound(done["通讯录"], at, HANDBOOK) == (
        "会议/跟岗研修对接会/通讯录 里有身份证号、个人手机、得分或不宜公开的情况，没有收入会议手册。"
    )
    assert why_not_bound(done["通讯录"], at, OFFICE) == ""
    assert why_not_bound(done["会议通知"], at, HANDBOOK) == ""
    pages = ["办公电话0371-6612345，证书第0007号", "张三 1380013\n8000", "00000019760305123X", "得分92分"]
    assert list(private_in(pages)) == [2, 3, 4]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_without_a_word_from_the_office_each_still_reads_back_equal(kind: PaperKind) -> None:
    for draft in kind.drafts(material(), Asking()):
        writer = writers()[draft.folder, draft.template]
        data = writer.fill(draft.values, draft.lists)
        assert proof_findings(writer.form, data, stated_of(draft, writer.form), read_back) == ()


def test_what_is_told_stands_in_the_notice_and_what_is_not_is_a_ruled_blank() -> None:
    told, untold = of_showcase("会议通知", SHOWCASE), of_showcase("会议通知")
    assert told.values["held_at"] == "2016年12月9日（星期五）上午9时，上午8时40分前报到。"
    assert (told.values["place"], told.values["contact_phone"]) == ("县实验学校报告厅", "0371-6612345")
    assert (untold.values["place"], untold.values["contact"], untold.values["contents"]) == (BLANK, BLANK, BLANK)
    assert str(untold.values["held_at"]).startswith(BLANK)


def test_each_event_gets_the_papers_that_the_scheme_names_for_it() -> None:
    files = {kind: [draft.file.split("/")[1] for draft in drafts(kind)]
             for kind in ("会议通知", "议程", "签到表", "通讯录")}  # fmt: skip
    assert files == {
        "会议通知": ["跟岗研修工作预备会", "跟岗研修对接会", "成果汇报会"],
        "议程": ["跟岗研修对接会", "成果汇报会"],
        "签到表": ["跟岗研修工作预备会", "跟岗研修对接会", "成果汇报会"],
        "通讯录": ["跟岗研修对接会"],
    }


def test_the_agenda_tells_times_as_far_as_lengths_are_told() -> None:
    items = (AgendaItem("致辞", "李校长", 10), AgendaItem("汇报", "", None), AgendaItem("讲话", "孙局长", 20))
    rows = of_showcase("议程", replace(SHOWCASE, agenda=items)).lists["entries"]
    assert [row["time"] for row in rows] == ["9：00—9：10", None, None]
    assert list(slots("", (5,))) == [""]


def test_the_sign_in_sheet_has_everybody_nobodys_phone_and_spare_lines() -> None:
    rows = of_showcase("签到表", SHOWCASE).lists["attendees"]
    assert [row["name"] for row in rows if row["name"]] == [
        "孙局长", GUIDE.name, PASSED.name, FAILED.name, WITHHELD.name,
    ]  # fmt: skip
    assert {row["phone"] for row in rows} == {None}
    assert sum(row["unit"] is None for row in rows) == 5


def test_certificates_are_handed_out_with_their_numbers_and_kept_back_by_clause() -> None:
    spent = (Spent("J", PASSED.key, 7, "", date(2016, 12, 9)),)
    rows = of_showcase("证书发放清单", spent=spent).lists["people"]
    assert [(row["name"], row["code"]) for row in rows] == [(PASSED.name, "安教训结字〔2016〕第0007号")]
    assert of_showcase("证书发放清单").lists["people"][0]["code"] == "未出号"
    held = of_showcase("证书缓发及不发情况").lists["people"]
    assert [(row["name"], row["state"], str(row["clause"])[:14]) for row in held] == [
        (FAILED.name, "不发", "累计得分在60分以下为考核不"), (WITHHELD.name, "缓发", "无故缺勤两天及以上者，将不能"),
        (GUIDE.name, "待定", "本次农村中小学骨干教师跟岗研"),
    ]  # fmt: skip


def test_reports_come_in_the_order_told_and_until_then_one_line_for_each_subject() -> None:
    told = of_showcase("汇报顺序", SHOWCASE).lists["talks"]
    assert [(row["name"], row["subject"]) for row in told] == [(PASSED.name, "小学语文"), ("钱校长", None)]
    untold = of_showcase("汇报顺序").lists["talks"]
    assert [(row["subject"], row["name"], row["minutes"]) for row in untold] == [
        ("小学语文", None, 8), ("小学英语", None, 8), ("初中数学", None, 8),
    ]  # fmt: skip


def test_the_news_counts_what_was_done_and_is_silent_of_what_was_not() -> None:
    said = "".join(str(row["text"]) for row in of_showcase("新闻通稿", SHOWCASE).lists["lines"])
    assert "研修期间，学员累计听课" in said
    people = material(SHOWCASE).judged
    none = replace(people, figures={key: replace(one, counts={}) for key, one in people.figures.items()})
    [kind] = [one for one in ALL if one.name == "新闻通稿"]
    [draft] = kind.drafts(replace(material(SHOWCASE), judged=none), Asking())
    assert "累计" not in "".join(str(row["text"]) for row in draft.lists["lines"])


def test_seats_are_filled_from_the_front_and_a_room_that_is_too_small_says_so() -> None:
    small = of_showcase("座次图", replace(SHOWCASE, rows=1, seats=2))
    assert [row.get("seat1") for row in small.lists["rows"]] == [GUIDE.name, FAILED.name]
    assert small.values["remark"] == "座位少2个，请加排。"
    untold = of_showcase("座次图")
    assert {name for row in untold.lists["rows"] for name in row} == {"number"}
    assert untold.values["remark"] == "会场座位数未定，定后再排。"


def test_people_of_one_school_stand_by_strokes_or_by_sound_as_the_office_chose() -> None:
    people = tuple(
        trainee(name, number=id_number("19760305", f"1{place}3"))
        for place, name in enumerate(("曾一", "丁秀", "王芳", "安宁"))
    )
    everybody = roster(*people)
    by = {order: "".join(one.name[0] for one in in_list_order(people, everybody, OUR_SCHEME, order))
          for order in ("笔画", "拼音")}  # fmt: skip
    assert by == {"笔画": "丁王安曾", "拼音": "安丁王曾"}


@pytest.mark.parametrize(("time", "words"), [("09:00", "上午9时"), ("12:05", "中午12时5分"), ("14:30", "下午2时30分"),
                                             ("", "")])  # fmt: skip
def test_times_in_words(time: str, words: str) -> None:
    assert clock(time) == words


def test_a_day_without_a_time_leaves_a_blank_behind_it() -> None:
    assert held_at(Meeting("showcase", date(2016, 12, 9))) == f"2016年12月9日（星期五）{BLANK}"


def test_a_volume_for_each_person_and_matter_says_what_is_in_it_and_what_is_not() -> None:
    [own] = drafts("备考表", asking=Asking(person=FAILED.name))
    assert (own.file, own.person) == ("归档/个人/小学/03王沟学校_李𬱖/备考表", FAILED.key)
    assert "归档时未收到" in str(own.values["said"])
    spent = (Spent("J", PASSED.key, 7, "", date(2016, 12, 9)),)
    [listed] = drafts("卷内文件目录", asking=Asking(person=PASSED.key), spent=spent)
    assert [(row["title"], row["code"], row["day"]) for row in listed.lists["papers"]] == [
        ("培训结业证书（存根）", "安教训结字〔2016〕第0007号", "20161209"),
    ]


PRESETS = sorted((TEMPLATES / "schemes").glob("*.toml"))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda path: path.stem)
def test_every_programme_prints_its_meetings_with_nobody_in_them(preset: Path) -> None:
    scheme = scheme_from_toml(preset.read_text("utf-8"))
    judged = Judged(scheme, Season(roster(), (), ()), {}, {}, (), AFTER)
    for kind in ALL:
        for draft in kind.drafts(Material(judged, {form.stem: form for form in FORMS}, FONTS), Asking()):
            writer = writers()[draft.folder, draft.template]
            data = writer.fill(draft.values, draft.lists)
            assert proof_findings(writer.form, data, stated_of(draft, writer.form), read_back) == ()
            assert "XX" not in str(draft.values)


def test_only_who_was_ticked_is_on_the_list_for_the_room() -> None:
    nobody = of_showcase("已确定的表彰名单").lists["people"]
    assert {name for row in nobody for name in row} == {"number"}
    season = replace(material().judged.season, told=Told(ticks=(Tick("commended", PASSED.key, "汇报课好", "王老师"),)))
    chosen = replace(material(), judged=replace(material().judged, season=season))
    [kind] = [one for one in ALL if one.name == "已确定的表彰名单"]
    [draft] = kind.drafts(chosen, Asking())
    assert [(row["honour"], row["name"]) for row in draft.lists["people"]] == [("优秀学员", PASSED.name)]
