"""Templates that nobody drew: a generator of tagged Word forms as a model, of how they come back, and of their edits.

The model is rows of cells of lines. It prints as a template, or filled and edited as a person would return it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from hypothesis import strategies as st

from gengang.codecs import Value, show
from gengang.submission import Submission
from gengang.tags import TAG, ForTag, ValueTag, tag_of
from tests.unit import wordfiles as word

LABELS = ["姓名", "性别", "出生年月", "民族", "工作单位", "任教学科", "职称", "学历", "联系电话", "身份证号", "备注",
          "指导教师", "研修时间", "听课节数", "上课节数", "考核成绩", "研修单位", "评价等级", "申请事由", "签到",
          "班级", "节次", "主要收获", "存在问题", "改进措施"]  # fmt: skip
HEADINGS = ["教师基本情况", "指导教师情况", "研修任务完成情况", "考核情况", "学校意见汇总"]
TITLES = ["跟岗教师登记表", "教研活动记录", "请假审批单", "跟岗研修总结"]
OPTIONS = [("男", "女"), ("优秀", "合格", "不合格"), ("A&B", "C<D"), ("小学", "初中"), ("是", "否")]
CLOSED = ["id_number", "phone", "date", "month", "period", "count", "days", "score", "money", "choice", "tick"]
WIDTH = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its lines, how many of the twelve grid columns it covers, its place in a vertical merge."""

    lines: tuple[str, ...]
    span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a table, or a paragraph when table is 0. fields: names in it; of: list whose row it prints.

    holds: fields whose values a person put into it instead.
    """

    boxes: tuple[Box, ...]
    table: int = 0
    fields: tuple[str, ...] = ()
    of: str = ""
    number: int = 0
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A returned form. gone: fields and `list#row` whose row the person deleted; noted: texts that were put in."""

    strips: tuple[Strip, ...]
    gone: frozenset[str] = frozenset()
    noted: tuple[str, ...] = ()
    edits: tuple[str, ...] = field(default=())


def docx_of(strips: tuple[Strip, ...]) -> bytes:
    """The Word file that the model describes."""
    blocks = []
    for table, rows in groupby(strips, key=lambda strip: strip.table):
        if table:
            blocks.append(word.tbl(*(_row(strip) for strip in rows)))
        else:
            blocks += [word.p(strip.boxes[0].lines[0]) for strip in rows]
    return word.docx(*blocks)


def _row(strip: Strip) -> str:
    return word.tr(*(word.tc(*map(word.p, box.lines), span=box.span, merge=box.merge) for box in strip.boxes))


# --- templates ---


class Names:
    """Hands out field names f1, f2, …"""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        """The next name."""
        self.count += 1
        return f"f{self.count}"


def _tag(name: str, codec: str, options: tuple[str, ...]) -> str:
    words = ",".join(f'"{option}"' for option in options)
    return f"{{{{ {name} | {codec}{f'({words})' if words else ''} }}}}"


@st.composite
def tags(draw: st.DrawFn, names: Names, codecs: list[str], loop: str = "") -> str:
    """A tag of one of these codecs."""
    codec = draw(st.sampled_from(codecs))
    options = draw(st.sampled_from(OPTIONS)) if codec in ("choice", "tick") else ()
    return _tag(f"{loop}.{names.next()}" if loop else names.next(), codec, options)


ANY_CODEC = ["text", "text", "text", "prose", *CLOSED]


@st.composite
def mixed_lines(draw: st.DrawFn, names: Names) -> str:
    """A line of printed words and fields, as stands outside tables or in a wide cell."""
    first = draw(tags(names, ["text", *CLOSED]))
    label, other = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=2, unique=True))
    second = draw(tags(names, ["text", *CLOSED]))
    closed = draw(tags(names, ["date", "month", "count", "phone", "id_number", "score", "choice", "tick"]))
    return draw(st.sampled_from([
        f"{label}：{first}", f"{label}：{first}        {other}：{second}", f"{label}：{first}    {closed}",
        f"兹有{first}同志到{label}处参加{other}{closed}。", f"（{label}）{closed}",
    ]))  # fmt: skip


