"""``site merge``: an edit made in the site's own editor goes into the article, part by part."""

import argparse
from collections.abc import Mapping

from newsroom.cli.session import print_json, signed_in
from newsroom.desk.merging import Merge, save_merge
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import InvalidInput, PersonError
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.merging import Fate, Part, Side, unresolved
from newsroom.text.diff import title_of
from newsroom.words import _, later

_FATES = {
    Fate.OURS: later("изменила редакция"),
    Fate.THEIRS: later("изменено на сайте"),
    Fate.CONFLICT: later("изменено и там, и тут"),
}


def merge(options: argparse.Namespace) -> int:
    with signed_in(options) as (newsroom, desk):
        found = newsroom.read_merge(desk, ArticleId(options.article), SiteName(options.site))
        choices = _choices(found, options)
        open_ = unresolved(found.parts, choices)
        if options.json:
            print_json([_plain(number, part, choices) for number, part in _differing(found)])
        elif not found.edited:
            print(_("На сайте «{site}» текст такой, каким его оставила редакция.").format(site=found.site))
        else:
            for number, part in _differing(found):
                _show(number, part, choices)
        if options.dry_run or not found.edited:
            return 0
        if open_:
            hint = " ".join(f"--choose {number}=ours" for number in open_)
            raise PersonError(
                _("Выберите для каждого расхождения, чей вариант оставить: ours, theirs или both."),
                _("Например: {hint}").format(hint=hint),
            )
        saved = save_merge(desk, found, choices).value
    if options.json:
        return 0
    if not saved.new:
        print(_("Текст редакции не изменился; на сайт он пойдёт по команде retry."))
    elif saved.submitted:
        print(_("Версия {number} ждёт одобрения.").format(number=saved.revision))
    else:
        print(_("Версия {number} сохранена; чего ей не хватает, скажет submit.").format(number=saved.revision))
    return 0


def _differing(found: Merge) -> list[tuple[int, Part]]:
    return [(number, part) for number, part in enumerate(found.parts) if part.sides]


def _choices(found: Merge, options: argparse.Namespace) -> dict[int, Side]:
    """What the command line says, the sides of all conflicts first."""
    choices: dict[int, Side] = {}
    if options.all:
        side = Side(options.all)
        for number in unresolved(found.parts, {}):
            sides = found.parts[number].sides
            choices[number] = side if side in sides else Side.OURS
    for text in options.choose:
        number, _equals, side = text.partition("=")
        known = number.isdigit() and int(number) < len(found.parts)
        if not known or side not in found.parts[int(number)].sides:
            raise InvalidInput(_("«{text}» не понято: нужно номер=ours, theirs или both.").format(text=text))
        choices[int(number)] = Side(side)
    return choices


def _show(number: int, part: Part, choices: Mapping[int, Side]) -> None:
    side = choices.get(number, part.proposed)
    print(f"{number}. {title_of(part.field)} — {_(_FATES[part.fate])}" + (f" → {side}" if side else ""))
    for label, value in ((_("было"), part.base), (_("у нас"), part.ours), (_("на сайте"), part.theirs)):
        print(f"   {label}: {_words(value)}")


def _words(value: object) -> str:
    if isinstance(value, LeadPhoto):
        return " · ".join(filter(None, (value.photo[:8], value.caption, value.credit, value.alt)))
    if isinstance(value, tuple):
        return " ¶ ".join(map(str, value)) or "—"
    return str(value) if value else "—"


def _plain(number: int, part: Part, choices: Mapping[int, Side]) -> dict[str, object]:
    return {
        "number": number,
        "field": part.field,
        "fate": part.fate,
        "base": part.base,
        "ours": part.ours,
        "theirs": part.theirs,
        "taken": choices.get(number, part.proposed),
    }
