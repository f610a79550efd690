"""Facts with an import that was taken back come to what the facts alone come to; given again, to what both come to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gengang.arrived import NO_DOOR
from gengang.facts import Balance, Fact, balance, latest, unread
from gengang.imports import Import, imports_of, taken_back_fact
from gengang.judging import judged_of
from gengang.reading import FieldReading, Reading
from gengang.roster import Roster
from gengang.season import reading_fact, readings_held, roster_facts, season_of
from tests.ledger.lines import ME, refused
from tests.unit.rosters import BASE, LIHE, ZHANGCUN, id_number, trainee
from tests.unit.seasons import SCHEME

PEOPLE = (
    trainee("张三"),
    trainee("李四", number=id_number("19800101", "125")),
    trainee("王五", "李河中学", "初中", "数学", number=id_number("19810203", "127")),
)
FOLDERS = ("2016-12-06 张村小学", "2016-12-09 李河中学", "")
AFTER = date(2016, 12, 31)


@dataclass(frozen=True, slots=True)
class Came:
    """A file on its way in. file: which bytes, on which alone depends what reading them gives."""

    file: int
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster workbook. people: who is in it, each with a phone number that a later one may change."""

    people: tuple[tuple[int, str], ...]


Step = tuple[str, tuple[Came, ...]] | Listed
CAME = st.builds(Came, st.integers(0, 5), st.sampled_from(("a.docx", "b.docx")))
LISTED = st.builds(
    Listed,
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(("13800138000", "13900139000"))), unique_by=lambda one: one[0]
    ).map(tuple),
)
FILES = st.tuples(st.sampled_from(FOLDERS), st.lists(CAME, min_size=1, max_size=3).map(tuple))
STEPS = st.lists(FILES | LISTED, max_size=5)


class Written:
    """A ledger in memory: numbers its lines, knows a duplicate and writes nothing twice, as the real one does."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._steps = 0

    def append(self, facts: Sequence[Fact]) -> None:
        """Writes what is not there yet."""
        for fact in facts:
            arrived = {one.subject for one in self.facts if one.kind == "arrival"}
            kind = "duplicate" if fact.kind == "arrival" and fact.subject in arrived else fact.kind
            line = replace(fact, kind=kind)
            last = latest(self.facts, kind).get((line.subject, line.slot))
            if kind == "arrival" or kind == "duplicate" or last is None or _said(last) != _said(line):
                self.facts.append(replace(line, sequence=len(self.facts) + 1))

    def take(self, step: Step) -> None:
        """An intake with what a run makes of it, or a roster, and the run's line."""
        self._steps += 1
        at = f"2016-12-01T08:{self._steps:02d}:00Z"
        if isinstance(step, Listed):
            people = tuple(replace(PEOPLE[number], phone=phone) for number, phone in step.people)
            roster = Roster((ZHANGCUN, LIHE, BASE), people)
            self.append(roster_facts(roster, f"{step}", "workbook", ME, at))
        else:
            folder, files = step
            self.append([_arrival(folder, came, at) for came in files])
            self.append([fact for came in files for fact in _outcome(came, at)])
        self.append([Fact("run", "run", {"phase": "done", "step": self._steps}, ME, at)])

    def undo(self, one: Import) -> None:
        """The decision as the command writes it."""
        self._steps += 1
        self.append([taken_back_fact(one, "放错了", "", ME, f"2016-12-01T08:{self._steps:02d}:00Z")])

    def last_import(self) -> Import:
        """What came last."""
        return imports_of(self.facts)[-1]


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.data, fact.personal


def _arrival(folder: str, came: Came, at: str) -> Fact:
    stated = folder[:10] or None
    path = f"{folder}/{came.name}" if folder else came.name
    data = {"size": 9, "received": stated, "modified": at}
    return Fact("arrival", _sha(came), data, ME, at, {"path": path, "where_from": folder})


def _sha(came: Came) -> str:
    return f"{came.file}" * 64


