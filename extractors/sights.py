"""What a single page shows of the known forms: which one, which of its rows, its printed number.

Looks at pages one by one; which of them belong together is for others.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from extractors.align import Plan, RowPlan, holds, is_label, plan_of
from extractors.paper import NEAR_BOTTOM, Page, sheet_of_pages
from extractors.parts import form_on, rows_fitting, with_own_lines
from extractors.versions import issued_on
from gengang.form import Form
from gengang.numerals import integer_of
from gengang.sheet import Medium, Row, squeezed

TITLE_LINES = 6
FEW_LETTERS = 120
FIRST_ROWS = 3
LEAST_TITLE, LEAST_PRINTED = 4, 8
_OF = re.compile(r"第\s*([\d一二三四五六七八九十]+)\s*页\s*[,，/]?\s*[(（]?共\s*([\d一二三四五六七八九十]+)\s*页")
_PAGE = re.compile(r"第\s*([\d一二三四五六七八九十]+)\s*页")
_ALONE = re.compile(rf"(?:{_PAGE.pattern}|[-—–]\s*(\d{{1,3}})\s*[-—–]|(\d{{1,3}})\s*/\s*(\d{{1,3}}))")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a page shows.

    form: None where it shows no form; first, last: of the form's rows that the page shows, -1 for none.
    listed: of those it shows but names of a list's columns; lowest: the last of all, names of columns too.
    above: what stands over its title, or over its first row where it has none.
    head, foot: the form's rows at the top and at the bottom of the page, -1 for none.
    begins: the form's beginning stands at its top; titled: its title stands there.
    again: another copy of the form begins further down.
    complete: the form's last row stands on it; number, total: printed, 0 where not.
    blank: nothing but a page number stands on it; slight: a few loose lines, as on a cover.
    texts: what its cells and lines say, squeezed.
    """

    page: Page
    form: Form | None = None
    first: int = -1
    last: int = -1
    head: int = -1
    foot: int = -1
    begins: bool = False
    titled: bool = False
    again: bool = False
    complete: bool = False
    number: int = 0
    total: int = 0
    blank: bool = False
    slight: bool = False
    texts: frozenset[str] = frozenset()
    listed: bool = False
    lowest: int = -1
    above: tuple[Row, ...] = ()


def sights_of(pages: Sequence[Page], medium: Medium, forms: Sequence[Form]) -> list[Sight]:
    """What each page shows; a form that did not end on the page before may go on."""
    found: list[Sight] = []
    for page in pages:
        last = next((one for one in reversed(found) if not one.blank), None)
        found.append(sight_of(page, medium, forms, last if last is not None and not last.complete else None))
    return found


def sight_of(page: Page, medium: Medium, forms: Sequence[Form], running: Sight | None = None) -> Sight:
    """What the page shows; its mark, where it has one, says which form it is. running: a page that did not end one."""
    rows = sheet_of_pages([page], medium).rows
    below = _with_running_head(rows, running)
    plan = _plan_on(page, below, forms, running)
    number, total = _printed_number(rows)
    texts = frozenset(squeezed(cell.text) for row in rows for cell in row.cells) - {""}
    body = [row for row in rows if row.part == "body" or plan is not None]
    written = sum(len(squeezed(cell.text)) for row in body for cell in row.cells if not _is_number(cell.text))
    inked = bool(page.unread) or any(cell.pictures or cell.unread for row in rows for cell in row.cells)
    seen = Sight(page, None, number=number, total=total, blank=not written and not inked, texts=texts,
                 slight=not page.tables and written <= FEW_LETTERS)  # fmt: skip
    return seen if plan is None else _of_form(seen, plan, with_own_lines(plan, below))


def _with_running_head(rows: Sequence[Row], running: Sight | None) -> Sequence[Row]:
    """The rows; lines at the head that the page before says too are its running head, and begin no form."""
    said = running.texts if running is not None else frozenset()
    head = list(takewhile(lambda row: _is_said(row, said), rows))
    return (*(replace(row, part="header") for row in head), *rows[len(head) :])


