"""`gengang papers overprint` and `offset`: onto a sheet that has the rest only what is new is printed, at its place.

A signed form gets three cells and nothing else; a bought shell gets a certificate's words and code. What is printed is
cut out of the print of the same template, held against that print letter by letter, and moved by the office's offset.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.calibrated import measured
from extractors.opening import load
from gengang.calibration import Measured
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.issued import Issued
from gengang.issuing import finals_pressed
from gengang.ledger import kept_ledger
from gengang.ledger_lease import lease
from gengang.night import judge, press_of
from gengang.office.kinds import Asking
from gengang.office.signed_sheets import FOLDER, asked_people
from gengang.offsets import LYING, MOST_MM, PAPERS, offset_fact, offsets_of
from gengang.originals import bytes_of, originals_place
from gengang.papers.draft import person_file
from gengang.papers.overprint_pdf import Offset, Overprint, joined, misplaced, overprint_of
from gengang.papers.overprint_word import alone
from gengang.papers.places import path_of
from gengang.papers.pressbook import hash_of, put
from gengang.papers.signing_sheets import cells_of, keepers_of, kept_alone, result_of, sheet_values
from gengang.press import is_ours
from gengang.recording import Recorded
from gengang.rendering import TICK, TICKED, Given, Writer, writer_of
from gengang.roster import Person
from gengang.scratch import scratch_folder
from gengang.settings import Settings
from gengang.tools import convert_office, settled_pdf
from gengang.under_way import Pass, RunRequest, opened
from gengang.wordmarks import marked

SECONDS = 600.0
BOX = "□"
CERTIFICATES = ("结业证书", "学时证明书")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One person's overprint. pages: of the form that it goes onto."""

    person: Person
    print: Overprint
    copies: int
    why: str = ""


def overprinted(request: RunRequest, paper: str, asking: Asking) -> Recorded:
    """Overprints of a paper for everybody asked into `outbox/套打/`, one file a person and one in the list's order.

    Raises WorkspaceError for a paper that is not printed onto sheets, and for a name that nobody bears.
    """
    if paper not in PAPERS:
        raise WorkspaceError(f"不能套打“{paper}”。可以套打：{'、'.join(PAPERS)}。")
    with opened(request, closed_too=paper in CERTIFICATES) as under_way:
        judged = judge(under_way)
        right, down = offsets_of(under_way.ledger.read(kinds=("decision",))).get(PAPERS[paper], (0.0, 0.0))
        offset = Offset(right, down)
        make = _certificates if paper in CERTIFICATES else _forms
        sheets = tuple(make(under_way, judged, paper, asking, offset))
        return _written(under_way, judged, paper, sheets, offset)


# --- bought shells ---


def _certificates(under_way: Pass, judged: Judged, paper: str, asking: Asking, offset: Offset) -> Iterator[_Sheet]:
    """Of those whose certificate is issued and lies in the outbox as it was proved."""
    people = {one.key: one for one in (*judged.trainees, *judged.season.roster.mentors)}
    for one in finals_pressed(under_way, judged):
        person = people[one.draft.person]
        asked = asking.person in ("", person.key, person.name) and asking.school in ("", person.school)
        if one.draft.kind != PAPERS[paper] or not asked:
            continue
        if not is_ours(one):
            yield _Sheet(person, Overprint(b"", ()), 1, "证书没有放行或被人工改过，请先处理再套打")
            continue
        whole = path_of(under_way.settings.outbox, one.file, "pdf").read_bytes()
        made = overprint_of(whole, offset, pictures=True)
        yield _Sheet(person, made, 1, _fault(made, offset, whole))


def _fault(made: Overprint, offset: Offset, whole: bytes) -> str:
    wrong = misplaced(made, offset, whole, {TICK: TICKED}) if made.pdf else ()
    if not made.pdf:
        return "印不出内容，请检查模板"
    return f"“{''.join(wrong[:5])}”不在原位，未放行，请检查模板" if wrong else ""


# --- signed forms ---


