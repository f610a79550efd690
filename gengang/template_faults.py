"""Why a compiled template cannot be read back, or reads less surely: looked for in its pattern, each with its place.

It knows rows, loops, names and labels; what is wrong inside a tag is `tag_faults`, what the XML hides `template_spots`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gengang.codecs import CODECS
from gengang.form import Fault, FieldType, PatternCell, PatternLine, PatternRow, Slot
from gengang.sheet import Row, squeezed
from gengang.tag_faults import shown, suspects
from gengang.tags import TAG, EndTag, ForTag, Tag, ValueTag, pieces_of

_RESERVED = frozenset(
    ("and", "or", "not", "if", "else", "in", "is", "true", "false", "none", "True", "False", "None", "self")
)
_RUN_TOGETHER = frozenset(("id_number", "phone", "count", "days", "score", "money"))  # digits, and nothing when blank
_DATED = frozenset(("date", "month", "period"))  # begin with digits too
_NOTHING_WHEN_BLANK = _RUN_TOGETHER | {"choice"}
_NEGATIONS = tuple("不非未无没")


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern row and where it stands. covered: a label that is merged downwards stands beside it."""

    row: PatternRow
    place: str
    covered: bool = False


def _error(code: str, place: str, message: str) -> Fault:
    return Fault("error", code, place, message)


def _warning(code: str, place: str, message: str) -> Fault:
    return Fault("warning", code, place, message)


# --- the lines of a cell ---


def faults_of_lines(texts: Sequence[str], place: str) -> Iterator[Fault]:
    """Everything in the lines of one cell that is meant as a tag and is none. A tag broken by an Enter is told once."""
    broken = {n: tag for n, (first, second) in enumerate(pairwise(texts)) if (tag := broken_tag(first, second))}
    for number, text in enumerate(texts):
        if number in broken:
            what = f"标记 {shown(broken[number])} 被回车断成两段，请删掉中间的回车，让它在同一段里。"
            yield _error("tag_over_lines", place, what)
        elif number - 1 not in broken:
            yield from (_error(one.code, place, one.message) for one in suspects(text))


def broken_tag(first: str, second: str) -> str:
    """The tag that begins at the end of one paragraph and ends in the next, empty when there is none."""
    joined = first + second
    tags = (tag for tag in TAG.finditer(joined) if tag.start() < len(first) < tag.end())
    return next((tag[0] for tag in tags if not suspects(tag[0])), "")


def faults_of_tag(tag: ValueTag, loop: ForTag | None, place: str) -> Iterator[Fault]:
    """What is wrong with a field where it stands. loop: the list whose row this is, None outside of lists."""
    if tag.loop == "loop":  # numbers of rows, told with the tag's text
        return
    if tag.name in _RESERVED or (tag.loop and tag.name.startswith("_")):
        what = (
            f"{tag.name} 是模板语言自己的词，不能作字段名"
            if tag.name in _RESERVED
            else f"栏名 {tag.name} 不能以下划线开头"
        )
        yield _error("reserved_name", place, f"{what}，请换一个。")
    elif tag.loop and (loop is None or tag.loop != loop.item):
        what = f"{tag.loop}.{tag.name} 不在它的列表行里"
        yield _error(
            "loop_variable", place, f"{what}，请移到 {{%tr for {tag.loop} in … %}} 下面一行，或去掉“{tag.loop}.”。"
        )
    elif loop is not None and not tag.loop:
        column = f"{loop.item}.{'字段名' if tag.name == loop.item else tag.name}"
        what = f"字段 {tag.name} 写在列表 {loop.list} 的行里，却不是它的列，请写成 {column} 或移到列表外。"
        yield _error("loop_field", place, what)
    elif not tag.type.codec:
        what = f"字段 {tag.name} 没写类型，按 text 读，建议写成 {{{{ {tag.name} | text }}}} 的样子。"
        yield _warning("no_codec", place, what)


# --- loops ---


def faults_of_loop_row(tags: Sequence[Tag], loop: ForTag | None, row: Row, place: str) -> Iterator[Fault]:
    """A row with the beginning or the end of a list. loop: the list that is open above it."""
    opening = next((tag for tag in tags if isinstance(tag, ForTag)), None)
    if len(tags) > 1:
        what = "列表的开始标记和结束标记要各占一行，不与别的标记同行，请在上面、下面各加一行放它们。"
        yield _error("loop_row", place, what)
    elif opening is None and loop is None:
        yield _error("loop_close", place, "多出一个 {%tr endfor %}，请删掉，或在列表行上面补 {%tr for x in xs %}。")
    elif opening is not None and loop is not None:
        what = f"列表 {opening.list} 套在列表 {loop.list} 里面，读不回来，请先用 {{%tr endfor %}} 结束前一个。"
        yield _error("loop_nested", place, what)
    elif opening is not None and not row.table:
        yield _error("loop_place", place, "列表标记只能放在表格的行里，请移到表格里单独一行。")
    elif opening is not None and any(cell.rows > 1 for cell in row.cells):
        what = "竖向合并的格从列表的开始行起，打印时会丢，请从上面的表头行起合并。"
        yield _error("loop_merge", place, what)
    words = "".join(_own_words(cell.text) for cell in row.cells)
    if words and len(tags) == 1:
        what = f"列表标记所在的行打印时整行消失，行里的字“{shown(words)}”也没有了，请移到别的行。"
        yield _warning("loop_words", place, what)


