/** An error as KMS answers it: `{"__type": name, "message": message}`. */
export class KmsError extends Error {
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
