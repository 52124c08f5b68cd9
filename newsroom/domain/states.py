"""The states of the three facts about an article, their transitions, and the one label derived from them.

Review (what the desk thinks of the newest text), queue items (what is on its way to a site) and live (what readers see)
are independent of each other; `label_of` puts them into one word for lists.
"""

from collections.abc import Collection
from enum import StrEnum

from newsroom.domain.errors import NotNow
from newsroom.words import _, later


class ReviewState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def words(self) -> str:
        return _(_REVIEW_TITLES[self])


_REVIEW_TITLES = {
    ReviewState.DRAFT: later("черновик"),
    ReviewState.SUBMITTED: later("на проверке"),
    ReviewState.RETURNED: later("возвращена"),
    ReviewState.APPROVED: later("одобрена"),
}


class ReviewStep(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"


_D, _S, _R, _A = ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.RETURNED, ReviewState.APPROVED

#: (state, step) → next state. What is not here cannot be done. An edit after approval voids it.
REVIEW_TRANSITIONS: dict[tuple[ReviewState, ReviewStep], ReviewState] = {
    (_D, ReviewStep.EDIT): _D,
    (_D, ReviewStep.SUBMIT): _S,
    (_S, ReviewStep.EDIT): _S,
    (_S, ReviewStep.RETURN): _R,
    (_S, ReviewStep.APPROVE): _A,
    (_R, ReviewStep.EDIT): _R,
    (_R, ReviewStep.SUBMIT): _S,
    (_A, ReviewStep.EDIT): _D,
    (_A, ReviewStep.RETURN): _R,
}

_STEP_TITLES = {
    ReviewStep.EDIT: later("править"),
    ReviewStep.SUBMIT: later("отправить на проверку"),
    ReviewStep.RETURN: later("вернуть"),
    ReviewStep.APPROVE: later("одобрить"),
}


def next_review_state(state: ReviewState, step: ReviewStep) -> ReviewState:
    """The state after *step*. Raises `NotNow` where the table has no such transition."""
    try:
        return REVIEW_TRANSITIONS[state, step]
    except KeyError:
        raise NotNow(
            _("Нельзя {step}: статья сейчас {state}.").format(step=_(_STEP_TITLES[step]), state=state.words)
        ) from None


class QueueState(StrEnum):
    """Where one change for one site is on its way."""

    SCHEDULED = "scheduled"
    DELIVERING = "delivering"
    RETRYING = "retrying"
    #: The site's transaction has committed; not yet read back.
    DELIVERED = "delivered"
    #: Read back from the site and found equal.
    VERIFIED = "verified"
    NEEDS_PERSON = "needs_person"
    HELD = "held"
    CANCELLED = "cancelled"
    #: A newer change of the same article went out, or will, instead of this one.
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        return _(_QUEUE_TITLES[self])

    @property
    def is_open(self) -> bool:
        """Whether it may still change the site."""
        return self in OPEN_QUEUE_STATES


_QUEUE_TITLES = {
    QueueState.SCHEDULED: later("запланировано"),
    QueueState.DELIVERING: later("доставляется"),
    QueueState.RETRYING: later("повторяется"),
    QueueState.DELIVERED: later("доставлено"),
    QueueState.VERIFIED: later("проверено на сайте"),
    QueueState.NEEDS_PERSON: later("требует внимания"),
    QueueState.HELD: later("придержано"),
    QueueState.CANCELLED: later("отменено"),
    QueueState.SUPERSEDED: later("заменено новым"),
}

OPEN_QUEUE_STATES = frozenset(
    {
        QueueState.SCHEDULED,
        QueueState.DELIVERING,
        QueueState.RETRYING,
        QueueState.NEEDS_PERSON,
        QueueState.HELD,
    }
)
#: States out of which the desk may hold, reschedule, cancel or push an item; one under way has to finish first.
WAITING_QUEUE_STATES = OPEN_QUEUE_STATES - {QueueState.DELIVERING}


class Operation(StrEnum):
    """What a queue item does to the site."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    KILL = "kill"

    @property
    def words(self) -> str:
        return _(_OPERATION_TITLES[self])


_OPERATION_TITLES = {
    Operation.PUBLISH: later("публикация"),
    Operation.WITHDRAW: later("снятие с сайта"),
    Operation.KILL: later("аннулирование"),
}


class LiveState(StrEnum):
    """What readers of one site see of an article. No value stands for "never was there": then there is no record."""

    LIVE = "live"
    #: Taken off silently; may return.
    WITHDRAWN = "withdrawn"
    #: Taken off for good.
    KILLED = "killed"

    @property
    def words(self) -> str:
        return _(_LIVE_WORDS[self])


_LIVE_WORDS = {
    LiveState.LIVE: later("на сайте"),
    LiveState.WITHDRAWN: later("снята"),
    LiveState.KILLED: later("аннулирована"),
}


class Label(StrEnum):
    """The one word that lists show, derived from review, queue and live."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    UNDER_WAY = "under_way"
    NEEDS_PERSON = "needs_person"
    LIVE = "live"
    #: Live, and a newer text is being written or checked.
    LIVE_EDITED = "live_edited"
    WITHDRAWN = "withdrawn"
    KILLED = "killed"

    @property
    def words(self) -> str:
        return _(_LABEL_TITLES[self])


_LABEL_TITLES = {
    Label.DRAFT: later("Черновик"),
    Label.SUBMITTED: later("На проверке"),
    Label.RETURNED: later("Возвращена"),
    Label.APPROVED: later("Одобрена"),
    Label.SCHEDULED: later("Запланирована"),
    Label.UNDER_WAY: later("В пути"),
    Label.NEEDS_PERSON: later("Требует внимания"),
    Label.LIVE: later("На сайте"),
    Label.LIVE_EDITED: later("На сайте, правится"),
    Label.WITHDRAWN: later("Снята с сайта"),
    Label.KILLED: later("Аннулирована"),
}


def label_of(
    review: ReviewState, queue: Collection[QueueState], live: Collection[LiveState], *, killed: bool = False
) -> Label:
    """The label for an article in *review*, with open queue items in *queue*, and *live* on its sites.

    What asks for a person comes first, then what is moving, then what the desk must do, then what readers see.
    """
    if QueueState.NEEDS_PERSON in queue:
        return Label.NEEDS_PERSON
    if QueueState.DELIVERING in queue or QueueState.RETRYING in queue:
        return Label.UNDER_WAY
    if killed:
        return Label.KILLED
    if review is ReviewState.SUBMITTED:
        return Label.SUBMITTED
    if review is ReviewState.RETURNED:
        return Label.RETURNED
    if QueueState.SCHEDULED in queue:
        return Label.SCHEDULED
    if QueueState.HELD in queue:
        return Label.APPROVED
    if LiveState.LIVE in live:
        return Label.LIVE if review is ReviewState.APPROVED else Label.LIVE_EDITED
    if LiveState.WITHDRAWN in live:
        return Label.WITHDRAWN
    return Label.APPROVED if review is ReviewState.APPROVED else Label.DRAFT