def _spread(boxes: list[Box]) -> tuple[Box, ...]:
    """The boxes over twelve grid columns, the last one taking what is left."""
    each = WIDTH // len(boxes)
    return (*(replace(box, span=each) for box in boxes[:-1]), replace(boxes[-1], span=WIDTH - each * (len(boxes) - 1)))


@st.composite
def table_rows(draw: st.DrawFn, names: Names, table: int, shape: str) -> list[Strip]:
    """The rows of one layout that offices use."""
    label = st.sampled_from(LABELS)
    several = st.lists(label, min_size=1, max_size=3, unique=True)
    match shape:
        case "pairs":
            boxes = [box for word_ in draw(several)
                     for box in (Box((word_,)), Box((draw(tags(names, ANY_CODEC)),)))]  # fmt: skip
            return [Strip(_spread(boxes), table)]
        case "heading":
            return [Strip(_spread([Box((draw(st.sampled_from(HEADINGS)),))]), table)]
        case "wide":
            return [Strip(_spread([Box((draw(mixed_lines(names)),))]), table)]
        case "opinion":
            signed = f"{draw(label)}：{draw(tags(names, ['text']))}    {draw(tags(names, ['date']))}"
            lines = (draw(tags(names, ["prose"])), *draw(st.sampled_from([(), ("",)])), signed)
            return [Strip((Box((draw(label),), 2), Box(lines, WIDTH - 2)), table)]
        case "stacked":
            lines = tuple(draw(st.lists(tags(names, ANY_CODEC), min_size=2, max_size=3)))
            return [Strip((Box((draw(label),), 3), Box(lines, WIDTH - 3)), table)]
        case "above":
            words = draw(st.lists(label, min_size=2, max_size=4, unique=True))
            heads = _spread([Box((word_,)) for word_ in words])
            return [Strip(heads, table), Strip(_spread([Box((draw(tags(names, ANY_CODEC)),)) for _ in words]), table)]
        case "merged":
            head = draw(label)
            rows = [Box((draw(tags(names, ANY_CODEC)),), 5) for _ in range(2)]
            words = draw(st.lists(label, min_size=2, max_size=2, unique=True))
            return [Strip((Box((head,), 3, "restart"), Box((words[0],), 4), rows[0]), table),
                    Strip((Box(("",), 3, "continue"), Box((words[1],), 4), rows[1]), table)]  # fmt: skip
    return draw(list_rows(names, table))


@st.composite
def list_rows(draw: st.DrawFn, names: Names, table: int) -> list[Strip]:
    """A head row and a loop of rows below it."""
    name = f"list{names.next()}"
    words = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=5, unique=True))
    loop = [Box((draw(tags(names, ["text", "text", *CLOSED], "one")),)) for _ in words]
    whole = _spread([Box(("{%tr endfor %}",))])
    return [Strip(_spread([Box((word_,)) for word_ in words]), table),
            Strip(_spread([Box((f"{{%tr for one in {name} %}}",))]), table),
            Strip(_spread(loop), table, of=name), Strip(whole, table)]  # fmt: skip


SHAPES = ["pairs", "pairs", "pairs", "heading", "wide", "opinion", "stacked", "above", "merged", "list"]


@st.composite
def templates(draw: st.DrawFn) -> tuple[Strip, ...]:
    """A tagged form: title, paragraphs and tables."""
    names = Names()
    strips = [Strip((Box((draw(st.sampled_from(TITLES)),)),))] if draw(st.booleans()) else []
    for table in range(1, draw(st.integers(1, 2)) + 1):
        lines = draw(st.lists(st.sampled_from(["", "words", "fields", "alone"]), max_size=2)) or [""]
        for kind in lines:
            text = {"": "", "words": "填表说明：一人一表"}.get(kind)
            if text is None:
                text = draw(mixed_lines(names) if kind == "fields" else tags(names, ANY_CODEC))
            strips.append(Strip((Box((text,)),)))
        for shape in draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=5)):
            strips += draw(table_rows(names, table, shape))
    if draw(st.booleans()):
        strips.append(Strip((Box((draw(mixed_lines(names)),)),)))
    return tuple(replace(strip, fields=_fields_in(strip)) for strip in strips)


def _fields_in(strip: Strip) -> tuple[str, ...]:
    found = [tag_of(match) for box in strip.boxes for line in box.lines for match in TAG.findall(line)]
    return tuple(tag.name for tag in found if isinstance(tag, ValueTag))


