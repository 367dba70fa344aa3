"""ECS: a task that is run by itself fails to start, since no container runs here.

MiniStack would show it as running for ever, so that whoever waits for its end, such as a deployment for its migration,
would wait in vain. (Services keep their tasks: the emulator's rollout needs them.)
"""

import json

from . import hooks

ecs = hooks.borrow("ministack.services.ecs", "_ACTION_MAP", "_mark_task_stopped", "_run_task", "_tasks")

_REASON = "The local endpoint runs no containers"


def _run_task(request):
    status, headers, body = ecs._run_task(request)
    if status == 200:
        for arn in [task["taskArn"] for task in json.loads(body)["tasks"]]:
            ecs._mark_task_stopped(arn, ecs._tasks[arn], _REASON, "TaskFailedToStart")
    return status, headers, body


ecs._ACTION_MAP["RunTask"] = _run_task
