/**
 * Unit tests stand beside the code (src, stand, scripts), e2e tests in test/. Both run on the real sources through swc.
 * Fault tests take minutes: `npm run test:faults`, apart from `npm test`.
 */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{src,stand,scripts}/**/*.spec.ts'],
      setupFiles: ['reflect-metadata'],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      setupFiles: ['reflect-metadata'],
      setupFilesAfterEnv: ['<rootDir>/test/support/retry-once.ts'],
    },
    {
      ...common,
      displayName: 'faults',
      setupFilesAfterEnv: ['<rootDir>/test/faults/support/retry.ts'],
      testMatch: ['<rootDir>/test/faults/**/*.faults-spec.ts'],
    },
  ],
  testTimeout: 20_000,
  maxWorkers: 2,
};
