"""Values on their way into columns of types that somebody else chose: fitted, refused in words, compared, hashed.

Values only; nothing here touches a database.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CHAR, Enum

from newsroom.site.attempts import text_difference
from newsroom.site.mapped_layout import Spot
from newsroom.words import _

#: Python's names of what MariaDB's character sets hold; those that are not here hold everything.
_CODECS = {
    "latin1": "cp1252",
    "cp1251": "cp1251",
    "koi8r": "koi8_r",
    "koi8u": "koi8_u",
    "cp866": "cp866",
    "ascii": "ascii",
}
_THREE_BYTES = ("utf8", "utf8mb3")


def fitted(spot: Spot, value: Any, zone: ZoneInfo) -> Any:
    """*value* as the driver of the column's database takes it and gives it back. Raises `ValueError`."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return _fitted_time(spot, value, zone)
    if spot.family == "uuid" and isinstance(value, str):
        return str(UUID(value)) if spot.dialect == "sqlite" else UUID(value)
    if spot.family == "json":
        if spot.dialect == "sqlite":
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(value, bool) and (spot.family != "flag" or spot.dialect == "sqlite"):
        return int(value)
    return value


def _fitted_time(spot: Spot, value: datetime, zone: ZoneInfo) -> Any:
    """An instant as the column keeps it; a time without a zone is meant as it stands."""
    kept = 10 ** (6 - spot.precision)
    value = value.replace(microsecond=value.microsecond // kept * kept)
    if spot.family == "date":
        day = (value.astimezone(zone) if value.tzinfo else value).date()
        return day.isoformat() if spot.dialect == "sqlite" else day
    if spot.family == "clock":
        clock = (value.astimezone(zone) if value.tzinfo else value).time()
        return clock.isoformat() if spot.dialect == "sqlite" else clock
    if spot.zoned and spot.dialect == "postgresql":
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value.tzinfo:
        value = value.astimezone(UTC if spot.zoned else zone).replace(tzinfo=None)
    return value.isoformat(sep=" ") if spot.dialect == "sqlite" else value


def uid_fitted(spot: Spot, uid: str) -> Any:
    """The newsroom's uid, which is a UUID, without hyphens where there is no room for them."""
    if spot.family == "text" and spot.length == 32:
        return UUID(uid).hex
    return fitted(spot, uid, ZoneInfo("UTC"))


def uid_found(value: Any) -> str:
    """The newsroom's uid out of whatever column it lay in; empty for what is no UUID."""
    try:
        return str(value if isinstance(value, UUID) else UUID(str(value)))
    except ValueError:
        return ""


def unfit(spot: Spot, value: Any, title: str) -> Iterator[str]:
    """Why the column cannot hold the fitted *value*, each reason a sentence that begins with *title*."""
    if value is None:
        if not spot.column.nullable:
            yield _("Поле «{field}» пусто, а столбец {column} требует значения.").format(
                field=title, column=f"{spot.table}.{spot.name}"
            )
        return
    if not isinstance(value, str):
        return
    if spot.length is not None and len(value) > spot.length:
        yield _("Сайт не примет поле «{field}»: {length} знаков, а помещается {limit}.").format(
            field=title, length=len(value), limit=spot.length
        )
    size = len(value.encode("utf-8", "surrogatepass"))
    if spot.size is not None and size > spot.size:
        yield _("Сайт не примет поле «{field}»: {length} байт, а помещается {limit}.").format(
            field=title, length=size, limit=spot.size
        )
    if isinstance(spot.column.type, Enum) and value not in spot.column.type.enums:
        yield _("Сайт не примет поле «{field}»: столбец {column} не знает значения «{value}».").format(
            field=title, column=f"{spot.table}.{spot.name}", value=value[:60]
        )
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        yield _("В поле «{field}» есть знак, который база не хранит: удалите его и одобрите статью заново.").format(
            field=title
        )
    elif strange := _strange(spot.charset, value):
        yield _(
            "В поле «{field}» есть «{signs}», а столбец {column} в кодировке {charset} этого не хранит: замените знаки "
            "и одобрите статью заново."
        ).format(field=title, signs=strange, column=f"{spot.table}.{spot.name}", charset=spot.charset)


def _strange(charset: str, value: str) -> str:
    """The first signs of *value* that *charset* lacks."""
    if charset in _THREE_BYTES:
        strange = re.findall("[\U00010000-\U0010ffff]", value)
    elif charset in _CODECS:
        codec = _CODECS[charset]
        strange = [sign for sign in set(value) if not sign.encode(codec, "ignore")]
        strange.sort(key=value.index)
    else:
        return ""
    return "".join(dict.fromkeys(strange))[:10]


def same(spot: Spot, expected: Any, found: Any) -> bool:
    """Whether the column holds what was sent; blanks that CHAR adds or takes away do not count."""
    if isinstance(spot.column.type, CHAR) and isinstance(expected, str) and isinstance(found, str):
        return expected.rstrip(" ") == found.rstrip(" ")
    if isinstance(found, memoryview):
        found = bytes(found)
    return bool(expected == found)


def short_hash(value: Any) -> str:
    """Sixteen hexadecimal digits that tell one value from another."""
    return hashlib.sha256(json.dumps(_plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (dict, str, int, float, type(None))):
        return value
    return str(value)


def instant_found(value: Any, zone: ZoneInfo, otherwise: datetime) -> datetime:
    """An aware instant out of a column of time, text or seconds; *otherwise* where it cannot be one."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            return datetime.fromtimestamp(float(value), UTC)
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return otherwise


def shown(value: Any, other: Any = None) -> str:
    """*value* for a person, from shortly before the place where it departs from *other*."""
    if value is None:
        return "—"
    if isinstance(value, (bytes, memoryview)):
        return _("{n} байт").format(n=len(value))
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    return text_difference(value.isoformat(sep=" ") if isinstance(value, datetime) else value, other)
