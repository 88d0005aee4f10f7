import { AwsError } from "../awsError";

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, {}, 404);
}

export function entityAlreadyExists(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, {}, 409);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, {}, 409);
}
