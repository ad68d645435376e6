"""The official forms as they are printed: numbers in, grids of labelled cells out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.rendering import Grid, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

APPLICANTS = (
    "natural_person",
    "org.business",
    "org.research",
    "org.public_interest",
    "org.legal_service",
    "org.other",
    "total",
)
BLANK = "_"


@dataclass(frozen=True, slots=True)
class Figure(Slot):
    """A cell where a number of the form stands."""

    indicator: str = ""
    applicant: str | None = None
    unit: str | None = None
    period: str = "this_year"


Row = tuple[Slot, ...]

FORM_2014 = (
    ("一、主动公开情况", "", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "proactive.total"),
    ("其中：主动公开规范性文件数", "条", "proactive.normative.disclosed_b"),
    ("制发规范性文件总数", "件", "proactive.normative.issued_b"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "", ""),
    ("1.政府公报公开政府信息数", "条", "proactive.channel.gazette"),
    ("2.政府网站公开政府信息数", "条", "proactive.channel.website"),
    ("3.政务微博公开政府信息数", "条", "proactive.channel.weibo"),
    ("4.政务微信公开政府信息数", "条", "proactive.channel.wechat"),
    ("5.其他方式公开政府信息数", "条", "proactive.channel.other"),
    ("二、回应解读情况", "", ""),
    (
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
        "次",
        "response.hot_topics",
    ),
    ("（二）通过不同渠道和方式回应解读的情况", "", ""),
    ("1.参加或举办新闻发布会总次数", "次", "response.press_conf.total"),
    ("其中：主要负责同志参加新闻发布会次数", "次", "response.press_conf.leader"),
    ("2.政府网站在线访谈次数", "次", "response.interviews.total"),
    ("其中：主要负责同志参加政府网站在线访谈次数", "次", "response.interviews.leader"),
    ("3.政策解读稿件发布数", "篇", "response.interpretations"),
    ("4.微博微信回应事件数", "次", "response.weibo_wechat_events"),
    ("5.其他方式回应事件数", "次", "response.other_events"),
    ("三、依申请公开情况", "", ""),
    ("（一）收到申请数", "件", "requests.received.total"),
    ("1.当面申请数", "件", "requests.received.by_channel.in_person"),
    ("2.传真申请数", "件", "requests.received.by_channel.fax"),
    ("3.网络申请数", "件", "requests.received.by_channel.online"),
    ("4.信函申请数", "件", "requests.received.by_channel.letter"),
    ("（二）申请办结数", "件", "requests.processed.total"),
    ("1.按时办结数", "件", "requests.processed.on_time"),
    ("2.延期办结数", "件", "requests.processed.extended"),
    ("（三）申请答复数", "件", "requests.outcome.total"),
    ("1.属于已主动公开范围数", "件", "requests.outcome.already_public"),
    ("2.同意公开答复数", "件", "requests.outcome.granted"),
    ("3.同意部分公开答复数", "件", "requests.outcome.partial"),
    ("4.不同意公开答复数", "件", "requests.outcome.denied.total"),
    ("其中：1.涉及国家秘密", "件", "requests.denied.state_secret"),
    ("2.涉及商业秘密", "件", "requests.denied.trade_secret"),
    ("3.涉及个人隐私", "件", "requests.denied.privacy"),
    ("4.危及国家安全、公共安全、经济安全和社会稳定", "件", "requests.denied.safety_stability"),
    ("5.不是《条例》所指政府信息", "件", "requests.outcome.not_gov_info"),
    ("6.法律法规规定的其他情形", "件", "requests.denied.other_statutory"),
    ("5.不属于本行政机关公开数", "件", "requests.outcome.not_this_organ"),
    ("6.申请信息不存在数", "件", "requests.outcome.not_exist"),
    ("7.告知作出更改补充数", "件", "requests.outcome.told_amend"),
    ("8.告知通过其他途径办理数", "件", "requests.outcome.told_other_channel"),
    ("四、行政复议数量", "件", "review.total"),
    ("（一）维持具体行政行为数", "件", "review.upheld"),
    ("（二）被依法纠错数", "件", "review.corrected"),
    ("（三）其他情形数", "件", "review.other"),
    ("五、行政诉讼数量", "件", "litigation.total"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "litigation.upheld"),
    ("（二）被依法纠错数", "件", "litigation.corrected"),
    ("（三）其他情形数", "件", "litigation.other"),
    ("六、举报投诉数量", "件", "complaints.total"),
    ("七、依申请公开信息收取的费用", "万元", "fees.total"),
    ("八、机构建设和保障经费情况", "", ""),
    ("（一）政府信息公开工作专门机构数", "个", "org.units"),
    ("（二）设置政府信息公开查阅点数", "个", "org.reading_points"),
    ("（三）从事政府信息公开工作人员数", "人", "org.staff.total"),
    ("1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", "org.staff.fulltime"),
    ("2.兼职人员数", "人", "org.staff.parttime"),
    (
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
        "org.budget",
    ),
    ("九、政府信息公开会议和培训情况", "", ""),
    ("（一）召开政府信息公开工作会议或专题会议数", "次", "meetings.count"),
    ("（二）举办各类培训班数", "次", "trainings.count"),
    ("（三）接受培训人员数", "人次", "trainings.attendees"),
)

FORM_LOCAL = (
    ("主动公开文件数", "条", "proactive.total"),
    ("其中：1、政府网站公开数", "条", "proactive.channel.website"),
    ("2、政府公报公开数", "条", "proactive.channel.gazette"),
    ("受理政府信息依申请公开总数", "条", "requests.received.total"),
    ("其中：1、当面申请数", "条", "requests.received.by_channel.in_person"),
    ("2、网上申请数", "条", "requests.received.by_channel.online"),
    ("3、信函、传真申请数", "条", "requests.received.by_channel.letter_fax"),
    ("对申请的答复总数", "条", "requests.outcome.total"),
    ("其中：1、同意公开答复数", "条", "requests.outcome.granted"),
    ("2、同意部分公开答复数", "条", "requests.outcome.partial"),
    ("3、不予公开答复数", "条", "requests.outcome.denied.total"),
    ("4、其他类型答复数", "条", "requests.outcome.other_reply"),
    ("政府信息公开收费减免金额", "元", "fees.waived"),
    ("接受行政申诉、举报数", "件", "appeals_complaints.total"),
    ("行政复议数", "件", "review.total"),
    ("行政诉讼数", "件", "litigation.total"),
)

# Each part: its head, its column heads, and per row the printed label and the indicators of its cells with their units.
PROACTIVE_2019 = (
    (
        "第二十条第（一）项",
        ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
        (
            ("规章", ("rules.made 件", "rules.disclosed_new 件", "rules.public_total 件")),
            ("规范性文件", ("normative.made 件", "normative.disclosed_new 件", "normative.public_total 件")),
        ),
    ),
    (
        "第二十条第（五）项",
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        (
            ("行政许可", ("license.items_prev 项", "license.items_change 项", "license.decisions 件")),
            (
                "其他对外管理服务事项",
                ("other_service.items_prev 项", "other_service.items_change 项", "other_service.decisions 件"),
            ),
        ),
    ),
    (
        "第二十条第（六）项",
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        (
            ("行政处罚", ("penalty.items_prev 项", "penalty.items_change 项", "penalty.decisions 件")),
            ("行政强制", ("coercion.items_prev 项", "coercion.items_change 项", "coercion.decisions 件")),
        ),
    ),
    (
        "第二十条第（八）项",
        ("信息内容", "上一年项目数量", "本年增/减"),
        (("行政事业性收费", ("admin_fee.items_prev 项", "admin_fee.items_change 项")),),
    ),
    (
        "第二十条第（九）项",
        ("信息内容", "采购项目数量", "采购总金额"),
        (("政府集中采购", ("procurement.count 项", "procurement.amount ")),),
    ),
)
PROACTIVE_2021 = (
    (
        "第二十条第（一）项",
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        (
            ("规章", ("rules.issued 件", "rules.repealed 件", "rules.in_force 件")),
            ("行政规范性文件", ("normative.issued 件", "normative.repealed 件", "normative.in_force 件")),
        ),
    ),
    ("第二十条第（五）项", ("信息内容", "本年处理决定数量"), (("行政许可", ("license.decisions 件",)),)),
    (
        "第二十条第（六）项",
        ("信息内容", "本年处理决定数量"),
        (("行政处罚", ("penalty.decisions 件",)), ("行政强制", ("coercion.decisions 件",))),
    ),
    (
        "第二十条第（八）项",
        ("信息内容", "本年收费金额（单位：万元）"),
        (("行政事业性收费", ("admin_fee.amount 万元",)),),
    ),
)

OTHER_2019 = (("（六）其他处理", (("", "requests.other.total"),)),)
OTHER_2021 = (
    (
        "（六）其他处理",
        (
            ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "requests.other.no_correction"),
            (
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                "requests.other.unpaid_fee",
            ),
            ("3.其他", "requests.other.misc"),
        ),
    ),
)
RESULTS = (
    ("（一）予以公开", (("", "requests.outcome.granted"),)),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (("", "requests.outcome.partial"),)),
    (
        "（三）不予公开",
        (
            ("1.属于国家秘密", "requests.denied.state_secret"),
            ("2.其他法律行政法规禁止公开", "requests.denied.law_prohibited"),
            ("3.危及“三安全一稳定”", "requests.denied.safety_stability"),
            ("4.保护第三方合法权益", "requests.denied.third_party"),
            ("5.属于三类内部事务信息", "requests.denied.internal_affairs"),
            ("6.属于四类过程性信息", "requests.denied.process_info"),
            ("7.属于行政执法案卷", "requests.denied.enforcement_file"),
            ("8.属于行政查询事项", "requests.denied.admin_query"),
        ),
    ),
    (
        "（四）无法提供",
        (
            ("1.本机关不掌握相关政府信息", "requests.unavailable.not_held"),
            ("2.没有现成信息需要另行制作", "requests.unavailable.need_creation"),
            ("3.补正后申请内容仍不明确", "requests.unavailable.unclear"),
        ),
    ),
    (
        "（五）不予处理",
        (
            ("1.信访举报投诉类申请", "requests.not_processed.petition"),
            ("2.重复申请", "requests.not_processed.duplicate"),
            ("3.要求提供公开出版物", "requests.not_processed.publication"),
            ("4.无正当理由大量反复申请", "requests.not_processed.excessive"),
            ("5.要求行政机关确认或重新出具已获取信息", "requests.not_processed.reissue"),
        ),
    ),
)
ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
CASES = ("upheld", "corrected", "other", "pending", "total")
CASE_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def grids(form: str, numbers: Mapping[str, str], year: int) -> dict[str, Grid]:
    """The tables of ``form`` by name (``II``, ``III``, ``IV`` or ``attachment``), filled with ``numbers``."""
    if form == "form_local":
        return {"attachment": local(numbers, year)}
    if form == "form_2014":
        return {"attachment": attachment(numbers)}
    parts, other = (PROACTIVE_2019, OTHER_2019) if form == "form_2019" else (PROACTIVE_2021, OTHER_2021)
    return {"II": proactive(parts, numbers), "III": requests((*RESULTS, *other), numbers), "IV": cases(numbers)}


def attachment(numbers: Mapping[str, str]) -> Grid:
    rows: list[Row] = [(Slot("统计指标"), Slot("单位"), Slot("统计数"))]
    for label, unit, indicator in FORM_2014:
        value = numbers[indicator] if indicator else ""
        number = Figure(value, indicator=indicator, unit=unit) if indicator else Slot("")
        rows.append((Slot(label), Slot(unit), number))
    return Grid(tuple(rows))


def local(numbers: Mapping[str, str], year: int) -> Grid:
    """The form of one province: beside each number of the year what has come together over the years."""
    rows: list[Row] = [(Slot("指标名称"), Slot("计量单位"), Slot(f"{year}年度"), Slot("历年累计"))]
    for label, unit, indicator in FORM_LOCAL:
        cells = (
            Figure(value, indicator=indicator, unit=unit, period=period)
            for value, period in zip(numbers[indicator].split(), ("this_year", "cumulative"), strict=True)
        )
        rows.append((Slot(label), Slot(unit), *cells))
    return Grid(tuple(rows))


def proactive(parts: Iterable[tuple], numbers: Mapping[str, str]) -> Grid:
    rows: list[Row] = []
    for head, columns, lines in parts:
        last = 5 - len(columns)
        rows.append((Slot(head, colspan=4),))
        rows.append((*(Slot(text) for text in columns[:-1]), Slot(columns[-1], colspan=last)))
        for label, cells in lines:
            names = [cell.split(" ") for cell in cells]
            values = numbers[names[0][0].split(".")[0]].split()
            spans = [1] * (len(cells) - 1) + [last]
            rows.append(
                (
                    Slot(label),
                    *(
                        Figure(printed(value), colspan=span, indicator=name, unit=unit or None)
                        for value, span, (name, unit) in zip(values, spans, names, strict=True)
                    ),
                )
            )
    return Grid(tuple(rows))


def requests(results: Iterable[tuple], numbers: Mapping[str, str]) -> Grid:
    def cells(indicator: str) -> Row:
        values = numbers[indicator].split()
        return tuple(
            Figure(printed(value), indicator=indicator, applicant=applicant, unit="件")
            for value, applicant in zip(values, APPLICANTS, strict=True)
        )

    identity = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows: list[Row] = [
        (Slot(identity, rowspan=3, colspan=3), Slot("申请人情况", colspan=7)),
        (Slot("自然人", rowspan=2), Slot("法人或其他组织", colspan=5), Slot("总计", rowspan=2)),
        tuple(Slot(name) for name in ORGANISATIONS),
        (Slot("一、本年新收政府信息公开申请数量", colspan=3), *cells("requests.received.total")),
        (Slot("二、上年结转政府信息公开申请数量", colspan=3), *cells("requests.carried_over")),
    ]
    body: list[Row] = []
    for group, lines in results:
        for position, (label, indicator) in enumerate(lines):
            if not label:
                body.append((Slot(group, colspan=2), *cells(indicator)))
            else:
                lead = (Slot(group, rowspan=len(lines)),) if position == 0 else ()
                body.append((*lead, Slot(label), *cells(indicator)))
    body.append((Slot("（七）总计", colspan=2), *cells("requests.outcome.total")))
    body[0] = (Slot("三、本年度办理结果", rowspan=len(body)), *body[0])
    rows.extend(body)
    rows.append((Slot("四、结转下年度继续办理", colspan=3), *cells("requests.carried_forward")))
    return Grid(tuple(rows))


def cases(numbers: Mapping[str, str]) -> Grid:
    kinds = ("review", "litigation.direct", "litigation.after_review")
    rows = (
        (Slot("行政复议", colspan=5), Slot("行政诉讼", colspan=10)),
        (
            *(Slot(head, rowspan=2) for head in CASE_HEADS),
            Slot("未经复议直接起诉", colspan=5),
            Slot("复议后起诉", colspan=5),
        ),
        tuple(Slot(head) for head in (*CASE_HEADS, *CASE_HEADS)),
        tuple(
            Figure(printed(value), indicator=f"{kind}.{result}", unit="件")
            for kind in kinds
            for value, result in zip(numbers[kind].split(), CASES, strict=True)
        ),
    )
    return Grid(rows)


def printed(value: str) -> str:
    """The text of a cell: blank where the source says ``_``."""
    return "" if value == BLANK else value
