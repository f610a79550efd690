"""What there is to bind into a packet: the parts of the showcase, the season's papers, and the originals of what people
wrote; with what is left out and why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.drafting import Judged
from gengang.issuing import finals_pressed
from gengang.night import material_of, press_of, print_papers
from gengang.office.kinds import Material
from gengang.office.meeting_words import meeting_of, showcase_of, trainees
from gengang.office.works import Work, works_of
from gengang.original_pages import Original, originals_of
from gengang.originals import originals_place
from gengang.packet_plan import HANDBOOK, OF_A_SCHOOL, OFFICE, PLAN, SEASON, WORKS_HEADING, drafts_of_plan, private_in
from gengang.papers.packet import Chapter, Part
from gengang.papers.places import path_of
from gengang.papers.print_proof import page_texts
from gengang.press import Press, Pressed, kinds_apart, part_of, press
from gengang.roster import School
from gengang.under_way import Pass
from gengang.workspace import BUILT_IN


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to bind.

    parts: heading -> its papers; season: papers of people and of the cohort, each with its kind and its number among
    copies; works: with the pages that came in; remarks: what is left out and why, in sentences.
    """

    material: Material
    parts: Mapping[str, tuple[Pressed, ...]]
    season: tuple[tuple[str, Pressed], ...]
    works: tuple[tuple[Work, Original], ...]
    remarks: tuple[str, ...]

    def is_of(self, school: School, person: str) -> bool:
        """Whether a person's key is somebody of the school; a mentor is the base school's."""
        found = self.material.judged.season.roster.person(person)
        return found is not None and found.school == school.name


def stock_of(under_way: Pass, judged: Judged) -> Stock:
    """Print what is due, and gather it."""
    pressed = (*print_papers(under_way, judged), *finals_pressed(under_way, judged))
    material = material_of(under_way, judged)
    parts, held = _parts(under_way, material)
    works, left = _works(under_way, material)
    return Stock(material, parts, tuple(_in_order(material, pressed)), works, (*held, *left))


def _parts(under_way: Pass, material: Material) -> tuple[dict[str, tuple[Pressed, ...]], list[str]]:
    """Each part's papers. One that shows what only the office may see is never bound for the room."""
    at = press_of(under_way)
    remarks: list[str] = []
    parts: dict[str, list[Pressed]] = {}
    headings = {name: drafts_of_plan(material, PLAN[name]) for name in PLAN}
    drafts = [draft for by_part in headings.values() for own in by_part.values() for draft in own]
    made = iter(press(drafts, at, lambda done: under_way.told("汇报会材料", done, len(drafts))))
    for name, by_part in headings.items():
        for heading, own in by_part.items():
            parts[heading] = []
            for one in (next(made) for _ in own):
                why = why_not_bound(one, at, name)
                if why:
                    remarks.append(why)
                else:
                    parts[heading].append(one)
    return {heading: tuple(own) for heading, own in parts.items()}, remarks


def why_not_bound(one: Pressed, at: Press, volume: str) -> str:
    """Why a paper is left out of a volume, '' where it is bound."""
    if one.status == "held":
        return f"未放行 {one.draft.file}：{one.findings[0].message}"
    if volume == HANDBOOK and any(private_in(page_texts(path_of(at.outbox, one.file, "pdf").read_bytes()))):
        return f"{one.draft.file} 里有身份证号、个人手机、得分或不宜公开的情况，没有收入{HANDBOOK}。"
    return ""


def _in_order(material: Material, pressed: Sequence[Pressed]) -> Iterator[tuple[str, Pressed]]:
    """Papers of the season by kind and in the order of the showcase's lists."""
    event = showcase_of(material)
    people = trainees(material, meeting_of(material, event)) if event else material.judged.trainees
    place = {one.key: number for number, one in enumerate(people)}
    kept = [(kind, one) for kind, one in zip(kinds_apart(pressed), pressed, strict=True) if one.status != "held"]
    for season in SEASON:
        own = [(kind, one) for kind, one in kept if one.draft.kind == season]
        yield from sorted(own, key=lambda one: place.get(one[1].draft.person, len(place)))


def _works(under_way: Pass, material: Material) -> tuple[tuple[tuple[Work, Original], ...], list[str]]:
    """Essays and reports as their own pages, and which of them cannot be shown so."""
    event = showcase_of(material)
    if event is None:
        return (), []
    works = works_of(material, meeting_of(material, event))
    held = {one.paper.key: one for one in material.judged.season.papers}
    settings = under_way.settings
    found = originals_of(
        [held[work.paper.key] for work in works], originals_place(settings), settings.workspace / ".press",
        BUILT_IN / "fonts",
        lambda done, of: under_way.told("取原件", done, of),
    )  # fmt: skip
    pairs = [(work, found[work.paper.key]) for work in works]
    left = [f"未收入 {work.person.name} {work.title}：{one.why}。" for work, one in pairs if one.file is None]
    return tuple((work, one) for work, one in pairs if one.file is not None), left


# --- chapters ----------------------------------------------------------------------------------------------------


def chapters_of(stock: Stock, volume: str, at: Press) -> tuple[Chapter, ...]:
    """The chapters of a volume; the office's has the season's papers and the originals behind its parts."""
    parts = tuple(_part_chapters(stock, volume, at))
    return parts if volume != OFFICE else (*parts, *_season_chapters(stock, at), *_works_chapter(stock))


def chapters_of_school(stock: Stock, school: School, at: Press) -> tuple[Chapter, ...]:
    """What belongs to the people of one school."""
    return (*_season_chapters(stock, at, school), *_works_chapter(stock, school))


def _part_chapters(stock: Stock, volume: str, at: Press) -> Iterator[Chapter]:
    for plan in PLAN[volume]:
        own = stock.parts.get(plan.heading, ())
        titles = [plan.heading] if len(own) == 1 else [_name(one) for one in own]
        parts = tuple(part_of(one, one.draft.kind, title, at.outbox) for one, title in zip(own, titles, strict=True))
        if parts:
            yield Chapter(plan.heading, parts)


def _name(one: Pressed) -> str:
    """`丁秀（周寨小学，教体局存）` of a person's paper, its file's name of another."""
    name = one.file.rpartition("/")[2]
    unit, _, rest = name.partition("_")
    if not one.draft.person or not rest:
        return name
    person, *notes = rest.split("_")
    return f"{person}（{'，'.join((_ORDER.sub('', unit), *notes))}）"


_ORDER = re.compile(r"^\d{2}(?=\D)")  # of the school, before its name


def _season_chapters(stock: Stock, at: Press, school: School | None = None) -> Iterator[Chapter]:
    for kind, heading in SEASON.items():
        own = [(apart, one) for apart, one in stock.season if one.draft.kind == kind]
        if school is not None:
            own = [(apart, one) for apart, one in own if stock.is_of(school, one.draft.person)]
        if own and (school is None or kind in OF_A_SCHOOL):
            alone = len(own) == 1 and not own[0][1].draft.person
            yield Chapter(heading, tuple(
                part_of(one, apart, heading if alone else _name(one), at.outbox) for apart, one in own
            ))  # fmt: skip


def _works_chapter(stock: Stock, school: School | None = None) -> Iterator[Chapter]:
    parts = tuple(
        Part(f"{work.person.name}（{work.person.school}）：{work.title}", file, len(one.pages),
             key=f"{work.form}:{work.person.key}:{one.key}", only=one.pages)
        for work, one in stock.works
        if (file := one.file) is not None and (school is None or work.person.school == school.name)
    )  # fmt: skip
    if parts:
        yield Chapter(WORKS_HEADING, parts)
