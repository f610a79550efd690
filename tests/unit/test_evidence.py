"""Evidence by its names: whose it is and what it shows, or one question for a folder; it never gives a point."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.assess import Beside, assess
from gengang.evidence import (
    Evidence,
    caption_of,
    counted_words,
    evidence_counts,
    evidence_fact,
    evidence_findings,
    evidence_held,
    questions_of,
)
from gengang.facts import Fact
from gengang.mailed import Mailed, kept_mails
from gengang.material import Material, MaterialKind
from gengang.reconcile import Match, lookup_of
from gengang.scheme import Measure
from tests.ledger.lines import AT, ME, SHA
from tests.unit.rosters import LIHE, WANGGOU, ZHANGCUN, id_number, mentor, roster, trainee
from tests.unit.seasons import AFTER, SCHEME, attendance, logs, register, season

ZHANG = trainee()
LI = trainee("李小红", LIHE.name, "初中", "数学", id_number("19800101", "001"))
SAME = trainee("李小红", WANGGOU.name, "初中", "英语", id_number("19810101", "003"))
WEN = trainee("文明", WANGGOU.name, "小学", "数学", id_number("19820101", "005"))
LOOKUP = lookup_of(roster(ZHANG, LI, WEN, mentors=(mentor(),)))


def material(name: str = "IMG_1.jpg", member: str = "", kind: MaterialKind = "photo", **said: str | bool) -> Material:
    return Material(kind, name, member, "9" * 64, 900, **said)  # type: ignore[arg-type]  # words, taken, doubt


def piece(
    *paths: str, of: Material | None = None, owners: tuple[str, ...] = (), key: str = f"{SHA}#0",
    with_same: bool = False, state: str = "", mails: Sequence[Mailed] = (), **decided: str,
) -> Evidence:  # fmt: skip
    """What one file's evidence folds to. paths: all under which it came; state, decided: what a person said."""
    decided |= {"is": state} if state else {}
    one = material(paths[0]) if of is None else of
    decisions = {
        key: {path: Fact("decision", key, {"path": path}, ME, AT, {"value": value}) for path, value in decided.items()}
    }
    lookup = lookup_of(roster(ZHANG, LI, WEN, SAME, mentors=(mentor(),))) if with_same else LOOKUP
    facts = (evidence_fact(key, one, {"mails": kept_mails(mails)}, ME, AT),)
    [found] = evidence_held(facts, {SHA: paths}, decisions, lookup, {SHA: owners} if owners else {})
    return found


def whose(*paths: str, **more: object) -> tuple[str, str]:
    found = piece(*paths, **more)  # type: ignore[arg-type]
    return found.match.status, found.match.person


# --- whose ---


@pytest.mark.parametrize(
    ("path", "status", "person"),
    [
        ("2016-12-06 张村小学/张三/IMG_1.jpg", "sure", ZHANG),
        ("张三 听课/IMG_1.jpg", "sure", ZHANG),
        ("张三听课照片.jpg", "sure", ZHANG),
        ("李小红汇报课.mp4", "sure", LI),
        ("李河初中李小红.jpg", "sure", LI),
        ("王沟学校/文明.jpg", "sure", WEN),
        ("文明班级评比.jpg", "doubt", WEN),
        ("讲文明树新风.jpg", "doubt", WEN),
        ("张村小学/李小红.jpg", "doubt", LI),
        ("李小红/张三.jpg", "doubt", ZHANG),
        ("2016-12-06 张村小学/IMG_1.jpg", "doubt", ZHANG),
        ("周明老师/IMG_1.jpg", "doubt", ZHANG),
        ("XX县XX实验学校/张三老师.jpg", "sure", ZHANG),
        ("县第二小学/1.jpg", "none", None),
        ("IMG_1.jpg", "none", None),
    ],
)  # fmt: skip
def test_names_of_files_and_folders_say_whose(path: str, status: str, person: object) -> None:
    assert whose(path) == (status, getattr(person, "key", ""))


def test_a_name_that_two_people_bear_needs_their_school() -> None:
    assert whose("李小红.jpg", with_same=True)[0] == "doubt"
    assert whose("王沟学校/李小红.jpg", with_same=True) == ("sure", SAME.key)


def test_forms_in_the_same_mail_say_whose() -> None:
    mail = material("IMG_1.jpg", "a.eml!IMG_1.jpg")
    assert whose("a.eml", of=mail, owners=(ZHANG.key, ZHANG.key)) == ("sure", ZHANG.key)
    assert whose("a.eml", of=mail, owners=(ZHANG.key, LI.key))[0] == "doubt"
    assert whose("a.eml", of=mail) == ("none", "")
    other = material("李小红.jpg", "a.eml!李小红.jpg")
    assert whose("a.eml", of=other, owners=(ZHANG.key,)) == ("doubt", LI.key)
    assert whose("a.eml", of=other, owners=(ZHANG.key, LI.key))[0] == "doubt"


