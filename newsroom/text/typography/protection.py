"""What typography leaves alone: addresses, code, scores, telephone numbers, numbers of documents."""

from __future__ import annotations

import re
from typing import Final

#: Stands for a protected character; no rule knows it.
MASK: Final = "\ue000"

_PROTECTED: Final = re.compile(
    r"""
      (?:[a-z][a-z0-9+.-]*://|www\.|mailto:|photo:)\S*[^\s.,;:!?)»"”]        # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                          # e-mails
    | (?<![\w@])[@\#]\w[\w.-]*                                              # handles and tags
    | \b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ru|com|org|net|рф|info|su|io|me|tv|py|md|txt|pdf|docx?)\b(?:/\S*)?
    | `[^`\n]+` | <[a-z/][^<>\n]*> | \{[^{}\n]*\}                           # code, tags, fields
    | (?<!\d)(?:\+7|8)[ \u00a0(-]*\d{3,5}[ \u00a0)-]*\d[\d -]{3,9}\d        # telephone numbers
    | (?<![\d-])\d{1,4}(?:-\d{2,4}){2,}(?![\d-])                            # 22-2-22, 25-02-2022
    | (?<![\w:])\d{1,3}:\d(?!\d)(?:[ ]?\([^()\n]{1,40}\))?                  # scores 3:2 (1:0, 2:2)
    | \b(?:счёт(?:ом|е|а)?|счет(?:ом|е|а)?)[ \u00a0]\d+[:-]\d+
    | \b(?:ИНН|КПП|ОГРН|ОГРНИП|БИК|СНИЛС|ERID|erid|индекс|р/с|код)[ \u00a0:№]*[\w-]+
    | \b(?:тел(?:\.|ефон\w*)|факс)[ \u00a0:]*[\d()+ -]+\d
    | \b\d{6}(?=,[ \u00a0](?:г\.|[А-ЯЁ]))                                   # a postal index
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """*text* with every protected character as `MASK`."""
    return _PROTECTED.sub(lambda place: MASK * len(place[0]), text)
