"""What stands in the way of publication, all of it at once, each tied to the field where it is mended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import PhotoId, RubricSlug
from newsroom.words import _


class Field(StrEnum):
    """The field of an article that a blocker or an error speaks of."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    RUBRIC = "rubric"
    TAGS = "tags"
    BYLINE = "byline"
    SLUG = "slug"
    AGE = "age"
    PHOTO = "photo"
    CAPTION = "caption"
    CREDIT = "credit"
    ALT = "alt"
    DATE = "date"
    PINNED_UNTIL = "pinned_until"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Blocker:
    field: Field
    #: A sentence that says what to do.
    text: str
    #: False for a remark that does not keep the article from going out.
    blocks: bool = True


def find_blockers(
    content: Content,
    house: House,
    *,
    rubrics: Collection[RubricSlug],
    photos: Collection[PhotoId],
    body_photos: Collection[PhotoId] = (),
    due: datetime | None = None,
) -> list[Blocker]:
    """Everything that keeps *content* from publication, in reading order, remarks included.

    *rubrics* and *photos* are those that exist; *body_photos* are those the body refers to. *due* is the instant of
    publication where it is known: the date shown to readers must not lie after it.
    """
    found: list[Blocker] = []

    def block(field: Field, text: str) -> None:
        found.append(Blocker(field, text))

    def remark(field: Field, text: str) -> None:
        found.append(Blocker(field, text, blocks=False))

    headline = content.headline.strip()
    if not headline:
        block(Field.HEADLINE, _("Нет заголовка."))
    elif len(headline) > house.headline_limit:
        block(
            Field.HEADLINE,
            _("Заголовок длиннее {limit} знаков: {length}.").format(limit=house.headline_limit, length=len(headline)),
        )
    lead = content.lead.strip()
    if not lead:
        block(Field.LEAD, _("Нет подводки."))
    elif len(lead) > house.lead_limit:
        remark(
            Field.LEAD, _("Подводка длиннее {limit} знаков: {length}.").format(limit=house.lead_limit, length=len(lead))
        )
    if not content.body.strip():
        block(Field.BODY, _("Нет текста."))
    missing = [photo for photo in body_photos if photo not in photos]
    if missing:
        block(Field.BODY, _("В тексте есть фото, которых нет в хранилище: {n}.").format(n=len(missing)))
    if content.rubric is None:
        block(Field.RUBRIC, _("Не выбрана рубрика."))
    elif content.rubric not in rubrics:
        block(Field.RUBRIC, _("Рубрики «{rubric}» больше нет.").format(rubric=content.rubric))
    if content.age is None:
        block(Field.AGE, _("Не выбран возрастной знак."))
    if content.photo is not None:
        if content.photo.photo not in photos:
            block(Field.PHOTO, _("Главного фото нет в хранилище."))
        if not content.photo.credit.strip():
            block(Field.CREDIT, _("У фото не указано, чьё оно."))
        if not content.photo.alt.strip():
            remark(Field.ALT, _("У фото нет описания для незрячих."))
        elif content.photo.alt.strip() == content.photo.caption.strip():
            remark(Field.ALT, _("Описание фото повторяет подпись."))
    if content.date is not None and due is not None and content.date > due:
        block(Field.DATE, _("Дата статьи позже её выхода: назначьте выход на эту дату или поправьте её."))
    return found
