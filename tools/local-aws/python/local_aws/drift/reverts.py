"""Drift-aware change sets (`DeploymentMode=REVERT_DRIFT`), which MiniStack does not have.

As on AWS, the resources are read when the change set is made, and its changes are between what they are and what the new
template says; a resource that is gone is added again. Executing it, and rolling it back, starts from what they are.
"""

import json
from typing import Any

from .. import hooks
from ..engine import actions

cloudformation = hooks.borrow("ministack.services.cloudformation", "_change_sets", "_stacks")
change_sets = hooks.borrow("ministack.services.cloudformation.changesets", "_find_change_set")
comparison = hooks.borrow("ministack.services.cloudformation.drift", "detect_resource_drift", "supports_drift")
helpers = hooks.borrow("ministack.services.cloudformation.helpers", "_error", "_p")
provisioners = hooks.borrow("ministack.services.cloudformation.provisioners", "_property_recreation")
responses = hooks.borrow("ministack.core.responses", "now_iso")

REVERT_DRIFT = "REVERT_DRIFT"


def _reverting(original):
    def create_change_set(params):
        mode = helpers._p(params, "DeploymentMode")
        if mode not in ("", REVERT_DRIFT):
            return helpers._error("ValidationError", f"DeploymentMode {mode} is not {REVERT_DRIFT}.")
        status, headers, body = original(params)
        if status == 200 and mode:
            root, namespace = actions.parsed(body)
            _add_drift(cloudformation._change_sets[root.findtext(f"{namespace}CreateChangeSetResult/{namespace}Id")])
        return status, headers, body

    return create_change_set


def _add_drift(change_set: dict) -> None:
    change_set["DeploymentMode"] = REVERT_DRIFT
    if change_set["ChangeSetType"] != "UPDATE":
        return
    stack = cloudformation._stacks[change_set["StackName"]]
    kept = change_set["_template"].get("Resources", {})
    drifted = {logical_id: drift for logical_id, drift in _drifted(stack) if logical_id in kept}
    if not drifted:
        return
    others = [change for change in change_set["Changes"] if _logical_id(change) not in drifted]
    change_set.update(
        Changes=others + [_change(drift) for drift in drifted.values()],
        Status="CREATE_COMPLETE",
        ExecutionStatus="AVAILABLE",
        StatusReason="",
        _drifted=drifted,
    )


def _drifted(stack: dict):
    for logical_id, record in stack["_resources"].items():
        if comparison.supports_drift(record["ResourceType"]):
            drift = comparison.detect_resource_drift(stack, logical_id, record, responses.now_iso())
            if drift["StackResourceDriftStatus"] in ("MODIFIED", "DELETED"):
                yield logical_id, drift


def _change(drift: dict) -> dict:
    resource = {"LogicalResourceId": drift["LogicalResourceId"], "ResourceType": drift["ResourceType"]}
    if drift["StackResourceDriftStatus"] == "DELETED":
        return {"ResourceChange": {"Action": "Add", **resource, "ResourceDriftStatus": "DELETED"}}
    expected, actual = (json.loads(drift[key]) for key in ("ExpectedProperties", "ActualProperties"))
    names = sorted(name for name in expected if expected[name] != actual.get(name))
    recreation = {name: provisioners._property_recreation(drift["ResourceType"], name) for name in names}
    return {
        "ResourceChange": {
            "Action": "Modify",
            **resource,
            "PhysicalResourceId": drift["PhysicalResourceId"],
            "ResourceDriftStatus": "MODIFIED",
            "Replacement": "True" if "Always" in recreation.values() else "False",
            "Scope": ["Properties"],
            "Details": [
                {
                    "Target": {
                        "Attribute": "Properties",
                        "Name": name,
                        "RequiresRecreation": recreation[name],
                        "BeforeValue": _text(actual.get(name)),
                        "AfterValue": _text(expected[name]),
                        "BeforeValueFrom": "ACTUAL_STATE",
                        "AfterValueFrom": "TEMPLATE",
                    },
                    "Evaluation": "Static",
                    "ChangeSource": "DirectModification",
                }
                for name in names
            ],
        }
    }


def _starting_from_what_is_there(original):
    def execute_change_set(params):
        _, change_set = change_sets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))
        if change_set and change_set["ExecutionStatus"] == "AVAILABLE":
            resources = cloudformation._stacks[change_set["StackName"]]["_resources"]
            for logical_id, drift in change_set.get("_drifted", {}).items():
                if drift["StackResourceDriftStatus"] == "DELETED":
                    del resources[logical_id]
                else:
                    _set_actual(resources[logical_id]["Properties"], drift)
        return original(params)

    return execute_change_set


def _set_actual(properties: dict, drift: dict) -> None:
    actual = json.loads(drift["ActualProperties"])
    for name in json.loads(drift["ExpectedProperties"]):
        if name in actual:
            properties[name] = actual[name]
        else:
            properties.pop(name, None)


def _logical_id(change: dict) -> str:
    return change["ResourceChange"]["LogicalResourceId"]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


actions.wrap("CreateChangeSet", _reverting)
actions.wrap("ExecuteChangeSet", _starting_from_what_is_there)
