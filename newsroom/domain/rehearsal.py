"""What a delivery would change on a site, column by column, as a rehearsal that was rolled back has shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnChange:
    table: str
    #: The row in words: its key, and whether it is new or goes away.
    row: str
    column: str
    #: Shortened for a person; «—» for nothing.
    before: str
    after: str
    #: Whether the site changed the column by itself, by a trigger or default.
    by_site: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    changes: tuple[ColumnChange, ...]
    #: Files that would be put beside the database.
    files: tuple[str, ...] = ()
    #: Why the delivery would write nothing, where it would not.
    nothing: str = ""
    #: Whether one change and its receipt are one transaction; otherwise a change arrives at least once.
    transactional: bool = True
