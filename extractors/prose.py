"""Papers of prose that nobody wrote on a form: 反思, 报告, 总结, 计划, 请假条, 鉴定, each to a submission of its form.

Kind from title and headings, person from author line and file name; what is in doubt is one question for a person.
Beside its form's own fields such a paper has its title and its whole text; what it does not say is `missing`, and
nobody asks for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.authorlabels import AuthorLabels, author_labels
from extractors.authors import Author, author_of
from extractors.fields import SheetReadings
from extractors.outline import Outline, headings_of, outline_of
from extractors.parts import form_on
from extractors.policy import asked_about
from extractors.prosekinds import KINDS, KindFound, kind_of_prose
from extractors.prosepaper import (
    Fields,
    fields_stated,
    stated_by_author,
    stated_by_letter,
    stated_by_parts,
    stated_by_text,
)
from extractors.running import Running, running_of
from gengang.findings import Finding
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import PROSE, FieldReading, Reading
from gengang.sheet import Sheet, squeezed

_LEAST_LETTER, _LEAST_TEXT = 15, 40  # characters of a body
_OFFICE = ("教体局", "教育局", "教育体育局", "教师进修学校", "教研室", "领导小组办公室")
_NAMES_OF_FORMS = ("表", "单", "册", "簿", "卡", "名单", "书")
_WHAT_IS_IT = Finding(
    "unknown_form",
    "像是一篇文字材料，看不出是哪一种：这是什么材料？是谁的？请交件人写明题目和署名后再交。",
    severity="error",
)


def or_prose(found: SheetReadings, sheet: Sheet, forms: Sequence[Form], named: str) -> SheetReadings:
    """What a sheet gave, or the paper of prose that it is: where no form was found, or one without a single ruled row.

    named: path of the file, in its container too, with who sent it.
    """
    # A page whose border was not found still shows its form's words; a title alone is no form.
    ruled = any(row.table for row in sheet.rows)
    paged = sheet.medium != "word" or bool(found.readings and not _is_ruled(found.readings[0], forms))
    if found.readings and (ruled or (paged and form_on(sheet.rows, forms, 0.0) is not None)):
        return found
    prose = prose_reading(sheet, forms, named)
    if prose is not None:
        return SheetReadings((prose,))
    asked = not found.readings and _is_essay(sheet)
    return replace(found, findings=(*sheet.findings, _WHAT_IS_IT)) if asked else found


def _is_essay(sheet: Sheet) -> bool:
    """Whether a sheet is running text for the most part, though of no kind that is known."""
    running = running_of(sheet)
    text = sum(len(one.text) for one in running.paragraphs)
    return text >= _LEAST_TEXT and sum(map(len, running.beside)) <= text


def _is_ruled(reading: Reading, forms: Sequence[Form]) -> bool:
    """Whether the form that was found has its fields in tables."""
    form = next((form for form in forms if form.stem == reading.form), None)
    return form is not None and any(row.table and row.slots for row in form.rows)


def prose_reading(sheet: Sheet, forms: Sequence[Form], named: str) -> Reading | None:
    """The reading of a paper of prose; None for what is none, or is no paper of these forms.

    named: path of the file, whose names are evidence and never proof.
    """
    running = running_of(sheet)
    labels = author_labels(tuple(forms))
    outline = outline_of(running.paragraphs, labels)
    text = "\n".join(one.text for one in outline.body)
    known = {form.stem: form for form in reversed(forms)}
    if not outline.body or not (outline.title or named):
        return None
    found = kind_of_prose(outline.naming, headings_of(outline.body), text, named, tuple(known))
    least = _LEAST_LETTER if found.stem and KINDS[found.stem].letter else _LEAST_TEXT
    if not found.stem or len(text) < least:
        return None
    if sum(map(len, running.beside)) > len(text):  # mostly tables: somebody's form, or a text that only a person knows
        if outline.heading.endswith(_NAMES_OF_FORMS):
            return None
        found = replace(found, sure=False)
    form = known[found.stem]
    author = author_of(outline, labels, named, *_name_labels(form, labels))
    stated = (*stated_by_text(running, outline), *stated_by_author(form, outline, labels, author),
              *stated_by_parts(form, outline),
              *(stated_by_letter(form, outline, author) if KINDS[form.stem].letter else ()))  # fmt: skip
    fields, told = fields_stated(form, sheet.medium, stated)
    asked = tuple(_questions(form, fields, found, author, outline))
    findings = (*sheet.findings, *told, *asked, *_unread(running, outline))
    doubted = not found.sure or any(one.code == "unclear_paper" for one in asked)
    pages = {row.cells[0].place.page for row in sheet.rows if row.cells}
    return Reading(form.stem, PROSE, _doubted(fields) if doubted else fields,
                   tuple(sorted(page for page in pages if page is not None)), findings=findings)  # fmt: skip


def _name_labels(form: Form, labels: AuthorLabels) -> tuple[frozenset[str], frozenset[str]]:
    """Labels that stand before the author of this kind, and those that stand before somebody else."""
    if form.stem != "mentor_summary":
        return frozenset(), frozenset()
    own = {name: squeezed(label) for name, label in labels_of(form).items()}
    return labels.mentor, frozenset({own.get("trainees", ""), "跟岗教师", "学员", "跟岗学员"})


# --- questions ---


def _questions(form: Form, fields: Fields, found: KindFound, author: Author, outline: Outline) -> Iterator[Finding]:
    """这是什么材料？是谁的？ as one question, with what speaks for an answer."""
    asks = []
    if not found.sure or (form.stem == "base_school_plan" and _is_of_office(author, outline)):
        asks.append(f"这是什么材料？（像是“{form.title}”）")
    whose = fields.get("name", fields.get("base_school"))
    if not isinstance(whose, FieldReading) or whose.status != "accepted":
        said = f"（写着“{whose.value}”）" if isinstance(whose, FieldReading) and whose.value else ""
        asks.append(f"是谁的？{said}" if asks else f"这份材料是谁的？{said}")
    if asks:
        yield Finding("unclear_paper", "".join(asks) + "请人工确认。", severity="manual")
    written = whose.value if isinstance(whose, FieldReading) and "name" in fields else None
    if written and author.named and written not in author.named:
        names = "、".join(author.named)
        yield Finding("file_name_differs", f"文件名写着“{names}”，文中署名不同，以文中为准，请核对。", "name")


def _is_of_office(author: Author, outline: Outline) -> bool:
    """A plan that the education office signed is the programme's own, not the base school's."""
    lines = " ".join(one.paragraph.text for one in outline.signed)
    return author.school is None or any(word in lines for word in _OFFICE)


def _unread(running: Running, outline: Outline) -> Iterator[Finding]:
    """What stands on the paper and in none of its fields."""
    if running.beside:
        text = running.beside[0]
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        yield Finding("unread_content", f"正文以外还有{len(running.beside)}处内容（如“{shown}”），请人工查看。")
    for remark in outline.remarks:
        yield Finding("unread_content", f"文末有批示：“{remark.text[:20]}”，请人工查看。")
    if running.pictures:
        yield Finding("unread_content", f"文中有{running.pictures}张图片，未读取，请人工查看。", severity="info")


def _doubted(fields: Fields) -> Fields:
    """While it is not known what a paper is, or whose, nothing on it is accepted."""
    return {name: asked_about(one) if isinstance(one, FieldReading) else one for name, one in fields.items()}
