"""The register's lines as facts make them: a day in it is the office's, not Greenwich's."""

from gengang.certificate_numbers import number_lines
from gengang.facts import Actor, Fact

ME = Actor("王老师", "senior", "办公室电脑", "issue")


def test_a_number_is_void_from_the_day_that_the_office_had_then() -> None:
    spent = {"kind": "completion_certificate", "year": 2016, "number": 1, "person": "P-1", "basis": "0" * 64}
    facts = [
        Fact("number_spent", "安教训结字〔2016〕第0001号", spent, ME, "2016-12-05T02:00:00Z"),
        Fact("number_void", "安教训结字〔2016〕第0001号", {"why": "写错"}, ME, "2016-12-05T17:00:00Z"),
    ]
    [line] = number_lines(facts)
    assert (line.void_on, line.why) == ("2016-12-06", "写错")
