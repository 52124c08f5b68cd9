"""One pass over the queue: claim, deliver, settle, verify, and bring in what readers reported.

The site's receipt makes a repeated delivery harmless, so whatever this process does not get to write down after the
site has committed is simply done again by the next one.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.domain.errors import (
    DatabaseUnavailable,
    EnvironmentFault,
    NewsroomError,
    PersonError,
    SchemaNewer,
    SiteUnavailable,
)
from newsroom.domain.health import SiteTrouble
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.queue import Claim
from newsroom.domain.states import Operation, QueueState
from newsroom.photos.store import PhotoStore
from newsroom.publishing.alive import SignOfLife
from newsroom.publishing.comparing import compare, refuse_out_of_step
from newsroom.publishing.delivery import delivery_of
from newsroom.publishing.doubts import Revoked, found_on, last_moment
from newsroom.publishing.events import note
from newsroom.publishing.reports import ReportCarrier
from newsroom.publishing.retry import pause_after
from newsroom.site.port import Delivered, Delivery, Effect, Receipt, Site, SiteStep
from newsroom.storage.database import Database, Work
from newsroom.words import _

log = logging.getLogger(__name__)

#: Longer than any site transaction may take; a publisher that died is replaced after it.
LEASE = timedelta(seconds=60)
#: For so long a site that was found in step with the newsroom may be connected again without another look.
_IN_STEP_SECONDS = 60.0


class Step(StrEnum):
    """Named points of a delivery, told to a watcher; fault tests kill the process at each."""

    CLAIMED = "claimed"
    RENDERED = "rendered"
    BEFORE_SITE_TRANSACTION = SiteStep.BEFORE_TRANSACTION.value
    INSIDE_SITE_TRANSACTION = SiteStep.INSIDE_TRANSACTION.value
    AFTER_SITE_COMMIT = SiteStep.AFTER_COMMIT.value
    SETTLED = "settled"
    VERIFIED = "verified"


def _watch_nothing(_step: Step) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one claim."""

    item: QueueItemId
    article: ArticleId
    site: SiteName
    operation: Operation
    headline: str
    state: QueueState
    #: In words; empty where nothing went wrong.
    problem: str
    url: str
    due_at: datetime


