import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { httpOptions } from './http-options';
import { OneCService } from './onec.service';

/** The accounting system behind its contract. HTTP has an instance of its own here: nobody else's interceptors, agents or limits. */
@Module({
  imports: [HttpModule.registerAsync({ inject: [Settings], useFactory: httpOptions })],
  providers: [OneCService],
  exports: [OneCService],
})
export class OneCModule {}
