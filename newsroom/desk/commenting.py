"""Comments on fragments of an article: made, reworded, resolved, and found again in the text as it is now.

They are no part of the article's content: no approval depends on them, and nothing of them goes to a site.
"""

from collections.abc import Iterable, Mapping, Sequence

from newsroom.desk.case import Case, use_case
from newsroom.desk.session import Desk
from newsroom.desk.writing import is_storable
from newsroom.domain.anchors import CONTEXT, LONGEST, Anchor
from newsroom.domain.article import Content
from newsroom.domain.changes import Done
from newsroom.domain.comments import COMMENTED, LONGEST_COMMENT, Comment, Place, PlacedComment, Span, brief
from newsroom.domain.errors import Forbidden, InvalidInput
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.domain.people import Action
from newsroom.text.anchors import anchor_of, locate_all
from newsroom.text.counts import plain_text
from newsroom.text.markdown import parse
from newsroom.words import _


def add_comment(desk: Desk, article: ArticleId, place: Place, text: str) -> Done[CommentId]:
    """Tie *text* to a fragment. Raises `InvalidInput` for an empty or overlong text or fragment."""
    with use_case(desk, Action.COMMENT) as case:
        case.work.articles.get(article, lock=True)
        _check_place(place)
        comment = case.work.comments.add(article, place, _checked(text), case.person.id, case.now)
        case.note("comment", article=article, detail=brief(place.anchor.selected))
        return case.done(comment)


def comment_on_words(desk: Desk, article: ArticleId, words: str, text: str) -> Done[CommentId]:
    """`add_comment` to the place where the newest revision has *words*.

    Raises `InvalidInput` where it has them nowhere or more than once.
    """
    with desk.database.read() as work:
        texts = commented_texts(work.articles.get(article).content)
    places = [(field, text.find(words)) for field, text in texts.items() if words.strip() and words in text]
    if not places:
        raise InvalidInput(_("Слов «{words}» в статье нет.").format(words=brief(words)))
    if sum(texts[field].count(words) for field, _at in places) > 1:
        raise InvalidInput(
            _("Слова «{words}» есть в статье не раз: возьмите больше слов вокруг.").format(words=brief(words))
        )
    field, at = places[0]
    return add_comment(desk, article, Place(field, anchor_of(texts[field], at, at + len(words))), text)


def reword_comment(desk: Desk, comment: CommentId, text: str) -> Done[None]:
    """Change the text of one's own comment. Raises `Forbidden` for somebody else's, `InvalidInput`, `NotFound`."""
    with use_case(desk, Action.COMMENT) as case:
        current = _locked(case, comment)
        if current.author != case.person.id:
            raise Forbidden(_("Комментарий изменяет тот, кто его написал: {name}.").format(name=current.author_name))
        checked = _checked(text)
        if checked != current.text:
            case.work.comments.reword(comment, checked, case.now)
            case.note("reword-comment", article=current.article, detail=current.words)
        return case.done(None)


def resolve_comment(desk: Desk, comment: CommentId) -> Done[None]:
    """Mark as settled; one that is settled keeps the name and time it has. Raises `NotFound`."""
    with use_case(desk, Action.COMMENT) as case:
        current = _locked(case, comment)
        if not current.is_resolved:
            case.work.comments.resolve(comment, case.person.id, case.now)
            case.note("resolve-comment", article=current.article, detail=current.words)
        return case.done(None)


def reopen_comment(desk: Desk, comment: CommentId) -> Done[None]:
    """Unresolved again; one that is unresolved stays as it is. Raises `NotFound`."""
    with use_case(desk, Action.COMMENT) as case:
        current = _locked(case, comment)
        if current.is_resolved:
            case.work.comments.resolve(comment, None, None)
            case.note("reopen-comment", article=current.article, detail=current.words)
        return case.done(None)