class Publisher:
    """Works on the sites in *connect*, each connected when it is first needed. Used by one thread.

    Attributes:
        name: what it is called in the log and in the newsroom's records.
        alive: its sign of life, which those of one name share (`for_each_site`).
    """

    def __init__(
        self,
        database: Database,
        photos: PhotoStore,
        connect: Mapping[SiteName, Callable[[], Site]],
        name: str,
        *,
        watch: Callable[[Step], None] = _watch_nothing,
        chance: Callable[[], float] = random.random,
        alive: SignOfLife | None = None,
    ) -> None:
        self._database = database
        self._photos = photos
        self._connect = connect
        self.name = name
        self._watch = watch
        self._chance = chance
        self._sites: dict[SiteName, Site] = {}
        self._paused: dict[SiteName, datetime] = {}
        self._failures: dict[SiteName, int] = {}
        self.alive = alive or SignOfLife(database, name, connect)
        self._go_on: Callable[[], bool] = lambda: True
        self._in_step_until: dict[SiteName, float] = {}
        self._reports = ReportCarrier(database)

    def run_once(self, go_on: Callable[[], bool] = lambda: True) -> list[Outcome]:
        """Deliver everything that is due, read back what was not, bring in reports.

        Between any two of these it stops where *go_on* says no, and gives back what it has claimed and not begun to
        carry. Raises `DatabaseUnavailable`, `SchemaNewer`.
        """
        self._go_on = go_on
        outcomes = []
        self.alive.show()
        while go_on() and (claim := self._claim()) is not None:
            outcomes.append(_noted(self._deliver(claim)))
            self.alive.show()
        for claim in self._left_over():
            if go_on() and claim.site in self._reachable():
                outcomes.append(_noted(self._verify_left_over(claim)))
                self.alive.show()
        for claim in self._doubtful():
            if go_on() and claim.site in self._reachable():
                outcomes += map(_noted, self._ask(claim))
                self.alive.show()
        for name in self._reachable():
            if go_on():
                self._carry_reports(name)
        return outcomes

    def for_each_site(self) -> "dict[SiteName, Publisher]":
        """One of the same name for each site and a thread of its own, so that a site that hangs holds up no other."""
        return {
            site: Publisher(
                self._database,
                self._photos,
                {site: connect},
                self.name,
                watch=self._watch,
                chance=self._chance,
                alive=self.alive,
            )
            for site, connect in self._connect.items()
        }

    def close(self) -> None:
        for site in self._sites.values():
            site.close()
        self._sites.clear()

    # Claim

    def _claim(self) -> Claim | None:
        sites = self._reachable()
        if not sites:
            return None
        with self._database.write() as work:
            claim = work.queue.claim(self.name, work.now, LEASE, sites)
            if claim is not None:
                self._record(work, claim, "delivering")
                work.articles.refresh_label(claim.article)
        if claim is not None:
            self._watch(Step.CLAIMED)
        return claim

    def _reachable(self) -> list[SiteName]:
        """Sites that are not being left alone after a fault."""
        if not self._paused:
            return list(self._connect)
        with self._database.read() as work:
            now = work.now
        self._paused = {name: until for name, until in self._paused.items() if until > now}
        return [name for name in self._connect if name not in self._paused]

    def _site(self, name: SiteName) -> Site:
        """The site, connected; one that was not lately is held against the newsroom's records first."""
        if name not in self._sites:
            site = self._connected(name)
            try:
                self._compare(name, site)
            except BaseException:
                site.close()
                raise
            self._sites[name] = site
            if not site.transactional:
                self.alive.at_least_once.add(name)
        return self._sites[name]

    def _connected(self, name: SiteName) -> Site:
        try:
            return self._connect[name]()
        except PersonError as error:
            # What this machine knows of the site is wrong, and not the article that happens to wait for it.
            raise SiteUnavailable(
                _("Публикатор {publisher} не знает, как достичь сайта: {why}").format(publisher=self.name, why=error)
            ) from error

    def _compare(self, name: SiteName, site: Site) -> None:
        """Raises `OutOfStep`, and what the site raises."""
        if time.monotonic() < self._in_step_until.get(name, 0):
            return
        refuse_out_of_step(compare(self._database, name, site))
        self._in_step_until[name] = time.monotonic() + _IN_STEP_SECONDS

    # Deliver and settle

    def _deliver(self, claim: Claim) -> Outcome:
        try:
            delivery = delivery_of(claim, self._photos)
            self._watch(Step.RENDERED)
            if not self._go_on():
                return self._give_back(claim)
            site = self._site(claim.site)
            delivered = site.deliver(delivery, self._confirming(claim, site))
            url = self._url_of(claim, delivery, delivered, site)
        except Revoked:
            return self._left(claim)
        except DatabaseUnavailable:
            raise
        except EnvironmentFault as fault:
            return self._settle_retry(claim, fault)
        except Exception as error:
            return self._settle_failed(claim, _in_words(claim, error))
        self._well(claim.site)
        outcome = self._settle_delivered(claim, delivery, delivered, url)
        self._watch(Step.SETTLED)
        if outcome.state is QueueState.DELIVERED:
            outcome = self._verify(claim, delivery, outcome.url)
            self._watch(Step.VERIFIED)
        return outcome

    def _give_back(self, claim: Claim) -> Outcome:
        """Let go of *claim* as if it had never been made."""
        attempts = claim.attempts - 1
        state = QueueState.RETRYING if attempts else QueueState.SCHEDULED
        with self._database.write() as work:
            work.articles.lock(claim.article)
            if work.queue.settle(claim, state, work.now, attempts=attempts):
                self._record(work, claim, "given-back")
            work.articles.refresh_label(claim.article)
        return _outcome(claim, state)

    def _confirming(self, claim: Claim, site: Site) -> Callable[[SiteStep], None]:
        """A watcher that lets the site's change be committed only while *claim* holds.

        It asks under the lock of the site's receipt, so that what the desk decides is either heard before the commit
        or finds the change on the site.
        """
        confirmed_at = last_moment(site)

        def watch(step: SiteStep) -> None:
            self._watch(Step(step.value))
            if step is confirmed_at:
                with self._database.read() as work:
                    if not work.queue.is_held(claim):
                        raise Revoked

        return watch

    def _left(self, claim: Claim) -> Outcome:
        """The outcome of a claim that was taken back: as whoever took it back has left the item."""
        with self._database.read() as work:
            state = work.queue.state_of(claim.item)
        return _outcome(claim, state)

    def _settle_delivered(self, claim: Claim, delivery: Delivery, delivered: Delivered, url: str) -> Outcome:
        state = QueueState.SUPERSEDED if delivered.effect is Effect.SUPERSEDED else QueueState.DELIVERED
        if state is QueueState.SUPERSEDED and (problem := self._not_ours(claim, delivered.receipt)):
            return self._settle_failed(claim, problem)
        with self._database.write() as work:
            work.articles.lock(claim.article)
            if state is QueueState.DELIVERED:
                published = delivery.article.published_at if delivery.article else None
                # What the site holds is a fact, whoever may settle the item by now.
                work.queue.record_live(claim, work.now, published, url)
                self._record(work, claim, state.value)
            if work.queue.settle(claim, state, work.now, delivered_at=work.now, problem="", url=url):
                if state is QueueState.SUPERSEDED:
                    self._record(work, claim, state.value)
                for older in work.queue.supersede_older(claim, work.now):
                    self._record(work, claim, QueueState.SUPERSEDED.value, item=older)
            elif state is QueueState.DELIVERED:
                work.queue.settle_doubt(claim, work.now, came_through=True, problem=_too_late(), url=url)
            work.articles.refresh_label(claim.article)
        return _outcome(claim, state, url=url)

    def _not_ours(self, claim: Claim, receipt: Receipt) -> str:
        """In words: the site is further than this newsroom has ever been, so nothing of ours can have superseded it."""
        with self._database.write() as work:
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

    def _settle_retry(self, claim: Claim, fault: EnvironmentFault) -> Outcome:
        again = self._leave_alone(claim.site, fault)
        with self._database.write() as work:
            work.articles.lock(claim.article)
            if work.queue.settle(claim, QueueState.RETRYING, work.now, next_attempt_at=again, problem=str(fault)):
                self._record(work, claim, "retrying", detail=str(fault))
            work.articles.refresh_label(claim.article)
        return _outcome(claim, QueueState.RETRYING, problem=str(fault))

    def _settle_failed(self, claim: Claim, problem: str) -> Outcome:
        with self._database.write() as work:
            work.articles.lock(claim.article)
            if work.queue.settle(claim, QueueState.NEEDS_PERSON, work.now, problem=problem):
                self._record(work, claim, "needs-person", detail=problem)
            work.articles.refresh_label(claim.article)
        return _outcome(claim, QueueState.NEEDS_PERSON, problem=problem)

    # Verify

    def _verify(self, claim: Claim, delivery: Delivery, url: str) -> Outcome:
        try:
            differences = self._site(claim.site).read_back(delivery)
        except EnvironmentFault as fault:
            return self._verify_later(claim, fault, url)
        except Exception as error:
            return self._settle_failed(claim, _in_words(claim, error))
        if differences:
            return self._settle_failed(
                claim, _("На сайте не то, что отправлено: {what}").format(what="; ".join(differences))
            )
        with self._database.write() as work:
            if work.queue.settle(claim, QueueState.VERIFIED, work.now, verified_at=work.now, next_attempt_at=None):
                self._record(work, claim, "verified")
        return _outcome(claim, QueueState.VERIFIED, url=url)

    def _verify_later(self, claim: Claim, fault: EnvironmentFault, url: str) -> Outcome:
        again = self._leave_alone(claim.site, fault)
        with self._database.write() as work:
            work.queue.settle(claim, QueueState.DELIVERED, work.now, next_attempt_at=again)
        return _outcome(claim, QueueState.DELIVERED, problem=str(fault), url=url)

    def _left_over(self) -> list[Claim]:
        """What a publisher delivered and did not live to verify."""
        sites = self._reachable()
        with self._database.read() as work:
            return work.queue.unverified(work.now, sites) if sites else []

    def _verify_left_over(self, claim: Claim) -> Outcome:
        try:
            delivery = delivery_of(claim, self._photos)
        except EnvironmentFault as fault:
            return self._verify_later(claim, fault, "")
        except Exception as error:
            return self._settle_failed(claim, _in_words(claim, error))
        return self._verify(claim, delivery, "")

    # Ask

    def _doubtful(self) -> list[Claim]:
        """What the desk decided over while it was under way."""
        sites = self._reachable()
        with self._database.read() as work:
            return work.queue.in_doubt(work.now, sites) if sites else []

    def _ask(self, claim: Claim) -> list[Outcome]:
        """Find out whether an item in doubt has come through; no outcome where it has not."""
        try:
            delivery = delivery_of(claim, self._photos)
            site = self._site(claim.site)
            delivered = found_on(site, delivery)
            url = self._url_of(claim, delivery, delivered, site) if delivered else ""
        except DatabaseUnavailable:
            raise
        except EnvironmentFault as fault:
            self._leave_alone(claim.site, fault)
            return []
        except Exception as error:
            log.warning("item %s in doubt: %s", claim.item, _in_words(claim, error))
            delivered = None
        if delivered is None:
            with self._database.write() as work:
                work.queue.settle_doubt(claim, work.now, came_through=False)
            return []
        problem = _too_late()
        with self._database.write() as work:
            work.articles.lock(claim.article)
            work.queue.record_live(claim, work.now, delivery.article.published_at if delivery.article else None, url)
            if work.queue.settle_doubt(claim, work.now, came_through=True, problem=problem, url=url):
                self._record(work, claim, "delivered", detail=problem)
            work.articles.refresh_label(claim.article)
        return [_outcome(claim, QueueState.DELIVERED, problem=problem, url=url)]

    # The rest of a pass

    def _carry_reports(self, name: SiteName) -> None:
        try:
            self._reports.carry(name, self._site(name))
        except (DatabaseUnavailable, SchemaNewer):
            raise
        except EnvironmentFault as fault:
            self._leave_alone(name, fault)
        except Exception:  # readers' reports must not keep those of other sites from coming in
            log.exception("reports of site %s", name)
        else:
            self._well(name)

    def _leave_alone(self, name: SiteName, fault: EnvironmentFault) -> datetime:
        """Leave the whole site alone until the instant that is returned.

        One probe at a time, not one for every waiting article.
        """
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        pause = pause_after(fault, failures, self._chance())
        note("site-paused", level=logging.WARNING, site=name, seconds=round(pause.total_seconds(), 1), problem=fault)
        self._drop(name)
        with self._database.write() as work:
            again = self._paused[name] = work.now + pause
            work.health.trouble(SiteTrouble(name, self.name, str(fault), work.now, again))
        return again

    def _well(self, name: SiteName) -> None:
        """The site has answered."""
        if self._failures.pop(name, None) is not None:
            with self._database.write() as work:
                work.health.well(name, self.name)
            note("site-back", site=name)

    def _drop(self, name: SiteName) -> None:
        site = self._sites.pop(name, None)
        if site is not None:
            site.close()

    def _url_of(self, claim: Claim, delivery: Delivery, delivered: Delivered, site: Site) -> str:
        """Asked of the site while no transaction of the newsroom is open, which a site that hangs would hold."""
        if claim.payload.operation is not Operation.PUBLISH:
            return ""
        with self._database.read() as work:
            public = {one.name: one.public_url for one in work.records.sites()}.get(claim.site, "")
        return f"{public}{site.article_path(delivery, delivered.receipt.site_pk)}" if public else ""

    def _record(
        self, work: Work, claim: Claim, what: str, *, detail: str = "", item: QueueItemId | None = None
    ) -> None:
        work.activity.add(
            work.now, self.name, what, article=claim.article, queue_item=item or claim.item, detail=detail
        )


