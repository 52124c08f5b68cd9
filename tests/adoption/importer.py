"""An import in a process of its own, to be killed: ``python -m tests.adoption.importer HOME PAGE``."""

import sys
from pathlib import Path

from newsroom.app import open_newsroom
from newsroom.domain.ids import SiteName
from newsroom.publishing.archives import import_archive

if __name__ == "__main__":
    newsroom = open_newsroom(Path(sys.argv[1]))
    archive = newsroom.open_archive(SiteName("main"))
    import_archive(newsroom.sign_in("chief"), SiteName("main"), archive, page=int(sys.argv[2]))
