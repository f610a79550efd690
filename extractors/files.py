"""Files as people send them to their readings: the top of the readers, one entry a file whatever happens to it.

Knows which reader each kind of file needs and how a container's members belong together; judges nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from extractors.archive import is_litter
from extractors.fields import SheetReadings, readings_of_sheet
from extractors.identify import Kind, medium_of
from extractors.leaves import CONTAINERS, Leaf, groups_of
from extractors.marks import with_named_marks
from extractors.materials import KEPT_UNOPENED, Shown, material_of, materials_among, unopened
from extractors.office import OLD_FORMATS, docx_of_office
from extractors.opening import Opened, load, old_files, opened, sha256_of, unreadable
from extractors.pace import UNHURRIED, Pace
from extractors.paper import Page
from extractors.pasted import pages_pasted
from extractors.pdf import pages_of_pdf
from extractors.pieces import Known
from extractors.piles import readings_of_pile, separator_of
from extractors.prose import or_prose
from extractors.scan import Picture, page_of_picture, pictures_of_image, pictures_of_pdf
from extractors.scenes import is_scene
from extractors.signs import takes_sign
from extractors.spreads import apart
from extractors.tables import TABLES, readings_of_table
from gengang.findings import Finding
from gengang.form import Form
from gengang.material import Material, told_of
from gengang.reading import FileReading, Reading
from gengang.sheet import Medium, Pasted, squeezed
from gengang.wordxml import NotWordError, sheet_of_word

MOST_ROWS = 100_000  # two thousand forms
_SAYS_WHY = frozenset({"unknown_form", "too_large", "unreadable_file", "empty_file", "encrypted", "bag_empty"})
_UNREAD = frozenset({"too_costly", "reader_failed", "unreadable_page"})  # what a part says that was left out

Office = Mapping[str, bytes | Finding]

ADVICE: Mapping[Kind, str] = {
    "empty": "是空文件，没有任何内容。请对方重新发送。",
    "encrypted-office": "设有打开密码，无法读取。请取消密码后另存一份再交。",
    "ods": "是 ODS 电子表格，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再交。",
    "ofd": "是 OFD 版式文件，无法读取。请用 OFD 阅读器或 WPS 打开后导出为 PDF 再交。",
    "split": "是分卷压缩包的一卷，单独打不开。请对方不分卷，重新压缩成一个压缩包再发；太大的，请分成几个独立的压缩包。",
    "html": "是网页文件，无法读取。请用 WPS 或 Word 打开后另存为 .docx 再交。",
    "text": "是纯文本，不是表格。请对方填写 Word 版表格后再交。",
    "unknown": "不是能识别的文件格式，可能已损坏。请对方改交 Word、PDF 或清晰的照片。",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What one leaf, or the pictures of one container, gave."""

    medium: Medium
    submissions: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    materials: tuple[Material, ...] = ()


def read_files(paths: Sequence[str], forms: Sequence[Form]) -> tuple[FileReading, ...]:
    """One reading for each path, in order, all in this process. Never raises for a file's sake that was foreseen."""
    files = [_file_at(path) for path in paths]
    old = [old_files(file) for file in files if isinstance(file, Opened)]
    office = docx_of_office({sha256: file for one in old for sha256, file in one.items()})
    return tuple(read_opened(file, forms, office) if isinstance(file, Opened) else file for file in files)


def read_bytes(name: str, data: bytes, forms: Sequence[Form]) -> FileReading:
    """The reading of one file that is already in memory. name: given back as `file`; its ending is only a hint."""
    file = opened(name, data)
    return read_opened(file, forms, docx_of_office(old_files(file)))


def _file_at(path: str) -> Opened | FileReading:
    kept = unopened(path, path)
    if kept is not None:
        return kept
    data = load(path)
    return unreadable(path, data) if isinstance(data, Finding) else opened(path, data)


