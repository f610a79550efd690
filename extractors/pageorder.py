"""The pages of one file or container to the filled forms on them: which pages belong together.

Pages of files that were named separately never meet here.
"""

from collections.abc import Sequence

from extractors.fields import SheetReadings, readings_of_sheet
from extractors.paper import Page, sheet_of_pages
from extractors.parts import form_on
from gengang.findings import Finding
from gengang.form import Form
from gengang.sheet import Medium


def readings_of_pages(
    pages: Sequence[Page], medium: Medium, findings: Sequence[Finding], forms: Sequence[Form]
) -> SheetReadings:
    """Different forms that follow one another are read one by one; a finding goes with the page it names."""
    found: list[SheetReadings] = []
    for number, group in enumerate(_by_form(pages, medium, forms)):
        places = {f"第{page.number}页" for page in group}
        others = {f"第{page.number}页" for page in pages} - places
        own = [f for f in findings if f.place in places or (number == 0 and f.place not in others)]
        own += _lost_pages(group)
        found.append(readings_of_sheet(sheet_of_pages(group, medium, own), forms))
    readings = tuple(reading for one in found for reading in one.readings)
    return SheetReadings(readings, tuple(finding for one in found for finding in one.findings))


def _lost_pages(group: Sequence[Page]) -> list[Finding]:
    """A page that the marks of the others miss is told at once."""
    seen = {page.mark.page for page in group if page.mark is not None} - {0}
    lost = sorted({*range(1, max(seen, default=0))} - seen)
    if not lost or len(seen) < len(group):  # a page whose mark could not be read may be the one
        return []
    message = f"缺第{'、'.join(map(str, lost))}页。请对方补齐后再交。"
    return [Finding("page_missing", message, place=f"第{group[0].number}页")]


def _by_form(pages: Sequence[Page], medium: Medium, forms: Sequence[Form]) -> list[list[Page]]:
    """Pages in order, a new group where another form begins; a page that shows none goes with those before it."""
    groups: list[list[Page]] = [[]]
    current = None
    for page in pages:
        stem = _form_shown(page, medium, forms)
        if groups[-1] and (_begins_another(page, groups[-1]) or (current is not None and stem not in (None, current))):
            groups.append([])
        groups[-1].append(page)
        current = stem or current
    return groups


def _form_shown(page: Page, medium: Medium, forms: Sequence[Form]) -> str | None:
    if page.mark is not None:
        return page.mark.issued.form
    plan = form_on(sheet_of_pages([page], medium).rows, forms)
    return None if plan is None else plan.form.stem


def _begins_another(page: Page, group: Sequence[Page]) -> bool:
    """A page that says it is somebody else's, another template's, or the first one again."""
    before = next((one.mark for one in reversed(group) if one.mark is not None), None)
    if page.mark is None or before is None:
        return False
    return page.mark.issued != before.issued or page.mark.page == 1
