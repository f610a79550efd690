"""What hands forms out: `forms blank` and `forms prefill`, and what is laid on returned ones before scanning: `bag`.

Each goes through the press, so it was read back equal.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gengang.arrivals import write_whole
from gengang.convening import take_in_meetings
from gengang.drafting import Judged, Spent
from gengang.enrolling import proposals_in, schools_known
from gengang.errors import TemplatesError, WorkspaceError
from gengang.form import Form
from gengang.forms_in_use import OF_SOME_PLANS
from gengang.issuing import Written, wanted_keys
from gengang.judging import judged_of
from gengang.meetingbook import FILE as MEETINGS
from gengang.meetings import open_points
from gengang.night import drafts_now, material_from, material_of, paper_fact, press_of, read_back, spent_in_force
from gengang.office.catalogue import kinds_named
from gengang.office.kinds import Asking, Material, PaperKind, TextFile
from gengang.office.letters import numbered_once
from gengang.office.meeting_words import meeting_of
from gengang.papers.bag import asked_of, bag_draft, day_draft
from gengang.papers.draft import Draft
from gengang.papers.faces import borrowed_words, faces_here
from gengang.papers.handouts import blank_draft, own_drafts
from gengang.preflight import Gap, gaps_of, told
from gengang.press import Press, Pressed, is_ours, kinds_apart, press
from gengang.roster import Person
from gengang.scratch import scratch_folder
from gengang.season import season_of
from gengang.under_way import Pass, RunRequest, opened
from gengang.workspace import BUILT_IN, Templates, templates_of, with_writers


def blank_forms(request: RunRequest, stems: Sequence[str], out: Path | None, rows: int | None) -> Written:
    """Clean forms into `out`, or the outbox of the workspace. stems: none for all.

    In a workspace its templates are kept under their hash first. Raises TemplatesError for a stem that is not there,
    WorkspaceError for a folder that cannot be written.
    """
    settings = request.settings
    if settings.scheme.exists():
        # The sign-up form is handed out before there is a roster.
        with opened(request, needs_roster=False) as under_way:
            at = press_of(under_way)
            forms = _chosen(under_way.templates.forms, stems)
            return _written(_blanks(forms, at if out is None else _elsewhere(at, out), rows, request))
    templates = with_writers(settings, templates_of(settings))
    folder = out or (settings.outbox if settings.outbox.is_dir() else settings.workspace)
    with scratch_folder("gengang-") as staging:
        at = Press(templates.writers, read_back, folder, staging, BUILT_IN / "fonts")
        try:
            return _written(_blanks(_chosen(templates.forms, stems), at, rows, request))
        except OSError as fault:
            why = f"空白表写不进 {folder}（{fault.strerror or fault}）：请核对文件夹、权限和磁盘空间后重试。"
            raise WorkspaceError(why) from fault


def _blanks(forms: Sequence[Form], at: Press, rows: int | None, request: RunRequest) -> tuple[Pressed, ...]:
    drafts = [blank_draft(form, rows) for form in forms]
    return press(drafts, at, lambda done: request.told("空白表", done, len(drafts)))


def _elsewhere(at: Press, out: Path) -> Press:
    return Press(at.writers, at.read_back, out, out / ".press", at.fonts)


def own_forms(request: RunRequest, wanted: Sequence[str], stems: Sequence[str], rows: int | None) -> Written:
    """Each person's own forms into `outbox/预填表/`, with page marks. wanted: names or keys, none for everybody.

    Raises WorkspaceError for a name that nobody or several people bear, TemplatesError for an unknown stem.
    """
    with opened(request) as under_way:
        roster = season_of(under_way.ledger.read()).roster
        keys = wanted_keys(roster, wanted)
        people = [one for one in (*roster.trainees, *roster.mentors) if not keys or one.key in keys]
        forms = _chosen(under_way.templates.forms, stems)
        drafts = own_drafts(forms, people, roster, under_way.scheme, rows)
        return _written(
            press(drafts, press_of(under_way), lambda done: request.told("预填表", done, len(drafts))))  # fmt: skip


def bag_covers(request: RunRequest, wanted: Sequence[str], days: Sequence[date]) -> Written:
    """Bag covers, and the sheet of each day of receipt, into `outbox/材料袋封面/`.

    wanted: names or keys; none for everybody, or for nobody where days are named. Raises WorkspaceError for a name that
    nobody or several people bear.
    """
    with opened(request) as under_way:
        judged = judged_of(under_way.ledger.read(), under_way.scheme, under_way.as_of)
        roster = judged.season.roster
        keys = wanted_keys(roster, wanted)
        people = [one for one in (*judged.trainees, *roster.mentors) if one.key in keys or not (keys or days)]
        drafts = [*(_cover(judged, one) for one in people), *(day_draft(day, judged.scheme) for day in days)]
        pressed = press(drafts, press_of(under_way), lambda done: request.told("材料袋封面", done, len(drafts)))
        covers = [one for one in pressed if one.draft.person and is_ours(one)]
        under_way.ledger.append([paper_fact(under_way, one, one.draft.kind) for one in covers])
        return _written(pressed)


def _cover(judged: Judged, person: Person) -> Draft:
    papers = judged.season.papers_of(person.key)
    asked = asked_of(person, papers, judged.verdicts.get(person.key), judged.scheme)
    return bag_draft(person, asked, judged.scheme, judged.season.roster, judged.as_of)


def office_papers(request: RunRequest, names: tuple[str, ...], asking: Asking) -> Written:
    """Office papers by their names, as things stand; those of meetings as 会议信息.xlsx says now. One that cannot be
    printed now says why, and the others are.

    Raises WorkspaceError for a name that there is not, and where nothing can be printed; MeetingsError with every fault
    of the workbook.
    """
    kinds = kinds_named(names)
    with opened(request, needs_roster=False) as under_way:
        if any(kind.part in OF_MEETINGS for kind in kinds):
            book = under_way.settings.workspace / MEETINGS
            take_in_meetings(book, under_way.scheme, under_way.ledger, under_way.actor, under_way.at)
        facts = tuple(under_way.ledger.read())
        judged = judged_of(facts, under_way.scheme, under_way.as_of)
        proposals = proposals_in(under_way.scheme, schools_known(under_way.settings, facts), facts)
        material = replace(material_of(under_way, judged), proposals=proposals)
        drafts, asides = _office_drafts(kinds, material, asking)
        pressed = press(drafts, press_of(under_way), lambda done: request.told("印材料", done, len(drafts)))
        kept = zip(pressed, kinds_apart(pressed), strict=True)
        under_way.ledger.append([paper_fact(under_way, one, kind) for one, kind in kept if is_ours(one)])
        _put_texts(under_way, (text for kind in kinds for text in kind.texts(material, asking)))
        written = _written(pressed)
        borrowed = borrowed_words(faces_here(BUILT_IN / "fonts")) if any(one.status == "new" for one in pressed) else ""
        lines = (*written.lines, *asides, *((borrowed,) if borrowed else ()))
        return replace(written, lines=lines, held=written.held + len(asides))


def _office_drafts(
    kinds: Sequence[PaperKind], material: Material, asking: Asking
) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The drafts, and why a paper is not among them. Raises WorkspaceError where all there is are such reasons."""
    drafts: list[Draft] = []
    asides: dict[str, None] = {}
    for kind in kinds:
        try:
            made = kind.drafts(material, asking)
        except WorkspaceError as fault:
            asides[str(fault)] = None
            continue
        drafts += made
        if not made:
            asides[f"{kind.name}：现在没有要印的。"] = None
    if asides and not drafts:
        raise WorkspaceError("".join(asides))
    return numbered_once(drafts), tuple(asides)