def test_sender_and_words_of_the_nearest_mail_say_whose() -> None:
    photo = material("1.jpg", "a.eml!b.eml!1.jpg")
    outer = Mailed("a.eml", "w@example.cn", "文明", "转发", "文明转来的照片")
    from_li = Mailed("a.eml!b.eml", "li@example.cn", "李小红", "材料")
    of_zhang = Mailed("a.eml!b.eml", "x@example.cn", "", "材料", "老师好，这是张三老师的照片")
    assert whose("a.eml", of=photo, mails=(from_li,)) == ("sure", LI.key)
    assert whose("a.eml", of=photo, mails=(replace(outer, text=""), from_li)) == ("sure", LI.key)
    assert whose("a.eml", of=photo, mails=(outer, of_zhang)) == ("sure", ZHANG.key)
    assert whose("a.eml", of=photo, mails=(replace(of_zhang, text="　" * 200 + of_zhang.text),)) == ("none", "")


def test_the_same_photo_dropped_again_under_a_name_is_theirs() -> None:
    assert whose("2016-12-06 张村小学/IMG_1.jpg", "张三 听课/IMG_1.jpg") == ("sure", ZHANG.key)
    assert piece("IMG_1.jpg", "张三 听课/IMG_1.jpg").measure == "lessons_heard"


def test_a_person_decides() -> None:
    found = piece("IMG_1.jpg", person=LI.key, measure="class_activities")
    assert (found.person, found.measure) == (LI.key, "class_activities")
    doubtful = material("日志.jpg", doubt=True)
    assert piece("张三 日志.jpg", of=doubtful).person == ""
    assert piece("张三 日志.jpg", of=doubtful, state="evidence").person == ZHANG.key
    assert piece("张三 日志.jpg", of=doubtful, state="form").state == "form"
    assert piece("张三.jpg", person="P-000000000000").person == ZHANG.key


WORDS = st.sampled_from(
    ["张三", "李小红", "文明", "张村小学", "李河中学", "听课", "照片", "IMG_1", "的", " ", "/", "老师"]
)


@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from([(), (ZHANG.key,), (LI.key,), (ZHANG.key, LI.key)]))
def test_it_is_surely_theirs_only_where_they_alone_are_named(words: list[str], owners: tuple[str, ...]) -> None:
    path = "".join(words).strip("/ ") or "a"
    found = piece(f"{path}.jpg", owners=owners)
    told = {one.key for one in (ZHANG, LI, WEN) if one.name in path} | set(owners)
    if found.person:
        assert told == {found.person}
    assert found.match.status == "sure" or found.match.why_not


# --- what it shows ---


@pytest.mark.parametrize(
    ("path", "measure"),
    [
        ("张三 听课.jpg", "lessons_heard"),
        ("听课/张三/IMG_1.jpg", "lessons_heard"),
        ("公开课 圆的面积.mp4", "lessons_taught"),
        ("汇报课.jpg", "report_lessons"),
        ("语文组教研.jpg", "research_activities"),
        ("集体备课.jpg", "research_activities"),
        ("主题班会.jpg", "class_activities"),
        ("教研/听课.jpg", "lessons_heard"),
        ("听评课.jpg", "lessons_heard"),
        ("教研组听课.jpg", None),
        ("IMG_1.jpg", None),
    ],
)
def test_words_say_what_it_shows(path: str, measure: Measure | None) -> None:
    assert piece(path).measure == measure


def test_every_word_belongs_to_a_requirement_of_the_scheme() -> None:
    for measure in ("lessons_heard", "lessons_taught", "report_lessons", "research_activities", "class_activities"):
        assert SCHEME.requirement(measure) is not None


@pytest.mark.parametrize(
    ("of", "day", "caption"),
    [
        (material("IMG_20161012_093000.jpg"), "2016-10-12", ""),
        (material("张三 听课/微信图片_20161012093000.jpg"), "2016-10-12", "张三 听课"),
        (material("2016.10.12听课.jpg"), "2016-10-12", "2016.10.12听课"),
        (material("mmexport1476235800000.jpg"), "2016-10-12", ""),
        (material("20161012.jpg", taken="2016-10-13"), "2016-10-13", ""),
        (material("1.jpg", words="10月听课，2016年10月12日"), "2016-10-12", "10月听课，2016年10月12日"),
        (material("20161399.jpg"), None, ""),
        (material("13800138000.jpg"), None, ""),
    ],
)  # fmt: skip
def test_day_and_caption_are_what_is_said(of: Material, day: str | None, caption: str) -> None:
    found = piece(of.name, of=of)
    assert found.day == (date.fromisoformat(day) if day else None)
    assert found.caption == caption_of(of) == caption


def test_the_day_on_a_folder_is_the_day_of_receipt_and_not_of_the_photo() -> None:
    assert piece("2016-12-06 张村小学/IMG_1.jpg").day is None


# --- what is told ---


