"""Pictures, sound and video in lessons: uploaded to a draft, named `media:<id>` in the text, gone out with it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.content.problems import Problem
from coach.content.render import UPLOADS
from coach.db import session
from coach.media import queries as media
from coach.media.formats import Kind, by_content_type
from coach.media.models import Media
from coach.media.services import store
from coach.publishing.models import ContentMedia
from coach.words import Message

ALLOWED: Final = frozenset({Kind.PICTURE, Kind.SOUND, Kind.VIDEO})
_NAMED: Final = re.compile(r"media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_SHOWN: Final = re.compile(rf'<img src="{UPLOADS}(?P<id>[0-9a-f-]{{36}})" alt="(?P<alt>[^"]*)">')
_PLAYERS: Final = {Kind.SOUND: "audio", Kind.VIDEO: "video"}


def take_in(files: Mapping[str, Path]) -> None:
    """Take in the files of a folder that are not here yet, each under the id that the texts name."""
    known = {row.id for row in session().execute(sa.select(Media.id).where(Media.id.in_(map(uuid.UUID, files))))}
    for name, path in files.items():
        if uuid.UUID(name) not in known:
            with path.open("rb") as stream:
                made = store(by=None, stream=stream, filename=path.name, allowed=ALLOWED, media_id=uuid.UUID(name))
            session().add(ContentMedia(media_id=made.id, published_at=clock.now()))
            session().flush()


def goes_out(sources: Mapping[str, str]) -> None:
    """Let everybody see the files that published texts show."""
    waiting = sa.select(ContentMedia).where(ContentMedia.published_at.is_(None))
    rows = {str(row.media_id): row for row in session().scalars(waiting)}
    if rows:
        for name in set(named(sources.values())) & set(rows):
            rows[name].published_at = clock.now()
        session().flush()


def problems(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Find texts that name a file which is not here."""
    places = [
        (path, number, name)
        for path, text in sources.items()
        if "media:" in text
        for number, line in enumerate(text.split("\n"), 1)
        for name in _NAMED.findall(line)
    ]
    here = _kinds(name for _, _, name in places)
    for path, number, name in places:
        if name not in here:
            message = Message("There is no file “%(name)s”. Upload it on the draft's page, then name it.", name=name)
            yield Problem(path, number, message)


def with_players(html: str) -> str:
    """Put a player in place of the picture where a sound or a video is named; `html` is what `content.render` made."""
    names = [found["id"] for found in _SHOWN.finditer(html)]
    if not names:
        return html
    kinds = _kinds(names)

    def player(found: re.Match[str]) -> str:
        tag = _PLAYERS.get(kinds.get(found["id"], Kind.PICTURE))
        if tag is None:
            return found[0]
        return f'<{tag} controls preload="metadata" src="{UPLOADS}{found["id"]}" aria-label="{found["alt"]}"></{tag}>'

    return _SHOWN.sub(player, html)


def named(texts: Iterable[str]) -> Iterator[str]:
    """List the ids of the files that texts name."""
    for text in texts:
        if "media:" in text:
            yield from _NAMED.findall(text)


def write_out(sources: Mapping[str, str], folder: Path) -> int:
    """Write the files that texts name into a folder, each as <id>.<ending>; return how many."""
    found = media.media_of(uuid.UUID(name) for name in named(sources.values()))
    for row in found.values():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{row.id}.{by_content_type(row.content_type).extension}").open("wb") as out:
            out.writelines(media.stretch(row.id, 0, row.size - 1))
    return len(found)


def _kinds(names: Iterable[str]) -> Mapping[str, Kind]:
    rows = media.media_of(uuid.UUID(name) for name in names)
    return {str(row.id): Kind(row.kind) for row in rows.values()}
