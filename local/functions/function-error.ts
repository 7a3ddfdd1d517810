/** A function that failed, in the words of Lambda's error document: `errorType`, `errorMessage`, `trace`. */
export class FunctionError extends Error {
  constructor(type: string, message: string, trace?: string) {
    super(message);
    this.name = type;
    if (trace !== undefined) this.stack = trace;
  }
}
