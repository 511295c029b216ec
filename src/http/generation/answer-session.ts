import { ParlanceError } from '../../errors/errors.ts';
import type { Answer, Headers, RequestContext } from '../route.ts';
import type { SessionRequest } from '../schema/sagemaker-session.ts';
import type { Session } from '../sessions.ts';

const SESSION_ID = 'X-Amzn-SageMaker-Session-Id';
/** What SageMaker sends for the id of a session that is not there yet. */
const NEW_SESSION = 'NEW_SESSION';

/** Opens or closes a session, as SageMaker's clients ask for it in the body.
 * @throws unknown_session
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/stateful-sessions.html */
export function answerSession({ requestType }: SessionRequest, { header, services }: RequestContext): Answer {
  if (requestType === 'NEW_SESSION') {
    const session = services.sessions.create();
    return {
      kind: 'json',
      headers: newSessionHeaders(session),
      body: { session_id: session.id, expires: expiry(session) },
    };
  }
  const id = header(SESSION_ID);
  if (id === '') {
    throw new ParlanceError(
      'unknown_session',
      `which session to close is missing: name it in the header ${SESSION_ID}`,
      {
        param: SESSION_ID,
      },
    );
  }
  services.sessions.close(id);
  return { kind: 'json', headers: { 'X-Amzn-SageMaker-Closed-Session-Id': id }, body: { closed_session_id: id } };
}

/** Answers within the session that the request names, or within a new one that the answer tells of.
 * @throws unknown_session */
export async function answerInSession(
  { header, services }: RequestContext,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const id = header(SESSION_ID);
  if (id === '') return answer();
  if (id !== NEW_SESSION) {
    services.sessions.check(id);
    return answer();
  }
  const answered = await answer();
  if (answered.kind !== 'json' && answered.kind !== 'stream') return answered;
  return { ...answered, headers: { ...answered.headers, ...newSessionHeaders(services.sessions.create()) } };
}

function newSessionHeaders(session: Session): Headers {
  return { 'X-Amzn-SageMaker-New-Session-Id': `${session.id}; Expires=${expiry(session)}` };
}

/** In whole seconds, the only form that SageMaker takes. */
function expiry({ expiresAt }: Session): string {
  return new Date(expiresAt * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
