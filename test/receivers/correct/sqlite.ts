import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import sqlite from 'node-sqlite3-wasm';
import { listen } from '../listen.js';
import { type CorrectReceiver, receiverOn, type StartOptions } from '../receiver.js';
import { isGenuine } from '../shop/digest.js';
import { type InqudEvent, readEvent } from '../shop/inqud-event.js';
import { STRICT } from '../shop/policy.js';
import { statusNamed } from '../shop/status.js';
import { orderOf } from '../shop/store.js';
import { exact } from '../shop/views.js';

const SCHEMA = `
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  CREATE TABLE events (resource TEXT, status TEXT, PRIMARY KEY (resource, status));
  CREATE TABLE resources (
    id TEXT PRIMARY KEY, orderId TEXT, status TEXT, reason TEXT, rank INTEGER,
    amount TEXT, paid TEXT, updatedAt TEXT
  );
  CREATE INDEX resources_by_order ON resources (orderId);
  CREATE TABLE credits (resource TEXT PRIMARY KEY, orderId TEXT, amount TEXT);
  CREATE INDEX credits_by_order ON credits (orderId);
`;

const UPSERT = `
  INSERT INTO resources VALUES (?, ?, ?, ?, ?, ?, ?, datetime('now', 'subsec'))
  ON CONFLICT (id) DO UPDATE SET
    status = excluded.status, reason = excluded.reason, rank = excluded.rank,
    amount = excluded.amount, paid = excluded.paid, updatedAt = excluded.updatedAt
  WHERE excluded.rank > resources.rank
`;

export default {
  kind: 'correct',
  stack: 'Express, SQLite',
  traits:
    'the database holds it together: one transaction for each web hook, a primary key for events and for credits; rows sorted by id, the time of the last change in each',
  start,
} satisfies CorrectReceiver;

async function start({ secret, port }: StartOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'));
  const database = new sqlite.Database(join(folder, 'shop.db'));
  database.exec(SCHEMA);
  let isFaulty = false;
  const app = express();

  app.post('/webhooks/inqud', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    if (!isGenuine(req.headersDistinct['x-payload-digest'] ?? [], body, secret)) {
      res.sendStatus(401);
      return;
    }
    const event = readEvent(body);
    if (event !== undefined) {
      inTransaction(database, () => {
        record(database, event);
        if (isFaulty) throw new Error('The disk is full.');
      });
    }
    res.sendStatus(200);
  });
  app.get('/orders/:order', (req, res) => {
    const order = req.params.order;
    const resources = database.all(
      'SELECT id, status, reason, amount, paid, updatedAt FROM resources WHERE orderId = ? ORDER BY id',
      order,
    );
    const credits = database.all(
      'SELECT amount FROM credits WHERE orderId = ? ORDER BY resource',
      order,
    );
    if (resources.length === 0) res.sendStatus(404);
    else res.json({ order, resources, credits });
  });
  app.post('/__fault/:mode', (req, res) => {
    isFaulty = req.params.mode === 'on';
    res.sendStatus(204);
  });
  app.use((_error: unknown, _req: express.Request, res: express.Response, _: unknown) => {
    res.sendStatus(500);
  });

  const server = await listen(app, port);
  return receiverOn(server.port, { state: '/orders/{clientOrderId}' }, async () => {
    await server.close();
    database.close();
    await rm(folder, { recursive: true, force: true });
  });
}

function inTransaction(database: sqlite.Database, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function record(database: sqlite.Database, event: InqudEvent): void {
  const status = statusNamed(event.status);
  if (status === undefined) return;
  const { id, reason = null } = event;
  const order = orderOf(event);
  const isNew = database.run('INSERT OR IGNORE INTO events VALUES (?, ?)', [id, event.status]);
  if (isNew.changes === 0) return;
  const row = [
    id,
    order,
    event.status,
    reason,
    status.rank,
    exact(event.amount),
    exact(event.paid),
  ];
  const { changes } = database.run(UPSERT, row);
  const amount = STRICT.creditFor(event);
  if (changes === 0 || amount === undefined) return;
  database.run('INSERT OR IGNORE INTO credits VALUES (?, ?, ?)', [id, order, exact(amount)]);
}
