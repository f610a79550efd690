"""What truth.json of a sample says, as the tests ask for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Verdict = tuple[str, str, int | None, Decimal | None]  # outcome, certificate, hours, score


@dataclass(frozen=True, slots=True)
class Truth:
    """verdicts: by person key; expected: (file, member, person, code)."""

    verdicts: dict[str, Verdict]
    expected: tuple[tuple[str, str, str, str], ...]
    secrets: frozenset[str]
    names: frozenset[str]


def truth_of(workspace: Path) -> Truth:
    """The truth beside a sample, of the papers that are in its inbox or were."""
    kept = json.loads((workspace / "truth.json").read_text(encoding="utf-8"))
    verdicts = {one["person"]: _verdict(one) for one in kept["verdicts"]}
    expected = tuple(
        (one["file"], one["member"], one["person"], code) for one in kept["papers"] for code in one["expect"]
    )
    people = [*kept["people"], *kept["mentors"]]
    numbers = frozenset(number for one in kept["papers"] for number in _id_numbers(one))
    return Truth(
        verdicts, expected, numbers | {one["id_number"] for one in people}, frozenset(one["name"] for one in people)
    )


def _verdict(one: dict[str, Any]) -> Verdict:
    return one["outcome"], one["certificate"], one["hours"], None if one["score"] is None else Decimal(one["score"])


def _id_numbers(paper: dict[str, dict[str, object]]) -> Iterator[str]:
    """What stands on the paper, so the mistyped one too."""
    number = paper["values"].get("id_number")
    if isinstance(number, str):
        yield number
