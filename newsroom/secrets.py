"""Passwords: from an environment variable, else the operating system's keyring, else a file only its owner can read."""

import json
import os
import stat
from pathlib import Path

from newsroom.domain.errors import EnvironmentFault
from newsroom.words import _, system_words


class SecretStore:
    """Secrets of one home directory, each under a short name such as ``database`` or ``site-main``."""

    def __init__(self, home: Path) -> None:
        self._file = home / "secrets.json"
        self._service = f"desktop-newsroom {home.absolute()}"

    def get(self, name: str) -> str:
        """The secret, or an empty text where none is known. ``NEWSROOM_SECRET_SITE_MAIN`` goes before all else."""
        from_environment = os.environ.get(f"NEWSROOM_SECRET_{name.upper().replace('-', '_')}")
        if from_environment is not None:
            return from_environment
        return self._from_keyring(name) or self._read_file().get(name, "")

    def set(self, name: str, secret: str) -> None:
        """Keep *secret*. Raises `EnvironmentFault` where it cannot be kept anywhere."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self._service, name, secret)
            if keyring.get_password(self._service, name) == secret:
                return
        except KeyringError:
            pass  # no keyring on this machine: a server, a container
        self._write_file(self._read_file() | {name: secret})

    def _from_keyring(self, name: str) -> str | None:
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(self._service, name)
        except KeyringError:
            return None

    def _read_file(self) -> dict[str, str]:
        try:
            if os.name == "posix" and self._file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise EnvironmentFault(
                    _("Файл паролей {file} могут читать другие; сделайте: chmod 600.").format(file=self._file)
                )
            values: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise EnvironmentFault(_("Файл паролей {file} не читается.").format(file=self._file)) from error
        return values

    def _write_file(self, values: dict[str, str]) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(values, file)
            fresh.replace(self._file)
        except OSError as error:
            raise EnvironmentFault(
                _("Пароль не сохранён: {file} не записывается ({words}).").format(
                    file=self._file, words=system_words(error)
                )
            ) from error
