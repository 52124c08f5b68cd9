"""What this process holds, in MB, as far as the system tells it: on Linux."""

from pathlib import Path


def held_mb() -> float:
    """What it holds now; 0 where the system does not tell."""
    return _status("VmRSS:")


def peak_mb() -> float:
    """The most that it has held; 0 where the system does not tell."""
    return _status("VmHWM:")


def _status(name: str) -> float:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
