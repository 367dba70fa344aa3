"""EC2: elastic IPs, NAT gateways and flow logs; the address range of a VPC as an attribute."""

from .. import hooks, registry
from ..service_calls import element_of, query_parameters, text_of

ec2 = hooks.borrow(
    "ministack.services.ec2",
    "_addresses",
    "_allocate_address",
    "_create_flow_logs",
    "_create_nat_gateway",
    "_flow_logs",
    "_nat_gateways",
    "_release_address",
    "_subnets",
    "_tags",
    "_vpcs",
)
apply_tags = hooks.borrow("ministack.services.cloudformation.provisioners", "_ec2_apply_tags")._ec2_apply_tags


def _create_address(_logical_id, props, _stack_name):
    response = ec2._allocate_address(query_parameters({"Domain": props.get("Domain", "vpc")}))
    allocation_id = element_of(response, "allocationId")
    apply_tags(allocation_id, props)
    return _address(allocation_id)


def _update_address(physical_id, old, new, _stack_name, _logical_id):
    allocation_id = _allocation_of(physical_id)
    apply_tags(allocation_id, new, old)
    return _address(allocation_id)


def _delete_address(physical_id, _props):
    allocation_id = _allocation_of(physical_id)
    if allocation_id:
        text_of(ec2._release_address(query_parameters({"AllocationId": allocation_id})))


def _address(allocation_id):
    public_ip = ec2._addresses[allocation_id]["PublicIp"]
    return public_ip, {"AllocationId": allocation_id, "PublicIp": public_ip}


def _allocation_of(public_ip):
    return next((key for key, record in ec2._addresses.items() if record["PublicIp"] == public_ip), None)


def _create_nat_gateway(_logical_id, props, _stack_name):
    if props["SubnetId"] not in ec2._subnets:
        raise ValueError(f"The subnet ID '{props['SubnetId']}' does not exist")
    if props.get("ConnectivityType", "public") == "public" and props.get("AllocationId") not in ec2._addresses:
        raise ValueError(
            f"The allocation ID '{props.get('AllocationId')}' does not exist; a public NAT gateway needs one"
        )
    request = {key: props[key] for key in ("SubnetId", "AllocationId", "ConnectivityType") if key in props}
    gateway_id = element_of(ec2._create_nat_gateway(query_parameters(request)), "natGatewayId")
    apply_tags(gateway_id, props)
    return gateway_id, {"NatGatewayId": gateway_id}


def _delete_nat_gateway(physical_id, _props):
    ec2._nat_gateways.pop(physical_id, None)
    ec2._tags.pop(physical_id, None)


def _create_flow_log(_logical_id, props, _stack_name):
    request = {
        "ResourceId": [props["ResourceId"]],
        "ResourceType": props["ResourceType"],
        "TrafficType": props.get("TrafficType", "ALL"),
        "LogDestinationType": props.get("LogDestinationType", "cloud-watch-logs"),
        "LogGroupName": props.get("LogGroupName", ""),
        "LogDestination": props.get("LogDestination", ""),
    }
    before = set(ec2._flow_logs.keys())
    text_of(ec2._create_flow_logs(query_parameters(request)))
    (flow_log_id,) = set(ec2._flow_logs.keys()) - before
    apply_tags(flow_log_id, props)
    return flow_log_id, {"Id": flow_log_id}


def _delete_flow_log(physical_id, _props):
    ec2._flow_logs.pop(physical_id, None)
    ec2._tags.pop(physical_id, None)


def _retag(attribute):
    """An update of a type of which only tags and what the emulator does not model can change in place."""

    def update(physical_id, old, new, _stack_name, _logical_id):
        apply_tags(physical_id, new, old)
        return physical_id, {attribute: physical_id}

    return update


registry.add(
    "AWS::EC2::EIP",
    create=_create_address,
    update=_update_address,
    delete=_delete_address,
    replaced_by=("Address", "Domain", "IpamPoolId", "NetworkBorderGroup", "PublicIpv4Pool", "TransferAddress"),
    tags="Tags",
)
registry.add(
    "AWS::EC2::NatGateway",
    create=_create_nat_gateway,
    update=_retag("NatGatewayId"),
    delete=_delete_nat_gateway,
    replaced_by=("AllocationId", "ConnectivityType", "PrivateIpAddress", "SubnetId", "VpcId"),
    tags="Tags",
)
registry.add(
    "AWS::EC2::FlowLog",
    create=_create_flow_log,
    update=_retag("Id"),
    delete=_delete_flow_log,
    replaced_by=(
        "DeliverCrossAccountRole",
        "DeliverLogsPermissionArn",
        "DestinationOptions",
        "LogDestination",
        "LogDestinationType",
        "LogFormat",
        "LogGroupName",
        "MaxAggregationInterval",
        "ResourceId",
        "ResourceType",
        "TrafficType",
    ),
    tags="Tags",
)
registry.add_attributes("AWS::EC2::VPC", lambda vpc_id: {"CidrBlock": ec2._vpcs[vpc_id]["CidrBlock"]})
