"""What a Chinese person's name looks like: its surname, its length, and the characters usual in it."""

import re

from gengang.codecs import HAN

# Surnames of the old and of today's registers, without those that begin more words than names.
_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    "任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成"
    "戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江冮童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘"
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


# Characters that given names usually have, from common knowledge of today's names, and those that write the names of
# other peoples by their sound. One that is in neither may stand in a name too, but rarely.
_GIVEN = frozenset(
    "万世业东中丰丹主丽乃久义之乐乔书予云亚亨亮人仁仕仙令仪仲任伊伍会伟传伦伯佑佩佳依侠侨俊保信倩倪健傲元兆先光克全公"
    "兰共兴兵其养内冉军冠冬冰凌凝凡凤凯出刘刚利力功加勇勤化北升午华卓南博卫卿厚又友双发古可史叶君含启周咏品哲唐善喜嗣"
    "嘉四园固国土坚城堂增声夏夕多夜大天夫央奇奎奕女好如妍妙妮姗姝姣姬姿娅娜娟娥娴婉婕婧婵婷媛子孝孟学孺宁宇守安宏宗定"
    "宛宜宝实宣容宾密富寒寿少尚尧尹山岚岩岳峰峻嵘嵩巍川州巧巨帆希常平广庆序应康延廷建弘弟张强彤彦彩彪彬影征律德徽心忆"
    "志忠怀怜思怡恒恩悠悦惟惠意慈慧懿戈成才扬承抒拓振捷政敏敬文斌斐新方旋旗无日旭时旺昂昆昊昌明昕星映春昭昱晋晏晓晔晖"
    "晗晟晨晶智暄暖曙曦曼曾月有朋朗朝木本权来杰松极林果枝枫柏柔柯柱柳栋树根桂桃桐梁梅梓梦梨森楚楠榕槐樱欢欣歌正步武殿"
    "毅毓民水永汉汐江池沁沐沙沛河治泉泊法波泰泽洁洋洛津洪济浦浩海涌涛润涵淑深淼清渊渝温湖湘源溢溪溶滔满滢滨漪漫潇潘潮"
    "澄澜瀚火灵灿炎炜炯炳烁烈烽焕焱然煜照熙熠燕爱爽牧玄玉玖玟玮环玲珂珈珉珊珍珏珑珠珩球理琛琢琦琨琪琬琰琳琴琼瑗瑛瑜瑞"
    "瑶瑾璇璐璧甘甜生用甫田由申电男畅登白百皇皎皓盈盛相眉真睿知石砚硕磊礼社祎祖祝祥祺禄福禹秀秉秋科秦程稳穆穗立竞章竣"
    "童端竹笑笛策筠筱简箫米粤糖素紫红纪纯纹组绍经绣继绪绮维绿缘缨罗罡美羚群羽翔翠翰耀老聚聪肃肖育胜胤能腾自至舒舜舟航"
    "良色艳艺艾节芃芊芙芝芬花芳芷芸苏苑苗若英茂茗茜茵荃草荔荣荷莉莎莘莲莹莺菁菊菱菲萌萍萧萱落葵蒙蓉蓓蓝蔓蕊蕴蕾薇薪藏"
    "虎虹融行衍衡裕裴西观觉言誉训许诗诚诺谊谦谨谷豪豫贝贞财贤质贵贺贻赐赞赫起超越跃路轩轮轶辅辉辛辞辰边达迅迎进远连迪"
    "选通逢逸道遥邦邵郁郎采重野量金鑫钊钟钢钦钧钰铁铃铎铭银锋锐锡锦锴镇镜长门闯闻阔防阳陆陵隆雁雄雅雨雪雯雷霄霆震霏霖"
    "霜霞霭露青靖静非鞍韬音韵顶顺颂领颖颜风飒飘飞首香馥馨驰骁骄骅骏骥高魁鲁鲲鸣鸿鹃鹏鹤鹭鹰麒麟黄黎默黛齐龄龙"
)
_BY_SOUND = frozenset(
    "不丹丽乌买亚仁仓伊依克其列别力加勒卓卜参古叶合吉吐吾呼和哈嘎图堆塔增夏多央娜孜孟尔尼巴布帕平库德才扎拉措提斯日旺"
    "曼木杜杰松格桑次江洛热特玛珠米罗肉艾苏荪萨西让达逊金阿音顿"
)

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


def is_written_by_sound(letters: str) -> bool:
    """Whether all of these are among the characters that write the names of other peoples by their sound."""
    return _BY_SOUND.issuperset(letters)


def is_surname(letter: str) -> bool:
    """Whether a letter is a surname, or the first of one of two letters."""
    return letter in _SINGLE or any(double[0] == letter for double in _DOUBLE)


def is_usual_in_given_names(letter: str) -> bool:
    """Whether given names usually have it."""
    return letter in _GIVEN


def is_usual_name(name: str) -> bool:
    """Whether a name, as of `is_name`, has none but characters that given names usually have behind its surname."""
    if "·" in name:
        return is_written_by_sound(name.replace("·", ""))
    return is_name(name) and _GIVEN.issuperset(name[2 if name[:2] in _DOUBLE else 1 :])
