"""The house style as one finding: how many places would be set otherwise, and the first of them."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.domain.findings import Finding, Severity
from newsroom.domain.style import HouseStyle
from newsroom.text.checks.material import Material
from newsroom.text.typography.setting import in_words, seen_edits
from newsroom.words import _, n_


def typography(material: Material, style: HouseStyle) -> Iterator[Finding]:
    """One line for the article: blanks that nobody sees do not count, and a list of fifty would hide the rest.

    It has no fix of its own: a quote set alone would be left without its other half.
    """
    found = [(piece, edit) for piece in material.told() for edit in seen_edits(piece.text, style)]
    if not found:
        return
    piece, edit = found[0]
    before, after = in_words(piece.text, edit)
    yield piece.finding(
        "typography",
        Severity.NOTE,
        edit.begin,
        edit.end,
        n_("Типографика: {n} место.", "Типографика: {n} мест.", len(found))
        + " "
        + _("Первое: «{before}» → «{after}».").format(before=before.strip(), after=after.strip()),
        source=_("стиль редакции"),
    )