def _in_words(claim: Claim, error: Exception) -> str:
    """What a person is told of *error*; a poisoned item must not keep the others from going out."""
    if isinstance(error, NewsroomError):
        return str(error)
    log.error("item %s", claim.item, exc_info=error)
    return _("Ошибка программы: {error}.").format(error=f"{type(error).__name__}: {error}")


def _noted(outcome: Outcome) -> Outcome:
    """*outcome*, which the log has been told of."""
    failed = {QueueState.RETRYING, QueueState.NEEDS_PERSON}
    note(
        outcome.state.value,
        level=logging.WARNING if outcome.state in failed and outcome.problem else logging.INFO,
        site=outcome.site,
        article=outcome.article,
        item=outcome.item,
        operation=outcome.operation.value,
        due_at=outcome.due_at,
        headline=outcome.headline,
        url=outcome.url,
        problem=outcome.problem,
    )
    return outcome


def _too_late() -> str:
    return _("Решение опоздало: на сайте уже эта версия.")


def _outcome(claim: Claim, state: QueueState, *, problem: str = "", url: str = "") -> Outcome:
    return Outcome(
        item=claim.item,
        article=claim.article,
        site=claim.site,
        operation=claim.payload.operation,
        headline=claim.payload.content.headline if claim.payload.content else "",
        state=state,
        problem=problem,
        url=url,
        due_at=claim.due_at,
    )
