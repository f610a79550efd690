"""Which known form a sheet shows, and where one filled form ends and the next person's begins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from extractors.align import Plan, RowPlan, holds, plan_of
from extractors.formwords import index_of
from gengang.form import Form
from gengang.sheet import Line, Row, squeezed

KNOWN_SHARE = 0.5  # share of a form's printed words that a paper must show to be that form
_TITLE_BONUS = 0.35
MOST_OF_TWO = 1.5  # so many times a form's rows stand where there are two of it, though some were taken out

Part = tuple[Plan, Sequence[Row]]


def parts_of(rows: Sequence[Row], forms: Sequence[Form], least: float = KNOWN_SHARE) -> tuple[Part, ...]:
    """Each filled form with its rows, in order; none when the rows show no known form by half.

    least: another share than half, where something else says already which form it is.
    """
    whole = form_on(rows, forms, least=least) if forms else None
    if whole is None:
        return ()
    rows = with_own_lines(whole, rows)
    starts = {*_starts(whole, rows), *_titled_starts(whole, rows, forms)} - {0}
    if not starts:
        return ((whole, rows),)
    found: list[Part] = []
    front: Sequence[Row] = ()
    for first, last in pairwise([0, *sorted(starts), len(rows)]):
        part = [*front, *rows[first:last]]
        plan = form_on(part, forms, 0.0, least)
        front = part if plan is None and not found else ()
        if plan is not None:
            found.append((plan, part))
        elif found:
            found[-1] = (found[-1][0], [*found[-1][1], *part])
    return _with_shared_margins(found) or ((whole, rows),)


def _with_shared_margins(found: Sequence[Part]) -> tuple[Part, ...]:
    """In Word one header and footer stand on the pages of every form that has none of its own."""
    rows = [row for _, part in found for row in part]
    if len(found) < 2 or any(cell.place.page is not None for row in rows for cell in row.cells):
        return tuple(found)
    heads, feet = ([[row for row in part if row.part == kind] for _, part in found] for kind in ("header", "footer"))
    for number in range(1, len(found)):  # a header stands before the forms it is shown over, a footer behind them
        heads[number] = heads[number] or heads[number - 1]
        feet[-number - 1] = feet[-number - 1] or feet[-number]
    return tuple((plan, [*above, *(row for row in part if row.part not in ("header", "footer")), *below])
                 for (plan, part), above, below in zip(found, heads, feet, strict=True))  # fmt: skip


# --- which form ---


def form_on(
    rows: Sequence[Row], forms: Sequence[Form], for_title: float = _TITLE_BONUS, least: float = KNOWN_SHARE
) -> Plan | None:
    """The form whose printed words the rows show best; None when none is shown by half, or by `least`.

    for_title: what its title adds; a page may repeat it over the rest of one form. Of equals the one with the later
    name counts, of one name the one that explains more words, then the first.
    """
    words = _words(rows)
    first = [squeezed(row.cells[0].text) for row in islice((row for row in rows if len(row.cells) == 1), 6)]
    index = index_of(forms)
    bonus = [for_title * any(plan.form.title in line for line in first) for plan in index.plans]
    best = index.best(words, "\n".join(words), bonus)
    return best[1] if best and best[0] >= least else None


def _words(rows: Sequence[Row]) -> set[str]:
    texts = {squeezed(cell.text) for row in rows for cell in row.cells}
    return texts | {text.partition(":")[0] for text in texts if ":" in text}


def with_own_lines(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """The rows of pages; a lone line at a page's head or foot that the form prints in its body stands in the body."""
    own = {row.row.part for row in plan.rows if row.printed and not row.row.table} - {"body"}
    return [replace(row, part="body") if row.part not in ("body", *own) and row.cells and row.cells[0].place.page
            and any(plan.rows[number].row.part == "body" for number in rows_fitting(plan, row)) else row
            for row in rows]  # fmt: skip


# --- where a form begins ---


def _starts(plan: Plan, rows: Sequence[Row]) -> list[int]:
    """First rows of the copies of a form: as often as most of its own rows stand there.

    One row that somebody doubled makes no copy: there must be about as many of its rows as two forms have.
    """
    if not _may_stand_twice(plan, rows):
        return []
    places: dict[int, list[int]] = {}
    shown = 0
    for place, row in enumerate(rows):
        fits = rows_fitting(plan, row) if row.part == "body" else []
        shown += bool(fits)
        if len(fits) == 1:
            places.setdefault(fits[0], []).append(place)
    once = sum(1 for row in plan.rows if row.printed and not row.row.loop and row.row.part == "body")
    if shown < MOST_OF_TWO * once:
        return []
    counts = Counter(len(found) for found in places.values())
    copies = max(counts, key=lambda count: (counts[count], count), default=1)
    if copies < 2:
        return []
    first = min(number for number, found in places.items() if len(found) == copies)
    return [_with_front(plan, rows, first, place) for place in places[first]]


