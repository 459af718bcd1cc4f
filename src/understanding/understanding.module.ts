import { Module } from '@nestjs/common';
import { ClassifierModule } from '../classifier/classifier.module';
import { Settings } from '../config/settings';
import { LanguageModel } from './language-model/language-model';
import { UnderstandingService } from './understanding.service';

function createLanguageModel({ classifierLlmUrl, classifierLlmModel, classifierLlmKey }: Settings) {
  return classifierLlmUrl !== undefined && classifierLlmModel !== undefined
    ? new LanguageModel({ url: classifierLlmUrl, model: classifierLlmModel, key: classifierLlmKey })
    : null;
}

/** What a message asks for: the classifier, and behind it a language model where the operator has set one. */
@Module({
  imports: [ClassifierModule],
  providers: [UnderstandingService, { provide: LanguageModel, inject: [Settings], useFactory: createLanguageModel }],
  exports: [UnderstandingService],
})
export class UnderstandingModule {}
