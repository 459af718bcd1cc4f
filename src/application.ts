import { type AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { type Settings } from './config/settings';
import { ManagementPort } from './http/management-port';

/** The application as the process runs it, not listening yet. */
export async function createApplication(settings: Settings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(settings), {
    abortOnError: false,
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  app.disable('x-powered-by');
  return app;
}

/** The ports that were opened, which differ from the settings where these say 0. */
export interface Ports {
  port: number;
  managementPort?: number;
}

/** Starts everything and opens the ports. */
export async function startApplication(app: NestExpressApplication, settings: Settings): Promise<Ports> {
  await app.listen(settings.port);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const { port: managementPort } = app.get(ManagementPort);
  return managementPort === undefined ? { port } : { port, managementPort };
}
