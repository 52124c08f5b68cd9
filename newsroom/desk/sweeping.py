"""Archive sweeps: a rule or a changed word searched through everything live or queued, as changes to accept or skip.

A sweep changes nothing. What is accepted is saved as the article's next revision and submitted: the chief approves it
like any other, and the queue carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from newsroom.desk.case import use_case
from newsroom.desk.review import refuse_blocked
from newsroom.desk.session import Desk
from newsroom.desk.writing import save_revision
from newsroom.domain.article import ArticleFilter, Content
from newsroom.domain.changes import Changes, Done
from newsroom.domain.errors import PersonError
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Action
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import Label, ReviewState, ReviewStep, next_review_state
from newsroom.text.checks.material import material_of
from newsroom.text.checks.rules import places
from newsroom.text.document import Document
from newsroom.text.markdown import parse
from newsroom.text.replacing import Change, changed_document, changed_text
from newsroom.text.writer import write

#: What readers see or will see.
_SWEPT = frozenset((
    Label.LIVE, Label.LIVE_EDITED, Label.SCHEDULED, Label.UNDER_WAY,
    Label.APPROVED, Label.SUBMITTED, Label.NEEDS_PERSON,
))  # fmt: skip
#: Characters shown on each side of a change.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one article would become."""

    article: ArticleId
    headline: str
    #: The revision that it was made of; a newer one makes it stale.
    revision: int
    content: Content
    #: Each change in its sentence, before and after.
    differences: tuple[tuple[str, str], ...]


def would_change(desk: Desk, rule: HouseRule) -> Iterator[tuple[int, str]]:
    """Every place of *rule* in everything live or queued: number of the article, and the words around it.

    Raises `InvalidInput` for an expression that cannot be read or takes too long.
    """
    for article in swept(desk):
        with desk.database.read() as work:
            content = work.articles.get(article).content
        for piece in material_of(content, parse(content.body).blocks).told():
            for begin, end, fix in places(rule, piece.text):
                yield int(article), _in_words(piece.text, begin, end, fix)


def propose(desk: Desk, rules: Iterable[HouseRule]) -> list[Proposal]:
    """What *rules*, those with a replacement, would change in everything live or queued, the latest first."""
    wanted = [rule for rule in rules if rule.replacement is not None]
    found = []
    for article in swept(desk):
        with desk.database.read() as work:
            current = work.articles.get(article)
        content, differences = changed_content(current.content, wanted)
        if differences:
            found.append(Proposal(article, current.content.headline, current.revision, content, differences))
    return found


def changed_content(content: Content, rules: Iterable[HouseRule]) -> tuple[Content, tuple[tuple[str, str], ...]]:
    """*content* after *rules* in headline, lead and body, and the differences in words."""
    differences: list[tuple[str, str]] = []
    for rule in rules:
        document = parse(content.body)
        changes: dict[Field, list[Change]] = {}
        for piece in material_of(content, document.blocks).told():
            for begin, end, fix in places(rule, piece.text):
                if fix is None or fix == piece.text[begin:end]:
                    continue
                changes.setdefault(piece.field, []).append(Change(piece.begin + begin, piece.begin + end, fix))
                before = piece.text[max(0, begin - _AROUND) : end + _AROUND]
                after = piece.text[max(0, begin - _AROUND) : begin] + fix + piece.text[end : end + _AROUND]
                differences.append((before, after))
        content = content.with_(
            headline=changed_text(content.headline, changes.get(Field.HEADLINE, ())),
            lead=changed_text(content.lead, changes.get(Field.LEAD, ())),
            body=_body(content.body, document, changes.get(Field.BODY, [])),
        )
    return content, tuple(differences)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a proposal: the new revision, or why there is none."""

    article: ArticleId
    revision: int | None
    problem: str = ""


def accept(desk: Desk, proposals: Iterable[Proposal], reason: str) -> Done[list[Accepted]]:
    """Save each proposal as a revision and submit it; one that fails leaves the others alone.

    An article that was edited since, or that cannot be submitted, is left as it is, and says so.
    """
    taken: list[Accepted] = []
    changes = Changes()
    for proposal in proposals:
        try:
            done = revise(
                desk, proposal.article, partial(_proposed, proposal.content), reason, base_revision=proposal.revision
            )
            changes |= done.changes
            taken.append(Accepted(proposal.article, done.value))
        except PersonError as error:
            taken.append(Accepted(proposal.article, None, str(error)))
    return Done(taken, changes)


def revise(
    desk: Desk, article: ArticleId, revised: Callable[[Content], Content], reason: str, base_revision: int | None = None
) -> Done[int]:
    """Save what *revised* makes of the newest text, submit it, and return its number: both, or nothing at all.

    Equal content changes nothing. *base_revision* is the one that it was made of beforehand. Raises as `save_article`
    and `submit` do.
    """
    with use_case(desk, Action.SUBMIT) as case:
        current = case.work.articles.get(article, lock=True)
        content = revised(current.content)
        base = current.revision if base_revision is None else base_revision
        number = save_revision(case, current, content, base, reason)
        if number != current.revision:
            saved = case.work.articles.get(article)
            if saved.review is not ReviewState.SUBMITTED:
                state = next_review_state(saved.review, ReviewStep.SUBMIT)
                refuse_blocked(desk, case, saved, None)
                case.work.articles.set_review(article, state)
                case.note("submit", article=article)
        return case.done(number)


def _proposed(content: Content, _current: Content) -> Content:
    return content


def swept(desk: Desk) -> list[ArticleId]:
    """What readers see or will see, the latest first."""
    with desk.database.read() as work:
        return work.articles.ids(ArticleFilter(labels=_SWEPT))


def _body(body: str, document: Document, changes: list[Change]) -> str:
    return write(changed_document(document, changes)) if changes else body


def _in_words(text: str, begin: int, end: int, fix: str | None) -> str:
    head, tail = text[max(0, begin - _AROUND) : begin], text[end : end + _AROUND]
    became = f" → {fix}" if fix is not None else ""
    return " ".join(f"{head}[{text[begin:end]}{became}]{tail}".split())
