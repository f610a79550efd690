"""Fields read right, given to a person, or silently wrong, by medium, on an invented cohort whose truth is known.

Usage: python -m benchmarks.sample_truth [--people N] [--seed S] [--workspace DIR]
Reads every file of the cohort's inbox without a roster, then once more with the roster of the truth, and holds each
field to truth.json. `wrong` counts accepted values that differ and filled fields called blank or missing; `unread`
papers gave no submission, `not read` fields stand on such a paper or in a list whose rows do not agree in number.
"""

import argparse
import json
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.guarded import read_guarded
from gengang.corroborate import corroborate
from gengang.reading import FieldReading, FileReading, ListReading, Reading, json_of_value
from gengang.roster import Pair, Person, Roster
from gengang.rosterfile import read_school_table
from gengang.sample.making import make_sample
from gengang.settings import limits_of
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN

STATES = ("right", "review", "review, value right", "not read", "blank", "wrong")


def main() -> None:
    """Print one table without and one with the roster, and every field that is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=12)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--workspace", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = given.workspace or Path(folder) / "sample"
        if not workspace.exists():
            make_sample(workspace, given.people, given.seed)
        _measure(workspace, json.loads((workspace / "truth.json").read_text("utf-8")))


def _measure(workspace: Path, truth: Mapping[str, Any]) -> None:
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    names = list(dict.fromkeys(paper["file"] for paper in truth["papers"]))
    start = time.perf_counter()
    paths = [str(workspace / "inbox" / name) for name in names]
    files = dict(zip(names, read_guarded(paths, forms, limits_of(os.environ)), strict=True))
    print(f"{len(names)} files of {len(truth['people'])} people, seed {truth['seed']}, "
          f"read in {time.perf_counter() - start:.1f} s")  # fmt: skip
    roster = _roster(workspace, truth)
    for title, known in (("without a roster", None), ("with the roster", roster)):
        print(f"\n{title}\n{'medium':14}{'papers':>8}{'unread':>10}" + "".join(f"{state:>20}" for state in STATES))
        _print_table(truth["papers"], files, known)


def _print_table(papers: list[Mapping[str, Any]], files: Mapping[str, FileReading], roster: Roster | None) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for paper in papers:
        reading = _reading_of(paper, files[paper["file"]])
        row = counts[_row_of(paper)]
        row["papers"] += 1
        if not paper["kind"]:
            row["wrong"] += bool(reading)
            continue
        row["unread"] += reading is None
        for path, state, found in _judged(paper, reading, roster):
            row[state] += 1
            if state == "wrong":
                wrong.append(f"{paper['file']} {path}: {found}")
    for medium, found_counts in sorted(counts.items()):
        row_text = "".join(f"{found_counts[state]:20}" for state in STATES)
        print(f"{medium:14}{found_counts['papers']:8}{found_counts['unread']:10}{row_text}")
    print("\n".join(f"  wrong: {line}" for line in wrong))


def _row_of(paper: Mapping[str, Any]) -> str:
    """What the figures are told apart by: the medium, pen or print, and what follows no template."""
    if not paper["kind"]:
        return "no form"
    if paper["layout"] != "form":
        return str(paper["layout"])
    return f"{paper['medium']}{', by hand' if paper['hand'] == 'filled' else ''}"


def _reading_of(paper: Mapping[str, Any], file: FileReading) -> Reading | None:
    found = list(file.submissions)
    if paper["member"]:
        found = [one for one in found if any(member.endswith(f"!{paper['member']}") for member in one.members)]
    if paper["pages"]:
        first, last = paper["pages"]
        found = [one for one in found if one.pages and first <= one.pages[0] <= last]
    fitting = [one for one in found if one.form == paper["kind"]] or found
    return fitting[0] if fitting else None


def _judged(paper: Mapping[str, Any], reading: Reading | None, roster: Roster | None) -> Iterator[tuple[str, str, str]]:
    """Path, state and what was read, for each field that the truth states."""
    if reading is not None and roster is not None:
        reading = corroborate(reading, roster)
    gone = set(paper["gone"])
    for name, value in paper["values"].items():
        found = None if reading is None else reading.fields.get(name)
        told = found if isinstance(found, FieldReading) else None
        yield name, _state(told, value, reading is None, name in gone), _shown(found)
    for name, rows in paper["lists"].items():
        listed = None if reading is None else reading.fields.get(name)
        known = listed.rows if isinstance(listed, ListReading) else ()
        lost = isinstance(listed, ListReading) and len(known) != len(rows) and listed.status == "accepted"
        for number, row in enumerate(rows):
            cells = known[number] if len(known) == len(rows) else {}
            for column, value in row.items():
                cell = cells.get(column)
                state = "wrong" if lost else _state(cell, value, not cells)
                yield f"{name}[{number + 1}].{column}", state, _shown(cell)


def _state(found: FieldReading | None, value: object, unread: bool = False, gone: bool = False) -> str:
    if found is None or found.status in ("review", "unread"):
        right = found is not None and found.value is not None and json_of_value(found.value) == value
        return "review, value right" if right else "not read" if unread else "review"
    if found.status == "accepted":
        return "right" if json_of_value(found.value) == value else "wrong"
    return "blank" if value is None or gone else "wrong"


def _shown(found: object) -> str:
    return f"{found.status} {found.value!r}, stood {found.raw!r}" if isinstance(found, FieldReading) else "not found"


def _roster(workspace: Path, truth: Mapping[str, Any]) -> Roster:
    def person(kept: Mapping[str, Any]) -> Person:
        fields = {key: value for key, value in kept.items() if key in Person.__dataclass_fields__}
        return Person(**{**fields, "former_names": tuple(fields.get("former_names", ()))})

    pairs = tuple(Pair(one["key"], one["mentor"]) for one in truth["people"] if one.get("mentor"))
    trainees = tuple(person(one) for one in truth["people"])
    mentors = tuple(person(one) for one in truth["mentors"])
    return Roster(read_school_table(workspace / "学校一览表.xlsx"), trainees, mentors, pairs)


if __name__ == "__main__":
    main()
