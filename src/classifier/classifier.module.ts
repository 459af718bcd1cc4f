import { Module } from '@nestjs/common';
import { ClassifierService } from './classifier.service';

/** Text to Understanding, pure. */
@Module({ providers: [ClassifierService], exports: [ClassifierService] })
export class ClassifierModule {}
