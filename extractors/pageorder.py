"""The pages of one file or container to the filled forms on them: which pages belong together, and in which order.

Pages of files that were named separately never meet here. Pages stay in the order of the file as long as that makes
sense; else they are put in order by what they show, and what that leaves open is asked about.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.align import plan_of
from extractors.fields import SheetReadings, readings_of_sheet
from extractors.marksseen import with_marks_seen
from extractors.named import agreed_with_names
from extractors.paper import NEAR_BOTTOM, Page, have_same_sides, sheet_of_pages
from extractors.policy import asked_about
from extractors.sights import (
    Sight,
    began_above,
    cells_open_at_foot,
    ends_another,
    is_open,
    lists_at_foot,
    row_of_title,
    row_where_begun,
    rows_between,
    sights_of,
)
from gengang.findings import Finding, Severity
from gengang.form import Form
from gengang.issued import Issued
from gengang.labels import labels_of
from gengang.reading import FieldReading, ListReading, Reading
from gengang.sheet import Medium, Sheet, squeezed

LEAST_NOTE = 4  # characters of a note, which a form prints under its table
LEAST_VALUE = 2  # characters of a value that tells one person's pages from another's

REORDERED = "页面顺序是乱的，已按{order}排好：第 {pages} 页。"
IN_DOUBT = "页面顺序是乱的，分不清哪几页是一份，所有内容都要对照原件核对。"
SKIPPED = "第 {number} 页{what}，已略过。"
CUT = "这张列表写到页末，后面的页缺了，可能还有行，请核对。"
UNREAD = "这一栏的名称混在别的文字里，内容没有读出来，请人工查看。"
SIDES = ("", "左半", "右半")
MISSING = "缺第{pages}页。请对方补齐后再交。"


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of one form, or of several that begin in the middle of pages. sure: they belong together in this order."""

    sights: tuple[Sight, ...]
    sure: bool = True
    findings: tuple[Finding, ...] = ()

    @property
    def pages(self) -> list[Page]:
        """In order."""
        return [sight.page for sight in self.sights]


def readings_of_pages(
    pages: Sequence[Page], medium: Medium, findings: Sequence[Finding], forms: Sequence[Form]
) -> SheetReadings:
    """The forms on some pages, one after another; a finding goes with the page it names."""
    found: list[SheetReadings] = []
    groups = groups_of_pages(sights_of(pages, medium, forms))
    for number, group in enumerate(groups):
        places = {f"第{page.number}页" for page in group.pages}
        others = {f"第{page.number}页" for page in pages} - places
        own = [f for f in findings if f.place in places or (number == 0 and f.place not in others)]
        found.append(_read(group, medium, [*own, *group.findings], forms))
    readings = tuple(reading for one in found for reading in one.readings)
    return SheetReadings(readings, tuple(finding for one in found for finding in one.findings))


def _read(group: Group, medium: Medium, findings: Sequence[Finding], forms: Sequence[Form]) -> SheetReadings:
    own: Medium = "pdf" if all(page.digital for page in group.pages) else medium
    sheet = _with_cut_rows_unread(sheet_of_pages(group.pages, own, findings), group.sights)
    parts = [readings_of_sheet(part, forms) for part in _parted(sheet, group.sights)]
    found = SheetReadings(tuple(one for part in parts for one in part.readings),
                          tuple(one for part in parts for one in part.findings))  # fmt: skip
    known = {(form.stem, form.version): form for form in forms}
    readings = [agreed_with_names(one, known[one.form, one.version], group.pages) for one in found.readings]
    seen = [with_marks_seen(one, known[one.form, one.version], group.pages) for one in readings]
    sure = group.sure and not any(page.mixed for page in group.pages)
    told = [_with_cut_lists(one, group.sights) if sure else _asked(one) for one in seen]
    return replace(found, readings=tuple(_with_labels_seen(one, known[one.form, one.version], sheet) for one in told))


