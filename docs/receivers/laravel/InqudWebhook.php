<?php

namespace App\Http\Controllers;

use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

class InqudWebhook extends Controller
{
    // A higher rank is later in a life. Final statuses share the highest: none replaces another.
    private const FINAL_RANK = 9;
    private const RANKS = [
        'NEW' => 0, 'WAITING_PAYMENT' => 0, 'PENDING' => 1, 'REQUEST_CREATED' => 1,
        'FROZEN' => 2, 'PAYMENT_DETECTED' => 2, 'PENDING_PAYMENT' => 2,
        'SUCCESS' => self::FINAL_RANK, 'PARTIAL_SUCCESS' => self::FINAL_RANK,
        'CONFLICT' => self::FINAL_RANK, 'FAILED' => self::FINAL_RANK,
        'CANCELLED' => self::FINAL_RANK, 'EXPIRED' => self::FINAL_RANK,
    ];

    public function __invoke(Request $request): Response
    {
        $body = $request->getContent(); // the bytes as they came, which $request->all() is not
        // config/services.php: 'inqud' => ['secret' => env('INQUD_HOOK_SECRET')]
        $expected = hash_hmac('sha1', $body, config('services.inqud.secret'));
        if (! hash_equals($expected, $request->header('X-Payload-Digest', ''))) {
            return response('', 401);
        }
        $this->record($this->decode($body));

        return response('', 200);
    }

    private function record(array $event): void
    {
        [$id, $status] = [$event['id'] ?? null, $event['status'] ?? null];
        $rank = self::RANKS[$status] ?? null;
        if ($id === null || $rank === null) {
            return; // not known yet: it changes nothing, and is answered 200
        }
        DB::transaction(function () use ($event, $id, $status, $rank) {
            $claim = ['payment_id' => $id, 'status' => $status];
            if (DB::table('inqud_events')->insertOrIgnore($claim) === 0) {
                return; // a duplicate
            }
            DB::table('inqud_payments')->insertOrIgnore([
                'id' => $id,
                'order_id' => $event['clientOrderId'] ?? $event['referenceId'] ?? $id,
                'status' => $status,
                'rank' => -1,
            ]);
            $isPaid = in_array($status, ['SUCCESS', 'PARTIAL_SUCCESS'], true);
            DB::table('inqud_payments')->where('id', $id)->where('rank', '<', $rank)->update([
                'status' => $status,
                'rank' => $rank,
                'credited' => $isPaid ? $this->amountOf($event) : null,
            ]);
            // The work of the shop comes here, in the same transaction. Dispatch jobs afterCommit().
        });
    }

    private function amountOf(array $event): ?string
    {
        return $event['amount'] ?? $event['fixedAmount']['amount'] ?? $event['requestAmount'] ?? null;
    }

    /** Puts numbers in quotes first: json_decode makes floats of them, which lose digits. */
    private function decode(string $json): array
    {
        $stringOrNumber = '/("(?:[^"\\\\]++|\\\\.)*+")|-?\d[\d.eE+-]*/';
        $quote = fn (array $match): string => $match[1] ?? "\"$match[0]\"";
        $quoted = preg_replace_callback($stringOrNumber, $quote, $json);

        return json_decode($quoted, true, flags: JSON_THROW_ON_ERROR);
    }

    /** A sketch of recovery: let the scheduler ask every five minutes for what is not final yet. */
    public function recover(): void
    {
        $token = config('services.inqud.token'); // X-Token-API-Id and X-Token-API-Secret
        $open = DB::table('inqud_payments')->where('rank', '<', self::FINAL_RANK)->pluck('id');
        foreach ($open->filter(fn ($id) => str_starts_with($id, 'PMT-')) as $id) {
            $answer = \Http::withHeaders($token)->get("https://api.inqud.com/v1/user/payments/$id");
            if ($answer->ok()) {
                $this->record($this->decode($answer->body()));
            }
        }
    }
}
