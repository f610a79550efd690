"""One person is erased with proof: what is left of them is what the proof names, wherever a kill struck."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from gengang.checking import faults_of_workspace
from gengang.erasing import Erased, erase_person
from gengang.erasure import Wish
from gengang.errors import WorkspaceError
from gengang.evidence import evidence_fact
from gengang.facts import Fact, canonical
from gengang.issued import Issued
from gengang.ledger import Ledger
from gengang.ledger_register import spend_number
from gengang.material import Material
from gengang.night import run_once
from gengang.originals import archive_path
from gengang.papers.draft import Draft
from gengang.papers.person_style import FOLDER as PERSON_FOLDER
from gengang.papers.pressbook import Entry, open_pressbook, save_pressbook
from gengang.rosterfile import roster_bytes
from gengang.settings import Settings
from gengang.thumbs import keep_thumbs
from gengang.wordmarks import marked
from gengang.workspace import BUILT_IN
from tests.ledger.kept_season import (
    AT,
    FILES,
    LI,
    LISTED,
    ME,
    ZHANG,
    ZHOU,
    Small,
    drop,
    print_nothing,
    request,
    small_season,
)

WISH = Wish("本人书面要求", "李主任")
WORDS = (ZHANG.name, ZHANG.id_number, ZHANG.phone)
LATER = "2017-01-20T08:00:00Z"


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    print_nothing(monkeypatch)


@pytest.fixture
def small(settings: Settings, ledger: Ledger) -> Small:
    """The small season after a run, with papers of 张小三 in the outbox in every way they may lie there."""
    season = small_season(settings, ledger)
    run_once(request(settings))
    spend_number(ledger, "J", 2016, ZHANG.key, "basis", ME, AT)
    final = lying(settings, "证书/张小三_J-2016-000001", b"certificate")
    number = {"number": "J-2016-000001", "issued_on": "2016-12-20"}
    ledger.append([Fact("paper", ZHANG.key, {"kind": "certificate", "proof": "equal", **final, **number}, ME, AT)])
    edited = lying(settings, "鉴定表/张小三", b"appraisal")
    ledger.append([Fact("paper", ZHANG.key, {"kind": "appraisal", "proof": "equal", **edited}, ME, AT)])
    entry = Entry("appraisal", "content", "鉴定表/张小三", edited["sha256"], edited["pdf"], 1)
    save_pressbook(settings.workspace / ".press", {"鉴定表/张小三": entry})
    (settings.outbox / "鉴定表/张小三.docx").write_bytes(b"edited by staff")
    own = marked((BUILT_IN / "forms/training_log.docx").read_bytes(), Issued("training_log", "0" * 12, ZHANG.key))
    for name, data in {"预填表/日志.docx": own, "预填表/日志.pdf": b"%PDF", "汇编/汇编.pdf": b"bound"}.items():
        put(settings.outbox / name, data)
    put(settings.archive / "thumbs" / f"{season.hashes['2016-12-05 张村小学/张小三/日志二.docx']}.jpg", b"small")
    put(settings.workspace / ".press" / "press-killed" / "half.docx", "张小三".encode())
    return season


def put(path: Path, data: bytes) -> None:
    """A file in its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def lying(settings: Settings, name: str, data: bytes) -> dict[str, str]:
    """A pressed paper in the outbox; its two hashes."""
    put(settings.outbox / f"{name}.docx", data)
    put(settings.outbox / f"{name}.pdf", b"%PDF" + data)
    return {"sha256": hashlib.sha256(data).hexdigest(), "pdf": hashlib.sha256(b"%PDF" + data).hexdigest()}


def erased(settings: Settings, word: str = ZHANG.name, at: str = AT) -> Erased:
    """张小三 is erased."""
    return erase_person(request(settings, at=at), word, WISH)


def proof_of(settings: Settings, done: Erased) -> str:
    """What the proof says."""
    return (settings.outbox / done.proof).read_text("utf-8-sig")


