import { ParlanceError } from '../../errors/errors.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { getRoute } from '../route.ts';

/** Answers while generations are taken; SageMaker asks /ping, Vertex a path of its own.
 * @param vertexPath AIP_HEALTH_ROUTE */
export function createHealthRoute(vertexPath: string | undefined) {
  return getRoute({
    paths: ['/', '/health', '/ping', ...(vertexPath === undefined ? [] : [vertexPath])],
    summary: 'Whether the server takes requests',
    tag: 'Operation',
    dialect: tgiDialect,
    isOpen: true,
    response: { description: 'It does' },
    errors: ['unavailable'],
    respond: ({ services }) => {
      if (services.admission.isDraining) throw new ParlanceError('unavailable', 'unhealthy');
      return { kind: 'empty' };
    },
  });
}
