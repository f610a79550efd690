"""Fields read right, given to a person, or silently wrong, by medium, on an invented cohort whose truth is known.

Usage: python -m benchmarks.sample_truth [--people N] [--seed S] [--workspace DIR]
Reads every file of the cohort's inbox without a roster, then once more with the roster of the truth, and holds each
field to truth.json. `wrong` counts accepted values that differ and filled fields called blank or missing.
"""

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.files import read_files
from gengang.corroborate import corroborate
from gengang.reading import FieldReading, FileReading, ListReading, Reading, json_of_value
from gengang.roster import Pair, Person, Roster
from gengang.rosterfile import read_school_table
from gengang.sample.making import make_sample
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN

STATES = ("right", "review", "review, value right", "blank", "wrong")


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
    files = dict(zip(names, read_files([str(workspace / "inbox" / name) for name in names], forms), strict=True))
    print(f"{len(names)} files of {len(truth['people'])} people, seed {truth['seed']}, "
          f"read in {time.perf_counter() - start:.1f} s")  # fmt: skip
    roster = _roster(workspace, truth)
    for title, known in (("without a roster", None), ("with the roster", roster)):
        print(f"\n{title}\n{'medium':10}{'papers':>8}" + "".join(f"{state:>22}" for state in STATES))
        _print_table(truth["papers"], files, known)


def _print_table(papers: list[Mapping[str, Any]], files: Mapping[str, FileReading], roster: Roster | None) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for paper in papers:
        reading = _reading_of(paper, files[paper["file"]])
        if not paper["kind"]:
            counts[paper["medium"]]["wrong"] += bool(reading)
            continue
        counts[paper["medium"]]["papers"] += 1
        for path, state, found in _judged(paper, reading, roster):
            counts[paper["medium"]][state] += 1
            if state == "wrong":
                wrong.append(f"{paper['file']} {path}: {found}")
    for medium, found_counts in counts.items():
        row = "".join(f"{found_counts[state]:22}" for state in STATES)
        print(f"{medium:10}{found_counts['papers']:8}{row}")
    print("\n".join(f"  wrong: {line}" for line in wrong))


def _reading_of(paper: Mapping[str, Any], file: FileReading) -> Reading | None:
    named = [one for one in file.submissions if any(member.endswith(paper["member"]) for member in one.members)]
    found = named if paper["member"] else list(file.submissions)
    fitting = [one for one in found if one.form == paper["kind"]] or found
    return fitting[0] if fitting else None


def _judged(paper: Mapping[str, Any], reading: Reading | None, roster: Roster | None) -> Iterator[tuple[str, str, str]]:
    """Path, state and what was read, for each field that the truth states."""
    if reading is not None and roster is not None:
        reading = corroborate(reading, roster)
    for name, value in paper["values"].items():
        found = None if reading is None else reading.fields.get(name)
        yield name, _state(found if isinstance(found, FieldReading) else None, value), _shown(found)
    for name, rows in paper["lists"].items():
        listed = None if reading is None else reading.fields.get(name)
        known = listed.rows if isinstance(listed, ListReading) else ()
        lost = isinstance(listed, ListReading) and len(known) != len(rows) and listed.status == "accepted"
        for number, row in enumerate(rows):
            cells = known[number] if len(known) == len(rows) else {}
            for column, value in row.items():
                cell = cells.get(column)
                yield f"{name}[{number + 1}].{column}", "wrong" if lost else _state(cell, value), _shown(cell)


def _state(found: FieldReading | None, value: object) -> str:
    if found is None or found.status in ("review", "unread"):
        right = found is not None and found.value is not None and json_of_value(found.value) == value
        return "review, value right" if right else "review"
    if found.status == "accepted":
        return "right" if json_of_value(found.value) == value else "wrong"
    return "blank" if value is None else "wrong"


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
