package com.example.tickets;

import io.github.v3backend.alb.DnsZone;
import io.github.v3backend.alb.DnsZoneAttributes;
import io.github.v3backend.alb.PublicLoadBalancer;
import io.github.v3backend.alb.RouteOptions;
import io.github.v3backend.alb.TargetGroupOptions;
import io.github.v3backend.alb.TargetHealthCheck;
import io.github.v3backend.alb.TlsCertificate;
import io.github.v3backend.alb.WebAcl;
import io.github.v3backend.appshared.ServiceLogGroups;
import io.github.v3backend.appshared.TaskRoles;
import io.github.v3backend.compute.ApiOptions;
import io.github.v3backend.compute.FargateBackend;
import io.github.v3backend.compute.ImageTagParameter;
import io.github.v3backend.compute.MigrationOptions;
import io.github.v3backend.compute.ServiceOptions;
import io.github.v3backend.compute.WorkerOptions;
import io.github.v3backend.core.LayerTags;
import io.github.v3backend.core.LayerTagsProps;
import io.github.v3backend.core.Naming;
import io.github.v3backend.core.SsmContract;
import io.github.v3backend.data.JobQueue;
import io.github.v3backend.networking.Network;
import io.github.v3backend.networking.NetworkAttributes;
import io.github.v3backend.observability.AlarmOverride;
import io.github.v3backend.observability.LoadBalancerMonitoringProps;
import io.github.v3backend.observability.LogForwarder;
import io.github.v3backend.observability.LogForwarderMonitoringProps;
import io.github.v3backend.observability.MonitoredQueue;
import io.github.v3backend.observability.Monitoring;
import io.github.v3backend.observability.QueueMonitoringProps;
import io.github.v3backend.observability.ServiceMonitoringProps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** Sells tickets: an API for buyers, a worker that sends tickets, a scheduler that frees seats nobody paid for. */
public class TicketShopStack extends Stack {
  private static final String APPLICATION = "ticket-shop";
  private static final String ENVIRONMENT = "production";

