"""What a machine that publishes has to know of a WordPress beside the address of its database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from newsroom.domain.errors import InvalidInput
from newsroom.words import _

#: The article's text as the site shows it. A line is left out where one of its names in braces has nothing to say.
DEFAULT_TEMPLATE = """\
<p class="newsroom-lead"><strong>{lead}</strong></p>
<p class="newsroom-photo">{photo_words}</p>
{body}
<p class="newsroom-byline">{byline}</p>
<p class="newsroom-note">{note}</p>
<p class="newsroom-age">{age}</p>
"""

#: What may stand in braces in a template.
PLACEHOLDERS = ("age", "body", "byline", "caption", "credit", "lead", "note", "photo", "photo_words")
PLACEHOLDER = re.compile(r"\{(\w+)\}")

_PREFIX = re.compile(r"[A-Za-z0-9_]{1,40}")
_FIELD = re.compile(r"[^\0-\x1f]{1,255}")


@dataclass(frozen=True, slots=True)
class WordPressSettings:
    """Every value is a text, as it stands in the settings; empty means "not said"."""

    #: What the names of all its tables begin with.
    prefix: str = "wp_"
    #: Folder of its uploads as this machine reaches it, local or mounted. Without it articles with photos are held.
    uploads: str = ""
    #: Address at which readers find that folder; empty for what WordPress itself thinks.
    uploads_url: str = ""
    #: Login of the account that articles belong to; empty for the oldest account.
    author: str = ""
    template: str = DEFAULT_TEMPLATE
    #: Names of the custom fields.
    age_field: str = "age_rating"
    credit_field: str = "photo_credit"

    def check(self) -> None:
        """Raise `InvalidInput` with every reason why these values cannot be used."""
        problems = []
        if not _PREFIX.fullmatch(self.prefix):
            problems.append(
                _("prefix: «{prefix}» — не начало имён таблиц: латинские буквы, цифры и _.").format(prefix=self.prefix)
            )
        if self.uploads and not Path(self.uploads).is_absolute():
            problems.append(_("uploads: «{folder}» — нужен полный путь к папке.").format(folder=self.uploads))
        if self.uploads_url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", self.uploads_url):
            problems.append(_("uploads_url: «{url}» — нужен адрес http или https.").format(url=self.uploads_url))
        names = PLACEHOLDER.findall(self.template)
        if unknown := [name for name in dict.fromkeys(names) if name not in PLACEHOLDERS]:
            problems.append(
                _("template: неизвестно {{{names}}}; бывает: {known}.").format(
                    names="}, {".join(unknown), known=", ".join(PLACEHOLDERS)
                )
            )
        if "body" not in names:
            problems.append(_("template: нет {body} — статья вышла бы без текста."))
        for name, value in (("age_field", self.age_field), ("credit_field", self.credit_field)):
            if not _FIELD.fullmatch(value) or value.startswith("_"):
                problems.append(
                    _("{name}: «{value}» — не имя произвольного поля (и не начинается с _).").format(
                        name=name, value=value
                    )
                )
        if self.age_field == self.credit_field:
            problems.append(_("age_field и credit_field: одно имя на двоих."))
        if problems:
            raise InvalidInput(*problems)


def settings_from(options: Mapping[str, str]) -> WordPressSettings:
    """The settings written in *options*. Raises `InvalidInput` with every reason."""
    known = [field.name for field in fields(WordPressSettings)]
    if unknown := sorted(options.keys() - set(known)):
        raise InvalidInput(
            _("Настройки {names} у сайта WordPress нет; бывает: {known}.").format(
                names=", ".join(unknown), known=", ".join(known)
            )
        )
    settings = WordPressSettings(**options)
    settings.check()
    return settings
