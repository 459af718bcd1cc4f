import { Type } from 'class-transformer';
import { IsBase64, IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { IsContractDate, IsText } from './common';

export class OneCReconciliationRequest {
  @IsText()
  supplierId!: string;

  /** First and last day of the period, both included. */
  @IsContractDate()
  from!: string;

  @IsContractDate()
  to!: string;

  @IsIn(['pdf', 'xlsx'])
  format!: 'pdf' | 'xlsx';
}

export class OneCFile {
  @IsText()
  name!: string;

  @IsText()
  mimeType!: string;

  @IsBase64()
  contentBase64!: string;
}

export class OneCReconciliationResponse {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OneCFile)
  file!: OneCFile;
}
