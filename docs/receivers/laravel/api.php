<?php

use App\Http\Controllers\InqudWebhook;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Route;

// Not in routes/web.php, which asks for a CSRF token. The path is /api/webhooks/inqud.
Route::post('/webhooks/inqud', InqudWebhook::class)->withoutMiddleware('throttle:api');

// For `inqud-hook check` alone: protect it, or leave it out in production.
Route::get('/orders/{order}', fn (string $order) => [
    'order' => $order,
    'payments' => DB::table('inqud_payments')->where('order_id', $order)->orderBy('id')
        ->get(['id', 'status', 'credited']),
]);