def _outcome(came: Came, at: str) -> list[Fact]:
    """What reading gives depends on the bytes alone."""
    if came.file == 4:
        return [replace(refused(_sha(came)), at=at)]
    if came.file == 5:
        return []
    person = PEOPLE[came.file % 3]
    values = {"name": person.name, "id_number": person.id_number, "log_date": f"2016-10-1{came.file}"}
    fields = {name: FieldReading("accepted", value, value, 1.0) for name, value in values.items()}
    reading = Reading("training_log", "0123456789ab", fields)
    return [reading_fact(f"{_sha(came)}#0", reading, "word", {}, ME, at)]


def comes_to(facts: Sequence[Fact]) -> tuple[object, ...]:
    """Everything that is folded from facts, without when we took it in and what was taken back."""
    season = season_of(facts)
    bare = (replace(one, source=replace(one.source, at="", path="", came=(), number=0, not_later=None))
            for one in season.papers)  # fmt: skip
    papers = tuple(sorted(bare, key=lambda one: one.paper.key))
    refusals = sorted(one.source.sha256 for one in season.refusals)
    told = balance(facts)
    door = Balance(told.arrived - told.taken_back, told.filed, told.waiting, told.refused, told.duplicates)
    papers = tuple(replace(one, paper=replace(one.paper, file="", arrived=0, not_later=None)) for one in papers)
    judged = judged_of(facts, SCHEME, AFTER)
    held = sorted(paper.key for paper in readings_held(facts, ("training_log",)))
    waiting = sorted(fact.subject for fact in unread(facts))
    verdicts = {key: _undated(asdict(verdict)) for key, verdict in judged.verdicts.items()}
    return season.roster, papers, refusals, door, held, waiting, verdicts


def _undated(value: object) -> object:
    """The same without the numbers of lines and the days of intakes in it."""
    if isinstance(value, dict):
        return {key: _undated(one) for key, one in value.items() if key not in ("arrived", "not_later", "number")}
    return [_undated(one) for one in value] if isinstance(value, list | tuple) else value


@given(STEPS, FILES | LISTED, STEPS)
def test_an_import_that_was_taken_back_is_as_if_it_had_never_come(
    before: list[Step], wrong: Step, later: list[Step]
) -> None:
    alone, undone = Written(), Written()
    for step in before:
        alone.take(step)
        undone.take(step)
    undone.take(wrong)
    if len(imports_of(undone.facts)) == len(imports_of(alone.facts)):
        return  # the same roster once more is no line
    undone.undo(undone.last_import())
    assert comes_to(undone.facts) == comes_to(alone.facts)
    assert balance(undone.facts).even
    for step in later:
        alone.take(step)
        undone.take(step)
    rosters = [step for step in later if isinstance(step, Listed)]
    if rosters and all(roster == wrong for roster in rosters):
        return  # that very workbook stays taken back until another one came
    assert comes_to(undone.facts) == comes_to(alone.facts)


@given(STEPS, FILES | LISTED)
def test_an_undo_that_was_undone_is_as_if_nobody_had_taken_anything_back(before: list[Step], right: Step) -> None:
    alone, undone = Written(), Written()
    for step in (*before, right):
        alone.take(step)
        undone.take(step)
    if not imports_of(alone.facts):
        return
    undone.undo(undone.last_import())
    assert undone.last_import().kind == "undo"
    undone.undo(undone.last_import())
    assert comes_to(undone.facts) == comes_to(alone.facts)
    assert imports_of(undone.facts) == imports_of(alone.facts)


@given(STEPS, FILES)
def test_the_same_files_dropped_again_are_back_as_new(before: list[Step], files: Step) -> None:
    alone, again = Written(), Written()
    for step in (*before, files):
        alone.take(step)
        again.take(step)
    again.undo(again.last_import())
    again.take(files)
    assert comes_to(again.facts) == comes_to(alone.facts)


def test_everything_may_be_taken_back_in_any_order_and_the_door_stays_even() -> None:
    written = Written()
    for number, folder in enumerate(FOLDERS):
        written.take((folder, (Came(number, "a.docx"), Came(4, "b.docx"), Came(5, "c.docx"))))
    for one in (imports_of(written.facts)[1], imports_of(written.facts)[0], imports_of(written.facts)[2]):
        written.undo(one)
        assert balance(written.facts).even
    assert balance(written.facts) == Balance(5, 0, 0, 0, 0, taken_back=5)
    assert unread(written.facts) == ()
    assert replace(season_of(written.facts), door=NO_DOOR) == season_of(())
