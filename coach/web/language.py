"""Which language and zone a page speaks, and how a moment, a number or a message is put into it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, has_request_context, request
from flask import session as cookie
from flask_babel import Babel

from coach import clock
from coach.web.korean import with_particle
from coach.web.reader import reader
from coach.web.speech import speaker, speaker_of
from coach.words import LANGUAGES, Message, Text, level_name

_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KO_DAYS = ("월", "화", "수", "목", "금", "토", "일")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_IN_A_YEAR = 300


def install(app: Flask) -> None:
    """Attach Babel and the filters that every template may use."""
    Babel(app, locale_selector=language, timezone_selector=zone, default_translation_directories="translations")
    app.jinja_env.filters.update(
        t=t,
        day=day,
        day_short=day_short,
        day_time=day_time,
        time_of_day=time_of_day,
        level=level,
        signed=signed,
        initials=initials,
        josa=with_particle,
        level_name=said_level,
    )


def language() -> str:
    """Choose the language: the person's, else the browser's last choice, else what it asks for."""
    if not has_request_context():
        return "en"
    person = reader()
    if person is not None:
        return person.language
    chosen = cookie.get("language")
    return (
        chosen
        if chosen in LANGUAGES
        else request.accept_languages.best_match(LANGUAGES) or current_app.config["LANGUAGE"]
    )


def zone() -> str:
    """Choose the time zone of the page."""
    person = reader() if has_request_context() else None
    return person.zone if person else current_app.config["ZONE"]


def today() -> date:
    """Give today's date where the reader is."""
    return clock.today(zone())


def t(value: Any) -> Any:
    """Put a Message or a Text into the reader's language; leave anything else as it is."""
    return speaker().put(value)


def in_language(code: str, message: Message) -> str:
    """Put a message into a given language, outside of a request."""
    return str(speaker_of(code).put(message))


def day(value: date | datetime | None) -> str:
    """Write a day with its weekday: Mon 23 Nov, 11월 23일 (월)."""
    if value is None:
        return ""
    when = _local(value)
    year = "" if abs((when - today()).days) < _IN_A_YEAR else f" {when.year}"
    if _code() == "ko":
        return f"{year.strip() + '년 ' if year else ''}{when.month}월 {when.day}일 ({_KO_DAYS[when.weekday()]})"
    return f"{_EN_DAYS[when.weekday()]} {when.day} {_EN_MONTHS[when.month - 1]}{year}"


def day_short(value: date | datetime | None) -> str:
    """Write a day without its weekday: 23 Nov, 11월 23일."""
    if value is None:
        return ""
    when = _local(value)
    return f"{when.month}월 {when.day}일" if _code() == "ko" else f"{when.day} {_EN_MONTHS[when.month - 1]}"


def day_time(value: datetime | None) -> str:
    """Write a day and the time of day in the reader's zone."""
    return "" if value is None else f"{day(value)}, {value.astimezone(ZoneInfo(zone())):%H:%M}"


def time_of_day(value: datetime | None) -> str:
    """Write the time of day in the reader's zone."""
    return "" if value is None else f"{value.astimezone(ZoneInfo(zone())):%H:%M}"


def level(value: float | None) -> str:
    """Write a level with one decimal."""
    return "" if value is None else f"{value:.1f}"


def said_level(value: int) -> str:
    """Name a level in the reader's language."""
    return str(t(level_name(value)))


def signed(value: float) -> str:
    """Write a change with its sign: +0.5, −0.2; none where it rounds to nothing."""
    number = f"{abs(value):.1f}"
    return number if number == "0.0" else f"{'+' if value > 0 else '−'}{number}"


def initials(name: Text) -> str:
    """Shorten a name for its avatar: two letters, in Korean the family name's syllable."""
    if _code() == "ko" and name.ko and name.ko[0] >= "가":
        return name.ko[0]
    return "".join(word[0] for word in name.en.split()[:2]).upper()


def _local(value: date | datetime) -> date:
    return value.astimezone(ZoneInfo(zone())).date() if isinstance(value, datetime) else value


def _code() -> str:
    return speaker().code
