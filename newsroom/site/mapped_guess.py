"""What the tables of a strange site probably are: guessed from names, types, keys and a look at the values.

A guess is never acted upon: it goes into a draft for a person to read.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, func, inspect, select

from newsroom.site.mapped_layout import Spot, spot_of

#: What columns are called, by what they hold; the first pattern that fits counts. English, Russian in Latin letters,
#: Russian.
_NAMES: tuple[tuple[str, str], ...] = (
    ("headline", r"^(title|headline|head|header|name|subject|zagolovok|zagl|nazvanie|заголовок|название)$"),
    ("slug", r"^(slug|alias|url|uri|chpu|permalink|code|adres|адрес|чпу)$"),
    (
        "lead",
        r"^(lead|lede|intro|introtext|excerpt|summary|announce|anons|teaser|preview_text|standfirst|description|лид|анонс)$",
    ),
    ("body", r"^(body|html|content|text|fulltext|full_text|detail_text|tekst|article|текст|содержание)$"),
    ("byline", r"^(byline|author|author_name|avtor|автор)$"),
    ("age", r"^(age|age_rating|age_limit|rating|vozrast|возраст)$"),
    ("tags", r"^(tags|keywords|metki|tegi|labels|метки|теги)$"),
    (
        "published_at",
        r"^((first_)?publish(ed)?(_at|_date|_on|_up)?|pub_?date|date|data|datetime|created|created_at|shown_from|active_from|дата)$",
    ),
    ("now", r"^(updated|updated_at|modified|modified_at|changed|last_published_at|izmeneno|изменено)$"),
    ("lead_photo_address", r"^(image|photo|picture|img|thumb|foto|kartinka|cover|фото|картинка)(_url|_path|_file)?$"),
    ("photo_caption", r"^((image|photo|foto)_?(caption|title|podpis)|foto_podpis|подпись)$"),
    ("photo_credit", r"^(image|photo|foto)_?(credit|author|source|avtor)$"),
    ("photo_alt", r"^(image|photo|foto)_?alt$"),
    ("note", r"^(note|source|istochnik|primechanie|источник|примечание)$"),
)
_STATE = re.compile(
    r"^(live|status|state|published|is_published|publish|active|is_active|visible|enabled|sostoyanie|состояние|опубликовано)$"
)
_UID = re.compile(r"(newsroom|redakci).*uid$|^(external_id|import_id)$")
_RECEIPT = re.compile(r"receipt|raspisk|расписк")
_RUBRIC = re.compile(r"rubric|categor|section|razdel|rubrik|рубрик|раздел|topic", re.IGNORECASE)
_TAG = re.compile(r"(?<![a-z])tags?(?![a-z])|tag$|метк|keyword", re.IGNORECASE)
_PHOTO = re.compile(r"image|photo|picture|foto|media|фото", re.IGNORECASE)
_REPORT = re.compile(r"typo|opechat|mistape|orphus|spelling|опечат|ошибк", re.IGNORECASE)
_PUBLISHED = re.compile(r"^(publish(ed)?|live|active|on|опубликовано|опубликован|на сайте|активно)$", re.IGNORECASE)
_HIDDEN = re.compile(
    r"^(withdrawn|draft|hidden|archived?|unpublished|off|снято|снят|черновик|скрыто|архив)$", re.IGNORECASE
)
_REPORT_NAMES = (
    ("selected", r"^(selected(_text)?|selection|fragment|words?|typo|oshibka|text|ошибка)$"),
    ("comment", r"^(comment|message|note|kommentariy|комментарий)$"),
    ("page_url", r"^(url|page_url|page|link|stranica|страница)$"),
    ("before", r"^before(_text)?$"),
    ("after", r"^after(_text)?$"),
    ("reported_at", r"^(created|created_at|created_gmt|date|date_gmt|reported_at|sent|kogda|дата)$"),
)
#: How many different values of a state are looked at.
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class LinkGuess:
    table: str
    article: str
    other: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class ThingsGuess:
    """A table of rubrics, tags or photos."""

    table: str
    key: str
    #: Column → source, the first of them the one to find rows by.
    columns: dict[str, str]
    #: Column of the article's row, or the table between.
    column: str = ""
    link: LinkGuess | None = None
    #: What else its rows demand.
    demands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    table: Table
    spots: dict[str, Spot]
    key: str
    #: Column → source.
    columns: dict[str, str]
    uid: str
    receipt: str
    state: str
    #: What rows hold in the column of the state, most frequent first.
    state_values: tuple[Any, ...]
    rubric: ThingsGuess | None
    #: Column of the article with the rubric as a word, and the words found.
    rubric_column: str
    rubric_values: tuple[Any, ...]
    tags: ThingsGuess | None
    photos: ThingsGuess | None
    reports: str
    report_columns: dict[str, str]
    report_article: str
    #: Columns that demand a value and are nothing of the above.
    demands: tuple[str, ...]
    #: Columns that nobody has said anything about.
    others: tuple[str, ...]
    runners_up: tuple[str, ...] = field(default=())


def reflect(connection: Connection, schema: str) -> dict[str, Table]:
    """All tables of the database, read one after the other."""
    metadata = MetaData(schema=schema or None)
    names = inspect(connection).get_table_names(schema or None)
    return {name: Table(name, metadata, autoload_with=connection, resolve_fks=False) for name in names}


def guess(connection: Connection, tables: dict[str, Table]) -> Guess | None:
    """What the site's articles are, or None where no table looks like it."""
    spots = {
        (table.name, column.name): spot_of(table.name, column, connection.dialect.name)
        for table in tables.values()
        for column in table.columns
    }
    scored = sorted(((_score(table, spots), name) for name, table in tables.items()), reverse=True)
    good = [name for score, name in scored if score >= 5]
    if not good:
        return None
    table = tables[good[0]]
    key = next((column.name for column in table.primary_key), table.columns[0].name)
    links = {name: _things(tables, table, name, spots) for name in ("rubric", "tags", "photos")}
    taken = {things.column for things in links.values() if things and things.column}
    columns = {name: source for name, source in _columns(table, spots).items() if name not in taken and name != key}
    named = {
        "state": _named(table, _STATE, columns, taken),
        "uid": _named(table, _UID, columns, taken),
        "receipt": _named(table, _RECEIPT, columns, taken),
        "rubric": "" if links["rubric"] else _named(table, _RUBRIC, columns, taken),
    }
    said = {key, *columns, *taken, *(name for name in named.values() if name)}
    rest = [column for column in table.columns if column.name not in said]
    reports = next((name for name in sorted(tables) if _REPORT.search(name) and name != table.name), "")
    return Guess(
        table=table,
        spots={column.name: spots[table.name, column.name] for column in table.columns},
        key=key,
        columns=columns,
        uid=named["uid"],
        receipt=named["receipt"],
        state=named["state"],
        state_values=_values(connection, table, named["state"]),
        rubric=links["rubric"],
        rubric_column=named["rubric"],
        rubric_values=_values(connection, table, named["rubric"]),
        tags=links["tags"],
        photos=links["photos"],
        reports=reports,
        report_columns=_report_columns(tables[reports]) if reports else {},
        report_article=_own(tables[reports], table) if reports else "",
        demands=tuple(column.name for column in rest if _demands(table, column.name)),
        others=tuple(column.name for column in rest if not _demands(table, column.name)),
        runners_up=tuple(good[1:4]),
    )


