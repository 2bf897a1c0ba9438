"""Whether the process still runs that left a file of its own behind."""

from __future__ import annotations

import os


def is_running(number: str) -> bool:
    """Another process of that number. Windows is not asked: there a file that a process has open cannot be removed."""
    if os.name != "posix" or not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
