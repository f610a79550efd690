"""What a filler does to single cells and values: where he types them, how he breaks them, what he leaves in them."""

import random

from benchmarks.reading.drawing import SLOT, Element, W, paragraph, parsed, run
from benchmarks.reading.model import Slot
from benchmarks.reading.pointing import (
    copy_of_run,
    filled_pairs,
    is_han,
    marks_of,
    pairs_of,
    set_span,
    set_text,
    span_of,
    text_of,
)
from benchmarks.reading.truth import Draft, Stated
from benchmarks.reading.words import SAME

SHORT = ("text", "id_number", "phone", "date", "month", "period", "count", "days", "score", "money", "choice")


def value_in_label_cell(draft: Draft, chance: random.Random) -> bool:
    """姓名：张三 in the label's cell, the value's cell empty."""
    pairs = filled_pairs(draft, SHORT)
    for pair in chance.sample(pairs, min(len(pairs), chance.randint(1, 3))):
        line = pair.label.find(f"{W}p")
        assert line is not None
        line.append(parsed(run(chance.choice(("：", ":", "： ")))))
        line.append(pair.mark)
    return bool(pairs)


def value_under_label(draft: Draft, chance: random.Random) -> bool:
    """The value on a second line of the label's cell, its own cell empty."""
    pairs = filled_pairs(draft, SHORT)
    for pair in chance.sample(pairs, min(len(pairs), chance.randint(1, 2))):
        below = parsed(paragraph("", "center"))
        below.append(pair.mark)
        pair.label.append(below)
    return bool(pairs)


def label_respelled(draft: Draft, chance: random.Random) -> bool:
    """姓 名, 姓　名：, 工作 / 单位 over two lines."""
    pairs, changed = pairs_of(draft), False
    for pair in chance.sample(pairs, min(len(pairs), chance.randint(1, 5))):
        words = "".join(text_of(pair.label).split())
        ways = [f"{words}：", f"{words}:", f" {words}", f"{words}　"]
        if len(words) <= 4 and all(map(is_han, words)):
            ways += [" ".join(words), "　".join(words), f"{'  '.join(words)}：", f"{words[:2]}\n{words[2:]}".strip()]
        way = chance.choice(ways)
        changed |= way != text_of(pair.label)
        _relabel(pair.label, way)
    return changed


def label_synonym(draft: Draft, chance: random.Random) -> bool:
    """Another office's word for the same: 身份证号 for 公民身份号码."""
    pairs = [pair for pair in pairs_of(draft) if draft.slot_of(pair.mark).concept in SAME]
    present = {"".join(text_of(pair.label).split()) for pair in pairs}
    changed = False
    for pair in chance.sample(pairs, min(len(pairs), chance.randint(1, 2))):
        concept = draft.slot_of(pair.mark).concept
        others = sorted({*SAME[concept]} - present)
        if others:
            _relabel(pair.label, chance.choice(others))
            changed = True
    return changed


def _relabel(label: Element, words: str) -> None:
    first, *rest = label.iter(f"{W}r")
    set_text(first, words)
    for other in rest:
        set_text(other, "")


def cells_merged(draft: Draft, chance: random.Random) -> bool:
    """Label and value merged into one cell: Word sets one below the other."""
    pairs = filled_pairs(draft, SHORT)
    if not pairs:
        return False
    pair = chance.choice(pairs)
    for line in pair.value.findall(f"{W}p"):
        pair.label.append(line)
    set_span(pair.label, span_of(pair.label) + span_of(pair.value))
    pair.row.remove(pair.value)
    return True


def cell_split(draft: Draft, chance: random.Random) -> bool:
    """The value's cell split in two, the second one empty."""
    pairs = [pair for pair in pairs_of(draft) if span_of(pair.value) > 2]
    if not pairs:
        return False
    pair = chance.choice(pairs)
    span = span_of(pair.value)
    set_span(pair.value, span - 1)
    pair.value.addnext(parsed(f"<w:tc><w:tcPr/>{paragraph('')}</w:tc>"))
    return True


