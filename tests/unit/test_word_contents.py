"""What Word shows besides plain text: each kind is read as it is seen, or told and left for a person."""

from collections.abc import Callable

import pytest

from gengang.sheet import Cell, Row, Sheet
from gengang.wordxml import NotWordError, sheet_of_word
from tests.unit.wordfiles import SPACES, Parts, docx, p, run, sdt, tbl, tc, tr


def seen(*blocks: str, parts: Parts | None = None, header: str = "", footer: str = "") -> Sheet:
    return sheet_of_word(docx(*blocks, parts=parts, header=header, footer=footer))


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def codes(sheet: Sheet) -> list[str]:
    return [finding.code for finding in sheet.findings]


def line(*content: str, parts: Parts | None = None) -> Cell:
    """The cell of one paragraph."""
    [row, *_] = seen(p(*content), parts=parts).rows
    return row.cells[0]


def boxed(sheet: Sheet) -> list[str]:
    return [row.cells[0].text for row in sheet.rows if row.part == "box"]


def r(xml: str) -> str:
    return f"<w:r>{xml}</w:r>"


def char(kind: str, inside: str = "") -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar>')


def code(text: str) -> str:
    return r(f"<w:instrText>{text}</w:instrText>")


def plain(text: str) -> str:
    return run(text)


# --- comments and notes ---


def test_comments_are_told_with_their_number_and_first_words_and_are_no_answer() -> None:
    comment = f"<w:comment>{p('请核对姓名')}</w:comment><w:comment>{p('第二条')}</w:comment>"
    parts = {"comments.xml": ("comments", f"<w:comments {SPACES}>{comment}</w:comments>")}
    sheet = seen(tbl(tr("姓名", tc(p("<w:commentRangeStart/>", r("<w:commentReference/>"))))), parts=parts)
    assert texts(sheet) == [["姓名", ""]]
    [finding] = sheet.findings
    assert finding.code == "comments"
    assert "2 条" in finding.message
    assert "请核对姓名" in finding.message


@pytest.mark.parametrize(("kind", "tag"), [("footnotes", "footnote"), ("endnotes", "endnote")])
def test_a_note_stands_behind_the_body_and_is_marked_where_it_is_referred_to(kind: str, tag: str) -> None:
    line_ = f'<w:{tag} w:type="separator">{p(r("<w:separator/>"))}</w:{tag}>'
    note = f"<w:{tag}>{p(r(f'<w:{tag}Ref/>'), '曾用名李四')}</w:{tag}>"
    parts = {f"{kind}.xml": (kind, f"<w:{kind} {SPACES}>{line_}{note}</w:{kind}>")}
    sheet = seen(tbl(tr("姓名", tc(p("张三", r(f"<w:{tag}Reference/>"))))), parts=parts)
    assert texts(sheet) == [["姓名", "张三"], ["曾用名李四"]]
    assert [row.part for row in sheet.rows] == ["body", "note"]
    assert sheet.rows[0].cells[1].objects == 1


def test_lines_between_page_and_notes_are_nothing() -> None:
    rest = f'<w:footnote w:type="continuationSeparator">{p("x")}</w:footnote>'
    parts = {"footnotes.xml": ("footnotes", f"<w:footnotes {SPACES}>{rest}</w:footnotes>")}
    assert texts(seen("正文", parts=parts)) == [["正文"]]


# --- embedded things ---


def test_an_embedded_word_file_is_unfolded_where_it_stands() -> None:
    inner = docx(tbl(tr("姓名", "张三")))
    sheet = seen(tbl(tr("甲", "乙")), '<w:altChunk r:id="inner"/>', "尾", parts={"inner.docx": ("aFChunk", inner)})
    assert texts(sheet) == [["甲", "乙"], ["姓名", "张三"], ["尾"]]
    assert [row.table for row in sheet.rows] == [1, 2, 0]
    assert sheet.rows[1].cells[1].place.cell == "t2/r1/c2"


def test_what_stands_beside_the_text_of_an_embedded_word_file_is_kept_too() -> None:
    boxed_up = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('框中字')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    note = f"<w:footnotes {SPACES}><w:footnote>{p('曾用名李四')}</w:footnote></w:footnotes>"
    inner = docx(p("张三", r(boxed_up)), parts={"footnotes.xml": ("footnotes", note)}, header=p("页眉中的字"))
    sheet = seen('<w:altChunk r:id="inner"/>', parts={"inner.docx": ("aFChunk", inner)})
    assert [(row.part, row.cells[0].text) for row in sheet.rows] == [
        ("body", "张三"), ("box", "框中字"), ("note", "曾用名李四")]  # fmt: skip
    assert codes(sheet) == ["embedded_document"]
    assert "页眉中的字" in sheet.findings[0].message


