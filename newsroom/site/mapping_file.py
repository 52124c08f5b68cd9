"""Reads the description of a site from its TOML file and holds it against itself; every fault at once, in words.

Whether the database has these tables and columns is not judged here.
"""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from newsroom.domain.errors import InvalidInput
from newsroom.site.mapped_transforms import KIND_WORDS, SOURCES, TRANSFORMS, wrong_argument
from newsroom.site.mapping import (
    Articles,
    Cell,
    Cells,
    Kill,
    Link,
    Made,
    Mapping,
    Photos,
    Place,
    Receipts,
    Reports,
    Rubrics,
    Step,
    Things,
    printable,
)
from newsroom.site.mapping_source import Section, read_toml
from newsroom.words import _

_PLACEHOLDERS = ("slug", "key", "rubric", "year", "month", "day")
_REPORT_FIELDS = ("page_url", "before", "selected", "after", "comment", "reported_at")
_MAX_STEPS = 10


def read_mapping(file: Path) -> Mapping:
    """The description in *file*. Raises `InvalidInput` with every reason, each naming its line and key."""
    values, lines = read_toml(file)
    problems: list[str] = []
    mapping = _mapping(Section(values, "", problems, lines), lines)
    if problems:
        head = _("Описание сайта {file} нужно поправить.").format(file=file)
        raise InvalidInput(head, *dict.fromkeys(problems))
    return mapping


def _mapping(top: Section, lines: dict[str, int]) -> Mapping:
    mapping = Mapping(
        zone=_zone(top),
        schema=_schema(top),
        page=_page(top),
        at_least_once=top.flag("at_least_once", default=False),
        articles=_articles(top.section("article")),
        rubrics=_rubrics(top.section("rubric")) if "rubric" in top else None,
        tags=_things(top.section("tags"), "tags") if "tags" in top else None,
        photos=_photos(top.section("photos")) if "photos" in top else None,
        receipts=_receipts(top.section("receipt")),
        reports=_reports(top.section("reports")) if "reports" in top else None,
        lines=tuple(lines.items()),
    )
    top.refuse_unknown()
    _hold_together(top, mapping)
    return mapping


def _zone(top: Section) -> ZoneInfo:
    name = top.text("zone", "UTC", 100)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        top.complain("zone", _("такого часового пояса нет; пример: Asia/Vladivostok"))
        return ZoneInfo("UTC")


def _schema(top: Section) -> str:
    name = top.name("schema", "")
    if name.startswith("pg_") or name.lower() in ("information_schema", "mysql", "performance_schema", "sys"):
        top.complain("schema", _("это служебная схема сервера"))
        return ""
    return name


def _page(top: Section) -> str:
    page = top.text("page", "/{slug}")
    unknown = set(re.findall(r"\{(.*?)\}", page)) - set(_PLACEHOLDERS)
    if not page.startswith("/") or page.startswith("//"):
        top.complain("page", _("путь страницы начинается с одной косой черты"))
    if unknown or page.count("{") != page.count("}"):
        known = ", ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
        top.complain("page", _("в пути страницы бывают только {known}").format(known=known))
    return page


def _articles(section: Section) -> Articles:
    made = Made(section.choice("key_made", tuple(Made), Made.DATABASE))
    articles = Articles(
        table=section.name("table"),
        key=section.name("key", "id"),
        made=made,
        sequence=section.name("sequence") if made is Made.SEQUENCE else section.name("sequence", ""),
        uid=section.name("uid", ""),
        columns=_cells(section.section("columns"), "article", sources=True),
        published=_cells(section.section("published"), "article", sources=False),
        withdrawn=_cells(section.section("withdrawn"), "article", sources=False),
        killed=_cells(section.section("killed"), "article", sources=False),
        kill=Kill(section.choice("kill", tuple(Kill), Kill.EMPTY)),
        site_fills=section.texts("site_fills"),
    )
    if not any(cell.source == "headline" for cell in articles.columns):
        section.complain("columns", _("ни один столбец не получает заголовок (headline)"))
    for name, cells in (("published", articles.published), ("withdrawn", articles.withdrawn)):
        if not cells:
            section.complain(name, _("нужно сказать, какие столбцы меняются и на что"))
    if articles.kill is Kill.EMPTY and not articles.killed:
        section.complain("killed", _('нужно сказать, какие столбцы меняются и на что, или kill = "remove"'))
    section.refuse_unknown()
    return articles


def _cells(section: Section, scope: str, *, sources: bool) -> Cells:
    """Columns of a section: a bare text names a source where *sources*, else it is the value itself."""
    return tuple(_cell(section, name, scope, sources=sources) for name in section.names())


