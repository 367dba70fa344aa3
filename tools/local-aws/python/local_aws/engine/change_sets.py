"""A change set names what really changes.

MiniStack takes a parameter that the new template adds for one that changed, and with it every property that refers to it,
also where the property's value stays the same: a stack that now reads from SSM what it imported before would, by its
change set, replace its resources. Only a parameter whose properties get other values has changed anything.
"""

from .. import hooks

CHANGE_SETS = "ministack.services.cloudformation.changesets"
engine = hooks.borrow("ministack.services.cloudformation.engine", "_intrinsic_references")


def _by_effect(original):
    def diff_resources(old_template, new_template, resources=None, template=None, changed_params=(), retag=()):
        effective = _parameters_of_changed_properties(old_template, new_template, template or new_template)
        changed = {name for name in changed_params if name in effective}
        return original(old_template, new_template, resources, template, changed, retag)

    return diff_resources


def _parameters_of_changed_properties(old_template: dict, new_template: dict, unresolved: dict) -> set:
    """What the properties whose values differ refer to; the first two templates have their references resolved."""
    old, new = old_template.get("Resources", {}), new_template.get("Resources", {})
    names = set()
    for logical_id, resource in unresolved.get("Resources", {}).items():
        before = old.get(logical_id, {}).get("Properties") or {}
        after = new.get(logical_id, {}).get("Properties") or {}
        for name, value in (resource.get("Properties") or {}).items():
            if before.get(name) != after.get(name):
                names.update(reference for reference, _ in engine._intrinsic_references(value))
    return names


hooks.wrap(CHANGE_SETS, "_diff_resources", _by_effect)