def pieces(*paths: str, doubt: bool = False) -> list[Evidence]:
    return [piece(path, of=material(path, doubt=doubt), key=f"{SHA}#{number}") for number, path in enumerate(paths)]


def test_one_question_a_folder() -> None:
    many = pieces(*(f"张村小学/IMG_{number}.jpg" for number in range(7)), "张三 听课/1.jpg", "b/2.jpg")
    asked = questions_of(SCHEME, many)
    assert [question.folder for question in asked] == ["张村小学", "b"]
    first, second = asked
    assert first.sentences[0] == "照片7张：只写着学校，像是张三的，请确认。"
    assert first.sentences[1].startswith("照片7张看不出是哪一项的佐证，请指定：")
    assert second.sentences[0] == "照片1张：看不出是谁的，请指定。"


def test_what_may_be_a_form_is_asked_about_alone() -> None:
    [question] = questions_of(SCHEME, pieces("张村小学/1.jpg", doubt=True))
    assert len(question.sentences) == 1
    assert "这是材料的照片还是佐证" in question.sentences[0]
    assert "gengang choose" in question.sentences[0]


KINDS = st.sampled_from(["photo", "slides", "video", "audio", "notebook"])
MEASURES = st.none() | st.sampled_from(["lessons_heard", "lessons_taught", "class_activities", "reflections", "logs"])


def made(kind: MaterialKind, measure: Measure | None, folder: str, person: str) -> Evidence:
    match = Match("sure", person) if person else Match("none", why_not="看不出是谁的，请指定。")
    return Evidence("k#0", kind, "a", folder, "a", AT, "", None, match, measure, "kept", "")


PIECES = st.lists(
    st.builds(made, KINDS, MEASURES, st.sampled_from(["甲", "乙", "丙"]), st.sampled_from(["", ZHANG.key]))
)


@given(PIECES)
def test_no_piece_is_lost_or_asked_about_twice(found: list[Evidence]) -> None:
    counts = evidence_counts(SCHEME, found)
    assert sum(number for one in counts for number in one.counts.values()) == len(found)
    asked = questions_of(SCHEME, found)
    open_in = {one.folder for one in found if one.match.status != "sure" or one.measure is None}
    assert [question.folder for question in asked] == list(
        dict.fromkeys(one.folder for one in found if one.folder in open_in)
    )


@given(PIECES)
def test_evidence_gives_no_point_and_changes_no_outcome(found: list[Evidence]) -> None:
    for papers in (season(), [attendance(), *logs()[:4], register()]):
        bare = assess(SCHEME, ZHANG, papers, AFTER)
        shown = assess(SCHEME, ZHANG, papers, AFTER, Beside(evidence=tuple(found)))
        for part in ("outcome", "answer", "hours", "score", "points", "missing", "certificate", "tasks_done", "needs"):
            assert getattr(shown, part) == getattr(bare, part)
        assert [(one.requirement, one.have, one.need) for one in shown.shortfall] == [
            (one.requirement, one.have, one.need) for one in bare.shortfall
        ]


def shown_of(found: Sequence[Evidence]) -> list[str]:
    verdict = assess(SCHEME, ZHANG, [attendance(), *logs()[:4], register()], AFTER, Beside(evidence=tuple(found)))
    return [finding.message for finding in verdict.findings if finding.code == "has_evidence"] + [
        short.sentence for short in verdict.shortfall if "有佐证" in short.sentence
    ]


def test_evidence_stands_beside_what_is_asked() -> None:
    found = [made("photo", "lessons_heard", "甲", ZHANG.key)] * 3 + [made("video", "lessons_heard", "甲", ZHANG.key)]
    assert shown_of(found) == [
        "听课有佐证：照片3张、视频1段（不计分）。",
        "听课8节，还差12节（有佐证：照片3张、视频1段）；已过补交期。",
    ]
    assert counted_words(found) == "照片3张、视频1段"
    assert evidence_findings(SCHEME, {}) == []


def test_nobody_is_told_that_nothing_supports_what_photos_show() -> None:
    def told(found: Sequence[Evidence]) -> str:
        verdict = assess(SCHEME, ZHANG, [attendance(), *logs(), register()], AFTER, Beside(evidence=tuple(found)))
        return "".join(finding.message for finding in verdict.findings if finding.code == "no_record")

    assert "教育教学反思" in told([])
    assert "教育教学反思" not in told([made("notebook", "reflections", "甲", ZHANG.key)])


def test_a_school_that_is_called_like_a_person_names_nobody() -> None:
    named = trainee("李河", ZHANGCUN.name, "小学", "数学", id_number("19830101", "007"))
    facts = (evidence_fact(f"{SHA}#0", material("李河中学.jpg"), {}, ME, AT),)
    [found] = evidence_held(facts, {SHA: ("李河中学.jpg",)}, {}, lookup_of(roster(ZHANG, LI, named)), {})
    assert (found.match.status, found.match.person) == ("doubt", LI.key)
