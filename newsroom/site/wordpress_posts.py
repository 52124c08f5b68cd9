"""What a delivery means for the rows of a WordPress: their values, what cannot be stored, and what differs.

Values only; nothing here touches a database.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from newsroom.domain.article import canonical_hash
from newsroom.domain.errors import SiteRefused
from newsroom.domain.ids import PhotoId
from newsroom.site.attempts import quoted_size, text_difference
from newsroom.site.port import Delivery, SiteArticle
from newsroom.site.wordpress_options import SiteOptions
from newsroom.site.wordpress_settings import WordPressSettings
from newsroom.site.wordpress_tables import Limits
from newsroom.site.wordpress_text import Picture, Placed, content_of, plain
from newsroom.words import _, later

PUBLISHED, WITHDRAWN = "publish", "draft"
#: States in which readers do not see a post.
OFF_THE_SITE = (WITHDRAWN, "trash", "pending", "private", "auto-draft")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Addresses that WordPress keeps for itself.
_RESERVED = {"feed", "rss", "rss2", "atom", "rdf", "embed", "page", "comment-page", "search", "author", "category"}
_RESERVED |= {"tag", "type", "attachment", "robots", "favicon", "sitemap", "index", "wp-admin", "wp-json"}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the newsroom writes of one article, as the site holds it.

    What is not here (comments, other taxonomies, fields of plugins) belongs to the site and is never touched.
    """

    title: str
    lead: str
    content: str
    slug: str
    status: str
    #: Site-local and UTC, ``2026-11-22 12:30:00``.
    date: str
    date_gmt: str
    #: ``users.ID``.
    author: int
    #: ``term_taxonomy_id`` of rubric and tags, in order.
    terms: tuple[int, ...]
    #: ID of the attachment that is the lead photo, as text; empty where there is none.
    thumbnail: str
    #: Custom fields, by name.
    fields: tuple[tuple[str, str], ...]
    #: ID of the attachment, photo, words and alternative text of each photo.
    photos: tuple[tuple[int, str, str, str], ...]
    #: When the row was last written, by whomever; saving without a change moves it, so it is not part of the hash.
    modified_gmt: str = field(default="", compare=False)

    @property
    def hash(self) -> str:
        plain_values = asdict(self)
        del plain_values["modified_gmt"]
        return canonical_hash(plain_values)


_TITLES = {
    "title": later("заголовок"),
    "lead": later("лид"),
    "content": later("текст"),
    "slug": later("адрес"),
    "status": later("состояние"),
    "date": later("время публикации по часам сайта"),
    "date_gmt": later("время публикации"),
    "author": later("учётная запись автора"),
    "terms": later("рубрика и теги"),
    "thumbnail": later("главное фото"),
    "fields": later("произвольные поля"),
    "photos": later("фото и подписи"),
}


def expected_state(
    article: SiteArticle,
    options: SiteOptions,
    settings: WordPressSettings,
    *,
    author: int,
    terms: set[int],
    pictures: list[Picture],
    placed: Mapping[PhotoId, Placed],
) -> State:
    """What the site holds once *article* is published."""
    lead = placed[article.lead_photo] if article.lead_photo else None
    shown = [(placed[one.photo.id].id, str(one.photo.id), plain(one.words), one.alt) for one in pictures]
    return State(
        title=plain(article.headline),
        lead=plain(article.lead),
        content=content_of(article, settings.template, placed),
        slug=article.slug,
        status=PUBLISHED,
        date=sql_time(options.local(article.published_at)),
        date_gmt=sql_time(article.published_at),
        author=author,
        terms=tuple(sorted(terms)),
        thumbnail=str(lead.id) if lead else "",
        fields=tuple(sorted(custom_fields(article, settings).items())),
        photos=tuple(sorted(shown)),
    )


