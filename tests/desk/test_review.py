"""The review's pages: what waits in which order, what a card says, groups, whose a paper is, and its versions."""

import re

import pytest
from starlette.testclient import TestClient

from gengang.desk.office import Desk, open_desk
from gengang.desk.views.asked import asked_of
from gengang.desk.views.consequences import UNWEIGHED, hanging_of
from gengang.desk.views.copies import version_pages
from gengang.desk.views.fields import card_at, history_of, lines_of, machine_of
from gengang.desk.views.matching import doubt_page, waiting
from gengang.desk.views.papers import address_of, paper_page
from gengang.desk.views.queue import column_of, group_of, next_after, open_by_person, open_papers, queue_of
from gengang.facts import Fact
from gengang.reading import FieldReading
from gengang.season import VERSION, WHOSE
from gengang.settings import Settings
from gengang.settled import field_at
from tests.desk.desks import first_open, no_ones, phone_paper, put, settle, token_of, two_versions, weighed, write
from tests.unit.facts_of_papers import AT, ME, key_of

# --- the list ---


def test_what_decides_comes_first_and_then_what_is_most_doubtful(desk: Desk) -> None:
    put(desk, *no_ones(desk), *phone_paper())
    papers = desk.standings.now().standing.of(open_papers)
    ranks = [one.consequence.rank for one in papers]
    assert ranks == sorted(ranks)
    for one in papers:
        weights = [(field.consequence.rank, -field.doubt) for field in one.fields]
        assert weights == sorted(weights)


def test_a_settled_field_leaves_the_list_at_once(desk: Desk, client: TestClient) -> None:
    before = queue_of(desk.standings.now()).waiting
    _, card = first_open(desk)
    assert settle(client, card, "blank").status_code == 303
    assert queue_of(desk.standings.now()).waiting == before - 1
    desk.standings.fold()
    assert queue_of(desk.standings.now()).waiting == before - 1


@pytest.mark.parametrize("said", ["unreadable", "again"])
def test_what_waits_for_its_sender_leaves_the_list_and_gives_no_value(
    desk: Desk, client: TestClient, said: str
) -> None:
    before = queue_of(desk.standings.now()).waiting
    held, card = first_open(desk)
    settle(client, card, said)
    desk.standings.fold()
    now = desk.standings.now()
    assert queue_of(now).waiting == before - 1
    assert card.path in now.standing.papers[held.paper.key].paper.open_fields


def test_the_list_can_be_cut_to_what_decides(client: TestClient, desk: Desk) -> None:
    put(desk, *phone_paper())
    found = queue_of(desk.standings.now(), rank="0")
    assert {line.rank for line in found.lines} == {0}
    assert client.get("/review?rank=0").status_code == 200


def test_the_next_paper_goes_round_and_ends(desk: Desk) -> None:
    now = desk.standings.now()
    keys = [one.key for one in now.standing.of(open_papers)]
    assert [next_after(now, key) for key in keys] == [*keys[1:], keys[0]] if len(keys) > 1 else [""]


def test_what_hangs_on_a_field_is_tried_of_each_that_waits(desk: Desk) -> None:
    standing = desk.standings.now().standing
    for key, papers in standing.of(open_by_person).items():
        person = standing.judged.season.roster.person(key)
        assert person is not None
        found = hanging_of(standing.judged, person, papers)
        assert {one.paper.key: set(found[one.paper.key]) for one in papers} == {
            one.paper.key: set(one.paper.open_fields) for one in papers
        }


def test_until_it_is_tried_a_field_says_that_it_is_being_tried(workspace: Settings) -> None:
    opened = open_desk(workspace)
    try:
        now = opened.standings.now()
        ranks = {field.consequence for one in now.standing.of(open_papers) for field in one.fields}
        assert UNWEIGHED in ranks
        weighed(opened)
        assert UNWEIGHED not in {f.consequence for one in now.standing.of(open_papers) for f in one.fields}
    finally:
        opened.close()


def test_nobody_is_tried_again_of_whom_nothing_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ledger.append([Fact("looked_at", "P-1", {"what": "phone", "at": "x"}, ME, AT)])
    monkeypatch.setattr("gengang.desk.weighing.hanging_of", never)
    desk.standings.fold()
    weighed(desk)


def never(*_: object) -> None:
    raise AssertionError("tried once more")


# --- a field ---


def test_the_machines_proposal_sent_back_as_it_is_is_accepted(desk: Desk, client: TestClient) -> None:
    held, card = first_open(desk, "text")
    settle(client, card, value=card.text)
    [line] = desk.ledger.read(kinds=("settled",))
    assert (line.data["said"], (line.personal or {})["value"]) == ("accepted", card.text)
    machine = field_at(machine_of(held), card.path)
    assert isinstance(machine, FieldReading)
    assert (line.personal or {})["before"] == {"status": "review", "value": card.text, "raw": machine.raw}


