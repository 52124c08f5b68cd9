"""One change of an article on a WordPress, inside the transaction and the lock that `newsroom.site.wordpress` holds."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newsroom.domain.errors import SiteDiverged
from newsroom.domain.ids import PhotoId
from newsroom.domain.states import Operation
from newsroom.site import wordpress_rows as rows
from newsroom.site.attempts import merge_hint
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.site.wordpress_options import SiteOptions
from newsroom.site.wordpress_photos import (
    Attachment,
    attachments_of,
    drop_attachments,
    insert_attachment,
    placed,
    reword_attachment,
)
from newsroom.site.wordpress_posts import (
    OFF_THE_SITE,
    PUBLISHED,
    WITHDRAWN,
    State,
    expected_state,
    field_names,
    refuse_what_does_not_fit,
)
from newsroom.site.wordpress_receipts import Held, key_of, lock
from newsroom.site.wordpress_settings import WordPressSettings
from newsroom.site.wordpress_tables import Limits, Tables
from newsroom.site.wordpress_terms import find_rubric, find_tags, make_tags, terms_of, tie
from newsroom.site.wordpress_text import Placed, pictures_of
from newsroom.site.wordpress_uploads import Uploads, file_name
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Written:
    """What a change has left on the site."""

    #: ID of the article's post; 0 where there is none.
    post: int
    #: Hash of the article's state.
    state: str
    #: Files of the article's photos; of a killed one those that must not be there.
    files: tuple[str, ...]
    #: Files to be removed once the change is committed.
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What one transaction works with."""

    connection: Connection
    tables: Tables
    settings: WordPressSettings
    uploads: Uploads
    options: SiteOptions
    limits: Limits
    #: Bytes that the server takes in one statement.
    packet: int
    now: datetime

    def state(self, post: int, *, lock: bool = False) -> State | None:
        """What the site holds of the article; None where it has no post."""
        if not post:
            return None
        return rows.read_state(self.connection, self.tables, post, field_names(self.settings), lock=lock)

    def attachments(self, post: int) -> dict[PhotoId, Attachment]:
        """The photos that a post has."""
        found = attachments_of(self.connection, self.tables, post) if post else []
        return {attachment.photo: attachment for attachment in found}

    def expected(self, article: SiteArticle, shown: dict[PhotoId, Placed], tags: set[int]) -> State:
        """What the site holds once *article* is published with those photos and tags.

        Raises `SiteRefused` for a rubric that the site does not know.
        """
        author = rows.find_author(self.connection, self.tables, self.settings.author, article.byline)
        return expected_state(
            article,
            self.options,
            self.settings,
            author=author.id,
            terms={find_rubric(self.connection, self.tables, article), *tags},
            pictures=pictures_of(article),
            placed=shown,
        )


def publish(work: Work, delivery: Delivery, article: SiteArticle, held: Held, locks: ExitStack) -> Written:
    """Write the article; what cannot be written is refused before anything is."""
    connection, tables = work.connection, work.tables
    before = work.state(held.post, lock=True)
    _refuse_foreign_hands(tables, delivery, held, before)
    if before is not None:
        rows.refuse_open_editor(connection, tables, held.post)
    present = work.attachments(held.post if before else 0)
    files = {photo.id: _file_of(work, photo, present, article, delivery) for photo in article.photos}
    addresses = {
        photo: Placed(present[photo].id if photo in present else 0, f"{work.options.uploads_url}/{file}")
        for photo, file in files.items()
    }
    refuse_what_does_not_fit(work.expected(article, addresses, set()), article.tags, work.limits, work.packet)
    # Once before the files are written, and again when nobody else can take it any more.
    rows.refuse_taken_slug(connection, tables, article.slug, held.post)
    work.uploads.refuse_without_folder(article.photos)
    for photo in article.photos:
        work.uploads.put(files[photo.id], photo.data, known=photo.id in present)
    locks.enter_context(lock(connection, tables, "names"))
    rows.refuse_taken_slug(connection, tables, article.slug, held.post)
    post, first = held.post, {}
    if before is None:
        post = rows.insert_post(connection, tables, work.options, work.now)
        # By its first address feeds know an article for ever.
        first = {"guid": f"{work.options.home}/?p={post}"[:255]}
    shown = _attach(work, article, files, present, post)
    addresses = {photo: placed(work.options, attachment) for photo, attachment in shown.items()}
    state = work.expected(article, addresses, make_tags(connection, tables, article.tags))
    _write(work, post, state, first)
    tie(connection, tables, post, set(state.terms), recount=before is None or before.status != PUBLISHED)
    if before is not None:
        rows.keep_old_address(connection, tables, post, before, state)
    gone = [attachment for photo, attachment in present.items() if photo not in shown]
    drop_attachments(connection, tables, gone)
    dropped = tuple(attachment.file for attachment in gone)
    return Written(post, _hash(work, post), tuple(sorted(files.values())), dropped)


