"""What the tests of the desk share: a form's token, a written form, what waits and how it is settled."""

import re
import time
from html import unescape

from httpx2 import Response
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.views.fields import FieldCard, card_at
from gengang.desk.views.queue import open_papers
from gengang.facts import Actor, Fact
from gengang.intake import utc_now
from gengang.recording import Desk as RecordingDesk
from gengang.season import HeldPaper
from tests.unit.facts_of_papers import came, read


def token_of(page: str) -> str:
    """The token that this page's forms carry."""
    found = re.search(r'hx-headers=\'{"X-Desk-Token": "([^"]+)"}', page)
    assert found is not None
    return unescape(found[1])


def write(client: TestClient, address: str, /, **fields: str) -> Response:
    """A form as the browser would write it."""
    return client.post(address, data={"token": token_of(client.get("/").text), **fields})


def until(client: TestClient, address: str, waiting: str) -> Response:
    """A page once it no longer says so."""
    for _ in range(600):
        shown = client.get(address)
        if waiting not in shown.text:
            return shown
        time.sleep(0.05)
    raise AssertionError(f"{address} waits for ever")


def first_open(desk: Desk, codec: str = "", proposed: bool = True) -> tuple[HeldPaper, FieldCard]:
    """A paper and a field of it that waits. codec: of what sort; proposed: the machine proposes something."""
    now = desk.standings.now()
    for one in now.standing.of(open_papers):
        held = now.standing.papers[one.key]
        for field in one.fields:
            card = card_at(now, held, field.path)
            fits = card.state == "open" and not card.is_list and codec in ("", card.kind.codec)
            if fits and (bool(card.text) == proposed or card.secret):
                return held, card
    raise AssertionError("nothing of the sort waits")


def settle(client: TestClient, card: FieldCard, said: str = "keep", value: str = "", **more: str) -> Response:
    """What pressing a button of a card sends."""
    fields = {"paper": card.paper, "path": card.path, "seen": card.seal, "said": said, "value": value, **more}
    return write(client, "/review/settle", **fields)


def phone_paper(name: str = "电话.docx", phone: str = "13800138000") -> tuple[Fact, ...]:
    """A paper on which a phone and an ID number were read with doubt."""
    waiting = {"phone": phone, "id_number": "00000019760305123X"}
    return came(f"2016-09-05 张村小学/{name}"), read(name, "personal_info", None, {}, review=waiting)


def two_versions(desk: Desk) -> tuple[Fact, ...]:
    """One trainee's 鉴定表 in two versions that dispute something."""
    person = desk.standings.now().judged.season.roster.trainees[0]
    return (
        came("2016-12-01 甲/鉴定表旧.docx"), came("2016-12-02 甲/鉴定表新.docx"),
        read("鉴定表旧.docx", "appraisal", person, {"self_appraisal": "收获很大。", "lessons_heard": 17}),
        read("鉴定表新.docx", "appraisal", person, {"self_appraisal": "收获很大。", "lessons_heard": 20}),
    )  # fmt: skip


def no_ones(desk: Desk) -> tuple[Fact, ...]:
    """A paper that nearly names somebody: another school."""
    person = desk.standings.now().judged.season.roster.trainees[0]
    said = {"name": person.name, "school": "别处小学"}
    return came("2016-12-03 乙/反思.docx"), read("反思.docx", "reflection", None, said)


def put(desk: Desk, *facts: Fact) -> None:
    """Lines into the ledger, and the season folded."""
    desk.ledger.append(facts)
    desk.standings.fold()
    weighed(desk)


def weighed(desk: Desk) -> None:
    """What is done between folds, done."""
    desk.scales.weigh(desk.standings.now().standing, lambda: True)


def of_another(desk: Desk) -> RecordingDesk:
    """Where somebody at another PC records."""
    return RecordingDesk(desk.settings, Actor("王老师", "clerk", "教务处", "desk record"), utc_now())


def worked_out(client: TestClient, begun: Response) -> Response:
    """The page of a preview, once it is worked out."""
    assert begun.status_code == 303, begun.text
    for _ in range(400):
        shown = client.get(begun.headers["location"])
        if "正在按全部材料" not in shown.text:
            return shown
        time.sleep(0.1)
    raise AssertionError("the preview never comes")


def words(answer: Response) -> str:
    """A page without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", answer.text)))


# Drops a file, given as its name and its bytes in base64, onto the page of 今日要点.
DROP = """async ([name, bytes]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name));
  for (const kind of ["dragover", "drop"])
    document.getElementById("drop").dispatchEvent(new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
}"""
