"""The line that names the day of an intake's receipts, on both databases."""

from datetime import date

from gengang.arrived import RECEIPTS, door_of
from gengang.facts import Fact
from gengang.ledger import Ledger
from tests.ledger.lines import AT, ME, arrival

D6, D7 = date(2016, 12, 6), date(2016, 12, 7)


def told(intake: int, day: date) -> Fact:
    phase = {"phase": RECEIPTS, "as_of": day.isoformat(), "intake": intake}
    return Fact("run", "run", phase, ME, AT)


def done(number: int) -> Fact:
    return Fact("run", "run", {"phase": "done", "as_of": D6.isoformat(), "arrived": number}, ME, AT)


def test_each_intake_keeps_its_day_and_a_repeated_run_adds_no_line(ledger: Ledger) -> None:
    ledger.append([arrival("a" * 64), told(0, D6)])
    assert ledger.append([told(0, D6)]) == 0
    assert door_of(ledger.read()).day_told(D7) == D6
    ledger.append([done(1), arrival("b" * 64, "b.docx"), told(1, D6), done(2), arrival("b" * 64, "c.docx")])
    door = door_of(ledger.read())
    assert (door.intakes, door.days, door.day_told(D7)) == (2, {0: D6, 1: D6}, D7)
    assert [(one.number, one.intake, one.again) for one in door.arrived] == [(1, 0, 0), (2, 1, 0), (3, 2, 2)]
