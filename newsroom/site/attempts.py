"""What adapters over SQL share: a transaction tried again after a lost race, faults as the port words them, and what a
receipt says about a delivery."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from newsroom.domain.errors import SiteDiverged, SiteLockedOut, SiteRefused, SiteSchemaMismatch, SiteUnavailable
from newsroom.domain.states import Operation
from newsroom.site.port import Delivery, Effect, Receipt
from newsroom.sql.faults import Kind, brief, explain, kind_of, locked_out, lost_race
from newsroom.words import _

#: How often one call tries again after losing a race to another transaction.
_ATTEMPTS = 3

Result = TypeVar("Result")


class LostRace(SiteUnavailable):
    """Others changed something between two statements of ours; a fresh read decides."""


def despite_races(work: Callable[[], Result]) -> Result:
    """What *work*, one whole transaction, returns; repeated where another transaction got in its way.

    A broken constraint counts as such: what was free a moment ago is taken now, and the fresh read either finds it and
    says so, or no longer meets it.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return work()
        except LostRace:
            if attempt == _ATTEMPTS:
                raise
        except DBAPIError as error:
            if attempt == _ATTEMPTS or not (lost_race(error) or isinstance(error, IntegrityError)):
                raise
        time.sleep(random.uniform(0.01, 0.1) * attempt)  # noqa: S311 -- spreads rivals, guards nothing
    raise AssertionError("the loop returns or raises")


@contextmanager
def faults_in_words(what_differs: Callable[[Exception], str]) -> Iterator[None]:
    """Database errors as the families of the port; what is our own bug passes through.

    *what_differs* says what is wrong with the site's tables after an error that speaks of them.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, DisconnectionError) as error:
        kind = kind_of(error)
        if kind is Kind.ENVIRONMENT:
            if locked_out(error):
                raise SiteLockedOut(
                    _("База сайта не пускает публикатор: {why}. Нужен человек: пароль или сертификат.").format(
                        why=explain(error)
                    )
                ) from error
            raise SiteUnavailable(_("Сайт сейчас не отвечает: {why}.").format(why=explain(error))) from error
        if kind is Kind.STRUCTURE:
            raise SiteSchemaMismatch(
                _("Таблицы сайта не те, ничего не записано: {what}.").format(what=what_differs(error))
            ) from error
        if kind is Kind.DATA:
            raise SiteRefused(_("База сайта не приняла данные: {words}.").format(words=brief(error))) from error
        raise


def settled(held: Receipt | None, delivery: Delivery) -> Effect | None:
    """What *delivery* comes to where the site holds *held*; None where the change is to be made.

    Raises `SiteDiverged` for the same sequence with another hash.
    """
    if held is None:
        return None
    if is_of(held, delivery):
        return Effect.ALREADY_DONE
    if held.operation is Operation.KILL:
        return Effect.SUPERSEDED
    if delivery.operation is Operation.KILL:
        return None
    if held.sequence == delivery.sequence:
        raise SiteDiverged(
            _("Сайт уже хранит другое содержание под тем же номером {sequence}; ничего не записано.").format(
                sequence=delivery.sequence
            )
        )
    return Effect.SUPERSEDED if held.sequence > delivery.sequence else None


def is_of(held: Receipt, delivery: Delivery) -> bool:
    """Whether the receipt is that of this very delivery; a kill may have gone over a higher sequence than its own."""
    kill = held.operation is Operation.KILL and delivery.operation is Operation.KILL
    return held.hash == delivery.hash and (kill or held.sequence == delivery.sequence)


def has_moved_on(held: Receipt, delivery: Delivery) -> bool:
    """Whether the site is beyond *delivery*, so that nothing of it can be read back."""
    if held.operation is Operation.KILL and delivery.operation is not Operation.KILL:
        return True
    return held.sequence > delivery.sequence and not is_of(held, delivery)


def receipt_differences(held: Receipt | None, delivery: Delivery) -> list[str]:
    """In words: why the site's receipt is not that of *delivery*; empty where it is, or where the site has moved on."""
    if held is None:
        return [_("на сайте нет записи о доставке этой статьи")]
    if has_moved_on(held, delivery):
        return []
    if held.sequence < delivery.sequence:
        return [
            _("сайт хранит изменение {found}, а отправлено {sent}").format(found=held.sequence, sent=delivery.sequence)
        ]
    if held.hash != delivery.hash:
        return [_("под тем же номером сайт хранит другое содержание")]
    return []


def merge_hint(there: bool) -> tuple[str, ...]:
    """What a person can do about an edit by other hands; nothing where the row is not *there* any more."""
    if not there:
        return ()
    return (_("Правку можно влить в статью: «Слить с правкой на сайте…» в очереди или newsroom site merge."),)


def text_difference(found: object, other: object, width: int = 60) -> str:
    """*found* as one short text, from shortly before the place where it departs from *other*."""
    if found is None:
        return "—"
    text = str(found)
    if len(text) <= width:
        return text
    same = next(
        (at for at, pair in enumerate(zip(text, str(other), strict=False)) if pair[0] != pair[1]), len(str(other))
    )
    start = max(0, min(same - width // 3, len(text) - width))
    return ("…" if start else "") + text[start : start + width] + ("…" if start + width < len(text) else "")


def quoted_size(data: bytes) -> int:
    """Bytes of *data* in a statement: some take two there, and the rest of the statement needs room too."""
    return len(data) + sum(data.count(byte) for byte in b"\0\n\r\x1a\"'\\") + 4096
