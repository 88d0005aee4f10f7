/** An error that local AWS answers a call with, in the words and with the members that AWS uses. */
export class AwsError extends Error {
  /**
   * @param type the error's shape name, for example ResourceNotFoundException
   * @param members further members of the error's shape, for example { reason: "APPLICATION_ALREADY_EXISTS" }
   * @param status the HTTP status
   */
  constructor(
    readonly type: string,
    message: string,
    readonly members: Record<string, unknown> = {},
    readonly status: number = 400,
  ) {
    super(message);
    this.name = type;
  }
}