@pytest.mark.parametrize("content", [b"<html>x</html>", docx("a")[:50]])
def test_another_embedded_document_is_told_and_leaves_nothing_certain(content: bytes) -> None:
    sheet = seen("头", '<w:altChunk r:id="inner"/>', parts={"inner.html": ("aFChunk", content)})
    assert codes(sheet) == ["embedded_document"]
    assert [row.cells[0].unread for row in sheet.rows] == [False, True]


def test_documents_embedded_in_each_other_end() -> None:
    inner = docx('<w:altChunk r:id="deep"/>', parts={"deep.docx": ("aFChunk", docx("深"))})
    assert "embedded_document" in codes(seen('<w:altChunk r:id="inner"/>', parts={"inner.docx": ("aFChunk", inner)}))


def test_an_embedded_object_is_no_photo() -> None:
    image = '<v:shape style="width:50pt;height:40pt"><v:imagedata r:id="x"/></v:shape>'
    cell = line(r(f'<w:object>{image}<o:OLEObject ProgID="Excel.Sheet.12" r:id="y"/></w:object>'))
    assert (cell.pictures, cell.objects) == (0, 1)
    cell = line(r(f'<w:object>{image}<o:OLEObject ProgID="Paint.Picture" r:id="y"/></w:object>'))
    assert (cell.pictures, cell.objects) == (1, 0)


def test_the_words_of_a_diagram_and_a_chart_are_read() -> None:
    def letters(text: str) -> str:
        return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"

    model = f"<dgm:dataModel {SPACES}><dgm:pt><dgm:t>{letters('教研组')}</dgm:t></dgm:pt></dgm:dataModel>"
    chart = f"<c:chartSpace {SPACES}><c:title>{letters('成绩')}</c:title><c:v>95</c:v></c:chartSpace>"
    parts = {"diagrams/data1.xml": ("diagramData", model), "charts/chart1.xml": ("chart", chart)}
    sheet = seen(
        p(r('<w:drawing><wp:inline><dgm:relIds r:dm="data1"/></wp:inline></w:drawing>')),
        p(r('<w:drawing><wp:inline><c:chart r:id="chart1"/></wp:inline></w:drawing>')), parts=parts,
    )  # fmt: skip
    assert boxed(sheet) == ["教研组", "成绩 95"]
    assert [row.cells[0].objects for row in sheet.rows if row.part == "body"] == [1, 1]


def test_a_fraction_is_told_and_no_number_of_its_parts() -> None:
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    cell = line(plain("请假"), f"<w:r/><m:oMath>{half}</m:oMath>", plain("天"))
    assert (cell.text, cell.doubts) == ("请假1/2天", 1)
    cell = line("<w:r/><m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>")
    assert (cell.text, cell.doubts) == ("x=1", 0)


# --- fields ---


def test_a_drop_down_of_old_word_shows_its_chosen_entry() -> None:
    def drop(state: str) -> str:
        entries = "".join(f'<w:listEntry w:val="{word}"/>' for word in ("请选择", "优秀", "合格"))
        return line(char("begin", f"<w:ffData><w:ddList>{state}{entries}</w:ddList></w:ffData>"),
                    code(" FORMDROPDOWN "), char("separate"), plain("合格"), char("end")).text  # fmt: skip

    assert drop('<w:result w:val="1"/>') == "优秀"
    assert drop('<w:default w:val="2"/>') == "合格"
    assert drop("") == ""
    assert drop('<w:result w:val="9"/>') == ""


def test_a_check_box_of_old_word_is_not_read_twice() -> None:
    box = char("begin", "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>")
    assert line(box, code(" FORMCHECKBOX "), char("separate"), plain("☐"), char("end"), plain("合格")).text == "☑合格"


def test_a_text_field_of_old_word_shows_its_result() -> None:
    begin = char("begin", '<w:ffData><w:textInput><w:default w:val="无"/></w:textInput></w:ffData>')
    assert line(begin, code(" FORMTEXT "), char("separate"), plain("张三"), char("end")).text == "张三"


@pytest.mark.parametrize(("name", "doubts"), [("Unnamed Copy 1", 1), ("Text12", 0), ("Copy of form", 0)])
def test_a_copy_that_libreoffice_made_of_a_text_field_is_a_doubt(name: str, doubts: int) -> None:
    """Writing an old .doc it may leave a field there several times, each with the same words."""
    begin = char("begin", f'<w:ffData><w:name w:val="{name}"/><w:textInput/></w:ffData>')
    cell = line(begin, code(" FORMTEXT "), char("separate"), plain("张三"), char("end"))
    assert (cell.text, cell.doubts) == ("张三", doubts)


