"""Readers' reports that came by mail, as Orphus and scripts like it send them: read from an mbox file or a maildir.

Such a message names the page, and the text around the mistake with the mistake between ``<!!!>``. Everything in it is
a stranger's; nothing of it is opened or fetched.
"""

import hashlib
import mailbox
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Final

from newsroom.domain.errors import InvalidInput
from newsroom.domain.reports import IncomingReport
from newsroom.words import _, system_words

#: What the numbers of reports begin with that came by mail.
MAIL: Final = "mail:"
_MARK: Final = "<!!!>"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_COMMENT = re.compile(r"(?:Комментарий|Comment)[^:\n]*:[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
#: What the newsroom keeps of each text.
_AROUND, _SELECTED, _COMMENT_LENGTH, _URL = 60, 256, 250, 1000
#: Bytes of a message that are looked at: a report is short.
_LONGEST: Final = 256 * 1024


def read_report_mail(place: Path) -> Iterator[IncomingReport]:
    """The reports in *place*, an mbox file or a maildir folder, in its order; other messages are passed over.

    Raises `InvalidInput` where there is neither.
    """
    if (place / "cur").is_dir():
        messages: mailbox.Mailbox[mailbox.MaildirMessage] | mailbox.Mailbox[mailbox.mboxMessage]
        messages = mailbox.Maildir(place, create=False)
    elif place.is_file():
        messages = mailbox.mbox(place, create=False)
    else:
        raise InvalidInput(_("{place}: нет ни файла mbox, ни папки maildir.").format(place=place))
    try:
        for message in messages:
            report = report_in(message)
            if report is not None:
                yield report
    except OSError as error:
        raise InvalidInput(_("{place} не читается: {why}.").format(place=place, why=system_words(error))) from error
    finally:
        messages.close()


def report_in(message: Message) -> IncomingReport | None:
    """The report that *message* carries; None where it carries none."""
    text = _text(message)
    address = _ADDRESS.search(text) or _ADDRESS.search(_header(message, "Subject"))
    parts = text.split(_MARK)
    if address is None or len(parts) < 3 or not parts[1].strip():
        return None
    before, selected, rest = parts[0], parts[1], _MARK.join(parts[2:])
    comment = _COMMENT.search(rest)
    after = rest[: comment.start()] if comment else rest
    identity = _header(message, "Message-ID") or f"{_header(message, 'Date')}\0{text}"
    return IncomingReport(
        site_report_id=MAIL + hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:40],
        article_uid="",
        page_url=address[0][:_URL],
        before=_line(before)[-_AROUND:],
        selected=selected.strip()[:_SELECTED],
        after=_line(after, at_end=False)[:_AROUND],
        comment=comment[1].strip()[:_COMMENT_LENGTH] if comment else "",
        reported_at=_sent(message),
    )


def _line(text: str, *, at_end: bool = True) -> str:
    """The line of *text* that touches the mistake, without quotation marks of the message itself."""
    lines = text.split("\n")
    return (lines[-1] if at_end else lines[0]).strip("\r").removeprefix("«" if at_end else "")


def _text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() not in ("text/plain", "text/html"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        charset = part.get_content_charset() or "utf-8"
        try:
            text = payload[:_LONGEST].decode(charset, "replace")
        except LookupError:
            text = payload[:_LONGEST].decode("utf-8", "replace")
        if part.get_content_type() == "text/html":
            text = unescape(re.sub(r"<(?!!!!>)[^>]*>", "", text.replace("&lt;!!!&gt;", _MARK)))
        return text
    return ""


def _header(message: Message, name: str) -> str:
    with suppress(LookupError, ValueError):
        return str(make_header(decode_header(str(message.get(name, "")))))
    return ""


def _sent(message: Message) -> datetime:
    with suppress(TypeError, ValueError):
        sent = parsedate_to_datetime(str(message["Date"]))
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    return datetime.now(UTC)
