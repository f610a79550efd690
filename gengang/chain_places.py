"""Where a value of the chain stands: its file, page and box or cell, the raw words there, and who settled it.

What is judged may be agreed from several versions of a paper: each place that says the same is given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gengang.chain import Decided, Remark, Source, Spot
from gengang.codecs import Period, Value
from gengang.copies import Copies, name_of_form
from gengang.facts import Fact, file_of, latest, standing, values_of
from gengang.findings import Finding
from gengang.reading import FieldReading, ListReading, is_open
from gengang.season import VERSION, WHOSE, HeldPaper, Season
from gengang.settled import KIND
from gengang.submission import Paper, RowValues
from gengang.waterfall import near_words, words_of

_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
_NO_WORD = ("back", "again")  # the machine's reading stands
Decisions = Mapping[tuple[str, str], Decided]


def decisions_of(facts: Iterable[Fact]) -> dict[tuple[str, str], Decided]:
    """(paper key, field path or what else was decided of it) -> a person's last word that still says something."""
    found: dict[tuple[str, str], Decided] = {}
    lines = standing(facts)
    for place, fact in (*latest(lines, "decision").items(), *latest(lines, KIND).items()):
        personal = values_of(fact.personal)
        undone = place[1] in (VERSION, WHOSE) and personal.get("value") is None
        if fact.personal is None:
            continue
        if undone or fact.data.get("said") in _NO_WORD:
            found.pop(place, None)
        else:
            found[place] = Decided(fact.actor.user, fact.at, str(personal.get("why") or ""))
    return found


@dataclass(frozen=True, slots=True)
class Ink:
    """What one person's papers say, and where. held: by key; groups: judged paper -> all that it was agreed from."""

    held: Mapping[str, HeldPaper]
    groups: Mapping[str, tuple[Paper, ...]]
    decisions: Decisions

    def spots(self, paper: Paper, *paths: str) -> tuple[Spot, ...]:
        """Every place of these fields of a judged paper that says what is judged; a blank one stands nowhere."""
        return tuple(spot for path in paths for spot in self._spots(paper, path))

    def _spots(self, paper: Paper, path: str) -> Iterator[Spot]:
        row = _ROW.fullmatch(path)
        for one in self.groups.get(paper.key, (paper,)):
            there = path
            if row is not None and len(self.groups.get(paper.key, ())) > 1:
                number = _row_in(paper.submission.rows(row[1]), int(row[2]) - 1, one.submission.rows(row[1]))
                there = "" if number is None else f"{row[1]}[{number + 1}].{row[3]}"
            spot = self.spot(one.key, there) if there else None
            wanted = value_at(paper, path)
            if spot and (path in paper.open_fields or (wanted is not None and spot.said == words_of_value(wanted))):
                yield spot

    def spot(self, key: str, path: str) -> Spot | None:
        """The place of a field of one paper as it came; None where the paper has no such field or nothing in it."""
        held = self.held.get(key)
        found = None if held is None else field_at(held, path)
        if found is None or (found.value is None and not found.raw and not is_open(found)):
            return None
        decided = self.decisions.get((key, path))
        said = words_of_value(found.value)
        return Spot(key, path, said, found.raw, found.status, found.confidence, found.place, decided)

    def waiting(self, paper: Paper) -> tuple[Spot, ...]:
        """Every field of a paper that waits for a person; a list that does stands at no one place."""
        every = ((path, self.spot(paper.key, path)) for path in paper.open_fields)
        return tuple(spot or Spot(paper.key, path, "", "", "review", None, None) for path, spot in every)


def ink_of(season: Season, copies: Iterable[Copies], decisions: Decisions) -> Ink:
    """What was held of the papers that these copies are of."""
    groups = {one.key: group.papers for group in copies for one in group.counts}
    wanted = dict.fromkeys(paper.key for papers in groups.values() for paper in papers)
    return Ink({key: held for key in wanted if (held := season.held(key)) is not None}, groups, decisions)


def field_at(held: HeldPaper, path: str) -> FieldReading | None:
    """The reading of `name` or `lessons[2].date`; None for a list and for what is not there."""
    row = _ROW.fullmatch(path)
    if row is None:
        found = held.reading.fields.get(path)
        return found if isinstance(found, FieldReading) else None
    listed = held.reading.fields.get(row[1])
    if not isinstance(listed, ListReading) or not 0 < int(row[2]) <= len(listed.rows):
        return None
    return listed.rows[int(row[2]) - 1].get(row[3])


