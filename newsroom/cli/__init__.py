"""The command line: every use case, scriptable. Exit codes: 0 done, 1 refused with reasons, 2 wrong use."""

import logging
import os
import sys
from collections.abc import Sequence

from newsroom.cli.parser import WrongUse, build_parser
from newsroom.domain.errors import NewsroomError, PersonError
from newsroom.words import _, argparse_in_our_language, use_language


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; reasons for a refusal go to the standard error, one a line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    use_language(_language(arguments))
    with argparse_in_our_language():
        options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except PersonError as error:
        _tell(error.reasons)
        if isinstance(error, WrongUse):
            return 2
    except NewsroomError as error:
        _tell([str(error)])
    except BrokenPipeError:
        # Whoever read our output has left; nothing may be written to it any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        logging.getLogger("newsroom").exception("command %s", arguments[:1])
        _tell([_("Ошибка программы: {error}. Подробности в журнале logs/newsroom.log.").format(error=repr(error))])
    return 1


def _tell(reasons: Sequence[str]) -> None:
    for reason in reasons:
        print(reason, file=sys.stderr)


def _language(arguments: Sequence[str]) -> str:
    """The language must be known before the help is written in it."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--language="):
            return argument.partition("=")[2]
        if argument == "--language" and place + 1 < len(arguments):
            return arguments[place + 1]
    return os.environ.get("NEWSROOM_LANGUAGE", "ru")