def value_broken(draft: Draft, chance: random.Random) -> bool:
    """A value over two lines or paragraphs, broken where no blank belongs."""
    able = [(pair, cuts) for pair in filled_pairs(draft, ("text", "id_number", "phone", "date", "period"))
            if (cuts := _cuts(draft.slot_of(pair.mark).codec, text_of(pair.mark)))]  # fmt: skip
    for pair, cuts in chance.sample(able, min(len(able), chance.randint(1, 2))):
        text, at = text_of(pair.mark), chance.choice(cuts)
        if chance.random() < 0.5:
            set_text(pair.mark, f"{text[:at]}\n{text[at:]}")
            continue
        set_text(pair.mark, text[:at])
        below = parsed(paragraph("", "center"))
        below.append(copy_of_run(pair.mark, text[at:]))
        pair.value.append(below)
    return bool(able)


def _cuts(codec: str, text: str) -> list[int]:
    inside = range(1, len(text))
    if codec in ("id_number", "phone"):
        return [at for at in inside if text[at - 1].isdigit() and text[at].isdigit()]
    if codec in ("date", "period"):
        return [at for at in inside if text[at - 1] in "年月至"]
    return [at for at in inside if is_han(text[at - 1]) and is_han(text[at])]


def nested_value(draft: Draft, chance: random.Random) -> bool:
    """The value in a small table of its own inside its cell."""
    pairs = filled_pairs(draft, SHORT)
    if not pairs:
        return False
    pair = chance.choice(pairs)
    inner = parsed(
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="1200"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{paragraph('')}</w:tc></w:tr></w:tbl>"
    )
    line = next(inner.iter(f"{W}p"))
    line.append(pair.mark)
    properties = pair.value.find(f"{W}tcPr")
    assert properties is not None
    properties.addnext(inner)
    return True


def values_swapped(draft: Draft, chance: random.Random) -> bool:
    """ID number and telephone typed into each other's cells: whoever reads it has to ask."""
    ids, phones = filled_pairs(draft, ("id_number",)), filled_pairs(draft, ("phone",))
    if not ids or not phones:
        return False
    one, other = chance.choice(ids).mark, chance.choice(phones).mark
    first, second = text_of(one), text_of(other)
    set_text(one, second)
    set_text(other, first)
    for mark in (one, other):
        draft.stated[draft.key_of(mark)] = Stated(draft.stated[draft.key_of(mark)].value, sure=False)
    return True


def value_vague(draft: Draft, chance: random.Random) -> bool:
    """20余节, a date without its year, two boxes ticked: nobody can know what is meant."""
    able = [mark for mark in marks_of(draft) if draft.is_filled(mark) and mark.find(f"{W}drawing") is None
            and draft.slot_of(mark).codec in ("count", "date", "tick", "month")]  # fmt: skip
    if not able:
        return False
    mark = chance.choice(able)
    slot = draft.slot_of(mark)
    set_text(mark, _vague(slot, chance))
    draft.stated[draft.key_of(mark)] = Stated(None, sure=False)
    return True


def _vague(slot: Slot, chance: random.Random) -> str:
    match slot.codec:
        case "count":
            return chance.choice(("20余", "约15", "10+", "十几", "不详"))
        case "date":
            return chance.choice(("2016年9月", "9月5日", "2016年9月31日", "本周五", "2016年  月  日"))
        case "month":
            return chance.choice(("1980", "八十年代", "2005年", "13月"))
    return " ".join(f"☑{word}" if number < 2 else f"□{word}" for number, word in enumerate(slot.options))


