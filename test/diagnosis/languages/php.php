<?php
// Reads a JSON body and writes it again, in the way that the argument names.
$way = $argv[1];
$body = file_get_contents('php://stdin');
$value = json_decode($body, true);
$trim = fn ($v) => is_string($v) ? trim($v) : (is_array($v) ? array_map($GLOBALS['trim'], $v) : $v);
$null = fn ($v) => $v === '' ? null : (is_array($v) ? array_map($GLOBALS['null'], $v) : $v);
$GLOBALS['trim'] = $trim;
$GLOBALS['null'] = $null;
if ($way === 'ksort') ksort($value);
if ($way === 'laravel') $value = $null($trim($value));
$flags = [
    'unescaped' => JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    'fractions' => JSON_PRESERVE_ZERO_FRACTION,
    'pretty' => JSON_PRETTY_PRINT,
][$way] ?? 0;
echo json_encode($value, $flags);
