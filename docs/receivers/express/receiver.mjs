import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { parse } from 'lossless-json';
import sqlite from 'node-sqlite3-wasm';

const { INQUD_HOOK_SECRET: secret, PORT = '4000', DATABASE = 'shop.db' } = process.env;
const { INQUD_API_URL = 'https://api.inqud.com', RECOVER_EVERY_SECONDS = '300' } = process.env;
if (!secret) throw new Error('INQUD_HOOK_SECRET is not set.');

// A higher rank is later in a life. Final statuses share the highest: none replaces another.
const FINAL = 9;
const RANKS = new Map([
  ...['NEW', 'WAITING_PAYMENT'].map((status) => [status, 0]),
  ...['PENDING', 'REQUEST_CREATED'].map((status) => [status, 1]),
  ...['FROZEN', 'PAYMENT_DETECTED', 'PENDING_PAYMENT'].map((status) => [status, 2]),
  ...['SUCCESS', 'PARTIAL_SUCCESS', 'CONFLICT'].map((status) => [status, FINAL]),
  ...['FAILED', 'CANCELLED', 'EXPIRED'].map((status) => [status, FINAL]),
]);
const PAID = new Set(['SUCCESS', 'PARTIAL_SUCCESS']);

const db = new sqlite.Database(DATABASE);
db.exec(`
  PRAGMA journal_mode = TRUNCATE;
  CREATE TABLE IF NOT EXISTS events (id TEXT, status TEXT, PRIMARY KEY (id, status));
  CREATE TABLE IF NOT EXISTS payments (
    id TEXT PRIMARY KEY, order_id TEXT, status TEXT, rank INTEGER, credited TEXT, api_path TEXT
  );
  CREATE INDEX IF NOT EXISTS payments_of_order ON payments (order_id);
`);

const app = express();
// Before any app.use(express.json()): the digest is that of the bytes as they came.
app.post('/webhooks/inqud', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  if (!isGenuine(body, req.get('X-Payload-Digest') ?? '')) return res.sendStatus(401);
  inTransaction(() => record(readEvent(body)));
  return res.sendStatus(200);
});

app.get('/orders/:order', (req, res) => {
  const rows = db.all(
    'SELECT id, status, credited FROM payments WHERE order_id = ? ORDER BY id',
    req.params.order,
  );
  return res.json({ order: req.params.order, payments: rows });
});

app.listen(Number(PORT), '127.0.0.1');
setTimeout(recover, Number(RECOVER_EVERY_SECONDS) * 1000);

function isGenuine(body, digest) {
  const expected = Buffer.from(createHmac('sha1', secret).update(body).digest('hex'));
  const given = Buffer.from(digest);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

// Numbers become strings with every digit: JSON.parse would round them.
function readEvent(body) {
  return parse(body.toString('utf8'), undefined, { parseNumber: (digits) => digits });
}

function inTransaction(work) {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function record(event) {
  const { id, status } = event;
  const rank = RANKS.get(status);
  if (id === undefined || rank === undefined) return; // not known yet: it changes nothing
  const claim = db.run('INSERT OR IGNORE INTO events VALUES (?, ?)', [id, status]);
  if (claim.changes === 0) return; // a duplicate
  const order = event.clientOrderId ?? event.referenceId ?? id;
  const credited = PAID.has(status) ? amountOf(event) : null;
  db.run(
    `INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
     SET status = excluded.status, rank = excluded.rank, credited = excluded.credited
     WHERE excluded.rank > payments.rank`,
    [id, order, status, rank, credited, apiPathOf(event)],
  );
}

function amountOf({ amount, fixedAmount, requestAmount }) {
  return amount ?? fixedAmount?.amount ?? requestAmount ?? null;
}

function apiPathOf({ id, projectId }) {
  if (id.startsWith('CCO-')) return `/v1/user/crypto-acquiring/${projectId}/checkouts/${id}`;
  if (id.startsWith('CAPD-')) return `/v1/user/crypto-acquiring/requests/${id}`;
  return id.startsWith('PMT-') ? `/v1/user/payments/${id}` : null;
}

// Asks for what is not final yet: a web hook is lost for good after its last retry.
async function recover() {
  const sql = 'SELECT api_path FROM payments WHERE rank < ? AND api_path IS NOT NULL';
  let failure;
  for (const { api_path: path } of db.all(sql, FINAL)) {
    await ask(path).catch((error) => {
      failure = error; // the others are asked for all the same
    });
  }
  if (failure !== undefined) console.error('recovery:', failure.message);
  setTimeout(recover, Number(RECOVER_EVERY_SECONDS) * 1000);
}

async function ask(path) {
  const headers = {
    'X-Token-API-Id': process.env.INQUD_API_TOKEN_ID ?? '',
    'X-Token-API-Secret': process.env.INQUD_API_TOKEN_SECRET ?? '',
  };
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(INQUD_API_URL + path, { headers, signal });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.ok) inTransaction(() => record(readEvent(body)));
}
