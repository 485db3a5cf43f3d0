"""Locks on files, kept by the system for as long as a process lives."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":  # the lock of one byte, far behind the text: Windows forbids reading locked bytes
    import msvcrt

    _LOCKED_BYTE = 1 << 20

    def try_lock(descriptor: int) -> bool:
        """Lock an open file against other processes; False if another holds it."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(descriptor: int) -> None:
        """Give the lock back; the end of a process, however it ends, does so as well."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock an open file against other processes; False if another holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(descriptor: int) -> None:
        """Give the lock back; the end of a process, however it ends, does so as well."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)
