"""One pass over the queue: claim, deliver, settle, verify, and bring in what readers reported.

The site's receipt makes a repeated delivery harmless, so whatever this process does not get to write down after the
site has committed is simply done again by the next one.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
from newsroom.publishing.settling import Reading, Settlement, record, too_late
from newsroom.site.port import Delivered, Delivery, Effect, Site, SiteStep
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
    READ_BACK = "read-back"
    SETTLED = "settled"


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
        #: Taken together with the last settlement, and not delivered yet.
        self._taken: Claim | None = None

    def run_once(self, go_on: Callable[[], bool] = lambda: True) -> list[Outcome]:
        """Deliver everything that is due, read back what was not, bring in reports.

        Between any two of these it stops where *go_on* says no, and gives back what it has claimed and not begun to
        carry. Raises `DatabaseUnavailable`, `SchemaNewer`.
        """
        self._go_on = go_on
        outcomes = []
        self.alive.show()
        while (claim := self._next_claim()) is not None:
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

    def _next_claim(self) -> Claim | None:
        """None where nothing is due, or the pass is to end."""
        claim, self._taken = self._taken, None
        if claim is None and self._go_on() and self._reachable():
            with self._database.write() as work:
                claim = self._take(work)
            if claim is not None:
                self._watch(Step.CLAIMED)
        return claim

    def _take(self, work: Work) -> Claim | None:
        claim = work.queue.claim(self.name, work.now, LEASE, self._reachable(work.now))
        if claim is not None:
            record(work, claim, self.name, "delivering")
            work.articles.refresh_label(claim.article)
        return claim

    @contextmanager
    def _settling(self, claim: Claim, *, go_on: bool = False) -> Iterator[Settlement]:
        """A transaction under the lock of the article. To *go on*, the next is claimed in it: commits are what costs.

        A claim that is lost with this process, or that waits for the next pass, is covered by its lease and its epoch.
        """
        with self._database.write() as work:
            work.articles.lock(claim.article)
            yield Settlement(work, claim, self.name)
            work.articles.refresh_label(claim.article)
            taken = self._take(work) if go_on and self._go_on() else None
        self._taken = taken
        if taken is not None:
            self._watch(Step.CLAIMED)

    def _reachable(self, now: datetime | None = None) -> list[SiteName]:
        """Sites that are not being left alone after a fault, at the instant *now* of the database."""
        if not self._paused:
            return list(self._connect)
        if now is None:
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
            url = _url_of(claim, delivery, delivered, site)
        except Revoked:
            return self._left(claim)
        except DatabaseUnavailable:
            raise
        except EnvironmentFault as fault:
            return self._retry(claim, fault)
        except Exception as error:
            return self._failed(claim, _in_words(claim, error))
        self._well(claim.site)
        if delivered.effect is Effect.SUPERSEDED:
            with self._settling(claim, go_on=True) as settlement:
                reading = settlement.superseded(delivered.receipt, url)
        else:
            reading = self._read_back(claim, delivery)
            self._watch(Step.READ_BACK)
            with self._settling(claim, go_on=True) as settlement:
                settlement.delivered(delivery, url, reading)
        self._watch(Step.SETTLED)
        return _outcome(claim, reading.state, problem=reading.problem, url=url)

    def _give_back(self, claim: Claim) -> Outcome:
        with self._settling(claim) as settlement:
            state = settlement.given_back()
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

    def _retry(self, claim: Claim, fault: EnvironmentFault) -> Outcome:
        again = self._leave_alone(claim.site, fault)
        with self._settling(claim, go_on=True) as settlement:
            settlement.retrying(str(fault), again)
        return _outcome(claim, QueueState.RETRYING, problem=str(fault))

    def _failed(self, claim: Claim, problem: str) -> Outcome:
        with self._settling(claim, go_on=True) as settlement:
            settlement.needs_person(problem)
        return _outcome(claim, QueueState.NEEDS_PERSON, problem=problem)

    # Verify

    def _read_back(self, claim: Claim, delivery: Delivery) -> Reading:
        try:
            differences = self._site(claim.site).read_back(delivery)
        except DatabaseUnavailable:
            raise
        except EnvironmentFault as fault:
            return Reading(QueueState.DELIVERED, str(fault), self._leave_alone(claim.site, fault))
        except Exception as error:
            return Reading(QueueState.NEEDS_PERSON, _in_words(claim, error))
        if differences:
            problem = _("На сайте не то, что отправлено: {what}").format(what="; ".join(differences))
            return Reading(QueueState.NEEDS_PERSON, problem)
        return Reading(QueueState.VERIFIED)

    def _left_over(self) -> list[Claim]:
        """What was delivered and could not be read back then."""
        sites = self._reachable()
        with self._database.read() as work:
            return work.queue.unverified(work.now, sites) if sites else []

    def _verify_left_over(self, claim: Claim) -> Outcome:
        try:
            delivery = delivery_of(claim, self._photos)
        except EnvironmentFault as fault:
            reading = Reading(QueueState.DELIVERED, str(fault), self._leave_alone(claim.site, fault))
        except Exception as error:
            reading = Reading(QueueState.NEEDS_PERSON, _in_words(claim, error))
        else:
            reading = self._read_back(claim, delivery)
        with self._settling(claim) as settlement:
            settlement.read_back(reading)
        return _outcome(claim, reading.state, problem=reading.problem)

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
            url = _url_of(claim, delivery, delivered, site) if delivered else ""
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
        with self._settling(claim) as settlement:
            settlement.came_through(delivery, url)
        return [_outcome(claim, QueueState.DELIVERED, problem=too_late(), url=url)]

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


def _url_of(claim: Claim, delivery: Delivery, delivered: Delivered, site: Site) -> str:
    """Asked of the site while no transaction of the newsroom is open, which a site that hangs would hold."""
    if claim.payload.operation is not Operation.PUBLISH or not claim.public_url:
        return ""
    return f"{claim.public_url}{site.article_path(delivery, delivered.receipt.site_pk)}"


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
