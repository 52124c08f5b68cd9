"""``marks``, ``rules`` and ``style``: what the newsroom has decided beside single words."""

import argparse
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from newsroom.cli.files import read_bytes, write_text
from newsroom.cli.parser import WrongUse
from newsroom.cli.session import desk_of, print_json, print_table
from newsroom.desk import house_lists, reading
from newsroom.desk.sweeping import would_change
from newsroom.domain.findings import Severity
from newsroom.domain.rules import HouseRule, KeptRule
from newsroom.domain.style import SWITCHES, HouseStyle, style_from_dict, style_to_dict
from newsroom.text.checks.rules import own_example
from newsroom.text.mark_files import read_mark_file, write_mark_file
from newsroom.text.rule_files import read_rule_file, write_rule_file
from newsroom.words import _, n_

_YES = {"yes": True, "no": False}
#: Places that a preview shows.
_SHOWN = 20


def list_marks(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        marks = house_lists.read_marks(desk)
    if options.json:
        print_json([asdict(kept.mark) | {"by": kept.by, "at": kept.at} for kept in marks])
    elif marks:
        print_table([
            (
                ", ".join(kept.mark.names),
                kept.mark.sign[:40],
                kept.mark.placement.words,
                kept.mark.mentions.words,
                kept.mark.severity.words,
                kept.mark.source,
            )
            for kept in marks
        ])  # fmt: skip
    else:
        print(_("Списков пометок нет: внесите их из файла, newsroom marks import."))
    return 0


def import_marks(options: argparse.Namespace) -> int:
    marks = read_mark_file(read_bytes(options.file), options.file.suffix)
    with desk_of(options, acts=True) as desk:
        _tell_taken(house_lists.save_marks(desk, marks).value)
    return 0


def _tell_taken(taken: house_lists.Taken) -> None:
    words = _("Добавлено: {added}, изменено: {changed}, было: {same}")
    print(words.format(added=len(taken.added), changed=len(taken.changed), same=taken.same))


def export_marks(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        marks = [kept.mark for kept in house_lists.read_marks(desk)]
    file: Path | None = options.file
    write_text(file, write_mark_file(marks, file.suffix if file else f".{options.format}"))
    return 0


def remove_marks(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        house_lists.remove_marks(desk, options.names)
    print(_("Убрано: {words}").format(words=", ".join(options.names)))
    return 0


def list_rules(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        rules = house_lists.read_rules(desk)
    if options.json:
        print_json([asdict(kept) for kept in rules])
    elif rules:
        print_table([_rule_line(kept) for kept in rules])
    else:
        print(_("Правил нет."))
    return 0


def _rule_line(kept: KeptRule) -> tuple[str, ...]:
    rule = kept.rule
    what = rule.pattern if rule.replacement is None else f"{rule.pattern} → {rule.replacement}"
    used = _("решений {hits}, принято {accepted}").format(hits=kept.hits, accepted=kept.accepted)
    return rule.name, what, rule.severity.words, kept.owner, used


def add_rule(options: argparse.Namespace) -> int:
    """With ``--preview`` nothing is kept: only what it would find in everything live is shown."""
    rule = HouseRule(
        name=options.name,
        pattern=options.pattern,
        replacement=options.replacement,
        message=options.message,
        finds=tuple(options.finds),
        passes=tuple(options.passes),
        severity=Severity(options.severity),
        is_expression=options.expression,
        case=options.case,
        whole_word=not options.parts,
        source=options.source,
    )
    rule = replace(rule, finds=rule.finds or own_example(rule))
    with desk_of(options, acts=True) as desk:
        if options.preview:
            _preview(would_change(desk, rule))
            return 0
        house_lists.save_rule(desk, rule)
    print(rule.name)
    return 0


def _preview(places: Iterable[tuple[int, str]]) -> None:
    found = list(places)
    for article, words in found[:_SHOWN]:
        print(f"{article}: {words}")
    print(n_("{n} место", "{n} мест", len(found)))


def import_rules(options: argparse.Namespace) -> int:
    rules = read_rule_file(read_bytes(options.file), options.file.suffix)
    with desk_of(options, acts=True) as desk:
        _tell_taken(house_lists.save_rules(desk, rules).value)
    return 0


def export_rules(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        rules = [kept.rule for kept in house_lists.read_rules(desk)]
    file: Path | None = options.file
    write_text(file, write_rule_file(rules, file.suffix if file else f".{options.format}"))
    return 0


def remove_rules(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        house_lists.remove_rules(desk, options.names)
    print(_("Убрано: {words}").format(words=", ".join(options.names)))
    return 0


def style(options: argparse.Namespace) -> int:
    with desk_of(options, acts=bool(options.changes)) as desk:
        now = reading.read_settings(desk).house.style
        if options.changes:
            now = _changed(now, options.changes)
            house_lists.change_style(desk, now)
    plain = style_to_dict(now)
    print_table([
        (name, str(plain[name]) if not isinstance(plain[name], bool) else "yes" if plain[name] else "no", _(title))
        for name, title in SWITCHES.items()
    ])  # fmt: skip
    return 0


def _changed(now: HouseStyle, changes: list[str]) -> HouseStyle:
    plain = style_to_dict(now)
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise WrongUse(_("«{text}»: нужно имя=значение, например quotes=straight.").format(text=change))
        plain[name] = _YES.get(value, value)
    return style_from_dict(plain)
