"""Erasing one person by request, with proof.

The order of steps lets a kill at any line be finished by the same command: the order goes into the ledger, and from
then on the person counts as erased and nobody misses the files; files are deleted; everything else is printed anew;
what still names the person is sought and the proof is written; last, in one transaction, the values and salts go and
the ledger says so. Until then the values are there to begin again from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gengang.acknowledging import is_receipt_of
from gengang.arrivals import RECEIVED, write_whole
from gengang.drafting import Judged, certificate_drafts, spent_numbers
from gengang.erasure import (
    Going,
    HeldBack,
    Wish,
    going_of,
    kept_fact,
    masked,
    order_fact,
    proof_body,
    proof_tail,
)
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.filing import standing_evidence
from gengang.intake import Intake
from gengang.issuing import wanted_keys
from gengang.judging import judged_of
from gengang.mailbox import Fetched
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import keep_manifest
from gengang.night import Done, judge, print_papers, settle_roster, tell
from gengang.originals import archive_path, bytes_of, originals_place, sha256_of
from gengang.papers.draft import Draft
from gengang.papers.morning import FILE
from gengang.papers.packet import FOLDER as PACKET_FOLDER
from gengang.papers.person_style import FOLDER as PERSON_FOLDER
from gengang.papers.places import path_of
from gengang.papers.pressbook import open_pressbook, save_pressbook
from gengang.papers.receipts import FOLDER as RECEIPTS_FOLDER
from gengang.papers.words import chinese_date
from gengang.press import WITHDRAWN
from gengang.remains import files_that_say, lines_that_say, says
from gengang.roster import Person, Roster
from gengang.scheme import Scheme
from gengang.settings import Settings
from gengang.thumbs import drop_pages, drop_thumbs_of_nobody
from gengang.under_way import Pass, RunRequest, opened
from gengang.wordxml import NotWordError, sheet_of_word

PROOFS = "删除证明"
TAIL = "\n\n四、台账"


@dataclass(frozen=True, slots=True)
class Erased:
    """How an erasure ended. proof: under the outbox; to_do: files that only the office can settle."""

    proof: str
    to_do: int
    lines: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with things for a person."""
        return int(self.to_do > 0)


def erase_person(request: RunRequest, word: str, wish: Wish) -> Erased:
    """Erase the person called so, by name or key, or finish an erasure that was stopped.

    WorkspaceError without a reason, for somebody unknown, and before the season is closed unless a senior decides.
    """
    if not wish.why.strip():
        raise WorkspaceError("删除要写明原因：gengang erase 姓名或编号 --why 原因。")
    actor = replace(request.actor, role="senior") if wish.senior else request.actor
    with opened(replace(request, actor=actor)) as under_way:
        facts = tuple(under_way.ledger.read())
        done = _erased_line(facts, word)
        if done is not None:
            under_way.ledger.forget()
            return _ended(under_way, done, (), ())
        standing = _before_order(facts, word)
        judged = judged_of(standing, under_way.scheme, under_way.as_of)
        [key] = wanted_keys(judged.season.roster, [word])
        _refuse_early(request, under_way.scheme, wish)
        _refuse_unissued(judged, standing, key, wish)
        person = judged.season.roster.person(key)
        if person is None:
            raise AssertionError("a wanted key is of the roster")
        return _erased(under_way, going_of(standing, judged, person), judged, standing, wish)


def _before_order(facts: Sequence[Fact], word: str) -> tuple[Fact, ...]:
    """The lines before the order of an erasure that was stopped, where the person still is of the roster; else all."""
    named = {fact.subject for fact in facts if fact.kind == "person" and (fact.personal or {}).get("name") == word}
    orders = (fact.sequence for fact in facts if fact.kind == "erasure_ordered" and fact.subject in {word, *named})
    first = next(orders, None)
    return tuple(fact for fact in facts if first is None or fact.sequence < first)


