"""Load balancers, listeners, rules and target groups: where requests come in and where they go."""

from .. import hooks
from .comparisons import as_template, compare

alb = hooks.borrow("ministack.services.alb", "_lbs", "_listeners", "_rules", "_tgs")
provisioners = hooks.borrow(
    "ministack.services.cloudformation.provisioners", "_elbv2_listener_actions", "_flatten_listener_rule_conditions"
)

_HEALTH_CHECK = (
    "HealthCheckIntervalSeconds",
    "HealthCheckPath",
    "HealthCheckTimeoutSeconds",
    "HealthyThresholdCount",
    "UnhealthyThresholdCount",
)


def _load_balancer(physical_id, _props):
    record = alb._lbs.get(physical_id)
    return record and {key: record[key] for key in ("Scheme", "SecurityGroups")}


def _target_group(physical_id, _props):
    record = alb._tgs.get(physical_id)
    return record and {key: record[key] for key in _HEALTH_CHECK}


def _listener(physical_id, props):
    record = alb._listeners.get(physical_id)
    if not record:
        return None
    kept = provisioners._elbv2_listener_actions(props, record["LoadBalancerArn"])
    return {
        "Port": record["Port"],
        "Protocol": record["Protocol"],
        "DefaultActions": as_template(props.get("DefaultActions"), kept, record["DefaultActions"]),
    }


def _rule(physical_id, props):
    record = alb._rules.get(physical_id)
    if not record:
        return None
    conditions = provisioners._flatten_listener_rule_conditions(props.get("Conditions") or [])
    actions = provisioners._elbv2_listener_actions(props, None, prop="Actions")
    return {
        "Priority": record["Priority"],
        "Conditions": as_template(props.get("Conditions"), conditions, record["Conditions"]),
        "Actions": as_template(props.get("Actions"), actions, record["Actions"]),
    }


compare("AWS::ElasticLoadBalancingV2::LoadBalancer", _load_balancer, "Scheme", "SecurityGroups")
compare("AWS::ElasticLoadBalancingV2::TargetGroup", _target_group, *_HEALTH_CHECK)
compare("AWS::ElasticLoadBalancingV2::Listener", _listener, "Port", "Protocol", "DefaultActions")
compare("AWS::ElasticLoadBalancingV2::ListenerRule", _rule, "Priority", "Conditions", "Actions")
