"""Where an SQLite file may lie."""

from pathlib import Path

import pytest

from newsroom.domain.errors import InvalidInput
from newsroom.sql.places import refuse_unsafe
from newsroom.storage.database import open_database


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_file_on_a_network_is_refused_with_the_reason(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/share /mnt/on\\040net {kind} rw 0 0\n")
    with pytest.raises(InvalidInput, match="сетевом диске"):
        refuse_unsafe(Path("/mnt/on net/vesti/newsroom.db"), mounts)
    refuse_unsafe(Path("/mnt/on network/newsroom.db"), mounts)


def test_a_local_disk_below_a_network_one_is_no_network(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("server:/ / nfs rw 0 0\n/dev/sdb /srv ext4 rw 0 0\n")
    refuse_unsafe(Path("/srv/newsroom.db"), mounts)


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Вести", "Яндекс.Диск", "Google Drive"])
def test_a_newsroom_in_a_synchronised_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "vesti"
    with pytest.raises(InvalidInput, match="синхронизирует"):
        open_database(f"sqlite:///{folder / 'newsroom.db'}", create=True)
    assert not folder.exists()


def test_a_folder_is_known_by_what_its_synchroniser_leaves_there(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(InvalidInput, match="синхронизирует"):
        open_database(f"sqlite:///{tmp_path / 'newsroom.db'}", create=True)


def test_an_ordinary_folder_is_taken(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path / 'newsroom.db'}", create=True).close()
