"""The normal form of a document: what each block looks like when everything invisible has been settled.

Beside what `newsroom.text.document` says, here is settled what Markdown has no way to tell apart:

* line ends inside a run are hard breaks; blanks beside a hard break are dropped, and so are hard breaks at either end
  of a paragraph; headings, captions and speakers are one line;
* white space at the edge of a bold, italic or linked stretch does not belong to it: nobody sees it bold;
* an unsafe address is no link; its text stays;
* blocks without content are dropped; a quote that has a speaker but no words is words;
* indented code below a list or another raw block is fenced code;
* a photo's credit is what follows the last «Фото:» of caption and credit together.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from newsroom.domain.errors import InvalidInput
from newsroom.text.document import (
    Block,
    Document,
    HardBreak,
    Heading,
    Inline,
    Inlines,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)
from newsroom.text.fragments import BLANKS, clean, one_line, safe_address
from newsroom.words import _

#: Lists within lists; nobody's news goes deeper, and it bounds every recursion here.
MAX_LIST_DEPTH = 20
#: CommonMark numbers have nine digits at most.
MAX_NUMBER = 999_999_999

#: Speaks between caption and credit in a photo's title.
CREDIT_WORD = "Фото:"
_LOOSE_INDENT = re.compile(r" {1,3}(?=[^ \t])")
_CREDIT = re.compile(rf"(?s)(?:(.*)(?<=\s))?{CREDIT_WORD}\s*(\S.*)")


def normal_form(document: Document) -> Document:
    """*document* in normal form.

    Raises `InvalidInput` for NUL, halves of surrogate pairs and lists nested deeper than `MAX_LIST_DEPTH`.
    """
    return Document(tuple(_apart(_joined_lists(block for old in document.blocks if (block := _block(old))))))


def _block(block: Block) -> Block | None:
    """One block in normal form; None where it holds nothing."""
    match block:
        case Paragraph(inlines):
            settled = settle(inlines)
            return Paragraph(settled) if settled else None
        case Heading(level, inlines):
            settled = settle(inlines, breaks=False)
            return Heading(min(max(level, 2), 3), settled) if settled else None
        case List():
            return _list(block, 1)
        case Quote():
            return _quote(block)
        case PhotoBlock():
            return _photo(block)
        case Raw(source):
            source = _outdented(clean(source))
            return Raw(source) if source else None
        case Rule():
            return block


def _list(old: List, depth: int) -> List | None:
    if not old.items:
        return None
    if depth > MAX_LIST_DEPTH:
        raise InvalidInput(
            _("Списки вложены глубже {limit} уровней. Разбейте их на несколько.").format(limit=MAX_LIST_DEPTH)
        )
    items = tuple(
        Item(
            settle(item.inlines),
            tuple(
                block
                for block in _joined_lists(filter(None, (_list(child, depth + 1) for child in item.children)))
                if isinstance(block, List)
            ),
        )
        for item in old.items
    )
    return List(items, old.ordered, min(max(old.start, 0), MAX_NUMBER) if old.ordered else 1)


def _joined_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, neighbouring lists of one kind as one list that keeps the first one's number."""
    for _kind, group in groupby(blocks, _list_kind):
        first, *others = group
        if isinstance(first, List):
            items = [item for block in (first, *others) if isinstance(block, List) for item in block.items]
            yield replace(first, items=tuple(items))
        else:
            yield first
            yield from others


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, indented code that a list before it would swallow as fenced code."""
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Raw) and block.source[0] in BLANKS and isinstance(before, List | Raw):
            yield Raw(_fenced(block.source))
        else:
            yield block
        before = block


def _fenced(source: str) -> str:
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", source)), 0)
    code = re.sub(r"(?m)^(?: {4}| {0,3}\t)", "", source)
    return f"{fence}\n{code}\n{fence}"


def _list_kind(block: Block) -> bool | None:
    return block.ordered if isinstance(block, List) else None


def _quote(old: Quote) -> Block | None:
    paragraphs = tuple(settled for inlines in old.paragraphs if (settled := settle(inlines)))
    speaker = one_line(old.speaker)
    if not paragraphs:
        return Quote(((Run(f"— {speaker}"),),)) if speaker else None
    return Quote(paragraphs, speaker)


def _photo(old: PhotoBlock) -> PhotoBlock:
    caption, credit = split_title(photo_title(one_line(old.caption), one_line(old.credit)))
    return PhotoBlock(old.photo, caption, credit, one_line(old.alt))


def photo_title(caption: str, credit: str) -> str:
    """Caption and credit as the title of an image holds them."""
    return f"{caption} {CREDIT_WORD} {credit}".lstrip(BLANKS) if credit else caption


def split_title(title: str) -> tuple[str, str]:
    """Caption and credit of a photo from the title of its image."""
    title = one_line(title)
    if match := _CREDIT.fullmatch(title):
        return (match.group(1) or "").strip(BLANKS), match.group(2)
    return title, ""


def _outdented(source: str) -> str:
    """*source* without blank lines at its ends, and without up to three blanks that mean nothing before its lines.

    Below a list those blanks would make it a part of the list; four of them are code, and stay.
    """
    lines = source.split("\n")
    while lines and not lines[-1].strip(BLANKS):
        lines.pop()
    while lines and not lines[0].strip(BLANKS):
        lines.pop(0)
    if lines and (match := _LOOSE_INDENT.match(lines[0])):
        width = match.end()
        lines = [re.sub(rf"^ {{1,{width}}}", "", line) for line in lines]
    return "\n".join(lines)


# --- Inline runs -----------------------------------------------------------------------------------------------------


def settle(inlines: Inlines, *, breaks: bool = True) -> Inlines:
    """Runs and breaks in normal form; without *breaks* a hard break becomes a blank."""
    lines = [_settled_line(line) for line in _lines(inlines)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    if not breaks:
        spaced: list[Run] = []
        for line in filter(None, lines):
            spaced += [Run(" "), *line] if spaced else line
        return tuple(_joined_runs(spaced))
    settled: list[Inline] = []
    for number, line in enumerate(lines):
        settled += [HardBreak(), *line] if number else line
    return tuple(settled)


def _lines(inlines: Inlines) -> Iterator[list[Run]]:
    line: list[Run] = []
    for inline in inlines:
        if isinstance(inline, HardBreak):
            yield line
            line = []
            continue
        first, *others = clean(inline.text).split("\n")
        link = safe_address(inline.link) if inline.link else ""
        line.append(_restyled(inline, first, inline.bold, inline.italic, link))
        for text in others:
            yield line
            line = [_with_text(line[-1], text)]
    yield line


def _settled_line(runs: list[Run]) -> list[Run]:
    """One line without blanks at its ends, white space at the edges of a style unstyled, equal neighbours joined."""
    runs = [run for run in runs if run.text]
    while runs and not (text := runs[0].text.lstrip(BLANKS)):
        runs.pop(0)
    if runs:
        runs[0] = _with_text(runs[0], text)
    while runs and not (text := runs[-1].text.rstrip(BLANKS)):
        runs.pop()
    if runs:
        runs[-1] = _with_text(runs[-1], text)
    if any(run.bold or run.italic or run.link for run in runs):
        runs = _without_styled_edges(runs)
    return list(_joined_runs(runs))


def _without_styled_edges(runs: list[Run]) -> list[Run]:
    stretches = [
        (blank, list(group)) for blank, group in groupby(_split_at_edges(runs), lambda run: run.text.isspace())
    ]
    result: list[Run] = []
    for number, (blank, group) in enumerate(stretches):
        if blank:
            around = [*stretches[number - 1][1][-1:]] if number else [Run("")]
            around += stretches[number + 1][1][:1] if number + 1 < len(stretches) else [Run("")]
            every = around + group
            bold, italic = all(run.bold for run in every), all(run.italic for run in every)
            link = group[0].link if len({run.link for run in every}) == 1 else ""
            result += [_restyled(run, run.text, bold, italic, link) for run in group]
        else:
            result += group
    return result


def _split_at_edges(runs: list[Run]) -> Iterator[Run]:
    """Each run as up to three: white space, text, white space."""
    for run in runs:
        core = run.text.strip()
        start = run.text.index(core)
        for text in (run.text[:start], core, run.text[start + len(core) :]):
            if text:
                yield _with_text(run, text)


def _with_text(run: Run, text: str) -> Run:
    return _restyled(run, text, run.bold, run.italic, run.link)


def _restyled(run: Run, text: str, bold: bool, italic: bool, link: str) -> Run:
    """What `dataclasses.replace` gives, at a third of its price: this is most of what normalising costs."""
    if (run.text, run.bold, run.italic, run.link) == (text, bold, italic, link):
        return run
    return Run(text, bold, italic, link)


def _joined_runs(runs: Iterable[Run]) -> Iterator[Run]:
    for _style, group in groupby(runs, lambda run: (run.bold, run.italic, run.link)):
        same = list(group)
        yield same[0] if len(same) == 1 else _with_text(same[0], "".join(run.text for run in same))
