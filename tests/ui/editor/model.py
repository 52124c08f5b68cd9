"""An editor of its own, as simple as can be, that says what the real one must show after each act of a person.

It is a list of lines, each a list of letters; nothing in it comes from the program but the names of the kinds and the
objects themselves. Places are counted in letters over the whole text, the end of a line counting as one.

What it promises:

* what is deleted joins its two ends in one line, of the first one's kind unless nothing of the first one is left;
* an object (photo, rule, raw block) is alone in its line; text that comes beside it goes before or after it;
* an item is at most one level deeper than the item above it; a speaker stands directly below words of a quote;
* letters keep how they look until somebody changes it. How new letters look is not said here (`NOT_SAID`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import regex

from newsroom.text.document import Rule
from ui.editor.blocks import HARD_BREAK, OBJECT, Atom, Kind

#: Bold, italic, address of the link; None for what is not said.
Look = tuple[bool | None, bool | None, str | None]
NOT_SAID: Look = (None, None, None)


@dataclass(frozen=True)
class Letter:
    char: str
    look: Look = NOT_SAID
    #: What an object character stands for.
    atom: Atom | None = None


@dataclass
class Line:
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    letters: list[Letter] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(letter.char for letter in self.letters)

    @property
    def is_object(self) -> bool:
        return [letter.atom is None for letter in self.letters] == [False]

    def become(self, kind: Kind, level: int = 0) -> None:
        self.kind, self.level = kind, level


def line(text: str, kind: Kind = Kind.PARAGRAPH, level: int = 0) -> Line:
    return Line(kind, level, [Letter(char) for char in text])


def object_line(atom: Atom) -> Line:
    return Line(letters=[Letter(OBJECT, atom=atom)])


RULE = object_line(Rule())
_MARKS = {
    "##": (Kind.HEADING, 2),
    "###": (Kind.HEADING, 3),
    "-": (Kind.BULLET, 0),
    "*": (Kind.BULLET, 0),
    "1.": (Kind.NUMBER, 0),
    "1)": (Kind.NUMBER, 0),
    ">": (Kind.QUOTE, 0),
}
_LISTS = (Kind.BULLET, Kind.NUMBER)
_ONE_LINE = (Kind.HEADING, Kind.SPEAKER)
_DEEPEST = 5


class Model:
    """``place`` is the cursor, ``anchor`` the other end of the selection."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [replace(each, letters=list(each.letters)) for each in lines]
        self.place = self.anchor = 0

    # -- places

    @property
    def text(self) -> str:
        return "\n".join(each.text for each in self.lines)

    @property
    def selection(self) -> tuple[int, int]:
        return min(self.place, self.anchor), max(self.place, self.anchor)

    def put_cursor(self, place: int, anchor: int | None = None) -> None:
        self.place = place
        self.anchor = place if anchor is None else anchor

    def at(self, place: int) -> tuple[int, int]:
        """Number of the line and column in it."""
        for number, each in enumerate(self.lines):
            if place <= len(each.letters):
                return number, place
            place -= len(each.letters) + 1
        raise IndexError(place)

    def start_of(self, number: int) -> int:
        return sum(len(each.letters) + 1 for each in self.lines[:number])

    # -- what a person does

    def type(self, char: str) -> None:
        if self.place == self.anchor:
            self._leave_object()
        self._delete_selection()
        self._insert([Letter(char)])
        self._settle()

    def take_mark(self) -> None:
        """After a space: a mark at the beginning of a paragraph makes it another kind."""
        number, column = self.at(self.place)
        here = self.lines[number]
        mark = here.text[:column]
        if here.kind is not Kind.PARAGRAPH or not mark.endswith(" ") or mark[:-1] not in _MARKS:
            return
        del here.letters[:column]
        here.become(*_MARKS[mark[:-1]])
        self.put_cursor(self.start_of(number))
        self._settle()

    def enter(self) -> None:
        self._delete_selection()
        self._settle()
        number, column = self.at(self.place)
        here = self.lines[number]
        if here.is_object:
            self._leave_object()
        elif not here.letters and here.kind is not Kind.PARAGRAPH:
            self._lift(here)
        elif here.kind in _ONE_LINE and column == 0:
            self.lines.insert(number, Line())
            self.put_cursor(self.place + 1)
        else:
            below = replace(here, letters=here.letters[column:])
            if here.kind in _ONE_LINE and not below.letters:
                below.become(Kind.PARAGRAPH)
            del here.letters[column:]
            self.lines.insert(number + 1, below)
            self.put_cursor(self.place + 1)
        self._settle()

    def break_line(self) -> None:
        """Shift+Enter: a line end inside the paragraph where a paragraph may have one."""
        self._delete_selection()
        self._settle()
        here = self.lines[self.at(self.place)[0]]
        if here.is_object or here.kind in _ONE_LINE:
            self.enter()
        else:
            self._insert([Letter(HARD_BREAK)])
            self._settle()

    def backspace(self) -> None:
        number, column = self.at(self.place)
        here = self.lines[number]
        above = self.lines[number - 1] if number else None
        if self.place != self.anchor:
            self._delete_selection()
        elif column:
            self._delete(self.place - 1, self.place)
        elif here.kind is not Kind.PARAGRAPH and not here.is_object:
            self._lift(here)
        elif above is None:
            return
        elif here.is_object and above.letters:
            if above.is_object:
                self.put_cursor(self.place - 1, self.place - 2)
            else:
                self.put_cursor(self.place - 1)
        elif above.is_object and here.letters:
            self.put_cursor(self.place - 1, self.place - 2)
        else:
            self._delete(self.place - 1, self.place)
        self._settle()

    def delete(self) -> None:
        number, column = self.at(self.place)
        here = self.lines[number]
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        if self.place != self.anchor:
            self._delete_selection()
        elif column < len(here.letters):
            seen = regex.match(r"\X", here.text[column:])
            self._delete(self.place, self.place + len(seen.group()))
        elif below is None:
            return
        elif here.is_object and below.letters and not below.is_object:
            self.put_cursor(self.place + 1)
        elif below.is_object and here.letters:
            self.put_cursor(self.place + 1, self.place + 2)
        else:
            self._delete(self.place, self.place + 1)
        self._settle()

    def tab(self, by: int) -> None:
        touched = self._touched()
        if not any(self.lines[number].kind in _LISTS for number in touched):
            return
        above = self.lines[touched[0] - 1] if touched[0] else Line()
        deepest = min(above.level + 1 if above.kind in _LISTS else 0, _DEEPEST)
        for number in touched:
            each = self.lines[number]
            if each.kind in _LISTS:
                each.level = min(max(each.level + by, 0), max(deepest, each.level))
        self._settle()

    def toggle(self, kind: Kind, level: int = 0) -> None:
        """Make the touched lines that kind, or paragraphs where all of them are."""
        touched = [self.lines[number] for number in self._touched()]
        if all(each.kind is kind and (kind is not Kind.HEADING or each.level == level) for each in touched):
            kind, level = Kind.PARAGRAPH, 0
        for each in touched:
            each.become(kind, each.level if kind in _LISTS and each.kind in _LISTS else level)
        self._settle()

    def touches_one_line(self) -> bool:
        return len(self._touched()) == 1

    def restyle(self, change: Callable[[Look], Look]) -> None:
        """Let *change* say how the letters of the selection look."""
        begin, end = self.selection
        place = 0
        for each in self.lines:
            for number, letter in enumerate(each.letters):
                if begin <= place < end and letter.atom is None:
                    each.letters[number] = replace(letter, look=change(letter.look))
                place += 1
            place += 1

    def copied(self) -> tuple[bool, list[Line]]:
        """The selection, and whether it goes into a running line."""
        begin, end = self.selection
        first, from_column = self.at(begin)
        last, to_column = self.at(end)
        taken = [replace(each, letters=list(each.letters)) for each in self.lines[first : last + 1]]
        del taken[-1].letters[to_column:]
        del taken[0].letters[:from_column]
        return len(taken) == 1 and not taken[0].is_object, taken

    def cut(self) -> None:
        self._delete_selection()
        self._settle()

    def paste(self, lines: Sequence[Line], *, inline: bool) -> None:
        """Put *lines* in place of the selection: what was before goes on in the first, the last in what was after."""
        if not lines:
            return
        self._delete_selection()
        self._settle()
        if inline:
            self._leave_object()
            self._insert(lines[0].letters)
            self._settle()
            return
        number, column = self.at(self.place)
        here = self.lines[number]
        head, tail = replace(here, letters=here.letters[:column]), replace(here, letters=here.letters[column:])
        new = [replace(each, letters=list(each.letters)) for each in lines]
        rest = [tail] if tail.letters else []
        if tail.letters and not tail.is_object and _is_paragraph(new[-1]):
            if new[-1].letters:
                new[-1].letters += tail.letters
            else:
                new[-1] = tail
            rest = []
        if head.letters and not head.is_object and _is_paragraph(new[0]):
            new[0] = replace(head, letters=head.letters + new[0].letters)
        elif head.letters:
            new.insert(0, head)
        self.lines[number : number + 1] = [*new, *rest]
        self._settle()

    def insert_object(self, atom: Atom) -> None:
        """With a line after it to go on in."""
        self._delete_selection()
        self._settle()
        number, _column = self.at(self.place)
        lines_after = len(self.lines) - number - 1
        self.paste([object_line(atom)], inline=False)
        tail = self.lines[len(self.lines) - lines_after - 1]
        if not lines_after and tail.is_object and tail.letters[0].atom is atom:
            self.lines.append(Line())

    # -- what follows from it

    def _touched(self) -> list[int]:
        """Numbers of the lines of text that the selection touches; an end before the first letter touches nothing."""
        begin, end = self.selection
        last = self.at(max(begin, end - (begin != end)))[0]
        return [n for n in range(self.at(begin)[0], last + 1) if not self.lines[n].is_object]

    def _lift(self, here: Line) -> None:
        """One step towards an ordinary paragraph."""
        if here.kind in _LISTS and here.level:
            here.level -= 1
        else:
            here.become(Kind.QUOTE if here.kind is Kind.SPEAKER else Kind.PARAGRAPH)

    def _insert(self, letters: Sequence[Letter]) -> None:
        number, column = self.at(self.place)
        self.lines[number].letters[column:column] = letters
        self.put_cursor(self.place + len(letters))

    def _delete_selection(self) -> None:
        self._delete(*self.selection)

    def _delete(self, begin: int, end: int) -> None:
        first, from_column = self.at(begin)
        last, to_column = self.at(end)
        left, right = self.lines[first].letters[:from_column], self.lines[last].letters[to_column:]
        keeps = self.lines[first] if left or first == last else self.lines[last]
        self.lines[first : last + 1] = [replace(keeps, letters=left + right)]
        self.put_cursor(begin)

    def _leave_object(self) -> None:
        """Where the cursor is at an object, an empty paragraph on that side of it, and the cursor in it."""
        number, column = self.at(self.place)
        if self.lines[number].is_object:
            self.lines.insert(number + column, Line())
            self.put_cursor(self.place + column)

    def _part_objects(self) -> None:
        """Each object in a line of its own; a cursor between it and text stays with the text."""
        number = 0
        while number < len(self.lines):
            here = self.lines[number]
            column = next(
                (n for n in range(1, len(here.letters)) if here.letters[n].atom or here.letters[n - 1].atom), None
            )
            if column is not None:
                cut = self.start_of(number) + column
                stays = here.letters[column - 1].atom is None
                self.lines.insert(number + 1, Line(letters=here.letters[column:]))
                del here.letters[column:]
                self.put_cursor(self.place + (self.place > cut or (self.place == cut and not stays)))
            number += 1

    def _settle(self) -> None:
        self._part_objects()
        above = Line()
        for each in self.lines:
            if each.is_object:
                each.become(Kind.PARAGRAPH)
            elif each.kind in _LISTS:
                each.level = min(each.level, above.level + 1 if above.kind in _LISTS else 0)
            elif each.kind is Kind.SPEAKER and above.kind is not Kind.QUOTE:
                each.become(Kind.PARAGRAPH)
            above = each


def _is_paragraph(each: Line) -> bool:
    return each.kind is Kind.PARAGRAPH and not each.is_object
