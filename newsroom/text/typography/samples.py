"""What each switch of the house style does, shown by doing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from newsroom.domain.style import HouseStyle, Percent, Quotes
from newsroom.text.typography.setting import typeset

_NBSP: Final = "\u00a0"
#: How a no-break space is shown where it is what matters, as word processors do.
_SHOWN: Final = "°"
_NOTHING: Final = HouseStyle(
    quotes=Quotes.FREE,
    percent=Percent.TIGHT,
    dashes=False,
    nbsp=False,
    numbers=False,
    abbreviations=False,
    hyphens=False,
    signs=False,
)
_SAMPLES: Final = {
    "quotes": 'клуб "Заря"',
    "percent": "рост на 40 % и на 5%",
    "dashes": "Мост - длинный, 1990-2000 годы",
    "nbsp": "в 5 км от моста",
    "numbers": "12000 рублей, 5-ый класс, в 9.30",
    "abbreviations": "и т.д., 2024г., А.С.Пушкин",
    "hyphens": "кто то из за угла, 6 летний",
    "signs": "Двор в 50 м2... -5 °C",
}


def example(switch: str, style: HouseStyle) -> tuple[str, str]:
    """A few words before and after that *switch* alone, as *style* has it, has set them."""
    before = _SAMPLES[switch]
    after = typeset(before, replace(_NOTHING, **{switch: getattr(style, switch)}))
    return before, after.replace(_NBSP, _SHOWN if switch == "nbsp" else " ")
