// A browser, servers and processes over real sockets share the machine with whatever else it does: a failure counts when
// it comes again. The first one is printed.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
