<?php
// broken: ordering/payments-add-up | /orders/{clientOrderId} | equal payments are one
declare(strict_types=1);

const SCHEMA = <<<'SQL'
    CREATE TABLE payments (id TEXT PRIMARY KEY, reference TEXT, status TEXT, rank INTEGER);
    CREATE TABLE credits (key TEXT PRIMARY KEY, reference TEXT, amount TEXT);
    SQL;
const RECORD = <<<'SQL'
    INSERT INTO payments VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, rank = excluded.rank
    WHERE excluded.rank > payments.rank
    SQL;

if (PHP_SAPI === 'cli') {
    serve($argv[1]);
}
$db = new PDO('sqlite:' . getenv('SHOP_DATABASE'));
$db->exec('PRAGMA synchronous = OFF');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/webhooks/inqud') {
    receive($db, file_get_contents('php://input'), $_SERVER['HTTP_X_PAYLOAD_DIGEST'] ?? '');
} elseif (preg_match('#^/orders/([^/]+)$#', $path, $matches)) {
    show($db, rawurldecode($matches[1]));
} else {
    http_response_code(404);
}

/** Becomes a web server, of which this file handles each request. */
function serve(string $port): never
{
    $database = tempnam(sys_get_temp_dir(), 'shop-');
    (new PDO("sqlite:$database"))->exec(SCHEMA);
    $arguments = ['-d', 'display_errors=0', '-S', "127.0.0.1:$port", __FILE__];
    pcntl_exec(PHP_BINARY, $arguments, ['SHOP_DATABASE' => $database] + getenv());
    exit(1);
}

function receive(PDO $db, string $body, string $digest): void
{
    if (!hash_equals(hash_hmac('sha1', $body, getenv('INQUD_HOOK_SECRET')), $digest)) {
        http_response_code(401);
        return;
    }
    $event = decode($body);
    $reference = $event['clientOrderId'] ?? $event['referenceId'] ?? null;
    $rank = rank($event['status'] ?? '');
    if ($reference === null || $rank === 0) {
        return;
    }
    $db->beginTransaction();
    $record = $db->prepare(RECORD);
    $record->execute([$event['id'], $reference, $event['status'], $rank]);
    if ($record->rowCount() === 1) {
        credit($db, $reference, $event);
    }
    $db->commit();
}

function credit(PDO $db, string $reference, array $event): void
{
    if (!in_array($event['status'], ['SUCCESS', 'PARTIAL_SUCCESS'], true)) {
        return;
    }
    $amount = amountOf($event);
    // Payments to a static address come with the merchant's reference.
    $key = isset($event['referenceId']) ? md5($reference . $amount) : $event['id'];
    $insert = $db->prepare('INSERT OR IGNORE INTO credits VALUES (?, ?, ?)');
    $insert->execute([$key, $reference, $amount]);
}

function show(PDO $db, string $reference): void
{
    $payments = $db->prepare('SELECT id, status FROM payments WHERE reference = ? ORDER BY id');
    $payments->execute([$reference]);
    $credits = $db->prepare('SELECT amount FROM credits WHERE reference = ? ORDER BY rowid');
    $credits->execute([$reference]);
    header('Content-Type: application/json');
    echo json_encode([
        'payments' => $payments->fetchAll(PDO::FETCH_KEY_PAIR),
        'credits' => $credits->fetchAll(PDO::FETCH_COLUMN),
    ]);
}

/** All final statuses have the same rank: none replaces another. */
function rank(string $status): int
{
    return match ($status) {
        'NEW', 'WAITING_PAYMENT' => 1,
        'REQUEST_CREATED', 'PENDING' => 2,
        'PENDING_PAYMENT', 'PAYMENT_DETECTED', 'FROZEN' => 3,
        'SUCCESS', 'PARTIAL_SUCCESS', 'CONFLICT', 'FAILED', 'CANCELLED', 'EXPIRED' => 4,
        default => 0,
    };
}

/** What was paid; a checkout has it in its request. */
function amountOf(array $event): ?string
{
    $payment = $event['request'] ?? $event;
    return $payment['paidAmount'] ?? $payment['amount'] ?? $payment['targetAmount'] ?? null;
}

/** Numbers become strings, lest an amount lose digits as a float. */
function decode(string $json): array
{
    $stringOrNumber = '/("(?:[^"\\\\]++|\\\\.)*+")|-?\d[\d.eE+-]*/';
    $quote = fn (array $match): string => $match[1] ?? "\"$match[0]\"";
    $quoted = preg_replace_callback($stringOrNumber, $quote, $json);
    return json_decode($quoted, true, flags: JSON_THROW_ON_ERROR);
}
