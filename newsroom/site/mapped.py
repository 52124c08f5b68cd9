"""The adapter of a site with tables of its own, as a description in one file (`newsroom.site.mapping`) tells of them.

A delivery is one transaction under a lock by the article's uid: what is there is compared with the receipt, the rows
are written, read back, compared with what was sent, and committed together with the receipt.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, text

from newsroom.domain.errors import InvalidInput, SiteRefused, SiteSchemaMismatch
from newsroom.domain.rehearsal import Rehearsal
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.site import mapped_orphans
from newsroom.site.attempts import despite_races, faults_in_words, has_moved_on, quoted_size, receipt_differences
from newsroom.site.mapped_change import Change
from newsroom.site.mapped_layout import Layout, facts_of, read_layout
from newsroom.site.mapped_ledger import Ledger
from newsroom.site.mapped_lock import Locks
from newsroom.site.mapped_pen import Pen
from newsroom.site.mapped_photos import PhotoFolder
from newsroom.site.mapped_receipts import create_receipts
from newsroom.site.mapped_reports import ReportTable
from newsroom.site.mapped_rows import context_of, misfits, publication
from newsroom.site.mapping import Mapping as Description
from newsroom.site.mapping import Place
from newsroom.site.mapping_file import read_mapping
from newsroom.site.orphans import Orphan
from newsroom.site.port import Delivered, Delivery, Effect, Receipt, SitePhoto, SiteStep, Watcher
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: In `Connection.info`: bytes that the server takes in one statement.
_PACKET = "newsroom_site_packet"


def _utc_now() -> datetime:
    return datetime.now(UTC)


def mapped_site(url: URL, options: Mapping[str, str]) -> "MappedSite":
    """The site at *url* as the file named by the option ``mapping`` describes it. Raises `InvalidInput`."""
    return MappedSite(url, read_mapping(mapping_file(options)))


def mapping_file(options: Mapping[str, str]) -> Path:
    """The file named in a site's settings. Raises `InvalidInput`."""
    if unknown := sorted(options.keys() - {"mapping"}):
        raise InvalidInput(_("Настройки {names} у сайта вида mapped нет.").format(names=", ".join(unknown)))
    if not options.get("mapping"):
        raise InvalidInput(_("Сайту вида mapped нужно описание: mapping = путь к файлу TOML."))
    return Path(options["mapping"])


def check_mapped(url: URL, options: Mapping[str, str]) -> list[str]:
    """What a person ought to know of the site, each a sentence. Raises as `newsroom.site.kinds.check_site`."""
    site = mapped_site(url, options)
    try:
        return site.check()
    finally:
        site.close()


def create_mapped(url: URL, options: Mapping[str, str]) -> None:
    """Create the table of receipts where the description wants one. Raises as `newsroom.site.kinds.create_site`."""
    mapping = read_mapping(mapping_file(options))
    engine = open_engine(url, create=False)
    try:
        with faults_in_words(brief):
            create_receipts(engine, mapping)
    finally:
        engine.dispose()


