"""A sheet and the known forms to readings: which form it is, where each field stands, what each field says.

Every reader of every medium ends here. Nothing that stands on the paper is dropped silently: what no pattern explains
is listed, and a field beside it is never called blank.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.align import Pair, Plan, RowPlan, aligned
from extractors.asread import as_read
from extractors.beside import CellPair, RowCells, cells_of_row
from extractors.blanks import with_blanks_told
from extractors.cells import NUMBERS, CellText, texts_of_cell
from extractors.crosschecks import crosschecked
from extractors.nearby import (
    Beside,
    could_be,
    floats_over,
    has_more,
    is_total,
    said_by_heads,
    shows_more,
)
from extractors.pagebreaks import with_cut_rows_joined
from extractors.parted import leads_behind, parted_at_labels
from extractors.parts import KNOWN_SHARE, parts_of, without_repeated_heads
from extractors.policy import DIGITAL, WRAP_IN_DOUBT, Evidence, agree, asked_about, field_reading
from extractors.respelled import as_printed
from extractors.signs import IN_DOUBT, SURE_OF_SIGN, as_option, takes_sign
from extractors.strays import may_be_another, out_of_order, rows_may_be_lost, stray_rows, strays_behind
from extractors.versions import findings_of_version, issued_on, printed_otherwise
from gengang.codecs import CODECS, is_ditto, parse
from gengang.findings import STRUCK_OUT, Finding
from gengang.form import FieldType, Form, PatternRow, Slot
from gengang.issued import Issued
from gengang.reading import FieldReading, ListReading, Reading, Status
from gengang.sheet import Cell, Medium, Place, Row, Sheet, squeezed

LONGEST_VALUE = 60  # characters of a closed one
_MARKED_SHARE = 0.1  # share of its form's printed words that a page with a mark must show


_PRINTED_BLANK = re.compile(r"[\s_＿年月日至□]*")
_STROKE = re.compile("[_＿—–－~一-]")
_CLOSING = frozenset({"以下空白", "以下无", "以下无内容", "以下无正文", "以下为空"})
_NO_WORD = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class SheetReadings:
    """What a sheet gave: a reading for each filled form, and findings about the sheet itself."""

    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()


def readings_of_sheet(sheet: Sheet, forms: Sequence[Form]) -> SheetReadings:
    """Read every form on the sheet. A paper that is no known form gives no reading and the finding `unknown_form`.

    forms: today's templates before older ones of the same name. A form that says on which template it was issued is
    read with that one; what it says of its person is passed on when it is the only form on the sheet.
    """
    # A page's mark is part of the paper; what is hidden in a Word file stays there when all else is replaced.
    least = KNOWN_SHARE if sheet.medium == "word" else _MARKED_SHARE
    parts = parts_of(sheet.rows, issued_on(sheet.issued, forms), least) or parts_of(sheet.rows, forms)
    if not parts:
        message = "这份材料不是已知的表格，未读取；请核对是否交错，或先登记这种表格的模板。"
        return SheetReadings((), (*sheet.findings, Finding("unknown_form", message)))
    issued = _issued_as(sheet.issued, parts[0][0].form) if len(parts) == 1 else None
    read = ((plan.form, _reading(plan, rows, sheet.medium)) for plan, rows in parts)
    readings = tuple(crosschecked(form, reading, sheet.medium) for form, reading in read)
    return SheetReadings(
        tuple(
            replace(one, findings=(*sheet.findings, *findings_of_version(one, forms, issued), *one.findings),
                    issued=issued)
            for one in readings
        )
    )  # fmt: skip


def _issued_as(issued: Issued | None, form: Form) -> Issued | None:
    """What a paper says of its issue, with its template called as it is here; None where it names another."""
    return replace(issued, form=form.stem) if issued is not None and issued.names(form.stem) else None


# --- one form ---


@dataclass(slots=True)
class _Found:
    """Fields as they are met. A name used twice is one field: readings that differ go to a person."""

    medium: Medium
    fields: dict[str, FieldReading]
    rows: dict[str, list[Mapping[str, FieldReading]]]
    findings: list[Finding]
    doubtful: set[str] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    extra: bool = False


def _reading(plan: Plan, rows: Sequence[Row], medium: Medium) -> Reading:
    whole = as_printed(plan.form, with_cut_rows_joined(plan, without_repeated_heads(plan, rows)))
    parts = parted_at_labels(plan, whole)
    rows = as_printed(plan.form, parts) if len(parts) > len(whole) else whole
    pairs = aligned(plan, rows)
    rows = with_blanks_told(plan, rows, pairs, medium)
    found = _Found(medium, {}, {name: [] for name in plan.form.lists()}, [])
    stray = stray_rows(plan, rows, pairs)
    for pair in pairs:
        leads = leads_behind(plan, rows, pairs, pair)
        _read_row(plan, rows, pair, pairs, (*strays_behind(pairs, pair.row, stray, rows), *leads), found)
        found.findings += map(_unread_finding, leads)
    found.findings += [_unread_finding(rows[number]) for number in sorted(stray)]
    found.doubtful |= {name for name in found.rows if rows_may_be_lost(plan, rows, pairs, name, stray)}
    moved = {plan.rows[pair.pattern].row.table for pair in out_of_order(plan, pairs)}
    found.doubtful |= {row.row.loop for row in plan.rows if row.row.loop and row.row.table in moved}
    hidden = may_be_another(plan, rows, pairs)
    # What such a row hides may be a row that seems to be missing, and one without words a row of any list.
    lost = bool(stray) or found.extra or bool(moved) or bool(hidden)
    if any(not row.weight for row in hidden):
        found.doubtful |= {name for name, read in found.rows.items() if not read}
    fields = _all_fields(plan.form, found, lost, _shown_lists(plan, pairs))
    loose = [cell.place for number in stray for cell in rows[number].cells if cell.place.box is not None]
    fields = {name: _unread_beside(reading, loose) for name, reading in fields.items()}
    fields |= _beside_loose_words(plan.form, fields, [rows[number] for number in stray])
    if floats_over(plan.form, rows):
        fields |= {name: FieldReading("review", "present", "", 0.5) for name, kind in plan.form.fields().items()
                   if kind.codec == "picture" and _is_empty(fields[name])}  # fmt: skip
    other = printed_otherwise(plan, rows, pairs) if medium in DIGITAL else ()
    findings = [*other, *found.findings, *_findings_of_fields(plan.form, fields, found)]
    if all(_is_empty(reading) for reading in fields.values()):
        findings.append(Finding("blank_form", "这份表还没有填写，请填好后再交。"))
    return Reading(plan.form.stem, plan.form.version, fields, _pages(rows), findings=tuple(findings))


def _unread_beside(reading: FieldReading | ListReading, loose: Sequence[Place]) -> FieldReading | ListReading:
    """On a page whose border was not found text stands beside the table, at the height of the cell it belongs to."""
    if isinstance(reading, FieldReading):
        beside = reading.status == "blank" and any(_is_level(place, reading.place) for place in loose)
        return replace(reading, status="unread") if beside else reading
    rows = tuple(dict(_unread_cells(row, loose)) for row in reading.rows)
    return replace(reading, rows=rows, status="review") if rows != tuple(map(dict, reading.rows)) else reading


def _unread_cells(row: Mapping[str, FieldReading], loose: Sequence[Place]) -> Iterator[tuple[str, FieldReading]]:
    for name, cell in row.items():
        beside = cell.status == "blank" and any(_is_level(place, cell.place) for place in loose)
        yield name, replace(cell, status="unread") if beside else cell


def _is_level(loose: Place, place: Place | None) -> bool:
    """Whether something stands at the height of a cell on its page, its middle between the cell's edges."""
    if place is None or place.box is None or loose.box is None or place.side != loose.side:
        return False
    return place.box[1] < (loose.box[1] + loose.box[3]) / 2 < place.box[3]


