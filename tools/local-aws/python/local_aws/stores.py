"""State this plug-in keeps for services MiniStack does not have: saved, restored and reset together with MiniStack's.

The module offers the functions that MiniStack expects of every service module (`get_state` and so on).
"""

import copy
from typing import Any

_stores: dict[str, Any] = {}


def keep(name: str, store: Any) -> Any:
    """Register a store (one of MiniStack's account-scoped dictionaries) under a name and return it."""
    _stores[name] = store
    return store


def get_state() -> dict[str, Any]:
    """A copy of everything kept."""
    return {name: copy.deepcopy(store) for name, store in _stores.items()}


def load_persisted_state(data: dict[str, Any]) -> None:
    """Put back what `get_state` returned."""
    for name, saved in (data or {}).items():
        if name in _stores:
            _stores[name].update(saved)


def reset() -> None:
    """Forget everything."""
    for store in _stores.values():
        store.clear()
