"""Around every resource that a stack creates, updates or deletes: the reference guard before, the ledger after."""

from .. import hooks
from .effects import Ledger, Watched
from .references import missing_references

STACKS = "ministack.services.cloudformation.stacks"
PROVISIONERS = "ministack.services.cloudformation.provisioners"
cloudformation = hooks.borrow("ministack.services.cloudformation", "_stacks")


def watch(ledger: Ledger) -> None:
    """Put the guard and the ledger around the engine's three provisioning functions."""

    def guarded_create(original):
        def create(resource_type, logical_id, props, stack_name):
            _refuse_missing(resource_type, props)
            watched = Watched(props)
            result = original(resource_type, logical_id, watched, stack_name)
            if _is_watched(resource_type):
                ledger.record(stack_name, logical_id, resource_type, watched.unread())
            return result

        return create

    def guarded_update(original):
        def update(resource_type, physical_id, old, new, stack_name, logical_id=None, old_attributes=None):
            if old == new:
                return original(resource_type, physical_id, old, new, stack_name, logical_id, old_attributes)
            _refuse_missing(resource_type, new)
            watched = Watched(new)
            result = original(resource_type, physical_id, old, watched, stack_name, logical_id, old_attributes)
            if _is_watched(resource_type) and logical_id:
                unread = set(watched.unread())
                if result[0] == physical_id:
                    # An update in place reads what may have changed; the rest is as it was.
                    changed = {key for key in unread if old.get(key) != new.get(key)}
                    unread = changed | (unread & set(ledger.properties(stack_name, logical_id)))
                ledger.record(stack_name, logical_id, resource_type, sorted(unread))
            return result

        return update

    def recorded_delete(original):
        def delete(resource_type, physical_id, props, stack_name=None, logical_id=None):
            original(resource_type, physical_id, props, stack_name, logical_id)
            if stack_name and logical_id and not _was_replaced(stack_name, logical_id, physical_id):
                ledger.forget(stack_name, logical_id)

        return delete

    def unobserved(original):
        """The engine compares every property before it calls a type's handler; only what the handler reads counts."""

        def replacing_change(resource_type, old, new):
            result = original(resource_type, old, new)
            if isinstance(new, Watched):
                new.read.clear()
            return result

        return replacing_change

    hooks.wrap(PROVISIONERS, "_replacing_change", unobserved)
    hooks.wrap(STACKS, "_provision_resource", guarded_create)
    hooks.wrap(STACKS, "_update_resource", guarded_update)
    hooks.wrap(STACKS, "_delete_resource", recorded_delete)


def _refuse_missing(resource_type: str, props: dict) -> None:
    problems = missing_references(resource_type, props)
    if problems:
        raise ValueError("; ".join(problems))


def _is_watched(resource_type: str) -> bool:
    """Custom resources get every property as it is; CDK's metadata is not meant to have an effect."""
    return not resource_type.startswith("Custom::") and resource_type != "AWS::CDK::Metadata"


def _was_replaced(stack_name: str, logical_id: str, physical_id: str) -> bool:
    """Whether the stack holds another resource under the logical id, whose predecessor this is."""
    current = (cloudformation._stacks.get(stack_name) or {}).get("_resources", {}).get(logical_id)
    return bool(current) and current["PhysicalResourceId"] != physical_id
