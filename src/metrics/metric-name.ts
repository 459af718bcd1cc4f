/** Before the names of all metrics of the bot; those of the process and of Node have their usual names. */
export const METRIC_PREFIX = 'supplier_bot_';

/** Upper bounds of durations in seconds: from a cached answer to the deadline of a question with its retries. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
