"""The register of certificate numbers as lines: who holds which, since when, which took its place, and what stood then.

A pure fold; `ledger_register` spends and voids.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gengang.facts import Fact
from gengang.mailed import day_in_china
from gengang.rulings import APPROVAL, COHORT

REGISTER_KINDS = ("number_spent", "number_void", "paper", "decision")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number.

    subject: `J-2016-000001`; person: key. issued_on: the day its paper bears, None before it was printed.
    code: what its QR code says, empty where there is none or it was erased. approved: whether the authority's word on
    the final record (G-08) stood when it was first printed. void_on: ISO day, empty while it counts; why: of the void
    one; replaced_by: subject of the number in its place.
    """

    subject: str
    series: str
    year: int
    number: int
    person: str
    basis: str
    issued_on: date | None = None
    code: str = ""
    approved: bool = False
    void_on: str = ""
    why: str = ""
    replaced_by: str = ""


def number_lines(facts: Iterable[Fact]) -> tuple[NumberLine, ...]:
    """Every number there ever was, in the order in which they were spent."""
    found: dict[str, NumberLine] = {}
    approved = False
    for fact in facts:
        if fact.kind == "number_spent":
            data = fact.data
            found[fact.subject] = NumberLine(
                fact.subject, str(data["kind"]), int(str(data["year"])), int(str(data["number"])), str(data["person"]),
                str(data["basis"]),
            )  # fmt: skip
        elif fact.kind == "number_void" and fact.subject in found:
            found[fact.subject] = _voided(found[fact.subject], fact)
        elif fact.kind == "paper" and (subject := str(fact.data.get("number") or "")) in found:
            found[subject] = _printed(found[subject], fact, approved)
        elif fact.kind == "decision" and (fact.subject, fact.slot) == (COHORT, APPROVAL):
            approved = (fact.personal or {}).get("value") == "approved"
    return tuple(found.values())


def _voided(line: NumberLine, fact: Fact) -> NumberLine:
    return replace(
        line,
        void_on=day_in_china(fact.at).isoformat(),
        why=str(fact.data["why"]),
        replaced_by=str(fact.data.get("replaced_by", "")),
    )


def _printed(line: NumberLine, fact: Fact, approved: bool) -> NumberLine:
    code = str((fact.personal or {}).get("code", ""))
    if line.issued_on is not None:
        return replace(line, code=code or line.code)
    on = str(fact.data["issued_on"])
    return replace(line, issued_on=date.fromisoformat(on) if on else None, code=code, approved=approved)
