"""Markdown of a text that is being edited: what was not touched since the last time is not written again."""

from dataclasses import dataclass

from newsroom.text.document import Block, Document, Heading, Paragraph, Raw


@dataclass(frozen=True, slots=True)
class Written:
    """A document, and what it is in normal form and as Markdown."""

    document: Document
    normal: Document
    markdown: str

    def reads_back(self) -> bool:
        """Whether the Markdown means the document. Anything else is an error of ours that would cost somebody words."""
        from newsroom.text.markdown import parse

        return parse(self.markdown) == self.normal


class Rewriter:
    """Writes one document over and over while it is edited: what `write` gives, at the price of what has changed.

    A paragraph or heading that is the very object of the last time is not written anew. Any thread may call it.
    """

    def __init__(self) -> None:
        #: What each block of the last document came to, by its `id`, which is its own as long as it is kept here.
        self._known: dict[int, Written] = {}

    def write(self, document: Document) -> Written:
        """Raises what `newsroom.text.writer.write` raises."""
        if any(isinstance(block, Raw) for block in document.blocks):
            return _written(document)  # what stands beside a raw block has a say in how both are written
        known, fresh = self._known, {}
        parts: list[Written] = []
        others: list[Block] = []
        for block in document.blocks:
            if not isinstance(block, Paragraph | Heading):
                others.append(block)
                continue
            found = known.get(id(block))
            if found is None or found.document.blocks[0] is not block:
                found = _written(Document((block,)))
            fresh[id(block)] = found
            if not found.normal.blocks:
                continue  # nobody sees it: what is above and below it are neighbours
            if others:
                parts.append(_written(Document(tuple(others))))
                others = []
            parts.append(found)
        if others:
            parts.append(_written(Document(tuple(others))))
        self._known = fresh
        normal = Document(tuple(block for part in parts for block in part.normal.blocks))
        return Written(document, normal, "\n\n".join(part.markdown for part in parts if part.markdown))


def _written(document: Document) -> Written:
    from newsroom.text.writer import normalise, write  # bring the parser along, which nobody needs before a save

    normal = normalise(document)
    return Written(document, normal, write(normal))
