import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  GoneException,
  type INestApplication,
  Module,
  Post,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { ProblemDetailsFilter } from './problem-details.filter';

@Controller()
class FailingController {
  @Get('broken')
  broken(): never {
    throw new Error('the password is 42');
  }

  @Get('coded')
  coded(): never {
    throw new GoneException({ code: 'code_expired', message: 'The code has expired' });
  }

  @Get('listed')
  listed(): never {
    throw new BadRequestException(['a is missing', 'b is wrong']);
  }

  @Post('echo')
  echo(@Body() body: object): object {
    return body;
  }
}

@Module({
  controllers: [FailingController],
  providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }],
})
class FailingModule {}

describe(ProblemDetailsFilter.name, () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create(FailingModule, { logger: false });
    await app.init();
    const server = app.getHttpServer() as Server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => app.close());

  it.each([
    ['/nowhere', { status: 404, code: 'not_found', title: 'Not Found', detail: 'Cannot GET /nowhere' }],
    ['/coded', { status: 410, code: 'code_expired', title: 'Gone', detail: 'The code has expired' }],
    ['/listed', { status: 400, code: 'bad_request', title: 'Bad Request', detail: 'a is missing; b is wrong' }],
    ['/broken', { status: 500, code: 'internal_error', title: 'Internal Server Error' }],
  ])('answers %s with a problem', async (path, problem) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(problem.status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    await expect(response.json()).resolves.toEqual(problem);
  });

  it.each([
    ['no JSON', '{', 400],
    ['too much', JSON.stringify({ text: 'a'.repeat(200_000) }), 413],
  ])('answers a body with %s as the fault of the caller', async (_, body, status) => {
    const response = await fetch(`${url}/echo`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(status);
    await expect(response.json()).resolves.toMatchObject({ status });
  });
});
