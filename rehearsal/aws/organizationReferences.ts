import type { z } from "zod";
import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import { accountOf } from "./arn";
import type { Organization } from "./organization";

type Report = (path: (string | number)[], message: string) => void;

/** What the shape of each entry cannot say: that ids are unique and that what is named exists. */
export function checkReferences(value: Organization, context: z.RefinementCtx): void {
  const report = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  const ids = value.accounts.map(({ id }) => id);
  const accountExists = (id: string, ...path: (string | number)[]) => {
    if (!ids.includes(id)) report(path, `account ${id} is not among accounts (${ids.join(", ")})`);
  };
  const unique = (values: string[], path: (string | number)[], what: string) => {
    const again = values.find((each, index) => values.indexOf(each) !== index);
    if (again !== undefined) report(path, `${what} ${again} is there twice`);
  };

  unique(ids, ["accounts"], "account");
  unique(
    value.callers.map(({ accessKeyId }) => accessKeyId),
    ["callers"],
    "access key",
  );
  unique(
    value.instances.map(({ arn }) => arn),
    ["instances"],
    "instance",
  );
  accountExists(value.managementAccount, "managementAccount");
  Object.entries(value.delegatedAdministrators).forEach(([service, accounts]) =>
    accounts.forEach((id, index) => accountExists(id, "delegatedAdministrators", service, index)),
  );
  value.callers.forEach(({ arn }, index) => accountExists(accountOf(arn), "callers", index, "arn"));
  value.instances.forEach(({ ownerAccount, identityStore: { users, groups } }, index) => {
    const path = ["instances", index];
    const userNames = users.map(({ userName }) => userName);
    if (ownerAccount !== undefined) accountExists(ownerAccount, ...path, "ownerAccount");
    unique(userNames, [...path, "identityStore", "users"], "user");
    unique(
      groups.map(({ displayName }) => displayName),
      [...path, "identityStore", "groups"],
      "group",
    );
    groups.forEach(({ members }, position) =>
      members
        .filter((member) => !userNames.includes(member))
        .forEach((member) =>
          report(
            [...path, "identityStore", "groups", position, "members"],
            `user ${member} is not among users (${userNames.join(", ")})`,
          ),
        ),
    );
  });
  checkIam(value, report, accountExists);
  checkPeople(value, report, accountExists);
  checkServiceControlPolicies(value, report);
  const { managementAccount } = value;
  if (value.instances.filter(({ ownerAccount = managementAccount }) => ownerAccount === managementAccount).length > 1) {
    report(["instances"], "an organization has one organization instance at most: the one of its management account");
  }
}

function checkPeople(
  { people }: Organization,
  report: Report,
  accountExists: (id: string, ...path: (string | number)[]) => void,
): void {
  people.forEach(({ name, signsInBy }, index) => {
    if (people.findIndex((each) => each.name === name) < index) {
      report(["people", index, "name"], `${name} is there twice`);
    }
    signsInBy.forEach((signIn, position) => {
      for (const [path, { account }] of Object.entries<{ account?: string | undefined }>(signIn)) {
        if (account !== undefined) accountExists(account, "people", index, "signsInBy", position, path, "account");
      }
    });
  });
}

function checkServiceControlPolicies({ serviceControlPolicies, accounts }: Organization, report: Report): void {
  const units = accounts.flatMap(({ organizationalUnit = "" }) =>
    organizationalUnit.split("/").map((_, depth, names) => names.slice(0, depth + 1).join("/")),
  );
  const known = ["/", ...accounts.map(({ name }) => name), ...units];
  serviceControlPolicies.forEach(({ targets }, index) =>
    targets.forEach((target, position) => {
      if (!known.includes(target)) {
        report(
          ["serviceControlPolicies", index, "targets", position],
          `${target} is neither an account's name nor a unit of one, nor /`,
        );
      }
    }),
  );
}

/** Names are unique within an account, whatever the path, and policies are such as IAM takes. */
function checkIam(
  { iam, managementAccount }: Organization,
  report: Report,
  accountExists: (id: string, ...path: (string | number)[]) => void,
): void {
  for (const kind of ["roles", "users", "groups"] as const) {
    const owners = iam[kind].map(({ account = managementAccount, name }) => `${account} ${name}`);
    iam[kind].forEach(({ account, name, policies, ...others }, index) => {
      const path = ["iam", kind, index];
      if (owners.indexOf(owners[index] ?? "") !== index) report([...path, "name"], `${name} is there twice`);
      if (account !== undefined) accountExists(account, ...path, "account");
      const documents = Object.entries(policies).map(([key, document]) => [["policies", key], document] as const);
      for (const [at, document] of [
        ...documents,
        [["permissionsBoundary"], "permissionsBoundary" in others ? others.permissionsBoundary : undefined] as const,
      ]) {
        const { problems = [] } = document === undefined ? {} : parsePolicy(name, document);
        problems.forEach((problem) =>
          report([...path, ...at], `${problem.path}: found ${problem.found}, allowed is ${problem.allowed}`),
        );
      }
    });
  }
  iam.groups.forEach(({ account = managementAccount, members }, index) => {
    const users = iam.users.filter((user) => (user.account ?? managementAccount) === account).map(({ name }) => name);
    members
      .filter((member) => !users.includes(member))
      .forEach((member) =>
        report(
          ["iam", "groups", index, "members"],
          `user ${member} is not among the account's users (${users.join(", ")})`,
        ),
      );
  });
}
