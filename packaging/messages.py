"""The catalogues of translations: gathered from the source, kept in order, compiled.

Called by ``packaging/dev.py messages``, with Babel from ``.venv``. What is written depends on the source and on the
translations alone: no dates, no places in the source, sorted, so that a change of words shows as just that. A message
that the source no longer has leaves the catalogues.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
SOURCES = ("newsroom", "ui")
LANGUAGES = ("ru", "en")
#: The functions of `newsroom.words`; the numbers say which arguments are messages.
KEYWORDS = {"_": None, "n_": (1, 2), "later": None}

#: The identity of a message: its text, or the pair of texts of a counted phrase.
MessageId = str | tuple[str, str]


class Catalogue(Catalog):
    """A catalogue whose header holds nothing that changes by itself."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, header_comment=f"# What the program says, language: {language}.", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def source_messages() -> set[MessageId]:
    """Every message of the source."""
    return {
        message
        for folder in SOURCES
        for file in (ROOT / folder).rglob("*.py")
        for _line, message, _comments, _context in extract_from_file("python", str(file), keywords=KEYWORDS)
    }


def po_file(language: str) -> Path:
    """The catalogue of a language that people edit; the compiled one lies beside it."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "newsroom.po"


def read(language: str, file: Path | None = None) -> Catalog:
    """The catalogue as it stands, empty where there is none yet; *file* is another one than `po_file`."""
    file = file or po_file(language)
    if not file.exists():
        return Catalogue(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def merged(language: str) -> Catalogue:
    """All messages of the source with the translations that the present catalogue has for them."""
    old = read(language)
    catalogue = Catalogue(language)
    for message in source_messages():
        known = old.get(message)
        catalogue.add(message, known.string if known else None)
    return catalogue


def as_po(catalogue: Catalogue) -> bytes:
    """The text of a catalogue."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True)
    return stream.getvalue()


def argparse_file() -> Path:
    """The Russian words of Python's argparse, kept by hand: their source is Python."""
    return TRANSLATIONS / "ru" / "LC_MESSAGES" / "argparse.po"


def as_mo(file: Path, language: str) -> bytes:
    """The compiled form of the catalogue in *file* as it stands."""
    compiled = Catalogue(language)
    for message in read(language, file):
        if message.id and message.string:
            compiled.add(message.id, message.string)
    stream = io.BytesIO()
    write_mo(stream, compiled)
    return stream.getvalue()


def untranslated(language: str) -> list[MessageId]:
    """The messages that have no translation; Russian needs one only for counted phrases."""
    missing: list[MessageId] = []
    for message in read(language):
        forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        needed = language != "ru" or message.pluralizable
        if message.id and needed and not all(forms):
            missing.append(message.id)
    return missing


def main() -> int:
    """Update and compile every catalogue; name what is left to translate."""
    argparse_file().with_suffix(".mo").write_bytes(as_mo(argparse_file(), "ru"))
    for language in LANGUAGES:
        file = po_file(language)
        text = as_po(merged(language))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        file.with_suffix(".mo").write_bytes(as_mo(file, language))
        left = untranslated(language)
        print(f"{language}: {len(source_messages())} messages, {len(left)} to translate")
        for message in left:
            print(f"    {message if isinstance(message, str) else message[0]}")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
