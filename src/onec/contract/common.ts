import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  ValidateBy,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';

/** At most so many articles in one request (contract, Transport). */
export const MAX_ARTICLES_PER_REQUEST = 100;

/** A string that says something. */
export const IsText = () => applyDecorators(IsString(), IsNotEmpty());

/** Money or a quantity: a finite JSON number (contract, Transport). */
export const IsAmount = () => IsNumber({ allowNaN: false, allowInfinity: false });

const DAY_OR_MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * `2026-11-24` or `2026-11-24T10:15:00+03:00` (contract, Transport), not ISO 8601's weeks, lone years and forms without
 * hyphens. A moment without an offset, as 1C's JSON writer makes by default, is taken.
 */
export const IsContractDate = () =>
  applyDecorators(
    Matches(DAY_OR_MOMENT, { message: '$property must be a day or a moment in ISO 8601' }),
    IsISO8601({ strict: true }),
  );

/** Three ISO 4217 letters (contract, Transport). */
export const IsCurrency = () => Matches(/^[A-Z]{3}$/, { message: '$property must be three ISO 4217 letters' });

/** An array of objects of one class, each validated; nested validation alone would let an empty array pass as one. */
export const IsArrayOf = (type: () => new () => object) =>
  applyDecorators(IsArray(), IsObject({ each: true }), ValidateNested({ each: true }), Type(type));

/** Either this field or the other one, never both; `null` and a missing field mean the same. */
export const IsEitherThisOr = (other: string) =>
  ValidateBy({
    name: 'isEitherThisOr',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        (value == null) !== ((args?.object as Record<string, unknown> | undefined)?.[other] == null),
      defaultMessage: () => `either $property or ${other} must be given, not both`,
    },
  });

/** The articles of a request: 1 to 100 texts are useful, none is an empty answer. */
export const IsArticles = () =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(MAX_ARTICLES_PER_REQUEST),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
  );
