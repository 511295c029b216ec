import { Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Why a wildcard among the resources can't be narrower; cdk-nag is told it. Needed where there is one. */
  readonly wildcardReason?: string;
}

/** The role that SageMaker runs the containers with: nothing but what this endpoint needs.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms */
export class ExecutionRole extends Construct implements IGrantable {
  readonly role: Role;
  readonly grantPrincipal: IPrincipal;
  readonly #acknowledged = new Set<string>();

  constructor(scope: Construct, id: string, endpointName: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
      description: `Runs the containers of the SageMaker endpoint ${endpointName}`,
    });
    this.grantPrincipal = this.role;
    this.#acknowledge('NIST.800.53.R5-IAMNoInlinePolicy', 'The policy is for this one role, and goes when it goes.');
    this.allow({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
      wildcardReason:
        'PutMetricData, GetAuthorizationToken and the Describe actions of EC2 know no resources; ' +
        "PutMetricData is held to SageMaker's namespaces by a condition.",
    });
  }

  get arn(): string {
    return this.role.roleArn;
  }

  allow({ actions, resources, conditions, wildcardReason }: Permission): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions ? { conditions: { ...conditions } } : {}),
      }),
    );
    if (wildcardReason === undefined) return;
    for (const resource of resources) {
      const arn = asFinding(Stack.of(this).resolve(resource));
      if (arn.includes('*')) this.#acknowledge(`AwsSolutions-IAM5[Resource::${arn}]`, wildcardReason);
    }
  }

  #acknowledge(id: string, reason: string): void {
    if (this.#acknowledged.has(id)) return;
    this.#acknowledged.add(id);
    Validations.of(this).acknowledge({ id, reason });
  }
}

/** A resolved ARN as cdk-nag spells it in its findings: references between angle brackets. */
function asFinding(arn: unknown): string {
  if (typeof arn === 'string') return arn;
  const { Ref: name, 'Fn::Join': join } = arn as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return join ? join[1].map(asFinding).join(join[0]) : `<${name}>`;
}
