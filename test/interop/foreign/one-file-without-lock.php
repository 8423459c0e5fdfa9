<?php
// broken: ordering/several-at-once | /orders/{clientOrderId} | all orders in one file, no lock
declare(strict_types=1);

const UNDER_WAY = [
    'NEW', 'INITIATED', 'GRANTED', 'WAITING_PAYMENT', 'REQUEST_CREATED', 'ACTIVE',
    'PENDING', 'PENDING_PAYMENT', 'PAYMENT_DETECTED', 'FROZEN',
];
const PAID = ['SUCCESS', 'PARTIAL_SUCCESS'];
const UNPAID = ['CONFLICT', 'FAILED', 'CANCELLED', 'EXPIRED', 'REVOKED_BY_MERCHANT'];

if (PHP_SAPI === 'cli') {
    serve($argv[1]);
}
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/webhooks/inqud') {
    receive(file_get_contents('php://input'), $_SERVER['HTTP_X_PAYLOAD_DIGEST'] ?? '');
} elseif (preg_match('#^/orders/([^/]+)$#', $path, $matches)) {
    show(rawurldecode($matches[1]));
} else {
    http_response_code(404);
}

/** Becomes a web server, of which this file handles each request. */
function serve(string $port): never
{
    $file = tempnam(sys_get_temp_dir(), 'orders-');
    file_put_contents($file, '{}');
    $arguments = ['-d', 'display_errors=0', '-S', "127.0.0.1:$port", __FILE__];
    $settings = ['PHP_CLI_SERVER_WORKERS' => '4', 'ORDERS_FILE' => $file];
    pcntl_exec(PHP_BINARY, $arguments, $settings + getenv());
    exit(1);
}

function receive(string $body, string $digest): void
{
    if (!hash_equals(hash_hmac('sha1', $body, getenv('INQUD_HOOK_SECRET')), $digest)) {
        http_response_code(401);
        return;
    }
    $event = decode($body);
    $reference = $event['clientOrderId'] ?? $event['referenceId'] ?? null;
    $isKnown = in_array($event['status'] ?? null, [...UNDER_WAY, ...PAID, ...UNPAID], true);
    if ($reference !== null && $isKnown) {
        record($reference, $event);
    }
    echo 'OK';
}

function record(string $reference, array $event): void
{
    $orders = load();
    $known = $orders[$reference][$event['id']]['status'] ?? null;
    if ($known !== null && rank($event['status']) <= rank($known)) {
        return;
    }
    tellTheWarehouse();
    $orders[$reference][$event['id']] = [
        'status' => $event['status'],
        'paid' => in_array($event['status'], PAID, true) ? amountOf($event) : null,
    ];
    ksort($orders[$reference]);
    save($orders);
}

/** A call that takes its time, while other workers load and save. */
function tellTheWarehouse(): void
{
    usleep(20_000);
}

function show(string $reference): void
{
    header('Content-Type: application/json');
    echo json_encode(load()[$reference] ?? new stdClass());
}

function load(): array
{
    return json_decode(file_get_contents(getenv('ORDERS_FILE')), true);
}

/** Nobody ever reads half a file. */
function save(array $orders): void
{
    $file = getenv('ORDERS_FILE');
    $whole = $file . '.' . getmypid();
    file_put_contents($whole, json_encode($orders));
    rename($whole, $file);
}

/** All final statuses have the same rank: none replaces another. */
function rank(string $status): int
{
    $rank = array_search($status, UNDER_WAY, true);
    return $rank === false ? count(UNDER_WAY) : $rank;
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
