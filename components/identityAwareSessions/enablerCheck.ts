import type { EvaluationResult } from "@aws-sdk/client-iam";
import type { Connection } from "../aws/connection";
import { isDenied } from "../aws/deniedAction";
import { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";
import { policyText } from "../grants/policyDocument";
import { type Problem, refusal } from "../problem";
import { findEnabler } from "./enabler";
import { enablerActions, enablerPolicy, readerActions } from "./enablerPermissions";
import { enablerProblems } from "./enablerProblems";

export interface EnablerSettings {
  /** The ARN of the role that switches the sessions on; without one, it is whoever calls. */
  readonly enabler?: string | undefined;
  /** Roles that this stack gives the nine permissions before it switches on. */
  readonly enablers?: readonly string[] | undefined;
}

const path = "identity-aware-sessions:switch.enabler";

/**
 * Simulates the nine permissions of the enabler; only reads.
 *
 * @returns warnings about what could not be checked.
 * @throws RunError that names every permission which is missing, with the policy that grants them.
 */
export function checkEnabler(connection: Connection, settings: EnablerSettings): Promise<readonly string[]> {
  return check(connection, settings, enablerActions);
}

/**
 * Simulates what reading the switch takes of the caller, for whom AWS has denied it without a word about what is missing.
 *
 * @throws RunError that names every permission which is missing, when the simulation can tell.
 */
export async function checkReader(connection: Connection): Promise<void> {
  await check(connection, {}, readerActions);
}

/** What IAM says of each action, or why it says nothing. */
export type Simulated =
  | { readonly notChecked: string }
  | {
      /** Of the enabler's role or user. */
      readonly arn: string;
      readonly decided: readonly EvaluationResult[];
      /** What depends on something that only the call itself tells, in which case it is not allowed without it. */
      readonly doubtful: readonly EvaluationResult[];
    };

/**
 * Asks IAM whether the enabler may do some actions; only reads.
 *
 * @throws RunError when the configured enabler does not exist.
 */
export async function simulateEnabler(
  connection: Connection,
  settings: EnablerSettings,
  actions: readonly string[],
): Promise<Simulated> {
  const iam = new IamReader(connection);
  const enabler = await findEnabler(connection, iam, settings.enabler);
  if ("notChecked" in enabler) {
    return enabler;
  }
  const { arn, name } = enabler;
  const isGivenThem = settings.enablers?.includes(name) === true && arn.includes(":role/");
  const results = await iam
    .simulate({
      principalArn: arn,
      actions,
      ...(isGivenThem && { policies: [policyText(enablerPolicy())] }),
      context: { "aws:RequestedRegion": connection.region },
    })
    .catch((error: unknown) => unsimulated(error, arn, settings));
  if (typeof results === "string") {
    return { notChecked: results };
  }
  const [doubtful, decided] = partition(results, ({ EvalDecision, MissingContextValues = [] }) => {
    return EvalDecision !== "allowed" && MissingContextValues.length > 0;
  });
  return { arn, decided, doubtful };
}

async function check(
  connection: Connection,
  settings: EnablerSettings,
  actions: readonly string[],
): Promise<readonly string[]> {
  const simulated = await simulateEnabler(connection, settings, actions);
  if ("notChecked" in simulated) {
    return [notChecked(simulated.notChecked)];
  }
  const { arn, decided, doubtful } = simulated;
  const problems = enablerProblems(path, arn, settings.enabler === undefined, decided);
  if (problems.length > 0) {
    throw actions === readerActions ? cannotRead(problems) : cannotEnable(problems);
  }
  return doubtful.length === 0 ? [] : [notChecked(dependsOn(arn, doubtful))];
}

/** @returns why the simulation says nothing. */
async function unsimulated(error: unknown, arn: string, { enabler }: EnablerSettings): Promise<string> {
  const { name, message } = error as Error;
  if (isDenied(error)) {
    return `the caller is not allowed iam:SimulatePrincipalPolicy on ${arn}`;
  }
  if (name === "NoSuchEntityException" && enabler !== undefined) {
    const toDo = "correct the ARN (a role's path is part of it), or remove enabler so that the caller is checked";
    throw cannotEnable([
      { path, found: `${arn}, which does not exist`, allowed: "the ARN of a role that exists", toDo },
    ]);
  }
  if (name === "NoSuchEntityException" || name === "InvalidInputException") {
    return `IAM does not simulate ${arn}. It said: ${message}`;
  }
  return lookUp("iam:SimulatePrincipalPolicy", () => Promise.reject(error as Error));
}

function cannotEnable(problems: readonly Problem[]) {
  return refusal("Identity-aware sessions are off, and cannot be switched on", problems);
}

function cannotRead(problems: readonly Problem[]) {
  return refusal("It cannot be read whether identity-aware sessions are on", problems);
}

function notChecked(why: string): string {
  return (
    `Not checked: whether identity-aware sessions can be switched on, since ${why}. ` +
    `If one of these permissions is missing, the update fails at the switch: ${enablerActions.join(", ")}.`
  );
}

/** Why it could not be decided, a sentence without its full stop. */
export function dependsOn(arn: string, results: readonly EvaluationResult[]): string {
  const actions = results.map(({ EvalActionName = "" }) => EvalActionName);
  const keys = [...new Set(results.flatMap(({ MissingContextValues = [] }) => MissingContextValues))];
  return `policies of ${arn} make ${actions.join(", ")} depend on ${keys.join(", ")}, which only the call itself tells`;
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): readonly [T[], T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}
