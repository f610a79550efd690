"""Findings under a scheme: a clause that it does not have says nothing, and none is heavier than the scheme has it."""

from collections.abc import Iterable

from gengang.eligibility import weighed
from gengang.findings import Finding
from gengang.scheme import Scheme
from gengang.submission import Paper


def of_scheme(scheme: Scheme, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those whose clause the scheme has, no heavier than it."""
    known = {one.id for one in scheme.clauses}
    return tuple(weighed(scheme, one) for one in found if one.clause in known)


def is_written(paper: Paper, *fields: str) -> bool:
    """Whether anything stands in one of these fields, or may: one that waits for a person is not blank."""
    return any(paper.submission.values.get(name) not in (None, "") or name in paper.open_fields for name in fields)


def has_waiting(paper: Paper, rows: str) -> bool:
    """Whether a list waits for a person, or a cell of it."""
    return any(path == rows or path.startswith(f"{rows}[") for path in paper.open_fields)
