"""The morning note by e-mail: queued whole in `.press/mail/`, sent, taken out of the queue; a run never stops for it.

What is queued is sent by this run or a later one, oldest first. The line of the ledger says for what it was queued, so
that a run which was killed queues it once; killed between the server's yes and the queue, it goes again under the same
Message-ID, by which mail programs know it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from gengang.arrivals import write_whole
from gengang.facts import Actor, Fact, latest
from gengang.ledger import Ledger
from gengang.papers.morning import MorningNote
from gengang.papers.morning_mail import Known, happened, mail_text, standing_of, subject_of
from gengang.roster import Roster, school_names
from gengang.settings import SMTP_TO, Outgoing, Settings
from gengang.smtp import PostError, send
from gengang.trying import tried

PHASE = "mail"
FOLDER = ".press/mail"


def post_note(
    settings: Settings,
    ledger: Ledger,
    note: MorningNote,
    roster: Roster,
    actor: Actor,
    at: str,
    waits: Sequence[float] = (),
) -> tuple[str, ...]:
    """Queues the note when something happened, and sends what is queued; what hindered it, as the office is told.

    waits: seconds before each further try. What is not sent stays queued.
    OSError when the disk fails.
    """
    if settings.outgoing is None:
        return ()
    queue = settings.workspace / FOLDER
    last = latest(ledger.read(kinds=("run",)), "run").get(("run", PHASE))
    if happened(note, None if last is None else str(last.data["standing"])):
        text = mail_text(note, known_of(roster))
        message = hashlib.sha256(f"{subject_of(note)}\n{text}".encode()).hexdigest()[:32]
        if last is None or last.data["message"] != message:
            queue.mkdir(parents=True, exist_ok=True)
            write_whole(_place(queue, note, message), [_bytes_of(settings.outgoing, note, text, message, at)])
        phase = {"phase": PHASE, "standing": standing_of(note), "message": message}
        ledger.append([Fact("run", "run", phase, actor, at)])
    outgoing = settings.outgoing
    return tried(lambda: _sent(queue, outgoing), lambda _: any(queue.glob("*.eml")), waits)


def known_of(roster: Roster) -> Known:
    """Whose names are hidden, and which schools are named."""
    people = (*roster.trainees, *roster.mentors)
    names = {name for person in people for name in (person.name, *person.former_names) if name}
    return Known(names, {name for school in roster.schools for name in school_names(school)})


def _place(queue: Path, note: MorningNote, message: str) -> Path:
    return queue / f"{note.as_of.isoformat()} {message}.eml"


def _bytes_of(outgoing: Outgoing, note: MorningNote, text: str, message: str, at: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = outgoing.sender, ", ".join(outgoing.to)
    mail["Subject"] = subject_of(note)
    mail["Date"] = format_datetime(datetime.fromisoformat(at.replace("Z", "+00:00")))
    mail["Message-ID"] = f"<{message}@{outgoing.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers it
    mail.set_content(text, cte="base64")
    return mail.as_bytes(policy=policy.SMTP)


def _sent(queue: Path, outgoing: Outgoing) -> tuple[str, ...]:
    """Sends from the oldest on, up to the first that cannot be sent; what hindered it."""
    refused: set[int] = set()
    for path in sorted(queue.glob("*.eml")) if queue.is_dir() else ():
        try:
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            refused |= set(send(outgoing, mail))
        except PostError as fault:
            return (str(fault),)
        path.unlink()
    if not refused:
        return ()
    places = "、".join(map(str, sorted(refused)))
    return (f"今日要点已发出，但第{places}个收件人被邮件服务器拒收，没有收到。请核对 {SMTP_TO}。",)
