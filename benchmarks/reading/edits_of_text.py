"""What Word itself leaves in a file that was worked on: split runs, revisions, comments, controls, fields, fonts."""

import random
from collections.abc import Sequence

from benchmarks.reading.drawing import Element, W, paragraph, parsed, picture_run, run
from benchmarks.reading.pointing import copy_of_run, is_han, marks_of, rows_of, set_text, tables, text_of
from benchmarks.reading.truth import Draft
from benchmarks.reading.values import portrait

_BY = 'w:author="a" w:date="2016-10-01T00:00:00Z"'


def _filled(draft: Draft, most: int, chance: random.Random, codecs: Sequence[str] = ()) -> list[Element]:
    able = [mark for mark in marks_of(draft) if draft.is_filled(mark) and mark.find(f"{W}drawing") is None
            and mark.find(f"{W}t") is not None and (not codecs or draft.slot_of(mark).codec in codecs)]  # fmt: skip
    return chance.sample(able, min(len(able), chance.randint(1, most)))


def runs_split(draft: Draft, chance: random.Random) -> bool:
    """Runs cut at random places, with bookmarks and spelling marks between them."""
    split = False
    for mark in list(draft.drawn.body.iter(f"{W}r")):
        text = text_of(mark)
        if len(text) < 2 or mark.find(f"{W}br") is not None or len(mark.findall(f"{W}t")) != 1 or chance.random() < 0.5:
            continue
        at = chance.randint(1, len(text) - 1)
        mark.addnext(copy_of_run(mark, text[at:]))
        set_text(mark, text[:at])
        if chance.random() < 0.5:
            mark.addnext(parsed('<w:proofErr w:type="spellStart"/>'))
            mark.addnext(parsed('<w:bookmarkEnd w:id="5"/>'))
        split = True
    return split


def value_inserted(draft: Draft, chance: random.Random) -> bool:
    """Values typed with revisions on, at times over an older one that is struck."""
    marks = _filled(draft, 4, chance)
    for mark in marks:
        inserted = parsed(f'<w:ins w:id="{chance.randint(1, 9999)}" {_BY}/>')
        mark.addprevious(inserted)
        if chance.random() < 0.5:
            old = chance.choice(("张三", "2016年1月1日", "10", "原单位"))
            inserted.addprevious(
                parsed(f'<w:del w:id="{chance.randint(1, 9999)}" {_BY}><w:r><w:delText>{old}</w:delText></w:r></w:del>')
            )
        inserted.append(mark)
    return bool(marks)


def value_struck(draft: Draft, chance: random.Random) -> bool:
    """An older value struck out by hand, the new one behind it."""
    marks = _filled(draft, 2, chance, ("text", "date", "count", "phone", "score"))
    for mark in marks:
        mark.addprevious(parsed(run(chance.choice(("张三", "2016年1月1日", "10", "原单位")), "<w:strike/>")))
    return bool(marks)


def picture_added(draft: Draft, chance: random.Random) -> bool:
    """A picture among the words: an electronic seal, a photo of a lesson."""
    marks = _filled(draft, 1, chance, ("prose", "date", "text"))
    for mark in marks:
        mark.addnext(parsed(picture_run(portrait(chance), draft.drawn.pictures)))
    return bool(marks)


