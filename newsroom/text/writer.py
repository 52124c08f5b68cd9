"""Writes the editor's document as Markdown: the inverse of `newsroom.text.markdown`.

``parse(write(document)) == normalise(document)`` for every document, and typed text reads in the Markdown as it was
typed wherever it can: only what CommonMark (with GFM's tables and strike-through) would take for markup is escaped.

Emphasis that the flanking rules of CommonMark cannot express (bold «Заря» glued to the next letter) keeps its exact
extent: the letter outside is written as a numeric reference, ``**«Заря»**&#1089;кий``. So nothing is widened, and any
CommonMark reader shows the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.text.document import (
    Block,
    Document,
    HardBreak,
    Heading,
    Inline,
    Inlines,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)
from newsroom.text.escapes import BLOCK_MARK, destination, escaped, escaped_string, reference, references
from newsroom.text.fragments import is_word_character
from newsroom.text.markdown import SPEAKER_DASH, block_tokens, parse, parse_inlines
from newsroom.text.normal_form import MAX_NUMBER, normal_form, photo_title

#: A raw block means what it means among its neighbours; a few readings settle what flows into what.
_READINGS = 4


def normalise(document: Document) -> Document:
    """*document* in normal form (`newsroom.text.normal_form`), raw blocks settled by reading them back.

    A raw block whose source is ordinary text becomes ordinary blocks, and an unclosed code fence before other blocks
    is closed. Raises `InvalidInput` for what `newsroom.text.markdown.parse` refuses.
    """
    document = normal_form(document)
    if any(isinstance(block, Raw) for block in document.blocks):
        for _reading in range(_READINGS):
            again = parse(_written(document))
            if again == document:
                break
            document = again
    return document


def write(document: Document) -> str:
    """*document* as Markdown, without a line end at its end; raises what `normalise` raises."""
    return _written(normalise(document))


def _written(document: Document) -> str:
    blocks = document.blocks
    parts = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        parts.append(_block(block, before, after))
    return "\n\n".join(parts)


def _block(block: Block, before: Block | None, after: Block | None) -> str:
    match block:
        case Paragraph(inlines):
            return _inlines(inlines)
        case Heading(level, inlines):
            return "#" * level + " " + _inlines(inlines, heading=True)
        case List():
            taken = _marker_at(before, -1) | _marker_at(after, 0)
            choices = (".", ")") if block.ordered else ("-", "*", "+")
            marker = next((choice for choice in choices if choice not in taken), choices[0])
            return "\n".join(_list(block, marker))
        case Quote():
            return _quote(block)
        case Rule():
            return "---"
        case PhotoBlock():
            return _photo(block)
        case Raw(source):
            return _closed(source) if after else source


def _marker_at(block: Block | None, index: int) -> set[str]:
    """The list marker with which a raw block begins (0) or ends (-1): a list beside it must take another one."""
    if not isinstance(block, Raw):
        return set()
    token = block_tokens(block.source)[index]
    return {token.markup} if token.type.endswith(("_list_open", "_list_close")) else set()


def _closed(source: str) -> str:
    """*source* with its last code fence closed, lest it swallow what follows."""
    last = block_tokens(source + "\n\n.")[-1]
    return f"{source}\n{last.markup}" if last.type == "fence" else source


def _list(block: List, marker: str) -> Iterator[str]:
    """Lines of a list: one per line of an item, lists below it indented to its text."""
    for number, item in enumerate(block.items, block.start):
        mark = f"{min(number, MAX_NUMBER)}{marker}" if block.ordered else marker
        indent = " " * (len(mark) + 1)
        first, *others = _inlines(item.inlines).split("\n")
        yield f"{mark} {first}" if first else mark
        yield from (indent + line for line in others)
        for place, child in enumerate(item.children):
            # An empty or oddly numbered item cannot interrupt a paragraph, and two lists read better apart.
            if place or (first and (not child.items[0].inlines or child.start != 1)):
                yield ""
            yield from (indent + line if line else "" for line in _list(child, marker_below(child)))


def marker_below(block: List) -> str:
    """The usual marker of a list."""
    return "." if block.ordered else "-"


def _quote(block: Quote) -> str:
    paragraphs = [_inlines(inlines) for inlines in block.paragraphs]
    if block.speaker:
        paragraphs.append(SPEAKER_DASH + _inlines((Run(block.speaker),), heading=True))
    elif len(paragraphs) > 1 and paragraphs[-1].startswith(SPEAKER_DASH):
        paragraphs[-1] = "&mdash;" + paragraphs[-1].removeprefix("—")
    return "\n".join(f"> {line}" if line else ">" for line in "\n\n".join(paragraphs).split("\n"))


def _photo(block: PhotoBlock) -> str:
    title = photo_title(block.caption, block.credit)
    image = f"![{escaped(block.alt, linked=True)}](photo:{block.photo}"
    if not title:
        return image + ")"
    mark = "'" if '"' in title and "'" not in title else '"'
    return f"{image} {mark}{escaped_string(title, mark)}{mark})"


# --- Inline runs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    linked: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """Opens or closes emphasis."""

    mark: str
    opens: bool


@dataclass(frozen=True, slots=True)
class _Verbatim:
    """Brackets of a link and line ends."""

    source: str


_Part = _Text | _Mark | _Verbatim
_BREAK = _Verbatim("\\\n")
_LINK = _Verbatim("[")


def _inlines(inlines: Inlines, *, heading: bool = False) -> str:
    """The runs as Markdown: emphasis nested where that is shorter and reads back as the same runs, else run by run."""
    parts = list(_nested(inlines))
    nested = _assembled(parts, heading)
    if not _is_intricate(parts):
        return nested
    one_by_one = _assembled(list(_one_by_one(inlines)), heading)
    return nested if len(nested) <= len(one_by_one) and parse_inlines(nested) == inlines else one_by_one


def _nested(inlines: Inlines, done: frozenset[str] = frozenset()) -> Iterator[_Part]:
    """Parts in which each emphasis reaches as far as it can, and links hold what is emphasised within them."""
    start = 0
    while start < len(inlines):
        first = inlines[start]
        if isinstance(first, HardBreak):
            yield _BREAK
            start += 1
            continue
        reaches = {
            style: _reach(inlines, start, style)
            for style in ("bold", "italic", "link")
            if style not in done and getattr(first, style)
        }
        if not reaches:
            yield _Text(first.text, "link" in done)
            start += 1
            continue
        style = max(reaches, key=lambda name: reaches[name])
        end = reaches[style]
        inside = _nested(inlines[start:end], done | {style})
        if style == "link":
            yield _LINK
            yield from inside
            yield _Verbatim(f"]({destination(first.link)})")
        else:
            mark = _Mark("**" if style == "bold" else "*", True)
            yield mark
            yield from inside
            yield _Mark(mark.mark, False)
        start = end


def _is_intricate(parts: list[_Part]) -> bool:
    """Whether marks meet or nest, so that only reading can tell what they would pair with."""
    depth = 0
    before: _Part | None = None
    for part in parts:
        if isinstance(part, _Mark):
            depth += 1 if part.opens else -1
            if depth > 1 or isinstance(before, _Mark):
                return True
        before = part
    return False


def _reach(inlines: Inlines, start: int, style: str) -> int:
    """Where the stretch of *style* from *start* ends, without trailing breaks and without cutting through a link."""
    value = getattr(inlines[start], style)
    end = last = start
    while end < len(inlines):
        inline = inlines[end]
        if isinstance(inline, Run):
            if getattr(inline, style) != value:
                break
            last = end
        end += 1
    if style == "link":
        return last + 1
    # A link that goes on beyond the stretch takes its emphasis inside.
    link = _link_of(inlines[last])
    if link and end < len(inlines) and _link_of(inlines[end]) == link:
        cut = last
        while cut > start and _link_of(inlines[cut - 1]) in (None, link):
            cut -= 1
        return cut if cut > start else last + 1
    return last + 1


def _link_of(inline: Inline) -> str | None:
    return inline.link if isinstance(inline, Run) else None


def _one_by_one(inlines: Inlines) -> Iterator[_Part]:
    """Parts in which each run has marks of its own, neighbours in turn ``*`` and ``_``: this can express everything.

    Between marks of different characters each stands beside punctuation, which suits the flanking rules on both sides.
    """
    turn = 0
    for index, inline in enumerate(inlines):
        if isinstance(inline, HardBreak):
            yield _BREAK
            continue
        if inline.link and (not index or _link_of(inlines[index - 1]) != inline.link):
            yield _LINK
        mark = "*_"[turn % 2] * (2 * inline.bold + inline.italic)
        turn = turn + 1 if mark else 0
        if mark:
            yield _Mark(mark, True)
        yield _Text(inline.text, bool(inline.link))
        if mark:
            yield _Mark(mark, False)
        if inline.link and (index + 1 == len(inlines) or _link_of(inlines[index + 1]) != inline.link):
            yield _Verbatim(f"]({destination(inline.link)})")


def _assembled(parts: list[_Part], heading: bool) -> str:
    """The source of all *parts*, each text escaped as its neighbours ask."""
    source: list[str] = []
    for index, part in enumerate(parts):
        match part:
            case _Mark(mark):
                source.append(mark)
            case _Verbatim(verbatim):
                source.append(verbatim)
            case _Text(text, linked):
                head, text = _head(parts, index, heading)
                text, tail = _tail(parts, index, text, heading)
                source += (head, escaped(text, linked=linked), tail)
    return "".join(source)


def _head(parts: list[_Part], index: int, heading: bool) -> tuple[str, str]:
    """The beginning of the text at *index* that needs more than escapes, written, and the rest of it."""
    text = parts[index].text  # type: ignore[union-attr]
    before = parts[index - 1] if index else _BREAK
    if isinstance(before, _Mark):
        if _needs_reference(parts, index, -1) if not before.opens else text[0].isspace():
            return reference(text[0]), text[1:]
    elif before is _BREAK:
        core = text.lstrip()
        if len(core) < len(text):
            return references(text[: len(text) - len(core)]), core
        if not heading and (match := BLOCK_MARK.match(text)):
            return f"{match['number'] or ''}\\{match['mark']}", text[match.end() :]
    return "", text


def _tail(parts: list[_Part], index: int, text: str, heading: bool) -> tuple[str, str]:
    """The rest of *text*, and its end written where that needs more than escapes."""
    if not text:
        return text, ""
    after = parts[index + 1] if index + 1 < len(parts) else _BREAK
    if isinstance(after, _Mark):
        if _needs_reference(parts, index, 1) if after.opens else text[-1].isspace():
            return text[:-1], reference(text[-1])
    elif after is _BREAK:
        core = text.rstrip()
        if len(core) < len(text):
            return core, references(text[len(core) :])
        if heading and text.endswith("#"):
            return text[:-1], r"\#"
    elif after == _LINK and text.endswith("!"):
        return text[:-1], r"\!"
    return text, ""


def _needs_reference(parts: list[_Part], index: int, step: int) -> bool:
    """Whether the marks beside the text at *index* work only if its letter next to them looks like punctuation."""
    text = parts[index].text  # type: ignore[union-attr]
    if not is_word_character(text[-1 if step > 0 else 0]):
        return False
    marks = set()
    index += step
    while isinstance(part := parts[index], _Mark):
        marks.add(part.mark[0])
        index += step
    if marks != {"*"} or not isinstance(part, _Text):
        return True
    return not is_word_character(part.text[0 if step > 0 else -1])
