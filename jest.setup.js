// aws-cdk-lib's built-in template validation costs about 1.7 s and 400 MB a process; the `validate` target runs it.
process.env.CDK_VALIDATION = 'false';
