/** The part of the package that is used here; it ships no types. */
declare module 'wink-naive-bayes-text-classifier' {
  interface NaiveBayesTextClassifier {
    definePrepTasks(tasks: ((input: string) => string[])[]): number;
    defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): boolean;
    learn(text: string, label: string): boolean;
    consolidate(): boolean;
    /** @returns the likeliest label, or `unknown` */
    predict(text: string): string;
  }
  export default function create(): NaiveBayesTextClassifier;
}
