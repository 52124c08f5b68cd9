"""Advertising: a text that sells without saying so, and labels that lack what the law asks of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from newsroom.domain.findings import Field, Finding, Severity
from newsroom.text.checks.material import REMEMBERED, Around, Material
from newsroom.text.requisites import is_erid
from newsroom.words import _
from resources import FOLDER

_LABEL: Final = re.compile(
    r"\b(?:реклама|на правах рекламы|рекламный материал|партн[её]рский материал)\b|\berid\b", re.I
)
#: The word alone, as a label has it.
_LAW_LABEL: Final = re.compile(r"(?:^|[\n.])\s*Реклама\b|\berid\b", re.IGNORECASE)
_ERID: Final = re.compile(r"\berid\s*[:=]?\s*(?P<token>[^\s.,;]+)", re.IGNORECASE)
_INN: Final = re.compile(r"\bИНН\b")
_ADVERTISER: Final = re.compile(r"\bрекламодател", re.IGNORECASE)
_LAW: Final = "38-ФЗ, ст. 5 и 18.1"


@dataclass(frozen=True, slots=True)
class Promotion:
    """The list of ``resources/text/promotion.toml``."""

    enough: int
    own_photo: int
    words: tuple[tuple[str, int], ...]


@cache
def promotion() -> Promotion:
    read = tomllib.loads((FOLDER / "text" / "promotion.toml").read_text("utf-8"))
    return Promotion(read["enough"], read["own_photo"], tuple(read["words"].items()))


@lru_cache(maxsize=REMEMBERED)
def promoting(text: str) -> frozenset[str]:
    """The entries of the list that *text* has."""
    folded = text.lower().replace("ё", "е").replace("\u00a0", " ")
    return frozenset(word for word, _weight in promotion().words if word in folded)


@lru_cache(maxsize=REMEMBERED)
def speaks_of_label(text: str) -> bool:
    """Whether *text* has a word of a label that the law asks for."""
    return _LAW_LABEL.search(text) is not None


def unlabelled(material: Material, _around: Around) -> Iterator[Finding]:
    """Promotional tone without a label; silent where there is one."""
    if any(
        _LABEL.search(piece.text) for piece in material.pieces if piece.field is Field.NOTE or _is_label(piece.text)
    ):
        return
    listed = promotion()
    found = frozenset[str]().union(*(promoting(piece.text) for piece in material.told()))
    weight = sum(weight for word, weight in listed.words if word in found)
    if weight < listed.enough:
        return
    photo = material.content.photo
    giver = re.match(r"предоставлен\w*\s+(.+)", photo.credit.strip(), re.IGNORECASE) if photo else None
    if giver and giver[1].strip(" «»\"'").lower() in material.content.headline.lower():
        weight += listed.own_photo
    elif weight < listed.enough + listed.own_photo:
        return
    yield Finding(
        Field.NOTE,
        Severity.WARNING,
        "promotion-unlabelled",
        _("Похоже на рекламу без пометки: {words}.").format(words=", ".join(f"«{word}»" for word in sorted(found)[:6])),
        reason=_("Рекламу в новостях отмечают: «Реклама», erid, рекламодатель и его ИНН."),
        source=_LAW,
    )


def label(material: Material, _around: Around) -> Iterator[Finding]:
    """A label that is there must be whole: erid, advertiser, INN (whose digits are checked with all others)."""
    for piece in material.pieces:
        if not speaks_of_label(piece.text) or (piece.field is not Field.NOTE and not _is_label(piece.text)):
            continue
        erid = _ERID.search(piece.text)
        lacking = [
            words
            for words, there in (
                ("erid", erid is not None),
                (_("рекламодателя"), _ADVERTISER.search(piece.text) is not None),
                (_("ИНН"), _INN.search(piece.text) is not None),
            )
            if not there
        ]
        if lacking:
            yield piece.finding(
                "advertising-label",
                Severity.ERROR,
                0,
                len(piece.text),
                _("В пометке о рекламе нет: {lacking}.").format(lacking=", ".join(lacking)),
                source=_LAW,
            )
        if erid and not is_erid(erid["token"]):
            yield piece.finding(
                "erid-form",
                Severity.ERROR,
                *erid.span("token"),
                _("Такого erid не бывает: в нём только латинские буквы и цифры, от восьми."),
                source=_LAW,
            )


def _is_label(text: str) -> bool:
    return len(text) < 300 and bool(_LAW_LABEL.match(text))
