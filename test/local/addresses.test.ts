import { parseMqttAddress, s3UrlOf } from '../../local/platform/borrowed.ts';
import { localApiUrl } from '../../local/platform/platform.ts';

const endpoint = { url: 'https://127.0.0.1:4567' };

test.each([
  'http://ab12.execute-api.localhost:4566',
  'https://ab12.execute-api.us-east-1.amazonaws.com',
  'https://ab12.execute-api.localhost.localstack.cloud:4566/',
])('the API at %s is reached by path on a local platform', (url) => {
  expect(localApiUrl(endpoint, url)).toBe('https://127.0.0.1:4567/_aws/execute-api/ab12/$default');
});

test('an address that is no execute-api host stays as it is', () => {
  expect(localApiUrl(endpoint, 'https://api.example.org/')).toBe('https://api.example.org');
});

test("LocalStack's S3 is asked for under the host name that puts buckets in front", () => {
  expect(s3UrlOf('http://localhost:4566', undefined)).toBe('http://s3.localhost.localstack.cloud:4566');
  expect(s3UrlOf('https://localhost.localstack.cloud', undefined)).toBe(
    'https://s3.localhost.localstack.cloud',
  );
});

test('an address keeps S3 on itself, because no bucket name can stand before it', () => {
  expect(s3UrlOf('http://127.0.0.1:4566', undefined)).toBeUndefined();
});

test("a person's own S3 address comes first", () => {
  expect(s3UrlOf('http://localhost:4566', 'http://s3.test:9')).toBe('http://s3.test:9');
});

test.each([
  ['mqtts://broker:1', { protocol: 'mqtts', host: 'broker', port: 1 }],
  ['mqtt://broker', { protocol: 'mqtt', host: 'broker', port: 1883 }],
  ['broker:4510', { protocol: 'mqtts', host: 'broker', port: 4510 }],
])('%s is an address for devices', (text, address) => {
  expect(parseMqttAddress(text)).toEqual(address);
});

test('an address of another protocol is refused with the remedy', () => {
  expect(() => parseMqttAddress('https://broker')).toThrow(/Remedy: set TOCSIN_MQTT_ENDPOINT/);
});
