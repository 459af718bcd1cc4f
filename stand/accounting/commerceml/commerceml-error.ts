/** A file that cannot be taken; the message names the file, the place and what to do. */
export class CommerceMLError extends Error {
  override readonly name = 'CommerceMLError';

  /**
   * @param file as the caller named it
   * @param problem what is wrong with it
   * @param advice what to do about it
   * @param line counted from 1; undefined where the fault has no place
   */
  constructor(
    readonly file: string,
    readonly problem: string,
    readonly advice: string,
    readonly line?: number,
    options?: ErrorOptions,
  ) {
    super(`${file}${line === undefined ? '' : `, line ${line}`}: ${problem}. ${advice}`, options);
  }
}
