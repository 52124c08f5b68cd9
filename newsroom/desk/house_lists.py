"""Lists of marks, rules of the house and its style; and findings that somebody passes over in an article."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from newsroom.desk.case import use_case
from newsroom.desk.list_files import read_list, write_list
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
from newsroom.text.checks.rules import PREFIX
from newsroom.text.checks.rules import faults as faults_of_examples
from newsroom.text.mark_files import read_mark_file, write_mark_file
from newsroom.text.rule_files import read_rule_file, write_rule_file
from newsroom.text.spelling.inflections import forms_of
from newsroom.words import _

#: Reasons told of one import.
_MOST_REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """Names of the entries that an import has added and changed; how many were there already."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def read_marks(desk: Desk) -> list[KeptMark]:
    with desk.database.read() as work:
        return work.lists.marks()


def save_marks(desk: Desk, marks: Iterable[Mark]) -> Done[Taken]:
    """Add *marks*, or change those of the same names; all or none. Raises `InvalidInput` with every reason."""
    marks = [tidy_mark(mark) for mark in marks]
    if reasons := [reason for mark in marks for reason in _reasons_against(mark)]:
        raise InvalidInput(*reasons[:_MOST_REASONS])
    wanted = {mark.name: mark for mark in marks}
    with desk.database.read() as work:
        known = {kept.mark.name: kept.mark for kept in work.lists.marks()}
    # Inflected before the transaction: the first word loads the dictionary.
    forms = {name: mark_forms(mark) for name, mark in wanted.items() if known.get(name) != mark}
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.vocabulary.lock()
        known = {kept.mark.name: kept.mark for kept in case.work.lists.marks()}
        fresh = {name: mark for name, mark in wanted.items() if known.get(name) != mark}
        for name, mark in fresh.items():
            case.work.lists.save_mark(mark, forms.get(name) or mark_forms(mark), case.person.id, case.now, name)
        if fresh:
            case.note("words", detail=_("пометки: {names}").format(names=", ".join(list(fresh)[:5])))
        added = tuple(name for name in fresh if name not in known)
        changed = tuple(name for name in fresh if name in known)
        return case.done(Taken(added, changed, len(wanted) - len(fresh)))


def import_marks(desk: Desk, file: Path) -> Done[Taken]:
    """`save_marks` of a CSV or TOML file. Raises `InvalidInput` where it cannot be read or understood."""
    return save_marks(desk, read_mark_file(read_list(file), file.suffix))


def export_marks(desk: Desk, file: Path) -> int:
    """Write all marks into a CSV or TOML file; how many. Raises `InvalidInput`, `EnvironmentFault`."""
    marks = [kept.mark for kept in read_marks(desk)]
    write_list(file, write_mark_file(marks, file.suffix))
    return len(marks)


def save_mark(desk: Desk, mark: Mark, was: str) -> Done[None]:
    """Change the mark that is called *was*, or add a new one where that is empty. Raises `InvalidInput`.

    Another mark of the same name is not written over.
    """
    mark = _checked_mark(mark)
    forms = mark_forms(mark)
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.vocabulary.lock()
        if was != mark.name and any(kept.mark.name == mark.name for kept in case.work.lists.marks()):
            raise InvalidInput(
                _("Пометка «{name}» уже есть: измените её или назовите эту иначе.").format(name=mark.name)
            )
        case.work.lists.save_mark(mark, forms, case.person.id, case.now, was or mark.name)
        case.note("words", detail=_("пометки: {names}").format(names=mark.name))
        return case.done(None)