def _cell(section: Section, column: str, scope: str, *, sources: bool) -> Cell:
    value = section.raw(column)
    key = section.key(column)
    if isinstance(value, dict):
        return _full_cell(section.section(column), column, scope)
    if sources:
        source = _source(section, column, scope)
        return Cell(column, key, source=source, compared=_is_lasting(source))
    constant = section.scalar(column)
    return Cell(column, key, constant=constant)


def _full_cell(section: Section, column: str, scope: str) -> Cell:
    only_new = section.choice("when", ("always", "new"), "always") == "new"
    compared = section.flag("compare", default=True)
    if "from" in section and "constant" not in section:
        source = _source(section, "from", scope)
        steps = _steps(section, source)
        cell = Cell(column, section.path, source, None, steps, only_new, compared and _is_lasting(source))
    elif "constant" in section and "from" not in section:
        cell = Cell(column, section.path, "", section.scalar("constant"), (), only_new, compared)
    elif section.flag("null", default=False):
        cell = Cell(column, section.path, "", None, (), only_new, compared)
    else:
        section.complain("", _("нужно одно из двух: from (что взять) или constant (постоянное значение)"))
        cell = Cell(column, section.path)
    section.refuse_unknown()
    return cell


def _is_lasting(source: str) -> bool:
    """Whether the same delivery gives the same value again."""
    return not SOURCES[source].record and source != "new_uuid"


def _source(section: Section, name: str, scope: str) -> str:
    source = section.text(name)
    scopes = ("article",) if scope == "article" else ("article", scope)
    known = [one for one, about in SOURCES.items() if about.scope in scopes]
    if source in known:
        return source
    if source:
        section.complain(
            name,
            _("«{source}» взять неоткуда; бывает: {known}").format(source=printable(source), known=", ".join(known)),
        )
    return "headline"


