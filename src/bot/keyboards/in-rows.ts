/** Lays buttons out in rows of so many. */
export function inRows<T>(buttons: readonly T[], columns: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < buttons.length; at += columns) rows.push(buttons.slice(at, at + columns));
  return rows;
}
