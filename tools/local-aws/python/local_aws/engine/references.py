"""The reference guard: a resource that names something that does not exist is refused, as on AWS.

MiniStack stores most ids it is given without looking them up, so that a stack with a wrong subnet would deploy.
"""

import re
from typing import Any, Callable, Iterator

from ministack.core.responses import get_account_id, get_region

from .. import hooks

acm = hooks.borrow("ministack.services.acm", "_certificates")
alb = hooks.borrow("ministack.services.alb", "_lbs", "_listeners", "_tgs")
ec2 = hooks.borrow(
    "ministack.services.ec2",
    "_addresses",
    "_internet_gateways",
    "_nat_gateways",
    "_route_tables",
    "_security_groups",
    "_subnets",
    "_vpcs",
)
ecs = hooks.borrow("ministack.services.ecs", "_clusters", "_resolve_cluster_name", "_task_defs")
iam = hooks.borrow("ministack.services.iam", "_roles")
kms = hooks.borrow("ministack.services.kms", "_resolve_key")
lambdas = hooks.borrow("ministack.services.lambda_svc", "_get_func_record_for_ref")
logs = hooks.borrow("ministack.services.cloudwatch_logs", "_log_groups")
rds = hooks.borrow("ministack.services.rds", "_param_groups", "_subnet_groups")
route53 = hooks.borrow("ministack.services.route53", "_zones")
secrets = hooks.borrow("ministack.services.secretsmanager", "_resolve")
sns = hooks.borrow("ministack.services.sns", "_topics")
sqs = hooks.borrow("ministack.services.sqs", "_queue_name_to_url")
waf = hooks.borrow("ministack.services.waf", "_resolve_local_web_acl")


def _in(store: Any) -> Callable[[str], bool]:
    return lambda value: value in store


# An id of this shape must be in this store.
_IDS: tuple[tuple[re.Pattern, Callable[[str], bool]], ...] = (
    (re.compile(r"vpc-[0-9a-f]{8,}"), _in(ec2._vpcs)),
    (re.compile(r"subnet-[0-9a-f]{8,}"), _in(ec2._subnets)),
    (re.compile(r"sg-[0-9a-f]{8,}"), _in(ec2._security_groups)),
    (re.compile(r"rtb-[0-9a-f]{8,}"), _in(ec2._route_tables)),
    (re.compile(r"igw-[0-9a-f]{8,}"), _in(ec2._internet_gateways)),
    (re.compile(r"nat-[0-9a-f]{8,}"), _in(ec2._nat_gateways)),
    (re.compile(r"eipalloc-[0-9a-f]{8,}"), _in(ec2._addresses)),
)

# An ARN of this service and resource, in this account and region, must exist; the function takes ARN and resource.
_ARNS: tuple[tuple[str, str, Callable[[str, str], bool]], ...] = (
    ("elasticloadbalancing", "targetgroup/", lambda arn, _name: arn in alb._tgs),
    ("elasticloadbalancing", "loadbalancer/", lambda arn, _name: arn in alb._lbs),
    ("elasticloadbalancing", "listener/", lambda arn, _name: arn in alb._listeners),
    ("acm", "certificate/", lambda arn, _name: arn in acm._certificates),
    ("ecs", "task-definition/", lambda _arn, name: name.removeprefix("task-definition/") in ecs._task_defs),
    ("ecs", "cluster/", lambda _arn, name: name.removeprefix("cluster/") in ecs._clusters),
    ("lambda", "function:", lambda arn, _name: bool(lambdas._get_func_record_for_ref(arn)[0])),
    ("kms", "key/", lambda arn, _name: bool(kms._resolve_key(arn))),
    ("secretsmanager", "secret:", lambda arn, _name: _secret_exists(arn)),
    ("sns", "", lambda arn, _name: ":".join(arn.split(":")[:6]) in sns._topics),
    ("sqs", "", lambda _arn, name: name in sqs._queue_name_to_url),
    ("wafv2", "regional/webacl/", lambda arn, _name: not waf._resolve_local_web_acl(arn)[1]),
    ("logs", "log-group:", lambda _arn, name: name.removeprefix("log-group:").split(":")[0] in logs._log_groups),
    ("iam", "role/", lambda _arn, name: name.startswith("role/aws-") or name.rsplit("/", 1)[-1] in iam._roles),
)

# Properties that name something without its id having a shape of its own.
_NAMES: dict[tuple[str, str], Callable[[str], bool]] = {
    ("AWS::ECS::Service", "Cluster"): lambda value: ecs._resolve_cluster_name(value) in ecs._clusters,
    ("AWS::RDS::DBInstance", "DBSubnetGroupName"): _in(rds._subnet_groups),
    ("AWS::RDS::DBInstance", "DBParameterGroupName"): lambda value: (
        value.startswith("default.") or value in rds._param_groups
    ),
    ("AWS::Logs::SubscriptionFilter", "LogGroupName"): _in(logs._log_groups),
    ("AWS::Logs::MetricFilter", "LogGroupName"): _in(logs._log_groups),
    ("AWS::KMS::Alias", "TargetKeyId"): lambda value: bool(kms._resolve_key(value)),
    ("AWS::Route53::RecordSet", "HostedZoneId"): lambda value: value.removeprefix("/hostedzone/") in route53._zones,
}

# Types and properties whose text may speak of what does not exist (yet): policies, dashboards, published values.
_FREE_TYPES = re.compile(
    r"Custom::.*|AWS::CloudFormation::.*|AWS::IAM::.*|AWS::SSM::Parameter|AWS::CloudWatch::Dashboard"
    r"|AWS::Lambda::Permission|AWS::CDK::Metadata|.*Policy"
)
_FREE_PROPERTIES = re.compile(r"Description|Environment|Tags|.*Policy(Document|Text)?")


def missing_references(resource_type: str, props: dict) -> list[str]:
    """A sentence for every reference in the properties to something that does not exist."""
    if _FREE_TYPES.fullmatch(resource_type):
        return []
    problems = []
    for path, value in _strings(props):
        exists = _NAMES.get((resource_type, path))
        if not (exists(value) if exists else _exists(value)):
            problems.append(f"{resource_type} property {path} refers to {value}, which does not exist")
    return problems


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if not _FREE_PROPERTIES.fullmatch(key):
                yield from _strings(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")


def _exists(value: str) -> bool:
    if value.startswith("arn:"):
        # A log group's ARN ends in `:*`; any other star is a pattern, which names nothing.
        return "*" in value.removesuffix(":*") or _arn_exists(value)
    return all(exists(value) for shape, exists in _IDS if shape.fullmatch(value))


def _arn_exists(arn: str) -> bool:
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[4] != get_account_id() or parts[3] not in ("", get_region()):
        return True
    _arn, _partition, service, _region, _account, resource = parts
    return all(
        exists(arn, resource) for name, prefix, exists in _ARNS if name == service and resource.startswith(prefix)
    )


def _secret_exists(arn: str) -> bool:
    """The ARN may carry a JSON key, a version stage and a version id (`…:secret:NAME:key:stage:version`)."""
    return bool(secrets._resolve(":".join(arn.split(":")[:7]))[1])