def commented(draft: Draft, chance: random.Random) -> bool:
    """A comment on a value; what it says is nobody's answer."""
    marks = _filled(draft, 2, chance)
    if not marks or "comments" in draft.drawn.parts:
        return False
    notes = []
    for number, mark in enumerate(marks):
        mark.addprevious(parsed(f'<w:commentRangeStart w:id="{number}"/>'))
        mark.addnext(parsed(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        mark.addnext(parsed(f'<w:commentRangeEnd w:id="{number}"/>'))
        text = chance.choice(("请核对", "应为李四", "2015年？"))
        notes.append(f'<w:comment w:id="{number}" {_BY}>{paragraph(run(text))}</w:comment>')
    draft.drawn.parts["comments"] = parsed(f"<w:comments>{''.join(notes)}</w:comments>")
    return True


def hidden_words(draft: Draft, chance: random.Random) -> bool:
    """Words that Word does not show, in a value's line."""
    marks = _filled(draft, 2, chance)
    for mark in marks:
        mark.addnext(parsed(run(chance.choice(("张三", "旧值", "2015")), "<w:vanish/>")))
    return bool(marks)


def fonts_mixed(draft: Draft, chance: random.Random) -> bool:
    """Other sizes, colours and faces."""
    mixed = False
    for mark in marks_of(draft):
        front = mark.find(f"{W}rPr")
        if front is not None and chance.random() < 0.6:
            size = front.find(f"{W}sz")
            if size is not None:
                size.set(f"{W}val", str(chance.choice((16, 18, 24, 32))))
            front.insert(1, parsed(chance.choice(("<w:i/>", "<w:b/>", "<w:i/>"))))
            mixed = True
    return mixed


def underlined(draft: Draft, chance: random.Random) -> bool:
    """Values underlined, with blanks around them so that the line is long."""
    marks = _filled(draft, 4, chance, ("text", "date", "count", "days", "phone"))
    for mark in marks:
        blank = " " * chance.randint(1, 4)
        set_text(mark, f"{blank}{text_of(mark)}{blank}")
        front = mark.find(f"{W}rPr")
        if front is not None:
            front.append(parsed('<w:u w:val="single"/>'))
    return bool(marks)


def controls_around(draft: Draft, chance: random.Random) -> bool:
    """Content controls around runs, paragraphs, cells or a row."""
    way = chance.choice(("run", "paragraph", "cell", "row"))
    if way == "run":
        targets = _filled(draft, 4, chance)
    else:
        tag = {"paragraph": "p", "cell": "tc", "row": "tr"}[way]
        targets = [next(mark.iterancestors(f"{W}{tag}")) for mark in _filled(draft, 1 if way == "row" else 3, chance)
                   if next(mark.iterancestors(f"{W}{tag}"), None) is not None]  # fmt: skip
    for target in {id(target): target for target in targets}.values():
        control = parsed('<w:sdt><w:sdtPr><w:alias w:val="栏"/></w:sdtPr><w:sdtContent/></w:sdt>')
        target.addprevious(control)
        control[1].append(target)
    return bool(targets)


def fields_around(draft: Draft, chance: random.Random) -> bool:
    """Values as the results of fields: form texts of old Word, simple fields."""
    marks = _filled(draft, 3, chance, ("text", "date", "phone", "id_number"))
    for mark in marks:
        if chance.random() < 0.3:
            simple = parsed('<w:fldSimple w:instr=" AUTHOR "/>')
            mark.addprevious(simple)
            simple.append(mark)
            continue
        for kind in ("begin", "instr", "separate"):
            inside = (
                '<w:instrText xml:space="preserve"> FORMTEXT </w:instrText>'
                if kind == "instr"
                else f'<w:fldChar w:fldCharType="{kind}"/>'
            )
            mark.addprevious(parsed(f"<w:r>{inside}</w:r>"))
        mark.addnext(parsed('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    return bool(marks)


def paragraphs_added(draft: Draft, chance: random.Random) -> bool:
    """Empty paragraphs in cells, behind what stands there."""
    cells = [cell for table in tables(draft) for row in rows_of(table) for cell in row.findall(f"{W}tc")]
    chosen = [cell for cell in cells if chance.random() < 0.2]
    for cell in chosen:
        cell.append(parsed(paragraph("")))
    return bool(chosen)


def labels_spaced(draft: Draft, chance: random.Random) -> bool:
    """White space of all kinds put between the letters of printed words."""
    spaced = False
    for node in draft.drawn.body.iter(f"{W}r"):
        text = text_of(node)
        printed = not node.attrib and 2 <= len(text) <= 4 and all(map(is_han, text))
        if printed and chance.random() < 0.3:
            set_text(node, chance.choice((" ", "　", "\u00a0", "  ")).join(text))
            spaced = True
    return spaced


def linked(draft: Draft, chance: random.Random) -> bool:
    """Links that Word makes of what looks like an address as it is typed."""
    return _wrapped(draft, chance, '<w:hyperlink w:anchor="_top" w:history="1"/>', ("text", "phone", "id_number"))


def smart_tagged(draft: Draft, chance: random.Random) -> bool:
    """What old Word in China makes of every date, number and name it knows: an element around the run."""
    tag = chance.choice(("chsdate", "chmetcnv", "PersonName"))
    uri = "urn:schemas-microsoft-com:office:smarttags"
    opening = f'<w:smartTag w:uri="{uri}" w:element="{tag}"><w:smartTagPr><w:attr w:name="Year" w:val="2016"/>'
    return _wrapped(draft, chance, f"{opening}</w:smartTagPr></w:smartTag>", ("date", "month", "count", "text"))


def _wrapped(draft: Draft, chance: random.Random, xml: str, codecs: Sequence[str]) -> bool:
    marks = _filled(draft, 4, chance, codecs)
    for mark in marks:
        around = parsed(xml)
        mark.addprevious(around)
        around.append(mark)
    return bool(marks)


def value_tabbed(draft: Draft, chance: random.Random) -> bool:
    """Values moved to their place with the tabulator."""
    marks = _filled(draft, 3, chance, ("text", "date", "count", "phone", "month", "id_number"))
    for mark in marks:
        node = mark.find(f"{W}t")
        assert node is not None
        node.addprevious(parsed("<w:tab/>"))
    return bool(marks)


def value_highlighted(draft: Draft, chance: random.Random) -> bool:
    """Values in colour or on a coloured ground, for whoever checks them."""
    marks = _filled(draft, 4, chance)
    for mark in marks:
        front = mark.find(f"{W}rPr")
        if front is None:
            front = parsed("<w:rPr/>")
            mark.insert(0, front)
        front.append(parsed(chance.choice(('<w:highlight w:val="yellow"/>', '<w:shd w:val="clear" w:fill="D9D9D9"/>'))))
    return bool(marks)