def _forms(under_way: Pass, judged: Judged, paper: str, asking: Asking, offset: Offset) -> Iterator[_Sheet]:
    stem = PAPERS[paper]
    due = [(one, result) for one in asked_people(judged, asking) if (result := result_of(judged.verdicts[one.key]))]
    wanted = [(one, result, writer) for one, result in due if (writer := _writer_of(under_way, judged, stem, one))]
    words = [data for one in wanted for data in _three(judged, stem, *one)]
    prints = _printed(under_way, words)
    copies = len(keepers_of(judged.scheme, stem)) or 1
    for number, (person, _, _) in enumerate(wanted):
        blank, whole, part = prints[3 * number : 3 * number + 3]
        if not (blank and whole and part):
            yield _Sheet(person, Overprint(b"", ()), copies, "没有印成，请再运行一次")
            continue
        made = overprint_of(part, offset, pictures=False)
        yield _Sheet(person, made, copies, _crowded(blank, whole) or _fault(made, offset, whole))


def _three(judged: Judged, stem: str, person: Person, result: Mapping[str, Given], writer: Writer) -> Iterator[bytes]:
    """The sheet as it was signed, the same with the cells filled, and the cells alone.

    The mark's header is part of the sheet: with it the cells stand where they stood.
    """
    values = sheet_values(writer.form, person, judged.figures[person.key], judged.scheme, judged.season.roster)
    cells = cells_of(stem, result)
    issued = Issued(stem, writer.form.version, person.key)
    yield marked(writer.fill(values), issued)
    yield marked(writer.fill({**values, **cells}), issued)
    yield alone(marked(writer.fill({**values, **kept_alone(cells)}), issued))


def _crowded(blank: bytes, whole: bytes) -> str:
    """Why figures cannot be put in later: where they move a word, that word stands elsewhere on the signed sheet."""
    moved = misplaced(overprint_of(blank, Offset(), pictures=False), Offset(), whole, {BOX: TICKED})
    return f"表上“{''.join(moved[:8])}”会因填数移位，套打会压字，请照誊写清单手写" if moved else ""


def _writer_of(under_way: Pass, judged: Judged, stem: str, person: Person) -> Writer | None:
    """The template of the sheet that the person signed, as far as it is known; today's otherwise."""
    today = under_way.templates.writers.get(("forms", stem))
    theirs = [held.reading.version for held in judged.season.papers
              if held.paper.person == person.key and held.reading.form == stem]  # fmt: skip
    version = theirs[-1] if theirs else ""
    if not version or today is None or today.form.version == version:
        return today
    for fact in under_way.ledger.read(kinds=("template",)):
        if fact.subject.startswith(version) and fact.data["stem"] == stem:
            kept = bytes_of(originals_place(under_way.settings), fact.subject)
            return today if kept is None else writer_of(kept, stem)
    return today


def _printed(under_way: Pass, words: Sequence[bytes]) -> tuple[bytes, ...]:
    """The prints of Word files, empty where one failed."""
    at = press_of(under_way)
    at.staging.mkdir(parents=True, exist_ok=True)
    with scratch_folder("overprint-", at.staging) as folder:
        sources = [folder / f"{number:05d}.docx" for number in range(len(words))]
        for source, data in zip(sources, words, strict=True):
            source.write_bytes(data)
        done = convert_office(sources, "pdf", folder / "pdf", SECONDS, at.fonts)
        return tuple(settled_pdf(one.result.read_bytes()) if one.result else b"" for one in done)


# --- into the outbox ---


def _written(under_way: Pass, judged: Judged, paper: str, sheets: Sequence[_Sheet], offset: Offset) -> Recorded:
    outbox, roster = under_way.settings.outbox, judged.season.roster
    good = [one for one in sheets if not one.why]
    facts = []
    for one in good:
        file = outbox / f"{person_file(f'{FOLDER}/{paper}', one.person, roster)}.pdf"
        put(file, joined([one.print.pdf] * one.copies))
        facts.append(_fact(under_way, paper, one.person, file))
    lines = [f"套打：{paper}{len(good)}人，未放行{len(sheets) - len(good)}人；{_offset_words(offset)}。"]
    if good:
        put(outbox / FOLDER / f"{paper}_全部.pdf", joined([one.print.pdf for one in good for _ in range(one.copies)]))
        lines.append(
            f"在 outbox/{FOLDER}/{paper}，全部连印的是 {paper}_全部.pdf（每人{good[0].copies}张，顺序同清单）。"
        )
        lines += _sides(paper, good[0].print)
    if not under_way.closed:
        under_way.ledger.append(facts)
    lines += [f"  未放行 {one.person.name}：{one.why}" for one in sheets if one.why]
    return Recorded(tuple(lines), int(len(good) < len(sheets)))


