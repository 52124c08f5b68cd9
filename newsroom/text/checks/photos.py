"""Words of photos: whose they are, what they show, and that each says something of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsroom.domain.article import Content
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.text.checks.material import Around, Material
from newsroom.text.folding import Folded
from newsroom.words import _

#: Says where a photo came from and not who made it.
_GIVEN: Final = re.compile(
    r"\s*(?:предоставлен|из\s+архива|архив\b|соцсет|интернет|открыт\w+\s+источник)", re.IGNORECASE
)
_LAW: Final = "ГК РФ, ст. 1265 и 1300"


def lead_photo(material: Material, _around: Around) -> Iterator[Finding]:
    """What caption, description and credit of the lead photo repeat or leave out."""
    photo = material.content.photo
    if photo is None:
        return
    caption, alt, credit = _bare(photo.caption), _bare(photo.alt), photo.credit.strip()
    if not caption:
        yield Finding(
            Field.CAPTION,
            Severity.NOTE,
            "caption-missing",
            _("У фото нет подписи."),
            reason=_("Подпись отвечает: кто, где, когда, почему."),
        )
    elif caption == _bare(material.content.headline):
        yield Finding(
            Field.CAPTION,
            Severity.WARNING,
            "caption-is-headline",
            _("Подпись фото повторяет заголовок."),
            reason=_("Подпись отвечает: кто, где, когда, почему."),
        )
    if alt and alt != caption and _is_made_of(alt, material.content):
        yield Finding(
            Field.ALT,
            Severity.WARNING,
            "alt-is-headline",
            _("Описание фото составлено из заголовка, а не из того, что на снимке."),
            reason=_("Программа чтения с экрана прочтёт заголовок второй раз."),
            source="WCAG 2.2, 1.1.1",
        )
    if credit and _GIVEN.match(credit):
        yield _no_author(Field.CREDIT, credit)


def body_photos(material: Material, _around: Around) -> Iterator[Finding]:
    for one in material.photos:
        photo = one.photo
        where = one.begin, one.begin + len(photo.caption or photo.credit)
        if not photo.credit.strip():
            yield Finding(
                Field.BODY,
                Severity.ERROR,
                "credit-missing",
                _("У фото в тексте не указано, чьё оно."),
                *where,
                words=photo.caption or photo.photo,
                source=_LAW,
                ignorable=False,
            )
        if not photo.alt.strip():
            yield Finding(
                Field.BODY,
                Severity.WARNING,
                "alt-missing",
                _("У фото в тексте нет описания для незрячих."),
                *where,
                words=photo.caption or photo.photo,
                source="WCAG 2.2, 1.1.1",
            )
        elif _bare(photo.alt) == _bare(photo.caption):
            yield Finding(
                Field.BODY,
                Severity.WARNING,
                "alt-is-caption",
                _("Описание фото повторяет подпись."),
                *where,
                words=photo.caption,
                source="WCAG 2.2, 1.1.1",
            )


def _no_author(field: Field, credit: str) -> Finding:
    return Finding(
        field,
        Severity.NOTE,
        "photographer-missing",
        _("Сказано, кто дал фото, но не кто снял."),
        0,
        len(credit),
        words=credit,
        reason=_("У снимка есть автор, и его имя указывают."),
        source=_LAW,
    )


def _is_made_of(alt: str, content: Content) -> bool:
    """Whether *alt* is the headline, alone or run together with the credit."""
    headline = _bare(content.headline)
    credit = _bare(content.photo.credit) if content.photo else ""
    return bool(headline) and alt.startswith(headline) and alt.removeprefix(headline).strip(" .,:-") in ("", credit)


def _bare(text: str) -> str:
    return Folded(text).text.strip(" .")