def texts(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and those of a package's members with and without their tags."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name.encode()
                for inside in texts(package.read(name)):
                    yield inside
                    yield re.sub(rb"<[^>]+>", b"", inside)


def found_in(workspace: Path) -> set[Path]:
    """Every file but the database whose path or content names 张小三."""
    wanted = [word.encode() for word in WORDS]
    return {
        path for path in workspace.rglob("*")
        if path.is_file() and not path.name.startswith("gengang.db")
        and any(word in text for text in (str(path.relative_to(workspace)).encode(), *texts(path.read_bytes()))
                for word in wanted)
    }  # fmt: skip


def test_evidence_of_somebody_goes_with_its_thumbnails_at_once(small: Small, ledger: Ledger) -> None:
    theirs = f"{small.hashes['2016-12-05 张村小学/张小三/日志二.docx']}#1"
    other = f"{small.hashes['2016-12-06 李河中学/李四 日志.docx']}#1"
    for key, name, picture in ((theirs, "张小三 听课.jpg", "8" * 64), (other, "李四 听课.jpg", "9" * 64)):
        piece = Material("photo", name, f"材料.zip!{name}", picture, 9, thumbnail=b"small")
        ledger.append([evidence_fact(key, piece, {}, ME, AT)])
        keep_thumbs(small.settings.archive, [piece])
    erased(small.settings)
    thumbs = small.settings.archive / "thumbs"
    assert {path.name for path in thumbs.iterdir()} == {f"{'9' * 64}.jpg"}
    kept = {fact.subject: fact.erased for fact in ledger.read(kinds=("evidence",))}
    assert kept == {theirs: True, other: False}


def test_what_is_left_of_somebody_is_what_the_proof_names(small: Small) -> None:
    settings = small.settings
    assert len(found_in(settings.workspace)) > 8
    done = erased(settings)
    proof = proof_of(settings, done)
    left = found_in(settings.workspace)
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in left}
    assert [path for sha256, path in hashes.items() if sha256 not in proof] == []
    assert {path.name for path in left} == {
        small.hashes["2016-12-05 两人.zip"], "2016-12-05 两人.zip",
        small.hashes["2016-12-06 李河中学/李四 日志.docx"], "李四 日志.docx", "roster.xlsx",
    }  # fmt: skip
    assert [word for word in WORDS if word in proof] == []
    assert (done.exit_code, done.to_do) == (1, 1)
    assert faults_of_workspace(settings, "all") == ()


def test_an_original_of_two_goes_with_the_second_of_them(small: Small) -> None:
    shared = small.hashes["2016-12-05 两人.zip"]
    erased(small.settings)
    assert archive_path(small.settings.archive, shared).exists()
    done = erased(small.settings, LI.name, at=LATER)
    assert not archive_path(small.settings.archive, shared).exists()
    assert shared in proof_of(small.settings, done).partition("三、")[0]
    assert found_in(small.settings.workspace) == {small.settings.roster}
    assert faults_of_workspace(small.settings, "all") == ()


def test_the_ledger_keeps_what_the_scheme_orders_and_names_nobody_else(small: Small, ledger: Ledger) -> None:
    proof = proof_of(small.settings, erased(small.settings))
    escaped = canonical(ZHANG.name)[1:-1]
    named = {fact.subject for fact in ledger.read() if escaped in canonical(fact.personal)}
    both, lis = small.hashes["2016-12-05 两人.zip"], small.hashes["2016-12-06 李河中学/李四 日志.docx"]
    assert named == {f"kept-{ZHANG.key}", f"{lis}#0"}
    assert all(subject in proof for subject in named)
    assert "J-2016-000001" in proof
    assert [fact.subject for fact in ledger.read(kinds=("number_spent",))] == ["J-2016-000001"]
    [kept] = ledger.read(kinds=("kept",))
    assert kept.personal is not None
    assert kept.personal["name"] == ZHANG.name
    assert not {ZHANG.id_number, ZHANG.phone} & set(map(str, kept.personal.values()))
    [line] = ledger.read(kinds=("erased",))
    assert line.data["shared"] == [both]


def test_the_database_file_holds_no_number_of_theirs(small: Small) -> None:
    erased(small.settings)
    for path in small.settings.workspace.glob("gengang.db*"):
        data = path.read_bytes()
        assert ZHANG.id_number.encode() not in data, path.name
        assert ZHANG.phone.encode() not in data, path.name