def _fact(under_way: Pass, paper: str, person: Person, file: Path) -> Fact:
    """So that the file goes with the person."""
    sha256 = hash_of(file)
    data = {"kind": f"overprint_{PAPERS[paper]}", "sha256": sha256, "pdf": sha256, "proof": "in place"}
    return Fact("paper", person.key, data, under_way.actor, under_way.at)


def _sides(paper: str, made: Overprint) -> Iterator[str]:
    if paper not in CERTIFICATES:
        pages = "、".join(f"第{number}页" for number in made.pages)
        yield f"印在{paper}的{pages}：把签过字的表按清单顺序、这一面朝打印面放好，先用一张废表试印。"


def _offset_words(offset: Offset) -> str:
    if not (offset.right or offset.down):
        return "没有校准过，按原位印（gengang papers offset 校准）"
    return f"已按校准值{offset_words(offset)}"


def offset_words(offset: Offset) -> str:
    """`右移1.5毫米、上移0.8毫米`."""
    across = f"{'右' if offset.right >= 0 else '左'}移{abs(offset.right):.1f}毫米"
    return f"{across}、{'下' if offset.down >= 0 else '上'}移{abs(offset.down):.1f}毫米"


# --- the offset ---


def offset_from_scan(settings: Settings, papers: Sequence[str], scan: str, request: RunRequest) -> Recorded:
    """Measures a scanned calibration sheet and keeps the offset that puts it right.

    papers: none for every paper that lies as the sheet does. WorkspaceError when the scan cannot be used.
    """
    data = load(scan)
    found = data if isinstance(data, Finding) else measured(data)
    if isinstance(found, Finding):
        raise WorkspaceError(f"“{Path(scan).name}”：{found.message}")
    if found.faults:
        raise WorkspaceError(f"没有采用（{_seen(found)}）：{'；'.join(found.faults)}。")
    chosen = tuple(papers) or tuple(paper for paper in PAPERS if LYING[paper] == found.lying)
    wrong = [paper for paper in chosen if LYING.get(paper) != found.lying]
    if wrong:
        raise WorkspaceError(f"扫描的是{found.lying}放的校准页，{'、'.join(wrong)}不是这样放的。请扫描另一种校准页。")
    done = keep_offset(settings, chosen, Offset(-found.right, -found.down), found.by, request)
    return Recorded((f"量得：{_seen(found)}（对照{found.by}）。", *done.lines))


def _seen(found: Measured) -> str:
    across = f"偏{'右' if found.right >= 0 else '左'}{abs(found.right):.1f}毫米"
    return f"{across}、偏{'下' if found.down >= 0 else '上'}{abs(found.down):.1f}毫米，缩放{found.scale * 100:.1f}%"


def keep_offset(settings: Settings, papers: Sequence[str], offset: Offset, by: str, request: RunRequest) -> Recorded:
    """Keeps an offset for papers. WorkspaceError for an unknown paper or one that is out of reason."""
    unknown = [paper for paper in papers if paper not in PAPERS]
    if unknown or not papers:
        raise WorkspaceError(f"请写明哪种材料：{'、'.join(PAPERS)}。")
    if max(abs(offset.right), abs(offset.down)) > MOST_MM:
        raise WorkspaceError(f"偏移最多{MOST_MM:.0f}毫米，请核对单位。")
    with kept_ledger(settings) as ledger, lease(ledger, str(request.actor)):
        ledger.append([offset_fact(PAPERS[paper], offset.right, offset.down, by, request.actor, request.at)
                       for paper in papers])  # fmt: skip
    return Recorded((f"已记下：{'、'.join(papers)}套打时{offset_words(offset)}。",))


def listed_offsets(settings: Settings) -> Recorded:
    """What is kept now."""
    with kept_ledger(settings) as ledger:
        kept: Mapping[str, tuple[float, float]] = offsets_of(ledger.read(kinds=("decision",)))
    words = {stem: offset_words(Offset(*both)) for stem, both in kept.items()}
    return Recorded(tuple(f"{name}：{words.get(stem, '没有校准过')}" for name, stem in PAPERS.items()))