def _beside_loose_words(
    form: Form, fields: Mapping[str, FieldReading | ListReading], stray: Sequence[Row]
) -> dict[str, FieldReading | ListReading]:
    """Fields whose place looks empty and whose value may be in a text box, or in a line over or under the pages."""
    boxes = [cell.text for row in stray if row.part == "box" for cell in row.cells]
    heads = [cell.text for row in stray if row.part in ("header", "footer") for cell in row.cells]
    if not boxes and not heads:
        return {}
    lists = {name: _unread_if_blank(fields[name]) for name in form.lists() if boxes}
    return lists | {name: _unread_if_blank(fields[name]) for name, kind in form.fields().items()
                    if any(could_be(kind, text) for text in boxes)
                    or any(said_by_heads(kind, text) for text in heads)}  # fmt: skip


def _unread_if_blank(reading: FieldReading | ListReading) -> FieldReading | ListReading:
    """A text box floats: what stands in it may lie over any place that looks empty."""
    return replace(reading, status="unread") if reading.status == "blank" else reading


def _shown_lists(plan: Plan, pairs: Sequence[Pair]) -> set[str]:
    """Lists whose rows or column names are on the paper."""
    found = {pair.pattern for pair in pairs}
    return {row.row.loop for number, row in enumerate(plan.rows)
            if row.row.loop and (number in found or not row.heads or found & {*row.heads})}  # fmt: skip


