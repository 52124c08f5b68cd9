"""One delivery to a described site within one transaction: decide, write, and read back what came of it.

Everything that triggers of the site do to our columns is seen before the commit, and refused where it is not what was
sent: a text is never stored cut or changed.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsroom.domain.errors import SiteDiverged, SiteRefused
from newsroom.domain.states import Operation
from newsroom.site.attempts import merge_hint, settled
from newsroom.site.mapped_layout import Layout, Spot
from newsroom.site.mapped_lock import Locks
from newsroom.site.mapped_pen import Pen, Row
from newsroom.site.mapped_photos import PhotoFolder
from newsroom.site.mapped_receipts import Held, ReceiptBook, State
from newsroom.site.mapped_rows import Values, context_of, difference, publication, removal, watched
from newsroom.site.mapped_things import Linked, Shelf
from newsroom.site.mapped_values import short_hash, uid_fitted
from newsroom.site.mapping import Kill, Made, Mapping, Place
from newsroom.site.port import Delivered, Delivery, Effect, Receipt
from newsroom.words import _


class Change:
    """What one delivery does, or would find, on the site."""

    def __init__(self, mapping: Mapping, layout: Layout, pen: Pen, delivery: Delivery, now: datetime) -> None:
        self._mapping = mapping
        self._articles = mapping.articles
        self._layout = layout
        self._pen = pen
        self._delivery = delivery
        self._now = now
        self._context = context_of(mapping, delivery, now)
        self._book = ReceiptBook(mapping)
        self._watched = watched(mapping)
        self._shelf = Shelf(mapping, layout, pen, self._context)

    # Reading

    def row(self, held: Held | None, *, lock: bool = False) -> Row | None:
        """The article's row: by the newsroom's uid where the site keeps it, else by the key of the receipt."""
        table = self._articles.table
        if self._articles.uid:
            where = {self._articles.uid: self._uid()}
        elif held and held.receipt.site_pk:
            where = {self._articles.key: self.key_from(held.receipt.site_pk)}
        else:
            return None
        return self._pen.first(table, self._columns(), where, lock=lock)

    def row_at(self, key: Any, *, lock: bool = False) -> Row | None:
        return self._pen.first(self._articles.table, self._columns(), {self._articles.key: key}, lock=lock)

    def state(self, row: Row) -> State:
        """What tells *row*, with all that is joined to it, from any other state of it."""
        return self._state(row, self._shelf.linked(row[self._articles.key]))

    def linked(self, key: Any) -> Linked:
        """Keys of what is joined to the article with *key*, by section."""
        return self._shelf.linked(key)

    def _known(self, held: Held | None) -> Held | None:
        """What the article's row is held against: the receipt, or what was adopted after it."""
        delivery = self._delivery
        adopted = delivery.adopted_after(held.receipt.sequence if held else 0)
        if adopted is None:
            return held
        receipt = Receipt(
            delivery.article_uid, adopted.site_pk, Operation.PUBLISH, adopted.sequence, 0, "", delivery.epoch
        )
        return Held(receipt, json.loads(adopted.state))

    def held(self, row: Row | None) -> Held | None:
        return self._book.held(self._pen, self._delivery.article_uid, row)

    def both(self, *, lock: bool = False) -> tuple[Held | None, Row | None]:
        """The receipt and the article's row, whichever of them leads to the other."""
        if self._mapping.receipts.place is Place.COLUMN:
            row = self.row(None, lock=lock)
            return self.held(row), row
        held = self.held(None)
        return held, self.row(held, lock=lock)

    def key_from(self, text: str) -> Any:
        """The key that a receipt remembers as a text."""
        spot = self._layout.spot(self._articles.table, self._articles.key)
        if spot.family == "number":
            return int(text)
        return uid_fitted(spot, text) if spot.family == "uuid" else text

    def _uid(self) -> Any:
        return uid_fitted(self._spot(self._articles.uid), self._delivery.article_uid)

    def _adopted_uid(self) -> Values:
        """An adopted row gets the newsroom's uid with its first delivery."""
        return {self._articles.uid: self._uid()} if self._articles.uid and self._delivery.adopted else {}

    def _spot(self, column: str) -> Spot:
        return self._layout.spot(self._articles.table, column)

    def _columns(self) -> tuple[str, ...]:
        articles, receipts = self._articles, self._mapping.receipts
        more = (receipts.column,) if receipts.place is Place.COLUMN else ()
        slug = (articles.slug,) if articles.slug else ()
        return (articles.key, *self._watched, *slug, *more)

    # Writing

    def make(self, locks: Locks, folder: PhotoFolder | None) -> Delivered:
        """Decide under the article's lock, and write. Nothing is committed here."""
        delivery = self._delivery
        locks.take(f"article {delivery.article_uid}")
        held, row = self.both(lock=True)
        if held and (effect := settled(held.receipt, delivery)):
            return Delivered(effect, held.receipt)
        known = self._known(held)
        if row is None and known is not held:
            row = self.row_at(self.key_from(known.receipt.site_pk), lock=True) if known else None
        if delivery.operation is Operation.PUBLISH:
            key, state = self._publish(known, row, locks, folder)
        else:
            key, state = self._take_off(known, row)
        receipt = Receipt(
            article_uid=delivery.article_uid,
            site_pk="" if key is None else str(key),
            operation=delivery.operation,
            # A kill goes over a higher sequence, as of a newsroom restored from an old backup, but never lowers it.
            sequence=max(delivery.sequence, held.receipt.sequence if held else 0),
            revision=delivery.revision,
            hash=delivery.hash,
            epoch=delivery.epoch,
        )
        here = None if delivery.operation is Operation.KILL and self._articles.kill is Kill.REMOVE else key
        self._book.write(self._pen, Held(receipt, state), here, self._now, known=held is not None)
        return Delivered(Effect.APPLIED, receipt)

    def _publish(
        self, held: Held | None, row: Row | None, locks: Locks, folder: PhotoFolder | None
    ) -> tuple[Any, State]:
        article, articles = self._context.article, self._articles
        before = self._shelf.linked(row[articles.key]) if row else {}
        self._refuse_foreign_hands(held, row, before)
        filled = publication(self._mapping, self._layout, self._context, new=row is None)
        problems = [*filled.problems, *self._shelf.problems()]
        if problems:
            raise SiteRefused(*dict.fromkeys(problems))
        if articles.slug:
            locks.take(f"slug {article.slug}")
            self._refuse_taken_slug(row)
        if folder is not None:
            for photo in article.photos:
                folder.put(photo)
        values = filled.values | self._shelf.put_columns(locks)
        key = self._insert(values) if row is None else row[articles.key]
        if row is not None:
            self._pen.update(articles.table, {articles.key: key}, values | self._adopted_uid())
        self._shelf.join(key, before)
        now = self._pen.first(articles.table, self._columns(), {articles.key: key})
        linked = self._shelf.linked(key)
        if differences := [*self._differences(now, values), *self._shelf.unlike(linked)]:
            words = _("Сайт записал не то, что отправлено, поэтому ничего не сохранено: {what}.")
            if not self._layout.rolls_back:
                words = _("Сайт записал не то, что отправлено, и откатить этого не может: {what}.")
            raise SiteRefused(words.format(what="; ".join(differences)))
        return key, self._state(now, linked)

    def _insert(self, values: Values) -> Any:
        articles = self._articles
        values = dict(values)
        if articles.uid:
            values[articles.uid] = self._uid()
        if articles.made is Made.UUID:
            values[articles.key] = uid_fitted(self._spot(articles.key), self._delivery.article_uid)
        elif articles.made is Made.SEQUENCE:
            values[articles.key] = self._pen.next_number(articles.sequence, self._mapping.schema)
        return self._pen.insert(articles.table, values, articles.key)

    def _take_off(self, held: Held | None, row: Row | None) -> tuple[Any, State]:
        """Withdraw or kill; an article without a row, never delivered or deleted since, is off the site already."""
        if row is None:
            known = held.receipt.site_pk if held else ""
            return (self.key_from(known) if known else None), held.state if held else {}
        articles = self._articles
        key, kills = row[articles.key], self._delivery.operation is Operation.KILL
        untouched = held is None or not self._edited(held, row, self._shelf.linked(key))
        if kills:
            self._shelf.part(key, everything=articles.kill is Kill.REMOVE)
        if kills and articles.kill is Kill.REMOVE:
            self._pen.delete(articles.table, {articles.key: key})
            return key, {}
        values = removal(self._mapping, self._layout, self._context).values | self._adopted_uid()
        self._pen.update(articles.table, {articles.key: key}, values)
        # A row that somebody edited keeps the old hashes, so that its return is not taken for ours.
        if held is not None and not untouched:
            return key, held.state
        now = self._pen.first(articles.table, self._columns(), {articles.key: key})
        return key, self._state(now, self._shelf.linked(key))

    def _refuse_taken_slug(self, row: Row | None) -> None:
        articles, slug = self._articles, self._context.article.slug
        headline = next((cell.column for cell in articles.columns if cell.source == "headline"), articles.key)
        for other in self._pen.rows(articles.table, (articles.key, headline), {articles.slug: slug}):
            if row is None or other[articles.key] != row[articles.key]:
                raise SiteRefused(
                    _("Адрес «{slug}» на сайте занят другой статьёй: «{headline}». Смените адрес статьи.").format(
                        slug=slug, headline=other[headline] or other[articles.key]
                    )
                )

    # Other hands

    def _refuse_foreign_hands(self, held: Held | None, row: Row | None, linked: Linked) -> None:
        """Raise `SiteDiverged` where somebody deleted or edited the row that the receipt speaks of."""
        if held is None or not held.receipt.site_pk:
            return
        if row is None or str(row[self._articles.key]) != held.receipt.site_pk:
            problem = _("Статью удалили с сайта в обход редакции; сама она не вернётся.")
        elif edited := self._edited(held, row, linked):
            problem = _("Статью на сайте правили в обход редакции: {what}. Чужая правка не затёрта.").format(
                what=", ".join(edited)
            )
        else:
            return
        hint = merge_hint(row is not None)
        if not held.receipt.sequence:
            raise SiteDiverged(problem, *hint)
        raise SiteDiverged(problem, *hint, self._book.way_out(held.receipt.article_uid))

    def _edited(self, held: Held, row: Row, linked: Linked) -> list[str]:
        """What other hands have changed since the receipt was written, as a person calls it."""
        now = self._state(row, linked)
        return [
            self._watched.get(name) or self._shelf.title(name)
            for name, value in held.state.items()
            if name in now and now[name] != value
        ]

    def _state(self, row: Row | None, linked: Linked) -> State:
        state = {name: short_hash(row[name]) for name in self._watched} if row else {}
        joined = {f":{section}": short_hash([str(key) for key in keys]) for section, keys in linked.items()}
        return state | joined

    # Reading back

    def differences(self, row: Row | None) -> list[str]:
        """Between the delivery and what the site holds, in words."""
        articles, delivery = self._articles, self._delivery
        if delivery.article is None:
            removed = delivery.operation is Operation.KILL and articles.kill is Kill.REMOVE
            if row is None:
                return []
            if removed:
                return [_("строка статьи всё ещё на сайте")]
            values = removal(self._mapping, self._layout, self._context).values
            return list(self._differences(row, values))
        if row is None:
            return [_("на сайте нет строки статьи")]
        values = publication(self._mapping, self._layout, self._context, new=False).values
        found = list(self._differences(row, values | self._shelf.found_columns()))
        linked = self._shelf.linked(row[articles.key])
        return [*found, *self._shelf.unlike(linked), *self._shelf.missing_photos()]

    def _differences(self, row: Row | None, values: Values) -> Iterator[str]:
        if row is None:
            yield _("на сайте нет строки статьи")
            return
        for name, expected in values.items():
            if name in self._watched and (
                words := difference(self._spot(name), self._watched[name], expected, row[name])
            ):
                yield words
