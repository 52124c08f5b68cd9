"""What a site held before the newsroom wrote it: articles of its archive, and edits made in its own editor."""

from dataclasses import dataclass
from enum import StrEnum

from newsroom.words import _, later


@dataclass(frozen=True, slots=True)
class Adopted:
    """A row of a site, made by other hands, that the newsroom has read and may write over as long as it stands so."""

    #: Primary key of the article's row on the site, as text.
    site_pk: str
    #: Hash of the row, as the site's kind makes it; another one later means that somebody has edited the row since.
    state: str
    #: Of the newest delivery that the site had seen when the row was read; 0 for none. Void after the next one.
    sequence: int = 0
    #: The address that the row has on the site, which readers know; empty where the site keeps none.
    slug: str = ""


class LossKind(StrEnum):
    """What of an article could not be brought in as it was."""

    RAW = "raw"
    PHOTO = "photo"
    LEAD_PHOTO = "lead-photo"
    NO_CREDIT = "no-credit"
    NO_LEAD = "no-lead"
    NO_RUBRIC = "no-rubric"
    MORE_RUBRICS = "more-rubrics"
    OTHER_RUBRIC = "other-rubric"
    NO_AGE = "no-age"
    NO_DATE = "no-date"

    @property
    def words(self) -> str:
        """What it means for a later correction, in a sentence."""
        return _(_LOSS_TITLES[self])


_LOSS_TITLES = {
    LossKind.RAW: later("оставлено в тексте как есть, правится только на сайте"),
    LossKind.PHOTO: later("фото в тексте не найдено, в тексте остался его адрес"),
    LossKind.LEAD_PHOTO: later("главное фото не найдено: исправление выйдет без него"),
    LossKind.NO_CREDIT: later("у фото не сказано, чьё оно: исправление спросит"),
    LossKind.NO_LEAD: later("нет подводки: исправление попросит её"),
    LossKind.NO_RUBRIC: later("нет рубрики: исправление попросит её"),
    LossKind.MORE_RUBRICS: later("рубрик несколько: исправление оставит первую"),
    LossKind.OTHER_RUBRIC: later("в редакции рубрика под другим адресом: исправление перенесёт статью в неё"),
    LossKind.NO_AGE: later("нет возрастного знака: исправление попросит его"),
    LossKind.NO_DATE: later("время публикации не прочитано: взято время переноса"),
}


@dataclass(frozen=True, slots=True)
class Loss:
    kind: LossKind
    #: What exactly: names of tags, addresses of photos, rubrics.
    detail: str = ""
