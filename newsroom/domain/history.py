"""The history of an article for people: light lines of its revisions, their milestones, and sittings of writing.

Revisions are never joined or deleted, because approvals and payloads point at their numbers; they are only shown
together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.domain.ids import ArticleId, PersonId
from newsroom.words import _, later

#: A pause of this length ends a sitting.
SITTING_PAUSE = timedelta(minutes=30)


class MilestoneKind(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    #: It was on a site once; a newer revision is there now, or none.
    WAS_LIVE = "was-live"
    LIVE = "live"

    @property
    def words(self) -> str:
        return _(_MILESTONE_TITLES[self])


_MILESTONE_TITLES = {
    MilestoneKind.SUBMITTED: later("отправлена на проверку"),
    MilestoneKind.RETURNED: later("возвращена на доработку"),
    MilestoneKind.APPROVED: later("одобрена"),
    MilestoneKind.WAS_LIVE: later("была на сайте"),
    MilestoneKind.LIVE: later("сейчас на сайте"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened to one revision as a whole."""

    revision: int
    kind: MilestoneKind
    at: datetime
    #: Name of the person; empty for what a publisher did.
    who: str = ""
    #: The site, for what happened on one.
    site: str = ""
    #: The reason, where one was given.
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision without its content."""

    number: int
    author: PersonId
    author_name: str
    saved_at: datetime
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """Revisions that one person saved in one go, or a single one that stands for itself."""

    #: Newest first; never empty.
    revisions: tuple[RevisionLine, ...]
    #: Of the single revision; of several together there are none.
    milestones: tuple[Milestone, ...] = ()

    @property
    def newest(self) -> RevisionLine:
        return self.revisions[0]

    @property
    def oldest(self) -> RevisionLine:
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class History:
    """All revisions of an article, and what became of them."""

    article: ArticleId
    #: Newest first; never empty.
    revisions: tuple[RevisionLine, ...]
    #: In the order in which they happened.
    milestones: tuple[Milestone, ...]

    @property
    def newest(self) -> int:
        """Number of the newest revision."""
        return self.revisions[0].number

    @property
    def live(self) -> int | None:
        """Number of the revision that readers see, on the first site that shows one; None where none does."""
        places = [(stone.site, stone.revision) for stone in self.milestones if stone.kind is MilestoneKind.LIVE]
        return min(places)[1] if places else None

    def approved_before(self, number: int) -> int | None:
        """Number of the revision approved last among those older than *number*, also where the approval was voided."""
        return max(
            (
                stone.revision
                for stone in self.milestones
                if stone.kind is MilestoneKind.APPROVED and stone.revision < number
            ),
            default=None,
        )


def sittings(revisions: Sequence[RevisionLine], milestones: Collection[Milestone]) -> tuple[Sitting, ...]:
    """*revisions*, newest first, grouped into sittings in the same order.

    Neighbours belong together where one author saved both within less than `SITTING_PAUSE` of each other. A revision
    with a given reason or a milestone always stands alone, so that it can be found.
    """
    groups: list[list[RevisionLine]] = []
    marked = {stone.revision for stone in milestones}
    for revision in revisions:
        if groups and _continues(groups[-1][-1], revision, marked):
            groups[-1].append(revision)
        else:
            groups.append([revision])
    return tuple(
        Sitting(tuple(group), tuple(stone for stone in milestones if stone.revision == group[0].number))
        for group in groups
    )


def _continues(later_one: RevisionLine, earlier: RevisionLine, marked: Collection[int]) -> bool:
    alone = any(one.reason or one.number in marked for one in (later_one, earlier))
    same_author = later_one.author == earlier.author
    return not alone and same_author and later_one.saved_at - earlier.saved_at < SITTING_PAUSE