def test_another_value_is_a_correction_with_its_reason(desk: Desk, client: TestClient) -> None:
    held, card = first_open(desk, "text")
    settle(client, card, value="改过的字", why="电话核实")
    now = desk.standings.now()
    card = card_at(now, held, card.path)
    assert (card.said, card.text, card.why) == ("corrected", "改过的字", "电话核实")
    page = client.get(f"/review/{address_of(held.paper.key)}").text
    assert "电话核实" in page
    [told] = history_of(lines_of(now, held.paper.key), card.path, card.kind)
    assert (told.said, told.after) == ("改正", "改过的字")
    assert told.before != "—"


def test_a_value_that_cannot_be_understood_is_asked_about_and_not_written(desk: Desk, client: TestClient) -> None:
    _, card = first_open(desk, "date", proposed=False)
    answer = settle(client, card, value="下周二")
    assert answer.status_code == 422
    assert "下周二" in answer.text
    assert list(desk.ledger.read(kinds=("settled",))) == []
    assert settle(client, card, value="2016年9月5日").status_code == 303
    [line] = desk.ledger.read(kinds=("settled",))
    assert (line.personal or {})["value"] == "2016-09-05"


def test_nothing_typed_is_no_blank(desk: Desk, client: TestClient) -> None:
    _, card = first_open(desk, "text", proposed=False)
    assert settle(client, card, value="").status_code == 422
    assert list(desk.ledger.read(kinds=("settled",))) == []


def test_the_second_clerk_is_told_what_stands(desk: Desk, client: TestClient) -> None:
    _, card = first_open(desk, "text")
    assert settle(client, card, value="甲").status_code == 303
    answer = settle(client, card, value="乙")
    assert answer.status_code == 409
    assert "“甲”" in answer.text
    assert "您的没有保存" in answer.text
    assert len(list(desk.ledger.read(kinds=("settled",)))) == 1


def test_taking_back_gives_the_machines_reading_again(desk: Desk, client: TestClient) -> None:
    held, card = first_open(desk, "text")
    settle(client, card, value="甲")
    now = card_at(desk.standings.now(), held, card.path)
    settle(client, now, "back")
    again = card_at(desk.standings.now(), held, card.path)
    assert (again.state, again.text) == ("open", card.text)
    assert [one.said for one in again.history] == ["撤销", "改正"]
    desk.standings.fold()
    assert desk.standings.now().standing.papers[held.paper.key].reading == held.reading


def test_a_part_of_the_page_is_answered_where_a_part_is_asked_for(desk: Desk, client: TestClient) -> None:
    _, card = first_open(desk)
    fields = {"token": token_of(client.get("/").text), "paper": card.paper, "path": card.path, "seen": card.seal}
    answer = client.post("/review/settle", data={**fields, "said": "blank"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<article")
    assert "<html" not in answer.text


def test_a_paper_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.get(f"/review/{'a' * 64}/0").status_code == 409
    assert write(client, "/review/settle", paper="x", path="y", said="blank").status_code == 409


def test_an_address_names_nobody(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk), *two_versions(desk))
    roster = desk.standings.now().judged.season.roster
    words = {word for one in (*roster.trainees, *roster.mentors) for word in (one.name, one.id_number) if word}
    for path in ("/", "/review", "/whose", "/versions", "/today/came"):
        text = client.get(path).text
        addresses = re.findall(r'(?:href|action|src|hx-\w+)="([^"]*)"', text)
        assert not [one for one in addresses if any(word in one for word in words)]
        title = re.findall(r"<title>(.*?)</title>", text)
        assert not [one for one in title if any(word in one for word in words)]


def test_no_page_shows_a_whole_number(desk: Desk, client: TestClient) -> None:
    put(desk, *phone_paper(), *no_ones(desk))
    pages = ["/", "/review", "/review/group/kind.phone", "/review/group/kind.id_number", "/whose",
             f"/review/{address_of(key_of('电话.docx'))}", f"/whose/{address_of(key_of('反思.docx'))}"]  # fmt: skip
    for path in pages:
        text = client.get(path).text
        assert not re.search(r"(?<![\da-f])1\d{10}(?![\da-f])", text), path
        assert not re.search(r"(?<![\da-f])\d{17}[\dX](?![\da-f])", text), path


def test_who_has_to_send_it_again_is_told_in_a_text_until_it_is_taken_back(desk: Desk, client: TestClient) -> None:
    held, card = first_open(desk, "text")
    settle(client, card, "again")
    [one] = asked_of(desk.standings.now())
    assert card.label in one.text
    assert one.text.startswith(f"{one.whom}：您好")
    assert one.text in client.get("/today/again").text
    desk.standings.fold()
    assert asked_of(desk.standings.now()) == (one,)
    settle(client, card_at(desk.standings.now(), held, card.path), "back")
    assert asked_of(desk.standings.now()) == ()


# --- one field of many ---


def test_a_group_holds_one_sort_of_value(desk: Desk, client: TestClient) -> None:
    put(desk, *phone_paper(), *phone_paper("电话2.docx", "13900139000"))
    now = desk.standings.now()
    assert {field.path for _, field in group_of(now, "kind.phone")} == {"phone"}
    assert len(group_of(now, "personal_info.id_number")) == 2
    page = client.get("/review/group/kind.phone").text
    assert "139****9000" in page
    opened = write(client, "/review/group/kind.phone").text
    assert "13900139000" in opened
    assert {fact.subject for fact in desk.ledger.read(kinds=("looked_at",))} == {
        key_of("电话.docx"), key_of("电话2.docx"),
    }  # fmt: skip


def test_a_column_is_named_without_its_row() -> None:
    assert column_of("days[3].date") == "days.date"
    assert column_of("mentor") == "mentor"


# --- whose ---


def test_a_paper_in_doubt_shows_why_not_the_other(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk))
    page = doubt_page(desk.standings.now(), key_of("反思.docx"))
    assert page is not None
    assert page.candidates
    assert {bar.field for bar in page.candidates[0].bars} >= {"姓名", "学校"}
    assert all(0 <= bar.left <= 100 and 0 <= bar.left + bar.width <= 100 for c in page.candidates for bar in c.bars)
    assert page.candidates[0].name in client.get(f"/whose/{address_of(page.key)}").text


