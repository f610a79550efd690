"""A person's word on a field: it stands at once and after the next fold, can be taken back, and overwrites nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.desk.office import Desk
from gengang.desk.views.fields import card_at, kind_at, machine_of
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact
from gengang.reading import FieldReading, ListReading, Reading, open_fields
from gengang.season import HeldPaper
from gengang.settled import Said, field_at, settled_fact, with_words, word_of, words_by_path
from gengang.settling import Wish, seal_of, settle, value_typed, waiting_paths, wants_two
from tests.desk.desks import first_open

AT = "2016-12-21T01:00:00Z"
LI = Actor("李芳", "clerk", "办公室电脑", "desk settle")
ZHOU = Actor("周明", "clerk", "办公室电脑", "desk settle")


def read_paper() -> Reading:
    """A reading with a field of each state, and a list of two rows."""
    cell = FieldReading("review", "2016-09-05", "9月5日", 0.5)
    return Reading("appraisal", "v", {
        "name": FieldReading("accepted", "张三", "张三", 1.0),
        "mentor": FieldReading("review", "李四", "李 四", 0.4),
        "opinion": FieldReading("unread", None, "", 0.1),
        "grade": FieldReading("missing"),
        "days": ListReading("review", ({"date": cell}, {"date": FieldReading("accepted", "2016-09-06", "", 1.0)})),
    })  # fmt: skip


def said(path: str, what: Said, value: str | None = None, number: int = 1) -> Fact:
    """A line as the ledger gives it back."""
    fact = settled_fact("a" * 64 + "#0", path, what, value, {"status": "review"}, "", LI, AT)
    return Fact(fact.kind, fact.subject, fact.data, fact.actor, fact.at, fact.personal, 1, number)


def after(*lines: Fact) -> Reading:
    return with_words(read_paper(), words_by_path(lines).values())


def test_an_accepted_value_is_the_papers_value() -> None:
    found = field_at(after(said("mentor", "accepted", "李四")), "mentor")
    assert isinstance(found, FieldReading)
    assert (found.status, found.value, found.confidence, found.raw) == ("accepted", "李四", 1.0, "李 四")


def test_a_cell_of_a_list_is_settled_by_its_row_and_column() -> None:
    found = field_at(after(said("days[1].date", "corrected", "2016-09-15")), "days[1].date")
    assert isinstance(found, FieldReading)
    assert (found.status, found.value) == ("accepted", "2016-09-15")


def test_a_list_that_lost_no_row_is_complete_and_its_cells_still_wait() -> None:
    assert open_fields(after(said("days", "accepted"))) == ("mentor", "opinion", "grade", "days[1].date")


def test_blank_closes_a_field_without_a_value() -> None:
    found = field_at(after(said("mentor", "blank")), "mentor")
    assert isinstance(found, FieldReading)
    assert (found.status, found.value) == ("blank", None)


@pytest.mark.parametrize("what", ["unreadable", "again"])
def test_what_nobody_can_read_is_no_value_and_waits_for_its_sender(what: Said) -> None:
    reading, words = after(said("mentor", what)), words_by_path([said("mentor", what)])
    assert "mentor" in open_fields(reading)
    assert "mentor" not in waiting_paths(read_paper(), words)


def test_a_word_on_a_place_that_is_there_no_more_changes_nothing() -> None:
    assert after(said("days[9].date", "accepted", "2016-09-05"), said("nothing", "accepted", "x")) == read_paper()


def test_the_last_word_counts() -> None:
    lines = said("mentor", "accepted", "李四", 1), said("mentor", "corrected", "李思", 2)
    found = field_at(after(*lines), "mentor")
    assert isinstance(found, FieldReading)
    assert found.value == "李思"


@given(st.lists(st.sampled_from(["accepted", "corrected", "blank", "unreadable", "again"]), max_size=5))
def test_whatever_was_said_taking_it_back_gives_the_machines_reading(words: list[Said]) -> None:
    lines = [said("mentor", one, "甲" if one in ("accepted", "corrected") else None, n) for n, one in enumerate(words)]
    assert after(*lines, said("mentor", "back", None, 99)) == read_paper()


def test_a_decision_of_an_earlier_release_is_a_word_too() -> None:
    old = Fact("decision", "a" * 64 + "#0", {"path": "mentor"}, LI, AT, {"value": "李思", "why": "电话核实"})
    word = word_of(old)
    assert word is not None
    assert (word.said, word.value, word.why) == ("corrected", "李思", "电话核实")


def test_a_decision_on_whose_a_paper_is_is_no_word_on_a_field() -> None:
    assert word_of(Fact("decision", "a" * 64 + "#0", {"path": "@person"}, LI, AT, {"value": "P-1"})) is None


# --- two people ---


@pytest.mark.parametrize(("named", "form", "path", "wanted"), [
    ("appraisal.grade", "appraisal", "grade", True), ("appraisal.grade", "lesson_taught", "grade", False),
    ("*.grade", "lesson_taught", "grade", True), ("sheet.rows.points", "sheet", "rows[3].points", True),
    ("*.points", "sheet", "rows[3].points", True), ("sheet.points", "sheet", "rows[3].points", False),
])  # fmt: skip
def test_which_fields_two_people_settle(named: str, form: str, path: str, wanted: bool) -> None:
    assert wants_two((named,), form, path) is wanted


def by_two(desk: Desk, held: HeldPaper, path: str, value: str, actor: Actor) -> None:
    seen = card_at(desk.standings.now(), held, path).seal
    settle(desk.ledger, machine_of(held), Wish(held.paper.key, path, "corrected", value, "", seen, True), actor, AT)


def value_in(desk: Desk, held: HeldPaper, path: str) -> object:
    desk.standings.fold()
    found = field_at(desk.standings.now().standing.papers[held.paper.key].reading, path)
    return found.value if isinstance(found, FieldReading) and found.status == "accepted" else None


def test_one_persons_word_on_such_a_field_waits_for_another(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    by_two(desk, held, card.path, "甲", LI)
    assert value_in(desk, held, card.path) is None
    now = card_at(desk.standings.now(), held, card.path)
    assert (now.state, now.awaits, now.text) == ("open", True, "甲")
    by_two(desk, held, card.path, "甲", LI)
    assert value_in(desk, held, card.path) is None
    by_two(desk, held, card.path, "甲", ZHOU)
    assert value_in(desk, held, card.path) == "甲"
    assert card_at(desk.standings.now(), held, card.path).state == "settled"


def test_two_who_differ_go_on_waiting(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    by_two(desk, held, card.path, "甲", LI)
    by_two(desk, held, card.path, "乙", ZHOU)
    assert value_in(desk, held, card.path) is None
    by_two(desk, held, card.path, "乙", LI)
    assert value_in(desk, held, card.path) == "乙"


# --- into the ledger ---


def wish_of(held: HeldPaper, path: str, said: Said, value: str | None, seen: str) -> Wish:
    return Wish(held.paper.key, path, said, value, "", seen)


def test_a_word_stands_at_once_and_after_the_fold(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    settle(desk.ledger, machine_of(held), wish_of(held, card.path, "corrected", "改过的字", card.seal), LI, AT)
    at_once = card_at(desk.standings.now(), held, card.path)
    desk.standings.fold()
    later = card_at(desk.standings.now(), held, card.path)
    assert (at_once.state, at_once.text) == ("settled", "改过的字")
    assert (later.state, later.text, later.seal) == (at_once.state, at_once.text, at_once.seal)
    found = field_at(desk.standings.now().standing.papers[held.paper.key].reading, card.path)
    assert isinstance(found, FieldReading)
    assert found.value == "改过的字"


def test_the_second_of_two_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    first = settle(desk.ledger, machine_of(held), wish_of(held, card.path, "corrected", "甲", card.seal), LI, AT)
    second = settle(desk.ledger, machine_of(held), wish_of(held, card.path, "corrected", "乙", card.seal), ZHOU, AT)
    assert (first.state, second.state) == ("written", "conflict")
    assert second.word is not None
    assert (second.word.by, second.word.value) == ("李芳", "甲")
    assert len(list(desk.ledger.read(kinds=("settled",)))) == 1


def test_who_has_seen_the_first_word_may_change_it(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    settle(desk.ledger, machine_of(held), wish_of(held, card.path, "corrected", "甲", card.seal), LI, AT)
    seen = card_at(desk.standings.now(), held, card.path).seal
    assert settle(
        desk.ledger, machine_of(held), wish_of(held, card.path, "corrected", "乙", seen), ZHOU, AT
    ).state == "written"  # fmt: skip
    now = card_at(desk.standings.now(), held, card.path)
    assert [(one.who, one.after) for one in now.history] == [("周明", "乙"), ("李芳", "甲")]
    assert "甲" in now.history[0].before


def test_another_reading_in_between_is_told_too(desk: Desk) -> None:
    held, card = first_open(desk, "text")
    found = field_at(machine_of(held), card.path)
    assert seal_of(found, None) == card.seal
    assert seal_of(FieldReading("review", "别的", "", 0.5), None) != card.seal


def test_a_place_that_the_paper_has_not_is_refused(desk: Desk) -> None:
    held, _ = first_open(desk)
    with pytest.raises(WorkspaceError, match="没有这一栏"):
        settle(desk.ledger, machine_of(held), wish_of(held, "nothing", "blank", None, ""), LI, AT)


def test_what_is_typed_is_taken_in_the_fields_normal_form(desk: Desk) -> None:
    form = next(form for form in desk.standings.now().standing.forms.values() if form.stem == "appraisal")
    dates = [name for name, kind in form.fields().items() if kind.codec == "date"]
    assert value_typed(kind_at(form, dates[0]), "2016年9月5日") == ("2016-09-05", "")
    value, doubt = value_typed(kind_at(form, dates[0]), "改天")
    assert value is None
    assert doubt