def test_everything_of_theirs_in_the_outbox_is_gone_and_of_others_nothing(small: Small) -> None:
    settings = small.settings
    lying(settings, "鉴定表/李四", b"of another")
    for name in (ZHANG.name, LI.name):  # a page of anybody may name the person, and all can be had again
        put(settings.outbox / PERSON_FOLDER / "小学" / f"{name}.html", b"page")
    erased(settings)
    names = {path.relative_to(settings.outbox).as_posix() for path in settings.outbox.rglob("*") if path.is_file()}
    assert names == {"鉴定表/李四.docx", "鉴定表/李四.pdf", "今日要点.html", f"删除证明/2017-01-16 {ZHANG.key}.txt"}
    assert open_pressbook(settings.workspace / ".press") == {}
    assert not archive_path(settings.archive, small.hashes["2016-12-05 张村小学/张小三 日志.docx"]).exists()
    assert list((settings.archive / "thumbs").iterdir()) == []
    assert not (settings.workspace / ".press" / "press-killed" / "half.docx").exists()


def test_what_was_told_and_covers_go_and_a_schools_receipt_waits_for_the_office(small: Small, ledger: Ledger) -> None:
    settings = small.settings
    cover = lying(settings, "材料袋封面/张小三", b"cover")
    ledger.append([Fact("paper", ZHANG.key, {"kind": "bag_cover", "proof": "equal", **cover}, ME, AT)])
    theirs = ("2016-12-06 张小三", "2016-12-07 张小三 第2次", "2016-12-07 张小三（2）")
    for name in (*theirs, "2016-12-06 张村小学", "2016-12-06 张小三丰"):
        put(settings.outbox / f"收件回执/{name}.txt", "今收到张小三研修日志1篇。".encode())
    done = erased(settings)
    assert not list(settings.outbox.glob("材料袋封面/*"))
    left = {path.stem for path in settings.outbox.glob("收件回执/*")}
    assert left == {"2016-12-06 张村小学", "2016-12-06 张小三丰"}
    assert done.to_do == 3  # with the roster


def test_the_erased_file_dropped_again_is_told_and_waits_for_a_person(small: Small, ledger: Ledger) -> None:
    settings = small.settings
    erased(settings)
    name = "2016-12-05 张村小学/张小三 日志.docx"
    drop(settings, {"换了名字.docx": FILES[name], "别的.docx": b"new"})
    head = [fact.subject for fact in ledger.read(kinds=("arrival", "duplicate"))]
    night = run_once(request(settings, at=LATER))
    came = [fact.subject for fact in ledger.read(kinds=("arrival", "duplicate"))]
    assert came == [*head, hashlib.sha256(b"new").hexdigest()]
    assert (settings.inbox / "换了名字.docx").exists()
    assert not archive_path(settings.archive, small.hashes[name]).exists()
    assert night.exit_code == 1
    assert "已按本人请求删除过" in (settings.outbox / "今日要点.html").read_text("utf-8")
    assert faults_of_workspace(settings, "all") == ()


def test_a_roster_that_still_lists_them_brings_nobody_back(small: Small, ledger: Ledger) -> None:
    settings = small.settings
    erased(settings)
    run_once(request(settings, at=LATER))
    assert ZHANG.key in (settings.outbox / "今日要点.html").read_text("utf-8")
    lines = [fact for fact in ledger.read(kinds=("person",)) if fact.subject == ZHANG.key]
    assert all(fact.erased for fact in lines)
    settings.roster.write_bytes(roster_bytes(LISTED.__class__(LISTED.schools, (LI,), LISTED.mentors)))
    run_once(request(settings, at="2017-01-21T08:00:00Z"))
    assert ZHANG.key not in (settings.outbox / "今日要点.html").read_text("utf-8")


STEPS = (
    ("delete_files", False),
    ("_delete", True),
    ("held_back", False),
    ("_write", True),
    ("_ended", False),
    ("tell", True),
)


class KilledError(BaseException):
    """Nothing after it is done: what a kill leaves is what was done before."""


