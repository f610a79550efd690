"""A sheet and the known forms to readings: which form it is, where each field stands, what each field says.

Every reader of every medium ends here. Nothing that stands on the paper is dropped silently: what no pattern explains
is listed, and a field beside it is never called blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.align import Pair, Plan, aligned, paired_cells, plan_of
from extractors.cells import CellText, texts_of_cell
from extractors.policy import Evidence, field_reading
from gengang.codecs import parse
from gengang.findings import Finding
from gengang.form import Form, PatternCell, Slot
from gengang.reading import FieldReading, ListReading, Reading
from gengang.sheet import Cell, Medium, Row, Sheet, squeezed

_KNOWN_SHARE = 0.5  # share of a form's printed words that a paper must show to be that form
_TITLE_BONUS = 0.35


@dataclass(frozen=True, slots=True)
class SheetReadings:
    """What a sheet gave: a reading for each filled form, and findings about the sheet itself."""

    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()


def readings_of_sheet(sheet: Sheet, forms: Sequence[Form]) -> SheetReadings:
    """Read every form on the sheet. A paper that is no known form gives no reading and the finding `unknown_form`."""
    plan = form_on(sheet.rows, forms)
    if plan is None:
        message = "这份材料不是已知的表格，未读取；请核对是否交错，或先登记这种表格的模板。"
        return SheetReadings((), (*sheet.findings, Finding("unknown_form", message)))
    parts = _parts_by_form(plan, sheet.rows)
    readings = tuple(_reading(plan, rows, sheet.medium) for rows in parts)
    return SheetReadings(tuple(replace(r, findings=(*sheet.findings, *r.findings)) for r in readings))


# --- which form ---


def form_on(rows: Sequence[Row], forms: Sequence[Form]) -> Plan | None:
    """The form whose printed words the rows show best; None when none is shown by half."""
    words = _words(rows)
    lines = [squeezed(row.cells[0].text) for row in rows if len(row.cells) == 1]
    text = "\n".join(words)
    scored = [(_shown(plan_of(form), words, text, lines), form.stem, plan_of(form)) for form in forms]
    best = max(scored, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] >= _KNOWN_SHARE else None


def _words(rows: Sequence[Row]) -> set[str]:
    words: set[str] = set()
    for row in rows:
        for cell in row.cells:
            text = squeezed(cell.text)
            words.add(text)
            words.add(text.partition(":")[0])
    return words


def _shown(plan: Plan, words: set[str], text: str, lines: Sequence[str]) -> float:
    """Share of the form's printed words that the rows show; one inside a longer text counts half."""
    whole = plan.words & words
    inside = sum(word in text for word in plan.words - whole)
    share = (len(whole) + 0.5 * inside) / max(len(plan.words), 1)
    title = plan.form.title
    return share + (_TITLE_BONUS if any(title in line for line in lines[:6]) else 0.0)


