import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsText } from './common';

/** Request of a list that comes in pages (contract, Operations); without a `limit`, 20 products or 10 orders or payments. */
export abstract class OneCPageRequest {
  @IsText()
  supplierId!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  offset?: number;
}