def _erased_line(facts: Sequence[Fact], word: str) -> Fact | None:
    """The line of an erasure that is done, when nothing came of the person since."""
    lines = [fact for fact in facts if fact.kind == "erased" and fact.subject == word and "files" in fact.data]
    back = any(fact.kind == "person" and fact.subject == word and fact.personal for fact in facts)
    return lines[-1] if lines and not back else None


def _refuse_early(request: RunRequest, scheme: Scheme, wish: Wish) -> None:
    day = request.as_of or date.today()
    if (scheme.closing is None or day <= scheme.closing) and not wish.senior:
        raise WorkspaceError(
            f"本期研修{f'到{chinese_date(scheme.closing)}才' if scheme.closing else '还没有'}结束，"
            "此前删除会影响考核和发证，没有删除。"
            "确需提前删除的，请负责人决定后加 --senior 运行，并写明原因。"
        )


def _refuse_unissued(judged: Judged, facts: Sequence[Fact], key: str, wish: Wish) -> None:
    """A certificate that is due and not written yet could never be written afterwards, a mentor's neither."""
    has = {one.person for one in spent_numbers(facts) if one.issued_on is not None}
    theirs = {key, *(one.key for one in judged.season.roster.mentors_of(key))}
    due = [one for one in certificate_drafts(judged) if isinstance(one, Draft) and one.person in theirs - has]
    if due and not wish.senior:
        raise WorkspaceError(
            f"还有{len(due)}份够条件而没有发的证书要用到此人的材料（本人或指导教师的），没有删除。"
            "请先运行 gengang issue；确需现在删除的，请负责人决定后加 --senior 运行。"
        )


def _erased(under_way: Pass, going: Going, judged: Judged, facts: Sequence[Fact], wish: Wish) -> Erased:
    settings, ledger = under_way.settings, under_way.ledger
    order = order_fact(going, under_way.actor, under_way.at)
    ledger.append([order])
    kept = kept_fact(going, judged, facts, wish, under_way.actor, under_way.at)
    delete_files(settings, going)
    _delete_receipts(settings, going.person, judged.season.roster)
    drop_thumbs_of_nobody(settings.archive, standing_evidence(ledger))
    drop_pages(settings.shown)
    keep_manifest(settings, ledger.read(kinds=MANIFEST_KINDS))
    print_papers(under_way, _settled(under_way))
    _delete_withdrawn(under_way, going)
    held = tuple(held_back(settings, going))
    lines = lines_that_say((fact for fact in ledger.read() if fact.subject not in going.subjects), going.words)
    proof = _proof_of(settings, under_way.at[:10], going.person.key)
    body = proof_body(going, kept, wish, order, held, [line for line in lines if line != kept.subject])
    _write(proof, body)
    said = {"files": sorted(going.files), "printed": [sha256 for _, sha256 in going.printed],
            "shared": sorted(going.shared), "proof": proof.name}  # fmt: skip
    ledger.erase(going.person.key, under_way.actor, under_way.at, going.papers, said, [kept])
    [*_, line] = (fact for fact in ledger.read(kinds=("erased",)) if fact.subject == going.person.key)
    return _ended(under_way, line, held, going.words)


def _settled(under_way: Pass) -> Judged:
    settle_roster(under_way)
    return judge(under_way)


def _ended(under_way: Pass, line: Fact, held: Sequence[HeldBack], words: Sequence[str]) -> Erased:
    """The morning note without the person, and the proof's last part; may be repeated."""
    settings = under_way.settings
    roster_findings = settle_roster(under_way)
    judged = judge(under_way)
    pressed = print_papers(under_way, judged)
    night = tell(under_way, Done(judged, Intake((), 0, ()), 0, roster_findings, judged, pressed, Fetched()))
    proof = settings.outbox / PROOFS / str(line.data["proof"])
    note = settings.outbox / FILE
    body = proof.read_text("utf-8-sig").partition(TAIL)[0] if proof.exists() else _short_body(line)
    _write(proof, body + proof_tail(line, bool(words) and says(note.read_bytes(), words)))
    to_do = [one for one in held if one.to_do]
    told = [f"已删除（人员编号 {line.subject}）。证明在 outbox/{PROOFS}/{proof.name}。"]
    told += [f"  请您处理：{one.where}：{one.why}" for one in to_do]
    return Erased(f"{PROOFS}/{proof.name}", len(to_do), (*told, *night.lines[1:]))


