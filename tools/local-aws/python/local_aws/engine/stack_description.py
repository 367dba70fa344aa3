"""DescribeStacks as AWS answers it.

MiniStack gives the value of an SSM-typed parameter as `ParameterValue`; AWS gives the parameter's path there and the
value as `ResolvedValue`. MiniStack sets `LastUpdatedTime` on creation; AWS only on the first update.
"""

from xml.etree.ElementTree import SubElement

from .. import hooks
from . import actions

cloudformation = hooks.borrow("ministack.services.cloudformation", "_stack_events", "_stacks")


def _corrected(original):
    def describe_stacks(params):
        status, headers, body = original(params)
        if status != 200:
            return status, headers, body
        root, namespace = actions.parsed(body)
        for described in root.iterfind(f"{namespace}DescribeStacksResult/{namespace}Stacks/{namespace}member"):
            stack = _stack_of(described.findtext(f"{namespace}StackId"))
            if stack:
                _correct_parameters(described, stack, namespace)
                _correct_update_time(described, stack, namespace)
        return status, headers, actions.rendered(root, namespace)

    return describe_stacks


def _stack_of(stack_id):
    return next((stack for stack in cloudformation._stacks.values() if stack["StackId"] == stack_id), None)


def _correct_parameters(described, stack, namespace):
    resolved = stack.get("_resolved_params") or {}
    for parameter in described.iterfind(f"{namespace}Parameters/{namespace}member"):
        record = resolved.get(parameter.findtext(f"{namespace}ParameterKey")) or {}
        value = parameter.find(f"{namespace}ParameterValue")
        if record.get("SsmName") and value is not None:
            SubElement(parameter, f"{namespace}ResolvedValue").text = value.text
            value.text = record["SsmName"]


def _correct_update_time(described, stack, namespace):
    events = cloudformation._stack_events.get(stack["StackId"]) or []
    updated = any(
        event["ResourceType"] == "AWS::CloudFormation::Stack" and event["ResourceStatus"].startswith("UPDATE_")
        for event in events
    )
    time = described.find(f"{namespace}LastUpdatedTime")
    if time is not None and not updated:
        described.remove(time)


actions.wrap("DescribeStacks", _corrected)