def _with_cut_rows_unread(sheet: Sheet, sights: Sequence[Sight]) -> Sheet:
    """The sheet; a row at the foot of a page behind which others are lost may have gone on there, empty cells too."""
    rows = list(sheet.rows)
    for sight in _before_gaps(sights):
        shown = [number for number, row in enumerate(rows)
                 if row.table and row.cells and row.cells[0].place.side == sight.page.side]  # fmt: skip
        if shown and sight.form is not None:
            row = rows[shown[-1]]
            opened = cells_open_at_foot(sight.form, row)
            cells = (replace(cell, unread=cell.unread or place in opened) for place, cell in enumerate(row.cells))
            rows[shown[-1]] = replace(row, cells=tuple(cells))
    return replace(sheet, rows=tuple(rows))


def _parted(sheet: Sheet, sights: Sequence[Sight]) -> list[Sheet]:
    """The sheet, cut where another kind of form begins on a page below the end of the one before."""
    shown = [sight for sight in sights if sight.form is not None]
    begun = [row_of_title(two.form, sheet.rows, one.page) if began_above(two, one) else row_where_begun(two, sheet.rows)
             for one, two in pairwise(shown)
             if one.form is not None and two.form is not None and one.form.stem != two.form.stem]  # fmt: skip
    edges = sorted({0, len(sheet.rows), *(row for row in begun if row is not None)})
    if len(edges) == 2:
        return [sheet]
    return [replace(sheet, rows=sheet.rows[first:last], findings=sheet.findings if first == 0 else ())
            for first, last in pairwise(edges)]  # fmt: skip


def _with_labels_seen(reading: Reading, form: Form, sheet: Sheet) -> Reading:
    """The reading; a field whose label stands in some other text is not missing: its table was not seen as one."""
    lost = [
        name for name, found in reading.fields.items() if isinstance(found, FieldReading) and found.status == "missing"
    ]
    if not lost:
        return reading
    words = plan_of(form).words
    texts = [text for row in sheet.rows for cell in row.cells if (text := squeezed(cell.text)) not in words]
    labels = labels_of(form)
    seen = {name for name in lost if len(labels[name]) > 1 and any(labels[name] in text for text in texts)}
    fields = {name: FieldReading("unread") if name in seen else found for name, found in reading.fields.items()}
    findings = [Finding("unread_field", UNREAD, one.field) if one.field in seen else one for one in reading.findings]
    return replace(reading, fields=fields, findings=tuple(findings))


def _with_cut_lists(reading: Reading, sights: Sequence[Sight]) -> Reading:
    """The reading; a list that goes down to the foot of a page behind which pages are lost may have lost rows."""
    fields = dict(reading.fields)
    findings = list(reading.findings)
    for name in {name for sight in _before_gaps(sights) for name in lists_at_foot(sight)}:
        found = fields.get(name)
        if isinstance(found, ListReading) and found.status in ("accepted", "blank"):
            fields[name] = replace(found, status="review")
            findings.append(Finding("rows_in_doubt", CUT, name))
    return replace(reading, fields=fields, findings=tuple(findings))


def _before_gaps(sights: Sequence[Sight]) -> list[Sight]:
    """The pages behind which others of the same form are lost."""
    shown = [sight for sight in sights if sight.form is not None]
    if _are_mixed(shown):
        return []
    cut = [one for one, two in pairwise(shown) if not _is_next(one, two)]
    # A page that shows no form goes on with the table of the one before it.
    last = sights[-1:] if sights and sights[-1].form is not None else ()
    return [*cut, *(sight for sight in last if not sight.complete and _reaches_foot(sight.page))]


def _reaches_foot(page: Page) -> bool:
    """Whether the last table of a page goes down to where the next page may go on with it."""
    return not page.tables or page.tables[-1].grid.rect.bottom > NEAR_BOTTOM * page.height


def _asked(reading: Reading) -> Reading:
    """The reading with nothing accepted."""
    fields: dict[str, FieldReading | ListReading] = {}
    for name, found in reading.fields.items():
        if isinstance(found, ListReading):
            rows = tuple({column: _unsure(cell) for column, cell in row.items()} for row in found.rows)
            fields[name] = ListReading("review", rows)
        else:
            fields[name] = _unsure(found)
    return replace(reading, fields=fields)


