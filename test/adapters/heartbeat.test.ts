import { httpHeartbeat } from '../../functions/adapters/http/heartbeat.ts';
import { duration } from '../../functions/domain/time.ts';
import { openServer } from '../support/http-server.ts';

describe('the heartbeat', () => {
  test('is heard where somebody answers well', async () => {
    const server = await openServer((response) => response.end('ok'));
    expect(await httpHeartbeat(server.url).beat()).toBe(true);
    expect(server.seen).toMatchObject([{ method: 'POST', body: Buffer.alloc(0) }]);
    await server.close();
  });

  test.each([[404], [500]])('is not heard where the answer is %i', async (status) => {
    const server = await openServer((response) => {
      response.statusCode = status;
      response.end();
    });
    expect(await httpHeartbeat(server.url).beat()).toBe(false);
    await server.close();
  });

  test('is not heard through a redirect: the switch stands where it was configured', async () => {
    const server = await openServer((response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end();
    });
    expect(await httpHeartbeat(server.url).beat()).toBe(false);
    await server.close();
  });

  test('is not heard where nobody answers in time', async () => {
    const server = await openServer(() => undefined);
    expect(await httpHeartbeat(server.url, duration(20)).beat()).toBe(false);
    await server.close();
  });

  test('is not heard where nobody listens', async () => {
    expect(await httpHeartbeat('http://127.0.0.1:1/').beat()).toBe(false);
  });

  test('without an address calls nobody and is always well', async () => {
    expect(await httpHeartbeat('').beat()).toBe(true);
  });
});
