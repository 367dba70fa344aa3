"""Start MiniStack with the plug-in: `python -m local_aws`.

Configuration comes from MiniStack's own environment variables, set by the launcher, and `LOCAL_AWS_HOME`: the folder
for the list of what was recorded without effect.
"""

import os
from pathlib import Path

import ministack.app as app

from . import hooks, load_balancer_names, one_off_tasks, resources, stores  # noqa: F401
from .engine import change_sets, custom_resources, replacements, stack_description  # noqa: F401
from . import drift  # noqa: F401  (after change_sets: it adds to what that describes)
from .engine.effects import Ledger
from .engine.provisioning import watch
from .engine.saved_state import mark_when_complete

STORES_MODULE = "local_aws_stores"


def main() -> None:
    """Check that the plug-in fits, then serve until SIGTERM."""
    registries = hooks.borrow("ministack.app", "SERVICE_REGISTRY", "_loaded_modules", "_state_map", "main")
    watch(Ledger(Path(os.environ["LOCAL_AWS_HOME"]) / "recorded-without-effect.json"))
    mark_when_complete(Path(os.environ["STATE_DIR"]))
    hooks.check()
    # MiniStack saves, restores and resets the modules of its registry by name; our stores take part.
    registries._loaded_modules[STORES_MODULE] = stores
    registries._state_map[STORES_MODULE] = STORES_MODULE
    registries.SERVICE_REGISTRY[STORES_MODULE] = {"module": STORES_MODULE}
    app.main()


main()