def take_off(work: Work, delivery: Delivery, held: Held) -> Written:
    """Withdraw or kill; an article without a post, never delivered or deleted since, is off the site already."""
    connection, tables, kill = work.connection, work.tables, delivery.operation is Operation.KILL
    before = work.state(held.post, lock=True)
    leftovers = held.files if kill else ()
    if before is None:
        return Written(held.post, held.state, held.files, leftovers)
    values = {} if before.status in OFF_THE_SITE else {"post_status": WITHDRAWN}
    if kill:
        values |= {"post_title": "", "post_excerpt": "", "post_content": ""}
        names = (*field_names(work.settings), rows.THUMBNAIL, rows.OLD_SLUG, rows.OLD_DATE)
        rows.write_meta(connection, tables, held.post, dict.fromkeys(names, ""))
        drop_attachments(connection, tables, attachments_of(connection, tables, held.post))
    rows.update_post(connection, tables, held.post, work.options, work.now, **values)
    rows.unstick(connection, tables, held.post)
    tie(connection, tables, held.post, terms_of(connection, tables, held.post), recount=True)
    # A post that somebody edited keeps the old hash, so that its return is not taken for ours.
    untouched = not held.state or before.hash == held.state
    return Written(held.post, _hash(work, held.post) if untouched else held.state, held.files, leftovers)


def differences_of_photos(work: Work, article: SiteArticle, present: dict[PhotoId, Attachment]) -> list[str]:
    """Photos of *article* that the site lacks, each in words; files are looked for, not compared."""
    missing = []
    for photo in article.photos:
        attachment = present.get(photo.id)
        if attachment is None:
            missing.append(_("фото {name} на сайте нет").format(name=photo.file_name))
        elif not work.uploads.has(attachment.file):
            missing.append(_("файла {name} на сайте нет").format(name=attachment.file))
    return missing


def expected_now(work: Work, article: SiteArticle, present: dict[PhotoId, Attachment]) -> State:
    """What the site ought to hold of a published article, with the photos and tags that it has."""
    shown = {photo: placed(work.options, attachment) for photo, attachment in present.items()}
    return work.expected(article, shown, set(find_tags(work.connection, work.tables, article.tags).values()))


def _file_of(
    work: Work, photo: SitePhoto, present: dict[PhotoId, Attachment], article: SiteArticle, delivery: Delivery
) -> str:
    """Where the photo's file is, or will be, relative to the uploads."""
    if known := present.get(photo.id):
        return known.file
    name = file_name(photo, delivery.article_uid)
    return f"{work.options.local(article.published_at):%Y/%m}/{name}" if work.options.by_month else name


def _attach(
    work: Work, article: SiteArticle, files: dict[PhotoId, str], present: dict[PhotoId, Attachment], post: int
) -> dict[PhotoId, Attachment]:
    """The attachments of the article's photos, made or given new words."""
    author = rows.find_author(work.connection, work.tables, work.settings.author, article.byline).id
    shown = {}
    for picture in pictures_of(article):
        photo = picture.photo.id
        if photo in present:
            shown[photo] = present[photo]
            reword_attachment(work.connection, work.tables, work.options, present[photo], picture, work.now)
        else:
            shown[photo] = insert_attachment(
                work.connection,
                work.tables,
                work.options,
                picture,
                post=post,
                file=files[photo],
                author=author,
                now=work.now,
            )
    return shown


def _write(work: Work, post: int, state: State, first: dict[str, str]) -> None:
    values = dict.fromkeys(field_names(work.settings), "") | dict(state.fields) | {rows.THUMBNAIL: state.thumbnail}
    rows.write_meta(work.connection, work.tables, post, values)
    rows.update_post(
        work.connection,
        work.tables,
        post,
        work.options,
        work.now,
        post_author=state.author,
        post_date=state.date,
        post_date_gmt=state.date_gmt,
        post_title=state.title,
        post_excerpt=state.lead,
        post_content=state.content,
        post_name=state.slug,
        post_status=state.status,
        **first,
    )


def _hash(work: Work, post: int) -> str:
    state = work.state(post)
    return state.hash if state else ""


def _refuse_foreign_hands(tables: Tables, delivery: Delivery, held: Held, before: State | None) -> None:
    """Raise `SiteDiverged` where somebody deleted or edited the post that the receipt speaks of."""
    if not held.post or not held.state:
        return
    if before is None:
        problem = _("Статью удалили с сайта в обход редакции; сама она не вернётся.")
    elif before.status == "trash":
        problem = _("Статью на сайте убрали в корзину в обход редакции; сама она не вернётся.")
    elif before.hash != held.state:
        problem = _("Статью на сайте правили в обход редакции ({when} UTC); чужая правка не затёрта.").format(
            when=before.modified_gmt
        )
    else:
        return
    hint = merge_hint(before is not None and before.status != "trash")
    if held.receipt is None:
        raise SiteDiverged(problem, *hint)
    way_out = _(
        "Чтобы всё же опубликовать её отсюда, очистите в базе сайта meta_value строк таблицы {table}, "
        "где meta_key = {key}, и повторите."
    )
    raise SiteDiverged(problem, *hint, way_out.format(table=tables.postmeta.name, key=key_of(delivery.article_uid)))
