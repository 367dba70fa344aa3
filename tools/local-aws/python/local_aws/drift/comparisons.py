"""Adding types to MiniStack's drift detection."""

from typing import Any, Callable

from .. import hooks

drift = hooks.borrow("ministack.services.cloudformation.drift", "_DRIFT_READERS")

# From the physical id and the template's properties to what they are now; `None` when the resource is gone.
Reader = Callable[[str, dict], dict | None]


def compare(resource_type: str, reader: Reader, *properties: str) -> None:
    """Compare a type by these properties; without any, only its being there."""
    if resource_type in drift._DRIFT_READERS:
        hooks.report(f"the drift of {resource_type} is now detected by MiniStack itself")
        return
    drift._DRIFT_READERS[resource_type] = (reader, frozenset(properties))


def is_in(store: Any) -> Reader:
    """A reader that only looks whether the physical id is in a store."""
    return lambda physical_id, _props: {} if physical_id in store else None


def as_template(expected: Any, kept: Any, actual: Any) -> Any:
    """A property in the template's words: `expected` where the service holds what it would keep of it (`kept`)."""
    return expected if kept == actual else actual