def _put_texts(under_way: Pass, texts: Iterable[TextFile]) -> None:
    """As Notepad shows them right."""
    for text in texts:
        path = under_way.settings.outbox / text.file
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [text.text.replace("\n", "\r\n").encode("utf-8-sig", "replace")])


def check_papers(request: RunRequest, wanted: Sequence[str]) -> Written:
    """What the papers to be printed leave undefined, person by person; nothing is written.

    wanted: names or keys, none for everybody. Raises WorkspaceError for a name that nobody or several people bear.
    """
    with opened(request, needs_roster=False) as under_way:
        judged = judged_of(under_way.ledger.read(), under_way.scheme, under_way.as_of)
        keys = wanted_keys(judged.season.roster, wanted)
        found = lacking(judged, under_way.templates, spent_in_force(under_way), keys)
        lines = (*told(found.gaps, judged.season.roster), *(f"{name}：{MEETINGS} {said}" for name, said in found.still))
        return Written((), lines or ("没有空缺，可以印。",), len(lines))


@dataclass(frozen=True, slots=True)
class Lacking:
    """What papers to be printed leave undefined. still: name of a meeting, and what nobody told of it."""

    gaps: tuple[Gap, ...]
    still: tuple[tuple[str, str], ...] = ()


def lacking(
    judged: Judged, templates: Templates, spent: tuple[Spent, ...], keys: Collection[str] = ()
) -> Lacking:  # fmt: skip
    """The same without a pass. templates: with their writers; keys: of the people it is asked of, none for all."""
    drafts = [one for one in drafts_now(judged, templates, spent).drafts if not keys or one.person in keys]
    gaps = gaps_of(drafts, templates.writers, BUILT_IN / "fonts")
    return Lacking(gaps, () if keys else tuple(_open_meetings(material_from(judged, templates, spent))))


OF_MEETINGS = ("会议", "汇报会")  # parts whose papers say what the office told of a meeting


def _open_meetings(material: Material) -> Iterator[tuple[str, str]]:
    for event in material.judged.scheme.events:
        still = tuple(open_points(meeting_of(material, event))) if event.papers else ()
        if still:
            yield event.name, f"还没有填{'、'.join(still)}，印成横线。"


def _chosen(forms: Sequence[Form], stems: Sequence[str]) -> tuple[Form, ...]:
    known = {form.stem: form for form in forms}
    unknown = [stem for stem in stems if stem not in known]
    if unknown:
        others = tuple(f"{stem} 是别的方案用的表：在 scheme.toml 里写明这份材料后就能用。"
                       for stem in unknown if stem in OF_SOME_PLANS)  # fmt: skip
        usable = tuple(f"可用：{stem} {known[stem].title}" for stem in known)
        raise TemplatesError(f"没有这种表：{'、'.join(unknown)}。", others + usable)
    return tuple(known[stem] for stem in stems) or tuple(forms)


def _written(pressed: Sequence[Pressed]) -> Written:
    held = [one for one in pressed if one.status == "held"]
    new = sum(one.status == "new" for one in pressed)
    lines = [f"新出{new}份，原样{len(pressed) - new - len(held)}份，未放行{len(held)}份。"]
    lines += [f"  未放行 {one.draft.file}：{finding.message}" for one in held for finding in one.findings]
    return Written(tuple(pressed), tuple(lines), len(held))
