"""What happens in the twelve weeks: how able people are, whom nobody coached, who took which lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.words import Text

WEEKS: Final = 12
SEED: Final = 20261123

# (person, skill): true level in week 1 and in week 12; everybody else is a little above their role's target
LEVELS: Final = {
    ("minho", "handle-objections"): (0.9, 1.0),
    ("daehyun", "handle-objections"): (-0.2, 3.4),
    ("hana", "handle-objections"): (1.0, 1.1),
    ("sojin", "handle-objections"): (0.7, 0.9),
    ("rian", "handle-objections"): (1.1, 1.2),
    ("sojin", "qualify"): (0.9, 3.0),
    ("mirae", "present-an-offer"): (1.9, 2.1),
    ("joon", "keep-customers"): (1.7, 1.9),
    ("yuna", "ask-about-needs"): (1.2, 4.4),
    ("seojun", "negotiate"): (1.0, 1.2),
    ("diego", "close"): (1.0, 1.2),
    ("haeun", "qualify"): (0.9, 1.4),
    ("leo", "write-a-proposal"): (1.0, 1.3),
    ("maya", "open-a-call"): (1.0, 3.0),
    ("gunwoo", "renew-and-grow"): (1.0, 1.4),
    ("sumi", "win-referrals"): (1.0, 1.3),
    ("nora", "open-a-call"): (1.2, 2.3),
    ("marcus", "give-coaching"): (1.8, 2.4),
    ("jiwoo", "research-leads"): (0.6, 3.0),
    ("jiwoo", "open-a-call"): (0.5, 3.6),
    ("jiwoo", "ask-about-needs"): (0.6, 3.4),
    ("jiwoo", "qualify"): (0.7, 3.0),
}

# How much above (+) the common scale a rater writes, in levels.
SEVERITY: Final = {"taeyang": 0.15, "mirae": -0.1, "eunbi": 0.1, "olivia": -0.15, "felix": 0.2, "sora": -0.1}

# The last talk with these people was so many days before the story ends; nobody has talked with them since.
UNSEEN_SINCE: Final = {"minho": 26, "joon": 31}

# After these weeks what estimates start from is pooled anew; a department in use does it every night.
POOLED_AFTER: Final = (6, 9)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Plan one lesson: who takes it, which, given by whom in which week (None: taken by oneself), finished when.

    `is_last` is false where another lesson of the skill follows soon and the recheck waits for it.
    """

    person: str
    lesson: str
    given_by: str | None
    week: int
    done_week: int | None
    recheck_week: int | None = None
    is_last: bool = True

    @property
    def looked_at_again(self) -> int | None:
        """Give the week of the recheck: the one after the lesson, unless told otherwise or not yet come."""
        due = self.recheck_week or (self.done_week or WEEKS) + 1
        return due if due <= WEEKS and self.is_last and self.person not in NO_RECHECK else None


NO_RECHECK: Final = frozenset({"elena"})

# Who went the whole path of their role in these weeks: lesson, week, and whether the skill is looked at again after it.
WHOLE_PATH: Final = (
    ("od-lead-to-renewal", 1, False),
    ("od-cover-for-a-colleague", 1, False),
    ("od-what-a-customer-is-worth", 1, True),
    ("cd-before-the-next-call", 2, False),
    ("hv-more-than-a-name", 2, False),
    ("cd-learnt-agreed-next", 2, True),
    ("oc-reason-in-ten-seconds", 3, False),
    ("qu-friendly-is-no-lead", 3, False),
    ("an-ask-before-you-quote", 3, False),
    ("rl-look-before-you-dial", 4, False),
    ("hv-promises-and-a-name", 4, True),
    ("rr-three-rates", 4, True),
    ("ho-hear-it-out", 5, True),
    ("oc-a-reason-that-fits-only-them", 5, True),
    ("pk-ten-usual-questions", 5, True),
    ("qu-four-questions", 6, True),
    ("an-follow-up-and-sum-up", 6, True),
    ("rl-a-fact-with-a-date", 6, True),
)

# The checks round a module: (person, lesson) -> the form before it, the form after it.
BEFORE: Final = {
    ("taemin", "od-lead-to-renewal"): "before-our-department",
    ("jiwoo", "od-lead-to-renewal"): "before-our-department",
}
FORM_SEED: Final = 14
AFTER: Final = {("taemin", "od-what-a-customer-is-worth"): "after-our-department"}

