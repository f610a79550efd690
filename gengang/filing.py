"""What a file that was read becomes in the ledger: papers, evidence with its thumbnails, or a refusal set aside."""

from collections.abc import Sequence
from pathlib import Path

from extractors.by_hash import Wanted
from extractors.jobs import Taken
from gengang.arrivals import put_aside
from gengang.evidence import evidence_fact
from gengang.facts import DOOR_KINDS, STANDING_KINDS, Fact, standing
from gengang.filenames import legal_name
from gengang.findings import MISSING_PROGRAM, Finding
from gengang.learned import SHIPPED, Policy, under_policy
from gengang.ledger import Ledger
from gengang.logs import hash_word, log
from gengang.mailed import carrying, kept_mails
from gengang.material import told_of
from gengang.originals import originals_place
from gengang.reading import FileReading, Reading
from gengang.season import reading_fact
from gengang.thumbs import drop_thumbs_of_nobody, files_without_thumbs, keep_thumbs
from gengang.under_way import Pass

MOST_MAILS = 20  # kept of a file that was refused
AT_A_TIME = 50  # files whose thumbnails are made together


def facts_of_arrival(under_way: Pass, arrival: Fact, taken: Taken, policy: Policy = SHIPPED) -> list[Fact]:
    """The lines of a file: its papers and evidence, or one that refuses it; none while the machine lacks a program.

    policy: what is accepted unasked, as people's corrections taught.
    """
    sha256, file = arrival.subject, taken.file
    if any(finding.code == MISSING_PROGRAM for finding in file.findings):
        return []
    filled = [reading for reading in file.submissions if not _is_blank(reading)]
    if not filled and not file.materials:
        return [_refused(under_way, sha256, taken)]
    of_file = [[finding.code, finding.message, finding.severity] for finding in _of_file(file, filled)]
    about: dict[str, object] = {"received": taken.received, "of_file": of_file}
    actor, at, beside = under_way.actor, under_way.at, {} if filled else about
    forms = {form.stem: form for form in reversed(under_way.templates.readable)} if policy.floors else {}
    readings = [reading_fact(f"{sha256}#{index}", under_policy(reading, forms.get(reading.form), file.medium, policy),
                             file.medium, about | _mails(taken, reading.members), actor, at, policy.name)
                for index, reading in enumerate(filled)]  # fmt: skip
    evidence = [evidence_fact(f"{sha256}#{index}", material, beside | _mails(taken, [material.member]), actor, at)
                for index, material in enumerate(file.materials, len(filled))]  # fmt: skip
    return readings + evidence


def _of_file(file: FileReading, filled: Sequence[Reading]) -> list[Finding]:
    """What is said of a file beside its papers; its evidence is a line of its own, and asked about by folder."""
    own = set(map(told_of, file.materials))
    blank = [] if filled else [finding for reading in file.submissions for finding in reading.findings]
    return [*(finding for finding in file.findings if finding not in own), *blank]


def _mails(taken: Taken, members: Sequence[str]) -> dict[str, object]:
    """The mails that some members came in, as a line keeps them; nothing where nothing came by mail."""
    return {"mails": kept_mails(carrying(taken.mails, members))} if taken.mails else {}


def _is_blank(reading: Reading) -> bool:
    return any(finding.code == "blank_form" for finding in reading.findings)


def _refused(under_way: Pass, sha256: str, taken: Taken) -> Fact:
    """The copy is put aside before the line is written, so that a crash in between repeats it."""
    file = taken.file
    findings = [*file.findings, *(f for reading in file.submissions for f in reading.findings)]
    codes = [finding.code for finding in findings] or ["unreadable_file"]
    sentence = "".join(dict.fromkeys(finding.message for finding in findings)).encode("utf-8", "replace").decode()
    told = f"“{legal_name(Path(file.file).name)}”：{sentence}"
    with originals_place(under_way.settings).at_hand([sha256]) as paths:
        copy = put_aside(paths[sha256], file.file, told, under_way.settings.aside)
    personal: dict[str, object] = {"sentence": sentence, "aside": copy.name}
    personal |= {"mails": kept_mails(taken.mails[:MOST_MAILS])} if taken.mails else {}
    log("refused", file=hash_word(sha256), code=codes[-1])
    return Fact("refused", sha256, {"code": codes[-1]}, under_way.actor, under_way.at, personal)


# --- thumbnails ---


def tend_thumbs(under_way: Pass) -> None:
    """Thumbnails of evidence that are gone are made again; those of evidence that counts no more go."""
    archive = under_way.settings.archive
    evidence = standing_evidence(under_way.ledger)
    drop_thumbs_of_nobody(archive, evidence)
    originals = originals_place(under_way.settings)
    lost = [sha256 for sha256 in files_without_thumbs(archive, evidence) if originals.has(sha256)]
    for done in range(0, len(lost), AT_A_TIME):
        wanted = [Wanted(sha256, sha256, True) for sha256 in lost[done : done + AT_A_TIME]]
        for taken in under_way.readers.read(wanted):
            keep_thumbs(archive, taken.file.materials)


def standing_evidence(ledger: Ledger) -> tuple[Fact, ...]:
    """The lines of evidence that count: neither erased, nor ordered to be, nor taken back."""
    lines = standing(ledger.read(kinds=(*DOOR_KINDS, *STANDING_KINDS)))
    return tuple(fact for fact in lines if fact.kind == "evidence")