def _unsure(found: FieldReading) -> FieldReading:
    if found.status in ("blank", "missing"):
        return replace(found, status="unread")
    return asked_about(found)


# --- groups ---


def groups_of_pages(sights: Sequence[Sight]) -> list[Group]:
    """The pages in groups; blank backs, covers and pages of something else are left out and told."""
    kept, told = _of_forms(sights)
    groups = _in_file_order(_by_printed_numbers(kept))
    if not _make_sense(groups):
        groups = _put_in_order(kept)
    groups = [replace(group, findings=(*group.findings, *_lost_pages(group))) for group in groups]
    if not groups:
        return [Group(tuple(sights))] if sights else []
    return [replace(groups[0], findings=(*told, *groups[0].findings)), *groups[1:]]


def _of_forms(sights: Sequence[Sight]) -> tuple[list[Sight], list[Finding]]:
    """The pages that are part of a form, and what is said of the others.

    A cover stands before a form begins. Behind a form that is complete stands what was handed in with it.
    """
    kept: list[Sight] = []
    told: list[Finding] = []
    for number, sight in enumerate(sights):
        following = next((one for one in sights[number + 1 :] if not one.blank), None)
        done = not kept or kept[-1].complete
        opens = done and following is not None and following.begins
        if sight.blank and len(sights) > 1:
            told.append(_skipped(sight, "是空白页"))
        elif kept and _shows_its_note(kept[-1], sight):
            kept.append(sight)
        elif sight.form is None and sight.slight and opens:
            told.append(_skipped(sight, "不是表格内容，像是封面"))
        elif sight.form is None and kept and kept[-1].complete and not _goes_on(kept[-1].page, sight.page):
            told.append(_skipped(sight, "不是这张表的内容（如附件、证件复印件），没有读取", "warn"))
        else:
            kept.append(sight)
    return kept, told


def _shows_its_note(before: Sight, sight: Sight) -> bool:
    """Whether a page has nothing but words that the form before it prints: its note found no room under the table."""
    if before.form is None or sight.form is not None or not sight.slight or not sight.texts:
        return False
    lines = (line.printed for row in before.form.rows for cell in row.cells for line in cell.lines if not line.slots)
    printed = squeezed("".join(lines))
    return all(len(text) >= LEAST_NOTE and text in printed for text in sight.texts)


def _goes_on(before: Page, page: Page) -> bool:
    """Whether a table at the foot of one page may go on at the head of the next."""
    return bool(before.tables and page.tables) and have_same_sides(before, before.tables[-1], page, page.tables[0])


def _skipped(sight: Sight, what: str, severity: Severity = "info") -> Finding:
    number, half = sight.page.side
    message = SKIPPED.format(number=number, what=SIDES[half] + what)
    return Finding("page_skipped", message, severity=severity, place=f"第{number}页")


def _by_printed_numbers(sights: Sequence[Sight]) -> list[Sight]:
    """The pages in the order of printed numbers that run through the whole file."""
    numbers = [sight.number for sight in sights]
    through = sorted(numbers) == list(range(1, len(sights) + 1)) and {sight.total for sight in sights} <= {
        0,
        len(sights),
    }
    return sorted(sights, key=lambda sight: sight.number) if through else list(sights)


def _in_file_order(sights: Sequence[Sight]) -> list[Group]:
    """A new group where a form begins at the top of a page, where another is shown, or where a page cannot go on."""
    groups: list[list[Sight]] = []
    for sight in sights:
        if not groups or _begins_another(sight, groups[-1]) or not _makes_sense([*groups[-1], sight]):
            groups.append([])
        groups[-1].append(sight)
    return [_told(group) for group in groups]