def read_opened(file: Opened, forms: Sequence[Form], office: Office, pace: Pace = UNHURRIED) -> FileReading:
    """The reading of a file. office: hash of each old office file in it -> its .docx, or why there is none."""
    reads = [_read_group(group, forms, office, pace) for group in groups_of(file.leaves)]
    submissions = tuple(submission for read in reads for submission in read.submissions)
    found = tuple(finding for read in reads for finding in read.findings)
    medium = next((read.medium for read in reads if read.submissions), None)
    if medium is None:
        medium = reads[0].medium if len(reads) == 1 and file.kind not in CONTAINERS else file.medium
    materials = tuple(material for read in reads for material in read.materials)
    findings = file.findings + found + tuple(map(told_of, materials))
    return FileReading(file.name, file.sha256, medium, submissions, findings, materials)


def _read_group(group: Sequence[Leaf], forms: Sequence[Form], office: Office, pace: Pace) -> Read:
    first = group[0]
    avoided = pace.begins(first.member) if first.kind != "image" else None
    if avoided is not None:
        return Read(medium_of(first.kind), findings=(avoided,))
    if first.kind == "image":
        read = _read_pictures(group, forms, pace)
    elif first.kind == "pdf":
        read = _read_pdf(first, forms, pace)
    elif first.kind in KEPT_UNOPENED:
        read = Read(medium_of(first.kind), materials=(material_of(first, KEPT_UNOPENED[first.kind]),))
    else:
        read = _read_document(first, forms, office, pace)
    if not first.member:
        return read
    return replace(read, findings=tuple(_named(first, len(group), finding) for finding in read.findings))


def _named(leaf: Leaf, pages: int, finding: Finding) -> Finding:
    """A container's finding says which member it means."""
    which = f"“{leaf.name}”" if pages == 1 else f"“{leaf.name}”等 {pages} 张图片"
    return replace(finding, message=f"{which}：{finding.message}", place=finding.place or leaf.member)


def _read_document(leaf: Leaf, forms: Sequence[Form], office: Office, pace: Pace) -> Read:
    medium = medium_of(leaf.kind)
    if is_litter(leaf.name.replace("\\", "/").rpartition("/")[2]):
        return Read(medium, findings=(_refused("unreadable_file", "是系统或程序留下的临时文件，已略过，可以删除。"),))
    data = office.get(sha256_of(leaf.data), leaf.data) if leaf.kind in OLD_FORMATS else leaf.data
    if isinstance(data, Finding):
        return Read(medium, findings=(data,))
    data = with_named_marks(data) if leaf.kind in OLD_FORMATS else data
    members = [leaf.member] if leaf.member else []
    table = readings_of_table(leaf.kind, data, leaf.name, forms) if leaf.kind in TABLES else None
    if table is not None:
        return _told(table, "sheet", members)
    if leaf.kind in ADVICE:
        code = {"empty": "empty_file", "encrypted-office": "encrypted", "split": "split_archive"}.get(
            leaf.kind, "unreadable_file"
        )
        return Read(medium, findings=(_refused(code, f"文件{ADVICE[leaf.kind]}"),))
    try:
        sheet = sheet_of_word(data)
    except NotWordError as error:
        return Read("word", findings=(_refused(error.code, str(error)),))
    if len(sheet.rows) > MOST_ROWS:
        message = f"Word 文件超过 {MOST_ROWS} 行，未读取。请按人拆分后再交。"
        return Read("word", findings=(_refused("too_large", message),))
    found = or_prose(readings_of_sheet(sheet, forms), sheet, forms, leaf.named)
    read = _told(found, sheet.medium, members)
    return _with_pasted(read, leaf, sheet.pictures, forms, pace) if sheet.pictures else read


def _with_pasted(read: Read, leaf: Leaf, pictures: Sequence[Pasted], forms: Sequence[Form], pace: Pace) -> Read:
    """A form that was pasted into a Word file as a picture is read as a scan is; other pictures are no pages."""
    pages, findings = _scanned(leaf, (), partial(pages_pasted, pictures), known_of(forms), pace)
    pages = [one for page in pages for one in apart(page, forms)]
    found = readings_of_pile(pages, "scan", findings, forms) if pages else SheetReadings()
    if not found.readings:
        return replace(read, findings=read.findings + tuple(one for one in findings if one.severity == "error"))
    told = Finding("pasted_form", "表格是以图片贴在 Word 文件里的，已按扫描件识读，请对照核对。", severity="info")
    scans = _told(found, "scan", [leaf.member] * len({page.number for page in pages}) if leaf.member else [])
    known = tuple(one for one in read.findings if read.submissions or one.code != "unknown_form")
    medium = read.medium if read.submissions else "scan"
    return Read(medium, read.submissions + scans.submissions, (*known, told, *scans.findings))


