"""Review: submitting, returning, approving; what blocks publication."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from newsroom.desk.case import Case, use_case
from newsroom.desk.checking import blockers_in, errors_in, judged
from newsroom.desk.queueing import enqueue, own_sites
from newsroom.desk.session import Desk
from newsroom.desk.writing import refuse_killed, void_approval
from newsroom.domain.article import Article, Content
from newsroom.domain.changes import Done
from newsroom.domain.errors import Blocked, InvalidInput, StaleEdit, Unsettled
from newsroom.domain.findings import Finding
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.domain.people import Action
from newsroom.domain.states import Operation, ReviewStep, next_review_state
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from newsroom.words import _

#: Warnings that the record of an approval names.
_MOST_RECORDED: Final = 5


def blockers_of(desk: Desk, content: Content) -> list[Finding]:
    """What keeps *content* from publication, and what is remarked on in its fields; its texts are not looked into."""
    body_photos = photos_in(parse(content.body))
    with desk.database.read() as work:
        return blockers_in(desk, work, content, body_photos)


def submit(desk: Desk, article: ArticleId) -> Done[None]:
    """Send to the chief editor. Raises `Blocked` with all blockers at once."""
    with use_case(desk, Action.SUBMIT) as case:
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        state = next_review_state(current.review, ReviewStep.SUBMIT)
        refuse_blocked(desk, case, current, None)
        case.work.articles.set_review(article, state)
        case.note("submit", article=article)
        return case.done(None)


def return_article(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Send back to the author; *reason* must not be empty. An approval that stood is voided and its queue cancelled."""
    with use_case(desk, Action.RETURN) as case:
        if not reason.strip():
            raise InvalidInput(_("Напишите, почему статья возвращается."))
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        void_approval(case, current, ReviewStep.RETURN, reason.strip())
        case.note("return", article=article, detail=reason.strip())
        return case.done(None)


def approve(
    desk: Desk,
    article: ArticleId,
    *,
    due: datetime | None = None,
    revision: int | None = None,
    comments_seen: Collection[CommentId] = (),
    warnings_seen: Collection[str] = (),
) -> Done[int]:
    """Approve the newest revision, and return its number.

    Writes approval, immutable payload and one queue item a site in one transaction. The items are scheduled for *due*,
    else for the planned time of the article; with neither they are held until somebody names a time. *revision* is
    the one that the chief has read: `StaleEdit` where it is no longer the newest. Raises `Blocked`, and `Unsettled`
    where there are unresolved comments that are not among *comments_seen*, or warnings whose keys (`Finding.key`) are
    not among *warnings_seen*.
    """
    with use_case(desk, Action.APPROVE) as case:
        current = case.work.articles.get(article, lock=True)
        refuse_killed(current)
        if revision is not None and revision != current.revision:
            raise StaleEdit(
                _("Статью тем временем изменили: прочитана версия {read}, новейшая {newest}.").format(
                    read=revision, newest=current.revision
                )
            )
        state = next_review_state(current.review, ReviewStep.APPROVE)
        due = due or current.planned_at
        found = judged(desk, case.work, current.content, article, due)
        if blocking := [one for one in found if one.blocks]:
            raise Blocked(blocking)
        unresolved = case.work.comments.unresolved(article)
        if any(comment.id not in comments_seen for comment in unresolved) or any(
            one.key not in warnings_seen for one in found
        ):
            raise Unsettled(unresolved, found)
        case.work.articles.set_review(article, state)
        case.work.articles.approve(article, current.revision, current.hash, case.person.id, case.now)
        case.note("approve", article=article, detail=_approved(current.revision, found))
        enqueue(case, current, Operation.PUBLISH, own_sites(case, current), due)
        return case.done(current.revision)


def _approved(revision: int, despite: Sequence[Finding]) -> str:
    """The record of an approval: which revision, and what had been asked about."""
    told = _("версия {number}").format(number=revision)
    for warning in despite[:_MOST_RECORDED]:
        told += _("; просмотрено: {message}").format(message=warning.message)
    return told + ("…" if len(despite) > _MOST_RECORDED else "")


def refuse_blocked(desk: Desk, case: Case, article: Article, due: datetime | None) -> None:
    """Raise `Blocked` with everything that keeps *article* from going out at *due*."""
    if blocking := errors_in(desk, case.work, article.content, article.id, due):
        raise Blocked(blocking)
