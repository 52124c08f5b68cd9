"""What a delivery means for the rows of a described site: values fitted to their columns, and what cannot be stored.

Values only; nothing here touches a database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from newsroom.domain.states import Operation
from newsroom.site.attempts import text_difference
from newsroom.site.mapped_layout import Layout, Spot
from newsroom.site.mapped_transforms import SOURCES, Context, title_of, value_of
from newsroom.site.mapped_values import fitted, same, shown, unfit
from newsroom.site.mapping import Cell, Kill, Mapping, Things
from newsroom.site.port import Delivery, SiteArticle
from newsroom.words import _

#: What is left of a killed article.
_BLANK: Final = SiteArticle(
    headline="",
    lead="",
    body_html="",
    rubric_slug="",
    rubric_title="",
    tags=(),
    byline="",
    slug="",
    age="",
    lead_photo=None,
    photo_caption="",
    photo_credit="",
    photo_alt="",
    note="",
    published_at=datetime(1970, 1, 1, tzinfo=UTC),
    pinned_until=None,
)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """Columns with their values, and every reason why some cannot be written."""

    values: Values
    problems: tuple[str, ...]


def context_of(mapping: Mapping, delivery: Delivery, now: datetime) -> Context:
    address = mapping.photos.address if mapping.photos else "/photos/"
    return Context(delivery, delivery.article or _BLANK, now, mapping.zone, address)


def fill(layout: Layout, table: str, cells: Iterable[Cell], context: Context, *, new: bool = True) -> Filled:
    """The values of *cells*, of which a later one of the same column wins; *new* tells whether the row is inserted."""
    values: Values = {}
    problems: dict[str, tuple[str, ...]] = {}
    for cell in cells:
        if cell.only_new and not new:
            continue
        spot = layout.spot(table, cell.column)
        try:
            value = values[cell.column] = fitted(spot, value_of(cell, context), context.zone)
            problems[cell.column] = tuple(unfit(spot, value, title_of(cell)))
        except (ValueError, TypeError):
            problems[cell.column] = (
                _("Поле «{field}» не подходит столбцу {column}.").format(
                    field=title_of(cell), column=f"{table}.{cell.column}"
                ),
            )
    return Filled(values, tuple(problem for some in problems.values() for problem in some))


def publication(mapping: Mapping, layout: Layout, context: Context, *, new: bool) -> Filled:
    articles = mapping.articles
    return fill(layout, articles.table, (*articles.columns, *articles.published), context, new=new)


def removal(mapping: Mapping, layout: Layout, context: Context) -> Filled:
    """What a withdrawal or kill writes into the article's row."""
    articles = mapping.articles
    records = [cell for cell in articles.columns if cell.source and SOURCES[cell.source].record and not cell.only_new]
    if context.delivery.operation is not Operation.KILL:
        return fill(layout, articles.table, (*records, *articles.withdrawn), context)
    emptied = [cell for cell in articles.columns if cell.source and SOURCES[cell.source].content]
    pictures = mapping.photos.things if mapping.photos else None
    if pictures and pictures.column:
        emptied.append(Cell(pictures.column, "photos.column"))
    return fill(layout, articles.table, (*records, *emptied, *articles.killed), context)


def misfits(mapping: Mapping, layout: Layout) -> Iterator[str]:
    """Why a kill or withdrawal could not be written whatever the article: these must never fail on their day."""
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    for operation in (Operation.WITHDRAW, Operation.KILL):
        if operation is Operation.KILL and mapping.articles.kill is Kill.REMOVE:
            continue
        delivery = Delivery(_ANY_UID, operation, 1, 1, "", 1, None)
        yield from removal(mapping, layout, context_of(mapping, delivery, moment)).problems


_ANY_UID: Any = "00000000-0000-4000-8000-000000000000"


def watched(mapping: Mapping) -> dict[str, str]:
    """Columns of the article's row whose change by other hands counts, and what a person calls them."""
    articles = mapping.articles
    cells = (*articles.columns, *articles.published, *articles.withdrawn, *articles.killed)
    loose = {cell.column for cell in cells if not cell.compared or cell.only_new}
    found = {cell.column: title_of(cell) for cell in cells if cell.column not in loose}
    if mapping.rubrics:
        column = mapping.rubrics.things.column if mapping.rubrics.things else mapping.rubrics.column
        found |= {column: _("рубрика")} if column else {}
    if mapping.photos and mapping.photos.things and mapping.photos.things.column:
        found[mapping.photos.things.column] = _("главное фото")
    return found


def joined(mapping: Mapping) -> list[Things]:
    """What is joined to the article by tables of links."""
    all_things = (
        mapping.rubrics.things if mapping.rubrics else None,
        mapping.tags,
        mapping.photos.things if mapping.photos else None,
    )
    return [things for things in all_things if things and things.link]


def difference(spot: Spot, title: str, expected: Any, found: Any) -> str:
    """In words how *found* departs from *expected*; empty where it does not."""
    if same(spot, expected, found):
        return ""
    return _("{field}: на сайте «{found}», отправлено «{expected}»").format(
        field=title,
        found=text_difference(found, expected) if isinstance(found, str) else shown(found),
        expected=text_difference(expected, found) if isinstance(expected, str) else shown(expected),
    )
