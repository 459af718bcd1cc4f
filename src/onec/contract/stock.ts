import { IsOptional, IsString } from 'class-validator';
import { OneCArticleAnswer } from './article-answer';
import { IsAmount, IsArrayOf, IsArticles, IsText } from './common';

/** Request of `stock` and of `prices`. */
export class OneCArticlesRequest {
  @IsText()
  supplierId!: string;

  @IsArticles()
  articles!: string[];
}

export class OneCWarehouseStock {
  @IsText()
  name!: string;

  @IsAmount()
  available!: number;
}

/** Quantities are in `unit`; `available` is what is free to sell. */
export class OneCStockItem {
  @IsText()
  article!: string;

  @IsText()
  name!: string;

  @IsOptional()
  @IsString()
  unit?: string;

  @IsAmount()
  available!: number;

  @IsOptional()
  @IsAmount()
  onHand?: number;

  @IsOptional()
  @IsAmount()
  reserved?: number;

  @IsOptional()
  @IsAmount()
  expected?: number;

  @IsOptional()
  @IsArrayOf(() => OneCWarehouseStock)
  warehouses?: OneCWarehouseStock[];
}

export class OneCStockResponse extends OneCArticleAnswer {
  @IsArrayOf(() => OneCStockItem)
  items!: OneCStockItem[];
}
