"""Reads Markdown into the editor's document.

CommonMark as markdown-it-py reads it, with these choices:

* HTML is text: it is neither shown as markup nor lost;
* reference definitions are text too, since a document has no place to keep them;
* a soft line end is a blank;
* addresses stay exactly as written, and unsafe ones (``javascript:`` …) make no link, so that their text stays;
* whatever the vocabulary cannot express (tables, code, other images, headings of other levels, items of several
  paragraphs …) becomes a `Raw` block with its lines verbatim.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
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
from newsroom.text.fragments import BLANKS, MAX_CHARACTERS, clean, safe_address, too_long
from newsroom.text.normal_form import MAX_LIST_DEPTH, normal_form, split_title
from newsroom.words import _

#: Open blocks within blocks; markdown-it silently drops what is nested deeper, so such a text is refused.
MAX_NESTING = 4 * MAX_LIST_DEPTH

#: Opens the line of a quote that names the speaker.
SPEAKER_DASH = "— "

_PHOTO_ADDRESS = re.compile(r"photo:([0-9a-z]{1,64})")
#: Paragraph marks may stand before the text of a line; white space behind them would be stripped.
_LINE_START = re.compile(r"[ \t>\-+*#0-9.)]*")
_UNUSUAL_BLANK = re.compile(r"[^\S \t\n]")
#: A paragraph of one line in which nothing can be markup, as most paragraphs of news are: it need not be parsed at all,
#: which is what makes a long article open at once. It ends whatever stands before the blank line above it, but a fence.
_PLAIN = re.compile(
    r"""(?: [^\W\d_] | [«„“"(—] | \d+ (?! [\d.)] ) )
        (?: [^\\`*_\[\]<>&~\t\n]* [^\\`*_\[\]<>&~\s] )?""",
    re.VERBOSE,
)
_BLANK_LINES = re.compile(r"(\n(?:[ \t]*\n)+)")


class _Inexpressible(Exception):
    """The vocabulary has no word for this block."""


def parse(markdown: str) -> Document:
    """The document that *markdown* means, in normal form.

    Raises `InvalidInput` for NUL and halves of surrogate pairs, for more than `MAX_CHARACTERS`, and for blocks nested
    deeper than `MAX_NESTING`.
    """
    text = _checked(markdown)
    if "```" in text or "~~~" in text:
        return Document(_read_blocks(text))
    # Stretches between blank lines, and the blank lines after each, which belong to code that goes on below them.
    parts = [*_BLANK_LINES.split(text), ""]
    blocks: list[Block] = []
    for plain, stretches in groupby(zip(parts[::2], parts[1::2], strict=True), _is_plain):
        if plain:
            blocks += [Paragraph((Run(paragraph),)) for paragraph, _blank in stretches]
        else:
            blocks += _read_blocks("".join(map("".join, stretches)))
    return Document(tuple(blocks))


def _is_plain(stretch: tuple[str, str]) -> bool:
    return _PLAIN.fullmatch(stretch[0]) is not None


def _read_blocks(text: str) -> tuple[Block, ...]:
    lines, tokens = _read(text)
    blocks: list[Block] = []
    start = 0
    while start < len(tokens):
        end = _end_of_block(tokens, start)
        group = tokens[start:end]
        try:
            block = _block(group)
        except _Inexpressible:
            first, last = group[0].map or (0, 0)
            block = Raw("\n".join(lines[first:last]))
        blocks.append(block)
        start = end
    return normal_form(Document(tuple(blocks))).blocks


def parse_inlines(markdown: str) -> Inlines | None:
    """The runs of one paragraph's *markdown*, in normal form; None where it is anything but one plain paragraph."""
    match parse(markdown).blocks:
        case (Paragraph(inlines),):
            return inlines
        case _:
            return None


def block_tokens(markdown: str) -> list[Token]:
    """The tokens of *markdown*, for whoever must know how a raw block begins and ends, or shows it.

    Raises what `parse` raises.
    """
    return _read(_checked(markdown))[1]


@cache
def reader() -> MarkdownIt:
    """The parser of the house; its HTML is escaped but not yet sanitised."""
    markdown_it = MarkdownIt("js-default", {"maxNesting": MAX_NESTING + 2})
    markdown_it.disable("reference")
    markdown_it.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown_it.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    markdown_it.validateLink = lambda url: bool(safe_address(url))  # type: ignore[method-assign]
    return markdown_it


def _checked(markdown: str) -> str:
    if len(markdown) > MAX_CHARACTERS:
        raise too_long(len(markdown))
    return clean(markdown).removeprefix("\ufeff")


def _read(text: str) -> tuple[list[str], list[Token]]:
    lines = text.split("\n")
    tokens = reader().parse("\n".join(map(_guarded, lines)))
    if any(token.level > MAX_NESTING for token in tokens):
        raise InvalidInput(_("Цитаты и списки вложены слишком глубоко. Упростите разметку."))
    return lines, tokens


def _guarded(line: str) -> str:
    """*line* with no-break and other unusual blanks at its ends as references: the parser would strip them."""
    if not _UNUSUAL_BLANK.search(line):
        return line
    match = _LINE_START.match(line)
    start = match.end() if match else 0
    head, rest = line[:start], line[start:]
    text = rest.lstrip()
    before = rest[: len(rest) - len(text)]
    core = text.rstrip()
    after = text[len(core) :]
    if core.endswith("\\"):
        # A backslash would make the reference plain text; after it the blank is safe only as it is.
        core, after = core + after.rstrip(BLANKS), ""
    return head + _as_references(before) + core + _as_references(after)


def _as_references(blanks: str) -> str:
    return _UNUSUAL_BLANK.sub(lambda match: f"&#{ord(match.group())};", blanks)


def _end_of_block(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index + 1
    return len(tokens)


# --- Blocks ----------------------------------------------------------------------------------------------------------


def _block(tokens: list[Token]) -> Block:
    first = tokens[0]
    match first.type:
        case "paragraph_open":
            return _photo(tokens[1]) or Paragraph(_runs(tokens[1].children))
        case "heading_open" if first.tag in ("h2", "h3"):
            return Heading(int(first.tag[1]), _runs(tokens[1].children))
        case "bullet_list_open" | "ordered_list_open":
            return _list(tokens)
        case "blockquote_open":
            return _quote(tokens)
        case "hr":
            return Rule()
        case _:
            raise _Inexpressible


def _list(tokens: list[Token]) -> List:
    ordered = tokens[0].type == "ordered_list_open"
    items: list[Item] = []
    index = 1
    while index < len(tokens) - 1:
        end = _end_of_block(tokens, index)
        items.append(_item(tokens[index + 1 : end - 1]))
        index = end
    start = tokens[0].attrGet("start")
    return List(tuple(items), ordered, 1 if start is None else int(start))


def _item(tokens: list[Token]) -> Item:
    """A paragraph, or nothing, and then only lists."""
    inlines: Inlines = ()
    index = 0
    if tokens and tokens[0].type == "paragraph_open":
        if _photo(tokens[1]):
            raise _Inexpressible
        inlines = _runs(tokens[1].children)
        index = 3
    children: list[List] = []
    while index < len(tokens):
        if tokens[index].type not in ("bullet_list_open", "ordered_list_open"):
            raise _Inexpressible
        end = _end_of_block(tokens, index)
        children.append(_list(tokens[index:end]))
        index = end
    return Item(inlines, tuple(children))


def _quote(tokens: list[Token]) -> Quote:
    inside = tokens[1:-1]
    if any(token.type not in ("paragraph_open", "inline", "paragraph_close") for token in inside):
        raise _Inexpressible
    contents = [token for token in inside if token.type == "inline"]
    if any(_photo(token) for token in contents):
        raise _Inexpressible
    paragraphs = [_runs(token.children) for token in contents]
    speaker = ""
    if contents:
        words, speaker = _speaker(contents[-1])
        if speaker and words:
            paragraphs[-1] = _runs(words)
        elif speaker and len(paragraphs) > 1:
            paragraphs.pop()
        else:
            speaker = ""
    return Quote(tuple(paragraphs), speaker)


def _speaker(token: Token) -> tuple[list[Token], str]:
    """Words and speaker of a quote's last paragraph.

    The speaker is plain text after a literal dash: on a line of its own below the words, or the whole paragraph.
    A quoted reply that begins with a dash is written with ``&mdash;``; lines that all begin so are a dialogue.
    """
    children = token.children or []
    lines = token.content.split("\n")
    if not lines[-1].lstrip(BLANKS).startswith(SPEAKER_DASH):
        return children, ""
    start = max((n + 1 for n, child in enumerate(children) if child.type in ("softbreak", "hardbreak")), default=0)
    if start and children[start - 1].type == "hardbreak":
        return children, ""
    if start and any(line.lstrip(BLANKS).startswith("—") for line in lines[:-1]):
        return children, ""
    if any(child.type not in ("text", "text_special") for child in children[start:]):
        return children, ""
    text = "".join(child.content for child in children[start:])
    return children[: max(start - 1, 0)], text.removeprefix(SPEAKER_DASH).strip(BLANKS)


def _photo(inline: Token) -> PhotoBlock | None:
    """The photo that is alone in a paragraph, or None."""
    match inline.children:
        case [Token(type="image") as image]:
            address = _PHOTO_ADDRESS.fullmatch(str(image.attrGet("src")))
            if address is None:
                return None
            alt = image.children or []
            if any(child.type not in ("text", "softbreak") for child in alt):
                return None
            text = "".join(child.content if child.type == "text" else " " for child in alt)
            caption, credit = split_title(str(image.attrGet("title") or ""))
            return PhotoBlock(PhotoId(address.group(1)), caption, credit, text)
        case _:
            return None


# --- Inline runs -----------------------------------------------------------------------------------------------------


def _runs(children: Sequence[Token] | None) -> Inlines:
    runs: list[Inline] = []
    bold = italic = 0
    link = ""
    linked_from = 0
    for child in children or ():
        match child.type:
            case "text" | "text_special":
                runs.append(Run(child.content, bold > 0, italic > 0, link))
            case "softbreak":
                runs.append(Run(" ", bold > 0, italic > 0, link))
            case "hardbreak":
                runs.append(HardBreak())
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "link_open" if child.attrGet("title") is None:
                link = str(child.attrGet("href"))
                linked_from = len(runs)
            case "link_close":
                if not any(isinstance(run, Run) and run.text for run in runs[linked_from:]):
                    raise _Inexpressible
                link = ""
            case _:
                raise _Inexpressible
    return tuple(runs)