LESSONS: Final = (
    *(Lesson("taemin", lesson, None, week, week, is_last=last) for lesson, week, last in WHOLE_PATH),
    Lesson("jiwoo", "od-lead-to-renewal", None, 11, 11),
    Lesson("jiwoo", "cd-before-the-next-call", None, 11, 11),
    Lesson("jiwoo", "hv-more-than-a-name", None, 12, 12),
    Lesson("daehyun", "ho-ask-why-first", "sora", 6, 7, 9),
    Lesson("yuna", "an-follow-up-and-sum-up", "sora", 5, 6, 8),
    Lesson("yuna", "an-put-a-number-on-it", None, 9, 9),
    Lesson("seojun", "an-follow-up-and-sum-up", "marcus", 4, 5),
    Lesson("haeun", "oc-reason-in-ten-seconds", None, 3, 3),
    Lesson("haeun", "oc-a-reason-that-fits-only-them", None, 6, 7),
    Lesson("maya", "oc-reason-in-ten-seconds", "jaehee", 7, 8, 10),
    Lesson("maya", "oc-a-reason-that-fits-only-them", "jaehee", 11, None),
    Lesson("gunwoo", "rg-call-before-the-date", "marcus", 8, 9),
    Lesson("gunwoo", "rg-show-the-year", "marcus", 10, None),
    Lesson("marcus", "gc-say-what-you-saw", None, 4, 4),
    Lesson("marcus", "gc-one-thing-one-date", "kyungmi", 9, 10),
    Lesson("jaehee", "gc-say-what-you-saw", "kyungmi", 9, 11),
    Lesson("yejin", "de-choose-what-to-show", None, 5, 5),
    Lesson("yejin", "de-put-it-in-their-hands", "marcus", 8, 9),
    Lesson("mirae", "de-put-it-in-their-hands", None, 6, 6),
    Lesson("tomas", "oc-a-reason-that-fits-only-them", None, 8, 8),
    Lesson("bora", "an-ask-before-you-quote", None, 7, 7),
    Lesson("priya", "ho-value-before-price", None, 9, 9),
    Lesson("elena", "rg-show-the-year", "jaehee", 6, 7),
    Lesson("jiwoo", "oc-reason-in-ten-seconds", "sora", 11, 11),
    Lesson("nora", "oc-reason-in-ten-seconds", "kyungmi", 8, 9),
)

# (person, skill, days before the story ends, turns at which they slip): conversations that were played for practice
CONVERSATIONS: Final = (("jiwoo", "open-a-call", 4, (1, 3)), ("minho", "handle-objections", 6, (2,)))

ABOUT: Final = (
    Text(en="Call with a school office", ko="학교 행정실 통화"),
    Text(en="Call with a print shop", ko="인쇄소 통화"),
    Text(en="First call to a dental clinic", ko="치과 첫 통화"),
    Text(en="Visit to a design studio", ko="디자인 사무실 방문"),
    Text(en="Yearly talk with a law firm", ko="법률 사무소 연간 상담"),
    Text(en="Quote for a co-working space", ko="공유 오피스 견적"),
    Text(en="Chair demo at a hospital", ko="병원 의자 시연"),
    Text(en="Call about a late delivery", ko="늦은 배송 통화"),
    Text(en="Role play: first call", ko="역할극: 첫 통화"),
    Text(en="Toner contract with a tax office", ko="세무 사무소 토너 계약"),
)

ACTIONS: Final = {
    "ask-about-needs": Text(en="Ask two questions before giving a price", ko="가격을 말하기 전에 질문 두 개 하기"),
    "open-a-call": Text(en="Say the reason for the call in ten seconds", ko="전화한 이유를 10초 안에 말하기"),
    "handle-objections": Text(en="Ask what is behind the objection first", ko="반론 뒤에 있는 까닭부터 묻기"),
    "qualify": Text(en="Ask who decides, and by when", ko="누가 언제까지 정하는지 묻기"),
    "present-an-offer": Text(
        en="Name the value in one sentence before the price", ko="가격 전에 가치를 한 문장으로 말하기"
    ),
    "close": Text(en="Ask for the order before the call ends", ko="통화를 끝내기 전에 주문을 물어보기"),
    "negotiate": Text(en="Ask for something back with every discount", ko="깎아 줄 때마다 하나를 돌려받기"),
    "keep-customers": Text(en="Call a week after the first delivery", ko="첫 배송 일주일 뒤에 전화하기"),
    "renew-and-grow": Text(en="Bring the year's figures to the renewal talk", ko="재계약 상담에 한 해 수치를 가져가기"),
    "crm-discipline": Text(en="Write the next step in every CRM note", ko="CRM 기록마다 다음 할 일 적기"),
    "demonstrate": Text(
        en="Let the customer hold it before you explain it", ko="설명하기 전에 고객이 먼저 만져 보게 하기"
    ),
    "research-leads": Text(
        en="Note one reason to call before each first call", ko="첫 통화 전에 전화할 까닭 하나 적기"
    ),
}
SOME_ACTION: Final = Text(en="Write down what worked, right after the call", ko="통화가 끝나면 바로 잘된 점 적기")
