import type { StackStep } from '../../deploy/stacks.ts';

/** A step of a stack for the terminal, such as `CREATE_COMPLETE  SageMaker::Endpoint  EndpointA1B2`. */
export function stackStepLine({
  resourceType,
  resourceId,
  status,
  reason,
}: Pick<StackStep, 'resourceType' | 'resourceId' | 'status'> & { readonly reason?: string | undefined }): string {
  const type = resourceType.replace(/^AWS::/, '').padEnd(32);
  return `${status.padEnd(18)}  ${type}  ${resourceId}${reason && /FAILED|ROLLBACK/.test(status) ? `: ${reason}` : ''}`;
}