def test_a_field_inside_the_code_of_another_is_not_seen() -> None:
    inner = (char("begin"), code(" MERGEFIELD x "), char("separate"), plain("甲"), char("end"))
    outer = (char("begin"), code(" IF "), *inner, code(' = "甲" "乙" '), char("separate"), plain("乙"), char("end"))
    assert line(*outer).text == "乙"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert texts(seen(p(char("begin"), code(" X "), plain("张三")), p("李四"))) == [["张三"], ["李四"]]


@pytest.mark.parametrize("instruction", [" DATE \\@ yyyy ", "TIME", " date "])
def test_a_date_that_word_renews_is_in_doubt(instruction: str) -> None:
    sheet = seen(p(char("begin"), code(instruction), char("separate"), plain("2016年9月5日"), char("end")))
    assert (sheet.rows[0].cells[0].text, sheet.rows[0].cells[0].doubts) == ("2016年9月5日", 1)
    assert codes(sheet) == ["changing_date"]


def test_a_simple_field_shows_its_result() -> None:
    assert line(f'<w:fldSimple w:instr=" CREATEDATE ">{run("2016年9月5日")}</w:fldSimple>').doubts == 0
    assert line(f'<w:fldSimple w:instr=" DATE ">{run("2016年9月5日")}</w:fldSimple>').doubts == 1


# --- content controls ---


def tick(glyph: str, checked: str, more: str = "") -> Cell:
    properties = f'<w14:checkbox><w14:checked w14:val="{checked}"/>{more}</w14:checkbox>'
    return line(sdt(run(glyph), properties), plain("合格"))


@pytest.mark.parametrize(("glyph", "checked", "told"), [("☒", "1", ("☑合格", 0)), ("☐", "0", ("□合格", 0)),
                                                        ("☐", "1", ("□合格", 1)), ("☑", "0", ("☑合格", 1)),
                                                        ("★", "1", ("★合格", 1))])  # fmt: skip
def test_a_tick_control_shows_its_sign_and_is_doubted_where_its_state_is_another(
    glyph: str, checked: str, told: tuple[str, int]
) -> None:
    cell = tick(glyph, checked)
    assert (cell.text, cell.doubts) == told


def test_a_tick_control_may_have_signs_of_its_own() -> None:
    own = '<w14:checkedState w14:val="2605" w14:font="宋体"/><w14:uncheckedState w14:val="2606" w14:font="宋体"/>'
    assert [tick(glyph, state, own).text for glyph, state in (("★", "1"), ("☆", "0"))] == ["☑合格", "□合格"]
    wings = '<w14:checkedState w14:val="00FE" w14:font="Wingdings"/>'
    sign = r('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/>')
    box = f'<w14:checkbox><w14:checked w14:val="1"/>{wings}</w14:checkbox>'
    cell = line(sdt(sign, box), plain("合格"))
    assert (cell.text, cell.doubts) == ("☑合格", 0)


def test_a_tick_control_that_shows_nothing_is_in_doubt() -> None:
    cell = line(sdt(r(""), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), plain("合格"))
    assert (cell.text, cell.doubts) == ("合格", 1)


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox", "date", "text", "richText"])
def test_what_a_control_shows_is_what_counts(kind: str) -> None:
    item = '<w:listItem w:displayText="小学" w:value="1"/>'
    properties = f"<w:{kind}>{item if kind in ('dropDownList', 'comboBox') else ''}</w:{kind}>"
    assert line(sdt(run("小学"), properties)).text == "小学"


def test_a_prompt_that_the_file_itself_keeps_is_no_answer() -> None:
    part = f'<w:docPartPr><w:name w:val="K1"/></w:docPartPr><w:docPartBody>{p("填学校全称")}</w:docPartBody>'
    kept = f"<w:docParts><w:docPart>{part}</w:docPart></w:docParts>"
    glossary = f"<w:glossaryDocument {SPACES}>{kept}</w:glossaryDocument>"
    parts = {"glossary/document.xml": ("glossaryDocument", glossary)}
    shown = '<w:placeholder><w:docPart w:val="K1"/></w:placeholder><w:showingPlcHdr/>'
    assert line(sdt(run("填学校全称"), shown), parts=parts).text == ""
    cell = line(sdt(run("张村小学"), shown), parts=parts)
    assert (cell.text, cell.doubts) == ("张村小学", 1)


def test_the_picture_that_invites_to_insert_one_is_no_photo() -> None:
    icon = r("<w:drawing><a:blip/></w:drawing>")
    assert line(sdt(icon, "<w:showingPlcHdr/><w:picture/>")).pictures == 0
    assert line(sdt(icon, "<w:picture/>")).pictures == 1


STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def bound(shown: str, stored: str, path: str = "/ns0:p[1]/ns0:name[1]") -> Cell:
    relation = '<Relationship Id="r1" Type="http://x/customXmlProps" Target="props.xml"/>'
    parts: Parts = {
        "item1.xml": ("customXml", f"<p xmlns='urn:x'><name>{stored}</name></p>"),
        "_rels/item1.xml.rels": ("x", f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'),
        "props.xml": ("x", f'<ds:datastoreItem xmlns:ds="{STORE}" ds:itemID="{{A}}"/>'),
    }
    binding = f'<w:dataBinding w:prefixMappings="xmlns:ns0=\'urn:x\'" w:xpath="{path}" w:storeItemID="{{a}}"/>'
    return line(sdt(run(shown), binding), parts=parts)


def test_a_control_bound_to_data_is_doubted_where_the_data_say_something_else() -> None:
    assert bound("张三", "张三").doubts == 0
    assert bound("张三", "李四").doubts == 1
    assert bound("张三", "李四", "//*[contains(.,'x')]").doubts == 0


# --- drawings ---


def text_box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


@pytest.mark.parametrize("drawing", [
    f"<w:drawing><wps:txbx>{text_box('张三')}</wps:txbx></w:drawing>",
    f"<w:pict><v:shape><v:textbox>{text_box('张三')}</v:textbox></v:shape></w:pict>",
    f"<w:drawing><wpg:wgp><wps:wsp><wps:txbx>{text_box('张三')}</wps:txbx></wps:wsp></wpg:wgp></w:drawing>",
    '<w:pict><v:shape><v:textpath string="张三"/></v:shape></w:pict>',
    "<w:drawing><a:txBody><a:p><a:r><a:t>张三</a:t></a:r></a:p></a:txBody></w:drawing>",
])  # fmt: skip
def test_words_in_boxes_shapes_and_groups_are_read_once(drawing: str) -> None:
    assert boxed(seen(p("甲", r(drawing)))) == ["张三"]


def floating(text: str, style: str = "") -> str:
    shape = f'<v:shape style="position:absolute;width:120pt;height:24pt;{style}">'
    return r(f"<w:pict>{shape}<v:textbox>{text_box(text)}</v:textbox></v:shape></w:pict>")


def anchored(text: str, across: int, down: int, of: str = "paragraph") -> str:
    places = (f'<wp:positionH relativeFrom="column"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
              f'<wp:positionV relativeFrom="{of}"><wp:posOffset>{down}</wp:posOffset></wp:positionV>')  # fmt: skip
    box = f"<wps:txbx>{text_box(text)}</wps:txbx>"
    return r(f'<w:drawing><wp:anchor>{places}<wp:extent cx="1000000" cy="300000"/>{box}</wp:anchor></w:drawing>')


@pytest.mark.parametrize(("box", "told"), [
    (floating("张三"), ("张三", 0)), (floating("张三", "margin-left:20pt"), ("张三", 1)),
    (floating("张三", "margin-left:300pt"), ("", 0)), (anchored("张三", 1000, -900), ("张三", 0)),
    (anchored("张三", 0, 300_000), ("张三", 1)), (anchored("张三", 0, 0, "page"), ("", 0)),
    (floating("张三", "mso-position-vertical-relative:page"), ("", 0)),
    (floating("张三", "margin-left:300pt;mso-wrap-distance-left:9pt"), ("", 0)),
    (floating("张三", "margin-top:200pt;mso-wrap-distance-top:0"), ("", 0)),
    (floating("张三", "margin-left:1.2.3pt;left:.pt"), ("张三", 0)),
])  # fmt: skip
def test_a_box_that_lies_in_its_empty_cell_is_the_cells_text(box: str, told: tuple[str, int]) -> None:
    sheet = seen(tbl(tr("姓名", tc(p(box)), "性别", "男")))
    cell = sheet.rows[0].cells[1]
    assert (cell.text, cell.doubts) == told
    assert boxed(sheet) == ([] if told[0] else ["张三"])


def test_a_paragraph_in_a_box_that_runs_on_into_the_next_loses_nothing() -> None:
    content = f"<w:txbxContent>{paragraph('欧阳', '<w:del/>')}{p('三')}{paragraph('尾', '<w:del/>')}</w:txbxContent>"
    box = r(
        f"<w:pict><v:shape style='position:absolute;height:24pt'><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    )
    assert texts(seen(tbl(tr("姓名", tc(p(box)))))) == [["姓名", "欧阳三\n尾"]]


def test_a_box_over_a_cell_that_says_something_stays_apart() -> None:
    assert boxed(seen(tbl(tr("姓名", tc(p("李四", floating("张三"))))))) == ["张三"]


def test_a_low_box_in_an_empty_paragraph_is_that_paragraph() -> None:
    assert [row.part for row in seen(p(floating("加急"))).rows] == ["body", "body"]
    assert [row.part for row in seen(p(floating("加急", "margin-top:90pt"))).rows] == ["body", "box"]
    assert [row.part for row in seen(p(floating("加急").replace("24pt", "240pt"))).rows] == ["body", "box"]


def test_a_table_of_one_cell_in_an_empty_cell_is_the_cells_text() -> None:
    assert texts(seen(tbl(tr("姓名", tc(tbl(tr("张三")), ""))))) == [["姓名", "张三"]]
    assert texts(seen(tbl(tr("姓名", tc(tbl(tr("张", "三")), ""))))) == [["姓名", ""], ["张", "三"]]


def test_a_group_of_a_box_and_a_picture_is_both() -> None:
    group = f"<w:drawing><wpg:wgp><wps:txbx>{text_box('校徽')}</wps:txbx><a:blip/></wpg:wgp></w:drawing>"
    sheet = seen(p(r(group)))
    assert boxed(sheet) == ["校徽"]
    assert sheet.rows[0].cells[0].pictures == 1


def test_a_shape_without_words_is_no_picture() -> None:
    cell = line(r('<w:drawing><wp:anchor><wps:wsp><a:prstGeom prst="ellipse"/></wps:wsp></wp:anchor></w:drawing>'))
    assert (cell.pictures, cell.objects) == (0, 1)


def test_a_printed_rule_is_nothing() -> None:
    cell = line(r('<w:pict><v:rect o:hr="t"/></w:pict>'))
    assert (cell.pictures, cell.objects) == (0, 0)


def test_a_picture_that_floats_is_known_as_such() -> None:
    picture = "<wp:{0}><a:blip/></wp:{0}>"
    assert line(r(f"<w:drawing>{picture.format('inline')}</w:drawing>")).floating == 0
    assert line(r(f"<w:drawing>{picture.format('anchor')}</w:drawing>")).floating == 1


@pytest.mark.parametrize(("requires", "seen_as"), [("wps", "选择"), ("zz", "后备"), ("wps zz", "后备")])
def test_of_alternatives_the_one_that_word_shows_is_read(requires: str, seen_as: str) -> None:
    both = (f'<mc:AlternateContent xmlns:zz="http://example.org/zz"><mc:Choice Requires="{requires}">{run("选择")}'
            f"</mc:Choice><mc:Fallback>{run('后备')}</mc:Fallback></mc:AlternateContent>")  # fmt: skip
    assert line(both).text == seen_as


# --- pictures as large as a page ---


def pasted(extent: str, drawing: str = "<wp:inline>{}<a:blip r:embed='p1'/></wp:inline>", size: int = 10) -> Sheet:
    picture = drawing.format(extent)
    return seen(p(r(f"<w:drawing>{picture}</w:drawing>")), parts={"p1.png": ("image", b"x" * size)})


@pytest.mark.parametrize(("cm", "large"), [((14, 18), True), ((15, 9), True), ((2.5, 3.5), False), ((4.2, 4.2), False),
                                           ((15, 2), False), ((8, 8), False)])  # fmt: skip
def test_only_a_picture_as_large_as_a_page_may_be_one(cm: tuple[float, float], large: bool) -> None:
    cx, cy = (int(side * 360_000) for side in cm)
    sheet = pasted(f'<wp:extent cx="{cx}" cy="{cy}"/>')
    assert bool(sheet.pictures) == large
    assert sheet.rows[0].cells[0].pictures == 1


def test_a_picture_of_untold_size_is_judged_by_its_bytes() -> None:
    assert pasted("").pictures == ()
    assert len(pasted("", size=50_000).pictures) == 1


def test_only_what_is_shown_of_a_cropped_picture_counts() -> None:
    large = '<wp:extent cx="5400000" cy="7200000"/>'
    cut = ("<wp:inline>{}<pic:pic><pic:blipFill><a:blip r:embed='p1'/><a:srcRect l='10000' b='50000'/></pic:blipFill>"
           "<pic:spPr><a:xfrm rot='5400000'/></pic:spPr></pic:pic></wp:inline>")  # fmt: skip
    [picture] = pasted(large, cut).pictures
    assert (picture.crop, picture.turned, picture.data) == ((0.1, 0.0, 1.0, 0.5), 90.0, b"x" * 10)


def test_a_file_full_of_large_photos_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gengang.wordpackage._LARGEST_PICTURE", 100)
    large = '<wp:extent cx="5400000" cy="7200000"/>'
    assert pasted(large, size=101).pictures == ()
    assert len(pasted(large, size=100).pictures) == 1


def test_a_picture_of_old_word_has_its_size_in_its_style() -> None:
    shape = '<w:pict><v:shape style="width:{}pt;height:500pt"><v:imagedata r:id="p1"/></v:shape></w:pict>'
    parts: Parts = {"p1.png": ("image", b"x")}
    assert len(seen(p(r(shape.format(400))), parts=parts).pictures) == 1
    assert seen(p(r(shape.format(40))), parts=parts).pictures == ()


# --- changes ---


def paragraph(text: str, mark: str) -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{run(text)}</w:p>"


@pytest.mark.parametrize(("mark", "changed"), [("<w:del/>", ["tracked_changes"]), ("<w:vanish/>", []),
                                               ("<w:moveFrom/>", ["tracked_changes"]),
                                               ("<w:specVanish/>", [])])  # fmt: skip
def test_a_paragraph_whose_mark_is_gone_runs_on_into_the_next(mark: str, changed: list[str]) -> None:
    sheet = seen(tbl(tr("姓名", tc(paragraph("张", mark), p("三")))), paragraph("签名：", mark), p("李四"))
    assert texts(sheet) == [["姓名", "张三"], ["签名：李四"]]
    assert codes(sheet) == changed


def test_the_last_paragraph_of_a_cell_runs_on_into_nothing() -> None:
    assert texts(seen(tbl(tr("姓名", tc(paragraph("张三", "<w:del/>")))), "尾")) == [["姓名", "张三"], ["尾"]]


def test_moved_text_is_read_where_it_went() -> None:
    sheet = seen(p(f"<w:moveFrom>{run('甲')}</w:moveFrom>", "乙", f"<w:moveTo>{run('甲')}</w:moveTo>"))
    assert (texts(sheet), codes(sheet)) == ([["乙甲"]], ["tracked_changes"])


def test_an_inserted_row_counts_and_a_deleted_cell_does_not() -> None:
    gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>"
    sheet = seen(tbl(tr("姓名", gone, "张三"), tr("性别", "男", properties="<w:ins/>")))
    assert texts(sheet) == [["姓名", "张三"], ["性别", "男"]]
    assert codes(sheet) == ["tracked_changes"]


def test_a_merge_that_is_a_tracked_change_counts() -> None:
    kept = '<w:tc><w:tcPr><w:cellMerge w:vMerge="{}"/></w:tcPr>{}</w:tc>'
    sheet = seen(tbl(tr(kept.format("rest", p("甲")), "一"), tr(kept.format("cont", p()), "二")))
    assert texts(sheet) == [["甲", "一"], ["二"]]


def test_a_merged_area_that_a_program_filled_row_by_row_says_it_once() -> None:
    sheet = seen(tbl(tr(tc("张三", merge="restart"), "一"), tr(tc("张三", merge="continue"), "二")))
    assert texts(sheet) == [["张三", "一"], ["二"]]


def test_cells_merged_across_in_the_old_way_are_one() -> None:
    cell = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr>{}</w:tc>'
    sheet = seen(tbl(tr("单位", cell.format("restart", p("张村小学")), cell.format("continue", p()), "男")))
    assert texts(sheet) == [["单位", "张村小学", "男"]]
    assert [(one.column, one.span) for one in sheet.rows[0].cells] == [(0, 1), (1, 2), (3, 1)]


# --- how text looks ---


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_out_words_are_no_text_and_are_told(mark: str) -> None:
    sheet = seen(tbl(tr("姓名", tc(p(run("张山", mark), run("张三"))))))
    assert texts(sheet) == [["姓名", "张三"]]
    assert (sheet.rows[0].cells[1].objects, codes(sheet)) == (1, ["struck_out"])
    assert "张山" in sheet.findings[0].message
    assert line(run("张三", f"{mark[:-2]} w:val='0'/>")).text == "张三"


@pytest.mark.parametrize(("look", "doubts"), [
    *((f'<w:sz w:val="{size}"/>', 1) for size in range(1, 5)),
    ('<w:color w:val="FFFFFF"/>', 1), ('<w:color w:val="FFFFFF"/><w:shd w:fill="1F4E79"/>', 0),
    ('<w:color w:val="000000"/><w:sz w:val="21"/>', 0),
])  # fmt: skip
def test_text_that_nobody_sees_is_in_doubt(look: str, doubts: int) -> None:
    sheet = seen(p(run("张三", look)))
    assert (sheet.rows[0].cells[0].text, sheet.rows[0].cells[0].doubts) == ("张三", doubts)
    assert codes(sheet) == ["unseen_text"][:doubts]


def test_white_words_on_a_coloured_cell_are_seen() -> None:
    white = run("姓名", '<w:color w:val="FFFFFF"/>')
    cell = f'<w:tc><w:tcPr><w:shd w:fill="1F4E79"/></w:tcPr>{p(white)}</w:tc>'
    assert codes(seen(tbl(tr(cell, "张三")))) == []


WHITE, BLUE = '<w:color w:val="ffffff"/>', '<w:shd w:fill="1F4E79"/>'


def styled(*styles: str) -> Parts:
    return {"styles.xml": ("styles", f"<w:styles {SPACES}>{''.join(styles)}</w:styles>")}


def style(name: str, look: str, based: str = "") -> str:
    return f'<w:style w:styleId="{name}"><w:basedOn w:val="{based}"/><w:rPr>{look}</w:rPr></w:style>'


STYLES = styled(
    *(style(f"T{size}", f'<w:sz w:val="{size}"/>') for size in range(1, 6)), style("W", WHITE), style("W2", "", "W"),
    style("WB", WHITE + BLUE), style("WB2", WHITE, "WB"), style("R", '<w:color w:val="FF0000"/><w:sz w:val="21"/>'),
    style("Y", '<w:highlight w:val="yellow"/>'), style("N", '<w:highlight w:val="none"/>'),
)  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "letters", "direct", "doubts"),
    [
        *((f"T{size}", "", "", int(size < 5)) for size in range(1, 6)), ("", "T3", "", 1), ("", "T5", "", 0),
        ("W", "", "", 1), ("W2", "", "", 1), ("", "W2", "", 1), ("WB", "", "", 0), ("WB2", "", "", 0),
        ("W", "R", "", 0), ("T2", "R", "", 0), ("R", "W", "", 1), ("W", "Y", "", 0), ("W", "N", "", 1),
        ("W", "", '<w:color w:val="000000"/>', 0), ("T2", "", '<w:sz w:val="21"/>', 0), ("W", "", BLUE, 0),
        ("", "R", WHITE, 1), ("", "N", WHITE, 1), ("Y", "", WHITE, 0), ("", "", "", 0),
        ("", "", WHITE + '<w:highlight w:val="none"/>', 1), ("", "", WHITE + '<w:highlight w:val="yellow"/>', 0),
    ],
)  # fmt: skip
def test_text_that_a_style_makes_unseen_is_in_doubt(paragraph: str, letters: str, direct: str, doubts: int) -> None:
    own = f'<w:rStyle w:val="{letters}"/>' * bool(letters) + direct
    front = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' * bool(paragraph)
    sheet = seen(p(front, run("张三", own)), parts=STYLES)
    assert (sheet.rows[0].cells[0].text, sheet.rows[0].cells[0].doubts) == ("张三", doubts)
    assert codes(sheet) == ["unseen_text"][:doubts]


