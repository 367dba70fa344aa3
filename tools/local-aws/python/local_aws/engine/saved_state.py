"""Says whether the state on disk is whole: a file `complete` beside it, written after everything was saved.

MiniStack saves on SIGTERM only. After anything else (kill -9, power) the files are older than what was deployed, and
after a stop in the middle of a deployment its stacks would stay in progress for ever. Without the file, the launcher
starts empty.
"""

from pathlib import Path

from .. import hooks

cloudformation = hooks.borrow("ministack.services.cloudformation", "_stacks")


def mark_when_complete(state_folder: Path) -> None:
    """Write the file after MiniStack saved its state, unless a stack operation is under way."""

    def marking(original):
        def save_all(services):
            original(services)
            stacks = cloudformation._stacks.all_values()
            if not any(stack["StackStatus"].endswith("_IN_PROGRESS") for stack in stacks):
                state_folder.mkdir(parents=True, exist_ok=True)
                (state_folder / "complete").touch()

        return save_all

    hooks.wrap("ministack.app", "save_all", marking)
