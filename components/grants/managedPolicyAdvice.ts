import { nearest } from "../../policy-pack/nearest";
import { isDenied } from "../aws/deniedAction";
import type { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";

/** The paths that AWS gives to its policies for jobs and services: people leave them out. */
const usualPaths = ["job-function/", "service-role/", "aws-service-role/"];

/** @returns the policy's document as JSON, "denied" where the caller may not read it, undefined where AWS has no such policy. */
export async function readManagedPolicy(iam: IamReader, arn: string): Promise<string | undefined> {
  try {
    return await iam.policyDocument(arn);
  } catch (error) {
    return isDenied(error) ? "denied" : lookUp("iam:GetPolicy", () => Promise.reject(error as Error));
  }
}

/** What to do about AWS managed policies that AWS does not have. Asks AWS for the names that it has once, if at all. */
export class ManagedPolicyAdvice {
  private names: Promise<readonly string[] | undefined> | undefined;

  constructor(private readonly iam: IamReader) {}

  /** Most often only the path is missing, or some letters. */
  async about(arn: string): Promise<string> {
    const [prefix = "", name = ""] = arn.split(":policy/");
    const candidates = name.includes("/") ? [lastPart(name)] : usualPaths.map((path) => path + name);
    for (const candidate of candidates) {
      const document = await readManagedPolicy(this.iam, `${prefix}:policy/${candidate}`);
      if (document !== undefined && document !== "denied") {
        return `write ${candidate}`;
      }
    }
    const own = "a policy of your own goes under customerManagedPolicies or permissionsBoundary.customerManagedPolicy";
    const names = await this.existing();
    if (names === undefined) {
      return `correct it (iam:ListPolicies would tell the near names); ${own}`;
    }
    const byLastPart = Object.fromEntries(names.map((each) => [lastPart(each), each]));
    const near = nearest(lastPart(name), Object.keys(byLastPart)).map((each) => byLastPart[each]);
    return near.length > 0 ? `did you mean ${near.join(" or ")}? A${own.slice(1)}` : `correct it; ${own}`;
  }

  /** Undefined where the caller may not list policies. */
  private existing(): Promise<readonly string[] | undefined> {
    this.names ??= this.iam
      .awsManagedPolicyNames()
      .catch((error: unknown) =>
        isDenied(error) ? undefined : lookUp("iam:ListPolicies", () => Promise.reject(error as Error)),
      );
    return this.names;
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