@pytest.mark.parametrize(("step", "after"), STEPS)
def test_killed_at_a_step_a_second_call_finishes(
    small: Small, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    settings = small.settings
    killed_at(monkeypatch, step, after)
    with pytest.raises(KilledError):
        erased(settings)
    monkeypatch.undo()
    _no_printing(monkeypatch)
    assert faults_of_workspace(settings, "all") == ()
    over = any(fact.kind == "erased" for fact in ledger.read())
    if not over:
        run_once(request(settings, at=LATER))
        assert f"gengang erase {ZHANG.key}" in (settings.outbox / "今日要点.html").read_text("utf-8")
        assert faults_of_workspace(settings, "all") == ()
    done = erased(settings, ZHANG.key if over else ZHANG.name, "2017-01-21T08:00:00Z")
    proof = proof_of(settings, done)
    left = {hashlib.sha256(path.read_bytes()).hexdigest() for path in found_in(settings.workspace)}
    assert [sha256 for sha256 in left if sha256 not in proof] == []
    assert [word for word in WORDS if word in proof] == []
    assert len(list((settings.outbox / "删除证明").iterdir())) == 1
    assert "四、台账" in proof
    assert small.hashes["2016-12-05 张村小学/张小三 日志.docx"] in proof
    assert [fact.kind for fact in ledger.read(kinds=("erased", "kept"))] == ["kept", "erased"]
    assert faults_of_workspace(settings, "all") == ()


def killed_at(monkeypatch: pytest.MonkeyPatch, step: str, after: bool) -> None:
    """The next call of a step of the erasure dies, before or after it did its work."""
    module = __import__("gengang.erasing", fromlist=[step])
    real: Callable[..., object] = getattr(module, step)

    def dying(*given: object) -> object:
        if after:
            real(*given)
        raise KilledError

    monkeypatch.setattr(module, step, dying)


def _no_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("night", "erasing"):
        monkeypatch.setattr(f"gengang.{module}.print_papers", lambda _pass, _judged: ())


def test_erased_already_it_says_so_again_and_changes_nothing(small: Small, ledger: Ledger) -> None:
    first = erased(small.settings)
    proof, head = proof_of(small.settings, first), ledger.head()
    again = erased(small.settings, ZHANG.key, LATER)
    assert again.proof == first.proof
    assert proof_of(small.settings, again) == proof
    assert ledger.head() == head


def too_early(settings: Settings) -> object:
    """The season is not over."""
    return erase_person(request(settings, as_of=date(2016, 11, 30)), ZHANG.name, WISH)


def unknown(settings: Settings) -> object:
    """Nobody of that name."""
    return erase_person(request(settings), "没有此人", WISH)


def without_a_reason(settings: Settings) -> object:
    """Nobody says why."""
    return erase_person(request(settings), ZHANG.name, Wish(" "))


REFUSED: Sequence[tuple[Callable[[Settings], object], str]] = (
    (too_early, "才结束"),
    (unknown, "花名册里没有"),
    (without_a_reason, "写明原因"),
)


@pytest.mark.parametrize(("attempt", "sentence"), REFUSED, ids=[attempt.__name__ for attempt, _ in REFUSED])
def test_what_is_not_erased_is_told_and_nothing_is_gone(
    small: Small, ledger: Ledger, attempt: Callable[[Settings], object], sentence: str
) -> None:
    with pytest.raises(WorkspaceError, match=sentence):
        attempt(small.settings)
    assert list(ledger.read(kinds=("erased", "erasure_ordered"))) == []
    assert archive_path(small.settings.archive, small.hashes["2016-12-05 张村小学/张小三 日志.docx"]).exists()


def test_a_certificate_that_is_due_is_issued_first(
    small: Small, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = Draft("hours_certificate", "hours_certificate", "papers", ZHOU.key, {}, "学时证明书/周明", 1)
    monkeypatch.setattr("gengang.erasing.certificate_drafts", lambda _judged: (due,))
    with pytest.raises(WorkspaceError, match="gengang issue"):
        erased(small.settings)
    assert list(ledger.read(kinds=("erasure_ordered",))) == []


def test_a_senior_may_decide_before_the_season_closes(small: Small, ledger: Ledger) -> None:
    early = request(small.settings, as_of=date(2016, 11, 30))
    erase_person(early, ZHANG.name, Wish("本人书面要求", senior=True))
    [line] = ledger.read(kinds=("erased",))
    assert line.actor.role == "senior"


def test_a_reason_that_names_them_does_not_name_them_in_the_proof(small: Small) -> None:
    done = erase_person(request(small.settings), ZHANG.key, Wish(f"{ZHANG.name}（{ZHANG.phone}）来信"))
    assert "原因：×××（×××）来信" in proof_of(small.settings, done)
