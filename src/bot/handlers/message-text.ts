import type { Context } from 'telegraf';

/** The text of a new or edited message; empty where it has none. */
export function textOf({ message, editedMessage }: Context): string {
  const said = message ?? editedMessage;
  return said && 'text' in said ? said.text : '';
}