def _is_empty(reading: FieldReading | ListReading) -> bool:
    return reading.status == "blank"


def _pages(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sorted({cell.place.page for row in rows for cell in row.cells if cell.place.page is not None}))


def _unseen_finding(row: Row) -> Finding:
    words = next((squeezed(cell.text) for cell in row.cells if squeezed(cell.text)), "")[:20]
    place = next((cell.place.cell for cell in row.cells if cell.place.cell), "") or ""
    message = f"“{words}”这一行有图片、图形、脚注或嵌入的内容没有读，请人工查看。"
    return Finding("unread_content", message, place=place)


def _total_finding(row: Row) -> Finding:
    text = " ".join(cell.text.strip() for cell in row.cells if cell.text.strip())
    message = f"列表里的“{text[:20]}”是合计行，没有作为一条记录读取。"
    return Finding("total_row", message, severity="info", place=row.cells[0].place.cell or "")


def _unread_finding(row: Row) -> Finding:
    text = " ".join(cell.text.strip() for cell in row.cells if cell.text.strip())
    place = next((cell.place.cell for cell in row.cells if cell.place.cell), "") or ""
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    return Finding("unread_content", f"表里有一处内容不在已知栏目中：“{shown}”，请人工查看。", place=place)


# --- one row ---


def _read_row(
    plan: Plan, rows: Sequence[Row], pair: Pair, pairs: Sequence[Pair], behind: Sequence[Row], found: _Found
) -> None:
    row_plan, row = plan.rows[pair.pattern], rows[pair.row]
    heads = [(plan.rows[head], _paired_with(head, pairs, rows)) for head in row_plan.heads]
    cells = cells_of_row(row_plan, row, heads)
    found.findings += [_unread_finding(Row((cell,), row.table)) for cell in cells.extra]
    found.extra |= bool(cells.extra)
    found.struck |= {one.cell.place for one in cells.pairs if one.cell is not None and one.cell.struck}
    # On a picture a shadow or a bent line may part a cell, and its value is what stands in both.
    sure = pair.sure and not (cells.extra and found.medium not in DIGITAL)
    word = found.medium == "word"  # elsewhere the view itself tells what is drawn
    more = word and has_more(row_plan.row, row, [one.cell for one in cells.pairs if one.cell is not None])
    readings = [*_read_cells(cells, sure, found.medium, Beside(row, behind, more))]
    if more or (word and any(one.cell is not None and shows_more(one.pattern, one.cell) for one in cells.pairs)):
        found.findings.append(_unseen_finding(row))
    if not row.table and not row_plan.row.table:
        more_texts = [one.cells[0].text for one in behind if not one.table]
        readings = _with_paragraphs(row_plan.row, readings, more_texts, _runs_over(row))
    if row_plan.row.loop:
        if _closes_list(row) or _repeats_heads(plan, row_plan, row):
            return
        if is_total(row):
            found.findings.append(_total_finding(row))
            return
        if not pair.sure or any(cell.cell is None for cell in cells.pairs):
            found.doubtful.add(row_plan.row.loop)
        _add_list_row(row_plan.row.loop, readings, found)
    else:
        for slot, reading in readings:
            _add_to(found.fields, slot.name, reading, found)


