"""Counts what was judged, and prints it: one line a medium, and the failures grouped for those who mend readers."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.reading.judge import FormJudged, Judged

HEADINGS = ("forms", "fields", "filled", "right", "accepted", "wrong", "≤ at 95 %", "lost", "identified", "version")


@dataclass(frozen=True, slots=True)
class Figures:
    """One row. values: accepted with a value.

    fields: those that stand on the paper and can be known, and values that were read where no place is.
    """

    forms: int
    fields: int
    filled: int
    right: int
    accepted: int
    values: int
    wrong: int
    lost: int
    identified: int
    version: int


def figures_of(judged: Sequence[FormJudged]) -> Figures:
    """The sums of a row."""
    verdicts = Counter(one.verdict for form in judged for one in form.fields)
    fields = [one for form in judged for one in form.fields if one.verdict != "unsure"]
    return Figures(
        forms=len(judged),
        fields=len(fields),
        filled=sum(one.filled for one in fields),
        right=verdicts["right"] + verdicts["proposed"],
        accepted=verdicts["right"],
        values=sum(one.accepted for form in judged for one in form.fields),
        wrong=verdicts["wrong"],
        lost=verdicts["lost"],
        identified=sum(form.identified for form in judged),
        version=sum(form.version for form in judged),
    )


def print_heading() -> None:
    """The names of the columns."""
    print(f"{'medium':22}" + "".join(f"{name:>12}" for name in HEADINGS))


def print_row(title: str, row: Figures) -> None:
    """One medium."""
    cells = (
        str(row.forms), str(row.fields), str(row.filled), share(row.right, row.fields), share(row.accepted, row.fields),
        str(row.wrong), at_most(row.wrong, row.values), str(row.lost), share(row.identified, row.forms),
        share(row.version, row.forms),
    )  # fmt: skip
    print(f"{title:22}" + "".join(f"{cell:>12}" for cell in cells))


def print_together(title: str, rows: Sequence[Sequence[FormJudged]]) -> None:
    """Rows that share a target as one, when all of them were measured."""
    if all(rows):
        print_row(title, figures_of([form for row in rows for form in row]))


def share(part: int, whole: int) -> str:
    """A share in per cent, cut behind its hundredths: only the whole is 100."""
    return "-" if not whole else "{}.{:02} %".format(*divmod(part * 10_000 // whole, 100))


def at_most(hits: int, trials: int) -> str:
    """The upper bound in per cent, rounded up."""
    return f"{math.ceil(upper_bound(hits, trials) * 100_000) / 1000:.3f}%"


def upper_bound(hits: int, trials: int, confidence: float = 0.95) -> float:
    """Clopper and Pearson's one-sided upper bound of a share: 1 where nothing was tried."""
    if trials == 0 or hits >= trials:
        return 1.0
    low, high = hits / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(hits, trials, middle) > 1 - confidence else (low, middle)
    return high


def _at_most(hits: int, trials: int, share_of: float) -> float:
    """Probability of so many hits or fewer."""
    logs = (
        math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
        + k * math.log(share_of) + (trials - k) * math.log1p(-share_of)
        for k in range(hits + 1)
    )  # fmt: skip
    return math.fsum(math.exp(log) for log in logs)


# --- failures ---


def failures(title: str, judged: Iterable[FormJudged]) -> Iterable[str]:
    """Every field that no reader should leave so, with its file: one line each, grouped by what went wrong."""
    groups: dict[tuple[str, ...], list[tuple[FormJudged, Judged]]] = defaultdict(list)
    for form in judged:
        for one in form.fields:
            if one.verdict in ("wrong", "lost", "open", "proposed"):
                groups[(one.verdict, "+".join(form.truth.edits) or "-")].append((form, one))
        if not form.identified:
            groups[("not identified", "+".join(form.truth.edits))].append((form, Judged("", "open")))
    for (verdict, edits), found in sorted(groups.items(), key=lambda item: -len(item[1])):
        yield f"## {title}: {verdict}, {edits}: {len(found)}"
        yield from (f"{form.file} {form.truth.stem} {one.path}: stated {one.stated}, found {one.found}"
                    for form, one in found)  # fmt: skip


def row_of(cells: Sequence[object], widths: Sequence[int]) -> str:
    """Cells side by side, each set to the right in so many characters."""
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
