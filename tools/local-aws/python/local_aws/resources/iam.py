"""IAM: identity providers. Nothing here asks them: a token is not checked, and no role is taken by one."""

from .. import hooks, registry
from ..service_calls import element_of, query_parameters, text_of

iam = hooks.borrow("ministack.services.iam", "_create_oidc_provider", "_delete_oidc_provider", "_oidc_providers")

_MEMBERS = {"ClientIdList": "ClientIDList", "ThumbprintList": "ThumbprintList"}


def _create_oidc_provider(_logical_id, props, _stack_name):
    lists = {name: {"member": props.get(key) or []} for key, name in _MEMBERS.items()}
    answer = iam._create_oidc_provider(query_parameters({"Url": props["Url"], **lists}))
    arn = element_of(answer, "OpenIDConnectProviderArn")
    iam._oidc_providers[arn]["Tags"] = props.get("Tags") or []
    return arn, {"Arn": arn}


def _update_oidc_provider(physical_id, _old, new, _stack_name, _logical_id):
    iam._oidc_providers[physical_id].update(
        {name: new.get(key) or [] for key, name in _MEMBERS.items()}, Tags=new.get("Tags") or []
    )
    return physical_id, {"Arn": physical_id}


def _delete_oidc_provider(physical_id, _props):
    if physical_id in iam._oidc_providers:
        text_of(iam._delete_oidc_provider(query_parameters({"OpenIDConnectProviderArn": physical_id})))


registry.add(
    "AWS::IAM::OIDCProvider",
    create=_create_oidc_provider,
    update=_update_oidc_provider,
    delete=_delete_oidc_provider,
    replaced_by=("Url",),
    tags="Tags",
)
