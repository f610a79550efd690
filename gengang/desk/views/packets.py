"""The packet (汇编): what is still missing for it, and the volumes, bundles and lists that lie ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gengang.desk.standing import Standing
from gengang.desk.views.certificates import OUT, READY, dues
from gengang.desk.views.people import rows_of
from gengang.meetings import open_points
from gengang.office.kinds import Material
from gengang.office.meeting_words import meeting_of, showcase_of
from gengang.office.works import works_of
from gengang.packet_plan import PLAN, drafts_of_plan
from gengang.papers.packet_files import SUMS


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing. people: key, name and school of whom; link: where it is mended."""

    title: str
    said: str
    number: int
    link: str = ""
    people: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PacketLacks:
    """What the packet would lack if it were bound now. event: the showcase's name, '' where the scheme has none."""

    event: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A file of the packet. sha256: by which it is asked for; school: whether it is a school's bundle."""

    sha256: str
    name: str
    school: bool
    megabytes: str


@dataclass(frozen=True, slots=True)
class PacketFiles:
    """What lies ready. bound_on: the day, '' for nothing."""

    volumes: tuple[Bound, ...]
    schools: tuple[Bound, ...]
    bound_on: str


def packet_lacks(standing: Standing, material: Material) -> PacketLacks:
    """What is missing: of the meeting, of the parts, of people's papers."""
    event = showcase_of(material)
    return PacketLacks(event.name if event else "", tuple(_lacks(standing, material)))


def _lacks(standing: Standing, material: Material) -> Iterator[Lack]:
    event = showcase_of(material)
    if event is None:
        yield Lack("方案里没有成果汇报会", "只汇编各人的材料和作品。", 1)
    else:
        still = tuple(open_points(meeting_of(material, event)))
        if still:
            yield Lack("会议信息", f"还没有填：{'、'.join(still)}；印成横线。", len(still), "/issuing/meetings")
        empty = [f"{volume}{heading}" for volume, plan in PLAN.items()
                 for heading, drafts in drafts_of_plan(material, plan).items() if not drafts]  # fmt: skip
        if empty:
            yield Lack("印不出的部分", "、".join(empty), len(empty), "/issuing/papers")
    yield from _of_people(standing, material)


def _of_people(standing: Standing, material: Material) -> Iterator[Lack]:
    """Whose certificates, works, evidence and answers are not there yet."""
    rows = standing.of(dues)
    ready = tuple((row.key, row.name, row.school) for row in rows if row.state == READY)
    held = tuple((row.key, row.name, row.school) for row in rows if row.document != "appraisal"
                 and row.state not in (READY, OUT))  # fmt: skip
    if ready:
        yield Lack("可以出而没有发的证书", "汇编里印的是草稿。", len(ready), "/issuing", ready)
    if held:
        yield Lack("没有证书的人", "缓发、待定或不发，底册里列名。", len(held), "/issuing", held)
    event = showcase_of(material)
    if event is not None:
        wrote = {work.person.key for work in works_of(material, meeting_of(material, event))}
        without = tuple((row.key, row.name, row.school) for row in standing.of(rows_of) if row.key not in wrote)
        if without:
            yield Lack("没有交研修成果的学员", "成果汇编里没有他们的报告、反思。", len(without), "", without)
    season = standing.judged.season
    bare = tuple((row.key, row.name, row.school) for row in standing.of(rows_of) if not season.evidence_of(row.key))
    if bare:
        yield Lack("没有佐证材料的学员", "没有照片、课件等可以展示。", len(bare), "", bare)
    waiting = sum(row.waiting for row in standing.of(rows_of))
    if waiting:
        yield Lack("还没核对的栏目", "核对以前不计，印出来是空白或草稿。", waiting, "/review")


# --- what lies ready ---------------------------------------------------------------------------------------------


def sums_in(path: Path) -> tuple[tuple[str, str], ...]:
    """Hash and file of each line of the packet's own list; none without it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    pairs = (line.partition("  ") for line in lines)
    return tuple((sha256, name) for sha256, _, name in pairs if name and ".." not in name.split("/"))


def packet_files(folder: Path) -> PacketFiles:
    """The files of the packet's folder that its list has."""
    found = tuple(
        Bound(sha256, name.rpartition("/")[2], "/" in name, f"{(folder / name).stat().st_size / 1e6:.1f}")
        for sha256, name in sums_in(folder / SUMS) if (folder / name).is_file() and not name.endswith(".docx")
    )  # fmt: skip
    day = _day_of(folder / SUMS) if found else ""
    return PacketFiles(
        tuple(one for one in found if not one.school), tuple(one for one in found if one.school), day
    )  # fmt: skip


def _day_of(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
