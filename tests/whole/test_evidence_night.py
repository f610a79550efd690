"""A night of photos, films and slides: filed as evidence of their persons, thumbnails kept, one question a folder."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from gengang.facts import Fact, balance
from gengang.ledger import open_ledger
from gengang.mailbox import Fetched
from gengang.night import Done, Night, judge, judged_before, read_new, settle_roster, take_in, tell
from gengang.originals import archive_path
from gengang.papers.morning import FILE
from gengang.rosterfile import roster_bytes
from gengang.settings import Settings
from gengang.status import season_status, text_of_status
from gengang.under_way import opened
from gengang.workspace import BUILT_IN
from tests.unit.evidence_pictures import FILM, SLIDES, as_taken, scene
from tests.unit.packing import zipped
from tests.unit.prints import docx_of
from tests.unit.rosters import BASE, ZHANGCUN, id_number, mentor, roster, school, trainee
from tests.whole.samples import AT, bytes_under, request, settings_for

XU = trainee("徐丽", "白杨乡初级中学", "初中", "数学", id_number("19820101", "006"))
ZHANG = trainee()
BAIYANG = school("白杨乡初级中学", "初中", order=6)
PHOTO = as_taken(scene(), 6)
COMING = {
    "2016-12-06 张村小学/IMG_1.jpg": PHOTO,
    "张三 听课/1.mp4": FILM,
    "张三 听课/2.mp4": FILM + b"2",
    "张三 汇报课/分数.pptx": SLIDES,
    "徐丽.zip": zipped({"日志.docx": docx_of("training_log"), "3.mp4": FILM + b"3", "研修日志 2.jpg": scene()}),
    "坏.pdf": b"%PDF-1.7 nothing",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """After one night in which all of it came."""
    settings = settings_for(tmp_path_factory.mktemp("evidence"))
    made = replace(roster(ZHANG, XU, mentors=(mentor(),)), schools=(ZHANGCUN, BAIYANG, BASE))
    settings.outbox.mkdir()
    settings.roster.write_bytes(roster_bytes(made))
    settings.scheme.write_bytes((BUILT_IN / "schemes/county-2016.toml").read_bytes())
    for name, data in COMING.items():
        path = settings.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    night(settings)
    return settings


def night(settings: Settings, at: str = AT) -> Night:
    """A pass that prints nothing."""
    with opened(request(settings, at=at)) as under_way:
        intake = take_in(under_way)
        read = read_new(under_way)
        findings, judged = settle_roster(under_way), judge(under_way)
        before = judged_before(under_way, judged)
        return tell(under_way, Done(before, intake, read, findings, judged, (), Fetched()))


@pytest.fixture
def facts(workspace: Settings) -> Iterator[tuple[Fact, ...]]:
    ledger = open_ledger(workspace)
    yield tuple(ledger.read())
    ledger.close()


def page(workspace: Settings) -> str:
    return (workspace.outbox / FILE).read_text(encoding="utf-8")


def thumbs(workspace: Settings) -> dict[str, bytes]:
    return bytes_under(workspace.archive / "thumbs")


def test_all_that_came_is_filed_or_refused(workspace: Settings, facts: tuple[Fact, ...]) -> None:
    counts = balance(facts)
    assert counts.even
    assert (counts.arrived, counts.filed, counts.waiting, counts.refused) == (6, 5, 0, 1)
    assert sorted(str(fact.data["medium"]) for fact in facts if fact.kind == "evidence") == [
        "photo", "photo", "slides", "video", "video", "video",
    ]  # fmt: skip
    assert [path.name for path in workspace.aside.iterdir() if path.suffix != ".txt"] == ["坏.pdf"]
    for fact in facts:
        if fact.kind == "arrival":
            assert archive_path(workspace.archive, fact.subject).exists()


def test_no_personal_value_stands_in_a_line_beside_them(facts: tuple[Fact, ...]) -> None:
    told = [str(dict(fact.data)) for fact in facts if fact.kind == "evidence"]
    assert told
    assert not any(word in text for text in told for word in ("张三", "徐丽", "IMG_1", "听课"))


def test_only_pictures_have_thumbnails_and_they_tell_no_place(workspace: Settings, facts: tuple[Fact, ...]) -> None:
    photo, other = [fact for fact in facts if fact.data.get("medium") == "photo"]
    assert set(thumbs(workspace)) == {f"{one.data['picture']}.jpg" for one in (photo, other)}
    assert not any(b"Exif" in small for small in thumbs(workspace).values())
    assert photo.personal is not None
    assert (photo.personal["date"], photo.personal["date_from"]) == ("2016-10-12", "exif")


def evidence_of(workspace: Settings) -> dict[str, Any]:
    document = season_status(workspace, None)
    return {person["name"]: person["evidence"] for person in json.loads(json.dumps(document))["persons"]}


def test_status_counts_it_by_person_and_requirement(workspace: Settings) -> None:
    assert evidence_of(workspace) == {
        "张三": [
            {"requirement": "lessons_heard", "name": "听课", "counts": {"video": 2}},
            {"requirement": "report_lessons", "name": "汇报课", "counts": {"slides": 1}},
        ],
        "徐丽": [{"requirement": "", "name": "未归类", "counts": {"video": 1}}],
    }
    text = text_of_status(season_status(workspace, None))
    assert "佐证 听课：视频2段" in text


def test_the_note_tells_what_came_and_asks_once_a_folder(workspace: Settings) -> None:
    told = page(workspace)
    assert "佐证材料：视频2段" in told
    assert "照片1张：只写着学校，像是张三的，请确认。" in told
    assert told.count("看不出是哪一项的佐证") == 2
    assert told.count("这是材料的照片还是佐证？") == 1
    assert "不是表格" not in told
    assert "已归档 5" in told


def test_a_second_night_says_nothing_new_and_mends_a_lost_thumbnail(workspace: Settings) -> None:
    ledger = open_ledger(workspace)
    before, kept = ledger.head()[0], thumbs(workspace)
    for name in kept:
        (workspace.archive / "thumbs" / name).unlink()
    again = night(workspace, "2016-12-21T18:30:00Z")
    assert thumbs(workspace) == kept != {}
    assert again.read == 0
    assert [fact.kind for fact in ledger.read(since=before) if fact.kind not in ("run", "roster")] == []
    ledger.close()


def test_the_same_photo_under_a_name_answers_the_question(workspace: Settings) -> None:
    again = workspace.inbox / "张三 集体备课" / "IMG_1.jpg"
    again.parent.mkdir(parents=True)
    again.write_bytes(PHOTO)
    night(workspace, "2016-12-22T18:30:00Z")
    assert {"requirement": "research_activities", "name": "教研活动", "counts": {"photo": 1}} in evidence_of(workspace)[
        "张三"
    ]
    assert "只写着学校" not in page(workspace)
    ledger = open_ledger(workspace)
    assert balance(ledger.read()).even
    ledger.close()
