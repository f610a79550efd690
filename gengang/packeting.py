"""The December packet: two volumes, a bundle for each school, what to swap after a correction, and a list of hashes.

Everything is bound of papers that were proved; what is still open is said, and the cover says 草稿 until a person
orders the packet for the printer.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from gengang.convening import take_in_meetings
from gengang.errors import WorkspaceError
from gengang.facts import Fact, latest
from gengang.issuing import Written
from gengang.meetingbook import FILE as MEETINGS
from gengang.meetings import open_points
from gengang.night import judge, press_of
from gengang.office.meeting_words import meeting_of, showcase_of
from gengang.packet_plan import OF_A_SCHOOL, PLAN, SEALED, SEASON
from gengang.packet_stock import Stock, chapters_of, chapters_of_school, stock_of
from gengang.papers.draft import Draft, file_name
from gengang.papers.packet import DRAFT, FINAL, FOLDER, Chapter, PacketCover, PacketPage
from gengang.papers.packet_files import SUMS, sums_of, zip_of
from gengang.papers.places import path_of
from gengang.papers.pressbook import put
from gengang.papers.swap import ADDED, CHANGED, Swap, swaps_between
from gengang.papers.words import chinese_date, programme_of
from gengang.press import Packet, Volume, press, press_packets
from gengang.rendering import Given
from gengang.roster import Roster, School
from gengang.under_way import Pass, RunRequest, opened

SCHOOLS = "各校"
WORDS = "Word文件.zip"
PACKET_SUBJECT = "packet"


def packet_papers(request: RunRequest, school: str = "", final: bool = False) -> Written:
    """Bind both volumes and every school's bundle, or the bundle of one school alone.

    final: the cover says 定稿, and the next packet says what to swap against this one. Raises MeetingsError with every
    fault of 会议信息.xlsx, WorkspaceError for a school that there is not.
    """
    with opened(request) as under_way:
        book = under_way.settings.workspace / MEETINGS
        take_in_meetings(book, under_way.scheme, under_way.ledger, under_way.actor, under_way.at)
        stock = stock_of(under_way, judge(under_way))
        status = FINAL if final else DRAFT
        wanted = _school(stock, school) if school else None
        written = _one_school(under_way, stock, wanted, status) if wanted else _whole(under_way, stock, status)
        folder = under_way.settings.outbox / FOLDER
        put(folder / SUMS, sums_of(folder))
        return written


def _one_school(under_way: Pass, stock: Stock, school: School, status: str) -> Written:
    bundles = [_bundle(under_way, stock, school, status)]
    packets = _bound(under_way, (), bundles)
    _put_zips(under_way, stock, (school,), bundles, packets)
    return _told(stock, packets)


def _whole(under_way: Pass, stock: Stock, status: str) -> Written:
    folder = under_way.settings.outbox / FOLDER
    volumes = [_volume(under_way, name, chapters, status) for name in PLAN
               if (chapters := chapters_of(stock, name, press_of(under_way)))]  # fmt: skip
    schools = tuple(one for one in stock.material.judged.season.roster.schools
                    if chapters_of_school(stock, one, press_of(under_way)))  # fmt: skip
    bundles = [_bundle(under_way, stock, one, status) for one in schools]
    packets = _bound(under_way, volumes, bundles)
    bound = list(zip(volumes, packets, strict=False))
    swaps = _swap_list(under_way, stock, bound)
    _put_zips(under_way, stock, schools, bundles, packets[len(volumes) :])
    _drop_others(folder / SCHOOLS, packets[len(volumes) :])
    words = dict(_word_files(under_way, stock))
    if words:
        put(folder / WORDS, zip_of(words))
    if status == FINAL:
        under_way.ledger.append([_printed_fact(under_way, volume, packet) for volume, packet in bound])
    return _told(stock, [packet for _, packet in bound], swaps)


def _volume(under_way: Pass, name: str, chapters: tuple[Chapter, ...], status: str, folder: str = FOLDER) -> Volume:
    scheme = under_way.scheme
    day = under_way.as_of.isoformat()
    return Volume(
        PacketCover(programme_of(scheme), scheme.organisation.college, name, status, day, folder), chapters
    )  # fmt: skip


def _bound(under_way: Pass, volumes: Sequence[Volume], bundles: Sequence[Volume]) -> tuple[Packet, ...]:
    """Volumes and the schools' bundles, in this order. Of a volume each part is told, of the bundles each is a step."""
    schools = [volume.cover.title for volume in bundles]

    def told(name: str, done: int, of: int) -> None:
        if name not in schools:
            under_way.told(f"汇编{name}", done, of)
        elif done == of:
            under_way.told("各校材料", schools.index(name) + 1, len(schools))

    every = (*volumes, *bundles)
    packets = press_packets(every, press_of(under_way), told)
    for volume, packet in zip(every, packets, strict=True):
        if not packet.file:
            raise WorkspaceError(f"{volume.cover.title}的封面或目录未放行：{packet.findings[0].message}")
    return packets


