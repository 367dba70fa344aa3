package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	alb "github.com/v3-backend/v3-backend-go/v3backendalb"
	appshared "github.com/v3-backend/v3-backend-go/v3backendappshared"
	compute "github.com/v3-backend/v3-backend-go/v3backendcompute"
	core "github.com/v3-backend/v3-backend-go/v3backendcore"
	data "github.com/v3-backend/v3-backend-go/v3backenddata"
	networking "github.com/v3-backend/v3-backend-go/v3backendnetworking"
	observability "github.com/v3-backend/v3-backend-go/v3backendobservability"
)

const (
	application = "ticket-shop"
	environment = "production"
)

// NewTicketShopStack sells tickets: an API for buyers, a worker that sends tickets, a scheduler that frees seats nobody
// paid for.
func NewTicketShopStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	naming := core.NewNaming(&core.NamingProps{
		Application: jsii.String(application),
		Environment: jsii.String(environment),
	})

	// What exists already: network, DNS zone, images, the keys of others.
	vpc := networking.Network_FromNetworkAttributes(stack, jsii.String("Network"), &networking.NetworkAttributes{
		VpcId:             jsii.String("vpc-0123456789abcdef0"),
		VpcCidrBlock:      jsii.String("10.20.0.0/16"),
		AvailabilityZones: jsii.Strings("eu-central-1a", "eu-central-1b"),
		PublicSubnetIds:   jsii.Strings("subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"),
		PrivateSubnetIds:  jsii.Strings("subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"),
	}).Vpc()
	hostedZone := alb.DnsZone_FromDnsZoneAttributes(stack, jsii.String("Zone"), &alb.DnsZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"),
		ZoneName:     jsii.String("tickets.example"),
	}).HostedZone()
	repository := awsecr.Repository_FromRepositoryName(stack, jsii.String("Images"), jsii.String("ticket-shop"))
	paymentKey := awssecretsmanager.Secret_FromSecretNameV2(
		stack, jsii.String("PaymentKey"), jsii.String("ticket-shop/payment-key"))
	grafanaCredentials := awssecretsmanager.Secret_FromSecretCompleteArn(
		stack,
		jsii.String("GrafanaCredentials"),
		jsii.String("arn:aws:secretsmanager:eu-central-1:111122223333:secret:ticket-shop/grafana-AbCdEf"))

	// The way in: HTTPS behind a web ACL, with a path of its own for the payment provider's calls.
	certificate := alb.NewTlsCertificate(stack, jsii.String("Certificate"), &alb.TlsCertificateProps{
		DomainName: jsii.String("www.tickets.example"),
		HostedZone: hostedZone,
	}).Certificate()
	loadBalancer := alb.NewPublicLoadBalancer(stack, jsii.String("LoadBalancer"), &alb.PublicLoadBalancerProps{
		Vpc:         vpc,
		DomainName:  jsii.String("www.tickets.example"),
		HostedZone:  hostedZone,
		Certificate: certificate,
		WebAcl: alb.NewWebAcl(stack, jsii.String("WebAcl"), &alb.WebAclProps{
			RateLimit:        jsii.Number(1500),
			BlockedCountries: jsii.Strings("KP"),
		}),
		IdleTimeout: awscdk.Duration_Seconds(jsii.Number(90)),
	})
	site := loadBalancer.AddTargetGroup(jsii.String("Site"), &alb.TargetGroupOptions{
		Port:        jsii.Number(8080),
		HealthCheck: &alb.TargetHealthCheck{Path: jsii.String("/health")},
	})
	loadBalancer.AddRoute(jsii.String("Site"), &alb.RouteOptions{Paths: jsii.Strings("/*"), TargetGroup: site})
	loadBalancer.AddRoute(jsii.String("Payments"), &alb.RouteOptions{
		Paths:       jsii.Strings("/payments/*"),
		Methods:     jsii.Strings("POST"),
		Headers:     &map[string]*[]*string{"X-Provider": jsii.Strings("payments.example")},
		TargetGroup: site,
		Priority:    jsii.Number(10),
	})

	// What the services share.
	orders := data.NewJobQueue(stack, jsii.String("Orders"), &data.JobQueueProps{
		MaxJobDuration:  awscdk.Duration_Minutes(jsii.Number(1)),
		MaxReceiveCount: jsii.Number(3),
	})
	logs := appshared.NewServiceLogGroups(stack, jsii.String("Logs"), &appshared.ServiceLogGroupsProps{
		Retention: awslogs.RetentionDays_THREE_MONTHS,
	})
	roles := appshared.NewTaskRoles(stack, jsii.String("Roles"), &appshared.TaskRolesProps{
		ExecutionRoleName: naming.ResourceName(jsii.String("task-execution-role")),
		TaskRoleName:      naming.ResourceName(jsii.String("task-role")),
		Repositories:      &[]awsecr.IRepository{repository},
		LogGroups:         &[]awslogs.ILogGroup{logs.Api(), logs.Worker(), logs.Scheduler(), logs.Migration()},
		InjectedSecrets:   &[]awssecretsmanager.ISecret{paymentKey},
		Queues:            &[]awssqs.IQueue{orders.Queue()},
	})
	securityGroup := awsec2.NewSecurityGroup(stack, jsii.String("ServiceSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc: vpc,
	})
	securityGroup.Connections().AllowFrom(
		loadBalancer.LoadBalancer(), awsec2.Port_Tcp(jsii.Number(8080)), jsii.String("Load balancer"))

	// The services. The migration runs before them, within the deployment.
	imageTag := compute.NewImageTagParameter(stack, jsii.String("ImageTag"), &compute.ImageTagParameterProps{
		DefaultTag: jsii.String("1.0.0"),
	}).Tag()
	backend := compute.NewFargateBackend(stack, jsii.String("Backend"), &compute.FargateBackendProps{
		Vpc:           vpc,
		SecurityGroup: securityGroup,
		Repository:    repository,
		ImageTag:      imageTag,
		ExecutionRole: roles.ExecutionRole(),
		TaskRole:      roles.TaskRole(),
		Port:          jsii.Number(8080),
		NamespaceName: jsii.String("tickets.internal"),
		Environment:   &map[string]*string{"ORDERS_QUEUE_URL": orders.Queue().QueueUrl()},
		Secrets:       &map[string]awsecs.Secret{"PAYMENT_KEY": awsecs.Secret_FromSecretsManager(paymentKey, nil)},
		Api: &compute.ApiOptions{
			LogGroup:             logs.Api(),
			TargetGroup:          site,
			LoadBalancerFullName: loadBalancer.LoadBalancerFullName(),
			TargetGroupFullName:  site.TargetGroupFullName(),
			MinCapacity:          jsii.Number(2),
			MaxCapacity:          jsii.Number(12),
		},
		Worker: &compute.WorkerOptions{
			LogGroup:       logs.Worker(),
			Queues:         &[]awssqs.IQueue{orders.Queue()},
			BacklogPerTask: jsii.Number(25),
			SpotPercent:    jsii.Number(50),
		},
		Scheduler: &compute.ServiceOptions{
			LogGroup:             logs.Scheduler(),
			EnvironmentOverrides: &map[string]*string{"RESERVATION_MINUTES": jsii.String("15")},
		},
		Migration: &compute.MigrationOptions{
			LogGroup: logs.Migration(),
			Timeout:  awscdk.Duration_Minutes(jsii.Number(20)),
		},
	})

	// What tells people: the services' logs in Grafana, and alarms by mail.
	forwarder := observability.NewLogForwarder(stack, jsii.String("LogForwarder"), &observability.LogForwarderProps{
		LogGroups: &map[string]awslogs.ILogGroup{
			"api":       logs.Api(),
			"scheduler": logs.Scheduler(),
			"worker":    logs.Worker(),
		},
		LokiUrl:           jsii.String("https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push"),
		CredentialsSecret: grafanaCredentials,
		Labels: &map[string]*string{
			"application": jsii.String(application),
			"environment": jsii.String(environment),
		},
		ServiceFilterPatterns: &map[string]*[]*string{"worker": jsii.Strings("ERROR", "WARN")},
	})
	monitoring := observability.NewMonitoring(stack, jsii.String("Monitoring"), &observability.MonitoringProps{
		CriticalEmails: jsii.Strings("oncall@tickets.example"),
		LoadBalancer: &observability.LoadBalancerMonitoringProps{
			LoadBalancerFullName: loadBalancer.LoadBalancerFullName(),
			TargetGroupFullNames: &map[string]*string{"site": site.TargetGroupFullName()},
		},
		Services: &observability.ServiceMonitoringProps{
			ClusterName: backend.ClusterName(),
			ServiceNames: &map[string]*string{
				"api":       backend.ApiServiceName(),
				"scheduler": backend.SchedulerServiceName(),
				"worker":    backend.WorkerServiceName(),
			},
			AlarmOverrides: &map[string]*observability.AlarmOverride{"WorkerCpu": {Enabled: jsii.Bool(false)}},
		},
		Queues: &observability.QueueMonitoringProps{
			Queues: &map[string]*observability.MonitoredQueue{
				"orders": {Queue: orders.Queue(), DeadLetterQueue: orders.DeadLetterQueue()},
			},
		},
		LogForwarder: &observability.LogForwarderMonitoringProps{
			FunctionName:        forwarder.FunctionName(),
			DeadLetterQueueName: forwarder.DeadLetterQueueName(),
		},
	})

	// What other stacks may know.
	loadBalancer.Publish(contract("entry"))
	backend.Publish(contract("services"))
	monitoring.Publish(contract("monitoring"))
	awscdk.NewCfnOutput(stack, jsii.String("Url"), &awscdk.CfnOutputProps{Value: loadBalancer.Url()})
	core.LayerTags_Apply(stack, &core.LayerTagsProps{
		Application: jsii.String(application),
		Environment: jsii.String(environment),
		Layer:       jsii.String("shop"),
		Owner:       jsii.String("box-office@tickets.example"),
	})
	return stack
}

func contract(stack string) core.SsmContract {
	return core.NewSsmContract(&core.SsmContractProps{
		Application: jsii.String(application),
		Environment: jsii.String(environment),
		Stack:       jsii.String(stack),
	})
}