def _score(table: Table, spots: dict[tuple[str, str], Spot]) -> int:
    """How much a table looks like one of articles."""
    if table.name.startswith("newsroom_") or _REPORT.search(table.name):
        return 0
    sources = set(_columns(table, spots).values())
    weights = {"headline": 2, "body": 3, "slug": 1, "lead": 1, "published_at": 2, "byline": 1}
    score = sum(weight for source, weight in weights.items() if source in sources)
    score += 1 if any(_STATE.match(column.name.lower()) for column in table.columns) else 0
    score += 1 if re.search(r"article|news|post|novost|content|material|стат|новост", table.name.lower()) else 0
    return score if {"headline", "body"} <= sources else 0


_FITS = {
    "published_at": {"time", "number", "any"},
    "now": {"time", "number", "any"},
    "tags": {"text", "list", "json"},
    "age": {"text", "number"},
    "body": {"text", "json"},
}


def _columns(table: Table, spots: dict[tuple[str, str], Spot]) -> dict[str, str]:
    """Column → source, each source once."""
    found: dict[str, str] = {}
    for source, pattern in _NAMES:
        for column in table.columns:
            family = spots[table.name, column.name].family
            if column.name not in found and re.match(pattern, column.name.lower()):
                fits = _FITS.get(source, {"text"})
                if family in fits and (source in ("now",) or source not in found.values()):
                    found[column.name] = source
    return found


def _named(table: Table, pattern: re.Pattern[str], columns: dict[str, str], taken: set[str]) -> str:
    return next(
        (
            column.name
            for column in table.columns
            if pattern.search(column.name.lower()) and column.name not in columns and column.name not in taken
        ),
        "",
    )


def _demands(table: Table, name: str) -> bool:
    column = table.c[name]
    given = column.nullable or column.server_default is not None or column.identity or column.computed
    return not given and column is not table.autoincrement_column


