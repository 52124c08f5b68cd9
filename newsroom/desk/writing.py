"""Writing: new articles, saved revisions, the planned time."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from newsroom.desk.case import Case, use_case
from newsroom.desk.queueing import cancel
from newsroom.desk.session import Desk
from newsroom.desk.under_way import minor_corrections_under_way
from newsroom.domain.article import Article, Content, content_hash
from newsroom.domain.changes import Done
from newsroom.domain.comments import Place
from newsroom.domain.errors import InvalidInput, NotNow, StaleEdit
from newsroom.domain.ids import ArticleId, ArticleUid, CommentId
from newsroom.domain.people import Action
from newsroom.domain.states import Operation, ReviewState, ReviewStep, next_review_state
from newsroom.text.fragments import MAX_CHARACTERS, too_long
from newsroom.text.slugs import is_slug, make_slug, numbered
from newsroom.words import _


def create_article(desk: Desk, content: Content, *, reason: str = "") -> Done[ArticleId]:
    """A new draft with *content* as its first revision.

    Raises `InvalidInput` for a slug that is taken or malformed, for an unknown rubric or photo, and for characters
    that no database keeps.
    """
    with use_case(desk, Action.WRITE) as case:
        check_content(case, content)
        slug = _effective_slug(case, content, None)
        uid = ArticleUid(str(uuid.uuid4()))
        article = case.work.articles.add(uid, content, slug, case.person.id, case.now, reason)
        case.note("create", article=article, detail=reason)
        return case.done(article)


def check_new_article(desk: Desk, content: Content) -> None:
    """Raise what `create_article` would raise for *content*; nothing is written."""
    with use_case(desk, Action.WRITE) as case:
        check_content(case, content)
        _effective_slug(case, content, None)


def save_article(
    desk: Desk,
    article: ArticleId,
    content: Content,
    *,
    base_revision: int,
    reason: str = "",
    comments: Mapping[CommentId, Place] | None = None,
) -> Done[int]:
    """Save *content* as the next revision, and return its number.

    *comments* tells where the fragments of comments are in it; others are looked for when they are read.

    Equal content makes no revision and returns *base_revision*. An approved article falls back to draft, and what was
    waiting in the queue on that approval is cancelled. Raises `StaleEdit` where somebody saved a revision after
    *base_revision*, `InvalidInput` as `create_article` does and for a slug changed after the article was live,
    `NotNow` for a killed article.
    """
    with use_case(desk, Action.WRITE) as case:
        current = case.work.articles.get(article, lock=True)
        number = save_revision(case, current, content, base_revision, reason)
        if number != current.revision and comments:
            case.work.comments.move(article, comments)
        return case.done(number)


def restore_revision(desk: Desk, article: ArticleId, number: int, *, base_revision: int) -> Done[int]:
    """Save the content of revision *number* once more, as the next revision, and return the new number.

    It is an edit like any other: what `save_article` says of equal content, of the approval and of errors holds here
    too. Raises `NotFound` for an unknown revision.
    """
    with use_case(desk, Action.WRITE) as case:
        current = case.work.articles.get(article, lock=True)
        content = case.work.articles.revision(article, number).content
        reason = _("возвращена версия {number}").format(number=number)
        try:
            return case.done(save_revision(case, current, content, base_revision, reason))
        except InvalidInput as error:
            refused = _("Версию {number} целиком вернуть нельзя; её текст можно скопировать.").format(number=number)
            raise InvalidInput(refused, *error.reasons) from error


def save_revision(case: Case, current: Article, content: Content, base_revision: int, reason: str) -> int:
    """What `save_article` does, within another use case, under the lock of the article."""
    if current.hash == content_hash(content):
        return current.revision
    if current.revision != base_revision:
        raise StaleEdit(
            _("Статью тем временем сохранил(а) {name}: версия {number}. Ваш текст не записан поверх.").format(
                name=current.updated_by, number=current.revision
            )
        )
    refuse_killed(current)
    check_content(case, content)
    slug = _effective_slug(case, content, current)
    number = current.revision + 1
    case.work.articles.add_revision(current.id, number, content, slug, case.person.id, case.now, reason)
    void_approval(case, current, ReviewStep.EDIT)
    case.note("save", article=current.id, detail=reason)
    return number


def plan_article(desk: Desk, article: ArticleId, when: datetime | None) -> Done[None]:
    """Note when the article should go out once it is approved (aware). It does not touch the text or its approval."""
    with use_case(desk, Action.WRITE) as case:
        refuse_killed(case.work.articles.get(article, lock=True))
        case.work.articles.set_planned(article, when)
        case.note("plan", article=article)
        return case.done(None)


def refuse_killed(article: Article) -> None:
    """Raise `NotNow` for an article that was killed."""
    if article.killed:
        raise NotNow(_("Статья аннулирована; с ней ничего больше сделать нельзя."))


def void_approval(case: Case, article: Article, step: ReviewStep, return_reason: str = "") -> None:
    """Take *step* in the review of *article*; an approval that stood is voided, and what rested on it is cancelled.

    What a publisher is carrying at this moment is cancelled too: it either stops or is found on the site and noted.
    A withdrawal on its way does not depend on any approval and goes on; nor does an edit stop a minor correction.
    """
    state = next_review_state(article.review, step)
    reason = article.return_reason if step is ReviewStep.EDIT else return_reason
    case.work.articles.set_review(article.id, state, reason)
    if article.review is not ReviewState.APPROVED:
        return
    case.work.articles.void_approval(article.id, case.now)
    kept = minor_corrections_under_way(case, article) if step is ReviewStep.EDIT else ()
    cancel(case, article.id, [Operation.PUBLISH], kept)


def check_content(case: Case, content: Content) -> None:
    """Raise `InvalidInput` for what the newsroom database cannot keep, all reasons at once."""
    reasons = []
    texts = [content.headline, content.lead, content.body, content.byline, content.note, *content.tags]
    if content.photo is not None:
        texts += [content.photo.caption, content.photo.credit, content.photo.alt]
    if not all(map(is_storable, texts)):
        reasons.append(_("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков."))
    if len(content.body) > MAX_CHARACTERS:
        reasons.append(str(too_long(len(content.body))))
    if "\n" in content.headline.strip():
        reasons.append(_("Заголовок должен быть в одну строку."))
    if content.rubric is not None and content.rubric not in {rubric.slug for rubric in case.work.records.rubrics()}:
        reasons.append(_("Рубрики «{rubric}» нет.").format(rubric=content.rubric))
    if content.photo is not None and not case.work.records.known_photos([content.photo.photo]):
        reasons.append(_("Главного фото нет в редакции."))
    if reasons:
        raise InvalidInput(*reasons)


def is_storable(text: str) -> bool:
    """Whether every database keeps *text*: it has neither NUL nor half of a surrogate pair."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _effective_slug(case: Case, content: Content, current: Article | None) -> str:
    """The address that *content* gives: the chosen one, or made from the headline and numbered where it is taken."""
    repository, own = case.work.articles, current.id if current else None
    if current is not None and current.was_live:
        if content.slug not in ("", current.slug):
            raise InvalidInput(
                _("Адрес «{slug}» уже знают читатели: после выхода статьи его не меняют.").format(slug=current.slug)
            )
        return current.slug
    repository.lock_slugs()
    if content.slug:
        if not is_slug(content.slug):
            raise InvalidInput(
                _("Адрес «{slug}» не годится: нужны латинские буквы, цифры и дефисы.").format(slug=content.slug)
            )
        owner = repository.slug_owner(content.slug)
        if owner not in (None, own):
            raise InvalidInput(_("Адрес «{slug}» занят статьёй {owner}.").format(slug=content.slug, owner=owner))
        return content.slug
    base = make_slug(content.headline)
    slug, number = base, 1
    while repository.slug_owner(slug) not in (None, own):
        number += 1
        slug = numbered(base, number)
    return slug