def _short_body(line: Fact) -> str:
    """When somebody took the proof away: what the ledger alone still knows."""
    files, shared = line.data["files"], line.data["shared"]
    if not isinstance(files, list) or not isinstance(shared, list):
        raise AssertionError("an erasure's line lists its files")
    gone = "\n".join(f"  原件 {sha256}" for sha256 in files)
    left = "\n".join(f"  原件 {sha256}" for sha256 in shared)
    return f"个人信息删除证明（据台账补写）\n人员编号：{line.subject}\n\n一、已删除\n{gone}\n\n三、没有删除\n{left}"


def _proof_of(settings: Settings, day: str, key: str) -> Path:
    """The proof of the first day, when it was begun on an earlier one."""
    begun = sorted((settings.outbox / PROOFS).glob(f"* {key}.txt"))
    open_ones = [path for path in begun if TAIL not in path.read_text("utf-8-sig")]
    return open_ones[0] if open_ones else settings.outbox / PROOFS / f"{day} {key}.txt"


def _write(proof: Path, text: str) -> None:
    proof.parent.mkdir(parents=True, exist_ok=True)
    write_whole(proof, [text.encode("utf-8-sig")])


# --- the files ---


def delete_files(settings: Settings, going: Going) -> None:
    """Delete the person's originals, their copies, what was printed for them and what is bound; may be repeated."""
    originals = originals_place(settings)
    for sha256 in sorted(going.files):
        originals.drop(sha256)
    for path in _files_under(settings.archive):
        if path.name[:64] in going.files or (path.parent != settings.archive and sha256_of(path) in going.files):
            _delete(path, settings.archive / RECEIVED)
    _delete_printed(settings, going)
    for path in (*_files_under(settings.outbox / PACKET_FOLDER), settings.outbox / FILE):
        _delete(path)
    for path in _files_under(settings.outbox / PERSON_FOLDER):  # any may name the person
        _delete(path, settings.outbox)
    for path in _files_under(settings.workspace / ".press"):
        if path.parent != settings.workspace / ".press":  # half-made papers that a killed run left
            _delete(path)


def _delete_printed(settings: Settings, going: Going) -> None:
    """By hash, by the place where the pressbook says it was put, and by the mark inside a form of their own."""
    staging = settings.workspace / ".press"
    book = open_pressbook(staging)
    hashes = {*going.files, *(sha256 for _, sha256 in going.printed)}
    found = [path for path in _files_under(settings.outbox)
             if sha256_of(path) in hashes or _marked_for(path, going.person.key)]  # fmt: skip
    beside = {sibling for path in found for sibling in _siblings(path)}
    pressed = {path_of(settings.outbox, entry.at, ending) for entry in book.values()
               if {entry.docx, entry.pdf} & hashes for ending in ("docx", "pdf")}  # fmt: skip
    for path in sorted({*found, *beside, *pressed}):
        _delete(path, settings.outbox)
    gone = (settings.outbox / PACKET_FOLDER).as_posix()
    left = {file: entry for file, entry in book.items()
            if path_of(settings.outbox, entry.at, "docx").exists()
            and not path_of(settings.outbox, entry.at, "docx").as_posix().startswith(f"{gone}/")}  # fmt: skip
    if left != book:
        save_pressbook(staging, left)


def _delete_receipts(settings: Settings, person: Person, roster: Roster) -> None:
    """What they were told of their papers; what a school was told of many is for the office to see to."""
    for path in _files_under(settings.outbox / RECEIPTS_FOLDER):
        if is_receipt_of(person, (*roster.trainees, *roster.mentors), path.stem):
            _delete(path, settings.outbox)


