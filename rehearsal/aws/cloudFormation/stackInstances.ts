import type { Contents, IamPolicy, StackInstance, StackSet, StackSetTarget } from "../contents";
import { beginning, uuidOf } from "../identifiers";
import { templatePolicies, type TemplatePolicy } from "./template";

/**
 * The accounts that a StackSet with service-managed permissions reaches in a target: those in use in the unit and in all below it,
 * and never the management account.
 *
 * Source: CloudFormation User Guide, "Create CloudFormation StackSets with service-managed permissions" (considerations).
 */
export function accountsIn({ organizationalUnitId }: StackSetTarget, contents: Contents): string[] {
  const { accounts, root, organizationalUnits, managementAccount } = contents;
  const unit = [root, ...organizationalUnits].find(({ id }) => id === organizationalUnitId);
  return accounts
    .filter(({ id, status }) => id !== managementAccount && status === "ACTIVE")
    .filter(({ unitPath }) => unit !== undefined && (unit.path === "" || `${unitPath}/`.startsWith(`${unit.path}/`)))
    .map(({ id }) => id);
}

/** Deploys a StackSet's template as it is now to one account. @returns why it could not; then the account is as it was */
export function deploy(stackSet: StackSet, account: string, target: StackSetTarget, contents: Contents) {
  const instance = instanceIn(stackSet, account, target);
  const policies = templatePolicies(stackSet.templateBody);
  const wanted = policies.map((policy) => ({ policy, arn: arnOf(policy, account, contents) }));
  const gone = instance.policies.filter(({ arn }) => wanted.every((each) => each.arn !== arn));
  const problem = [
    ...policies.map((policy) => problemOf(policy, instance, contents)),
    ...gone.map((policy) => attachedElsewhere(policy, contents)),
  ].find((each) => each !== undefined);
  if (problem === undefined) {
    gone.forEach((policy) => {
      deletePolicy(policy, contents);
    });
    instance.policies = wanted.map(({ policy, arn }) => putPolicy(policy, arn, instance, contents));
    instance.status = "CURRENT";
    delete instance.statusReason;
  } else {
    Object.assign(instance, { status: "OUTDATED", statusReason: problem });
  }
  if (!stackSet.instances.includes(instance)) stackSet.instances.push(instance);
  return problem;
}

/** Deletes an account's stack with what it has made. @returns why it could not; then the account is as it was */
export function removeInstance(stackSet: StackSet, instance: StackInstance, contents: Contents): string | undefined {
  const problem = instance.policies
    .map((policy) => attachedElsewhere(policy, contents))
    .find((each) => each !== undefined);
  if (problem === undefined) {
    instance.policies.forEach((policy) => {
      deletePolicy(policy, contents);
    });
    stackSet.instances.splice(stackSet.instances.indexOf(instance), 1);
  } else {
    Object.assign(instance, { status: "OUTDATED", statusReason: problem });
  }
  return problem;
}

/**
 * Follows accounts that came to a StackSet's targets, or have left them, where it is deployed automatically. An account that lay
 * there before, and whose stack was deleted, does not get it again.
 *
 * Source: CloudFormation User Guide, "Manage automatic deployments for CloudFormation StackSets that use service-managed permissions".
 */
export function deployAutomatically(contents: Contents): void {
  for (const stackSet of contents.stackSets) {
    const places = stackSet.targets.flatMap((target) =>
      accountsIn(target, contents).map((account) => ({ account, target })),
    );
    if (stackSet.autoDeployment.Enabled === true) {
      for (const { account, target } of places) {
        if (!stackSet.reached.includes(account)) deploy(stackSet, account, target, contents);
      }
      for (const instance of [...stackSet.instances]) {
        if (places.some(({ account }) => account === instance.accountId)) continue;
        if (stackSet.autoDeployment.RetainStacksOnAccountRemoval === true) instance.policies.length = 0;
        removeInstance(stackSet, instance, contents);
      }
    }
    stackSet.reached = places.map(({ account }) => account);
  }
}

function instanceIn({ name, instances }: StackSet, accountId: string, target: StackSetTarget): StackInstance {
  const existing = instances.find((each) => each.accountId === accountId && each.region === target.region);
  if (existing !== undefined) return existing;
  const uuid = uuidOf(`${name} ${accountId} ${target.region}`);
  const stackId = `arn:aws:cloudformation:${target.region}:${accountId}:stack/StackSet-${name}-${uuid}/${uuid}`;
  return { ...target, accountId, stackId, status: "OUTDATED", policies: [] };
}

type MadePolicy = StackInstance["policies"][number];

/** The words of IAM and CloudFormation, as stack events have them. */
function problemOf(
  { ManagedPolicyName: name, Roles: roles }: TemplatePolicy,
  { accountId, policies }: StackInstance,
  contents: Contents,
): string | undefined {
  const taken = contents.iamPolicies.find((each) => each.account === accountId && each.name === name);
  if (taken !== undefined && policies.every(({ arn }) => arn !== taken.arn)) {
    return `Resource of type 'AWS::IAM::ManagedPolicy' with identifier '${name}' already exists.`;
  }
  const hasRole = (role: string) =>
    contents.iamPrincipals.some((each) => each.kind === "role" && each.account === accountId && each.name === role);
  const missing = roles.find((role) => !hasRole(role));
  return missing === undefined
    ? undefined
    : `The role with name ${missing} cannot be found. (Service: Iam, Status Code: 404)`;
}

/** A policy that others have attached in the account cannot be deleted. */
function attachedElsewhere({ arn, roles }: MadePolicy, contents: Contents): string | undefined {
  const { rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = contents;
  const others = [
    ...rolePolicyAttachments.filter(({ roleName }) => !roles.includes(roleName)),
    ...userPolicyAttachments,
    ...groupPolicyAttachments,
  ];
  return others.some(({ policyArn }) => policyArn === arn)
    ? "Cannot delete a policy attached to entities. (Service: Iam, Status Code: 409)"
    : undefined;
}

function arnOf({ ManagedPolicyName, Path }: TemplatePolicy, account: string, { partition }: Contents): string {
  return `arn:${partition}:iam::${account}:policy${Path}${ManagedPolicyName}`;
}

/** Makes a policy, or changes the one that there is; what others have attached stays. */
function putPolicy(
  { ManagedPolicyName: name, Path: path, Description: description, PolicyDocument, Roles: roles }: TemplatePolicy,
  arn: string,
  { accountId: account, policies }: StackInstance,
  contents: Contents,
): MadePolicy {
  const before = policies.find((each) => each.arn === arn);
  if (before !== undefined) deletePolicy(before, contents);
  const made: IamPolicy = {
    account,
    arn,
    name,
    path,
    ...(description !== undefined && { description }),
    createdDate: beginning,
    updatedDate: beginning,
    versions: [{ id: "v1", document: JSON.stringify(PolicyDocument), isDefault: true, createdDate: beginning }],
    versionsMade: 1,
  };
  contents.iamPolicies.push(made);
  roles.forEach((roleName) => contents.rolePolicyAttachments.push({ account, roleName, policyArn: arn }));
  return { arn, roles };
}

function deletePolicy({ arn, roles }: MadePolicy, { iamPolicies, rolePolicyAttachments }: Contents): void {
  keep(iamPolicies, (each) => each.arn !== arn);
  keep(rolePolicyAttachments, ({ policyArn, roleName }) => policyArn !== arn || !roles.includes(roleName));
}

/** In place, for the lists are held elsewhere, too. */
function keep<T>(list: T[], wanted: (each: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(wanted));
}