def _begins_another(sight: Sight, group: Sequence[Sight]) -> bool:
    mark = next((one.page.mark for one in reversed(group) if one.page.mark is not None), None)
    if sight.page.mark is not None and mark is not None:
        return sight.page.mark.issued != mark.issued or sight.page.mark.page == 1
    shown = next((one.form for one in reversed(group) if one.form is not None), None)
    if sight.form is None:
        return shown is not None and group[-1].complete and not _reaches_foot(group[-1].page)
    if shown is None:
        return sight.begins
    if sight.form.stem != shown.stem:
        return not ends_another(sight, shown) and not began_above(sight, group[-1])
    return sight.begins and sight.number < 2 and not ends_another(sight, shown) and not _goes_on_in(sight, group)


def _goes_on_in(sight: Sight, group: Sequence[Sight]) -> bool:
    """Whether an untitled page shows what stands behind the last row before it, in a form that did not end there."""
    last = next((one for one in reversed(group) if one.foot >= 0), None)
    return last is None or (not sight.titled and (sight.head < 0 or (is_open(last) and last.foot < sight.head)))


def _told(sights: Sequence[Sight]) -> Group:
    """The group, with a finding when its pages were not in this order in the file."""
    sides = [sight.page.side for sight in sights]
    if sides == sorted(sides):
        return Group(tuple(sights))
    pages = "、".join(f"{number}{SIDES[half][:1]}" for number, half in sides)
    message = REORDERED.format(order="印着的页码" if sights[0].number else "表格内容", pages=pages)
    return Group(
        tuple(sights), True, (Finding("pages_reordered", message, severity="info", place=f"第{sides[0][0]}页"),)
    )


def _make_sense(groups: Sequence[Group]) -> bool:
    """Whether the pages may have been put together so.

    A group without its beginning may have lost it; but not where another one of its form lacks something else.
    """
    stems: dict[str, set[bool]] = defaultdict(set)
    for group in groups:
        shown = _shown(group)
        if shown and shown[0].form is not None and not _is_whole(shown):
            stems[shown[0].form.stem].add(shown[0].begins)
    return not any(len(lacking) > 1 for lacking in stems.values()) and not any(_has_strays(g, groups) for g in groups)


def _has_strays(group: Group, groups: Sequence[Group]) -> bool:
    """Whether a group may lack its end, and pages that show no form stand elsewhere as its last table would go on."""
    shown = _shown(group)
    strays = [one.pages[0] for one in groups if not _shown(one)]
    opened = bool(shown) and (not _is_whole(shown) or _reaches_foot(group.pages[-1]))
    return opened and any(_goes_on(group.pages[-1], page) for page in strays)


def _shown(group: Group) -> list[Sight]:
    return [sight for sight in group.sights if sight.form is not None]


def _is_whole(shown: Sequence[Sight]) -> bool:
    """Whether pages show a form from its beginning to its end, with no rows left out between two of them."""
    if _are_mixed(shown):
        return True
    return shown[0].begins and shown[-1].complete and all(_is_next(one, two) for one, two in pairwise(shown))


def _is_next(one: Sight, two: Sight) -> bool:
    return two.form is None or one.foot < 0 or two.head < 0 or not rows_between(two.form, one.foot, two.head)


def _makes_sense(sights: Sequence[Sight]) -> bool:
    """Whether pages may follow one another so: none shows rows, or bears a number, that belongs before the last."""
    shown = [sight for sight in sights if sight.form is not None]
    return _are_mixed(shown) or all(_may_follow(one, two) for one, two in pairwise(shown))


def _are_mixed(shown: Sequence[Sight]) -> bool:
    """Whether one form begins below the end of another on the same page; who owns what, the rows tell."""
    stems = {sight.form.stem for sight in shown if sight.form is not None}
    return len(stems) > 1 or any(sight.again or _is_tail(sight) for sight in shown[1:])


def _is_tail(sight: Sight) -> bool:
    return sight.form is not None and ends_another(sight, sight.form)


def _may_follow(one: Sight, two: Sight) -> bool:
    if one.page.mark is not None and two.page.mark is not None and one.page.mark.page and two.page.mark.page:
        return one.page.mark.page < two.page.mark.page
    if one.number and two.number:
        return one.number < two.number
    return two.head < 0 or one.foot < 0 or two.head > one.foot or (two.listed and two.head >= one.head)


