import { IsArray, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { IsArrayOf, IsArticles, IsText } from './common';
import { OneCPageRequest } from './page-request';

export class OneCProductsRequest extends OneCPageRequest {
  @IsOptional()
  @IsString()
  query?: string;

  @IsOptional()
  @IsArticles()
  articles?: string[];
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
