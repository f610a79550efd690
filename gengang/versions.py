"""Versions: what several papers that are one say together, and where they differ.

It is given papers of one form that are one paper, and knows neither how they were found nor who decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gengang.agreement import Cell, Row, Rows, joined, list_of
from gengang.codecs import Value
from gengang.submission import Paper, Submission

# Forms of which a person hands in many: name, and the fields that say which one it is, the first group that is filled.
TOLD_APART_BY: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "training_log": ("研修日志", (("log_date",),)),
    "lesson_observation": ("听课记录", (("heard_on", "lesson_period"), ("heard_on", "topic"))),
    "lesson_taught": ("上课记录", (("taught_on", "lesson_period"), ("taught_on", "topic"))),
    "activity_record": ("活动记录", (("held_on", "activity_name"),)),
    "reflection": ("教育教学反思", (("topic",),)),
    "leave_request": ("请假申请", (("starts_on", "starts_half"), ("starts_on",))),
    "teaching_journal": ("教学日志", (("log_date",),)),
    "teaching_design": ("教学设计", (("topic",),)),
    "weekly_report": ("周报", (("week_number",),)),
    "study_notes": ("学习笔记", (("noted_on", "topic"),)),
    "observation_essay": ("观摩心得", (("observed_on", "topic"),)),
    "improvement_measures": ("改进措施与建议", (("held_on", "topic"),)),
    "lesson_review": ("课后评议", (("held_on", "topic"),)),
    "question_response": ("问题与建议回应表", (("written_on",),)),
    "student_feedback": ("学生反馈表", (("collected_on", "class_name"),)),
    "self_evaluation": ("自我评估表", (("written_on",),)),
    "checkpoint": ("检查点记录", (("checked_on", "kind"),)),
}
# What stands at the head of every form of a person, and so does not tell one of them from another.
HEAD = frozenset(
    {"name", "school", "stage_subject", "stage", "subject", "base_school", "mentor", "gender", "class_name"}
)
_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which not every version says the same. path: `name` or `lessons[2].topic`, in the first's rows.

    said: key of a version -> its value, None where it says nothing; disputed: two state different things, or one has
    rows that fit none of the other's; else one only says more.
    """

    path: str
    said: Mapping[str, Value | None]
    disputed: bool


def is_content(name: str) -> bool:
    """Whether it is a difference when two versions have it otherwise.

    A form in three copies says on each who keeps it, and a signature is typed here and written there.
    """
    return name != "keeper" and not name.endswith("signature")


def says(paper: Paper) -> int:
    """How much a paper says: its filled fields and its rows."""
    values = sum(value is not None for value in paper.submission.values.values())
    return values + sum(len(rows) for rows in paper.submission.lists.values())


# --- together ---


def content_of(paper: Paper) -> str:
    """Equal for papers that say the same, in whatever order they name their fields."""
    said = sorted((name, repr(value)) for name, value in paper.submission.values.items() if value is not None)
    rows = [(name, [sorted((column, repr(value)) for column, value in row.items()) for row in listed])
            for name, listed in sorted(paper.submission.lists.items())]  # fmt: skip
    waiting = sorted(paper.open_fields), sorted((path, repr(value)) for path, value in paper.proposed.items())
    return repr((said, rows, waiting))


def agreed(base: Paper, group: Sequence[Paper]) -> Paper:
    """The paper with what all of these agree on; what they dispute or nobody is sure of is open. base: one of them."""
    cells = {name: joined(_cell(one, name) for one in group) for name in _field_names(group)}
    values = {name: cell.value if not cell.open else None for name, cell in cells.items()}
    own = {name: base.submission.values.get(name) for name in cells if not is_content(name)}
    waiting = {name: cell for name, cell in cells.items() if cell.open and is_content(name)}
    lists, waits = {}, list(waiting)
    for name in _names(one.submission.lists for one in group):
        rows = list_of([_rows(one, name) for one in group], _share(group))
        lists[name] = tuple(
            {column: None if cell.open else cell.value for column, cell in row.items()} for row in rows.agreed
        )
        if rows.disputed or all(name in one.open_fields for one in group):
            waits.append(name)
        places = {f"{name}[{number}].{column}": cell for number, row in enumerate(rows.agreed, 1)
                  for column, cell in row.items() if cell.open}  # fmt: skip
        waiting |= places
        waits += places
    proposed = {path: cell.proposed[0] for path, cell in waiting.items()
                if len(cell.proposed) == 1 and not cell.stated}  # fmt: skip
    submission = Submission(base.submission.form, {**values, **own}, lists)
    return replace(base, submission=submission, open_fields=tuple(waits), proposed=proposed)


