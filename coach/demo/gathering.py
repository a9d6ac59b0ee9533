"""Workshops of the demo: one that was, two that come, and a course that somebody took elsewhere."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from coach import clock
from coach.content.kinds import EVERY_ROLE
from coach.db import session
from coach.demo.people import Ids
from coach.training import outside, programmes, workshop_seats, workshops
from coach.training.programmes import ProgrammeWanted
from coach.training.workshop_models import Programme, Workshop, WorkshopSeat
from coach.training.workshop_rows import ProgrammeKind
from coach.training.workshops import WorkshopWanted
from coach.words import Text

ZONE: Final = ZoneInfo("Asia/Seoul")
THURSDAY: Final = 3
CAME: Final = ("rian", "hana", "minho", "daehyun", "taemin")
STAYED_AWAY: Final = ("sojin",)
COMING: Final = ("jiwoo", "yuna", "sojin", "seojun", "haeun")
_PLANS: Final[tuple[dict[str, Any], ...]] = (
    {
        "kind": ProgrammeKind.IN_PERSON,
        "title": Text("Objections in three rounds", "거절을 만나는 세 번의 연습"),
        "summary": Text(
            "In threes: one sells, one objects, one watches. Bring an objection that you heard this week.",
            "셋이 한 모둠이 되어 팔고, 거절하고, 지켜봐요. 이번 주에 들은 거절을 하나 가져오세요.",
        ),
        "minutes": 120,
        "skill_id": "handle-objections",
        "roles": ("specialist",),
        "weeks": {"account-manager": 3, "sdr": 5},
    },
    {
        "kind": ProgrammeKind.ONLINE,
        "title": Text("The price list of December", "12월 가격표 설명회"),
        "summary": Text(
            "What changes on 1 December, and what to say to a customer who has an offer already.",
            "12월 1일부터 무엇이 바뀌는지, 이미 견적을 받은 고객에게 어떻게 말할지 알아봐요.",
        ),
        "minutes": 45,
        "skill_id": "product-knowledge",
        "roles": (EVERY_ROLE,),
        "weeks": {},
    },
    {
        "kind": ProgrammeKind.OUTSIDE,
        "title": Text("Negotiating with buyers, two days", "구매 담당자와 협상하기, 이틀 과정"),
        "summary": Text(
            "Two days with a school of your choice. Send its diploma here.",
            "이틀짜리 협상 교육이에요. 어디에서 들어도 좋아요. 수료증을 여기로 보내 주세요.",
        ),
        "minutes": 840,
        "skill_id": "negotiate",
        "roles": ("account-manager", "specialist"),
        "weeks": {},
    },
)


def offer(ids: Ids) -> None:
    """Make the programmes, and plan the first date, a week ahead."""
    made = [programmes.make(by=ids["ines"], wanted=ProgrammeWanted(**plan)) for plan in _PLANS]
    first = _plan(ids, made[0].id, _thursday(2), 14, hours=2, place="Seoul office, room 4", seats=8, trainer="taeyang")
    for key in (*CAME, *STAYED_AWAY):
        workshop_seats.sign_up(by=ids[key], workshop_id=first)


def look_back(ids: Ids) -> None:
    """Note who was there."""
    was = session().scalars(sa.select(Workshop).order_by(Workshop.starts_at)).first()
    if was is None:
        return
    seats = session().scalars(sa.select(WorkshopSeat).where(WorkshopSeat.workshop_id == was.id))
    came = {ids[key] for key in CAME}
    present = [seat.id for seat in seats if seat.person_id in came]
    workshop_seats.note_attendance(by=ids["taeyang"], workshop_id=was.id, present=present, shown=[])


def plan_next(ids: Ids) -> None:
    """Plan the dates that come, with what to bring, and let most seats be taken."""
    rounds, prices = (
        session().scalars(sa.select(Programme).where(Programme.kind == kind)).one()
        for kind in (ProgrammeKind.IN_PERSON, ProgrammeKind.ONLINE)
    )
    day = _thursday(8)
    room = "Seoul office, room 4"
    coming = _plan(ids, rounds.id, day, 10, hours=2, place=room, seats=6, trainer="taeyang")
    link = "https://meet.example.com/price-list"
    _plan(ids, prices.id, day - timedelta(days=1), 16, hours=1, link=link, seats=40, trainer="ines")
    sheet = io.BytesIO(_sheet("Three rounds: sell, object, watch. Ten minutes each."))
    workshops.add_material(by=ids["ines"], workshop_id=coming, stream=sheet, filename="three-rounds.pdf")
    for key in COMING:
        workshop_seats.sign_up(by=ids[key], workshop_id=coming)


def send_diploma(ids: Ids) -> None:
    """Let somebody send the diploma of a course taken elsewhere."""
    course = session().scalars(sa.select(Programme).where(Programme.kind == ProgrammeKind.OUTSIDE)).one()
    today = clock.today("Asia/Seoul")
    sheet = io.BytesIO(_sheet("Negotiating with buyers. Two days, completed."))
    outside.send(
        by=ids["minho"],
        programme_id=course.id,
        stream=sheet,
        filename="diploma.pdf",
        taken_on=today - timedelta(days=4),
        issuer="Harbour School of Trade",
        today=today,
    )


def _plan(
    ids: Ids,
    programme_id: uuid.UUID,
    day: date,
    hour: int,
    *,
    hours: int,
    seats: int,
    trainer: str,
    place: str = "",
    link: str = "",
) -> uuid.UUID:
    starts = datetime.combine(day, time(hour), ZONE).astimezone(UTC)
    wanted = WorkshopWanted(starts, starts + timedelta(hours=hours), place, link, seats, ids[trainer])
    return workshops.plan(by=ids["ines"], programme_id=programme_id, wanted=wanted).id


def _thursday(days: int) -> date:
    """Give the first Thursday that is at least so many days ahead."""
    day = clock.today("Asia/Seoul") + timedelta(days=days)
    return day + timedelta(days=(THURSDAY - day.weekday()) % 7)


def _sheet(line: str) -> bytes:
    """Write a PDF of one line."""
    text = f"BT /F1 16 Tf 60 760 Td ({line}) Tj ET"
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode("ascii")
