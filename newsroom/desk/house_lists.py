"""Lists of marks, rules of the house and its style; and findings that somebody passes over in an article."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsroom.desk.case import use_case
from newsroom.desk.session import Desk
from newsroom.desk.writing import is_storable
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Finding
from newsroom.domain.ids import ArticleId
from newsroom.domain.marks import LONGEST_NAME, LONGEST_TEXT, KeptMark, Mark, Placement
from newsroom.domain.people import Action
from newsroom.domain.rules import LONGEST_MESSAGE, LONGEST_PATTERN, HouseRule, KeptRule
from newsroom.domain.style import HouseStyle
from newsroom.domain.vocabulary import HouseWord, WordKind
from newsroom.text.checks.rules import PREFIX, problems
from newsroom.text.spelling.inflections import forms_of
from newsroom.words import _


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries an import has added and changed, and how many were there already."""

    added: int
    changed: int
    same: int


def read_marks(desk: Desk) -> list[KeptMark]:
    with desk.database.read() as work:
        return work.lists.marks()


def save_marks(desk: Desk, marks: Iterable[Mark]) -> Done[Taken]:
    """Add *marks*, or change those of the same names; all or none. Raises `InvalidInput`."""
    wanted = {mark.name: mark for mark in map(_checked_mark, marks)}
    with desk.database.read() as work:
        known = {kept.mark.name: kept.mark for kept in work.lists.marks()}
    fresh = {name: mark for name, mark in wanted.items() if known.get(name) != mark}
    # Inflected before the transaction: the first word loads the dictionary.
    forms = {name: mark_forms(mark) for name, mark in fresh.items()}
    with use_case(desk, Action.DECIDE_WORDS) as case:
        for name, mark in fresh.items():
            case.work.lists.save_mark(mark, forms[name], case.person.id, case.now)
        if fresh:
            case.note("words", detail=_("пометки: {names}").format(names=", ".join(list(fresh)[:5])))
        changed = sum(name in known for name in fresh)
        return case.done(Taken(len(fresh) - changed, changed, len(wanted) - len(fresh)))


