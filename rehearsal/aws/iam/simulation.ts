import { z } from "zod";
import { type Decision, evaluate, type Evaluation } from "../../../policy-pack/iam/evaluate";
import type { Policy } from "../../../policy-pack/iam/policy";
import { boundaryOf, policiesOf, readPolicy } from "../authorization/principalPolicies";
import { AwsError } from "../awsError";
import type { IamPrincipal } from "../contents";
import { find, operation, type Output, type Request } from "../service";
import { noSuchEntity } from "./iamErrors";
import { markedPage, markedPageInput } from "./pages";
import { requirePolicyDocument } from "./policies";
import { principalsOf } from "./principals";

const ContextEntry = z.object({ ContextKeyName: z.string(), ContextKeyValues: z.array(z.string()).default([]) });

/** An empty list goes over the wire as an empty text. */
const list = <Shape extends z.ZodType>(of: Shape) => z.preprocess((value) => (value === "" ? [] : value), z.array(of));

/** AWS may answer fewer results than MaxItems asks for, so a caller has to go on until IsTruncated is false. */
const mostOnAPage = 4;

const decisions = { allowed: "allowed", implicitlyDenied: "implicitDeny", explicitlyDenied: "explicitDeny" };

export const simulationOperations = {
  SimulatePrincipalPolicy: operation(
    "reads",
    z.object({
      PolicySourceArn: z.string().min(20).max(2048),
      ActionNames: z.array(z.string().regex(/^[^:*?\s]+:[^:*?\s]+$/, "must be a single action, like sts:SetContext")),
      ResourceArns: list(z.string()).default(["*"]),
      PolicyInputList: list(z.string()).default([]),
      ContextEntries: list(ContextEntry).default([]),
      ...markedPageInput,
    }),
    (input, request) => {
      const principal = principalOf(input.PolicySourceArn, request);
      const [unknown] = principal.unknownPolicies ?? [];
      if (unknown !== undefined) {
        throw new AwsError("PolicyEvaluation", `Local AWS does not judge by ${unknown}.`, {}, 500);
      }
      input.PolicyInputList.forEach(requirePolicyDocument);
      const identityPolicies = [
        ...policiesOf(principal, request.contents),
        ...input.PolicyInputList.map((document, n) => readPolicy(`PolicyInputList.${n + 1}`, document)),
      ];
      const permissionsBoundary = boundaryOf(principal);
      const context = Object.fromEntries(
        input.ContextEntries.map(({ ContextKeyName, ContextKeyValues: [only, ...more] }) => [
          ContextKeyName,
          more.length === 0 ? (only ?? null) : [only ?? "", ...more],
        ]),
      );
      const all = permissionsBoundary === undefined ? identityPolicies : [...identityPolicies, permissionsBoundary];
      const results = input.ActionNames.flatMap((action) =>
        input.ResourceArns.map((resource) => {
          // As in AWS's simulator, a key that is not given is one that the request does not have.
          const asked = { action, resource, context, contextIsComplete: true };
          const evaluation = { request: asked, identityPolicies, permissionsBoundary };
          return {
            ...resultForm(action, resource, evaluate(evaluation)),
            MissingContextValues: missingKeys(evaluation, all),
            ...(permissionsBoundary !== undefined && {
              PermissionsBoundaryDecisionDetail: {
                AllowedByPermissionsBoundary:
                  evaluate({ request: asked, identityPolicies: [permissionsBoundary] }).decision === "allowed",
              },
            }),
          };
        }),
      );
      return markedPage("EvaluationResults", results, input, mostOnAPage);
    },
  ),
};

function principalOf(arn: string, { contents, caller }: Request): IamPrincipal {
  if (!/^arn:[^:]+:iam::\d{12}:(role|user|group)\/.+$/.test(arn)) {
    throw new AwsError("InvalidInput", `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  return find(
    principalsOf(caller.account, contents),
    (each) => each.arn === arn,
    () => noSuchEntity(`The entity ${arn} cannot be found.`),
  );
}

function resultForm(action: string, resource: string, { decision, by, reasons }: Decision): Output {
  if (decision === "undecided") {
    throw new AwsError("PolicyEvaluation", `Local AWS cannot tell: ${reasons.join("; ")}.`, {}, 500);
  }
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisions[decision],
    MatchedStatements: by.map((statement) => ({ SourcePolicyId: statement.policy, SourcePolicyType: "IAM Policy" })),
  };
}

/** The condition keys that no value was given for, when the decision depends on them. */
function missingKeys(evaluation: Evaluation, policies: readonly Policy[]): string[] {
  const open = { ...evaluation, request: { ...evaluation.request, contextIsComplete: false } };
  if (evaluate(open).decision !== "undecided") return [];
  const given = Object.keys(evaluation.request.context ?? {}).map((key) => key.toLowerCase());
  const keys = policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ condition = [] }) => condition.flatMap((each) => each.keys.map(({ key }) => key)));
  return [...new Set(keys)].filter((key) => !given.includes(key.toLowerCase()));
}
