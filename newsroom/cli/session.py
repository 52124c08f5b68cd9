"""Opening the newsroom for a command, and printing what it found."""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.app import Newsroom, open_newsroom
from newsroom.cli.parser import WrongUse
from newsroom.desk.session import Desk
from newsroom.settings import default_home
from newsroom.words import _


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Newsroom]:
    newsroom = open_newsroom(getattr(options, "home", None) or default_home())
    try:
        yield newsroom
    finally:
        newsroom.close()


@contextmanager
def desk_of(options: argparse.Namespace, *, acts: bool) -> Iterator[Desk]:
    """The desk of ``--as``; a command that only reads may go without."""
    with signed_in(options, acts=acts) as (_newsroom, desk):
        yield desk


@contextmanager
def signed_in(options: argparse.Namespace, *, acts: bool = True) -> Iterator[tuple[Newsroom, Desk]]:
    """The newsroom with the desk of ``--as``."""
    with opened(options) as newsroom:
        login = getattr(options, "login", None) or os.environ.get("NEWSROOM_AS")
        if not login:
            people = newsroom.people()
            if acts:
                known = ", ".join(person.login for person in people)
                raise WrongUse(_("Скажите, кто вы: --as и логин ({known}).").format(known=known))
            login = people[0].login
        yield newsroom, newsroom.sign_in(login)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their longest cell; the last one is left as it is."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[-1]]).rstrip())


def local(instant: datetime | None, zone: ZoneInfo) -> str:
    """Short local time with the year, or an empty text."""
    return f"{instant.astimezone(zone):%d.%m.%Y %H:%M}" if instant else ""
