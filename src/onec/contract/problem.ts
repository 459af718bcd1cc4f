import { IsInt, IsOptional, IsString } from 'class-validator';
import { IsText } from './common';

/** RFC 9457 problem details with the contract's extra member `code` (contract, Errors). */
export class OneCProblem {
  @IsText()
  code!: string;

  @IsOptional()
  @IsInt()
  status?: number;

  @IsOptional()
  @IsString()
  title?: string;

  @IsOptional()
  @IsString()
  detail?: string;
}
