import { AwsError } from "../awsError";

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, {}, 404);
}

export function entityAlreadyExists(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, {}, 409);
}

/** What AWS does and local AWS does not: it says so rather than answer something else than AWS would. */
export function notImplemented(message: string): AwsError {
  return new AwsError("NotImplemented", message, {}, 501);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, {}, 409);
}
