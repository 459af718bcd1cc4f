/** The package's own types speak of an ES module only; it has a CommonJS one as well, which is what is loaded here. */
declare module '@orama/stemmers/russian' {
  /** @returns the stem of a Russian word in small letters (Snowball) */
  export function stemmer(word: string): string;
}