def _with_paragraphs(
    pattern: PatternRow, readings: list[tuple[Slot, FieldReading]], more: Sequence[str], over: bool
) -> list[tuple[Slot, FieldReading]]:
    """A text that ends its line outside tables may go on in the paragraphs below; whether it does, a person says.

    over: the page may have broken the line, so that a text of one line may go on too. A closed one goes on where the
    words below make another value of it.
    """
    last = pattern.cells[0].lines[-1].pieces[-1] if pattern.cells[0].lines and pattern.cells[0].lines[-1].pieces else ""
    slot, found = readings[-1] if readings else (None, None)
    if not more or slot is None or slot != last or found is None:
        return readings
    if CODECS[slot.type.codec].closed:
        whole = _gone_on(slot, found, more[0])
        return readings if whole is None else [*readings[:-1], (slot, whole)]
    if found.value is None:
        return readings
    if slot.type.codec != "prose" and not (over and slot.type.codec == "text"):
        return readings
    raw = "\n".join((found.raw, *more))
    value = parse(slot.type.codec, raw).value
    return [*readings[:-1], (slot, replace(found, status="review", value=value, raw=raw, confidence=0.5))]


def _gone_on(slot: Slot, found: FieldReading, below: str) -> FieldReading | None:
    """What a closed text and the words below it may be together, for a person to say; None where they are nothing."""
    texts = (found.raw + below[:kept] for kept in range(min(len(below), LONGEST_VALUE), 0, -1))
    read = ((text, parse(slot.type.codec, text, slot.type.options)) for text in texts if found.raw)
    whole = next(((text, one) for text, one in read if one.state == "value" and one.value != found.value), None)
    if whole is None:
        return None
    return replace(found, status="review", value=whole[1].value, raw=whole[0], confidence=0.5)


def _runs_over(row: Row) -> bool:
    """Whether a page may have broken the last line of the row."""
    line = row.cells[-1].lines[-1] if row.cells and row.cells[-1].lines else None
    return line is not None and (line.text.endswith(WRAP_IN_DOUBT) or line.end in ("on", "full"))


def _repeats_heads(plan: Plan, row_plan: RowPlan, row: Row) -> bool:
    """The column names once more are no record."""
    texts = tuple(squeezed(cell.text) for cell in row.cells)
    return any(texts) and any(plan.rows[head].labels == texts for head in row_plan.heads)


def _closes_list(row: Row) -> bool:
    """以下空白 says that no row follows, and is none itself."""
    texts = {_NO_WORD.sub("", cell.text) for cell in row.cells} - {""}
    return bool(texts) and texts <= _CLOSING


def _paired_with(pattern: int, pairs: Sequence[Pair], rows: Sequence[Row]) -> Row | None:
    return next((rows[pair.row] for pair in pairs if pair.pattern == pattern), None)


def _read_cells(cells: RowCells, sure: bool, medium: Medium, beside: Beside) -> Iterator[tuple[Slot, FieldReading]]:
    for pair in cells.pairs:
        if pair.cell is None:
            # A row that may be another one says nothing of what is missing: its own may stand elsewhere.
            lost = FieldReading("missing" if sure and not cells.extra else "unread")
            yield from ((slot, lost) for slot in pair.pattern.slots)
            continue
        for slot, text in texts_of_cell(pair.pattern, pair.cell, medium, pair.typed):
            certain = text if sure and pair.sure else replace(text, sure=False)
            pictures = pair.cell.pictures - pair.pattern.pictures
            if slot.type.codec == "picture":
                # On a page a photo is ink, which at times reads as a word; whether it is one, a person sees.
                more = squeezed(pair.cell.text) not in ("", squeezed(pair.pattern.printed))
                inked = (pair.cell.unread or pair.cell.pale or more) and pictures <= 0
                yield slot, _reading_of_picture(pair.cell, pictures > 0 or inked, certain.sure and not inked)
            else:
                reading = _reading_of_text(slot, certain, pair, pair.cell, medium)
                hidden = reading.status == "blank" and beside.hides(slot.type, pair.pattern, pair.cell, cells.extra)
                yield slot, _hidden_reading(slot, reading, pair, beside, medium) if hidden else reading


