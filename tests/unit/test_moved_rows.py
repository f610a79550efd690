"""A row that its writer put in another place: what nobody can tell for sure is asked about, and nothing is lost."""

import pytest

from extractors.fields import readings_of_sheet
from gengang.reading import FieldReading, ListReading, Reading
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import docx, form_with, p, tbl, tc, tr

LOST = ("blank", "missing")


def read(form: tuple[str, ...], *blocks: str) -> Reading:
    [found] = readings_of_sheet(sheet_of_word(docx(*blocks)), [form_with(*form)]).readings
    return found


def field(found: Reading, name: str) -> FieldReading:
    reading = found.fields[name]
    assert isinstance(reading, FieldReading)
    return reading


def loop(name: str, *tags: str) -> tuple[str, str, str]:
    """The rows of a list under its column names."""
    width = len(tags)
    return (tr(tc(f"{{%tr for x in {name} %}}", span=width)), tr(*[f"{{{{ x.{tag} }}}}" for tag in tags]),
            tr(tc("{%tr endfor %}", span=width)))  # fmt: skip


NAMES = (tr("姓名", "{{ a | text }}"), tr("姓名", "{{ b | text }}"), tr("姓名", "{{ c | text }}"))


def test_a_row_of_words_among_rows_that_begin_alike_makes_none_of_them_sure() -> None:
    form = tbl(*NAMES, tr("姓名", "性别"), tr("{{ d | prose }}", "{{ e | text }}"))
    found = read((form,), tbl(tr("姓名", ""), tr("姓名", "性别"), tr("姓名", ""), tr("姓名", "&"), tr("", "")))
    assert {field(found, name).status for name in "abc"} == {"review"}


def test_a_row_with_a_label_of_two_others_that_stands_above_them_makes_neither_of_them_sure() -> None:
    two = (tr(tc("联系电话"), tc("{{ a | count }}", "{{ b | text }}", span=5)),
           tr(tc("联系电话", span=3), tc("{{ c | text }}", span=3)))  # fmt: skip
    row = tr("节次", "{{ d | text }}", "职称", "{{ e | score }}", "联系电话", "{{ f | text }}")
    first = tr("学历", "{{ g | text }}", "民族", "{{ h | text }}", "备注", "{{ i | text }}")
    found = read(
        (tbl(first, *two, row),),
        tbl(tr("学历", "本科", "民族", "汉", "备注", ""), tr("节次", "一", "职称", "12.1", "联系电话", "二"),
            tr(tc("联系电话"), tc("", "甲", span=5)), tr(tc("联系电话", span=3), tc("", span=3))),
    )  # fmt: skip
    assert (field(found, "c").status, field(found, "b").status) == ("review", "review")


def test_a_signed_row_among_rows_that_begin_alike_is_nobodys_for_sure() -> None:
    def opinion(label: str, *names: str) -> str:
        prose, signer, day = names
        return tr(tc(label), tc(f"{{{{ {prose} | prose }}}}",
                                f"{label}：{{{{ {signer} | text }}}}    {{{{ {day} | date }}}}", span=3))  # fmt: skip

    def signed(label: str, day: str) -> str:
        return tr(tc(label), tc("", f"{label}：    {day}", span=3))

    columns = ("姓名", "研修时间", "改进措施", "签到")
    none = "    年  月  日"
    form = tbl(opinion("研修时间", *"abc"), opinion("姓名", *"def"), opinion("姓名", *"ghi"),
               tr(tc("姓名", span=2), tc("{{ j | text }}", span=2)), tr(*columns),
               tr(*[f"{{{{ {name} | text }}}}" for name in "klmn"]))  # fmt: skip
    found = read((form,), tbl(
        signed("姓名", "2000年1月1日"), signed("研修时间", none), signed("姓名", none),
        tr(tc("姓名", span=2), tc("", span=2)), tr(*columns), tr("", "一", "1", ""),
    ))  # fmt: skip
    assert field(found, "f").status not in LOST


@pytest.mark.parametrize("said", ["姓名", "45.53", "性别"])
def test_a_field_whose_row_stands_where_values_are_asked_for_is_not_called_missing(said: str) -> None:
    form = (tr("工作单位", "{{ a | text }}"), tr("性别", "{{ b | text }}"))
    found = read(
        (tbl(*form, tr("任教学科", "学历"), tr("{{ c | count }}", "{{ d | text }}")),),
        tbl(tr("性别", ""), tr("任教学科", "学历"), tr("工作单位", said), tr("", "")),
    )
    assert (field(found, "a").status, field(found, "a").value) in (("unread", None), ("review", said))


