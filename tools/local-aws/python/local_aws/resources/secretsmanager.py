"""Secrets Manager: rotation schedules and resource policies."""

import json

from .. import hooks, registry
from ..service_calls import json_of

secrets = hooks.borrow(
    "ministack.services.secretsmanager", "_delete_resource_policy", "_put_resource_policy", "_resolve"
)


def _secret(secret_id):
    _key, secret = secrets._resolve(secret_id)
    if not secret:
        raise ValueError(f"Secrets Manager can't find the secret {secret_id}.")
    return secret


def _schedule_rotation(_logical_id, props, _stack_name):
    """Records the schedule. The emulator never rotates: its RotateSecret only relabels the current version."""
    secret = _secret(props["SecretId"])
    secret["RotationEnabled"] = True
    secret["RotationRules"] = props.get("RotationRules") or {}
    secret["RotationLambdaARN"] = props.get("RotationLambdaARN", "")
    return secret["ARN"], {}


def _update_rotation(_physical_id, _old, new, stack_name, logical_id):
    return _schedule_rotation(logical_id, new, stack_name)


def _cancel_rotation(physical_id, _props):
    _key, secret = secrets._resolve(physical_id)
    if secret:
        secret.update(RotationEnabled=False, RotationRules=None, RotationLambdaARN=None)


def _put_policy(_logical_id, props, _stack_name):
    policy = props["ResourcePolicy"]
    answer = json_of(
        secrets._put_resource_policy(
            {
                "SecretId": props["SecretId"],
                "ResourcePolicy": policy if isinstance(policy, str) else json.dumps(policy),
            }
        )
    )
    return answer["ARN"], {}


def _update_policy(_physical_id, _old, new, stack_name, logical_id):
    return _put_policy(logical_id, new, stack_name)


def _delete_policy(physical_id, _props):
    _key, secret = secrets._resolve(physical_id)
    if secret:
        json_of(secrets._delete_resource_policy({"SecretId": physical_id}))


registry.add(
    "AWS::SecretsManager::RotationSchedule",
    create=_schedule_rotation,
    update=_update_rotation,
    delete=_cancel_rotation,
    replaced_by=("SecretId",),
)
registry.add(
    "AWS::SecretsManager::ResourcePolicy",
    create=_put_policy,
    update=_update_policy,
    delete=_delete_policy,
    replaced_by=("SecretId",),
)
