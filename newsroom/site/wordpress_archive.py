"""What a WordPress holds: its published posts page by page, with rubrics, tags, authors and photos of its uploads."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Row, and_, func, select

from newsroom.domain.ids import ArticleUid
from newsroom.site import wordpress_rows as rows
from newsroom.site.archive import FoundArticle, FoundPhoto, FoundRubric
from newsroom.site.attempts import faults_in_words
from newsroom.site.port import Delivery
from newsroom.site.wordpress_found import found_text, without_template
from newsroom.site.wordpress_options import Address, SiteOptions, read_options
from newsroom.site.wordpress_photos import attachments_of, placed
from newsroom.site.wordpress_posts import PUBLISHED, State, field_names
from newsroom.site.wordpress_receipts import Held, key_of, read_receipt
from newsroom.site.wordpress_settings import WordPressSettings, settings_from
from newsroom.site.wordpress_tables import Tables
from newsroom.site.wordpress_terms import RUBRIC, TAG, rubric_path
from newsroom.site.wordpress_text import Placed
from newsroom.site.wordpress_uploads import Uploads
from newsroom.sql.engine import open_engine
from newsroom.sql.faults import brief

_FILE, _ALT = "_wp_attached_file", "_wp_attachment_image_alt"
#: Of a smaller copy that WordPress made of a photo: ``-300x200`` before the ending, or ``-scaled``.
_COPY = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
_RECEIPT = re.compile(re.escape(key_of(ArticleUid(""))) + r"([0-9a-f-]{36})")


def wordpress_archive(url: URL, options: Mapping[str, str]) -> "WordPressArchive":
    """The archive at *url* with the settings in *options*. Raises `InvalidInput`."""
    return WordPressArchive(url, settings_from(options))


class WordPressArchive:
    """As `newsroom.site.archive.Archive` says."""

    def __init__(self, url: URL, settings: WordPressSettings) -> None:
        self._engine = open_engine(url)
        self._settings = settings
        self._tables = Tables(settings.prefix)
        self._uploads = Uploads(settings.uploads)
        #: Where uploads are for readers, once it has been read.
        self._uploads_url = ""

    def count(self, after: str) -> int:
        with self._reading() as connection:
            query = select(func.count()).select_from(self._tables.posts).where(*self._published(after))
            number: int = connection.execute(query).scalar_one()
            return number

    def page(self, after: str, limit: int) -> list[FoundArticle]:
        with self._reading() as connection:
            key = self._tables.post_key
            query = select(key).where(*self._published(after)).order_by(key).limit(limit)
            posts = [int(post) for post in connection.scalars(query)]
            return list(_Page(connection, self._tables, self._settings, self._options(connection), posts).articles())

    def found(self, delivery: Delivery, site_pk: str) -> FoundArticle | None:
        with self._reading() as connection:
            held = read_receipt(connection, self._tables, delivery.article_uid) or Held()
            post = held.post or int(site_pk or 0)
            options = self._options(connection)
            placed_now = {one.photo: placed(options, one) for one in attachments_of(connection, self._tables, post)}
            page = _Page(connection, self._tables, self._settings, options, [post])
            if held.receipt and (sent := delivery.article):
                shown = {photo.id: placed_now.get(photo.id, Placed(0, "")) for photo in sent.photos}
                page.text = lambda content: without_template(content, sent, self._settings.template, shown)
            return next(page.articles(), None)

    def photo(self, address: str) -> bytes | None:
        """Uploads are recognised whether they are written with or without the site's name, by either protocol."""
        place, ours = urlsplit(address), urlsplit(self._uploads_url)
        if place.netloc not in ("", ours.netloc) or not place.path.startswith(ours.path + "/"):
            return None
        relative = unquote(place.path.removeprefix(ours.path + "/"))
        # The photo itself rather than the copy of another size that the page shows.
        return self._uploads.read(_COPY.sub("", relative)) or self._uploads.read(relative)

    def close(self) -> None:
        self._engine.dispose()

    def _published(self, after: str) -> Sequence[Any]:
        posts = self._tables.posts
        return (posts.c.post_type == "post", posts.c.post_status == PUBLISHED, self._tables.post_key > int(after or 0))

    def _options(self, connection: Connection) -> SiteOptions:
        options = read_options(connection, self._tables, self._settings.uploads_url)
        self._uploads_url = options.uploads_url
        return options

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with faults_in_words(brief), self._engine.connect() as connection:
            yield connection