def _told(stock: Stock, packets: Sequence[Packet], swaps: Sequence[str] = ()) -> Written:
    lines = [f"outbox/{one.file}：{len(one.pages)}页。" for one in packets]
    event = showcase_of(stock.material)
    still = tuple(open_points(meeting_of(stock.material, event))) if event else ()
    lines += [f"{MEETINGS} 还没有填：{'、'.join(still)}；印成横线。"] if still else []
    lines += [one.message for packet in packets for one in packet.findings]
    pressed = (*(one for own in stock.parts.values() for one in own), *(one for _, one in stock.season))
    return Written(pressed, (*lines, *swaps, *stock.remarks), len(still) + len(stock.remarks))


# --- schools, Word files -----------------------------------------------------------------------------------------


def _school(stock: Stock, wanted: str) -> School:
    found = stock.material.judged.season.roster.school(wanted)
    if found is None:
        raise WorkspaceError(f"学校一览表里没有“{wanted}”，或者叫这个名字的不止一所，请写全称。")
    return found


def _bundle(under_way: Pass, stock: Stock, school: School, status: str) -> Volume:
    chapters = chapters_of_school(stock, school, press_of(under_way))
    if not chapters:
        raise WorkspaceError(f"{school.name}还没有可以汇编的材料。")
    name = file_name(f"{school.order:02d}{school.name}" if school.order else school.name)
    return _volume(under_way, name, chapters, status, f"{FOLDER}/{SCHOOLS}")


def _put_zips(
    under_way: Pass, stock: Stock, schools: Sequence[School], bundles: Sequence[Volume], packets: Sequence[Packet]
) -> None:
    """A zip of each school's volume with the Word files of its people's papers."""
    for school, volume, packet in zip(schools, bundles, packets, strict=True):
        members = dict(_bundle_members(under_way.settings.outbox, stock, school, packet))
        put(under_way.settings.outbox / FOLDER / SCHOOLS / f"{volume.cover.title}.zip", zip_of(members))


def _drop_others(folder: Path, packets: Sequence[Packet]) -> None:
    """Bundles of schools that have nobody any more, and drafts of what is now for the printer, mislead."""
    kept = {packet.file.rpartition("/")[2] for packet in packets}
    names = {name.rpartition("_")[0] for name in kept}
    for path in folder.glob("*"):
        ours = path.name.endswith((f"_{DRAFT}.pdf", f"_{FINAL}.pdf", ".zip"))
        if ours and path.name not in kept and path.stem not in names:
            path.unlink()


def _bundle_members(outbox: Path, stock: Stock, school: School, packet: Packet) -> Iterator[tuple[str, bytes]]:
    yield packet.file.rpartition("/")[2], (outbox / packet.file).read_bytes()
    for _, one in stock.season:
        if one.draft.kind in OF_A_SCHOOL and stock.is_of(school, one.draft.person):
            path = path_of(outbox, one.file, "docx")
            yield f"Word版/{SEASON[one.draft.kind]}/{path.name}", path.read_bytes()