FIVE = loop("xs", "a | id_number", "b | date", "c | score", "d | month", "e | text")


def test_a_row_of_values_that_stands_under_the_row_of_a_list_is_not_called_missing() -> None:
    names = ("研修时间", "民族", "改进措施", "评价等级", "工作单位")
    under = ("备注", "评价等级", "考核成绩", "姓名")
    tags = ("{{ f | prose }}", '{{ g | tick("男","女") }}', "{{ h | text }}", "{{ i | text }}")
    end = tr("考核成绩", "{{ j | money }}")
    found = read(
        (tbl(tr(*names), *FIVE, tr(*under), tr(*tags), end),),
        tbl(tr(*names), tr("", "    年  月  日", "", "2000年1月", ""), tr("已交", "□男 □女", "", ""), tr(*under),
            tr("考核成绩", "6.42")),
    )  # fmt: skip
    assert field(found, "f").status not in LOST


def test_a_row_of_values_that_could_be_one_of_the_list_above_it_makes_the_list_doubtful() -> None:
    names, under = ("日期", "课题"), ("备注", "姓名")
    found = read(
        (tbl(tr(*names), *loop("xs", "a | text", "b | text"), tr("学历", "{{ c | text }}"), tr(*under),
             tr("{{ d | text }}", "{{ e | text }}")),),
        tbl(tr(*names), tr("一", "二"), tr("三", "四"), tr("学历", ""), tr(*under)),
    )  # fmt: skip
    rows = found.fields["xs"]
    assert isinstance(rows, ListReading)
    assert rows.status == "review"
    assert not [cell for row in rows.rows for cell in row.values() if cell.status == "accepted"]
    assert field(found, "d").status == "unread"


def test_rows_as_wide_as_one_list_under_the_heads_of_another_leave_neither_blank() -> None:
    names, other = ("签到", "上课节数", "班级"), ("学历", "姓名")
    found = read(
        (tbl(tr(*names), *loop("xs", "a | score", "b | date", "c | count"),
             tr(*other), *loop("ys", "d | text", "e | text")),),
        tbl(tr(*names), tr(*other), tr("3.38", "    年  月  日", "27873"), tr("甲", "乙")),
    )  # fmt: skip
    assert [found.fields[name].status for name in ("xs", "ys")] == ["review", "review"]


def test_the_only_row_of_a_list_above_its_heads_leaves_it_not_blank() -> None:
    names, other = ("签到", "上课节数", "班级"), ("学历", "改进措施", "姓名")
    found = read(
        (tbl(tr(*names), *loop("xs", "a | text", "b | date", "c | count")), p(""),
         tbl(tr(*other), *loop("ys", "d | date", "e | text", "f | count"))),
        tbl(tr(*names)), p(""), tbl(tr("2078年11月19日", "甲", ""), tr(*other)),
    )  # fmt: skip
    assert [found.fields[name].status for name in ("xs", "ys")] == ["review", "review"]


NATION = tr("职称", "民族", "班级")


def test_a_row_of_values_above_its_heads_that_says_a_label_is_told_and_no_field_of_it_is_called_missing() -> None:
    found = read(
        (tbl(NATION, tr("{{ a | text }}", "{{ b | text }}", "{{ c | text }}")), "姓名：{{ d | text }}"),
        tbl(tr("", "姓名", ""), NATION), "姓名：",
    )  # fmt: skip
    assert {field(found, name).status for name in "abc"} == {"unread"}
    assert "unread_content" in {finding.code for finding in found.findings}


def test_a_row_of_values_that_says_the_same_as_another_one_is_not_taken_for_its_copy() -> None:
    up, down = tr("改进措施", "考核成绩"), tr("考核成绩", "改进措施")
    form = tbl(up, tr("{{ a | money }}", "{{ b | money }}"), down, tr("{{ c | money }}", "{{ d | phone }}"))
    found = read((form,), tbl(tr("550.91", ""), up, down, tr("550.91", "")))
    assert field(found, "a").status not in LOST
