"""WAFv2: IP sets, associations of a web ACL, and where a web ACL writes its log."""

from ministack.core.responses import AccountScopedDict, error_response_json, json_response

from .. import hooks, registry
from ..service_calls import json_of
from ..stores import keep

waf = hooks.borrow(
    "ministack.services.waf",
    "_associate_web_acl",
    "_associations",
    "_create_ip_set",
    "_delete_ip_set",
    "_get_ip_set",
    "_resolve_local_web_acl",
    "_update_ip_set",
)

# A log destination's name must begin so, whatever its service; AWS refuses any other.
LOG_DESTINATION_PREFIX = "aws-waf-logs-"

# Web ACL ARN -> logging configuration, which MiniStack's WAF does not have.
_logging = keep("wafv2_logging", AccountScopedDict())


def _create_ip_set(logical_id, props, stack_name):
    name = registry.name_of(props, "Name", stack_name, logical_id, 128)
    request = {
        key: props[key] for key in ("Scope", "IPAddressVersion", "Addresses", "Description", "Tags") if key in props
    }
    summary = json_of(waf._create_ip_set({**request, "Name": name}))["Summary"]
    return f"{name}|{summary['Id']}|{props['Scope']}", {"Arn": summary["ARN"], "Id": summary["Id"]}


def _update_ip_set(physical_id, _old, new, _stack_name, _logical_id):
    _name, set_id, scope = physical_id.split("|")
    json_of(waf._update_ip_set({"Id": set_id, "Scope": scope, "Addresses": new["Addresses"]}))
    return physical_id, {"Arn": _ip_set_arn(set_id, scope), "Id": set_id}


def _delete_ip_set(physical_id, _props):
    _name, set_id, scope = physical_id.split("|")
    json_of(waf._delete_ip_set({"Id": set_id, "Scope": scope}))


def _ip_set_arn(set_id, scope):
    return json_of(waf._get_ip_set({"Id": set_id, "Scope": scope}))["IPSet"]["ARN"]


def _associate(_logical_id, props, _stack_name):
    json_of(waf._associate_web_acl({"WebACLArn": props["WebACLArn"], "ResourceArn": props["ResourceArn"]}))
    return f"{props['WebACLArn']}|{props['ResourceArn']}", {}


def _disassociate(physical_id, _props):
    web_acl_arn, resource_arn = physical_id.split("|")
    # A replacement associates the resource with another web ACL before this one goes: that one stays.
    if waf._associations.get(resource_arn) == web_acl_arn:
        waf._associations.pop(resource_arn)


def _unchanged(physical_id, _old, _new, _stack_name, _logical_id):
    return physical_id, {}


def _put_logging(_logical_id, props, _stack_name):
    _acl, refused = waf._resolve_local_web_acl(props["ResourceArn"])
    if refused:
        json_of(refused)
    for destination in props["LogDestinationConfigs"]:
        if not _destination_name(destination).startswith(LOG_DESTINATION_PREFIX):
            raise ValueError(
                f"The log destination {destination} is not valid: its name must begin with {LOG_DESTINATION_PREFIX}"
            )
    carried = ("ResourceArn", "LogDestinationConfigs", "RedactedFields", "LoggingFilter")
    _logging[props["ResourceArn"]] = {key: props[key] for key in carried if key in props}
    return props["ResourceArn"], {"ManagedByFirewallManager": False}


def _destination_name(arn):
    """The name in the ARN of a log group (`…:log-group:NAME`), delivery stream (`…:deliverystream/NAME`) or bucket."""
    return arn.removesuffix(":*").split(":")[-1].split("deliverystream/")[-1]


def _update_logging(_physical_id, _old, new, stack_name, logical_id):
    return _put_logging(logical_id, new, stack_name)


def _delete_logging(physical_id, _props):
    _logging.pop(physical_id, None)


def _with_logging_actions(original):
    """The two read actions of the API, so that what was deployed can be read back."""

    async def handle_request(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").split(".")[-1]
        if action == "ListLoggingConfigurations":
            return json_response({"LoggingConfigurations": list(_logging.values())})
        if action == "GetLoggingConfiguration":
            found = _logging.get(json_of((200, {}, body)).get("ResourceArn", ""))
            if found:
                return json_response({"LoggingConfiguration": found})
            return error_response_json("WAFNonexistentItemException", "The web ACL has no logging configuration.", 400)
        return await original(method, path, headers, body, query_params)

    return handle_request


registry.add(
    "AWS::WAFv2::IPSet",
    create=_create_ip_set,
    update=_update_ip_set,
    delete=_delete_ip_set,
    replaced_by=("IPAddressVersion", "Name", "Scope"),
    tags="Tags",
)
registry.add(
    "AWS::WAFv2::WebACLAssociation",
    create=_associate,
    update=_unchanged,
    delete=_disassociate,
    replaced_by=("ResourceArn", "WebACLArn"),
)
registry.add(
    "AWS::WAFv2::LoggingConfiguration",
    create=_put_logging,
    update=_update_logging,
    delete=_delete_logging,
    replaced_by=("ResourceArn",),
)
hooks.wrap("ministack.services.waf", "handle_request", _with_logging_actions)
