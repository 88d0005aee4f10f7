import type { Account, Contents } from "../contents";
import { beginning } from "../identifiers";
import type { Output } from "../service";

/** The ARN of the root or of a unit. */
export function arnOf(
  kind: "root" | "ou",
  id: string,
  { partition, managementAccount, organizationId }: Contents,
): string {
  return `arn:${partition}:organizations::${managementAccount}:${kind}/${organizationId}/${id}`;
}

/** The organization as it goes over the wire. */
export function organizationForm(contents: Contents): Output {
  const { organizationId, managementAccount, partition, accounts } = contents;
  const management = accounts.find(({ id }) => id === managementAccount);
  return {
    Id: organizationId,
    Arn: `arn:${partition}:organizations::${managementAccount}:organization/${organizationId}`,
    FeatureSet: "ALL",
    MasterAccountArn: management?.arn,
    MasterAccountId: managementAccount,
    MasterAccountEmail: management?.email,
    AvailablePolicyTypes: [],
  };
}

/** An account as it goes over the wire. */
export function accountForm({ id, arn, name, email, status }: Account, contents: Contents): Output {
  return {
    Id: id,
    Arn: arn,
    Email: email,
    Name: name,
    // AWS retires Status, which never knew the others.
    ...(["ACTIVE", "SUSPENDED", "PENDING_CLOSURE"].includes(status) && { Status: status }),
    State: status,
    JoinedMethod: id === contents.managementAccount ? "INVITED" : "CREATED",
    JoinedTimestamp: beginning,
  };
}