def _is_said(row: Row, said: Collection[str]) -> bool:
    return not row.table and all(squeezed(cell.text) in said for cell in row.cells)


def _plan_on(page: Page, rows: Sequence[Row], forms: Sequence[Form], running: Sight | None) -> Plan | None:
    marked = issued_on(None if page.mark is None else page.mark.issued, forms)
    if marked:
        return plan_of(marked[0])
    best = form_on(rows, forms)
    if best is not None and any(best.form.title in squeezed(cell.text) for row in rows for cell in row.cells):
        return best
    return _plan_of_rest(rows, forms, best, running)


def _plan_of_rest(rows: Sequence[Row], forms: Sequence[Form], best: Plan | None, running: Sight | None) -> Plan | None:
    """The form of a page that begins none: a note or an opinion that several forms print makes a page none of them.

    best: the form of whose words it shows the largest share; another counts of which it shows twice as much. What goes
    on from the page before counts although it shows less, unless another form begins here.
    """
    shown = {form.stem: _printed_on(plan_of(form), rows) for form in forms}
    leading = max(forms, key=lambda form: shown[form.stem], default=None)
    if leading is None:
        return best
    if running is not None and running.form is not None and shown.get(running.form.stem, 0) * 2 >= shown[leading.stem]:
        first = best or plan_of(leading)
        if _goes_on(plan_of(running.form), running, rows) and not _begins(first, rows):
            return plan_of(running.form)
    if best is None and (titled := _plan_by_title(rows, forms)):
        return titled
    own = shown[best.form.stem] if best is not None else 0
    rivals = [count for stem, count in shown.items() if stem != leading.stem]
    return plan_of(leading) if shown[leading.stem] > max([2 * own, LEAST_PRINTED, *rivals]) else best


def _goes_on(plan: Plan, before: Sight, rows: Sequence[Row]) -> bool:
    return _head_of(plan, rows) > before.foot >= 0


def _begins(plan: Plan, rows: Sequence[Row]) -> bool:
    return _head_of(plan, rows) in _first_rows(plan)


def _head_of(plan: Plan, rows: Sequence[Row]) -> int:
    """The form's row that a page shows first below its margin, -1 for none."""
    body = (row for row in rows if row.part == "body")
    return next((number for row in body if (number := _own_row(plan, row)) is not None), -1)


def _plan_by_title(rows: Sequence[Row], forms: Sequence[Form]) -> Plan | None:
    """The form whose title stands at the head or foot of a page that shows little else of it; the longest title."""
    lines = [squeezed(row.cells[0].text) for row in rows if row.cells and row.part in ("header", "footer")]
    titled = [form for form in forms if len(form.title) >= LEAST_TITLE and any(form.title in line for line in lines)]
    return plan_of(max(titled, key=lambda form: len(form.title))) if titled else None


def _printed_on(plan: Plan, rows: Sequence[Row]) -> int:
    """How many letters the form prints in those of its rows that the page shows."""
    return sum(plan.rows[number].printed for number in {_own_row(plan, row) for row in rows} if number is not None)


def letters_shown(sight: Sight) -> int:
    """How many letters of its form's own rows the page shows; none where it shows no form."""
    if sight.form is None:
        return 0
    return _printed_on(plan_of(sight.form), sheet_of_pages([sight.page], "scan").rows)


