"""What papers cost: to fill, to prove and print, and to bind, beside what an office would do without us.

Usage: python -m benchmarks.papers [--people N] [--printed N] [--seed S]
The people are invented (`gengang.sample`). Four measurements in one run, seconds by the clock:
`fill` makes a 鉴定表 for each of N people; beside it a plain docxtpl loop (open the template, render, save, for each
person), and the same with every file read back by our reader and compared.
`print` takes `--printed` 鉴定表 and as many 结业证书 through the press, filled, read back, printed, each print proved;
beside it LibreOffice alone on the very same Word files, in two processes.
`bind` makes the office's volume for N people (three 鉴定表 of two pages and a 结业证书 each) of prints that lie there
proved, in a process of its own, whose memory is told; what the parts weigh together and what the volume weighs.
`grows` is the seconds for each person of `fill` and of `bind` with a quarter, half and all of the people.
Where fewer are printed than there are people, the prints serve again in turn, and that is said.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment

from extractors.marks import codes_of_print
from gengang.assess import assess
from gengang.night import read_back
from gengang.papers.appraisal import appraisal_drafts
from gengang.papers.certificate import completion_draft
from gengang.papers.draft import Draft
from gengang.papers.figures import figures_of
from gengang.papers.packet import Chapter, PacketCover, Part
from gengang.papers.places import path_of
from gengang.papers.print_proof import stated_of
from gengang.papers.words import programme_of
from gengang.press import Press, Pressed, Volume, press, press_packets
from gengang.rendering import Writer, proof_findings, writer_of
from gengang.roster import Person, Roster
from gengang.sample.papers import papers_of
from gengang.sample.people import cohort_of
from gengang.sample.season import season_of
from gengang.sample.stories import story_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.submission import Paper, Submission
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN, preset_text

AS_OF = date(2016, 12, 8)
STEMS = (("forms", "appraisal"), *(("papers", stem) for stem in (
    "certificate", "packet_cover", "packet_contents", "packet_mark")))  # fmt: skip
SECONDS = 3600.0
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cohort:
    """People with the drafts of their papers: three 鉴定表 and one 结业证书 each."""

    scheme: Scheme
    roster: Roster
    appraisals: tuple[tuple[Draft, ...], ...]
    certificates: tuple[Draft, ...]


def main() -> None:
    """Print what each costs."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.papers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--printed", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2016)
    given = parser.parse_args()
    cohort = cohort_with_drafts(given.people, given.seed)
    writers = {key: writer_of((BUILT_IN / key[0] / f"{key[1]}.docx").read_bytes(), key[1]) for key in STEMS}
    print(f"seed {given.seed}, {given.people} people, {given.printed} printed of each kind")
    tell_filling(cohort, writers["forms", "appraisal"])
    with tempfile.TemporaryDirectory(prefix="gengang-papers-") as folder:
        at = Press(
            writers, read_back, Path(folder) / "outbox", Path(folder) / "press", BUILT_IN / "fonts", codes_of_print
        )
        printed = tell_printing(cohort, at, given.printed)
        tell_binding(cohort, at, printed)


def cohort_with_drafts(people: int, seed: int) -> Cohort:
    """A season in memory. Everybody is given a certificate, since it is paper that is measured here."""
    scheme = scheme_from_toml(preset_text("county-2016"))
    made = cohort_of(people, seed, scheme.organisation.base_school)
    roster = Roster((), made.trainees)
    appraisals, certificates = [], []
    for index, one in enumerate(made.trainees):
        season = season_of(one, made, story_of(index, "usual"), scheme.calendar, seed)
        papers = [Paper(f"{one.key}-{number}#0", one.key, Submission(filled.kind, filled.values, filled.lists))
                  for number, filled in enumerate(papers_of(season)) if filled.kind != "appraisal"]  # fmt: skip
        figures = figures_of(scheme, one.key, papers)
        appraisals.append(appraisal_drafts(one, (), figures, scheme, roster))
        certificates.append(_certificate(one, papers, scheme, roster))
    return Cohort(scheme, roster, tuple(appraisals), tuple(certificates))


def _certificate(one: Person, papers: Sequence[Paper], scheme: Scheme, roster: Roster) -> Draft:
    verdict = replace(assess(scheme, one, papers, AS_OF), certificate="issue", hours=60)
    draft = completion_draft(one, verdict, scheme, roster, AS_OF, 1)
    assert isinstance(draft, Draft), "invented ID numbers pass their own check"
    return draft


# --- fill --------------------------------------------------------------------------------------------------------