# --- filling ---


def filled(strips: tuple[Strip, ...], stated: Submission) -> tuple[Strip, ...]:
    """The model with values in place of its tags, list rows as often as there are."""
    found: list[Strip] = []
    for strip in strips:
        if any(isinstance(tag_of(match), ForTag) or "endfor" in match for box in strip.boxes for line in box.lines
               for match in TAG.findall(line)):  # fmt: skip
            continue
        rows: list[Mapping[str, Value | None]] = list(stated.rows(strip.of)) if strip.of else [stated.values]
        for number, values in enumerate(rows, 1):
            boxes = tuple(replace(box, lines=tuple(_put(line, values) for line in box.lines)) for box in strip.boxes)
            found.append(replace(strip, boxes=boxes, number=number if strip.of else 0))
    return tuple(found)


def _put(line: str, values: Mapping[str, Value | None]) -> str:
    def shown(text: str) -> str:
        tag = tag_of(text)
        assert isinstance(tag, ValueTag)
        return show(tag.type.codec, values[tag.name], tag.type.options)

    return TAG.sub(lambda match: shown(match[0]), line)


# --- edits ---

NOTE = "另附材料见袋中"


@st.composite
def edits(draw: st.DrawFn, form: Filled) -> Filled:
    """One thing that people do to a form before they send it back."""
    name = draw(st.sampled_from(sorted(EDITS)))
    at = draw(st.integers(0, len(form.strips) - 1))
    edited = EDITS[name](form, at, draw(st.integers(0, 11)))
    return form if edited is None else replace(edited, edits=(*form.edits, f"{name} at {at}"))


def _with(form: Filled, at: int, *strips: Strip) -> Filled:
    return replace(form, strips=(*form.strips[:at], *strips, *form.strips[at + 1 :]))


def _lost(strip: Strip) -> set[str]:
    return {f"{strip.of}#{strip.number}"} if strip.of else {*strip.fields, *strip.holds}


def drop(form: Filled, at: int, _: int) -> Filled | None:
    """A row or paragraph is deleted; of a vertical merge only the later row, as Word does."""
    strip = form.strips[at]
    if len(form.strips) < 3 or any(box.merge == "restart" for box in strip.boxes):
        return None
    return replace(_with(form, at), gone=form.gone | _lost(strip))


def move(form: Filled, at: int, by: int) -> Filled | None:
    """A row of a table stands in another place of it.

    Not one with the words of another, nor one after which a list's rows stand under the head of another list with equal
    columns: on paper they are that list's, and nobody could tell.
    """
    strip = form.strips[at]
    places = [n for n, other in enumerate(form.strips) if other.table == strip.table and n != at]
    twins = sum(_printed(other) == _printed(strip) for other in form.strips)
    if not strip.table or not places or strip.of or twins > 1 or any(box.merge for s in form.strips for box in s.boxes):
        return None
    others = [*form.strips[:at], *form.strips[at + 1 :]]
    others.insert(places[by % len(places)], strip)
    before, after = _heads(form.strips), _heads(others)
    if any(head is not before.get(row) and _is_head(head, before.get(row)) for row, head in after.items()):
        return None
    return replace(form, strips=tuple(others))


def _heads(strips: Sequence[Strip]) -> dict[int, Strip]:
    """What stands above each row of a list and the other rows of it, by the row's identity."""
    found: dict[int, Strip] = {}
    above = None
    for strip in strips:
        if not strip.of:
            above = strip
        elif above is not None:
            found[id(strip)] = above
    return found


def _is_head(strip: Strip, own: Strip | None) -> bool:
    """Words alone, in columns as wide as those of a list's own head."""
    words = not strip.fields and all("".join(box.lines).strip() for box in strip.boxes)
    return words and own is not None and [box.span for box in strip.boxes] == [box.span for box in own.boxes]


def insert_note(form: Filled, at: int, _: int) -> Filled:
    """A note in a row or paragraph of its own."""
    strip = form.strips[at]
    note = Strip(_spread([Box((NOTE,))]) if strip.table else (Box((NOTE,)),), strip.table)
    return replace(_with(form, at, strip, note), noted=(*form.noted, NOTE))


