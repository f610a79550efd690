"""A person's word on whose a paper is, in a real ledger, on both databases: it stands over every later run."""

from dataclasses import replace

import pytest

from gengang.choosing import choose_person, listed_doubts, take_choice_back
from gengang.doubts import doubts_of
from gengang.errors import WorkspaceError
from gengang.facts import Fact, subjects_of
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.roster import Roster
from gengang.season import HeldPaper, Season, roster_facts, season_of
from gengang.settings import Settings
from gengang.telling_copies import short_key
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, came, hash_of, key_of, read
from tests.unit.rosters import id_number, mentor, roster, trainee

ZHANG = trainee()
WANG_SMALL = trainee("王芳", "张村小学", "小学", "数学", id_number("19810202", "022"))
WANG_LARGE = trainee("王芳", "李河中学", "初中", "英语", id_number("19820303", "024"))
GUIDE = mentor()
EVERYONE = roster(ZHANG, WANG_SMALL, WANG_LARGE, mentors=(GUIDE,))
PAPER, LIST, SUMMARY, PHOTO = "反思.docx", "报名.docx", "小结.docx", "照片.jpg"
NUMBER = short_key(key_of(PAPER))


def listed(known: Roster, sha256: str = "0") -> tuple[Fact, ...]:
    return roster_facts(known, sha256 * 64, "workbook", ME, AT)


def said(file: str, form: str = "reflection", **values: str) -> Fact:
    return read(file, form, None, values)


def photo() -> Fact:
    data = {"medium": "photo", "size": 9, "doubt": "", "picture": "", "thumbnail": False}
    personal = {"name": PHOTO, "member": "", "caption": "", "date": "", "date_from": ""}
    return Fact("evidence", key_of(PHOTO), data, ME, AT, personal)


@pytest.fixture
def doubtful(settings: Settings, ledger: Ledger) -> Settings:
    """A season with one paper of one of two 王芳, a school's list, a mentor's paper and a photo of nobody known."""
    papers = (
        (came(PAPER), said(PAPER, name="王芳", subject="英语")),
        (came(LIST), said(LIST, "registration", school="无名学校")),
        (came(SUMMARY), said(SUMMARY, "mentor_summary", name="周民")),
        (came(PHOTO), photo()),
    )
    ledger.append([*listed(EVERYONE), *(fact for pair in papers for fact in pair)])
    return settings


def season(ledger: Ledger) -> Season:
    return season_of(ledger.read())


def held(ledger: Ledger, name: str = PAPER) -> HeldPaper:
    [found] = [one for one in season(ledger).papers if one.paper.key == key_of(name)]
    return found


def decide(settings: Settings, whom: str, wanted: str = NUMBER) -> str:
    return choose_person(settings, wanted, whom, "本人电话核实", ME, AT).lines[0]


def test_papers_in_doubt_are_listed_with_candidates_and_reasons(doubtful: Settings, ledger: Ledger) -> None:
    told = listed_doubts(doubtful)
    text = "\n".join(told.lines)
    assert told.exit_code == 1
    assert told.lines[0] == "归属待定的材料2份："  # a school's list is settled by the school table
    assert f"{NUMBER}  教育教学反思  反思.docx" in text
    assert "表上：姓名“王芳”、学科“英语”" in text
    large, small = text.index(WANG_LARGE.key), text.index(WANG_SMALL.key)
    assert large < small
    assert "姓名相同（2人同名）+8" in text
    assert "合计+3：姓名相近（差一字）+3" in text
    assert WANG_LARGE.id_number not in text
    assert [one.key for one in doubts_of(season(ledger))] == [key_of(PAPER), key_of(SUMMARY)]