def tell_filling(cohort: Cohort, writer: Writer) -> None:
    """Ours, ours with reading back, and a plain loop, over the first copy of each person."""
    drafts = [copies[0] for copies in cohort.appraisals]
    ours = seconds(partial(fill, drafts, writer))
    proved = seconds(partial(fill_and_read, drafts, writer))
    plain = seconds(partial(plain_loop, drafts, writer.data))
    each = 1000 / len(drafts)
    told = f"fill   ours {ours * each:.2f} ms, read back too {proved * each:.2f} ms"
    print(f"{told}, docxtpl loop {plain * each:.2f} ms each")
    print(f"fill   {plain / ours:.1f} times, with reading back {plain / proved:.1f} times")
    for share in (4, 2, 1):
        part = drafts[: max(1, len(drafts) // share)]
        took = seconds(partial(fill_and_read, part, writer))
        print(f"grows  fill {len(part):>6} people {1000 * took / len(part):.2f} ms each")


def fill(drafts: Sequence[Draft], writer: Writer) -> None:
    """Fill a template that was compiled once."""
    for draft in drafts:
        writer.fill(draft.values, draft.lists)


def fill_and_read(drafts: Sequence[Draft], writer: Writer) -> None:
    """The same, each read back and compared."""
    for draft in drafts:
        data = writer.fill(draft.values, draft.lists)
        assert not proof_findings(writer.form, data, stated_of(draft, writer.form), read_back)


def plain_loop(drafts: Sequence[Draft], template: bytes) -> None:
    """What a script without us does: open, render, save, for each person."""
    form = writer_of(template, "appraisal").form
    names = {field.codec: _as_typed for field in form.fields().values()}
    for draft in drafts:
        document = DocxTemplate(BytesIO(template))
        environment = _environment(names)
        document.render({**dict.fromkeys(form.fields()), **draft.values}, environment, autoescape=True)
        document.save(BytesIO())


def _environment(names: Mapping[str, Callable[..., str]]) -> Environment:
    environment = Environment(autoescape=True)
    environment.filters.update(names)
    return environment


def _as_typed(value: object, *_options: str) -> str:
    return "" if value is None else str(value)


# --- print -------------------------------------------------------------------------------------------------------


def tell_printing(cohort: Cohort, at: Press, number: int) -> tuple[Pressed, ...]:
    """The press against LibreOffice alone on the same Word files; what was printed."""
    drafts = [*(copies[0] for copies in cohort.appraisals[:number]), *cohort.certificates[:number]]
    began = time.perf_counter()
    done = press(drafts, at)
    ours = time.perf_counter() - began
    held = [one for one in done if one.status == "held"]
    assert not held, held[0].findings
    files = [path_of(at.outbox, one.file, "docx") for one in done]
    with tempfile.TemporaryDirectory(prefix="gengang-alone-") as out:
        alone = seconds(partial(convert_office, files, "pdf", Path(out), SECONDS, at.fonts))
    told = f"print  {len(done)} papers in {ours:.1f} s with proof, LibreOffice alone {alone:.1f} s"
    print(f"{told}: {ours / alone:.2f} times")
    return done


# --- bind --------------------------------------------------------------------------------------------------------


def tell_binding(cohort: Cohort, at: Press, printed: Sequence[Pressed]) -> None:
    """The volume of all, and of a quarter and half of the people; each in a process of its own."""
    people = len(cohort.certificates)
    again = "" if len(printed) >= 2 * people else f" ({len(printed)} prints serve in turn)"
    for share in (4, 2, 1):
        number = max(1, people // share)
        chapters = chapters_of(cohort, at, printed, number)
        pages = sum(part.pages for chapter in chapters for part in chapter.parts)
        context = get_context("spawn")
        answers = context.SimpleQueue()
        process = context.Process(target=bind, args=(_volume(cohort.scheme, chapters), at.outbox, at.staging, answers))
        process.start()
        took, size, memory = answers.get()
        process.join()
        apart = sum(part.path.stat().st_size for chapter in chapters for part in chapter.parts)
        told = f"grows  bind {number:>6} people {pages:>6} pages {took:.1f} s, {1000 * took / number:.1f} ms each"
        sizes = f"{size / MEGABYTE:.1f} MB (parts {apart / MEGABYTE:.1f} MB), memory {memory / MEGABYTE:.0f} MB"
        print(f"{told}, {sizes}{again}")


def _volume(scheme: Scheme, chapters: tuple[Chapter, ...]) -> Volume:
    day = AS_OF.isoformat()
    cover = PacketCover(programme_of(scheme), scheme.organisation.college, "办公室底册", "草稿", day)
    return Volume(cover, chapters)


def chapters_of(cohort: Cohort, at: Press, printed: Sequence[Pressed], people: int) -> tuple[Chapter, ...]:
    """Three 鉴定表 and a 结业证书 for each of so many people."""
    sheets = [one for one in printed if one.draft.kind == "appraisal"]
    certificates = [one for one in printed if one.draft.kind == "certificate"]
    named = [copies[0].file.rpartition("/")[2] for copies in cohort.appraisals[:people]]
    of_sheets = tuple(
        Part(f"{name}_{copy}", _pdf(at, sheets, place), 2, False, f"a#{copy}:{place}")
        for place, name in enumerate(named)
        for copy in (1, 2, 3)
    )
    of_certificates = tuple(
        Part(name, _pdf(at, certificates, place), 1, False, f"c:{place}") for place, name in enumerate(named)
    )
    return Chapter("学员鉴定表", of_sheets), Chapter("培训结业证书", of_certificates)


def _pdf(at: Press, printed: Sequence[Pressed], place: int) -> Path:
    return path_of(at.outbox, printed[place % len(printed)].file, "pdf")


def bind(volume: Volume, outbox: Path, staging: Path, answers: SimpleQueue[tuple[float, int, int]]) -> None:
    """Bind and tell seconds, bytes and the most memory held."""
    writers = {key: writer_of((BUILT_IN / key[0] / f"{key[1]}.docx").read_bytes(), key[1]) for key in STEMS}
    at = Press(writers, read_back, outbox, staging, BUILT_IN / "fonts")
    began = time.perf_counter()
    [packet] = press_packets([volume], at)
    took = time.perf_counter() - began
    assert packet.file, packet.findings
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    answers.put((took, (outbox / packet.file).stat().st_size, memory))


def seconds(do: Callable[[], object]) -> float:
    """By the clock: what is waited for is programs beside us."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
