import type { DescribeInstanceResponse } from "@aws-sdk/client-sso-admin";
import { type Caller, callerIdentity } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import { IdentityCenterReader } from "../aws/identityCenter";
import { OrganizationReader } from "../aws/organization";
import { chooseInstance } from "../organizationInstance/chooseInstance";
import { describeChosen, type Instance, instanceFacts, instanceOf } from "../organizationInstance/findInstance";
import {
  type InstanceFacts,
  ownerProblem,
  regionProblem,
  statusProblem,
} from "../organizationInstance/instanceProblems";
import { checkSwitch, type SwitchChecked } from "./switch";

/** What the doctor is asked about. */
export interface Question {
  readonly connection: Connection;
  /** The instance's ARN, needed when the account sees several. */
  readonly instanceArn?: string | undefined;
  /** The ARN of the role that switches the sessions on; without one, it is whoever calls. */
  readonly enabler?: string | undefined;
  /** Hosts that AWS's calls may go to beside AWS and this machine. */
  readonly endpoints: readonly string[];
  /** How many calls about permission sets may begin in a second; 15 unless given, of the 20 that AWS allows everybody together. */
  readonly callsPerSecond?: number;
}

/** An instance as the checks are about it. */
export interface Described {
  readonly facts: InstanceFacts;
  readonly described: DescribeInstanceResponse;
}

/**
 * What several checks need to know: asked once, when the first of them asks. One check owns each fact and tells of its failure; to the
 * others it is something that is not known.
 */
export class DoctorContext {
  readonly caller: () => Promise<Caller> = once(() => callerIdentity(this.question.connection));

  /** The management account's id; undefined when the caller's account belongs to no organization. */
  readonly managementAccountId: () => Promise<string | undefined> = once(() =>
    new OrganizationReader(this.question.connection).managementAccountId(),
  );

  readonly instance: () => Promise<Described> = once(() => this.describeInstance());

  /** The instance, if it is known and nothing keeps the rest from being asked about it. */
  readonly usableInstance: () => Promise<Instance | undefined> = once(() => this.findUsableInstance());

  /** Undefined where there is no instance to ask about. */
  readonly switch: () => Promise<SwitchChecked | undefined> = once(async () => {
    const instance = await this.usableInstance();
    return instance && checkSwitch(this.question.connection, instance.arn);
  });

  constructor(readonly question: Question) {}

  private async describeInstance(): Promise<Described> {
    const { connection, instanceArn } = this.question;
    const identityCenter = new IdentityCenterReader(connection);
    const chosen = await chooseInstance(identityCenter, connection.region, instanceArn);
    const described = await describeChosen(identityCenter, chosen);
    const managementAccountId = await this.managementAccountId().catch(() => undefined);
    return {
      facts: await instanceFacts(identityCenter, connection, chosen, described, managementAccountId),
      described,
    };
  }

  private async findUsableInstance(): Promise<Instance | undefined> {
    const [instance, organization] = await Promise.allSettled([this.instance(), this.managementAccountId()]);
    if (instance.status === "rejected") {
      return undefined;
    }
    const { facts, described } = instance.value;
    const problems = [
      organization.status === "rejected" ? undefined : ownerProblem(facts),
      statusProblem(facts),
      regionProblem(facts),
    ];
    return problems.every((problem) => problem === undefined) ? instanceOf(facts, described) : undefined;
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
