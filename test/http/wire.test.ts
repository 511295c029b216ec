import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { serve, type TestServer } from './support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({ limits: { maxPayloadBytes: 100_000 } });
});
afterAll(() => server.stop());

const ask = '{"inputs":"hi"}';

function head(path: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ Host: 'x', 'Content-Type': 'application/json', ...headers });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

const request = (body: string, path = '/generate') =>
  `${head(path, { 'Content-Length': Buffer.byteLength(body) })}${body}`;

/** Sends bytes as they are. @returns all that came back until the server closed the connection */
async function exchange(send: (socket: Socket) => void, port = server.port): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += data));
  socket.on('error', () => {}); // a reset is an end, too
  send(socket);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

// Whatever a client did, the next one is served, and nothing is held for the first.
afterEach(async () => {
  expect((await server.post('/generate', ask)).status).toBe(200);
  expect(server.services.admission.numAdmitted).toBe(0);
  expect(server.errors).toEqual([]);
});

describe('what comes over the wire', () => {
  it('is answered where a body comes in chunks, one byte each', async () => {
    const chunks = [...ask].map((byte) => `1\r\n${byte}\r\n`).join('');
    const answer = await exchange((socket) =>
      socket.write(`${head('/generate', { 'Transfer-Encoding': 'chunked', Connection: 'close' })}${chunks}0\r\n\r\n`),
    );
    expect(statuses(answer)).toEqual([200]);
  });

  it('is answered in order where requests come before the answers', async () => {
    const answer = await exchange((socket) => {
      socket.write(request('{"inputs":"a"}') + request('{') + request('{"inputs":"b"}', '/nope'));
      socket.write(`${head('/generate', { 'Content-Length': ask.length, Connection: 'close' })}${ask}`);
    });
    expect(statuses(answer)).toEqual([200, 400, 404, 200]);
  });

  it('is no request where the body ends early', async () => {
    const answer = await exchange((socket) => socket.end(`${head('/generate', { 'Content-Length': 1000 })}{"inputs"`));
    expect(statuses(answer).every((status) => status === 400)).toBe(true);
  });

  it('is cut where a body is longer than it says', async () => {
    const answer = await exchange((socket) => socket.write(head('/generate', { 'Content-Length': 4 }) + ask));
    expect(new Set(statuses(answer))).toEqual(new Set([400]));
  });

  it.each([
    ['two lengths', `${head('/generate', { 'Content-Length': '15, 16' })}${ask}`],
    ['a length and chunks', `${head('/generate', { 'Content-Length': 15, 'Transfer-Encoding': 'chunked' })}0\r\n\r\n`],
    ['a chunk without a size', `${head('/generate', { 'Transfer-Encoding': 'chunked' })}zz\r\n${ask}`],
    ['a header without a name', `POST /generate HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n`],
    ['no HTTP', '\x16\x03\x01\x02\x00'],
  ])('is refused with %s', async (_what, bytes) => {
    expect(statuses(await exchange((socket) => socket.write(bytes)))).toEqual([400]);
  });

  it('is refused with headers of more than 16 kB', async () => {
    const answer = await exchange((socket) => socket.write(head('/generate', { 'X-Long': 'a'.repeat(20_000) })));
    expect(statuses(answer)).toEqual([431]);
  });

  it('is cut off where a body comes too slowly', async () => {
    const hasty = await serve({ listen: { requestTimeoutMs: 50 } });
    const slow = (socket: Socket) => socket.write(`${head('/generate', { 'Content-Length': 15 })}{`);
    expect(statuses(await exchange(slow, hasty.port))).toEqual([408]);
    expect(hasty.errors).toEqual([]);
    await hasty.stop();
  });

  it('is cut off where chunks go on beyond the limit', async () => {
    const answer = await exchange((socket) => {
      socket.write(head('/generate', { 'Transfer-Encoding': 'chunked', Connection: 'close' }));
      const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      for (let count = 0; count < 8; count++) socket.write(chunk);
      socket.write('0\r\n\r\n');
    });
    expect(statuses(answer)).toEqual([413]);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip'])('is not unpacked: %s', async (encoding) => {
    const body = gzipSync('{"inputs":"'.padEnd(10_000_000, 'a'));
    const response = await fetch(`${server.url}/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body,
    });
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 415,
      text: expect.stringContaining('content-encoding'),
    });
  });

  it('stays HTTP where another protocol is asked for', async () => {
    const upgrade = { Connection: 'Upgrade, close', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'eA==' };
    const answer = await exchange((socket) => {
      socket.write(`${head('/generate', { ...upgrade, 'Content-Length': ask.length })}${ask}`);
    });
    expect(statuses(answer)).toEqual([200]);
    expect(statuses(await exchange((socket) => socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n')))).toEqual([]);
  });

  it('is told to send a body that asks whether it may', async () => {
    const answer = await exchange((socket) => {
      socket.write(head('/generate', { 'Content-Length': ask.length, Expect: '100-continue', Connection: 'close' }));
      socket.once('data', () => socket.write(ask));
    });
    expect(statuses(answer)).toEqual([100, 200]);
  });
});

const routes = ['/generate', '/generate_stream', '/', '/tokenize', '/chat_tokenize', '/v1/chat/completions'];
const hostile: Readonly<Record<string, string>> = {
  'nested lists': '['.repeat(50_000),
  'nested lists in a field': `{"inputs":"x","messages":[{"role":"user","content":"x"}],"prompt":"x","z":${'['.repeat(20_000)}`,
  'nested objects': '{"a":'.repeat(10_000),
  'a lone surrogate': '{"inputs":"\\ud800","messages":[{"role":"user","content":"\\udc00"}],"prompt":"\\ud800"}',
  NaN: '{"inputs":"x","messages":[],"prompt":"x","temperature":NaN}',
  '1e999': '{"inputs":"x","messages":[{"role":"user","content":"x"}],"prompt":"x","temperature":1e999}',
  'a key twice': '{"inputs":"x","inputs":"y","prompt":"x","prompt":"y","messages":[],"messages":[{}]}',
  'a body too long': `{"inputs":"${'a'.repeat(200_000)}"}`,
};

describe.each([...routes, '/v1/completions', '/openai/v1/chat/completions', '/invocations', '/vertex'])(
  'a hostile body at %s',
  (path) => {
    it.each(Object.keys(hostile))('of %s gets a 4xx', async (name) => {
      const { status } = await server.post(path, hostile[name]!);
      expect([400, 413, 422]).toContain(status);
    });
  },
);

describe('seeds', () => {
  it.each(['9007199254740993', '18446744073709551615'])('of %s are exact', async (seed) => {
    const body = `{"inputs":"x","parameters":{"seed":${seed},"do_sample":true,"details":true}}`;
    expect(await (await server.post('/generate', body)).text()).toContain(`"seed":${seed},`);
  });
});
