<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('inqud_events', function (Blueprint $table) {
            $table->string('payment_id', 64);
            $table->string('status', 32);
            $table->primary(['payment_id', 'status']); // the database claims
        });
        Schema::create('inqud_payments', function (Blueprint $table) {
            $table->string('id', 64)->primary();
            $table->string('order_id')->index();
            $table->string('status', 32);
            $table->integer('rank');
            $table->string('credited', 64)->nullable(); // or a decimal, wide enough
        });
    }
};