def test_white_words_of_a_style_are_seen_on_a_coloured_cell_or_paragraph() -> None:
    white = p('<w:pPr><w:pStyle w:val="W"/></w:pPr>', "姓名")
    assert codes(seen(tbl(tr(f"<w:tc><w:tcPr>{BLUE}</w:tcPr>{white}</w:tc>", "张三")), parts=STYLES)) == []
    backed = f'<w:style w:styleId="B"><w:pPr>{BLUE}</w:pPr><w:rPr>{WHITE}</w:rPr></w:style>'
    assert codes(seen(p('<w:pPr><w:pStyle w:val="B"/></w:pPr>', "姓名"), parts=styled(backed))) == []


def test_a_style_may_hide_or_strike_out_its_text() -> None:
    parts = styled(style("H", "<w:vanish/>"), style("H2", "", "H"), style("S", "<w:strike/>"))
    shown = [line(run("甲", f'<w:rStyle w:val="{name}"/>'), run("乙"), parts=parts) for name in ("H2", "S", "X")]
    assert [(cell.text, cell.objects, cell.doubts) for cell in shown] == [("乙", 1, 0), ("乙", 1, 0), ("甲乙", 0, 0)]
    plain_again = run("丙", '<w:vanish w:val="0"/><w:strike w:val="0"/>')
    runs = (run("甲"), run("乙", "<w:b/>"), plain_again)
    shown = [line(f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>', *runs, parts=parts) for name in ("H2", "S", "X")]
    assert [(cell.text, cell.objects) for cell in shown] == [("丙", 2), ("丙", 2), ("甲乙丙", 0)]


def test_hidden_words_leave_their_empty_place_in_doubt() -> None:
    cell = line(run("张三", "<w:vanish/>"))
    assert (cell.text, cell.objects) == ("", 1)


@pytest.mark.parametrize("font", ["Marlett", "WINGDINGS", "Webdings"])
def test_a_tick_font_draws_its_signs_however_its_name_is_written(font: str) -> None:
    fonts = f'<w:rFonts w:ascii="{font}"/>'
    ticked = {"Marlett": "b", "WINGDINGS": "\uf0fe", "Webdings": "a"}[font]
    assert line(run(ticked, fonts), plain("合格")).text == "☑合格"


def test_a_break_among_signs_is_a_break() -> None:
    assert line(run("\uf0fe\n\uf0a8", '<w:rFonts w:ascii="Wingdings"/>')).text == "☑\n□"
    assert line(run("\uf0fe\t", '<w:rFonts w:ascii="Wingdings"/>')).text.strip() == "☑"


@pytest.mark.parametrize(("font", "at", "sign"), [
    ("Wingdings", "F0FE", "☑"), ("Wingdings", "F052", "\uf052"), ("Wingdings 2", "0052", "☑"),
    ("Webdings", "F063", "□"), ("Wingdings 2", "00A3", "□"), ("Wingdings", "F04A", "\uf04a"),
    ("Symbol", "F0D6", "√"), ("Symbol", "F052", "\uf052"), ("宋体", "F0A8", "□"), ("Wingdings", "zz", "\ufffd"),
])  # fmt: skip
def test_a_sign_is_what_its_font_draws_there(font: str, at: str, sign: str) -> None:
    assert line(r(f'<w:sym w:font="{font}" w:char="{at}"/>')).text == sign


def test_words_run_from_right_to_left_are_read_in_their_order_unless_turned_by_force() -> None:
    assert line("<w:r><w:rPr><w:rtl/></w:rPr><w:t>张三</w:t></w:r>").text == "张三"
    cell = line(f'<w:bdo w:val="rtl">{run("123")}</w:bdo>')
    assert (cell.text, cell.doubts) == ("123", 1)


def test_soft_hyphens_are_nothing_and_tabs_are_blanks() -> None:
    assert line(r("<w:t>张</w:t><w:softHyphen/><w:t>三</w:t><w:tab/><w:t>男</w:t>")).text == "张三 男"


# --- wrappers and other programs ---


@pytest.mark.parametrize("wrap", [sdt, lambda inner: f'<w:customXml w:element="x">{inner}</w:customXml>',
                                  lambda inner: sdt(sdt(inner))])  # fmt: skip
def test_a_body_in_a_wrapper_is_read(wrap: Callable[[str], str]) -> None:
    assert texts(seen(wrap(p("标题") + tbl(tr("姓名", "张三"))))) == [["标题"], ["姓名", "张三"]]


def test_what_another_program_wraps_is_read_and_doubted() -> None:
    cell = line(f'<w:r/><x:mark xmlns:x="http://example.org/x">{run("张三")}</x:mark>')
    assert (cell.text, cell.doubts) == ("张三", 1)


def test_a_floating_table_is_read_where_it_stands_in_the_file() -> None:
    floating = tbl(tr("姓名", "张三")).replace("<w:tblPr/>", '<w:tblPr><w:tblpPr w:vertAnchor="page"/></w:tblPr>')
    assert texts(seen("上", floating, "下")) == [["上"], ["姓名", "张三"], ["下"]]


def test_only_headers_that_some_page_shows_are_read() -> None:
    references = '<w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="even" r:id="h2"/>'
    section = f"<w:sectPr>{references}{{}}</w:sectPr>"
    parts: Parts = {"h2.xml": ("header", f"<w:hdr {SPACES}>{p('偶数页')}</w:hdr>")}
    hidden = seen("正文", section.format(""), header=p("首页"), parts=parts)
    assert texts(hidden) == [["正文"]]
    shown = seen("正文", section.format("<w:titlePg/>"), header=p("首页"), parts=parts)
    assert texts(shown) == [["首页"], ["正文"]]
    settings = f"<w:settings {SPACES}><w:evenAndOddHeaders/></w:settings>"
    parts = {**parts, "settings.xml": ("settings", settings)}
    assert texts(seen("正文", section.format(""), header=p("首页"), parts=parts)) == [["偶数页"], ["正文"]]


def test_a_part_with_a_document_type_is_refused() -> None:
    with pytest.raises(NotWordError):
        seen("甲", parts={"comments.xml": ("comments", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')})


def test_tables_nested_as_deep_as_xml_allows_are_read() -> None:
    inner = p("底")
    for _ in range(60):
        inner = tbl(tr(tc(inner, "")))
    rows: tuple[Row, ...] = seen(inner).rows
    assert rows[-1].cells[0].text.strip() == "底"
