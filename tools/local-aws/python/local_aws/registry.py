"""Adding resource types to MiniStack's CloudFormation."""

from typing import Any, Callable

from . import hooks

provisioners = hooks.borrow(
    "ministack.services.cloudformation.provisioners",
    "_RESOURCE_HANDLERS",
    "_REPLACING_PROPERTIES",
    "_STACK_TAG_PROPERTY",
    "_physical_name",
)

# The id that `Ref` returns, and the attributes that `Fn::GetAtt` returns.
Provisioned = tuple[str, dict[str, Any]]
Create = Callable[[str, dict, str], Provisioned]
Update = Callable[[str, dict, dict, str, str], Provisioned]
Delete = Callable[[str, dict], None]


def add(
    resource_type: str,
    *,
    create: Create,
    delete: Delete,
    update: Update,
    replaced_by: tuple[str, ...],
    tags: str = "",
    overrides: bool = False,
) -> None:
    """Register a resource type.

    `replaced_by` names the properties whose change creates a new resource before the old one is deleted; every other
    change goes to `update`. `tags` names the tag property (list form) that also receives the stack's tags. A type that
    MiniStack already has is refused unless `overrides` says that ours is meant to win: when MiniStack gains a type of
    its own, ours is to be deleted, not to shadow it.
    """
    handlers = provisioners._RESOURCE_HANDLERS
    if (resource_type in handlers) != overrides:
        hooks.report(f"{resource_type} is {'no longer' if overrides else 'now'} handled by MiniStack itself")
        return
    handlers[resource_type] = {
        "create": create,
        "update": update,
        "update_with_logical_id": True,
        "delete": delete,
    }
    provisioners._REPLACING_PROPERTIES[resource_type] = replaced_by
    if tags:
        provisioners._STACK_TAG_PROPERTY[resource_type] = (tags, "list")


def add_attributes(resource_type: str, attributes_of: Callable[[str], dict[str, Any]]) -> None:
    """Return more attributes for a type that MiniStack has; `attributes_of` takes the physical id."""
    handler = provisioners._RESOURCE_HANDLERS.get(resource_type)
    if not handler or "create" not in handler or "update" not in handler:
        hooks.report(f"{resource_type} has no create and update handler")
        return

    def extended(original: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
        def call(*args: Any) -> Provisioned:
            physical_id, attributes = original(*args)
            return physical_id, {**attributes_of(physical_id), **attributes}

        return call

    handler["create"] = extended(handler["create"])
    handler["update"] = extended(handler["update"])


def name_of(props: dict, name_property: str, stack_name: str, logical_id: str, max_length: int) -> str:
    """The name the template gives, or one generated from stack and logical id as CloudFormation does."""
    return props.get(name_property) or provisioners._physical_name(stack_name, logical_id, max_len=max_length)


def receive_stack_tags(resource_type: str) -> None:
    """Give the stack's tags to a type that MiniStack has, through its `Tags` property (list form)."""
    provisioners._STACK_TAG_PROPERTY.setdefault(resource_type, ("Tags", "list"))
