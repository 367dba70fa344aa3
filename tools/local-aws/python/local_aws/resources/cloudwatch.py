"""CloudWatch: composite alarms, and alarms on metric math."""

from collections import ChainMap

from .. import hooks, registry
from ..service_calls import text_of

cloudwatch = hooks.borrow(
    "ministack.services.cloudwatch", "_composite_alarms", "_delete_alarms", "_put_composite_alarm", "_resource_tags"
)
PROVISIONERS = "ministack.services.cloudformation.provisioners"

# What the emulator's record of an alarm says in place of one metric when the alarm is on several.
_NO_SINGLE_METRIC = {"MetricName": None, "Namespace": None, "Statistic": None, "Period": None, "Dimensions": []}
_COMPOSITE_PROPERTIES = (
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "AlarmRule",
    "InsufficientDataActions",
    "OKActions",
)


def _call(function, request):
    """The CloudWatch functions take query parameters, a decoded body, and which of the two protocols the body is of."""
    return text_of(function({}, request, False, True))


def _put_composite_alarm(name, props):
    carried = {key: props[key] for key in _COMPOSITE_PROPERTIES if key in props}
    _call(cloudwatch._put_composite_alarm, {**carried, "AlarmName": name})
    arn = cloudwatch._composite_alarms[name]["AlarmArn"]
    cloudwatch._resource_tags[arn] = {tag["Key"]: tag["Value"] for tag in props.get("Tags") or []}
    return name, {"Arn": arn}


def _create_composite_alarm(logical_id, props, stack_name):
    return _put_composite_alarm(registry.name_of(props, "AlarmName", stack_name, logical_id, 255), props)


def _update_composite_alarm(physical_id, _old, new, _stack_name, _logical_id):
    return _put_composite_alarm(physical_id, new)


def _delete_composite_alarm(physical_id, _props):
    _call(cloudwatch._delete_alarms, {"AlarmNames": [physical_id]})


def _with_metric_math(original):
    """Records an alarm on `Metrics`. The emulator evaluates no metric math, so its state stays INSUFFICIENT_DATA."""

    def alarm_record(name, props):
        if not props.get("Metrics"):
            return original(name, props)
        in_place_of_metrics = {"Metrics": None, "MetricName": "metric math", "Namespace": "metric math"}
        record = original(name, ChainMap(in_place_of_metrics, props, {"Threshold": 0}))
        return {**record, **_NO_SINGLE_METRIC, "Metrics": props["Metrics"]}

    return alarm_record


registry.add(
    "AWS::CloudWatch::CompositeAlarm",
    create=_create_composite_alarm,
    update=_update_composite_alarm,
    delete=_delete_composite_alarm,
    replaced_by=("AlarmName",),
    tags="Tags",
)
hooks.wrap(PROVISIONERS, "_cw_metric_alarm_record", _with_metric_math)