def insert_blank(form: Filled, at: int, _: int) -> Filled:
    """An empty paragraph, or an empty row shaped like its neighbour."""
    strip = form.strips[at]
    boxes = tuple(Box(("",), box.span) for box in strip.boxes)
    return _with(form, at, strip, Strip(boxes, strip.table))


def insert_column(form: Filled, at: int, where: int) -> Filled | None:
    """A column in every row of a table, empty."""
    table = form.strips[at].table
    if not table:
        return None
    edge = where % (WIDTH + 1)
    return replace(form, strips=tuple(_widened(s, edge) if s.table == table else s for s in form.strips))


def _widened(strip: Strip, edge: int) -> Strip:
    boxes: list[Box] = []
    column, done = 0, False
    for box in strip.boxes:
        if column == edge and not done:
            boxes.append(Box(("",)))
            done = True
        inside = column < edge < column + box.span
        boxes.append(replace(box, span=box.span + 1) if inside else box)
        done |= inside
        column += box.span
    return replace(strip, boxes=tuple(boxes if done else [*boxes, Box(("",))]))


def _labels(strip: Strip) -> list[int]:
    return [n for n, box in enumerate(strip.boxes) if len(box.lines) == 1 and box.lines[0] in LABELS]


def respell(form: Filled, at: int, where: int) -> Filled | None:
    """A label gets blanks, a colon or a break."""
    strip = form.strips[at]
    labels = _labels(strip)
    if not labels:
        return None
    number = labels[where % len(labels)]
    text = strip.boxes[number].lines[0]
    shapes = [("　".join(text),), (f"{text}：",), (text[:1], text[1:]), (f" {text[:1]}\n{text[1:]} ",)]
    return _with(form, at, _boxed(strip, number, shapes[where % len(shapes)]))


def _printed(strip: Strip) -> tuple[str, ...]:
    return tuple(strip.boxes[number].lines[0] for number in _labels(strip))


def _boxed(strip: Strip, number: int, lines: tuple[str, ...]) -> Strip:
    box = replace(strip.boxes[number], lines=lines)
    return replace(strip, boxes=(*strip.boxes[:number], box, *strip.boxes[number + 1 :]))


def into_label(form: Filled, at: int, where: int) -> Filled | None:
    """The value is typed behind its label, in the label's cell."""
    strip = form.strips[at]
    able = [n for n in _labels(strip) if n + 1 < len(strip.boxes) and n + 1 not in _labels(strip)
            and len(strip.boxes[n + 1].lines) == 1 and strip.boxes[n + 1].lines[0].strip()]  # fmt: skip
    if not able or strip.of:
        return None
    number = able[where % len(able)]
    value = strip.boxes[number + 1].lines[0]
    strip = _boxed(strip, number, (f"{strip.boxes[number].lines[0]}：{value}",))
    return _with(form, at, _boxed(strip, number + 1, ("",)))


def break_value(form: Filled, at: int, where: int) -> Filled | None:
    """An empty paragraph behind a value, or before it."""
    strip = form.strips[at]
    number = where % len(strip.boxes)
    if not strip.table or strip.boxes[number].merge:
        return None
    lines = strip.boxes[number].lines
    return _with(form, at, _boxed(strip, number, ("", *lines) if where % 2 else (*lines, "")))


def note_in_cell(form: Filled, at: int, where: int) -> Filled | None:
    """A further paragraph of words in a cell with several."""
    strip = form.strips[at]
    able = [n for n, box in enumerate(strip.boxes) if len(box.lines) > 1]
    if not able:
        return None
    number = able[where % len(able)]
    lines = strip.boxes[number].lines
    place = where % (len(lines) + 1)
    edited = _with(form, at, _boxed(strip, number, (*lines[:place], NOTE, *lines[place:])))
    return replace(edited, noted=(*form.noted, NOTE))


def drop_blank_line(form: Filled, at: int, _: int) -> Filled | None:
    """A blank paragraph of a cell is deleted."""
    strip = form.strips[at]
    for number, box in enumerate(strip.boxes):
        blank = next((n for n, line in enumerate(box.lines) if not line.strip()), None)
        if blank is not None and len(box.lines) > 1:
            return _with(form, at, _boxed(strip, number, box.lines[:blank] + box.lines[blank + 1 :]))
    return None


