"""Files in the folder of photos of a described site that no row of its tables mentions.

Rows of photos are the site's own: what else shows them no description tells, so a row keeps its file.
"""

import re
from collections.abc import Generator
from contextlib import closing
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Text, cast, or_, select

from newsroom.site.mapped_layout import Layout
from newsroom.site.mapped_photos import PhotoFolder
from newsroom.site.orphans import DIGITS, Orphan

#: Families of columns that hold no names of files.
_WORDLESS: Final = {"flag", "uuid", "bytes", "time", "date", "clock", "number"}
#: Whatever stands around the name in addresses, markup or JSON, its digits stay as they are.
_DIGITS: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
#: Rows fetched at once.
_PAGE: Final = 500


def orphans(connection: Connection, layout: Layout, folder: PhotoFolder, before: datetime) -> list[Orphan]:
    """Our files written *before* that nothing mentions. Raises `SiteUnavailable` where the folder cannot be read."""
    found = sorted(folder.ours(before), key=lambda orphan: orphan.file_name)
    if not found:
        return []
    mentioned = {digits for text in _texts(connection, layout) for digits in _DIGITS.findall(text.lower())}
    return [orphan for orphan in found if orphan.photo not in mentioned]


def remove(connection: Connection, layout: Layout, folder: PhotoFolder, orphan: Orphan, before: datetime) -> bool:
    """Remove the file, unless a row mentions it or a delivery has used it meanwhile; whether it was removed."""
    with closing(_texts(connection, layout, orphan.photo)) as texts:
        if any(texts):
            return False
    return folder.remove_old(orphan.file_name, before)


def _texts(connection: Connection, layout: Layout, digits: str = "") -> Generator[str, None, None]:
    """Every text in the tables of the description that has *digits* in it, a row at a time."""
    for name, table in layout.tables.items():
        columns = [
            cast(column, Text)
            for column in table.columns
            if (spot := layout.spot(name, column.name)).readable and spot.family not in _WORDLESS
        ]
        if columns:
            query = select(*columns).where(or_(*(column.contains(digits) for column in columns)))
            with connection.execute(query.execution_options(yield_per=_PAGE)) as rows:
                for row in rows:
                    yield " ".join(text for text in row if text)
