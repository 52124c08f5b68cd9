"""The publisher's log: one line for each event, with named fields, as text or JSON. Passwords never get into it."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Final

log = logging.getLogger("newsroom.publishing")

#: What might be a password, whoever wrote it: within an address, or after a name that says so.
_SECRETS: Final = (
    (re.compile(r"(\w://[^\s:/@]*):[^\s/]+@"), r"\1:***@"),
    (re.compile(r"(?i)\b((?:password|passwd|passphrase|secret)\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&]+)"), r"\1***"),
)


def note(event: str, *, level: int = logging.INFO, error: BaseException | None = None, **fields: object) -> None:
    """Log *event*; fields without a value are left out."""
    told = {name: value for name, value in fields.items() if value not in ("", None)}
    log.log(level, "%s", _line(event, told), extra={"event": event, "fields": told}, exc_info=error)


def without_secrets(text: str) -> str:
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class EventFormatter(logging.Formatter):
    """A record as one line: ``2026-11-22T02:00:00.000Z INFO verified site=main article=3 …``, or as one JSON object.

    Fields of the JSON object beside those of the event: ``at`` (UTC), ``level``, ``event`` (``message`` for a record
    that is no event) and ``trace`` where an error was unexpected.
    """

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        trace = ""
        if record.exc_info and record.exc_info[1]:
            trace = "".join(traceback.format_exception(record.exc_info[1]))
        event = getattr(record, "event", "message")
        fields = getattr(record, "fields", None) or {"text": record.getMessage()}
        if self._as_json:
            values = {"at": at, "level": record.levelname, "event": event, **fields}
            return without_secrets(
                json.dumps(values | ({"trace": trace} if trace else {}), ensure_ascii=False, default=_plain)
            )
        line = _line(event, fields | ({"trace": trace} if trace else {}))
        return without_secrets(f"{at} {record.levelname} {line}")


def _line(event: str, fields: dict[str, object]) -> str:
    return " ".join([event, *(f"{name}={_value(value)}" for name, value in fields.items())])


def _value(value: object) -> str:
    """Bare where it is one word, else quoted as JSON quotes it: always on one line."""
    text = _plain(value)
    return text if re.fullmatch(r"[\w.:/+@%-]+", text) else json.dumps(text, ensure_ascii=False)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