def _own_words(text: str) -> str:
    return squeezed("".join(piece for piece in pieces_of(text) if isinstance(piece, str)))


def faults_of_body(body: Sequence[Placed], loop: ForTag, place: str) -> Iterator[Fault]:
    """A list is one row of fields that is printed once for each of its entries."""
    if len(body) > 1:
        yield _error("loop_rows", place, f"列表 {loop.list} 的每一项只能占一行，请并成一行。")
    elif not any(placed.row.loop for placed in body):
        what = f"列表 {loop.list} 的行里没有一个字段，请在它的行里写标记，例如 {{{{ {loop.item}.name | text }}}}。"
        yield _error("loop_empty", place, what)


def tags_of(row: Row) -> list[Tag]:
    """The tags of a row in order."""
    lines = (line for cell in row.cells for line in cell.lines)
    return [piece for line in lines for piece in pieces_of(line.text) if not isinstance(piece, str)]


def is_loop_row(tags: Iterable[Tag]) -> bool:
    """Whether a list begins or ends in this row."""
    return any(isinstance(tag, ForTag | EndTag) for tag in tags)


# --- the whole form ---


def faults_of_form(rows: Sequence[Placed]) -> Iterator[Fault]:
    """What only several rows together show: names, neighbours, labels, lists that touch."""
    yield from _faults_of_names(rows)
    for placed in rows:
        for cell in placed.row.cells:
            yield from _faults_of_cell(cell, cell.cell or placed.place)
    yield from _faults_of_lists(rows)
    yield from _faults_of_labels(rows)
    if not any(placed.row.slots for placed in rows):
        what = "模板里没有一个字段标记，请在要填的格里写上标记，例如 {{ name | text }}。"
        yield _error("no_fields", "", what)
    elif not any(len(word) > 1 for placed in rows if not placed.row.loop for word in _printed(placed.row)):
        what = "表上没有印栏目名，收回来认不出是这张表，请印上标题和栏目名（两个字以上）。"
        yield _error("no_words", "", what)


def _printed(row: PatternRow) -> Iterator[str]:
    for cell in row.cells:
        yield "" if cell.slots else squeezed(cell.printed)
        yield from (squeezed(piece) for line in cell.lines for piece in line.pieces if isinstance(piece, str))


def _faults_of_names(rows: Iterable[Placed]) -> Iterator[Fault]:
    first: dict[tuple[str, str], tuple[FieldType, str]] = {}
    lists: dict[str, str] = {}
    for placed in rows:
        for cell in placed.row.cells:
            for slot in cell.slots:
                place = cell.cell or placed.place
                kind, where = first.setdefault((slot.loop, slot.name), (slot.type, place))
                if kind != slot.type:
                    was, now = _written(kind), _written(slot.type)
                    what = f"字段 {slot.name} 前面（{where}）写成 {was}，这里写成 {now}，请统一，或换一个字段名。"
                    yield _error("two_codecs", place, what)
                if slot.loop:
                    lists.setdefault(slot.loop, place)
    for name in lists:
        if ("", name) in first:
            what = f"{name} 既是字段又是列表，请把其中一个换个名字。"
            yield _error("name_is_list", first["", name][1], what)


def _written(kind: FieldType) -> str:
    words = ",".join(f'"{option}"' for option in kind.options)
    return f"{kind.codec}({words})" if words else kind.codec


# --- one cell ---


def _faults_of_cell(cell: PatternCell, place: str) -> Iterator[Fault]:
    for line in cell.lines:
        yield from _faults_of_neighbours(line, place)
    for slot in cell.slots:
        yield from _faults_of_options(slot, place)
    pictures = [slot for slot in cell.slots if slot.type.codec == "picture"]
    if any(slot.loop for slot in pictures):
        what = f"列表的行里不能放照片（{pictures[0].name}），请把它移到列表外单独的一格。"
        yield _error("picture_in_list", place, what)
    elif pictures and len(cell.slots) > 1:
        others = "、".join(slot.name for slot in cell.slots if slot is not pictures[0])
        yield _error("picture_shared", place, f"照片 {pictures[0].name} 要单独占一格，请把 {others} 移到别的格。")


def _faults_of_options(slot: Slot, place: str) -> Iterator[Fault]:
    """Words that contain one another are told apart in print; 合格 and 不合格 are so usual that everybody looks."""
    for word in slot.type.options:
        longer = next((one for one in slot.type.options if word and word in one and word != one), None)
        if longer and not any(longer == sign + word for sign in _NEGATIONS) and CODECS.keys() & {slot.type.codec}:
            what = f"字段 {slot.name} 的可选词“{word}”也在“{longer}”里，手写勾选时容易分不清，建议换个说法。"
            yield _warning("word_in_word", place, what)
            return


