"""What a publisher writes down of a change that it carried: states, what is live, and the record of activity.

Nothing here asks a site or ends a transaction; every call is made under the lock of the article.
"""

from dataclasses import dataclass
from datetime import datetime

from newsroom.domain.ids import QueueItemId
from newsroom.domain.queue import Claim
from newsroom.domain.states import Operation, QueueState
from newsroom.site.port import Delivery, Receipt
from newsroom.storage.database import Work
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a change back from its site."""

    #: VERIFIED, NEEDS_PERSON where the site holds something else, DELIVERED where it did not answer; SUPERSEDED.
    state: QueueState
    #: In words; empty where nothing went wrong.
    problem: str = ""
    #: When to ask again, where the site did not answer.
    again: datetime | None = None


class Settlement:
    """How one claim ends, in the transaction of *work*; *publisher* is named in the record of activity.

    What a publisher writes after it has lost the claim changes nothing but facts: what is on the site.
    """

    def __init__(self, work: Work, claim: Claim, publisher: str) -> None:
        self._work = work
        self._claim = claim
        self._publisher = publisher

    def given_back(self) -> QueueState:
        """As if the claim had never been made."""
        attempts = self._claim.attempts - 1
        state = QueueState.RETRYING if attempts else QueueState.SCHEDULED
        if self._settle(state, attempts=attempts, **({} if attempts else {"dated_at": None})):
            self._record("given-back")
        return state

    def retrying(self, problem: str, again: datetime) -> None:
        if self._settle(QueueState.RETRYING, next_attempt_at=again, problem=problem):
            self._record("retrying", detail=problem)

    def needs_person(self, problem: str) -> None:
        if self._settle(QueueState.NEEDS_PERSON, problem=problem):
            self._record("needs-person", detail=problem)

    def delivered(self, delivery: Delivery, url: str, reading: Reading) -> None:
        """The site holds the change, and was read back."""
        work, claim = self._work, self._claim
        # What the site holds is a fact, whoever may settle the item by now.
        work.queue.record_live(claim, work.now, _published(delivery), url)
        self._record("delivered")
        if self._settle(QueueState.DELIVERED, delivered_at=work.now, problem="", url=url):
            self._close_older()
        else:
            work.queue.settle_doubt(claim, work.now, came_through=True, problem=too_late(), url=url)
        self.read_back(reading)

    def read_back(self, reading: Reading) -> None:
        """What is delivered was read back."""
        match reading.state:
            case QueueState.VERIFIED:
                if self._settle(QueueState.VERIFIED, verified_at=self._work.now, next_attempt_at=None):
                    self._record("verified")
            case QueueState.DELIVERED:
                self._settle(QueueState.DELIVERED, next_attempt_at=reading.again)
            case _:
                self.needs_person(reading.problem)

    def superseded(self, receipt: Receipt, url: str) -> Reading:
        """The site holds something newer, of which *receipt* tells; what is to be thought of that."""
        if problem := self._not_ours(receipt):
            self.needs_person(problem)
            return Reading(QueueState.NEEDS_PERSON, problem)
        if self._settle(QueueState.SUPERSEDED, delivered_at=self._work.now, problem="", url=url):
            self._record("superseded")
            self._close_older()
        return Reading(QueueState.SUPERSEDED)

    def came_through(self, delivery: Delivery, url: str) -> None:
        """What the desk decided over while it was under way was found on the site all the same."""
        work, claim = self._work, self._claim
        work.queue.record_live(claim, work.now, _published(delivery), url)
        if work.queue.settle_doubt(claim, work.now, came_through=True, problem=too_late(), url=url):
            self._record("delivered", detail=too_late())

    def _not_ours(self, receipt: Receipt) -> str:
        """In words: the site is further than this newsroom has ever been, so nothing of ours can have superseded it.

        Empty where something has.
        """
        work, claim = self._work, self._claim
        if work.queue.knows_of(claim, receipt.operation, receipt.sequence):
            return ""
        if receipt.operation is Operation.KILL:
            return _("На сайте статья аннулирована, а редакция об этом не знает. На сайте ничего не изменено.")
        work.articles.raise_sequence(claim.article, receipt.sequence)
        return _(
            "На сайте более новая версия этой статьи, чем знает редакция: похоже, база редакции восстановлена из "
            "старой копии. На сайте ничего не изменено. Чтобы заменить версию на сайте, исправьте статью и одобрите "
            "её снова."
        )

    def _close_older(self) -> None:
        for older in self._work.queue.supersede_older(self._claim, self._work.now):
            self._record("superseded", item=older)

    def _settle(self, state: QueueState, **values: object) -> bool:
        return self._work.queue.settle(self._claim, state, self._work.now, **values)

    def _record(self, what: str, *, detail: str = "", item: QueueItemId | None = None) -> None:
        record(self._work, self._claim, self._publisher, what, detail=detail, item=item)


def record(
    work: Work, claim: Claim, publisher: str, what: str, *, detail: str = "", item: QueueItemId | None = None
) -> None:
    """A line of activity about *claim*, or about another *item* of its article."""
    work.activity.add(work.now, publisher, what, article=claim.article, queue_item=item or claim.item, detail=detail)


def too_late() -> str:
    return _("Решение опоздало: на сайте уже эта версия.")


def _published(delivery: Delivery) -> datetime | None:
    return delivery.article.published_at if delivery.article else None
