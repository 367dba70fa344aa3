"""ECS: services, with every property that the emulator's ECS can show, and updates that take effect."""

import json

from .. import hooks, registry
from ..service_calls import json_of
from .ecs import to_api

ecs = hooks.borrow(
    "ministack.services.ecs",
    "_create_service",
    "_delete_service",
    "_services",
    "_tags",
    "_update_service",
)
alb = hooks.borrow("ministack.services.alb", "_listeners", "_rules")
reconcile_tags = hooks.borrow(
    "ministack.services.cloudformation.provisioners", "_reconcile_tag_list"
)._reconcile_tag_list

# What UpdateService of the emulator applies, and the value a property dropped from the template returns to.
_UPDATED_BY_THE_API = {
    "CapacityProviderStrategy": [],
    "DeploymentConfiguration": {
        "MaximumPercent": 200,
        "MinimumHealthyPercent": 100,
        "DeploymentCircuitBreaker": {"Enable": False, "Rollback": False},
    },
    "EnableExecuteCommand": False,
    "HealthCheckGracePeriodSeconds": 0,
    "LoadBalancers": [],
    "NetworkConfiguration": {},
    "PlatformVersion": "LATEST",
}
# What it leaves alone although AWS applies it.
_UPDATED_IN_THE_RECORD = {
    "EnableECSManagedTags": False,
    "PropagateTags": "NONE",
    "ServiceRegistries": [],
}
_REPLACED_BY = ("Cluster", "DeploymentController", "LaunchType", "Role", "SchedulingStrategy", "ServiceName")


def _create_service(logical_id, props, stack_name):
    name = registry.name_of(props, "ServiceName", stack_name, logical_id, 255)
    _refuse_unreachable_target_groups(props)
    carried = ("Cluster", "DeploymentController", "DesiredCount", "LaunchType", "Role", "SchedulingStrategy", "Tags",
               "TaskDefinition", *_UPDATED_BY_THE_API, *_UPDATED_IN_THE_RECORD)  # fmt: skip
    request = to_api({key: props[key] for key in carried if key in props})
    service = json_of(ecs._create_service({**request, "serviceName": name}))["service"]
    return _provisioned(service)


def _update_service(physical_id, old, new, _stack_name, _logical_id):
    cluster, name = _cluster_and_name(physical_id)
    record = ecs._services[f"{cluster}/{name}"]
    _refuse_unreachable_target_groups(new)
    request = {"cluster": cluster, "service": name}
    # Without a count in the template the running count stays: autoscaling owns it.
    for key in ("TaskDefinition", "DesiredCount"):
        if key in new and new[key] != old.get(key):
            request[to_api({key: None}).popitem()[0]] = new[key]
    request.update(_changed(_UPDATED_BY_THE_API, old, new))
    record.update(_changed(_UPDATED_IN_THE_RECORD, old, new))
    reconcile_tags(ecs._tags.setdefault(physical_id, []), old, new, key="key", value="value")
    return _provisioned(json_of(ecs._update_service(request))["service"])


def _delete_service(physical_id, _props):
    cluster, name = _cluster_and_name(physical_id)
    if f"{cluster}/{name}" in ecs._services:
        json_of(ecs._delete_service({"cluster": cluster, "service": name, "force": True}))


def _changed(defaults, old, new):
    """The changed properties in the API's form, with the default for one that the template no longer has."""
    return to_api({key: new.get(key, default) for key, default in defaults.items() if new.get(key) != old.get(key)})


def _refuse_unreachable_target_groups(props):
    """AWS refuses a service on a target group that no listener forwards to."""
    actions = [record.get("DefaultActions") for record in alb._listeners.values()]
    actions += [record.get("Actions") for record in alb._rules.values()]
    forwarded = json.dumps(actions)
    for load_balancer in props.get("LoadBalancers") or []:
        arn = load_balancer.get("TargetGroupArn")
        if arn and f'"{arn}"' not in forwarded:
            raise ValueError(f"The target group with targetGroupArn {arn} does not have an associated load balancer.")


def _cluster_and_name(service_arn):
    cluster, name = service_arn.split(":service/")[1].split("/")
    return cluster, name


def _provisioned(service):
    return service["serviceArn"], {"ServiceArn": service["serviceArn"], "Name": service["serviceName"]}


registry.add(
    "AWS::ECS::Service",
    create=_create_service,
    update=_update_service,
    delete=_delete_service,
    replaced_by=_REPLACED_BY,
    tags="Tags",
    overrides=True,
)
