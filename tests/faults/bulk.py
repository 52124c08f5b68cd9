"""Thousands of approved articles at once, as `newsroom.desk.review.approve` leaves each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from newsroom.desk.case import Case
from newsroom.desk.queueing import enqueue
from newsroom.desk.session import Desk
from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId, ArticleUid
from newsroom.domain.states import Operation, ReviewState

#: Articles in one transaction.
_PAGE = 500


def approve_many(desk: Desk, contents: Sequence[Content], dues: Sequence[datetime]) -> list[ArticleId]:
    """One approved article for each of *contents*, scheduled on all sites for the instant beside it."""
    articles: list[ArticleId] = []
    pairs = list(zip(contents, dues, strict=True))
    for start in range(0, len(pairs), _PAGE):
        with desk.database.write() as work:
            case = Case(work, desk.person)
            sites = [site.name for site in work.records.sites()]
            for content, due in pairs[start : start + _PAGE]:
                uid = str(uuid4())
                article = work.articles.add(ArticleUid(uid), content, uid, desk.person.id, work.now, "")
                work.articles.set_review(article, ReviewState.APPROVED)
                current = work.articles.get(article)
                work.articles.approve(article, current.revision, current.hash, desk.person.id, work.now)
                enqueue(case, current, Operation.PUBLISH, sites, due)
                articles.append(article)
            case.done(None)
    return articles