def delete_comment(desk: Desk, comment: CommentId) -> Done[None]:
    """Take back one's own comment for good. Raises `Forbidden` for somebody else's, `NotFound`."""
    with use_case(desk, Action.COMMENT) as case:
        current = _locked(case, comment)
        if current.author != case.person.id:
            raise Forbidden(_("Комментарий удаляет тот, кто его написал: {name}.").format(name=current.author_name))
        case.work.comments.delete(comment)
        case.note("delete-comment", article=current.article, detail=current.words)
        return case.done(None)


def list_comments(desk: Desk, article: ArticleId) -> list[Comment]:
    """The comments on *article*, the oldest first; their places are as of the last save that told of them."""
    with desk.database.read() as work:
        return work.comments.of(article)


def read_comments(desk: Desk, article: ArticleId, *, revision: int | None = None) -> list[PlacedComment]:
    """The comments on *article* in the order of its newest text, or of that of *revision*.

    Those whose text is gone come last. Raises `NotFound`.
    """
    with desk.database.read() as work:
        newest = work.articles.get(article)
        content = newest.content if revision is None else work.articles.revision(article, revision).content
        comments = work.comments.of(article)
    return place_comments(content, comments)


def place_comments(content: Content, comments: Sequence[Comment]) -> list[PlacedComment]:
    """Where the fragments of *comments* are in *content*, in reading order; those whose text is gone come last."""
    return place_in(commented_texts(content) if comments else {}, comments)


def place_in(texts: Mapping[Field, str], comments: Sequence[Comment]) -> list[PlacedComment]:
    """`place_comments` for the plain texts of the fields; whatever stands between paragraphs is a blank."""
    spans: dict[CommentId, Span] = {}
    for field, text in texts.items():
        own = [comment for comment in comments if comment.place.field is field]
        spans |= _spans(field, text, own, (comment.place.anchor for comment in own))
        older = [comment for comment in own if comment.id not in spans and comment.first != comment.place.anchor]
        spans |= _spans(field, text, older, (comment.first for comment in older))
    for field, text in texts.items():
        # A sentence may have moved from the lead into the body.
        strangers = [one for one in comments if one.id not in spans and one.place.field is not field]
        spans |= _spans(field, text, strangers, (comment.place.anchor for comment in strangers))

    def order(placed: PlacedComment) -> tuple[bool, int, int, int]:
        span = placed.span
        return span is None, COMMENTED.index(span.field) if span else 0, span.begin if span else 0, placed.comment.id

    return sorted((PlacedComment(comment, spans.get(comment.id)) for comment in comments), key=order)


def commented_texts(content: Content) -> dict[Field, str]:
    """The texts that can be commented on, as readers see them, in reading order."""
    return {
        Field.HEADLINE: content.headline,
        Field.LEAD: content.lead,
        Field.BODY: plain_text(parse(content.body)),
    }


def _spans(field: Field, text: str, comments: Sequence[Comment], anchors: Iterable[Anchor]) -> dict[CommentId, Span]:
    located = locate_all(text, list(anchors))
    return {
        comment.id: Span(field, found.begin, found.end)
        for comment, found in zip(comments, located, strict=True)
        if found is not None
    }


def _locked(case: Case, comment: CommentId) -> Comment:
    """The comment under the lock of its article, which is taken before anything of it is changed."""
    case.work.articles.lock(case.work.comments.get(comment).article)
    return case.work.comments.get(comment)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(_("Напишите комментарий."))
    if len(text) > LONGEST_COMMENT:
        raise InvalidInput(
            _("Комментарий длиннее {limit} знаков: такое лучше обсудить голосом.").format(limit=LONGEST_COMMENT)
        )
    if not is_storable(text):
        raise InvalidInput(_("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков."))
    return text


def _check_place(place: Place) -> None:
    anchor = place.anchor
    fits = len(anchor.selected) <= LONGEST and max(len(anchor.before), len(anchor.after)) <= CONTEXT
    if place.field not in COMMENTED or not anchor.selected.strip() or not fits:
        raise InvalidInput(_("Выделите слова заголовка, лида или текста, к которым относится комментарий."))
