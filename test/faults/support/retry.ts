// Fault tests kill processes at random moments of a machine that may be busy with something else: a failure counts when
// it comes again.
jest.retryTimes(2, { logErrorsBeforeRetry: true });
