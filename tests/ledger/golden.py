"""Golden ledgers: the tables of a ledger as a release wrote them, and what their facts fold to.

`python -m tests.ledger.golden` writes golden_v<schema>.json where it is missing, and with a word after it
golden_v<schema>_<word>.json, for kinds that came without a change of the schema. One that was released is never written
again: it stands for the ledgers that offices hold.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Table, select, text

from gengang.database import FACTS, NUMBERS, PERSONAL, SALTS, Database
from gengang.facts import Fact, balance, latest, subjects_of, unread
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_register import spend_number, void_number
from gengang.migrations import STEPS
from gengang.settings import settings_of
from tests.ledger.lines import AT, ME, arrival, decision, delivered, evidence, match, person, reading, refused

FOLDER = Path(__file__).parent
KEPT: tuple[Table, ...] = (FACTS, SALTS, PERSONAL, NUMBERS)


def golden_files() -> list[Path]:
    """One a release that changed the schema or a kind."""
    return sorted(FOLDER.glob("golden_v*.json"))


def folds(ledger: Ledger) -> dict[str, object]:
    """What the program makes of a ledger's facts, as JSON."""
    facts = list(ledger.read())
    counts = balance(facts)
    return {
        "balance": [counts.arrived, counts.filed, counts.waiting, counts.refused, counts.duplicates],
        "unread": [fact.subject for fact in unread(facts)],
        "papers of the first person": list(subjects_of("P-000000000001", facts)),
        "readings": {s: fact.personal and dict(fact.personal) for (s, _), fact in latest(facts, "reading").items()},
        "decisions": {
            f"{s} {slot}": fact.personal and dict(fact.personal)
            for (s, slot), fact in latest(facts, "decision").items()
        },
        "people": {s: fact.personal and dict(fact.personal) for (s, _), fact in latest(facts, "person").items()},
        "numbers": [fact.data for fact in facts if fact.kind == "number_spent"],
        "erased lines": [fact.sequence for fact in facts if fact.erased],
        "actors": sorted({str(fact.actor) for fact in facts}),
        "head": list(ledger.head()),
    }


def every_kind() -> Iterator[Fact]:
    """Lines of every kind that a caller appends."""
    first, second, third = "a" * 64, "b" * 64, "c" * 64
    yield from (arrival(first), arrival(second, "坏.docx"), arrival(third, "晚.docx"), arrival(first, "再次.docx"))
    yield delivered(second)
    yield Fact("scheme", "scheme", {"sha256": "f" * 64, "text": "[window]"}, ME, AT)
    changed = {"before": "e" * 64, "sha256": "f" * 64, "changes": [["evaluation.pass_at", "60", "65"]]}
    yield Fact("amended", "scheme", changed, ME, AT, {"why": "安教〔2016〕9号"})
    yield Fact("template", "9" * 64, {"folder": "forms", "stem": "appraisal"}, ME, AT)
    yield Fact("roster", "roster", {"sha256": "d" * 64}, ME, AT, {"schools": ["张村小学"]})
    yield from (person(), person("P-000000000002", "李四"))
    yield from (reading(f"{first}#0"), reading(f"{first}#1", "李四"), refused(second))
    yield from (evidence(f"{first}#2"), evidence(f"{third}#0"))
    yield from (match(f"{first}#0"), match(f"{first}#1", "P-000000000002"))
    yield from (decision("张三", paper=f"{first}#0"), decision("张山", paper=f"{first}#0"))
    yield decision("张三", paper=f"{first}#0")
    yield Fact("signing_key", "key-0123456789", {"public": "5" * 64, "made": "20161209T010000Z"}, ME, AT)
    said = {"value": "张三", "before": {"status": "review", "value": "张山", "raw": "张山"}, "why": ""}
    yield Fact("settled", f"{first}#0", {"path": "mentor", "said": "corrected"}, ME, AT, said)
    again = {"value": "李四", "machine": "李四"}
    yield Fact("rechecked", f"{first}#0", {"path": "school", "agrees": True}, ME, AT, again)
    word = {"wording": "张叁", "means": "张三", "by": ["王老师"], "times": 1, "why": ""}
    yield Fact("learned", "P-000000000001", {"path": "alias:name:1", "state": "in_use"}, ME, AT, word)
    yield Fact("policy", "policy", {"floors": {"scan:date": 0.97}, "counts": {"scan:date": [60, 3]}}, ME, AT)
    yield Fact("looked_at", "P-000000000001", {"what": "id_number", "at": AT}, ME, AT)
    yield Fact("paper", "P-000000000001", {"kind": "certificate", "sha256": "e" * 64, "proof": "equal"}, ME, AT)
    yield Fact("run", "run", {"phase": "end", "arrived": 3}, ME, AT)
    yield Fact("carried_over", "season", {"numbers": {"J": 0, "X": 0}, "from": "county-2015"}, ME, AT)
    yield Fact("taken_back", "import-3", {"lines": [3], "back": True}, ME, AT, {"why": "放错了文件夹", "by": "李主任"})
    yield Fact("erasure_ordered", "P-000000000002", {"subjects": ["P-000000000002"], "files": []}, ME, AT)
    kept = {"name": "李四", "school": "张村小学", "line": "张村小学 李四：合格，60学时", "why": "本人要求", "by": ""}
    yield Fact("kept", "kept-P-000000000002", {"hours": 60, "outcome": "合格", "numbers": []}, ME, AT, kept)


def filled(ledger: Ledger) -> None:
    """A ledger with a line of every kind."""
    ledger.append(list(every_kind()))
    for name in ("P-000000000001", "P-000000000002"):
        spend_number(ledger, "J", 2016, name, "basis", ME, AT)
    void_number(ledger, "J", 2016, 1, "姓名印错", ME, AT)
    spend_number(ledger, "J", 2016, "P-000000000001", "basis", ME, AT)
    ledger.erase("P-000000000002", replace(ME, role="senior"), AT)


def shut(ledger: Ledger) -> None:
    """The season closed, as the last line."""
    lines, seal = ledger.head()
    data = {"closed": True, "lines": lines, "seal": seal, "manifest": "7" * 64, "originals": 4}
    ledger.append([Fact("season_closed", "season", data, ME, AT, {"why": "", "by": "李主任"})])


def dump(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    """Every row of the tables that matter."""
    with ledger.database.reading() as connection:
        return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in KEPT}


def load(database: Database, rows: dict[str, list[dict[str, object]]]) -> None:
    """Puts rows into tables that have the schema they were dumped from; columns are named by the rows alone."""
    with database.writing() as connection:
        for table, lines in rows.items():
            for line in lines:
                columns, values = ", ".join(line), ", ".join(f":{name}" for name in line)
                connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), line)


def main() -> None:
    """Writes the golden ledger of this schema where it is missing."""
    target = FOLDER / f"{'_'.join((f'golden_v{len(STEPS)}', *sys.argv[1:]))}.json"
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(settings_of(Path(folder), {}))
        filled(ledger)
        shut(ledger)
        golden = {"steps": len(STEPS), "folds": folds(ledger), "tables": dump(ledger)}
        ledger.close()
    target.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
