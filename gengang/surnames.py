"""What a Chinese person's name looks like: the surnames that people have, and how long a name is."""

import re

from gengang.codecs import HAN

# Surnames of the old and of today's registers, without those that begin more words than names.
_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    "任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成"
    "戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘"
    "缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷"
    "车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍"
    "双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿边扈燕冀郏浦尚农温庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居"
    "衡步都耿满弘匡国文寇禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯"
    "盖益桓公肖闫覃付代涂楚买冼佟佘岳帅苟邸晋亢况哈牟商谯眭阳佴伯赏墨年仉原官苑展矫揭迟侴战瓮兰修刑励卿台仝亓仵郇郄郐"
    "鄢钦闪隋雒霜靖鹿麦尧尉崖庆庚库弋彤忻"
)
_DOUBLE = frozenset({
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊",
    "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文",
    "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正",
    "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "左丘",
    "东门", "西门", "第五", "纳兰", "完颜", "爱新",
})  # fmt: skip
_HAN_NAME = re.compile(rf"[{HAN}]{{2,4}}")
_LONG_NAME = re.compile(rf"[{HAN}]{{2,}}(?:·[{HAN}]{{1,}})+")
_LONGEST = 20


# Words of forms that begin as a name does.
_WORDS = frozenset({"高中", "高级", "高一", "高二", "高三", "全科", "双语", "文科", "双休", "安全", "常规", "管理"})


def may_be_name(text: str) -> bool:
    """Whether a field's whole text may be a person's name, or what is left of one, and is no word that forms have."""
    return (is_name(text) and text not in _WORDS) or text in _SINGLE


def is_name(text: str) -> bool:
    """Whether a text alone may be a person's name: a known surname with one or two characters, or parts joined by ·.

    text: without white space, middle dots as U+00B7. A surname that is not in the table says no, and a person is asked.
    """
    if _LONG_NAME.fullmatch(text):
        return len(text) <= _LONGEST
    if not _HAN_NAME.fullmatch(text):
        return False
    if text[:2] in _DOUBLE:
        return len(text) > 2
    return len(text) <= 3 and text[0] in _SINGLE
