"""`gengang person`: each person's page with the chain from verdict to place, or the same as one JSON document."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gengang.assess import basis_of
from gengang.chain import Chain
from gengang.chain_places import Decisions, decisions_of
from gengang.chaining import chain_of
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.form import Form
from gengang.in_force import day_to_judge, known_by, scheme_stated
from gengang.issuing import Written, wanted_keys
from gengang.judging import beside_of, judged_of, papers_judged
from gengang.labels import label_of
from gengang.ledger import kept_ledger
from gengang.likeness import alike, likeness_findings
from gengang.papers.draft import person_file
from gengang.papers.person_style import FOLDER as PERSON_FOLDER
from gengang.papers.pressbook import put
from gengang.papers.words import masked
from gengang.person_page import MADE_BY, Label, person_page
from gengang.roster import Person
from gengang.settings import Settings
from gengang.under_way import Progress
from gengang.workspace import Templates, templates_of

_PLAIN = frozenset(("sha256", "key", "paper", "papers"))  # hashes: no number of a person is in them


@dataclass(frozen=True, slots=True)
class Shared:
    """What the chains of one season share: what people decided, form stem -> title, key -> papers like others'."""

    decisions: Decisions
    titles: Mapping[str, str]
    same: Mapping[str, Sequence[Finding]]


def shared_of(judged: Judged, facts: Iterable[Fact], templates: Templates) -> Shared:
    """It costs as much as many chains: made once for all."""
    season = judged.season
    same = likeness_findings(alike(held.paper for held in season.papers), season.roster)
    return Shared(decisions_of(facts), templates.titles, same)


def chains_of(
    judged: Judged, facts: Sequence[Fact], templates: Templates, keys: frozenset[str] = frozenset()
) -> Iterator[tuple[Person, Chain]]:
    """The chain of each trainee, in the order of every list. keys: of those wanted, none for all."""
    shared = shared_of(judged, facts, templates)
    for one in judged.trainees:
        if not keys or one.key in keys:
            yield one, one_chain(judged, one, shared)


def one_chain(judged: Judged, one: Person, shared: Shared) -> Chain:
    """The chain of one trainee."""
    papers, beside = papers_judged(judged.scheme, judged.season, one), beside_of(judged.season, one)
    basis = basis_of(judged.scheme, one, papers, judged.as_of, beside)
    return chain_of(judged, one, basis, shared.decisions, shared.titles, shared.same.get(one.key, ()))


def person_pages(settings: Settings, wanted: Sequence[str], as_of: date | None, told: Progress) -> Written:
    """A page for each into `outbox/个人情况/`. wanted: names or keys; none for all, then pages of nobody of ours go.

    as_of: as for `status`. Raises WorkspaceError before the first run, for a name that nobody or several people bear,
    and for a folder that cannot be written.
    """
    judged, facts, templates = _judged(settings, as_of)
    keys = _keys(judged, wanted)
    label, number = label_in(templates.forms), len(keys) or len(judged.trainees)
    written: set[Path] = set()
    try:
        for one, chain in chains_of(judged, facts, templates, keys):
            file = page_file(judged, one)
            path = settings.outbox / f"{file}.html"
            put(path, person_page(chain, label, "../" * file.count("/")).encode("utf-8"))
            written.add(path)
            told("个人情况", len(written), number)
        gone = () if keys else _others(settings.outbox / PERSON_FOLDER, written)
        for path in gone:
            path.unlink()
    except OSError as fault:
        raise WorkspaceError(
            f"个人情况写不进 outbox/{PERSON_FOLDER}（{fault.strerror or fault}）："
            "请关掉已打开的页面，核对权限和磁盘空间后重试。"
        ) from fault
    line = f"个人情况{len(written)}份，见 outbox/{PERSON_FOLDER}，截至{judged.as_of.isoformat()}。"
    return Written((), (line,), 0)


def persons_document(settings: Settings, wanted: Sequence[str], as_of: date | None) -> dict[str, object]:
    """The document of `gengang person --json`: equal facts and an equal day give equal bytes."""
    judged, facts, templates = _judged(settings, as_of)
    chains = chains_of(judged, facts, templates, _keys(judged, wanted))
    return {"schema": 1, "as_of": judged.as_of.isoformat(), "people": [json_of(chain) for _, chain in chains]}


def _judged(settings: Settings, as_of: date | None) -> tuple[Judged, tuple[Fact, ...], Templates]:
    with kept_ledger(settings) as ledger:
        facts = tuple(ledger.read())
    facts = known_by(facts, as_of) if as_of else facts
    scheme = scheme_stated(facts)
    judged = judged_of(facts, scheme, as_of or day_to_judge(facts, scheme))
    return judged, facts, templates_of(settings)


def _keys(judged: Judged, wanted: Sequence[str]) -> frozenset[str]:
    keys = wanted_keys(judged.season.roster, wanted)
    mentors = [one.name for one in judged.season.roster.mentors if one.key in keys]
    if mentors:
        raise WorkspaceError(f"{'、'.join(mentors)}是指导教师，没有考核结论；个人情况只有学员的。")
    return keys


def label_in(forms: Sequence[Form]) -> Label:
    """What a field is called on the printed form; its own name on a form that is not there."""
    known = {form.stem: form for form in forms}

    @cache
    def label(stem: str, path: str) -> str:
        return label_of(known[stem], path) if stem in known else path

    return label


def page_file(judged: Judged, one: Person) -> str:
    """Where a page lies under the outbox, without ending; namesakes of one school have their keys in it."""
    whose = one.school, one.stage, one.name
    named = [other for other in judged.trainees if (other.school, other.stage, other.name) == whose]
    return person_file(PERSON_FOLDER, one, judged.season.roster, *((one.key,) if len(named) > 1 else ()))


def _others(folder: Path, written: set[Path]) -> tuple[Path, ...]:
    """Pages that this command once wrote, of people who are not among us any more."""
    found = (path for path in sorted(folder.rglob("*.html")) if path not in written)
    return tuple(path for path in found if MADE_BY.encode() in path.read_bytes()[:400])


def json_of(value: object, name: str = "") -> object:
    """A chain as JSON: figures as text, days as ISO, numbers of people masked."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: json_of(getattr(value, one.name), one.name) for one in fields(value)}
    if isinstance(value, tuple):
        return [json_of(one, name) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return masked(value) if isinstance(value, str) and name not in _PLAIN else value


def text_of_document(document: dict[str, object]) -> str:
    """As it is printed."""
    return json.dumps(document, ensure_ascii=True, indent=1)
