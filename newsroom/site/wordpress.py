"""The adapter of WordPress: its own tables, written by an account that may only read and write rows.

One change and its receipt are one transaction, under a lock of the article (`newsroom.site.wordpress_receipts`). Files
of photos are written before it and removed after it. Whatever WordPress' own editor has changed is left alone.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import URL, Connection, text

from newsroom.domain.errors import EnvironmentFault, InvalidInput, SiteDiverged
from newsroom.domain.ids import PhotoId
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.states import Operation
from newsroom.site import wordpress_rows as rows
from newsroom.site.attempts import (
    despite_races,
    faults_in_words,
    has_moved_on,
    receipt_differences,
    settled,
)
from newsroom.site.port import Delivered, Delivery, Effect, SiteArticle, SitePhoto, SiteStep, Watcher
from newsroom.site.wordpress_options import Address, SiteOptions, read_options
from newsroom.site.wordpress_photos import (
    Attachment,
    attachments_of,
    drop_attachments,
    insert_attachment,
    placed,
    reword_attachment,
)
from newsroom.site.wordpress_posts import (
    PUBLISHED,
    WITHDRAWN,
    State,
    differences,
    expected_state,
    field_names,
    refuse_impossible,
    refuse_what_does_not_fit,
)
from newsroom.site.wordpress_receipts import Held, key_of, lock, read_receipt, write_receipt
from newsroom.site.wordpress_settings import WordPressSettings
from newsroom.site.wordpress_tables import Limits, Tables
from newsroom.site.wordpress_terms import find_rubric, find_tags, make_tags, rubric_path, terms_of, tie
from newsroom.site.wordpress_text import Picture, Placed, pictures_of
from newsroom.site.wordpress_uploads import Uploads, file_name
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief
from newsroom.words import _

#: In `Connection.info`: what the columns hold, where the tables were found in order over this connection.
_LIMITS = "newsroom_wordpress_limits"
#: In `Connection.info`: bytes that the server takes in one statement.
_PACKET = "newsroom_wordpress_packet"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Written:
    """What a change has left on the site."""

    post: int
    state: str
    #: Photos of the article now, and those that are to be removed after the commit.
    files: tuple[str, ...]
    dropped: tuple[str, ...] = ()


class WordPressSite:
    """A WordPress whose tables begin with the prefix of the settings."""

    transactional = True

    def __init__(
        self, url: URL, settings: WordPressSettings | None = None, clock: Callable[[], datetime] = _utc_now
    ) -> None:
        """Nothing is connected yet. Raises `InvalidInput` where *url* is no MariaDB or MySQL, or *settings* are not
        fit."""
        if url.get_backend_name() not in ("mysql", "mariadb"):
            raise InvalidInput(_("WordPress хранит данные в MariaDB или MySQL: адрес начинается с mariadb://."))
        self._settings = settings or WordPressSettings()
        self._settings.check()
        self._engine = open_engine(url)
        self._tables = Tables(self._settings.prefix)
        self._uploads = Uploads(self._settings.uploads)
        self._fields = field_names(self._settings)
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
        with self._engine.connect() as connection, ExitStack() as locks:
            self._check(connection)
            locks.enter_context(lock(connection, self._tables, delivery.article_uid))
            held = read_receipt(connection, self._tables, delivery.article_uid) or Held()
            if held.receipt and (effect := settled(held.receipt, delivery)):
                killed = held.receipt.operation is Operation.KILL
                return Delivered(effect, held.receipt), held.files if killed else ()
            now = self._clock()
            options = read_options(connection, self._tables, self._settings.uploads_url)
            if delivery.article is not None:
                written = self._publish(connection, delivery, delivery.article, held, options, now, locks)
            else:
                written = self._take_off(connection, delivery, held, options, now)
            # A kill goes over a higher sequence, as of a newsroom restored from an old backup, but never lowers it.
            sequence = max(delivery.sequence, held.receipt.sequence if held.receipt else delivery.sequence)
            receipt = write_receipt(
                connection,
                self._tables,
                delivery,
                post=written.post,
                sequence=sequence,
                state=written.state,
                files=written.files,
            )
            watch(SiteStep.INSIDE_TRANSACTION)
            connection.commit()
            return Delivered(Effect.APPLIED, receipt), written.dropped

    # Publish

    def _publish(
        self,
        connection: Connection,
        delivery: Delivery,
        article: SiteArticle,
        held: Held,
        options: SiteOptions,
        now: datetime,
        locks: ExitStack,
    ) -> _Written:
        before = rows.read_state(connection, self._tables, held.post, self._fields, lock=True) if held.post else None
        _refuse_foreign_hands(self._tables, delivery, held, before)
        if before is not None:
            rows.refuse_open_editor(connection, self._tables, held.post)
        rubric = find_rubric(connection, self._tables, article)
        author = rows.find_author(connection, self._tables, self._settings.author, article.byline)
        pictures = pictures_of(article)
        present = self._present(connection, held.post if before else 0)
        files = {photo.id: self._file_of(photo, present, article, delivery, options) for photo in article.photos}
        planned = {
            photo: Placed(present[photo].id if photo in present else 0, f"{options.uploads_url}/{file}")
            for photo, file in files.items()
        }
        likely = expected_state(
            article,
            options,
            self._settings,
            author=author.id,
            terms={rubric},
            pictures=pictures,
            placed=planned,
        )
        refuse_what_does_not_fit(likely, article.tags, connection.info[_LIMITS], connection.info[_PACKET])
        # Once before the files are written, and again when nobody else can take it any more.
        rows.refuse_taken_slug(connection, self._tables, article.slug, held.post)
        self._write_files(article, files, present)
        locks.enter_context(lock(connection, self._tables, "names"))
        rows.refuse_taken_slug(connection, self._tables, article.slug, held.post)
        post = held.post if before else rows.insert_post(connection, self._tables, options, author.id, now)
        shown = self._attach(connection, options, pictures, files, present, post=post, author=author.id, now=now)
        terms = {rubric} | make_tags(connection, self._tables, article.tags)
        state = expected_state(
            article,
            options,
            self._settings,
            author=author.id,
            terms=terms,
            pictures=pictures,
            placed={photo: placed(options, attachment) for photo, attachment in shown.items()},
        )
        self._write_post(connection, options, post, state, now)
        tie(connection, self._tables, post, terms, recount=before is None or before.status != PUBLISHED)
        if before is not None:
            rows.keep_old_address(connection, self._tables, post, before, state)
        gone = [attachment for photo, attachment in present.items() if photo not in shown]
        drop_attachments(connection, self._tables, gone)
        return _Written(
            post,
            self._state_hash(connection, post),
            tuple(sorted(files.values())),
            tuple(attachment.file for attachment in gone),
        )

    def _present(self, connection: Connection, post: int) -> dict[PhotoId, Attachment]:
        """The photos that a post has."""
        found = attachments_of(connection, self._tables, post) if post else []
        return {attachment.photo: attachment for attachment in found}

    def _file_of(
        self,
        photo: SitePhoto,
        present: dict[PhotoId, Attachment],
        article: SiteArticle,
        delivery: Delivery,
        options: SiteOptions,
    ) -> str:
        """Where the photo's file is, or will be, relative to the uploads."""
        if known := present.get(photo.id):
            return known.file
        name = file_name(photo, delivery.article_uid)
        return f"{options.local(article.published_at):%Y/%m}/{name}" if options.by_month else name

    def _write_files(self, article: SiteArticle, files: dict[PhotoId, str], present: dict[PhotoId, Attachment]) -> None:
        self._uploads.refuse_without_folder(article.photos)
        for photo in article.photos:
            self._uploads.put(files[photo.id], photo.data, known=photo.id in present)

    def _attach(
        self,
        connection: Connection,
        options: SiteOptions,
        pictures: list[Picture],
        files: dict[PhotoId, str],
        present: dict[PhotoId, Attachment],
        *,
        post: int,
        author: int,
        now: datetime,
    ) -> dict[PhotoId, Attachment]:
        """The attachments of the pictures, made or given new words."""
        shown = {}
        for picture in pictures:
            photo = picture.photo.id
            if photo in present:
                shown[photo] = present[photo]
                reword_attachment(connection, self._tables, options, present[photo], picture, now)
            else:
                shown[photo] = insert_attachment(
                    connection, self._tables, options, picture, post=post, file=files[photo], author=author, now=now
                )
        return shown

    def _write_post(self, connection: Connection, options: SiteOptions, post: int, state: State, now: datetime) -> None:
        values = dict.fromkeys(self._fields, "") | dict(state.fields) | {rows.THUMBNAIL: state.thumbnail}
        rows.write_meta(connection, self._tables, post, values)
        rows.update_post(
            connection,
            self._tables,
            post,
            options,
            now,
            post_author=state.author,
            post_date=state.date,
            post_date_gmt=state.date_gmt,
            post_title=state.title,
            post_excerpt=state.lead,
            post_content=state.content,
            post_name=state.slug,
            post_status=state.status,
        )

    def _state_hash(self, connection: Connection, post: int) -> str:
        state = rows.read_state(connection, self._tables, post, self._fields)
        return state.hash if state else ""

    # Withdraw and kill

    def _take_off(
        self, connection: Connection, delivery: Delivery, held: Held, options: SiteOptions, now: datetime
    ) -> _Written:
        """Withdraw or kill; an article without a post, never delivered or deleted since, is off the site already."""
        post, kill = held.post, delivery.operation is Operation.KILL
        before = rows.read_state(connection, self._tables, post, self._fields, lock=True) if post else None
        if before is None:
            return _Written(post, held.state, held.files, held.files if kill else ())
        hidden = {"post_status": WITHDRAWN} if before.status not in _OFF else {}
        terms = terms_of(connection, self._tables, post)
        if kill:
            hidden |= {"post_title": "", "post_excerpt": "", "post_content": ""}
            names = (*self._fields, rows.THUMBNAIL, rows.OLD_SLUG, rows.OLD_DATE)
            rows.write_meta(connection, self._tables, post, dict.fromkeys(names, ""))
            drop_attachments(connection, self._tables, attachments_of(connection, self._tables, post))
        rows.update_post(connection, self._tables, post, options, now, **hidden)
        rows.unstick(connection, self._tables, post)
        tie(connection, self._tables, post, terms, recount=True)
        # A post that somebody edited keeps the old hash, so that its return is not taken for ours.
        untouched = not held.state or before.hash == held.state
        state = self._state_hash(connection, post) if untouched else held.state
        return _Written(post, state, held.files, held.files if kill else ())

    # Read back

    def read_back(self, delivery: Delivery) -> list[str]:
        """As the port says. Files of photos are looked for, not compared: sites compress them."""
        with self._faults_in_words(), self._engine.connect() as connection:
            held = read_receipt(connection, self._tables, delivery.article_uid) or Held()
            if problems := receipt_differences(held.receipt, delivery):
                return problems
            found = self._differences(connection, delivery, held)
            # A later change may have been delivered before or between these reads.
            newest = read_receipt(connection, self._tables, delivery.article_uid) or Held()
            return [] if newest.receipt and has_moved_on(newest.receipt, delivery) else found

    def _differences(self, connection: Connection, delivery: Delivery, held: Held) -> list[str]:
        state = rows.read_state(connection, self._tables, held.post, self._fields) if held.post else None
        article = delivery.article
        if article is None:
            return self._still_there(delivery, held, state)
        if state is None:
            return [_("на сайте нет строки статьи")]
        options = read_options(connection, self._tables, self._settings.uploads_url)
        present = self._present(connection, held.post)
        missing = [photo.file_name for photo in article.photos if photo.id not in present]
        if missing:
            return [_("фото {name} на сайте нет").format(name=name) for name in missing]
        tags = find_tags(connection, self._tables, article.tags)
        author = rows.find_author(connection, self._tables, self._settings.author, article.byline)
        expected = expected_state(
            article,
            options,
            self._settings,
            author=author.id,
            terms={find_rubric(connection, self._tables, article), *tags.values()},
            pictures=pictures_of(article),
            placed={photo: placed(options, attachment) for photo, attachment in present.items()},
        )
        return differences(expected, state) + [
            _("файла {name} на сайте нет").format(name=attachment.file)
            for attachment in present.values()
            if not self._uploads.has(attachment.file)
        ]

    def _still_there(self, delivery: Delivery, held: Held, state: State | None) -> list[str]:
        """What readers can still see of an article that is off the site."""
        found = []
        if state is not None and state.status not in _OFF:
            found.append(_("статья на сайте всё ещё видна"))
        if delivery.operation is Operation.KILL:
            if state is not None and (state.title or state.lead or state.content or state.photos):
                found.append(_("текст статьи на сайте остался"))
            left = [file for file in held.files if self._uploads.has(file) or not self._settings.uploads]
            if left:
                found.append(_("файлы фото не удалены: {names}").format(names=", ".join(left)))
        return found

    def article_path(self, delivery: Delivery, site_pk: str) -> str:
        if not site_pk:
            return "/"
        with self._faults_in_words(), self._engine.connect() as connection:
            state = rows.read_state(connection, self._tables, int(site_pk), ())
            if state is None:
                return "/"
            options = read_options(connection, self._tables)
            path = rubric_path(connection, self._tables, int(site_pk)) if "%category%" in options.permalinks else ()
            author = rows.nicename_of(connection, self._tables, state.author)
        published = datetime.fromisoformat(state.date_gmt).replace(tzinfo=UTC)
        return options.path(Address(int(site_pk), state.slug, published, path, author))

    def reports_after(self, cursor: str, limit: int) -> list[IncomingReport]:
        """WordPress has no readers' reports of its own."""
        return []

    def close_report(self, site_report_id: str, state: ReportState) -> None:
        """There is none to close."""

    def close(self) -> None:
        self._engine.dispose()

    def _check(self, connection: Connection) -> None:
        """Whether tables and rights, looked at once per connection, allow any change."""
        if _LIMITS not in connection.info:
            limits: Limits = self._tables.check(connection)
            connection.info[_PACKET] = int(connection.execute(text("SELECT @@max_allowed_packet")).scalar_one())
            connection.info[_LIMITS] = limits

    def _faults_in_words(self) -> AbstractContextManager[None]:
        return faults_in_words(self._what_differs)

    def _what_differs(self, error: Exception) -> str:
        # Other connections have found the former structure in order.
        self._engine.dispose()
        try:
            with self._faults_in_words(), self._engine.connect() as connection:
                found = self._tables.differences(connection)
        except EnvironmentFault:
            found = []
        return "; ".join(found) or brief(error)


#: States in which readers do not see a post.
_OFF = (WITHDRAWN, "trash", "pending", "private", "auto-draft")


def _refuse_foreign_hands(tables: Tables, delivery: Delivery, held: Held, before: State | None) -> None:
    """Raise `SiteDiverged` where somebody deleted or edited the post that the receipt speaks of."""
    if held.receipt is None or not held.post:
        return
    if before is None:
        problem = _("Статью удалили с сайта в обход редакции; сама она не вернётся.")
    elif before.status == "trash":
        problem = _("Статью на сайте убрали в корзину в обход редакции; сама она не вернётся.")
    elif before.hash != held.state:
        problem = _("Статью на сайте правили в обход редакции; чужая правка не затёрта.")
    else:
        return
    way_out = _(
        "Чтобы всё же опубликовать её отсюда, очистите в базе сайта meta_value строк таблицы {table}, "
        "где meta_key = {key}, и повторите."
    )
    raise SiteDiverged(problem, way_out.format(table=tables.postmeta.name, key=key_of(delivery.article_uid)))