def _refused(code: str, message: str) -> Finding:
    return Finding(code, message, severity="error")


def _read_pdf(leaf: Leaf, forms: Sequence[Form], pace: Pace) -> Read:
    views = pages_of_pdf(leaf.data, lambda number: pace.begins(f"{_page(leaf, number)}文字") is None)
    if isinstance(views, Finding):
        return Read("pdf", findings=(views,))
    wanted = [number for number, view in enumerate(views, 1) if view is None]
    scanned, findings = _scanned(leaf, wanted, partial(pictures_of_pdf, leaf.data, wanted), known_of(forms), pace)
    by_number = {page.number: page for page in scanned}
    pages = [view or by_number.get(number) for number, view in enumerate(views, 1)]
    medium: Medium = "scan" if wanted else "pdf"
    seen = tuple(one for page in pages if page is not None for one in apart(page, forms))
    members = [leaf.member] * len(views) if leaf.member else []
    found = readings_of_pile(seen, medium, findings, forms, leaf.named)
    read = _told(found, medium, members)
    return read if read.submissions or len(scanned) < len(views) else _or_evidence(read, [Shown(leaf, seen)], forms)


def _lost_page(number: int) -> Finding:
    message = f"第 {number} 页没有读到，可能已损坏。请对方重新导出或重新扫描这一页。"
    return Finding("unreadable_page", message, severity="error", place=f"第{number}页")


def _read_pictures(group: Sequence[Leaf], forms: Sequence[Form], pace: Pace) -> Read:
    """Pictures that belong together, numbered through; a member that cannot be read is told and leaves no gap."""
    shown: list[Shown] = []
    findings: list[Finding] = []
    members: list[str] = []
    for leaf in group:
        first = len(members) + 1
        if pace.over:
            findings.append(_late(first))
            break
        avoided = pace.begins(leaf.member)
        pictures = avoided or pictures_of_image(leaf.data, first)
        if isinstance(pictures, Finding):
            findings.append(pictures if len(group) == 1 else _named(leaf, 1, pictures))
            continue
        seen, more = _scanned(leaf, pictures.numbers, pictures.pages, known_of(forms), pace)
        shown.append(Shown(leaf, tuple(one for page in seen for one in apart(page, forms))))
        findings += more
        members += [leaf.member] * len(pictures.numbers)
    if not any(one.pages for one in shown):
        return Read("scan", findings=tuple(findings))
    read = _told(_read_pages(shown, findings, forms), "scan", members if group[0].member else [])
    return _or_evidence(read, shown, forms)


def _read_pages(shown: Sequence[Shown], findings: Sequence[Finding], forms: Sequence[Form]) -> SheetReadings:
    """The forms on the pages of some pictures; a photo of an activity is none of them and does not come between."""
    every = [page for one in shown for page in one.pages]
    pages = [page for page in every if not is_scene(page, forms)]
    scenes = {page.number for page in every} - {page.number for page in pages}
    beside = {f"第{number}页" for number in scenes}
    findings = [one for one in findings if one.place not in beside or one.code != "low_resolution"]
    if not pages:
        return SheetReadings(findings=tuple(findings))
    found = readings_of_pile(pages, "scan", findings, forms, shown[0].leaf.named)
    return replace(found, findings=tuple(one for one in found.findings if not _says_empty(one, scenes)))


def _says_empty(finding: Finding, scenes: Collection[int]) -> bool:
    """Whether it calls a bag empty behind whose cover lie photos."""
    behind = {f"第{number - 1}页" for number in scenes}
    return (finding.code == "bag_empty" and bool(scenes)) or (
        finding.code == "bag_without_papers" and finding.place in behind
    )