def test_a_word_stands_over_later_runs_readers_and_rosters(doubtful: Settings, ledger: Ledger) -> None:
    assert held(ledger).match.status == "doubt"
    assert WANG_LARGE.key in decide(doubtful, WANG_LARGE.key)
    assert (held(ledger).paper.person, held(ledger).match.decided) == (WANG_LARGE.key, True)
    ledger.append([said(PAPER, name="王芳", school="张村小学", stage="小学", subject="数学")])  # read anew
    assert held(ledger).paper.person == WANG_LARGE.key
    moved = replace(WANG_LARGE, name="王方", school="王沟学校")
    ledger.append([*listed(roster(ZHANG, WANG_SMALL, moved), "1")])
    assert held(ledger).paper.person == WANG_LARGE.key
    assert key_of(PAPER) in subjects_of(WANG_LARGE.key, ledger.read())
    ledger.append([*listed(roster(ZHANG, WANG_SMALL), "2")])  # gone
    found = held(ledger)
    assert (found.paper.person, found.match.status) == ("", "doubt")
    assert f"王方（{WANG_LARGE.key}）的，这个人现在不在花名册里" in found.match.why_not
    ledger.append([*listed(EVERYONE, "3")])  # and back
    assert held(ledger).paper.person == WANG_LARGE.key
    assert verify(ledger) == ()


def test_deciding_again_and_taking_back(doubtful: Settings, ledger: Ledger) -> None:
    before = held(ledger)
    for _ in range(2):
        decide(doubtful, "李河中学王芳")
    [line] = ledger.read(kinds=("decision",))
    assert dict(line.data) == {"path": "@person", "person": WANG_LARGE.key}
    assert line.personal == {"value": WANG_LARGE.key, "why": "本人电话核实"}
    decide(doubtful, "张村小学 王芳")
    assert held(ledger).paper.person == WANG_SMALL.key
    assert "不是本期人员" in decide(doubtful, "")
    assert (held(ledger).paper.person, held(ledger).match.status) == ("", "sure")
    assert key_of(PAPER) not in [one.key for one in doubts_of(season(ledger))]
    take_choice_back(doubtful, NUMBER, "看错了", ME, AT)
    assert held(ledger) == before
    with pytest.raises(WorkspaceError, match="没有编号为"):
        take_choice_back(doubtful, NUMBER, "看错了", ME, AT)
    decide(doubtful, WANG_LARGE.key)
    assert held(ledger).paper.person == WANG_LARGE.key
    take_choice_back(doubtful, NUMBER, "看错了", ME, AT)
    assert dict(list(ledger.read(kinds=("decision",)))[-1].data) == {"path": "@person", "person": ""}
    assert verify(ledger) == ()


def test_a_mentor_s_paper_and_a_piece_of_evidence(doubtful: Settings, ledger: Ledger) -> None:
    decide(doubtful, GUIDE.name, key_of(SUMMARY))
    assert held(ledger, SUMMARY).paper.person == GUIDE.key
    decide(doubtful, ZHANG.name, key_of(PHOTO))
    assert [one.person for one in season(ledger).evidence] == [ZHANG.key]
    take_choice_back(doubtful, key_of(PHOTO), "看错了", ME, AT)
    assert [one.person for one in season(ledger).evidence] == [""]


def test_what_cannot_be_decided_is_said_and_writes_nothing(doubtful: Settings, ledger: Ledger) -> None:
    cases = (
        (NUMBER, "王芳", f"有2位“王芳”，请写人员编号：.*{WANG_LARGE.key}"),
        (NUMBER, "欧阳修", "学员里没有"),
        (NUMBER, GUIDE.key, "学员里没有"),
        (key_of(SUMMARY), ZHANG.key, "指导教师里没有"),
        (key_of(LIST), ZHANG.key, "学校的名单"),
        (key_of(LIST), "", "学校的名单"),
        (key_of(PHOTO), "", "佐证材料不用"),
        ("ffffffff#0", ZHANG.key, "没有编号为"),
        (hash_of(PAPER)[:7], ZHANG.key, "没有编号为"),
    )
    for wanted, whom, words in cases:
        with pytest.raises(WorkspaceError, match=words):
            decide(doubtful, whom, wanted)
    assert list(ledger.read(kinds=("decision",))) == []


def test_a_reason_is_asked_for_and_a_season_without_doubts_says_so(settings: Settings, ledger: Ledger) -> None:
    with pytest.raises(WorkspaceError, match="--why"):
        choose_person(settings, NUMBER, ZHANG.key, " ", ME, AT)
    with pytest.raises(WorkspaceError, match="--why"):
        take_choice_back(settings, NUMBER, "", ME, AT)
    ledger.append([*listed(EVERYONE)])
    told = listed_doubts(settings)
    assert (told.lines, told.exit_code) == (("没有归属待定的材料。",), 0)