def _lost_pages(group: Group) -> Iterator[Finding]:
    """A page that the marks or the printed numbers of the others miss is told at once."""
    marked = {page.mark.page for page in group.pages if page.mark is not None} - {0}
    printed = {sight.number for sight in group.sights} - {0}
    total = max((sight.total for sight in group.sights), default=0)
    seen, most = (marked, max(marked, default=0)) if marked else (printed, max(total, max(printed, default=0)))
    lost = sorted({*range(1, most + 1)} - seen)
    if lost and len(seen) == len(group.sights) and (marked or len(seen) + len(lost) == most):
        message = MISSING.format(pages="、".join(map(str, lost)))
        yield Finding("page_missing", message, place=f"第{group.pages[0].number}页")


# --- pages out of order ---


def _put_in_order(sights: Sequence[Sight]) -> list[Group]:
    """Pages by form and by whose their marks say they are; else by the values that people's pages have in common."""
    stems: dict[tuple[str, Issued | None], list[Sight]] = defaultdict(list)
    last = ""
    for sight in sights:
        last = sight.form.stem if sight.form is not None else last
        stems[last, sight.page.mark.issued if sight.page.mark is not None else None].append(sight)
    groups = [group for some in stems.values() for group in _of_one_form(some)]
    groups = [_doubtful(group.sights) if _has_strays(group, groups) else group for group in groups]
    return sorted(groups, key=lambda group: min(page.side for page in group.pages))


def _of_one_form(sights: Sequence[Sight]) -> list[Group]:
    starts = [sight for sight in sights if sight.begins]
    if len(starts) < 2:
        return [_in_order(sights)]
    people: dict[tuple[int, int], list[Sight]] = {start.page.side: [start] for start in starts}
    open_pages: list[Sight] = []
    for sight in (one for one in sights if not one.begins):
        owner = _owner(sight, starts)
        if owner is None:
            open_pages.append(sight)
        else:
            people[owner.page.side].append(sight)
    if open_pages:
        return [_doubtful(sights)]
    return [_in_order(own) for own in people.values()]


def _owner(sight: Sight, starts: Sequence[Sight]) -> Sight | None:
    """The one beginning with whose page this one shares what the others do not have."""
    marked = [start for start in starts if sight.page.mark is not None and start.page.mark is not None
              and start.page.mark.issued == sight.page.mark.issued]  # fmt: skip
    if len(marked) == 1:
        return marked[0]
    printed = frozenset[str]() if sight.form is None else plan_of(sight.form).words
    counts = Counter(text for start in starts for text in start.texts - printed)
    own = [start for start in starts
           if any(counts[text] == 1 and len(text) >= LEAST_VALUE for text in start.texts & sight.texts)]  # fmt: skip
    return own[0] if len(own) == 1 else None


def _in_order(sights: Sequence[Sight]) -> Group:
    """The pages of one form by marks, printed numbers, or the rows they show; in doubt where two claim one place."""
    places = [_place(sight) for sight in sights]
    known = [place for place in places if place is not None]
    kinds = {place[0] for place in known}
    if len(known) < len(sights) or len(kinds) != 1 or len({*known}) < len(known):
        return _doubtful(sights)
    return _told(sorted(sights, key=lambda sight: _place(sight) or (0, 0)))


def _place(sight: Sight) -> tuple[int, int] | None:
    """By what a page's place is told, and the place."""
    if sight.page.mark is not None and sight.page.mark.page:
        return 0, sight.page.mark.page
    if sight.number:
        return 1, sight.number
    return (2, sight.first) if sight.first >= 0 else None


def _doubtful(sights: Sequence[Sight]) -> Group:
    ordered = sorted(sights, key=lambda sight: sight.page.side)
    place = f"第{ordered[0].page.number}页"
    return Group(tuple(ordered), False, (Finding("page_order", IN_DOUBT, place=place),))