def value_at(paper: Paper, path: str) -> Value | None:
    """The accepted value of `name` or `lessons[2].date`."""
    row = _ROW.fullmatch(path)
    if row is None:
        return paper.submission.values.get(path)
    rows = paper.submission.rows(row[1])
    return rows[int(row[2]) - 1].get(row[3]) if 0 < int(row[2]) <= len(rows) else None


def words_of_value(value: Value | None) -> str:
    """A value as a reader sees it."""
    if value is None:
        return ""
    return f"{value.start}至{value.end}" if isinstance(value, Period) else str(value)


def _row_in(rows: Sequence[RowValues], number: int, others: Sequence[RowValues]) -> int | None:
    """Which row of another version is this one: the row with the same number where they agree, else the first."""
    if not 0 <= number < len(rows):
        return number if number < len(others) else None
    agreeing = [n for n, other in enumerate(others) if _agree(rows[number], other)]
    return number if number in agreeing else next(iter(agreeing), None)


def _agree(one: RowValues, other: RowValues) -> bool:
    both = [column for column in one if one[column] is not None and other.get(column) is not None]
    return bool(both) and all(one[column] == other[column] for column in both)


# --- the papers ---------------------------------------------------------------------------------------------------


def sources_of(ink: Ink, copies: Sequence[Copies], names: Mapping[str, str]) -> tuple[Source, ...]:
    """Every paper of the person, in order of form, day and key. names: form stem -> what the office calls it."""
    order = {form: number for number, form in enumerate(names)}
    found = [(one, _source(ink, group, one, names)) for group in copies for one in group.papers]
    return tuple(source for one, source in sorted(
        found, key=lambda pair: (order.get(pair[0].submission.form, len(order)), pair[0].submission.form,
                                 pair[1].names, pair[0].key)))  # fmt: skip


def maybe_of(season: Season, person: str, decisions: Decisions, names: Mapping[str, str]) -> tuple[Source, ...]:
    """Papers of which a person is only proposed, with what keeps them from being sure."""
    found = []
    for one in season.doubted(person):
        alone = Copies((one.paper,), (one.paper,), (one.paper,))
        source = _source(Ink({one.paper.key: one}, {}, decisions), alone, one.paper, names)
        found.append(replace(source, whose=one.match.why_not))
    return tuple(sorted(found, key=lambda one: (one.form, one.names, one.key)))


def _source(ink: Ink, group: Copies, paper: Paper, names: Mapping[str, str]) -> Source:
    held = ink.held.get(paper.key)
    form = paper.submission.form
    whose = ink.decisions.get((paper.key, WHOSE))
    counted = ink.decisions.get((paper.key, VERSION))
    source = held.source if held else None
    came = source.came[0] if source and source.came else None
    names_of = source.paths if source and source.paths else (paper.file,)
    return Source(
        paper.key, form, names.get(form, name_of_form(form)), names_of,
        (came.path, came.at) if came else (paper.file, ""), file_of(paper.key), held.reading.members if held else (),
        held.reading.pages if held else (), paper.medium, paper.received, paper.received_by, _whose(held), whose,
        _stands(group, paper), counted, ink.waiting(paper), tuple(_remarks(held)),
    )  # fmt: skip


def _whose(held: HeldPaper | None) -> str:
    """By what a paper is this person's, in words."""
    if held is None:
        return ""
    if held.match.decided:
        return "由人认定"
    same = [one.field for one in held.match.evidence if one.verdict == "same"]
    near = [one for one in held.match.evidence if one.verdict == "near"]
    told = [f"{words_of(same)}相符" if same else "", f"姓名{near_words(near)}" if near else ""]
    return "，".join(filter(None, told)) or ("学校的名单" if held.match.school else "")


def _stands(group: Copies, paper: Paper) -> str:
    """How a paper stands beside those that are the same one."""
    if len(group.papers) == 1:
        return ""
    if group.chosen:
        with_it = paper.key == group.chosen or paper.submission == group.counts[0].submission
        return "经人选定，以这份为准" if with_it else "经人选定，以另一份为准"
    equal = sum(one.submission == paper.submission for one in group.papers)
    if len(group.versions) == 1 or (equal > 1 and not group.asks):
        return f"共{equal}份内容相同，只计一次"
    return "几份有矛盾，矛盾处待定，其余照计" if group.asks else "同一份材料的几份，合在一起只计一次"


def _remarks(held: HeldPaper | None) -> Iterator[Remark]:
    for one in (*held.reading.findings, *held.of_file) if held else ():
        yield remark_of(one, (held.paper.key,) if held else ())


def remark_of(finding: Finding, papers: tuple[str, ...], spots: tuple[Spot, ...] = ()) -> Remark:
    """A finding with the papers that it names."""
    return Remark(finding.code, finding.message, finding.severity, finding.clause, papers, spots)
