import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../policy-pack/iam/policy";
import type { IamReader } from "../aws/iam";
import { LookUpError, lookUp } from "../aws/lookUp";
import { knownManagedPolicy } from "../grants/knownManagedPolicies";

/** A policy, or why it was not read: a sentence without its full stop; with the action that the caller lacks, where that is why. */
export type ReadPolicy = Policy | { readonly notRead: string; readonly lacks?: string };

/** The documents of managed policies by ARN, each read once; not at all where it is known what the policy says of sts:SetContext. */
export class ManagedPolicyTexts {
  private readonly reads = new Map<string, Promise<ReadPolicy>>();

  constructor(private readonly iam: IamReader) {}

  read(arn: string): Promise<ReadPolicy> {
    const known = knownManagedPolicy(arn);
    if (known !== undefined && /^arn:[^:]+:iam::aws:policy\//.test(arn)) {
      return Promise.resolve(known);
    }
    const read = this.reads.get(arn) ?? this.ask(arn);
    this.reads.set(arn, read);
    return read;
  }

  private async ask(arn: string): Promise<ReadPolicy> {
    try {
      const document = await lookUp("iam:GetPolicy", () => this.iam.policyDocument(arn));
      return document === undefined ? { notRead: `${arn} does not exist` } : parsed(arn, document);
    } catch (error) {
      if (!(error instanceof LookUpError)) {
        throw error;
      }
      const { action, isDenied, said } = error.failed;
      return isDenied
        ? { notRead: `${arn}: the caller may not do ${action}`, lacks: action }
        : { notRead: `${arn}: AWS said ${said}` };
    }
  }
}

/** @param document JSON text */
export function parsed(name: string, document: unknown): ReadPolicy {
  const { policy, problems = [] } = parsePolicy(name, document);
  return policy ?? { notRead: `${name} says what this program does not know: ${problems[0]?.found ?? ""}` };
}

/** The policy; where it was not read, why and for lack of which action is added to what is known of that. */
export function policyOf(read: ReadPolicy, notRead: string[], lacks: Set<string>): Policy | undefined {
  if (!("notRead" in read)) {
    return read;
  }
  notRead.push(read.notRead);
  if (read.lacks !== undefined) {
    lacks.add(read.lacks);
  }
  return undefined;
}
