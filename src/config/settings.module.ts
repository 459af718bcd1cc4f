import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Settings } from './settings';

/** Gives the settings to everybody under the token `Settings`. */
@Global()
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