def _of_form(seen: Sight, plan: Plan, rows: Sequence[Row]) -> Sight:
    known = [(place, number) for place, row in enumerate(rows)
             if row.part == "body" and (number := _own_row(plan, row)) is not None]  # fmt: skip
    starts = _first_rows(plan)
    told = [(place, number) for place, number in known if plan.rows[number].labels != (plan.form.title,)]
    own = [number for _, number in told if number not in _heads(plan)]
    top = rows[: told[0][0]] if told else [row for row in rows[:TITLE_LINES] if row.part == "body"]
    titled = any(plan.form.title in squeezed(cell.text) for row in top for cell in row.cells)
    begins = own[0] in starts if own and starts else titled
    again = any(one > two and two in starts for one, two in pairwise(own))
    shown = own or [number for _, number in told]
    return replace(
        seen, form=plan.form, above=tuple(_above(plan, rows)), begins=begins, titled=titled, again=again,
        listed=not own, head=shown[0] if shown else -1, foot=shown[-1] if shown else -1,
        first=min(shown, default=-1), last=max(shown, default=-1),
        lowest=max((number for _, number in told), default=-1),
        complete=bool(shown) and (shown[-1] if again else max(shown)) >= _last_row(plan), blank=False, slight=False,
    )  # fmt: skip


def _above(plan: Plan, rows: Sequence[Row]) -> Sequence[Row]:
    titles = [number for number, row in enumerate(rows)
              if not row.table and any(squeezed(cell.text) == plan.form.title for cell in row.cells)]  # fmt: skip
    first = next((number for number, row in enumerate(rows) if _own_row(plan, row) is not None), 0)
    start = min(titles, default=first)
    return [row for row in rows[:start] if row.part == "body"]


def row_where_begun(sight: Sight, rows: Sequence[Row]) -> int | None:
    """Of a sheet's rows the one with which the page's form begins on it: its title, else the first that it prints."""
    if sight.form is None:
        return None
    title, plan = row_of_title(sight.form, rows, sight.page), plan_of(sight.form)
    if title is not None:
        return title
    return next((number for number, row in _body_of(rows, sight.page) if _own_row(plan, row) is not None), None)


def row_of_title(form: Form, rows: Sequence[Row], page: Page) -> int | None:
    """Of a sheet's rows the form's title on that page, outside tables."""
    return next((number for number, row in _body_of(rows, page)
                 if not row.table and any(squeezed(cell.text) == form.title for cell in row.cells)), None)  # fmt: skip


def _body_of(rows: Sequence[Row], page: Page) -> list[tuple[int, Row]]:
    return [(number, row) for number, row in enumerate(rows)
            if row.part == "body" and row.cells and row.cells[0].place.side == page.side]  # fmt: skip


def ends_another(sight: Sight, form: Form) -> bool:
    """Whether the end of a form stands on the page over the beginning of its own; 附件2 over a title is no end."""
    plan = plan_of(form)
    title = next((number for number, row in enumerate(plan.rows) if row.labels == (plan.form.title,)), -1)
    return any(bool(row.table) or ((number := _own_row(plan, row)) is not None and number > title)
               for row in sight.above)  # fmt: skip


def began_above(sight: Sight, before: Sight) -> bool:
    """Whether a page goes on with a form whose title stands below another's end on the page before."""
    form = sight.form
    if form is None or before.form is None or form.stem == before.form.stem or sight.titled or sight.head < 0:
        return False
    if len(form.title) < LEAST_TITLE or form.title not in before.texts:
        return False
    return row_of_title(form, sheet_of_pages([before.page], "pdf").rows, before.page) is not None


def lists_at_foot(sight: Sight) -> tuple[str, ...]:
    """Names of the lists of which no row of the form stands below on the page."""
    if sight.form is None:
        return ()
    plan = plan_of(sight.form)
    return tuple(row.row.loop for number, row in enumerate(plan.rows)
                 if row.row.loop and max(sight.last, sight.lowest) < _next_row(plan, number)
                 and min([number, *row.heads]) <= max(sight.last, sight.lowest) + 1)  # fmt: skip


def cells_open_at_foot(form: Form, row: Row) -> frozenset[int]:
    """Places of the cells of a page's last row that may go on behind it; words of the form in its last line end one."""
    box = row.cells[0].place.box
    if box is None or box[3] <= NEAR_BOTTOM:
        return frozenset()
    plan = plan_of(form)
    fitting = (plan.rows[number].row for number in rows_fitting(plan, row))
    closed = {place for printed in fitting for place, cell in enumerate(printed.cells)
              if any(squeezed(line.printed) for line in cell.lines[-1:])}  # fmt: skip
    return frozenset(range(len(row.cells))) - closed