def _or_evidence(read: Read, shown: Sequence[Shown], forms: Sequence[Form]) -> Read:
    """The reading of some pictures with those that no form is made of; it calls nothing unknown that is kept so.

    What parts a pile is neither.
    """
    used = {number for reading in read.submissions for number in reading.pages}
    skipped = {finding.place for finding in read.findings if finding.code == "page_skipped"}
    beside = [one for one in map(_without_separators, shown) if one is not None]
    materials = tuple(materials_among(beside, used, skipped, forms))
    alone = len(materials) == len(beside)
    findings = tuple(one for one in read.findings if not (alone and one.code == "unknown_form"))
    return replace(read, findings=findings, materials=materials)


def _without_separators(shown: Shown) -> Shown | None:
    """None for a picture that is nothing else."""
    pages = tuple(page for page in shown.pages if separator_of(page) is None)
    return Shown(shown.leaf, pages) if pages or not shown.pages else None


def known_of(forms: Sequence[Form]) -> Known:
    """What the forms print in cells and lines without a field, and the words of their tick boxes.

    No lone letter: a label printed downwards has many, and the last line of somebody's text may be one of them.
    """
    lines = (line for form in forms for row in form.rows for cell in row.cells for line in cell.lines)
    words = (squeezed(line.printed) for line in lines if not line.slots)
    printed = frozenset(word for word in words if len(word) > 1)
    slots = [slot for form in forms for slot in form.slots()]
    ticks = {slot.type.options for slot in slots if slot.type.codec == "tick"}
    return Known(printed, tuple(sorted(ticks)), any(takes_sign(slot.type) for slot in slots))


Begins = Callable[[int], bool]
Seen = Picture | Finding  # a page, or what to say of one that is none


def _scanned(
    leaf: Leaf, numbers: Sequence[int], pictures: Callable[[Begins], Iterable[Seen]], known: Known, pace: Pace
) -> tuple[list[Page], list[Finding]]:
    """The pages that could be read, and a finding for each of the others. numbers: of all pages, in order."""
    pages: list[Page] = []
    findings: list[Finding] = []
    late: list[int] = []
    avoided: dict[int, Finding] = {}

    def begins(number: int) -> bool:
        if pace.over:
            late.append(number)
            return False
        why = pace.begins_page(_page(leaf, number))
        if why is not None:
            avoided[number] = replace(why, place=f"第{number}页")
        return why is None

    for picture in pictures(begins):
        if isinstance(picture, Finding):
            findings.append(picture)
            continue
        page, more = page_of_picture(picture, known)
        pages.append(page)
        findings += more
    pace.ends()
    lost = set(numbers) - {page.number for page in pages} - avoided.keys() - set(late)
    findings += [*avoided.values(), *map(_late, late[:1]), *map(_lost_page, sorted(lost))]
    return pages, findings


def _late(number: int) -> Finding:
    return _refused("too_large", f"这份文件读得太久，第 {number} 页起未读取。请拆分后再放入。")


def _page(leaf: Leaf, number: int) -> str:
    """What a page is called while it is read."""
    return f"{leaf.member}第{number}页"


def _told(found: SheetReadings, medium: Medium, members: Sequence[str]) -> Read:
    """What was read; where it is no known form because a part was left out, that part says why, last of all."""
    readings = tuple(replace(reading, members=_members_of(reading, members)) for reading in found.readings)
    findings = found.findings
    unread = tuple(finding for finding in findings if finding.code in _UNREAD)
    if not readings and unread:
        rest = tuple(finding for finding in findings if finding.code not in {*_UNREAD, "unknown_form"})
        return Read(medium, readings, (*rest, *unread))
    if not readings and not any(finding.code in _SAYS_WHY for finding in findings):
        message = "不是本项目的表格，未读取任何内容。请核对是否交错了文件。"
        findings = (*findings, _refused("unknown_form", message))
    return Read(medium, readings, findings)


def _members_of(reading: Reading, members: Sequence[str]) -> tuple[str, ...]:
    if not reading.pages:
        return tuple(dict.fromkeys(members))
    return tuple(dict.fromkeys(members[page - 1] for page in reading.pages if page <= len(members)))