def custom_fields(article: SiteArticle, settings: WordPressSettings) -> dict[str, str]:
    """The custom fields that have something to say."""
    values = {
        settings.age_field: article.age,
        settings.credit_field: article.photo_credit if article.lead_photo else "",
    }
    return {name: value for name, value in values.items() if value}


def field_names(settings: WordPressSettings) -> tuple[str, ...]:
    """The custom fields that are the newsroom's."""
    return (settings.age_field, settings.credit_field)


def sql_time(instant: datetime) -> str:
    """An instant, or a naive time of the site, as the database writes it."""
    return f"{instant.astimezone(UTC) if instant.tzinfo else instant:%Y-%m-%d %H:%M:%S}"


def differences(expected: State, found: State) -> list[str]:
    """What *found* holds otherwise than *expected*, each in words."""
    wanted, held = asdict(expected), asdict(found)
    return [
        _("{field}: на сайте «{found}», отправлено «{expected}»").format(
            field=_(title),
            found=text_difference(held[name], wanted[name]),
            expected=text_difference(wanted[name], held[name]),
        )
        for name, title in _TITLES.items()
        if held[name] != wanted[name]
    ]


def refuse_impossible(delivery: Delivery) -> None:
    """Raise `SiteRefused`, naming every reason, for what no WordPress can hold or show."""
    if delivery.article is None:
        return
    article = delivery.article
    problems = []
    adopted = delivery.adopted is not None and delivery.adopted.slug == article.slug
    if not adopted and (not _SLUG.fullmatch(article.slug) or article.slug.isdigit() or article.slug in _RESERVED):
        problems.append(
            _("Адрес «{slug}» WordPress не откроет: нужны латинские буквы, цифры и дефисы, не одни цифры.").format(
                slug=article.slug
            )
        )
    for name, text in _texts(article):
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            problems.append(
                _("В поле «{field}» есть знак, который база не хранит: удалите его и одобрите статью заново.").format(
                    field=name
                )
            )
    if problems:
        raise SiteRefused(*dict.fromkeys(problems))


def _texts(article: SiteArticle) -> Iterator[tuple[str, str]]:
    yield _("заголовок"), article.headline
    yield _("лид"), article.lead
    yield _("текст"), article.body_html
    yield _("рубрика"), article.rubric_slug + article.rubric_title
    yield _("автор"), article.byline
    yield _("возрастная отметка"), article.age
    yield _("подпись к фото"), article.photo_caption
    yield _("автор фото"), article.photo_credit
    yield _("описание фото"), article.photo_alt
    yield _("примечание"), article.note
    for tag in article.tags:
        yield _("теги"), tag


def refuse_what_does_not_fit(state: State, tags: tuple[str, ...], limits: Limits, packet: int) -> None:
    """Raise `SiteRefused`, naming every field, for what this site's columns or its server would not take whole."""
    values = [
        ("posts.post_title", _("заголовок"), state.title),
        ("posts.post_excerpt", _("лид"), state.lead),
        ("posts.post_content", _("текст"), state.content),
        ("posts.post_name", _("адрес"), state.slug),
        *(("postmeta.meta_value", name, value) for name, value in state.fields),
        *(("posts.post_excerpt", _("подпись к фото"), words) for _id, _photo, words, _alt in state.photos),
        *(("postmeta.meta_value", _("описание фото"), alt) for _id, _photo, _words, alt in state.photos),
        *(("terms.name", _("теги"), plain(tag)) for tag in tags),
    ]
    problems = [
        complaint
        for place, field, value in values
        if place in limits and (complaint := limits[place].complaint(field, value))
    ]
    if (size := quoted_size(state.content.encode("utf-8", "surrogatepass"))) > packet:
        problems.append(
            _(
                "{part} для базы сайта велика: {size} байт в одном запросе, а можно {limit} (max_allowed_packet)."
            ).format(part=_("Статья"), size=size, limit=packet)
        )
    if problems:
        raise SiteRefused(*dict.fromkeys(problems))