class _Page:
    """Some posts, with what other tables say of them read in one query each."""

    def __init__(
        self,
        connection: Connection,
        tables: Tables,
        settings: WordPressSettings,
        options: SiteOptions,
        posts: Sequence[int],
    ) -> None:
        self._connection, self._tables, self._settings, self._options = connection, tables, settings, options
        self._posts = posts
        self._names = field_names(settings)
        #: What of a post's content is its text.
        self.text: Callable[[str], str] = str

    def articles(self) -> Iterator[FoundArticle]:
        terms = self._terms()
        receipts = self._receipts()
        authors = self._authors()
        for post in self._posts:
            # As a delivery reads it, so that both come to the same hash.
            state = rows.read_state(self._connection, self._tables, post, self._names)
            if state is not None and state.status != "trash":
                yield self._article(post, state, terms.get(post, []), receipts.get(post), authors)

    def _article(
        self,
        post: int,
        state: State,
        terms: Iterable[Row[Any, Any, Any, Any]],
        uid: ArticleUid | None,
        authors: Mapping[int, tuple[str, str]],
    ) -> FoundArticle:
        held = read_receipt(self._connection, self._tables, uid) if uid else None
        fields = dict(state.fields)
        byline, nicename = authors.get(state.author, ("", ""))
        published = _instant(state.date_gmt)
        terms = list(terms)
        return FoundArticle(
            site_pk=str(post),
            state=state.hash,
            sequence=held.receipt.sequence if held and held.receipt else 0,
            uid=uid,
            slug=state.slug,
            path=self._path(post, state, published, nicename),
            headline=_words(state.title),
            body_html=found_text(self.text(state.content)),
            published_at=published,
            lead=_words(state.lead),
            rubrics=tuple(FoundRubric(one.slug, _words(one.name)) for one in terms if one.taxonomy == RUBRIC),
            tags=tuple(_words(one.name) for one in terms if one.taxonomy == TAG),
            # A post that the newsroom wrote belongs to whatever account was named for it.
            byline=None if held else byline,
            age=fields.get(self._settings.age_field, ""),
            photo=self._photo(state, fields),
        )

    def _path(self, post: int, state: State, published: datetime | None, author: str) -> str:
        by_rubric = "%category%" in self._options.permalinks
        path = rubric_path(self._connection, self._tables, post) if by_rubric else ()
        return self._options.path(Address(post, state.slug, published or datetime.now(UTC), path, author))

    def _photo(self, state: State, fields: Mapping[str, str]) -> FoundPhoto | None:
        """The featured image with the words of its attachment."""
        if not state.thumbnail.isdigit():
            return None
        posts, meta = (
            self._tables.posts,
            rows.read_meta(self._connection, self._tables, int(state.thumbnail), (_FILE, _ALT)),
        )
        caption = self._connection.execute(
            select(posts.c.post_excerpt).where(self._tables.post_key == int(state.thumbnail))
        ).scalar()
        credit = fields.get(self._settings.credit_field, "")
        words = _words(caption or "")
        address = f"{self._options.uploads_url}/{meta[_FILE]}" if meta.get(_FILE) else f"attachment {state.thumbnail}"
        return FoundPhoto(address, _without_credit(words, credit), credit, meta.get(_ALT, ""))

    def _terms(self) -> dict[int, list[Row[Any, Any, Any, Any]]]:
        ties, taxonomy, terms = self._tables.term_relationships, self._tables.term_taxonomy, self._tables.terms
        query = (
            select(ties.c.object_id, taxonomy.c.taxonomy, terms.c.name, terms.c.slug)
            .join_from(ties, taxonomy, taxonomy.c.term_taxonomy_id == ties.c.term_taxonomy_id)
            .join(terms, terms.c.term_id == taxonomy.c.term_id)
            .where(ties.c.object_id.in_(self._posts), taxonomy.c.taxonomy.in_((RUBRIC, TAG)))
            .order_by(ties.c.object_id, ties.c.term_order, taxonomy.c.term_taxonomy_id)
        )
        found: dict[int, list[Row[Any, Any, Any, Any]]] = {}
        for row in self._connection.execute(query):
            found.setdefault(int(row.object_id), []).append(row)
        return found

    def _receipts(self) -> dict[int, ArticleUid]:
        meta = self._tables.postmeta
        query = select(meta.c.post_id, meta.c.meta_key).where(
            and_(meta.c.post_id.in_(self._posts), meta.c.meta_key.startswith(key_of(ArticleUid("")), autoescape=True))
        )
        found = {}
        for row in self._connection.execute(query):
            if match := _RECEIPT.fullmatch(row.meta_key):
                found[int(row.post_id)] = ArticleUid(match[1])
        return found

    def _authors(self) -> dict[int, tuple[str, str]]:
        users, posts = self._tables.users, self._tables.posts
        query = (
            select(users.c["ID"], users.c.display_name, users.c.user_nicename)
            .join_from(posts, users, users.c["ID"] == posts.c.post_author)
            .where(self._tables.post_key.in_(self._posts))
            .distinct()
        )
        return {int(row[0]): (_words(row[1]), row[2]) for row in self._connection.execute(query)}


def _words(source: str) -> str:
    """A title, name or excerpt, which WordPress takes for HTML, as plain words on one line."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", source)).split())


def _without_credit(words: str, credit: str) -> str:
    """The caption of an attachment, in which the credit stands too where the newsroom wrote it."""
    tail = f"Фото: {credit}"
    return words.removesuffix(tail).rstrip() if credit else words


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:  # zeros
        return None
