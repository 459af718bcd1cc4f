import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ConnectionCloser } from './connection-closer';
import { ManagementPort } from './management-port';
import { ProblemDetailsFilter } from './problem-details.filter';

/** What all HTTP of the bot has in common: its ports, its errors, its end. */
@Module({
  providers: [ManagementPort, ConnectionCloser, { provide: APP_FILTER, useClass: ProblemDetailsFilter }],
  exports: [ManagementPort],
})
export class HttpModule implements NestModule {
  constructor(private readonly managementPort: ManagementPort) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(this.managementPort.separate).forRoutes('{*path}');
  }
}
