"""The roster at the desk: who waits, what a word would change, and that it is said on exactly whom was shown."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gengang.admitting import everybody_in
from gengang.desk.office import Desk
from gengang.desk.views.enrolled import effect_shown, everybody, roster_page
from gengang.desk.views.enrolled import everybody_of as everybody_at
from gengang.ledger import open_ledger
from gengang.proposals import decisions_of
from gengang.roster import Roster
from gengang.roster_effect import Effect
from gengang.rosterfile import roster_bytes
from gengang.settings import Settings
from tests.desk.desks import token_of, words, worked_out, write
from tests.unit.rosters import SCHOOLS, id_number, trainee
from tests.unit.seasons import SCHEME
from tests.unit.test_enrolling import FACTS, LI, ZHANG


@pytest.fixture
def workspace(workspace: Settings) -> Settings:
    """The same workspace before anybody was accepted: two schools' lists, an arrangement and a log have come."""
    workspace.ledger.unlink()
    ledger = open_ledger(workspace)
    ledger.append(FACTS)
    ledger.close()
    return workspace


def thought(client: TestClient, **fields: str) -> Response:
    """What a word would change, once it is worked out."""
    begun = write(client, "/roster/word", **fields)
    return worked_out(client, begun)


def test_who_waits_stands_with_what_is_against_them(client: TestClient, desk: Desk) -> None:
    page = words(client.get("/roster"))
    assert "待审核 4 已录取 0" in page
    assert "张三 学员 张村小学 小学语文" in page
    assert "录取全部合规的（4）" in page
    every = everybody_in(SCHEME, SCHOOLS, FACTS)
    assert [line.name for line in roster_page(every, "accepted", frozenset()).leaf.rows] == []
    assert desk.standings.now().standing.of(everybody) == ()
    assert everybody_at(desk.settings, desk.standings.now().standing) == every


def test_a_word_is_weighed_and_said(client: TestClient, desk: Desk) -> None:
    told = thought(client, word="accept", **{f"who:{ZHANG}": "yes"})
    assert "新增：张村小学 张三" in words(told)
    assert "日志.docx”：认不出是谁的→张村小学 张三" in words(told)
    assert decisions_of(desk.ledger.read()) == {}
    done = write(client, str(told.url.path))
    assert "已录取：张三" in words(done)
    assert [one.name for one in desk.standings.fold().judged.season.roster.trainees] == ["张三"]
    gone = thought(client, word="refuse", why="本人放弃", **{f"who:{ZHANG}": "yes"})
    assert "其中有人名下已有材料" in words(gone)
    assert "去掉：张村小学 张三（名下有1份材料）" in words(gone)
    write(client, str(gone.url.path))
    assert decisions_of(desk.ledger.read())[ZHANG].why == "本人放弃"


def test_whoever_was_decided_meanwhile_is_not_said_again(client: TestClient, desk: Desk) -> None:
    first = thought(client, word="accept", **{f"who:{ZHANG}": "yes", f"who:{LI}": "yes"})
    second = thought(client, word="refuse", why="超额", **{f"who:{LI}": "yes"})
    write(client, str(second.url.path))
    third = thought(client, word="accept", **{f"who:{ZHANG}": "yes"})
    write(client, str(third.url.path))
    answer = write(client, str(first.url.path))
    assert (answer.status_code, "刚刚已经定了" in answer.text) == (409, True)
    assert decisions_of(desk.ledger.read())[LI].state == "refused"


def test_a_word_needs_somebody_and_a_refusal_its_reason(client: TestClient) -> None:
    assert "先选好人" in write(client, "/roster/word", word="accept").text
    assert "写明原因" in write(client, "/roster/word", word="refuse", **{f"who:{ZHANG}": "yes"}).text
    assert "已经过期" in write(client, "/roster/word/none").text


def test_a_workbook_is_looked_at_before_it_is_taken(client: TestClient, desk: Desk) -> None:
    own = trainee("王五", "王沟学校", "小学", "数学", id_number("19810101", "003"))
    book = roster_bytes(Roster(SCHOOLS, (own,)))
    token = token_of(client.get("/roster").text)
    told = worked_out(client, client.post("/roster/book", data={"token": token}, files={"book": ("册.xlsx", book)}))
    assert "新增：王沟学校 王五" in words(told)
    assert "已采用" in words(write(client, str(told.url.path)))
    assert "王五" in [one.name for one in desk.standings.fold().judged.season.roster.trainees]
    faulty = worked_out(client, client.post("/roster/book", data={"token": token}, files={"book": ("册.xlsx", b"no")}))
    assert "这个文件还不能用" in words(faulty)
    assert write(client, str(faulty.url.path)).status_code == 409
    assert client.post("/roster/book", data={"token": token}).status_code == 409
    assert client.get("/roster/roster.xlsx").content[:2] == b"PK"


def test_an_effect_is_told_apart_by_what_it_is_about() -> None:
    shown = effect_shown(Effect(added=(trainee(),), paired=(("张三", "周明"),)))
    assert shown.roster == ("新增：张村小学 张三", "新结对：张三—周明")
    assert (shown.papers, shown.verdicts, shown.grave) == ((), (), False)
