"""Whether a site and the newsroom still tell the same story, or one of them was restored from an older backup.

A site that holds less than was delivered to it is behind; one whose receipts tell of changes that this newsroom never
queued is ahead. Both are found before anything is sent, and a person decides.
"""

from collections.abc import Iterator
from typing import Final

from newsroom.domain.errors import OutOfStep
from newsroom.domain.ids import ArticleUid, SiteName
from newsroom.domain.restored import Ahead, Comparison, Known
from newsroom.domain.states import Operation
from newsroom.site.port import Receipt, Site
from newsroom.storage.database import Database
from newsroom.words import _, n_

#: Receipts looked at in one transaction.
_PAGE: Final = 500
#: How many articles are named.
_EXAMPLES: Final = 3


def compare(database: Database, name: SiteName, site: Site) -> Comparison:
    """Hold the site's receipts against what the newsroom has recorded, in bounded memory where they agree.

    Raises what the site raises. A site that keeps no receipts is taken for equal.
    """
    if not site.keeps_receipts:
        return Comparison(name)
    matched, ahead = 0, list[Ahead]()
    older: list[ArticleUid] = []
    for page in _pages(site):
        # Receipts first: what explains them was in the queue before they were written.
        with database.read() as work:
            known = work.ledger.known(name, [receipt.article_uid for receipt in page], work.now)
        for receipt in page:
            facts = known.get(receipt.article_uid)
            if facts is None or not facts.explains(receipt.operation is Operation.KILL, receipt.sequence):
                ahead.append(
                    Ahead(
                        uid=receipt.article_uid,
                        operation=receipt.operation,
                        sequence=receipt.sequence,
                        article=facts.article if facts else None,
                        headline=facts.headline if facts else "",
                    )
                )
            if facts is not None and facts.delivered is not None:
                matched += 1
                if receipt.sequence < facts.delivered:
                    older.append(receipt.article_uid)
    with database.read() as work:
        recorded = work.ledger.count(name)
    behind: list[Known] = []
    suspects = [older] if recorded <= matched else _recorded(database, name)
    for uids in suspects:
        # What was delivered first: the receipt of that was on the site before it was recorded.
        with database.read() as work:
            known = work.ledger.known(name, uids, work.now)
        held = {receipt.article_uid: receipt.sequence for receipt in site.receipts_of(uids)}
        behind += [
            facts
            for uid, facts in known.items()
            if facts.delivered is not None and not facts.on_its_way and held.get(uid, -1) < facts.delivered
        ]
    return Comparison(
        name,
        behind=tuple(facts.article for facts in behind),
        behind_headlines=tuple(facts.headline for facts in behind[:_EXAMPLES]),
        ahead=tuple(ahead),
    )


def refuse_out_of_step(found: Comparison) -> None:
    """Raise `OutOfStep` with what was found and what to do, in words."""
    problems = []
    if found.behind:
        missing = n_(
            "На сайте нет {n} доставленной статьи, или она там старее",
            "На сайте нет {n} доставленных статей, или они там старее",
            len(found.behind),
        )
        plan = _(
            "Похоже, база сайта {site} восстановлена из старой копии или это другая база; туда ничего не отправляется. "
            "Если база та, отправьте недостающее заново: newsroom site replay {site}."
        )
        problems.append(f"{missing} ({_named(found.behind_headlines)}). {plan.format(site=found.site)}")
    if found.ahead:
        unknown = n_(
            "На сайте есть изменение {n} статьи, о котором редакция не знает",
            "На сайте есть изменения {n} статей, о которых редакция не знает",
            len(found.ahead),
        )
        names = tuple(one.headline or one.uid for one in found.ahead[:_EXAMPLES])
        plan = _(
            "Похоже, база редакции восстановлена из старой копии; на сайт {site} ничего не отправляется. Если есть "
            "копия новее, восстановите её. Если нет, проверьте очередь: отменённое позже может стоять в ней снова; "
            "затем примите сайт как есть: newsroom site accept {site}."
        )
        problems.append(f"{unknown} ({_named(names)}). {plan.format(site=found.site)}")
    if problems:
        raise OutOfStep(" ".join(problems))


def _pages(site: Site) -> Iterator[list[Receipt]]:
    cursor = ""
    while page := site.receipts_after(cursor, _PAGE):
        yield page
        cursor = page[-1].article_uid


def _recorded(database: Database, name: SiteName) -> Iterator[list[ArticleUid]]:
    """The uids of everything that was delivered to the site."""
    cursor = 0
    while True:
        with database.read() as work:
            page = work.ledger.delivered_after(name, cursor, _PAGE)
        if not page:
            return
        yield [uid for _article, uid in page]
        cursor = page[-1][0]


def _named(headlines: tuple[str, ...]) -> str:
    return ", ".join(f"«{headline}»" for headline in headlines)
