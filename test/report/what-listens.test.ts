import { expect, test } from 'vitest';
import type { ListeningPort } from '../../src/ports.js';
import { whatListensText } from '../../src/report/what-listens.js';

const on = (port: number, ...loopbacks: ListeningPort['on']): ListeningPort => ({
  port,
  on: loopbacks.length === 0 ? ['127.0.0.1'] : loopbacks,
});

test('what speaks IPv6 alone is told to whoever typed an address of IPv4', () => {
  const text = whatListensText({ host: '127.0.0.1', port: 3000 }, [on(3000, '::1'), on(3001)]);
  expect(text).toBe(
    '! [::1]:3000 takes connections: what listens there speaks IPv6 alone. Type\n' +
      '  localhost:3000, which tries both.\n',
  );
});

test('and the other way round', () => {
  const text = whatListensText({ host: '[::1]', port: 3000 }, [on(3000)]);
  expect(text).toContain('! 127.0.0.1:3000 takes connections: what listens there speaks IPv4');
});

test('a name is tried on both, so there is nothing to say of it', () => {
  expect(whatListensText({ host: 'localhost', port: 3000 }, [on(3000)])).toBe('');
});

test('the nearest ports are named, and none of the system or of a database', () => {
  const listening = [22, 3306, 3001, 8080, 3100, 45_000, 2900].map((port) => on(port));
  expect(whatListensText({ host: 'localhost', port: 3000 }, listening)).toBe(
    '! Ports 3001, 3100, 2900, 8080 of this machine take connections. Is one yours?\n',
  );
  expect(whatListensText({ host: 'localhost', port: 3000 }, [on(3001)])).toBe(
    '! Port 3001 of this machine takes connections. Is it yours?\n',
  );
});

test('nothing is said where nothing listens', () => {
  expect(whatListensText({ host: 'localhost', port: 3000 }, [])).toBe('');
});
