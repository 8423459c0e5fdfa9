<?php
declare(strict_types=1);

// A higher rank is later in a life. Final statuses share the highest: none replaces another.
const FINAL_RANK = 9;
const RANKS = [
    'NEW' => 0, 'WAITING_PAYMENT' => 0, 'PENDING' => 1, 'REQUEST_CREATED' => 1,
    'FROZEN' => 2, 'PAYMENT_DETECTED' => 2, 'PENDING_PAYMENT' => 2,
    'SUCCESS' => FINAL_RANK, 'PARTIAL_SUCCESS' => FINAL_RANK, 'CONFLICT' => FINAL_RANK,
    'FAILED' => FINAL_RANK, 'CANCELLED' => FINAL_RANK, 'EXPIRED' => FINAL_RANK,
];

$database = connect();
if (PHP_SAPI === 'cli') {
    recover($database); // what cron runs: * * * * * php receiver.php
    exit;
}
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/webhooks/inqud') {
    http_response_code(receive($database));
} elseif (preg_match('#^/orders/([^/]+)$#', $path, $match)) {
    show($database, rawurldecode($match[1]));
} else {
    http_response_code(404);
}

function receive(PDO $database): int
{
    $body = file_get_contents('php://input'); // the bytes as they came
    $expected = hash_hmac('sha1', $body, getenv('INQUD_HOOK_SECRET'));
    if (!hash_equals($expected, $_SERVER['HTTP_X_PAYLOAD_DIGEST'] ?? '')) {
        return 401;
    }
    record($database, decode($body));
    return 200;
}

function show(PDO $database, string $order): void
{
    $sql = 'SELECT id, status, credited FROM payments WHERE order_id = ? ORDER BY id';
    $rows = $database->prepare($sql);
    $rows->execute([$order]);
    header('Content-Type: application/json');
    echo json_encode(['order' => $order, 'payments' => $rows->fetchAll(PDO::FETCH_ASSOC)]);
}

function record(PDO $database, array $event): void
{
    [$id, $status] = [$event['id'] ?? null, $event['status'] ?? null];
    if (!is_string($id) || !isset(RANKS[$status])) {
        return; // not known yet: it changes nothing, and is answered 200
    }
    $credited = in_array($status, ['SUCCESS', 'PARTIAL_SUCCESS'], true) ? amountOf($event) : null;
    $order = $event['clientOrderId'] ?? $event['referenceId'] ?? $id;
    $database->exec('BEGIN IMMEDIATE'); // PDO's beginTransaction() locks too late in SQLite
    $claim = $database->prepare('INSERT OR IGNORE INTO events VALUES (?, ?)');
    $claim->execute([$id, $status]);
    if ($claim->rowCount() === 1) { // or else it is a duplicate
        $database->prepare(
            'INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
             SET status = excluded.status, rank = excluded.rank, credited = excluded.credited
             WHERE excluded.rank > payments.rank'
        )->execute([$id, $order, $status, RANKS[$status], $credited, apiPathOf($id, $event)]);
    }
    $database->exec('COMMIT');
}

function amountOf(array $event): ?string
{
    return $event['amount'] ?? $event['fixedAmount']['amount'] ?? $event['requestAmount'] ?? null;
}

/** Puts numbers in quotes first: json_decode makes floats of them, which lose digits. */
function decode(string $json): array
{
    $stringOrNumber = '/("(?:[^"\\\\]++|\\\\.)*+")|-?\d[\d.eE+-]*/';
    $quote = fn (array $match): string => $match[1] ?? "\"$match[0]\"";
    $quoted = preg_replace_callback($stringOrNumber, $quote, $json);
    return json_decode($quoted, true, flags: JSON_THROW_ON_ERROR);
}

function apiPathOf(string $id, array $event): ?string
{
    return match (strstr($id, '-', true)) {
        'CCO' => "/v1/user/crypto-acquiring/{$event['projectId']}/checkouts/$id",
        'CAPD' => "/v1/user/crypto-acquiring/requests/$id",
        'PMT' => "/v1/user/payments/$id",
        default => null,
    };
}

/** Asks for what is not final yet: a web hook is lost for good after its last retry. */
function recover(PDO $database): void
{
    $token = 'X-Token-API-Id: ' . getenv('INQUD_API_TOKEN_ID')
        . "\r\nX-Token-API-Secret: " . getenv('INQUD_API_TOKEN_SECRET');
    $context = stream_context_create(['http' => ['header' => $token, 'timeout' => 10]]);
    $api = getenv('INQUD_API_URL') ?: 'https://api.inqud.com';
    $sql = 'SELECT api_path FROM payments WHERE api_path IS NOT NULL AND rank < ' . FINAL_RANK;
    foreach ($database->query($sql)->fetchAll(PDO::FETCH_COLUMN) as $path) {
        $answer = @file_get_contents($api . $path, false, $context);
        if ($answer !== false) {
            record($database, decode($answer));
        }
    }
}

function connect(): PDO
{
    $database = new PDO('sqlite:' . (getenv('DATABASE') ?: __DIR__ . '/shop.db'));
    $database->exec('PRAGMA busy_timeout = 9000; PRAGMA journal_mode = WAL');
    $database->exec('CREATE TABLE IF NOT EXISTS events
        (id TEXT, status TEXT, PRIMARY KEY (id, status))');
    $database->exec('CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, order_id TEXT,
        status TEXT, rank INTEGER, credited TEXT, api_path TEXT)');
    return $database;
}
