/**
 * An item that was under way when its process died so often, one time after the other, may be what kills it. Suspects come
 * before all others and one at a time, so that the next death tells which of them it was.
 */
export const SUSPECT_AFTER = 2;
