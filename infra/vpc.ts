import { Aws } from 'aws-cdk-lib';
import { ParlanceError } from '../src/errors/errors.ts';
import type { ExecutionRole } from './execution-role.ts';

/** The network that containers run in. Ids rather than constructs, so that synthesis looks nothing up. */
export interface VpcSettings {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** @throws invalid_setting */
export function checkVpc({ subnetIds, securityGroupIds }: VpcSettings): void {
  check('vpc.subnetIds', 'subnet-', subnetIds);
  check('vpc.securityGroupIds', 'sg-', securityGroupIds);
}

function check(property: string, prefix: string, ids: readonly string[]): void {
  const wrong = ids.find((id) => !id.startsWith(prefix));
  if (ids.length > 0 && wrong === undefined) return;
  throw new ParlanceError(
    'invalid_setting',
    `${property} is ${wrong ?? 'empty'}: expected at least one id such as ${prefix}0123456789abcdef0`,
  );
}

/** Lets SageMaker put its network interfaces into the VPC.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms */
export function grantNetwork(role: ExecutionRole, { subnetIds, securityGroupIds }: VpcSettings): void {
  const arn = (resource: string) => `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
  const interfaces = arn('network-interface/*');
  role.allow({
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:CreateNetworkInterfacePermission',
      'ec2:DeleteNetworkInterface',
      'ec2:DeleteNetworkInterfacePermission',
    ],
    resources: [
      interfaces,
      ...subnetIds.map((id) => arn(`subnet/${id}`)),
      ...securityGroupIds.map((id) => arn(`security-group/${id}`)),
    ],
    wildcardReason: 'The network interfaces that SageMaker makes have no names before.',
  });
  role.allow({
    actions: [
      'ec2:DescribeDhcpOptions',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    resources: ['*'],
  });
}
