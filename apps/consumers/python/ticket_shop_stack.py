from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk.aws_ec2 import Port, SecurityGroup
from aws_cdk.aws_ecr import Repository
from aws_cdk.aws_ecs import Secret as ContainerSecret
from aws_cdk.aws_logs import RetentionDays
from aws_cdk.aws_secretsmanager import Secret
from constructs import Construct
from v3_backend_alb import (
    DnsZone,
    PublicLoadBalancer,
    TargetHealthCheck,
    TlsCertificate,
    WebAcl,
)
from v3_backend_app_shared import ServiceLogGroups, TaskRoles
from v3_backend_compute import (
    ApiOptions,
    FargateBackend,
    ImageTagParameter,
    MigrationOptions,
    ServiceOptions,
    WorkerOptions,
)
from v3_backend_core import LayerTags, Naming, SsmContract
from v3_backend_data import JobQueue
from v3_backend_networking import Network
from v3_backend_observability import (
    AlarmOverride,
    LoadBalancerMonitoringProps,
    LogForwarder,
    LogForwarderMonitoringProps,
    MonitoredQueue,
    Monitoring,
    QueueMonitoringProps,
    ServiceMonitoringProps,
)


class TicketShopStack(Stack):
    """Sells tickets: an API for buyers, a worker that sends tickets, a scheduler that frees seats nobody paid for."""

    def __init__(self, scope: Construct, id: str, *, env: Environment) -> None:
        super().__init__(scope, id, env=env)
        shop = {"application": "ticket-shop", "environment": "production"}
        naming = Naming(**shop)

        # What exists already: network, DNS zone, images, the keys of others.
        vpc = Network.from_network_attributes(
            self,
            "Network",
            vpc_id="vpc-0123456789abcdef0",
            vpc_cidr_block="10.20.0.0/16",
            availability_zones=["eu-central-1a", "eu-central-1b"],
            public_subnet_ids=["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
            private_subnet_ids=["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"],
        ).vpc
        hosted_zone = DnsZone.from_dns_zone_attributes(
            self,
            "Zone",
            hosted_zone_id="Z0123456789ABCDEFGHIJ",
            zone_name="tickets.example",
        ).hosted_zone
        repository = Repository.from_repository_name(self, "Images", "ticket-shop")
        payment_key = Secret.from_secret_name_v2(self, "PaymentKey", "ticket-shop/payment-key")
        grafana_credentials = Secret.from_secret_complete_arn(
            self,
            "GrafanaCredentials",
            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ticket-shop/grafana-AbCdEf",
        )

        # The way in: HTTPS behind a web ACL, with a path of its own for the payment provider's calls.
        certificate = TlsCertificate(
            self, "Certificate", domain_name="www.tickets.example", hosted_zone=hosted_zone
        ).certificate
        load_balancer = PublicLoadBalancer(
            self,
            "LoadBalancer",
            vpc=vpc,
            domain_name="www.tickets.example",
            hosted_zone=hosted_zone,
            certificate=certificate,
            web_acl=WebAcl(self, "WebAcl", rate_limit=1500, blocked_countries=["KP"]),
            idle_timeout=Duration.seconds(90),
        )
        site = load_balancer.add_target_group("Site", port=8080, health_check=TargetHealthCheck(path="/health"))
        load_balancer.add_route("Site", paths=["/*"], target_group=site)
        load_balancer.add_route(
            "Payments",
            paths=["/payments/*"],
            methods=["POST"],
            headers={"X-Provider": ["payments.example"]},
            target_group=site,
            priority=10,
        )

        # What the services share.
        orders = JobQueue(self, "Orders", max_job_duration=Duration.minutes(1), max_receive_count=3)
        logs = ServiceLogGroups(self, "Logs", retention=RetentionDays.THREE_MONTHS)
        roles = TaskRoles(
            self,
            "Roles",
            execution_role_name=naming.resource_name("task-execution-role"),
            task_role_name=naming.resource_name("task-role"),
            repositories=[repository],
            log_groups=[logs.api, logs.worker, logs.scheduler, logs.migration],
            injected_secrets=[payment_key],
            queues=[orders.queue],
        )
        security_group = SecurityGroup(self, "ServiceSecurityGroup", vpc=vpc)
        security_group.connections.allow_from(load_balancer.load_balancer, Port.tcp(8080), "Load balancer")

        # The services. The migration runs before them, within the deployment.
        image_tag = ImageTagParameter(self, "ImageTag", default_tag="1.0.0").tag
        backend = FargateBackend(
            self,
            "Backend",
            vpc=vpc,
            security_group=security_group,
            repository=repository,
            image_tag=image_tag,
            execution_role=roles.execution_role,
            task_role=roles.task_role,
            port=8080,
            namespace_name="tickets.internal",
            environment={"ORDERS_QUEUE_URL": orders.queue.queue_url},
            secrets={"PAYMENT_KEY": ContainerSecret.from_secrets_manager(payment_key)},
            api=ApiOptions(
                log_group=logs.api,
                target_group=site,
                load_balancer_full_name=load_balancer.load_balancer_full_name,
                target_group_full_name=site.target_group_full_name,
                min_capacity=2,
                max_capacity=12,
            ),
            worker=WorkerOptions(
                log_group=logs.worker,
                queues=[orders.queue],
                backlog_per_task=25,
                spot_percent=50,
            ),
            scheduler=ServiceOptions(
                log_group=logs.scheduler,
                environment_overrides={"RESERVATION_MINUTES": "15"},
            ),
            migration=MigrationOptions(log_group=logs.migration, timeout=Duration.minutes(20)),
        )

        # What tells people: the services' logs in Grafana, and alarms by mail.
        forwarder = LogForwarder(
            self,
            "LogForwarder",
            log_groups={"api": logs.api, "scheduler": logs.scheduler, "worker": logs.worker},
            loki_url="https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push",
            credentials_secret=grafana_credentials,
            labels=shop,
            service_filter_patterns={"worker": ["ERROR", "WARN"]},
        )
        monitoring = Monitoring(
            self,
            "Monitoring",
            critical_emails=["oncall@tickets.example"],
            load_balancer=LoadBalancerMonitoringProps(
                load_balancer_full_name=load_balancer.load_balancer_full_name,
                target_group_full_names={"site": site.target_group_full_name},
            ),
            services=ServiceMonitoringProps(
                cluster_name=backend.cluster_name,
                service_names={
                    "api": backend.api_service_name,
                    "scheduler": backend.scheduler_service_name,
                    "worker": backend.worker_service_name,
                },
                alarm_overrides={"WorkerCpu": AlarmOverride(enabled=False)},
            ),
            queues=QueueMonitoringProps(
                queues={
                    "orders": MonitoredQueue(queue=orders.queue, dead_letter_queue=orders.dead_letter_queue),
                },
            ),
            log_forwarder=LogForwarderMonitoringProps(
                function_name=forwarder.function_name,
                dead_letter_queue_name=forwarder.dead_letter_queue_name,
            ),
        )

        # What other stacks may know.
        load_balancer.publish(SsmContract(**shop, stack="entry"))
        backend.publish(SsmContract(**shop, stack="services"))
        monitoring.publish(SsmContract(**shop, stack="monitoring"))
        CfnOutput(self, "Url", value=load_balancer.url)
        LayerTags.apply(self, **shop, layer="shop", owner="box-office@tickets.example")
