import { IsArray, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { IsArrayOf, IsArticles, IsText } from './common';

export class OneCProductsRequest {
  @IsText()
  supplierId!: string;

  @IsOptional()
  @IsString()
  query?: string;

  @IsOptional()
  @IsArticles()
  articles?: string[];

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

export class OneCProduct {
  @IsText()
  article!: string;

  @IsText()
  name!: string;

  @IsOptional()
  @IsString()
  unit?: string;

  @IsOptional()
  @IsString()
  barcode?: string;

  @IsOptional()
  @IsString()
  category?: string;
}

export class OneCProductsResponse {
  @IsArrayOf(() => OneCProduct)
  items!: OneCProduct[];

  @IsOptional()
  @IsInt()
  @Min(0)
  total?: number;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  notFound?: string[];
}
