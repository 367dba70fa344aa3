"""Types of which only the being there is compared, by the name or id that the stack holds."""

from .. import hooks
from ..resources.application_autoscaling import scalable_targets, scaling_policies
from .comparisons import compare, is_in

provisioners = hooks.borrow(
    "ministack.services.cloudformation.provisioners",
    "_iam_inline_policy_targets",
    "_r53_record_set_build_rs",
    "_r53_resolve_hosted_zone_id",
    "_waf_web_acl_parts",
)
acm = hooks.borrow("ministack.services.acm", "_certificates")
cloudwatch = hooks.borrow("ministack.services.cloudwatch", "_alarms", "_composite_alarms", "_dashboards")
ec2 = hooks.borrow(
    "ministack.services.ec2",
    "_flow_logs",
    "_internet_gateways",
    "_nat_gateways",
    "_route_tables",
    "_subnets",
    "_vpc_endpoints",
    "_vpcs",
)
iam = hooks.borrow("ministack.services.iam", "_roles")
kms = hooks.borrow("ministack.services.kms", "_resolve_key")
logs = hooks.borrow("ministack.services.cloudwatch_logs", "_log_groups")
rds = hooks.borrow("ministack.services.rds", "_instances", "_param_groups", "_subnet_groups")
route53 = hooks.borrow("ministack.services.route53", "_records", "_rs_key", "_zones")
waf = hooks.borrow("ministack.services.waf", "_associations", "_ip_sets", "_web_acls")

_RDS_INSTANCE = (
    "AllocatedStorage",
    "AutoMinorVersionUpgrade",
    "BackupRetentionPeriod",
    "CopyTagsToSnapshot",
    "DBInstanceClass",
    "DeletionProtection",
    "MaxAllocatedStorage",
    "MultiAZ",
    "PubliclyAccessible",
)


def _database(physical_id, _props):
    instance = rds._instances.get(physical_id)
    return instance and {key: instance[key] for key in _RDS_INSTANCE if instance.get(key) is not None}


def _scalable_target(physical_id, _props):
    target = scalable_targets.get(physical_id)
    return target and {key: target[key] for key in ("MinCapacity", "MaxCapacity")}


def _subscription_filter(physical_id, props):
    group = logs._log_groups.get(props.get("LogGroupName")) or {}
    return {} if physical_id in group.get("subscriptionFilters", {}) else None


def _inline_policy(_physical_id, props):
    """There only where every role of the template still has it."""
    roles = [iam._roles.get(name) or {} for name in props.get("Roles") or []]
    return {} if all(props.get("PolicyName") in role.get("InlinePolicies", {}) for role in roles) else None


def _record_set(_physical_id, props):
    key = route53._rs_key(provisioners._r53_record_set_build_rs(props))
    records = route53._records.get(provisioners._r53_resolve_hosted_zone_id(props), [])
    return {} if any(route53._rs_key(record) == key for record in records) else None


def _web_acl(physical_id, props):
    _name, web_acl_id, _scope = provisioners._waf_web_acl_parts(physical_id, props)
    return {} if web_acl_id in waf._web_acls else None


def _association(physical_id, _props):
    web_acl_arn, resource_arn = physical_id.split("|")
    return {} if waf._associations.get(resource_arn) == web_acl_arn else None


compare("AWS::ApplicationAutoScaling::ScalableTarget", _scalable_target, "MinCapacity", "MaxCapacity")
compare("AWS::ApplicationAutoScaling::ScalingPolicy", is_in(scaling_policies))
compare("AWS::CertificateManager::Certificate", is_in(acm._certificates))
compare("AWS::CloudWatch::Alarm", is_in(cloudwatch._alarms))
compare("AWS::CloudWatch::CompositeAlarm", is_in(cloudwatch._composite_alarms))
compare("AWS::CloudWatch::Dashboard", is_in(cloudwatch._dashboards))
compare("AWS::EC2::FlowLog", is_in(ec2._flow_logs))
compare("AWS::EC2::InternetGateway", is_in(ec2._internet_gateways))
compare("AWS::EC2::NatGateway", is_in(ec2._nat_gateways))
compare("AWS::EC2::RouteTable", is_in(ec2._route_tables))
compare("AWS::EC2::Subnet", is_in(ec2._subnets))
compare("AWS::EC2::VPC", is_in(ec2._vpcs))
compare("AWS::EC2::VPCEndpoint", is_in(ec2._vpc_endpoints))
compare("AWS::IAM::Policy", _inline_policy)
compare("AWS::KMS::Key", lambda physical_id, _props: {} if kms._resolve_key(physical_id) else None)
compare("AWS::Logs::SubscriptionFilter", _subscription_filter)
compare("AWS::RDS::DBInstance", _database, *_RDS_INSTANCE)
compare("AWS::RDS::DBParameterGroup", is_in(rds._param_groups))
compare("AWS::RDS::DBSubnetGroup", is_in(rds._subnet_groups))
compare("AWS::Route53::HostedZone", is_in(route53._zones))
compare("AWS::Route53::RecordSet", _record_set)
compare("AWS::WAFv2::WebACL", _web_acl)
compare("AWS::WAFv2::WebACLAssociation", _association)