  public TicketShopStack(final Construct scope, final String id, final StackProps props) {
    super(scope, id, props);
    final Naming naming = Naming.Builder.create().application(APPLICATION).environment(ENVIRONMENT).build();

    // What exists already: network, DNS zone, images, the keys of others.
    final IVpc vpc =
        Network.fromNetworkAttributes(
                this,
                "Network",
                NetworkAttributes.builder()
                    .vpcId("vpc-0123456789abcdef0")
                    .vpcCidrBlock("10.20.0.0/16")
                    .availabilityZones(List.of("eu-central-1a", "eu-central-1b"))
                    .publicSubnetIds(List.of("subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"))
                    .privateSubnetIds(List.of("subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"))
                    .build())
            .getVpc();
    final IHostedZone hostedZone =
        DnsZone.fromDnsZoneAttributes(
                this,
                "Zone",
                DnsZoneAttributes.builder().hostedZoneId("Z0123456789ABCDEFGHIJ").zoneName("tickets.example").build())
            .getHostedZone();
    final IRepository repository = Repository.fromRepositoryName(this, "Images", "ticket-shop");
    final ISecret paymentKey = Secret.fromSecretNameV2(this, "PaymentKey", "ticket-shop/payment-key");
    final ISecret grafanaCredentials =
        Secret.fromSecretCompleteArn(
            this,
            "GrafanaCredentials",
            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ticket-shop/grafana-AbCdEf");

    // The way in: HTTPS behind a web ACL, with a path of its own for the payment provider's calls.
    final ICertificate certificate =
        TlsCertificate.Builder.create(this, "Certificate")
            .domainName("www.tickets.example")
            .hostedZone(hostedZone)
            .build()
            .getCertificate();
    final PublicLoadBalancer loadBalancer =
        PublicLoadBalancer.Builder.create(this, "LoadBalancer")
            .vpc(vpc)
            .domainName("www.tickets.example")
            .hostedZone(hostedZone)
            .certificate(certificate)
            .webAcl(WebAcl.Builder.create(this, "WebAcl").rateLimit(1500).blockedCountries(List.of("KP")).build())
            .idleTimeout(Duration.seconds(90))
            .build();
    final ApplicationTargetGroup site =
        loadBalancer.addTargetGroup(
            "Site",
            TargetGroupOptions.builder()
                .port(8080)
                .healthCheck(TargetHealthCheck.builder().path("/health").build())
                .build());
    loadBalancer.addRoute("Site", RouteOptions.builder().paths(List.of("/*")).targetGroup(site).build());
    loadBalancer.addRoute(
        "Payments",
        RouteOptions.builder()
            .paths(List.of("/payments/*"))
            .methods(List.of("POST"))
            .headers(Map.of("X-Provider", List.of("payments.example")))
            .targetGroup(site)
            .priority(10)
            .build());

    // What the services share.
    final JobQueue orders =
        JobQueue.Builder.create(this, "Orders").maxJobDuration(Duration.minutes(1)).maxReceiveCount(3).build();
    final ServiceLogGroups logs =
        ServiceLogGroups.Builder.create(this, "Logs").retention(RetentionDays.THREE_MONTHS).build();
    final TaskRoles roles =
        TaskRoles.Builder.create(this, "Roles")
            .executionRoleName(naming.resourceName("task-execution-role"))
            .taskRoleName(naming.resourceName("task-role"))
            .repositories(List.of(repository))
            .logGroups(List.of(logs.getApi(), logs.getWorker(), logs.getScheduler(), logs.getMigration()))
            .injectedSecrets(List.of(paymentKey))
            .queues(List.of(orders.getQueue()))
            .build();
    final SecurityGroup securityGroup = SecurityGroup.Builder.create(this, "ServiceSecurityGroup").vpc(vpc).build();
    securityGroup.getConnections().allowFrom(loadBalancer.getLoadBalancer(), Port.tcp(8080), "Load balancer");

    // The services. The migration runs before them, within the deployment.
    final String imageTag =
        ImageTagParameter.Builder.create(this, "ImageTag").defaultTag("1.0.0").build().getTag();
    final FargateBackend backend =
        FargateBackend.Builder.create(this, "Backend")
            .vpc(vpc)
            .securityGroup(securityGroup)
            .repository(repository)
            .imageTag(imageTag)
            .executionRole(roles.getExecutionRole())
            .taskRole(roles.getTaskRole())
            .port(8080)
            .namespaceName("tickets.internal")
            .environment(Map.of("ORDERS_QUEUE_URL", orders.getQueue().getQueueUrl()))
            .secrets(
                Map.of("PAYMENT_KEY", software.amazon.awscdk.services.ecs.Secret.fromSecretsManager(paymentKey)))
            .api(
                ApiOptions.builder()
                    .logGroup(logs.getApi())
                    .targetGroup(site)
                    .loadBalancerFullName(loadBalancer.getLoadBalancerFullName())
                    .targetGroupFullName(site.getTargetGroupFullName())
                    .minCapacity(2)
                    .maxCapacity(12)
                    .build())
            .worker(
                WorkerOptions.builder()
                    .logGroup(logs.getWorker())
                    .queues(List.of(orders.getQueue()))
                    .backlogPerTask(25)
                    .spotPercent(50)
                    .build())
            .scheduler(
                ServiceOptions.builder()
                    .logGroup(logs.getScheduler())
                    .environmentOverrides(Map.of("RESERVATION_MINUTES", "15"))
                    .build())
            .migration(
                MigrationOptions.builder().logGroup(logs.getMigration()).timeout(Duration.minutes(20)).build())
            .build();

    // What tells people: the services' logs in Grafana, and alarms by mail.
    final LogForwarder forwarder =
        LogForwarder.Builder.create(this, "LogForwarder")
            .logGroups(Map.of("api", logs.getApi(), "scheduler", logs.getScheduler(), "worker", logs.getWorker()))
            .lokiUrl("https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push")
            .credentialsSecret(grafanaCredentials)
            .labels(Map.of("application", APPLICATION, "environment", ENVIRONMENT))
            .serviceFilterPatterns(Map.of("worker", List.of("ERROR", "WARN")))
            .build();
    final Monitoring monitoring =
        Monitoring.Builder.create(this, "Monitoring")
            .criticalEmails(List.of("oncall@tickets.example"))
            .loadBalancer(
                LoadBalancerMonitoringProps.builder()
                    .loadBalancerFullName(loadBalancer.getLoadBalancerFullName())
                    .targetGroupFullNames(Map.of("site", site.getTargetGroupFullName()))
                    .build())
            .services(
                ServiceMonitoringProps.builder()
                    .clusterName(backend.getClusterName())
                    .serviceNames(
                        // The dashboard is in the order of the services, which Map.of has another of in every run.
                        new TreeMap<>(
                            Map.of(
                                "api", backend.getApiServiceName(),
                                "scheduler", backend.getSchedulerServiceName(),
                                "worker", backend.getWorkerServiceName())))
                    .alarmOverrides(Map.of("WorkerCpu", AlarmOverride.builder().enabled(false).build()))
                    .build())
            .queues(
                QueueMonitoringProps.builder()
                    .queues(
                        Map.of(
                            "orders",
                            MonitoredQueue.builder()
                                .queue(orders.getQueue())
                                .deadLetterQueue(orders.getDeadLetterQueue())
                                .build()))
                    .build())
            .logForwarder(
                LogForwarderMonitoringProps.builder()
                    .functionName(forwarder.getFunctionName())
                    .deadLetterQueueName(forwarder.getDeadLetterQueueName())
                    .build())
            .build();

    // What other stacks may know.
    loadBalancer.publish(contract("entry"));
    backend.publish(contract("services"));
    monitoring.publish(contract("monitoring"));
    CfnOutput.Builder.create(this, "Url").value(loadBalancer.getUrl()).build();
    LayerTags.apply(
        this,
        LayerTagsProps.builder()
            .application(APPLICATION)
            .environment(ENVIRONMENT)
            .layer("shop")
            .owner("box-office@tickets.example")
            .build());
  }

  private static SsmContract contract(final String stack) {
    return SsmContract.Builder.create().application(APPLICATION).environment(ENVIRONMENT).stack(stack).build();
  }
}