def _parts_by_form(plan: Plan, rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Several people's forms one after another: a new one starts where the title stands again."""
    title = plan.form.title
    heads = {label for row in plan.rows for label in row.labels if label}
    starts = [number for number, row in enumerate(rows)
              if row.part == "body" and len(row.cells) == 1 and squeezed(row.cells[0].text) == title]  # fmt: skip
    bounds = [0, *starts[1:], len(rows)]
    parts = [rows[first:last] for first, last in pairwise(bounds)]
    return _joined_repeats(parts, heads)


def _joined_repeats(parts: list[Sequence[Row]], heads: set[str]) -> list[Sequence[Row]]:
    """A title that a page repeats over the rest of one table starts no new form."""
    joined: list[Sequence[Row]] = []
    for part in parts:
        shown = sum(squeezed(cell.text) in heads for row in part for cell in row.cells)
        if joined and shown * 2 < len(heads):
            joined[-1] = [*joined[-1], *part]
        else:
            joined.append(part)
    return joined


# --- one form ---


@dataclass(slots=True)
class _Found:
    """Fields as they are met. A name used twice is one field: readings that differ go to a person."""

    fields: dict[str, FieldReading]
    rows: dict[str, list[Mapping[str, FieldReading]]]
    findings: list[Finding]


def _reading(plan: Plan, rows: Sequence[Row], medium: Medium) -> Reading:
    rows = _without_repeated_heads(plan, rows)
    pairs = aligned(plan, rows)
    found = _Found({}, {name: [] for name in plan.form.lists()}, [])
    stray = _stray_rows(plan, rows, pairs)
    for number, pair in enumerate(pairs):
        beside = bool(stray) and _next_is_stray(pairs, number, stray, len(rows))
        _read_row(plan, rows[pair.row], pair, medium, beside, found)
    found.findings += [_unread_finding(rows[number]) for number in stray]
    fields = _all_fields(plan.form, found, bool(stray))
    findings = [*found.findings, *_findings_of_fields(plan.form, fields)]
    if all(_is_empty(reading) for reading in fields.values()):
        findings.append(Finding("blank_form", "这份表还没有填写，请填好后再交。"))
    return Reading(plan.form.stem, plan.form.version, fields, _pages(rows), findings=tuple(findings))


def _is_empty(reading: FieldReading | ListReading) -> bool:
    if isinstance(reading, ListReading):
        return reading.status == "blank"
    return reading.status == "blank"


def _pages(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sorted({cell.place.page for row in rows for cell in row.cells if cell.place.page is not None}))


def _without_repeated_heads(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """A table that runs over pages prints its head row again on each."""
    heads = {row.labels for row in plan.rows if not row.row.slots and len(row.labels) > 1}
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in rows:
        texts = tuple(squeezed(cell.text) for cell in row.cells)
        if texts in heads and texts in seen:
            continue
        seen.add(texts)
        kept.append(row)
    return kept


def _stray_rows(plan: Plan, rows: Sequence[Row], pairs: Sequence[Pair]) -> set[int]:
    """Rows with content that no pattern row explains. A footer that each page repeats is known."""
    paired = {pair.row for pair in pairs}
    printed = {_without_digits(text) for row in plan.rows for text in (*row.labels, *("".join(m) for m in row.mixed))}
    stray = set()
    for number, row in enumerate(rows):
        text = "".join(squeezed(cell.text) for cell in row.cells)
        inked = any(cell.unread for cell in row.cells)
        if number not in paired and (inked or (text and _without_digits(text) not in printed)):
            stray.add(number)
    return stray


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())


def _next_is_stray(pairs: Sequence[Pair], number: int, stray: set[int], count: int) -> bool:
    following = pairs[number + 1].row if number + 1 < len(pairs) else count
    return any(index in stray for index in range(pairs[number].row + 1, following))


def _unread_finding(row: Row) -> Finding:
    text = " ".join(cell.text.strip() for cell in row.cells if cell.text.strip())
    place = next((cell.place.cell for cell in row.cells if cell.place.cell), "") or ""
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    return Finding("unread_content", f"表里有一处内容不在已知栏目中：“{shown}”，请人工查看。", place=place)


# --- one row ---


def _read_row(plan: Plan, row: Row, pair: Pair, medium: Medium, beside: bool, found: _Found) -> None:
    row_plan = plan.rows[pair.pattern]
    cells = paired_cells(row_plan, row)
    taken = {id(cell) for _, cell in cells}
    labels = {label for label in row_plan.labels if label}
    extra = [cell for cell in row.cells if id(cell) not in taken and squeezed(cell.text) not in labels
             and (squeezed(cell.text) or cell.unread)]  # fmt: skip
    typed = {id(cell): rest for cell, rest in _typed_in_labels(cells, row, extra, labels)}
    extra = [cell for cell in extra if id(cell) not in typed]
    found.findings += [_unread_finding(Row((cell,), row.table)) for cell in extra]
    readings = dict(_read_cells(cells, typed, medium, beside or bool(extra)))
    if row_plan.row.loop:
        _add_list_row(row_plan.row.loop, {slot.name: reading for slot, reading in readings.items()}, found)
    else:
        for slot, reading in readings.items():
            _add_field(slot.name, reading, found)


def _typed_in_labels(
    cells: Sequence[tuple[PatternCell, Cell | None]], row: Row, extra: Sequence[Cell], labels: set[str]
) -> Iterator[tuple[Cell, str]]:
    """`姓名：张三` in the label's own cell, while the cell for the value beside it is empty."""
    for label_cell in extra:
        head, colon, rest = label_cell.text.replace("：", ":").partition(":")
        if not colon or squeezed(head) not in labels or not rest.strip():
            continue
        index = next(n for n, cell in enumerate(row.cells) if cell is label_cell)
        follower = row.cells[index + 1] if index + 1 < len(row.cells) else None
        if follower is not None and not squeezed(follower.text) and any(cell is follower for _, cell in cells):
            yield label_cell, ""
            yield follower, rest.strip()


def _read_cells(
    cells: Sequence[tuple[PatternCell, Cell | None]], typed: Mapping[int, str], medium: Medium, beside: bool
) -> Iterator[tuple[Slot, FieldReading]]:
    for pattern, cell in cells:
        if cell is None:
            yield from ((slot, FieldReading("missing")) for slot in pattern.slots)
            continue
        for slot, text in texts_of_cell(pattern, cell, medium, typed.get(id(cell))):
            yield slot, _reading_of_text(slot, text, cell, medium, beside)


def _reading_of_text(slot: Slot, text: CellText, cell: Cell, medium: Medium, beside: bool) -> FieldReading:
    if slot.type.codec == "picture":
        state = "accepted" if cell.pictures else "blank"
        return FieldReading("accepted" if cell.pictures else "blank", "present" if cell.pictures else None,
                            "", 0.99 if state == "accepted" else None, cell.place)  # fmt: skip
    parsed = parse(slot.type.codec, text.text, slot.type.options)
    evidence = Evidence(medium, text.sure, text.confidence, text.agreed, cell.unread)
    reading = field_reading(slot.type, text.text, parsed, evidence, cell.place)
    if beside and reading.status == "blank":
        return replace(reading, status="unread")
    return reading


def _add_field(name: str, reading: FieldReading, found: _Found) -> None:
    first = found.fields.get(name)
    if first is None or first.status in ("blank", "missing"):
        found.fields[name] = reading
    elif reading.status not in ("blank", "missing") and reading.value != first.value:
        found.fields[name] = replace(first, status="review", confidence=0.5)
        found.findings.append(Finding("two_values", "同一栏目在表里出现两次，填的不一样，请核对。", name))


def _add_list_row(name: str, row: Mapping[str, FieldReading], found: _Found) -> None:
    if any(reading.status not in ("blank", "missing") for reading in row.values()):
        found.rows[name].append(row)


# --- the whole form ---


def _all_fields(form: Form, found: _Found, stray: bool) -> dict[str, FieldReading | ListReading]:
    """Every field of the form, in its order; one that no place was found for is missing, or unread beside stray ink."""
    absent = FieldReading("unread" if stray else "missing")
    fields: dict[str, FieldReading | ListReading] = {}
    for slot in form.slots():
        if slot.loop:
            fields.setdefault(slot.loop, _list_reading(found.rows.get(slot.loop, []), stray))
        else:
            reading = found.fields.get(slot.name, absent)
            fields[slot.name] = replace(reading, status="unread") if stray and reading.status == "missing" else reading
    return fields


def _list_reading(rows: Sequence[Mapping[str, FieldReading]], stray: bool) -> ListReading:
    if stray:
        return ListReading("review", tuple(rows))
    waiting = any(cell.status in ("review", "unread", "missing") for row in rows for cell in row.values())
    if not rows:
        return ListReading("blank")
    return ListReading("review" if waiting else "accepted", tuple(rows))


def _findings_of_fields(form: Form, fields: Mapping[str, FieldReading | ListReading]) -> list[Finding]:
    """One sentence for each value that waits for a person, saying why."""
    findings: list[Finding] = []
    types, lists = form.fields(), form.lists()
    for name, reading in fields.items():
        if isinstance(reading, FieldReading):
            findings += _why(name, reading, types[name].codec, types[name].options)
            continue
        for number, row in enumerate(reading.rows, 1):
            for column, cell in row.items():
                kind = lists[name][column]
                findings += _why(f"{name}[{number}].{column}", cell, kind.codec, kind.options)
    return findings


def _why(path: str, reading: FieldReading, codec: str, options: tuple[str, ...]) -> list[Finding]:
    if reading.status == "unread":
        return [Finding("unread_field", "这一栏有内容但没有读出来，请人工查看。", path)]
    if reading.status == "missing":
        return [Finding("missing_field", "表里找不到这一栏（可能被删掉或缺页），请人工查看。", path)]
    if reading.status != "review":
        return []
    parsed = parse(codec, reading.raw, options)
    if parsed.state == "doubt":
        return [Finding(parsed.code, parsed.note, path)]
    return [Finding("needs_eyes", "这一栏读得不够有把握，请对照原件核对。", path)]
