export interface FunctionOptions {
  readonly name: string;
  /** An `.mjs` file that exports `handler`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Gets every line that the function writes, and its failures. */
  readonly log: (line: string) => void;
}
