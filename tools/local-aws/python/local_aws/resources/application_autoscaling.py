"""Application Auto Scaling, which MiniStack does not have: targets and policies of ECS services, and reading them back.

Nothing scales: the emulator runs no containers and produces no metrics.
"""

import json
import time

from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    json_response,
    new_uuid,
)

from .. import hooks, registry
from ..stores import keep

app = hooks.borrow("ministack.app", "SERVICE_HANDLERS")
router = hooks.borrow("ministack.core.router", "SERVICE_PATTERNS")
ecs = hooks.borrow("ministack.services.ecs", "_services")

_IDENTITY = ("ResourceId", "ScalableDimension", "ServiceNamespace")
scalable_targets = _targets = keep("autoscaling_targets", AccountRegionScopedDict())
scaling_policies = _policies = keep("autoscaling_policies", AccountRegionScopedDict())


def _register_target(_logical_id, props, _stack_name):
    if props["ServiceNamespace"] == "ecs":
        service = ecs._services.get(props["ResourceId"].removeprefix("service/"))
        if not service or service["status"] != "ACTIVE":
            raise ValueError(f"ECS service doesn't exist: {props['ResourceId']}")
    if int(props["MinCapacity"]) > int(props["MaxCapacity"]):
        raise ValueError(f"MinCapacity {props['MinCapacity']} is greater than MaxCapacity {props['MaxCapacity']}")
    target_id = "|".join(props[key] for key in _IDENTITY)
    carried = (*_IDENTITY, "RoleARN", "SuspendedState")
    _targets[target_id] = {
        **{key: props[key] for key in carried if key in props},
        "MinCapacity": int(props["MinCapacity"]),
        "MaxCapacity": int(props["MaxCapacity"]),
        "CreationTime": (_targets.get(target_id) or {}).get("CreationTime", int(time.time())),
        "ScalableTargetARN": _arn("scalable-target", target_id),
    }
    return target_id, {"Id": target_id}


def _update_target(_physical_id, _old, new, stack_name, logical_id):
    return _register_target(logical_id, new, stack_name)


def _deregister_target(physical_id, _props):
    """Takes the target's policies with it, as on AWS."""
    target = _targets.pop(physical_id, None)
    for arn, policy in _policies.items():
        if target and all(policy[key] == target[key] for key in _IDENTITY):
            _policies.pop(arn)


def _put_policy(_logical_id, props, _stack_name):
    return _store_policy(_arn("scalingPolicy", f"{new_uuid()}:policyName/{props['PolicyName']}"), props)


def _update_policy(physical_id, _old, new, _stack_name, _logical_id):
    return _store_policy(physical_id, new)


def _store_policy(arn, props):
    target_id = props.get("ScalingTargetId") or "|".join(props.get(key, "") for key in _IDENTITY)
    target = _targets.get(target_id)
    if not target:
        raise ValueError(f"No scalable target registered for {target_id}")
    kind = {
        "StepScaling": "StepScalingPolicyConfiguration",
        "TargetTrackingScaling": "TargetTrackingScalingPolicyConfiguration",
    }.get(props["PolicyType"])
    if not kind or kind not in props:
        raise ValueError(
            f"A policy of type {props['PolicyType']} needs its own configuration ({kind or 'unknown type'})"
        )
    _policies[arn] = {
        **{key: target[key] for key in _IDENTITY},
        "PolicyARN": arn,
        "PolicyName": props["PolicyName"],
        "PolicyType": props["PolicyType"],
        kind: props[kind],
        "Alarms": [],
        "CreationTime": (_policies.get(arn) or {}).get("CreationTime", int(time.time())),
    }
    return arn, {"Arn": arn}


def _delete_policy(physical_id, _props):
    _policies.pop(physical_id, None)


def _arn(kind, name):
    service = "application-autoscaling" if kind == "scalable-target" else "autoscaling"
    separator = "/" if kind == "scalable-target" else ":"
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{kind}{separator}{name}"


async def _handle_request(_method, _path, headers, body, _query_params):
    action = headers.get("x-amz-target", "").split(".")[-1]
    request = json.loads(body or b"{}")
    stores = {
        "DescribeScalableTargets": ("ScalableTargets", _targets),
        "DescribeScalingPolicies": ("ScalingPolicies", _policies),
    }
    if action not in stores:
        return error_response_json("UnsupportedOperation", f"The local endpoint does not have {action}.", 400)
    member, store = stores[action]
    wanted = {key: request[key] for key in _IDENTITY if key in request}
    resource_ids = request.get("ResourceIds") or []
    found = [
        record
        for record in store.values()
        if all(record[key] == value for key, value in wanted.items())
        and (not resource_ids or record["ResourceId"] in resource_ids)
    ]
    return json_response({member: found})


registry.add(
    "AWS::ApplicationAutoScaling::ScalableTarget",
    create=_register_target,
    update=_update_target,
    delete=_deregister_target,
    replaced_by=_IDENTITY,
)
registry.add(
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    create=_put_policy,
    update=_update_policy,
    delete=_delete_policy,
    replaced_by=("PolicyName", "ScalingTargetId", *_IDENTITY),
)
app.SERVICE_HANDLERS["application-autoscaling"] = _handle_request
router.SERVICE_PATTERNS["application-autoscaling"] = {"target_prefixes": ["AnyScaleFrontendService"]}
