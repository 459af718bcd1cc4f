/** One call of the Bot API, for tests and for the panel. */
export interface ApiCallRecord {
  /** Unix time of the beginning, milliseconds. */
  at: number;
  /** The method as the documentation spells it; as the bot spelled it where there is none of that name. */
  method: string;
  /** The parameters; an uploaded file as `{ name, bytes }`. */
  payload: Readonly<Record<string, unknown>>;
  ok: boolean;
  errorCode?: number;
  description?: string;
  /** The mode of the fault that met the call. */
  fault?: string;
  /** How long it took. */
  ms: number;
}
