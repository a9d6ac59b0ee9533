"""The people of the demo department, by the name that tests and the story call them. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from coach.access.identity import Capability
from coach.words import Text

DOMAIN: Final = "hanbit-office.example"


@dataclass(frozen=True, slots=True)
class Member:
    """Hold one person of the cast; `weeks` is how long they have been in their role when the story ends."""

    key: str
    name: Text
    role: str | None
    team: str | None
    manager: str | None
    weeks: int
    language: str = "en"
    capabilities: tuple[Capability, ...] = field(default=())

    @property
    def email(self) -> str:
        """Give the address the person signs in with."""
        return f"{self.key}@{DOMAIN}"


TEAMS: Final = {
    "north": Text(en="North team", ko="북부팀"),
    "south": Text(en="South team", ko="남부팀"),
    "online": Text(en="Online team", ko="온라인팀"),
}

_AM, _SDR, _SP, _CS, _SM = "account-manager", "sdr", "specialist", "customer-success", "sales-manager"
_COACH = (Capability.COACH,)

_ROWS: Final = (
    # key, English, Korean, role, team, manager, weeks in role, language, capabilities
    ("kyungmi", "Kyungmi Noh", "노경미", _SM, None, None, 310, "ko", ()),
    ("sora", "Sora Han", "한소라", _SM, "north", "kyungmi", 140, "en", ()),
    ("marcus", "Marcus Webb", "마커스 웹", _SM, "south", "kyungmi", 96, "en", ()),
    ("jaehee", "Jaehee Moon", "문재희", _SM, "online", "kyungmi", 61, "ko", ()),
    ("dana", "Dana Kim", "김다나", None, None, None, 200, "en", (Capability.ADMIN,)),
    ("ines", "Ines Duarte", "이네스 두아르테", None, None, "kyungmi", 80, "en", (Capability.EDITOR,)),
    ("nora", "Nora Lindqvist", "노라 린드크비스트", _AM, None, "kyungmi", 6, "en", ()),
    # North
    ("minho", "Minho Seo", "서민호", _AM, "north", "sora", 88, "ko", ()),
    ("daehyun", "Daehyun Cho", "조대현", _AM, "north", "sora", 38, "ko", ()),
    ("hana", "Hana Yoon", "윤하나", _AM, "north", "sora", 64, "ko", ()),
    ("sojin", "Sojin Bae", "배소진", _AM, "north", "sora", 29, "ko", ()),
    ("rian", "Rian Kwon", "권리안", _AM, "north", "sora", 120, "en", ()),
    ("jiwoo", "Jiwoo Park", "박지우", _SDR, "north", "sora", 2, "en", ()),
    ("yuna", "Yuna Choi", "최유나", _SDR, "north", "sora", 45, "ko", ()),
    ("taemin", "Taemin Jang", "장태민", _SDR, "north", "sora", 70, "ko", ()),
    ("taeyang", "Taeyang Oh", "오태양", _SP, "north", "sora", 160, "en", _COACH),
    ("mirae", "Mirae Shin", "신미래", _SP, "north", "sora", 52, "ko", _COACH),
    ("eunbi", "Eunbi Lee", "이은비", _CS, "north", "sora", 90, "ko", _COACH),
    ("joon", "Joon Hwang", "황준", _CS, "north", "sora", 41, "ko", ()),
    # South
    ("olivia", "Olivia Brandt", "올리비아 브란트", _AM, "south", "marcus", 75, "en", _COACH),
    ("seojun", "Seojun Ahn", "안서준", _AM, "south", "marcus", 33, "ko", ()),
    ("priya", "Priya Nair", "프리야 나이르", _AM, "south", "marcus", 58, "en", ()),
    ("diego", "Diego Salas", "디에고 살라스", _AM, "south", "marcus", 26, "en", ()),
    ("haeun", "Haeun Jung", "정하은", _SDR, "south", "marcus", 19, "ko", ()),
    ("tomas", "Tomas Novak", "토마시 노바크", _SDR, "south", "marcus", 47, "en", ()),
    ("bora", "Bora Nam", "남보라", _SDR, "south", "marcus", 30, "ko", ()),
    ("felix", "Felix Adler", "펠릭스 아들러", _SP, "south", "marcus", 104, "en", _COACH),
    ("yejin", "Yejin Ryu", "류예진", _SP, "south", "marcus", 39, "ko", ()),
    ("amara", "Amara Okafor", "아마라 오카포", _CS, "south", "marcus", 66, "en", ()),
    ("gunwoo", "Gunwoo Lim", "임건우", _CS, "south", "marcus", 24, "ko", ()),
    # Online
    ("chaewon", "Chaewon Kang", "강채원", _AM, "online", "jaehee", 50, "ko", _COACH),
    ("leo", "Leo Fischer", "레오 피셔", _AM, "online", "jaehee", 36, "en", ()),
    ("soomin", "Soomin Baek", "백수민", _AM, "online", "jaehee", 82, "ko", ()),
    ("dohyun", "Dohyun Yang", "양도현", _SDR, "online", "jaehee", 28, "ko", ()),
    ("maya", "Maya Cohen", "마야 코헨", _SDR, "online", "jaehee", 15, "en", ()),
    ("jihun", "Jihun Song", "송지훈", _SP, "online", "jaehee", 72, "ko", _COACH),
    ("elena", "Elena Rossi", "엘레나 로시", _CS, "online", "jaehee", 44, "en", ()),
    ("woojin", "Woojin Heo", "허우진", _CS, "online", "jaehee", 57, "ko", ()),
    ("sumi", "Sumi Kwak", "곽수미", _CS, "online", "jaehee", 21, "ko", ()),
)

CAST: Final = tuple(
    Member(key, Text(en=en, ko=ko), role, team, manager, weeks, language, capabilities)
    for key, en, ko, role, team, manager, weeks, language, capabilities in _ROWS
)

PAIRS: Final = (
    # coach, coachees
    ("taeyang", ("jiwoo", "minho", "daehyun", "sojin")),
    ("mirae", ("hana", "rian", "yuna", "daehyun")),
    ("eunbi", ("joon", "taemin")),
    ("olivia", ("seojun", "priya", "diego")),
    ("felix", ("haeun", "tomas", "bora", "yejin", "amara", "gunwoo")),
    ("chaewon", ("leo", "soomin", "dohyun", "maya")),
    ("jihun", ("elena", "woojin", "sumi")),
)

# Relations that are over: who saw Jiwoo's record once, and must not any more.
FORMER_PAIRS: Final = (("mirae", "jiwoo"),)
FORMER_MANAGERS: Final = (("jaehee", "jiwoo"),)