def _word_files(under_way: Pass, stock: Stock) -> Iterator[tuple[str, bytes]]:
    """The Word files of both volumes' own parts, numbered as the parts are."""
    for name, plans in PLAN.items():
        for plan in plans:
            for one in stock.parts.get(plan.heading, ()):
                path = path_of(under_way.settings.outbox, one.file, "docx")
                yield f"{name}/{plan.number}{path.name}", path.read_bytes()


# --- after a correction ------------------------------------------------------------------------------------------


def _printed_fact(under_way: Pass, volume: Volume, packet: Packet) -> Fact:
    """What was ordered for the printer, page by page; no name stands in it, only keys."""
    pages = [[page.part, page.place, page.seen, page.number] for page in packet.pages]
    data = {"kind": f"packet:{volume.cover.title}", "sha256": packet.sha256, "proof": "bound of proved papers",
            "as_of": under_way.as_of.isoformat(), "pages": pages}  # fmt: skip
    return Fact("paper", PACKET_SUBJECT, data, under_way.actor, under_way.at)


def _swap_list(under_way: Pass, stock: Stock, bound: Sequence[tuple[Volume, Packet]]) -> tuple[str, ...]:
    """换页清单 against the last packet that was ordered; what to say of it."""
    lines = latest(under_way.ledger.read(kinds=("paper",)), "paper")
    titles = [volume.cover.title for volume, _ in bound]
    ordered = {title: lines.get((PACKET_SUBJECT, f"packet:{title}")) for title in titles}
    rows: list[dict[str, Given]] = []
    for volume, packet in bound:
        old = ordered[volume.cover.title]
        for swap in swaps_between(_pages_of(old), packet.pages) if old else ():
            if swap.part == "cover" and volume.cover.status == DRAFT:
                continue  # it differs in that it says so
            rows.append({"number": len(rows) + 1, **_row(volume, swap, stock)})
    days = sorted({str(old.data["as_of"]) for old in ordered.values() if old})
    if not days:
        return ()
    against = f"对照{'、'.join(chinese_date(date.fromisoformat(day)) for day in days)}的定稿，共{len(rows)}处。"
    values: dict[str, Given] = {"programme": programme_of(under_way.scheme), "against": against}
    shown = tuple(rows) or ({"title": "没有要换的页"},)
    draft = Draft("swap_list", "swap_list", "papers", "", values, f"{FOLDER}/换页清单", 2000, {"pages": shown})
    [done] = press([draft], press_of(under_way))
    if done.status == "held":
        return (f"换页清单未放行：{done.findings[0].message}",)
    return (f"与上次定稿相比要处理{len(rows)}处，见 outbox/{done.file}.pdf。",)


def _pages_of(fact: Fact) -> tuple[PacketPage, ...]:
    kept = fact.data["pages"]
    assert isinstance(kept, list | tuple), "written so"
    return tuple(PacketPage(str(part), int(place), str(seen), int(number)) for part, place, seen, number in kept)


def _row(volume: Volume, swap: Swap, stock: Stock) -> dict[str, Given]:
    titles = {part.key: part.title for chapter in volume.chapters for part in chapter.parts}
    kind = swap.part.partition(":")[0].partition("#")[0]
    return {
        "volume": volume.cover.title,
        "pages": str(swap.first) if swap.first == swap.last else f"{swap.first}—{swap.last}",
        "title": titles.get(swap.part) or _title_of_old(swap.part, stock.material.judged.season.roster),
        "act": swap.act,
        "seal": "要" if kind in SEALED and swap.act in (CHANGED, ADDED) else None,
    }


def _title_of_old(part: str, roster: Roster) -> str:
    """What a part that is no longer bound was, from its key."""
    kind, _, person = part.partition(":")
    named = {"cover": "封面", "contents": "目录", **SEASON}
    found = roster.person(person.partition(":")[0])
    return "　".join(filter(None, (named.get(kind.partition("#")[0], "材料"), found.name if found else "")))