def _values(connection: Connection, table: Table, name: str) -> tuple[Any, ...]:
    if not name:
        return ()
    column = table.c[name]
    if enums := getattr(column.type, "enums", None):
        return tuple(enums)
    query = select(column).group_by(column).order_by(func.count().desc()).limit(_MOST_VALUES)
    return tuple(value for value in connection.execute(query).scalars() if value is not None)


def _targets(table: Table) -> dict[str, str]:
    """Column with a foreign key → table it refers to."""
    return {key.parent.name: key.target_fullname.rsplit(".", 1)[0].rsplit(".", 1)[-1] for key in table.foreign_keys}


def _own(table: Table, articles: Table) -> str:
    """The column by which *table* refers to the article: by a foreign key, or by its name alone."""
    names = re.compile(rf"(object|article|post|page|content|news|{re.escape(articles.name.lower())})_?id$")
    by_key = (column for column, target in _targets(table).items() if target == articles.name)
    by_name = (column.name for column in table.columns if names.match(column.name.lower()))
    return next(by_key, next(by_name, ""))


_PATTERNS = {"rubric": _RUBRIC, "tags": _TAG, "photos": _PHOTO}


def _things(
    tables: dict[str, Table], articles: Table, section: str, spots: dict[tuple[str, str], Spot]
) -> ThingsGuess | None:
    """A table that the article refers to by a foreign key of its own, or through a table between."""
    pattern = _PATTERNS[section]
    if section != "tags":
        for column, target in _targets(articles).items():
            if target in tables and target != articles.name and (pattern.search(target) or pattern.search(column)):
                return _described(tables[target], section, spots, column=column)
    for table in tables.values():
        refers = _targets(table)
        other = next((c for c, t in refers.items() if pattern.search(t) and t in tables and t != articles.name), "")
        own = _own(table, articles) if other else ""
        if own and other and table.name != articles.name:
            place = next(
                (c.name for c in table.columns if re.match(r"(place|position|sort|sort_order|ord)$", c.name)), ""
            )
            return _described(tables[refers[other]], section, spots, link=LinkGuess(table.name, own, other, place))
    return None


_THING_NAMES = {
    "rubric": (("rubric_slug", r"slug|code|alias"), ("rubric_title", r"title|name|nazvanie|название")),
    "tags": (("tag", r"name|title|tag|metka|метка"), ("tag slug", r"slug|code|alias")),
    "photos": (
        ("photo_file", r"file|file_?name|path|name|src"),
        ("photo_alt", r"title|alt"),
        ("photo_width", r"width"),
        ("photo_height", r"height"),
        ("photo_mime", r"mime(_type)?"),
        ("photo_data", r"bytes|data|blob"),
        ("now", r"created(_at)?|added(_at)?|uploaded(_at)?"),
    ),
}


def _described(
    table: Table,
    section: str,
    spots: dict[tuple[str, str], Spot],
    column: str = "",
    link: LinkGuess | None = None,
) -> ThingsGuess:
    key = next((one.name for one in table.primary_key), table.columns[0].name)
    columns: dict[str, str] = {}
    for source, pattern in _THING_NAMES[section]:
        for one in table.columns:
            is_text = spots[table.name, one.name].family == "text" or source.startswith(("photo_", "now"))
            is_new = one.name not in columns and one.name != key and source not in columns.values()
            if is_text and is_new and re.fullmatch(pattern, one.name.lower()):
                columns[one.name] = source
    demands = tuple(
        one.name for one in table.columns if one.name not in columns and one.name != key and _demands(table, one.name)
    )
    return ThingsGuess(table.name, key, columns, column, link, demands)


def _report_columns(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for field_name, pattern in _REPORT_NAMES:
        for column in table.columns:
            if re.match(pattern, column.name.lower()) and column.name not in found.values():
                found.setdefault(field_name, column.name)
    return found


def report_key(table: Table) -> str:
    """The key of a table of reports, where it is a number."""
    return next((column.name for column in table.primary_key if isinstance(column.type, Integer)), "")


def is_flag(name: str, values: tuple[Any, ...]) -> bool:
    """Whether a number stands for yes and no, as MariaDB keeps them."""
    words = re.fullmatch(r"live|published|is_published|publish|active|is_active|visible|enabled", name.lower())
    return words is not None and set(values) <= {0, 1}


def is_published(value: Any) -> bool:
    return bool(_PUBLISHED.match(value.strip())) if isinstance(value, str) else value in (1, True)


def is_hidden(value: Any) -> bool:
    return bool(_HIDDEN.match(value.strip())) if isinstance(value, str) else value in (0, False)


def is_draft(value: Any) -> bool:
    """Whether the word says rather "not yet" than "no longer"."""
    return isinstance(value, str) and value.strip().lower() in ("draft", "черновик")