def _next_row(plan: Plan, number: int) -> int:
    return min((row for row in _telling_rows(plan) if row > number), default=len(plan.rows))


def rows_between(form: Form, first: int, last: int) -> int:
    """How many rows of the form that tell themselves stand between two others."""
    plan = plan_of(form)
    return sum(first < number < last for number in _telling_rows(plan) if number not in _heads(plan))


@lru_cache(maxsize=512)
def _heads(plan: Plan) -> frozenset[int]:
    """Rows of column names, which each page may repeat."""
    return frozenset(head for row in plan.rows for head in row.heads)


@lru_cache(maxsize=512)
def _first_rows(plan: Plan) -> frozenset[int]:
    """The first rows under the title that tell themselves; column names do not, since each page repeats them."""
    own = [number for number in _telling_rows(plan) if number not in _heads(plan)]
    lists = min((number for number, row in enumerate(plan.rows) if row.row.loop), default=len(plan.rows))
    told = [number for number in own if plan.rows[number].labels != (plan.form.title,) and number < lists]
    return frozenset(told[:FIRST_ROWS])


@lru_cache(maxsize=512)
def _telling_rows(plan: Plan) -> tuple[int, ...]:
    """Rows with words that no other row of the form has alike."""
    signed = [(row.labels, row.mixed) for row in plan.rows]
    told = [number for number, row in enumerate(plan.rows) if row.weight and not row.row.loop]
    return tuple(n for n in told if plan.rows[n].row.part == "body" and signed.count(signed[n]) == 1)


def is_open(sight: Sight) -> bool:
    """Whether the form at the foot of a page has rows that stand behind."""
    return sight.form is not None and 0 <= sight.foot < max(_telling_rows(plan_of(sight.form)), default=0)


def _last_row(plan: Plan) -> int:
    tabled = [number for number in _telling_rows(plan) if plan.rows[number].row.table]
    return max(tabled or _telling_rows(plan), default=0)


def _own_row(plan: Plan, row: Row) -> int | None:
    """The row of the form whose printed words this row shows, the one with most of them; None when two show as many."""
    texts = [squeezed(cell.text) for cell in row.cells]
    fits = [number for number in _telling_rows(plan) if _shows(plan.rows[number], texts)]
    most = max((plan.rows[number].printed for number in fits), default=0)
    own = [number for number in fits if plan.rows[number].printed == most]
    return own[0] if len(own) == 1 else None


def _shows(wanted: RowPlan, texts: Sequence[str]) -> bool:
    labels = all(any(is_label(text, label) for text in texts) for label in wanted.labels if label)
    return labels and all(any(holds(text, pieces) for text in texts) for pieces in wanted.mixed if pieces)


# --- page numbers ---


def _printed_number(rows: Sequence[Row]) -> tuple[int, int]:
    """第2页 共3页 in a line outside tables, at the foot or head of the page first."""
    loose = [row.cells[0].text for row in rows if not row.table and row.cells]
    outer = [row.cells[0].text for row in rows if row.part in ("header", "footer") and row.cells]
    for text in (*outer, *reversed(loose)):
        found = _OF.search(text)
        if found:
            return integer_of(found[1]) or 0, integer_of(found[2]) or 0
    for text in outer:
        found = _ALONE.fullmatch(text.strip()) or _PAGE.search(text)
        if found:
            said = [one for one in found.groups() if one]
            return integer_of(said[0]) or 0, int(said[1]) if len(said) > 1 else 0
    return 0, 0


def _is_number(text: str) -> bool:
    bare = "".join(text.split())
    return bool(_OF.fullmatch(bare) or _ALONE.fullmatch(bare)) or bare.strip("-—–").isdigit()
