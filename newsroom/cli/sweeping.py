"""``typography`` and ``sweep``: the house style on a file, and a mistake searched through everything readers see."""

import argparse
from dataclasses import asdict
from pathlib import Path

from newsroom.cli.files import read_bytes, write_text
from newsroom.cli.parser import WrongUse
from newsroom.cli.session import desk_of, print_json
from newsroom.desk import house_lists, reading, sweeping
from newsroom.desk.session import Desk
from newsroom.domain.article import Content
from newsroom.domain.errors import InvalidInput, NotFound
from newsroom.domain.rules import HouseRule
from newsroom.text.checks.material import material_of
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.text.fragments import clean
from newsroom.text.markdown import parse
from newsroom.text.replacing import Change, changed_document
from newsroom.text.typography.setting import edits
from newsroom.text.writer import write
from newsroom.words import _, n_


def typography(options: argparse.Namespace) -> int:
    """Markdown or plain text; front matter stays as it is."""
    file: Path = options.file
    try:
        text = clean(decoded(read_bytes(file)))
    except UnknownEncoding as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error
    with desk_of(options, acts=False) as desk:
        style = reading.read_settings(desk).house.style
    head, body = _parted(text)
    document = parse(body)
    pieces = material_of(Content(), document.blocks).pieces
    changes = [
        Change(piece.begin + edit.begin, piece.begin + edit.end, edit.text)
        for piece in pieces
        for edit in edits(piece.text, style)
    ]
    after = head + write(changed_document(document, changes)) + "\n" if changes else text
    write_text(file if options.write else None, after)
    return 0


def _parted(text: str) -> tuple[str, str]:
    """Front matter with its fences, and the Markdown below."""
    if not text.startswith("---\n"):
        return "", text
    end = text.find("\n---\n", 4)
    return ("", text) if end < 0 else (text[: end + 5], text[end + 5 :])


def sweep(options: argparse.Namespace) -> int:
    if bool(options.rule) == (len(options.words) == 2):
        raise WrongUse(_("Скажите, что найти и что писать вместо, или --rule и название."))
    with desk_of(options, acts=bool(options.accept)) as desk:
        rule = _rule(desk, options)
        proposals = sweeping.propose(desk, [rule])
        if options.accept:
            return _accept(desk, proposals, options.accept, rule)
    if options.json:
        print_json([asdict(proposal) for proposal in proposals])
        return 0
    for proposal in proposals:
        print(f"{proposal.article}  {proposal.headline}")
        for before, after in proposal.differences:
            print(f"   - {' '.join(before.split())}", f"   + {' '.join(after.split())}", sep="\n")
    print(n_("Поправить можно {n} статью.", "Поправить можно {n} статей.", len(proposals)))
    return 0


def _rule(desk: Desk, options: argparse.Namespace) -> HouseRule:
    if options.rule:
        for kept in house_lists.read_rules(desk):
            if kept.rule.name == options.rule:
                if kept.rule.replacement is None:
                    raise InvalidInput(_("Правило «{name}» только советует: менять нечего.").format(name=options.rule))
                return kept.rule
        raise NotFound(_("Правила «{name}» нет.").format(name=options.rule))
    words, instead = options.words
    return HouseRule(name=words, pattern=words, replacement=instead)


def _accept(desk: Desk, proposals: list[sweeping.Proposal], wanted: str, rule: HouseRule) -> int:
    known = {str(proposal.article): proposal for proposal in proposals}
    chosen = list(known) if wanted == "all" else [number.strip() for number in wanted.split(",")]
    if missing := [number for number in chosen if number not in known]:
        raise NotFound(_("Для этих статей правок нет: {articles}.").format(articles=", ".join(missing)))
    reason = _("правка архива: {pattern} → {replacement}").format(pattern=rule.pattern, replacement=rule.replacement)
    done = sweeping.accept(desk, [known[number] for number in chosen], reason).value
    for one in done:
        told = _("на проверке, версия {n}").format(n=one.revision) if one.revision else one.problem
        print(f"{one.article}: {told}")
    return 1 if any(one.revision is None for one in done) else 0
