"""The archive place by place: what a rule, a list or a mended typo would change, looked for a little at a time.

`newsroom.desk.sweeping` does the same article by article. Here nothing is held but the places themselves, so that a
window can look through an archive of any size, show what it has, and stop at any moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Final
from unicodedata import is_normalized, normalize

from newsroom.desk.checking import passed_over_in
from newsroom.desk.commenting import commented_texts
from newsroom.desk.session import Desk
from newsroom.desk.sweeping import revise, swept
from newsroom.domain.article import Article, Content
from newsroom.domain.changes import Changes, Done
from newsroom.domain.comments import Place
from newsroom.domain.errors import NotFound, PersonError
from newsroom.domain.findings import Field, Finding
from newsroom.domain.ids import ArticleId
from newsroom.domain.marks import KeptMark
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import Label
from newsroom.domain.vocabulary import Verdict
from newsroom.text.anchors import anchor_of, locate
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Around, Piece, material_of
from newsroom.text.checks.rules import PREFIX, places
from newsroom.text.markdown import parse
from newsroom.text.replacing import Change, changed_document, changed_text
from newsroom.text.reported import sentence_around
from newsroom.text.writer import write
from newsroom.words import _

#: Most characters of a sentence that are kept on each side of a place.
_AROUND: Final = 160
#: Characters beside a place that must have stayed as they were, so that no other place is taken for it.
_BESIDE: Final = 20
_WORD: Final = re.compile(r"\w+")
#: Signs of Markdown that may stand within a word.
_MARKUP: Final = str.maketrans("", "", "*_\\\u00ad")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: rules of the house, marks that are missing, or both."""

    rules: tuple[HouseRule, ...] = ()
    marks: tuple[KeptMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something of the house's lists that the archive can be searched for."""

    title: str
    sought: Sought


@dataclass(frozen=True, slots=True)
class SweptPlace:
    """One place, and what it would become."""

    article: ArticleId
    headline: str
    label: Label
    place: Place
    #: The sentence in three parts, or as much of it as is worth showing.
    before: str
    words: str
    after: str
    #: None where a rule only advises.
    fix: str | None

    @property
    def kind(self) -> tuple[str, str | None]:
        """Places of one kind have the same words and the same fix, whatever the capitals."""
        return self.words.casefold(), None if self.fix is None else self.fix.casefold()


def read_choices(desk: Desk) -> list[Choice]:
    """What the lists of the house can change in the archive: rules with a replacement, marks, forbidden words."""
    with desk.database.read() as work:
        rules = [kept.rule for kept in work.lists.rules() if kept.rule.replacement is not None]
        marks = work.lists.marks()
        words = [(dict(forms), verdict) for verdict, forms in work.vocabulary.forms()]
    found = [Choice(_("Правило: {name}").format(name=rule.name), Sought((rule,))) for rule in rules]
    found += [Choice(_("Пометка: {name}").format(name=kept.mark.name), Sought(marks=(kept,))) for kept in marks]
    for forms, verdict in words:
        meant = {form: other for form, other in forms.items() if other}
        if verdict is Verdict.FORBIDDEN and meant:
            first, other = next(iter(meant.items()))
            own = tuple(HouseRule(form, form, instead) for form, instead in meant.items())
            found.append(Choice(_("Слово: {word} → {other}").format(word=first, other=other), Sought(own)))
    return found


def read_swept(desk: Desk) -> list[ArticleId]:
    """Everything that readers see or will see, the latest first."""
    return swept(desk)


def look(desk: Desk, sought: Sought, articles: Sequence[ArticleId], seconds: float) -> tuple[list[SweptPlace], int]:
    """The places of *sought* in the first of *articles*, and in how many of them was looked.

    Ends when *seconds* are over, after one article at the earliest. What somebody has passed over in an article is left
    out. Raises `InvalidInput` for an expression that cannot be read or takes too long.
    """
    until = monotonic() + seconds
    found: list[SweptPlace] = []
    looked = 0
    with desk.database.read() as work:
        searching = _Searching(sought, Around(work.records.house(), work.now))
        for article in articles:
            looked += 1
            with suppress(NotFound):
                current = work.articles.get(article)
                hits = list(searching.hits(current.content))
                if hits:
                    kept = {id(one) for one in passed_over_in(work, article).rest_of(hit.finding for hit in hits)}
                    texts = commented_texts(current.content)
                    found += [_place(current, texts, hit) for hit in hits if id(hit.finding) in kept]
            if monotonic() > until:
                break
    return found, looked


@dataclass(frozen=True, slots=True)
class _Hit:
    finding: Finding
    #: The paragraph that it stands in; begin and end are in its characters.
    piece: Piece
    begin: int
    end: int


class _Searching:
    def __init__(self, sought: Sought, around: Around) -> None:
        self._sought, self._around = sought, around
        self._checker = Checker(kept_marks=sought.marks)

    def hits(self, content: Content) -> Iterator[_Hit]:
        rules = [rule for rule in self._sought.rules if _may_hold(rule, content)]
        if not rules and not self._sought.marks:
            return
        material = material_of(content, parse(content.body).blocks)
        pieces = list(material.told())
        for piece in pieces:
            for rule in rules:
                for begin, end, fix in places(rule, piece.text):
                    if fix != piece.text[begin:end]:
                        code = PREFIX + rule.name
                        found = piece.finding(code, rule.severity, begin, end, rule.message, fix=fix)
                        yield _Hit(found, piece, begin, end)
        if self._sought.marks:
            for finding in self._checker.listed(material, self._around):
                yield from _hit(finding, pieces)


def _hit(finding: Finding, pieces: Iterable[Piece]) -> Iterator[_Hit]:
    """Where a mark is missing; what lacks in the note or the rating is nothing for a sweep."""
    if finding.begin is None or finding.end is None or finding.begin == finding.end or finding.fix is None:
        return
    for piece in pieces:
        begin, end = finding.begin - piece.begin, finding.end - piece.begin
        if piece.field is finding.field and begin >= 0 and end <= len(piece.text):
            yield _Hit(finding, piece, begin, end)
            return


def _may_hold(rule: HouseRule, content: Content) -> bool:
    """Whether it is worth parsing *content* for *rule*: a look without its marks of Markdown, much cheaper."""
    if rule.is_expression:
        return True
    text = f"{content.headline}\n{content.lead}\n{content.body}".translate(_MARKUP)
    if not is_normalized("NFC", text):
        return True
    folded = text.casefold()
    return all(word in folded for word in _WORD.findall(normalize("NFC", rule.pattern.translate(_MARKUP)).casefold()))


def _place(article: Article, texts: Mapping[Field, str], hit: _Hit) -> SweptPlace:
    field, text, fix = hit.finding.field, hit.piece.text, hit.finding.fix
    begin, end = hit.begin, hit.end
    # An anchor holds letters: blanks at the ends take those beside them along.
    while begin > 0 and text[begin].isspace():
        begin -= 1
    while end < len(text) and text[end - 1].isspace():
        end += 1
    if fix is not None:
        fix = text[begin : hit.begin] + fix + text[hit.end : end]
    first, last = sentence_around(text, begin, end)
    before, after = text[max(first, begin - _AROUND) : begin], text[end : min(last, end + _AROUND)]
    anchor = anchor_of(texts[field], hit.piece.begin + begin, hit.piece.begin + end)
    return SweptPlace(
        article.id, article.content.headline, article.label, Place(field, anchor), before, text[begin:end], after, fix
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the places that were accepted in one article."""

    article: ArticleId
    #: The revision that waits for the chief; None where nothing was changed.
    revision: int | None
    #: Places that are as they were, each with the reason in words.
    refused: tuple[tuple[SweptPlace, str], ...] = ()


def accept_places(desk: Desk, accepted: Sequence[SweptPlace], reason: str) -> Done[Taken]:
    """Write the *accepted* places of one article as its next revision, and submit it.

    Each is looked for in the text as it is now: one that is gone, or that is no plain text of the article, is refused,
    and so are all where the article cannot be saved or is blocked; nothing of it is changed then.
    """
    article = accepted[0].article
    refused: list[tuple[SweptPlace, str]] = []

    def revised(content: Content) -> Content:
        refused.clear()
        return _with_places(content, accepted, refused)

    try:
        done = revise(desk, article, revised, reason)
    except PersonError as error:
        return Done(Taken(article, None, tuple((place, str(error)) for place in accepted)), Changes())
    revision = done.value if len(refused) < len(accepted) else None
    return Done(Taken(article, revision, tuple(refused)), done.changes)


def _with_places(content: Content, accepted: Sequence[SweptPlace], refused: list[tuple[SweptPlace, str]]) -> Content:
    """*content* with the *accepted* places that can be written; the others are added to *refused*."""
    texts = commented_texts(content)
    located: dict[tuple[Field, int], SweptPlace] = {}
    for place in accepted:
        begin = _begin_now(texts[place.place.field], place)
        if begin is None or (place.place.field, begin) in located:
            refused.append((place, _("Этих слов здесь уже нет: статью тем временем изменили.")))
        else:
            located[place.place.field, begin] = place
    # From the end: what stands before keeps its place.
    for (field, begin), place in sorted(located.items(), key=lambda one: -one[0][1]):
        text, end = texts[field], begin + len(place.words)
        fix = place.fix or ""
        after = text[:begin] + fix + text[end:]
        new = _changed(content, field, Change(begin, end, fix))
        if commented_texts(new)[field] != after:
            refused.append((place, _("Это место правится только в самой статье.")))
            continue
        content, texts[field] = new, after
    return content


def _begin_now(text: str, place: SweptPlace) -> int | None:
    """Where *place* begins in *text* as it is now; None where the words, or those beside them, are others."""
    found = locate(text, place.place.anchor)
    if found is None or place.fix is None:
        return None
    begin, end = found.begin, found.begin + len(place.words)
    is_same = (
        text[begin:end] == place.words
        and text[:begin].endswith(place.before[-_BESIDE:])
        and text[end:].startswith(place.after[:_BESIDE])
    )
    return begin if is_same else None


def _changed(content: Content, field: Field, change: Change) -> Content:
    if field is Field.HEADLINE:
        return content.with_(headline=changed_text(content.headline, (change,)))
    if field is Field.LEAD:
        return content.with_(lead=changed_text(content.lead, (change,)))
    return content.with_(body=write(changed_document(parse(content.body), [change])))
