"""What stands in the way of publication whatever the words: fields empty, too long, or naming what is gone."""

from collections.abc import Collection
from datetime import datetime

from newsroom.domain.article import Content
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.house import House
from newsroom.domain.ids import PhotoId, RubricSlug
from newsroom.words import _


def find_blockers(
    content: Content,
    house: House,
    *,
    rubrics: Collection[RubricSlug],
    photos: Collection[PhotoId],
    body_photos: Collection[PhotoId] = (),
    due: datetime | None = None,
) -> list[Finding]:
    """Everything that keeps *content* from publication, in reading order, remarks included.

    *rubrics* and *photos* are those that exist; *body_photos* are those the body refers to. *due* is the instant of
    publication where it is known: the date shown to readers must not lie after it.
    """
    found: list[Finding] = []

    def block(field: Field, code: str, message: str) -> None:
        found.append(Finding(field, Severity.ERROR, code, message, ignorable=False))

    def remark(field: Field, code: str, message: str, reason: str) -> None:
        found.append(Finding(field, Severity.WARNING, code, message, reason=reason))

    headline = content.headline.strip()
    if not headline:
        block(Field.HEADLINE, "headline-missing", _("Нет заголовка."))
    elif len(headline) > house.headline_limit:
        block(
            Field.HEADLINE,
            "headline-long",
            _("Заголовок длиннее {limit} знаков: {length}.").format(limit=house.headline_limit, length=len(headline)),
        )
    lead = content.lead.strip()
    if not lead:
        block(Field.LEAD, "lead-missing", _("Нет подводки."))
    elif len(lead) > house.lead_limit:
        remark(
            Field.LEAD,
            "lead-long",
            _("Подводка длиннее {limit} знаков: {length}.").format(limit=house.lead_limit, length=len(lead)),
            _("Длинную подводку лента и соцсети обрежут на полуслове."),
        )
    if not content.body.strip():
        block(Field.BODY, "body-missing", _("Нет текста."))
    missing = [photo for photo in body_photos if photo not in photos]
    if missing:
        block(
            Field.BODY,
            "photo-gone",
            _("В тексте есть фото, которых нет в хранилище: {n}.").format(n=len(missing)),
        )
    if content.rubric is None:
        block(Field.RUBRIC, "rubric-missing", _("Не выбрана рубрика."))
    elif content.rubric not in rubrics:
        block(Field.RUBRIC, "rubric-gone", _("Рубрики «{rubric}» больше нет.").format(rubric=content.rubric))
    if content.age is None:
        block(Field.AGE, "age-missing", _("Не выбран возрастной знак."))
    if content.photo is not None:
        if content.photo.photo not in photos:
            block(Field.PHOTO, "photo-gone", _("Главного фото нет в хранилище."))
        if not content.photo.credit.strip():
            block(Field.CREDIT, "credit-missing", _("У фото не указано, чьё оно."))
        if not content.photo.alt.strip():
            remark(
                Field.ALT,
                "alt-missing",
                _("У фото нет описания для незрячих."),
                _("Программа чтения с экрана прочтёт его вместо снимка."),
            )
        elif content.photo.alt.strip() == content.photo.caption.strip():
            remark(
                Field.ALT,
                "alt-is-caption",
                _("Описание фото повторяет подпись."),
                _("Незрячий услышит одно и то же дважды и не узнает, что на снимке."),
            )
    if content.date is not None and due is not None and content.date > due:
        block(
            Field.DATE,
            "date-after-due",
            _("Дата статьи позже её выхода: назначьте выход на эту дату или поправьте её."),
        )
    return found
