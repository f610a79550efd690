"""Office papers of the part 归档: what lies in each volume, its 备考表, its cover and the spine of its box."""

from gengang.office.kinds import Asking, Material, PaperKind
from gengang.office.volumes import Volume, volumes_of
from gengang.papers.draft import Draft
from gengang.papers.words import chinese_date, programme_of
from gengang.rendering import Given, GivenRows

PART = "归档"
_TO_WRITE = "________"
_LINES_TO_WRITE = 5
_MOST_PAGES = 200


def contents_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """卷内文件目录 of each volume."""
    return tuple(_contents(one) for one in volumes_of(material, asking))


def _contents(volume: Volume) -> Draft:
    rows: GivenRows = tuple(
        {"number": number, "code": one.code or None, "author": one.author or None, "title": one.title,
         "day": f"{one.day:%Y%m%d}" if one.day else None, "pages": None, "remark": one.remark or None}
        for number, one in enumerate(volume.filed, 1)
    ) or tuple({"number": number} for number in range(1, _LINES_TO_WRITE + 1))  # fmt: skip
    return _draft("file_contents", volume, "卷内文件目录", {"title": volume.title}, papers=rows)


def note_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """备考表 of each volume: how many papers, which are not there."""
    return tuple(_note(one) for one in volumes_of(material, asking))


def _note(volume: Volume) -> Draft:
    known = sum(one.pages for one in volume.filed)
    sure = f"，其中扫描件、电子打印件计{known}页" if known else ""
    said = [f"本卷共收入材料{len(volume.filed)}件{sure}，全卷页数在装订编号后填写：{_TO_WRITE}页。"]
    said += [f"归档时未收到：{'、'.join(volume.lacking)}。"] if volume.lacking else []
    return _draft("file_note", volume, "备考表", {"said": "\n".join(said)})


def cover_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """案卷封面 of each volume; what the archive decides is left to be written."""
    return tuple(_cover(material, one) for one in volumes_of(material, asking))


def _cover(material: Material, volume: Volume) -> Draft:
    first, last = volume.first_and_last
    period = f"{chinese_date(first)}至{chinese_date(last)}" if first and last else None
    values: dict[str, Given] = {
        "programme": programme_of(material.judged.scheme),
        "title": volume.title,
        "unit": material.judged.scheme.organisation.college,
        "kind": volume.kind,
        "period": period,
        "count": f"{len(volume.filed)}件",
    }
    return _draft("file_cover", volume, "案卷封面", values)


def spine_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """盒脊 of each volume."""
    year = material.judged.scheme.year
    return tuple(
        _draft("file_spine", one, "盒脊", {"year": str(year) if year else None, "kind": one.kind, "title": one.title})
        for one in volumes_of(material, asking)
    )


def _draft(stem: str, volume: Volume, name: str, values: dict[str, Given], **lists: GivenRows) -> Draft:
    return Draft(stem, stem, "papers", volume.person, values, f"{volume.file}/{name}", _MOST_PAGES, lists)


KINDS: tuple[PaperKind, ...] = (
    PaperKind("卷内文件目录", PART, "每人一卷、每事一卷，各有哪些文件", contents_drafts),
    PaperKind("备考表", PART, "每卷的件数和没有收到的材料", note_drafts),
    PaperKind("案卷封面", PART, "每卷的封面，档号、保管期限由档案员填写", cover_drafts),
    PaperKind("盒脊", PART, "每卷档案盒的脊签，剪下来贴", spine_drafts),
)
