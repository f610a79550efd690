"""Blind re-check: the value is not shown, the answer is kept, nothing accepted is changed, and the rate is honest."""

import pytest
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.views.fields import machine_of
from gengang.desk.views.rechecks import Rate, drawn, next_drawn, rates
from gengang.reading import FieldReading
from gengang.settled import field_at
from tests.desk.desks import write


def machine_value(desk: Desk, paper: str, path: str) -> str:
    found = field_at(machine_of(desk.standings.now().standing.papers[paper]), path)
    assert isinstance(found, FieldReading)
    return str(found.value)


def test_the_page_does_not_show_what_the_machine_read(desk: Desk, client: TestClient) -> None:
    one = next_drawn(desk.standings.now())
    assert one is not None
    _, _, form = client.get("/recheck").text.partition("<form method")
    assert one.path in form
    if not one.kind.options:
        assert machine_value(desk, one.paper, one.path) not in form.replace(one.paper, "").replace(one.path, "")


def test_the_same_answer_agrees_and_the_next_is_drawn(desk: Desk, client: TestClient) -> None:
    one = next_drawn(desk.standings.now())
    assert one is not None
    value = machine_value(desk, one.paper, one.path)
    page = write(client, "/recheck", paper=one.paper, path=one.path, value=value).text
    assert "和机器读的一样" in page
    [line] = desk.ledger.read(kinds=("rechecked",))
    assert (line.subject, line.data["path"], line.data["agrees"]) == (one.paper, one.path, True)
    following = next_drawn(desk.standings.now())
    assert following is not None
    assert following.paper != one.paper


def test_another_answer_is_told_and_changes_nothing(desk: Desk, client: TestClient) -> None:
    one = next(found for found in desk.standings.now().standing.of(drawn) if found.kind.codec == "text")
    before = desk.standings.now().standing.papers[one.paper]
    page = write(client, "/recheck", paper=one.paper, path=one.path, value="别的字").text
    assert "和机器读的不一样" in page
    desk.standings.fold()
    assert desk.standings.now().standing.papers[one.paper].reading == before.reading
    assert rates(desk.standings.now())[-1] == Rate("合计", 1, 1)


def test_nothing_typed_is_no_answer(desk: Desk, client: TestClient) -> None:
    one = next_drawn(desk.standings.now())
    assert one is not None
    assert write(client, "/recheck", paper=one.paper, path=one.path, value="").status_code == 422
    assert list(desk.ledger.read(kinds=("rechecked",))) == []


def test_the_lot_is_the_same_for_everybody_and_draws_what_was_accepted(desk: Desk) -> None:
    standing = desk.standings.now().standing
    assert drawn(standing) == drawn(standing)
    for one in drawn(standing):
        found = field_at(machine_of(standing.papers[one.paper]), one.path)
        assert isinstance(found, FieldReading)
        assert found.status == "accepted"
        assert one.kind.codec not in ("id_number", "phone")


@pytest.mark.parametrize(("rate", "upper"), [
    (Rate("", 0, 0), 1.0), (Rate("", 10, 0), 0.2775), (Rate("", 400, 0), 0.0095), (Rate("", 100, 5), 0.1118),
])  # fmt: skip
def test_few_that_are_right_prove_little(rate: Rate, upper: float) -> None:
    assert rate.upper == pytest.approx(upper, abs=0.0005)
