"""Which version of its form a paper is: the template it says, an older one that is kept, or one that nobody has here.

A form of last year is read as far as its words are today's; what differs is told, so that a person looks.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.align import Pair, Plan, is_label
from gengang.findings import Finding
from gengang.form import Form
from gengang.issued import Issued
from gengang.reading import Reading
from gengang.sheet import Row, squeezed

LEAST_CHANGED = 2
_DIGITS = re.compile(r"\d+")


def issued_on(issued: Issued | None, forms: Sequence[Form]) -> tuple[Form, ...]:
    """The very template that a form was issued on, else those that its mark may name; none when it does not say."""
    if issued is None:
        return ()
    same = tuple(form for form in forms if issued.names(form.stem))
    return tuple(form for form in same if form.version == issued.version) or same


def findings_of_version(reading: Reading, forms: Sequence[Form], issued: Issued | None) -> Iterator[Finding]:
    """What is to be said of the template that a paper was read with. forms: today's before older ones of a name."""
    today = next((form.version for form in forms if form.stem == reading.form), reading.version)
    if issued is not None and issued.version != reading.version:
        message = f"这份表是按另一版模板（{issued.version}）发出的，那一版不在这里，已按现有模板读取，请核对有无漏栏。"
        yield Finding("version_unknown", message)
    elif reading.version != today:
        yield Finding(
            "older_version", f"这份表用的是较早的模板（{reading.version}），已按那一版读取。", severity="info"
        )


def printed_otherwise(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> Iterator[Finding]:
    """The finding of a paper whose printed words are not today's: another year in its title, or labels changed."""
    year = _other_numbers(plan.form.title, rows)
    changed = _changed_labels(plan, rows, pairs)
    if not year and len(changed) < LEAST_CHANGED:
        return
    title = f"标题写的是“{year}”" if year else ""
    labels = f"有{len(changed)}处栏目名称不同（如“{changed[0]}”）" if changed else ""
    told = "，".join(filter(None, (title, labels)))
    yield Finding("other_version", f"这份表与现有模板不同：{told}，可能是旧版表格；已按现有模板读取，请核对。")


def _other_numbers(title: str, rows: Sequence[Row]) -> str:
    """The title as the paper has it, where only its numbers (the year) differ from the form's."""
    bare = _DIGITS.sub("", title)
    for row in rows:
        text = squeezed(row.cells[0].text) if len(row.cells) == 1 and row.part == "body" else ""
        if text and text != title and _DIGITS.search(text) and _DIGITS.sub("", text) == bare:
            return text
    return ""


def _changed_labels(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> list[str]:
    """Words that stand where the form has other labels, in rows that are surely the form's or were found nowhere."""
    known = {label for row in plan.rows for label in row.labels if label}
    found = []
    for pair in pairs:
        labels = plan.rows[pair.pattern].labels
        texts = [squeezed(cell.text) for cell in rows[pair.row].cells]
        if len(labels) == len(texts) and rows[pair.row].table and not plan.rows[pair.pattern].row.loop:
            found += [text for label, text in zip(labels, texts, strict=True)
                      if label and text and text not in known and not is_label(text, label)]  # fmt: skip
    lost = [row for number, row in enumerate(plan.rows)
            if row.row.table and any(row.labels) and number not in {pair.pattern for pair in pairs}]  # fmt: skip
    taken = {pair.row for pair in pairs}
    strange = [text for number, row in enumerate(rows) if number not in taken and row.table and len(row.cells) > 1
               and (text := squeezed(row.cells[0].text)) and text not in known]  # fmt: skip
    return [*found, *strange[: len(lost)]]
