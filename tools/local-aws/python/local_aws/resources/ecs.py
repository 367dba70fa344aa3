"""ECS: task definitions with every container property, and a cluster's capacity providers."""

from .. import hooks, registry
from ..service_calls import json_of

ecs = hooks.borrow(
    "ministack.services.ecs",
    "_capacity_providers",
    "_clusters",
    "_deregister_task_definition",
    "_put_cluster_capacity_providers",
    "_register_task_definition",
    "_resolve_cluster_name",
    "_tags",
)
reconcile_tags = hooks.borrow(
    "ministack.services.cloudformation.provisioners", "_reconcile_tag_list"
)._reconcile_tag_list

# Maps whose keys belong to the user, so that their case is kept.
_USER_MAPS = frozenset({"dockerLabels", "options", "driverOpts", "labels"})
# Names of the API that are not the CloudFormation name with a small first letter.
_RENAMED = {
    "EFSVolumeConfiguration": "efsVolumeConfiguration",
    "FSxWindowsFileServerVolumeConfiguration": "fsxWindowsFileServerVolumeConfiguration",
}
_AWS_CAPACITY_PROVIDERS = frozenset({"FARGATE", "FARGATE_SPOT"})


def to_api(value):
    """A CloudFormation structure with the names of the ECS API."""
    if isinstance(value, list):
        return [to_api(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, item in value.items():
        name = _RENAMED.get(key, key[:1].lower() + key[1:])
        result[name] = dict(item) if name in _USER_MAPS and isinstance(item, dict) else to_api(item)
    return result


_TASK_DEFINITION_PROPERTIES = (
    "ContainerDefinitions",
    "Cpu",
    "EphemeralStorage",
    "ExecutionRoleArn",
    "IpcMode",
    "Memory",
    "NetworkMode",
    "PidMode",
    "PlacementConstraints",
    "ProxyConfiguration",
    "RequiresCompatibilities",
    "RuntimePlatform",
    "TaskRoleArn",
    "Volumes",
)


def _register_task_definition(logical_id, props, stack_name):
    request = {key: props[key] for key in (*_TASK_DEFINITION_PROPERTIES, "Tags") if key in props}
    family = registry.name_of(props, "Family", stack_name, logical_id, 255)
    answer = json_of(ecs._register_task_definition({**to_api(request), "family": family}))
    arn = answer["taskDefinition"]["taskDefinitionArn"]
    return arn, {"TaskDefinitionArn": arn}


def _retag_task_definition(physical_id, old, new, _stack_name, _logical_id):
    reconcile_tags(ecs._tags.setdefault(physical_id, []), old, new, key="key", value="value")
    return physical_id, {"TaskDefinitionArn": physical_id}


def _deregister_task_definition(physical_id, _props):
    json_of(ecs._deregister_task_definition({"taskDefinition": physical_id}))


def _associate_capacity_providers(_logical_id, props, _stack_name):
    known = _AWS_CAPACITY_PROVIDERS | set(ecs._capacity_providers.keys())
    unknown = sorted(set(props["CapacityProviders"]) - known)
    if unknown:
        raise ValueError(f"The capacity providers {unknown} do not exist; known are {sorted(known)}")
    return _put_capacity_providers(
        props["Cluster"], props["CapacityProviders"], props.get("DefaultCapacityProviderStrategy") or []
    )


def _update_capacity_providers(_physical_id, _old, new, stack_name, logical_id):
    return _associate_capacity_providers(logical_id, new, stack_name)


def _dissociate_capacity_providers(physical_id, _props):
    if ecs._resolve_cluster_name(physical_id) in ecs._clusters:
        _put_capacity_providers(physical_id, [], [])


def _put_capacity_providers(cluster, providers, strategy):
    request = {"cluster": cluster, "capacityProviders": providers, "defaultCapacityProviderStrategy": to_api(strategy)}
    json_of(ecs._put_cluster_capacity_providers(request))
    return cluster, {}


registry.add(
    "AWS::ECS::TaskDefinition",
    create=_register_task_definition,
    update=_retag_task_definition,
    delete=_deregister_task_definition,
    # A task definition never changes: everything but its tags makes the next revision.
    replaced_by=(*_TASK_DEFINITION_PROPERTIES, "EnableFaultInjection", "Family", "InferenceAccelerators"),
    tags="Tags",
    overrides=True,
)
registry.add(
    "AWS::ECS::ClusterCapacityProviderAssociations",
    create=_associate_capacity_providers,
    update=_update_capacity_providers,
    delete=_dissociate_capacity_providers,
    replaced_by=("Cluster",),
)
