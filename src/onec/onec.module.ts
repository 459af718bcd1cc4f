import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { MetricsModule } from '../metrics/metrics.module';
import { OneCCircuit } from './circuit';
import { httpOptions } from './http-options';
import { OneCService } from './onec.service';

/** The accounting system behind its contract. HTTP has an instance of its own here: nobody else's interceptors, agents or limits. */
@Module({
  imports: [MetricsModule, HttpModule.registerAsync({ inject: [Settings], useFactory: httpOptions })],
  providers: [OneCCircuit, OneCService],
  exports: [OneCCircuit, OneCService],
})
export class OneCModule {}
