import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsNotEmpty,
  IsNumber,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';

/** At most so many articles in one request (contract, Transport). */
export const MAX_ARTICLES_PER_REQUEST = 100;

/** A string that says something. */
export const IsText = () => applyDecorators(IsString(), IsNotEmpty());

/** Money or a quantity: a finite JSON number (contract, Transport). */
export const IsAmount = () => IsNumber({ allowNaN: false, allowInfinity: false });

/** `2026-11-24` or `2026-11-24T10:15:00+03:00` (contract, Transport). */
export const IsContractDate = () => IsISO8601({ strict: true });

/** Three ISO 4217 letters (contract, Transport). */
export const IsCurrency = () => Matches(/^[A-Z]{3}$/, { message: '$property must be three ISO 4217 letters' });

/** An array of objects of one class, each validated. */
export const IsArrayOf = (type: () => new () => object) =>
  applyDecorators(IsArray(), ValidateNested({ each: true }), Type(type));

/** The articles of a request: 1 to 100 texts are useful, none is an empty answer. */
export const IsArticles = () =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(MAX_ARTICLES_PER_REQUEST),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
  );
