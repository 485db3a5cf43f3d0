"""The conversation with a reviewer: shows a claim, reads a line, does what it says. Knows no terminal and no store."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import RenderableType
from rich.text import Text

from synth.errors import ConfigError
from synth.report.wording import count
from synth.review.desk import Desk
from synth.review.prompt import HELP, PROMPT, Command, Kind, parse
from synth.review.screen import Context, claim_panel
from synth.store.reviews import Act

END = "No claim is left to ask. [u]ndo [b]ack, a claim's number, Enter or [q] to end > "
_ACTS = {Kind.ACCEPT: Act.ACCEPT, Kind.REJECT: Act.REJECT, Kind.LABEL: Act.LABEL}


def run(desk: Desk, ask: Callable[[str], str | None], show: Callable[[RenderableType], None], context: Context) -> None:
    """Ask claim by claim until the reviewer quits or the input ends.

    Args:
        desk: Where the reviewer is.
        ask: Shows a prompt and gives the line that was typed; None where the input has ended.
        show: Prints.
        context: What stands around a quote.
    """
    fresh = True
    while True:
        if desk.place is not None and fresh:
            show(claim_panel(desk, context))
        line = ask(END if desk.place is None else PROMPT)
        if line is None:
            return
        before = desk.place
        try:
            command = parse(line)
            if command.kind is Kind.QUIT or (desk.place is None and command.kind is Kind.NONE):
                return
            said = _obey(desk, command)
        except ConfigError as error:
            said = str(error)
        if said:
            show(Text(said, style="yellow"))
        fresh = desk.place != before


def _obey(desk: Desk, command: Command) -> str:
    """Do what a command asks; what there is to say of it."""
    if command.kind is Kind.HELP:
        return HELP
    if command.kind is Kind.UNDO:
        return _undo(desk)
    if command.kind is Kind.BACK:
        return "" if desk.back() else "this is the first claim"
    if command.kind is Kind.GO:
        total = count(len(desk.report.claims), "claim")
        return "" if desk.go(command.number) else f"there is no claim {command.number}; the table has {total}"
    if desk.place is None:
        return "no claim is in view; b goes back to the last one"
    if command.kind is Kind.SKIP:
        desk.forward()
    elif command.kind is Kind.COMMENT:
        desk.comment(command.comment)
        return "the comment is stored; now decide, or k to leave the claim open"
    elif command.kind in _ACTS:
        desk.decide(_ACTS[command.kind], command.label)
    return ""


def _undo(desk: Desk) -> str:
    undone = desk.undo()
    if undone is None:
        return "there is nothing of yours to undo in this report"
    what = "comment" if undone.act is Act.SKIP else f"{undone.act.value}"
    number = desk.current.row.number
    return f"undone: {what} on claim {number}"