def remove_marks(desk: Desk, names: Iterable[str]) -> Done[None]:
    """Take the marks of *names* off the list, all or none. Raises `NotFound`."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        for name in dict.fromkeys(names):
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


def tidy_mark(mark: Mark) -> Mark:
    """*mark* as it is kept: without blanks that say nothing."""
    return replace(
        mark,
        name=" ".join(mark.name.split()),
        sign=" ".join(mark.sign.split()),
        note=" ".join(mark.note.split()),
        aliases=tuple(" ".join(alias.split()) for alias in mark.aliases if alias.strip()),
        source=" ".join(mark.source.split()),
    )


def mark_faults(mark: Mark) -> dict[str, list[str]]:
    """What is wrong with *mark*, sentences by the field of `Mark` that is at fault; empty where it can be kept."""
    found: dict[str, list[str]] = {}
    if not _words(mark.name):
        found["name"] = [_("Нужно название.")]
    if any(not _words(alias) for alias in mark.aliases):
        found["aliases"] = [_("В названии нужны буквы или цифры.")]
    if not mark.sign:
        found["sign"] = [_("Нужен знак, который стоит рядом с названием.")]
    if mark.placement is Placement.FOOT and not mark.note:
        found["note"] = [_("Нужен текст сноски.")]
    if mark.valid_from and mark.valid_to and mark.valid_from > mark.valid_to:
        found["valid_to"] = [_("Кончается раньше, чем начинается.")]
    for field, texts, longest in (
        ("name", (mark.name,), LONGEST_NAME),
        ("aliases", mark.aliases, LONGEST_NAME),
        ("sign", (mark.sign,), LONGEST_TEXT),
        ("note", (mark.note,), LONGEST_TEXT),
        ("source", (mark.source,), LONGEST_TEXT),
    ):
        if any(len(text) > longest for text in texts):
            found.setdefault(field, []).append(_too_long(longest))
        if not all(map(is_storable, texts)):
            found.setdefault(field, []).append(_unstorable())
    return found


def _checked_mark(mark: Mark) -> Mark:
    mark = tidy_mark(mark)
    if reasons := _reasons_against(mark):
        raise InvalidInput(*reasons)
    return mark


def _reasons_against(mark: Mark) -> list[str]:
    return [
        _("Пометка «{name}»: {reason}").format(name=mark.name[:40], reason=sentence)
        for sentences in mark_faults(mark).values()
        for sentence in sentences
    ]


def read_rules(desk: Desk) -> list[KeptRule]:
    with desk.database.read() as work:
        return work.lists.rules()


def save_rule(desk: Desk, rule: HouseRule, was: str | None = None) -> Done[None]:
    """Add *rule*, or change the one of its name. Raises `InvalidInput` where it does not hold to its examples.

    With *was*, the name that the rule had (empty for a new one), another rule of this name is not written over.
    """
    rule = tidy_rule(rule)
    if faults := rule_faults(rule):
        raise InvalidInput(*(sentence for sentences in faults.values() for sentence in sentences))
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.vocabulary.lock()
        if was not in (None, rule.name) and any(kept.rule.name == rule.name for kept in case.work.lists.rules()):
            raise InvalidInput(_("Правило «{name}» уже есть: назовите это иначе.").format(name=rule.name))
        case.work.lists.save_rule(rule, case.person.id, case.now, was or rule.name)
        case.note("words", detail=_("правило: {name}").format(name=rule.name))
        return case.done(None)


def save_rules(desk: Desk, rules: Iterable[HouseRule]) -> Done[Taken]:
    """Add *rules*, or change those of the same names; all or none. Raises `InvalidInput` with the first reasons."""
    wanted = {rule.name: rule for rule in map(tidy_rule, rules)}
    reasons = (
        _("«{name}»: {reason}").format(name=name[:40], reason=sentence)
        for name, rule in wanted.items()
        for sentences in rule_faults(rule).values()
        for sentence in sentences
    )
    # No more examples are run than needed: each of a bad expression takes its time.
    if told := list(islice(reasons, _MOST_REASONS)):
        raise InvalidInput(*told)
    with use_case(desk, Action.DECIDE_WORDS) as case:
        case.work.vocabulary.lock()
        known = {kept.rule.name: kept.rule for kept in case.work.lists.rules()}
        fresh = {name: rule for name, rule in wanted.items() if known.get(name) != rule}
        for name, rule in fresh.items():
            case.work.lists.save_rule(rule, case.person.id, case.now, name)
        if fresh:
            case.note("words", detail=_("правила: {names}").format(names=", ".join(list(fresh)[:5])))
        added = tuple(name for name in fresh if name not in known)
        changed = tuple(name for name in fresh if name in known)
        return case.done(Taken(added, changed, len(wanted) - len(fresh)))


def import_rules(desk: Desk, file: Path) -> Done[Taken]:
    """`save_rules` of a CSV or TOML file. Raises `InvalidInput` where it cannot be read or understood."""
    return save_rules(desk, read_rule_file(read_list(file), file.suffix))


def export_rules(desk: Desk, file: Path) -> int:
    """Write all rules into a CSV or TOML file; how many. Raises `InvalidInput`, `EnvironmentFault`."""
    rules = [kept.rule for kept in read_rules(desk)]
    write_list(file, write_rule_file(rules, file.suffix))
    return len(rules)


def tidy_rule(rule: HouseRule) -> HouseRule:
    """*rule* as it is kept: without blanks that say nothing."""
    return replace(
        rule, name=" ".join(rule.name.split()), message=rule.message.strip(), source=" ".join(rule.source.split())
    )


def rule_faults(rule: HouseRule) -> dict[str, list[str]]:
    """What is wrong with *rule*, sentences by the field of `HouseRule` that is at fault; empty where it can be kept.

    Its examples are run, which a bad expression may draw out: up to a second or so for each of them.
    """
    found: dict[str, list[str]] = {}
    if not rule.name:
        found["name"] = [_("Правилу нужно название.")]
    if not rule.pattern.strip():
        found["pattern"] = [_("Скажите, что правило ищет.")]
    if rule.replacement is None and not rule.message:
        found["message"] = [_("Правилу нужна замена или совет.")]
    for field, texts, longest in (
        ("name", (rule.name,), LONGEST_PATTERN),
        ("pattern", (rule.pattern,), LONGEST_PATTERN),
        ("replacement", (rule.replacement or "",), LONGEST_PATTERN),
        ("message", (rule.message,), LONGEST_MESSAGE),
        ("finds", rule.finds, LONGEST_MESSAGE),
        ("passes", rule.passes, LONGEST_MESSAGE),
        ("source", (rule.source,), LONGEST_MESSAGE),
    ):
        if any(len(text) > longest for text in texts):
            found.setdefault(field, []).append(_too_long(longest))
        if not all(map(is_storable, texts)):
            found.setdefault(field, []).append(_unstorable())
    # Examples of what cannot be kept in any case say nothing.
    return found if set(found) - {"name", "message"} else found | faults_of_examples(rule)


def _too_long(longest: int) -> str:
    return _("Слишком длинно: здесь помещается {limit} знаков.").format(limit=longest)


def _unstorable() -> str:
    return _("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков.")


def remove_rules(desk: Desk, names: Iterable[str]) -> Done[None]:
    """Take the rules of *names* off the list, all or none. Raises `NotFound`."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        for name in dict.fromkeys(names):
            case.work.lists.remove_rule(name)
            case.note("words", detail=_("убрано правило: {name}").format(name=name))
        return case.done(None)


def change_style(desk: Desk, style: HouseStyle) -> Done[None]:
    with use_case(desk, Action.DECIDE_WORDS) as case:
        house = case.work.records.house(lock=True)
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
