"""What a chaos run did to the site, held against what the newsroom asked for and believes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select

from newsroom.app import Newsroom
from newsroom.domain.ids import ArticleUid
from newsroom.site import standard_schema as site_tables
from newsroom.storage.tables import articles, live, queue
from tests.faults.audit import audit, receipts
from tests.faults.editors import Editors

#: What a site's row says of an article, in the newsroom's words.
_LIVE = {"published": "live", "withdrawn": "withdrawn", "killed": "killed"}


@dataclass
class Verdict:
    """Figures of one run; all but the first and the last are to be nought."""

    delivered: int = 0
    #: Settled as delivered, or due and open at the end, and not on the site.
    lost: int = 0
    #: Changes made more than once.
    duplicated: int = 0
    #: Changes made after one with a higher sequence.
    regressed: int = 0
    #: Made before their due instant.
    early: int = 0
    #: Made after they had been held or cancelled.
    revoked: int = 0
    #: Articles of which the newsroom believes something else than the site shows.
    disagreed: int = 0
    #: Items that ended up with a person.
    needs_person: int = 0
    #: Seconds after the due instant, of what was planned ahead.
    lateness: list[float] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        wrong = (self.lost, self.duplicated, self.regressed, self.early, self.revoked, self.disagreed)
        return not any(wrong) and not self.needs_person

    def __str__(self) -> str:
        names = ("delivered", "lost", "duplicated", "regressed", "early", "revoked", "disagreed", "needs_person")
        figures = ", ".join(f"{name} {getattr(self, name)}" for name in names)
        return f"{figures}; lateness p50 {_percentile(self.lateness, 0.5)}, p99 {_percentile(self.lateness, 0.99)}"


def _percentile(values: list[float], share: float) -> str:
    ordered = sorted(values)
    return f"{ordered[min(int(len(ordered) * share), len(ordered) - 1)]:.2f} s" if ordered else "—"


def judge(newsroom: Newsroom, site: Engine, editors: Editors | None = None) -> Verdict:
    """The verdict once the queue has run dry. Without *editors* nothing is said of what was revoked."""
    verdict = Verdict()
    changes = audit(site)
    made = receipts(changes)
    verdict.delivered = len(made)
    times = Counter((change.uid, change.number) for change in made)
    verdict.duplicated = sum(count - 1 for count in times.values())
    # A withdrawal or kill of what was never there changes no article.
    verdict.duplicated += max(0, len(changes) - 2 * len(made))
    newest: dict[ArticleUid, int] = defaultdict(int)
    for change in made:
        if change.number < newest[change.uid]:
            verdict.regressed += 1
            verdict.details.append(f"regressed: {change}")
        newest[change.uid] = max(newest[change.uid], change.number)

    with newsroom.database.read() as work:
        query = select(queue, articles.c.uid).join(articles, articles.c.id == queue.c.article)
        items = work._connection.execute(query).all()
        believed = work._connection.execute(
            select(live.c.state, live.c.revision, articles.c.uid).join(articles, articles.c.id == live.c.article)
        ).all()
    when: dict[tuple[str, int], datetime] = {(change.uid, change.number): change.at for change in made}
    for item in items:
        key = (item.uid, item.sequence)
        settled = item.state in ("delivered", "verified")
        if item.state == "needs_person":
            verdict.needs_person += 1
            verdict.details.append(f"needs a person: {item.problem}")
        elif (settled and key not in when) or item.state in ("scheduled", "retrying", "delivering"):
            verdict.lost += 1
            verdict.details.append(f"lost: item {item.id} is {item.state}")
        if key in when and editors is not None and (wrong := editors.allowed(item.uid, item.sequence, when[key])):
            setattr(verdict, wrong, getattr(verdict, wrong) + 1)
            verdict.details.append(f"{wrong}: item {item.id}, {item.state}, due {item.due_at}, came {when[key]}")
        elif key in when and item.due_at is not None:
            late = (when[key] - item.due_at).total_seconds()
            if editors is None and late < -0.001:
                verdict.early += 1
            if (item.due_at - item.created_at).total_seconds() > 0.05:
                verdict.lateness.append(late)

    with site.connect() as connection:
        rows = connection.execute(select(site_tables.articles)).all()
    shown = {row.uid: (_LIVE[row.status], row.revision if row.status == "published" else None) for row in rows}
    known = {row.uid: (row.state, row.revision) for row in believed}
    for uid in shown.keys() | known.keys():
        # What was killed or withdrawn before it ever came has a receipt and no row.
        absent = uid not in shown and known[uid][0] != "live"
        if shown.get(uid) != known.get(uid) and not absent:
            verdict.disagreed += 1
            verdict.details.append(f"disagreed: {uid} is {shown.get(uid)}, believed {known.get(uid)}")
    return verdict