def _field_names(group: Sequence[Paper]) -> tuple[str, ...]:
    """Every single field that any of them has or leaves open."""
    lists = {name for one in group for name in one.submission.lists}
    single = ({path: None for path in one.open_fields if "[" not in path and path not in lists} for one in group)
    return _names((*(one.submission.values for one in group), *single))


def _share(group: Sequence[Paper]) -> bool:
    """Whether they have any field of their own in common, beside the head and what says which one it is."""
    form = group[0].submission.form
    naming = {name for fields in TOLD_APART_BY.get(form, ("", ()))[1] for name in fields}
    own = [name for name in _field_names(group) if name not in HEAD | naming | {"weekday", "day_number"}]
    cells = ([_cell(one, name) for one in group if one.submission.values.get(name) is not None]
             for name in own if is_content(name))  # fmt: skip
    return any(len(found) > 1 and joined(found).value is not None for found in cells)


def _names(parts: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def _cell(paper: Paper, name: str) -> Cell:
    return _said(paper.submission.values.get(name), name, paper)


def _said(value: Value | None, path: str, paper: Paper) -> Cell:
    stated = () if value is None else (value,)
    proposal = paper.proposed.get(path)
    return Cell(stated, path in paper.open_fields, () if proposal is None else (proposal,))


def _rows(paper: Paper, name: str) -> tuple[Row, ...]:
    """The rows of a list, those too of which nothing but an open place is known."""
    places = [(int(found[2]), found[3]) for path in paper.open_fields if (found := _ROW.fullmatch(path))
              and found[1] == name]  # fmt: skip
    rows = paper.submission.rows(name)
    made: list[Row] = []
    for number in range(1, max([len(rows), *(row for row, _ in places)]) + 1):
        values = rows[number - 1] if number <= len(rows) else {}
        columns = (*values, *(column for row, column in places if row == number and column not in values))
        made.append({one: _said(values.get(one), f"{name}[{number}].{one}", paper) for one in columns})
    return tuple(made)


# --- apart ---


def differences_of(versions: Sequence[Paper]) -> tuple[Difference, ...]:
    """Fields first, then lists; a list whose rows do not fit each other is one difference."""
    found: list[Difference] = []
    for name in filter(is_content, _field_names(versions)):
        found += _difference(name, {one.key: _cell(one, name) for one in versions})
    for name in _names(one.submission.lists for one in versions):
        found += _of_list(name, {one.key: _rows(one, name) for one in versions}, _share(versions))
    return tuple(found)


def _difference(path: str, cells: Mapping[str, Cell]) -> Iterator[Difference]:
    together = joined(cells.values())
    said = {key: cell.value for key, cell in cells.items()}
    doubted = together.open and together.value is not None
    if together.disputed or doubted or (together.value is not None and None in said.values()):
        proposals = {key: cell.proposed[0] for key, cell in cells.items() if cell.proposed and cell.value is None}
        yield Difference(path, {**said, **(proposals if doubted else {})}, together.disputed or doubted)


def _of_list(name: str, lists: Mapping[str, tuple[Row, ...]], shared: bool) -> Iterator[Difference]:
    together = list_of(tuple(lists.values()), shared)
    if together.disputed:
        yield Difference(name, {key: len(rows) for key, rows in lists.items()}, True)
        return
    if len({len(rows) for rows in lists.values()}) > 1:
        yield Difference(name, {key: len(rows) or None for key, rows in lists.items()}, False)
    for number, row in enumerate(together.rows, 1):
        for column, cell in row.items():
            if cell.disputed or (cell.open and cell.value is not None):
                yield Difference(f"{name}[{number}].{column}", _said_of(lists, together, number - 1, column), True)


def _said_of(lists: Mapping[str, tuple[Row, ...]], together: Rows, at: int, column: str) -> dict[str, Value | None]:
    """What each version has in the place of a row of all together."""
    aligned = len({len(rows) for rows in lists.values() if rows}) == 1
    day = together.rows[at]["date"].value if "date" in together.rows[at] else None
    said: dict[str, Value | None] = {}
    for key, rows in lists.items():
        of_day = [row for row in rows if day is not None and "date" in row and row["date"].value == day]
        row = of_day[0] if of_day else rows[at] if aligned and day is None and at < len(rows) else {}
        cell = row.get(column, Cell())
        said[key] = cell.value if cell.value is not None else next(iter(cell.proposed), None)
    return said
