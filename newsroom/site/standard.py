"""The adapter of the project's own site schema: one change and its receipt in one transaction of the site's database.

The receipt's row is the lock. Whoever delivers a change of an article first creates or locks it, so a second delivery
of the same article waits until the first has committed or is rolled back, a COMMIT under way included.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import URL, Connection, Executable

from newsroom.domain.errors import EnvironmentFault, SiteDiverged, SiteRefused, SiteSchemaMismatch
from newsroom.domain.ids import ArticleUid
from newsroom.domain.rehearsal import Rehearsal
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.states import Operation
from newsroom.site import standard_orphans
from newsroom.site import standard_statements as statements
from newsroom.site.attempts import (
    LostRace,
    despite_races,
    faults_in_words,
    has_moved_on,
    merge_hint,
    receipt_differences,
    settled,
)
from newsroom.site.orphans import Orphan
from newsroom.site.port import Delivered, Delivery, Effect, Receipt, SiteArticle, SitePhoto, SiteStep, Watcher
from newsroom.site.standard_rehearsal import Seen, column_changes
from newsroom.site.standard_rows import (
    TOMBSTONE,
    WITHDRAWN,
    Row,
    article_row,
    photo_row,
    refuse_too_large,
    refuse_what_does_not_fit,
    row_differences,
    row_hash,
)
from newsroom.site.standard_schema import schema_differences, tables_without_transactions
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: Sequence of a receipt that this very transaction has created: lower than any real one, never committed.
_NONE_YET: Final = -1
#: In `Connection.info`: the schema was found complete over this connection.
_CHECKED = "newsroom_site_checked"
#: In `Connection.info`: bytes that the server takes in one statement, where it has such a limit.
_PACKET = "newsroom_site_packet"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class StandardSite:
    """A site with the tables of `newsroom.site.standard_schema`, which must exist."""

    transactional = True
    keeps_receipts = True

    def __init__(self, url: URL, clock: Callable[[], datetime] = _utc_now) -> None:
        """Nothing is connected yet. *clock* gives the aware instants at which rows are written."""
        self._engine = open_engine(url, create=False)
        self._dialect = url.get_backend_name()
        self._clock = clock

    def deliver(self, delivery: Delivery, watch: Watcher) -> Delivered:
        """As the port says. *watch* hears of the points inside and after the transaction only where it writes."""
        refuse_what_does_not_fit(delivery)
        watch(SiteStep.BEFORE_TRANSACTION)
        with self._faults_in_words():
            delivered = despite_races(lambda: self._deliver_once(delivery, watch))
        if delivered.effect is Effect.APPLIED:
            watch(SiteStep.AFTER_COMMIT)
        return delivered

    def _deliver_once(self, delivery: Delivery, watch: Watcher) -> Delivered:
        with self._engine.connect() as connection:
            self._check(connection, delivery)
            delivered = self._change(connection, delivery)
            if delivered.effect is Effect.APPLIED:
                watch(SiteStep.INSIDE_TRANSACTION)
                connection.commit()
            return delivered

    def _change(self, connection: Connection, delivery: Delivery) -> Delivered:
        """Decide under the receipt's lock, and write. Nothing is committed here."""
        now = self._clock()
        held = self._lock_receipt(connection, delivery, now)
        receipt = None if _is_new(held) else _receipt(held)
        if receipt and (effect := settled(receipt, delivery)):
            return Delivered(effect, receipt)
        row = _first(connection, statements.LOCK_ARTICLE, uid=delivery.article_uid)
        known = _known(held, delivery)
        if delivery.operation is Operation.PUBLISH:
            site_pk, written_hash = self._publish(connection, delivery, known, row, now)
        else:
            site_pk, written_hash = self._take_off(connection, delivery, known, row, now)
        # A kill goes over a higher sequence, as of a newsroom restored from an old backup, but never lowers it.
        sequence = max(delivery.sequence, held["sequence"])
        values = _receipt_row(delivery, site_pk, written_hash, now) | {"sequence": sequence}
        connection.execute(statements.UPDATE_RECEIPT, values | {"uid": delivery.article_uid})
        return Delivered(Effect.APPLIED, _receipt(values))

    def _lock_receipt(self, connection: Connection, delivery: Delivery, now: datetime) -> Row:
        """The article's receipt, locked until the transaction ends; created where there was none."""
        values = _receipt_row(delivery, "", "", now) | {"sequence": _NONE_YET, "hash": ""}
        connection.execute(statements.INSERT_RECEIPT[self._dialect], values)
        return dict(connection.execute(statements.LOCK_RECEIPT, {"uid": delivery.article_uid}).mappings().one())

    def _publish(
        self, connection: Connection, delivery: Delivery, held: Row, row: Row | None, now: datetime
    ) -> tuple[str, str]:
        """Write the article; returns its primary key and the hash of its row."""
        article = delivery.article
        if article is None:
            raise ValueError("a publication needs an article")
        _refuse_foreign_hands(held, row)
        if other := _first(connection, statements.SLUG_TAKEN, slug=article.slug, uid=delivery.article_uid):
            raise SiteRefused(
                _("Адрес «{slug}» на сайте занят другой статьёй: «{headline}». Смените адрес статьи.").format(
                    slug=article.slug, headline=other["headline"] or other["uid"]
                )
            )
        self._write_rubric(connection, article)
        self._write_photos(connection, article.photos, now)
        values = article_row(article, delivery.revision) | {"updated_at": now}
        if row is None:
            inserted = connection.execute(statements.INSERT_ARTICLE, values | {"uid": delivery.article_uid})
            assert inserted.inserted_primary_key is not None
            (key,) = inserted.inserted_primary_key
        else:
            key = row["id"]
            connection.execute(statements.UPDATE_ARTICLE, values | {"key": key})
        self._show_photos(connection, key, [photo.id for photo in article.photos])
        return str(key), row_hash(values)

    def _take_off(
        self, connection: Connection, delivery: Delivery, held: Row, row: Row | None, now: datetime
    ) -> tuple[str, str]:
        """Withdraw or kill; an article without a row, never delivered or deleted since, is off the site already."""
        if row is None:
            return held["site_pk"], held["row_hash"]
        untouched = _is_new(held) or row_hash(row) == held["row_hash"]
        changes = TOMBSTONE if delivery.operation is Operation.KILL else WITHDRAWN
        values = {**row, **changes, "revision": delivery.revision, "updated_at": now}
        connection.execute(
            statements.UPDATE_ARTICLE,
            {name: value for name, value in values.items() if name not in ("id", "uid")} | {"key": row["id"]},
        )
        if delivery.operation is Operation.KILL:
            self._show_photos(connection, row["id"], [])
        # A row that somebody edited keeps the old hash, so that its return is not taken for ours.
        return str(row["id"]), row_hash(values) if untouched else held["row_hash"]

    def _write_rubric(self, connection: Connection, article: SiteArticle) -> None:
        """Write the rubric only where it is new or renamed, so that deliveries do not queue for its row."""
        title = connection.execute(statements.RUBRIC_TITLE, {"slug": article.rubric_slug}).scalar_one_or_none()
        if title is None:
            position = connection.execute(statements.NEXT_RUBRIC_POSITION).scalar_one()
            connection.execute(
                statements.INSERT_RUBRIC[self._dialect],
                {"slug": article.rubric_slug, "title": article.rubric_title, "position": position},
            )
        elif title != article.rubric_title:
            connection.execute(statements.RENAME_RUBRIC, {"key": article.rubric_slug, "title": article.rubric_title})

    def _write_photos(self, connection: Connection, photos: tuple[SitePhoto, ...], now: datetime) -> None:
        """Insert the photos that the site lacks, in one order everywhere, so that two deliveries cannot deadlock."""
        if not photos:
            return
        wanted = {"ids": [photo.id for photo in photos]}
        present = {found.id for found in connection.execute(statements.LOCK_PHOTO_SIZES, wanted)}
        for photo in sorted(photos, key=lambda photo: photo.id):
            if photo.id not in present:
                connection.execute(statements.INSERT_PHOTO[self._dialect], photo_row(photo) | {"added_at": now})
        sizes = {found.id: found.size for found in connection.execute(statements.LOCK_PHOTO_SIZES, wanted)}
        for photo in photos:
            if photo.id not in sizes:
                if _first(connection, statements.PHOTO_OF_FILE, file_name=photo.file_name):
                    raise SiteRefused(_("Имя файла «{name}» на сайте занято другим фото.").format(name=photo.file_name))
                raise LostRace(_("Фото {name} на сайте меняет кто-то ещё.").format(name=photo.file_name))
            if sizes[photo.id] != len(photo.data):
                raise SiteDiverged(
                    _("Фото {name} на сайте не то, что было отправлено: {found} байт вместо {sent}.").format(
                        name=photo.file_name, found=sizes[photo.id], sent=len(photo.data)
                    )
                )

    def _show_photos(self, connection: Connection, article: int, ids: list[str]) -> None:
        """Make *ids* the photos of the article, and remove the photos that no article shows any more."""
        before = list(connection.execute(statements.PHOTOS_OF_ARTICLE, {"key": article}).scalars())
        if before == ids:
            return
        dropped = sorted(set(before) - set(ids))
        if dropped:
            # Of two articles that drop one photo at once, the later has to see that it was the last to show it.
            connection.execute(statements.LOCK_PHOTOS, {"ids": dropped}).all()
        connection.execute(statements.FORGET_PHOTOS, {"key": article})
        if ids:
            connection.execute(
                statements.SHOW_PHOTO,
                [{"article_id": article, "photo_id": id_, "position": place} for place, id_ in enumerate(ids)],
            )
        if dropped:
            connection.execute(statements.REMOVE_UNUSED_PHOTOS, {"ids": dropped})

    def rehearse(self, delivery: Delivery) -> Rehearsal:
        """What `deliver` would change, found by doing it and rolling back. Raises as it does."""
        refuse_what_does_not_fit(delivery)
        with self._faults_in_words(), self._engine.connect() as connection:
            self._check(connection, delivery)
            before = self._seen(connection, delivery)
            delivered = self._change(connection, delivery)
            after = self._seen(connection, delivery)
            connection.rollback()
        if delivered.effect is not Effect.APPLIED:
            return Rehearsal((), nothing=_("На сайте это или более новое изменение уже есть."))
        return Rehearsal(tuple(column_changes(before, after)))

    def _seen(self, connection: Connection, delivery: Delivery) -> Seen:
        """The rows of the delivery's article as they are now in this transaction."""
        row = _first(connection, statements.ARTICLE, uid=delivery.article_uid)
        slug = delivery.article.rubric_slug if delivery.article else ""
        return Seen(
            article=row or {},
            rubric=connection.execute(statements.RUBRIC_TITLE, {"slug": slug}).scalar_one_or_none() or "",
            photos=tuple(connection.execute(statements.FILES_OF_ARTICLE, {"key": row["id"] if row else 0}).scalars()),
        )

    def read_back(self, delivery: Delivery) -> list[str]:
        """As the port says. The title of a rubric belongs to all its articles and is not compared."""
        with self._faults_in_words(), self._reading() as connection:
            held = self._held(connection, delivery)
            if problems := receipt_differences(held, delivery):
                return problems
            row = _first(connection, statements.ARTICLE, uid=delivery.article_uid)
            differences = self._differences(connection, delivery, row)
            # A later change may have been delivered before or between these reads.
            held = self._held(connection, delivery)
            return [] if held and has_moved_on(held, delivery) else differences

    def _held(self, connection: Connection, delivery: Delivery) -> Receipt | None:
        row = _first(connection, statements.RECEIPT, uid=delivery.article_uid)
        return _receipt(row) if row else None

    def _differences(self, connection: Connection, delivery: Delivery, row: Row | None) -> list[str]:
        article = delivery.article
        if article is None:
            if row is None:
                return []
            return row_differences(TOMBSTONE if delivery.operation is Operation.KILL else WITHDRAWN, row)
        if row is None:
            return [_("на сайте нет строки статьи")]
        differences = row_differences(article_row(article, delivery.revision), row)
        shown = list(connection.execute(statements.PHOTOS_OF_ARTICLE, {"key": row["id"]}).scalars())
        if shown != [photo.id for photo in article.photos]:
            differences.append(_("набор фото на сайте другой"))
        for photo in article.photos:
            # One at a time: an article may carry tens of megabytes.
            found = _first(connection, statements.PHOTO, id=photo.id)
            if found is None:
                differences.append(_("фото {name} на сайте нет").format(name=photo.file_name))
            elif sha256(found["data"]).digest() != sha256(photo.data).digest() or any(
                found[name] != value for name, value in photo_row(photo).items() if name != "data"
            ):
                differences.append(_("фото {name} на сайте другое").format(name=photo.file_name))
        return differences

    def article_path(self, delivery: Delivery, site_pk: str) -> str:
        if delivery.article is not None:
            return f"/article/{delivery.article.slug}"
        if not site_pk:
            return "/"
        with self._faults_in_words(), self._reading() as connection:
            slug = connection.execute(statements.SLUG, {"key": int(site_pk)}).scalar_one_or_none()
            return f"/article/{slug}" if slug else "/"

    def photo_address(self, photo: SitePhoto, site_pk: str) -> str:  # noqa: ARG002 -- the port's
        return f"/photos/{photo.file_name}"

    def receipts_after(self, cursor: str, limit: int) -> list[Receipt]:
        with self._faults_in_words(), self._reading() as connection:
            found = connection.execute(statements.RECEIPTS_AFTER, {"cursor": cursor, "limit": limit}).mappings()
            return [_receipt(dict(row)) for row in found]

    def receipts_of(self, uids: Collection[str]) -> list[Receipt]:
        with self._faults_in_words(), self._reading() as connection:
            found = connection.execute(statements.RECEIPTS_OF, {"uids": list(uids)}).mappings()
            return [_receipt(dict(row)) for row in found]

    def reports_after(self, cursor: str, limit: int) -> list[IncomingReport]:
        """As the port says.

        Numbers are given when a report is inserted, but seen when it is committed. So that none slips in behind the
        cursor, reports being inserted at this moment are waited for.
        """
        with self._faults_in_words(), self._reading() as connection:
            if self._dialect in statements.AWAIT_REPORTS:
                connection.execute(statements.AWAIT_REPORTS[self._dialect])
            after = {"cursor": int(cursor or 0), "limit": limit}
            found = connection.execute(statements.REPORTS_AFTER[self._dialect], after)
            return [
                IncomingReport(
                    site_report_id=str(row.id),
                    article_uid=row.article_uid,
                    page_url=row.page_url,
                    before=row.before_text,
                    selected=row.selected_text,
                    after=row.after_text,
                    comment=row.comment,
                    reported_at=row.created_at,
                )
                for row in found
            ]

    def close_report(self, site_report_id: str, state: ReportState) -> None:
        """As the port says; a report that the site has deleted needs no decision any more."""
        values = {"key": int(site_report_id), "state": state.for_site.value}
        with self._faults_in_words(), self._engine.begin() as connection:
            connection.execute(
                statements.CLOSE_REPORT, values | {"closed_at": None if state.is_open else self._clock()}
            )

    def orphans(self, age: timedelta) -> list[Orphan]:
        with self._faults_in_words(), self._reading() as connection:
            return standard_orphans.orphans(connection, self._clock() - age)

    def remove_orphan(self, orphan: Orphan, age: timedelta) -> bool:
        with self._faults_in_words():
            return despite_races(lambda: self._remove_once(orphan, age))

    def _remove_once(self, orphan: Orphan, age: timedelta) -> bool:
        with self._engine.begin() as connection:
            return standard_orphans.remove(connection, orphan, self._clock() - age)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that writes nothing, which SQLite lets run beside a writer."""
        with self._engine.connect().execution_options(newsroom_read=True) as connection:
            yield connection

    def _check(self, connection: Connection, delivery: Delivery) -> None:
        """Whether the tables, found once per connection, and the size of the parts allow the change."""
        if _CHECKED not in connection.info:
            for probe in statements.PROBES:
                connection.execute(probe)
            if unsound := list(tables_without_transactions(connection)):
                raise SiteSchemaMismatch(_("Ничего не записано: {what}.").format(what="; ".join(unsound)))
            if self._dialect in ("mysql", "mariadb"):
                connection.info[_PACKET] = int(connection.execute(statements.MAX_PACKET).scalar_one())
            connection.info[_CHECKED] = True
        if (limit := connection.info.get(_PACKET)) and delivery.article is not None:
            refuse_too_large(delivery.article, limit)

    def _faults_in_words(self) -> AbstractContextManager[None]:
        return faults_in_words(self._what_differs)

    def _what_differs(self, error: Exception) -> str:
        # Other connections may hold statements prepared for the former structure.
        self._engine.dispose()
        try:
            differences = schema_differences(self._engine)
        except EnvironmentFault:
            differences = []
        return "; ".join(differences) or brief(error)


def _first(connection: Connection, statement: Executable, **values: Any) -> dict[str, Any] | None:
    row = connection.execute(statement, values).mappings().first()
    return None if row is None else dict(row)


def _receipt_row(delivery: Delivery, site_pk: str, written_hash: str, now: datetime) -> dict[str, Any]:
    return {
        "article_uid": delivery.article_uid,
        "site_pk": site_pk,
        "operation": delivery.operation.value,
        "sequence": delivery.sequence,
        "revision": delivery.revision,
        "hash": delivery.hash,
        "row_hash": written_hash,
        "epoch": delivery.epoch,
        "written_at": now,
    }


def _receipt(row: Row) -> Receipt:
    return Receipt(
        article_uid=ArticleUid(row["article_uid"]),
        site_pk=row["site_pk"],
        operation=Operation(row["operation"]),
        sequence=row["sequence"],
        revision=row["revision"],
        hash=row["hash"],
        epoch=row["epoch"],
    )


def _is_new(held: Row) -> bool:
    return bool(held["sequence"] == _NONE_YET)


def _known(held: Row, delivery: Delivery) -> Row:
    """What the article's row is held against: the receipt, or what was adopted after it."""
    adopted = delivery.adopted_after(0 if _is_new(held) else held["sequence"])
    if adopted is None:
        return held
    return {**held, "site_pk": adopted.site_pk, "row_hash": adopted.state, "sequence": adopted.sequence}


def _refuse_foreign_hands(held: Row, row: Row | None) -> None:
    """Raise `SiteDiverged` where somebody deleted or edited the row that the receipt speaks of.

    Without a receipt a row with our identifier is ours, so deleting the receipt is how a person says "write anyway".
    """
    if _is_new(held) or not held["site_pk"]:
        return
    if row is None or str(row["id"]) != held["site_pk"]:
        problem = _("Статью удалили с сайта в обход редакции; сама она не вернётся.")
    elif row_hash(row) != held["row_hash"]:
        problem = _("Статью на сайте правили в обход редакции; чужая правка не затёрта.")
    else:
        return
    if not held["sequence"]:  # there is no receipt: the row was adopted
        raise SiteDiverged(problem, *merge_hint(row is not None))
    way_out = _(
        "Чтобы всё же опубликовать её отсюда, удалите в базе сайта строку {uid} таблицы newsroom_receipt и повторите."
    )
    raise SiteDiverged(problem, *merge_hint(row is not None), way_out.format(uid=held["article_uid"]))
