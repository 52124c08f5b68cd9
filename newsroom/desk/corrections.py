"""A correction of a few words: written into what readers see and into the newest text, and sent on its way.

It never takes unfinished work to readers: where a newer text is being written, what is live is patched by a revision of
its own, and the newer text, patched too, stays the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.desk.case import Case
from newsroom.desk.checking import newly_found
from newsroom.desk.queueing import cancel, enqueue
from newsroom.desk.writing import check_content, refuse_killed
from newsroom.domain.article import Article, Content
from newsroom.domain.comments import Place
from newsroom.domain.corrections import Correction, correction_reason, is_minor
from newsroom.domain.errors import NotNow
from newsroom.domain.ids import ArticleId, QueueItemId, SiteName
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import LiveState, Operation, ReviewState
from newsroom.text.anchors import anchor_of, locate
from newsroom.text.page_text import texts_of, with_words
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Outcome:
    #: The new words in the newest text.
    place: Place
    goes_out: bool
    queue: tuple[QueueItemId, ...]


def correct(case: Case, article: ArticleId, correction: Correction, *, undoes: bool | None = None) -> Outcome:
    """Make *correction*, under the lock of *article*.

    *undoes* says of a correction that takes another one back whether that one went out by itself. Raises `NotNow` where
    the words are neither in the newest text nor in what readers see, or the article was killed.
    """
    current = case.work.articles.get(article, lock=True)
    refuse_killed(current)
    old = correction.place.anchor.selected
    minor = (
        undoes
        if undoes is not None
        else case.work.records.house().minor_corrections
        and is_minor(old, correction.new)
        and not _is_newly_doubted(case, current, correction)
    )
    shown = _shown(case, current)
    is_newest_shown = all(content == current.content for _sites, content in shown)
    newest = mended(current.content, correction)
    mended_shown = [(sites, content) for sites, seen in shown if (content := mended(seen, correction)) is not None]
    if newest is None and not mended_shown:
        raise NotNow(_("Слов «{words}» в этом месте уже нет: текст тем временем изменили.").format(words=old))
    check_content(case, newest or mended_shown[0][1])
    writer = _Writer(case, current, correction_reason(old, correction.new))
    if minor:
        waiting = _waiting(case, article)
        cancel(case, article, [Operation.PUBLISH])
        if not is_newest_shown:
            for sites, content in mended_shown:
                writer.save(content)
                writer.send(sites, "minor")
        writer.save(newest or current.content)
        if is_newest_shown and mended_shown:
            writer.send([site for sites, _content in mended_shown for site in sites], "minor")
        writer.keep_review(approved=current.review is ReviewState.APPROVED or (is_newest_shown and bool(mended_shown)))
        writer.send_again([item for item in waiting if not (is_newest_shown and _reaches(item, mended_shown))])
    else:
        if newest is None:
            raise NotNow(_("В новом тексте этого места уже нет; на сайте его сменит следующая версия статьи."))
        writer.save(newest)
        writer.to_chief()
    return Outcome(_new_place(writer.article.content, correction), minor and bool(mended_shown), tuple(writer.queue))


def mended(content: Content, correction: Correction) -> Content | None:
    """*content* with the correction made; None where the words are not there for sure."""
    texts = texts_of(content)
    place = correction.place
    for field in (place.field, *(other for other in texts if other is not place.field)):
        text = texts[field]
        found = locate(text, place.anchor)
        if found is None or text[found.begin : found.end] != place.anchor.selected:
            continue
        return with_words(content, field, found.begin, found.end, correction.new)
    return None


def _is_newly_doubted(case: Case, article: Article, correction: Correction) -> bool:
    """Whether the lists of today have something against a text that would go out again with *correction* in it.

    The chief decides about that, as about any text that goes out.
    """
    articles = case.work.articles
    numbers = {place.revision for place in article.live if place.state is LiveState.LIVE} | {article.approved_revision}
    for number in numbers - {None}:
        assert number is not None
        content = articles.revision(article.id, number).content
        content = mended(content, correction) or content
        if newly_found(case.work, content, article.id, articles.approved_at(article.id, number)):
            return True
    return False


def _new_place(content: Content, correction: Correction) -> Place:
    """Where the new words are, so that they can be found again."""
    anchor = correction.place.anchor
    place = Place(correction.place.field, replace(anchor, selected=correction.new))
    for field, text in texts_of(content).items():
        found = locate(text, place.anchor)
        if found is not None and text[found.begin : found.end] == correction.new:
            return Place(field, anchor_of(text, found.begin, found.end))
    return place


def _shown(case: Case, article: Article) -> list[tuple[list[SiteName], Content]]:
    """What readers see of *article*, and on which sites."""
    by_revision: dict[int, list[SiteName]] = {}
    for live in article.live:
        if live.state is LiveState.LIVE and live.revision is not None:
            by_revision.setdefault(live.revision, []).append(SiteName(live.site))
    return [
        (sites, case.work.articles.revision(article.id, number).content)
        for number, sites in sorted(by_revision.items())
    ]


def _waiting(case: Case, article: ArticleId) -> list[QueueItem]:
    items = case.work.queue.open_items(article)
    return [item for item in items if item.operation is Operation.PUBLISH]


def _reaches(item: QueueItem, shown: Sequence[tuple[list[SiteName], Content]]) -> bool:
    return any(item.site in sites for sites, _content in shown)


class _Writer:
    """Writes revisions of one article one after the other, and what follows from them.

    Attributes:
        article: the article with the revision written last.
        queue: the items that were added.
    """

    def __init__(self, case: Case, article: Article, reason: str) -> None:
        self._case, self._reason = case, reason
        self.article = article
        self.queue: list[QueueItemId] = []

    def save(self, content: Content) -> None:
        number = self.article.revision + 1
        case, article = self._case, self.article
        case.work.articles.add_revision(
            article.id, number, content, article.slug, case.person.id, case.now, self._reason
        )
        # An approval stands for one text only; the correction decides anew which does.
        case.work.articles.void_approval(article.id, case.now)
        case.note("save", article=article.id, detail=self._reason)
        self.article = case.work.articles.get(article.id)

    def send(self, sites: Sequence[SiteName], what: str) -> None:
        """The text written last goes to *sites* now."""
        self._approve(what)
        self._enqueue(sites, self._case.now)

    def send_again(self, items: Sequence[QueueItem]) -> None:
        """What was waiting goes out as it was planned, with the correction in it."""
        for item in items:
            self._enqueue([item.site], item.due_at)

    def keep_review(self, *, approved: bool) -> None:
        """The newest text stays approved where it was, or is approved as readers see it already."""
        if approved:
            self._approve("minor")
            self._case.work.articles.set_review(self.article.id, ReviewState.APPROVED)

    def to_chief(self) -> None:
        """The newest text waits for the chief."""
        article = self.article
        self._case.work.articles.set_review(article.id, ReviewState.SUBMITTED, article.return_reason)
        cancel(self._case, article.id, [Operation.PUBLISH])
        self._case.note("submit", article=article.id, detail=self._reason)

    def _approve(self, what: str) -> None:
        case, article = self._case, self.article
        if case.work.articles.get(article.id).approved_revision == article.revision:
            return
        case.work.articles.approve(article.id, article.revision, article.hash, case.person.id, case.now)
        case.note("approve", article=article.id, detail=f"{what}: {self._reason}")

    def _enqueue(self, sites: Sequence[SiteName], due: datetime | None) -> None:
        before = {item.id for item in self._case.work.queue.open_items(self.article.id)}
        enqueue(self._case, self.article, Operation.PUBLISH, sites, due)
        self.queue += [item.id for item in self._case.work.queue.open_items(self.article.id) if item.id not in before]