def _faults_of_neighbours(line: PatternLine, place: str) -> Iterator[Fault]:
    """Fields with nothing but white space between them, whose texts could not be told apart again."""
    before: Slot | None = None
    touching = True
    free: Slot | None = None
    for piece in line.pieces:
        if isinstance(piece, str):
            touching = False
            free = None if squeezed(piece) else free
            continue
        if before is not None and touching:
            yield from _faults_of_pair(before, piece, place)
        if _is_free(piece) and free is not None:
            what = f"{free.name} 和 {piece.name} 两个文字栏紧挨着，读回来分不开，请在中间印上字或分到两格。"
            yield _error("free_neighbours", place, what)
        free = piece if _is_free(piece) else None
        before, touching = piece, True


def _is_free(slot: Slot) -> bool:
    return slot.type.codec in CODECS and not CODECS[slot.type.codec].closed


def _faults_of_pair(first: Slot, second: Slot, place: str) -> Iterator[Fault]:
    """Two fields without even a blank between them."""
    codecs = {first.type.codec, second.type.codec}
    ends = first.type.codec in _RUN_TOGETHER or any(word[-1:].isdigit() for word in first.type.options)
    begins = second.type.codec in _RUN_TOGETHER | _DATED or any(word[:1].isdigit() for word in second.type.options)
    if ends and begins and "tick" not in (first.type.codec, second.type.codec):
        what = f"{first.name} 和 {second.name} 的数字会连成一个数，读回来分不开，请在中间印上字或加空格。"
        yield _error("numbers_run_together", place, what)
    elif _is_free(first) != _is_free(second) and codecs & _NOTHING_WHEN_BLANK:
        what = f"{first.name} 和 {second.name} 之间没有空格，读回来分不清，请在中间加空格或印上字。"
        yield _warning("free_beside_closed", place, what)


# --- lists and labels ---


def _faults_of_lists(rows: Sequence[Placed]) -> Iterator[Fault]:
    """Two lists with nothing printed between them and rows of one shape: nobody can tell where the first ends."""
    last: PatternRow | None = None
    above: PatternRow | None = None
    for placed in rows:
        row = placed.row
        alike = above is not None and (row.table, len(row.cells)) == (above.table, len(above.cells))
        last = None if _words(row) or not alike else last
        if row.loop and last is not None:
            what = f"列表 {row.loop} 和上面的列表 {last.loop} 之间没有印字，读回来分不清，请在中间加一行栏目名。"
            yield _error("lists_touch", placed.place, what)
        last = row if row.loop and not _words(row) else last
        above = row


def _words(row: PatternRow) -> str:
    return "".join(_printed(row))


def _faults_of_labels(rows: Sequence[Placed]) -> Iterator[Fault]:
    """Fields that nothing printed leads to: on a page, or once rows were added or deleted, only their order is left."""
    for number, placed in enumerate(rows):
        bare = [cell for cell in placed.row.cells if cell.slots and not squeezed(cell.printed)]
        if not bare or _has_label(rows, number):
            continue
        if placed.row.part in ("header", "footer"):
            names = "、".join(slot.name for cell in bare for slot in cell.slots)
            what = f"页眉页脚里的字段 {names} 旁边没有印字，空着时认不出它的位置，请在同一段里印上栏目名。"
            yield _error("unplaced", placed.place, what)
            continue
        if placed.row.loop and (len(bare) > 1 or not placed.covered):
            names = "、".join(slot.name for cell in bare for slot in cell.slots)
            what = f"列表 {placed.row.loop} 的 {names} 栏上面没有栏目名，增删过列就分不清，请在列表上面加一行栏目名。"
            yield _warning("no_heads", placed.place, what)
        elif not placed.row.loop and not placed.covered:
            for cell in bare:
                names = "、".join(slot.name for slot in cell.slots)
                what = f"字段 {names} 旁边没有印栏目名，打印件和改动过的表里容易找不到，请在左边、上面或同一格里印上。"
                yield _warning("no_label", cell.cell or placed.place, what)


def _has_label(rows: Sequence[Placed], number: int) -> bool:
    """A label in the row itself, column names over it, or a heading right above."""
    row = rows[number].row
    if any(not cell.slots and squeezed(cell.printed) for cell in row.cells):
        return True
    if not row.table:
        return number > 1 and _is_heading(rows[number - 1].row, 0)
    above = [one.row for one in reversed(rows[:number]) if one.row.table == row.table]
    heads = any(not one.slots and sum(bool(squeezed(cell.printed)) for cell in one.cells) > 1 for one in above)
    alone = not row.loop or sum(bool(cell.slots) for cell in row.cells) == 1
    return heads or (alone and bool(above) and _is_heading(above[0], row.table))


def _is_heading(row: PatternRow, table: int) -> bool:
    return row.table == table and not row.slots and bool(_words(row))
