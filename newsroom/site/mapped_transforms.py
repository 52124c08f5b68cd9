"""What a description may put into a column: named parts of an article, and a fixed list of transforms.

Nothing here is a language: a transform has a name, at most one argument, and no way to call another.
"""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from newsroom.site.mapping import Cell, Step
from newsroom.site.port import Delivery, SiteArticle, SitePhoto
from newsroom.words import _, later

TEXT, LIST, TIME, NUMBER, FLAG, BYTES = "text", "list", "time", "number", "flag", "bytes"

#: What a person calls the kinds of value.
KIND_WORDS = {
    TEXT: later("текст"),
    LIST: later("список"),
    TIME: later("время"),
    NUMBER: later("число"),
    FLAG: later("да или нет"),
    BYTES: later("байты"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """All that a source may speak of."""

    delivery: Delivery
    #: Without texts where an article is killed.
    article: SiteArticle
    now: datetime
    zone: ZoneInfo
    #: What stands before the name of a photo's file.
    address: str
    photo: SitePhoto | None = None
    tag: str = ""

    @property
    def shown(self) -> SitePhoto:
        assert self.photo is not None
        return self.photo

    @property
    def lead(self) -> SitePhoto | None:
        return next((photo for photo in self.article.photos if photo.id == self.article.lead_photo), None)


@dataclass(frozen=True, slots=True)
class Source:
    kind: str
    title: str
    read: Callable[[Context], Any]
    #: Where it may be named: of the article everywhere, of a photo or tag in their own tables only.
    scope: str = "article"
    #: Whether it is what a killed article loses.
    content: bool = False
    #: Whether it is our own bookkeeping, written with a withdrawal too.
    record: bool = False


def _own(context: Context, value: Callable[[SiteArticle], str]) -> str:
    """A word about the lead photo, also used for the row of that photo; the others have none."""
    photo = context.photo
    return value(context.article) if photo is None or photo.id == context.article.lead_photo else ""


def _body(context: Context) -> str:
    return context.article.body_html.replace('src="/photos/', f'src="{html.escape(context.address)}')


def _lead_file(context: Context, prefix: str = "") -> str:
    return prefix + context.lead.file_name if context.lead else ""


SOURCES: dict[str, Source] = {
    "headline": Source(TEXT, later("заголовок"), lambda c: c.article.headline, content=True),
    "lead": Source(TEXT, later("лид"), lambda c: c.article.lead, content=True),
    "body": Source(TEXT, later("текст"), _body, content=True),
    "byline": Source(TEXT, later("автор"), lambda c: c.article.byline, content=True),
    "note": Source(TEXT, later("примечание"), lambda c: c.article.note, content=True),
    "age": Source(TEXT, later("возрастная отметка"), lambda c: c.article.age, content=True),
    "tags": Source(LIST, later("теги"), lambda c: list(c.article.tags), content=True),
    "photo_caption": Source(TEXT, later("подпись к фото"), lambda c: _own(c, lambda a: a.photo_caption), content=True),
    "photo_credit": Source(TEXT, later("автор фото"), lambda c: _own(c, lambda a: a.photo_credit), content=True),
    "photo_alt": Source(TEXT, later("описание фото"), lambda c: _own(c, lambda a: a.photo_alt), content=True),
    "lead_photo_file": Source(TEXT, later("файл главного фото"), _lead_file, content=True),
    "lead_photo_address": Source(TEXT, later("адрес главного фото"), lambda c: _lead_file(c, c.address), content=True),
    "slug": Source(TEXT, later("адрес"), lambda c: c.article.slug),
    "rubric_slug": Source(TEXT, later("рубрика"), lambda c: c.article.rubric_slug),
    "rubric_title": Source(TEXT, later("рубрика"), lambda c: c.article.rubric_title),
    "published_at": Source(TIME, later("время публикации"), lambda c: c.article.published_at),
    "pinned_until": Source(TIME, later("закреплено до"), lambda c: c.article.pinned_until, content=True),
    "now": Source(TIME, later("время записи"), lambda c: c.now, record=True),
    "uid": Source(TEXT, later("номер статьи в редакции"), lambda c: str(c.delivery.article_uid)),
    "revision": Source(NUMBER, later("номер редакции"), lambda c: c.delivery.revision, record=True),
    "new_uuid": Source(TEXT, later("новый UUID"), lambda _c: str(uuid4())),
    "photo_file": Source(TEXT, later("имя файла фото"), lambda c: c.shown.file_name, "photos"),
    "photo_address": Source(TEXT, later("адрес фото"), lambda c: c.address + c.shown.file_name, "photos"),
    "photo_mime": Source(TEXT, later("вид файла фото"), lambda c: c.shown.mime, "photos"),
    "photo_width": Source(NUMBER, later("ширина фото"), lambda c: c.shown.width, "photos"),
    "photo_height": Source(NUMBER, later("высота фото"), lambda c: c.shown.height, "photos"),
    "photo_size": Source(NUMBER, later("размер фото"), lambda c: len(c.shown.data), "photos"),
    "photo_hash": Source(TEXT, later("хеш фото"), lambda c: str(c.shown.id), "photos"),
    "photo_data": Source(BYTES, later("байты фото"), lambda c: c.shown.data, "photos"),
    "tag": Source(TEXT, later("тег"), lambda c: c.tag, "tags"),
}


@dataclass(frozen=True, slots=True)
class Transform:
    takes: tuple[str, ...]
    #: Kind of what comes out; empty for the same.
    gives: str
    #: Value, argument, context of the whole row.
    run: Callable[[Any, str, Context], Any]
    argument: bool = False


class _Words(HTMLParser):
    """The text of HTML, a line for each block."""

    _BLOCKS = frozenset({"p", "br", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "figcaption", "hr", "pre"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _plain(value: str) -> str:
    reader = _Words()
    reader.feed(value)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _paragraph(value: str) -> str:
    return f"<p>{html.escape(value, quote=False)}</p>" if value else ""


def _json_block(value: str, kind: str, context: Context) -> str:
    """The stream of blocks that Wagtail and its like keep: one block, of an id that stays the same."""
    if not value:
        return "[]"
    block = uuid5(UUID(int=0), f"{context.delivery.article_uid} {kind}")
    return json.dumps([{"type": kind, "value": value, "id": str(block)}], ensure_ascii=False)


def _number(value: str) -> int | None:
    found = re.search(r"[0-9]{1,9}", value)
    return int(found[0]) if found else None


#: Directives of `strftime` that mean the same on every system and cannot ask for a width.
_FORMAT = re.compile(r"(?:[^%]|%[YymdHMSj%])*")


def wrong_argument(step: Step) -> str:
    """Why the transform cannot take its argument, or an empty text."""
    if step.name == "format" and not _FORMAT.fullmatch(step.argument):
        return _("в образце времени бывают только %Y %y %m %d %H %M %S %j")
    return ""


TRANSFORMS: dict[str, Transform] = {
    "strip": Transform((TEXT,), TEXT, lambda v, _a, _c: v.strip()),
    "lower": Transform((TEXT,), TEXT, lambda v, _a, _c: v.lower()),
    "upper": Transform((TEXT,), TEXT, lambda v, _a, _c: v.upper()),
    "escape": Transform((TEXT,), TEXT, lambda v, _a, _c: html.escape(v)),
    "paragraph": Transform((TEXT,), TEXT, lambda v, _a, _c: _paragraph(v)),
    "plain": Transform((TEXT,), TEXT, lambda v, _a, _c: _plain(v)),
    "slug": Transform((TEXT,), TEXT, lambda v, _a, _c: "-".join(re.findall(r"\w+", v.lower()))),
    "prefix": Transform((TEXT,), TEXT, lambda v, a, _c: a + v if v else v, argument=True),
    "suffix": Transform((TEXT,), TEXT, lambda v, a, _c: v + a if v else v, argument=True),
    "or": Transform((TEXT,), TEXT, lambda v, a, _c: v or a, argument=True),
    "number": Transform((TEXT,), NUMBER, lambda v, _a, _c: _number(v)),
    "json-block": Transform((TEXT,), TEXT, _json_block, argument=True),
    "join": Transform((LIST,), TEXT, lambda v, a, _c: a.join(v), argument=True),
    "json": Transform((LIST,), TEXT, lambda v, _a, _c: json.dumps(v, ensure_ascii=False)),
    "utc": Transform((TIME,), TIME, lambda v, _a, _c: v and v.astimezone(UTC).replace(tzinfo=None)),
    "iso": Transform((TIME,), TEXT, lambda v, _a, c: v and v.astimezone(c.zone).isoformat(timespec="seconds")),
    "format": Transform((TIME,), TEXT, lambda v, a, c: v and v.astimezone(c.zone).strftime(a), argument=True),
    "unix": Transform((TIME,), NUMBER, lambda v, _a, _c: v and int(v.timestamp())),
    "null": Transform((TEXT, LIST, NUMBER), "", lambda v, _a, _c: v or None),
    "flag": Transform((TEXT, LIST, TIME, NUMBER), FLAG, lambda v, _a, _c: bool(v)),
}


def kind_given(cell: Cell) -> str:
    """Kind of the value that *cell* yields; empty for NULL."""
    if cell.source:
        kind = SOURCES[cell.source].kind
        for step in cell.steps:
            kind = TRANSFORMS[step.name].gives or kind
        return kind
    if cell.constant is None:
        return ""
    if isinstance(cell.constant, bool):
        return FLAG
    return TEXT if isinstance(cell.constant, str) else NUMBER


def value_of(cell: Cell, context: Context) -> Any:
    """What *cell* puts into its column, before it is fitted to the column's type."""
    if not cell.source:
        return cell.constant
    value = SOURCES[cell.source].read(context)
    for step in cell.steps:
        if value is None and step.name != "flag":
            break
        value = TRANSFORMS[step.name].run(value, step.argument, context)
    return value


def title_of(cell: Cell) -> str:
    """What a person calls the column: by what it gets."""
    return _(SOURCES[cell.source].title) if cell.source else cell.column
