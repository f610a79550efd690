"""What is worked out behind the scenes: once at a time, and the last answer stands meanwhile."""

import time
from threading import Event

from gengang.desk.behind import Looks
from gengang.desk.office import Desk
from gengang.desk.standing import Standing
from tests.desk.desks import put
from tests.unit.facts_of_papers import came


def test_the_last_answer_is_shown_with_its_age_while_the_next_is_worked_out_once(desk: Desk) -> None:
    looks, previews, going = Looks(clock=lambda: 0.0), desk.previews, Event()
    began: list[int] = []

    def work(standing: Standing) -> str:
        began.append(standing.sequence)
        assert going.wait(10)
        return str(standing.sequence)

    def asked() -> str | None:
        return looks.of(previews, desk.standings.now().standing, "look", work, str).found

    def awaited(wanted: int) -> None:
        for _ in range(200):
            if asked() == str(wanted):
                return
            time.sleep(0.02)
        raise AssertionError("it never ends")

    first = desk.standings.now().standing.sequence
    going.set()
    awaited(first)
    going.clear()
    numbers = [first]
    for name in ("一.docx", "二.docx", "三.docx"):
        put(desk, came(f"2016-12-05 甲/{name}"))
        numbers.append(desk.standings.now().standing.sequence)
        assert asked() == str(first)  # as it was
    assert began == numbers[:2]  # and one is under way
    going.set()
    awaited(numbers[-1])
    assert began == [numbers[0], numbers[1], numbers[3]]


def test_after_long_work_pages_have_the_machine_for_a_while(desk: Desk) -> None:
    times = [0.0]
    looks, began, going = Looks(clock=lambda: times[0]), list[int](), Event()

    def work(standing: Standing) -> str:
        began.append(standing.sequence)
        assert going.wait(10)
        return str(standing.sequence)

    def awaited() -> str | None:
        for _ in range(200):
            found = looks.of(desk.previews, desk.standings.now().standing, "look", work, str)
            if found.is_ready:
                return found.found
            time.sleep(0.02)
        raise AssertionError("it never ends")

    looks.of(desk.previews, desk.standings.now().standing, "look", work, str)
    times[0] = 2.0
    going.set()
    first = awaited()
    put(desk, came("2016-12-05 甲/一.docx"))
    times[0] = 11.9
    assert (awaited(), len(began)) == (first, 1)
    times[0] = 12.0
    looks.of(desk.previews, desk.standings.now().standing, "look", work, str)
    assert awaited() != first
