"""Security groups with the rules that their template has, and the rules that are resources of their own."""

from .. import hooks
from .comparisons import compare

cloudformation = hooks.borrow("ministack.services.cloudformation", "_stacks")
ec2 = hooks.borrow("ministack.services.ec2", "_rules_match", "_security_groups")
provisioners = hooks.borrow("ministack.services.cloudformation.provisioners", "_ec2_sg_permissions")

_RULES = {
    "SecurityGroupIngress": ("IpPermissions", "AWS::EC2::SecurityGroupIngress", "Source"),
    "SecurityGroupEgress": ("IpPermissionsEgress", "AWS::EC2::SecurityGroupEgress", "Destination"),
}


def _group(physical_id, props):
    group = ec2._security_groups.get(physical_id)
    if not group:
        return None
    rules = {name: _rules(group, name, props[name]) for name in _RULES if name in props}
    return {"GroupDescription": group["Description"], **rules}


def _rules(group, name, expected):
    """The template's rules that are there, and those that are neither the template's nor a resource of their own."""
    store, resource_type, side = _RULES[name]
    owned = _ids_of(resource_type)
    others = [rule for rule in group[store] if rule.get("SecurityGroupRuleId") not in owned]
    present = []
    for rule in expected:
        (kept,) = provisioners._ec2_sg_permissions([rule])
        found = next((other for other in others if ec2._rules_match(kept, other)), None)
        if found is not None:
            others.remove(found)
            present.append(rule)
    return present + [_as_rule(other, side) for other in others]


def _ids_of(resource_type):
    records = [record for stack in cloudformation._stacks.values() for record in stack["_resources"].values()]
    return {record["PhysicalResourceId"] for record in records if record["ResourceType"] == resource_type}


def _as_rule(permission, side):
    rule = {key: permission[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in permission}
    for kind, key, name in (
        ("IpRanges", "CidrIp", "CidrIp"),
        ("Ipv6Ranges", "CidrIpv6", "CidrIpv6"),
        ("PrefixListIds", "PrefixListId", f"{side}PrefixListId"),
        ("UserIdGroupPairs", "GroupId", f"{side}SecurityGroupId"),
    ):
        for source in permission.get(kind) or []:
            rule[name] = source[key]
    return rule


def _rule_of(store):
    def read(physical_id, props):
        group = ec2._security_groups.get(props["GroupId"]) or {}
        there = any(rule.get("SecurityGroupRuleId") == physical_id for rule in group.get(store, []))
        return {} if there else None

    return read


compare("AWS::EC2::SecurityGroup", _group, "GroupDescription", *_RULES)
for _store, _resource_type, _side in _RULES.values():
    compare(_resource_type, _rule_of(_store))
