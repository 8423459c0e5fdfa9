import 'reflect-metadata';
import {
  Controller,
  Get,
  Headers,
  HttpCode,
  Module,
  Param,
  Post,
  type RawBodyRequest,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { inTransaction, isGenuine, paymentsOf, readEvent, record, recover } from './inqud.js';

@Controller()
class InqudController {
  @Post('webhooks/inqud')
  @HttpCode(200) // Nest answers a POST with 201, and Inqud counts only 200
  receive(@Req() request: RawBodyRequest<object>, @Headers('x-payload-digest') digest = '') {
    const body = request.rawBody ?? Buffer.alloc(0);
    if (!isGenuine(body, digest)) throw new UnauthorizedException();
    inTransaction(() => record(readEvent(body)));
  }

  @Get('orders/:order')
  show(@Param('order') order: string) {
    return { order, payments: paymentsOf(order) };
  }
}

@Module({ controllers: [InqudController] })
class AppModule {}

const app = await NestFactory.create<NestExpressApplication>(AppModule, { rawBody: true });
app.useBodyParser('json', { limit: '2mb' }); // otherwise 100 kB
await app.listen(process.env['PORT'] ?? 4000, '127.0.0.1');

const everyMs = Number(process.env['RECOVER_EVERY_SECONDS'] ?? '300') * 1000;
setTimeout(recover, everyMs, everyMs);