def _hidden_reading(
    slot: Slot, blank: FieldReading, pair: CellPair, beside: Beside, medium: Medium
) -> FieldReading:  # fmt: skip
    """An empty place whose value stands close by: what stands in the one cell below it is proposed."""
    below = (
        beside.below(slot.type, pair.cell)
        if _stands_alone(pair) and pair.cell is not None and medium == "word"
        else None
    )
    if below is None:
        return replace(blank, status="unread")
    parsed = parse(slot.type.codec, below.text, slot.type.options)
    return field_reading(slot.type, below.text, parsed, Evidence(medium, sure_place=False), below.place)


def _reading_of_text(slot: Slot, text: CellText, pair: CellPair, cell: Cell, medium: Medium) -> FieldReading:
    text, cell = _by_sign(slot, text, pair, cell)
    text = _by_either(slot, text)
    said = text.text if text.confidence is None else as_read(slot.type.codec, text.text)
    parsed = parse(slot.type.codec, said, slot.type.options)
    doubtful = cell.unread or cell.doubts > pair.pattern.doubts or _may_be_one(slot, text, pair)
    agreed = agree(slot.type, parsed, text.second)
    evidence = Evidence(medium, text.sure, text.confidence, agreed, doubtful)
    return field_reading(slot.type, text.text, parsed, evidence, cell.place)


def _by_either(slot: Slot, text: CellText) -> CellText:
    """A text of which one recogniser saw nothing, as the other has it: for a person, since they do not agree."""
    if text.second is None or parse(slot.type.codec, text.text, slot.type.options).state != "blank":
        return text
    other = parse(slot.type.codec, as_read(slot.type.codec, text.second), slot.type.options)
    return text if other.state == "blank" else replace(text, text=text.second, second=text.text)


def _stands_alone(pair: CellPair) -> bool:
    """Whether its cell prints nothing beside this one field."""
    return len(pair.pattern.slots) == 1 and not squeezed(pair.pattern.printed)


def _may_be_one(slot: Slot, text: CellText, pair: CellPair) -> bool:
    """Whether a lone stroke was recognised where a number stands by itself: a dash, a ruling, or 一."""
    number = slot.type.codec in NUMBERS and text.confidence is not None
    return _stands_alone(pair) and number and _STROKE.fullmatch(text.text.strip()) is not None


def _by_sign(slot: Slot, text: CellText, pair: CellPair, cell: Cell) -> tuple[CellText, Cell]:
    """A field of marks by the shape of the one in its cell, unless it was surely read as another of them.

    One in doubt is for a person to see.
    """
    if not cell.sign or not _stands_alone(pair) or not takes_sign(slot.type):
        return text, cell
    doubt = cell.sign.endswith(IN_DOUBT)
    sign = as_option(slot.type, cell.sign.removesuffix(IN_DOUBT))
    if not sign:
        return text, replace(cell, unread=cell.unread or doubt)
    read = parse(slot.type.codec, text.text, slot.type.options)
    sure = text.sure and (read.state != "value" or read.value == sign)
    return CellText(sign, sure, SURE_OF_SIGN, sign), replace(cell, unread=doubt, struck=False)


def _reading_of_picture(cell: Cell, present: bool, sure: bool) -> FieldReading:
    if not present:
        return FieldReading("blank", place=cell.place)
    status: Status = "accepted" if sure else "review"
    return FieldReading(status, "present", "", 0.99 if sure else 0.5, cell.place)


def _add_to(held: dict[str, FieldReading], name: str, reading: FieldReading, found: _Found) -> None:
    """A field may stand twice: what was filled counts, and two different values are a person's to choose from."""
    first = held.get(name)
    if first is None or first.status in ("blank", "missing"):
        held[name] = reading
    elif reading.status not in ("blank", "missing") and reading.value != first.value:
        held[name] = replace(first, status="review", confidence=0.5)
        found.findings.append(Finding("two_values", "同一栏目在表里出现两次，填的不一样，请核对。", name))


