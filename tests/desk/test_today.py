"""Today: numbers that open to their lists, files into the inbox, and a run that is started and watched."""

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.receiving_files import put_into_inbox
from gengang.desk.views.today import all_lists, owed_by_school, today_of
from gengang.errors import WorkspaceError
from tests.desk.conftest import SCAN
from tests.desk.desks import first_open, no_ones, put, settle, token_of, two_versions, write


def numbers(page: str) -> dict[str, int]:
    """Tile -> its number."""
    return {name: int(number) for number, name in re.findall(r"<b>(\d+)</b><span>([^<]+)</span></a>", page)}


def test_every_number_opens_to_a_list_of_as_many(client: TestClient) -> None:
    page = client.get("/").text
    shown = numbers(page)
    for name, address in re.findall(r'href="(/today/\w+)"><b>\d+</b><span>([^<]+)', page):
        found = re.search(r"<h1>[^<]*<small>(\d+)</small>", client.get(name).text)
        assert found is not None
        assert int(found[1]) == shown[address]


def test_the_sums_balance(desk: Desk, client: TestClient) -> None:
    today = today_of(desk.standings.now())
    assert today.counts.even
    assert sum(number for _, number, _ in today.outcomes) == today.people
    assert "数目相符" in client.get("/").text


def test_what_needs_somebody_is_counted_where_it_is_settled(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk), *two_versions(desk))
    tasks = {task.title: task for task in today_of(desk.standings.now()).tasks}
    assert tasks["版本"].number == 1
    assert tasks["归属"].number >= 1
    before = tasks["核对"].number
    _, card = first_open(desk)
    settle(client, card, "blank")
    assert {task.title: task.number for task in today_of(desk.standings.now()).tasks}["核对"] == before - 1
    for task in tasks.values():
        assert client.get(task.link).status_code == 200


def test_who_owes_is_listed_by_who_owes_it(desk: Desk) -> None:
    judged = desk.standings.now().judged
    owing = owed_by_school(judged)
    assert sum(one.number for one in owing) == sum(len(debt.items) for debt in judged.debts)
    assert [one.late for one in owing] == sorted((one.late for one in owing), reverse=True)


def test_every_list_says_something_when_it_is_empty(desk: Desk) -> None:
    for one in desk.standings.now().standing.of(all_lists):
        assert one.nothing
        assert all(len(row) == len(one.heads) for row in one.rows)


# --- into the inbox ---


def bring(client: TestClient, name: str, data: bytes, **fields: str) -> int:
    token = token_of(client.get("/").text)
    files = {"file": ("file", data)}
    answer = client.post("/inbox", data={"name": name, **fields}, files=files, headers={"X-Desk-Token": token})
    return answer.status_code


def inbox_of(desk: Desk) -> dict[str, bytes]:
    inbox = desk.settings.inbox
    return {path.relative_to(inbox).as_posix(): path.read_bytes() for path in inbox.rglob("*") if path.is_file()}


def test_a_file_lies_in_the_inbox_under_its_name_and_day(desk: Desk, client: TestClient) -> None:
    assert bring(client, "日志/张三.docx", b"abc", received="2016-12-06", sender="张村小学") == 200
    assert inbox_of(desk) == {"2016-12-06 张村小学/日志/张三.docx": b"abc"}


def test_a_second_file_of_a_name_is_kept_beside_the_first(desk: Desk, client: TestClient) -> None:
    for data in (b"one", b"two"):
        assert bring(client, "张三.docx", data) == 200
    assert sorted(inbox_of(desk).values()) == [b"one", b"two"]


@pytest.mark.parametrize(
    "name", ["../../out.docx", "..\\..\\out.docx", "/etc/out.docx", "C:\\out.docx", "a/../../out.docx"]
)
def test_no_name_leads_out_of_the_inbox(desk: Desk, client: TestClient, name: str) -> None:
    before = {path for path in desk.settings.workspace.rglob("*") if "inbox" not in path.parts}
    assert bring(client, name, b"abc", sender="../..") == 200
    assert list(inbox_of(desk).values()) == [b"abc"]
    after = {path for path in desk.settings.workspace.rglob("*") if "inbox" not in path.parts}
    assert {path for path in after - before if path.is_file() and ".desk" not in path.parts} == set()


@pytest.mark.parametrize("name", ["", "~$张三.docx", ".DS_Store", "Thumbs.db", "下载.crdownload"])
def test_what_the_inbox_passes_over_is_refused_at_once(desk: Desk, client: TestClient, name: str) -> None:
    answer = bring(client, name or "/", b"abc")
    assert (answer, inbox_of(desk)) == (409, {})


def test_a_day_that_is_none_is_refused(desk: Desk, client: TestClient) -> None:
    assert bring(client, "a.docx", b"abc", received="昨天") == 409
    assert inbox_of(desk) == {}


def test_a_file_too_large_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gengang.desk.receiving_files.LARGEST", 10)
    big = desk.settings.workspace / "big"
    big.write_bytes(b"x" * 11)
    with big.open("rb") as stream, pytest.raises(WorkspaceError, match="MB"):
        put_into_inbox(desk.settings, "big.docx", "", stream)
    assert inbox_of(desk) == {}
    assert not list((desk.settings.shown / "uploads").iterdir())


# --- a run ---


def test_a_run_reads_what_lies_there_and_the_page_knows(desk: Desk, client: TestClient) -> None:
    later: Path = desk.settings.workspace / "later" / SCAN
    held_before = len(desk.standings.now().standing.papers)
    bring(client, SCAN, later.read_bytes())
    time.sleep(0.1)
    assert write(client, "/run").status_code == 303
    assert "正在处理" in client.get("/run").text or not desk.runs.progress.going
    desk.runs.stop()
    answer = client.get("/run?going=yes")
    assert answer.headers["hx-refresh"] == "true"
    assert "hx-refresh" not in client.get("/fresh").headers
    desk.standings.fold()
    assert client.get("/fresh").headers["hx-refresh"] == "true"
    assert len(desk.standings.now().standing.papers) == held_before + 1
    assert "处理完了" in client.get("/").text
    assert numbers(client.get("/").text)["新收到"] == 1
    [run] = [fact for fact in desk.ledger.read(kinds=("run",)) if fact.data["phase"] == "done"][-1:]
    assert run.actor.command == "desk run"


def test_one_run_at_a_time(desk: Desk, client: TestClient) -> None:
    assert write(client, "/run").status_code == 303
    assert desk.runs.start(desk.actor(desk.sessions.begin(role="senior")[1], "run")) is False
    desk.runs.stop()
    assert desk.runs.progress.lines
