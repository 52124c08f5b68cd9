"""The adapter of WordPress: its own tables, written by an account that may only read and write rows.

One change and its receipt are one transaction, under a lock of the article (`newsroom.site.wordpress_receipts`). Files
of photos are written before it and removed after it. Whatever WordPress' own editor has changed is left alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import URL, text

from newsroom.domain.errors import EnvironmentFault, InvalidInput
from newsroom.domain.rehearsal import Rehearsal
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.states import Operation
from newsroom.site import wordpress_orphans
from newsroom.site import wordpress_rows as rows
from newsroom.site.attempts import despite_races, faults_in_words, has_moved_on, receipt_differences, settled
from newsroom.site.orphans import Orphan
from newsroom.site.port import Delivered, Delivery, Effect, Receipt, SitePhoto, SiteStep, Watcher
from newsroom.site.wordpress_change import Work, differences_of_photos, expected_now, publish, take_off
from newsroom.site.wordpress_options import Address, read_options
from newsroom.site.wordpress_photos import attachments_of, placed
from newsroom.site.wordpress_posts import OFF_THE_SITE, State, differences, refuse_impossible
from newsroom.site.wordpress_receipts import (
    Held,
    adopted_over,
    lock,
    read_receipt,
    receipts_after,
    receipts_of,
    write_receipt,
)
from newsroom.site.wordpress_rehearsal import column_changes
from newsroom.site.wordpress_reports import close_report, find_table, reports_after
from newsroom.site.wordpress_settings import WordPressSettings, settings_from
from newsroom.site.wordpress_tables import Tables
from newsroom.site.wordpress_terms import rubric_path
from newsroom.site.wordpress_uploads import RehearsedUploads, Uploads
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: In `Connection.info`: what the columns hold, where the tables were found in order over this connection.
_LIMITS = "newsroom_wordpress_limits"
#: In `Connection.info`: bytes that the server takes in one statement.
_PACKET = "newsroom_wordpress_packet"


def _utc_now() -> datetime:
    return datetime.now(UTC)


def wordpress_site(url: URL, options: Mapping[str, str]) -> "WordPressSite":
    """The site at *url* with the settings in *options*. Raises `InvalidInput`."""
    return WordPressSite(url, settings_from(options))


class WordPressSite:
    """A WordPress whose tables begin with the prefix of the settings."""

    transactional = True
    keeps_receipts = True

    def __init__(
        self, url: URL, settings: WordPressSettings | None = None, clock: Callable[[], datetime] = _utc_now
    ) -> None:
        """Nothing is connected yet. Raises `InvalidInput` where *url* is no MariaDB or MySQL."""
        if url.get_backend_name() not in ("mysql", "mariadb"):
            raise InvalidInput(_("WordPress хранит данные в MariaDB или MySQL: адрес начинается с mariadb://."))
        self._settings = settings or WordPressSettings()
        self._engine = open_engine(url)
        self._tables = Tables(self._settings.prefix)
        self._uploads = Uploads(self._settings.uploads)
        self._clock = clock

    def deliver(self, delivery: Delivery, watch: Watcher) -> Delivered:
        """As the port says. *watch* hears of the points inside and after the transaction only where it writes."""
        refuse_impossible(delivery)
        watch(SiteStep.BEFORE_TRANSACTION)
        with self._faults_in_words():
            delivered, leftovers = despite_races(lambda: self._deliver_once(delivery, watch))
        for file in leftovers:
            self._uploads.remove(file)
        if delivered.effect is Effect.APPLIED:
            watch(SiteStep.AFTER_COMMIT)
        return delivered

    def _deliver_once(self, delivery: Delivery, watch: Watcher) -> tuple[Delivered, tuple[str, ...]]:
        """The outcome, and the files that are to be removed now."""
        with self._working() as work, ExitStack() as locks:
            locks.enter_context(lock(work.connection, self._tables, delivery.article_uid))
            held = read_receipt(work.connection, self._tables, delivery.article_uid) or Held()
            if held.receipt and (effect := settled(held.receipt, delivery)):
                killed = held.receipt.operation is Operation.KILL
                return Delivered(effect, held.receipt), held.files if killed else ()
            known = adopted_over(held, delivery)
            if delivery.article is not None:
                written = publish(work, delivery, delivery.article, known, locks)
            else:
                written = take_off(work, delivery, known)
            # A kill goes over a higher sequence, as of a newsroom restored from an old backup, but never lowers it.
            sequence = max(delivery.sequence, held.receipt.sequence if held.receipt else delivery.sequence)
            receipt = write_receipt(
                work.connection,
                self._tables,
                delivery,
                post=written.post,
                sequence=sequence,
                state=written.state,
                files=written.files,
            )
            watch(SiteStep.INSIDE_TRANSACTION)
            work.connection.commit()
            return Delivered(Effect.APPLIED, receipt), written.dropped

    def rehearse(self, delivery: Delivery) -> Rehearsal:
        """What `deliver` would change, found by doing it and rolling back; no file is written. Raises as it does."""
        refuse_impossible(delivery)
        uploads = RehearsedUploads(self._settings.uploads)
        with self._faults_in_words(), self._working(uploads) as work, ExitStack() as locks:
            locks.enter_context(lock(work.connection, self._tables, delivery.article_uid))
            held = read_receipt(work.connection, self._tables, delivery.article_uid) or Held()
            if held.receipt and settled(held.receipt, delivery):
                return Rehearsal((), nothing=_("На сайте это или более новое изменение уже есть."))
            known = adopted_over(held, delivery)
            before = work.state(known.post)
            if delivery.article is not None:
                written = publish(work, delivery, delivery.article, known, locks)
            else:
                written = take_off(work, delivery, known)
            after = work.state(written.post)
            if after is None:
                return Rehearsal((), nothing=_("На сайте этой статьи нет."))
            changes = tuple(column_changes(work.connection, self._tables, written.post, before, after))
        return Rehearsal(changes, tuple(uploads.planned))

    def read_back(self, delivery: Delivery) -> list[str]:
        """As the port says. Files of photos are looked for, not compared: sites compress them."""
        with self._faults_in_words(), self._working() as work:
            held = read_receipt(work.connection, self._tables, delivery.article_uid) or Held()
            if problems := receipt_differences(held.receipt, delivery):
                return problems
            found = self._differences(work, delivery, held)
            # A later change may have been delivered before or between these reads.
            newest = read_receipt(work.connection, self._tables, delivery.article_uid) or Held()
            return [] if newest.receipt and has_moved_on(newest.receipt, delivery) else found

    def _differences(self, work: Work, delivery: Delivery, held: Held) -> list[str]:
        state, article = work.state(held.post), delivery.article
        if article is None:
            return self._still_there(delivery, held, state)
        if state is None:
            return [_("на сайте нет строки статьи")]
        present = work.attachments(held.post)
        if missing := differences_of_photos(work, article, present):
            return missing
        return differences(expected_now(work, article, present), state)

    def _still_there(self, delivery: Delivery, held: Held, state: State | None) -> list[str]:
        """What readers can still see of an article that is off the site."""
        found = []
        if state is not None and state.status not in OFF_THE_SITE:
            found.append(_("статья на сайте всё ещё видна"))
        if delivery.operation is Operation.KILL:
            if state is not None and (state.title or state.lead or state.content or state.photos):
                found.append(_("текст статьи на сайте остался"))
            left = [file for file in held.files if not self._settings.uploads or self._uploads.has(file)]
            if left:
                found.append(_("файлы фото не удалены: {names}").format(names=", ".join(left)))
        return found

    def article_path(self, delivery: Delivery, site_pk: str) -> str:  # noqa: ARG002 -- the post knows its address
        if not site_pk:
            return "/"
        with self._faults_in_words(), self._working() as work:
            state = work.state(int(site_pk))
            if state is None:
                return "/"
            by_rubric = "%category%" in work.options.permalinks
            path = rubric_path(work.connection, self._tables, int(site_pk)) if by_rubric else ()
            author = rows.nicename_of(work.connection, self._tables, state.author)
        published = datetime.fromisoformat(state.date_gmt).replace(tzinfo=UTC)
        return work.options.path(Address(int(site_pk), state.slug, published, path, author))

    def photo_address(self, photo: SitePhoto, site_pk: str) -> str:
        with self._faults_in_words(), self._working() as work:
            present = attachments_of(work.connection, self._tables, int(site_pk or 0))
            return next((placed(work.options, one).url for one in present if one.photo == photo.id and one.file), "")

    def receipts_after(self, cursor: str, limit: int) -> list[Receipt]:
        with self._faults_in_words(), self._working() as work:
            return receipts_after(work.connection, self._tables, cursor, limit)

    def receipts_of(self, uids: Collection[str]) -> list[Receipt]:
        with self._faults_in_words(), self._working() as work:
            return receipts_of(work.connection, self._tables, uids)

    def reports_after(self, cursor: str, limit: int) -> list[IncomingReport]:
        """As the port says, from the table of the plugin that the site has; WordPress itself has no place for them."""
        with self._faults_in_words(), self._working() as work:
            reports = find_table(work.connection, self._tables)
            if reports is None:
                return []
            return reports_after(work.connection, self._tables, reports, cursor, limit, work.options.zone)

    def close_report(self, site_report_id: str, state: ReportState) -> None:
        with self._faults_in_words(), self._working() as work:
            reports = find_table(work.connection, self._tables)
            if reports is not None:
                close_report(work.connection, reports, site_report_id, state, self._clock())

    def orphans(self, age: timedelta) -> list[Orphan]:
        with self._faults_in_words(), self._working() as work:
            return wordpress_orphans.orphans(work, work.now - age)

    def remove_orphan(self, orphan: Orphan, age: timedelta) -> bool:
        with self._faults_in_words():
            return despite_races(lambda: self._remove_once(orphan, age))

    def _remove_once(self, orphan: Orphan, age: timedelta) -> bool:
        with self._working() as work:
            return wordpress_orphans.remove(work, orphan, work.now - age)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _working(self, uploads: Uploads | None = None) -> Iterator[Work]:
        """A connection on which tables and rights were found in order, looked at once for each."""
        with self._engine.connect() as connection:
            if _LIMITS not in connection.info:
                limits = self._tables.check(connection)
                connection.info[_PACKET] = int(connection.execute(text("SELECT @@max_allowed_packet")).scalar_one())
                connection.info[_LIMITS] = limits
            yield Work(
                connection,
                self._tables,
                self._settings,
                uploads or self._uploads,
                read_options(connection, self._tables, self._settings.uploads_url),
                connection.info[_LIMITS],
                connection.info[_PACKET],
                self._clock(),
            )

    def _faults_in_words(self) -> AbstractContextManager[None]:
        return faults_in_words(self._what_differs)

    def _what_differs(self, error: Exception) -> str:
        # Other connections have found the former structure in order.
        self._engine.dispose()
        try:
            with faults_in_words(brief), self._engine.connect() as connection:
                found = self._tables.differences(connection)
        except EnvironmentFault:
            found = []
        return "; ".join(found) or brief(error)
