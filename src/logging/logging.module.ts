import { type DynamicModule, Module, RequestMethod } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Settings } from '../config/settings';
import { loggerOptions } from './logger-options';

const PROBES = ['health/{*path}', 'metrics'];

/** The logger of the application, for Nest's `Logger` and for requests over HTTP. */
@Module({})
export class LoggingModule {
  static forRoot(): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRootAsync({
          inject: [Settings],
          useFactory: (settings: Settings) => ({
            pinoHttp: loggerOptions(settings),
            forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
            // Probes are not logged, and need no logger of their own: the AsyncLocalStorage that would carry it, once in
            // use, makes every promise of the process dearer on Node 20 and 22.
            exclude: PROBES.map((path) => ({ path, method: RequestMethod.ALL })),
          }),
        }),
      ],
    };
  }
}
