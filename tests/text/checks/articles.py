"""Short articles for the checks, and what the checks say of them."""

from datetime import UTC, datetime

from newsroom.domain.article import Content
from newsroom.domain.findings import Field, Finding
from newsroom.domain.house import House
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Around, Material, Recent, material_of
from newsroom.text.markdown import parse

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def material(body: str = "", **fields: object) -> Material:
    content = Content(**({"headline": "Заголовок дня", "lead": "Подводка дня."} | fields))  # type: ignore[arg-type]
    return material_of(content.with_(body=body), parse(body).blocks)


def around(*recent: Recent, now: datetime = NOW) -> Around:
    return Around(House(zone="Asia/Vladivostok"), now, recent)


def found(code: str, body: str = "", *, now: datetime = NOW, **fields: object) -> list[str]:
    """The words of each place that the check of *code* finds."""
    return [finding.words for finding in findings(body, now=now, **fields) if finding.code == code]


def findings(body: str = "", *, now: datetime = NOW, **fields: object) -> list[Finding]:
    return Checker().check(material(body, **fields), around(now=now))


def mended(field: Field, text: str, finding: Finding) -> str:
    """*text* of *field* after the fix of *finding*."""
    assert finding.field is field
    assert finding.begin is not None
    assert finding.fix is not None
    return text[: finding.begin] + finding.fix + text[finding.end :]
