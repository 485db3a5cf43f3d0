"""Files and folders of a git revision, read through git itself: nothing is checked out, no shell takes part."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial

from synth.diff.tables.folders import LIMIT, File, Folder, below, too_large
from synth.errors import ConfigError
from synth.report.plain import one_line

_REVISION = re.compile(r"(?P<revision>(?:[^:{]|\{[^}]*\})*):(?P<path>.*)", re.DOTALL)
"""``main:x``, ``HEAD~1:x``, ``main@{2 days ago}:x``, and ``:x`` for what is staged."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_PATIENCE_S = 60


def split_revision(name: str) -> tuple[str, str] | None:
    """Revision and path of a name in git's way of writing; None where the name is none (a Windows path, an address).

    An empty revision is what is staged.
    """
    match = _REVISION.fullmatch(name)
    if match is None or "://" in name or _DRIVE.match(name) or (os.name == "nt" and re.match("[A-Za-z]:", name)):
        return None
    path = re.sub("/{2,}", "/", match["path"].replace(os.sep, "/"))
    return match["revision"], path.rstrip("/")


def at_revision(revision: str, path: str, name: str) -> File | Folder:
    """What stands at a path in a revision of the repository around the current folder.

    Args:
        revision: A commit, branch or tag, or git's way to one (``HEAD~1``); empty for what is staged.
        path: From the root of the repository; if nothing is there, from the current folder.
        name: What the user calls it.

    Raises:
        ConfigError: If git is missing, there is no repository, no such revision, or nothing at the path.
    """
    shown = one_line(name)
    if revision.startswith("-"):
        raise ConfigError(f"{shown}: no revision starts with a hyphen; expected one such as HEAD~1:reports/x")
    if re.search(r"[\n\r\0]", name):
        raise ConfigError(f"{shown}: the name holds a line break, which git cannot be asked for")
    asked = [f"{revision}:{path}", f"{revision}:./{path}", f"{revision or 'HEAD'}^{{tree}}"]
    from_root, from_here, tree = (_found(line) for line in _checked(asked, shown))
    if found := from_root or from_here:
        kind, object_id = found
        if kind == "blob":
            return _file(shown, object_id)
        return _folder(shown, object_id)
    if not revision and (staged := _staged(path, shown) or _staged(_here(shown) + path, shown)):
        return staged
    if revision and tree is None:
        raise ConfigError(f"{shown}: git knows no revision {one_line(revision)!r} here{_shallow(shown)}")
    raise ConfigError(f"{shown}: nothing stands there in that revision{_near(revision, path, shown)}")


def _checked(names: Sequence[str], shown: str) -> list[str]:
    """Git's line on each object: id, type, size, or that it is missing."""
    body = "".join(f"{name}\n" for name in names)
    lines = _git(["cat-file", "--batch-check"], shown, given=os.fsencode(body)).decode("utf-8", "replace")
    answers = lines.removesuffix("\n").split("\n")
    return answers if len(answers) == len(names) else [""] * len(names)


def _found(line: str) -> tuple[str, str] | None:
    """Type and id of an object that git found."""
    match = re.fullmatch(r"(?P<id>[0-9a-f]{40,64}) (?P<kind>blob|tree) [0-9]+", line)
    return (match["kind"], match["id"]) if match else None


def _file(name: str, object_id: str) -> File:
    def read() -> bytes:
        size = int(_git(["cat-file", "-s", object_id], name))
        if size > LIMIT:
            raise too_large(name, size)
        return _git(["cat-file", "blob", object_id], name)

    return File(name=one_line(name), read=read)


def _folder(name: str, tree: str) -> Folder:
    files: dict[str, File] = {}
    folders: dict[str, Callable[[], Folder]] = {}
    for entry in sorted(os.fsdecode(_git(["ls-tree", "--full-tree", "-z", tree], name)).split("\0")):
        about, _, inner = entry.partition("\t")
        if not inner or inner.startswith("."):
            continue
        mode, kind, object_id = about.split()
        if kind == "blob" and mode != "120000":  # of a symbolic link git holds the address only
            files[inner] = _file(below(name, inner), object_id)
        elif kind == "tree":
            folders[inner] = partial(_folder, below(name, inner), object_id)
    return Folder(name=name, files=dict(sorted(files.items())), folders=dict(sorted(folders.items())))


def _staged(path: str, name: str) -> Folder | None:
    """A folder of the index, which has no tree of its own."""
    listed = _git(["ls-files", "--stage", "-z", "--full-name", "--", f":(top,literal){path}"], name)
    inside = f"{path}/" if path else ""
    entries = []
    for entry in os.fsdecode(listed).split("\0"):
        about, _, place = entry.partition("\t")
        if place.startswith(inside) and about.split()[2] == "0":  # other stages are sides of a conflict
            entries.append((place.removeprefix(inside), about.split()[1]))
    return _nested(name, entries) if entries else None


def _here(name: str) -> str:
    """The current folder from the root of the repository, empty there, else with a slash at its end."""
    return os.fsdecode(_git(["rev-parse", "--show-prefix"], name)).removesuffix("\n")


def _nested(name: str, entries: Sequence[tuple[str, str]]) -> Folder:
    files: dict[str, File] = {}
    within: dict[str, list[tuple[str, str]]] = {}
    for place, object_id in sorted(entries):
        first, _, rest = place.partition("/")
        if first.startswith("."):
            continue
        if rest:
            within.setdefault(first, []).append((rest, object_id))
        else:
            files[first] = _file(below(name, first), object_id)
    folders: dict[str, Callable[[], Folder]] = {
        inner: partial(_nested, below(name, inner), held) for inner, held in within.items()
    }
    return Folder(name=name, files=files, folders=folders)


def _near(revision: str, path: str, name: str) -> str:
    """What the error can say of names like the one that is not there."""
    parent, _, last = path.rpartition("/")
    found = _found(_checked([f"{revision or 'HEAD'}:{parent}"], name)[0])
    if found is None or found[0] != "tree":
        return "; expected a path from the root of the repository"
    folder = _folder(name, found[1])
    near = get_close_matches(last, [*folder.files, *folder.folders], n=3)
    inside = [f"{parent}/{item}".lstrip("/") for item in near]
    return f"; near it: {', '.join(one_line(item) for item in inside)}" if near else "; was it committed?"


def _shallow(name: str) -> str:
    if _git(["rev-parse", "--is-shallow-repository"], name).strip() == b"true":
        return ": the repository is a shallow clone, fetch more of its history (fetch-depth: 0 in a workflow)"
    return "; expected a commit, branch or tag, such as HEAD~1:reports/x"


def _git(arguments: Sequence[str], name: str, *, given: bytes = b"") -> bytes:
    """What git prints.

    Raises:
        ConfigError: If git is missing, refuses, or takes longer than a minute.
    """
    try:
        done = subprocess.run(
            ["git", *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError as error:
        raise ConfigError(f"{name} is no path, and to read it as a revision git is needed; install git") from error
    except subprocess.TimeoutExpired as error:
        raise ConfigError(f"{name}: git did not answer within {_PATIENCE_S} s; check the repository") from error
    except OSError as error:
        raise ConfigError(f"{name}: git cannot be started: {error.strerror or error}") from error
    if done.returncode:
        said = next((line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()), "")
        if "not a git repository" in said:
            raise ConfigError(f"{name} is no path, and no revision, for this folder is in no git repository")
        raise ConfigError(f"{name}: git says {one_line(said)[:200] or f'nothing and ends with {done.returncode}'}")
    return done.stdout