class MappedSite:
    """A site described by *mapping*; its tables exist, the table of receipts included."""

    def __init__(self, url: URL, mapping: Description, clock: Callable[[], datetime] = _utc_now) -> None:
        """Nothing is connected yet. *clock* gives the aware instants at which rows are written."""
        self._engine = open_engine(url, create=False)
        self._mapping = mapping
        self._clock = clock
        self._layout: Layout | None = None
        photos = mapping.photos
        self._folder = PhotoFolder(photos.folder) if photos and photos.folder else None
        self.transactional = not mapping.at_least_once
        self.keeps_receipts = mapping.receipts.place is not Place.NOWHERE

    def deliver(self, delivery: Delivery, watch: Watcher) -> Delivered:
        """As the port says. *watch* hears of the points inside and after the transaction only where it writes."""
        watch(SiteStep.BEFORE_TRANSACTION)
        with self._faults_in_words():
            delivered = despite_races(lambda: self._deliver_once(delivery, watch))
        if delivered.effect is Effect.APPLIED:
            watch(SiteStep.AFTER_COMMIT)
        return delivered

    def _deliver_once(self, delivery: Delivery, watch: Watcher) -> Delivered:
        with self._engine.connect() as connection:
            layout = self._checked(connection)
            self._refuse_too_large(connection, layout, delivery)
            change = Change(self._mapping, layout, Pen(connection, layout), delivery, self._clock())
            with _locks(connection) as locks:
                delivered = change.make(locks, self._folder)
                if delivered.effect is Effect.APPLIED:
                    watch(SiteStep.INSIDE_TRANSACTION)
                    connection.commit()
                return delivered

    def rehearse(self, delivery: Delivery) -> Rehearsal:
        """What `deliver` would change, found by doing it and rolling back; no file is written. Raises as it does."""
        with self._faults_in_words(), self._engine.connect() as connection:
            layout = self._checked(connection)
            self._refuse_too_large(connection, layout, delivery)
            if not layout.rolls_back:
                raise InvalidInput(_("У сайта есть таблицы без транзакций: пробу нельзя было бы откатить."))
            pen = Pen(connection, layout, records=True)
            with _locks(connection) as locks:
                delivered = Change(self._mapping, layout, pen, delivery, self._clock()).make(locks, None)
                if delivered.effect is not Effect.APPLIED:
                    return Rehearsal((), nothing=_("На сайте это или более новое изменение уже есть."))
                table = self._mapping.articles.table
                changes = tuple(sorted(pen.changes(), key=lambda change: change.table != table))
        photos = delivery.article.photos if delivery.article else ()
        files = tuple(photo.file_name for photo in photos if self._folder and self._folder.lacks(photo))
        return Rehearsal(changes, files, transactional=self.transactional)

    def check(self) -> list[str]:
        """What a person ought to know before publishing, each a sentence. Raises `SiteSchemaMismatch`."""
        with self._faults_in_words(), self._reading() as connection:
            self._checked(connection)
        remarks = []
        if not self.transactional:
            remarks.append(_("Транзакций или расписок у сайта нет: каждое изменение дойдёт как минимум один раз."))
        if self._folder and (why := self._folder.why_not_writable()):
            remarks.append(_("В папку фото не пишется: {why}.").format(why=why))
        return remarks

    def read_back(self, delivery: Delivery) -> list[str]:
        """As the port says. Without receipts only the row itself is compared."""
        with self._faults_in_words(), self._reading() as connection:
            layout = self._checked(connection)
            change = Change(self._mapping, layout, Pen(connection, layout), delivery, self._clock())
            held, row = change.both()
            if self.keeps_receipts and (held or row is not None or delivery.article):
                problems = receipt_differences(held.receipt if held else None, delivery)
                if problems or (held and has_moved_on(held.receipt, delivery)):
                    return problems
            differences = change.differences(row)
            if self._folder and delivery.article:
                for photo in delivery.article.photos:
                    if self._folder.lacks(photo):
                        differences.append(_("фото {name} на сайте нет").format(name=photo.file_name))
            # A later change may have been delivered between these reads.
            held, _row = change.both()
            return [] if held and has_moved_on(held.receipt, delivery) else differences

    def article_path(self, delivery: Delivery, site_pk: str) -> str:
        article, page = delivery.article, self._mapping.page
        if article is None:
            if not site_pk:
                return "/"
            with self._faults_in_words(), self._reading() as connection:
                return self._old_path(connection, delivery, site_pk)
        day = article.published_at.astimezone(self._mapping.zone)
        values = {
            "slug": article.slug,
            "key": site_pk,
            "rubric": article.rubric_slug,
            "year": f"{day:%Y}",
            "month": f"{day:%m}",
            "day": f"{day:%d}",
        }
        for name, value in values.items():
            page = page.replace(f"{{{name}}}", value)
        return page

    def _old_path(self, connection: Connection, delivery: Delivery, site_pk: str) -> str:
        """The page of what was taken off, as far as the site still tells its address."""
        layout, articles, page = self._checked(connection), self._mapping.articles, self._mapping.page
        change = Change(self._mapping, layout, Pen(connection, layout), delivery, self._clock())
        where = {articles.key: change.key_from(site_pk)}
        columns = (articles.slug,) if articles.slug else (articles.key,)
        row = Pen(connection, layout).first(articles.table, columns, where)
        page = page.replace("{key}", site_pk)
        if row and articles.slug:
            page = page.replace("{slug}", str(row[articles.slug]))
        return "/" if "{" in page else page

    def photo_address(self, photo: SitePhoto, site_pk: str) -> str:  # noqa: ARG002 -- the port's
        photos = self._mapping.photos
        return f"{photos.address}{photo.file_name}" if photos else ""

    def receipts_after(self, cursor: str, limit: int) -> list[Receipt]:
        with self._faults_in_words(), self._reading() as connection:
            return Ledger(connection, self._mapping, self._checked(connection)).after(cursor, limit)

    def receipts_of(self, uids: Collection[str]) -> list[Receipt]:
        with self._faults_in_words(), self._reading() as connection:
            return Ledger(connection, self._mapping, self._checked(connection)).of(uids)

    def reports_after(self, cursor: str, limit: int) -> list[IncomingReport]:
        """As the port says; none where the description names no table of reports."""
        if self._mapping.reports is None:
            return []
        with self._faults_in_words(), self._reading() as connection:
            table = ReportTable(self._mapping, self._mapping.reports, self._checked(connection))
            return table.after(connection, cursor, limit, self._clock())

    def close_report(self, site_report_id: str, state: ReportState) -> None:
        """As the port says; a report that the site has deleted needs no decision any more."""
        if self._mapping.reports is None:
            return
        with self._faults_in_words(), self._engine.begin() as connection:
            table = ReportTable(self._mapping, self._mapping.reports, self._checked(connection))
            table.close(connection, site_report_id, state, self._clock())

    def orphans(self, age: timedelta) -> list[Orphan]:
        """As the port says; only of files, for rows of photos may be shown by more than the description tells."""
        folder = self._folder
        if folder is None:
            raise InvalidInput(
                _("У этого сайта нет папки фото: они лежат в его таблицах, и что их ещё показывает, неизвестно.")
            )
        with self._faults_in_words(), self._reading() as connection:
            return mapped_orphans.orphans(connection, self._checked(connection), folder, self._clock() - age)

    def remove_orphan(self, orphan: Orphan, age: timedelta) -> bool:
        if self._folder is None:
            return False
        with self._faults_in_words(), self._reading() as connection:
            layout = self._checked(connection)
            return mapped_orphans.remove(connection, layout, self._folder, orphan, self._clock() - age)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that writes nothing, which SQLite lets run beside a writer."""
        with self._engine.connect().execution_options(newsroom_read=True) as connection:
            yield connection

    def _checked(self, connection: Connection) -> Layout:
        """The tables as they are at this moment. Raises `SiteSchemaMismatch` where they do not fit the description."""
        layout = self._layout
        if layout is None or facts_of(connection, self._mapping.schema, tuple(layout.tables)) != layout.facts:
            self._layout = None
            layout = read_layout(connection, self._mapping)
            if problems := list(misfits(self._mapping, layout)):
                raise SiteSchemaMismatch(
                    _("Снять статью с сайта по этому описанию нельзя, ничего не записано: {what}").format(
                        what=" ".join(dict.fromkeys(problems))
                    )
                )
            self._layout = layout
        return layout

    def _refuse_too_large(self, connection: Connection, layout: Layout, delivery: Delivery) -> None:
        """Raise `SiteRefused` for what the server does not take in one statement.

        MariaDB answers such a statement by dropping the connection, which would look like a fault that passes.
        """
        if layout.dialect not in ("mysql", "mariadb") or delivery.article is None:
            return
        if _PACKET not in connection.info:
            connection.info[_PACKET] = int(connection.execute(text("SELECT @@max_allowed_packet")).scalar_one())
        limit = connection.info[_PACKET]
        values = publication(self._mapping, layout, context_of(self._mapping, delivery, self._clock()), new=True).values
        parts = [(_("Статья"), "".join(str(value) for value in values.values()).encode("utf-8", "surrogatepass"))]
        if not self._folder:
            parts += [(_("Фото {name}").format(name=one.file_name), one.data) for one in delivery.article.photos]
        problems = [
            _(
                "{part} для базы сайта велика: {size} байт в одном запросе, а можно {limit} (max_allowed_packet)."
            ).format(part=part, size=size, limit=limit)
            for part, data in parts
            if (size := quoted_size(data)) > limit
        ]
        if problems:
            raise SiteRefused(*problems)

    def _faults_in_words(self) -> AbstractContextManager[None]:
        return faults_in_words(self._what_differs)

    def _what_differs(self, error: Exception) -> str:
        # Other connections may hold statements prepared for the former structure.
        self._engine.dispose()
        self._layout = None
        return brief(error)


@contextmanager
def _locks(connection: Connection) -> Iterator[Locks]:
    """Locks that end after the transaction has: one that was not committed is rolled back first."""
    locks = Locks(connection)
    try:
        yield locks
    finally:
        if not connection.closed and not connection.invalidated:
            connection.rollback()
            locks.release()