def prompt_left(draft: Draft, chance: random.Random) -> bool:
    """A blank place in which somebody's prompt stands, as words or as a control that nobody touched."""
    able = [mark for mark in marks_of(draft) if not draft.is_filled(mark)
            and draft.slot_of(mark).codec in ("text", "prose") and not draft.slot_of(mark).loop]  # fmt: skip
    if not able:
        return False
    mark = chance.choice(able)
    if chance.random() < 0.5:
        set_text(mark, chance.choice(("请在此处填写", "（此处填写全称）", "例：张三", "请填写")))
        draft.stated[draft.key_of(mark)] = Stated(None, prompt=True)
        return True
    control = parsed("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent/></w:sdt>")
    mark.addprevious(control)
    control[1].append(mark)
    set_text(mark, "单击此处输入文字。")
    return True


def label_lost(draft: Draft, chance: random.Random) -> bool:
    """A label deleted by accident: what stands beside it is known by its place at best."""
    pairs = filled_pairs(draft, SHORT)
    if not pairs:
        return False
    pair = chance.choice(pairs)
    _relabel(pair.label, "")
    key = draft.key_of(pair.mark)
    draft.stated[key] = Stated(draft.stated[key].value, sure=False)
    return True


# --- ticks ---


def ticks_drawn(draft: Draft, chance: random.Random) -> bool:
    """Boxes as symbols of a tick font, as controls, or as the check boxes of old forms."""
    marks = [mark for mark in marks_of(draft)
             if draft.slot_of(mark).codec == "tick" and draft.stated[draft.key_of(mark)].sure]  # fmt: skip
    for mark in marks:
        slot, chosen = draft.slot_of(mark), draft.stated[draft.key_of(mark)].value
        way = chance.choice((_symbol, _control, _legacy))
        front = mark.find(f"{W}rPr")
        runs = "".join(f"{way(option == chosen, chance)}{run(option + ' ')}" for option in slot.options)
        new = list(parsed(f"<w:p>{runs}</w:p>"))
        for element in new:
            for piece in [element, *element.iter(f"{W}r")]:
                if piece.tag == f"{W}r":
                    piece.set(SLOT, str(mark.get(SLOT)))
            mark.addprevious(element)
        assert front is not None
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    return bool(marks)


def _symbol(ticked: bool, chance: random.Random) -> str:
    code = chance.choice(("F0FE", "F052", "F0FD")) if ticked else chance.choice(("F0A8", "F0A3", "F06F"))
    font = "Wingdings 2" if code in ("F052", "F0A3") else "Wingdings"
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _control(ticked: bool, _chance: random.Random) -> str:
    state, shown = ("1", "☒") if ticked else ("0", "☐")
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        f"<w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _legacy(ticked: bool, _chance: random.Random) -> str:
    state = '<w:checked w:val="1"/>' if ticked else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="c"/><w:enabled/><w:checkBox><w:sizeAuto/>'
        f'<w:default w:val="0"/>{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText '
        'xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def value_in_box(draft: Draft, chance: random.Random) -> bool:
    """The value in a text box that lies in its cell."""
    pairs = filled_pairs(draft, ("text", "id_number", "phone"))
    if not pairs:
        return False
    pair = chance.choice(pairs)
    box = parsed(floating_box("", drawn=chance.random() < 0.5))
    pair.mark.addprevious(box)
    shown, *fallback = box.iter(f"{W}p")
    for line in fallback:
        line.append(copy_of_run(pair.mark, text_of(pair.mark), marked=False))
    shown.append(pair.mark)
    return True


def floating_box(runs: str, drawn: bool = False) -> str:
    """A run with a text box: a shape of old Word or a drawing of today's."""
    if drawn:
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor '
            'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
            'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
            '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0'
            '</wp:posOffset></wp:positionV><wp:extent cx="914400" cy="360000"/><wp:wrapNone/>'
            '<wp:docPr id="77" name="文本框 77"/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
            f"<w:txbxContent>{paragraph(runs)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"{paragraph(runs)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    return (
        '<w:r><w:pict><v:shape style="position:absolute;width:120pt;height:24pt"><v:textbox><w:txbxContent>'
        f"{paragraph(runs)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
