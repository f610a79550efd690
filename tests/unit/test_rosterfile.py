"""Roster and school table as workbooks: back and forth, and every fault at once with its place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gengang.codecs import Period
from gengang.eligibility import pair_key
from gengang.errors import RosterError
from gengang.proposals import State
from gengang.roster import Pair, Person, Roster, School, person_key, school_key
from gengang.rosterfile import (
    listing_of,
    read_listing,
    read_roster,
    read_school_table,
    roster_bytes,
    write_roster,
    write_school_table,
)
from gengang.rosterreview import Review
from tests.unit.rosters import BASE, SCHOOLS, ZHANGCUN, id_number, mentor, roster, trainee


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


HEAD: list[object] = ["序号", "姓 名", "身份证号码", "工作单位", "学段", "任教学科", "联系电话"]


def people(path: Path, *rows: list[object]) -> Path:
    schools: list[list[object]] = [["学校名称", "简称", "是否农村", "学段"], ["张村小学", "张小", "是", "小学"]]
    return book(path, 学校=schools, 学员=[["2016年学员花名册"], [], HEAD, *rows])


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(RosterError) as caught:
        read_roster(path)
    assert caught.value.exit_code == 2
    return caught.value.faults


def test_header_below_a_title_and_synonyms(tmp_path: Path) -> None:
    path = people(tmp_path / "r.xlsx", [1, "张　三", id_number(), "张小", "", "小学语文", 13800138000])
    [one] = read_roster(path).trainees
    assert (one.name, one.school, one.stage, one.subject) == ("张三", "张村小学", "小学", "语文")
    assert (one.id_number, one.phone, one.key) == (id_number(), "13800138000", person_key(id_number()))


def test_all_faults_at_once_with_sheet_row_and_column(tmp_path: Path) -> None:
    bad_check = id_number()[:17] + ("0" if id_number()[17] != "0" else "1")
    path = people(
        tmp_path / "r.xlsx",
        [1, "张三", id_number(), "张小", "小学", "语文", "13800138000"],
        [2, "李四", id_number(), "张小", "小学", "语文", ""],
        [3, "王五", bad_check, "赵庄小学", "小学", "语文", ""],
        [4, "", 990000197603051234, "张小", "", "语文", "12"],
    )
    found = faults(path)
    assert [fault.split("：")[0] for fault in found] == [
        "工作表“学员”第6行“身份证号”",
        "工作表“学员”第6行“学校”",
        "工作表“学员”第7行“姓名”",
        "工作表“学员”第7行“身份证号”",
        "工作表“学员”第7行“学段”",
        "工作表“学员”第7行“联系电话”",
        "工作表“学员”第4行“身份证号”",
        "工作表“学员”第5行“身份证号”",
    ]
    assert "当作数字" in found[3]
    assert "第4行" in found[-1]
    assert "第5行" in found[-1]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", 学员=[["姓名", "学校"], ["张三", "张村小学"]])
    assert faults(path) == ("工作表“学员”缺少列：身份证号、学科",)


@pytest.mark.parametrize("damaged", ["5.10322E+17", "990000197603051000"])
def test_damaged_numbers_in_a_csv(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"姓名,身份证号,学校,学段,学科\n张三,{damaged},张村小学,小学,语文\n", encoding="gb18030")
    [fault] = faults(path)
    assert "第2行“身份证号”" in fault
    assert "重新收取" in fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_any_office_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "学校一览表.csv"
    path.write_text("学校一览表\n学校名称,简称/别名,是否农村,学段\n张村小学,张小、张村,是,小学\n", encoding=encoding)
    assert read_school_table(path) == (
        School(school_key("张村小学"), "张村小学", ("张小", "张村"), True, ("小学",), "", 1),
    )


def test_school_table_faults(tmp_path: Path) -> None:
    path = book(
        tmp_path / "s.xlsx",
        Sheet1=[["学校名称", "是否农村", "学段", "排序"], ["甲校", "大概", "小学", 1], ["甲校", "是", "高中", "一"]],
    )
    with pytest.raises(RosterError) as caught:
        read_school_table(path)
    assert [fault.split("：")[0] for fault in caught.value.faults] == [
        "工作表“Sheet1”第2行“是否农村”",
        "工作表“Sheet1”第3行“学段”",
        "工作表“Sheet1”第3行“排序”",
        "工作表“Sheet1”第3行“学校名称”",
    ]


@pytest.mark.parametrize(
    ("text", "stages"), [("九年一贯制", ("小学", "初中")), ("完小", ("小学",)), ("初级中学", ("初中",))]
)
def test_kinds_of_school(tmp_path: Path, text: str, stages: tuple[str, ...]) -> None:
    [one] = read_school_table(book(tmp_path / "s.xlsx", 学校=[["学校", "农村学校", "学校类别"], ["甲校", "√", text]]))
    assert one.stages == stages
    assert one.rural


def test_an_empty_school_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="一所学校也没有"):
        read_school_table(book(tmp_path / "s.xlsx", 学校=[["学校名称", "是否农村", "学段"]]))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_broken_workbook_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    with pytest.raises(RosterError, match="另存为"):
        read_roster(path)
    with pytest.raises(RosterError, match="找不到"):
        read_roster(tmp_path / "none.xlsx")


def test_schools_are_made_of_people_where_no_table_is(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "身份证号", "学校", "学科"], ["张三", id_number(), "张村小学", "小学语文"]]
    [one] = read_roster(book(tmp_path / "r.xlsx", Sheet1=rows)).schools
    assert (one.name, one.rural, one.stages) == ("张村小学", None, ("小学",))


def test_a_sheet_is_found_by_a_part_of_its_name(tmp_path: Path) -> None:
    notes: list[list[object]] = [["姓名", "身份证号", "学校", "学科", "职称", "学历"], ["说明", "", "", "", "", ""]]
    rows: list[list[object]] = [["姓名", "身份证号", "学校", "学科"], ["张三", id_number(), "张村小学", "小学语文"]]
    made = read_roster(book(tmp_path / "r.xlsx", **{"填表说明": notes, "2016年学员": rows}))
    assert [one.name for one in made.trainees] == ["张三"]


def test_a_mentor_column_makes_pairs(tmp_path: Path) -> None:
    head: list[object] = ["姓名", "身份证号", "学校", "学科", "指导教师"]
    guide: list[object] = ["周明", id_number("19700101", "211"), "实验学校", "语文"]
    first: list[object] = ["张三", id_number(), "张村小学", "小学语文", "周明"]
    path = book(tmp_path / "r.xlsx", 学员=[head, first], 指导教师=[head[:4], guide])
    made = read_roster(path)
    assert [one.name for one in made.mentors_of(made.trainees[0].key)] == ["周明"]
    second: list[object] = ["李四", id_number("19800101"), "张村小学", "小学语文", "吴亮"]
    assert "“吴亮”不在" in faults(book(tmp_path / "q.xlsx", 学员=[head, first, second], 指导教师=[head[:4], guide]))[0]


def test_mentors_without_a_number_are_told_apart(tmp_path: Path) -> None:
    head: list[object] = ["姓名", "身份证号", "学校", "学科"]
    first: list[object] = ["张三", id_number(), "张村小学", "小学语文"]
    twice: list[object] = ["周明", "", "实验学校", "语文"]
    found = faults(book(tmp_path / "r.xlsx", 学员=[head, first], 指导教师=[head, twice, twice]))
    assert len(found) == 2
    assert "“编号”：重复" in found[0]


def test_pairs_of_nobody_are_faults(tmp_path: Path) -> None:
    head: list[object] = ["姓名", "身份证号", "学校", "学科"]
    first: list[object] = ["张三", id_number(), "张村小学", "小学语文"]
    pairs: list[list[object]] = [["学员编号", "指导教师编号", "拟跟岗时段"], ["P-1", "P-2", "九月"]]
    assert len(faults(book(tmp_path / "r.xlsx", 学员=[head, first], 结对=pairs))) == 3


def test_dates_that_excel_made_are_months(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "身份证号", "学校", "学科", "出生年月"],
        ["张三", id_number(), "张村小学", "小学语文", date(1976, 3, 1)],
    ]
    assert read_roster(book(tmp_path / "r.xlsx", 学员=rows)).trainees[0].born == "1976-03"


def test_round_trip_and_equal_bytes(tmp_path: Path) -> None:
    made = roster(trainee(former_names=("张小三",)), mentors=(mentor(number=""), mentor("吴亮", number=None)))
    made = replace(made, pairs=(Pair(made.trainees[0].key, made.mentors[0].key, Period("2016-09-05", "2016-09-30")),))
    write_roster(made, tmp_path / "roster.xlsx")
    assert read_roster(tmp_path / "roster.xlsx") == made
    assert (tmp_path / "roster.xlsx").read_bytes() == roster_bytes(made) == roster_bytes(made)
    assert [one.name for one in tmp_path.iterdir()] == ["roster.xlsx"]


def test_school_table_round_trip(tmp_path: Path) -> None:
    write_school_table(SCHOOLS, tmp_path / "s.xlsx")
    assert read_school_table(tmp_path / "s.xlsx") == SCHOOLS


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    serials = draw(st.lists(st.integers(1, 999), min_size=1, max_size=6, unique=True))
    trainees = tuple(_drawn(draw, f"{serial:03}") for serial in serials)
    pairs = tuple(Pair(one.key, mentor().key) for one in trainees if draw(st.booleans()))
    return Roster((ZHANGCUN, BASE), trainees, (mentor(),), pairs)


def _drawn(draw: st.DrawFn, serial: str) -> Person:
    dotted = "·".join(draw(st.lists(HAN, min_size=1, max_size=2)))
    return replace(
        trainee(dotted, number=id_number(serial=serial)),
        subject=draw(st.sampled_from(["语文", "数学", "英语"])),
        phone=draw(st.sampled_from(["", "13800138000", "03712345678"])),
        remark=draw(st.sampled_from(["", "=1+1", "a&b<c>", "𬱖"])),
        teaching_years=draw(st.none() | st.integers(0, 45)),
    )


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, made: Roster) -> None:
    path = tmp_path_factory.mktemp("rosters") / "roster.xlsx"
    write_roster(made, path)
    assert read_roster(path) == made


# --- the office's word beside each ---


def reviewed(path: Path, **marks: str) -> Path:
    """The workbook as we write it, with these marks by name, given in place of ours."""
    listed = roster(trainee(), trainee("李四", number=id_number("19800101", "001")), mentors=(mentor(),))
    reviews = {
        one.key: Review("proposed", "E-02 在2016-09-01已满46周岁。") for one in (*listed.trainees, *listed.mentors)
    }
    reviews |= {pair_key(one): Review("proposed", "") for one in listed.pairs}
    path.write_bytes(roster_bytes(listed, reviews))
    made = load_workbook(path)
    for sheet in made.worksheets:
        labels = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2) if "审核意见" in labels else ():
            cells = {str(label): cell for label, cell in zip(labels, row, strict=True)}
            name = (
                cells["姓名"].value if "姓名" in labels else f"{cells['学员姓名'].value}—{cells['指导教师姓名'].value}"
            )
            if name in marks:
                cells["审核意见"].value = marks[str(name)]
    made.save(path)
    return path


def test_marks_and_findings_stand_beside_each_and_are_read_back(tmp_path: Path) -> None:
    path = reviewed(tmp_path / "r.xlsx", 张三="同意", 李四="不同意：超龄", 周明="√", **{"张三—周明": "录取"})
    listing = read_listing(path)
    states = [mark.state for mark in listing.marks.values()]
    assert states == ["accepted", "refused", "accepted", "accepted", "proposed"]
    assert listing.marks[person_key(id_number("19800101", "001"))].why == "超龄"
    assert [one.name for one in listing.members().trainees] == ["张三"]
    assert len(listing.members().pairs) == 1
    assert read_roster(path) == listing.members()
    assert (listing.others, listing.faults, listing.mark_faults) == (False, (), ())
    assert load_workbook(path)["学员"].data_validations.dataValidation[0].formula1 == '"同意,不同意,待定"'


def test_a_mark_that_says_nothing_is_a_fault_with_its_place(tmp_path: Path) -> None:
    path = reviewed(tmp_path / "r.xlsx", 李四="好")
    assert faults(path) == ("工作表“学员”第3行“审核意见”：“好”看不懂，请填 同意、不同意、待定",)


def test_rows_that_are_not_to_count_need_not_be_whole() -> None:
    bad = replace(trainee(number="000000197603051230"), key="P-1")
    cases: tuple[tuple[State, int], ...] = (("proposed", 0), ("refused", 0), ("accepted", 1))
    for state, number in cases:
        listing = listing_of("r.xlsx", roster_bytes(roster(bad), {"P-1": Review(state, "")}))
        assert len(listing.faults) == number


def test_a_number_that_is_blank_in_a_row_we_wrote_is_no_fault_of_the_office() -> None:
    later = trainee(number="")
    assert listing_of("r.xlsx", roster_bytes(roster(later), {later.key: Review("accepted", "")})).faults == ()


@pytest.mark.parametrize("key", ["学员1", "P+1", "P" * 61])
def test_a_key_that_the_ledger_cannot_hold_is_a_fault(key: str) -> None:
    [fault] = listing_of("r.xlsx", roster_bytes(roster(replace(trainee(), key=key)))).faults
    assert "第2行“编号”" in fault


def test_what_the_office_has_beside_our_columns_is_seen(tmp_path: Path) -> None:
    path = reviewed(tmp_path / "r.xlsx")
    made = load_workbook(path)
    made["学员"].cell(1, 40, "饭卡号")
    made.save(path)
    assert read_listing(path).others
    made = load_workbook(reviewed(path))
    made.create_sheet("说明").append(["请勿外传"])
    made.save(path)
    assert read_listing(path).others
