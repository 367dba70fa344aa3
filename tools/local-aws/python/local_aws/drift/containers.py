"""ECS: how many tasks of what a service runs, and whether cluster and task definition are there."""

from .. import hooks
from .comparisons import compare, is_in

ecs = hooks.borrow("ministack.services.ecs", "_clusters", "_services", "_task_defs")


def _service(physical_id, _props):
    record = ecs._services.get(physical_id.split(":service/")[1])
    if not record or record["status"] != "ACTIVE":
        return None
    return {"DesiredCount": record["desiredCount"], "TaskDefinition": record["taskDefinition"]}


def _task_definition(physical_id, _props):
    record = ecs._task_defs.get(physical_id.split(":task-definition/")[1])
    return {} if record and record["status"] == "ACTIVE" else None


compare("AWS::ECS::Cluster", is_in(ecs._clusters))
compare("AWS::ECS::Service", _service, "DesiredCount", "TaskDefinition")
compare("AWS::ECS::TaskDefinition", _task_definition)