def test_whose_it_is_is_decided_and_the_paper_leaves_the_list(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk))
    page = doubt_page(desk.standings.now(), key_of("反思.docx"))
    assert page is not None
    whose = page.candidates[0].key
    answer = write(client, f"/whose/{address_of(page.key)}", person=whose, why="核对原件", seen=str(page.seen))
    assert answer.status_code == 303
    assert page.key not in {one.key for one in waiting(desk.standings.now())}
    desk.standings.fold()
    assert desk.standings.now().standing.papers[page.key].paper.person == whose
    [line] = [fact for fact in desk.ledger.read(kinds=("decision",)) if fact.data["path"] == WHOSE]
    assert line.actor.command == "desk choose"
    back = write(client, f"/whose/{address_of(page.key)}/back", why="看错了")
    assert back.status_code == 303
    desk.standings.fold()
    assert page.key in {one.key for one in waiting(desk.standings.now())}


def test_the_second_who_decides_whose_it_is_is_told(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk))
    page = doubt_page(desk.standings.now(), key_of("反思.docx"))
    assert page is not None
    address = f"/whose/{address_of(page.key)}"
    first = write(client, address, person=page.candidates[0].key, why="核对原件", seen=str(page.seen))
    second = write(client, address, person="nobody", why="核对原件", seen=str(page.seen))
    assert (first.status_code, second.status_code) == (303, 409)
    assert "您的没有保存" in second.text


def test_without_a_reason_nothing_is_decided(desk: Desk, client: TestClient) -> None:
    put(desk, *no_ones(desk))
    key = key_of("反思.docx")
    assert write(client, f"/whose/{address_of(key)}", person="nobody", why=" ", seen="0").status_code == 409
    assert key in {one.key for one in waiting(desk.standings.now())}


# --- versions ---


def test_versions_stand_side_by_side_and_one_is_chosen(desk: Desk, client: TestClient) -> None:
    put(desk, *two_versions(desk))
    [page] = [one for one in version_pages(desk.standings.now()) if one.waits]
    assert {head.key for head in page.heads} >= {key_of("鉴定表旧.docx"), key_of("鉴定表新.docx")}
    assert any(row.disputed and {"17", "20"} <= set(row.said) for row in page.rows)
    assert "以这份为准" in client.get("/versions").text
    chosen = key_of("鉴定表旧.docx")
    assert write(client, "/versions", paper=chosen, why="本人确认", seen=str(page.seen)).status_code == 303
    assert not [one for one in version_pages(desk.standings.now()) if one.waits]
    desk.standings.fold()
    [page] = version_pages(desk.standings.now())
    assert [head.key for head in page.heads if head.chosen] == [chosen]
    late = write(client, "/versions", paper=key_of("鉴定表新.docx"), why="x", seen="0")
    assert late.status_code == 409
    assert write(client, "/versions/back", paper=chosen, why="重新核对").status_code == 303
    assert [fact.data["path"] for fact in desk.ledger.read(kinds=("decision",))].count(VERSION) == 2


# --- a paper's page ---


def test_the_page_of_a_paper_has_its_open_fields_first_and_the_rest_folded_away(desk: Desk) -> None:
    held, _ = first_open(desk)
    page = paper_page(desk.standings.now(), held)
    assert page.open == sum(card.state == "open" for card in page.first)
    assert all(card.state == "read" for card in page.rest)
    assert page.left == len(desk.standings.now().standing.of(open_papers))
