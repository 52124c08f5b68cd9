"""Typo reports from readers: what a report must be, how many one reader may send, and whose they are."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from newsroom.site.standard_pages import Limit, ReaderReport, StandardPages

#: Longest texts, in characters.
AROUND_LENGTH = 60
SELECTED_LENGTH = 256
COMMENT_LENGTH = 250
UID_LENGTH = 36
URL_LENGTH = 1000

#: How many reports one reader may send within which time.
LIMITS: tuple[Limit, ...] = (
    (timedelta(minutes=5), 5),
    (timedelta(minutes=30), 15),
    (timedelta(days=1), 30),
)


class ReportRefused(Exception):
    """The report does not hold what it must; the text is a sentence for the reader."""


class TooManyReports(Exception):
    """The reader has sent as many reports as one may; ``wait`` is when the next is welcome."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Вы прислали много сообщений подряд. Спасибо! Следующее примем немного позже.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class TypoReport:
    """A reader's report, checked. All texts are a stranger's."""

    article_uid: str
    page_url: str
    before: str
    selected: str
    after: str
    comment: str
    #: The trap was filled in, which only a program does: such a report is thanked for and dropped.
    is_from_robot: bool

    @classmethod
    def parse(cls, fields: object) -> "TypoReport":
        """The report in a decoded JSON body. Raises `ReportRefused`."""
        if not isinstance(fields, dict):
            raise ReportRefused("Сообщение не понято.")
        report = cls(
            article_uid=_text(fields, "article", "номер статьи", UID_LENGTH, least=1),
            page_url=_text(fields, "page_url", "адрес страницы", URL_LENGTH, least=1),
            before=_text(fields, "before", "текст перед выделенным", AROUND_LENGTH),
            selected=_text(fields, "selected", "выделенный текст", SELECTED_LENGTH, least=1),
            after=_text(fields, "after", "текст после выделенного", AROUND_LENGTH),
            comment=_text(fields, "comment", "комментарий", COMMENT_LENGTH),
            is_from_robot=bool(fields.get("website")),
        )
        if not report.selected.strip():
            raise ReportRefused("Выделите слова с ошибкой: сейчас выделены одни пробелы.")
        return report


def _text(fields: Mapping[str, Any], key: str, title: str, longest: int, least: int = 0) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise ReportRefused(f"Сообщение не понято: {title} не текст.")
    # Neither a NUL nor half of a surrogate pair can be stored in every database.
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ReportRefused(f"Сообщение не понято: {title} содержит недопустимые знаки.")
    if len(value) > longest:
        raise ReportRefused(f"Слишком длинно: {title} может занимать до {longest} знаков.")
    if len(value) < least:
        raise ReportRefused(f"Сообщение неполное: не хватает поля «{title}».")
    return value


class Mailbox:
    """Where readers' reports are dropped. Safe to use from many threads."""

    def __init__(self, pages: StandardPages, now: Callable[[], datetime]) -> None:
        self._pages = pages
        self._now = now
        # Forgotten with the process, so that nobody can find out later which address a hash stands for.
        self._salt = secrets.token_bytes(32)

    def drop(self, report: TypoReport, address: str, agent: str) -> None:
        """Write *report*, unless the reader has sent too many.

        *address* and *agent* tell readers apart and are not kept. Raises `TooManyReports`, `SiteUnavailable` and
        `SiteSchemaMismatch`.
        """
        wait = self._pages.write_report(
            ReaderReport(
                article_uid=report.article_uid,
                page_url=report.page_url,
                before=report.before,
                selected=report.selected,
                after=report.after,
                comment=report.comment,
                reporter_hash=hmac.new(self._salt, f"{address}\0{agent}".encode(), hashlib.sha256).hexdigest(),
            ),
            self._now(),
            LIMITS,
        )
        if wait is not None:
            raise TooManyReports(wait)
