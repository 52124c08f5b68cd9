"""Articles as files: Markdown with front matter in and out again; other files in only (`newsroom.desk.manuscripts`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from newsroom.desk.manuscripts import is_front_matter, read_manuscript
from newsroom.desk.pictures import check_photo, keep_photo, keep_photos
from newsroom.desk.reading import read_settings
from newsroom.desk.session import Desk
from newsroom.desk.writing import check_new_article, create_article
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Article, Content, LeadPhoto, Rubric
from newsroom.domain.changes import Done
from newsroom.domain.errors import EnvironmentFault, InvalidInput, PersonError
from newsroom.domain.house import House, parse_instant
from newsroom.domain.ids import ArticleId, PhotoId, RubricSlug
from newsroom.domain.people import Action, require
from newsroom.photos.examine import CleanPhoto
from newsroom.text.archives import MAX_FILE
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.text.fragments import clean
from newsroom.text.front_matter import FrontMatter, read_front_matter, write_front_matter
from newsroom.words import _, system_words


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that came from a file."""

    article: ArticleId
    #: What was left out of it, each a sentence.
    notes: tuple[str, ...] = ()


def import_article(desk: Desk, file: Path) -> Done[Imported]:
    """A new draft from *file*, whose kind is told by what it holds, then by its suffix.

    Markdown that begins with ``---`` must have right fields; its photo is given by a path from the file's folder.
    Everything else is a manuscript. Raises `InvalidInput` with every reason at once, and then nothing was kept of the
    article.
    """
    require(desk.person, Action.WRITE)
    data = _bytes_of(file)
    if file.suffix.lower() in (".md", ".markdown") and is_front_matter(data):
        done = _import_fields(desk, file, data)
        return Done(Imported(done.value), done.changes)
    manuscript = read_manuscript(data, file)
    check_new_article(desk, manuscript.content)
    changes = keep_photos(desk, manuscript.photos).changes
    done = _create(desk, manuscript.content.with_(photo=manuscript.lead_photo), file)
    return Done(Imported(done.value, manuscript.notes), done.changes | changes)


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """What a file says; nothing of it is in the newsroom."""

    content: Content
    #: Photos that it brings along.
    photos: frozenset[PhotoId]
    #: The text of the file, to tell places in; empty where it is no text file.
    source: str


def read_article_file(desk: Desk, file: Path) -> ArticleFile:
    """The article in *file*, as `import_article` would make it. Raises `InvalidInput` with every reason at once."""
    data = _bytes_of(file)
    try:
        source = clean(decoded(data))
    except (UnknownEncoding, InvalidInput):
        source = ""
    if file.suffix.lower() in (".md", ".markdown") and is_front_matter(data):
        read = _read_fields(desk, file, data)
        if read.reasons:
            raise InvalidInput(*read.reasons)
        return ArticleFile(read.content, frozenset({read.picture.id} if read.picture else ()), source)
    manuscript = read_manuscript(data, file)
    is_text = file.suffix.lower() in (".md", ".markdown", ".txt")
    return ArticleFile(
        manuscript.content.with_(photo=manuscript.lead_photo),
        frozenset(photo.id for photo in manuscript.photos),
        source if is_text else "",
    )


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE:
            raise InvalidInput(_("Файл больше {limit} МБ — это не статья.").format(limit=MAX_FILE // 1_000_000))
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=system_words(error))) from error
    except ValueError as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error


def _create(desk: Desk, content: Content, file: Path) -> Done[ArticleId]:
    return create_article(desk, content, reason=_("из файла {name}").format(name=file.name))


