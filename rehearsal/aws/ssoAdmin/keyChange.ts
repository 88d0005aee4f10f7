import type { Instance } from "../contents";
import { isOver, wait } from "../progress";
import type { Output, Request } from "../service";

/** Starts what DescribeInstance then follows by EncryptionStatus. */
export function startKeyChange(instance: Instance, kmsKeyArn: string | undefined, request: Request): void {
  const failure = request.faults.takeFailure("UpdateInstance")?.failure;
  instance.keyChange = {
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...wait(request),
    ...(failure !== undefined && { failure }),
  };
}

/** Somebody looks at the instance: that is how time passes for a change of its key. */
export function pollKeyChange(instance: Instance, request: Request): void {
  const { keyChange } = instance;
  if (keyChange === undefined || keyChange.pollsLeft === 0 || !isOver(keyChange, request)) return;
  if (keyChange.failure !== undefined) return; // stays to be seen
  delete instance.keyChange;
  delete instance.kmsKeyArn;
  if (keyChange.kmsKeyArn !== undefined) instance.kmsKeyArn = keyChange.kmsKeyArn;
}

/** The key in use and how far a change of it is, as it goes over the wire. */
export function encryptionForm({ kmsKeyArn, keyChange }: Instance): Output {
  return {
    KeyType: kmsKeyArn === undefined ? "AWS_OWNED_KMS_KEY" : "CUSTOMER_MANAGED_KEY",
    ...(kmsKeyArn !== undefined && { KmsKeyArn: kmsKeyArn }),
    EncryptionStatus: keyChange === undefined ? "ENABLED" : keyChange.pollsLeft > 0 ? "UPDATING" : "UPDATE_FAILED",
    ...(keyChange?.pollsLeft === 0 && { EncryptionStatusReason: keyChange.failure }),
  };
}
