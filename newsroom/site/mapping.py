"""The description of a site with tables of its own: frozen values, as `newsroom.site.mapping_file` reads them.

Names of tables and columns in it are somebody's claims: nothing is put into a statement that reflection has not found.
"""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from newsroom.words import _

#: What TOML can say of a column's value.
Scalar = str | int | float | bool | None


class Made(StrEnum):
    """Who makes the key of a new article."""

    #: AUTO_INCREMENT, serial, identity or a default of the column.
    DATABASE = "database"
    #: The newsroom's own uid of the article, which is a UUID: inserting it twice is impossible.
    UUID = "uuid"
    #: The next number of a named sequence.
    SEQUENCE = "sequence"


class Kill(StrEnum):
    """What is left on the site of an article that was killed."""

    #: The row stays, without any text.
    EMPTY = "empty"
    REMOVE = "remove"


class Place(StrEnum):
    """Where the receipt of a delivery is kept."""

    #: A table of the newsroom's own.
    TABLE = "table"
    #: A text column of the article's row.
    COLUMN = "column"
    #: A table of names and values.
    KEY_VALUE = "key-value"
    #: Nowhere: the site gets each change at least once.
    NOWHERE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """One transform of the fixed list of `newsroom.site.mapped_transforms`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column gets."""

    column: str
    #: Place in the file, for words about it: ``article.columns.title``.
    key: str
    #: Name of a source of `newsroom.site.mapped_transforms`; empty for a constant.
    source: str = ""
    constant: Scalar = None
    steps: tuple[Step, ...] = ()
    #: Written with a new row only, and the site's own from then on.
    only_new: bool = False
    #: Whether another value found later means that somebody edited it.
    compared: bool = True


Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A table that joins articles with rubrics, tags or photos."""

    table: str
    #: Column with the article's key.
    article: str
    #: Column with the key of what is joined.
    other: str
    #: Column that counts from 0, or empty.
    position: str = ""
    #: What every row of the link has besides; it also tells our rows from those of other tables' articles.
    constants: Cells = ()
    #: Values of a new row that are not looked for.
    columns: Cells = ()


@dataclass(frozen=True, slots=True)
class Things:
    """Rows that an article refers to: rubrics, tags, photos."""

    #: Section of the file: ``rubric``, ``tags`` or ``photos``.
    section: str
    table: str
    key: str
    #: How a row is recognised: its column is ``match.column``.
    match: Cell
    #: What else its rows have.
    constants: Cells = ()
    #: How a missing one is made, ``match`` included; None where it may not be made.
    create: Cells | None = None
    #: Column of the article's row with the key, or empty.
    column: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Rubrics:
    """Either rows of a table, or values listed in the file."""

    things: Things | None = None
    column: str = ""
    #: Slug of the newsroom's rubric → value of the column.
    values: tuple[tuple[str, Scalar], ...] = ()


@dataclass(frozen=True, slots=True)
class Photos:
    #: Where files are put; empty where the bytes lie in a column.
    folder: str = ""
    #: What stands before the file name in addresses on the page.
    address: str = "/photos/"
    things: Things | None = None


@dataclass(frozen=True, slots=True)
class Articles:
    table: str
    key: str
    made: Made
    sequence: str
    #: Column with the newsroom's uid, or empty.
    uid: str
    columns: Cells
    published: Cells
    withdrawn: Cells
    killed: Cells
    kill: Kill
    #: Columns that demand a value and get it from the site's own triggers.
    site_fills: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The column that holds the address unchanged, or empty."""
        return next((cell.column for cell in self.columns if cell.source == "slug" and not cell.steps), "")


@dataclass(frozen=True, slots=True)
class Receipts:
    place: Place
    table: str = ""
    column: str = ""
    name: str = ""
    value: str = ""
    constants: Cells = ()


@dataclass(frozen=True, slots=True)
class Reports:
    """Where readers' reports are."""

    table: str
    #: A number that grows.
    key: str
    #: Field of `IncomingReport` → column.
    fields: tuple[tuple[str, str], ...]
    #: Column that tells the article, or empty, and whether it holds its ``key``, ``uid`` or ``slug``.
    article: str = ""
    article_is: str = "key"
    state: str = ""
    #: State of the newsroom (``new``, ``fixed``, ``rejected``) → value of the column.
    states: tuple[tuple[str, Scalar], ...] = ()
    closed_at: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One description, whole and consistent in itself; whether a database fits it is seen when it is opened."""

    #: Columns of time without a zone hold this zone's time.
    zone: ZoneInfo
    #: Of PostgreSQL; empty for the usual one.
    schema: str
    #: Path of an article's page with ``{slug}``, ``{key}``, ``{rubric}``, ``{year}``, ``{month}``, ``{day}``.
    page: str
    #: Somebody has agreed that a change may arrive twice.
    at_least_once: bool
    articles: Articles
    rubrics: Rubrics | None
    tags: Things | None
    photos: Photos | None
    receipts: Receipts
    reports: Reports | None
    #: Dotted keys of the file → number of the line, for words about them.
    lines: tuple[tuple[str, int], ...] = ()

    def place(self, key: str) -> str:
        """*key* with its line, as far as that is known."""
        return with_line(key, dict(self.lines))


def printable(text: str, width: int = 100) -> str:
    """*text* short and without signs that could rearrange a screen."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text)
    return plain if len(plain) <= width else plain[:width] + "…"


def with_line(key: str, lines: dict[str, int]) -> str:
    """``строка 12, article.columns.title``; of a key inside a value the line of the value."""
    longest = key
    while longest and longest not in lines:
        longest = longest.rpartition(".")[0]
    if not longest:
        return printable(key)
    return _("строка {line}, {key}").format(line=lines[longest], key=printable(key))