def _import_fields(desk: Desk, file: Path, data: bytes) -> Done[ArticleId]:
    read = _read_fields(desk, file, data)
    reasons, content = list(read.reasons), replace(read.content, photo=None)
    _checked(reasons, lambda: check_new_article(desk, content))
    if reasons:
        raise InvalidInput(*reasons)
    if read.picture is not None and read.content.photo is not None:
        kept = keep_photo(desk, read.picture).value
        words = read.content.photo
        content = replace(
            content,
            photo=LeadPhoto(kept.id, words.caption or kept.caption, words.credit or kept.credit, words.alt),
        )
    return _create(desk, content, file)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a file. ``reasons`` say what is wrong with them."""

    content: Content
    picture: CleanPhoto | None
    reasons: tuple[str, ...]


def _read_fields(desk: Desk, file: Path, data: bytes) -> _Fields:
    matter = read_front_matter(data)
    settings = read_settings(desk)
    reasons: list[str] = []

    def field(key: str) -> str:
        value = matter.fields.get(key, "")
        return value if isinstance(value, str) else ", ".join(value)

    age = _checked(reasons, lambda: AgeRating.parse(field("age")) if field("age") else None)
    date = _checked(reasons, lambda: parse_instant(field("date"), settings.house) if field("date") else None)
    pinned = _checked(
        reasons, lambda: parse_instant(field("pinned_until"), settings.house) if field("pinned_until") else None
    )
    rubric = _checked(reasons, lambda: _find_rubric(field("rubric"), settings.rubrics))
    if not field("photo") and any(field(key) for key in ("caption", "credit", "alt")):
        reasons.append(_("Есть подпись, автор или описание фото, но нет самого фото (photo)."))
    picture = _checked(reasons, lambda: check_photo(_beside(file, field("photo"))) if field("photo") else None)
    content = Content(
        headline=field("headline"),
        lead=field("lead"),
        body=matter.body,
        rubric=rubric,
        tags=_tags(matter),
        byline=field("byline"),
        slug=field("slug"),
        age=age,
        photo=LeadPhoto(picture.id, field("caption"), field("credit"), field("alt")) if picture else None,
        date=date,
        pinned_until=pinned,
        note=field("note"),
    )
    return _Fields(content, picture, tuple(reasons))


def article_to_text(desk: Desk, article: Article, folder: Path | None) -> str:
    """The newest revision as a file that `import_article` reads; its photo is written into *folder*, where given."""
    content, house = article.content, read_settings(desk).house
    fields: dict[str, str | tuple[str, ...]] = {
        "headline": content.headline,
        "lead": content.lead,
        "rubric": content.rubric or "",
        "date": _local(content.date, house),
        "byline": content.byline,
        "age": content.age or "",
        "tags": content.tags,
        "slug": article.slug,
        "pinned_until": _local(content.pinned_until, house),
        "note": content.note,
    }
    if content.photo is not None:
        source = desk.photos.path(content.photo.photo)
        if folder is not None:
            try:
                (folder / source.name).write_bytes(desk.photos.read(content.photo.photo))
            except OSError as error:
                raise EnvironmentFault(
                    _("Фото не записано в {folder}: {words}.").format(folder=folder, words=system_words(error))
                ) from error
        fields |= {
            "photo": source.name if folder is not None else str(source),
            "caption": content.photo.caption,
            "credit": content.photo.credit,
            "alt": content.photo.alt,
        }
    return write_front_matter({key: value for key, value in fields.items() if value}, content.body)


T = TypeVar("T")


def _checked(reasons: list[str], read: Callable[[], T]) -> T | None:
    """What *read* gives, or None with its reasons added to *reasons*."""
    try:
        return read()
    except PersonError as error:
        reasons += error.reasons
        return None


def _beside(file: Path, photo: str) -> Path:
    """The path that *file* gives of its photo. Windows would log in to whatever computer a stranger's file names."""
    if photo.replace("\\", "/").startswith("//"):
        raise InvalidInput(_("Фото лежит на другом компьютере: положите его рядом с файлом статьи."))
    return file.parent / photo


def _find_rubric(text: str, rubrics: Sequence[Rubric]) -> RubricSlug | None:
    """The rubric of that title or slug, in whatever case."""
    if not text:
        return None
    for rubric in rubrics:
        if text.casefold() in (rubric.slug.casefold(), rubric.title.casefold()):
            return rubric.slug
    known = ", ".join(rubric.title for rubric in rubrics)
    raise InvalidInput(_("Рубрики «{rubric}» нет; есть: {known}.").format(rubric=text, known=known))


def _tags(matter: FrontMatter) -> tuple[str, ...]:
    value = matter.fields.get("tags", ())
    tags = value.split(",") if isinstance(value, str) else value
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _local(instant: datetime | None, house: House) -> str:
    """With its offset, so that the file means the same instant in another newsroom."""
    return instant.astimezone(house.tz).isoformat(sep=" ") if instant else ""