def swap_columns(form: Filled, at: int, where: int) -> Filled | None:
    """Two neighbouring columns of a list or a head-and-values block change places."""
    strip = form.strips[at]
    if not strip.of and not (strip.fields and not _labels(strip)):
        return None
    number = where % max(len(strip.boxes) - 1, 1)
    first = at
    while first > 0 and form.strips[first - 1].table == strip.table and form.strips[first].fields:
        first -= 1
    span = [n for n in range(first, len(form.strips)) if n <= at or (strip.of and form.strips[n].of == strip.of)]
    if len(_labels(form.strips[first])) != len(strip.boxes) or len(strip.boxes) < 2:
        return None
    strips = list(form.strips)
    for n in span:
        boxes = list(strips[n].boxes)
        boxes[number], boxes[number + 1] = boxes[number + 1], boxes[number]
        strips[n] = replace(strips[n], boxes=tuple(boxes))
    return replace(form, strips=tuple(strips))


def merge_cells(form: Filled, at: int, where: int) -> Filled | None:
    """A label's cell and the one behind it become one, as Word joins them: paragraph below paragraph."""
    strip = form.strips[at]
    able = [n for n in _labels(strip) if n + 1 < len(strip.boxes) and n + 1 not in _labels(strip)]
    if not able or strip.of or any(box.merge for box in strip.boxes):
        return None
    number = able[where % len(able)]
    label, value = strip.boxes[number : number + 2]
    both = Box(label.lines + tuple(line for line in value.lines if line.strip()), label.span + value.span)
    return _with(form, at, replace(strip, boxes=(*strip.boxes[:number], both, *strip.boxes[number + 2 :])))


def split_cell(form: Filled, at: int, where: int) -> Filled | None:
    """A cell of one line becomes two, with the text in the first, in the second, or half in each."""
    strip = form.strips[at]
    able = [n for n, box in enumerate(strip.boxes)
            if n and len(box.lines) == 1 and box.span > 1 and not box.merge and n not in _labels(strip)]  # fmt: skip
    if not able or not strip.table or 0 not in _labels(strip):
        return None
    number = able[where % len(able)]
    box, text = strip.boxes[number], strip.boxes[number].lines[0]
    cut = (len(text), 0, len(text) // 2)[where % 3]
    halves = Box((text[:cut],), box.span // 2), Box((text[cut:],), box.span - box.span // 2)
    return _with(form, at, replace(strip, boxes=(*strip.boxes[:number], *halves, *strip.boxes[number + 1 :])))


def value_below(form: Filled, at: int, where: int) -> Filled | None:
    """The value is typed into a new row below, under its own cell or under its label."""
    strip = form.strips[at]
    able = [n for n in _labels(strip) if n + 1 < len(strip.boxes) and n + 1 not in _labels(strip)
            and len(strip.boxes[n + 1].lines) == 1 and strip.boxes[n + 1].lines[0].strip()]  # fmt: skip
    if not able or strip.of or any(box.merge for s in form.strips for box in s.boxes):
        return None
    number = able[where % len(able)]
    text = strip.boxes[number + 1].lines[0]
    below = tuple(Box((text,) if n == number + where % 2 else ("",), box.span) for n, box in enumerate(strip.boxes))
    return _with(form, at, _boxed(strip, number + 1, ("",)), Strip(below, strip.table, holds=strip.fields))


def double_row(form: Filled, at: int, where: int) -> Filled | None:
    """A row stands twice, as it is or with its values taken out of the second; of a longer form, or it stands twice."""
    strip = form.strips[at]
    others = sum(bool(_labels(other)) for other in form.strips if other is not strip)
    if not strip.table or strip.of or others < 3 or any(box.merge for box in strip.boxes):
        return None
    emptied = tuple(box if n in _labels(strip) or len(box.lines) > 1 else replace(box, lines=("",))
                    for n, box in enumerate(strip.boxes))  # fmt: skip
    again = replace(strip, fields=(), boxes=strip.boxes if where % 2 else emptied)
    return _with(form, at, strip, again)


Edit = Callable[[Filled, int, int], Filled | None]
EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (drop, move, insert_note, insert_blank, insert_column, respell, into_label, break_value, note_in_cell,
                 drop_blank_line, swap_columns, merge_cells, split_cell, value_below, double_row)
}  # fmt: skip