def _add_list_row(name: str, readings: Sequence[tuple[Slot, FieldReading]], found: _Found) -> None:
    """Rows that nobody filled are left out, also where it is not sure which cell would be which.

    A row without a place for one of the columns may be of another table with the same words above it: nothing is sure.
    """
    if any(_is_filled(reading) for _, reading in readings):
        row: dict[str, FieldReading] = {}
        for slot, reading in readings:
            _add_to(row, slot.name, reading, found)
        above = found.rows[name][-1] if found.rows[name] else {}
        lost = {column: replace(cell, status="unread") for column, cell in row.items() if cell.status == "missing"}
        if lost:
            row = {column: asked_about(cell) for column, cell in row.items()}
        same = {column: replace(cell, value=above[column].value) for column, cell in row.items()
                if cell.value is None and is_ditto(cell.raw) and column in above}  # fmt: skip
        found.rows[name].append({**row, **lost, **same})


def _is_filled(reading: FieldReading) -> bool:
    if reading.status == "review":
        return reading.value is not None or not _PRINTED_BLANK.fullmatch(reading.raw)
    return reading.status in ("accepted", "unread")


# --- the whole form ---


def _all_fields(form: Form, found: _Found, stray: bool, shown: set[str]) -> dict[str, FieldReading | ListReading]:
    """Every field of the form, in its order; one that no place was found for is missing, or unread beside stray ink."""
    absent = FieldReading("unread" if stray else "missing")
    fields: dict[str, FieldReading | ListReading] = {}
    for slot in form.slots():
        if slot.loop:
            if slot.loop not in fields:
                doubtful = slot.loop in found.doubtful
                fields[slot.loop] = _list_reading(found.rows.get(slot.loop, []), doubtful, slot.loop in shown)
        else:
            reading = found.fields.get(slot.name, absent)
            fields[slot.name] = replace(reading, status="unread") if stray and reading.status == "missing" else reading
    return fields


def _list_reading(rows: Sequence[Mapping[str, FieldReading]], doubtful: bool, shown: bool) -> ListReading:
    waiting = any(cell.status in ("review", "unread", "missing") for row in rows for cell in row.values())
    if doubtful or waiting:
        return ListReading("review", tuple(rows))
    if not rows:
        return ListReading("blank" if shown else "missing")
    return ListReading("accepted", tuple(rows))


def _findings_of_fields(form: Form, fields: Mapping[str, FieldReading | ListReading], found: _Found) -> list[Finding]:
    """One sentence for each value that waits for a person, saying why."""
    findings: list[Finding] = []
    types, lists = form.fields(), form.lists()
    for name, reading in fields.items():
        if isinstance(reading, FieldReading):
            findings += _why(name, reading, types[name], found.struck)
            continue
        if name in found.doubtful:
            findings.append(Finding("rows_in_doubt", "这张列表里可能有行没有读到或读错了位置，请对照原件核对。", name))
        elif reading.status == "missing":
            findings.append(Finding("missing_field", "表里找不到这张列表（可能被删掉或缺页），请人工查看。", name))
        for number, row in enumerate(reading.rows, 1):
            for column, cell in row.items():
                findings += _why(f"{name}[{number}].{column}", cell, lists[name][column], found.struck)
    return findings


def _why(path: str, reading: FieldReading, kind: FieldType, struck: Collection[Place]) -> list[Finding]:
    if reading.status in ("review", "unread") and reading.place in struck:
        return [Finding(STRUCK_OUT, "这一栏好像有划掉或涂改的地方，请看原件，按改后的内容核对。", path)]
    if reading.status == "unread":
        return [Finding("unread_field", "这一栏有内容但没有读出来，请人工查看。", path)]
    if reading.status == "missing":
        return [Finding("missing_field", "表里找不到这一栏（可能被删掉或缺页），请人工查看。", path)]
    if reading.status != "review":
        return []
    parsed = parse(kind.codec, reading.raw, kind.options)
    if parsed.state == "doubt":
        return [Finding(parsed.code, parsed.note, path)]
    return [Finding("needs_eyes", "这一栏读得不够有把握，请对照原件核对。", path)]
