module example.com/ticket-shop

go 1.25.0

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.270.0
	github.com/aws/constructs-go/constructs/v10 v10.8.1
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/v3-backend/v3-backend-go/v3backendalb v0.1.0
	github.com/v3-backend/v3-backend-go/v3backendappshared v0.1.0
	github.com/v3-backend/v3-backend-go/v3backendcompute v0.1.0
	github.com/v3-backend/v3-backend-go/v3backendcore v0.1.0
	github.com/v3-backend/v3-backend-go/v3backenddata v0.1.0
	github.com/v3-backend/v3-backend-go/v3backendnetworking v0.1.0
	github.com/v3-backend/v3-backend-go/v3backendobservability v0.1.0
)