def _steps(section: Section, source: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    kind = SOURCES[source].kind
    words = section.texts("as")
    if len(words) > _MAX_STEPS:
        section.complain("as", _("больше {limit} преобразований подряд").format(limit=_MAX_STEPS))
        return ()
    for text in words:
        name, colon, argument = text.partition(":")
        transform = TRANSFORMS.get(name)
        if transform is None:
            known = ", ".join(TRANSFORMS)
            section.complain(
                "as", _("преобразования «{name}» нет; бывает: {known}").format(name=printable(name), known=known)
            )
            return ()
        step = Step(name, argument)
        if transform.argument and not colon:
            section.complain("as", _("преобразованию «{name}» нужен довод: «{name}:…»").format(name=name))
        elif colon and not transform.argument:
            section.complain("as", _("у преобразования «{name}» довода нет").format(name=name))
        elif why := wrong_argument(step):
            section.complain("as", why)
        if kind not in transform.takes:
            section.complain(
                "as",
                _("«{name}» здесь не годится: получит {kind}, а берёт {takes}").format(
                    name=name, kind=_(KIND_WORDS[kind]), takes=", ".join(_(KIND_WORDS[one]) for one in transform.takes)
                ),
            )
            return ()
        kind = transform.gives or kind
        steps.append(step)
    return tuple(steps)


def _rubrics(section: Section) -> Rubrics:
    if "values" not in section:
        return Rubrics(_things(section, "rubric"))
    values = section.section("values")
    rubrics = Rubrics(None, section.name("column"), tuple((slug, values.scalar(slug)) for slug in values.names()))
    section.refuse_unknown()
    return rubrics


def _things(section: Section, scope: str) -> Things:
    match = section.section("match")
    names = match.names()
    if len(names) != 1:
        match.complain("", _("нужна одна строка: столбец, по которому находится запись"))
    cell = _cell(match, names[0], scope, sources=True) if names else Cell("", match.path)
    create = _cells(section.section("create"), scope, sources=True) if "create" in section else None
    if create is not None and cell.column not in {one.column for one in create}:
        create = (cell, *create)
    things = Things(
        section=scope,
        table=section.name("table"),
        key=section.name("key", "id"),
        match=cell,
        constants=_cells(section.section("where"), scope, sources=False),
        create=create,
        column=section.name("column", ""),
        link=_link(section.section("link"), scope) if "link" in section else None,
    )
    if not things.column and things.link is None:
        section.complain("", _("не сказано, как статья ссылается сюда: column или link"))
    section.refuse_unknown()
    return things


def _link(section: Section, scope: str) -> Link:
    link = Link(
        table=section.name("table"),
        article=section.name("article"),
        other=section.name("other"),
        position=section.name("position", ""),
        constants=_cells(section.section("where"), scope, sources=False),
        columns=_cells(section.section("columns"), scope, sources=True),
    )
    section.refuse_unknown()
    return link


def _photos(section: Section) -> Photos:
    folder = section.text("folder", "")
    address = section.text("address", "/photos/")
    if not re.match(r"(?:/(?!/)|https?://)[^\s\"'<>\\]*\Z", address) or not address.endswith("/"):
        section.complain("address", _("нужен путь или адрес, который начинается с / или https:// и кончается на /"))
    if folder and not Path(folder).is_absolute():
        section.complain("folder", _("нужен полный путь к папке"))
    things = None
    if "table" in section:
        things = _things(section, "photos")
        stored = any(cell.source == "photo_data" for cell in things.create or ())
    else:
        stored = False
        section.refuse_unknown()
    if not folder and not stored:
        section.complain("", _("не сказано, где лежат файлы: folder или столбец из photo_data"))
    return Photos(folder, address, things)


def _receipts(section: Section) -> Receipts:
    place = Place(section.choice("place", tuple(Place), Place.TABLE))
    if place is Place.TABLE:
        receipts = Receipts(place, table=section.name("table", "newsroom_receipt"))
    elif place is Place.COLUMN:
        receipts = Receipts(place, column=section.name("column"))
    elif place is Place.KEY_VALUE:
        receipts = Receipts(
            place,
            table=section.name("table"),
            name=section.name("name"),
            value=section.name("value"),
            constants=_cells(section.section("columns"), "article", sources=False),
        )
    else:
        receipts = Receipts(place)
    section.refuse_unknown()
    return receipts


def _reports(section: Section) -> Reports:
    columns = section.section("columns")
    fields = tuple((field, columns.name(field)) for field in _REPORT_FIELDS if field in columns)
    columns.refuse_unknown(lambda: _("бывает: {known}").format(known=", ".join(_REPORT_FIELDS)))
    if "selected" not in dict(fields):
        columns.complain("selected", _("это нужно указать"))
    states = section.section("states")
    reports = Reports(
        table=section.name("table"),
        key=section.name("key", "id"),
        fields=fields,
        article=section.name("article", ""),
        article_is=section.choice("article_is", ("key", "uid", "slug"), "key"),
        state=section.name("state", ""),
        states=tuple((state, states.scalar(state)) for state in ("new", "fixed", "rejected") if state in states),
        closed_at=section.name("closed_at", ""),
    )
    states.refuse_unknown()
    section.refuse_unknown()
    return reports


def _hold_together(top: Section, mapping: Mapping) -> None:
    """What single sections cannot see."""
    articles, receipts = mapping.articles, mapping.receipts
    claimed: dict[str, str] = {}

    def claim(column: str, key: str) -> None:
        if column and column in claimed:
            top.complain(key, _("столбец «{column}» уже занят: {other}").format(column=column, other=claimed[column]))
        claimed.setdefault(column, key)

    claim(articles.key, "article.key")
    claim(articles.uid, "article.uid")
    for cell in articles.columns:
        claim(cell.column, cell.key)
    for name, things in (("rubric", mapping.rubrics and mapping.rubrics.things), ("tags", mapping.tags)):
        claim(things.column if things else "", f"{name}.column")
    claim(mapping.rubrics.column if mapping.rubrics else "", "rubric.column")
    claim(mapping.photos.things.column if mapping.photos and mapping.photos.things else "", "photos.column")
    claim(receipts.column, "receipt.column")
    fixed = dict(claimed)
    for cells in (articles.published, articles.withdrawn, articles.killed):
        for cell in cells:
            if fixed.get(cell.column, cell.key) != cell.key and not _is_text_of(articles, cell):
                claim(cell.column, cell.key)
    if receipts.place in (Place.COLUMN, Place.NOWHERE) and not articles.uid:
        top.complain("article.uid", _("без своей таблицы расписок нужен столбец с номером статьи в редакции"))
    if receipts.place is Place.COLUMN and articles.kill is Kill.REMOVE:
        top.complain("article.kill", _('расписка лежит в строке статьи: удалять строку нельзя, нужно kill = "empty"'))
    if receipts.place is Place.NOWHERE and not mapping.at_least_once:
        top.complain(
            "receipt.place",
            _("без расписки изменение может прийти дважды: согласитесь на это строкой at_least_once = true"),
        )


def _is_text_of(articles: Articles, cell: Cell) -> bool:
    """A state may set a column that otherwise holds a text, as a killed article's headline."""
    return any(one.column == cell.column for one in articles.columns) and not cell.key.startswith("article.published")