def _may_stand_twice(plan: Plan, rows: Sequence[Row]) -> bool:
    """Whether any label stands more often than the form prints it, where most of its rows have labels."""
    printed = _labels_once(plan.form)
    if printed is None:
        return True
    counts = Counter(squeezed(cell.text) for row in rows for cell in row.cells)
    return any(counts[label] > count for label, count in printed)


@lru_cache(maxsize=512)
def _labels_once(form: Form) -> tuple[tuple[str, int], ...] | None:
    """The labels of a form, each with how often it prints it; None where most of its rows have none."""
    rows = [row for row in plan_of(form).rows if row.weight and not row.row.loop]
    if 2 * sum(any(row.labels) for row in rows) <= len(rows):
        return None
    return tuple(Counter(label for row in rows for label in row.labels if label).items())


def rows_fitting(plan: Plan, row: Row) -> list[int]:
    """The rows of the form that this may be, those with the most printed words; none for a row of a list."""
    texts = tuple(squeezed(cell.text) for cell in row.cells)
    fits = [number for number, wanted in enumerate(plan.rows) if _is_row(wanted, row, texts)]
    most = max((plan.rows[number].printed for number in fits), default=0)
    own = [number for number in fits if plan.rows[number].printed == most]
    return own if most and not plan.rows[own[0]].row.loop else []


def _is_row(plan: RowPlan, row: Row, texts: Sequence[str]) -> bool:
    if len(texts) != len(plan.labels) or bool(row.table) != bool(plan.row.table):
        return False
    labels = all(not label or label == text for label, text in zip(plan.labels, texts, strict=True))
    return labels and all(holds(text, pieces) for text, pieces in zip(texts, plan.mixed, strict=True))


def _with_front(plan: Plan, rows: Sequence[Row], number: int, place: int) -> int:
    """Back over the rows that the form prints before this one."""
    start = at = place
    for wanted in reversed(plan.rows[:number]):
        above = at - 1
        while above >= 0 and not rows[above].table and not squeezed(rows[above].cells[0].text):
            above -= 1
        if above >= 0 and _is_row(wanted, rows[above], [squeezed(cell.text) for cell in rows[above].cells]):
            start = at = above
    return start


def _titled_starts(plan: Plan, rows: Sequence[Row], forms: Sequence[Form]) -> list[int]:
    """Where forms begin under their titles, when those of several kinds stand in lines of their own."""
    titles = index_of(forms).titles
    found = [(other, number, place) for place, row in enumerate(rows) if row.part == "body" and len(row.cells) == 1
             for other, number in titles.get(squeezed(row.cells[0].text), ())]  # fmt: skip
    if {other.form.title for other, _, _ in found} <= {plan.form.title}:
        return []
    return [_with_front(other, rows, number, place) for other, number, place in found]


def without_repeated_heads(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """A table that runs over pages prints its head rows again on each; what the form itself prints twice stays."""
    if all(not row.cells or row.cells[0].place.page is None for row in rows):
        return list(rows)
    heads = Counter(row.labels for row in plan.rows if not row.row.slots and row.row.table)
    texts = [tuple(squeezed(cell.text) for cell in row.cells) for row in rows]
    shown = Counter(texts)
    kept = []
    page: tuple[int | None, int] | None = None
    for row, row_texts in zip(rows, texts, strict=True):
        own = row.cells[0].place.side if row.cells else page  # a row that is merged upwards throughout has no cells
        turned = row.table and page is not None and own != page
        if turned and row_texts in heads and shown[row_texts] > heads[row_texts]:
            shown[row_texts] -= 1
            continue
        page = own if row.table else page
        kept.append(row)
    return _with_one_head_and_foot(plan, kept) if page is not None else kept


def _with_one_head_and_foot(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """Each page prints header and footer again around a number of its own: what the form prints there stands once."""
    printed = {without_digits(row.labels[0]): row.row for row in plan.rows
               if row.row.part in ("header", "footer") and not row.row.slots}  # fmt: skip
    parts: dict[str, list[Row]] = {"header": [], "body": [], "footer": []}
    seen: set[str] = set()
    for row in rows:
        text = without_digits(squeezed("".join(cell.text for cell in row.cells)))
        known = printed.get(text) if row.part in ("header", "footer") else None
        if known is None:
            parts.setdefault(row.part, []).append(row)
        elif text not in seen:
            lines = (Line(known.cells[0].printed),)
            parts[known.part].append(replace(row, cells=(replace(row.cells[0], lines=lines),), part=known.part))
        seen |= {text} if known is not None else set()
    return [row for part in parts.values() for row in part]


def without_digits(text: str) -> str:
    """A text that is repeated around a number of its own, such as a page's."""
    return "".join(char for char in text if not char.isdigit())
