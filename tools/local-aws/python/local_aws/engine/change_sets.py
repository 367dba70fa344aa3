"""Change sets as AWS has them.

An update of nothing but outputs is an update: MiniStack's UpdateStack accepts it, its CreateChangeSet says that there are
no changes. And whoever asks for property values is told each property's value before and after: without them a property
that is written in another way, as when a stack reads from SSM what it imported before, cannot be told from one that
changes.
"""

import json
from typing import Iterator
from xml.etree.ElementTree import SubElement

from .. import hooks
from . import actions

CHANGE_SETS = "ministack.services.cloudformation.changesets"
NOTHING_CHANGED = "The submitted information didn't contain changes."

cloudformation = hooks.borrow("ministack.services.cloudformation", "_change_sets", "_stacks")
handlers = hooks.borrow("ministack.services.cloudformation.handlers", "_stack_has_no_updates")
helpers = hooks.borrow("ministack.services.cloudformation.helpers", "_p")
change_sets = hooks.borrow(CHANGE_SETS, "_find_change_set", "_diff_resources")


def _with_values(original):
    def diff_resources(old_template, new_template, *rest):
        changes = original(old_template, new_template, *rest)
        before, after = old_template.get("Resources", {}), new_template.get("Resources", {})
        for change in changes:
            logical_id = change["ResourceChange"]["LogicalResourceId"]
            for target in _properties(change):
                target["BeforeValue"] = _text((before[logical_id].get("Properties") or {}).get(target["Name"]))
                target["AfterValue"] = _text((after[logical_id].get("Properties") or {}).get(target["Name"]))
        return changes

    return diff_resources


def _properties(change: dict) -> Iterator[dict]:
    for detail in change["ResourceChange"].get("Details", []):
        if detail["Target"]["Attribute"] == "Properties":
            yield detail["Target"]


def _text(value) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _executable_without_resource_changes(original):
    def create_change_set(params):
        status, headers, body = original(params)
        if status == 200:
            root, namespace = actions.parsed(body)
            change_set = cloudformation._change_sets[root.findtext(f"{namespace}CreateChangeSetResult/{namespace}Id")]
            if _changes_something(change_set):
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return status, headers, body

    return create_change_set


def _changes_something(change_set: dict) -> bool:
    if change_set["ChangeSetType"] != "UPDATE" or not change_set["StatusReason"].startswith(NOTHING_CHANGED):
        return False
    return not handlers._stack_has_no_updates(
        cloudformation._stacks[change_set["StackName"]],
        change_set["_template"],
        change_set["_resolved_params"],
        change_set["Tags"],
        tags_given=change_set["_tags_given"],
    )


def _telling_values(original):
    def describe_change_set(params):
        status, headers, body = original(params)
        if status != 200 or helpers._p(params, "IncludePropertyValues") != "true":
            return status, headers, body
        _, change_set = change_sets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))
        root, namespace = actions.parsed(body)
        described = root.iterfind(f".//{namespace}Changes/{namespace}member")
        for element, change in zip(described, change_set["Changes"]):
            targets = element.iterfind(f".//{namespace}Details/{namespace}member/{namespace}Target")
            known = [detail["Target"] for detail in change["ResourceChange"].get("Details", [])]
            for target, values in zip(targets, known):
                for key in ("BeforeValue", "AfterValue"):
                    if key in values:
                        SubElement(target, f"{namespace}{key}").text = values[key]
        return status, headers, actions.rendered(root, namespace)

    return describe_change_set


hooks.wrap(CHANGE_SETS, "_diff_resources", _with_values)
actions.wrap("CreateChangeSet", _executable_without_resource_changes)
actions.wrap("DescribeChangeSet", _telling_values)