def remove_mark(desk: Desk, name: str) -> Done[None]:
    """Raises `NotFound`."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.lists.remove_mark(name)
        case.note("words", detail=_("убрана пометка: {name}").format(name=name))
        return case.done(None)


def mark_forms(mark: Mark) -> tuple[tuple[frozenset[str], ...], ...]:
    """For each name of *mark*, for each of its words, every form, in small letters too where the name has them."""
    return tuple(
        tuple(frozenset(forms_of(HouseWord(word, kind=WordKind.WORD, inflected=mark.inflected))) for word in words)
        for words in (_words(name) for name in mark.names)
        if words
    )


def _words(name: str) -> list[str]:
    return [word.strip('«»"„“”()') for word in name.split() if word.strip('«»"„“”()')]


def _checked_mark(mark: Mark) -> Mark:
    mark = replace(
        mark,
        name=" ".join(mark.name.split()),
        sign=" ".join(mark.sign.split()),
        note=" ".join(mark.note.split()),
        aliases=tuple(" ".join(alias.split()) for alias in mark.aliases if alias.strip()),
    )
    reasons = []
    if not _words(mark.name) or not mark.sign:
        reasons.append(_("Пометке «{name}» нужны название и знак.").format(name=mark.name))
    if mark.placement is Placement.FOOT and not mark.note:
        reasons.append(_("Пометке «{name}» нужен текст сноски.").format(name=mark.name))
    if max(map(len, mark.names)) > LONGEST_NAME or max(map(len, (mark.sign, mark.note, mark.source))) > LONGEST_TEXT:
        reasons.append(_("Слишком длинно: «{name}».").format(name=mark.name[:40]))
    if mark.valid_from and mark.valid_to and mark.valid_from > mark.valid_to:
        reasons.append(_("Пометка «{name}» кончается раньше, чем начинается.").format(name=mark.name))
    if not all(map(is_storable, (*mark.names, mark.sign, mark.note, mark.source))):
        reasons.append(_("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков."))
    if reasons:
        raise InvalidInput(*reasons)
    return mark


def read_rules(desk: Desk) -> list[KeptRule]:
    with desk.database.read() as work:
        return work.lists.rules()


def save_rule(desk: Desk, rule: HouseRule) -> Done[None]:
    """Add *rule*, or change the one of its name. Raises `InvalidInput` where it does not hold to its examples."""
    rule = replace(rule, name=" ".join(rule.name.split()), message=rule.message.strip())
    reasons = [] if rule.name else [_("Правилу нужно название.")]
    texts = (rule.name, rule.pattern, rule.replacement or "", rule.message, *rule.finds, *rule.passes, rule.source)
    if not all(map(is_storable, texts)):
        reasons.append(_("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков."))
    if (
        max(len(rule.pattern), len(rule.replacement or ""), len(rule.name)) > LONGEST_PATTERN
        or max(map(len, texts)) > LONGEST_MESSAGE
    ):
        reasons.append(_("Слишком длинно: образец — до {pattern} знаков, остальное — до {message}.").format(
            pattern=LONGEST_PATTERN, message=LONGEST_MESSAGE
        ))  # fmt: skip
    if not rule.pattern.strip():
        reasons.append(_("Скажите, что правило ищет."))
    if rule.replacement is None and not rule.message:
        reasons.append(_("Правилу нужна замена или совет."))
    reasons += problems(rule) if not reasons else []
    if reasons:
        raise InvalidInput(*reasons)
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.lists.save_rule(rule, case.person.id, case.now)
        case.note("words", detail=_("правило: {name}").format(name=rule.name))
        return case.done(None)


def remove_rule(desk: Desk, name: str) -> Done[None]:
    """Raises `NotFound`."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.lists.remove_rule(name)
        case.note("words", detail=_("убрано правило: {name}").format(name=name))
        return case.done(None)


def change_style(desk: Desk, style: HouseStyle) -> Done[None]:
    with use_case(desk, Action.DECIDE_WORDS) as case:
        house = case.work.records.house()
        if house.style != style:
            case.work.records.save_house(replace(house, style=style))
            case.note("settings", detail="style")
            case.note("words", detail=_("стиль редакции"))
        return case.done(None)


def ignore_finding(desk: Desk, article: ArticleId, finding: Finding, reason: str) -> Done[None]:
    """Pass *finding* over in *article* wherever the same words stand; the reason goes into the record.

    Raises `InvalidInput` without a reason, and for a finding about what an article cannot be without.
    """
    with use_case(desk, Action.WRITE) as case:
        if not finding.ignorable:
            raise InvalidInput(_("Без этого статью не выпустить: исправьте, а не пропускайте."))
        if not reason.strip():
            raise InvalidInput(_("Напишите, почему замечание пропускается."))
        case.work.articles.get(article, lock=True)
        case.work.lists.ignore(article, finding.key, reason.strip(), case.person.id, case.now)
        if finding.code.startswith(PREFIX):
            case.work.lists.count_rule(finding.code.removeprefix(PREFIX), 1, 0)
        case.note("ignore-finding", article=article, detail=f"{finding.code} «{finding.words[:60]}»: {reason.strip()}")
        return case.done(None)


def heed_finding(desk: Desk, article: ArticleId, key: str) -> Done[None]:
    """Show the finding of *key* again in *article*."""
    with use_case(desk, Action.WRITE) as case:
        case.work.articles.get(article, lock=True)
        if case.work.lists.heed(article, key):
            case.note("heed-finding", article=article, detail=key)
        return case.done(None)


def count_accepted(desk: Desk, finding: Finding) -> Done[None]:
    """Somebody took the word of a rule of the house."""
    with use_case(desk, Action.WRITE) as case:
        if finding.code.startswith(PREFIX):
            case.work.lists.count_rule(finding.code.removeprefix(PREFIX), 1, 1)
        return case.done(None)