def _delete_withdrawn(under_way: Pass, going: Going) -> None:
    """Drafts of others that name the person and were taken out of the printer's way, now or earlier."""
    ours = {str(fact.data[ending]) for fact in under_way.ledger.read(kinds=("paper",)) for ending in ("sha256", "pdf")
            if fact.data.get(ending)}  # fmt: skip
    withdrawn = under_way.settings.outbox / WITHDRAWN
    for path in files_that_say(withdrawn, going.words):
        if sha256_of(path) in ours:
            _delete(path, withdrawn)


def _marked_for(path: Path, key: str) -> bool:
    if path.suffix != ".docx":
        return False
    try:
        issued = sheet_of_word(path.read_bytes()).issued
    except NotWordError:
        return False
    return issued is not None and issued.person == key


def _siblings(path: Path) -> tuple[Path, ...]:
    """The print beside a Word file, and the sentence beside a copy that was set aside."""
    return (*(path.with_suffix(ending) for ending in (".docx", ".pdf") if path.suffix in (".docx", ".pdf")),
            path.with_name(f"{path.name}.说明.txt"))  # fmt: skip


def _files_under(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _delete(path: Path, top: Path | None = None) -> None:
    """Delete a file if it is there, and below `top` the folders that are empty then: their names may be names."""
    if path.exists():
        path.chmod(0o644)  # Windows deletes nothing that is read-only
        path.unlink()
    for folder in path.parents if top is not None and path.is_relative_to(top) else ():
        if folder == top or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


# --- what stays ---


def held_back(settings: Settings, going: Going) -> Iterator[HeldBack]:
    """Every file in which the person still stands, and originals that hold somebody else's papers beside theirs."""
    ledger = settings.ledger.name
    database = (ledger, f"{ledger}-wal", f"{ledger}-shm", f"{ledger}.lock")
    shared = {archive_path(settings.archive, sha256) for sha256 in going.shared}
    found = set(files_that_say(settings.workspace, going.words, database)) | {path for path in shared if path.exists()}
    if settings.originals:
        yield from _held_elsewhere(settings, going)
    for path in sorted(found):
        where = path.relative_to(settings.workspace)
        if where.parts[:2] != (settings.outbox.name, PROOFS):
            why, to_do = _why(settings, path, going)
            yield HeldBack(masked(where.as_posix(), going.words), sha256_of(path), why, to_do)


def _held_elsewhere(settings: Settings, going: Going) -> Iterator[HeldBack]:
    """The same of originals that lie outside the workspace."""
    originals = originals_place(settings)
    for name in originals.listed():
        sha256 = name.rpartition("/")[2]
        said = says(bytes_of(originals, sha256) or b"", going.words)
        if said or sha256 in going.shared:
            yield HeldBack(f"{settings.originals}/{name}", sha256, _why_original(sha256, going), False)


def _why_original(sha256: str, going: Going) -> str:
    if sha256 in going.shared:
        return "原件里还有别人的材料，不能只删一人"
    return "别人的或没有认定是谁的材料，提到此人"


def _why(settings: Settings, path: Path, going: Going) -> tuple[str, bool]:
    if path.is_relative_to(settings.archive):
        if path.is_relative_to(settings.archive / RECEIVED):
            return "存档原件的副本，与原件一同保留", False
        return _why_original(path.name, going), False
    if path == settings.roster:
        return "花名册由办公室保管，请从表中删去这一行", True
    if path.is_relative_to(settings.inbox):
        return "还在收件箱里，请移走", True
    if path.is_relative_to(settings.backups):
        return "备份里还有此人的材料，请删去这一份，拷到别处的也请删去", True
    if path.is_relative_to(settings.outbox):
        return "别人的材料里提到此人，或被人工改过，请核对后处理", True
    return "不是程序写的文件，请自行处理", True
