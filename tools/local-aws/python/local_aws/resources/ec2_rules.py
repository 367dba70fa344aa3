"""EC2: security group rules that are resources of their own."""

from .. import hooks, registry
from ..service_calls import element_of, query_parameters, text_of

ec2 = hooks.borrow(
    "ministack.services.ec2",
    "_authorize_sg_egress",
    "_authorize_sg_ingress",
    "_parse_ip_permissions",
    "_revoke_sg_egress",
    "_revoke_sg_ingress",
    "_rules_match",
    "_security_groups",
)


def _permission(props):
    """The rule in the form of an AuthorizeSecurityGroup request."""
    permission = {key: props[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in props}
    described = {"Description": props["Description"]} if props.get("Description") else {}
    group_id = props.get("SourceSecurityGroupId") or props.get("DestinationSecurityGroupId")
    prefix_list_id = props.get("SourcePrefixListId") or props.get("DestinationPrefixListId")
    if group_id:
        if group_id not in ec2._security_groups:
            raise ValueError(f"The security group '{group_id}' does not exist")
        permission["Groups"] = [{"GroupId": group_id, **described}]
    elif prefix_list_id:
        permission["PrefixListIds"] = [{"PrefixListId": prefix_list_id, **described}]
    elif props.get("CidrIp"):
        permission["IpRanges"] = [{"CidrIp": props["CidrIp"], **described}]
    elif props.get("CidrIpv6"):
        permission["Ipv6Ranges"] = [{"CidrIpv6": props["CidrIpv6"], **described}]
    else:
        raise ValueError("A security group rule needs a CIDR range, a prefix list or a security group")
    return permission


class _Direction:
    """Ingress or egress: where the group keeps the rules, and the service functions that change them."""

    def __init__(self, store, authorize, revoke):
        self.store = store
        self.authorize = authorize
        self.revoke = revoke

    def create(self, _logical_id, props, _stack_name):
        group = ec2._security_groups.get(props["GroupId"])
        if not group:
            raise ValueError(f"The security group '{props['GroupId']}' does not exist")
        request = query_parameters({"GroupId": props["GroupId"], "IpPermissions": [_permission(props)]})
        (wanted,) = ec2._parse_ip_permissions(request, "IpPermissions")
        if any(ec2._rules_match(wanted, rule) for rule in group[self.store]):
            raise ValueError(f"the specified rule already exists in '{props['GroupId']}' (InvalidPermission.Duplicate)")
        rule_id = element_of(self.authorize(request), "securityGroupRuleId")
        return rule_id, {"Id": rule_id}

    def update(self, physical_id, _old, new, _stack_name, _logical_id):
        """Only the description changes in place; the rule keeps its id."""
        group = ec2._security_groups[new["GroupId"]]
        for rule in group[self.store]:
            if rule.get("SecurityGroupRuleId") == physical_id:
                for kind in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"):
                    for source in rule[kind]:
                        source["Description"] = new.get("Description", "")
        return physical_id, {"Id": physical_id}

    def delete(self, physical_id, props):
        if props["GroupId"] in ec2._security_groups:
            request = {"GroupId": props["GroupId"], "SecurityGroupRuleId": [physical_id]}
            text_of(self.revoke(query_parameters(request)))


def _register(resource_type, direction, replaced_by):
    registry.add(
        resource_type,
        create=direction.create,
        update=direction.update,
        delete=direction.delete,
        replaced_by=("CidrIp", "CidrIpv6", "FromPort", "GroupId", "IpProtocol", "ToPort", *replaced_by),
    )


_register(
    "AWS::EC2::SecurityGroupIngress",
    _Direction("IpPermissions", ec2._authorize_sg_ingress, ec2._revoke_sg_ingress),
    (
        "GroupName",
        "SourcePrefixListId",
        "SourceSecurityGroupId",
        "SourceSecurityGroupName",
        "SourceSecurityGroupOwnerId",
    ),
)
_register(
    "AWS::EC2::SecurityGroupEgress",
    _Direction("IpPermissionsEgress", ec2._authorize_sg_egress, ec2._revoke_sg_egress),
    ("DestinationPrefixListId", "DestinationSecurityGroupId"),
)
